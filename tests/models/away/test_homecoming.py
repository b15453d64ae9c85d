"""The evening on which most are at home, and the holidays for which people come, by Vietnam's own calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from models.away.homecoming import best_evening, family_evenings, likely_arrivals, likely_leavings
from models.away.policy import AwayPolicy
from models.ground.days_off import DaysOff, Feast, next_holiday
from models.ground.workdays import USUAL, lunar_new_year
from tests.sizes import sized

DAY = timedelta(days=1)
START = date(2027, 1, 25)
# the first day of Tết as it is kept in Vietnam; 2007 and 2030 lie a day before China's
TET = {
    2007: date(2007, 2, 17),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 2),
    2031: date(2031, 1, 23),
    2033: date(2033, 1, 31),  # a leap month follows: the year has thirteen
}


@pytest.mark.parametrize("year", TET)
def test_tet_falls_on_its_day_in_vietnam(year: int) -> None:
    assert lunar_new_year(year) == TET[year]


def test_from_tet_to_tet_are_twelve_or_thirteen_moons() -> None:
    days = [lunar_new_year(year) for year in range(2024, 2042)]
    lengths = [(after - before).days for before, after in pairwise(days)]
    assert set(lengths) <= {353, 354, 355, 383, 384, 385}
    leap = [year for year, length in zip(range(2024, 2041), lengths, strict=True) if length > 380]
    assert leap == [2025, 2028, 2031, 2033, 2036, 2039]
    assert all((1, 20) < (day.month, day.day) < (2, 21) for day in days)


@pytest.mark.parametrize("year", range(2024, 2041))
def test_every_tet_is_a_time_of_rest_and_is_the_holiday_ahead_until_its_last_day(year: int) -> None:
    tet = lunar_new_year(year)
    assert all(DaysOff().rests(tet + DAY * n) for n in range(3))
    holiday = next_holiday(tet - DAY * 30, shortest=3, calendar=USUAL)
    assert (holiday.feast, holiday.day) == (Feast.TET, tet)
    assert holiday.first < tet < holiday.last
    assert next_holiday(holiday.last, shortest=3, calendar=USUAL) == holiday
    after = next_holiday(holiday.last + DAY, shortest=3, calendar=USUAL)
    assert after.feast is not Feast.TET


def test_a_holiday_of_two_days_is_not_asked_about() -> None:
    middle = date(2025, 4, 1)  # 30/4 and 1/5 were a Wednesday and a Thursday
    assert next_holiday(middle, shortest=2, calendar=USUAL).feast is Feast.APRIL
    longest = next_holiday(middle, shortest=7, calendar=USUAL)
    assert longest.feast is Feast.TET


VISITS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 12)).map(
        lambda it: (START + DAY * it[0], START + DAY * (it[0] + it[1]))
    ),
    max_size=12,
)


@given(VISITS, st.integers(0, 40), st.sets(st.integers(0, 45), max_size=5))
@settings(max_examples=sized(40, 400), deadline=None)
def test_it_is_the_first_evening_on_which_nobody_counts_more(
    visits: list[tuple[date, date]], since: int, without: set[int]
) -> None:
    closed = {START + DAY * n for n in without}
    evenings = [START + DAY * n for n in range(since, 60)]
    there = {on: sum(comes <= on < leaves for comes, leaves in visits) for on in evenings if on not in closed}
    most = max(there.values(), default=0)
    found = best_evening(visits, since=START + DAY * since, without=closed)
    if most == 0:
        assert found is None
    else:
        assert found is not None
        assert (found.on, found.count) == (min(on for on in there if there[on] == most), most)


@given(st.integers(0, 400), st.integers(0, 60))
@settings(max_examples=sized(20, 200), deadline=None)
def test_days_that_are_offered_can_be_chosen(today: int, later: int) -> None:
    on = START + DAY * today
    holiday = next_holiday(on, shortest=3, calendar=USUAL)
    arrivals = likely_arrivals(holiday, on)
    assert 1 <= len(arrivals) <= 4
    assert all(one >= on for one in arrivals)
    leavings = likely_leavings(holiday, on + DAY * later)
    assert 1 <= len(leavings) <= 4
    assert all(one > on + DAY * later for one in leavings)


def test_families_keep_new_years_eve_and_three_days_and_other_holidays_nothing() -> None:
    tet = next_holiday(date(2027, 1, 1), shortest=3, calendar=USUAL)
    assert sorted(family_evenings(tet, AwayPolicy())) == [date(2027, 2, day) for day in (5, 6, 7, 8)]
    april = next_holiday(date(2027, 3, 1), shortest=3, calendar=USUAL)
    assert (april.feast, family_evenings(april, AwayPolicy())) == (Feast.APRIL, set())
