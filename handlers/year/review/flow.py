"""A text is written, section by section. Each message is kept as it comes; the draft knows only where we are.

                 ┌───────────────── all sections ────────────────┐
                 v                                               │
    overview ─ the next, or one of the sections ─> section ─ text, text, … ─ next ─> section ─> … ─> points ─> points ─> level ─> overview
       │  │                    └─ clear it? ─┘ examples, one's own year, the commitment beside it
       │  └─ a file instead ──> files ──> how it was read ──> pieces under no heading
       └─ hand it in ──> sure? ──> done

A returned one begins at the first section that was commented on. Whoever types for a member walks the same way.
"""

from __future__ import annotations

from handlers.ground.context import Context
from handlers.ground.conversation import Flow, Question, begin
from handlers.year.review import wording
from handlers.year.review.door import is_returned, writable_review
from handlers.year.review.overview import (
    ask_more,
    ask_overview,
    ask_sections,
    ask_submit,
    take_more,
    take_overview,
    take_sections,
    take_submit,
)
from handlers.year.review.points import ask_level, ask_points, take_level, take_points
from handlers.year.review.sections import (
    ask_clear,
    ask_section,
    ask_year,
    take_clear,
    take_edit,
    take_section,
    take_year,
)
from handlers.year.review.sending import (
    ask_drop,
    ask_files,
    ask_place,
    ask_read,
    review_file,
    take_drop,
    take_files,
    take_place,
    take_read,
)
from handlers.year.review.steps import Draft, Step
from models.phrases.year import review_writing as phrases
from models.year.review import Review


def begin_writing(ctx: Context, review: Review, *, whole: bool = False) -> None:
    """Begin to write. With `whole` it begins at the overview, also where comments wait."""
    commented = wording.open_comments(ctx, review) if is_returned(review) and not whole else []
    draft = Draft(review_id=review.id, heading=next(iter(commented), ""))
    begin(ctx, FLOW, Step.SECTION if commented else Step.OVERVIEW, draft)


FLOW: Flow[Draft] = Flow(
    "review_text",
    phrases.WRITING,
    Draft,
    {
        Step.OVERVIEW: Question(ask_overview, take_overview, wants_file=review_file),
        Step.SECTIONS: Question(ask_sections, take_sections, wants_file=review_file),
        Step.MORE: Question(ask_more, take_more),
        Step.SECTION: Question(ask_section, take_section, wants_file=review_file),
        Step.YEAR: Question(ask_year, take_year),
        Step.CLEAR: Question(ask_clear, take_clear),
        Step.POINTS: Question(ask_points, take_points),
        Step.LEVEL: Question(ask_level, take_level),
        Step.FILES: Question(ask_files, take_files, wants_file=review_file),
        Step.DROP: Question(ask_drop, take_drop),
        Step.READ: Question(ask_read, take_read, wants_file=review_file),
        Step.PLACE: Question(ask_place, take_place),
        Step.SUBMIT: Question(ask_submit, take_submit),
    },
    edited=take_edit,
    keeps=True,
    right=lambda ctx, draft: writable_review(ctx, draft.review_id),
)
