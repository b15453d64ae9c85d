"""Working days: weekends, Tết, swapped days, what an operator adds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from models.ground.workdays import DayChange, WorkdayPolicy, add_workdays, is_workday, workdays_between

days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
counts = st.integers(0, 80)


@given(days, counts)
def test_adding_and_counting_agree(day: date, count: int) -> None:
    assert workdays_between(day, add_workdays(day, count, WorkdayPolicy()), WorkdayPolicy()) == count


@given(days, st.integers(1, 80))
def test_what_is_reached_is_a_working_day(day: date, count: int) -> None:
    assert is_workday(add_workdays(day, count, WorkdayPolicy()), WorkdayPolicy())


@given(days, counts, counts)
def test_in_two_steps_one_comes_as_far_as_in_one(day: date, first: int, second: int) -> None:
    assert add_workdays(add_workdays(day, first, WorkdayPolicy()), second, WorkdayPolicy()) == add_workdays(
        day, first + second, WorkdayPolicy()
    )


@given(days, days)
def test_counting_back_is_the_opposite(one: date, other: date) -> None:
    near = one + (other - one) // 100
    assert workdays_between(one, near, WorkdayPolicy()) == -workdays_between(near, one, WorkdayPolicy())


@given(days)
def test_no_saturday_or_sunday_is_worked_unless_it_was_swapped(day: date) -> None:
    if day.weekday() >= 5 and is_workday(day, WorkdayPolicy()):
        assert day.year in (2014, 2019, 2025)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),  # Friday before Tết
        (date(2026, 2, 16), False),  # the eve
        (date(2026, 2, 20), False),  # the fourth day
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),  # Giỗ Tổ fell on a Sunday
        (date(2026, 9, 2), False),
        (date(2025, 4, 26), True),  # a Saturday worked
        (date(2025, 5, 2), False),  # in exchange for this Friday
        (date(2014, 12, 27), True),  # a swap over the new year
        (date(2026, 12, 5), False),  # any Saturday
    ],
)
def test_the_calendar_of_vietnam(day: date, works: bool) -> None:
    assert is_workday(day, WorkdayPolicy()) is works


def test_thirty_working_days_over_tet_are_more_than_six_weeks() -> None:
    assert add_workdays(date(2026, 1, 30), 30, WorkdayPolicy()) == date(2026, 3, 20)


def test_what_the_operator_adds_outweighs_the_calendar() -> None:
    policy = WorkdayPolicy(
        changes=(
            DayChange(day=date(2026, 12, 31), works=False, source="Thông báo 1/TB-BNV"),
            DayChange(day=date(2027, 1, 2), works=True, source="Thông báo 1/TB-BNV"),
        )
    )
    assert not is_workday(date(2026, 12, 31), policy)
    assert is_workday(date(2027, 1, 2), policy)
    assert add_workdays(date(2026, 12, 30), 1, policy) == date(2027, 1, 2)


def test_a_change_without_its_source_is_refused() -> None:
    with pytest.raises(ValidationError):
        DayChange(day=date(2027, 1, 2), works=True, source="")


def test_going_back_is_refused() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_workdays(date(2026, 12, 1) + timedelta(days=1), -1, WorkdayPolicy())
