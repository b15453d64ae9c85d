"""The recent notices, and the way to a new one."""

from __future__ import annotations

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from handlers.meeting.notice import form
from handlers.meeting.notice.door import MENU, cells_of
from models.delivery.conversation import conversation_in
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date
from models.meeting.notice import notices_from_above, notices_of
from models.people.rights import NotEntitled, Right, units_where
from models.phrases import common
from models.phrases.meeting import notice as phrases

_LISTED = 24


def start(ctx: Context) -> None:
    show_home(ctx, 0)


def show_home(ctx: Context, page: int) -> None:
    mine = [unit.id for unit in units_where(ctx.db, ctx.me.id, Right.ANNOUNCE, now=ctx.now)]
    if not mine:
        raise NotEntitled
    found = notices_of(ctx.db, mine, limit=_LISTED)
    for cell in cells_of(ctx):
        found += [one for one in notices_from_above(ctx.db, cell.id, limit=_LISTED) if one not in found]
    found = sorted(found, key=lambda one: one.made_at, reverse=True)[:_LISTED]
    part, turn = paged(found, page, SCREEN - 2, lambda to: f"notice:home:{to}")
    rows = [
        [
            Button(
                phrases.notice_button(text=one.text or "", on=local_date(one.made_at, HOME_ZONE)),
                f"notice:see:{one.id}",
            )
        ]
        for one in part
    ]
    begun = conversation_in(ctx.db, ctx.address, form.FLOW.room) is not None
    new = Button(common.CONTINUE if begun else phrases.NEW, "notice:new")
    ctx.show(phrases.home(count=len(found)), [[new], *rows, turn, MENU])


def tapped_home(ctx: Context, arguments: list[str]) -> None:
    show_home(ctx, number_or_0(arguments))


def write(ctx: Context, _arguments: list[str]) -> None:
    form.start(ctx)
