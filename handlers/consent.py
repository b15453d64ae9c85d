"""Whoever is registered is asked, one by one, what they agree to and have not answered in today's wording.

    consent:go ──> ABROAD | CONTACT | AWAY | REVIEW | MEETING | COUNTS ──yes, no──> the next ──> … ──> what was answered
                     └──── no ────> what follows from it is said first, as in /dulieu

Stopping on the way costs nothing: what was answered is kept, what was not counts as not agreed to.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from pydantic import BaseModel

from handlers.context import Answer, Context
from handlers.conversation import AnyFlow, Flow, Question, Screen, begin, choice, own
from handlers.data import agreeing
from handlers.routing import Tap
from models.consent import decide_consent
from models.member import BEFORE_PROOF, Purpose
from models.outbox import Button
from models.phrases import common
from models.phrases import consent as phrases
from models.phrases import register as register_words
from models.register import purposes_to_ask


class Step(StrEnum):
    ABROAD = "abroad"
    CONTACT = "contact"
    AWAY = "away"
    REVIEW = "review"
    MEETING = "meeting"
    COUNTS = "counts"


class Draft(BaseModel):
    asked: list[Purpose] = []
    given: dict[Purpose, bool] = {}


def go_on(ctx: Context) -> bool:
    """Ask what has not been answered yet, under what stands there; False when there is nothing to ask."""
    asked = purposes_to_ask(ctx.db, ctx.me)
    if asked:
        begin(ctx, FLOW, Step(asked[0].value), Draft(asked=asked))
    return bool(asked)


def tapped(ctx: Context, _arguments: list[str]) -> None:
    if not go_on(ctx):
        agreeing.show(ctx, [])


def ask(purpose: Purpose, ctx: Context, draft: Draft) -> Screen:
    words = phrases.question(
        purpose=purpose,
        number=draft.asked.index(purpose) + 1 if purpose in draft.asked else 1,
        of=len(draft.asked) or 1,
        office=ctx.me.cell_id is None,
    )
    return Screen(words, [[choice(register_words.AGREE, "yes"), choice(register_words.REFUSE, "no")]])


def take(purpose: Purpose, ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    given = answer.choice("yes", "no") == "yes"
    if not given and purpose in BEFORE_PROOF:
        agreeing.ask(ctx, [purpose])  # it would end the contact: that is said before it is done
        return None
    decide_consent(ctx.db, ctx.me, purpose, given=given, policy=ctx.policies.checkin, now=ctx.now)
    draft.given[purpose] = given
    ahead = draft.asked[draft.asked.index(purpose) + 1 :] if purpose in draft.asked else []
    if ahead:
        return Step(ahead[0].value)
    _show_answers(ctx, draft)
    return None


def _show_answers(ctx: Context, draft: Draft) -> None:
    words = phrases.answered(
        given=[one for one, yes in draft.given.items() if yes],
        refused=[one for one, yes in draft.given.items() if not yes],
    )
    ctx.show(words, [[Button(common.MENU, "nav:menu")]])


FLOW: Flow[Draft] = Flow(
    "consent",
    phrases.ABOUT,
    Draft,
    {Step(one.value): Question(partial(ask, one), partial(take, one)) for one in Purpose},
    keeps=True,
    right=own,
)

TAPS: list[Tap] = [Tap("consent:go", tapped)]
FLOWS: list[AnyFlow] = [FLOW]
