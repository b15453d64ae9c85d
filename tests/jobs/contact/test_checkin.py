"""What time does: asks, reminds those who owe, tells the secretary once a morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import (
    Checkin,
    CheckinKind,
    CheckinState,
    Report,
    answer_checkin,
    ask_checkin_now,
    excuse_checkin,
    plan_checkin,
    record_contact,
    remind_checkin_again,
)
from models.contact.contact_note import Means
from models.people.member import Member, Purpose, Reachability, account_of, record_consent
from models.people.rights import appointments, end_appointment
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Vietnam's clock, December 2026 and after."""
    year = 2026 if month == 12 else 2027
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, An, Bình, Hoa."""
    return settle_in(world, cell, DAN, ALICE, BOB, DEPUTY)


def december(world: World, member_id: int) -> Checkin:
    return world.db(
        lambda db: db.scalars(
            select(Checkin).where(Checkin.member_id == member_id, Checkin.period == date(2026, 12, 1))
        ).one()
    )


def answer(world: World, member_id: int) -> None:
    row = december(world, member_id).id
    world.db(
        lambda db: answer_checkin(
            db,
            db.get_one(Checkin, row),
            Report(fine=True),
            by_id=member_id,
            policy=world.settings.checkin,
            now=world.clock(),
        )
    )


def set_state(world: World, member_id: int, state: Reachability) -> None:
    def work(db: Session) -> None:
        account = account_of(db, member_id)
        assert account is not None
        account.reachability = state

    world.db(work)


def test_each_is_asked_at_nineteen_on_their_own_clock(world: World, phones: list[Phone]) -> None:
    dan, alice, *_ = phones
    world.until(at(12, 1, 17, 1))
    assert "Đã đến kỳ" in alice.chat()
    assert "Đã đến kỳ" not in dan.chat()
    world.until(at(12, 1, 19, 1))
    assert "Đã đến kỳ" in dan.chat()


def test_only_those_who_owe_are_nudged(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, alice, *_ = phones
    world.until(at(12, 2))
    answer(world, cell.dan)
    world.until(at(12, 6))
    assert "vẫn chờ tin" not in dan.chat()
    assert alice.chat().count("vẫn chờ tin") == 2


def test_the_late_of_one_morning_are_one_alert_to_secretary_and_deputy(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, _, bob, deputy = phones
    world.until(at(12, 8, 7, 59))
    assert "chưa báo cáo" not in bob.chat()
    world.until(at(12, 20))
    for phone in (bob, deputy):
        assert phone.chat().count("2 đồng chí chưa báo cáo") == 1
    assert {"Phạm Văn Dân", "Nguyễn Thị An"} <= set(bob.buttons())


def test_an_empty_office_is_tried_again_each_morning(world: World, cell: Cell, phones: list[Phone]) -> None:
    def leave(db: Session) -> None:
        for member_id in (cell.bob, cell.deputy):
            for held in appointments(db, member_id, now=world.clock()):
                end_appointment(db, held, by_id=None, now=world.clock())

    world.db(leave)
    world.until(at(12, 9))
    assert december(world, cell.dan).alerted_at is None
    assert december(world, cell.dan).alert_at == at(12, 9, 8)


def test_the_unreachable_are_never_late(world: World, cell: Cell, phones: list[Phone]) -> None:
    set_state(world, cell.dan, Reachability.BLOCKED)
    world.until(at(12, 20))
    assert december(world, cell.dan).state == CheckinState.OPEN
    assert december(world, cell.dan).nudges == 0
    assert "• Phạm Văn Dân, hạn" not in phones[2].chat()


def test_whom_nothing_reaches_is_phoned_instead_and_the_promise_lapses_loudly(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob = phones[2]
    set_state(world, cell.dan, Reachability.BLOCKED)
    answer_when_asked = phones[1]
    world.until(at(12, 2))
    answer(world, cell.alice)
    assert "Đã đến kỳ" in answer_when_asked.chat()
    world.until(at(12, 8, 9))
    assert "Gọi điện thay: tin không tới 1 đồng chí" in bob.reads()
    assert december(world, cell.dan).phone_by == at(12, 12, 8)
    world.until(at(12, 12, 9))
    assert "Gọi điện thay: tin không tới 1 đồng chí" in bob.reads()
    assert december(world, cell.dan).state in (CheckinState.OPEN, CheckinState.NUDGED)


def test_one_who_withdraws_consent_is_asked_nothing_more(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.until(at(12, 2))

    def withdraw(db: Session) -> None:
        record_consent(db, cell.dan, Purpose.CONTACT, given=False, now=world.clock())
        plan_checkin(db, db.get_one(Member, cell.dan), world.settings.checkin, now=world.clock())

    world.db(withdraw)
    said = len(phones[0].messages())
    world.until(at(1, 20))
    assert len(phones[0].messages()) == said
    assert december(world, cell.dan).state == CheckinState.CLOSED


def down_until(world: World, moment: datetime) -> None:
    """Nobody runs; then the program starts, notices its outage, and does what is due."""
    world.clock.set(moment)
    world.restart()
    world.run(world.app.tick())


def test_three_days_down_move_the_deadlines_and_merge_the_nudges(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, *_ = phones
    world.until(at(12, 2, 12))
    down_until(world, at(12, 5, 20))
    assert dan.chat().count("vẫn chờ tin") == 0
    checkin = december(world, cell.dan)
    assert checkin.late_at - at(12, 7, 19) == timedelta(
        days=4
    )  # three and a part: a whole day more, at the hour of questions
    world.until(at(12, 20))
    assert dan.chat().count("vẫn chờ tin") == 2
    assert december(world, cell.dan).alerted_at == at(12, 12, 8)


def test_an_opening_that_was_missed_opens_late_and_is_due_later(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    down_until(world, at(12, 9, 10))
    checkin = december(world, cell.dan)
    assert checkin.state == CheckinState.OPEN
    assert checkin.due_at == at(
        12, 13, 19
    )  # seven days and a part were lost: eight, at the hour of questions


def test_whole_months_down_merge_into_the_present_one(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, *_ = phones
    down_until(world, at(2, 10, 10))
    assert dan.chat().count("Đã đến kỳ") == 1
    assert "tháng 2/2027" in dan.chat()


def test_down_into_the_night_waits_for_the_morning(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _, bob, _ = phones
    down_until(world, at(12, 1, 23, 30))
    assert "Đã đến kỳ" not in dan.chat()
    world.until(at(12, 2, 7, 1))
    assert dan.chat().count("Đã đến kỳ") == 1
    assert "chưa báo cáo" not in bob.chat()


def test_an_excuse_is_silent_until_it_ends(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _, bob, _ = phones
    world.until(at(12, 2))
    row = december(world, cell.dan).id
    world.db(
        lambda db: excuse_checkin(
            db, db.get_one(Checkin, row), until=at(12, 15, 3), reason="ốm", by_id=cell.bob, now=world.clock()
        )
    )
    world.until(at(12, 15, 1))
    assert "vẫn chờ tin" not in dan.chat()
    world.until(at(12, 15, 8))
    assert dan.chat().count("Đã đến kỳ") == 2
    world.until(at(12, 18, 9))
    assert "1 đồng chí chưa báo cáo" in bob.chat()


def test_a_question_out_of_turn_is_asked_nudged_and_late(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, _, bob, _ = phones

    def ask(db: Session) -> None:
        for question in ("Bão có ảnh hưởng không?", "Cần giúp gì?"):
            ask_checkin_now(
                db,
                db.get_one(Member, cell.dan),
                question=question,
                due_at=world.clock() + timedelta(hours=8),
                by_id=cell.bob,
                policy=world.settings.checkin,
                now=world.clock(),
            )

    world.db(ask)
    world.settle()
    assert "Bão có ảnh hưởng không?" in dan.chat()
    world.until(at(12, 3, 9))
    assert "Phạm Văn Dân" in bob.chat()
    kinds = world.db(
        lambda db: [c.state for c in db.scalars(select(Checkin).where(Checkin.kind == CheckinKind.ADHOC))]
    )
    assert kinds == [CheckinState.LATE] * 2


def test_a_contact_settles_everything_that_is_owed(world: World, cell: Cell, phones: list[Phone]) -> None:
    world.until(at(12, 8, 9))
    world.db(
        lambda db: record_contact(
            db,
            db.get_one(Member, cell.dan),
            channel=Means.PHONE,
            happened_on=date(2026, 12, 8),
            result="Khỏe",
            by_id=cell.deputy,
            policy=world.settings.checkin,
            now=world.clock(),
        )
    )
    world.settle()
    assert december(world, cell.dan).state == CheckinState.ANSWERED
    settled = "đã liên hệ được đồng chí Phạm Văn Dân"
    assert settled in phones[2].chat()  # the secretary, not the deputy who did it
    assert settled not in phones[3].chat()


def test_a_reminder_by_hand_goes_out_once_a_day(world: World, cell: Cell, phones: list[Phone]) -> None:
    world.until(at(12, 8, 9))
    row = december(world, cell.dan).id

    def remind(db: Session) -> bool:
        return remind_checkin_again(db, db.get_one(Checkin, row), by_id=cell.bob, now=world.clock())

    assert [world.db(remind), world.db(remind)] == [True, False]
