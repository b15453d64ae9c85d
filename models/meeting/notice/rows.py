"""Rows, states, policy, refusals."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified, lost_index, partial_index
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.phrases.meeting import notice as phrases


class NoticeState(StrEnum):
    PREPARING = "preparing"  # who is to hear of it is being written down
    SAYING = "saying"  # some have not been told yet
    SAID = "said"  # nobody waits any more
    CANCELLED = "cancelled"  # what had not been said by then is not said


N = NoticeState
MOVES: dict[NoticeState, frozenset[NoticeState]] = {
    N.PREPARING: frozenset({N.SAYING, N.CANCELLED}),
    N.SAYING: frozenset({N.SAID, N.CANCELLED}),
    N.SAID: frozenset(),
    N.CANCELLED: frozenset(),
}
UNDER_WAY = frozenset({N.PREPARING, N.SAYING})


class ReceiptState(StrEnum):
    WAITING = "waiting"  # its turn, or its morning, has not come
    QUEUED = "queued"  # in the outbox
    SENT = "sent"  # Telegram took it
    READ = "read"  # they tapped that they have read it
    FAILED = "failed"  # Telegram refused it
    UNCERTAIN = "uncertain"  # nobody knows whether it arrived
    UNREACHABLE = "unreachable"  # blocked, deactivated, never started
    NO_ACCOUNT = "no account"
    NO_CONSENT = "no consent"
    NOT_SAID = "not said"  # it was cancelled first


R = ReceiptState
RECEIPT_MOVES: dict[ReceiptState, frozenset[ReceiptState]] = {
    R.WAITING: frozenset({R.QUEUED, R.UNREACHABLE, R.NO_ACCOUNT, R.NOT_SAID}),
    R.QUEUED: frozenset(
        {R.SENT, R.READ, R.FAILED, R.UNCERTAIN, R.UNREACHABLE, R.WAITING, R.NOT_SAID}  # back: other words now
    ),
    R.SENT: frozenset({R.READ}),
    R.FAILED: frozenset({R.READ}),
    R.UNCERTAIN: frozenset({R.READ}),  # who reads it has it
    R.UNREACHABLE: frozenset({R.READ}),
    R.READ: frozenset(),
    R.NO_ACCOUNT: frozenset(),
    R.NO_CONSENT: frozenset(),
    R.NOT_SAID: frozenset(),
}
LEFT_OUT = (R.NO_ACCOUNT, R.UNREACHABLE, R.NO_CONSENT)
ARRIVED = (R.SENT, R.READ)


class Audience(StrEnum):
    ALL = "all"
    AWAY = "away"
    ABROAD = "abroad"
    SILENT = "silent"  # away, and no contact for so many days
    UNANSWERED = "unanswered"  # asked to check in, and has not yet
    SECRETARIES = "secretaries"  # and deputies, of the cells below


class Notice(Identified, Base):
    __tablename__ = "notice"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # in whose name
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    audience: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column(SmallInteger, default=1)
    people: Mapped[int] = mapped_column(default=0)  # who was to hear of it when it was sent
    made_at: Mapped[datetime]
    said_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None]
    remind_at: Mapped[datetime | None]  # when those who have not read it are reminded; once
    next_at: Mapped[datetime | None]  # when time has something to do; never empty while it is under way
    fed_until: Mapped[datetime]  # up to when the pace is used up by what lies in the outbox
    cursor: Mapped[int] = mapped_column(
        default=0
    )  # the cell, or secretary, up to whom it was prepared; then the member up to whom reminded
    asking: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # its question waits for answers, until all have given one or somebody ends it
    file_kind: Mapped[str | None]  # photo | document
    text_sealed: Mapped[bytes | None]
    reason_sealed: Mapped[bytes | None]
    question_sealed: Mapped[bytes | None]
    choices_sealed: Mapped[bytes | None]
    file_id_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")  # as it reads now; every text is a notice_version
    reason = Sealed("reason_sealed")  # why it does not keep quiet hours; None: it keeps them
    question = Sealed("question_sealed")
    choices_as_kept = Sealed("choices_sealed")  # one a line
    file_id = Sealed("file_id_sealed")
    file_name = Sealed("file_name_sealed")

    __table_args__ = (
        Index("ix_notice_unit_id", "unit_id", "made_at"),
        lost_index("ix_notice_lost", UNDER_WAY),
        partial_index("ix_notice_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def choices(self) -> list[str]:
        return (self.choices_as_kept or "").splitlines()

    @property
    def is_urgent(self) -> bool:
        return self.reason_sealed is not None

    @property
    def about(self) -> str:
        """The matter of its messages in the outbox."""
        return f"notice:{self.id}"


class NoticeReceipt(Identified, Base):
    """What became of it with one person."""

    __tablename__ = "notice_receipt"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    state: Mapped[str]
    say_at: Mapped[datetime | None]  # waiting: not before
    version: Mapped[int] = mapped_column(
        SmallInteger, default=0
    )  # of the text that was put into the outbox last
    shown: Mapped[int] = mapped_column(SmallInteger, default=0)  # of the text that stands in their chat
    parts: Mapped[int] = mapped_column(SmallInteger, default=0)  # messages of that text in the outbox
    outbox_id: Mapped[int | None]  # the last of them; None: what became of them is known
    messages: Mapped[str] = mapped_column(default="")  # Telegram's ids of what stands there, space-separated
    read_at: Mapped[datetime | None]
    read_version: Mapped[int | None] = mapped_column(SmallInteger)
    choice: Mapped[int | None] = mapped_column(SmallInteger)  # the place of their answer among the choices
    reminded_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_notice_receipt_member", "notice_id", "member_id", unique=True),
        Index("ix_notice_receipt_member_id", "member_id"),
        Index("ix_notice_receipt_state", "notice_id", "state", "version", "shown"),
        partial_index("ix_notice_receipt_say_at", "notice_id", "say_at", where="state = 'waiting'"),
        partial_index("ix_notice_receipt_outbox_id", "notice_id", "outbox_id", where="outbox_id IS NOT NULL"),
    )


class NoticeVersion(Identified, Base):
    """A text as it was sent; the first one and each correction stay."""

    __tablename__ = "notice_version"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    text_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")

    __table_args__ = (Index("uq_notice_version_number", "notice_id", "number", unique=True),)


class NoticeRefused(Refused):
    """What was asked does not fit how the notice stands; the phrase says what does."""


class NobodyToTell(Refused):
    """Nobody of the audience can be told."""

    def __init__(self) -> None:
        super().__init__(phrases.nobody())
