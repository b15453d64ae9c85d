"""Rows of ratings: who proposed or decided which level, on which paper. Every row is written once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.away.away.rows import keep_history
from models.ground.base import Base, Identified, Json
from models.ground.sealing import Sealed, SealedWord
from models.year.review.states import Level


class Stage(StrEnum):
    PROPOSED = "proposed"  # by the cell
    DECIDED = "decided"  # by the committee that is competent


class Rating(Identified, Base):
    """What one paper says of one member. The newest of a stage holds; the others are what was said before."""

    __tablename__ = "review_rating"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    stage: Mapped[str]
    number: Mapped[str]  # of the minutes, of the decision
    paper_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int]  # who typed it here
    level_sealed: Mapped[bytes | None]
    decided_by_sealed: Mapped[bytes | None]
    reason_sealed: Mapped[bytes | None]

    level = SealedWord("level_sealed", otherwise="")
    decided_by = Sealed("decided_by_sealed")  # as the paper names them: Chi bộ thôn Đông, Đảng ủy xã An Bình
    reason = Sealed("reason_sealed")  # why the level is another one than before

    __table_args__ = (
        Index("ix_review_rating_campaign_id", "campaign_id", "member_id", "at"),
        Index("ix_review_rating_member_id", "member_id"),
    )


class Printed(BaseModel):
    """Figures as somebody printed them elsewhere: counts, and percentages where there were any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    members: int | None = Field(default=None, ge=0)  # rated or not
    counts: dict[Level, Annotated[int, Field(ge=0)]]
    percent: dict[Level, Decimal] = {}


class Figures(Identified, Base):
    """Printed figures of a unit and a year that somebody typed here; the newest holds."""

    __tablename__ = "rating_figures"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    printed: Mapped[Printed] = mapped_column(Json(Printed))
    at: Mapped[datetime]
    by_id: Mapped[int]
    source_sealed: Mapped[bytes | None]

    source = Sealed("source_sealed")  # the report, the newspaper

    __table_args__ = (Index("ix_rating_figures_unit_id", "unit_id", "year", "at"),)


class YearCount(Identified, Base):
    """How many of a cell stood at a level in a year, of those whose rows are gone: texts after their years, data deleted.

    No name, no member. `level` "": not rated. `agreed`: so many of them agreed to be counted upward.
    """

    __tablename__ = "year_count"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    level: Mapped[str]
    people: Mapped[int]
    agreed: Mapped[int]

    __table_args__ = (Index("uq_year_count_cell_id", "cell_id", "year", "level", unique=True),)


keep_history(Rating, Figures)
