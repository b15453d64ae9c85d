"""The signed paper comes back by one button: several photos or a PDF, looked over, then sent to the cell.

PAGES ──a page──> PAGES ──send──> the cell notes that the paper is here (desk_form.py)
   └─ begin anew
Pages are kept as they come; nobody else sees them before they are sent.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.routing import Tap
from handlers.ground.scans import Page, scan_of, scans, take_scan
from handlers.year.review.door import MENU, own_review, own_reviews, year_of
from handlers.year.review.looking import show_standing
from models.phrases.year import review_writing as phrases
from models.year.review import FileKind, Review, ReviewState
from models.year.review.acts import add_signed_page, drop_signed_pages, send_signed
from models.year.review.moving import expect
from models.year.review.questions import files_of, pages_unsent


class Step(StrEnum):
    PAGES = "pages"


class Draft(BaseModel):
    review_id: int = 0


def start(ctx: Context, arguments: list[str]) -> None:
    draft = Draft(review_id=number(arguments))
    _review(ctx, draft)
    begin(ctx, FLOW, Step.PAGES, draft)


def awaited(ctx: Context) -> Review | None:
    """The newest text of one's own whose signed paper the cell waits for."""
    return next((one for one, _ in own_reviews(ctx) if one.state == ReviewState.ACCEPTED), None)


def begin_with(ctx: Context, review_id: int, *, photos: list[str]) -> None:
    """Its pages are here already, in their order: nobody sees them before they are sent."""
    draft = Draft(review_id=review_id)
    review = _review(ctx, draft)
    for file_id in photos:
        page = Page(kind="photo", file_id=file_id, name="")
        add_signed_page(ctx.db, review, page, by_id=ctx.me.id, now=ctx.now)
    begin(ctx, FLOW, Step.PAGES, draft)


def _review(ctx: Context, draft: Draft) -> Review:
    review = own_review(ctx, draft.review_id)
    expect(review, ReviewState.ACCEPTED, ReviewState.SIGNED)
    return review


def _ask(ctx: Context, draft: Draft) -> Screen:
    review = _review(ctx, draft)
    waiting, every = pages_unsent(ctx.db, review), files_of(ctx.db, review.id, FileKind.SIGNED)
    words = phrases.ask_pages(
        kind=review.kind,
        year=year_of(ctx, review),
        waiting=len(waiting),
        sent=len(every) - len(waiting),
    )
    rows = []
    if waiting:
        rows = [[choice(phrases.send_pages(pages=len(waiting)), "send")], [choice(phrases.ANEW, "anew")]]
    return Screen(words, [*rows, MENU], looking=True)


def _take(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    review = _review(ctx, draft)
    if answer.value is None:
        page = scan_of(take_scan(answer))
        add_signed_page(ctx.db, review, page, by_id=ctx.me.id, now=ctx.now)
        return Step.PAGES
    if answer.choice("send", "anew") == "anew":
        drop_signed_pages(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
        return Step.PAGES
    sent = send_signed(ctx.db, review, by_id=ctx.me.id, now=ctx.now)
    show_standing(ctx, review, phrases.pages_sent(pages=sent))
    return None


FLOW: Flow[Draft] = Flow(
    "review_signed",
    phrases.SENDING_SIGNED,
    Draft,
    {Step.PAGES: Question(_ask, _take, wants_file=scans)},
    keeps=True,
    right=_review,
)

TAPS = [Tap("review:signed", start)]
