"""What a roster file holds, and what can be wrong with it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.ground.errors import Refused
from models.ground.part_date import PartDate
from models.people.member import Standing
from models.phrases.desk import roster as phrases
from models.phrases.text import Text


class Column(StrEnum):
    NAME = "name"
    BIRTH_YEAR = "birth_year"
    PHONE = "phone"
    JOINED_ON = "joined_on"
    OFFICIAL_ON = "official_on"
    STANDING = "standing"
    PLACE = "place"


REQUIRED = (Column.NAME, Column.BIRTH_YEAR, Column.STANDING)


class FaultKind(StrEnum):
    MISSING = "missing"  # empty, but needed
    WRONG = "wrong"  # not what the column holds
    TOO_LONG = "too_long"
    OUT_OF_RANGE = "out_of_range"  # a year of birth that no member has
    FUTURE = "future"
    TOO_EARLY = "too_early"  # joined as a child
    BEFORE_JOINING = "before_joining"  # official before having joined
    ANOTHERS = "anothers"  # a number that the file says is a relative's
    FORMULA = "formula"  # a formula that was never computed, or that failed
    DUPLICATE = "duplicate"  # the same person twice, as far as can be seen


class RosterFault(BaseModel):
    """One cell that a person must look at; `value` is what stands there, shortened.

    In a column that a person needs it costs the row; in any other it costs the cell alone.
    """

    model_config = ConfigDict(frozen=True)

    row: int
    column: Column
    kind: FaultKind
    value: str = ""

    @property
    def costs_the_row(self) -> bool:
        return self.column in REQUIRED

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
    joined_on: PartDate | None = None
    official_on: PartDate | None = None
    standing: Standing
    place: str | None = None
    """A code of `models.ground.places`; None when the text does not say clearly."""
    place_text: str = ""


class AsideKind(StrEnum):
    """What of a file was left aside, or read otherwise than it stands there."""

    SHEET = "sheet"  # another sheet
    COLUMN = "column"  # a column that the roster does not have
    HIDDEN_COLUMN = "hidden_column"  # one that is read, though nobody sees it
    HIDDEN = "hidden"  # a row that is hidden or filtered out
    STRUCK = "struck"  # a row that is crossed out
    LEFT = "left"  # a row of somebody who, it says, has moved away, died or left
    BELOW = "below"  # what stands under the list: sums, signatures
    UNNAMED = "unnamed"  # rows without a name
    OFFICE = "office"  # what stood beside a name
    NUMBER = "number"  # a second number, what stood beside a number
    ONE_WORD = "one_word"  # a name of one word, taken as it is
    NAMESAKES = "namesakes"  # alike in name and year, taken as two people
    FONT = "font"  # letters of an old font, converted


class Aside(BaseModel):
    """One such thing; `row` 0: of the whole file."""

    model_config = ConfigDict(frozen=True)

    kind: AsideKind
    row: int = 0
    who: str = ""
    what: str = ""

    @property
    def phrase(self) -> Text:
        return phrases.aside(kind=self.kind, row=self.row, who=self.who, what=self.what)


class Left(BaseModel):
    """A row that was not taken, as it stands in the file, so that it can be put right and sent again."""

    model_config = ConfigDict(frozen=True)

    row: int
    cells: dict[Column, str]


class Roster(BaseModel):
    """The rows that can be taken, what is wrong, what was left aside; each in the order of the file."""

    model_config = ConfigDict(frozen=True)

    rows: list[RosterRow] = []
    faults: list[RosterFault] = []
    asides: list[Aside] = []
    left: list[Left] = []


class UnreadableRoster(Refused):
    """This file is no roster, or not one that may be opened."""
