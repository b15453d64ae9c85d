"""A person blocks the bot, lets it in again (`my_chat_member`), or simply writes. Nothing is said to them."""

from __future__ import annotations

from handlers.ground.context import Context, Kind
from models.contact.sign_of_life import Sign, note_sign
from models.entry.reachability import Signal, hear
from models.people.member import Reachability


def change(ctx: Context) -> None:
    """Note that a chat has blocked us, or hears us again. Whoever writes or taps hears us again, too.

    A chat that is nobody's account is of no interest.
    """
    if ctx.account is None:
        return
    if ctx.incoming.kind is not Kind.BLOCKED:
        note_sign(ctx.db, ctx.me, Sign.MESSAGE, at=ctx.now)
    signal = Signal.BLOCKED if ctx.incoming.kind is Kind.BLOCKED else Signal.RETURNED
    if signal is Signal.RETURNED and ctx.account.reachability == Reachability.OK:
        return
    hear(ctx.db, ctx.account, signal, ctx.policies.reachability, ctx.policies.checkin, now=ctx.now)
