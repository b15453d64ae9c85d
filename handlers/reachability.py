"""A person blocks the bot, or lets it in again (`my_chat_member`). Nothing is said to them."""

from __future__ import annotations

from handlers.context import Context, Kind
from models.reachability import note_block, note_return


def change(ctx: Context) -> None:
    """A chat that is nobody's account is of no interest."""
    if ctx.account is None:
        return
    if ctx.incoming.kind is Kind.BLOCKED:
        note_block(ctx.account, now=ctx.now)
    else:
        note_return(ctx.db, ctx.account, ctx.policies.checkin, now=ctx.now)
