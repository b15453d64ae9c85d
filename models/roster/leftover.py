"""The rows of the last file that were not taken: kept until the next import, to be fetched, put right and sent again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel
from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Identified
from models.roster.rows import Fault, Left
from models.sealing import Sealed


class RosterLeft(Identified, Base):
    """One for each cell; it goes with the next import, or after a year."""

    __tablename__ = "roster_left"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    at: Mapped[datetime]
    rows_sealed: Mapped[bytes]

    rows = Sealed("rows_sealed")


class Kept(BaseModel):
    left: list[Left]
    faults: list[Fault]


def left_of(db: Session, cell_id: int) -> Kept | None:
    row = db.scalars(select(RosterLeft).where(RosterLeft.cell_id == cell_id)).first()
    return Kept.model_validate_json(row.rows or "") if row else None


def keep_left(
    db: Session, cell_id: int, left: Sequence[Left], faults: Sequence[Fault], *, now: datetime
) -> None:
    """Keep what this import did not take, in place of what the last one did not."""
    db.execute(delete(RosterLeft).where(RosterLeft.cell_id == cell_id))
    if left:
        rows = {one.row for one in left}
        kept = Kept(left=list(left), faults=[fault for fault in faults if fault.row in rows])
        db.add(RosterLeft(cell_id=cell_id, at=now, rows=kept.model_dump_json()))
    db.flush()
