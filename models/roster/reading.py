"""A file of people, read: what can be taken, and for every other row what a person has to put right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from models.names import fold
from models.phrases import roster as phrases
from models.phrases.text import Lang
from models.places import read_place
from models.roster import cells
from models.roster.cells import Faulty, Value
from models.roster.package import check_package
from models.roster.rows import (
    Column,
    Fault,
    FaultKind,
    KnownTo,
    Roster,
    RosterPolicy,
    RosterRow,
    UnreadableRoster,
)
from models.roster.sheet import Line, NotComputed, read_lines

T = TypeVar("T")

_SHOWN = 60  # characters of a faulty cell that are shown
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?")
_SUMS = ("tong cong", "tong so", "nguoi lap", "total")


def read_roster(data: bytes, *, today: date, policy: RosterPolicy) -> Roster:
    """The people in an .xlsx; raises `UnreadableRoster` for a file that is none, never for a bad row."""
    check_package(data, policy)
    lines = [line for line in _without_numbering(read_lines(data, policy)) if not _beside_the_list(line)]
    if len(lines) > policy.max_rows:
        raise UnreadableRoster(phrases.too_many_rows(limit=policy.max_rows))
    read = [_read_line(line, today=today, policy=policy) for line in lines]
    rows = [row for row, _ in read if row]
    faults = [fault for _, found in read for fault in found]
    return _without_doubles(rows, faults)


def _without_numbering(lines: list[Line]) -> list[Line]:
    """Official forms number their columns below the headings: (1), (2), (3) …"""
    if not lines:
        return lines
    written = [value for value in lines[0].cells.values() if value is not None]
    numbered = all(_COLUMN_NUMBER.fullmatch(cells.text_of(_plain(value))) for value in written)
    return lines[1:] if numbered else lines


def _beside_the_list(line: Line) -> bool:
    """The example row of the template, and sums or signatures under a list."""
    name = fold(cells.text_of(_plain(line.cells[Column.NAME]))[:_SHOWN])
    examples = tuple(fold(phrases.EXAMPLE_MARK.to(lang)) for lang in Lang)
    alone = sum(value is not None for value in line.cells.values()) == 1
    return name.startswith(examples) or (alone and name.startswith(_SUMS))


def _plain(value: Value | NotComputed) -> Value:
    return None if isinstance(value, NotComputed) else value


@dataclass
class _Reader:
    """Reads the cells of one line and gathers its faults."""

    line: Line
    faults: list[Fault] = field(default_factory=list)

    def read(self, column: Column, parse: Callable[[Value], T]) -> T | None:
        value = self.line.cells.get(column)
        try:
            if isinstance(value, NotComputed):
                raise Faulty(FaultKind.FORMULA)
            return parse(value)
        except Faulty as fault:
            shown = cells.text_of(_plain(value))[:_SHOWN]
            self.faults.append(Fault(row=self.line.number, column=column, kind=fault.kind, value=shown))
            return None


def _read_line(line: Line, *, today: date, policy: RosterPolicy) -> tuple[RosterRow | None, list[Fault]]:
    reader = _Reader(line)
    name = reader.read(Column.NAME, lambda v: cells.read_name(v, policy))
    year = reader.read(Column.BIRTH_YEAR, lambda v: cells.read_birth_year(v, policy, today=today))
    phone = reader.read(Column.PHONE, lambda v: cells.read_phone(v, policy))
    joined = reader.read(
        Column.JOINED_ON, lambda v: cells.read_joined_on(v, policy, birth_year=year, today=today)
    )
    standing = reader.read(Column.STANDING, lambda v: cells.read_standing(v, policy))
    place_text = reader.read(Column.PLACE, lambda v: cells.read_place_text(v, policy)) or ""
    if reader.faults or name is None or year is None or standing is None:
        return None, reader.faults
    joined_on, known_to = joined or (None, KnownTo.DAY)
    place = read_place(place_text)
    return RosterRow(
        row=line.number,
        full_name=name,
        birth_year=year,
        phone=phone,
        joined_on=joined_on,
        joined_known_to=known_to,
        standing=standing,
        place=place.code if place else None,
        place_text=place_text,
    ), []


def _without_doubles(rows: list[RosterRow], faults: list[Fault]) -> Roster:
    """The same name and year twice is two people only when something both rows know tells them apart."""
    kept: dict[tuple[str, int], list[RosterRow]] = {}
    doubles: list[Fault] = []
    for row in rows:
        alike = kept.setdefault((row.full_name.casefold(), row.birth_year), [])
        if all(_told_apart(row, other) for other in alike):
            alike.append(row)
        else:
            doubles.append(
                Fault(row=row.row, column=Column.NAME, kind=FaultKind.DUPLICATE, value=row.full_name)
            )
    taken = sorted((row for alike in kept.values() for row in alike), key=lambda row: row.row)
    return Roster(rows=taken, faults=sorted(faults + doubles, key=lambda fault: fault.row))


def _told_apart(one: RosterRow, other: RosterRow) -> bool:
    pairs = ((one.phone, other.phone), (one.joined_on, other.joined_on))
    return any(a is not None and b is not None and a != b for a, b in pairs)
