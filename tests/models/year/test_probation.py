"""Probation: which day is which, and what can be said about one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy.orm import Session

from models.ground.part_date import PartDate
from models.ground.rules import sourced_fields
from models.ground.workdays import WorkdayPolicy, workdays_between
from models.people.member import Member, Standing
from models.phrases.year import probation as phrases
from models.policies import Policies
from models.year.policy import ProbationPolicy
from models.year.probation import (
    MOVES,
    Probation,
    ProbationEnd,
    ProbationRefused,
    ProbationState,
    ProbationStep,
    Reader,
    change_probation_helper,
    consider_probation,
    deadline,
    end_probation,
    probations_of_cell,
    running_probation,
    start_probation,
    step_at,
    timetable,
    year_over_on,
)
from tests.fakes import World
from tests.people import BOB, DAN, Cell, settle_in

POLICY, CALENDAR = ProbationPolicy(), WorkdayPolicy()


def start(
    world: World, member_id: int, admitted_on: date = date(2026, 9, 2), helper_id: int | None = None
) -> int:
    def work(db: Session) -> int:
        member = db.get_one(Member, member_id)
        return start_probation(
            db,
            member,
            admitted_on=admitted_on,
            helper_id=helper_id,
            by_id=None,
            policy=POLICY,
            calendar=CALENDAR,
            now=world.clock(),
        ).id

    return world.db(work)


def get(world: World, probation_id: int) -> Probation:
    return world.db(lambda db: db.get_one(Probation, probation_id))


# --- rules ----------------------------------------------------------------------------------------------------------


def test_the_steps_of_a_probation_that_ends_before_tet() -> None:
    days = {
        step: (at + timedelta(hours=7)).date() for step, at in timetable(date(2026, 1, 30), POLICY, CALENDAR)
    }
    assert days == {
        ProbationStep.COURSE: date(2026, 10, 30),
        ProbationStep.SELF_REVIEW: date(2026, 11, 30),
        ProbationStep.COMMENTS: date(2026, 12, 30),
        ProbationStep.YEAR_OVER: date(2027, 1, 30),
        ProbationStep.FIRST_CALL: date(2027, 2, 26),  # Tết: 4 to 10 February 2027
        ProbationStep.LAST_CALL: date(2027, 3, 12),
        ProbationStep.OVERDUE: date(2027, 3, 20),
    }


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)))
def test_the_steps_come_in_order_and_the_deadline_is_thirty_working_days_on(admitted_on: date) -> None:
    steps = timetable(admitted_on, POLICY, CALENDAR)
    assert [at for _, at in steps] == sorted(at for _, at in steps)
    assert [step for step, _ in steps] == list(ProbationStep)
    over = year_over_on(admitted_on, POLICY)
    assert workdays_between(over, deadline(admitted_on, POLICY, CALENDAR), CALENDAR) == 30
    assert 0 <= (over - admitted_on).days - 365 <= 1 or (admitted_on.month, admitted_on.day) == (2, 29)


@given(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 500))
def test_of_several_missed_steps_the_last_is_said(admitted_on: date, days: int) -> None:
    steps = timetable(admitted_on, POLICY, CALENDAR)
    now = datetime(admitted_on.year, admitted_on.month, admitted_on.day, 12, tzinfo=UTC) + timedelta(
        days=days
    )
    assert step_at(steps, now=now) == ([None] + [step for step, at in steps if at <= now])[-1]


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert year_over_on(date(2028, 2, 29), POLICY) == date(2029, 2, 28)


def test_every_number_of_the_rules_names_its_source() -> None:
    named = {value.variable for value in sourced_fields(Policies())}
    assert {
        "BOT_PROBATION__MONTHS",
        "BOT_PROBATION__CONSIDER_WORKDAYS",
        "BOT_PROBATION__COURSE_MONTH",
    } <= named


def test_every_state_ends_or_has_a_next_one() -> None:
    assert set(MOVES) == set(ProbationState)
    assert [state for state, to in MOVES.items() if not to] == [ProbationState.ENDED]


@pytest.mark.parametrize("reader", list(Reader))
@pytest.mark.parametrize("step", list(ProbationStep))
def test_every_reader_hears_of_every_step_what_is_theirs_to_do(reader: Reader, step: ProbationStep) -> None:
    day = date(2026, 12, 1)
    said = phrases.reminder(
        reader=reader, step=step, name="Phạm Văn Dân", admitted_on=day, over_on=day, deadline=day
    ).to_plain("vi")
    assert ("Phạm Văn Dân" in said) is (reader is not Reader.MEMBER)


# --- acts -----------------------------------------------------------------------------------------------------------


def test_a_new_probation_waits_for_its_first_step_and_tells_member_and_helper(
    world: World, cell: Cell
) -> None:
    dan, bob = settle_in(world, cell, DAN, BOB)
    probation = start(world, cell.dan, helper_id=cell.bob)
    world.settle()
    assert get(world, probation).next_at == datetime(2027, 6, 2, 1, tzinfo=UTC)
    assert "02/09/2027" in dan.reads()
    assert "giúp đỡ đảng viên dự bị Phạm Văn Dân" in bob.reads()
    member = world.db(lambda db: db.get_one(Member, cell.dan))
    assert (member.standing, member.joined_on) == (Standing.PROBATIONARY, PartDate(2026, 9, 2))


def test_what_is_past_at_the_beginning_is_not_reminded_of(world: World, cell: Cell) -> None:
    probation = start(world, cell.dan, date(2026, 1, 10))
    assert get(world, probation).next_at == datetime(2026, 12, 10, 1, tzinfo=UTC)  # month 11


def test_one_that_is_long_overdue_is_said_at_once(world: World, cell: Cell) -> None:
    probation = start(world, cell.dan, date(2025, 1, 10))
    assert get(world, probation).next_at == world.clock()


def test_two_at_a_time_are_refused(world: World, cell: Cell) -> None:
    start(world, cell.dan)
    with pytest.raises(ProbationRefused):
        start(world, cell.dan)


def test_an_admission_to_come_is_refused(world: World, cell: Cell) -> None:
    with pytest.raises(ProbationRefused):
        start(world, cell.dan, date(2026, 12, 2))


def test_a_helper_is_another_official_member_of_the_cell(world: World, cell: Cell) -> None:
    for wrong in (cell.dan, cell.officer, 1):
        with pytest.raises(ProbationRefused):
            start(world, cell.dan, helper_id=wrong)
    probation = start(world, cell.dan, helper_id=cell.bob)
    with pytest.raises(ProbationRefused):  # Dân is on probation: he helps nobody
        start(world, cell.alice, helper_id=cell.dan)
    world.db(
        lambda db: change_probation_helper(
            db, db.get_one(Probation, probation), cell.deputy, by_id=cell.bob, now=world.clock()
        )
    )
    assert get(world, probation).helper_id == cell.deputy


def consider(world: World, probation: int, on: date, result: str = "tán thành 12/12") -> None:
    world.db(
        lambda db: consider_probation(
            db,
            db.get_one(Probation, probation),
            considered_on=on,
            result=result,
            by_id=cell_bob(db),
            now=world.clock(),
        )
    )


def cell_bob(db: Session) -> int:
    return db.query(Member).filter(Member.full_name == "Trần Văn Bình").one().id


def end(world: World, probation: int, *, official: bool | None = True) -> None:
    world.db(
        lambda db: end_probation(
            db,
            db.get_one(Probation, probation),
            ProbationEnd(on=date(2026, 12, 1), official=official, decision="Quyết định số 12-QĐ/ĐU"),
            by_id=cell_bob(db),
            now=world.clock(),
        )
    )


def test_what_the_cell_said_is_kept_as_typed_and_reminders_stop(world: World, cell: Cell) -> None:
    [dan] = settle_in(world, cell, DAN)
    probation = start(world, cell.dan, date(2025, 11, 20))
    consider(world, probation, date(2026, 11, 30), "12 tán thành, 1 ý kiến khác")
    world.settle()
    row = get(world, probation)
    assert (row.state, row.next_at, row.result) == ("considered", None, "12 tán thành, 1 ý kiến khác")
    assert "đã họp xét" in dan.reads()
    assert "ý kiến khác" not in dan.chat()  # who was against is not passed on by the program


@pytest.mark.parametrize("on", [date(2025, 11, 19), date(2026, 12, 2)])
def test_a_meeting_before_the_admission_or_after_today_is_refused(world: World, cell: Cell, on: date) -> None:
    probation = start(world, cell.dan, date(2025, 11, 20))
    with pytest.raises(ProbationRefused):
        consider(world, probation, on)


def test_a_decision_makes_an_official_member_and_says_so(world: World, cell: Cell) -> None:
    [dan] = settle_in(world, cell, DAN)
    probation = start(world, cell.dan, date(2025, 11, 20))
    consider(world, probation, date(2026, 11, 30))
    end(world, probation)
    world.settle()
    assert "Quyết định số 12-QĐ/ĐU" in dan.reads()
    assert world.db(lambda db: db.get_one(Member, cell.dan)).standing == Standing.OFFICIAL
    assert world.db(lambda db: running_probation(db, cell.dan)) is None
    assert world.db(lambda db: probations_of_cell(db, cell.id)) == []


def test_what_has_ended_stays_as_it_is(world: World, cell: Cell) -> None:
    probation = start(world, cell.dan, date(2025, 11, 20))
    end(world, probation, official=None)
    with pytest.raises(ProbationRefused):
        consider(world, probation, date(2026, 11, 30))
    with pytest.raises(ProbationRefused):
        end(world, probation)
    with pytest.raises(ProbationRefused):
        world.db(
            lambda db: change_probation_helper(
                db, db.get_one(Probation, probation), None, by_id=cell.bob, now=world.clock()
            )
        )
    assert world.db(lambda db: db.get_one(Member, cell.dan)).standing == Standing.PROBATIONARY


def test_the_cells_probations_the_longest_first(world: World, cell: Cell) -> None:
    start(world, cell.alice, date(2026, 9, 2))
    start(world, cell.dan, date(2026, 5, 19))
    found = world.db(lambda db: [member.id for _, member in probations_of_cell(db, cell.id)])
    assert found == [cell.dan, cell.alice]
