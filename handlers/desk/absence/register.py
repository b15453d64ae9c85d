"""The register of members away (sổ theo dõi): in the chat, page by page or one part of it, and as .xlsx."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk.absence.door import KEEP, to_desk
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, Row, fitting, page_of, turning
from handlers.people.whereabouts import place_name
from models.away.away import habit_of, set_away_updates
from models.away.homecoming import away_over_holiday, holiday_ahead, homecomings_in, is_time_to_ask
from models.delivery.message import Attachment, Button, Table
from models.delivery.papers import register_workbook
from models.desk.absence import Absence, Filter, Wait, absences_of, register_paper, undeclared
from models.desk.waiting import label_of
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import Member, record_look
from models.people.rights import Right, may
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.away import (
    agreement as agreement_words,
    homecoming as homecoming_words,
    season as season_words,
)
from models.phrases.desk import absence as phrases
from models.phrases.text import Text

UNDECLARED = "undeclared"
_ROWS = 300  # of a table on a wide screen


def see_register(ctx: Context, arguments: list[str]) -> None:
    """Show `<cell>:<filter>:<page>` of the register. Where nobody has declared anything, show those who have not."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    chosen = arguments[1] if arguments[1:] else Filter.ALL.value
    every = absences_of(ctx.db, cell.id, ctx.policies.away, now=ctx.now)
    others = undeclared(ctx.db, cell.id, every)
    chosen = chosen if chosen in (*Filter, UNDECLARED) else Filter.ALL.value
    shown: list[Absence] = []
    if chosen == UNDECLARED or (others and not every):
        chosen = UNDECLARED
        lines = [_undeclared_line(at, one) for at, one in enumerate(others, start=1)]
    else:
        shown = [one for one in every if one.fits(Filter(chosen))]
        lines = [_line(at, one) for at, one in enumerate(shown, start=1)]
    back, room = to_desk(cell.id), SCREEN - 3  # besides the way back, what is done most often, and the rest
    size = room if len(lines) <= room else room - 1
    page, pages = page_of(number_or_0(arguments, 2), len(lines), size)
    here = lines[page * size : (page + 1) * size]
    words = phrases.register(
        cell=cell.name,
        chosen=chosen,
        rows=[text for text, _ in here],
        count=len(lines),
        page=page,
        pages=pages,
    )
    turn = turning(page, pages, lambda to: f"absence:register:{cell.id}:{chosen}:{to}")
    rows, doings = [*([button] for _, button in here), turn], _doings(ctx, cell, chosen, every, others)
    kept = fitting([*rows, back], doings)
    more = [[Button(phrases.MORE, f"absence:lists:{cell.id}:{chosen}")]] if kept < len(doings) else []
    ctx.show(words, [*rows, *doings[:kept], *more, back], table=_table(ctx, shown))


def _table(ctx: Context, shown: Sequence[Absence]) -> Table | None:
    """All who are shown, for a wide screen: what their rows say."""
    if not shown or not ctx.shows_tables:
        return None
    rows = [(f"absence:see:{one.away.id}", _cells(one)) for one in shown[:_ROWS]]
    return Table(phrases.REGISTER_TABLE, rows)


def _cells(one: Absence) -> Sequence[Text]:
    return phrases.register_cells(
        name=one.member.full_name,
        route=one.away.route,
        place=place_name(one.away.place_code),
        due_on=one.away.due_on,
        heard_on=one.heard_on,
        contact=one.contact.full_name if one.contact else None,
        state=one.away.state,
    )


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what can be done with the register besides reading it: `<cell>:<filter>`."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    chosen = arguments[1] if arguments[1:] else Filter.ALL.value
    every = absences_of(ctx.db, cell.id, ctx.policies.away, now=ctx.now)
    doings = _doings(ctx, cell, chosen, every, undeclared(ctx.db, cell.id, every))
    ctx.show(phrases.more_of_register(cell=cell.name), [*doings, _to_register(cell, chosen)])


def see_filters(ctx: Context, arguments: list[str]) -> None:
    """Ask which part of the register to show: `<cell>:<filter that is on>`."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    chosen = arguments[1] if arguments[1:] else Filter.ALL.value
    every = absences_of(ctx.db, cell.id, ctx.policies.away, now=ctx.now)
    chips = _chips(cell, chosen, _counts(every, undeclared(ctx.db, cell.id, every)))
    ctx.show(phrases.which_part(cell=cell.name), [*chips, _to_register(cell, chosen)])


def _to_register(cell: Unit, chosen: str) -> Row:
    return [Button(phrases.TO_REGISTER, f"absence:register:{cell.id}:{chosen}:0")]


def _doings(ctx: Context, cell: Unit, chosen: str, every: list[Absence], others: list[Member]) -> list[Row]:
    """What is done most often first."""
    counts = _counts(every, others)
    label = phrases.filtered(label=phrases.FILTERS.get(chosen, phrases.FILTERS[Filter.ALL]))
    filters = [Button(label, f"absence:filters:{cell.id}:{chosen}")] if len(counts) > 1 else []
    file = [Button(phrases.ACTS["file"], f"absence:do:file:0:{cell.id}")]
    any_shown = chosen != UNDECLARED and counts.get(chosen, 0)
    several = [Button(season_words.SEE, f"absence:season:{cell.id}")] if _wait(every) > 1 else []
    excel = [Button(phrases.EXCEL, f"absence:excel:{cell.id}:{chosen}")] if any_shown else []
    agreed = [Button(agreement_words.LIST, f"agreement:list:{cell.id}")]
    home = [Button(homecoming_words.DESK, f"absence:home:{cell.id}")] if _asked(ctx, cell) else []
    return [row for row in (several, home, file, filters, excel, agreed, _updates(ctx, cell)) if row]


def _asked(ctx: Context, cell: Unit) -> bool:
    """Whether the holiday ahead is one to ask about now, and somebody is away; or somebody has said something already."""
    if is_time_to_ask(ctx.policies, now=ctx.now):
        return bool(away_over_holiday(ctx.db, cell.id, ctx.policies, now=ctx.now))
    return bool(homecomings_in(ctx.db, cell.id, holiday_ahead(ctx.policies, now=ctx.now)))


def _wait(every: list[Absence]) -> int:
    """How many papers wait for the cell."""
    return sum(one.wait in (Wait.FILED, Wait.AT_CELL) for one in every)


def _updates(ctx: Context, cell: Unit) -> Row:
    """Whether the cell wants written updates: shown to whoever may turn them on and off."""
    if not may(ctx.db, ctx.me.id, Right.SET_RHYTHM, cell.id, now=ctx.now):
        return []
    habit = habit_of(ctx.db, cell.id)
    is_on = habit is not None and habit.update_months is not None
    return [
        Button(
            phrases.UPDATES_OFF if is_on else phrases.UPDATES_ON,
            f"absence:updates:{cell.id}:{int(not is_on)}",
        )
    ]


def set_updates(ctx: Context, arguments: list[str]) -> None:
    """Set the updates by `<cell>:<1 on, 0 off>`. A second tap on the same button changes nothing."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    months = ctx.policies.away.update_months if arguments[1:] == ["1"] else None
    set_away_updates(ctx.db, cell.id, months, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now)
    ctx.db.flush()
    see_register(ctx, [str(cell.id)])


def _line(at: int, one: Absence) -> tuple[Text, Button]:
    words = phrases.register_row(
        number=at,
        name=one.member.full_name,
        route=one.away.route,
        place=place_name(one.away.place_code),
        due_on=one.away.due_on,
        heard_on=one.heard_on,
        heard_how=one.member.heard_how,
        contact=one.contact.full_name if one.contact else None,
        state=one.away.state,
    )
    label = label_of(one.member.full_name, place_name(one.away.place_code))
    return words, Button(label, f"absence:see:{one.away.id}")


def _undeclared_line(at: int, member: Member) -> tuple[Text, Button]:
    where = place_name(member.place_code)
    words = phrases.undeclared_row(number=at, name=member.full_name, place=where)
    return words, Button(label_of(member.full_name, where), f"absence:who:{member.id}")


def _counts(every: list[Absence], others: list[Member]) -> dict[str, int]:
    """How many each part of the register has; what would be empty is left out."""
    counts = {one.value: sum(row.fits(one) for row in every) for one in Filter}
    counts[UNDECLARED] = len(others)
    return {name: count for name, count in counts.items() if count or (name == Filter.ALL and not others)}


def _chips(cell: Unit, chosen: str, counts: dict[str, int]) -> list[Row]:
    return [
        [
            Button(
                phrases.chip(chosen=name == chosen, label=phrases.FILTERS[name], count=count),
                f"absence:register:{cell.id}:{name}:0",
            )
        ]
        for name, count in counts.items()
    ]


def send_register(ctx: Context, arguments: list[str]) -> None:
    """Send the register. Phones and decisions leave the program with it, so each member in it sees who took it."""
    cell = cell_of(ctx, number_or_0(arguments), KEEP)
    cell_of(ctx, cell.id, Right.SEE_DETAILS)
    chosen = Filter(arguments[1]) if arguments[1:] and arguments[1] in set(Filter) else Filter.ALL
    every = absences_of(ctx.db, cell.id, ctx.policies.away, now=ctx.now)
    shown = [one for one in every if one.fits(chosen)]
    if not shown:
        raise Refused(common.gone_button())
    for one in shown:
        record_look(
            ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what="absence.register", now=ctx.now
        )
    record_act(ctx.db, "absence.export", by_id=ctx.me.id, now=ctx.now, unit_id=cell.id)
    paper = register_paper(ctx.db, cell, shown, chosen, now=ctx.now, lang=ctx.lang)
    name = f"so-theo-doi-{local_date(ctx.now, HOME_ZONE):%Y-%m-%d}.xlsx"
    about = phrases.register_file(cell=cell.name, count=len(shown))
    ctx.send_protected(Attachment(name, register_workbook(paper, ctx.lang)), about)
