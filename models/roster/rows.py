"""What a roster file holds, and what can be wrong with it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.errors import Refused
from models.member import Standing
from models.phrases import roster as phrases
from models.phrases.text import Text


class RosterPolicy(BaseModel):
    """How much of a file is looked at; beyond, it is refused with a sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    max_bytes: int = 5_000_000
    """Bytes of a roster file as it is sent."""
    max_unzipped: int = 60_000_000
    """Bytes of all its parts together, unpacked."""
    max_sheet: int = 12_000_000
    """Bytes of one sheet's XML; 2,000 people take about one million."""
    max_loaded: int = 16_000_000
    """Bytes of the parts that are read whole: shared strings, styles."""
    max_parts: int = 1_000
    """Files inside the workbook."""
    max_elements: int = 1_000_000
    """XML elements of all parts together; 2,000 people in ten columns take fifty thousand."""
    max_rows: int = 2_000
    """People in one file."""
    max_lines: int = 20_000
    """Rows of the sheet, empty ones too."""
    max_columns: int = 60
    """Columns of the sheet that are looked at."""
    max_name: int = 100
    """Characters of a name; a longer one is a fault."""
    max_cell: int = 300
    """Characters of any other cell; a longer one is a fault."""
    min_age: int = 18
    """The youngest age on a roster (Điều lệ Đảng, Điều 1: from eighteen years on). Two-digit years are read by it."""
    min_age_joined: int = 15
    """The youngest age of admission that is believed; lenient, old admissions were sometimes early."""


class Column(StrEnum):
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    PHONE = "phone"
    JOINED_ON = "joined_on"
    STANDING = "standing"
    PLACE = "place"


REQUIRED = (Column.NAME, Column.BIRTH_YEAR, Column.STANDING)


class FaultKind(StrEnum):
    MISSING = "missing"  # empty, but needed
    WRONG = "wrong"  # not what the column holds
    TOO_LONG = "too_long"
    ONE_WORD = "one_word"  # a given name alone
    OUT_OF_RANGE = "out_of_range"  # a year of birth that no member has
    FUTURE = "future"
    TOO_EARLY = "too_early"  # joined as a child
    FORMULA = "formula"  # a formula that was never computed, or that failed
    DUPLICATE = "duplicate"  # the same person twice, as far as can be seen


class KnownTo(StrEnum):
    """How exact a date is: "2010" is kept as 01/01/2010, known to the year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Fault(BaseModel):
    """One cell that a person must look at; `value` is what stands there, shortened."""

    model_config = ConfigDict(frozen=True)

    row: int
    column: Column
    kind: FaultKind
    value: str = ""

    @property
    def phrase(self) -> Text:
        return phrases.fault(row=self.row, column=self.column, kind=self.kind, value=self.value)


class RosterRow(BaseModel):
    """One person of the file; `row` is the number Excel shows."""

    model_config = ConfigDict(frozen=True)

    row: int
    full_name: str
    birth_year: int
    phone: str | None = None
    """E.164"""
    joined_on: date | None = None
    joined_known_to: KnownTo = KnownTo.DAY
    standing: Standing
    place: str | None = None
    """A code of `models.places`; None when the text does not say clearly."""
    place_text: str = ""


class Roster(BaseModel):
    """The rows that can be taken, and the faults of those that cannot; both in the order of the file."""

    model_config = ConfigDict(frozen=True)

    rows: list[RosterRow]
    faults: list[Fault]


class UnreadableRoster(Refused):
    """This file is no roster, or not one that may be opened."""
