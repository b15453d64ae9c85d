"""What the committee has seen and noted in a cell, for both sides."""

from __future__ import annotations

from handlers.desk.roster.common import MENU
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.paging import fitting
from models.delivery.message import Button
from models.desk.committee import NameRequest, NameState, follower_of, name_requests_of, visits_of
from models.ground.clock import HOME_ZONE, local_date
from models.people.rights import NotEntitled, Right, may
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.desk import committee as phrases, office as office_phrases
from models.phrases.people import unit as unit_phrases
from models.phrases.text import Text
from models.phrases.trust import data_visit as visit_phrases
from models.trust.data_visit import without_account

Row = list[Button]


def see(ctx: Context, arguments: list[str]) -> None:
    show(ctx, cell_of_both(ctx, number(arguments)))


def cell_of_both(ctx: Context, cell_id: int) -> Unit:
    """Return the cell, for anybody on its roster and for the committee above."""
    cell = ctx.db.get(Unit, cell_id)
    if cell is None or cell.closed_at is not None or cell.kind != UnitKind.CELL:
        raise NotEntitled
    is_theirs = ctx.me.cell_id == cell.id and ctx.me.left_at is None
    if not is_theirs and not can(ctx, Right.SEE_COUNTS, cell.id):
        raise NotEntitled
    return cell


def can(ctx: Context, right: Right, unit_id: int) -> bool:
    return may(ctx.db, ctx.me.id, right, unit_id, now=ctx.now)


def show(ctx: Context, cell: Unit, note: Text | None = None) -> None:
    follower = follower_of(ctx.db, cell.id, now=ctx.now)
    requests = name_requests_of(ctx.db, cell.id)
    words = phrases.overview(
        cell=cell.name,
        follower=follower.full_name if follower else None,
        visits=[
            phrases.visit(on=visit.came_on, name=name, note=visit.note or "")
            for visit, name in visits_of(ctx.db, cell.id)
        ],
        requests=[
            phrases.request(
                on=local_date(one.asked_at, HOME_ZONE),
                name=name,
                figure=one.figure,
                reason=one.reason or "",
                state=one.state,
            )
            for one, name in requests
        ],
        days=ctx.policies.committee.names_shown_days,
    )
    back = _ways_back(ctx, cell)
    shown, hidden = _parted(ctx, cell, back)
    rarer = [[Button(unit_phrases.MORE, f"committee:more:{cell.id}")]] if hidden else []
    ctx.show(common.paragraph(note, words) if note else words, [*shown, *rarer, *back])


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what has no room beside the rest."""
    cell = cell_of_both(ctx, number(arguments))
    _, hidden = _parted(ctx, cell, _ways_back(ctx, cell))
    back = [Button(phrases.BACK, f"committee:cell:{cell.id}")]
    ctx.show(unit_phrases.more(name=cell.name), [*hidden, back, MENU])


def _parted(ctx: Context, cell: Unit, back: list[Row]) -> tuple[list[Row], list[Row]]:
    """What can be done: as much as fits, and the rest. Requests come first: somebody waits for an answer."""
    requests = [one for one, _ in name_requests_of(ctx.db, cell.id)]
    followed = follower_of(ctx.db, cell.id, now=ctx.now) is not None
    rows = [*_open(ctx, requests), *_doings(ctx, cell, followed=followed)]
    kept = fitting(back, rows)
    return rows[:kept], rows[kept:]


def _open(ctx: Context, requests: list[NameRequest]) -> list[Row]:
    """Requests that this person has something to do about."""
    mine = [
        one
        for one in requests
        if one.state in (NameState.ASKED, NameState.GRANTED)
        and (one.by_id == ctx.me.id or can(ctx, Right.GRANT_NAMES, one.cell_id))
    ]
    return [[Button(phrases.see_request(figure=one.figure), f"committee:name:{one.id}")] for one in mine]


def _doings(ctx: Context, cell: Unit, *, followed: bool) -> list[Row]:
    rows: list[Row] = []
    if can(ctx, Right.NOTE_VISIT, cell.id):
        rows.append([Button(phrases.NOTE_VISIT, f"committee:came:{cell.id}")])
    if can(ctx, Right.ASK_NAMES, cell.id):
        rows.append([Button(phrases.ASK_NAMES, f"committee:ask:{cell.id}")])
    if can(ctx, Right.APPOINT_FOLLOWER, cell.id):
        label = phrases.CHANGE if followed else phrases.APPOINT
        rows.append([Button(label, f"committee:choose:{cell.id}:0")])
        if followed:
            rows.append([Button(phrases.END, f"committee:end:{cell.id}")])
        if without_account(ctx.db, cell.id, limit=1):
            rows.append([Button(visit_phrases.LEFT, f"visit:left:{cell.id}")])
    return rows


def _ways_back(ctx: Context, cell: Unit) -> list[Row]:
    rows: list[Row] = []
    if can(ctx, Right.SEE_DESK, cell.id):
        rows.append([Button(office_phrases.DESK, f"desk:open:{cell.id}")])
    if can(ctx, Right.SEE_COUNTS, cell.id):
        rows.append([Button(unit_phrases.TO_UNIT, f"unit:see:{cell.id}")])
    return [*rows, MENU]
