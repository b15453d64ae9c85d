"""The hand-over: who takes over, then the successor's checklist.

WHO ──a name──> CONFIRM ──yes──> the successor is secretary from this minute
list ──> one item ──> see it where it belongs · take it over ──> list
"""

from __future__ import annotations

from datetime import date, datetime

from handlers.desk.office.seeing import name_of, office_of
from handlers.desk.roster.choosing import Choosing, OnePerson
from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form
from handlers.ground.menu import refresh_commands
from handlers.ground.paging import page_of, turning
from models.contact.ladder import Ladder, LadderState
from models.delivery.message import Button
from models.desk.handover import (
    accept_all,
    accept_item,
    begin_handover,
    call_by,
    handover_items,
    held_before,
    settle_handover,
    what_waits,
)
from models.desk.office import Handover, HandoverItem, HandoverState, fit_successor
from models.desk.waiting import SOURCES, Matter
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member, Standing, roster
from models.people.rights import NotEntitled, Right, Role, holders, may, require
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import office as phrases
from models.phrases.text import Text

# --- to whom --------------------------------------------------------------------------------------------------------


class Draft(Choosing):
    cell_id: int = 0
    to_id: int = 0


def begin_giving(ctx: Context, arguments: list[str]) -> None:
    GIVE.begin(ctx, Draft(cell_id=number(arguments)))


def _candidates(at: At[Draft, Unit]) -> list[Member]:
    holding = holders(at.ctx.db, at.subject.id, Role.SECRETARY, now=at.ctx.now)
    return [
        member
        for member in roster(at.ctx.db, at.subject.id)
        if member.id not in holding and member.standing == Standing.OFFICIAL
    ]


def _sees_roster(at: At[Draft, Unit]) -> bool:
    """Who may see the roster chooses from it; an officer sees no more names than those they look for."""
    return may(at.ctx.db, at.ctx.me.id, Right.SEE_DESK, at.subject.id, now=at.ctx.now)


def _put_successor(at: At[Draft, Unit], member_id: int) -> None:
    at.draft.to_id = fit_successor(at.ctx.db, at.subject, member_id, now=at.ctx.now).id


def _look_over(at: At[Draft, Unit]) -> Text:
    ctx, cell = at.ctx, at.subject
    return phrases.confirm_handover(
        cell=cell.name,
        name=name_of(ctx, at.draft.to_id),
        leaving=[name_of(ctx, one) for one in holders(ctx.db, cell.id, Role.SECRETARY, now=ctx.now)],
        count=len(what_waits(ctx.db, cell.id)),
    )


def _hand_over(at: At[Draft, Unit]) -> None:
    ctx, cell, to_id = at.ctx, at.subject, at.draft.to_id
    begin_handover(ctx.db, cell, to_id=to_id, by_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    words = phrases.handed_over(cell=cell.name, name=name_of(ctx, to_id))
    ctx.show(words, [[Button(phrases.WHO_HOLDS, f"office:see:{cell.id}")], MENU])
    refresh_commands(ctx)  # what the office allowed is no longer in the menu


GIVE: Form[Draft, Unit] = Form(
    "office_give",
    phrases.GIVING,
    Draft,
    right=lambda ctx, draft: office_of(ctx, draft.cell_id, Right.HAND_OVER),
    fields=(
        Field(
            "who",
            lambda at: phrases.ask_successor(cell=at.subject.name, listed=_sees_roster(at)),
            OnePerson(_candidates, listed=_sees_roster),
            put=_put_successor,
        ),
        Field("confirm", _look_over, Confirm(phrases.YES_GIVE), proof=True),
    ),
    save=_hand_over,
)

# --- the checklist --------------------------------------------------------------------------------------------------

_ITEMS = 3  # on a page, beside what turns it and what takes all over


def see_list(ctx: Context, arguments: list[str]) -> None:
    show_list(ctx, _handover(ctx, number(arguments)), number_or_0(arguments, 1))


def _handover(ctx: Context, handover_id: int) -> Handover:
    """A checklist is the office's: whoever works at the desk may look."""
    handover = ctx.db.get(Handover, handover_id)
    require(ctx.db, ctx.me.id, Right.SEE_DESK, handover.cell_id if handover else None, now=ctx.now)
    if handover is None:
        raise NotEntitled
    return handover


def _item(ctx: Context, item_id: int) -> tuple[Handover, HandoverItem]:
    item = ctx.db.get(HandoverItem, item_id)
    if item is None:
        raise NotEntitled
    return _handover(ctx, item.handover_id), item


def show_list(ctx: Context, handover: Handover, page: int = 0) -> None:
    """Show the list, and first tick off what somebody has done meanwhile."""
    settle_handover(ctx.db, handover, now=ctx.now)
    rows = handover_items(ctx.db, handover.id)
    is_running = handover.state == HandoverState.RUNNING
    waiting = [(item, name) for item, name in rows if item.is_open and is_running]
    page, pages = page_of(page, len(waiting), _ITEMS)
    shown = waiting[page * _ITEMS : (page + 1) * _ITEMS]
    words = phrases.items(
        cell=ctx.db.get_one(Unit, handover.cell_id).name,
        state=handover.state,
        waiting=len(waiting),
        held=[line for item, name in shown if (line := _held_line(ctx, handover, item, name))],
        settled=[
            (item.matter, name, item.accepted_at is not None) for item, name in rows if not item.is_open
        ],
    )
    buttons = [
        [Button(phrases.item_button(matter=item.matter, name=name), f"office:item:{item.id}")]
        for item, name in shown
    ]
    turn = turning(page, pages, lambda to: f"office:handover:{handover.id}:{to}")
    takes = handover.to_id == ctx.me.id and len(waiting) > 1
    whole = (
        [[Button(phrases.accept_all(count=len(waiting)), f"office:acceptall:{handover.id}")]] if takes else []
    )
    ctx.show(words, [*whole, *buttons, turn, *_ways_back(handover)])


def _held_line(ctx: Context, handover: Handover, item: HandoverItem, name: str) -> Text | None:
    held = held_before(ctx.db, handover, item)
    return phrases.held_row(name=name, by=name_of(ctx, held.by_id), on=held.on) if held else None


def take_all(ctx: Context, arguments: list[str]) -> None:
    """Take over at once what stands on the list. Each thing stays on the desk until it is done."""
    handover = _handover(ctx, number(arguments))
    accept_all(
        ctx.db,
        handover,
        by_id=ctx.me.id,
        policy=ctx.policies.checkin.ladder,
        requests=ctx.policies.request,
        now=ctx.now,
    )
    show_list(ctx, handover)


def _ways_back(handover: Handover) -> list[list[Button]]:
    to_desk = Button(phrases.DESK, f"desk:open:{handover.cell_id}")
    return [[to_desk, Button(common.MENU, "nav:menu")]]


def see_item(ctx: Context, arguments: list[str]) -> None:
    handover, item = _item(ctx, number(arguments))
    settle_handover(ctx.db, handover, now=ctx.now)
    is_open = item.is_open and handover.state == HandoverState.RUNNING
    address = SOURCES[Matter(item.matter)].to
    words = phrases.item(
        matter=item.matter,
        name=name_of(ctx, item.member_id),
        on=_since(ctx, item),
        is_open=is_open,
        accepted=item.accepted_at is not None,
        held=_held(ctx, handover, item),
        call_by=_call_by(ctx, handover, item),
    )
    rows = [[Button(phrases.SEE_ITEM, f"below:{address}:{item.ref_id}")]]
    if is_open and handover.to_id == ctx.me.id:
        rows.append([Button(phrases.ACCEPT, f"office:accept:{item.id}")])
    ctx.show(words, [*rows, [Button(phrases.TO_ITEMS, f"office:handover:{handover.id}")], MENU])


def _held(ctx: Context, handover: Handover, item: HandoverItem) -> tuple[str, date | None] | None:
    held = held_before(ctx.db, handover, item)
    return (name_of(ctx, held.by_id), held.on) if held else None


def _call_by(ctx: Context, handover: Handover, item: HandoverItem) -> date | None:
    """By when the successor is to call once they have taken it over; None: somebody has it, or there is no call."""
    ladder = ctx.db.get(Ladder, item.ref_id) if item.matter == Matter.SILENT else None
    if ladder is None or ladder.state in (LadderState.TAKEN, LadderState.ENDED):
        return None
    return call_by(ctx.db, handover, item, ladder, ctx.policies.checkin.ladder, now=ctx.now)


def _since(ctx: Context, item: HandoverItem) -> date | None:
    passed_on = SOURCES[Matter(item.matter)].passed_on
    at = passed_on.since_of(ctx.db, item.ref_id) if passed_on else None
    return local_date(at, HOME_ZONE) if isinstance(at, datetime) else at


def accept(ctx: Context, arguments: list[str]) -> None:
    """Accept the handover. Only the successor can, while they hold the office; a second tap changes nothing."""
    handover, item = _item(ctx, number(arguments))
    accept_item(
        ctx.db,
        item,
        by_id=ctx.me.id,
        policy=ctx.policies.checkin.ladder,
        requests=ctx.policies.request,
        now=ctx.now,
    )
    show_list(ctx, handover)
