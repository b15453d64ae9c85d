"""The PIN, before an export, a deletion, a hand-over, an act of identity; what was tapped then goes on by itself.

    none yet ──> NEW ──six digits──> AGAIN ──the same──┐
    asked    ──> PIN ──right─────────────────────────────> what was tapped, as if it were tapped now
                  └─ forgotten ──> CODE ──return code──> NEW

Every typed message is taken back out of the chat. Nothing is refused here by raising: that would undo the count of wrong
tries and the taking back. Only a text too long to be a PIN is left where it is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from handlers.ground import conversation
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, choice, own
from handlers.ground.routing import Tap
from models.delivery.conversation import conversation_in, current_conversation, wake_conversation
from models.delivery.message import Button
from models.delivery.outbox import fading_message, take_back_outbox
from models.ground.errors import Refused
from models.people.member import is_trusted
from models.people.rights import appointments
from models.people.secret import (
    PIN_DIGITS,
    SecretKind,
    SecretLocked,
    WeakPin,
    check_pin,
    check_strength,
    digits_of,
    has_secret,
    hash_secret,
    is_return_code_of,
    is_same_secret,
    prove_account,
    set_pin,
    tries_left,
    wait_of,
)
from models.phrases import common
from models.phrases.people import secret as phrases
from models.phrases.text import Text

_LONGEST = 64  # characters: with words around it; what is longer is another text
_FEW = 4  # digits: with fewer in it, it is no secret
_MENU = [Button(common.MENU, "nav:menu")]


class Step(StrEnum):
    NEW = "new"
    AGAIN = "again"
    PIN = "pin"
    CODE = "code"


class Draft(BaseModel):
    """What goes on afterwards; and the hash of the PIN that was typed once."""

    kind: Kind = Kind.BUTTON
    data: str = "nav:menu"
    command: str = ""
    words: str = ""
    room: str = ""  # whose question it answers
    first: str = ""
    may_choose_until: datetime | None = None  # somebody who has a PIN: by their old one, or the return code


# --- the gate -------------------------------------------------------------------------------------------------------


def ask_for_proof(ctx: Context) -> None:
    """Ask for the PIN under what was tapped; the first time, have one chosen."""
    given = ctx.incoming
    if given.kind is Kind.BUTTON:  # a form that was left for another may have been tapped
        row = conversation_in(ctx.db, ctx.address, given.data.partition(":")[0])
    else:
        row = current_conversation(ctx.db, ctx.address)
    answers = row is not None and (given.kind is Kind.TEXT or "~" in given.data)
    draft = Draft(kind=given.kind, data=given.data, command=given.command, words=given.text)
    draft.room = row.room if answers and row else ""
    _begin(ctx, draft)


def change(ctx: Context, _arguments: list[str]) -> None:
    """Change the PIN to one of the member's own choice. The old one is asked for first."""
    draft = Draft(data="data:safety")
    if has_secret(ctx.db, ctx.me.id, SecretKind.PIN):
        ctx.prove()
        draft.may_choose_until = ctx.now + ctx.policies.secret.fresh
    _begin(ctx, draft, Step.NEW)


def _begin(ctx: Context, draft: Draft, first: Step | None = None) -> None:
    ctx.incoming = replace(ctx.incoming, message_id=None)  # the list that was tapped stays
    has_pin = has_secret(ctx.db, ctx.me.id, SecretKind.PIN)
    if not has_pin and (ctx.account is None or not is_trusted(ctx.account)):
        ctx.say(phrases.not_trusted_yet(), [_MENU])  # who took a chat over would choose it themselves
        return
    if not has_pin and _may_be_anybody(ctx):
        ctx.say(phrases.too_late_here(), [_MENU])
        return
    conversation.begin(ctx, FLOW, first or (Step.PIN if has_pin else Step.NEW), draft)


def _may_be_anybody(ctx: Context) -> bool:
    """Whether whoever sits at a browser that was left open could choose the PIN, make a key with it, and read about others.

    Shortly after somebody has said that it is them, or has named them, it is they who sit there.
    """
    if ctx.account is None or not ctx.lacks_proof:
        return False
    began = [one.begins_at for one in appointments(ctx.db, ctx.me.id, now=ctx.now)]
    return ctx.now - max([ctx.account.linked_at, *began]) > ctx.policies.secret.first_pin


def _has_code(ctx: Context) -> bool:
    """Whether there is a return code; where there is none, the other way is said."""
    if has_secret(ctx.db, ctx.me.id, SecretKind.RETURN_CODE):
        return True
    ctx.show(phrases.no_code(), [_MENU])
    return False


def noted(ctx: Context, _arguments: list[str]) -> None:
    """Delete the message with a file's password before its time, because the password stands on paper now."""
    message_id = ctx.incoming.message_id
    found = fading_message(ctx.db, ctx.address, message_id) if message_id is not None else None
    if found is None:
        raise Refused(common.gone_button())
    take_back_outbox(ctx.db, [found], now=ctx.now)


# --- a PIN that is known --------------------------------------------------------------------------------------------


def ask_pin(ctx: Context, draft: Draft) -> Screen:
    return Screen(_or_locked(ctx, SecretKind.PIN, phrases.ask()), [[choice(phrases.FORGOTTEN, "forgotten")]])


def _or_locked(ctx: Context, kind: SecretKind, words: Text) -> Text:
    """The question, or until when nothing is compared: the question stays, so that what is typed goes from the chat."""
    until = wait_of(ctx.db, ctx.me.id, kind, now=ctx.now)
    return words if until is None else phrases.locked(until=until, zone=ctx.zone)


def take_pin(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.value == "forgotten":
        return Step.CODE if _has_code(ctx) else None
    typed = _typed(ctx, answer)
    if len(typed) != PIN_DIGITS:
        ctx.say(phrases.six_digits())
        return Step.PIN
    try:
        right = check_pin(ctx.db, ctx.me.id, typed, now=ctx.now, policy=ctx.policies.secret)
    except SecretLocked:
        return Step.PIN
    if right:
        _proved(ctx, draft)
        return None
    return _was_wrong(ctx, SecretKind.PIN, Step.PIN)


def ask_code(ctx: Context, draft: Draft) -> Screen:
    return Screen(_or_locked(ctx, SecretKind.RETURN_CODE, phrases.ask_code()))


def take_code(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    typed = _typed(ctx, answer)
    try:
        right = is_return_code_of(ctx.db, ctx.me.id, typed, now=ctx.now, policy=ctx.policies.secret)
    except SecretLocked:
        return Step.CODE
    if right:
        draft.may_choose_until = ctx.now + ctx.policies.secret.fresh
        return Step.NEW
    return _was_wrong(ctx, SecretKind.RETURN_CODE, Step.CODE)


def _was_wrong(ctx: Context, kind: SecretKind, step: Step) -> Step:
    if wait_of(ctx.db, ctx.me.id, kind, now=ctx.now) is None:
        left = tries_left(ctx.db, ctx.me.id, kind, policy=ctx.policies.secret)
        ctx.say((phrases.wrong if kind is SecretKind.PIN else phrases.wrong_code)(left=left))
    return step


# --- a new one ------------------------------------------------------------------------------------------------------


def ask_new(ctx: Context, draft: Draft) -> Screen:
    _may_choose(ctx, draft)
    return Screen(phrases.choose(is_new=draft.may_choose_until is None))


def _may_choose(ctx: Context, draft: Draft) -> None:
    """Whatever led here: who has a PIN needs more than a tap to change it."""
    is_allowed = draft.may_choose_until is not None and ctx.now < draft.may_choose_until
    if not is_allowed and has_secret(ctx.db, ctx.me.id, SecretKind.PIN):
        raise Refused(common.gone_button())


def take_new(ctx: Context, draft: Draft, answer: Answer) -> Step:
    _may_choose(ctx, draft)
    typed = _typed(ctx, answer)
    try:
        check_strength(typed, ctx.me)
    except WeakPin as weak:
        ctx.say(weak.phrase)
        return Step.NEW
    draft.first = hash_secret(typed)
    return Step.AGAIN


def ask_again(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.once_more())


def take_again(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    _may_choose(ctx, draft)
    typed, first = _typed(ctx, answer), draft.first
    draft.first = ""
    if not first or not is_same_secret(first, typed):
        ctx.say(phrases.not_the_same())
        return Step.NEW
    set_pin(ctx.db, ctx.me.id, typed, now=ctx.now)
    ctx.say(phrases.done(fresh=ctx.policies.secret.fresh))
    _proved(ctx, draft)
    return None


# --- within ---------------------------------------------------------------------------------------------------------


def _typed(ctx: Context, answer: Answer) -> str:
    """The digits of what was typed; the message is taken back, unless it is another text that came by mistake."""
    if answer.incoming.kind is not Kind.TEXT:
        raise Refused(common.text_expected())
    if len(answer.incoming.text) > _LONGEST:
        raise Refused(phrases.six_digits())
    if sum(char.isdecimal() for char in answer.incoming.text) >= _FEW:
        ctx.erase()
    return digits_of(answer.incoming.text)


def _proved(ctx: Context, draft: Draft) -> None:
    if ctx.account is None:
        raise LookupError("a PIN was given by nobody")
    prove_account(ctx.account, now=ctx.now)
    if draft.room:
        wake_conversation(ctx.db, ctx.address, draft.room)
    ctx.then = replace(  # without a message of its own: it answers with new ones
        ctx.incoming,
        kind=draft.kind,
        data=draft.data,
        command=draft.command,
        text=draft.words,
        message_id=None,
    )


FLOW: Flow[Draft] = Flow(
    "secret",
    phrases.ABOUT,
    Draft,
    {
        Step.NEW: Question(ask_new, take_new, secret=True),
        Step.AGAIN: Question(ask_again, take_again, secret=True),
        Step.PIN: Question(ask_pin, take_pin, secret=True),
        Step.CODE: Question(ask_code, take_code, secret=True),
    },
    right=own,
)

TAPS: list[Tap] = [
    Tap("secret:change", change),
    Tap("secret:noted", noted),
]
