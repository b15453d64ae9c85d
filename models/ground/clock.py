"""What time it is, and what a wall clock somewhere shows.

Time is a value that is handed down: the three files that hold a clock (`bot/receiving.py`, `jobs/ground/runner.py`,
`bot/sending.py`) ask it once per piece of work. Rules are wall-clock rules in somebody's zone ("nineteen o'clock on the
first"); what is stored and compared is UTC.
"""

from __future__ import annotations

import time as _time
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOME_ZONE = "Asia/Ho_Chi_Minh"


class Night(NamedTuple):
    """The hours of somebody's own clock in which nothing is said that can wait."""

    begins: time = time(21)
    ends: time = time(7)


NIGHT = Night()

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def steady_seconds() -> float:
    """Return seconds that nobody can set: since the machine started, its sleep included where the system counts that."""
    boot = getattr(_time, "CLOCK_BOOTTIME", None)
    return _time.clock_gettime(boot) if boot is not None else _time.monotonic()


@lru_cache(maxsize=4096)
def at_wall(day: date, clock: time, zone: str) -> datetime:
    """Return the UTC moment when clocks in `zone` first show `clock` on `day`.

    A skipped hour becomes the first valid minute after it, a repeated one its first occurrence (product.md §4).
    """
    local = datetime.combine(day, clock, ZoneInfo(zone))  # fold=0: the first of a repeated hour
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _first_valid_minute(local)


def _first_valid_minute(skipped: datetime) -> datetime:
    """The end of the gap that `skipped` fell into: there the offset changes from the one before to the one after."""
    zone = skipped.tzinfo
    after = skipped.replace(fold=0).astimezone(
        UTC
    )  # read with the offset before the gap: it lies past the change
    before = skipped.replace(fold=1).astimezone(
        UTC
    )  # read with the offset after it: it lies ahead of the change
    low, high = before, after
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before.astimezone(zone).utcoffset():
            low = middle
        else:
            high = middle
    # `high` lies less than a minute past the change, and clocks change on full minutes
    return high.replace(second=0, microsecond=0)


def local_date(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()


def local_text(moment: datetime, zone: str) -> str:
    """Return `07:30 01/12/2026`, as clocks in `zone` show it."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M %d/%m/%Y}"


def add_months(month: date, count: int) -> date:
    """Return the first day of the month `count` months after `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def same_day(day: date, months: int) -> date:
    """Return the same day `months` later; in a shorter month, its last day."""
    first = add_months(day, months)
    return min(first + timedelta(days=day.day - 1), add_months(first, 1) - timedelta(days=1))


@lru_cache(maxsize=4096)  # a tick asks the same of thousands
def decent(moment: datetime, zone: str, night: Night = NIGHT) -> datetime:
    """Return `moment`, or the end of the night in `zone` that it falls into. For a member: `decent_for`."""
    local = moment.astimezone(ZoneInfo(zone))
    clock = local.time()
    if night.ends <= clock < night.begins:
        return moment
    morning = local.date() if clock < night.ends else local.date() + timedelta(days=1)
    return at_wall(morning, night.ends, zone)


def is_night(moment: datetime, zone: str, night: Night = NIGHT) -> bool:
    """Return whether nobody there is spoken to unasked."""
    return decent(moment, zone, night) != moment


class SettableClock:
    """A clock that stands where it is put: tests and the time machine."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        """Set the clock; a moment before the present one changes nothing."""
        self.now = max(self.now, now.astimezone(UTC))

    def advance(self, by: timedelta) -> None:
        self.set(self.now + by)
