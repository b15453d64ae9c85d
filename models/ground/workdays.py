"""Working days in Vietnam: Monday to Friday, public holidays and swapped days counted as they were announced.

    law and calendar (library `holidays`)  ──┐
    changes: announced since, each with its  ├──> is_workday(day) ──> add_workdays, workdays_between
    source (BOT_WORKDAY__CHANGES)          ──┘

Tết and the days in lieu of holidays that fall on a weekend follow from the Labour Code; swapped days are announced year
by year, so the library knows those of the past and of the year that is running. What it does not know yet, the operator
adds as a change, which outweighs all else.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_DAY = timedelta(days=1)


class DayChange(BaseModel):
    """One day that is not what the calendar says, and the document that says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    works: bool  # True: a Saturday worked in exchange; False: a day off
    source: Annotated[str, Field(min_length=3)]  # "Thông báo 6150/TB-BLĐTBXH"


class WorkdayPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    changes: tuple[DayChange, ...] = Field(
        (), description="Days off and days worked that were announced after this version was made."
    )


USUAL = WorkdayPolicy()


def is_workday(day: date, policy: WorkdayPolicy) -> bool:
    """Return whether `day` is worked in Vietnam: as a change says, else by the calendar and its swapped days."""
    changed = [change.works for change in policy.changes if change.day == day]
    if changed:
        return changed[-1]  # of two changes for one day the later line counts
    off, worked = _announced(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def add_workdays(day: date, count: int, policy: WorkdayPolicy) -> date:
    """Return the `count`-th working day after `day`, which is not counted; 0 is `day`. Raises ValueError below 0."""
    if count < 0:
        raise ValueError("working days are counted forward")
    while count:
        day += _DAY
        count -= is_workday(day, policy)
    return day


def workdays_between(start: date, end: date, policy: WorkdayPolicy) -> int:
    """Count working days after `start` up to and with `end`; negative when `end` is earlier."""
    if end < start:
        return -workdays_between(end, start, policy)
    return sum(is_workday(start + _DAY * n, policy) for n in range(1, (end - start).days + 1))


@lru_cache(maxsize=64)
def lunar_new_year(year: int) -> date:
    """Return the first day of Tết by Vietnam's calendar, which now and then differs from China's by a day (2007, 2030)."""
    from holidays import country_holidays  # slow to import

    found = country_holidays("VN", years=year, language="en_US").get_named("Lunar New Year", lookup="exact")
    return next(day for day in found if day.year == year)


@lru_cache(maxsize=64)
def _announced(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off and swapped working days of a year. A swap is announced with its day off, be that in the next year."""
    from holidays import country_holidays  # slow to import

    found = country_holidays("VN", years=range(year - 1, year + 2))
    return (
        frozenset(day for day in found if day.year == year),
        frozenset(day for day in found.weekend_workdays if day.year == year),
    )
