"""/thongbao through the front door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.member import Purpose
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Bình, An, Dân, Mai; Hoa has no account."""
    return settle_in(world, cell, BOB, ALICE, DAN, OFFICER)


def writes(phone: Phone, words: str, audience: str = "Tất cả đảng viên") -> Phone:
    return phone.says("/thongbao").taps("Viết thông báo mới", audience).says(words).taps("Xong nội dung")


def test_a_notice_to_the_cell_is_previewed_sent_and_read(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, _ = phones
    writes(bob, "Họp chi bộ ngày 5/12 lúc 20:00.")
    preview = bob.reads()
    assert "Thông báo của Chi bộ thôn Đông" in preview
    assert "Gửi cho: Tất cả đảng viên – 2 người" in preview
    assert "Không nhận được: 1" in preview
    assert "Lê Thị Hoa – chưa liên kết Telegram" in preview
    assert "ngay bây giờ: 2" in preview
    bob.taps("Gửi")
    assert "Thông báo đã bắt đầu được gửi" in bob.reads()
    assert "Họp chi bộ ngày 5/12" in dan.reads()
    assert "Họp chi bộ ngày 5/12" in alice.reads()
    dan.taps("Đã đọc")
    assert "Đã ghi nhận: đồng chí đã đọc lúc 08:00" in dan.reads()
    assert "Họp chi bộ" in dan.last()["text"]
    bob.taps("Xem lại số liệu")
    told = bob.reads()
    assert "Đã đọc: 1" in told
    assert "Đã gửi, chưa đọc: 1" in told
    assert "Chưa có tài khoản: 1" in told
