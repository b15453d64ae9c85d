"""Rows, states, policy, refusals."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from models.contact.policy import RequestPolicy, Urgency
from models.ground.base import Base, Identified, lost_index, partial_index
from models.ground.errors import Refused
from models.ground.sealing import Sealed, SealedWord
from models.phrases.contact import request as phrases


class RequestKind(StrEnum):
    """What is wanted: it decides who sees it, what time does with it, and what ends it."""

    HELP = "help"  # somebody takes it and promises a day; only the member ends it
    WORD = "word"  # lời nhắn: to the secretary; that it was read or answered ends it
    PETITION = (
        "petition"  # kiến nghị: to the cell or a committee, owed an answer by a day; the answer ends it
    )


class RequestState(StrEnum):
    OPEN = "open"  # nobody has it
    TAKEN = "taken"  # an owner, and the day they promised
    PROPOSED = "proposed"  # the owner says it is settled; the member has not answered yet
    CLOSED = "closed"  # the member said yes; a word or a petition: it was answered


S = RequestState
MOVES: dict[RequestState, frozenset[RequestState]] = {
    S.OPEN: frozenset({S.TAKEN, S.CLOSED}),
    S.TAKEN: frozenset({S.OPEN, S.TAKEN, S.PROPOSED, S.CLOSED}),
    S.PROPOSED: frozenset({S.OPEN, S.TAKEN, S.CLOSED}),
    S.CLOSED: frozenset({S.OPEN}),  # the member writes again to what was answered
}


class Topic(StrEnum):
    ACCIDENT = "accident"
    WAGES = "wages"
    ILLNESS = "illness"
    PAPERS = "papers"
    DISASTER = "disaster"
    OTHER = "other"


class RequestLevel(IntEnum):
    """How far up a request that nobody answers has come; it never comes down. A petition counts committees instead."""

    DESK = 0  # secretary and deputy
    DEPUTY = 1  # it is the deputy's now; the secretary is reminded
    OFFICER = 2  # the committee above sees it


class Did(StrEnum):
    """What a dated row says happened."""

    OPENED = "opened"
    CHANGED = "changed"  # other words in the same report
    TAKEN = "taken"
    PROMISED = "promised"  # another day
    HANDED = "handed"
    REPLIED = "replied"
    PROPOSED = "proposed"
    NOT_YET = "not yet"
    CLOSED = "closed"
    SHARED = "shared"  # the member lets somebody else see it
    RISEN = "risen"
    LAPSED = "lapsed"  # the promised day went by
    RELEASED = "released"  # its owner holds no office any more
    CALLED_AGAIN = "called again"  # risen all the way, and still nobody
    REMINDED = "reminded"  # of an answer that is awaited: the member, or who owes it
    READ = "read"  # a word to the secretary, that wants no answer
    ANSWERED = "answered"  # a word or a petition
    AGAIN = "again"  # the member writes once more about what was answered


class HelpRequest(Identified, Base):
    __tablename__ = "request"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    checkin_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default=RequestKind.HELP, server_default="help")
    unit_id: Mapped[int | None]  # a petition: the cell or committee that owes the answer
    answer_by: Mapped[date | None]  # a petition: the last day for it
    answered_at: Mapped[datetime | None]
    slips: Mapped[str | None]  # message:letters of each message of `text`, so that its edit can be taken over
    state: Mapped[str]
    urgency: Mapped[str] = mapped_column(default=Urgency.NORMAL, server_default="normal")
    is_private: Mapped[bool] = mapped_column(default=False, server_default=false())
    opened_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    owner_id: Mapped[int | None]
    promised_on: Mapped[date | None]
    lapsed_at: Mapped[datetime | None]  # when everybody was told that the promised day had gone by
    proposed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    risen: Mapped[int] = mapped_column(SmallInteger, default=RequestLevel.DESK, server_default="0")
    nudges: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")  # in the present state
    next_at: Mapped[datetime | None]  # when time has something to do; never empty while it is open
    topic_sealed: Mapped[bytes | None]
    text_sealed: Mapped[bytes | None]

    topic = SealedWord("topic_sealed", otherwise=Topic.OTHER)
    text = Sealed("text_sealed")

    __table_args__ = (
        Index("ix_request_cell_id", "cell_id", "state"),
        Index("ix_request_member_id", "member_id"),
        lost_index("ix_request_lost", set(RequestState) - {RequestState.CLOSED}),
        Index("ix_request_checkin_id", "checkin_id"),
        partial_index("ix_request_unit_id", "unit_id", where="unit_id IS NOT NULL"),
        partial_index("ix_request_owner_id", "owner_id", where="owner_id IS NOT NULL"),
        partial_index("ix_request_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def is_open(self) -> bool:
        return self.state != RequestState.CLOSED

    @property
    def is_help(self) -> bool:
        return self.kind == RequestKind.HELP


class RequestViewer(Identified, Base):
    """Somebody whom the member lets see a private request, while they hold an office or an assignment."""

    __tablename__ = "request_viewer"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    viewer_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    added_at: Mapped[datetime]

    __table_args__ = (
        Index("uq_request_viewer_request_id", "request_id", "viewer_id", unique=True),
        Index("ix_request_viewer_viewer_id", "viewer_id"),
    )


class RequestReply(Identified, Base):
    """Something written or sent about a request, by the member or by a helper."""

    __tablename__ = "request_reply"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    at: Mapped[datetime]
    text_sealed: Mapped[bytes | None]
    files_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")
    files_as_kept = Sealed("files_sealed")  # a line each: `voice:<id>`, `photo:<id>`

    __table_args__ = (Index("ix_request_reply_request_id", "request_id", "at"),)

    @property
    def files(self) -> list[SentFile]:
        lines = (self.files_as_kept or "").splitlines()
        return [SentFile(*line.split(":", 1)) for line in lines]


class RequestMove(Identified, Base):
    """What happened, when, by whom; it names nobody's words."""

    __tablename__ = "request_move"

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"))
    at: Mapped[datetime]
    did: Mapped[str]
    state: Mapped[str]  # after it
    by_id: Mapped[int | None]  # None: time
    owner_id: Mapped[int | None]  # after it
    promised_on: Mapped[date | None]
    level: Mapped[int] = mapped_column(SmallInteger)

    __table_args__ = (Index("ix_request_move_request_id", "request_id", "at"),)


class SentFile(NamedTuple):
    """A voice message or photo that is kept."""

    kind: str  # voice | photo
    file_id: str


# --- policy ---------------------------------------------------------------------------------------------------------


USUAL = RequestPolicy()


# --- refusals -------------------------------------------------------------------------------------------------------


class RequestSettled(Refused):
    """Somebody else has taken it, or it is closed."""

    def __init__(self, *, owner: str | None, kind: str = RequestKind.HELP) -> None:
        super().__init__(phrases.settled(owner=owner, kind=kind))


class RequestRefused(Refused):
    """What was asked does not fit how the request stands; the phrase says what does."""
