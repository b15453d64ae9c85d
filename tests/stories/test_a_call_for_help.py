"""Kind 13: help, petitions, promises: what is said of them is what has happened, and nobody is nagged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.policy import Urgency
from models.contact.request import HelpRequest, Topic
from models.people.assignment import assign_contact
from models.people.member import Member
from tests.checkins import fills_checkin
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026, and after it, on Vietnam's clock."""
    return datetime(2026, 12, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1, hours=-7)


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (ALICE, BOB, DEPUTY, OFFICER, DAN)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def in_touch(db: Session, cell: Cell, *, now: datetime) -> None:
    """Dan keeps in touch with Alice."""
    alice, dan = db.get_one(Member, cell.alice), db.get_one(Member, cell.dan)
    assign_contact(db, alice, dan, by_id=cell.bob, now=now)


def the_request(world: World) -> HelpRequest:
    return world.db(lambda db: db.scalars(select(HelpRequest)).one())


def test_an_emergency_at_night_goes_at_once_to_everybody_on_duty_and_up_when_nobody_takes_it(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob, officer, dan = phones[ALICE], phones[BOB], phones[OFFICER], phones[DAN]
    world.db(lambda db: in_touch(db, cell, now=world.clock()))
    world.until(at(2, 2, 30))
    for phone in phones.values():
        phone.reads()
    alice.says("/hotro").taps("Tai nạn", "Khẩn cấp").says("Em bị tai nạn ở xưởng").taps("Xong, xem lại")
    assert "Việc khẩn cấp được gửi ngay, cả ban đêm" in alice.reads()
    alice.taps("Gửi")
    said = alice.reads()
    assert "Đang gửi ngay tới Trần Văn Bình, Lê Thị Hoa" in said
    assert "07:00" not in said
    assert "KHẨN CẤP" in bob.reads()
    assert "KHẨN CẤP" in phones[DEPUTY].reads()
    assert "Xin gọi ngay cho đồng chí Nguyễn Thị An" in dan.reads()
    assert "tai nạn" not in dan.chat().lower()
    alice.taps("Xem việc tôi nhờ")
    assert "Trần Văn Bình: đã tới máy lúc" in alice.reads()
    world.until(at(2, 4, 40))
    assert "Đồng chí phó bí thư được nhờ nhận giúp" in bob.reads()  # he is no deputy
    assert "Xin đồng chí phó bí thư nhận giúp" in phones[DEPUTY].reads()
    world.until(at(2, 8, 40))
    assert "Xin đảng ủy cấp trên giúp" in officer.reads()
    assert "Xin đảng ủy" not in phones[DEPUTY].reads()
    bob.taps("Tôi nhận việc này")
    assert "Đang gửi ngay tới Nguyễn Thị An" in bob.reads()
    world.until(at(2, 21, 30))  # 23:30 in Japan
    alice.reads()
    bob.taps("Viết thêm").says("Tôi đã gọi nghiệp đoàn").taps("Gửi")
    assert "Đang gửi ngay tới Nguyễn Thị An" in bob.reads()
    assert "gọi nghiệp đoàn" in alice.reads()


def test_what_waits_for_the_morning_is_called_waiting(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    alice.says("/hotro").taps("Giấy tờ", "Không gấp").says("Cần giấy xác nhận").taps("Xong, xem lại", "Gửi")
    world.until(at(1, 20, 30))  # 22:30 in Japan
    alice.reads()
    bob.taps("Tôi nhận việc này")
    said = bob.reads()
    assert "Nguyễn Thị An đang là giờ nghỉ đêm" in said
    assert "đã được báo" not in said
    assert "Đã gửi" not in said
    assert alice.reads() == ""
    world.until(at(2, 5, 5))  # 07:05 there
    assert "đã nhận việc đồng chí nhờ" in alice.reads()


def test_a_promise_that_lapsed_has_words_of_its_own_and_is_called_ever_more_seldom_at_a_fixed_hour(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob, officer = phones[ALICE], phones[BOB], phones[OFFICER]
    alice.says("/hotro").taps("Tiền lương", "Trong vài ngày").says("Nợ lương").taps("Xong, xem lại", "Gửi")
    bob.taps("Tôi nhận việc này")
    moves = [one.at for one in world.until(at(72)) if one.job == "request.move"]
    assert moves[:4] == [at(5, 8), at(6, 8), at(9, 8), at(16, 8)]  # promised for the 4th
    assert all(one.astimezone(UTC).hour == 1 and one.minute == 0 for one in moves)
    assert bob.chat().count("Đồng chí đã quá hẹn") == 4
    assert officer.chat().count("Quá hẹn") == 3
    for phone in phones.values():
        assert "Chưa ai nhận" not in phone.chat()
        assert "chưa có người nhận" not in phone.chat().lower()
    assert "Xin một đồng chí nhận" not in bob.chat()
    owner = "Đồng chí Trần Văn Bình đã nhận nhưng quá hẹn thứ Sáu 04/12; việc được báo thêm lên đảng ủy."
    assert alice.chat().count(owner) == 1
    assert alice.chat().count("vẫn đang mở. Đồng chí còn cần không?") == 1
    assert "quá hẹn 04/12" in bob.says("/chibo").reads()
    alice.says("/hotro")
    assert any("quá hẹn 04/12" in label for label in alice.buttons())


def test_help_that_is_asked_for_inside_a_report_carries_its_topic_and_urgency(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    world.until(at(2, 8))
    bob.reads()
    fills_checkin(alice.says("/baocao"), work="lost", up_to="overview").taps("Nhờ chi bộ hỗ trợ")
    alice.says("Công ty đóng cửa, em chưa có chỗ ở")
    assert "Tiền lương, việc làm · cần trong vài ngày" in alice.reads()
    alice.taps("Gửi")
    assert "Tiền lương, việc làm · cần trong vài ngày" in bob.reads()
    row = the_request(world)
    assert (row.topic, row.urgency) == (Topic.WAGES, Urgency.SOON)


def test_a_petition_is_owed_an_answer_by_a_day_and_goes_up_when_the_day_goes_by(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob, officer = phones[ALICE], phones[BOB], phones[OFFICER]
    alice.says("/hotro").taps("Kiến nghị với tổ chức", "Chi bộ thôn Đông").says(
        "Đề nghị chi bộ sửa nhà văn hóa"
    )
    alice.taps("Xong, xem lại")
    assert (
        "Hạn trả lời: hết thứ Tư 13/01" in alice.reads()
    )  # thirty working days; the first of January is none
    alice.taps("Gửi")
    assert "Đang gửi ngay tới Trần Văn Bình, Lê Thị Hoa" in alice.reads()
    assert "gửi kiến nghị tới Chi bộ thôn Đông" in bob.reads()
    assert officer.reads() == ""
    assert "kiến nghị, trả lời đến 13/01" in bob.says("/chibo").reads()
    world.until(at(44, 9))
    assert bob.chat().count("cần được trả lời chậm nhất hết thứ Tư 13/01") == 2
    officer.reads(), alice.reads()
    world.until(at(45, 9))
    assert "Quá hạn trả lời: kiến nghị của đồng chí Nguyễn Thị An" in officer.reads()
    assert "Đã báo thêm lên cấp trên: Vũ Thị Mai" in alice.reads()
    officer.taps("Xem chi tiết")
    said = officer.reads()
    assert "sửa nhà văn hóa" in said
    assert "Chi bộ thôn Đông · Nhật Bản" in said
    officer.taps("Trả lời kiến nghị").says("Xã đã bố trí kinh phí quý II").taps("Gửi")
    assert "bố trí kinh phí" in alice.reads()
    assert "đã trả lời kiến nghị" in bob.reads()
    row = the_request(world)
    assert not row.is_open
    assert row.answered_at is not None
    alice.taps("Viết tiếp").says("Xin cho biết ngày khởi công").taps("Gửi")
    assert the_request(world).is_open
    assert the_request(world).answer_by is not None


def test_a_petition_to_the_committee_is_not_shown_to_the_cell(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob, officer = phones[ALICE], phones[BOB], phones[OFFICER]
    alice.says("/hotro").taps("Kiến nghị với tổ chức", "Đảng ủy xã An Bình").says("Đề nghị xem lại chi bộ")
    alice.taps("Xong, xem lại", "Gửi")
    assert "Vũ Thị Mai" in alice.reads()
    assert bob.reads() == ""
    assert "kiến nghị" not in bob.says("/chibo").reads()
    request = the_request(world)
    bob.taps_data(bob.last()["message_id"], f"request:see:{request.id}", stale=True)
    assert "xem lại chi bộ" not in bob.reads()
    officer.taps("Xem chi tiết", "Hỏi thêm, trao đổi").says("Đồng chí nói rõ việc gì?").taps("Gửi")
    assert "nói rõ việc gì" in alice.reads()
    assert the_request(world).is_open
    officer.says("/dangbo")
    assert "Kiến nghị chưa trả lời: 1; lâu nhất từ 01/12/2026" in officer.reads()
    officer.taps("Kiến nghị, việc nhờ tôi giúp", "kiến nghị", "Ghi lại lần liên hệ", "Gọi điện", "Hôm nay")
    officer.says("Đã nghe đồng chí trình bày, sẽ trả lời bằng văn bản")
    assert "Chi bộ thấy" in officer.reads()
    assert "sẽ trả lời bằng văn bản" in alice.reads()
    assert "Vũ Thị Mai (cấp ủy) đã liên hệ với đồng chí Nguyễn Thị An" in bob.reads()
    bob.taps_data(bob.last()["message_id"], f"request:note:{request.id}", stale=True)
    assert "Gọi điện" not in bob.buttons()  # nobody notes it in an officer's name


def test_a_slip_that_is_edited_in_the_chat_is_taken_over(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    alice, bob = phones[ALICE], phones[BOB]
    alice.says("/hotro").taps("Giấy tờ", "Không gấp").says("Cần giấy xac nhan")
    slip = max(m["message_id"] for m in alice.telegram.history(ALICE) if m["from"] != "bot")
    alice.edits(slip, "Cần giấy xác nhận")
    alice.taps("Xong, xem lại", "Gửi")
    assert the_request(world).text == "Cần giấy xác nhận"
    bob.reads()
    alice.edits(slip, "Cần giấy xác nhận tạm trú")
    assert the_request(world).text == "Cần giấy xác nhận tạm trú"
    assert "Đã sửa nội dung đã gửi" in alice.reads()
    assert "vừa sửa nội dung" in bob.reads()
