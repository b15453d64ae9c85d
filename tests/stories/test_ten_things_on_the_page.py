"""What no other system does, in a browser: a member without Telegram, and a secretary at a computer, do it by the same screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.away.agreement import Agreement
from models.away.homecoming import Homecoming, HomePlan
from models.contact.contact_note import ContactNote
from models.meeting.policy import AttendancePolicy
from tests.absences import SAIGON, Chain, declaration
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab

MORNING = datetime(2026, 12, 24, 5, tzinfo=UTC)  # six weeks before Tết 2027; noon in Vietnam
AGREED = "Cho nghỉ chiều Chủ nhật để họp."
AWAY = declaration(date(2026, 12, 1), date(2027, 10, 31), stay=SAIGON)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    return bob


def in_a_browser(world: World, phone: Phone) -> Tab:
    """The same person's browser, opened from their phone."""
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world, agent=WINDOWS).opens(link).enters()


def plans(world: World) -> dict[str, int | None]:
    return world.db(lambda db: {row.plan: row.by_id for row in db.scalars(select(Homecoming))})


def test_a_member_who_has_the_page_alone(world: World, cell: Cell, bob: Phone) -> None:
    dan = comes_in(world, cell, bob)
    Chain(world, cell, cell.dan).files(AWAY).is_approved()
    world.until(MORNING)

    # --- coming home: asked where they are, answered by two taps
    assert "Đồng chí có về quê dịp này không?" in dan.reads()
    dan.taps("Về thứ Tư 03/02", "Đi thứ Năm 11/02")
    assert "Đã ghi: có về, từ thứ Tư 03/02 đến thứ Năm 11/02." in dan.reads()
    assert plans(world) == {HomePlan.COMES: None}

    # --- where do I stand, and by which rule
    said = dan.says("/menu").goes("Tôi đang đứng ở đâu").reads()
    assert "31/10/2027" in said
    assert "Theo quyết định số 15-QĐ/ĐU" in said
    assert "Nộp theo: Hướng dẫn 01-HD/TW ngày 19/05/2026" in dan.says("/khaibao").reads()

    # --- the handbook, without marks
    assert "“tam mien”" in dan.says("/sotay tam mien").reads()
    assert "Nguồn: Hướng dẫn 01-HD/TW ngày 19/05/2026" in dan.taps("Tạm miễn được bao lâu?").reads()

    # --- one sheet of the year: asked for at the desk, read here first
    bob.says("/chibo").taps("Xem theo nhóm", "Chưa trả lời", "Phạm Văn Dân", "Hỏi, giao việc")
    bob.taps("Quá trình", "Phiếu một năm")
    assert "muốn xem phiếu năm 2026 của đồng chí" in dan.reads()
    assert "Năm 2026 của đồng chí" in dan.taps("Xem phiếu của tôi").reads()


def test_a_secretary_at_a_computer(world: World, cell: Cell, bob: Phone) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    Chain(world, cell, cell.dan).files(AWAY).is_approved()
    desk = in_a_browser(world, bob)

    # --- what was agreed with an employer at the place
    desk.says("/chibo").taps("Sổ theo dõi đi xa").goes("Thỏa thuận phối hợp").taps("Ghi thỏa thuận mới")
    desk.taps("Nơi sử dụng lao động").opens("/whole")
    desk.answers(with_whom="Công ty Sao Mai", place="TP Hồ Chí Minh", begins="Hôm nay", agreed=AGREED)
    desk.answers(ends="Không định", person="Ông Lực", phone="Chưa có").opens()
    desk.taps("Ghi lại")
    assert world.db(lambda db: db.scalars(select(Agreement.place_code)).one()) == "VN-79"

    # --- the Monday sheet, typed back by two taps
    world.wait(timedelta(days=12))
    desk = in_a_browser(world, bob)  # a link from Telegram proves who it is for a day
    desk.says("/chibo").taps("Việc khác", "Xem thêm", "Phiếu gọi để in").taps(
        "Lập phiếu mới", "Ghi kết quả theo phiếu", "1. ", "Gặp được"
    )
    assert "✓ Đã ghi số 1" in desk.reads()
    assert world.db(lambda db: db.scalars(select(ContactNote.outcome)).one()) == "reached"

    # --- who comes home: for somebody who said it on the phone
    world.until(MORNING)
    desk = in_a_browser(world, bob)
    desk.says("/chibo").taps("Sổ theo dõi đi xa").goes("Ai về quê dịp nghỉ").taps("Ghi thay một đồng chí")
    desk.taps("Phạm Văn Dân", "Về thứ Tư 03/02", "Đi thứ Năm 11/02")
    assert plans(world) == {HomePlan.COMES: cell.bob}
    desk.taps("Ai về quê dịp nghỉ")
    assert "Tối đông người nhất: thứ Tư 03/02, 1 đồng chí đi xa có mặt ở quê." in desk.reads()
    assert alice.reads()
