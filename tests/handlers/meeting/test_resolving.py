"""The cell's resolution of a meeting in four parts, with its own score as somebody typed it."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

from docx import Document
from sqlalchemy import select

from models.meeting.attendance import Conclusion, resolution_of
from tests.fakes import World
from tests.meetings import STARTS, a_meeting
from tests.people import ALICE, BOB, DAN, Cell, settle_in

SCORE = "92 điểm; tốt <b>(cao hơn tháng trước)</b>"


def test_a_resolution_is_typed_in_four_parts_read_by_the_absent_and_printed(world: World, cell: Cell) -> None:
    bob, alice, dan = settle_in(world, cell, BOB, ALICE, DAN)
    meeting = a_meeting(world, cell)
    world.until(STARTS + timedelta(minutes=95))
    bob.says("/menu")
    message = bob.last()["message_id"]
    bob.taps_data(message, f"attendance:resolution:{meeting}", stale=True)
    assert "chưa có nghị quyết bốn phần" in bob.reads()
    bob.taps_data(message, f"attendance:open:{meeting}", stale=True)
    bob.taps("Viết nghị quyết bốn phần")
    assert "I. Đánh giá kết quả tháng qua" in bob.reads()
    assert "1000 ký tự" in bob.says("x" * 1001).reads()
    bob.says("Hoàn thành 5/6 việc.", "Thu quỹ khuyến học.", "Đ/c Hoa phụ trách.")
    assert "Chương trình chỉ ghi, không tính điểm" in bob.reads()
    bob.says(SCORE)
    world.restart()
    bob.says("5")
    seen = bob.reads()
    assert "III. Tổ chức thực hiện\nĐ/c Hoa phụ trách." in seen
    bob.taps("Gửi")
    world.wait(timedelta(hours=14))
    dan.taps("Xem kết luận")
    assert f"IV. Chi bộ tự chấm điểm buổi sinh hoạt\n{SCORE}" in dan.reads()
    bob.says("/menu")
    bob.taps_data(bob.last()["message_id"], f"attendance:resolution:{meeting}", stale=True)
    name, data = bob.documents()[-1]
    assert name == "nghi-quyet-2026-12-03.docx"
    document: Any = Document(BytesIO(data))
    texts = [one.text for one in document.paragraphs if one.text.strip()]
    assert texts[:2] == ["NGHỊ QUYẾT", "Cuộc họp chi bộ ngày 03 tháng 12 năm 2026"]
    assert texts[texts.index("IV. CHI BỘ TỰ CHẤM ĐIỂM BUỔI SINH HOẠT") + 1] == SCORE
    head = "\n".join(cell.text for cell in document.tables[0].rows[0].cells)
    assert "Số 05-NQ/CB" in head
    foot = [cell.text for cell in document.tables[-1].rows[0].cells]
    assert foot[0].endswith("- Lưu Chi bộ.")
    assert "Trần Văn Bình" in foot[1]

    # a member of the cell types none and prints none; a plain conclusion is no resolution
    for verb in ("resolve", "resolution"):
        alice.says("/menu")
        alice.taps_data(alice.last()["message_id"], f"attendance:{verb}:{meeting}", stale=True)
    assert alice.documents() == []
    rows = world.db(lambda db: [resolution_of(one) for one in db.scalars(select(Conclusion))])
    assert [one.score for one in rows if one] == [SCORE]
