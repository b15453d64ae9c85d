"""Where a writer is, shared by the questions of this room. What is written is in the review's rows, not here."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, Field

from handlers.ground.context import Context
from handlers.ground.scans import Page
from handlers.year.review import wording
from handlers.year.review.door import review_to_write
from models.people.rights import NotEntitled
from models.year.review import Review
from models.year.review.forms import Heading, ReviewForm, form


class Step(StrEnum):
    OVERVIEW = "overview"
    SECTIONS = "sections"
    MORE = "more"
    SECTION = "section"
    YEAR = "year"
    CLEAR = "clear"
    POINTS = "points"
    LEVEL = "level"
    FILES = "files"
    READ = "read"
    PLACE = "place"
    DROP = "drop"
    SUBMIT = "submit"


class Draft(BaseModel):
    review_id: int = 0
    heading: str = ""  # of SECTION, YEAR, CLEAR and POINTS
    parts: dict[str, str] = Field(default_factory=dict)  # READ: what a document says under which heading
    pieces: list[str] = Field(default_factory=list)  # what it says under none
    points: list[int | Decimal | None] = Field(default_factory=list)
    level: str = ""  # that a document proposes
    pictures: int = 0
    sent: Page | None = None  # READ: the document, kept once it is said how
    page: int = 0  # of SECTIONS


def review_of(ctx: Context, draft: Draft) -> Review:
    return review_to_write(ctx, draft.review_id)


def form_of(ctx: Context, draft: Draft) -> ReviewForm:
    return form(review_of(ctx, draft).form)


def heading_of(ctx: Context, draft: Draft) -> Heading:
    """Return the heading that is being written. Its form may have been changed meanwhile."""
    found = form_of(ctx, draft).heading(draft.heading)
    if found is None:
        raise NotEntitled
    return found


def after(ctx: Context, draft: Draft) -> Step:
    """Return the step after this one: the next heading, then the points, the level, and the overview."""
    review = review_of(ctx, draft)
    ids = [one.id for one in wording.headings_of(ctx, review)]
    following = ids[ids.index(draft.heading) + 1 :] if draft.heading in ids else []
    if following:
        draft.heading = following[0]
        return Step.SECTION
    return to_points(form(review.form), draft)


def to_points(used: ReviewForm, draft: Draft) -> Step:
    if used.scores:
        draft.heading = used.scores[0].id
        return Step.POINTS
    return Step.LEVEL if used.choice else Step.OVERVIEW
