"""The desk's queue, a member's timeline, the picture of twelve months: through the front door."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from PIL import Image
from sqlalchemy.orm import Session

from models.contact.checkin import Report, answer_checkin, owed_checkin
from models.contact.policy import RequestPolicy
from models.contact.request import RequestWords, open_request
from models.desk.handover import begin_handover
from models.entry.invite import create_invite
from models.people.member import Member, add_member, looks
from models.people.rights import appointments, end_appointment
from models.people.unit import Unit
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone

LATE = datetime(2026, 12, 8, 1, tzinfo=UTC)  # 08:00 in Vietnam: both who are away are late


def forges(phone: Phone, data: str) -> str:
    phone.says("/menu")
    return phone.taps_data(phone.last()["message_id"], data, stale=True).reads()


# --- the queue ------------------------------------------------------------------------------------------------------


def test_each_line_leads_to_the_very_screen(world: World, cell: Cell) -> None:
    bob, _, alice, dan = settle_in(world, cell, BOB, DEPUTY, ALICE, DAN)
    world.until(LATE)
    bob.says("/chibo").taps("Nguyễn Thị An · quá hạn 2 ngày")
    assert "Bên đó đang 10:00" in bob.reads()
    bob.taps(
        "‹ Chi bộ", "Phạm Văn Dân · quá hạn 2 ngày", "Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay"
    )
    seen = bob.says("Vẫn khỏe").taps("Ghi lại").reads()
    assert "Hôm nay cần gọi 1 đồng chí, trước hết là Nguyễn Thị An: quá hạn 2 ngày." in seen
    assert not any("Phạm Văn Dân" in label for label in bob.buttons())
    alice.taps("Mọi việc vẫn ổn", "Gửi")
    assert "Hôm nay không có việc gì chờ" in bob.says("/chibo").reads()
    assert dan.reads()


def test_a_request_nobody_took_is_a_call_and_an_urgent_one_comes_first(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE, DAN)
    world.until(LATE)
    world.db(
        lambda db: open_request(
            db,
            db.get_one(Member, cell.dan),
            RequestWords(text="Mất ví"),
            policy=RequestPolicy(),
            now=world.clock(),
        )
    )
    world.settle()
    seen = bob.says("/chibo").reads()
    assert "cần gọi 2 đồng chí, trước hết là Nguyễn Thị An" in seen
    assert "Phạm Văn Dân: cần hỗ trợ từ 08/12" in seen
    bob.taps_data(bob.last()["message_id"], bob.last()["inline_keyboard"][2][0]["callback_data"])
    assert "Mất ví" in bob.reads()


def test_who_was_blocked_or_never_invited_is_there_with_the_next_step(world: World, cell: Cell) -> None:
    bob, alice = settle_in(world, cell, BOB, ALICE)
    bob.says("/chibo")
    assert bob.buttons()[:2] == ["Bước 2: gửi lời mời", "Phạm Văn Dân · chưa mời"]
    assert "không phải gọi ai. Việc đang chờ: 1" in bob.reads()
    alice.blocks()
    world.wait(timedelta(hours=2))
    seen = bob.says("/chibo").reads()
    assert "cần gọi 1 đồng chí, trước hết là Nguyễn Thị An: đã chặn chương trình từ 01/12" in seen
    assert "Bỏ chặn" in bob.taps("Nguyễn Thị An").reads()
    bob.says("/chibo").taps("Phạm Văn Dân · chưa mời")
    assert "Mời đăng ký" in bob.buttons()


def test_many_who_were_never_invited_are_one_line(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)

    def many(db: Session) -> None:
        for number in range(20):
            name = f"Đỗ Văn {number:02}"
            member = add_member(db, cell_id=cell.id, full_name=name, place_code="JP", now=world.clock())
            if number < 10:
                create_invite(db, member, by_id=cell.bob, policy=world.settings.invite, now=world.clock())

    world.db(many)
    assert bob.says("/chibo").buttons()[:2] == ["Bước 2: gửi lời mời", "12 đồng chí đi xa chưa mời"]
    assert "Chi bộ thôn Đông: 12 đồng chí đi xa chưa mời" in bob.reads()
    assert "Chưa đăng ký: 22" in bob.taps("12 đồng chí đi xa chưa mời").reads()
    world.wait(timedelta(days=30))  # the invites have run out: each is a line, and they come first
    assert "(trang 1/4)" in bob.says("/chibo").reads()
    assert "Đỗ Văn 00 · lời mời hết hạn" in bob.buttons()
    assert "12 đồng chí đi xa chưa mời" in bob.taps("Trang sau", "Trang sau", "Trang sau").buttons()
    assert "(trang 4/4)" in forges(bob, f"desk:open:{cell.id}:99")


def test_the_guide_of_the_first_days_takes_no_line_from_the_queue(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)
    world.db(
        lambda db: add_member(db, cell_id=cell.id, full_name="Đỗ Văn Ba", place_code="JP", now=world.clock())
    )
    labels = bob.says("/chibo").buttons() + bob.taps("Trang sau").buttons()
    for name in ("Nguyễn Thị An", "Phạm Văn Dân", "Đỗ Văn Ba"):
        assert f"{name} · chưa mời" in labels


def test_a_new_secretary_sees_what_was_handed_over(world: World, cell: Cell) -> None:
    bob, deputy, *_ = settle_in(world, cell, BOB, DEPUTY, ALICE)
    world.until(LATE)

    def hands_over(db: Session) -> None:
        unit = db.get_one(Unit, cell.id)
        begin_handover(db, unit, to_id=cell.deputy, by_id=cell.bob, now=world.clock())

    world.db(hands_over)
    world.wait(timedelta(minutes=1))
    deputy.says("/chibo")
    assert "việc bàn giao chưa nhận" in deputy.reads()
    deputy.taps("việc bàn giao chưa nhận")
    assert "Nguyễn Thị An" in deputy.reads() + " ".join(deputy.buttons())
    assert "không thuộc phần" in forges(bob, f"desk:open:{cell.id}:0")


@pytest.mark.parametrize("verb", ["open", "groups", "chart", "digest", "digestday"])
def test_a_member_learns_nothing_from_a_forged_cell(world: World, cell: Cell, verb: str) -> None:
    (dan,) = settle_in(world, cell, DAN)
    for number in (cell.id, 0, "x", "9" * 30):
        assert "không thuộc phần đồng chí phụ trách" in forges(dan, f"desk:{verb}:{number}:0")


# --- the timeline ---------------------------------------------------------------------------------------------------


@pytest.fixture
def past(world: World, cell: Cell) -> tuple[Phone, Phone]:
    """bob, and alice with a story: one report, one contact, one request."""
    bob, alice = settle_in(world, cell, BOB, ALICE)
    world.until(LATE)

    def happens(db: Session) -> None:
        member, now = db.get_one(Member, cell.alice), world.clock()
        open_request(db, member, RequestWords(text="Cần giấy xác nhận"), policy=RequestPolicy(), now=now)

    world.db(happens)
    bob.says("/chibo").taps("Nguyễn Thị An", "Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay").says(
        "Vẫn khỏe, tăng ca"
    )
    bob.taps("Ghi lại")
    return bob, alice


def test_the_timeline_says_what_happened_and_no_words(
    world: World, cell: Cell, past: tuple[Phone, Phone]
) -> None:
    bob, alice = past
    bob.taps_data(bob.last()["message_id"], f"desk:timeline:{cell.alice}:0", stale=True)
    seen = bob.reads()
    assert "Nguyễn Thị An: quá trình, mới nhất trước" in seen
    assert "Trần Văn Bình ghi" in seen
    assert "Báo cáo tháng 12/2026: do người khác ghi nhận" in seen
    assert "Nhờ chi bộ hỗ trợ" in seen
    assert "Liên kết Telegram" in seen
    assert "tăng ca" not in seen
    assert "giấy xác nhận" not in seen
    assert [(n, look.what) for look, n in world.db(lambda db: looks(db, cell.alice))] == [
        ("Trần Văn Bình", "member.timeline")
    ]
    assert "quá trình liên hệ, báo cáo" in alice.says("/dulieu").taps("Ai đã xem").reads()


def test_the_timeline_is_printed_on_one_page(world: World, cell: Cell, past: tuple[Phone, Phone]) -> None:
    bob, _ = past
    bob.taps_data(bob.last()["message_id"], f"desk:timeline:{cell.alice}:0", stale=True)
    bob.taps("In ra giấy")
    name, data = bob.documents()[-1]
    assert name == "qua-trinh-nguyen-thi-an.docx"
    document = Document(io.BytesIO(data))
    (head, table) = document.tables
    assert "CHI BỘ THÔN ĐÔNG" in head.rows[0].cells[0].text
    rows = [[cell_.text for cell_ in row.cells] for row in table.rows]
    assert rows[0] == ["Ngày", "Việc"]
    assert rows[1][1] in ("Có tên trong danh sách chi bộ", "Liên kết Telegram")
    assert any("Trần Văn Bình ghi" in what for _, what in rows)


def test_a_private_request_is_not_on_another_readers_timeline(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE)

    def asks(db: Session) -> None:
        request = open_request(
            db,
            db.get_one(Member, cell.alice),
            RequestWords(text="Việc riêng"),
            policy=RequestPolicy(),
            now=world.clock(),
        )
        assert request
        request.is_private = True

    world.db(asks)
    bob.says("/chibo")
    assert not any("hỗ trợ" in label for label in bob.buttons())
    assert "Nhờ chi bộ hỗ trợ" not in forges(bob, f"desk:timeline:{cell.alice}:0")


def test_nobody_else_reads_a_timeline(world: World, cell: Cell, past: tuple[Phone, Phone]) -> None:
    (dan,) = settle_in(world, cell, DAN)
    for verb in ("timeline", "print"):
        for number in (cell.alice, 0, "x", "9" * 30):
            assert "không thuộc phần đồng chí phụ trách" in forges(dan, f"desk:{verb}:{number}:0")
    bob = past[0]

    def ends(db: Session) -> None:
        for one in appointments(db, cell.bob, now=world.clock()):
            end_appointment(db, one, by_id=None, now=world.clock())

    world.db(ends)
    assert "phân công đã hết hạn" in forges(bob, f"desk:timeline:{cell.alice}:0")


# --- the picture ----------------------------------------------------------------------------------------------------


def test_the_picture_is_sent_as_a_photo(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE, DAN)
    world.until(LATE)

    def answers(db: Session) -> None:
        owed = owed_checkin(db, cell.alice)
        assert owed
        policy = world.settings.checkin
        answer_checkin(db, owed, Report(fine=True), by_id=cell.alice, policy=policy, now=world.clock())

    world.db(answers)
    bob.says("/chibo").taps("Việc khác", "Xem thêm", "Biểu đồ 12 tháng")
    assert "12 tháng gần đây" in bob.reads()
    sent = bob.last()
    assert sent["photo"]
    largest = sent["photo"] if isinstance(sent["photo"], dict) else sent["photo"][-1]
    picture = Image.open(io.BytesIO(world.telegram.file(largest["file_id"])[2]))
    assert picture.size == (1280, 1120)
