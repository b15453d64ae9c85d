"""The figure is what the rows say, after anything that people may do in any order; many are asked by the handful."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contact.rollcall import (
    ANSWERS,
    CalledOn,
    CalledPeople,
    Occasion,
    RollCall,
    RollCallAnswer,
    RollCallPerson,
    Safety,
    SafetyFigure,
    answer_roll_call,
    call_roll,
    due_roll_calls,
    figures_by_cell,
    groups_by_cell,
    move_roll_calls,
    safety_figure,
)
from models.delivery.outbox import Outbox
from models.people.member import Member, Purpose, record_consent, roster
from models.people.unit import Unit
from tests.crowds import a_crowd
from tests.fakes import World
from tests.people import Cell
from tests.sizes import sized

PEOPLE, PER_CELL = 12, 3


def called(db: Session, world: World, cell: Cell, *, people: int, per_cell: int, ticks: int = 0) -> RollCall:
    """A committee calls on a crowd; every person has a row when this returns."""
    now, policies = world.clock(), world.settings.policies()
    commune = db.get_one(Unit, cell.commune)
    a_crowd(db, commune, first_chat=100_000, people=people, per_cell=per_cell, now=now)
    for member in db.scalars(select(Member).where(Member.cell_id == cell.id)):
        member.left_at = now
    db.flush()
    aim = CalledPeople(commune.id, CalledOn.ALL, cell.officer)
    call = call_roll(db, aim, occasion=Occasion.STORM, text=None, policies=policies, now=now)
    for _ in range(ticks):
        move_roll_calls(db, due_roll_calls(db, now=now, limit=5), policies, now=now)
    return call


def by_hand(db: Session, call: RollCall) -> Counter[str]:
    """Each person's newest answer, read from all the answers that were kept."""
    newest: dict[int, str] = {}
    rows = select(RollCallAnswer).order_by(RollCallAnswer.at, RollCallAnswer.id)
    for answer in db.scalars(rows):
        newest[answer.person_id] = answer.state
    people = db.scalars(select(RollCallPerson.id).where(RollCallPerson.roll_call_id == call.id))
    return Counter(newest.get(one, Safety.OWED.value) for one in people)


_answers = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(ANSWERS)), max_size=30)


@settings(max_examples=sized(4, 25))
@given(given=_answers)
def test_the_figure_is_what_the_rows_say(world: World, cell: Cell, given: list[tuple[int, Safety]]) -> None:
    policies = world.settings.policies()

    def work(db: Session) -> None:
        with db.begin_nested() as inner:
            call = called(db, world, cell, people=PEOPLE, per_cell=PER_CELL)
            _answer(db, call)
            inner.rollback()

    def _answer(db: Session, call: RollCall) -> None:
        members = list(db.scalars(select(Member).where(Member.own_name.like("%Người %")).order_by(Member.id)))
        for number, (who, answer) in enumerate(given):
            now = world.clock() + timedelta(seconds=number)
            member = members[who]
            answer_roll_call(db, call, member, answer, by_id=member.id, policies=policies, now=now)
            told = safety_figure(db, call.id, above=False)
            expected = by_hand(db, call)
            shown = Counter({"owed": told.owed, "safe": told.safe, "needs": told.needs, "call": told.call})
            assert +shown == expected
            assert told.people == PEOPLE
            assert told == safety_figure(db, call.id, above=True)  # all agreed to be counted
            cells = set(db.scalars(select(RollCallPerson.cell_id)))
            assert sum(figures_by_cell(db, call.id, cells).values(), SafetyFigure()) == told

    world.db(work)


def test_who_said_no_to_counts_is_in_no_figure_for_those_above(world: World, cell: Cell) -> None:
    def work(db: Session) -> tuple[int, int]:
        call = called(db, world, cell, people=PEOPLE, per_cell=PER_CELL)
        one = db.scalars(select(RollCallPerson.member_id).limit(1)).one()
        record_consent(db, one, Purpose.COUNTS, given=False, now=world.clock())
        return safety_figure(db, call.id, above=False).people, safety_figure(db, call.id, above=True).people

    assert world.db(work) == (PEOPLE, PEOPLE - 1)


@pytest.mark.long
def test_ten_thousand_are_written_down_and_asked_by_the_handful(world: World, cell: Cell) -> None:
    """The outbox is never fed further ahead than the policy says, however many there are."""
    people = sized(2_000, 10_000)
    policies = world.settings.policies()
    handful, ahead = policies.rollcall.handful, policies.rollcall.ahead
    most = int(ahead.total_seconds() * policies.outbox.rate) + handful

    def asked(db: Session) -> int:
        rows = select(func.count()).select_from(Outbox).where(Outbox.key.like("rollcall.ask:%"))
        return db.scalar(rows) or 0

    call_id = world.db(lambda db: called(db, world, cell, people=people, per_cell=100).id)
    now, steps, before = world.clock(), 0, world.db(asked)
    while before < people:
        due = world.db(lambda db: due_roll_calls(db, now=now, limit=5))  # noqa: B023 - called at once
        if not due:
            now += timedelta(seconds=10)
            continue
        world.db(lambda db: move_roll_calls(db, due, policies, now=now))  # noqa: B023
        steps, after = steps + 1, world.db(asked)
        assert after - before <= handful
        pace = (now - world.clock()).total_seconds() * policies.outbox.rate
        assert after <= pace + most
        before = after
    assert steps >= people / handful - 4
    assert world.db(lambda db: safety_figure(db, call_id, above=True)) == SafetyFigure(owed=people)
    assert now - world.clock() >= timedelta(seconds=(people - most) / policies.outbox.rate)


_sizes = st.lists(st.integers(0, 9), min_size=1, max_size=8)


@settings(max_examples=sized(6, 40))
@given(sizes=_sizes, refusing=st.integers(0, 4))
def test_cell_by_cell_is_all_of_it_and_never_of_fewer_than_five(
    world: World, cell: Cell, sizes: list[int], refusing: int
) -> None:
    """Whoever said no to being counted above is in none of the figures; no cell with a roster is left out."""
    policies = world.settings.policies()
    smallest = policies.counts.smallest_group

    def work(db: Session) -> None:
        with db.begin_nested() as inner:
            _try(db)
            inner.rollback()

    def _try(db: Session) -> None:
        now, commune = world.clock(), db.get_one(Unit, cell.commune)
        cells = a_crowd(db, commune, first_chat=100_000, people=9 * len(sizes), per_cell=9, now=now)
        for unit_id, size in zip(cells, sizes, strict=True):
            for gone in roster(db, unit_id)[size:]:
                gone.left_at = now
        db.flush()
        aim = CalledPeople(commune.id, CalledOn.ALL, cell.officer)
        call = call_roll(db, aim, occasion=Occasion.STORM, text=None, policies=policies, now=now)
        for one in db.scalars(select(RollCallPerson.member_id).limit(refusing)).all():
            record_consent(db, one, Purpose.COUNTS, given=False, now=now)
        whole = safety_figure(db, call.id, above=True)
        groups = groups_by_cell(db, call.id, [commune.id], smallest=smallest)
        if whole.people < smallest:
            assert groups == []
            return
        assert sum((one.figure for one in groups), SafetyFigure()) == whole
        assert min(one.figure.people for one in groups) >= smallest
        named = [name for one in groups for name in (one.carrier.name, *one.others)]
        with_roster = select(Unit.name).where(
            Unit.id.in_(select(Member.cell_id).where(Member.left_at.is_(None)))
        )
        assert sorted(named) == sorted(db.scalars(with_roster))

    world.db(work)
