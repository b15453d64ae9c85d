"""Kind 8: A review comes from Word as people have it: in a table, in the form of 2023, in old letters, signed, or as a .doc."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, strategies as st
from sqlalchemy import select

from models.delivery.foreign.old_word import check_old_word
from models.delivery.foreign.refusal import BadFile
from models.ground.legacy_text import Legacy, from_legacy, letters_meant
from models.phrases.text import Lang
from models.year.review import Review, ReviewFile
from models.year.review.questions import body_of
from tests.fakes import World
from tests.files import an_old_word_file
from tests.people import ALICE, BOB, a_cell, settle_in
from tests.phone import Phone
from tests.reviewing import a_campaign, look


def a_docx(*lines: str, font: str = "", table: Sequence[tuple[str, ...]] = ()) -> bytes:
    out, document = BytesIO(), Document()
    for line in lines:
        run = document.add_paragraph().add_run(line)
        if font:
            run.font.name = font
    if table:
        made = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, text in enumerate(cells):
                made.cell(row, column).text = text
        document.add_paragraph("Osaka, ngày 10 tháng 12 năm 2026")
        document.add_paragraph("NGƯỜI CAM KẾT")
        document.add_paragraph("(Ký, ghi rõ họ tên)")
        document.add_paragraph("Nguyễn Thị An")
    document.save(out)
    return out.getvalue()


def body(world: World, campaign: int, member_id: int) -> Any:
    return look(world, campaign, member_id, lambda db, review: body_of(db, review))


def read_in(world: World, data: bytes) -> tuple[Phone, Any]:
    cell = a_cell(world)
    alice, _ = settle_in(world, cell, ALICE, BOB)
    campaign = a_campaign(world, cell)
    alice.says("/kiemdiem").taps("Gửi tệp").sends("document", "kiem-diem.docx", data).taps(
        "Đúng, ghi vào các mục"
    )
    return alice, body(world, campaign, cell.alice)


def test_a_table_of_headings_and_texts_with_points_level_and_signature(world: World) -> None:
    table = [
        ("1", "Về phẩm chất chính trị, đạo đức, lối sống", "Chấp hành tốt."),
        ("2", "Việc thực hiện quyền và nghĩa vụ của đảng viên", "Làm đủ."),
        ("II", "Hạn chế, khuyết điểm và nguyên nhân", "Vắng hai buổi họp."),
        ("III", "Kết quả khắc phục những hạn chế, khuyết điểm đã được cấp có thẩm quyền kết luận", "Đã sửa."),
        ("VI", "Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm", "Gọi về hằng tháng."),
        ("1", "Nhóm tiêu chí chung (30 điểm)", "28 điểm"),
        ("2", "Nhóm tiêu chí về kết quả thực hiện nhiệm vụ (70 điểm)", "62/70"),
        ("VII", "Tự nhận mức xếp loại chất lượng", "Hoàn thành tốt nhiệm vụ"),
    ]
    _, read = read_in(world, a_docx(table=table))
    assert read.text_of("A.I.1") == "Chấp hành tốt."
    assert read.text_of("A.I.2") == "Làm đủ."
    assert read.text_of("A.II.1") == "Vắng hai buổi họp."
    assert read.text_of("A.III") == "Đã sửa."
    assert read.text_of("A.VI") == "Gọi về hằng tháng."
    assert (read.score_general, read.score_results, read.proposed_level) == (28, 62, "hoan_thanh_tot")
    assert not any("CAM KẾT" in section.text for section in read.sections)


def test_the_form_of_2023_in_old_letters(world: World) -> None:
    lines = (
        "I. ¦u ®iÓm, kÕt qu¶ ®¹t ®\u00adîc",
        "1) VÒ t\u00ad t\u00adëng chÝnh trÞ: V÷ng vµng.",
        "2) VÒ thùc hiÖn chøc tr¸ch, nhiÖm vô ®\u00adîc giao: Hoµn thµnh.",
        "II. H¹n chÕ, khuyÕt ®iÓm vµ nguyªn nh©n",
        "Ýt dù häp v× lµm ca.",
        "VI. Ph\u00ad¬ng h\u00adíng, biÖn ph¸p kh¾c phôc h¹n chÕ, khuyÕt ®iÓm",
        "Dù häp trùc tuyÕn ®Òu.",
        "Ng\u00adêi viÕt",
        "NguyÔn ThÞ An",
    )
    _, read = read_in(world, a_docx(*lines, font=".VnTime"))
    assert read.text_of("A.I.1") == "Vững vàng."
    assert read.text_of("A.I.2") == "Hoàn thành."
    assert read.text_of("A.II.1").lower() == "ít dự họp vì làm ca."
    assert read.text_of("A.VI") == "Dự họp trực tuyến đều."


def test_a_marking_in_old_letters_is_seen_and_an_old_word_file_is_kept(world: World) -> None:
    cell = a_cell(world)
    alice, _ = settle_in(world, cell, ALICE, BOB)
    a_campaign(world, cell)
    alice.says("/kiemdiem").taps("Gửi tệp")
    for data, name in (
        (a_docx("1. VÒ phÈm chÊt chÝnh trÞ", "TèI MËT", font=".VnTime"), "a.docx"),
        (an_old_word_file("Báo cáo\rTỐI MẬT\r"), "a.doc"),
        (an_old_word_file("TèI MËT\r", narrow=True), "a.doc"),
    ):
        assert "MẬT" in alice.sends("document", name, data).reads()
    assert "macro" in alice.sends("document", "a.doc", an_old_word_file("Tốt.", "Macros")).reads()
    assert world.db(lambda db: db.scalars(select(ReviewFile)).all()) == []
    alice.sends("document", "kiem-diem.doc", an_old_word_file("I. Ưu điểm\rTôi chấp hành tốt.\r"))
    assert "Đã giữ nguyên tệp .doc" in alice.chat()
    assert [one.name for one in world.db(lambda db: db.scalars(select(ReviewFile)).all())] == [
        "kiem-diem.doc"
    ]
    assert world.db(lambda db: db.scalars(select(Review)).first()) is not None


def test_an_old_word_file_that_holds_objects_or_fetches_something_is_refused() -> None:
    for data in (
        an_old_word_file("x", "ObjectPool"),
        an_old_word_file("x", "\x01Ole10Native"),
        an_old_word_file('\x13 DDEAUTO c:\\\\cmd.exe "/k" \x15'),
        an_old_word_file('\x13 INCLUDETEXT "http://x" \x15', narrow=True),
        an_old_word_file("x").replace("WordDocument".encode("utf-16-le"), "WordDocumenx".encode("utf-16-le")),
    ):
        with pytest.raises(BadFile) as refused:
            check_old_word(data)
        assert refused.value.phrase.to(Lang.VI)
    check_old_word(an_old_word_file("Tôi chấp hành tốt."))


# --- old letters ----------------------------------------------------------------------------------------------------

_PAIRS = {  # written in the old font, meant
    Legacy.TCVN3: [
        ("NguyÔn", "Nguyễn"),
        ("ThÞ", "Thị"),
        ("V¨n", "Văn"),
        ("TrÇn", "Trần"),
        ("Thñy", "Thủy"),
        ("®¹t", "đạt"),
    ],
    Legacy.VNI: [
        ("Nguyeãn", "Nguyễn"),
        ("Thò", "Thị"),
        ("Vaên", "Văn"),
        ("Traàn", "Trần"),
        ("Thuûy", "Thủy"),
        ("ñaït", "đạt"),
    ],
    Legacy.VIQR: [
        ("Nguye^~n", "Nguyễn"),
        ("Thi.", "Thị"),
        ("Va(n", "Văn"),
        ("Tra^`n", "Trần"),
        ("Thu?y", "Thủy"),
        ("dda.t", "đạt"),
    ],
}


@given(st.sampled_from(list(Legacy)), st.lists(st.integers(0, 5), min_size=1, max_size=6))
def test_words_in_an_old_font_are_the_words_meant(legacy: Legacy, places: list[int]) -> None:
    pairs = [_PAIRS[legacy][place] for place in (0, *places)]
    written, meant = " ".join(one for one, _ in pairs), " ".join(two for _, two in pairs)
    if "Thò" not in written:  # a word as it stands, too: only the font's name can tell
        assert (
            letters_meant(written).lower() == meant.lower()
        )  # where case is not told, names begin with capitals
    assert letters_meant(meant) == meant
    assert from_legacy(written, legacy).lower() == meant.lower()


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_old_letters(text: str) -> None:
    assert letters_meant(text) or not text
