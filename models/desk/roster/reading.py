"""A file of people, read: what can be taken, and for everything else what a person has to know or put right.

    .xlsx  workbook  ─┐
    .ods   opendoc    ├─> grids ──> sheet: the list, its lines ──> cells: one by one ──> rows, faults, asides
    .csv   separated ─┘

A cell that cannot be read costs the person only where the person cannot be taken without it (`REQUIRED`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from models.delivery.foreign.content import OLE, ContentType, recognise
from models.desk.policy import RosterPolicy
from models.desk.roster import cells
from models.desk.roster.cells import Faulty, Value
from models.desk.roster.grids import Content, Grid, NotComputed
from models.desk.roster.lost import are_bare, have_lost_letters
from models.desk.roster.opendoc import read_opendocument
from models.desk.roster.package import what_it_is
from models.desk.roster.rows import (
    Aside,
    AsideKind,
    Column,
    FaultKind,
    Left,
    Roster,
    RosterFault,
    RosterRow,
    UnreadableRoster,
)
from models.desk.roster.separated import read_separated
from models.desk.roster.sheet import ListInFile, RosterLine, read_lines
from models.desk.roster.workbook import read_workbook
from models.desk.roster.written import beside_name, beside_phone
from models.ground.marking import marked_secret
from models.ground.names import spelling
from models.ground.part_date import PartDate
from models.ground.places import read_place
from models.people.member import Standing
from models.phrases import common
from models.phrases.desk import roster as phrases

T = TypeVar("T")

_SHOWN = 60  # characters of a faulty cell that are shown
_ZIP = b"PK\x03\x04"


def read_roster(data: bytes, *, today: date, policy: RosterPolicy) -> Roster:
    """Return the people in a file. Raises `UnreadableRoster` for one that is no list, never for a bad row."""
    if len(data) > policy.max_bytes:
        raise UnreadableRoster(phrases.too_big(megabytes=policy.max_bytes // 1_000_000))
    listed = _listed(data, policy)
    if any(marked_secret(text) for text in listed.texts):
        raise UnreadableRoster(common.secret_refused())
    if len(listed.lines) > policy.max_rows:
        raise UnreadableRoster(phrases.too_many_rows(limit=policy.max_rows))
    readers = [_Reader(line, listed.grid, policy, today) for line in listed.lines]
    read = [(reader, reader.person()) for reader in readers]
    return _told_apart(read, listed.asides)


def _listed(data: bytes, policy: RosterPolicy) -> ListInFile:
    grids = _grids(data, policy)
    try:
        listed = read_lines(grids, policy)
    except UnreadableRoster as error:
        if _is_zip(data):
            raise
        said = [
            str(cell) for grid in grids for row in grid.rows for cell in row.cells if isinstance(cell, str)
        ]
        raise UnreadableRoster(
            phrases.letters_lost() if have_lost_letters(said) else phrases.text_file()
        ) from error
    names = [line.text(Column.NAME) for line in listed.lines]
    if have_lost_letters(names) or (not _is_zip(data) and are_bare(names)):
        raise UnreadableRoster(phrases.letters_lost())
    return listed


def _is_zip(data: bytes) -> bool:
    return data.startswith(_ZIP)


def _grids(data: bytes, policy: RosterPolicy) -> list[Grid]:
    kind = recognise(data)
    if kind is ContentType.UNKNOWN and data.startswith(OLE):
        kind = ContentType.OLD_EXCEL
    if named := what_it_is(kind):
        raise UnreadableRoster(named)
    if kind is ContentType.OPEN_DOCUMENT:
        return read_opendocument(data, policy)
    if _is_zip(data):
        return read_workbook(data, policy)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in data[:4096]
    if not data or not wide:
        raise UnreadableRoster(phrases.not_a_workbook())
    return read_separated(data, policy)


@dataclass
class _Reader:
    """Reads the cells of one line and gathers its faults."""

    line: RosterLine
    grid: Grid
    policy: RosterPolicy
    today: date
    faults: list[RosterFault] = field(default_factory=list)

    def read(self, column: Column, parse: Callable[[Value], T]) -> T | None:
        value = self.line.cells.get(column)
        try:
            if isinstance(value, NotComputed):
                raise Faulty(FaultKind.FORMULA)
            return parse(value)
        except Faulty as fault:
            shown = self.line.text(column)[:_SHOWN]
            self.faults.append(RosterFault(row=self.line.number, column=column, kind=fault.kind, value=shown))
            return None

    def person(self) -> RosterRow | None:
        policy, today, zero = self.policy, self.today, self.grid.zero
        name = self.read(Column.NAME, lambda v: cells.read_name(v, policy))
        year = self.read(
            Column.BIRTH_YEAR, lambda v: cells.read_birth_year(v, policy, today=today, zero=zero)
        )
        phone = self.read(Column.PHONE, lambda v: cells.read_phone(v, policy))
        joined, official = self.days(year)
        standing = self.standing(joined, official)
        place_text = self.read(Column.PLACE, lambda v: cells.read_place_text(v, policy)) or ""
        if (
            any(fault.costs_the_row for fault in self.faults)
            or name is None
            or year is None
            or standing is None
        ):
            return None
        place = read_place(place_text)
        return RosterRow(
            row=self.line.number,
            full_name=name,
            birth_year=year,
            phone=phone,
            joined_on=joined,
            official_on=official,
            standing=standing,
            place=place.code if place else None,
            place_text=place_text,
        )

    def days(self, year: int | None) -> tuple[PartDate | None, PartDate | None]:
        """Return the days of joining and official membership.

        One cell may hold both; a cross in place of a day is none.
        """
        for column in (Column.JOINED_ON, Column.OFFICIAL_ON):
            value = self.line.cells.get(column)
            if not isinstance(value, NotComputed) and cells.is_mark(value):
                self.line.cells[column] = None
                self.line.cells.setdefault(Column.STANDING, _MARKED[column])
        joined_value = self.line.cells.get(Column.JOINED_ON)
        both = None if isinstance(joined_value, NotComputed) else cells.two_days(joined_value)
        if both and Column.OFFICIAL_ON not in self.line.cells:
            self.line.cells[Column.JOINED_ON], self.line.cells[Column.OFFICIAL_ON] = both
        policy, today, zero = self.policy, self.today, self.grid.zero
        joined = self.read(
            Column.JOINED_ON,
            lambda v: cells.read_joined_on(v, policy, birth_year=year, today=today, zero=zero),
        )
        official = self.read(
            Column.OFFICIAL_ON,
            lambda v: cells.read_official_on(
                v, policy, joined_on=joined, birth_year=year, today=today, zero=zero
            ),
        )
        return joined, official

    def standing(self, joined: PartDate | None, official: PartDate | None) -> Standing | None:
        """Return the standing as the column says; where it says nothing, as the two days say."""
        by_days = Standing.OFFICIAL if official else Standing.PROBATIONARY if joined else None
        both = Column.OFFICIAL_ON in self.line.cells
        said = self.line.cells.get(Column.STANDING)
        if by_days and both and not isinstance(said, NotComputed) and cells.is_blank(said):
            return by_days
        return self.read(Column.STANDING, lambda v: cells.read_standing(v, self.policy))

    def left(self) -> Left:
        return Left(row=self.line.number, cells={c: self.line.text(c) for c in self.line.cells})

    def asides(self, row: RosterRow) -> list[Aside]:
        """Return what stood beside the name and the number, and what one might doubt."""
        found = []
        if off := beside_name(self.line.text(Column.NAME)).off:
            found.append(Aside(kind=AsideKind.OFFICE, row=row.row, who=row.full_name, what=off[:_SHOWN]))
        if row.phone and (off := beside_phone(self.line.text(Column.PHONE)).off):
            found.append(Aside(kind=AsideKind.NUMBER, row=row.row, who=row.full_name, what=off[:_SHOWN]))
        if " " not in row.full_name:
            found.append(Aside(kind=AsideKind.ONE_WORD, row=row.row, who=row.full_name))
        return found


_MARKED: dict[Column, Content] = {Column.JOINED_ON: "dự bị", Column.OFFICIAL_ON: "chính thức"}


def _told_apart(read: list[tuple[_Reader, RosterRow | None]], asides: list[Aside]) -> Roster:
    """The same name and year twice is two people only when something both rows know tells them apart."""
    kept: dict[tuple[object, int], list[RosterRow]] = {}
    faults: list[RosterFault] = []
    left: list[Left] = []
    asides = list(asides)
    for reader, row in read:
        faults += reader.faults
        if row is None:
            left.append(reader.left())
            continue
        alike = kept.setdefault((spelling(row.full_name), row.birth_year), [])
        if not all(_are_two(row, other) for other in alike):
            faults.append(
                RosterFault(row=row.row, column=Column.NAME, kind=FaultKind.DUPLICATE, value=row.full_name)
            )
            left.append(reader.left())
            continue
        if alike:
            what = ", ".join(str(other.row) for other in alike)
            asides.append(Aside(kind=AsideKind.NAMESAKES, row=row.row, who=row.full_name, what=what))
        alike.append(row)
        asides += reader.asides(row)
    rows = sorted((row for alike in kept.values() for row in alike), key=lambda row: row.row)
    return Roster(rows=rows, faults=sorted(faults, key=lambda fault: fault.row), asides=asides, left=left)


def _are_two(one: RosterRow, other: RosterRow) -> bool:
    if one.phone and other.phone and one.phone != other.phone:
        return True
    a, b = one.joined_on, other.joined_on
    return a is not None and b is not None and not a.fits(b)
