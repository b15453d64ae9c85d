"""The call sheet: taken to be printed, put into a calendar, and typed back in two taps a line.

sheet:home ──┬─ print ──> .docx, after the PIN, under a password
             ├─ calendar ──> .ics: numbers and hours
             ├─ type back ── a number ── an outcome ──> noted, the list again (then words, for who wants)
             ├─ made anew
             └─ made with each week's digest, or not

For secretary and deputy, and for who keeps in touch with somebody (of theirs alone): the right is asked at each tap.
"""

from __future__ import annotations

from handlers.desk.desk.contact import WORDS, WordDraft, outcome_rows, record_once
from handlers.desk.desk.door import MemberMatter, cell_of, matter_of_member
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row, page_of, turning
from handlers.ground.routing import Tap
from models.contact.contact_note import ContactNote
from models.delivery.message import Attachment, Button
from models.delivery.papers import TemplateBroken, render_paper
from models.desk.call_sheet import (
    CallLine,
    SheetReader,
    current_sheet,
    make_sheet,
    note_line,
    sheet_calendar,
    sheet_lines,
    sheet_paper,
    want_sheet,
)
from models.desk.digest import digest_day, office_at
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.assignment import assigned_members
from models.people.member import Member, record_look
from models.people.rights import Appointment, NotEntitled, Right, may
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import ladder as ladder_words
from models.phrases.desk import call_sheet as phrases, desk as desk_words
from models.phrases.desk.absence import template_broken
from models.phrases.people import assignment as assignment_words
from models.phrases.text import LABEL, Text, fitted

PAGE = 4  # with the ways to turn, the words and the way back eight buttons


def _reader(ctx: Context, cell_id: int) -> SheetReader:
    """Who asks: by an office in the cell, else by keeping in touch with somebody there now."""
    if may(ctx.db, ctx.me.id, Right.SEE_DETAILS, cell_id, now=ctx.now):
        return SheetReader(ctx.me, cell_of(ctx, cell_id, Right.SEE_DETAILS), at_desk=True)
    if not any(one.cell_id == cell_id for one in assigned_members(ctx.db, ctx.me.id, now=ctx.now)):
        raise NotEntitled
    return SheetReader(ctx.me, ctx.db.get_one(Unit, cell_id), at_desk=False)


def _back(reader: SheetReader) -> Button:
    if reader.at_desk:
        return Button(desk_words.DESK, f"desk:open:{reader.cell.id}")
    return Button(assignment_words.TO_MINE, "desk:mine:0")


# --- the sheet ------------------------------------------------------------------------------------------------------


def open_home(ctx: Context, arguments: list[str]) -> None:
    _show_home(ctx, _reader(ctx, number_or_0(arguments)))


def _show_home(ctx: Context, reader: SheetReader, note: Text | None = None) -> None:
    lines = current_sheet(ctx.db, reader, ctx.policies, now=ctx.now)
    held, cell = _office(ctx, reader), reader.cell
    weekly = None if held is None else held.sheet_since is not None
    words = phrases.home(
        cell=cell.name,
        made_at=lines[0].made_at if lines else None,
        count=len(lines),
        noted=sum(one.note_id is not None for one in lines),
        weekly=weekly,
    )
    rows: list[Row] = [
        [Button(phrases.PRINT, f"sheet:print:{cell.id}")],
        [Button(phrases.CALENDAR, f"sheet:ics:{cell.id}")],
        [Button(phrases.TYPE_BACK, f"sheet:see:{cell.id}:0")],
        [Button(phrases.ANEW, f"sheet:new:{cell.id}")],
    ]
    ways = rows if lines else []
    if weekly is not None:
        switch = phrases.WEEKLY_OFF if weekly else phrases.WEEKLY_ON
        ways = [*ways, [Button(switch, f"sheet:weekly:{cell.id}:{0 if weekly else 1}")]]
    if reader.at_desk:
        ways = [*ways, [Button(ladder_words.EXCEL, f"desk:callsheet:{cell.id}")]]
    ctx.show(
        common.paragraph(note, words) if note else words,
        [*ways, [_back(reader), Button(common.MENU, "nav:menu")]],
    )


def _office(ctx: Context, reader: SheetReader) -> Appointment | None:
    """By which the reader gets a digest, if they want one: the sheet comes with it."""
    held = office_at(ctx.db, ctx.me.id, reader.cell.id, now=ctx.now) if reader.at_desk else None
    return held if held is not None and digest_day(held, ctx.policies.digest) is not None else None


def make_anew(ctx: Context, arguments: list[str]) -> None:
    reader = _reader(ctx, number_or_0(arguments))
    lines = make_sheet(ctx.db, reader, ctx.policies, now=ctx.now)
    _show_home(ctx, reader, phrases.made(count=len(lines)) if lines else phrases.nobody())


def set_weekly(ctx: Context, arguments: list[str]) -> None:
    reader = _reader(ctx, number_or_0(arguments))
    held = _office(ctx, reader)
    if held is None:
        raise NotEntitled
    want_sheet(held, number_or_0(arguments, 1) == 1, now=ctx.now)
    _show_home(ctx, reader)


def send_sheet(ctx: Context, arguments: list[str]) -> None:
    """Send the sheet to be printed. Names, phones and words leave with it: each member on it sees who took it."""
    reader = _reader(ctx, number_or_0(arguments))
    lines = current_sheet(ctx.db, reader, ctx.policies, now=ctx.now)
    if not lines:
        raise Refused(phrases.nobody())
    paper = sheet_paper(ctx.db, reader, lines, ctx.policies, now=ctx.now)
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    for line in lines:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=line.member_id, what="sheet.print", now=ctx.now)
    record_act(ctx.db, "ladder.export", by_id=ctx.me.id, now=ctx.now, unit_id=reader.cell.id)
    name = f"{paper.kind}-{local_date(ctx.now, HOME_ZONE)}.docx"
    ctx.send_protected(Attachment(name, data), phrases.sent(count=len(lines)))


def send_calendar(ctx: Context, arguments: list[str]) -> None:
    reader = _reader(ctx, number_or_0(arguments))
    lines = current_sheet(ctx.db, reader, ctx.policies, now=ctx.now)
    left = [one for one in lines if one.note_id is None]
    if not left:
        raise Refused(phrases.all_noted() if lines else phrases.nobody())
    data = sheet_calendar(ctx.db, reader, left, ctx.policies, now=ctx.now)
    ctx.send_file(Attachment("lich-goi.ics", data), phrases.calendar_sent(count=len(left)))


# --- typed back -----------------------------------------------------------------------------------------------------


def see_lines(ctx: Context, arguments: list[str]) -> None:
    _show_lines(ctx, _reader(ctx, number_or_0(arguments)), page=number_or_0(arguments, 1))


def _show_lines(
    ctx: Context,
    reader: SheetReader,
    note: Text | None = None,
    *,
    page: int = 0,
    add_words: Button | None = None,
) -> None:
    lines = sheet_lines(ctx.db, reader)
    if not lines:
        _show_home(ctx, reader, note)
        return
    page, pages = page_of(page, len(lines), PAGE)
    shown = [
        (line, ctx.db.get_one(Member, line.member_id).full_name)
        for line in lines[page * PAGE : (page + 1) * PAGE]
    ]
    words = phrases.board(
        rows=[(line.number, name, _outcome(ctx, line)) for line, name in shown],
        noted=sum(one.note_id is not None for one in lines),
        count=len(lines),
    )
    numbers = [
        [Button(fitted(phrases.line_button(number=line.number, name=name), LABEL), f"sheet:line:{line.id}")]
        for line, name in shown
    ]
    turn = turning(page, pages, lambda to: f"sheet:see:{reader.cell.id}:{to}")
    more = [add_words] if add_words else []
    back = [Button(phrases.TO_SHEET, f"sheet:home:{reader.cell.id}")]
    ctx.show(common.paragraph(note, words) if note else words, [*numbers, turn, more, back])


def _outcome(ctx: Context, line: CallLine) -> str | None:
    note = ctx.db.get(ContactNote, line.note_id) if line.note_id is not None else None
    return note.outcome if note is not None else None


def _line(ctx: Context, line_id: int) -> tuple[CallLine, MemberMatter]:
    """A line of mine, of somebody whom I may write about now. Another's is not told from one that is gone."""
    line = ctx.db.get(CallLine, line_id)
    if line is None or line.for_id != ctx.me.id:
        raise Refused(phrases.replaced())
    return line, matter_of_member(ctx, line.member_id, Right.RECORD_CONTACT)


def ask_outcome(ctx: Context, arguments: list[str]) -> None:
    line, matter = _line(ctx, number_or_0(arguments))
    rows = outcome_rows(lambda number: f"sheet:came:{line.id}:{number}")
    rows.append([Button(desk_words.HAND_ON, f"desk:hand:{matter.member.id}")])
    rows.append([Button(desk_words.ANOTHER_WAY, f"desk:noteway:{matter.address}")])
    back = [Button(common.BACK, f"sheet:see:{line.cell_id}:{(line.number - 1) // PAGE}")]
    ctx.show(phrases.which_outcome(number=line.number, name=matter.member.full_name), [*rows, back])


def note_outcome(ctx: Context, arguments: list[str]) -> None:
    """Note what came of the call and show the list again: the second of two taps."""
    line, matter = _line(ctx, number_or_0(arguments))
    note = record_once(ctx, matter, number_or_0(arguments, 1))
    note_line(line, note)
    words = phrases.noted(number=line.number, name=matter.member.full_name, outcome=note.outcome)
    add = Button(phrases.ADD_WORDS, f"sheet:words:{note.id}")
    page = (line.number - 1) // PAGE
    _show_lines(ctx, _reader(ctx, line.cell_id), words, page=page, add_words=add)


def add_words(ctx: Context, arguments: list[str]) -> None:
    WORDS.begin(ctx, WordDraft(note_id=number_or_0(arguments)))


TAPS = [
    Tap("sheet:home", open_home),
    Tap("sheet:new", make_anew),
    Tap("sheet:weekly", set_weekly),
    Tap("sheet:print", send_sheet, proof=True),
    Tap("sheet:ics", send_calendar),
    Tap("sheet:see", see_lines),
    Tap("sheet:line", ask_outcome),
    Tap("sheet:came", note_outcome),
    Tap("sheet:words", add_words),
]
