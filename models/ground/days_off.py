"""Long holidays: nobody is asked, reminded, overdue or called about on such a day, and none of them counts as a day to answer.

Tết moves from year to year, and what is announced around it, too: the days come from the calendar (models/ground/workdays), and the
operator adds those of the cell's own (BOT_CHECKIN__DAYS_OFF). A single public holiday stops nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from pydantic import Field

from models.ground.rules import Policy
from models.ground.workdays import WorkdayPolicy, is_workday

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
    if is_workday(day, calendar):
        return False
    first = last = day
    while not is_workday(first - _DAY, calendar):
        first -= _DAY
    while not is_workday(last + _DAY, calendar):
        last += _DAY
    return (last - first).days + 1 >= shortest
