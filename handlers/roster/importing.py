"""/nhap: a roster from Excel, looked at before anything is stored.

template ──> FILE ──a workbook──> PREVIEW ──save──> done
              ^                     │
              └───── another file ──┘
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.arguments import number
from handlers.context import Answer, Context, FileKind, Kind, SharedFile
from handlers.conversation import Flow, Question, Screen, begin, choice
from handlers.roster.common import MENU, cell_for, fact_words, in_own_cell, who
from models.clock import HOME_ZONE, local_date
from models.errors import Refused
from models.foreign.content import ContentType
from models.foreign.opening import Reads, Wanted
from models.member import record_look
from models.outbox import Attachment, Button
from models.phrases import common
from models.phrases import roster as file_words
from models.phrases import roster_talk as phrases
from models.phrases.text import Text
from models.rights import Right
from models.roster import (
    Column,
    Comparison,
    Fault,
    Roster,
    RosterRow,
    compare_roster,
    import_roster,
    roster_template,
)
from models.unit import Unit

_SHOWN = 30  # people of one kind named in the preview
_FAULTS_SHOWN = 40


class Step(StrEnum):
    FILE = "file"
    PREVIEW = "preview"


class Draft(BaseModel):
    """The rows as read; nothing of them is on the roster yet."""

    cell_id: int = 0
    rows: list[RosterRow] = []
    faults: list[Fault] = []


def start(ctx: Context) -> None:
    in_own_cell(ctx, Right.EDIT_ROSTER, "nhap", _begin)


def tapped(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, cell_for(ctx, number(arguments), Right.EDIT_ROSTER))


def _begin(ctx: Context, cell: Unit) -> None:
    name = phrases.template_name().to_plain(ctx.lang)
    ctx.send_file(Attachment(name, roster_template(ctx.lang)), phrases.template(cell=cell.name))
    begin(ctx, FLOW, Step.FILE, Draft(cell_id=cell.id))


# --- the file -----------------------------------------------------------------------------------------------------


def ask_file(ctx: Context, draft: Draft) -> Screen:
    cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    return Screen(phrases.ask_file(megabytes=ctx.policies.roster.max_bytes // 1_000_000))


def take_file(ctx: Context, draft: Draft, answer: Answer) -> Step:
    cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    read = _roster(answer)
    if not read.rows and not read.faults:
        raise Refused(phrases.empty_file())
    draft.rows, draft.faults = read.rows, read.faults
    _note_looks(ctx, draft)
    if len(read.faults) > _FAULTS_SHOWN:
        lines = "\n".join(fault.phrase.to_plain(ctx.lang) for fault in read.faults)
        file = Attachment(phrases.faults_name().to_plain(ctx.lang), lines.encode("utf-8-sig"))
        ctx.send_file(file, phrases.all_faults(count=len(read.faults)))
    return Step.PREVIEW


def _roster(answer: Answer) -> Roster:
    """What was read in the file that came, or a sentence why there is none."""
    file: SharedFile | None = answer.incoming.file
    if file is None or answer.incoming.kind is not Kind.FILE:
        raise Refused(phrases.file_expected())
    if file.kind is FileKind.PHOTO:
        raise Refused(file_words.picture())
    if file.kind is not FileKind.DOCUMENT or file.opened is None or file.opened.roster is None:
        raise Refused(phrases.file_expected())
    return file.opened.roster


# --- the preview --------------------------------------------------------------------------------------------------


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    cell = cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    compared = compare_roster(ctx.db, cell.id, draft.rows)
    buttons = [[choice(phrases.OTHER_FILE, "other")]]
    if not compared.changes_nothing:
        buttons.insert(0, [choice(phrases.CONFIRM_IMPORT, "save")])
    return Screen(_preview(cell, compared, draft), buttons)


def _note_looks(ctx: Context, draft: Draft) -> None:
    """Where a phone changes, the preview shows the number that was held: a look, once for each file."""
    for update in compare_roster(ctx.db, draft.cell_id, draft.rows).changed[:_SHOWN]:
        if update.before.get(Column.PHONE):
            member_id = update.member.id
            record_look(ctx.db, reader_id=ctx.me.id, member_id=member_id, what="member.phone", now=ctx.now)


def _preview(cell: Unit, compared: Comparison, draft: Draft) -> Text:
    head = phrases.preview_head(
        cell=cell.name, new=len(compared.new), changed=len(compared.changed), same=len(compared.same)
    )
    if compared.changes_nothing and not draft.faults and not compared.unclear:
        head = phrases.nothing_new(same=len(compared.same))
    unread = [
        phrases.unread_place(row=row.row, who=_row_words(row), text=row.place_text)
        for row in draft.rows
        if row.place is None and row.place_text
    ]
    doubts = [
        phrases.doubt(row=d.row.row, who=_row_words(d.row), alike=[who(m) for m in d.alike])
        for d in compared.unclear
    ]
    return common.paragraph(
        head,
        *_section(phrases.FAULTS, [fault.phrase for fault in draft.faults], limit=_FAULTS_SHOWN),
        *_section(phrases.DOUBTS, doubts),
        *_section(phrases.CHANGES, _changes(compared)),
        *_section(phrases.NEW_PEOPLE, [_row_words(row) for row in compared.new]),
        *_section(phrases.UNREAD_PLACES, unread),
        *_section(phrases.MISSING, [who(member) for member in compared.missing]),
    )


def _changes(compared: Comparison) -> list[Text]:
    return [
        phrases.changed(
            who=who(update.member),
            changes=[
                (column, fact_words(column, update.before[column]), fact_words(column, after))
                for column, after in update.after.items()
            ],
        )
        for update in compared.changed
    ]


def _section(title: Text, rows: list[Text], *, limit: int = _SHOWN) -> list[Text]:
    return [phrases.section(title, rows[:limit], more=max(len(rows) - limit, 0))] if rows else []


def _row_words(row: RosterRow) -> Text:
    return phrases.person(name=row.full_name, birth_year=row.birth_year)


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    """A file sent here is taken for a corrected one."""
    if answer.incoming.kind is Kind.FILE:
        return take_file(ctx, draft, answer)
    if answer.choice("save", "other") == "other":
        return Step.FILE
    cell = cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    if any(Column.PHONE in one.after for one in compare_roster(ctx.db, cell.id, draft.rows).changed):
        ctx.prove()  # a number is who somebody is, however it comes
    done = import_roster(ctx.db, cell.id, draft.rows, ctx.policies.checkin, by_id=ctx.me.id, now=ctx.now)
    buttons = [
        [Button(phrases.INVITE_ALL, f"roster:inviteall:{cell.id}")],
        [Button(phrases.TO_LIST, f"roster:list:{cell.id}")],
        MENU,
    ]
    ctx.show(phrases.imported(new=len(done.new), changed=len(done.changed)), buttons)
    return None


def roster_file(ctx: Context, draft: Draft) -> Wanted:
    """An Excel workbook that is read and not kept."""
    policy, today = ctx.policies.roster, local_date(ctx.now, HOME_ZONE)
    return Wanted(
        types=frozenset({ContentType.XLSX}),
        reads=Reads.ROSTER,
        today=today,
        most_bytes=policy.max_bytes,
        files=ctx.policies.file,
        roster=policy,
    )


FLOW: Flow[Draft] = Flow(
    "roster_import",
    phrases.IMPORTING,
    Draft,
    {
        Step.FILE: Question(ask_file, take_file, wants_file=roster_file),
        Step.PREVIEW: Question(ask_preview, take_preview, wants_file=roster_file),
    },
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER),
)
