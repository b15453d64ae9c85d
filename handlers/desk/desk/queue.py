"""The first screen of /chibo: whom to call today in one sentence, then one queue, each line a button.

/chibo ── which cell ── queue ──┬─ a line: the screen where that very thing is dealt with
                                ├─ by group: the lists of names (screens.py)
                                ├─ ask now, the register
                                └─ more: call list, tasks, reviews, the picture of twelve months, digest, office
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers.desk.desk.assigned import assigned_to_me, show_mine
from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row, page_of, turning
from models.delivery.message import Button, Table
from models.desk.beginning import Beginning, FirstStep, beginning
from models.desk.waiting import Desk, Waiting, attend, label_of
from models.ground.clock import HOME_ZONE, local_date
from models.people.assignment import assigned_members
from models.people.member import record_look
from models.people.rights import NotEntitled, Right, may, units_where
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import ladder as ladder_phrases
from models.phrases.desk import (
    absence as absence_phrases,
    call_sheet as sheet_words,
    desk as desk_phrases,
    office as office_phrases,
    roster_talk as roster_phrases,
    waiting as phrases,
)
from models.phrases.meeting import task as task_phrases
from models.phrases.people import assignment as assignment_phrases
from models.phrases.text import Text, day, raw
from models.phrases.year import review_desk as review_phrases

_ROWS = 200  # of a table on a wide screen
LINES = 3  # with the ways to turn and on no more than eight buttons: more are a wall to old eyes


def show_desk(ctx: Context) -> None:
    """Show the desk (/chibo). Which cell is asked only where there are several.

    Somebody who is only a contact sees those assigned to them.
    """
    cells = units_where(ctx.db, ctx.me.id, Right.SEE_DESK, now=ctx.now)
    assigned = assigned_to_me(ctx)
    if not cells and not assigned:
        raise NotEntitled
    if not cells:
        show_mine(ctx)
        return
    if len(cells) == 1 and not assigned:
        show_cell(ctx, cell_of(ctx, cells[0].id))
        return
    buttons = [[Button(raw(cell.name), f"desk:open:{cell.id}")] for cell in cells[:6]]
    if assigned:
        buttons.append([Button(assignment_phrases.MINE, "desk:mine:0")])
    ctx.show(desk_phrases.which_cell(), [*buttons, [Button(common.MENU, "nav:menu")]])


def open_cell(ctx: Context, arguments: list[str]) -> None:
    show_cell(ctx, cell_of(ctx, number_or_0(arguments)), page=number_or_0(arguments, 1))


def show_cell(ctx: Context, cell: Unit, note: Text | None = None, *, page: int = 0) -> None:
    attend(ctx.db, cell.id, now=ctx.now)
    desk = Desk(ctx.db, cell, ctx.policies, ctx.now, reader_id=ctx.me.id)
    begins = beginning(ctx.db, cell, ctx.me.id, ctx.policies.digest, now=ctx.now)
    step = _step(cell, begins) if begins is not None else []
    size = max(LINES - len(step), 1)  # eight buttons in all; what stands in the text has its button
    page, pages = page_of(page, len(desk.queue), size)
    shown = desk.queue[page * size : (page + 1) * size]
    words = phrases.front(
        sentence=desk.sentence,
        cell=cell.name,
        period=desk.picture.period,
        at=ctx.now,
        zone=ctx.zone,
        answered=desk.picture.answered_this_period,
        asked=desk.picture.asked_this_period,
        away=desk.picture.away,
        count=len(desk.queue),
        page=page,
        pages=pages,
        rows=[_row(ctx, cell, one) for one in shown],
    )
    lines = [
        *step,
        *(
            [Button(label_of(one.name, one.what, is_person=one.member_id is not None), one.to)]
            for one in shown
        ),
    ]
    if begins is not None:
        first = phrases.beginning(ahead=begins.ahead, summary_at=begins.summary_at, zone=ctx.zone)
        # while there is no roster the guide comes first; later it stands below the day's sentence
        parts = (first, words) if FirstStep.ROSTER in begins.ahead else (words, first)
        words = common.paragraph(*parts)
    turn = turning(page, pages, lambda to: f"desk:open:{cell.id}:{to}")
    ctx.show(
        common.paragraph(note, words) if note else words,
        [*lines, turn, *_ways_on(cell)],
        table=_table(desk.queue[:_ROWS]) if ctx.shows_tables else None,
    )


def _table(queue: Sequence[Waiting]) -> Table:
    """All that waits, worst first, for a wide screen."""
    rows = [(one.to, (raw(one.name), one.what, day(local_date(one.since, HOME_ZONE)))) for one in queue]
    return Table(phrases.TABLE, rows)


def _step(cell: Unit, begins: Beginning) -> list[Row]:
    match begins.ahead[0]:
        case FirstStep.ROSTER:
            return [
                [Button(phrases.BEGIN["roster"], f"roster:nhap:{cell.id}")],
                [Button(roster_phrases.ADD, f"roster:moi:{cell.id}")],
            ]
        case FirstStep.INVITES:
            return [[Button(phrases.BEGIN["invites"], f"roster:inviteall:{cell.id}")]]
        case FirstStep.SUMMARY:
            return []


def _row(ctx: Context, cell: Unit, one: Waiting) -> Text:
    """What waits, in whole words; what somebody wrote, for who may read it, and the look leaves a row."""
    if one.says is None or not may(ctx.db, ctx.me.id, Right.SEE_DETAILS, cell.id, now=ctx.now):
        return phrases.row(name=one.name, what=one.what)
    if one.member_id is not None:
        record_look(
            ctx.db,
            reader_id=ctx.me.id,
            member_id=one.member_id,
            what=_LOOKS[one.to.split(":")[1]],
            now=ctx.now,
        )
    return phrases.row(name=one.name, what=one.says)


# by the verb of the line's button: only these three show what somebody wrote
_LOOKS = {"report": "checkin.report", "contact": "contact.note", "history": "absence.filing"}


def _ways_on(cell: Unit) -> list[Row]:
    return [
        [Button(phrases.GROUPS, f"desk:groups:{cell.id}"), Button(phrases.MORE, f"desk:more:{cell.id}:0")],
        [Button(absence_phrases.REGISTER, f"absence:register:{cell.id}:all:0")],
    ]


def show_more(ctx: Context, arguments: list[str]) -> None:
    """Show what is wanted less often than every morning, of `<cell>:<page>`.

    It must not push the day's sentence off a small screen.
    """
    cell = cell_of(ctx, number_or_0(arguments))
    pages = [
        [
            Button(desk_phrases.ASK, f"desk:ask:{cell.id}"),
            Button(ladder_phrases.CALLS, f"desk:calls:{cell.id}:0"),
            Button(task_phrases.TASKS, f"task:cell:{cell.id}:0"),
            Button(review_phrases.HOME, f"campaign:cell:{cell.id}"),
            Button(office_phrases.WHO_HOLDS, f"office:see:{cell.id}"),
            Button(phrases.STILL_MORE, f"desk:more:{cell.id}:1"),
        ],
        [
            *(
                [Button(assignment_phrases.MINE, "desk:mine:0")]
                if assigned_members(ctx.db, ctx.me.id, now=ctx.now)
                else []
            ),
            Button(sheet_words.SHEET, f"sheet:home:{cell.id}"),
            Button(phrases.CHART, f"desk:chart:{cell.id}"),
            Button(phrases.DIGEST, f"desk:digest:{cell.id}"),
            *(
                [Button(ladder_phrases.STEPS, f"desk:steps:{cell.id}")]
                if may(ctx.db, ctx.me.id, Right.SET_RHYTHM, cell.id, now=ctx.now)
                else []
            ),
        ],
    ]
    ways = pages[min(number_or_0(arguments, 1), 1)]
    back = [Button(desk_phrases.DESK, f"desk:open:{cell.id}"), Button(common.MENU, "nav:menu")]
    ctx.show(phrases.more(cell=cell.name), [*([way] for way in ways), back])
