"""What is somebody's alone is not shown in a chat that was proved by no more than the desk holds (models/entry/waking.py).

A return code opens it; typed in a chat that is nobody's, it makes the chat theirs:

    sixteen digits ──┬─ right ──> linked, the former chat closed, desk and office above told
                     └─ wrong, locked, or tried too often ──> answered as any other text
"""

from __future__ import annotations

from collections.abc import Callable

from handlers.ground.context import Context, Kind
from models.delivery.message import Button
from models.entry.register import come_back, name_of, prove_by_code
from models.entry.waking import vouchers
from models.ground.errors import Refused
from models.people.member import Member, account_at, channels_of, is_trusted, open_accounts, to_ask_first
from models.people.rights import NotEntitled
from models.people.secret import CODE_DIGITS, SecretLocked, digits_of, member_of_return_code
from models.phrases import common
from models.phrases.entry import identity as phrases
from models.phrases.text import Text

_LONGEST = 40  # characters: sixteen digits, with spaces and hyphens between them

Run = Callable[[Context, list[str]], None]


class HeldBack(NotEntitled):
    """It is theirs, but not in this chat yet; the phrase says what opens it."""

    def __init__(self, phrase: Text) -> None:
        Refused.__init__(self, phrase)


def is_held_back(ctx: Context) -> bool:
    """Return whether the chat that speaks has yet to be trusted."""
    return ctx.account is not None and not is_trusted(ctx.account)


def require_trust(ctx: Context) -> None:
    """Raise `HeldBack` unless this chat may be shown what is its person's alone."""
    if is_held_back(ctx):
        raise HeldBack(held_back_words(ctx))


def held_back_words(ctx: Context) -> Text:
    """Say that it is held back, and what opens it."""
    return phrases.held_back(who=[name_of(ctx.db, one) for one in vouchers(ctx.db, ctx.me, now=ctx.now)])


def trusted(run: Run) -> Run:
    """Make the tap run for trusted chats alone."""

    def checked(ctx: Context, arguments: list[str]) -> None:
        require_trust(ctx)
        run(ctx, arguments)

    return checked


# --- the return code ------------------------------------------------------------------------------------------------


def take_code(ctx: Context) -> bool:
    """Take a return code and link the chat. Return False for what is a text like any other.

    The typed message is taken back out of the chat, also when it was wrong: it may be right but for one digit.
    """
    text = ctx.incoming.text
    if ctx.incoming.kind is not Kind.TEXT or len(text) > _LONGEST or len(digits_of(text)) != CODE_DIGITS:
        return False
    if ctx.member is not None and not is_held_back(ctx):
        return False
    ctx.erase()
    member = _whose(ctx, text)
    if member is None:
        ctx.missed = True
        return False
    if ctx.account is not None:
        prove_by_code(ctx.db, member, ctx.account, now=ctx.now)
    else:
        come_back(ctx.db, member, address=ctx.address, checkins=ctx.policies.checkin, now=ctx.now)
    ctx.refresh()
    if ctx.account is None or to_ask_first(ctx.db, ctx.account) is None:
        _welcome(ctx)
    return True


def _whose(ctx: Context, text: str) -> Member | None:
    """Whose code it is, if this chat may become theirs; a locked one is not distinguished from a wrong one."""
    if not ctx.may_guess:
        return None
    try:
        member = member_of_return_code(ctx.db, text, now=ctx.now, policy=ctx.policies.secret)
    except SecretLocked:
        return None
    taken = account_at(ctx.db, ctx.address)
    others = member is not None and taken is not None and taken.member_id != member.id
    return None if member is None or others or member.left_at is not None else member


def others_to_close(ctx: Context) -> list[list[Button]]:
    """Return a button for each other account of the person's, to close it from here: the phone with it may be lost."""
    return [
        [Button(phrases.end_there(channel=one.address.channel), f"data:endother:{one.id}")]
        for one in open_accounts(ctx.db, ctx.me.id)
        if one.address != ctx.address
    ]


def _welcome(ctx: Context) -> None:
    """All is theirs again; and whoever only wanted to close the lost phone ends this session as well."""
    rows = [
        [Button(common.MENU, "nav:menu")],
        *others_to_close(ctx),
        [Button(phrases.END_SESSION, "data:end")],
    ]
    here = ctx.address.channel
    stay = [one for one in channels_of(ctx.db, ctx.me.id) if one is not here]
    ctx.say(phrases.you_are_back(name=ctx.me.own_name, channel=here, stay=stay), rows)
