"""Ratings in numbers: always from counts, always with their base; what was printed elsewhere is compared, never believed.

239 of 2.001 rated = 11,944 %   shown as 11,94 on the base 2.001
printed 12,33                   DISAGREES: on this base it is another number
printed 2,39 for 2,3988         CUT_OFF: the last figure was dropped, not rounded
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from models.year.policy import RatingPolicy
from models.year.review.rating_rows import Printed
from models.year.review.states import Level


class Fit(StrEnum):
    """How a printed percentage stands to the count beside it."""

    AGREES = "agrees"
    CUT_OFF = "cut off"
    DISAGREES = "disagrees"


class Cap(NamedTuple):
    """Excellent ratings beside those that the rule would allow: two counts, no verdict."""

    excellent: int
    good: int
    allowed: int
    allowed_by_exception: int


@dataclass(frozen=True)
class LevelTally:
    """How many members were rated at each level. `members`: all of the group, rated or not."""

    counts: Mapping[Level, int]
    members: int

    @cached_property
    def rated(self) -> int:
        """How many were rated at all: percentages are of these, not of `members`."""
        return sum(self.counts.values())

    @property
    def not_rated(self) -> int:
        return self.members - self.rated

    def percent(self, level: Level) -> Decimal | None:
        """Return the part at this level of those rated, in per cent and unrounded; None when nobody is rated."""
        return Decimal(100 * self.counts.get(level, 0)) / self.rated if self.rated else None

    def cap(self, policy: RatingPolicy) -> Cap:
        good = self.counts.get(Level.GOOD, 0)
        return Cap(
            excellent=self.counts.get(Level.EXCELLENT, 0),
            good=good,
            # per cent of those rated good, not of all members (QĐ 366-QĐ/TW, điều 11)
            allowed=good * policy.cap_percent // 100,
            allowed_by_exception=good * policy.exception_percent // 100,
        )


def tally(levels: Iterable[Level | None]) -> LevelTally:
    """Count one level for each member; None: not rated."""
    known = list(levels)
    return LevelTally({level: known.count(level) for level in Level}, len(known))


def add(*tallies: LevelTally | None) -> LevelTally:
    """Add several tallies together; None counts nobody."""
    known = [one for one in tallies if one is not None]
    counts = {level: sum(one.counts.get(level, 0) for one in known) for level in Level}
    return LevelTally(counts, sum(one.members for one in known))


class Compared(NamedTuple):
    """One printed line beside what its own count gives."""

    level: Level
    people: int
    percent: Decimal | None
    printed: Decimal | None
    fit: Fit | None


def compare(printed: Printed) -> tuple[LevelTally, list[Compared]]:
    """Compute printed figures again from their own counts, and compare."""
    rated = sum(printed.counts.values())
    counted = LevelTally(printed.counts, rated if printed.members is None else printed.members)
    return counted, [_compared(counted, level, printed.percent.get(level)) for level in Level]


def _compared(counted: LevelTally, level: Level, said: Decimal | None) -> Compared:
    exact = counted.percent(level)
    fit = None if said is None or exact is None else fit_of(exact, said)
    return Compared(level, counted.counts.get(level, 0), exact, said, fit)


def fit_of(exact: Decimal, said: Decimal) -> Fit:
    """Compare at as many places as were printed."""
    if exact.quantize(said, ROUND_HALF_UP) == said:
        return Fit.AGREES
    return Fit.CUT_OFF if exact.quantize(said, ROUND_DOWN) == said else Fit.DISAGREES
