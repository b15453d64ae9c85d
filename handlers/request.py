"""The member says that what they asked for is settled."""

from __future__ import annotations

from handlers.context import Context
from models.errors import Refused
from models.outbox import Button
from models.phrases import common
from models.phrases import request as phrases
from models.request import HelpRequest, close_request


def close(ctx: Context, arguments: list[str]) -> None:
    number = arguments[0] if arguments else ""
    known = number.isascii() and number.isdigit() and len(number) < 19
    request = ctx.db.get(HelpRequest, int(number)) if known else None
    if request is None or request.member_id != ctx.me.id:
        raise Refused(common.gone_button())
    close_request(ctx.db, request, now=ctx.now)
    ctx.show(phrases.thanks(), [[Button(common.MENU, "nav:menu")]])
