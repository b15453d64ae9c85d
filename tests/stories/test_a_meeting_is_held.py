"""A hybrid meeting, three phones: links, another's link refused, a word sent in, roll calls, minutes line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from models.ground.clock import SettableClock
from models.meeting.attendance import Opened, Why, open_link
from models.meeting.meeting import Meeting, MeetingState
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, Standing
from tests.fakes import World
from tests.meetings import DOOR, LINK, STARTS, buttons_sent
from tests.people import ALICE, BOB, DAN, Cell, a_cell, settle_in
from tests.phone import Phone

POLICY = AttendancePolicy(door=DOOR)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=POLICY) as opened:
        yield opened


def opens(world: World, url: str, *, cookie: str = "", confirmed: bool = True) -> Opened:
    """What a browser gets at the door, after the tap on its page."""
    token = url.removeprefix(f"{DOOR}/j/")
    return world.db(
        lambda db: open_link(db, token, cookie=cookie, policy=POLICY, now=world.clock(), confirmed=confirmed)
    )


def calls(bob: Phone) -> None:
    """The form of /hop, through the front door."""
    bob.says("/hop").taps("Triệu tập", "kết hợp").says("3/12 lúc 20h")
    bob.says("Nhà văn hóa thôn Đông", LINK, "Đánh giá tháng 11; nhiệm vụ tháng 12")
    bob.taps("Không có việc nào", "Sửa phần khác", "Văn bản").says("5/12/2026")
    assert "Chưa thấy số của văn bản" in bob.reads()
    bob.says("12-CV/ĐU ngày 20/11/2026").taps("Triệu tập, gửi giấy mời")


def paragraphs(phone: Phone) -> list[str]:
    document: Any = Document(BytesIO(phone.documents()[-1][1]))
    texts = [re.sub("[\u200b]|[.]{3,}", "", one.text).strip() for one in document.paragraphs]  # but the dots
    return [text for text in texts if text]


def test_a_meeting_with_three_phones(world: World) -> None:
    cell: Cell = a_cell(world)
    world.db(lambda db: setattr(db.get_one(Member, cell.dan), "standing", Standing.PROBATIONARY))
    bob, alice, dan = settle_in(world, cell, BOB, ALICE, DAN)
    assert isinstance(world.clock, SettableClock)

    # called by the form; An will be there online, Dân cannot come and sends a word
    calls(bob)
    alice.taps("Dự trực tuyến")
    dan.taps("Vắng, có lý do").says("Ca đêm ở nhà máy")
    dan.says("/hop").taps("20:00", "Gửi ý kiến").says("Đề nghị lập quỹ khuyến học <thôn>").taps("Xong, gửi")
    assert LINK not in alice.chat()

    # half an hour before: each a link of their own; An's, passed on and opened by another first, is of use once
    world.until(STARTS - 29 * MINUTE)
    (mine,) = buttons_sent(world, ALICE)
    (his,) = [to for to in buttons_sent(world, BOB) if to.startswith(DOOR)]
    assert mine != his
    world.until(STARTS + 12 * MINUTE)
    assert opens(world, mine, confirmed=False) == Opened(
        Why.CONFIRM
    )  # a messenger's preview looks, and uses nothing up
    first = opens(world, mine)
    assert (first.why, first.to) == (Why.GO, LINK)
    assert opens(world, mine) == Opened(Why.USELESS)  # Dân has got it from her and comes late
    assert opens(world, mine, cookie=first.cookie) == Opened(Why.GO, LINK)  # her line broke

    # roll call at the start: the room; what the links know is there already
    bob.taps("Điểm danh đầu giờ")
    assert "Nguyễn Thị An: trực tuyến 20:12" in bob.buttons()
    assert "Phạm Văn Dân: vắng có lý do" in bob.buttons()
    bob.taps("Trần Văn Bình", "Có mặt tại phòng", "Lê Thị Hoa", "Có mặt tại phòng")

    # she leaves; names are called once more, a task is given, it is concluded
    world.until(STARTS + 75 * MINUTE)
    alice.says("/hop").taps("22:00", "Tôi rời cuộc họp")
    world.until(STARTS + 90 * MINUTE)
    bob.taps("Điểm danh cuối giờ", "Lê Thị Hoa", "Về trước khi kết thúc", "21:15")
    bob.taps("Điểm danh, biên bản")
    bob.taps("Giao nhiệm vụ", "Nguyễn Thị An").says("Vận động đồng hương góp quỹ")
    bob.taps("Đổi hạn").says("20/12").taps("Giao")
    bob.taps("Quay lại", "Gửi kết luận").says("Nhất trí lập quỹ khuyến học.").taps("Gửi")
    bob.taps("Tải biên bản")
    assert paragraphs(bob) == MINUTES

    # closed; the absent read on their own morning, and the year remembers
    bob.taps("Đóng cuộc họp", "Đúng, đóng")
    assert "Biên bản chưa ghi là đã ký, đã lưu" in bob.reads()
    bob.taps("Biên bản đã ký, đã lưu")
    assert "Biên bản: ghi đã ký, đã lưu 21:30 thứ Năm 03/12" in bob.reads()
    world.until(STARTS + timedelta(hours=12))
    dan.taps("Xem kết luận")
    assert "Nhất trí lập quỹ khuyến học." in dan.reads()
    dan.taps("Đã đọc")
    bob.taps("Ai đã đọc")
    assert "Đã đọc (1):\nPhạm Văn Dân" in bob.reads()
    assert opens(world, mine, cookie=first.cookie) == Opened(Why.OVER)
    assert world.db(lambda db: db.query(Meeting).one().state) == MeetingState.CLOSED
    bob.says("/danhsach").taps("Nguyễn Thị An")
    bob.says("/menu")
    message = bob.last()["message_id"]
    bob.taps_data(message, f"desk:timeline:{cell.alice}:0", stale=True)
    seen = bob.reads()
    assert "Họp chi bộ: trực tuyến" in seen
    assert "Được phân công nhiệm vụ, hạn 20/12/2026" in seen


# the usual order of minutes
MINUTES = [
    "BIÊN BẢN HỌP CHI BỘ",
    "Sinh hoạt thường kỳ",
    "1. Thời gian, địa điểm, hình thức",
    "- Thời gian: bắt đầu 20:00, ngày 03 tháng 12 năm 2026; kết thúc",
    "- Địa điểm: Nhà văn hóa thôn Đông",
    "- Hình thức: trực tiếp kết hợp trực tuyến",
    "- Văn bản cho phép họp trực tuyến: 12-CV/ĐU ngày 20/11/2026",
    "2. Điểm danh",
    "Có quyền biểu quyết: 3/3 có mặt (quá nửa là từ 2).",
    "Tính cả dự bị, không tính người được miễn: 3/4, 75,0% (mức tốt: trên 85%).",
    "Có mặt trực tiếp: 2",
    "- Trần Văn Bình",
    "- Lê Thị Hoa (đến 21:15)",
    "Có mặt trực tuyến: 1",
    "- Nguyễn Thị An (từ 20:12 đến 21:15)",
    "Vắng có lý do: 1",
    "- Phạm Văn Dân (dự bị, không biểu quyết; Ca đêm ở nhà máy)",
    "Vắng không lý do: 0",
    "Chưa xác định: 0",
    "Được miễn sinh hoạt, không dự (không tính là vắng): 0",
    "3. Chủ trì, thư ký",
    "- Chủ trì: Trần Văn Bình",
    "- Thư ký:",
    "- Nội dung đã báo trước: Đánh giá tháng 11; nhiệm vụ tháng 12",
    "4. Thông tin thời sự, văn bản mới",
    "5. Đánh giá công tác tháng; tự phê bình và phê bình",
    "6. Nhiệm vụ tháng tới",
    "- Nguyễn Thị An: Vận động đồng hương góp quỹ; hạn 20/12/2026",
    "7. Thảo luận",
    "- Ý kiến gửi đến của Phạm Văn Dân (vắng mặt, đọc tại cuộc họp): Đề nghị lập quỹ khuyến học <thôn>",
    "8. Biểu quyết (ghi nội dung, số tán thành, không tán thành, ý kiến khác)",
    "9. Kết luận, nghị quyết",
    "Nhất trí lập quỹ khuyến học.",
    "Biên bản được thông qua tại cuộc họp. Cuộc họp kết thúc lúc  cùng ngày.",
]
