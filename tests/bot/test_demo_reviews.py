"""The year-end self-criticism on the playground: opened, written, returned, accepted, filed, rated, downloaded."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

from docx import Document

from bot.demo.people import BINH, HOA, LAN, MAI
from models.year.review.forms import form
from tests.commune import Commune, commune
from tests.phone import Phone
from tests.reviewing import writes_everything

__all__ = ["commune"]

TITLE = "Bản kiểm điểm năm 2026"


def at_mai(secretary: Phone) -> Phone:
    """The secretary opens Mai's review from the whole list."""
    return secretary.says("/kiemdiem").taps(TITLE, "Danh sách và lý do", "Trang sau", "Lê Thị Mai")


def test_a_review_from_the_campaign_to_the_zip(commune: Commune) -> None:
    """One story: each part goes on where the one before ended."""
    binh, mai = commune.phone(BINH), commune.phone(MAI)
    opens(binh)
    writes(mai)
    pass_a_while(commune)
    comes_back(binh, mai)
    is_accepted_and_filed(binh, mai)
    is_rated(commune.phone(HOA), mai)
    comes_as_one_file(commune, binh)


def pass_a_while(commune: Commune) -> None:
    commune.loop.run_until_complete(commune.stage.advance(timedelta(minutes=5)))


def opens(binh: Phone) -> None:
    binh.says("/kiemdiem").taps(TITLE)
    shown = binh.reads()
    assert "Mẫu 2C" in shown
    binh.taps("Danh sách và lý do")
    assert "sinh hoạt tạm thời nơi khác" in binh.reads()
    binh.taps("Trang sau")
    assert "Lê Thị Mai: chưa bắt đầu" in binh.reads()


def writes(mai: Phone) -> None:
    mai.taps("Mở bản của tôi")
    assert TITLE in mai.reads()
    writes_everything(mai).taps("Xem trước cả bản")
    assert "89/100" in mai.reads()
    mai.taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")
    assert "Đã nộp bản kiểm điểm năm 2026 (bản 1)" in mai.reads()


def comes_back(binh: Phone, mai: Phone) -> None:
    binh.taps("Đọc bản này", "Đọc từng mục", "Mục sau", "Góp ý mục này").says("Xin ghi rõ kết quả.")
    binh.taps("‹ Về bản này", "Trả lại để bổ sung", "05/12/2026")
    assert "Tình trạng: đã trả lại để bổ sung" in binh.reads()
    mai.taps("Mở bản của tôi")
    shown = mai.reads()
    assert "I.2" in shown
    assert "Xin ghi rõ kết quả." in shown
    mai.says("Đã gửi đủ bốn bài.").taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")
    binh.taps("Đọc bản này", "So với bản trước")
    assert "thêm 5 từ, bỏ 0 từ" in binh.reads()


def is_accepted_and_filed(binh: Phone, mai: Phone) -> None:
    at_mai(binh).taps("Chấp nhận")
    assert f"{TITLE} của đồng chí đã được chấp nhận" in mai.reads()
    mai.taps("Mở bản của tôi")
    assert "Mời tải bản .docx, in, ký tên" in mai.reads()
    before = len(mai.messages())
    mai.goes("Tải bản .docx")
    assert len(mai.messages()) == before + 1
    assert {"Xem tất cả các mục", "Màn hình chính"} <= set(mai.buttons())
    assert headings_in(mai.documents()[-1][1]) >= {"A. NỘI DUNG KIỂM ĐIỂM", "I. Ưu điểm, kết quả đạt được"}
    at_mai(binh).taps("Đã nhận bản ký", "30/11/2026", "Không có bản chụp", "Đã lưu hồ sơ", "Đúng, đã lưu")
    assert "Tình trạng: đã lưu hồ sơ" in binh.reads()


def headings_in(data: bytes) -> set[str]:
    return {one.text.strip() for one in Document(io.BytesIO(data)).paragraphs}


def is_rated(hoa: Phone, mai: Phone) -> None:
    hoa.says("/dangbo").goes("Xếp loại chất lượng")
    if not any("Chi bộ thôn Đông: 0/14" in one for one in hoa.buttons()):
        hoa.taps("Từng tổ chức bên dưới")
    hoa.taps("Chi bộ thôn Đông: 0/14", "Ghi quyết định").says("45-QĐ/ĐU").taps(
        "Hôm nay", "Đảng ủy xã Hòa Thuận"
    )
    hoa.taps("Hoàn thành tốt")
    for _ in range(6):
        if any("Lê Thị Mai" in one for one in hoa.buttons()):
            break
        hoa.taps("Sang trang")
    hoa.taps("Lê Thị Mai", "Xong mức này", "Xem lại và ghi (1", "Đúng, ghi 1")
    assert "Hoàn thành tốt nhiệm vụ: 1 (100,00 %)" in hoa.reads()
    hoa.taps("Báo kết quả (1", "Đúng, báo")
    mai.says("/kiemdiem").taps(TITLE)
    assert "Kết quả xếp loại: Hoàn thành tốt nhiệm vụ (văn bản số 45-QĐ/ĐU" in mai.reads()


def comes_as_one_file(commune: Commune, binh: Phone) -> None:
    binh.says("/kiemdiem").goes(TITLE, "Tải trọn bộ")
    pass_a_while(commune)
    name, data = binh.documents()[-1]
    assert name.endswith(".zip")
    inside = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert {"00 Danh mục.xlsx", "00 Tổng hợp.xlsx"} <= set(inside)
    assert [one for one in inside if one.endswith(".docx")]
    assert not [one for one in inside if "Mai" in one]  # whose it is stands in the index


def test_no_form_speaks_of_a_bot() -> None:
    for code in ("2a-2025", "2b-2025", "2c-2025", "commitment-2025", "free"):
        used = form(code)
        for heading in (*used.written, *used.scores, *([used.choice] if used.choice else [])):
            assert "bot" not in heading.guidance.to_plain("vi").lower().split()


def test_what_is_to_be_read_is_handed_over(commune: Commune) -> None:
    """The last: from here on Lan is the secretary."""
    binh, lan = commune.phone(BINH), commune.phone(LAN)
    lan.says("/kiemdiem").taps("Bản của tôi", TITLE)
    writes_everything(lan).taps("Nộp cho chi bộ", "Đúng, nộp")
    binh.says("/chibo").taps(
        "Việc khác", "Ai phụ trách", "Bàn giao nhiệm vụ bí thư", "Trang sau", "Trần Thị Lan", "Bàn giao ngay"
    )
    lan.taps("Mở danh sách bàn giao")
    while not any("Trần Thị Lan · kiểm điểm, cam kết" in label for label in lan.buttons()):
        lan.taps("Trang sau")
    lan.taps("Trần Thị Lan · kiểm điểm, cam kết", "Xem việc này")
    assert "Tình trạng: đã nộp, chờ đọc" in lan.reads()
