"""/nhap: a roster from Excel, looked at before anything is stored.

template ──> FILE ──a workbook──> PREVIEW ──save──> done
              ^                     │
              └───── another file ──┘
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby

from pydantic import BaseModel

from handlers.desk.roster.common import MENU, cell_for, fact_words, in_own_cell, place_words, who
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context, FileKind, Kind, SharedFile
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from models.delivery.foreign.content import ContentType
from models.delivery.message import Attachment, Button
from models.desk.roster import (
    Aside,
    AsideKind,
    Column,
    Comparison,
    Left,
    Roster,
    RosterFault,
    RosterRow,
    Update,
    compare_roster,
    import_roster,
    keep_left,
    left_of,
    left_rows,
    roster_template,
)
from models.desk.roster.comparison import row_facts
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import record_look
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import roster as file_words, roster_talk as phrases
from models.phrases.text import Lang, Text
from models.trust.opening import Reads, Wanted

_PAGE = 12  # lines of the preview
_FACTS = (Column.PHONE, Column.STANDING)
_PASSED_OVER = (
    AsideKind.SHEET,
    AsideKind.COLUMN,
    AsideKind.HIDDEN_COLUMN,
    AsideKind.UNNAMED,
    AsideKind.BELOW,
)
Line = tuple[Text, Text]


class Step(StrEnum):
    FILE = "file"
    PREVIEW = "preview"


class Draft(BaseModel):
    """The rows as read; nothing of them is on the roster yet."""

    cell_id: int = 0
    rows: list[RosterRow] = []
    faults: list[RosterFault] = []
    asides: list[Aside] = []
    left: list[Left] = []
    page: int = 0


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
    cell = cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    words = phrases.ask_file(megabytes=ctx.policies.roster.max_bytes // 1_000_000)
    kept = left_of(ctx.db, cell.id)
    return Screen(words, [[Button(phrases.LEFT_FILE, f"roster:left:{cell.id}")]] if kept else [])


def take_file(ctx: Context, draft: Draft, answer: Answer) -> Step:
    cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    read = _roster(answer)
    if not read.rows and not read.faults:
        raise Refused(phrases.empty_file())
    draft.rows, draft.faults, draft.asides, draft.left = read.rows, read.faults, read.asides, read.left
    draft.page = 0
    _note_looks(ctx, draft)
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
    # anew for each page: the roster may change while the preview is read
    compared = compare_roster(ctx.db, cell.id, draft.rows)
    lines = _lines(compared, draft)
    pages = max(-(-len(lines) // _PAGE), 1)
    draft.page = min(max(draft.page, 0), pages - 1)
    turn = [choice(common.PREVIOUS, "back")] if draft.page else []
    turn += [choice(common.NEXT, "next")] if draft.page + 1 < pages else []
    buttons = [] if compared.changes_nothing else [[choice(phrases.CONFIRM_IMPORT, "save")]]
    buttons += [turn] if turn else []
    text = common.paragraph(
        _head(cell, compared, draft),
        *([phrases.page(number=draft.page + 1, of=pages)] if pages > 1 else []),
        *_sections(lines[draft.page * _PAGE : (draft.page + 1) * _PAGE]),
    )
    return Screen(text, [*buttons, [choice(phrases.OTHER_FILE, "other")]])


def _note_looks(ctx: Context, draft: Draft) -> None:
    """Where a phone changes, the preview shows the number that was held: a look, once for each file."""
    for update in compare_roster(ctx.db, draft.cell_id, draft.rows).changed:
        if update.before.get(Column.PHONE):
            member_id = update.member.id
            record_look(ctx.db, reader_id=ctx.me.id, member_id=member_id, what="member.phone", now=ctx.now)


def _head(cell: Unit, compared: Comparison, draft: Draft) -> Text:
    lost = len(draft.left)
    if compared.changes_nothing and not draft.faults and not compared.unclear:
        return phrases.nothing_new(same=len(compared.same))
    return phrases.preview_head(
        cell=cell.name,
        new=len(compared.new),
        changed=len(compared.changed),
        same=len(compared.same),
        unclear=len(compared.unclear),
        left=lost,
    )


def _lines(compared: Comparison, draft: Draft) -> list[Line]:
    """All that there is to know before saving, what asks for a person first; each with the title it stands under."""
    asides = {kind: [one.phrase for one in draft.asides if one.kind is kind] for kind in AsideKind}
    unread = [
        phrases.unread_place(row=row.row, who=_name_and_year(row), text=row.place_text)
        for row in draft.rows
        if row.place is None and row.place_text
    ]
    doubts = [
        phrases.doubt(row=d.row.row, who=_name_and_year(d.row), alike=[who(m) for m in d.alike])
        for d in compared.unclear
    ]
    renamed = [update for update in compared.changed if Column.NAME in update.after]
    others = [update for update in compared.changed if Column.NAME not in update.after]
    sections: list[tuple[Text, list[Text]]] = [
        (phrases.FAULTS, [fault.phrase for fault in draft.faults if fault.costs_the_row]),
        (phrases.FAULTY_CELLS, [fault.phrase for fault in draft.faults if not fault.costs_the_row]),
        (phrases.DOUBTS, doubts),
        (phrases.RENAMED, _changes(renamed)),
        (phrases.ASKED, asides[AsideKind.ONE_WORD] + asides[AsideKind.NAMESAKES] + asides[AsideKind.FONT]),
        (phrases.NOT_TAKEN, asides[AsideKind.HIDDEN] + asides[AsideKind.STRUCK] + asides[AsideKind.LEFT]),
        (phrases.CHANGES, _changes(others)),
        (phrases.NEW_PEOPLE, [_as_read(row) for row in compared.new]),
        (phrases.UNREAD_PLACES, unread),
        (phrases.BESIDE, asides[AsideKind.OFFICE] + asides[AsideKind.NUMBER]),
        (
            phrases.PASSED_OVER,
            [words for kind in _PASSED_OVER for words in asides[kind]],
        ),
        (phrases.MISSING, [who(member) for member in compared.missing]),
    ]
    return [(title, row) for title, rows in sections for row in rows]


def _sections(lines: list[Line]) -> list[Text]:
    """The lines of one page, again under their titles."""
    return [
        phrases.section(title, [row for _, row in rows])
        for title, rows in groupby(lines, key=lambda line: line[0])
    ]


def _changes(updates: Sequence[Update]) -> list[Text]:
    return [
        phrases.changed(
            who=who(update.member),
            changes=[
                (column, fact_words(column, update.before[column]), fact_words(column, after))
                for column, after in update.after.items()
            ],
        )
        for update in updates
    ]


def _name_and_year(row: RosterRow) -> Text:
    return phrases.person(name=row.full_name, birth_year=row.birth_year)


def _as_read(row: RosterRow) -> Text:
    """Everything of a new person as it was understood; a place also as it was written, where it is named otherwise."""
    known = [
        fact_words(column, fact)
        for column, fact in row_facts(row).items()
        if fact is not None and column in _FACTS
    ]
    if row.place:
        place = place_words(row.place)
        known.append(
            phrases.place_read(
                place=place, text=row.place_text, same=row.place_text == place.to_plain(Lang.VI)
            )
        )
    days = [
        phrases.day_read(column=column, day=fact_words(column, fact))
        for column in (Column.JOINED_ON, Column.OFFICIAL_ON)
        if (fact := row_facts(row)[column]) is not None
    ]
    return phrases.as_read(who=_name_and_year(row), facts=[*known, *days])


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    """Take a file that is sent here for a corrected one."""
    if answer.incoming.kind is Kind.FILE:
        return take_file(ctx, draft, answer)
    match answer.choice("save", "other", "next", "back"):
        case "other":
            return Step.FILE
        case "next" | "back" as way:
            draft.page += 1 if way == "next" else -1
            return Step.PREVIEW
        case _:
            _save(ctx, draft)
            return None


def _save(ctx: Context, draft: Draft) -> None:
    cell = cell_for(ctx, draft.cell_id, Right.EDIT_ROSTER)
    if any(Column.PHONE in one.after for one in compare_roster(ctx.db, cell.id, draft.rows).changed):
        ctx.prove()  # a number is who somebody is, however it comes
    done = import_roster(ctx.db, cell.id, draft.rows, ctx.policies.checkin, by_id=ctx.me.id, now=ctx.now)
    keep_left(ctx.db, cell.id, draft.left, draft.faults, now=ctx.now)
    buttons = [
        [Button(phrases.INVITE_ALL, f"roster:inviteall:{cell.id}")],
        *([[Button(phrases.LEFT_FILE, f"roster:left:{cell.id}")]] if draft.left else []),
        [Button(phrases.TO_LIST, f"roster:list:{cell.id}")],
        MENU,
    ]
    ctx.show(phrases.imported(new=len(done.new), changed=len(done.changed), left=len(draft.left)), buttons)


def send_left(ctx: Context, arguments: list[str]) -> None:
    """Send the rows of the last file that were not taken. Phones are among them, so the file is protected."""
    cell = cell_for(ctx, number(arguments), Right.EDIT_ROSTER)
    kept = left_of(ctx.db, cell.id)
    if kept is None:
        raise Refused(phrases.nothing_left())
    file = Attachment(phrases.left_name().to_plain(ctx.lang), left_rows(kept.left, kept.faults, ctx.lang))
    buttons = [[Button(phrases.IMPORT, f"roster:nhap:{cell.id}")], MENU]
    ctx.send_protected(file, phrases.left_rows(count=len(kept.left)), buttons)


def roster_file(ctx: Context, draft: Draft) -> Wanted:
    """Accept a workbook, or a list as plain text, that is read and not kept."""
    policy, today = ctx.policies.roster, local_date(ctx.now, HOME_ZONE)
    return Wanted(
        types=frozenset({ContentType.XLSX, ContentType.OPEN_DOCUMENT, ContentType.TEXT}),
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
