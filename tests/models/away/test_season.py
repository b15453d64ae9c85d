"""The dates of a season that comes again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from models.away.away import Away, AwayState, Route, season_dates
from models.away.away.rules import next_moment, season_moment
from models.away.policy import AwayPolicy
from models.ground.clock import HOME_ZONE, local_date

POLICY = AwayPolicy()


def closed(begins_on: date, returned_on: date | None, **more: object) -> Away:
    given = {"state": AwayState.CLOSED, "route": Route.EXEMPT, "closed_at": datetime(2024, 1, 1, tzinfo=UTC)}
    begun_at = datetime.combine(begins_on, datetime.min.time(), UTC)
    return Away(begins_on=begins_on, returned_on=returned_on, begun_at=begun_at, **{**given, **more})


@pytest.mark.parametrize(
    ("left", "back", "first", "last"),
    [
        (date(2024, 2, 29), date(2024, 6, 1), date(2025, 2, 28), date(2025, 5, 31)),  # no such day next year
        (date(2027, 2, 28), date(2027, 6, 1), date(2028, 2, 28), date(2028, 5, 31)),
        (date(2023, 11, 1), date(2024, 3, 1), date(2024, 11, 1), date(2025, 2, 28)),  # the last day was 29/02
        (date(2026, 1, 10), date(2026, 1, 10), date(2027, 1, 10), date(2027, 1, 10)),  # there and back
    ],
)
def test_days_are_those_of_last_year_also_in_leap_years(
    left: date, back: date, first: date, last: date
) -> None:
    assert season_dates(closed(left, back)) == (first, last)


@pytest.mark.parametrize(
    "away",
    [
        closed(date(2026, 1, 10), None),  # ended otherwise: when they came back is not known
        closed(date(2025, 1, 10), date(2026, 2, 1)),  # longer than a year
        closed(date(2026, 1, 10), date(2026, 5, 1), route=Route.FORMAL),  # moved for good
        closed(date(2026, 1, 10), date(2026, 5, 1), state=AwayState.DROPPED),
        closed(date(2026, 1, 10), date(2026, 5, 1), state=AwayState.RETURNING),
    ],
)
def test_what_was_no_season_does_not_come_again(away: Away) -> None:
    assert season_dates(away) is None
    if not away.is_open:
        assert next_moment(away, POLICY) is None


def test_it_is_offered_no_earlier_than_the_day_after_it_was_closed_and_not_in_another_month() -> None:
    late = closed(date(2026, 1, 10), date(2026, 12, 30), closed_at=datetime(2027, 1, 12, 3, tzinfo=UTC))
    assert season_moment(late, POLICY) == datetime(2027, 1, 13, 2, tzinfo=UTC)
    over = closed(date(2026, 1, 10), date(2026, 12, 30), closed_at=datetime(2027, 1, 31, 3, tzinfo=UTC))
    assert season_moment(over, POLICY) is None


@given(
    left=st.dates(date(2020, 1, 1), date(2060, 12, 31)),
    days=st.integers(0, 364),
)
def test_a_season_keeps_its_month_its_length_and_its_year(left: date, days: int) -> None:
    back = left + timedelta(days=days)
    again = season_dates(closed(left, back))
    assert again is not None
    first, last = again
    assert (first.year, first.month) == (left.year + 1, left.month)
    assert abs((last - first).days - max(days - 1, 0)) <= 1
    moment = season_moment(closed(left, back), POLICY)
    if moment is not None:
        on = local_date(moment, HOME_ZONE)
        assert (on.year, on.month) == (first.year, first.month)
