"""A unit in counts, and the units below it, page by page; what is wanted less often stands behind "more"."""

from __future__ import annotations

from typing import NamedTuple

from handlers.desk.absence import waiting_above
from handlers.desk.office import ways_of
from handlers.desk.roster.common import MENU
from handlers.entry.register import pairs_of
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import turning
from handlers.people.unit.door import secretaries_of, unit_for
from models.contact.request import answers_owed, requests_for
from models.delivery.message import Button, Table
from models.desk.counts import Counts, View, view_of
from models.desk.waiting import unattended
from models.entry.register import invites_to_confirm
from models.entry.waking import people_to_vouch
from models.ground.clock import HOME_ZONE, local_date
from models.people.rights import NotEntitled, Right, Role, may, offices_here, units_with
from models.people.unit import (
    Unit,
    UnitKind,
    UnitName,
    ancestor_ids,
    former_names,
    subtree_ids,
    units_below,
    units_by_id,
)
from models.phrases.away import agreement as agreement_words
from models.phrases.common import lines, paragraph
from models.phrases.contact import request as request_phrases
from models.phrases.desk import (
    absence as absence_phrases,
    committee as committee_phrases,
    office as office_phrases,
    reorganising as reorganising_phrases,
)
from models.phrases.entry import identity
from models.phrases.people import trail as trail_phrases, unit as phrases
from models.phrases.text import Text, raw
from models.phrases.year import rating as rating_phrases

Row = list[Button]
_BUTTONS = 8  # on a screen
_ROWS = 300  # of a table on a wide screen
_LEAST = 3  # units below, on a page that is turned


def start(ctx: Context) -> None:
    """Show the unit one is appointed to. It is asked which only when there are several."""
    mine = _mine(ctx)
    if not mine:
        raise NotEntitled
    if len(mine) == 1:
        show_unit(ctx, unit_for(ctx, mine[0].id, Right.SEE_COUNTS))
        return
    ctx.show(phrases.which_unit(), [*([Button(raw(u.name), f"unit:see:{u.id}")] for u in mine), MENU])


def _mine(ctx: Context) -> list[Unit]:
    """Without what lies below another of them: an officer who follows a cell finds it in the own unit."""
    held = offices_here(ctx.db, ctx.me.id, now=ctx.now)
    above = {one.unit_id for one in held if one.role == Role.OFFICER}
    ids = above | {one.unit_id for one in held if one.role == Role.FOLLOWER}
    return units_by_id(ctx.db, [one for one in ids if not above & set(ancestor_ids(ctx.db, one)[1:])])


def see(ctx: Context, arguments: list[str]) -> None:
    show_unit(ctx, unit_for(ctx, number(arguments), Right.SEE_COUNTS), number_or_0(arguments, 1))


def show_unit(ctx: Context, unit: Unit, page: int = 0) -> None:
    view = view_of(ctx.db, unit, ctx.me.id, ctx.policies.counts, now=ctx.now)
    is_cell = unit.kind == UnitKind.CELL
    begins = _first_steps(ctx, unit, view)
    top = [*_papers(ctx, unit), *_asked(ctx), *_identities(ctx), *begins.ways]
    bottom = [*_way_up(ctx, unit), MENU]
    doings = [row for row in _doings(ctx, unit) if row not in begins.ways]
    size, shown = _that_fit(unit, len(view.children), doings, _BUTTONS - len(top) - len(bottom))
    pages = max(-(-len(view.children) // size), 1)
    page = min(page, pages - 1)
    children = view.children[page * size : (page + 1) * size]
    alone = unattended(ctx.db, [unit.id, *(child.id for child in children)])
    words = phrases.overview(
        name=unit.name,
        kind=unit.kind,
        total=begins.words or _marked(_total(ctx, view), unit.id in alone),
        below=[(child.name, _marked(_line(view, child), child.id in alone)) for child in children],
        page=page,
        pages=pages,
        secretary=phrases.has_secretary(count=len(secretaries_of(ctx, unit))) if is_cell else None,
        former=_former(unit, former_names(ctx.db, unit.id)),
        explains=bool(view.rosters),
    )
    owed = _answers_owed(ctx, unit)
    words = paragraph(words, owed) if owed else words
    rows = [[Button(raw(child.name), f"unit:see:{child.id}")] for child in children]
    turn = turning(page, pages, lambda to: f"unit:see:{unit.id}:{to}")
    ctx.show(words, [*top, *rows, turn, *shown, *bottom], table=_table(view) if ctx.shows_tables else None)


def _table(view: View) -> Table | None:
    """Every unit below with its figures, for a wide screen; one that is counted with another says with which."""
    if not view.children:
        return None
    rows = [
        (f"unit:see:{child.id}", (raw(child.name), *_figures(view, child))) for child in view.children[:_ROWS]
    ]
    return Table(phrases.TABLE, rows)


def _figures(view: View, child: Unit) -> list[Text]:
    group = view.groups.get(child.id)
    if group is None or group.carrier.id != child.id:
        return [_line(view, child)]
    counts = group.counts
    asked = (counts.answered, counts.late) if counts.asked else (phrases.NO_FIGURES, phrases.NO_FIGURES)
    known = (
        (counts.unreachable, counts.escalated, counts.requests)
        if counts.registered
        else (phrases.NO_FIGURES,) * 3
    )
    figures = (counts.away, counts.registered, *asked, *known, counts.ending)
    return [one if isinstance(one, Text) else raw(one) for one in figures]


def _former(unit: Unit, before: list[UnitName]) -> Text | None:
    """The name that it had last, and until when."""
    if not before:
        return None
    return phrases.former_name(name=before[0].name, until=local_date(before[0].until_at, HOME_ZONE))


class _Beginning(NamedTuple):
    """What an officer does first, where nothing can be counted yet."""

    words: Text | None = None
    ways: tuple[Row, ...] = ()


def _first_steps(ctx: Context, unit: Unit, view: View) -> _Beginning:
    """Cells first, then their secretaries, who make the rosters: said until somebody is on one."""
    may_create = may(ctx.db, ctx.me.id, Right.CREATE_UNIT, unit.id, now=ctx.now)
    if (
        unit.kind == UnitKind.CELL
        or not may_create
        or view.total is not None
        or view.counted_with is not None
    ):
        return _Beginning()
    if not view.children:
        return _Beginning(phrases.no_cell_yet(), ([Button(phrases.ADD, f"unit:new:{unit.id}")],))
    cells = units_by_id(ctx.db, [one for one in subtree_ids(ctx.db, unit.id) if one != unit.id])
    kept = units_with(ctx.db, [one.id for one in cells], Role.SECRETARY, now=ctx.now)
    bare = [one for one in cells if one.kind == UnitKind.CELL and one.id not in kept]
    if not bare:
        return _Beginning(None if view.rosters else phrases.rosters_come())
    name = Button(phrases.NAME_SECRETARY, f"unit:secretary:{bare[0].id}")
    return _Beginning(phrases.no_secretary_yet(count=len(bare), cell=bare[0].name), ([name],))


def _total(ctx: Context, view: View) -> Text:
    if view.total is not None:
        return phrases.with_companions(
            counts=_words(view.total), names=[unit.name for unit in view.companions]
        )
    if view.counted_with is not None:
        return phrases.counted_with(name=view.counted_with.name)
    return phrases.too_few(smallest=ctx.policies.counts.smallest_group)


def _line(view: View, child: Unit) -> Text:
    """The figures of the group at the unit that carries it; at the others, where they are counted."""
    group = view.groups.get(child.id)
    if group is None:
        return phrases.not_alone() if child.id in view.rosters else phrases.no_roster()
    if group.carrier.id != child.id:
        return phrases.counted_with(name=group.carrier.name)
    names = [unit.name for unit in group.companions]
    return phrases.with_companions(counts=_words(group.counts), names=names)


def _marked(words: Text, alone: bool) -> Text:
    return lines(words, phrases.UNATTENDED) if alone else words


def _words(counts: Counts) -> Text:
    return phrases.counts(
        away=counts.away,
        registered=counts.registered,
        answered=counts.answered if counts.asked else None,
        late=counts.late if counts.asked else None,
        unreachable=counts.unreachable,
        ending=counts.ending,
        requests=counts.requests,
        escalated=counts.escalated,
    )


def _papers(ctx: Context, unit: Unit) -> list[Row]:
    """Absences that this officer has to decide on."""
    if not may(ctx.db, ctx.me.id, Right.DECIDE_ABSENCE, unit.id, now=ctx.now):
        return []
    waiting = waiting_above(ctx, unit.id)
    label = absence_phrases.waiting_button(count=len(waiting))
    return [[Button(label, f"absence:waiting:{unit.id}:0")]] if waiting else []


def _answers_owed(ctx: Context, unit: Unit) -> Text | None:
    """Petitions that this unit and those below it have not answered: numbers and a day, no names."""
    today = local_date(ctx.now, HOME_ZONE)
    owed = answers_owed(ctx.db, units_below(unit.id), today=today)
    if owed.oldest is None:
        return None
    since = local_date(owed.oldest, HOME_ZONE)
    return request_phrases.owed(count=owed.number, overdue=owed.overdue, since=since)


def _asked(ctx: Context) -> list[Row]:
    """What has come to this officer: petitions to answer, requests that nobody below took."""
    if not requests_for(ctx.db, ctx.me.id, now=ctx.now):
        return []
    return [[Button(request_phrases.FOR_ME, "request:forme")]]


def _identities(ctx: Context) -> list[Row]:
    """Who below waits for this officer's word."""
    count = len(invites_to_confirm(ctx.db, ctx.me, now=ctx.now))
    count += len(people_to_vouch(ctx.db, ctx.me.id, now=ctx.now)) + len(pairs_of(ctx))
    return [[Button(identity.waiting_button(count=count), "register:waiting")]] if count else []


def _that_fit(unit: Unit, below: int, doings: list[Row], room: int) -> tuple[int, list[Row]]:
    """How many units below a page has, and what may be done beside them; the rest is behind "more"."""
    if below + len(doings) <= room:
        return max(below, 1), doings
    more = [Button(phrases.MORE, f"unit:more:{unit.id}")]
    is_turned = below > room - 1
    # three buttons go to "more", back and on
    size = max(room - 3, _LEAST) if is_turned else max(below, 1)
    left = room - 1 - (size + 2 if is_turned else below)
    return size, [*doings[: max(left, 0)], more]


def _doings(ctx: Context, unit: Unit) -> list[Row]:
    """What is done most often first."""
    rows: list[Row] = []
    may_create = may(ctx.db, ctx.me.id, Right.CREATE_UNIT, unit.id, now=ctx.now)
    if unit.kind == UnitKind.CELL:
        rows.append([Button(committee_phrases.WITH_CELL, f"committee:cell:{unit.id}")])
        rows += _of_cell(ctx, unit) if may_create else []
    elif may_create:
        rows.append([Button(phrases.ADD, f"unit:new:{unit.id}")])
    if may(ctx.db, ctx.me.id, Right.DECIDE_RATING, unit.id, now=ctx.now):
        rows.append([Button(rating_phrases.RATING, f"rating:unit:{unit.id}")])
    if may(ctx.db, ctx.me.id, Right.KEEP_AGREEMENTS, unit.id, now=ctx.now):
        rows.append([Button(agreement_words.LIST, f"agreement:list:{unit.id}")])
    if may_create:
        rows.append([Button(trail_phrases.UNIT_JOURNAL, f"trail:unit:{unit.id}")])
        rows.append([Button(reorganising_phrases.OPEN, f"reorganise:see:{unit.id}")])
    return rows


def _of_cell(ctx: Context, cell: Unit) -> list[Row]:
    has_one = bool(secretaries_of(ctx, cell))
    label = phrases.NEW_SECRETARY if has_one else phrases.NAME_SECRETARY
    rows = [[Button(label, f"unit:secretary:{cell.id}")], *ways_of(ctx, cell)]
    if has_one:
        rows.append([Button(phrases.INVITE_SECRETARY, f"unit:invite:{cell.id}")])
    return [*rows, [Button(office_phrases.WHO_HOLDS, f"office:see:{cell.id}")]]


def _way_up(ctx: Context, unit: Unit) -> list[Row]:
    above = unit.parent_id
    if above is None or not may(ctx.db, ctx.me.id, Right.SEE_COUNTS, above, now=ctx.now):
        return []
    return [[Button(phrases.UP, f"unit:see:{above}")]]


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what may be done with the unit, the rarest last; what is done most often gives way to eight buttons."""
    unit = unit_for(ctx, number(arguments), Right.SEE_COUNTS)
    back = [Button(phrases.TO_UNIT, f"unit:see:{unit.id}"), *MENU]
    ctx.show(phrases.more(name=unit.name), [*_doings(ctx, unit)[-(_BUTTONS - len(back)) :], back])
