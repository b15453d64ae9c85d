"""What time does with requests: each step once, by day, and never silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.contact.policy import RequestPolicy, Urgency
from models.contact.request import (
    HelpRequest,
    RequestWords,
    close_request,
    open_request,
    propose_closing,
    take_request,
)
from models.people.member import Member
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, ALICE, BOB, DEPUTY, OFFICER)


def asks(world: World, cell: Cell, urgency: Urgency = Urgency.URGENT) -> int:
    def work(db: Session) -> int:
        member = db.get_one(Member, cell.alice)
        request = open_request(
            db,
            member,
            RequestWords(text="Tai nạn", urgency=urgency),
            policy=RequestPolicy(),
            now=world.clock(),
        )
        assert request is not None
        return request.id

    found = world.db(work)
    world.settle()
    return found


def fired(world: World, until: datetime) -> list[datetime]:
    return [one.at for one in world.until(until) if one.job == "request.move"]


def test_unanswered_it_rises_to_the_deputy_and_to_the_officer_each_once(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice, _, deputy, officer = phones
    asks(world, cell)
    assert officer.reads() == ""
    assert fired(world, at(1, 17)) == [at(1, 10), at(1, 14)]  # asked at 08:00: two hours, four more
    assert deputy.chat().count("Xin đồng chí phó bí thư nhận giúp") == 1
    assert officer.chat().count("Xin đảng ủy cấp trên giúp") == 1
    assert "chuyển lên đảng ủy cấp trên" in alice.reads()
    officer.taps("Tôi nhận việc này")
    assert "Vũ Thị Mai đã nhận" in alice.reads()


def test_what_comes_at_night_begins_to_wait_in_the_morning(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.until(at(1, 23))
    phones[1].reads()
    asks(world, cell, Urgency.SOON)
    assert phones[1].reads() == ""
    assert fired(world, at(4, 23)) == [at(2, 19), at(4, 7)]
    assert "cần hỗ trợ" in phones[1].reads()


def test_from_the_last_step_on_all_are_called_again(world: World, cell: Cell, phones: list[Phone]) -> None:
    asks(world, cell)
    world.until(at(31, 20))
    assert phones[3].chat().count("Vẫn chưa có người nhận") == 3
    assert phones[3].chat().count("Xin đảng ủy cấp trên giúp") == 1


def test_after_days_of_our_own_outage_it_rises_one_step_at_a_time(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    asks(world, cell, Urgency.SOON)
    world.clock.set(at(4, 3))
    world.restart()
    world.run(world.app.tick())
    assert phones[2].chat().count("phó bí thư nhận giúp") == 0  # it is night
    world.until(at(4, 8))
    assert phones[2].chat().count("phó bí thư nhận giúp") == 1
    assert "Xin đảng ủy" not in phones[3].chat()


def test_a_promise_lapses_loudly_once_and_somebody_else_may_take_over(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice, bob, deputy, _ = phones
    request = asks(world, cell, Urgency.SOON)
    bob.taps("Tôi nhận việc này")
    world.until(at(5, 20))
    assert bob.chat().count("Đồng chí đã quá hẹn") == 1
    for phone in (alice, deputy):
        assert "đã nhận" in phone.chat()
        assert phone.chat().lower().count("quá hẹn") == 1
    deputy.taps("Tôi nhận việc này")
    assert world.db(lambda db: db.get_one(HelpRequest, request)).owner_id == cell.deputy
    assert "đã nhận tiếp việc" in bob.reads()


def test_who_does_not_say_whether_it_is_settled_is_asked_again_then_called(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice, bob, _, _ = phones
    request = asks(world, cell)

    def proposes(db: Session) -> None:
        row = db.get_one(HelpRequest, request)
        take_request(db, row, by_id=cell.bob, policy=RequestPolicy(), now=world.clock())
        propose_closing(db, row, by_id=cell.bob, policy=RequestPolicy(), now=world.clock())

    world.db(proposes)
    world.until(at(5, 8))
    assert alice.chat().count("Có đúng không?") == 2
    world.until(at(8, 8))
    assert "chưa cho biết việc nhờ hỗ trợ đã xong hay chưa" in bob.chat()
    assert world.db(lambda db: db.get_one(HelpRequest, request)).state == "proposed"


def test_settled_before_the_morning_the_desk_hears_only_that(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    world.until(at(1, 22))
    phones[1].reads()
    request = asks(world, cell, Urgency.SOON)
    world.db(lambda db: close_request(db, db.get_one(HelpRequest, request), now=world.clock()))
    assert fired(world, at(3, 12)) == []
    said = phones[1].reads()
    assert "cần hỗ trợ" not in said
    assert "cho biết việc nhờ hỗ trợ đã xong" in said
