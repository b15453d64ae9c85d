"""A doubt about the computer's clock, and what the operator says of it (in their chat, or by `python -m bot clock`). One is open at a time.

open ──"the clock is right" | "it is wrong"──> answered ──the clocks agree again──> ended
  └──────────────── the clocks agree again, or the messenger bears one of them out ──────────┘
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified
from models.ground.channel import Address


class ClockDoubt(Identified, Base):
    __tablename__ = "clock_doubt"

    noticed_at: Mapped[datetime]  # by the program's own time
    shown_at: Mapped[datetime]  # what the computer's clock showed then
    is_right: Mapped[bool | None] = mapped_column(default=None)  # the computer's clock, says the operator
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    asked: Mapped[Address | None] = mapped_column(default=None)  # the operator's chat, whose word counts


def open_clock_doubt(db: Session) -> ClockDoubt | None:
    """Return the doubt that has not ended."""
    rows = select(ClockDoubt).where(ClockDoubt.ended_at.is_(None))
    return db.scalars(rows.order_by(ClockDoubt.id.desc()).limit(1)).first()


def note_clock_doubt(db: Session, *, shown_at: datetime, now: datetime, asked: Address | None = None) -> int:
    """Note that the clock is doubted, and who is asked; return the row's id. One that is open, of a program that has ended, ends with it."""
    end_clock_doubts(db, now=now)
    doubt = ClockDoubt(noticed_at=now, shown_at=shown_at, asked=asked)
    db.add(doubt)
    db.flush()
    return doubt.id


def answer_clock_doubt(db: Session, *, is_right: bool) -> bool:
    """Note what the operator says; False: nothing is doubted."""
    doubt = open_clock_doubt(db)
    if doubt is not None:
        doubt.is_right = is_right
    return doubt is not None


def end_clock_doubts(db: Session, *, now: datetime) -> None:
    for doubt in db.scalars(select(ClockDoubt).where(ClockDoubt.ended_at.is_(None))):
        doubt.ended_at = now
