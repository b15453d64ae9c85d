"""An .ods (LibreOffice) as grids, read from its content.xml: one pass, everything repeated is counted, not copied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from models.delivery.foreign.plain_xml import count_elements
from models.desk.policy import RosterPolicy
from models.desk.roster.cells import SERIAL_ZERO, Value
from models.desk.roster.grids import Grid, Merged, NotComputed, Row
from models.desk.roster.package import opened, plain_xml
from models.desk.roster.rows import UnreadableRoster
from models.phrases.desk import roster as phrases

_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_RUNS = ("basic/", "scripts/")


def read_opendocument(data: bytes, policy: RosterPolicy) -> list[Grid]:
    """Return the sheets in their order. Raises `UnreadableRoster` for a text, for one with a password or with macros."""
    with opened(data, policy) as package:
        names = {name.lower(): name for name in package.namelist()}
        if any(name.startswith(_RUNS) for name in names):
            raise UnreadableRoster(phrases.macros())
        if "mimetype" not in names or package.read(names["mimetype"])[:200].strip() != _SHEET:
            raise UnreadableRoster(phrases.other_document())
        manifest = names.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in package.read(manifest):
            raise UnreadableRoster(phrases.protected())
        xml = plain_xml(package, names.get("content.xml", "content.xml"), most=policy.max_sheet)
        count_elements(xml, most=policy.max_elements)
        return _Reader(policy).read(xml)


@dataclass(frozen=True, slots=True)
class _Style:
    font: str = ""
    struck: bool = False
    hidden: bool = False


@dataclass
class _Reader:
    policy: RosterPolicy
    grids: list[Grid] = field(default_factory=list)
    styles: dict[str, _Style] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    style: str = ""
    row: Row | None = None
    number: int = 0
    repeated: int = 1
    place: int = 0
    columns: int = 0
    lines: int = 0
    cell: dict[str, str] | None = None
    said: list[str] = field(default_factory=list)
    zero: date = SERIAL_ZERO
    depth: int = 0
    """Of tables: one within a cell is no sheet."""
    quiet: int = 0
    """Within a note beside a cell."""

    def read(self, xml: bytes) -> list[Grid]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.begins
        parser.EndElementHandler = self.ends
        parser.CharacterDataHandler = self.says
        parser.Parse(xml, True)
        return self.grids

    def begins(self, name: str, said: dict[str, str]) -> None:
        match name:
            case "style:style":
                self.style = said.get("style:name", "")
                self.styles[self.style] = self.styles.get(said.get("style:parent-style-name", ""), _Style())
            case "style:font-face":
                self.fonts[said.get("style:name", "")] = said.get("svg:font-family", "").strip("'\"")
            case "style:text-properties" if self.style:
                held = self.styles[self.style]
                named = said.get("style:font-name", "")
                font = (
                    said.get("fo:font-family", "").strip("'\"") or self.fonts.get(named, named) or held.font
                )
                struck = said.get("style:text-line-through-style", "none") != "none" or held.struck
                self.styles[self.style] = _Style(font, struck, held.hidden)
            case "style:table-properties" if self.style and said.get("table:display") == "false":
                self.styles[self.style] = _Style(hidden=True)
            case "table:null-date":
                self.zero = _day(said.get("table:date-value", SERIAL_ZERO.isoformat()))
            case "office:annotation":
                self.quiet += 1
            case "table:table":
                self.depth += 1
                if self.depth == 1:
                    self.begins_sheet(said)
            case _ if self.depth == 1:
                self.begins_in_sheet(name, said)

    def begins_sheet(self, said: dict[str, str]) -> None:
        hidden = self.styles.get(said.get("table:style-name", ""), _Style()).hidden
        self.merged = []
        self.grids.append(Grid(said.get("table:name", ""), [], self.merged, hidden, zero=self.zero))
        self.number = self.columns = 0

    def begins_in_sheet(self, name: str, said: dict[str, str]) -> None:
        match name:
            case "table:table-column":
                first, count = self.columns + 1, _count(said, "table:number-columns-repeated")
                self.columns += count
                if said.get("table:visibility", "visible") != "visible":
                    last = min(self.columns, self.policy.max_columns)
                    self.grids[-1].hidden_columns |= frozenset(range(first, last + 1))
            case "table:table-row":
                self.number += 1
                self.repeated, self.place = _count(said, "table:number-rows-repeated"), 0
                self.row = Row(self.number, [], hidden=said.get("table:visibility", "visible") != "visible")
            case "table:table-cell" | "table:covered-table-cell":
                self.cell, self.said = said, []
            case "text:p" if self.said:
                self.said.append("\n")
            case "text:s" | "text:tab" | "text:line-break":
                self.said.append("\n" if name == "text:line-break" else " ")
            case _:
                pass

    def says(self, text: str) -> None:
        if self.cell is not None and self.depth == 1 and not self.quiet:
            self.said.append(text)

    def ends(self, name: str) -> None:
        match name:
            case "style:style":
                self.style = ""
            case "office:annotation":
                self.quiet -= 1
            case "table:table":
                self.depth -= 1
            case "table:table-cell" | "table:covered-table-cell" if self.depth == 1 and self.cell is not None:
                self.ends_cell(self.cell)
                self.cell = None
            case "table:table-row" if self.depth == 1 and self.row is not None:
                self.ends_row(self.row)

    def ends_cell(self, said: dict[str, str]) -> None:
        row, count = self.row, _count(said, "table:number-columns-repeated")
        if row is None:
            return
        value = _value(said, "".join(self.said))
        room = max(self.policy.max_columns - len(row.cells), 0)
        style = self.styles.get(said.get("table:style-name", ""), _Style())
        for place in range(len(row.cells), len(row.cells) + min(count, room)) if value is not None else ():
            if style.font:
                row.fonts[place] = style.font
            if style.struck:
                row.struck |= {place}
        row.cells += [value] * min(count, room)
        wide, high = _count(said, "table:number-columns-spanned"), _count(said, "table:number-rows-spanned")
        if wide > 1 or high > 1:
            first = self.place + 1
            self.merged.append((first, self.number, first + wide - 1, self.number + high - 1))
        self.place += count

    def ends_row(self, row: Row) -> None:
        # empty rows are counted only: LibreOffice repeats one to the end of the sheet
        if any(value not in (None, "") for value in row.cells):
            if self.number + self.repeated - 1 > self.policy.max_lines:
                raise UnreadableRoster(phrases.too_many_rows(limit=self.policy.max_rows))
            for more in range(self.repeated):
                self.lines += 1
                copy = Row(row.number + more, list(row.cells), row.fonts, row.struck, row.hidden)
                self.grids[-1].rows.append(copy)
            if self.lines > self.policy.max_lines:
                raise UnreadableRoster(phrases.too_many_rows(limit=self.policy.max_rows))
        self.number += self.repeated - 1
        self.row = None


def _count(said: dict[str, str], name: str) -> int:
    written = said.get(name, "1")
    # far more than any sheet has: only a file made for it says so
    return min(max(int(written), 1), 20_000_000) if written.isdecimal() and len(written) < 9 else 1


def _value(said: dict[str, str], text: str) -> Value | NotComputed:
    """The value as the file holds it; the text that people see where it holds none."""
    reader: dict[str, Callable[[], Any]] = {
        "float": lambda: _number(said["office:value"]),
        "date": lambda: _day(said["office:date-value"]),
        "boolean": lambda: said["office:boolean-value"] == "true",
    }
    kind = said.get("office:value-type") or said.get("calcext:value-type", "")
    try:
        value = reader[kind]() if kind in reader else text
    except (KeyError, ValueError):
        value = text
    if value in (None, ""):
        return NotComputed() if said.get("table:formula") and kind not in ("string", "") else None
    return value


def _number(written: str) -> int | float:
    number = float(written)
    # beyond that a float is not exact
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _day(written: str) -> date:
    return datetime.fromisoformat(written).date() if "T" in written else date.fromisoformat(written)
