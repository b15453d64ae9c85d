"""A day, or as much of it as people know: "2014" stays a year, and is never printed as the 1st of January.

    PartDate(2014)          2014          stored as "2014"
    PartDate(2010, 2)       02/2010       stored as "2010-02"
    PartDate(2010, 2, 3)    03/02/2010    stored as "2010-02-03"

Rules that need a day take the first one that it may mean (`first`) or the last (`last`), and say which.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Dialect, String, TypeDecorator


@dataclass(frozen=True, slots=True)
class PartDate:
    """Year, month and day as far as they are known; ValueError for a day that no calendar has."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, whole: date) -> PartDate:
        return cls(whole.year, whole.month, whole.day)

    @classmethod
    def read(cls, stored: str) -> PartDate:
        """Read "2010-02" as PartDate(2010, 2). Raises ValueError for anything that `str` would not write."""
        return cls(*(int(part) for part in stored.split("-")))

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def whole(self) -> date | None:
        """The day itself; None where only a month or a year is known."""
        return self.first if self.day is not None else None

    def fits(self, other: PartDate) -> bool:
        """Return whether both may mean the same day: "2010" fits 03/02/2010."""
        return self.first <= other.last and other.first <= self.last

    @property
    def parts(self) -> int:
        """How much is known: 1 a year, 2 a month, 3 a day."""
        return 1 + (self.month is not None) + (self.day is not None)

    def __str__(self) -> str:
        """2010-02: as it is stored; sorts as dates do."""
        written = f"{self.year:04d}"
        written += f"-{self.month:02d}" if self.month is not None else ""
        return written + (f"-{self.day:02d}" if self.day is not None else "")

    def written(self) -> str:
        """Write it as people here do: 2014, 02/2010, 03/02/2010."""
        return "/".join(reversed(str(self).split("-")))


class PartDateText(TypeDecorator[PartDate]):
    """Kept as text, "2010-02": it sorts right, and both databases give back what was known and no more."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> PartDate | None:
        return None if value is None else PartDate.read(value)
