"""The numbers and the table of reviews, each with its source (domain.md §5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.ground.rules import Sourced, Sure, source_of
from models.year.review.states import Ground, Stand
from models.year.review.word_text import DocxPolicy

_LOOKED_UP = date(2026, 3, 31)  # the newest material seen is of March 2026
_RULE = "Quy định 366-QĐ/TW ngày 30/08/2025"
_SINCE = date(2025, 8, 30)
_GUIDE = "Hướng dẫn 43-HD/BTCTW ngày 31/10/2025"


def _rule(article: str, note: str = "", sure: Sure = Sure.CONFIRMED) -> Sourced:
    return Sourced(
        document=_RULE, article=article, effective=_SINCE, verified=_LOOKED_UP, sure=sure, note=note
    )


def _guide(article: str, sure: Sure) -> Sourced:
    return Sourced(
        document=_GUIDE, article=article, effective=date(2025, 10, 31), verified=_LOOKED_UP, sure=sure
    )


def _practice(note: str) -> Sourced:
    return Sourced(document="", verified=_LOOKED_UP, sure=Sure.PRACTICE, note=note)


class ReviewPolicy(BaseModel):
    """Who is asked for a review (`required`, `voluntary`, `out`), and by when."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    ordinary: Annotated[Stand, _rule("3")] = Stand.REQUIRED
    """Members who take part in the cell's activities."""
    temporary: Annotated[Stand, _guide("7.6", Sure.CONFIRMED)] = Stand.REQUIRED
    """Temporarily transferred members: reviewed at the official cell, with the temporary cell's comment."""
    exempt: Annotated[
        Stand,
        _rule("3", "papers tell of cells that ask exempt members all the same: each committee decides"),
    ] = Stand.VOLUNTARY
    """Members exempt from activities while they work away (tạm miễn)."""
    relieved: Annotated[Stand, _rule("3")] = Stand.VOLUNTARY
    """Members relieved of work and activities (Điều 7 of the Statutes)."""
    suspended: Annotated[Stand, _rule("3")] = Stand.OUT
    """Members suspended from activities; the secretary says who is."""
    new: Annotated[Stand, _rule("5.2.1")] = Stand.OUT
    """Members admitted less than `new_months` before the deadline."""
    new_months: Annotated[Annotated[int, Field(ge=0, le=24)], _rule("5.2.1")] = 6
    """Months of membership below which nobody is reviewed."""
    moved: Annotated[Stand, _rule("7.2")] = Stand.OUT
    """Officially transferred members: reviewed in the cell where they take part."""
    abroad: Annotated[
        Stand,
        _practice("who stays abroad alone is guided by Đảng ủy Bộ Ngoại giao; no text on reviews was seen"),
    ] = Stand.VOLUNTARY
    """Members abroad without a party organisation."""
    finish_on: Annotated[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], _guide("4", Sure.SINGLE)] = "12-31"
    """Month and day by which a year's reviews are finished; nothing is refused after it."""
    proposed_deadline: Annotated[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], _practice("")] = "12-10"
    """Month and day proposed to the secretary for handing in."""
    commitment_deadline: Annotated[Annotated[str, Field(pattern=r"^\d\d-\d\d$")], _practice("")] = "01-31"
    """The same for the commitment at the start of the year."""
    return_days: Annotated[Annotated[int, Field(ge=1, le=60)], _practice("")] = 5
    """Days proposed when a review is returned."""
    longest_section: Annotated[Annotated[int, Field(ge=1_000, le=200_000)], _practice("")] = 40_000
    """Characters that one section can hold at most; what a form file gives as its length is only advice."""
    docx: DocxPolicy = DocxPolicy()

    def stand_of(self, ground: Ground) -> Stand:
        if ground in (Ground.LEFT, Ground.DECIDED):
            return Stand.OUT
        return Stand(getattr(self, ground.value))


def source_of_ground(ground: Ground) -> Sourced | None:
    """Return where the line of the table comes from; None: it is a fact of the roster, or somebody decided."""
    return None if ground in (Ground.LEFT, Ground.DECIDED) else source_of(ReviewPolicy, ground.value)
