"""The signed paper comes back by one button: several photos or a PDF, looked over, then sent to the cell.

PAGES ──a page──> PAGES ──send──> the cell notes that the paper is here (desk_form.py)
   └─ begin anew
Pages are kept as they come; nobody else sees them before they are sent.
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Field, Form, Offer, PaperScan, Row
from handlers.ground.routing import Tap
from handlers.ground.scans import Page, scan_of, take_scan
from handlers.year.review.door import MENU, own_review, own_reviews, year_of
from handlers.year.review.looking import show_standing
from models.phrases.text import Text
from models.phrases.year import review_writing as phrases
from models.year.review import Review, ReviewFileKind, ReviewState
from models.year.review.acts import add_signed_page, drop_signed_pages, send_signed
from models.year.review.moving import expect
from models.year.review.questions import files_of, pages_unsent


class Draft(BaseModel):
    review_id: int = 0


def start(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(review_id=number(arguments)))


def awaited(ctx: Context) -> Review | None:
    """Return the newest text of one's own whose signed paper the cell waits for."""
    return next((one for one, _ in own_reviews(ctx) if one.state == ReviewState.ACCEPTED), None)


def begin_with(ctx: Context, review_id: int, *, photos: list[str]) -> None:
    """Begin with the pages that are here already, in their order. Nobody sees them before they are sent."""
    draft = Draft(review_id=review_id)
    review = _review(ctx, draft)
    for file_id in photos:
        page = Page(kind="photo", file_id=file_id, name="")
        add_signed_page(ctx.db, review, page, by_id=ctx.me.id, now=ctx.now)
    FLOW.begin(ctx, draft)


def _review(ctx: Context, draft: Draft) -> Review:
    review = own_review(ctx, draft.review_id)
    expect(review, ReviewState.ACCEPTED, ReviewState.SIGNED)
    return review


Here = At[Draft, Review]


def _ask_pages(at: Here) -> Text:
    waiting = pages_unsent(at.ctx.db, at.subject)
    every = files_of(at.ctx.db, at.subject.id, ReviewFileKind.SIGNED)
    return phrases.ask_pages(
        kind=at.subject.kind,
        year=year_of(at.ctx, at.subject),
        waiting=len(waiting),
        sent=len(every) - len(waiting),
    )


class SignedPages(PaperScan[Draft, Review]):
    """Each is a row at once; nobody else sees them before they are sent."""

    def rows(self, at: Here) -> list[Row]:
        waiting = pages_unsent(at.ctx.db, at.subject)
        if not waiting:
            return [MENU]
        return [
            [Offer(phrases.send_pages(pages=len(waiting)), "send", None)],
            [choice(phrases.ANEW, "anew")],
            MENU,
        ]

    def sent(self, at: Here, answer: Answer) -> object:
        page = scan_of(take_scan(answer))
        add_signed_page(at.ctx.db, at.subject, page, by_id=at.ctx.me.id, now=at.ctx.now)
        return AGAIN

    def tapped(self, at: Here, key: str) -> object:
        Answer(at.ctx.incoming, key).choice("anew")
        drop_signed_pages(at.ctx.db, at.subject, by_id=at.ctx.me.id, now=at.ctx.now)
        return AGAIN

    def put(self, at: Here, name: str, value: object) -> None:
        """Do nothing: the pages are rows already."""


def _send(at: Here) -> None:
    ctx = at.ctx
    sent = send_signed(ctx.db, at.subject, by_id=ctx.me.id, now=ctx.now)
    show_standing(ctx, at.subject, phrases.pages_sent(pages=sent))


FLOW: Form[Draft, Review] = Form(
    "review_signed",
    phrases.SENDING_SIGNED,
    Draft,
    right=_review,
    fields=(Field("pages", _ask_pages, SignedPages(), looking=True),),
    save=_send,
    keeps=True,
)

TAPS = [Tap("review:signed", start)]
