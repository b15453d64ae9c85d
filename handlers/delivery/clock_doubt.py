"""The operator answers, in the chat that was asked, whether the computer's clock is right, and takes back what moved by it.

    "what time it is nobody knows"  ──"right"──> the program goes by the clock; deadlines move by what was off
                                    └─"wrong"──> it goes on by its own watch; nothing moves
    "deadlines have moved"          ──"undo"───> they stand where they stood

Anybody else who sends these buttons' data is nobody here.
"""

from __future__ import annotations

from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.delivery.clock_doubt import open_clock_doubt
from models.delivery.job_run import outage_to_undo
from models.phrases.delivery import clock_doubt as phrases
from models.trust.undoing import undo_outage


def call_right(ctx: Context, _arguments: list[str]) -> None:
    _answer(ctx, is_right=True)


def call_wrong(ctx: Context, _arguments: list[str]) -> None:
    _answer(ctx, is_right=False)


def _answer(ctx: Context, *, is_right: bool) -> None:
    """Note it; the running program hears it within seconds and says what follows."""
    doubt = open_clock_doubt(ctx.db)
    if doubt is None or doubt.asked != ctx.address:
        ctx.tell(phrases.not_doubted())
        return
    doubt.is_right = is_right
    ctx.tell(phrases.heard())


def undo(ctx: Context, arguments: list[str]) -> None:
    """Give back what an outage moved; once."""
    outage = outage_to_undo(ctx.db, number(arguments))
    if outage is None or outage.told != ctx.address:
        ctx.tell(phrases.nothing_to_undo())
        return
    ctx.say(phrases.undone(count=undo_outage(ctx.db, outage, now=ctx.now)))


TAPS = [
    Tap("clock_doubt:right", call_right, public=True),
    Tap("clock_doubt:wrong", call_wrong, public=True),
    Tap("clock_doubt:undo", undo, public=True),
]
