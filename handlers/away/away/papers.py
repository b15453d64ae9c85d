"""The paper on demand, and a scan of it when it is signed; after a return the self-review of the time abroad.

scan ──> attached to the filing, the cell is told          review ──> that line of the checklist is done, the cell is told
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.away.away.documents import send_paper
from handlers.away.away.door import own_away, own_filing
from handlers.away.away.screens import show_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form, PaperScan
from models.away.away import Filing, FilingAct, ReturnItem, Scan, attach_scan, away_of, tick_return_item
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.away import away_member as phrases


def download(ctx: Context, arguments: list[str]) -> None:
    if not send_paper(ctx, own_filing(ctx, number_or_0(arguments))):
        raise Refused(phrases.no_paper())


class Draft(BaseModel):
    filing_id: int = 0
    scan: Scan | None = None


def ask_for_scan(ctx: Context, arguments: list[str]) -> None:
    filing = own_filing(ctx, number_or_0(arguments))
    if not filing.is_under_way:
        show_away(ctx, away_of(ctx.db, filing), phrases.done_already())
        return
    SCAN.begin(ctx, Draft(filing_id=filing.id))


def _attach(at: At[Draft, Filing]) -> None:
    if at.draft.scan is not None:
        attach_scan(at.ctx.db, at.subject, at.draft.scan, by_id=at.ctx.me.id, now=at.ctx.now)
    show_away(at.ctx, away_of(at.ctx.db, at.subject), phrases.scan_taken())


SCAN: Form[Draft, Filing] = Form(
    "away_scan",
    phrases.ATTACHING,
    Draft,
    right=lambda ctx, draft: own_filing(ctx, draft.filing_id),
    fields=(Field("scan", lambda at: phrases.send_scan(), PaperScan()),),
    save=_attach,
)


# --- the papers of time abroad -----------------------------------------------------------------------------


class ReviewDraft(BaseModel):
    item_id: int = 0
    scan: Scan | None = None


def ask_for_review(ctx: Context, arguments: list[str]) -> None:
    item = _own_item(ctx, number_or_0(arguments))
    if item.done_at is not None:
        show_away(ctx, own_away(ctx, item.away_id), phrases.done_already())
        return
    REVIEW.begin(ctx, ReviewDraft(item_id=item.id))


def _own_item(ctx: Context, item_id: int) -> ReturnItem:
    item = ctx.db.get(ReturnItem, item_id)
    if item is None:
        raise Refused(common.gone_button())
    own_away(ctx, item.away_id)
    return item


def _hand_in(at: At[ReviewDraft, ReturnItem]) -> None:
    ctx, item = at.ctx, at.subject
    tick_return_item(
        ctx.db, item, FilingAct(by_id=ctx.me.id, policies=ctx.policies, now=ctx.now, scan=at.draft.scan)
    )
    show_away(ctx, own_away(ctx, item.away_id), phrases.return_paper_taken(step=item.step))


REVIEW: Form[ReviewDraft, ReturnItem] = Form(
    "away_review",
    phrases.REVIEWING,
    ReviewDraft,
    right=lambda ctx, draft: _own_item(ctx, draft.item_id),
    fields=(Field("scan", lambda at: phrases.send_return_paper(step=at.subject.step), PaperScan()),),
    save=_hand_in,
)
