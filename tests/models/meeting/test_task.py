"""When a task is called to mind, and who has none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from sqlalchemy.orm import Session

from models.meeting.policy import TaskPolicy
from models.meeting.task import (
    DayUnfit,
    TaskOver,
    TaskState,
    finish_task,
    give_task,
    mend_tasks,
    next_reminder,
    next_task_at,
    remind_tasks,
    tasks_of_year,
    without_task,
)
from models.people.member import Member
from models.trust.audit.checks import CHECKS
from models.year.review.prefill import tasks
from tests.fakes import World
from tests.people import a_cell

POLICY = TaskPolicy()
DUE = date(2026, 12, 20)
ZONES = ("Asia/Ho_Chi_Minh", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Pacific/Apia")


def test_a_week_before_the_day_before_the_morning_after_then_every_fortnight() -> None:
    at, found = datetime(2026, 12, 1, tzinfo=UTC), []
    for _ in range(5):
        at = next_reminder(DUE, "Asia/Tokyo", POLICY, now=at)
        found.append(f"{at.astimezone(ZoneInfo('Asia/Tokyo')):%d/%m %H:%M}")
    assert found == ["13/12 08:00", "19/12 08:00", "21/12 08:00", "04/01 08:00", "18/01 08:00"]


@given(st.integers(0, 730), st.sampled_from(ZONES))
def test_there_is_always_a_next_reminder_within_a_fortnight_of_its_day_or_now(days: int, zone: str) -> None:
    now = datetime(2026, 1, 1, 5, 17, tzinfo=UTC) + timedelta(days=days)
    at = next_reminder(DUE, zone, POLICY, now=now)
    assert at > now
    assert at - max(now, datetime(2026, 12, 12, tzinfo=UTC)) <= timedelta(days=15)
    assert at.astimezone(ZoneInfo(zone)).hour == 8


def test_who_has_none_and_whose_counts(world: World) -> None:
    cell = a_cell(world)

    def work(db: Session) -> list[list[str]]:
        now, found = world.clock(), []
        alice = db.get_one(Member, cell.alice)
        found.append([m.full_name for m in without_task(db, cell.id, now=now)])
        task = give_task(db, alice, text="Đọc", due_on=DUE, by_id=cell.bob, policy=POLICY, now=now)
        found.append([m.full_name for m in without_task(db, cell.id, now=now)])
        finish_task(db, task, words="Xong", now=now)
        found.append([m.full_name for m in without_task(db, cell.id, now=now)])
        next_year = now + timedelta(days=60)
        found.append([m.full_name for m in without_task(db, cell.id, now=next_year)])
        assert [one.words for one in tasks_of_year(db, alice.id, 2026)] == ["Xong"]
        with pytest.raises(TaskOver):
            finish_task(db, task, words="lại", now=now)
        return found

    both = ["Nguyễn Thị An", "Phạm Văn Dân"]
    assert world.db(work) == [both, both[1:], both[1:], both]


def test_a_day_that_has_gone_by_is_refused(world: World) -> None:
    cell = a_cell(world)

    def work(db: Session) -> None:
        dan = db.get_one(Member, cell.dan)
        for day in (date(2026, 11, 30), date(2029, 1, 1)):
            with pytest.raises(DayUnfit):
                give_task(db, dan, text="x", due_on=day, by_id=cell.bob, policy=POLICY, now=world.clock())

    world.db(work)


def test_what_is_lost_is_found_and_mended_and_who_has_left_is_not_reminded(world: World) -> None:
    cell = a_cell(world)
    lost = next(check for check in CHECKS if check.name == "task.lost")

    def work(db: Session) -> None:
        now = world.clock()
        dan = db.get_one(Member, cell.dan)
        task = give_task(db, dan, text="x", due_on=DUE, by_id=cell.bob, policy=POLICY, now=now)
        planned, task.next_at = task.next_at, None
        db.flush()
        look = type("L", (), {"limit": 10})()
        assert list(lost.broken(db, look)) == [task.id]
        mend_tasks(db, [task.id], POLICY, now=now)
        db.flush()
        assert task.next_at == planned == next_task_at(db)
        dan.left_at = now
        remind_tasks(db, [task.id], POLICY, now=now + timedelta(days=30))
        assert (task.state, task.next_at) == (TaskState.WITHDRAWN, None)

    world.db(work)


def test_the_year_review_may_begin_from_tasks_and_meetings(world: World) -> None:
    cell = a_cell(world)

    def work(db: Session) -> list[str]:
        now, dan = world.clock(), db.get_one(Member, cell.dan)
        done = give_task(db, dan, text="Đọc", due_on=DUE, by_id=cell.bob, policy=POLICY, now=now)
        finish_task(db, done, words="Đã góp <ý>", now=now)
        give_task(
            db, dan, text="Viết", due_on=DUE + timedelta(days=9), by_id=cell.bob, policy=POLICY, now=now
        )
        return [one.to_plain("vi") for one in tasks(db, dan, 2026)]

    assert world.db(work) == [
        "Nhiệm vụ được giao, hạn 20/12/2026: Đọc – đã xong: Đã góp <ý>",
        "Nhiệm vụ được giao, hạn 29/12/2026: Viết – chưa báo xong.",
    ]
