"""Rows, policy, refusals of joining and of what comes after a meeting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified
from models.ground.errors import Refused
from models.ground.rules import Sourced, Sure
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
    """What a meeting concluded: typed, or a file that Telegram keeps. A newer one replaces it."""

    __tablename__ = "conclusion"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    at: Mapped[datetime]
    by_id: Mapped[int]
    text_sealed: Mapped[bytes | None]
    file_id_sealed: Mapped[bytes | None]
    name_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")
    file_id = Sealed("file_id_sealed")
    name = Sealed("name_sealed")  # of a document; a photo has none

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


_LOOKED_UP = date(2026, 3, 31)


class AttendancePolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    door: str = ""
    """Public https address under which people reach this program's own server; empty: that of BOT_WEBHOOK_URL."""
    door_login: bool = False
    """Let Telegram prove who opens a personal link. First link the door's domain to the bot: @BotFather, /setdomain."""
    login_lasts: timedelta = Field(default=timedelta(days=1), ge=timedelta(minutes=1), le=timedelta(days=7))
    """How old Telegram's proof may be: generous, since a link that was used is of no use to another with a proof, too."""
    late_minutes: int = Field(default=30, ge=0, le=240)
    """Minutes after the planned end until which one can still join and say so: meetings run over."""
    needed_percent: Annotated[
        int,
        Field(ge=0, le=100),
        Sourced(
            document="Điều lệ Đảng",
            article="9.5",
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="a resolution needs the assent of more than half, so more than half of those who vote are there; "
            "no text was retrieved that sets a quorum for a cell's monthly meeting",
        ),
    ] = 50
    """More than so many per cent of those who vote are there."""
    good_percent: Annotated[
        int,
        Field(ge=0, le=100),
        Sourced(
            document="Hướng dẫn 12-HD/BTCTW 2018",
            article="3",
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="quality frame: attendance above 85 %, the exempt not counted; not seen in HD 42",
        ),
    ] = 85
    """Above so many per cent of those who are counted a meeting counts as well attended."""
    characters: int = Field(default=4000, ge=500, le=20000)
    """The longest conclusion that is typed."""

    @field_validator("door")
    @classmethod
    def _outward(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("the address begins with https://, as Telegram wants it of a button")
        return value.rstrip("/")


class NotNow(Refused):
    """Outside the window, or the meeting is called off; the phrase says which."""
