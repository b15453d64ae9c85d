"""A written update: asked for every few months where the cell wants one, or sent on one's own account.

text, photo or file ──> overview ──> sent, the cell is told
          ^                │
          └── again ───────┘
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.away.away.door import own_away
from handlers.away.away.screens import show_away
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, begin_or_resume, choice
from handlers.ground.scans import scans, take_scan
from models.away.away import AWAY, Scan, send_update
from models.delivery.conversation import conversation_in
from models.ground.marking import clean
from models.phrases import common
from models.phrases.away import away_member as phrases

LIMIT = 2_000  # characters


class Step(StrEnum):
    WRITE = "write"
    OVERVIEW = "overview"


class Draft(BaseModel):
    away_id: int = 0
    text: str = ""
    scan: Scan | None = None


def write(ctx: Context, arguments: list[str]) -> None:
    away = own_away(ctx, number_or_0(arguments))
    if away.state not in AWAY:
        show_away(ctx, away)
        return
    row = conversation_in(ctx.db, ctx.address, UPDATE.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else None
    go_on = begin_or_resume if begun is not None and begun.away_id == away.id else begin
    go_on(ctx, UPDATE, Step.WRITE, Draft(away_id=away.id))


def ask_text(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.write_update())


def take_text(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """A caption goes with its picture."""
    if answer.incoming.kind is Kind.FILE:
        draft.scan, draft.text = take_scan(answer), answer.incoming.text.strip()[:LIMIT]
    else:
        draft.text, draft.scan = clean(answer.words(limit=LIMIT)), None
    return Step.OVERVIEW


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    words = phrases.look_over_update(text=draft.text, scan=draft.scan is not None)
    return Screen(words, [[choice(common.SEND, "send")], [choice(phrases.REWRITE, "again")]])


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.value is None:  # another message instead of a tap: it takes the place of the first
        return take_text(ctx, draft, answer)
    if answer.choice("send", "again") == "again":
        return Step.WRITE
    away = own_away(ctx, draft.away_id)
    send_update(
        ctx.db,
        away,
        text=draft.text,
        by_id=ctx.me.id,
        policies=ctx.policies,
        now=ctx.now,
        scan=draft.scan,
    )
    show_away(ctx, away, phrases.update_sent())
    return None


UPDATE: Flow[Draft] = Flow(
    "away_update",
    phrases.UPDATING,
    Draft,
    {
        Step.WRITE: Question(ask_text, take_text, wants_file=scans),
        Step.OVERVIEW: Question(ask_overview, take_overview, wants_file=scans),
    },
    right=lambda ctx, draft: own_away(ctx, draft.away_id),
    own_words=lambda ctx, draft: True,
)
