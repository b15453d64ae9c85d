"""The desk: the secretary sees who needs a call today, and does something about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import (
    Checkin,
    CheckinState,
    Report,
    answer_checkin,
    owed_checkin,
    volunteer_checkin,
)
from models.contact.policy import RequestPolicy
from models.contact.request import RequestWords, open_request
from models.delivery.outbox import Outbox
from models.entry.invite import Claim, create_invite, wait_for_identity
from models.people.member import Look, Member, Reachability, account_of, add_member, looks, set_reachability
from models.people.rights import Appointment, Role, appoint
from models.people.unit import UnitKind, create_unit
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, NUMBERS, Cell, phone_of, settle_in
from tests.phone import Phone

LATE = datetime(2026, 12, 8, 1, tzinfo=UTC)  # 08:00 in Vietnam: both who are away are late


@pytest.fixture
def late(world: World, cell: Cell) -> tuple[Phone, Phone, Phone, Phone]:
    """bob, deputy, alice, dan on the morning on which alice and dan are late."""
    bob, deputy, alice, dan = settle_in(world, cell, BOB, DEPUTY, ALICE, DAN)
    world.until(LATE)
    for phone in (bob, deputy, alice, dan):
        phone.reads()
    return bob, deputy, alice, dan


def owed(world: World, member_id: int) -> int:
    def work(db):  # type: ignore[no-untyped-def]
        found = owed_checkin(db, member_id)
        assert found
        return found.id

    number: int = world.db(work)
    return number


def forges(phone: Phone, data: str) -> str:
    """A button that this person was never given, or long ago."""
    phone.says("/menu")
    return phone.taps_data(phone.last()["message_id"], data, stale=True).reads()


def answers(world: World, member_id: int, report: Report) -> None:
    def work(db):  # type: ignore[no-untyped-def]
        found = owed_checkin(db, member_id)
        assert found
        answer_checkin(db, found, report, by_id=member_id, policy=world.settings.checkin, now=world.clock())

    world.db(work)


def who_looked(world: World, member_id: int) -> list[tuple[str, str]]:
    return world.db(lambda db: [(name, look.what) for look, name in looks(db, member_id)])


# --- the screen -----------------------------------------------------------------------------------------------------


def test_the_desk_says_first_whom_to_call_today(late: tuple[Phone, ...]) -> None:
    bob = late[0]
    seen = bob.says("/chibo").reads()
    assert "Chi bộ thôn Đông" in seen
    assert "xem lúc 08:00 thứ Ba 08/12" in seen
    assert "Báo cáo tháng 12/2026: 0/2 đồng chí đã trả lời" in seen
    assert seen.startswith("Hôm nay cần gọi 2 đồng chí, trước hết là Nguyễn Thị An: quá hạn 2 ngày.")
    waiting = ["Nguyễn Thị An · quá hạn 2 ngày", "Phạm Văn Dân · quá hạn 2 ngày"]
    assert bob.buttons()[:3] == [*waiting, "Xem theo nhóm"]
    assert bob.buttons()[-3:] == ["Xem theo nhóm", "Việc khác", "Sổ theo dõi đi xa"]
    assert "2 chưa trả lời, trong đó 2 quá hạn" in bob.taps("Xem theo nhóm").reads()
    assert bob.buttons() == ["Chưa trả lời (2)", "‹ Chi bộ"]


def test_when_nothing_waits_it_says_so_in_one_friendly_line(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE, DAN)
    assert "không có việc gì chờ" in bob.says("/chibo").reads()


def test_the_way_back_redraws_the_same_message(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob = late[0]
    bob.says("/chibo")
    world.wait(timedelta(minutes=10))
    answers(world, cell.dan, Report(fine=True))
    world.settle()
    before = len(bob.messages())
    bob.taps("Xem theo nhóm", "‹ Chi bộ")
    assert len(bob.messages()) == before
    assert "xem lúc 08:10" in bob.chat()
    assert "1/2 đồng chí đã trả lời" in bob.chat()


def test_which_cell_is_asked_only_when_there_are_several(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    def second(db):  # type: ignore[no-untyped-def]
        unit = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=None, now=world.clock())
        appoint(db, member_id=cell.bob, unit_id=unit.id, role=Role.SECRETARY, by_id=None, now=world.clock())

    world.db(second)
    bob = late[0].says("/chibo")
    assert bob.buttons()[:2] == ["Chi bộ thôn Đông", "Chi bộ thôn Tây"]
    assert "Chưa có đồng chí nào đi làm ăn xa" in bob.taps("thôn Tây").reads()


def test_long_lists_are_turned_page_by_page(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)

    def many(db):  # type: ignore[no-untyped-def]
        for number in range(20):
            add_member(
                db, cell_id=cell.id, full_name=f"Đỗ Văn {number:02}", place_code="JP", now=world.clock()
            )

    world.db(many)
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa đăng ký (22)")
    assert "trang 1/5" in bob.reads()
    assert len(bob.buttons()) == 7  # five names, next, back
    assert "trang 3/5" in bob.taps("Trang sau", "Trang sau").reads()
    assert "trang 2/5" in bob.taps("Trang trước").reads()
    assert "trang 5/5" in forges(bob, f"desk:list:{cell.id}:unregistered:99")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Reachability.BLOCKED, "Bỏ chặn"),
        (Reachability.DEACTIVATED, "lời mời mới"),
        (Reachability.NEVER_STARTED, "Bắt đầu"),
        (Reachability.NETWORK, "tự gửi lại"),
    ],
)
def test_whoever_cannot_be_reached_comes_with_the_next_step(
    world: World, cell: Cell, state: Reachability, words: str
) -> None:
    bob, _ = settle_in(world, cell, BOB, ALICE)
    world.db(lambda db: set_reachability(account_of(db, cell.alice), state, now=world.clock()))  # type: ignore[arg-type]
    bob.says("/chibo").taps("Xem theo nhóm", "Tin không tới (1)", "Nguyễn Thị An")
    assert words in bob.reads()
    assert "Nhắc lại" not in bob.buttons()


def test_who_is_not_registered_can_be_invited_from_here(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa đăng ký (2)", "Nguyễn Thị An · chưa mời")
    assert "chưa gửi lời mời" in bob.reads()
    bob.taps("Mời đăng ký")
    assert "t.me/" in bob.reads()
    world.wait(timedelta(days=8))
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa đăng ký (2)")
    assert "Nguyễn Thị An · lời mời hết hạn" in bob.buttons()
    assert "lời mời hết hạn" in bob.taps("Nguyễn Thị An").reads()


# --- one who owes ---------------------------------------------------------------------------------------------------


def test_calling_shows_the_phone_and_leaves_a_row(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob = late[0]
    bob.taps("Nguyễn Thị An")  # from the morning's alert
    seen = bob.reads()
    assert "quá hạn" in seen
    assert "19:00 thứ Bảy 05/12 (17:00 giờ Việt Nam)" in seen
    assert "Bên đó đang 10:00, gọi được" in seen
    assert NUMBERS[ALICE] in seen  # one tap from the alert to the number
    assert who_looked(world, cell.alice) == [("Trần Văn Bình", "member.phone")]


def test_at_night_it_says_not_to_call_and_when_the_reminder_goes(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, _, alice, _ = late
    world.until(datetime(2026, 12, 8, 13, 40, tzinfo=UTC))  # 20:40 in Vietnam, 22:40 in Japan
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa trả lời", "Nguyễn Thị An")
    assert "Bên đó đang 22:40, không nên gọi" in bob.reads()
    assert "sẽ gửi lúc 07:00 thứ Tư 09/12 (05:00 giờ Việt Nam" in bob.taps("Nhắc lại").reads()
    assert alice.reads() == ""
    world.wait(timedelta(hours=9))
    assert "vẫn chờ tin" in alice.reads()


def test_one_reminder_a_day_whoever_taps(world: World, late: tuple[Phone, ...]) -> None:
    bob, deputy, alice, _ = late
    assert "đã được gửi đi" in bob.taps("Nguyễn Thị An", "Nhắc lại").reads()
    assert "Hôm nay đã nhắc rồi" in deputy.taps("Nguyễn Thị An", "Nhắc lại").reads()
    assert alice.reads().count("vẫn chờ tin") == 1
    world.wait(timedelta(days=1))
    assert "đã được gửi đi" in deputy.taps("Nhắc lại").reads()


def test_a_contact_is_noted_on_the_members_behalf(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob, deputy, alice, _ = late
    bob.taps("Nguyễn Thị An", "Ghi kết quả gọi", "Cách khác", "Zalo")
    assert "Chưa đọc được ngày này" in bob.says("hôm kia").reads()
    assert "nằm trong khoảng" in bob.says("25/12").reads()
    bob.says("6/12")
    assert "MẬT" in bob.says("TỐI MẬT").reads()
    assert "1000" in bob.says("x" * 1001).reads()
    preview = bob.says("Vẫn khỏe, <b>đang tăng ca</b>").reads()
    assert "qua Zalo, 06/12/2026" in preview
    assert "<b>đang tăng ca</b>" in preview
    assert "1/2 đồng chí đã trả lời" in bob.taps("Ghi lại").reads()
    told = alice.reads()
    assert "Trần Văn Bình đã ghi nhận" in told
    assert "đang tăng ca" in told
    assert "Chưa đúng, tôi muốn sửa" in alice.buttons()
    assert "Trần Văn Bình đã liên hệ được đồng chí Nguyễn Thị An (qua Zalo): “Vẫn khỏe" in deputy.reads()
    note = deputy.taps("Xem ghi nhận").reads()
    assert "Đồng chí Trần Văn Bình ghi: qua Zalo, gặp được, 06/12/2026" in note
    assert ("Lê Thị Hoa", "contact.note") in who_looked(world, cell.alice)


def test_two_who_note_the_same_call_lose_nothing_and_settle_it_once(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, deputy, alice, _ = late
    for phone, words in ((bob, "Tôi đã gọi"), (deputy, "Tôi gọi được rồi")):
        phone.taps("Nguyễn Thị An", "Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay").says(words)
    bob.taps("Ghi lại")
    deputy.taps("Ghi lại")
    seen = deputy.reads()
    assert "Trần Văn Bình đã liên hệ với đồng chí Nguyễn Thị An" in seen
    assert "vẫn được lưu" in seen
    told = alice.reads()
    assert "Tôi đã gọi" in told
    assert "Tôi gọi được rồi" in told
    deputy.says("/chibo").taps("Xem theo nhóm", "Đã báo cáo", "Nguyễn Thị An")
    assert "Tôi đã gọi" in deputy.reads()


def test_what_was_settled_meanwhile_says_what_happened(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, deputy, _, _ = late
    bob.taps("Phạm Văn Dân")
    deputy.taps("Phạm Văn Dân", "Hoãn báo cáo", "3 ngày", "Không ghi lý do")
    answers(world, cell.alice, Report(fine=True))
    seen = bob.taps("Nhắc lại").reads()
    assert "Được hoãn báo cáo đến 19:00 thứ Sáu 11/12" in seen
    assert "Lê Thị Hoa đã cho đồng chí Phạm Văn Dân hoãn báo cáo, lúc 08:00" in seen
    assert "đã tự báo cáo lúc 08:00" in forges(bob, f"desk:late:{_last(world, cell.alice)}")
    assert "Mọi việc vẫn ổn" in bob.taps("Xem báo cáo").reads()


def _last(world: World, member_id: int) -> int:
    def work(db):  # type: ignore[no-untyped-def]
        return db.scalar(
            select(Checkin.id).where(Checkin.member_id == member_id, Checkin.state == CheckinState.ANSWERED)
        )

    number: int = world.db(work)
    return number


def test_an_excuse_has_an_end_a_reason_and_is_told(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob, _, alice, _ = late
    bob.taps("Nguyễn Thị An", "Hoãn báo cáo")
    assert bob.buttons()[:3] == [
        "3 ngày: thứ Sáu 11/12",
        "Một tuần: thứ Ba 15/12",
        "Hết tháng: thứ Năm 31/12",
    ]
    assert "nằm trong khoảng 09/12/2026 đến 31/12/2026" in bob.says("15/01").reads()
    bob.says("12/12").says("Đang đi tàu")
    assert "được hoãn báo cáo đến 19:00 thứ Bảy 12/12" in bob.reads()
    told = alice.reads()
    assert "Trần Văn Bình" in told
    assert "Đang đi tàu" in told
    bob.taps("Xem theo nhóm", "Đang hoãn báo cáo (1)")
    assert "Nguyễn Thị An · hoãn đến 12/12" in bob.buttons()
    world.until(datetime(2026, 12, 12, 12, tzinfo=UTC))
    assert "báo cáo tình hình" in alice.reads()


# --- reports --------------------------------------------------------------------------------------------------------


def test_a_report_is_read_with_what_was_sent_along(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob, _, alice, _ = late
    alice.sends("photo", "a.jpg", b"\xff\xd8\xff\xe0 a picture")
    sent = next(m for m in world.telegram.history(ALICE) if m.get("photo"))
    report = Report.model_validate(
        {
            "whereabouts": "changed",
            "place_now": "KR",
            "work": "lost",
            "residence": "not yet",
            "note": "Công ty đóng cửa",
            "photo_ids": [
                sent["photo"][-1]["file_id"] if isinstance(sent["photo"], list) else sent["photo"]["file_id"]
            ],
            "needs_help": True,
        }
    )
    answers(world, cell.alice, report)
    bob.says("/chibo").taps("Xem theo nhóm", "Đã báo cáo (1)", "Nguyễn Thị An")
    seen = bob.reads()
    for words in (
        "10:00 thứ Ba 08/12 (08:00 giờ Việt Nam",
        "Công ty đóng cửa",
        "đã chuyển nơi ở: Hàn Quốc",
        "mất việc",
        "Tạm trú: chưa đăng ký",
        "Cần chi bộ hỗ trợ",
        "gửi kèm báo cáo",
    ):
        assert words in seen
    assert bob.last()["photo"]
    assert set(who_looked(world, cell.alice)) == {
        ("Trần Văn Bình", "checkin.report")
    }  # its first line, and the whole


# --- extra questions ------------------------------------------------------------------------------------------------


def test_the_whole_cell_is_asked_and_the_answers_are_counted(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, _, alice, dan = late
    world.db(
        lambda db: add_member(db, cell_id=cell.id, full_name="Đỗ Mới", place_code="DE", now=world.clock())
    )
    dan.blocks()
    bob.says("/chibo").taps("Việc khác", "Hỏi đột xuất", "Tất cả đồng chí hỏi được (1)")
    assert "MẬT" in bob.says("TUYỆT MẬT: ở đâu?").reads()
    bob.says("Có bị ảnh hưởng bão không?").taps("3 ngày")
    preview = bob.reads()
    assert "Gửi đồng chí Nguyễn Thị An" in preview
    assert "19:00 thứ Sáu 11/12" in preview
    assert "đang sinh hoạt tại chi bộ: Trần Văn Bình, Lê Thị Hoa" in preview
    assert "chưa đăng ký: Đỗ Mới" in preview
    assert "tin không tới: Phạm Văn Dân" in preview
    message, data = bob.button_data("Gửi câu hỏi")
    assert "Đã hỏi 1 đồng chí" in bob.taps("Gửi câu hỏi").reads()
    bob.taps_data(message, data, stale=True)
    assert alice.reads().count("Có bị ảnh hưởng bão không?") == 1
    bob.says("/chibo").taps("Xem theo nhóm", "Câu hỏi đã gửi (1)", "0/1 · Có bị ảnh hưởng bão")
    assert "0/1 đã trả lời" in bob.reads()


def test_one_member_is_found_by_a_few_letters(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob, _, alice, dan = late
    bob.says("/chibo").taps("Việc khác", "Hỏi đột xuất").says("dan")
    assert bob.buttons() == ["Phạm Văn Dân", "Tất cả tên", "Hủy"]
    bob.says("không có ai")
    assert "“không có ai”: 0" in bob.reads()
    bob.taps("Tất cả tên", "Phạm Văn Dân").says("Đã về quê chưa?").says("20/12").taps("Gửi câu hỏi")
    assert "Đã về quê chưa?" in dan.reads()
    assert "Đã về quê chưa?" not in alice.reads()


def test_a_question_asked_at_night_arrives_in_the_morning_also_when_two_ask(
    world: World, late: tuple[Phone, ...]
) -> None:
    bob, deputy, alice, _ = late
    world.until(datetime(2026, 12, 8, 13, 40, tzinfo=UTC))  # 22:40 in Japan
    for phone, question in ((bob, "Câu hỏi một?"), (deputy, "Câu hỏi hai?")):
        phone.says("/chibo").taps("Việc khác", "Hỏi đột xuất", "Nguyễn Thị An").says(question).taps(
            "Ngày mai", "Gửi câu hỏi"
        )
    assert alice.reads() == ""
    world.wait(timedelta(hours=9))
    seen = alice.reads()
    assert "Câu hỏi một?" in seen
    assert "Câu hỏi hai?" in seen


# --- requests, identities -------------------------------------------------------------------------------------------


def test_of_two_who_take_a_request_the_first_has_it(world: World, cell: Cell) -> None:
    bob, deputy, alice = settle_in(world, cell, BOB, DEPUTY, ALICE)
    world.db(
        lambda db: open_request(
            db,
            db.get_one(Member, cell.alice),
            RequestWords(text="Mất hộ chiếu"),
            policy=RequestPolicy(),
            now=world.clock(),
        )
    )
    world.settle()
    bob.taps("Xem chi tiết", "Tôi nhận việc này")
    assert "Trần Văn Bình đã nhận" in alice.reads()
    assert "Trần Văn Bình đã nhận" in deputy.taps("Tôi nhận việc này").reads()
    assert "Tôi nhận việc này" not in deputy.buttons()
    deputy.says("/chibo").taps("Xem theo nhóm", "Cần hỗ trợ (1)")
    assert "Nguyễn Thị An: Trần Văn Bình đã nhận" in deputy.reads()
    world.db(lambda db: _end_office(db, cell.bob, world.clock()))
    deputy.taps("Nguyễn Thị An", "Tôi nhận việc này")
    assert "Lê Thị Hoa đã nhận" in alice.reads()


def _end_office(db, member_id: int, now: datetime) -> None:  # type: ignore[no-untyped-def]
    for held in db.scalars(select(Appointment).where(Appointment.member_id == member_id)):
        held.ends_at = now


def test_who_waits_to_be_confirmed_is_on_the_desk(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)
    alice = phone_of(world, ALICE)
    alice.says("/start")

    def waits(db):  # type: ignore[no-untyped-def]
        now, member = world.clock(), db.get_one(Member, cell.alice)
        invite, _ = create_invite(db, member, by_id=cell.bob, policy=world.settings.invite, now=now)
        invite.state = "opened"
        db.flush()
        wait_for_identity(
            db, invite, Claim(address=chat_address(ALICE), phone="+819000000999", place_code="JP"), now=now
        )

    world.db(waits)
    bob.says("/chibo").taps("Xem theo nhóm", "Chờ xác nhận đúng người (1)", "Nguyễn Thị An")
    assert "…999" in bob.reads()
    assert "‹ Danh sách" in bob.buttons()
    bob.taps("Đúng là đồng chí ấy")
    assert world.db(lambda db: account_of(db, cell.alice)) is not None


# --- those who may not ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb",
    [
        "open",
        "list:owing",
        "questions",
        "ask",
        "late",
        "call:c",
        "remind",
        "note:c",
        "excuse",
        "report",
        "who",
        "identity",
    ],
)
def test_a_member_with_a_forged_button_learns_nothing(
    world: World, cell: Cell, late: tuple[Phone, ...], verb: str
) -> None:
    dan, alices = late[3], owed(world, cell.alice)
    for number in (alices, cell.id, cell.alice, 0, "x", "9" * 18, "9" * 30, ""):
        head, _, tail = verb.partition(":")
        data = f"desk:{head}:{tail}:{number}" if tail == "c" else f"desk:{head}:{number}:{tail}"
        seen = forges(dan, data)
        assert "không thuộc phần đồng chí phụ trách" in seen, data
        assert "Nguyễn Thị An" not in seen
    assert world.db(lambda db: db.scalars(select(Look)).all()) == []


def test_an_appointment_that_ended_in_the_middle_ends_what_was_begun(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, deputy, alice, _ = late
    bob.taps("Nguyễn Thị An", "Ghi kết quả gọi", "Cách khác", "Zalo", "Hôm nay").says("Đã nhắn tin")
    deputy.says("/chibo").taps("Việc khác", "Hỏi đột xuất", "Tất cả").says("Có khỏe không?").taps("Ngày mai")
    for holder in (cell.bob, cell.deputy):
        world.db(partial(_end_office, member_id=holder, now=world.clock()))
    assert "phân công đã hết hạn" in bob.taps("Ghi lại").reads()
    assert "phân công đã hết hạn" in deputy.taps("Gửi câu hỏi").reads()
    assert alice.reads() == ""
    assert "phân công đã hết hạn" in bob.says("/chibo").reads()
    assert "chưa gửi tin này cho ai" in deputy.says("xin chào").reads()  # nothing asks any more: it is held


def test_who_left_the_roster_is_not_shown_any_more(world: World, cell: Cell, late: tuple[Phone, ...]) -> None:
    bob = late[0]
    world.db(lambda db: setattr(db.get_one(Member, cell.alice), "left_at", world.clock()))
    assert "không còn dùng được" in bob.taps("Nguyễn Thị An").reads()


def test_the_phone_that_was_shown_is_not_kept_in_clear(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob = late[0]
    bob.taps("Nguyễn Thị An")
    bodies = world.db(lambda db: [row.body_sealed for row in db.scalars(select(Outbox))])
    assert all(NUMBERS[ALICE].encode() not in body for body in bodies if body)


def test_a_note_about_somebody_unreachable_is_told_when_they_are_back(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, _, alice, _ = late
    alice.blocks()
    bob.says("/chibo").taps(
        "Xem theo nhóm",
        "Tin không tới",
        "Nguyễn Thị An",
        "Ghi kết quả gọi",
        "Cách khác",
        "Gọi điện",
        "Hôm nay",
    )
    assert "được báo" not in bob.says("Vẫn khỏe").reads()
    saved = bob.taps("Ghi lại").reads()
    assert "tin không tới được đồng chí ấy" in saved
    assert "được báo và có thể sửa" not in saved
    assert "đã ghi nhận liên hệ" not in alice.chat()
    alice.unblocks()
    assert alice.reads().count("đã ghi nhận liên hệ") == 1
    alice.blocks().unblocks()
    assert alice.chat().count("đã ghi nhận liên hệ") == 1
    alice.says("/dulieu").taps("Xem đầy đủ", "Ghi nhận liên hệ", "Sửa ghi nhận ngày 08/12/2026").says(
        "Tôi đang ốm"
    )
    assert "Tôi đang ốm" in bob.reads()


def test_a_report_out_of_turn_is_opened_from_the_desk(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, _, alice, _ = late

    def volunteers(db: Session) -> None:
        member = db.get_one(Member, cell.alice)
        volunteer_checkin(db, member, Report(note="Nhà máy cháy"), world.settings.checkin, now=world.clock())

    world.db(volunteers)
    bob.says("/chibo").taps(
        "Xem theo nhóm", "Chưa trả lời", "Nguyễn Thị An", "Hỏi, giao việc", "Báo cáo đột xuất 08/12"
    )
    assert "Nhà máy cháy" in bob.reads()
    answers(world, cell.alice, Report(fine=True))
    bob.says("/chibo").taps("Xem theo nhóm", "Đã báo cáo", "Nguyễn Thị An", "Báo cáo đột xuất 08/12/2026")
    assert "Nhà máy cháy" in bob.reads()
    assert alice.chat().count("Nhà máy cháy") == 0


def test_a_sentence_where_a_day_is_expected_gets_the_hint(
    world: World, cell: Cell, late: tuple[Phone, ...]
) -> None:
    bob, *_ = late
    bob.taps("Nguyễn Thị An", "Ghi kết quả gọi", "Cách khác", "Gọi điện").says(
        "tôi đã gọi cho đồng chí ấy vào chiều ngày hôm kia rồi"
    )
    assert "Chưa đọc được ngày này" in bob.reads()


def test_a_reminder_before_the_first_nudge_says_that_the_cell_waits(world: World, cell: Cell) -> None:
    bob, dan = settle_in(world, cell, BOB, DAN)
    world.until(datetime(2026, 12, 2, 1, tzinfo=UTC))
    dan.reads()
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa trả lời", "Phạm Văn Dân", "Nhắc lại")
    assert "Chi bộ vẫn chờ tin" in dan.reads()


def test_who_is_late_with_an_extra_question_only_is_told_apart(world: World, cell: Cell) -> None:
    bob, dan = settle_in(world, cell, BOB, DAN)
    world.until(datetime(2026, 12, 2, 1, tzinfo=UTC))
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    bob.says("/chibo").taps("Việc khác", "Hỏi đột xuất", "Phạm Văn Dân").says("Ở gần vùng lũ không?").taps(
        "Ngày mai", "Gửi"
    )
    world.until(datetime(2026, 12, 9, 1, tzinfo=UTC))
    seen = bob.says("/chibo").taps("Xem theo nhóm").reads()
    assert "1/1 đồng chí đã trả lời" in seen
    assert "1 quá hạn (1 chỉ quá hạn câu hỏi đột xuất)" in seen
