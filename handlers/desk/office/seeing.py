"""Who holds the office of a cell, and who did before: for its members, and for the committee above."""

from __future__ import annotations

from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Context
from models.delivery.message import Button
from models.desk.handover import handover_items
from models.desk.office import (
    ActingOfficer,
    Handover,
    current_stand_in,
    handovers_of,
    is_attended,
    last_day,
    running_handover,
    stand_ins_of,
)
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Member
from models.people.rights import NotEntitled, Right, Role, appointments, holders, may, require
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.desk import committee as committee_phrases, office as phrases
from models.phrases.people import trail as trail_phrases, unit as unit_phrases
from models.phrases.text import Text

Row = list[Button]
_HISTORY = 5  # changes shown


def office_of(ctx: Context, cell_id: int, right: Right) -> Unit:
    """Return the cell, if the speaker has `right` over it at this moment."""
    cell = ctx.db.get(Unit, cell_id)
    require(ctx.db, ctx.me.id, right, cell.id if cell else None, now=ctx.now)
    if cell is None or cell.closed_at is not None or cell.kind != UnitKind.CELL:
        raise Refused(unit_phrases.gone())
    return cell


def name_of(ctx: Context, member_id: int) -> str:
    return ctx.db.get_one(Member, member_id).full_name


def see(ctx: Context, arguments: list[str]) -> None:
    cell = ctx.db.get(Unit, number(arguments))
    if cell is None or cell.closed_at is not None or cell.kind != UnitKind.CELL or not _may_see(ctx, cell):
        raise NotEntitled
    show_office(ctx, cell)


def _may_see(ctx: Context, cell: Unit) -> bool:
    """Anybody in the cell may know who holds its office, and so may the committee above."""
    is_theirs = ctx.me.cell_id == cell.id and ctx.me.left_at is None
    return is_theirs or may(ctx.db, ctx.me.id, Right.SEE_COUNTS, cell.id, now=ctx.now)


def show_office(ctx: Context, cell: Unit, note: Text | None = None) -> None:
    stand_in = current_stand_in(ctx.db, cell.id, now=ctx.now)
    secretaries = [
        name_of(ctx, one)
        for one in holders(ctx.db, cell.id, Role.SECRETARY, now=ctx.now)
        if stand_in is None or one != stand_in.officer_id
    ]
    words = phrases.overview(
        cell=cell.name,
        secretaries=secretaries,
        deputies=_deputies(ctx, cell),
        stand_in=_stand_in(ctx, stand_in) if stand_in else None,
        attended=is_attended(ctx.db, cell.id, now=ctx.now),
    )
    before = _history(ctx, cell)
    parts = [*([note] if note else []), words, *([phrases.history(before)] if before else [])]
    ctx.show(common.paragraph(*parts), [*ways_of(ctx, cell), *_ways_back(ctx, cell)])


def _deputies(ctx: Context, cell: Unit) -> list[Text]:
    return [
        phrases.deputy(name=name_of(ctx, member_id), until=last_day(held.ends_at))
        for member_id in holders(ctx.db, cell.id, Role.DEPUTY, now=ctx.now)
        for held in appointments(ctx.db, member_id, now=ctx.now)
        if held.unit_id == cell.id and held.role == Role.DEPUTY
    ]


def _stand_in(ctx: Context, stand_in: ActingOfficer) -> Text:
    return phrases.standing_in(
        name=name_of(ctx, stand_in.officer_id),
        since=local_date(stand_in.begun_at, HOME_ZONE),
        until=last_day(stand_in.ends_at),
        reason=stand_in.reason or "",
    )


def _history(ctx: Context, cell: Unit) -> list[Text]:
    """Hand-overs and stand-ins that ended, the newest first."""
    gone = [
        (one.begun_at, _past_stand_in(ctx, one))
        for one in stand_ins_of(ctx.db, cell.id)
        if one.ends_at <= ctx.now
    ]
    given = [(one.begun_at, _past_handover(ctx, one)) for one in handovers_of(ctx.db, cell.id)[:_HISTORY]]
    ordered = sorted([*gone, *given], key=lambda entry: entry[0], reverse=True)
    return [entry for _, entry in ordered[:_HISTORY]]


def _past_stand_in(ctx: Context, one: ActingOfficer) -> Text:
    return phrases.past_stand_in(
        name=name_of(ctx, one.officer_id),
        since=local_date(one.begun_at, HOME_ZONE),
        until=last_day(one.ends_at),
        reason=one.reason or "",
    )


def _past_handover(ctx: Context, one: Handover) -> Text:
    return phrases.past_handover(
        on=local_date(one.begun_at, HOME_ZONE),
        before=name_of(ctx, one.from_id) if one.from_id else None,
        after=name_of(ctx, one.to_id),
        state=one.state,
        left=sum(item.is_open for item, _ in handover_items(ctx.db, one.id)),
    )


def ways_of(ctx: Context, cell: Unit) -> list[Row]:
    """Return what this person may do about the office now."""

    def can(right: Right) -> bool:
        return may(ctx.db, ctx.me.id, right, cell.id, now=ctx.now)

    rows: list[Row] = []
    running = running_handover(ctx.db, cell.id)
    if running is not None and can(Right.SEE_DESK):
        rows.append([Button(phrases.OPEN_LIST, f"office:handover:{running.id}")])
    if can(Right.HAND_OVER):
        is_held = bool(holders(ctx.db, cell.id, Role.SECRETARY, now=ctx.now))
        label = phrases.GIVE if is_held else phrases.GIVE_FIRST
        rows.append([Button(label, f"office:give:{cell.id}")])
    stand_in = current_stand_in(ctx.db, cell.id, now=ctx.now)
    if can(Right.STEP_IN) and stand_in is not None:
        rows.append([Button(phrases.STEP_OUT, f"office:stepout:{stand_in.id}")])
    elif can(Right.STEP_IN) and not is_attended(ctx.db, cell.id, now=ctx.now):
        rows.append([Button(phrases.STEP_IN, f"office:stepin:{cell.id}")])
    return rows


def _ways_back(ctx: Context, cell: Unit) -> list[Row]:
    rows: list[Row] = [[Button(committee_phrases.WITH_CELL, f"committee:cell:{cell.id}")]]
    if may(ctx.db, ctx.me.id, Right.SEE_DESK, cell.id, now=ctx.now):
        rows.append([Button(phrases.DESK, f"desk:open:{cell.id}")])
    if may(ctx.db, ctx.me.id, Right.EDIT_ROSTER, cell.id, now=ctx.now):
        rows.append([Button(trail_phrases.CELL_JOURNAL, f"trail:cell:{cell.id}")])
    if may(ctx.db, ctx.me.id, Right.CREATE_UNIT, cell.id, now=ctx.now):
        rows.append([Button(phrases.TO_CELL, f"unit:see:{cell.id}")])
    return [*rows, MENU]
