"""Rows, policy, refusals of joining and of what comes after a meeting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified
from models.ground.errors import Refused
from models.ground.sealing import Sealed


class JoinLink(Identified, Base):
    """One personal link, made when its message is written. The token is in that message and nowhere else."""

    __tablename__ = "join_link"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    starts_at: Mapped[
        datetime
    ]  # of the meeting, when the link was made: another day makes the link an old one
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    holder_hash: Mapped[bytes | None]  # of the cookie that the first use left in that browser

    __table_args__ = (Index("ix_join_link_invitation_id", "invitation_id"),)


class Conclusion(Identified, Base):
    """What a meeting concluded: typed, or a file. A newer one replaces it."""

    __tablename__ = "conclusion"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    at: Mapped[datetime]
    by_id: Mapped[int]
    text_sealed: Mapped[bytes | None]
    file_id_sealed: Mapped[bytes | None]
    name_sealed: Mapped[bytes | None]
    parts_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")
    file_id = Sealed("file_id_sealed")
    name = Sealed("name_sealed")  # of a document; a photo has none
    parts_json = Sealed("parts_sealed")  # of a resolution: its four parts, as they were typed

    __table_args__ = (Index("ix_conclusion_meeting_id", "meeting_id", "at"),)


class ConclusionReceipt(Identified, Base):
    """One for each who was not there: told when, read when."""

    __tablename__ = "conclusion_receipt"

    conclusion_id: Mapped[int] = mapped_column(ForeignKey("conclusion.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    told_at: Mapped[datetime | None]  # None: nothing reaches them
    read_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_conclusion_receipt_conclusion_id", "conclusion_id", "member_id", unique=True),
        Index("ix_conclusion_receipt_member_id", "member_id"),
    )


class NotNow(Refused):
    """Outside the window, or the meeting is called off; the phrase says which."""
