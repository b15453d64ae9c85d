"""A pause on the phone: announced in a few taps, seen, changed, ended; entered by the secretary; greeted when over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.telegram.chats import chat_address
from models.away.policy import AwayPolicy
from models.contact.checkin import Checkin, CheckinState
from models.contact.pause import Pause, PauseState
from models.delivery.outbox import Outbox
from models.desk.desk import Pile, picture
from models.people.member import Member
from models.people.unit import Unit
from models.trust.data import own_data
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Vietnam's clock, December 2026 and after."""
    year = 2026 if month == 12 else 2027
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, Bình, Hoa."""
    return settle_in(world, cell, DAN, BOB, DEPUTY)


def december(world: World, cell: Cell) -> Checkin:
    return world.db(
        lambda db: db.scalars(
            select(Checkin).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
        ).one()
    )


def pile_of(world: World, cell: Cell) -> set[Pile]:
    def work(db: object) -> set[Pile]:
        seen = picture(db, db.get_one(Unit, cell.id), policy=AwayPolicy(), now=world.clock())  # type: ignore[arg-type,attr-defined]
        return set(next(p for p in seen.people if p.member.id == cell.dan).piles)

    return world.db(work)


def pauses(phone: Phone, *, kind: str = "đi biển", until: str = "2 tuần") -> Phone:
    return phone.says("/baocao").taps("Lịch báo cáo", "Tạm nghỉ", kind, "Từ hôm nay", until, "Báo tạm nghỉ")


def test_a_few_taps_and_nothing_more_is_asked(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob, deputy = phones
    pauses(dan)
    assert "đang tạm nghỉ báo cáo</b> đến" not in dan.chat()
    assert "Đồng chí đang tạm nghỉ báo cáo đến 15/12/2026" in dan.chat()
    for phone in (bob, deputy):
        assert "Phạm Văn Dân báo tạm nghỉ báo cáo từ 01/12/2026 đến 15/12/2026 (đi biển)" in phone.chat()
    dan.reads()
    world.until(at(12, 15, 18, 59))
    assert dan.reads() == ""
    assert "chưa báo cáo" not in bob.chat()
    assert december(world, cell).state == CheckinState.PAUSED
    assert pile_of(world, cell) == {Pile.PAUSED}


def test_on_its_day_there_is_a_greeting_one_question_and_word_to_the_desk(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob, _ = phones
    pauses(dan).reads()
    bob.reads()
    world.until(at(12, 15, 19, 1))
    said = dan.reads()
    assert "trở lại" in said
    assert said.count("Đã đến kỳ") == 1
    assert "Phạm Văn Dân đã hết tạm nghỉ" in bob.reads()
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    assert december(world, cell).state == CheckinState.ANSWERED
    world.until(at(12, 30))
    assert "vẫn chờ tin" not in dan.chat()


def test_what_stands_open_is_laid_aside_and_its_reminder_is_withdrawn(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob, _ = phones
    world.until(at(12, 8, 9))
    assert "1 đồng chí chưa báo cáo" in bob.chat()
    pauses(dan, kind="làm ca")
    assert "không cần gọi nữa" in bob.reads()
    assert december(world, cell).state == CheckinState.PAUSED
    bob.says("/chibo")
    assert "quá hạn" not in bob.reads()
    assert pile_of(world, cell) == {Pile.PAUSED}


def test_typed_days_and_a_reason(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob, _ = phones
    dan.says("/menu").taps("Tạm nghỉ báo cáo", "việc riêng").says("5/12").says("2027").says("1/3")
    assert "Chưa đọc được ngày này" in dan.chat()
    dan.says("Về quê giúp mùa").taps("Báo tạm nghỉ")
    assert "từ 05/12/2026 đến 01/03/2027" in dan.chat()
    assert "Về quê giúp mùa" in dan.chat()
    pause = world.db(lambda db: db.scalars(select(Pause)).one())
    assert (pause.begins_on, pause.ends_on) == (date(2026, 12, 5), date(2027, 3, 1))
    assert pause.state == PauseState.ANNOUNCED
    world.until(at(12, 2))
    assert "Đã đến kỳ" in dan.chat()  # it has not begun
    world.until(at(12, 5, 1))
    assert december(world, cell).state == CheckinState.PAUSED
    bob.says("/danhsach").taps("Phạm Văn Dân")
    assert "tạm nghỉ báo cáo" in bob.reads()


def test_why_may_be_typed_at_once_and_a_cry_for_help_in_it_is_heard(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """A pause is a month of silence: what is wrong must not go under in it."""
    dan, bob, _ = phones
    dan.says("/menu").taps("Tạm nghỉ báo cáo").says("Em phải nằm viện một tháng")
    said = dan.reads()
    assert "chưa ai được báo gấp" in said
    assert "115" in said
    dan.taps("Báo KHẨN cho chi bộ ngay")
    assert "KHẨN CẤP" in bob.reads()
    dan.says("5/12").says("31/12")
    assert "Em phải nằm viện một tháng" in dan.reads()  # the form has gone on


def test_longer_than_the_policy_is_refused_kindly_and_nothing_is_lost(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[0]
    dan.says("/menu").taps("Tạm nghỉ báo cáo", "đi biển", "Từ hôm nay").says("2/6/2027")
    assert "Ngày này phải từ 02/12/2026 đến 01/06/2027" in dan.chat()
    dan.taps("lâu nhất")
    assert "đến 01/06/2027" in dan.last()["text"]


def test_a_secret_reason_and_a_long_one_are_refused(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    dan.says("/menu").taps("Tạm nghỉ báo cáo", "đi biển", "Từ hôm nay", "1 tuần").says("TUYỆT MẬT: số 12")
    assert "MẬT nên không được nhận" in dan.chat()
    dan.says("a" * 4000)
    assert "dài quá" in dan.chat()
    dan.taps("Báo tạm nghỉ")
    assert world.db(lambda db: db.scalars(select(Pause)).one()).reason is None


def test_who_is_on_a_pause_may_report_all_the_same(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    pauses(dan)
    world.until(at(12, 3, 12))
    dan.says("/baocao")
    assert "đang tạm nghỉ" in dan.last()["text"]
    dan.taps("Vẫn báo cáo bây giờ", "Mọi việc vẫn ổn", "Gửi")
    assert december(world, cell).state == CheckinState.ANSWERED
    world.until(at(12, 15, 20))
    assert "Hiện chưa phải báo gì" in dan.chat()
    assert "Đã đến kỳ" not in dan.chat().split("trở lại")[1]


def test_ended_early_the_question_comes_at_once(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob, _ = phones
    pauses(dan)
    world.until(at(12, 3, 12))
    dan.says("/baocao").taps("Hết nghỉ, hỏi", "Đúng, kết thúc")
    assert "Đã đến kỳ báo cáo tình hình tháng 12/2026" in dan.last()["text"]
    assert "sớm hơn hẹn" in bob.chat()
    assert december(world, cell).state == CheckinState.OPEN
    world.until(at(12, 6))
    assert dan.chat().count("vẫn chờ tin") == 1  # reminded by its new date


def test_an_old_button_of_a_pause_that_is_over(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    pauses(dan)
    message, data = dan.button_data("Hết nghỉ, hỏi")
    dan.taps("Hết nghỉ, hỏi", "Đúng, kết thúc")
    dan.taps_data(message, data, stale=True)
    assert "đã kết thúc rồi" in dan.chat()


def test_the_end_is_changed(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob, _ = phones
    pauses(dan)
    dan.taps("Đổi ngày kết thúc", "3 tháng")
    assert "đến 01/03/2027" in dan.last()["text"]
    assert "nay đến 01/03/2027" in bob.chat()
    dan.reads()
    world.until(at(2, 28))
    assert dan.reads() == ""


def test_the_secretary_enters_one_and_the_member_is_told_and_may_end_it(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob, deputy = phones
    world.until(at(12, 8, 9))
    bob.taps("Phạm Văn Dân", "giao việc, tạm nghỉ", "Ghi tạm nghỉ", "đi biển", "Từ hôm nay", "1 tháng")
    bob.says("Tàu ra khơi")
    bob.taps("Báo tạm nghỉ")
    assert "Đồng chí ấy sẽ được báo" in bob.chat()
    told = dan.reads()
    assert "Trần Văn Bình đã ghi cho đồng chí tạm nghỉ" in told
    assert "Tàu ra khơi" in told
    assert "Trần Văn Bình ghi cho đồng chí Phạm Văn Dân tạm nghỉ" in deputy.chat()
    assert "Trần Văn Bình ghi cho đồng chí Phạm Văn Dân" not in bob.chat()
    dan.says("/baocao")
    assert "Do đồng chí Trần Văn Bình ghi giúp" in dan.chat()
    dan.taps("Hết nghỉ, hỏi", "Đúng, kết thúc")
    assert "sớm hơn hẹn" in bob.chat()


def test_the_secretary_ends_one_and_the_member_is_asked(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob, _ = phones
    pauses(dan)
    world.until(at(12, 3, 9))
    dan.reads()
    bob.says("/chibo")
    bob.taps("Xem đồng chí này", "giao việc, tạm nghỉ", "Kết thúc tạm nghỉ", "Đúng, kết thúc")
    said = dan.reads()
    assert "Trần Văn Bình đã kết thúc tạm nghỉ" in said
    assert "Đã đến kỳ" in said


def test_a_stranger_to_the_cell_enters_and_ends_nothing(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[0]
    (alice,) = settle_in(world, cell, ALICE)
    pauses(dan)
    pause = world.db(lambda db: db.scalars(select(Pause)).one())
    message = alice.says("/menu").last()["message_id"]
    for data in (
        f"pause:end:{pause.id}:yes",
        f"pause:until:{pause.id}",
        f"pause:for:{cell.dan}",
        "pause:end:9",
    ):
        alice.taps_data(message, data, stale=True)
    assert world.db(lambda db: db.scalars(select(Pause)).one()).ended_at is None
    assert world.db(lambda db: len(db.scalars(select(Pause)).all())) == 1


def test_nobody_pauses_twice_and_who_is_at_home_need_not(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob, _ = phones
    pauses(dan)
    message = dan.last()["message_id"]
    dan.taps_data(message, "pause:new", stale=True)
    assert "Đã có một lần tạm nghỉ" in dan.chat()
    bob.taps_data(bob.says("/menu").last()["message_id"], "pause:new", stale=True)
    assert "không cần tạm nghỉ" in bob.chat()


def test_an_extra_question_leaves_them_out_and_says_why(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[0]
    settle_in(world, cell, ALICE)
    pauses(dan)
    person = world.db(
        lambda db: [
            one.bar
            for one in picture(db, db.get_one(Unit, cell.id), policy=AwayPolicy(), now=world.clock()).people
            if one.pause
        ]
    )
    assert person == ["paused"]


def test_it_stands_in_what_is_held(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    pauses(dan)
    world.until(at(12, 2))
    dan.says("/dulieu").taps("Xem đầy đủ")
    assert "01/12/2026 đến 15/12/2026: đi biển, đang nghỉ" in dan.last()["text"]
    assert "tạm nghỉ báo cáo" in dan.last()["text"]
    held = world.db(lambda db: own_data(db, db.get_one(Member, cell.dan), now=world.clock()))
    assert held.records["pause"]
    assert held.records["pause_move"]


def test_the_desk_shows_it_as_nothing_to_do(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob, _ = phones
    dan.says("/menu").taps("Tạm nghỉ báo cáo", "nơi không có mạng", "Từ hôm nay", "1 tháng").says("Rừng sâu")
    dan.taps("Báo tạm nghỉ")
    bob.taps("Xem đồng chí này")
    assert "Tạm nghỉ báo cáo đến 01/01/2027 (nơi không có mạng)" in bob.last()["text"]
    assert "Rừng sâu" in bob.last()["text"]
    dan.says("/dulieu").taps("Ai đã xem")
    assert "lý do tạm nghỉ" in dan.last()["text"]


def test_blocked_while_away_at_sea_is_no_alarm_and_no_letter_waits(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[0]
    pauses(dan)
    dan.blocks()
    world.until(at(12, 20))
    assert december(world, cell).state != CheckinState.LATE
    waiting = world.db(
        lambda db: db.scalars(
            select(Outbox.key).where(Outbox.address == chat_address(DAN), Outbox.state == "pending")
        ).all()
    )
    assert waiting == []


def test_in_english(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    dan.says("/ngonngu").taps("English").says("/baocao").taps(
        "My schedule", "Pause reporting", "at sea", "From today"
    )
    dan.taps("2 weeks", "Announce the pause")
    assert "You are on a pause until 15 Dec 2026" in dan.last()["text"]


def test_a_pause_that_ends_a_silence_is_told_once_to_each(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob, deputy = phones
    world.until(at(12, 8, 9))  # he is late, and both heard of it
    for phone in (bob, deputy):
        phone.reads()
    pauses(dan)
    for phone in (bob, deputy):
        told = phone.reads()
        assert told.count("tạm nghỉ") == 1
        assert "không cần gọi nữa" in told
        assert phone.buttons()[-1] == "Xem đồng chí này"
