"""The turns of a rhythm, by any clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from models.ground.days_off import DaysOff
from models.ground.rhythm import Rhythm, first_occurrence, occurrence

ZONES = st.sampled_from(
    [
        "Asia/Ho_Chi_Minh",
        "Asia/Tokyo",
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
    ]
)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants its bounds naive


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    opens = draw(st.integers(1, 27))
    due = draw(st.integers(opens + 1, 28))
    return Rhythm(
        every_months=draw(st.integers(1, 12)),
        opens_day=opens,
        due_day=due,
        hour=draw(st.integers(7, 20)),
        nudge_days_before=tuple(draw(st.sets(st.integers(0, due - opens - 1), max_size=3))),
        grace_days=draw(st.integers(0, 2)),
    )


@given(rhythm=rhythms(), zone=ZONES, now=MOMENTS)
def test_the_dates_of_a_turn_are_in_order(rhythm: Rhythm, zone: str, now: datetime) -> None:
    turn = first_occurrence(rhythm, after=now, zone=zone, off=DaysOff())
    dates = [turn.opens_at, *turn.nudges_at, turn.due_at]
    assert now < turn.opens_at
    assert dates == sorted(dates)
    assert turn.due_at <= turn.late_at < turn.next_opens_at
    assert turn.opens_at.astimezone(ZoneInfo(zone)).hour == rhythm.hour


@given(rhythm=rhythms(), zone=ZONES, now=MOMENTS)
def test_turns_follow_each_other_without_a_gap(rhythm: Rhythm, zone: str, now: datetime) -> None:
    turn = first_occurrence(rhythm, after=now, zone=zone, off=DaysOff())
    following = first_occurrence(rhythm, after=turn.opens_at, zone=zone, off=DaysOff())
    if 12 % rhythm.every_months == 0:
        assert following.opens_at == turn.next_opens_at
    assert following.period > turn.period


def test_the_default_is_nineteen_o_clock_on_the_first() -> None:
    turn = occurrence(Rhythm(), date(2026, 12, 9), "Europe/Berlin", DaysOff())
    assert turn.period == date(2026, 12, 1)
    assert turn.opens_at == datetime(2026, 12, 1, 18, tzinfo=UTC)
    assert [at.day for at in turn.nudges_at] == [3, 5]
    assert turn.late_at - turn.due_at == timedelta(days=2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_day": 5, "due_day": 5},
        {"nudge_days_before": (4,)},
        {"hour": 22},
        {"every_months": 0},
        {"due_day": 31},
        {"weekly": True},
    ],
)
def test_a_rhythm_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Rhythm.model_validate(wrong)
