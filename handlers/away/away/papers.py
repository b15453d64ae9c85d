"""The paper on demand, and a scan of it when it is signed; after a return the self-review of the time abroad.

scan ──> attached to the filing, the cell is told          review ──> that line of the checklist is done, the cell is told
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.away.away.documents import send_paper
from handlers.away.away.door import own_away, own_filing
from handlers.away.away.screens import show_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin
from handlers.ground.scans import scans, take_scan
from models.away.away import ReturnItem, attach_scan, away_of, tick_return_item
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.away import away_member as phrases


def download(ctx: Context, arguments: list[str]) -> None:
    if not send_paper(ctx, own_filing(ctx, number_or_0(arguments))):
        raise Refused(phrases.no_paper())


class Step(StrEnum):
    SCAN = "scan"


class Draft(BaseModel):
    filing_id: int = 0


def ask_for_scan(ctx: Context, arguments: list[str]) -> None:
    filing = own_filing(ctx, number_or_0(arguments))
    if not filing.is_under_way:
        show_away(ctx, away_of(ctx.db, filing), phrases.done_already())
        return
    begin(ctx, SCAN, Step.SCAN, Draft(filing_id=filing.id))


def ask_scan(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.send_scan())


def take_the_scan(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    filing = own_filing(ctx, draft.filing_id)
    attach_scan(ctx.db, filing, take_scan(answer), by_id=ctx.me.id, now=ctx.now)
    show_away(ctx, away_of(ctx.db, filing), phrases.scan_taken())
    return None


SCAN: Flow[Draft] = Flow(
    "away_scan",
    phrases.ATTACHING,
    Draft,
    {Step.SCAN: Question(ask_scan, take_the_scan, wants_file=scans)},
    right=lambda ctx, draft: own_filing(ctx, draft.filing_id),
)


# --- the self-review of the time abroad -----------------------------------------------------------------------------


class ReviewDraft(BaseModel):
    item_id: int = 0


def ask_for_review(ctx: Context, arguments: list[str]) -> None:
    item = _own_item(ctx, number_or_0(arguments))
    if item.done_at is not None:
        show_away(ctx, own_away(ctx, item.away_id), phrases.done_already())
        return
    begin(ctx, REVIEW, Step.SCAN, ReviewDraft(item_id=item.id))


def _own_item(ctx: Context, item_id: int) -> ReturnItem:
    item = ctx.db.get(ReturnItem, item_id)
    if item is None:
        raise Refused(common.gone_button())
    own_away(ctx, item.away_id)
    return item


def ask_review(ctx: Context, draft: ReviewDraft) -> Screen:
    return Screen(phrases.send_review())


def take_review(ctx: Context, draft: ReviewDraft, answer: Answer) -> Step | None:
    item = _own_item(ctx, draft.item_id)
    tick_return_item(
        ctx.db, item, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now, scan=take_scan(answer)
    )
    show_away(ctx, own_away(ctx, item.away_id), phrases.review_taken())
    return None


REVIEW: Flow[ReviewDraft] = Flow(
    "away_review",
    phrases.REVIEWING,
    ReviewDraft,
    {Step.SCAN: Question(ask_review, take_review, wants_file=scans)},
    right=lambda ctx, draft: _own_item(ctx, draft.item_id),
)
