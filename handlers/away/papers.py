"""The paper on demand, and a scan of it when it is signed.

scan ──> attached to the filing, the cell is told
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.arguments import number_or_0
from handlers.away.documents import send_paper
from handlers.away.door import own_filing
from handlers.away.screens import show_away
from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin
from handlers.scans import scans, take_scan
from models.away import attach_scan, away_of
from models.errors import Refused
from models.phrases import away_member as phrases


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
