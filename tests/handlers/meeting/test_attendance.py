"""Joining on the phone, the roll call, the minutes line by line, conclusions with receipts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting.attendance import JoinLink
from models.meeting.meeting import Attendance, MeetingAnswer, MeetingForm, MeetingState
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, Purpose, looks
from models.people.rights import Appointment
from models.people.unit import Unit, rename_unit
from models.trust.erasure import erase_member
from tests.fakes import World
from tests.files import a_pdf
from tests.meetings import (
    DOOR,
    HALF_HOUR,
    LINK,
    STARTS,
    a_meeting,
    answers,
    buttons_sent,
    invitation_id,
    state_of,
)
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in
from tests.phone import Phone

END = STARTS + timedelta(minutes=90)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """With a door to the outside."""
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Bình the secretary, An in Osaka, Dân."""
    return settle_in(world, cell, BOB, ALICE, DAN)


def statements(world: World) -> list[Attendance]:
    return list(world.db(lambda db: db.scalars(select(Attendance).order_by(Attendance.at)).all()))


def says(world: World) -> list[tuple[str, str]]:
    return [(one.said, one.how) for one in statements(world)]


# --- the link -------------------------------------------------------------------------------------------------------


def test_the_link_reaches_each_singly_half_an_hour_before_and_at_the_start(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan = phones
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.alice, MeetingAnswer.ONLINE)
    answers(world, meeting, cell.dan, MeetingAnswer.ABSENT, "ca đêm")
    world.until(STARTS - HALF_HOUR - timedelta(minutes=1))
    alice.reads(), dan.reads()
    assert buttons_sent(world, ALICE) == []
    world.until(STARTS - HALF_HOUR)
    said = alice.reads()  # half past nine at night in Osaka, and she said that she comes
    assert "22:00 thứ Năm 03/12 (20:00 giờ Việt Nam" in said
    assert "Nhà văn hóa" not in said  # she comes online
    assert "Nhà văn hóa" in bob.says("/hop").taps("20:00").reads()
    assert "Xin trả lời trước" not in bob.last()["text"]  # that hour has passed
    assert "Điểm danh, biên bản" in bob.buttons()
    bob.reads()
    world.until(STARTS)
    mine = buttons_sent(world, ALICE)
    assert len(mine) == 2
    assert all(to.startswith(f"{DOOR}/j/") for to in mine)
    assert not set(mine) & set(buttons_sent(world, BOB))
    assert buttons_sent(world, DAN) == []
    assert LINK not in alice.chat() + bob.chat()
    assert "zoom" not in str(alice.messages())
    begins = bob.reads()
    assert "Mời điểm danh" in begins
    assert begins.count("20:00 thứ Năm 03/12") == 1  # one message: the names, and his own way in
    assert bob.buttons()[:3] == ["Vào họp trực tuyến", "Tôi đang dự họp", "Điểm danh đầu giờ"]
    assert len(buttons_sent(world, BOB)) == 2
    assert state_of(world, meeting) == MeetingState.HELD
    world.until(END)
    assert "hết giờ dự kiến" in bob.reads()


def test_who_has_come_is_not_called_again_and_no_consent_means_no_message(world: World, cell: Cell) -> None:
    alice, dan = settle_in(world, cell, ALICE)[0], settle_in(world, cell, DAN, consents=(Purpose.CONTACT,))[0]
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.alice, MeetingAnswer.ONLINE)
    world.until(STARTS - timedelta(minutes=10))
    alice.taps("Tôi đang dự họp", "Tôi dự trực tuyến")
    alice.reads()
    world.until(STARTS + timedelta(minutes=1))
    assert alice.reads() == ""
    assert buttons_sent(world, DAN) == []
    assert "họp" not in dan.chat()


def test_at_the_start_the_desk_is_told_of_the_names_alone_where_it_has_come_already(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=10))
    bob.taps("Tôi đang dự họp", "Tôi có mặt tại phòng họp").reads()
    world.until(STARTS)
    assert bob.reads().count("20:00") == 1
    assert bob.buttons() == ["Điểm danh đầu giờ", "Xem cuộc họp"]


def test_without_a_door_the_button_is_the_plain_link(database_url: str) -> None:
    with World.open(database_url) as world:
        cell = a_cell(world)
        settle_in(world, cell, DAN)
        a_meeting(world, cell, form=MeetingForm.ONLINE)
        world.until(STARTS)
        assert buttons_sent(world, DAN) == [LINK, LINK]
        assert world.db(lambda db: db.scalars(select(JoinLink)).all()) == []


def test_a_meeting_in_the_room_has_no_link_and_i_am_here_all_the_same(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[2]
    a_meeting(world, cell, form=MeetingForm.IN_PERSON)
    world.until(STARTS)
    assert buttons_sent(world, DAN) == []
    assert "Nhà văn hóa thôn Đông" in dan.reads()
    dan.taps("Tôi đang dự họp")
    assert says(world) == [("self", "in person")]


def test_cancelled_before_the_half_hour_nothing_is_sent(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    meeting = a_meeting(world, cell)
    message = bob.says("/hop").last()["message_id"]
    bob.taps_data(message, f"meeting:cancel:{meeting}", stale=True).says("Bão")
    for label in ("Hủy cuộc họp", "Đúng"):
        if any(label in shown for shown in bob.buttons()):
            bob.taps(label)
    world.until(END)
    assert state_of(world, meeting) == MeetingState.CANCELLED
    assert buttons_sent(world, ALICE) == []


# --- I am here ------------------------------------------------------------------------------------------------------


def test_i_am_here_within_the_window_once_however_often_it_is_tapped(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    alice = phones[1]
    meeting = a_meeting(world, cell)
    mine = invitation_id(world, meeting, cell.alice)
    message = alice.says("/menu").last()["message_id"]
    alice.taps_data(message, f"attendance:here:{mine}:on", stale=True)
    assert "Chưa đến giờ. Từ 21:30" in alice.reads()
    world.until(STARTS + timedelta(minutes=3))
    for _ in range(3):
        alice.taps_data(message, f"attendance:here:{mine}:on", stale=True)
    assert "từ 22:03" in alice.chat()
    assert says(world) == [("self", "online")]
    alice.taps("Tôi rời cuộc họp")
    alice.taps_data(message, f"attendance:left:{mine}", stale=True)
    assert len(statements(world)) == 2
    alice.taps("Tôi đang dự họp", "Tôi có mặt tại phòng họp")
    assert says(world)[-1] == ("self", "in person")
    world.until(END + timedelta(hours=2))
    alice.taps_data(message, f"attendance:here:{mine}:on", stale=True)
    assert "đã xong" in alice.reads()
    assert len(statements(world)) == 3


def test_nobody_speaks_for_another_and_nobody_but_the_desk_calls_names(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[2]
    meeting = a_meeting(world, cell)
    hers = invitation_id(world, meeting, cell.alice)
    world.until(STARTS)
    message = dan.says("/menu").last()["message_id"]
    for data in (
        f"attendance:here:{hers}:on",
        f"attendance:left:{hers}",
        f"attendance:open:{meeting}",
        f"attendance:roll:{meeting}:start:0",
        f"attendance:who:{meeting}:start:{cell.alice}",
        f"attendance:mark:{meeting}:start:{cell.alice}:un",
        f"attendance:rest:{meeting}:start",
        f"attendance:minutes:{meeting}",
        f"attendance:close:{meeting}:yes",
        f"attendance:conclude:{meeting}",
        f"attendance:readers:{meeting}",
        "attendance:conclusion:12345",
        "attendance:link:12345",
        "attendance:here",
    ):
        dan.taps_data(message, data, stale=True)
        assert "Nguyễn Thị An" not in dan.reads()
    assert statements(world) == []
    assert dan.documents() == []
    assert state_of(world, meeting) == MeetingState.HELD


def test_a_fresh_link_from_the_meetings_screen(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[2]
    a_meeting(world, cell)
    world.until(STARTS + timedelta(minutes=5))
    before = len(buttons_sent(world, DAN))
    dan.says("/hop").taps("20:00", "Vào họp trực tuyến")
    assert len(buttons_sent(world, DAN)) == before + 1
    assert "là của riêng đồng chí, mời không chuyển" in dan.reads()
    assert dan.last()["has_protected_content"]  # so it is a message of its own: an edit cannot make it so


def test_invites_to_a_meeting_may_be_forwarded_and_the_way_in_may_not(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, dan = phones
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.dan, MeetingAnswer.ONLINE)
    world.until(STARTS)
    for phone in (bob, dan):
        for message in phone.messages():
            personal = any(
                DOOR in button.get("url", "") for row in message["inline_keyboard"] for button in row
            )
            assert message["has_protected_content"] == personal
    assert dan.last()["has_protected_content"]


# --- the roll call --------------------------------------------------------------------------------------------------


def test_the_roll_call_corrects_and_both_are_kept(world: World, cell: Cell, phones: list[Phone]) -> None:
    bob, alice, _ = phones
    meeting = a_meeting(world, cell)
    world.until(STARTS + timedelta(minutes=2))
    alice.says("/hop").taps("22:00", "Tôi đang dự họp", "trực tuyến")
    bob.taps("Điểm danh đầu giờ")
    assert "Nguyễn Thị An: trực tuyến 20:02" in bob.buttons()
    bob.taps("Nguyễn Thị An", "Vắng không lý do")
    assert "Nguyễn Thị An: vắng không lý do" in bob.buttons()
    bob.taps("Nguyễn Thị An")
    seen = bob.reads()
    assert "trực tuyến (tự báo)" in seen
    assert "vắng không lý do (điểm danh đầu giờ, Trần Văn Bình)" in seen
    tap = bob.button_data("Trực tuyến")
    bob.taps_data(*tap).taps_data(*tap, stale=True)
    assert says(world) == [("self", "online"), ("start", "unexcused"), ("start", "online")]
    bob.taps("Ghi cho người còn lại", "Người ở nhà")  # Dân is in TP Hồ Chí Minh
    assert "Đã ghi 2 người có mặt tại phòng" in bob.reads()
    assert state_of(world, meeting) == MeetingState.HELD


def test_who_is_left_is_noted_with_one_tap_by_name_and_a_slip_is_put_right(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, _, dan = phones
    meeting = a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=5))
    bob.taps_data(bob.last()["message_id"], f"attendance:roll:{meeting}:start:0", stale=True)
    bob.taps("Ghi cho người còn lại (4)")
    assert "Người ở nhà: tại phòng (2)" in bob.buttons()
    assert not any("không lý do" in label for label in bob.buttons())  # not before it begins
    world.until(STARTS)
    bob.taps("Điểm danh đầu giờ", "Ghi cho người còn lại")
    assert "Người ở nhà: tại phòng (2)" in bob.buttons()
    bob.taps("Tất cả: vắng không lý do (4)")
    assert "Lê Thị Hoa · chưa báo được qua đây" in bob.reads()
    bob.taps("‹ Danh sách điểm danh", "còn lại", "Người ở nhà", "còn lại (2)")
    bob.taps("Tất cả: vắng không lý do (2)")
    assert "Nguyễn Thị An\nPhạm Văn Dân" in bob.reads()
    dan.taps("Tôi đang dự họp", "trực tuyến")  # meanwhile he comes
    bob.taps("Đúng, ghi vắng không lý do")
    assert "Đã ghi 1 người vắng không lý do: Nguyễn Thị An." in bob.reads()
    assert not any("còn lại" in label for label in bob.buttons())
    bob.taps("Nguyễn Thị An", "Vắng có lý do")
    assert "Nguyễn Thị An: vắng có lý do" in bob.buttons()
    dan.taps_data(dan.last()["message_id"], f"attendance:rest:{meeting}:start:un:yes", stale=True)
    assert len(says(world)) == 5
    bob.taps_data(bob.last()["message_id"], f"attendance:rest:{meeting}:start:on", stale=True)
    assert len(says(world)) == 5


def test_at_an_online_meeting_all_others_are_noted_as_online(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    a_meeting(world, cell, form=MeetingForm.ONLINE, place="")
    world.until(STARTS)
    bob.taps("Điểm danh đầu giờ", "còn lại", "Tất cả: trực tuyến (4)")
    assert "Đã ghi 4 người trực tuyến" in bob.reads()


def test_nothing_is_closed_while_somebody_is_not_accounted_for(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    meeting = a_meeting(world, cell)
    world.until(END)
    bob.taps("Điểm danh, biên bản")
    assert "chương trình không tự ghi vắng" in bob.reads()
    bob.taps("Đóng cuộc họp", "Đúng, đóng")
    assert "Còn 4 người chưa rõ" in bob.reads()
    bob.taps(
        "Điểm danh cuối giờ",
        "còn lại",
        "Người ở nhà",
        "Nguyễn Thị An",
        "Vắng có lý do",
        "Phạm Văn Dân",
        "Về trước khi kết thúc",
        "20:45",
    )
    assert "Phạm Văn Dân: tại phòng –20:45" in " ".join(bob.buttons())
    roll = bob.last()["message_id"]
    bob.taps("Điểm danh, biên bản", "Đóng cuộc họp", "Đúng, đóng")
    assert state_of(world, meeting) == MeetingState.CLOSED
    bob.taps_data(roll, f"attendance:mark:{meeting}:end:{cell.dan}:un", stale=True)
    assert "không sửa được nữa" in bob.reads()
    bob.taps_data(roll, f"attendance:close:{meeting}:yes", stale=True)
    assert "không sửa được nữa" in bob.reads()


# --- minutes, conclusions -------------------------------------------------------------------------------------------


def lines(phone: Phone) -> list[str]:
    document: Any = Document(BytesIO(phone.documents()[-1][1]))
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip(" .\u200b")]


def test_conclusions_go_to_the_absent_with_a_receipt_and_a_correction_goes_again(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan = phones
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.dan, MeetingAnswer.ABSENT, "ca đêm")
    world.until(STARTS + timedelta(minutes=1))
    alice.says("/hop").taps("22:00", "Tôi đang dự họp", "trực tuyến")
    bob.taps("Điểm danh đầu giờ", "Trần Văn Bình", "Có mặt tại phòng", "Điểm danh, biên bản")
    dan.reads(), alice.reads()
    bob.taps("Gửi kết luận").says("Tài liệu (TUYỆT MẬT)", "Nhất trí 100 % <ủng hộ> quỹ").taps("Gửi")
    assert "tài liệu MẬT" in bob.chat()
    said = bob.reads()
    assert "Gửi ngay: 1 đồng chí" in said
    assert "cần gọi điện (1): Lê Thị Hoa (chưa đăng ký)" in said
    assert "1 không nhận qua chương trình" not in alice.reads()
    assert "mà đồng chí không dự" in dan.reads()
    dan.taps("Xem kết luận")
    old = dan.button_data("Đã đọc")
    assert "Nhất trí 100 % <ủng hộ> quỹ" in dan.reads()
    bob.taps("Ai đã đọc", "Gửi kết luận đã sửa").sends("document", "ket-luan.pdf", a_pdf()).taps("Gửi")
    assert "đã được sửa" in dan.reads()
    dan.taps_data(*old, stale=True)  # of the version that was replaced: the new one is shown first
    assert "bản đã được sửa" in dan.reads()
    dan.taps("Đã đọc").taps("Xem kết luận", "Đã đọc")
    bob.taps("Ai đã đọc")
    seen = bob.reads()
    assert "Đã đọc (1):\nPhạm Văn Dân" in seen
    assert "cần báo trực tiếp (1):\nLê Thị Hoa" in seen
    assert "mà đồng chí không dự" not in alice.chat()
    alice.says("/hop").taps("22:00", "Xem kết luận")
    assert alice.documents()[-1][0] == "ket-luan.pdf"


def test_the_minutes_leave_a_row_for_whose_words_they_hold(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.dan, MeetingAnswer.ABSENT, "ca đêm")
    world.until(STARTS)
    bob.taps("Điểm danh đầu giờ", "Điểm danh, biên bản", "Tải biên bản")
    assert bob.documents()[-1][0] == "bien-ban-hop-2026-12-03.docx"
    assert "- Phạm Văn Dân (ca đêm)" in lines(bob)
    assert [look.what for look, _ in world.db(lambda db: looks(db, cell.dan))] == ["meeting.minutes"]
    assert world.db(lambda db: looks(db, cell.alice)) == []


def renamed(world: World, cell: Cell) -> None:
    """A person and the cell are called otherwise from now on."""

    def work(db: Session) -> None:
        db.get_one(Member, cell.dan).full_name = "Phạm Văn Dần"
        rename_unit(db, db.get_one(Unit, cell.id), "Chi bộ thôn Mới", by_id=None, now=world.clock())

    world.db(work)


def closed(world: World, cell: Cell, phones: list[Phone]) -> tuple[int, Phone]:
    """A meeting at which one was excused, who had sent words; it is closed."""
    bob, *_ = phones
    meeting = a_meeting(world, cell)
    answers(world, meeting, cell.dan, MeetingAnswer.ABSENT, "ca đêm")
    world.until(END)
    bob.taps("Điểm danh, biên bản", "Điểm danh cuối giờ", "còn lại", "Người ở nhà", "Nguyễn Thị An")
    bob.taps("Vắng có lý do", "Điểm danh, biên bản", "Đóng cuộc họp", "Đúng, đóng")
    assert state_of(world, meeting) == MeetingState.CLOSED
    return meeting, bob


def test_minutes_that_are_filed_are_printed_as_they_were(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, bob = closed(world, cell, phones)
    bob.taps("Tải biên bản")
    first = lines(bob)
    assert "- Phạm Văn Dân (ca đêm)" in first
    renamed(world, cell)
    bob.taps("Tải biên bản")
    assert lines(bob) == first, "closed: names and attendance stay"
    bob.taps("Gửi kết luận").says("Nhất trí.").taps("Gửi").taps("Tải biên bản")
    assert lines(bob) != first, "what was concluded is added until they are filed"
    assert "Nhất trí." in lines(bob)
    bob.taps("Biên bản đã ký, đã lưu", "Tải biên bản")
    filed = lines(bob)
    assert "Biên bản như lúc xác nhận đã ký" in bob.chat()
    bob.taps("Ai đã đọc", "Gửi kết luận đã sửa").says("Viết lại.").taps("Gửi").taps("Tải biên bản")
    assert lines(bob) == filed
    assert not any("Dần" in line or "Mới" in line for line in filed)


def test_before_it_is_closed_the_minutes_follow_what_is_noted(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, *_ = phones
    a_meeting(world, cell)
    world.until(END)
    renamed(world, cell)
    bob.taps("Điểm danh, biên bản", "Tải biên bản")
    assert "- Phạm Văn Dần" in lines(bob)
    assert "Cuộc họp chưa đóng" in bob.chat()


def test_whoever_has_their_data_deleted_leaves_a_name_in_kept_minutes_and_no_words(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    _, bob = closed(world, cell, phones)
    world.db(
        lambda db: erase_member(
            db, db.get_one(Member, cell.dan), policy=world.settings.checkin, now=world.clock()
        )
    )
    bob.taps("Tải biên bản")
    assert "- Phạm Văn Dân" in lines(bob)
    assert not any("ca đêm" in line for line in lines(bob))


def test_the_deputy_may_and_a_right_that_has_ended_may_not(world: World, cell: Cell) -> None:
    (deputy,) = settle_in(world, cell, DEPUTY)
    meeting = a_meeting(world, cell)
    world.until(STARTS)
    deputy.taps("Điểm danh đầu giờ")
    assert "Điểm danh đầu giờ" in deputy.reads()
    message = deputy.last()["message_id"]
    world.db(lambda db: _end_offices(db, world))
    deputy.taps_data(message, f"attendance:minutes:{meeting}", stale=True)
    assert deputy.documents() == []


def _end_offices(db: Any, world: World) -> None:
    for held in db.scalars(select(Appointment)):
        held.ends_at = world.clock()
