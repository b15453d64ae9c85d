"""Whoever is registered is asked, one by one, what they agree to and have not answered in today's wording.

    consent:before ──> what that agrees to, by name ──consent:all──> answered        (the wording has changed)
    consent:go ──> ABROAD | ZALO | CONTACT | AWAY | REVIEW | MEETING | COUNTS ──yes, no──> the next ──> … ──> what was answered
                     └──── no ────> what follows from it is said first, as in /dulieu

Stopping on the way costs nothing: what was answered is kept, what was not counts as not agreed to.

On a channel whose company has to be answered first (`to_ask_first`), nothing else is heard or said until it is:

    any word ──> the question ──yes──> the main screen
                              ──no───> the chat is closed, the way to the page is said
    consent:leave ──sure?──consent:left──> the same no, later, where /dulieu cannot be shown
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from pydantic import BaseModel

from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import AnyFlow, Flow, Question, Screen, begin, choice, own
from handlers.ground.routing import Tap
from handlers.trust.data import agreeing
from models.contact.unasked import ROOM as UNASKED, cries_for_help
from models.delivery.conversation import park_conversations
from models.delivery.message import Button
from models.ground.errors import Refused
from models.people.member import BEFORE_PROOF, Purpose, channels_without, consents, to_ask_first
from models.phrases import common
from models.phrases.contact import unasked as unasked_words
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
    agree_as_before(ctx.db, ctx.me, policies=ctx.policies, now=ctx.now)
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
    decide_consent(ctx.db, ctx.me, purpose, given=given, policies=ctx.policies, now=ctx.now)
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


# --- asked before anything else -------------------------------------------------------------------------------------


def ask_first(ctx: Context) -> bool:
    """Ask what has to be answered before anything else is heard or said here. Return False where nothing is.

    A cry for help goes on, and whom to call: life comes before an answer.
    """
    asked = to_ask_first(ctx.db, ctx.account) if ctx.account is not None else None
    if asked is None or _cries(ctx):
        return False
    if ctx.incoming.kind is Kind.BUTTON and ctx.incoming.data in (_FIRST_YES, _FIRST_NO):
        _answer_first(ctx, asked, given=ctx.incoming.data == _FIRST_YES)
    elif ctx.incoming.kind not in _SAY_NOTHING:
        choices = [[Button(register_words.AGREE, _FIRST_YES)], [Button(register_words.REFUSE, _FIRST_NO)]]
        ctx.say(phrases.asked_first(purpose=asked, terms=terms_of(ctx.policies)), choices)
    return True


_FIRST_YES, _FIRST_NO = "consent:first:yes", "consent:first:no"
_SAY_NOTHING = (Kind.GROUP, Kind.BLOCKED, Kind.UNBLOCKED, Kind.SERVICE)


def _cries(ctx: Context) -> bool:
    match ctx.incoming.kind:
        case Kind.TEXT if cries_for_help(ctx.incoming.text):
            park_conversations(ctx.db, ctx.address)  # a form would take it as its answer, and ask on
            return True
        case Kind.BUTTON:  # what is offered below such a text
            return ctx.incoming.data.startswith(f"{UNASKED}:")
        case _:
            return False


def _answer_first(ctx: Context, purpose: Purpose, *, given: bool) -> None:
    decide_consent(ctx.db, ctx.me, purpose, given=given, policies=ctx.policies, now=ctx.now)
    if given:
        ctx.say(phrases.agreed_first(), [[Button(common.MENU, "nav:menu")]])
    else:
        agreeing.say_closed(ctx)


def ask_leave(ctx: Context, _arguments: list[str]) -> None:
    """Ask whether nothing is to pass through this channel's company any more, and say what follows."""
    purpose = _company(ctx)
    stay = channels_without(ctx.db, ctx.me.id, purpose)
    ways = [[Button(phrases.LEAVE, "consent:left")], [Button(unasked_words.STAY, "nav:menu")]]
    ctx.show(phrases.follows(purpose=purpose, stay=stay), ways)


def leave(ctx: Context, _arguments: list[str]) -> None:
    decide_consent(ctx.db, ctx.me, _company(ctx), given=False, policies=ctx.policies, now=ctx.now)
    agreeing.say_closed(ctx)


def _company(ctx: Context) -> Purpose:
    if not ctx.address.limits.company:
        raise Refused(common.gone_button())
    return Purpose(ctx.address.limits.company)


def go_on_here(ctx: Context) -> None:
    """Ask whoever has come back by a code what they have not answered about this channel's company."""
    company = ctx.address.limits.company
    if not ask_first(ctx) and company and Purpose(company) not in consents(ctx.db, ctx.me.id):
        go_on(ctx)


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
    Tap("consent:leave", ask_leave),
    Tap("consent:left", leave),
]
FLOWS: list[AnyFlow] = [FLOW]
