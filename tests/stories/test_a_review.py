"""A year-end review from the first word to the file: over nine days, in many ways, through restarts."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document
from sqlalchemy import select

from models.people.trail import Look
from models.year.review import ReviewFileKind, moves_of
from models.year.review.questions import files_of, versions_of
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign, look, state_of, writes_everything, written


def at(day: int, hour: int = 9) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, ALICE, BOB, DAN)


@pytest.fixture
def campaign(world: World, cell: Cell, phones: list[Phone]) -> int:
    return a_campaign(world, cell, deadline=date(2026, 12, 20))


def reads_and_returns(bob: Phone, *, section: str, comment: str) -> None:
    """From the message that tells of it: to the section, a comment, back to the member."""
    bob.taps("Đọc bản này", "Đọc từng mục")
    while section not in bob.reads():
        bob.taps("Mục sau ›")
    bob.taps("Góp ý mục này").says(comment)
    bob.taps("‹ Về bản này", "Trả lại để bổ sung").taps("/12/2026")


def test_nine_days_two_returns_and_it_is_filed(
    world: World, cell: Cell, phones: list[Phone], campaign: int
) -> None:
    alice, bob, _ = phones

    # the first evening: she looks, and writes a line
    alice.goes("Mở bản của tôi", " I.1 ")
    assert "Viết từng ý ngắn" in alice.reads()
    alice.says("Chấp hành pháp luật nước sở tại.")
    world.restart()
    alice.says("Đóng đảng phí đủ.")  # the question is still open
    assert "Chấp hành pháp luật nước sở tại.\nĐóng đảng phí đủ." in alice.reads()

    # the third day: something else comes between, and she goes on where she was
    world.until(at(3, 20))
    alice.says("/baocao").taps("Màn hình chính").says("/kiemdiem")
    assert "I.1 Về phẩm chất" in alice.reads()
    alice.goes(" I.2 ").says("Họp tám buổi.").taps("Mục tiếp theo").says("Đã làm đủ cam kết.")
    world.restart()

    # the fourth: a slip of an earlier day is edited in the chat itself
    world.until(at(4, 20))
    slip = next(m for m in alice.telegram.history(ALICE) if m["text"] == "Họp tám buổi.")
    alice.edits(slip["message_id"], "Họp chín buổi.")
    assert written(world, campaign, cell.alice).text_of("A.I.2") == "Họp chín buổi."

    # the fifth: the rest, the points, the level; handed in
    world.until(at(5, 20))
    alice.says("/kiemdiem").taps("Nộp cho chi bộ")
    assert "còn mục II.1, II.2, III, VI" in alice.reads()
    alice.goes(" II.1 ").says("Vắng vài buổi.").taps("Mục tiếp theo").says("Ca đêm.")
    alice.taps("Mục tiếp theo", "Không có").goes("Xem tất cả các mục", " VI ").says("Gọi về hằng tháng.")
    alice.taps("Mục tiếp theo").says("27", "61").taps("Hoàn thành tốt nhiệm vụ")
    alice.taps("Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.alice) == "submitted"
    assert "Đồng chí Nguyễn Thị An đã nộp" in bob.reads()

    # the sixth: returned; nobody but she and the secretary saw a word of it
    world.until(at(6))
    reads_and_returns(bob, section="Vắng vài buổi.", comment="Nêu rõ vắng buổi nào.")
    world.restart()
    assert state_of(world, campaign, cell.alice) == "returned"
    alice.taps("Mở bản của tôi")
    assert "Nêu rõ vắng buổi nào." in alice.reads()
    alice.says("Vắng tháng 3, tháng 7.").taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")

    # the seventh: returned once more, for another section
    world.until(at(7))
    reads_and_returns(bob, section="Gọi về hằng tháng.", comment="Ghi ngày cụ thể.")
    world.restart()
    alice.taps("Mở bản của tôi")
    shown = alice.reads()
    assert "Ghi ngày cụ thể." in shown
    assert "Nêu rõ vắng buổi nào." not in shown
    alice.says("Ngày 5 hằng tháng.").goes("Xem tất cả các mục", "Xem chỗ đã đổi")
    assert "Ngày 5 hằng tháng." in alice.reads()
    alice.taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")
    assert "(bản 3)" in alice.reads()

    # the eighth: compared, accepted; she downloads, signs, sends it home
    world.until(at(8))
    bob.taps("Đọc bản này", "So với bản trước")
    assert "Ngày 5 hằng tháng." in bob.reads()
    bob.taps("‹ Về bản này", "Chấp nhận")
    assert "Đang gửi tin cho đồng chí Nguyễn Thị An" in bob.reads()
    assert "đã được chấp nhận" in alice.reads()
    alice.goes("Mở bản của tôi", "Tải bản .docx")
    paper = "\n".join(p.text for p in Document(io.BytesIO(alice.documents()[-1][1])).paragraphs)
    assert "Vắng tháng 3, tháng 7." in paper
    assert "88/100" in paper

    # the ninth: the signed paper is here, and is filed
    world.until(at(9))
    world.restart()
    bob.says("/kiemdiem").taps("năm 2026").taps("chờ bản ký", "Nguyễn Thị An")
    bob.taps("Đã nhận bản ký", "09/12/2026", "Không có bản chụp").taps("Đã lưu hồ sơ", "Đúng, đã lưu")
    assert state_of(world, campaign, cell.alice) == "filed"
    assert "đã nhận bản kiểm điểm năm 2026 có chữ ký" in alice.reads()

    numbers = look(world, campaign, cell.alice, lambda db, one: [v.number for v in versions_of(db, one.id)])
    assert numbers == [1, 2, 3]
    went = look(world, campaign, cell.alice, lambda db, one: [move.after for move in moves_of(db, one.id)])
    assert went == [
        "not started",
        "drafting",
        *["submitted", "returned"] * 2,
        "submitted",
        "accepted",
        "signed",
        "filed",
    ]
    assert world.db(lambda db: {one.reader_id for one in db.scalars(select(Look))}) == {cell.bob}
    alice.says("/kiemdiem").goes("bản kiểm điểm năm 2026", "Ai đã mở")
    assert "Trần Văn Bình: bản 3" in alice.reads()


def test_a_docx_written_at_home_is_handed_in_after_a_look(
    world: World, cell: Cell, phones: list[Phone], campaign: int
) -> None:
    _, bob, dan = phones
    document, out = Document(), io.BytesIO()
    for line in (
        "BẢN KIỂM ĐIỂM CÁ NHÂN",
        "1. Về phẩm chất chính trị, đạo đức, lối sống",
        "Chấp hành tốt.",
        "2. Việc thực hiện quyền và nghĩa vụ của đảng viên",
        "Đủ.",
        "3. Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu: Đủ.",
        "1. Hạn chế, khuyết điểm. Ít phát biểu.",
        "2. Nguyên nhân của hạn chế, khuyết điểm. Ngại.",
        "III. Kết quả khắc phục những hạn chế, khuyết điểm đã được chỉ ra ở các kỳ kiểm điểm trước",
        "Không có",
        "1. Nhóm tiêu chí chung: 25/30",
        "2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ: 60/70",
    ):
        document.add_paragraph(line)
    document.save(out)
    dan.taps("Mở bản của tôi").sends("document", "kiem diem.docx", out.getvalue())
    assert "Chưa thấy trong tệp: mục VI" in dan.reads()
    world.restart()  # nothing of what was read is lost
    dan.goes("Đúng, ghi vào các mục", " VI ").says("Phát biểu nhiều hơn.")
    dan.goes("Xem tất cả các mục", "Tự đề xuất mức", "Hoàn thành tốt nhiệm vụ")
    dan.taps("Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.dan) == "submitted"
    bob.taps("Đọc bản này")
    assert "Ít phát biểu." in bob.reads()
    bob.taps("Xem tệp, ảnh")
    assert bob.documents()[-1][0] == "kiem diem.docx"


def test_photos_of_a_handwritten_one_are_enough(
    world: World, cell: Cell, phones: list[Phone], campaign: int
) -> None:
    _, bob, dan = phones
    dan.taps("Mở bản của tôi", "Gửi tệp")
    for page in range(3):
        dan.sends("photo", "", b"\xff\xd8\xff" + bytes([page]))
    dan.taps("Xong", "Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.dan) == "submitted"
    kept = look(world, campaign, cell.dan, lambda db, one: len(files_of(db, one.id, ReviewFileKind.TEXT)))
    assert kept == 3
    bob.taps("Đọc bản này", "Xem tệp, ảnh")
    bob.taps("Chấp nhận")
    assert state_of(world, campaign, cell.dan) == "accepted"


def test_a_late_one_is_taken_all_the_same(
    world: World, cell: Cell, phones: list[Phone], campaign: int
) -> None:
    _, bob, dan = phones
    world.until(at(24))
    dan.says("/kiemdiem")
    assert "nộp muộn vẫn được nhận" in dan.reads()
    writes_everything(dan).taps("Nộp cho chi bộ")
    assert "Đã qua hạn nộp" in dan.reads()
    dan.taps("Đúng, nộp")
    assert state_of(world, campaign, cell.dan) == "submitted"
    bob.taps("Đọc bản này", "Chấp nhận")
    assert state_of(world, campaign, cell.dan) == "accepted"


def test_one_taken_back_is_not_read_and_comes_again(
    world: World, cell: Cell, phones: list[Phone], campaign: int
) -> None:
    _, bob, dan = phones
    dan.taps("Mở bản của tôi")
    writes_everything(dan).taps("Nộp cho chi bộ", "Đúng, nộp")
    accept = bob.taps("Đọc bản này").button_data("Chấp nhận")
    dan.taps("Rút lại để viết thêm")
    assert "đã rút lại" in bob.reads()
    bob.taps_data(*accept)  # too late: it is his again
    assert "người viết đã rút lại" in bob.reads()
    assert state_of(world, campaign, cell.dan) == "withdrawn"
    dan.goes(" I.1 ").says("Thêm một ý.").taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")
    bob.taps("Đọc bản này")
    assert "Thêm một ý." in bob.reads()
