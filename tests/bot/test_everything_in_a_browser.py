"""A member without Telegram does everything in a real browser, with scripts and without; the secretary on Telegram sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from models.meeting.meeting import Attendance
from models.meeting.policy import AttendancePolicy
from tests.browser import RealTab, a_browser, in_a_browser
from tests.checkins import fills_checkin
from tests.coming_in import comes_in
from tests.fakes import World
from tests.files import a_picture
from tests.meetings import a_meeting
from tests.people import BOB, Cell, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign, written
from tests.tab import DOOR

pytestmark = in_a_browser


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with World.open(sqlite_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def tab(world: World, request: pytest.FixtureRequest) -> Iterator[RealTab]:
    with a_browser(world, scripts=request.param, viewport={"width": 320, "height": 640}) as opened:
        yield opened
    assert opened.wrong == []


def test_a_member_does_everything_in_a_browser(world: World, cell: Cell, bob: Phone, tab: RealTab) -> None:
    comes_in(world, cell, bob, tab)

    # the fifth of December: trouble, with a photo
    world.until(at(5, 9))
    assert "Đã đến kỳ báo cáo" in tab.reads()
    tab.taps("Có việc cần báo")
    fills_checkin(tab, up_to="note")
    tab.sends("anh.jpg", a_picture(width=640, height=480), "image/jpeg", "Chủ nợ lương hai tháng")
    fills_checkin(tab)
    assert "Đã gửi lúc 09:00" in tab.text()
    assert "Chủ nợ lương hai tháng" in bob.reads() + bob.says("/chibo").chat()

    # an absence, question by question
    tab.says("/khaibao").taps(
        "TP Hồ Chí Minh", "Bỏ qua", "Xây dựng", "Bỏ qua", "Hôm nay", "6 tháng", "Ở một nơi"
    )
    tab.taps("Dùng câu này", "số của tôi", "Bỏ qua", "Nộp cho bí thư")
    tab.reads()
    assert "Phạm Văn Dân" in bob.reads()

    # the year's review, over two days
    campaign = a_campaign(world, cell, deadline=date(2026, 12, 15))
    world.until(at(6, 8))
    assert "kiểm điểm" in tab.reads()
    tab.says("/kiemdiem").taps("Mở bản của tôi", " I.1 ").says("Luôn liên hệ với chi bộ.")
    world.until(at(7, 8))
    tab.reads()
    tab.says("/kiemdiem").taps("Viết I.2").says("Họp tám buổi.")
    body = written(world, campaign, cell.dan)
    assert [body.text_of(at) for at in ("A.I.1", "A.I.2")] == ["Luôn liên hệ với chi bộ.", "Họp tám buổi."]

    # a meeting, answered and joined
    starts = at(8, 20)
    meeting = a_meeting(world, cell, starts_at=starts)
    tab.says("/hop").taps("Dự trực tuyến")
    world.until(starts - timedelta(minutes=25))
    tab.opens()
    assert tab.link("Vào họp trực tuyến").startswith("http")
    tab.taps("Tôi đang dự họp", "Tôi dự trực tuyến")
    mine = select(Attendance.said).where(Attendance.member_id == cell.dan, Attendance.meeting_id == meeting)
    assert "Đã ghi: đồng chí dự họp (trực tuyến) từ 19:35" in tab.text()
    assert world.db(lambda db: db.scalars(mine).one()) == "self"

    # what is held on him; and nothing stays on the machine
    tab.says("/dulieu")
    assert "Xem đầy đủ" in tab.text()
    tab.leaves()
    assert "Vẫn thoát" in tab.text()
    tab.leaves()
    assert "Máy này không còn giữ gì" in tab.text()
    tab.opens()
    assert "Phạm Văn Dân" not in tab.text()
