"""Long holidays: nobody is asked, reminded, overdue or called about on such a day, and none of them counts as a day to answer.

Tết moves from year to year, and what is announced around it, too: the days come from the calendar (models/ground/workdays), and the
operator adds those of the cell's own (BOT_CHECKIN__DAYS_OFF). A single public holiday stops nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from pydantic import Field

from models.ground.rules import Policy
from models.ground.workdays import WorkdayPolicy, is_workday, lunar_new_year

_DAY = timedelta(days=1)


class DaysOff(Policy):
    shortest: int = Field(default=5, ge=2, le=30)
    """So many days without work in a row, weekends among them, are a time of rest."""
    more: tuple[date, ...] = ()
    """Days of rest of one's own besides: a festival of the place."""
    calendar: WorkdayPolicy = WorkdayPolicy()
    """What was announced since (BOT_WORKDAY__CHANGES): the settings put it here."""

    def rests(self, day: date) -> bool:
        """Return whether the day lies in a long holiday, or is one of the cell's own."""
        return day in self.more or _is_long(day, self.shortest, self.calendar)

    def first(self, day: date) -> date:
        """Return that day, or the first after it that is no day of rest."""
        while self.rests(day):
            day += _DAY
        return day

    def after(self, day: date, count: int) -> date:
        """Return the `count`-th day after it that is no day of rest."""
        for _ in range(count):
            day = self.first(day + _DAY)
        return day

    def before(self, day: date, count: int) -> date:
        """Return the `count`-th day before it that is no day of rest."""
        for _ in range(count):
            day -= _DAY
            while self.rests(day):
                day -= _DAY
        return day


@lru_cache(maxsize=4096)
def _is_long(day: date, shortest: int, calendar: WorkdayPolicy) -> bool:
    """Whether it lies in a run of at least so many days without work."""
    return not is_workday(day, calendar) and _length(_run(day, calendar)) >= shortest


def _run(day: date, calendar: WorkdayPolicy) -> tuple[date, date]:
    """The first and the last of the days without work around that day, which is one."""
    first = last = day
    while not is_workday(first - _DAY, calendar):
        first -= _DAY
    while not is_workday(last + _DAY, calendar):
        last += _DAY
    return first, last


def _length(run: tuple[date, date]) -> int:
    return (run[1] - run[0]).days + 1


# --- the holidays on which people go home ---------------------------------------------------------------------------


class Feast(StrEnum):
    TET = "tet"
    APRIL = "april"  # 30/4 and 1/5
    SEPTEMBER = "september"  # 2/9


@dataclass(frozen=True, slots=True)
class Holiday:
    """One of them: its day, and the days without work around it."""

    feast: Feast
    day: date
    first: date
    last: date


def next_holiday(today: date, *, shortest: int, calendar: WorkdayPolicy) -> Holiday:
    """Return the holiday that is running or comes next, of at least so many days without work in a row."""
    years = (today.year, today.year + 1, today.year + 2)
    found = (_holiday(feast, year, calendar) for year in years for feast in Feast)
    return next(one for one in found if one.last >= today and _length((one.first, one.last)) >= shortest)


def _holiday(feast: Feast, year: int, calendar: WorkdayPolicy) -> Holiday:
    days = {
        Feast.TET: lunar_new_year(year),
        Feast.APRIL: date(year, 4, 30),
        Feast.SEPTEMBER: date(year, 9, 2),
    }
    return Holiday(feast, days[feast], *_run(days[feast], calendar))
