"""One meeting, four clocks, a night in which Europe changes its own: called, moved by a day, cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting.meeting import Invitation, Meeting, MeetingState
from models.people.member import Member, set_member_place
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in
from tests.phone import Phone

MONDAY = datetime(
    2027, 3, 22, 1, tzinfo=UTC
)  # 08:00 in Vietnam; on Sunday the 28th Berlin's clock goes forward
LINK = "https://meet.google.com/abc-defg-hij"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, now=MONDAY) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    """Bob at home, Alice in Japan, Dan in Germany, the deputy in Sydney."""
    cell = a_cell(world)

    def move(db: Session) -> None:
        set_member_place(db.get_one(Member, cell.dan), "DE", zone="Europe/Berlin")
        set_member_place(db.get_one(Member, cell.deputy), "AU", zone="Australia/Sydney")

    world.db(move)
    return cell


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, BOB, ALICE, DAN, DEPUTY)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2027, UTC."""
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def answers(world: World) -> dict[int, str | None]:
    rows = world.db(lambda db: list(db.scalars(select(Invitation))))
    return {row.member_id: row.answer for row in rows}


def call_for_saturday(bob: Phone) -> None:
    bob.says("/hop").taps("Triệu tập", "Trực tiếp kết hợp")
    bob.taps("thứ Bảy 27/03", "20:00").says("Nhà văn hóa thôn").says(LINK)
    bob.taps("Nội dung thường kỳ", "Không có việc nào")
    overview = bob.reads()
    assert "Nhật Bản: 22:00 thứ Bảy 27/03" in overview
    assert "Đức: 14:00 thứ Bảy 27/03" in overview
    assert "00:00 Chủ nhật 28/03 (1 người) · giờ nghỉ đêm" in overview
    bob.taps("Triệu tập, gửi")


def test_four_clocks_moved_over_the_change_then_cancelled(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob, alice, dan, deputy = phones
    call_for_saturday(bob)
    called = bob.reads()
    assert "Gửi ngay: 2 đồng chí." in called
    assert (
        "Chờ hết giờ nghỉ đêm ở nơi họ ở, chưa gửi: 1 đồng chí.\n• 13:00 thứ Hai 22/03: Phạm Văn Dân"
        in called
    )
    assert "Đồng chí dự thế nào" not in called  # the caller is not asked at once
    assert len(bob.buttons()) <= 5

    # everybody reads their own clock; whose night it is hears in the morning
    assert "20:00 thứ Bảy 27/03 (giờ Việt Nam) = 22:00 thứ Bảy 27/03 (giờ Nhật Bản)" in alice.reads()
    assert "= 00:00 Chủ nhật 28/03 (giờ Úc, Sydney)" in deputy.reads()
    assert "Mời đồng chí" not in dan.chat()  # 02:00 in Berlin
    world.until(at(22, 7))
    assert "= 14:00 thứ Bảy 27/03 (giờ Đức" in dan.reads()
    everything = alice.chat() + dan.chat() + deputy.chat()
    assert "meet.google.com" not in everything  # the link is nowhere yet

    alice.taps("Dự trực tuyến")
    assert "Đã ghi: Dự trực tuyến" in alice.reads()
    dan.taps("Vắng, có lý do", "Đi ca")
    dan.taps("Gửi ý kiến").says("Tôi đồng ý với phương án 2.").taps("Xong, gửi")
    assert answers(world)[cell.alice] == "online"

    # moved by a day, and the place with it: two changes, told once. Berlin has summer time by then
    world.until(at(24, 8))
    old = [alice.button_data("Dự trực tuyến"), deputy.button_data("Dự trực tiếp")]
    bob.says("/hop").taps("27/03", "Thay đổi", "Ngày").says("28/3").taps("Lưu thay đổi")
    bob.taps("Thay đổi", "Địa điểm").says("Trụ sở xã").taps("Lưu thay đổi")
    assert "mọi thay đổi được gửi trong một tin" in bob.reads()
    alice.reads()
    world.until(at(24, 8, 20))
    told = alice.reads()
    assert told.count("có thay đổi") == 1
    assert "20:00 Chủ nhật 28/03 (giờ Việt Nam) = 22:00 Chủ nhật 28/03" in told
    assert "Trụ sở xã" in told
    assert "= 15:00 Chủ nhật 28/03 (giờ Đức" in dan.reads()
    assert "= 00:00 thứ Hai 29/03" in deputy.chat()

    # a yes to Saturday is none to Sunday, not even by the old button
    assert answers(world)[cell.alice] is None
    alice.taps_data(*old[0], stale=True)
    assert "ngày giờ hoặc hình thức cũ" in alice.reads()
    assert answers(world)[cell.alice] is None
    alice.taps("Dự trực tuyến")
    assert answers(world)[cell.alice] == "online"

    # only the undecided are reminded
    world.until(at(27, 6))
    assert "Nhắc đồng chí" in dan.chat()
    assert "Nhắc đồng chí" in deputy.chat()
    assert "Nhắc đồng chí" not in alice.chat()
    dan.taps("Dự một phần").says("trực tuyến, một giờ đầu")
    world.until(at(27, 13, 5))
    assert "còn 2 đồng chí chưa trả lời" in bob.reads()  # the deputy, and bob himself

    # what Dan wrote for Saturday is still there
    bob.says("/hop").taps("28/03", "Ai đã trả lời", "Đọc ý kiến")
    assert "phương án 2" in bob.reads()

    # cancelled: everybody who knew, once, at once
    bob.says("/hop").taps("28/03", "Hủy cuộc họp").says("Bão số 1")
    assert "Đã hủy cuộc họp" in bob.reads()
    world.until(at(28, 23))  # also those whose night it was
    for phone in (alice, dan, deputy):
        assert phone.chat().count("đã hủy. Đồng chí không cần làm gì") == 1
        assert "Bão số 1" in phone.chat()
    assert "meet.google.com" not in alice.chat() + dan.chat() + deputy.chat()
    assert world.db(lambda db: db.scalars(select(Meeting)).one()).state == MeetingState.CANCELLED
    deputy.taps_data(*old[1], stale=True)
    assert "cuộc họp đã hủy" in deputy.reads()
