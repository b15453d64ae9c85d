"""Time and meetings: the standing date, reminders of the undecided, the deadline, our own outage, what was lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.meeting.meeting import Meeting, MeetingState, StandingMeeting, postpone_answers
from models.people.member import Purpose, record_consent
from tests.called import SATURDAY, a_meeting, the_meeting
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, BOB, ALICE, DAN, DEPUTY)


def december(day: int, hour: int, minute: int = 0) -> datetime:
    """On Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def meetings(world: World) -> list[Meeting]:
    return world.db(lambda db: list(db.scalars(select(Meeting).order_by(Meeting.starts_at))))


# --- the undecided --------------------------------------------------------------------------------------------------


def test_only_the_undecided_are_reminded_and_never_at_night(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, alice, dan, _ = phones
    a_meeting(world, cell)  # Saturday 20:00: answers by Friday 20:00, reminders Wednesday 20:00, Friday 12:00
    dan.taps("Dự trực tuyến")
    world.until(december(2, 20, 5))
    assert "Nhắc đồng chí" not in alice.chat()  # 22:05 in Japan
    world.until(december(3, 5, 30))
    assert alice.chat().count("Nhắc đồng chí") == 1
    world.until(december(4, 12, 5))
    assert alice.chat().count("Nhắc đồng chí") == 2
    assert "Nhắc đồng chí" not in dan.chat()


def test_an_answer_takes_back_the_reminder_that_waits_for_the_morning(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice = phones[1]
    a_meeting(world, cell)
    world.until(december(2, 20, 30))
    alice.says("/hop").taps("05/12", "Dự trực tuyến")
    world.until(december(3, 12))
    assert "Nhắc đồng chí" not in alice.chat()


def test_the_desk_hears_who_is_undecided_and_finds_them_in_its_queue(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _, deputy = phones
    a_meeting(world, cell)
    alice.taps("Dự trực tuyến")
    deputy.taps("Dự trực tiếp")
    world.until(december(4, 20, 5))
    assert "còn 2 đồng chí chưa trả lời" in bob.reads()
    assert "còn 2 đồng chí chưa trả lời" in deputy.reads()
    bob.says("/chibo")
    assert any("Họp 05/12: 2 chưa trả lời" in label for label in bob.buttons())
    bob.taps("họp 05/12")
    assert "Phạm Văn Dân" in bob.reads()


def test_when_everybody_has_answered_nobody_hears_of_a_deadline(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *others = phones
    a_meeting(world, cell)
    for phone in others:
        phone.taps("Dự trực tuyến")
    bob.says("/hop").taps("05/12", "Tôi dự thế nào", "Dự trực tiếp")
    world.until(december(5, 19))
    assert "Hết hạn trả lời" not in bob.chat()


def test_a_meeting_that_nobody_opened_is_over_all_the_same(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    a_meeting(world, cell)
    world.until(SATURDAY + timedelta(hours=6))
    assert the_meeting(world).state != MeetingState.CALLED
    assert the_meeting(world).next_at == december(6, 8)  # it is not closed: the desk is reminded


# --- the standing date ----------------------------------------------------------------------------------------------


def test_the_standing_date_proposes_itself_to_the_desk_alone(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, _, deputy = phones
    bob.says("/hop").taps("Ngày họp hằng tháng")
    bob.says("3").taps("19:30")
    assert "Lần tới: 19:30 thứ Năm 03/12" in bob.reads()
    world.wait(timedelta(minutes=2))  # two days ahead: at once
    assert "Theo ngày họp hằng tháng, chi bộ họp 19:30 thứ Năm 03/12" in bob.reads()
    assert "Theo ngày họp" in deputy.reads()
    assert "họp" not in alice.reads()
    alice.says("/hop")
    assert "Chưa có cuộc họp nào" in alice.reads()
    bob.says("/chibo")
    assert any("chưa triệu tập" in label for label in bob.buttons())
    bob.says("/hop").taps("03/12", "Xem và triệu tập").says("Nhà văn hóa").taps("Nội dung thường kỳ")
    bob.taps("Triệu tập, gửi")
    assert "19:30 thứ Năm 03/12" in alice.reads()
    deputy.taps("Xem cuộc họp")  # the old message shows what has happened since
    assert "Nhà văn hóa" in deputy.reads()


def test_on_a_day_off_the_next_working_day_a_week_ahead(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob = phones[0]
    a_meeting(world, cell)
    bob.says("/hop").taps("Ngày họp hằng tháng").says("3").says("19h30")
    world.until(december(27, 20))
    assert [one.state for one in meetings(world)][1:] == []  # December is called already
    world.until(december(28, 20))  # a week before Monday 4 January: the 3rd is a Sunday
    found = meetings(world)[-1]
    assert (found.state, found.starts_at) == ("proposed", datetime(2027, 1, 4, 12, 30, tzinfo=UTC))
    assert found.place == "Nhà văn hóa thôn"  # as last time


def test_a_proposal_that_nobody_called_is_mentioned_once_more_then_dropped(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, *_ = phones
    bob.says("/hop").taps("Ngày họp hằng tháng").says("15").says("19h30")
    world.until(december(12, 20))
    assert bob.chat().count("ngày họp hằng tháng, chi bộ họp") == 2
    world.until(december(15, 20))
    assert meetings(world)[0].state == MeetingState.DROPPED
    assert "họp chi bộ" not in alice.chat()


def test_dropped_this_month_it_comes_again_next_month(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Ngày họp hằng tháng").says("15").says("19h30")
    world.until(december(8, 21))
    drop = bob.says("/hop").taps("15/12").button_data("Bỏ qua lần này")
    bob.taps_data(*drop)
    assert "Đã bỏ qua" in bob.reads()
    bob.taps_data(*drop, stale=True)
    world.until(datetime(2027, 1, 8, 14, tzinfo=UTC))
    assert [one.state for one in meetings(world)] == ["dropped", "proposed"]


def test_switched_off_it_proposes_no_more(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Ngày họp hằng tháng").says("15").says("19h30")
    bob.says("/hop").taps("Ngày họp hằng tháng")
    assert "Hiện nay: ngày 15, 19:30" in bob.reads()
    bob.taps("Tắt ngày họp")
    world.until(december(16, 8))
    assert meetings(world) == []
    assert world.db(lambda db: db.scalars(select(StandingMeeting)).one().next_at) is None


@pytest.mark.parametrize("typed", ["0", "29", "ba", "-3", "٣", "3" * 500])
def test_a_day_of_the_month_is_a_number(cell: Cell, phones: list[Phone], typed: str) -> None:
    bob = phones[0]
    bob.says("/hop").taps("Ngày họp hằng tháng").says(typed)
    assert "1 đến 28" in bob.reads() or "rút gọn" in bob.chat()
    bob.says("3").says("khuya")
    assert "Chưa đọc được giờ" in bob.reads()


def test_a_postponed_meeting_asks_for_its_day_again(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob = phones[0]
    a_meeting(world, cell)
    bob.says("/hop").taps("05/12", "Hoãn", "Không nêu lý do")
    for day, told in (
        (2, 1),
        (3, 1),
        (4, 2),
        (8, 3),
        (31, 3),
    ):  # after 1, 3, 7 days; then it stands on the desk
        world.until(december(day, 9))
        assert bob.chat().count("vẫn chưa có ngày mới") == told
    assert any("Họp 05/12 hoãn: chưa có ngày" in label for label in bob.says("/chibo").buttons())


# --- when we were not there -----------------------------------------------------------------------------------------


def test_after_an_outage_answers_are_due_later_and_missed_reminders_are_one(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice = phones[1]
    meeting = a_meeting(world, cell)
    by = the_meeting(world).answer_by

    def outage(db: Session) -> None:
        postpone_answers(db, timedelta(hours=10), world.settings.meeting, now=world.clock())

    world.db(outage)
    assert the_meeting(world).answer_by == by + timedelta(hours=10)

    def again(db: Session) -> None:
        postpone_answers(db, timedelta(days=3), world.settings.meeting, now=world.clock())

    world.db(again)
    assert the_meeting(world).answer_by == SATURDAY  # never later than the start
    world.clock.set(december(5, 15))  # asleep from Tuesday on: two reminders were missed
    world.wait(timedelta(minutes=2))
    assert alice.chat().count("Nhắc đồng chí") == 1
    assert the_meeting(world).id == meeting


def test_a_meeting_that_time_has_lost_is_found_again(world: World, cell: Cell, phones: list[Phone]) -> None:
    alice = phones[1]
    a_meeting(world, cell)
    world.db(lambda db: db.execute(update(Meeting).values(next_at=None)))
    world.run(world.app.tick())
    assert the_meeting(world).next_at is not None
    world.until(december(4, 13))
    assert "Nhắc đồng chí" in alice.chat()


def test_who_withdraws_consent_is_not_reminded(world: World, cell: Cell, phones: list[Phone]) -> None:
    alice = phones[1]
    a_meeting(world, cell)

    def withdraws(db: Session) -> None:
        record_consent(db, cell.alice, Purpose.MEETING, given=False, now=world.clock())

    world.db(withdraws)
    world.until(december(5, 12))
    assert "Nhắc đồng chí" not in alice.chat()
