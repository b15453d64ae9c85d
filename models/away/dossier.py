"""What the cell gathers before it considers a probation, and the record that stays as it was when the probation ended.

    Item ── received, noted by the desk ──> DossierItem      none: it is still missing
    Record: names, days, papers, votes and decision as they stood at the end (sealed, written once by `end_probation`)

Later acts change nothing in a record: neither a rename nor another number of months in the policy.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified


class Item(StrEnum):
    """The papers of a probationary member's file, in the order in which they come."""

    COURSE = "course"  # certificate of the course for new members
    SELF_REVIEW = "self-review"
    HELPER = "helper"  # the helper's comment
    ORGANISATIONS = "organisations"  # comments of the mass organisations at work
    RESIDENCE = "residence"  # comment of the committee where they live


class DossierItem(Identified, Base):
    """One paper that the cell has; taken away again where it was noted by mistake."""

    __tablename__ = "dossier_item"

    probation_id: Mapped[int] = mapped_column(ForeignKey("probation.id"))
    item: Mapped[str]
    received_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int]

    __table_args__ = (Index("uq_dossier_item_probation_id", "probation_id", "item", unique=True),)


class Record(BaseModel):
    """A probation as it stood at its end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    cell: str
    helper: str | None
    admitted_on: date
    over_on: date
    deadline: date
    received: dict[str, date]  # by Item
    official_on: date | None  # None: not made official
    document: str = ""  # the rule by which the deadline was counted; "": before that was kept


def received_items(db: Session, probation_id: int) -> dict[str, date]:
    """Return what the cell has (by Item), and since when."""
    rows = select(DossierItem).where(DossierItem.probation_id == probation_id)
    found = {row.item: row.received_on for row in db.scalars(rows)}
    return {item: found[item] for item in Item if item in found}


def has_all(db: Session, probation_id: int, items: Collection[Item]) -> bool:
    """Return whether nothing of these is missing; False for no items, since there is nothing to have."""
    return bool(items) and set(items) <= set(received_items(db, probation_id))
