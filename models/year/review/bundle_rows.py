"""Rows of what is made in the background, and of what is deleted after its years."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified, partial_index
from models.ground.channel import Address
from models.ground.sealing import Sealed


class BundleState(StrEnum):
    MAKING = "making"
    DONE = "done"
    STOPPED = "stopped"  # a template is broken, or whoever asked may no longer have it


class Bundle(Identified, Base):
    """All documents of one campaign, for one person. `done` of `total` are made; `next_at`: go on."""

    __tablename__ = "review_bundle"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    by_id: Mapped[int]
    address: Mapped[Address]
    message_id: Mapped[int | None]  # where progress is shown
    state: Mapped[str]
    total: Mapped[int] = mapped_column(SmallInteger)
    done: Mapped[int] = mapped_column(SmallInteger)
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    password_sealed: Mapped[bytes | None]

    password = Sealed("password_sealed")  # of all that is in it, until it is sent

    __table_args__ = (
        Index("ix_review_bundle_campaign_id", "campaign_id", "by_id"),
        partial_index("ix_review_bundle_next_at", "next_at", where="next_at IS NOT NULL"),
    )


class PartState(StrEnum):
    MADE = "made"
    WANTED = "wanted"  # a file that was sent: bot/gathering.py puts it under the password
    MISSING = "missing"  # it could not be had


class BundlePart(Identified, Base):
    """One document or file, until the bundle is sent. `file_id`: of a review_file; None: the text as its form prints it."""

    __tablename__ = "review_bundle_part"

    bundle_id: Mapped[int] = mapped_column(ForeignKey("review_bundle.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    file_id: Mapped[int | None]  # no key: a file may be dropped meanwhile
    state: Mapped[str]
    ending: Mapped[str]  # ".docx"; of a file as it lies in the bundle
    data_sealed: Mapped[bytes | None]  # None: there is nothing of theirs to print, or it was erased

    __table_args__ = (
        Index("uq_review_bundle_part_bundle_id", "bundle_id", "position", unique=True),
        Index("ix_review_bundle_part_review_id", "review_id"),
        partial_index("ix_review_bundle_part_state", "id", where="state = 'wanted'"),
    )


class Deletion(Identified, Base):
    """One campaign that is to be deleted, or was: the row stays and says so."""

    __tablename__ = "review_deletion"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    campaign_id: Mapped[int]  # no key: it outlives the campaign
    kind: Mapped[str]
    year: Mapped[int] = mapped_column(SmallInteger)
    reviews: Mapped[int] = mapped_column(SmallInteger)
    announced_at: Mapped[datetime]
    deletes_on: Mapped[date]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_review_deletion_campaign_id", "campaign_id", unique=True),
        Index("ix_review_deletion_cell_id", "cell_id"),
    )
