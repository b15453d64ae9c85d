"""A cell of sixty at the end of the year: most hand in, one never starts, and the cell carries its papers away."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from models.delivery.papers.sheets import HEADING_ROW
from models.year.review import ReviewState, accept, receive_signed
from tests.fakes import World
from tests.models.delivery.test_papers import texts
from tests.people import BOB, DAN, OFFICER, a_cell, settle_in
from tests.reviews import a_campaign, fill, hands_in, review, stands


@pytest.mark.long
def test_sixty_reviews_become_one_file_and_one_table(world: World) -> None:
    cell = a_cell(world)
    bob, dan, mai = settle_in(world, cell, BOB, DAN, OFFICER)
    others = fill(world, cell, 56)
    campaign = a_campaign(world, cell)
    world.settle()

    # fifty-seven hand in; Dân never starts, Hoa and Bình have other things to do
    hands_in(world, campaign, *others, cell.alice)

    def takes_in(db: Session) -> None:
        for member in others[:30]:
            one = review(db, campaign, member)
            accept(db, one, by_id=cell.bob, now=world.clock())
            receive_signed(db, one, on=world.clock().date(), by_id=cell.bob, now=world.clock())

    world.db(takes_in)

    # Dân is reminded, and the secretary sees that he owes; nobody says worse of him than that
    world.until(datetime(2026, 12, 10, 13, 0, tzinfo=UTC))
    assert "Bản kiểm điểm năm 2026 – hạn là hôm nay, 10/12/2026." in dan.chat()
    assert dan.chat().count("Đồng chí chưa bắt đầu viết.") == 4  # 7, 3, 1 days before, and on the day
    assert "• Phạm Văn Dân: chưa bắt đầu" in bob.chat()
    assert stands(world, campaign, cell.dan) == ReviewState.NOT_STARTED

    # all documents, in the background; in between the machine is restarted
    bob.says("/xuat")  # his PIN was given: what is tapped now changes where it stands
    bob.says("/kiemdiem").goes("năm 2026", "Tải trọn bộ")
    shown = next(m["message_id"] for m in bob.messages() if "Đang tạo bộ tài liệu" in m["text"])
    world.restart()
    world.wait(timedelta(minutes=3))
    faces = next(m["text"] for m in bob.messages() if m["message_id"] == shown)
    assert "Đã xong trọn bộ: 57 bản kiểm điểm và 0 tệp, ảnh đã gửi của 60 đồng chí" in faces
    name, data = bob.documents()[-1]
    assert name == "kiem-diem-2026 Chi bộ thôn Đông.zip"
    book = zipfile.ZipFile(BytesIO(data))
    assert book.testzip() is None
    papers = [one for one in book.namelist() if one.endswith(".docx")]
    assert len(papers) == 57
    said_in = {one: texts(book.read(one)) for one in papers}
    assert not any("Họ và tên: Phạm Văn Dân" in said for said in said_in.values())
    said = next(said for said in said_in.values() if "Họ và tên: Nguyễn Thị An" in said)
    assert {
        "CHI BỘ THÔN ĐÔNG",
        "Họ và tên: Nguyễn Thị An",
        "Tổng điểm: 93/100 điểm",
        "Về mục A.VI: đã làm.",
    } <= set(said)
    assert Document(BytesIO(book.read(papers[-1]))).sections
    index: Any = load_workbook(BytesIO(book.read("00 Danh mục.xlsx"))).active
    lines = [
        [one.value for one in row]
        for row in index.iter_rows(min_row=HEADING_ROW + 2, max_row=HEADING_ROW + 61)
    ]
    assert [line[0] for line in lines] == list(range(1, 61))
    assert sum(line[2] is not None for line in lines) == 57
    assert sum(line[6] is not None for line in lines) == 30  # signed papers

    # the meeting, the committee, the counts
    bob.says("/kiemdiem").taps("năm 2026", "Xếp loại", "Ghi đề xuất").says("12-BB/CB").taps("Hôm nay")
    bob.taps("Chi bộ thôn Đông", "Hoàn thành xuất sắc", "Đỗ Văn Aa", "Xong mức này")
    bob.taps("Hoàn thành tốt", "Chọn cả 59", "Xong mức này", "Xem lại và ghi (60", "Đúng, ghi 60")
    assert "không quá 20 % số “hoàn thành tốt” (59), tức 11; 14 nếu" in bob.reads()
    mai.says("/dangbo").taps("Xếp loại", "Chi bộ thôn Đông", "Ghi quyết định").says("45-QĐ/ĐU").taps(
        "Hôm nay"
    )
    mai.taps("Đảng ủy xã An Bình", "Hoàn thành tốt", "Chọn cả 59 theo chi bộ đề xuất")
    mai.taps("Đỗ Văn Aa", "Xong mức này", "Xem lại và ghi (60").says("Xét lại một đồng chí")
    mai.taps("Đúng, ghi 60")
    said_to_mai = mai.reads()
    assert "Hoàn thành tốt nhiệm vụ: 60 (100,00 %)" in said_to_mai
    assert "Tỷ lệ tính trên 60 đồng chí" in said_to_mai
