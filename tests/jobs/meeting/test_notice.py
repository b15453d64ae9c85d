"""Time says notices: by the handful, at the pace, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.delivery.outbox import Outbox, OutboxState
from models.delivery.policy import OutboxPolicy
from models.meeting.notice import (
    Announcement,
    Audience,
    Notice,
    NoticeReceipt,
    NoticeState,
    NoticeVersion,
    ReceiptState,
    cancel_notice,
    drop_old_notices,
    finish_of,
    move_notices,
    send_notice,
    tally,
)
from models.meeting.policy import NoticePolicy
from models.people.member import Member
from models.people.unit import Unit
from models.policies import Policies
from tests.crowds import a_crowd
from tests.fakes import World
from tests.people import BOB, OFFICER, Cell, a_cell, settle_in

SLOW = Policies(outbox=OutboxPolicy(rate=1), notice=NoticePolicy(handful=10, ahead=timedelta(seconds=20)))


@pytest.fixture
def cell(world: World) -> Cell:
    found = a_cell(world)
    settle_in(world, found, BOB, OFFICER)
    return found


@pytest.fixture
def crowd(world: World, cell: Cell) -> Cell:
    def work(db: Session) -> None:
        a_crowd(
            db, db.get_one(Unit, cell.commune), first_chat=10_000, people=60, per_cell=20, now=world.clock()
        )

    world.db(work)
    for user in range(10_000, 10_060):
        world.telegram.add_user(user, "Người")
        world.telegram.users[user].started = True
    return cell


def sends(world: World, cell: Cell, policies: Policies = SLOW) -> int:
    """Of the officer to all below, behind the scenes: nothing is on the wire yet."""

    def work(db: Session) -> int:
        return send_notice(
            db,
            said=Announcement(text="Mời họp."),
            unit_id=cell.commune,
            by_id=cell.officer,
            audience=Audience.ALL,
            policies=policies,
            now=world.clock(),
        ).id

    return world.db(work)


def turns(world: World, notice_id: int, count: int = 30) -> None:
    for _ in range(count):
        world.db(lambda db: move_notices(db, [notice_id], SLOW, now=world.clock()))


def of(world: World, notice_id: int, ask: Callable[[Session, Notice], int]) -> int:
    return world.db(lambda db: ask(db, db.get_one(Notice, notice_id)))


def queued(db: Session, notice: Notice) -> int:
    rows = select(func.count()).where(Outbox.about == notice.about, Outbox.state == OutboxState.PENDING)
    return db.scalar(rows) or 0


def test_the_outbox_is_fed_no_further_ahead_than_the_pace_allows(world: World, crowd: Cell) -> None:
    notice = sends(world, crowd)
    turns(world, notice)
    assert of(world, notice, queued) == 30  # twenty seconds ahead, and the handful that passes them
    due = world.db(lambda db: db.get_one(Notice, notice).next_at)
    assert due == world.clock() + timedelta(seconds=10)
    world.clock.advance(timedelta(seconds=10))
    turns(world, notice)
    assert of(world, notice, queued) == 40


def test_the_finish_that_is_told_is_the_pace_and_what_is_left(world: World, crowd: Cell) -> None:
    notice = sends(world, crowd)
    turns(world, notice)

    def finish(db: Session) -> timedelta:
        found = db.get_one(Notice, notice)
        at = finish_of(db, found, messages=1, rate=1, now=world.clock())
        assert at is not None
        return at - world.clock()

    assert world.db(finish) == timedelta(seconds=61)  # the crowd and Bình


def test_stopped_what_lies_in_the_outbox_is_called_back(world: World, crowd: Cell) -> None:
    notice = sends(world, crowd)
    turns(world, notice)

    def stop(db: Session) -> tuple[int, int, int]:
        found = db.get_one(Notice, notice)
        cancel_notice(db, found, by_id=crowd.officer, policies=SLOW, now=world.clock())
        counted = tally(db, found, now=world.clock())
        return counted.of(ReceiptState.NOT_SAID), counted.to_come, queued(db, found)

    assert world.db(stop) == (61, 0, 0)
    turns(world, notice)
    states = world.db(lambda db: list(db.scalars(select(NoticeReceipt.state).distinct())))
    assert sorted(states) == ["no account", "not said"]
    world.settle()
    assert world.db(lambda db: db.get_one(Notice, notice).next_at) is None


def test_a_notice_that_fails_stops_no_other(world: World, crowd: Cell) -> None:
    broken, sound = sends(world, crowd, Policies(notice=NoticePolicy(handful=1))), sends(world, crowd)
    world.db(lambda db: setattr(db.get_one(Notice, broken), "text_sealed", b"\x01 no such key"))
    world.wait(timedelta(minutes=2))
    state = world.db(lambda db: db.get_one(Notice, sound).state)
    assert state == NoticeState.SAID
    assert world.db(lambda db: db.get_one(Notice, broken).state) == NoticeState.SAYING


def test_who_leaves_before_the_turn_comes_is_not_told(world: World, crowd: Cell) -> None:
    notice = sends(world, crowd)
    world.db(lambda db: setattr(db.get_one(Member, crowd.bob), "left_at", world.clock()))
    world.wait(timedelta(minutes=2))

    def how(db: Session) -> str:
        mine = NoticeReceipt.member_id == crowd.bob, NoticeReceipt.notice_id == notice
        return db.scalars(select(NoticeReceipt.state).where(*mine)).one()

    assert world.db(how) == ReceiptState.NO_ACCOUNT


def test_our_own_restart_in_the_middle_says_nothing_twice(world: World, crowd: Cell) -> None:
    sends(world, crowd)
    world.restart()
    world.wait(timedelta(minutes=3))
    for user in range(10_000, 10_060):
        assert sum("Mời họp" in m["text"] for m in world.telegram.history(user)) == 1


def test_a_notice_is_deleted_when_its_years_are_over(world: World, crowd: Cell) -> None:
    notice_id = sends(world, crowd)
    world.db(
        lambda db: cancel_notice(
            db, db.get_one(Notice, notice_id), by_id=crowd.officer, policies=SLOW, now=world.clock()
        )
    )
    turns(world, notice_id)
    policy, said = world.settings.notice, world.clock()

    def drops(days: int) -> bool:
        at = said + timedelta(days=days)
        return any([world.db(lambda db: drop_old_notices(db, policy, now=at, limit=20)) for _ in range(20)])

    assert not drops(729)
    assert drops(731)
    tables = (Notice, NoticeReceipt, NoticeVersion)

    def left(db: Session) -> list[int | None]:
        return [db.scalar(select(func.count()).select_from(table)) for table in tables]

    assert world.db(left) == [0, 0, 0]
