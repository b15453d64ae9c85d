"""Wall clocks: what is skipped, what comes twice, and the night."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, strategies as st

from models.ground.clock import NIGHT, SettableClock, add_months, at_wall, decent, local_date

ZONES = st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants its bounds naive


@given(day=DAYS, clock=CLOCKS, zone=ZONES)
def test_a_wall_time_is_the_first_moment_that_shows_it_or_the_end_of_the_gap(
    day: date, clock: time, zone: str
) -> None:
    moment, wanted = at_wall(day, clock, zone), datetime.combine(day, clock)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown >= wanted
    if shown == wanted:
        earlier = [moment - timedelta(minutes=m) for m in range(15, 181, 15)]
        assert all(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wanted for at in earlier)
    else:
        before = (moment - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert before < wanted


@pytest.mark.parametrize(
    ("zone", "day", "clock", "utc"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00"),  # skipped
        ("Europe/Berlin", date(2027, 10, 31), time(2, 30), "2027-10-31T00:30"),  # twice: the first
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            "2026-10-03T15:30",
        ),  # half an hour is skipped
        ("Pacific/Apia", date(2011, 12, 30), time(19), "2011-12-30T10:00"),  # a whole day never was
        ("Asia/Ho_Chi_Minh", date(2026, 12, 1), time(19), "2026-12-01T12:00"),
    ],
)
def test_gaps_and_repeated_hours(zone: str, day: date, clock: time, utc: str) -> None:
    assert at_wall(day, clock, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@given(moment=MOMENTS, zone=ZONES)
def test_a_decent_moment_is_never_at_night_and_never_far(moment: datetime, zone: str) -> None:
    at = decent(moment, zone)
    assert NIGHT.ends <= at.astimezone(ZoneInfo(zone)).time() < NIGHT.begins
    assert timedelta() <= at - moment <= timedelta(hours=12)


@given(month=DAYS, count=st.integers(0, 40))
def test_months_are_counted_over_the_years(month: date, count: int) -> None:
    later = add_months(month, count)
    assert later.day == 1
    assert (later.year * 12 + later.month) - (month.year * 12 + month.month) == count


def test_the_local_date_is_the_readers() -> None:
    moment = datetime(2026, 12, 1, 18, tzinfo=UTC)
    assert local_date(moment, "Asia/Ho_Chi_Minh") == date(2026, 12, 2)
    assert local_date(moment, "America/New_York") == date(2026, 12, 1)


def test_a_set_clock_does_not_run_backwards() -> None:
    clock = SettableClock(datetime(2026, 12, 1, tzinfo=UTC))
    clock.set(datetime(2026, 11, 1, tzinfo=UTC))
    assert clock() == datetime(2026, 12, 1, tzinfo=UTC)
