"""What time does with a probation: each step once, to each whose part it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from jobs import TIMETABLE
from models.people.member import Member, Reachability, account_of
from models.people.rights import appointments, end_appointment
from models.year.probation import Probation, ProbationStep, consider_probation, start_probation, timetable
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone

ADMITTED = date(2026, 3, 10)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân on probation, An who helps him from Japan, Bình the secretary, Hoa his deputy."""
    return settle_in(world, cell, DAN, ALICE, BOB, DEPUTY)


def start(world: World, cell: Cell, admitted_on: date = ADMITTED) -> int:
    def work(db: Session) -> int:
        return start_probation(
            db,
            db.get_one(Member, cell.dan),
            admitted_on=admitted_on,
            helper_id=cell.alice,
            by_id=cell.bob,
            policy=world.settings.probation,
            calendar=world.settings.workday,
            now=world.clock(),
        ).id

    found = world.db(work)
    world.settle()
    return found


def moment(world: World, step: ProbationStep) -> datetime:
    return dict(timetable(ADMITTED, world.settings.probation, world.settings.workday))[step]


def run(world: World, at: datetime) -> None:
    """Only this job, so that the check-ins of half a year do not have to be lived through."""
    world.clock.set(at)
    job = next(job for job in TIMETABLE if job.name == "probation.remind")
    assert world.app.runner.run(job).errors == []
    world.settle()


def read_all(phones: list[Phone]) -> list[str]:
    return [phone.reads() for phone in phones]


def test_each_hears_of_a_step_once_and_of_their_own_part(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    start(world, cell)
    read_all(phones)
    run(world, moment(world, ProbationStep.COMMENTS))
    dan, an, binh, hoa = read_all(phones)
    assert "chi ủy nơi cư trú, gửi về chi bộ" in dan
    assert "Mời đồng chí viết nhận xét của người giúp đỡ" in an
    assert "Phạm Văn Dân" in binh
    assert "Việc tháng này" in hoa
    run(world, world.clock() + timedelta(days=1))
    assert read_all(phones) == ["", "", "", ""]


def test_the_whole_way_is_seven_steps(world: World, cell: Cell, phones: list[Phone]) -> None:
    probation = start(world, cell, date(2026, 11, 20))
    steps = timetable(date(2026, 11, 20), world.settings.probation, world.settings.workday)
    seen = []
    for _, at in steps:
        run(world, at)
        seen.append(phones[2].reads())
    assert len(set(seen)) == 7
    assert all("Phạm Văn Dân" in text for text in seen)
    assert world.db(lambda db: db.get_one(Probation, probation)).next_at is None


def test_the_time_machine_stops_at_the_hour_of_the_reminder(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    start(world, cell, date(2026, 2, 3))  # month 10 is on 3 December
    fired = world.until(datetime(2026, 12, 3, 12, tzinfo=UTC))
    assert [one.at for one in fired if one.job == "probation.remind"] == [
        datetime(2026, 12, 3, 1, tzinfo=UTC)
    ]
    assert "bản tự kiểm điểm của đảng viên dự bị" in phones[0].reads()


def test_after_a_long_outage_only_the_last_step_is_said(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    start(world, cell)
    read_all(phones)
    run(world, moment(world, ProbationStep.LAST_CALL) + timedelta(hours=2))
    assert "Sắp hết hạn xét" in phones[2].reads()
    assert "Việc tháng này" not in phones[2].chat()


def test_once_the_cell_has_met_nobody_is_reminded(world: World, cell: Cell, phones: list[Phone]) -> None:
    probation = start(world, cell)
    run(world, moment(world, ProbationStep.YEAR_OVER))
    world.db(
        lambda db: consider_probation(
            db,
            db.get_one(Probation, probation),
            considered_on=ADMITTED.replace(year=2027),
            result="tán thành",
            by_id=cell.bob,
            now=world.clock(),
        )
    )
    world.settle()
    read_all(phones)
    run(world, moment(world, ProbationStep.OVERDUE))
    assert read_all(phones) == ["", "", "", ""]


def test_while_no_secretary_can_be_told_it_is_tried_each_morning(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    probation = start(world, cell)
    read_all(phones)
    _blocked(world, cell.bob, Reachability.BLOCKED)
    _blocked(world, cell.deputy, Reachability.BLOCKED)
    run(world, moment(world, ProbationStep.OVERDUE))
    assert "quá hạn xét" in phones[0].reads()
    next_at = world.db(lambda db: db.get_one(Probation, probation)).next_at
    assert next_at == moment(world, ProbationStep.OVERDUE) + timedelta(days=1)
    _blocked(world, cell.bob, Reachability.OK)
    run(world, next_at)
    assert "quá hạn xét" in phones[2].reads()
    assert phones[0].reads() == ""  # was told already
    assert world.db(lambda db: db.get_one(Probation, probation)).next_at is None


def test_an_ex_secretary_hears_nothing(world: World, cell: Cell, phones: list[Phone]) -> None:
    start(world, cell)
    read_all(phones)

    def leave(db: Session) -> None:
        for held in appointments(db, cell.bob, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(leave)
    run(world, moment(world, ProbationStep.COURSE) + timedelta(hours=1))
    assert phones[2].reads() == ""


def test_one_who_left_the_roster_is_not_followed_any_more(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    probation = start(world, cell)

    def leave(db: Session) -> None:
        db.get_one(Member, cell.dan).left_at = world.clock()

    world.db(leave)
    read_all(phones)
    run(world, moment(world, ProbationStep.COMMENTS))
    row = world.db(lambda db: db.get_one(Probation, probation))
    assert (row.state, row.official, row.next_at) == ("ended", None, None)
    assert read_all(phones) == ["", "", "", ""]


def _blocked(world: World, member_id: int, state: Reachability) -> None:
    def work(db: Session) -> None:
        account = account_of(db, member_id)
        assert account is not None
        account.reachability = state

    world.db(work)
