"""The bot is down for three days in the middle of a month: that is nobody's fault but ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs import TIMETABLE
from models.contact.checkin import Checkin, CheckinState, ask_checkin_now, plan_checkin
from models.delivery.job_run import outages_since
from models.entry.invite import Invite
from models.meeting.task import give_task
from models.people.member import Member, set_member_place
from models.trust.audit import audit
from tests.fakes import World
from tests.meetings import a_meeting
from tests.people import ALICE, BOB, DAN, Cell, invite, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign

THREE_DAYS = timedelta(days=3)


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, An, Bình."""
    return settle_in(world, cell, DAN, ALICE, BOB)


def down(world: World, length: timedelta) -> None:
    """The process ends; after `length` it starts again, and every job is due at once."""
    world.clock.advance(length)
    world.restart()
    world.run(world.app.tick())


def asleep(world: World, length: timedelta) -> None:
    """The machine sleeps with the process in it, and wakes: nothing is started anew."""
    world.clock.advance(length)
    world.run(world.app.tick())


def december(world: World, member_id: int) -> Checkin:
    mine = select(Checkin).where(Checkin.member_id == member_id, Checkin.period == date(2026, 12, 1))
    return world.db(lambda db: db.scalars(mine).one())


@pytest.mark.parametrize("gone", [down, asleep])
def test_graces_move_by_three_days_and_reminders_go_out_once(
    world: World, cell: Cell, phones: list[Phone], gone: Callable[[World, timedelta], None]
) -> None:
    dan, _, bob = phones
    world.until(at(5, 12))
    dan.reads()
    before = december(world, cell.dan)
    gone(world, THREE_DAYS)  # the grace would have been over on the 7th
    after = december(world, cell.dan)
    assert (after.due_at - before.due_at, after.late_at - before.late_at) == (THREE_DAYS, THREE_DAYS)
    assert after.state != CheckinState.LATE
    (outage,) = world.db(lambda db: outages_since(db, at(1)))
    assert (outage.began_at, outage.ended_at) == (at(5, 12), at(8, 12))
    world.until(at(10, 18))
    assert dan.chat().count("Chi bộ vẫn chờ tin") <= 2
    assert "chưa báo cáo" not in bob.chat()
    world.until(at(11, 9))
    assert "2 đồng chí chưa báo cáo" in bob.chat()


def test_a_reminder_that_fell_into_it_is_said_once(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    world.until(at(2, 12))
    dan.reads()
    down(world, THREE_DAYS)  # both reminders, of the 3rd and of the 5th, fell into it or moved
    assert dan.reads() == ""
    world.until(at(5, 20))
    assert dan.reads().count("Chi bộ vẫn chờ tin") <= 1
    world.until(at(9))
    assert dan.chat().count("Chi bộ vẫn chờ tin") == 2


def test_a_member_who_moved_to_another_clock_in_the_middle_loses_nothing(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.until(at(4, 12))

    def move(db: Session) -> None:
        member = db.get_one(Member, cell.dan)
        set_member_place(member, "DE", zone="Europe/Berlin")
        plan_checkin(db, member, world.settings.checkin, now=world.clock())

    world.db(move)
    before = december(world, cell.dan).late_at
    down(world, THREE_DAYS)
    moved = december(world, cell.dan)
    assert (moved.zone, moved.late_at - before) == ("Europe/Berlin", THREE_DAYS)
    world.until(at(12, 9))
    assert "Phạm Văn Dân" in phones[2].chat()
    found = world.db(lambda db: audit(db, world.settings.policies(), {}, now=world.clock()))
    assert found.findings.all == []


def test_an_invite_can_be_opened_so_much_longer(world: World, cell: Cell, phones: list[Phone]) -> None:
    invite(world, cell.deputy)
    newest = select(Invite).where(Invite.member_id == cell.deputy)
    before = world.db(lambda db: db.scalars(newest).one().expires_at)
    world.until(at(2, 12))
    down(world, THREE_DAYS)
    assert world.db(lambda db: db.scalars(newest).one().expires_at) - before == THREE_DAYS


def test_a_promise_to_phone_moves_too(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _, bob = phones
    dan.blocks()
    world.until(at(9, 9))
    before = december(world, cell.dan).phone_by
    bob.reads()
    assert before is not None
    assert before == at(12, 8)
    down(world, timedelta(days=5))
    assert december(world, cell.dan).phone_by == before + timedelta(days=5)
    assert "gọi trước" not in bob.reads()


def test_who_writes_before_the_first_tick_is_asked_once_with_the_day_that_has_moved(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """The opening of the 1st fell into it; the member asks what waits before time has done so."""
    dan = phones[0]
    world.until(at(1, 12))
    dan.reads()
    world.telegram.says(dan.user_id, "/baocao")
    world.clock.set(at(2, 20, 30))
    world.restart()
    asked = dan.reads()
    assert "19:00 thứ Hai 07/12" in asked
    world.clock.advance(timedelta(minutes=1))
    world.run(world.app.tick())
    assert dan.reads() == ""
    assert december(world, cell.dan).state == CheckinState.OPEN


def test_a_question_that_was_not_sent_before_it_goes_out_once_as_it_is_now(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """The process dies between asking and sending: what waited to be sent speaks of the day before."""
    dan = phones[0]
    world.until(at(1, 18))
    dan.reads()
    world.clock.set(at(1, 19))
    moving = next(job for job in TIMETABLE if job.name == "checkin.move")
    world.app.runner.run(moving)
    down(world, timedelta(days=2))
    asked = dan.reads()
    assert "19:00 thứ Bảy 05/12" not in asked
    assert asked.count("19:00 thứ Hai 07/12") == 1


@pytest.mark.parametrize("days", [2, 6, 20])
def test_after_it_nobody_is_asked_the_same_twice(
    world: World, cell: Cell, phones: list[Phone], days: int
) -> None:
    """A report, an extra question, a meeting, a review and a task were all to be called to mind meanwhile, some several times."""
    a_meeting(world, cell, starts_at=at(12, 20))
    a_campaign(world, cell, deadline=date(2026, 12, 12))

    def ask_more(db: Session) -> None:
        dan, now = db.get_one(Member, cell.dan), world.clock()
        policies = world.settings
        ask_checkin_now(
            db, dan, question="Bão?", due_at=at(3, 19), by_id=cell.bob, policy=policies.checkin, now=now
        )
        give_task(
            db, dan, text="Gửi ảnh", due_on=date(2026, 12, 10), by_id=cell.bob, policy=policies.task, now=now
        )

    world.db(ask_more)
    world.until(at(2, 12))
    for phone in phones:
        phone.reads()
    down(world, timedelta(days=days))
    world.wait(timedelta(hours=1))
    told = Counter(
        line
        for phone in phones
        for message in phone.messages()
        if message["text"] and message["message_id"] not in phone._seen
        for line in [(phone.user_id, _matter(message))]
    )
    assert told
    assert [one for one, times in told.items() if times > 1] == []


def _matter(message: dict[str, Any]) -> str:
    """What a message is about: where its first button leads, else its first line."""
    buttons = [one.get("callback_data", "") for row in message["inline_keyboard"] for one in row]
    return buttons[0] if buttons else str(message["text"]).split("\n")[0]


def test_a_restart_is_no_outage(world: World, cell: Cell, phones: list[Phone]) -> None:
    world.until(at(2, 12))
    down(world, timedelta(minutes=10))
    assert world.db(lambda db: outages_since(db, at(1))) == []
    assert december(world, cell.dan).late_at == at(7, 19)
