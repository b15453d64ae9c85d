"""What is somebody's alone is not shown in a chat that was proved by no more than the desk holds (models/waking.py)."""

from __future__ import annotations

from collections.abc import Callable

from handlers.context import Context
from models.errors import Refused
from models.member import is_trusted
from models.phrases import identity as phrases
from models.phrases.text import Text
from models.register import name_of
from models.rights import NotEntitled
from models.waking import vouchers

Run = Callable[[Context, list[str]], None]


class HeldBack(NotEntitled):
    """It is theirs, but not in this chat yet; the phrase says what opens it."""

    def __init__(self, phrase: Text) -> None:
        Refused.__init__(self, phrase)


def is_held_back(ctx: Context) -> bool:
    """Whether the chat that speaks has yet to be trusted."""
    return ctx.account is not None and not is_trusted(ctx.account)


def require_trust(ctx: Context) -> None:
    """Raise `HeldBack` unless this chat may be shown what is its person's alone."""
    if is_held_back(ctx):
        raise HeldBack(held_back_words(ctx))


def held_back_words(ctx: Context) -> Text:
    """That it is held back, and what opens it."""
    return phrases.held_back(who=[name_of(ctx.db, one) for one in vouchers(ctx.db, ctx.me, now=ctx.now)])


def trusted(run: Run) -> Run:
    """The same tap, for trusted chats alone."""

    def checked(ctx: Context, arguments: list[str]) -> None:
        require_trust(ctx)
        run(ctx, arguments)

    return checked
