"""/kiemdiem from the member's side: each test enters by the front door."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import cast

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.contact.contact_note import Means, record_contact_note
from models.people.member import Member, Purpose
from models.year.review import ReviewFile, ReviewKind, Section
from models.year.review.acts import accept, comment_on, open_version, return_review
from models.year.review.forms import form
from models.year.review.questions import files_of
from tests.fakes import World
from tests.files import a_docx, a_pdf, a_picture, a_voice
from tests.people import ALICE, BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.reviewing import DEADLINE, a_campaign, look, state_of, writes_everything, written


@pytest.fixture
def alice(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, ALICE)[0]


@pytest.fixture
def campaign(world: World, cell: Cell, alice: Phone) -> int:
    return a_campaign(world, cell)


def text_of(world: World, campaign: int, cell: Cell, heading: str) -> str:
    return written(world, campaign, cell.alice).text_of(heading)


# --- where things stand ---------------------------------------------------------------------------------------------


def test_without_a_campaign_there_is_nothing_to_write(alice: Phone) -> None:
    assert "chưa mở đợt" in alice.says("/kiemdiem").reads()


def test_the_message_of_the_campaign_leads_to_the_overview(alice: Phone, campaign: int) -> None:
    alice.taps("Mở bản của tôi")
    shown = alice.reads()
    assert "Bản kiểm điểm năm 2026" in shown
    assert "Hạn nộp: 15/12/2026" in shown
    assert shown.count("còn thiếu") == 9  # seven sections, the points, the level


def test_nothing_is_kept_before_the_member_agrees(world: World, cell: Cell) -> None:
    (dan,) = settle_in(world, cell, DAN, consents=(Purpose.CONTACT,))
    campaign = a_campaign(world, cell)
    dan.says("/kiemdiem")
    asked = dan.reads()
    assert "phần chưa nộp chỉ mình đồng chí" in asked
    assert "nộp bản giấy" in asked
    dan.taps("Đồng ý")
    assert "còn thiếu" in dan.reads()
    dan.goes(" I.1 ").says("Chấp hành tốt")
    assert written(world, campaign, cell.dan).text_of("A.I.1") == "Chấp hành tốt"


def test_nobody_elses_text_is_opened_by_a_forged_button(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    (dan,) = settle_in(world, cell, DAN)
    review = look(world, campaign, cell.alice, lambda _, one: one.id)
    dan.says("/menu")
    for verb in ("mine", "whole", "preview", "docx", "changes", "looks", "files", "withdraw", "agree"):
        dan.taps_data(dan.last()["message_id"], f"review:{verb}:{review}", stale=True)
        assert "năm 2026" not in dan.reads()
    dan.taps_data(dan.last()["message_id"], "review:mine:", stale=True)


# --- one section at a time ------------------------------------------------------------------------------------------


def test_a_section_shows_what_is_expected_and_an_example(alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").goes(" I.1 ")
    assert "việc cụ thể" in alice.reads()
    alice.taps("Xem ví dụ")
    assert "Ví dụ cho mục" in alice.reads()
    assert "Mục tiếp theo" in alice.buttons()


def test_text_in_several_messages_is_appended_and_saved_at_once(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Một.", "Hai.")
    world.restart()
    alice.says("Ba.")
    assert text_of(world, campaign, cell, "A.I.1") == "Một.\nHai.\nBa."
    assert state_of(world, campaign, cell.alice) == "drafting"
    assert "Ba." in alice.reads()


def test_sections_follow_each_other_to_the_points_and_the_level(alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").goes(" V ").says("Không.").taps("Mục tiếp theo")
    assert "Phương hướng" in alice.reads()
    alice.taps("Mục tiếp theo")
    assert "từ 0 đến 30" in alice.reads()
    alice.says("28/30")
    assert "từ 0 đến 70" in alice.reads()
    alice.says("62 điểm")
    shown = alice.reads()
    assert "Tổng điểm tự chấm: 90" in shown
    assert "từ 70 đến dưới 90 điểm" in shown
    alice.taps("Hoàn thành nhiệm vụ")  # lower than the points allow: the choice is hers
    shown = alice.reads()
    assert "28/30 + 62/70 = 90/100" in shown
    assert "Tự đề xuất mức xếp loại: Hoàn thành nhiệm vụ" in shown


@pytest.mark.parametrize("typed", ["31", "30,5", "-1", "28,555", "hai mươi", "9999", "٣٠"])
def test_points_out_of_range_are_asked_again(alice: Phone, campaign: int, typed: str) -> None:
    alice.says("/kiemdiem").goes("Tự chấm điểm").says(typed)
    assert "một số từ 0 đến 30" in alice.reads()
    alice.says("20")
    assert "từ 0 đến 70" in alice.reads()


def test_half_a_point_is_a_point(world: World, cell: Cell, alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").goes("Tự chấm điểm").says("27,5", "62.5 điểm")
    assert "Tổng điểm tự chấm: 90." in alice.reads()
    alice.taps("‹ Quay lại").says("61,5").taps("Xem tất cả các mục")
    assert "27,5/30 + 61,5/70 = 89/100" in alice.reads()
    kept = written(world, campaign, cell.alice)
    assert (str(kept.score_general), str(kept.score_results), kept.total) == ("27.5", "61.5", 89)


def test_kind_10_a_text_is_written_on_screens_of_at_most_eight_buttons_and_the_next_section_is_offered(
    alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem")
    assert len(alice.buttons()) <= 8
    first = alice.buttons()[0]
    assert first.startswith("Viết I.1")
    alice.taps(first).says("Chấp hành tốt.")
    assert len(alice.buttons()) <= 8
    alice.taps("Xem tất cả các mục")
    assert alice.buttons()[0].startswith("Viết I.2")
    alice.taps("Tất cả các mục (1/")
    assert len(alice.buttons()) <= 8
    assert any(one.startswith("✓ I.1") for one in alice.buttons())
    alice.taps("Các mục sau", "Các mục sau")
    assert "Tự đề xuất mức" in alice.buttons()
    alice.taps("Xong", "Việc khác")
    assert "Tải bản .docx" in alice.buttons()


def test_kind_4_a_file_that_one_went_back_from_is_not_sent_and_each_can_be_dropped(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    def kept() -> list[str | None]:
        return cast(
            list[str | None],
            look(world, campaign, cell.alice, lambda db, one: [f.name for f in files_of(db, one.id)]),
        )

    alice.says("/kiemdiem").taps("Gửi tệp").sends("document", "nham.docx", a_docx("Đơn xin việc."))
    alice.taps("‹ Quay lại")
    assert kept() == []
    alice.sends("photo", "", a_picture()).sends("photo", "", a_picture())
    alice.sends("document", "ban quet rat dai ten cua toi nam 2026.pdf", a_pdf())
    assert "ảnh 2" in alice.reads()
    alice.taps("Bỏ bớt tệp")
    assert len(alice.buttons()) <= 8
    alice.taps("Bỏ ảnh 2")
    assert kept() == [None, "ban quet rat dai ten cua toi nam 2026.pdf"]
    alice.taps("Bỏ ban quet")
    assert kept() == [None]
    alice.taps("Xong", "Xong")
    said = alice.reads()
    assert "còn thiếu" not in said
    assert "Mục chưa gõ được coi như có trong tệp, ảnh." in said


def test_nothing_to_say_is_one_tap_where_the_form_allows_it(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" III ", "Không có")
    assert text_of(world, campaign, cell, "A.III") == "Không có"
    alice.goes("Xem tất cả các mục", " I.1 ")
    assert "Không có" not in alice.buttons()


def test_an_edited_message_is_taken_over(world: World, cell: Cell, alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Tôi châp hành.")
    message = alice.telegram.history(ALICE)[-2]["message_id"]
    alice.says("Hết.").edits(message, "Tôi chấp hành.")
    assert text_of(world, campaign, cell, "A.I.1") == "Tôi chấp hành.\nHết."
    assert "Đã sửa mục I.1" in alice.reads()


def test_an_edit_days_later_from_the_main_screen_is_taken_over_too(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Sai.")
    message = alice.telegram.history(ALICE)[-2]["message_id"]
    world.wait(timedelta(days=3))
    alice.says("/menu").edits(message, "Đúng.")
    assert text_of(world, campaign, cell, "A.I.1") == "Đúng."


def test_a_section_is_cleared_only_when_one_is_sure(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Cũ.").taps("Xóa để viết lại", "Thôi")
    assert text_of(world, campaign, cell, "A.I.1") == "Cũ."
    alice.taps("Xóa để viết lại", "Đúng, xóa").says("Mới.")
    assert text_of(world, campaign, cell, "A.I.1") == "Mới."


def test_a_section_that_is_open_stays_open_over_the_night(world: World, alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").taps(" I.1 ")
    world.wait(timedelta(days=2))
    alice.says("Chấp hành tốt.")
    assert "chưa gửi tin này cho ai" not in alice.reads()
    assert "Chấp hành tốt." in world.db(lambda db: [one.text for one in db.scalars(select(Section))])


def test_words_without_a_section_are_not_lost_in_silence(alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem", "Tôi viết luôn")
    assert "Mời bấm vào một mục" in alice.reads()


def test_stopping_keeps_what_was_typed_and_says_so(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Một.", "/huy")
    assert "vẫn được giữ" in alice.reads()
    alice.says("/kiemdiem").goes(" I.1 ").says("Hai.")
    assert text_of(world, campaign, cell, "A.I.1") == "Một.\nHai."


def test_a_voice_message_is_answered_kindly(alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").sends("voice", "a.ogg", a_voice())
    assert "Mời gõ chữ" in alice.reads()


def test_long_texts_in_every_script_lose_nothing(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    piece = "Đồng chí ưỡn ngực | ạ ả ã á à | 👩🏽‍🌾🇻🇳 | مرحبا \u200f שלום | <b>&amp;\n"
    text = (piece * (30_000 // len(piece) + 1)).strip()
    alice.says("/kiemdiem").goes(" I.1 ")
    parts = [text[at : at + 3_000] for at in range(0, len(text), 3_000)]
    alice.says(*[part for part in parts if part.strip()])
    kept = text_of(world, campaign, cell, "A.I.1")
    assert "".join(kept.split()) == "".join(text.split())
    alice.reads()
    alice.taps("Xem tất cả các mục", "Xem trước cả bản")
    said = alice.reads().replace("Xa Nhà: bạn có tin. Chạm để đọc.", "")  # she is abroad: above each part
    assert "".join(kept.split()) in "".join(said.split())
    assert all(len(m["text"].encode("utf-16-le")) // 2 <= 4_096 for m in alice.messages())


def test_a_section_beyond_the_limit_says_so_and_keeps_the_rest(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says(*["x" * 4_000] * 10)
    alice.says("y" * 4_000)
    assert "dài quá 40000 ký tự" in alice.reads()
    assert "y" not in text_of(world, campaign, cell, "A.I.1")
    assert len(text_of(world, campaign, cell, "A.I.1")) > 35_000


@pytest.mark.parametrize("typed", ["MẬT", "Theo công văn đóng dấu TỐI MẬT số 3"])
def test_what_is_marked_secret_is_stopped_and_not_kept(
    world: World, cell: Cell, alice: Phone, campaign: int, typed: str
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Một.", typed)
    assert "dấu hiệu tài liệu MẬT" in alice.reads()
    assert text_of(world, campaign, cell, "A.I.1") == "Một."


# --- one's own year -------------------------------------------------------------------------------------------------


def test_ones_own_year_is_offered_and_never_imposed(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    def contact(db: Session) -> None:
        member = db.get_one(Member, cell.alice)
        record_contact_note(
            db,
            member,
            channel=Means.ZALO,
            happened_on=date(2026, 11, 3),
            result="chuyện riêng",
            by_id=cell.bob,
            now=world.clock(),
        )

    world.db(contact)
    alice.says("/kiemdiem").goes(" I.1 ")
    assert text_of(world, campaign, cell, "A.I.1") == ""
    alice.reads()
    alice.taps("Gợi ý từ năm của tôi")
    shown = alice.reads()
    assert "liên hệ 1 lần (qua Zalo 1)" in shown
    assert "chuyện riêng" not in shown
    alice.taps("Thôi, tôi tự viết")
    assert text_of(world, campaign, cell, "A.I.1") == ""
    alice.taps("Gợi ý từ năm của tôi", "Đưa các câu này vào mục")
    assert "qua Zalo" in text_of(world, campaign, cell, "A.I.1")


def test_reports_of_the_year_are_counted(world: World, cell: Cell, alice: Phone, campaign: int) -> None:
    world.wait(timedelta(days=1))

    def answered(db: Session) -> None:
        checkin = db.scalars(select(Checkin).where(Checkin.member_id == cell.alice)).first()
        assert checkin is not None
        checkin.state, checkin.answered_by = CheckinState.ANSWERED.value, cell.alice
        checkin.answered_at, checkin.next_at = world.clock(), None

    world.db(answered)
    alice.says("/kiemdiem").goes(" I.2 ", "Gợi ý từ năm của tôi")
    assert "Đã báo cáo tình hình với chi bộ 1 lần" in alice.reads()


def test_the_commitment_of_the_year_is_laid_beside(world: World, cell: Cell, alice: Phone) -> None:
    promise = a_campaign(world, cell, kind=ReviewKind.COMMITMENT, form="commitment-2025")
    alice.taps("Mở bản của tôi").goes(" II ").says("Họp đủ tám buổi").taps("Xem tất cả các mục")
    assert written(world, promise, cell.alice).text_of("II") == "Họp đủ tám buổi"
    a_campaign(world, cell)
    alice.goes("Mở bản của tôi", " I.3 ", "Xem bản cam kết đầu năm")
    assert "Họp đủ tám buổi" in alice.reads()


def test_a_commitment_that_nobody_wrote_is_not_offered(world: World, cell: Cell, alice: Phone) -> None:
    a_campaign(world, cell, kind=ReviewKind.COMMITMENT, form="commitment-2025")
    a_campaign(world, cell)
    alice.goes("Mở bản của tôi", " I.3 ")
    assert "Xem bản cam kết đầu năm" not in alice.buttons()


def test_from_one_text_the_way_leads_to_the_other(world: World, cell: Cell, alice: Phone) -> None:
    a_campaign(world, cell)
    alice.says("/kiemdiem")
    assert "Các bản của tôi" not in alice.buttons()
    a_campaign(world, cell, kind=ReviewKind.COMMITMENT, form="commitment-2025")
    alice.goes("Mở bản của tôi", "Các bản của tôi")
    assert {"Bản kiểm điểm năm 2026", "Bản cam kết năm 2026"} <= set(alice.buttons())
    said = alice.reads()
    assert "• Bản kiểm điểm năm 2026: chưa bắt đầu" in said
    assert "• Bản cam kết năm 2026: chưa bắt đầu" in said


def test_a_commitment_has_no_points_and_is_handed_in(world: World, cell: Cell, alice: Phone) -> None:
    promise = a_campaign(world, cell, kind=ReviewKind.COMMITMENT, form="commitment-2025")
    alice.says("/kiemdiem")
    assert "Tự chấm điểm" not in alice.buttons()
    writes_everything(alice, "commitment-2025").taps("Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, promise, cell.alice) == "submitted"
    assert "bản cam kết năm 2026 (bản 1)" in alice.reads()


# --- as a whole -----------------------------------------------------------------------------------------------------


def test_the_preview_and_the_docx_hold_every_section(alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem")
    writes_everything(alice).taps("Xem trước cả bản")
    shown = alice.reads()
    alice.goes("Xem tất cả các mục", "Tải bản .docx")
    assert alice.last()["document"]  # with the ways on below it, and nothing said twice
    assert {"Xem tất cả các mục", "Màn hình chính"} <= set(alice.buttons())
    name, data = alice.documents()[-1]
    assert name == "61.ban-tu-kiem-diem-2026-nguyen-thi-an.docx"
    paper = "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    for heading in form("2c-2025").written:
        if heading.required:
            assert f"Nội dung mục {form('2c-2025').label(heading).to_plain('vi')}" in shown
            assert f"Nội dung mục {form('2c-2025').label(heading).to_plain('vi')}" in paper
    assert "27/30 + 62/70 = 89/100" in shown
    assert "89/100" in paper


def test_what_was_downloaded_can_be_sent_back_and_is_read_the_same(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem")
    writes_everything(alice).goes("Tải bản .docx")
    before = written(world, campaign, cell.alice)
    alice.taps("Xem tất cả các mục").sends("document", "ban.docx", alice.documents()[-1][1])
    assert "Đã đọc tệp" in alice.reads()
    alice.taps("Thay chữ cũ")
    assert written(world, campaign, cell.alice) == before


# --- a file instead -------------------------------------------------------------------------------------------------


TYPED_AT_HOME = a_docx(
    "BẢN KIỂM ĐIỂM",
    "I. Ưu điểm, kết quả đạt được",
    "Trong năm tôi đã cố gắng.",
    "1. Về phẩm chất chính trị, đạo đức, lối sống",
    "Chấp hành đủ.",
    "II. Hạn chế, khuyết điểm và nguyên nhân",
    "1. Hạn chế, khuyết điểm: Vắng hai buổi.",
    "B. NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI",
    "1. Nhóm tiêu chí chung: 26/30 điểm",
    "2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ: 60/70 điểm",
    "NGƯỜI TỰ KIỂM ĐIỂM",
)


def test_a_docx_is_shown_before_it_goes_into_the_sections(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").taps("Gửi tệp").sends("document", "kiem-diem.docx", TYPED_AT_HOME)
    shown = alice.reads()
    assert "Chấp hành đủ." in shown
    assert "26 + 60" in shown
    assert "Chưa thấy trong tệp: mục" in shown
    assert written(world, campaign, cell.alice).sections == ()
    alice.taps("Đúng, ghi vào các mục")
    body = written(world, campaign, cell.alice)
    assert body.text_of("A.I.1") == "Chấp hành đủ."
    assert body.text_of("A.II.1") == "Vắng hai buổi."
    assert (body.score_general, body.score_results) == (26, 60)
    assert "Tệp, ảnh đã gửi: 1" in alice.reads()


def test_pieces_under_no_heading_are_put_where_the_member_says(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").sends("document", "kiem-diem.docx", TYPED_AT_HOME)
    alice.taps("Xếp các đoạn còn lại", "Bỏ qua đoạn này")  # the title
    assert "Trong năm tôi đã cố gắng." in alice.reads()
    alice.taps("I.2 ")
    alice.taps("Đúng, ghi vào các mục")
    assert text_of(world, campaign, cell, "A.I.2") == "Trong năm tôi đã cố gắng."


def test_what_was_typed_before_is_replaced_only_when_asked(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" I.1 ").says("Gõ trước.")
    alice.sends("document", "kiem-diem.docx", TYPED_AT_HOME).taps("Nối vào sau")
    assert text_of(world, campaign, cell, "A.I.1") == "Gõ trước.\nChấp hành đủ."


def test_photos_and_a_pdf_are_kept_as_they_are_and_handed_in(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").taps("Gửi tệp").sends("photo", "", b"\xff\xd8\xff1").sends(
        "photo", "", b"\xff\xd8\xff2"
    )
    alice.sends("document", "trang-cuoi.pdf", a_pdf())
    assert "trang-cuoi.pdf" in alice.reads()
    alice.taps("Xong", "Nộp cho chi bộ")
    assert "coi như có trong tệp" in alice.reads()
    alice.taps("Đúng, nộp")
    assert state_of(world, campaign, cell.alice) == "submitted"
    kept = look(world, campaign, cell.alice, lambda db, one: [f.media for f in files_of(db, one.id)])
    assert kept == ["photo", "photo", "document"]
    alice.taps("Xem lại các tệp")
    assert len(alice.documents()) == 1


def test_files_sent_by_mistake_are_taken_away(world: World, cell: Cell, alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").taps("Gửi tệp").sends("photo", "", b"\xff\xd8\xff1").taps(
        "Bỏ bớt tệp", "Bỏ ảnh 1"
    )
    assert world.db(lambda db: db.scalars(select(ReviewFile)).all()) == []
    alice.taps("Xong").taps("Nộp cho chi bộ")
    assert "Chưa nộp được" in alice.reads()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("BC-MAT.docx", TYPED_AT_HOME, "dấu hiệu tài liệu MẬT"),
        (
            "kiem-diem.docx",
            a_docx("1. Về phẩm chất chính trị", "Văn bản đóng dấu TỐI MẬT"),
            "dấu hiệu tài liệu MẬT",
        ),
        ("kiem-diem.docx", b"%PDF", "không phải tệp Word"),
        ("kiem-diem.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "kiểu cũ"),
        ("danh-sach.xlsx", b"PK\x03\x04", "Loại tệp này"),
        ("virus.exe", b"MZ", "có thể tự chạy"),
        ("khong-duoi", b"x", "Loại tệp này"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_is_not_kept(
    world: World, alice: Phone, campaign: int, name: str, data: bytes, says: str
) -> None:
    alice.says("/kiemdiem").taps("Gửi tệp").sends("document", name, data)
    assert says in alice.reads()
    assert world.db(lambda db: db.scalars(select(ReviewFile)).all()) == []
    assert world.db(lambda db: db.scalars(select(Section)).all()) == []


# --- handing in and after -------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_before_handing_in(alice: Phone, campaign: int) -> None:
    alice.says("/kiemdiem").goes(" III ", "Không có", "Xem tất cả các mục", "Nộp cho chi bộ")
    shown = alice.reads()
    missing = "I.1, I.2, I.3, II.1, II.2, VI, tự chấm điểm và tự đề xuất mức"
    assert f"Chưa nộp được: còn mục {missing}." in shown


def test_handed_in_it_can_be_taken_back_until_it_is_accepted(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem")
    writes_everything(alice).taps("Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.alice) == "submitted"
    alice.taps("Rút lại để viết thêm")
    assert state_of(world, campaign, cell.alice) == "withdrawn"
    alice.goes(" I.1 ").says("Thêm.").goes("Xem tất cả các mục", "Xem chỗ đã đổi")
    assert "Thêm." in alice.reads()
    alice.taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")
    assert "(bản 2)" in alice.reads()
    by_bob(world, cell, campaign, accept)
    alice.says("/kiemdiem").taps("bản kiểm điểm năm 2026")
    assert "Rút lại để viết thêm" not in alice.buttons()


def by_bob(world: World, cell: Cell, campaign: int, act: object, *given: object, **more: object) -> None:
    look(
        world,
        campaign,
        cell.alice,
        lambda db, one: act(db, one, *given, by_id=cell.bob, now=world.clock(), **more),  # type: ignore[operator]
    )
    world.settle()


def test_a_returned_one_opens_at_the_commented_sections(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem")
    writes_everything(alice).taps("Nộp cho chi bộ", "Đúng, nộp")
    world.wait(timedelta(hours=2))
    by_bob(world, cell, campaign, comment_on, "A.II.1", "Nói rõ vắng buổi nào")
    by_bob(world, cell, campaign, comment_on, "A.VI", "Ghi ngày cụ thể")
    by_bob(world, cell, campaign, return_review, deadline=DEADLINE, note="Viết khá tốt")
    alice.reads()
    alice.taps("Mở bản của tôi")
    shown = alice.reads()
    assert "Nói rõ vắng buổi nào" in shown
    assert "Nội dung mục II.1" in shown
    alice.says("Vắng tháng 3 và tháng 7.").taps("Mục có góp ý tiếp theo")
    assert "Ghi ngày cụ thể" in alice.reads()
    alice.says("Từ 5/1.").taps("Xem tất cả các mục")
    shown = alice.reads()
    assert "Góp ý chung: Viết khá tốt" in shown
    assert "Tới mục có góp ý" not in alice.buttons()
    alice.goes("Xem chỗ đã đổi")
    assert "Vắng tháng 3 và tháng 7." in alice.reads()
    alice.taps("Xem tất cả các mục", "Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.alice) == "submitted"


def test_the_member_sees_who_opened_which_version(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem")
    writes_everything(alice).goes("Nộp cho chi bộ", "Đúng, nộp", "Ai đã mở")
    assert "Chưa ai mở" in alice.reads()
    look(
        world,
        campaign,
        cell.alice,
        lambda db, one: open_version(db, one, 1, reader_id=cell.bob, now=world.clock()),
    )
    alice.says("/kiemdiem").goes("bản kiểm điểm năm 2026", "Ai đã mở")
    assert "Trần Văn Bình: bản 1" in alice.reads()


def test_an_edit_after_handing_in_changes_nothing(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem")
    message = alice.goes(" I.1 ").says("Gốc.").telegram.history(ALICE)[-2]["message_id"]
    alice.taps("Xem tất cả các mục")
    writes_everything(alice).taps("Nộp cho chi bộ", "Đúng, nộp")
    alice.edits(message, "Sửa lén.")
    assert "Tin đã sửa không thay được" in alice.reads()
    assert "Gốc." in text_of(world, campaign, cell, "A.I.1")


def test_a_late_one_is_told_so_and_taken_all_the_same(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    world.wait(timedelta(days=20))
    alice.says("/kiemdiem")
    assert "đã qua; nộp muộn vẫn được nhận" in alice.reads()
    writes_everything(alice).taps("Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.alice) == "submitted"


def test_an_old_button_of_an_earlier_section_changes_nothing(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    alice.says("/kiemdiem").goes(" III ")
    old = alice.button_data("Không có")
    alice.goes("Xem tất cả các mục", " I.1 ")
    alice.taps_data(*old, stale=True)
    assert written(world, campaign, cell.alice).sections == ()
    assert "câu hỏi cũ" in alice.reads()


# --- on behalf ------------------------------------------------------------------------------------------------------


def test_the_desk_types_what_came_by_post(world: World, cell: Cell, alice: Phone, campaign: int) -> None:
    (bob,) = settle_in(world, cell, BOB)
    review = look(world, campaign, cell.alice, lambda _, one: one.id)
    bob.says("/menu").taps_data(bob.last()["message_id"], f"review:mine:{review}", stale=True)
    assert "Nguyễn Thị An" in bob.reads()
    bob.goes(" I.1 ").says("Gõ hộ.").taps("Xem tất cả các mục").sends("photo", "", b"\xff\xd8\xff")
    bob.taps("Xong", "Nộp cho chi bộ", "Đúng, nộp")
    assert state_of(world, campaign, cell.alice) == "submitted"
    assert "đã ghi hộ và nộp" in alice.reads()


def test_the_desk_does_not_see_what_is_not_handed_in(
    world: World, cell: Cell, alice: Phone, campaign: int
) -> None:
    (bob,) = settle_in(world, cell, BOB)
    review = look(world, campaign, cell.alice, lambda _, one: one.id)
    alice.says("/kiemdiem").goes(" I.1 ").says("Chuyện của tôi.")
    bob.says("/menu")
    for verb in ("mine", "whole", "preview", "docx", "changes", "files"):
        bob.taps_data(bob.last()["message_id"], f"review:{verb}:{review}", stale=True)
        shown = bob.reads()
        assert "Chuyện của tôi." not in shown
        assert "đang tự viết" in shown
    assert bob.documents() == []


def test_in_english_too(world: World, cell: Cell, alice: Phone, campaign: int) -> None:
    alice.says("/ngonngu").taps("English").says("/kiemdiem")
    assert "To be handed in by" in alice.reads()
    alice.goes(" I.1 ")
    assert "Short points with concrete facts" in alice.reads()
