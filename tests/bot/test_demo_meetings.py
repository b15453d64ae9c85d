"""The playground's evening: a hybrid meeting is called, answered, lived through by the time machine, and written down."""

from __future__ import annotations

import asyncio
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
from docx import Document
from starlette.applications import Starlette

from bot.demo.door import browsers
from bot.demo.hosts import DOOR, ROOMS
from bot.demo.people import BINH, DUNG, HUY, MAI
from tests.commune import Commune, commune
from tests.phone import Phone

__all__ = ["commune"]

SOON = datetime(2026, 12, 3, 12, 30, tzinfo=UTC)  # half an hour before 20:00 in Vietnam
START = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
END = datetime(2026, 12, 3, 14, 30, tzinfo=UTC)


def test_an_evening_with_three_phones(commune: Commune) -> None:
    """Called, answered, joined, names called, written down: each as a visitor of the page would do it."""
    binh, mai, dung, huy = (commune.phone(one) for one in (BINH, MAI, DUNG, HUY))
    binh.says("/hop").taps("Triệu tập cuộc họp", "Nhập mới", "Trực tiếp kết hợp")
    binh.says("03/12 20:00", "Nhà văn hóa thôn Đông", "https://meet.jit.si/ChiBo-8842")
    binh.taps("Nội dung thường kỳ", "Không có việc nào như vậy", "Triệu tập, gửi giấy mời")

    assert "20:00 thứ Năm 03/12 (giờ Việt Nam) = 22:00 thứ Năm 03/12 (giờ Osaka)" in mai.reads()
    mai.taps("Dự trực tuyến")
    assert "✓ Dự trực tuyến" in mai.buttons()
    huy.taps("Dự trực tiếp")
    dung.taps("Vắng, có lý do").says("Ca đêm ở xưởng")
    dung.taps("Gửi ý kiến").says("Đề nghị sửa đường thôn trước Tết.").taps("Xong, gửi")
    binh.says("/hop").taps("20:00", "Ai đã trả lời", "Ghi hộ: Vũ Thị Hạnh", "Xem số điện thoại")
    assert "+886 912 340 106" in binh.reads()

    commune.until(SOON)
    assert "meet.jit.si" not in mai.chat()  # the link stands in a button only
    assert "Vào họp trực tuyến" in mai.buttons()
    mai.taps("Tôi đang dự họp", "Tôi dự trực tuyến")
    commune.until(START)
    binh.taps("Điểm danh đầu giờ", "Ghi cho người còn lại", "Người ở nhà: tại phòng")
    called = names_called(binh)
    assert any("Lê Thị Mai: trực tuyến" in label for label in called)
    assert any("Đặng Quốc Huy: tại phòng" in label for label in called)
    commune.until(END)
    binh.taps("Điểm danh, biên bản", "Tải biên bản")

    name, data = binh.documents()[-1]
    written = "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
    assert name == "bien-ban-hop-2026-12-03.docx"
    for words in (
        "Lê Thị Mai",
        "Đặng Quốc Huy (dự bị, không biểu quyết)",
        "Đề nghị sửa đường thôn trước Tết.",
    ):
        assert words in written


def names_called(phone: Phone) -> list[str]:
    """Everybody of the roll call, page after page."""
    labels = phone.buttons()
    while any("Trang sau" in label for label in phone.buttons()):
        labels += phone.taps("Trang sau").buttons()
    return labels


def link_of(phone: Phone) -> str:
    """Where the newest button into the meeting leads; Telegram says there who opens it, and lets nobody forward it."""
    links = [
        button["login_url"]["url"]
        for message in phone.messages()
        for row in message["inline_keyboard"]
        for button in row
        if button["text"] == "Vào họp trực tuyến"
        and "login_url" in button
        and message["has_protected_content"]
    ]
    return str(links[-1])


def test_the_personal_link_opens_a_made_room_in_its_own_phones_browser_and_in_no_other(
    commune: Commune,
) -> None:
    """A second meeting, in a room that the program made."""
    binh, mai = commune.phone(BINH), commune.phone(MAI)
    commune.until(START + timedelta(hours=13))  # the next morning, in Osaka, too
    binh.says("/hop").taps("Triệu tập cuộc họp", "Nhập mới", "Trực tiếp kết hợp")
    binh.says("05/12 20:00", "Nhà văn hóa thôn Đông")
    binh.taps("Tạo phòng giúp tôi")
    binh.says("Chống bão").taps("Không có việc nào như vậy", "Triệu tập, gửi giấy mời")
    mai.taps("Dự trực tuyến")
    commune.until(SOON + timedelta(days=2))
    link = link_of(mai)
    assert link.startswith(f"{DOOR}/j/")
    assert link != link_of(binh)
    assert "ứng dụng có thể hỏi có đăng nhập không: mời đồng ý" in mai.reads()
    below, login = link.removeprefix("https://"), f"login?{urlencode({'url': link})}"
    forwarded = commune.stage.telegram.logs_in(DUNG, link, forwarded=True).removeprefix("https://")
    tapped = commune.stage.telegram.logs_in(MAI, link).removeprefix("https://")

    async def opens(*tries: tuple[int, str]) -> tuple[str, ...]:
        transport = httpx.ASGITransport(Starlette(routes=browsers(commune.stage)))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", follow_redirects=True
        ) as browser:
            pages = [await browser.get(f"/browser/{user_id}/{to}") for user_id, to in tries]
            return tuple(f"{page.status_code} {page.text}" for page in pages)

    def see(*tries: tuple[int, str]) -> tuple[str, ...]:
        return commune.loop.run_until_complete(asyncio.wait_for(opens(*tries), 30))

    copied, passed_on, not_his = see(
        (DUNG, below), (DUNG, forwarded), (DUNG, login)
    )  # before she has opened it
    for page, words in ((copied, "chỉ dành cho người nhận"), (passed_on, "không dùng được")):
        assert page.startswith("403")
        assert words in page
        assert ROOMS not in page
    assert not_his.startswith("404")
    for page in see((MAI, login), (MAI, below), (MAI, login)):
        assert page.startswith("200")
        assert f"{ROOMS}/" in page
    for page in see((BINH, tapped), (BINH, below), (DUNG, forwarded)):
        assert page.startswith("403")
        assert ROOMS not in page
    (nobody,) = see((1, below))
    assert nobody.startswith("404")
    binh.says("/hop").taps("20:00 thứ Bảy", "Ai đã trả lời")
    commune.until(START + timedelta(days=2))
    binh.taps("Điểm danh đầu giờ")
    assert "Lê Thị Mai: trực tuyến 20:00" in names_called(binh)
