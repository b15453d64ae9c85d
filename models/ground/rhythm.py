"""When a member is asked to check in: a rhythm, and the occurrences that it makes.

    opens day 1            nudges day 3, 5      due day 5          late after the grace, day 7
    |----- open -----------|--------------------|------------------|
    19:00 in the member's own clock, each of them

Pure rules: dates in, UTC moments out. A cell has one rhythm, a member may have another (kinder) one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Self

from pydantic import Field, model_validator

from models.ground.clock import (
    add_months,
    at_wall,
    local_date,
)
from models.ground.days_off import DaysOff
from models.ground.rules import Policy


class Rhythm(Policy):
    """Monthly by default. Days are days of the month; `hour` is the member's own clock."""

    every_months: int = Field(default=1, ge=1, le=12)
    """Months from one check-in to the next; a cell or a member may have a rhythm of their own."""
    opens_day: int = Field(default=1, ge=1, le=28)  # every month has a 28th
    """The day of the month on which a check-in is asked for."""
    due_day: int = Field(default=5, ge=1, le=28)
    """The day of the month by which it is answered."""
    hour: int = Field(default=19, ge=7, le=20)  # never in the night (clock.NIGHT)
    """The hour, in the member's own clock, of all that is asked."""
    nudge_days_before: tuple[int, ...] = (2, 0)
    """Days before the due day on which those who owe are reminded."""
    grace_days: int = Field(default=2, ge=0, le=20)
    """Days after the due day until it counts as late and the secretary hears of it."""
    weekday: int | None = Field(default=None, ge=0, le=6)
    """Asked on the first such weekday from the opening day on (0: Monday); all other days move along with it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.due_day <= self.opens_day:
            raise ValueError("due_day comes after opens_day")
        if any(not 0 <= days < self.due_day - self.opens_day for days in self.nudge_days_before):
            raise ValueError("nudges lie between the opening and the due day")
        if self.due_day > self.last_due_day:
            raise ValueError("with a weekday, due_day is at most 22: the days may move on by six")
        return self

    @property
    def last_due_day(self) -> int:
        """Return the last day of the month that may be the due day."""
        return 28 if self.weekday is None else 22

    def with_(self, **values: int | tuple[int, ...]) -> Rhythm:
        """Return it with these values in place of its own, looked over like any other; ValueError where they do not fit."""
        return Rhythm.model_validate(self.model_dump() | values)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One turn of a rhythm, in UTC. `period` is the month it belongs to."""

    period: date
    opens_at: datetime
    due_at: datetime
    late_at: datetime
    nudges_at: tuple[datetime, ...]
    next_opens_at: datetime  # where it closes at the latest


@lru_cache(maxsize=4096)  # a tick asks the same for everybody of a cell and a clock
def occurrence(rhythm: Rhythm, month: date, zone: str, off: DaysOff) -> Occurrence:
    """Return the turn that opens in `month`. On days of a long holiday nobody is asked, and nobody has to answer."""

    def opening(first: date) -> date:
        return first.replace(day=rhythm.opens_day) + timedelta(days=_until_weekday(rhythm, first))

    def moment(day: date) -> datetime:
        return at_wall(day, time(rhythm.hour), zone)

    first = month.replace(day=1)
    opens_on = off.first(opening(first))
    next_opens_on = off.first(opening(add_months(first, rhythm.every_months)))
    last = max(off.before(next_opens_on, 1), opens_on)  # due and late before it closes, however long Tết is
    due_on = min(off.after(opens_on, rhythm.due_day - rhythm.opens_day), last)
    return Occurrence(
        period=first,
        opens_at=moment(opens_on),
        due_at=moment(due_on),
        late_at=moment(min(off.after(due_on, rhythm.grace_days), last)),
        nudges_at=nudges(rhythm, due_on, zone, off),
        next_opens_at=moment(next_opens_on),
    )


@lru_cache(maxsize=4096)
def nudges(rhythm: Rhythm, due_on: date, zone: str, off: DaysOff) -> tuple[datetime, ...]:
    """Return the reminders before a due day, the earliest first."""
    days = sorted(rhythm.nudge_days_before, reverse=True)
    return tuple(at_wall(off.before(due_on, count), time(rhythm.hour), zone) for count in days)


def _until_weekday(rhythm: Rhythm, first: date) -> int:
    """Days from the opening day of this month to the weekday on which it is asked."""
    if rhythm.weekday is None:
        return 0
    return (rhythm.weekday - first.replace(day=rhythm.opens_day).weekday()) % 7


@lru_cache(maxsize=4096)
def first_occurrence(rhythm: Rhythm, *, after: datetime, zone: str, off: DaysOff) -> Occurrence:
    """Return the first turn that opens later than `after`. In longer rhythms the months count from January."""
    month = local_date(after, zone).replace(day=1)
    while True:
        turn = occurrence(rhythm, month, zone, off)
        if turn.opens_at > after and (month.month - 1) % rhythm.every_months == 0:
            return turn
        month = add_months(month, 1)
