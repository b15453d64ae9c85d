"""Whoever is registered is asked, one by one, what they agree to and have not answered in today's wording.

    consent:before ──> what that agrees to, by name ──consent:all──> answered        (the wording has changed)
    consent:go ──> ABROAD | ZALO | CONTACT | AWAY | REVIEW | MEETING | COUNTS ──yes, no──> the next ──> … ──> what was answered
                     └──── no ────> what follows from it is said first, as in /dulieu

Stopping on the way costs nothing: what was answered is kept, what was not counts as not agreed to.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from pydantic import BaseModel

from handlers.ground.context import Answer, Context
from handlers.ground.conversation import AnyFlow, Flow, Question, Screen, begin, choice, own
from handlers.ground.routing import Tap
from handlers.trust.data import agreeing
from models.delivery.outbox import Button
from models.people.member import BEFORE_PROOF, Purpose, consents
from models.phrases import common
from models.phrases.entry import register as register_words
from models.phrases.trust import consent as phrases
from models.trust.consent import agree_as_before, as_before, decide_consent, still_open, terms_of


class Step(StrEnum):
    ABROAD = "abroad"
    ZALO = "zalo"
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
    asked = still_open(ctx.db, ctx.me)
    if asked:
        begin(ctx, FLOW, Step(asked[0].value), Draft(asked=asked))
    return bool(asked)


def tapped(ctx: Context, _arguments: list[str]) -> None:
    if not go_on(ctx):
        agreeing.show(ctx, [])


def show_as_before(ctx: Context, _arguments: list[str]) -> None:
    """Show by name everything that “as before” agrees to, what is new too. It is the first tap of two."""
    yes, no = as_before(ctx.db, ctx.me)
    if not yes and not no:
        agreeing.show(ctx, [])
        return
    rows = [[Button(phrases.AGREE_TO_ALL, "consent:all")], [Button(phrases.ONE_BY_ONE, "consent:go")]]
    known = consents(ctx.db, ctx.me.id)
    ctx.show(phrases.as_before(yes=yes, new=[one for one in yes if one not in known], no=no), rows)


def agree_to_all(ctx: Context, _arguments: list[str]) -> None:
    yes, no = as_before(ctx.db, ctx.me)
    agree_as_before(ctx.db, ctx.me, policy=ctx.policies.checkin, now=ctx.now)
    ctx.show(phrases.answered(given=yes, refused=no), [[Button(common.MENU, "nav:menu")]])


def ask(purpose: Purpose, ctx: Context, draft: Draft) -> Screen:
    words = phrases.question(
        purpose=purpose,
        number=draft.asked.index(purpose) + 1 if purpose in draft.asked else 1,
        of=len(draft.asked) or 1,
        office=ctx.me.cell_id is None,
        terms=terms_of(ctx.policies),
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

TAPS: list[Tap] = [
    Tap("consent:go", tapped),
    Tap("consent:before", show_as_before),
    Tap("consent:all", agree_to_all),
]
FLOWS: list[AnyFlow] = [FLOW]
