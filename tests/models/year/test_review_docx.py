"""A review written in Word: its lines, its headings, and files that are none."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest
from docx import Document
from hypothesis import given, strategies as st

from models.year.policy import DocxPolicy
from models.year.review.reading_docx import Reading, read_review_docx, sort_lines
from models.year.review.word_text import UnreadableDocx, read_word_text

POLICY = DocxPolicy()


@dataclass(frozen=True)
class Heading:
    id: str
    number: str
    vi: str


HEADINGS = [
    Heading("A", "A", "NỘI DUNG KIỂM ĐIỂM"),
    Heading("A.I", "I", "Ưu điểm, kết quả đạt được"),
    Heading(
        "A.I.1", "1", "Về phẩm chất chính trị, đạo đức, lối sống; tinh thần đoàn kết. Liên hệ các biểu hiện."
    ),
    Heading("A.I.2", "2", "Việc thực hiện quyền và nghĩa vụ của đảng viên theo các nhiệm vụ được phân công."),
    Heading("A.II", "II", "Hạn chế, khuyết điểm và nguyên nhân"),
    Heading("A.II.1", "1", "Hạn chế, khuyết điểm."),
    Heading("A.II.2", "2", "Nguyên nhân của hạn chế, khuyết điểm."),
    Heading("A.V", "V", "Làm rõ trách nhiệm của cá nhân đối với khuyết điểm của tập thể (nếu có)"),
    Heading("A.VI", "VI", "Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm"),
    Heading("B", "B", "NỘI DUNG TỰ ĐÁNH GIÁ, XẾP LOẠI"),
    Heading("sign", "", "NGƯỜI TỰ KIỂM ĐIỂM (Ký, ghi rõ họ tên)"),
]
TAKES = frozenset({"A.I.1", "A.I.2", "A.II.1", "A.II.2", "A.V", "A.VI"})


def read(*lines: str) -> Reading:
    return sort_lines(lines, HEADINGS, takes=TAKES)


# --- headings -------------------------------------------------------------------------------------------------------


def test_each_text_comes_under_its_heading() -> None:
    reading = read(
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "A. NỘI DUNG KIỂM ĐIỂM",
        "I. Ưu điểm, kết quả đạt được",
        "1. Về phẩm chất chính trị, đạo đức, lối sống; tinh thần đoàn kết. Liên hệ các biểu hiện.",
        "Tôi chấp hành.",
        "Tôi gương mẫu.",
        "II. HẠN CHẾ, KHUYẾT ĐIỂM VÀ NGUYÊN NHÂN",
        "1. Hạn chế, khuyết điểm.",
        "Vắng hai buổi.",
        "VI. Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm",
        "Gọi về hằng tháng.",
    )
    assert reading.sections == {
        "A.I.1": "Tôi chấp hành.\nTôi gương mẫu.",
        "A.II.1": "Vắng hai buổi.",
        "A.VI": "Gọi về hằng tháng.",
    }
    assert reading.loose == [("", "ĐẢNG CỘNG SẢN VIỆT NAM")]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("2. Nguyên nhân của hạn chế, khuyết điểm", ""),
        ("2) Nguyên nhân của hạn chế, khuyết điểm: ca đêm", "ca đêm"),
        ("Nguyên nhân của hạn chế, khuyết điểm. Ca đêm.", "Ca đêm."),
        ("2 - nguyên nhân: ca đêm", "ca đêm"),
        ("NGUYEN NHAN CUA HAN CHE, KHUYET DIEM", ""),  # typed without diacritics
        ("2. Nguyên nhân của các hạn chế và khuyết điểm", ""),  # in other words
    ],
)
def test_a_heading_is_known_in_many_dresses(line: str, rest: str) -> None:
    reading = read("1. Hạn chế, khuyết điểm", "Vắng họp.", line, "Hết.")
    assert reading.sections["A.II.1"] == "Vắng họp."
    assert reading.sections["A.II.2"] == f"{rest}\nHết.".strip()


def test_the_words_in_brackets_may_be_there_or_not() -> None:
    for line in (
        "V. Làm rõ trách nhiệm của cá nhân đối với khuyết điểm của tập thể (nếu có): Không.",
        "Làm rõ trách nhiệm của cá nhân đối với khuyết điểm của tập thể: Không.",
    ):
        assert read(line).sections == {"A.V": "Không."}


def test_a_sentence_that_begins_like_a_heading_is_none() -> None:
    reading = read(
        "1. Về phẩm chất chính trị", "Hạn chế, khuyết điểm của tôi thì nêu ở mục sau.", "2. Tôi học tập."
    )
    assert list(reading.sections) == ["A.I.1"]
    assert reading.loose == []


def test_a_heading_named_too_early_does_not_swallow_those_before_it() -> None:
    reading = read(
        "Phương hướng, biện pháp khắc phục hạn chế, khuyết điểm",  # a table of contents
        "1. Về phẩm chất chính trị",
        "Tốt.",
        "2. Việc thực hiện quyền và nghĩa vụ",
        "Đủ.",
        "1. Hạn chế, khuyết điểm",
        "Có.",
        "VI. Phương hướng",
        "Sửa.",
    )
    assert reading.sections == {"A.I.1": "Tốt.", "A.I.2": "Đủ.", "A.II.1": "Có.", "A.VI": "Sửa."}


def test_lines_of_dots_are_empty() -> None:
    reading = read(
        "1. Hạn chế, khuyết điểm: ..........", "………………", ".....\u200b.....", "2. Nguyên nhân: ca đêm ..."
    )
    assert reading.sections == {"A.II.2": "ca đêm ..."}


def test_what_stands_under_a_heading_that_takes_no_text_is_loose() -> None:
    reading = read("A. NỘI DUNG KIỂM ĐIỂM", "Viết chung.", "NGƯỜI TỰ KIỂM ĐIỂM", "An")
    assert (reading.sections, reading.loose) == ({}, [("A", "Viết chung."), ("sign", "An")])


def test_a_chapter_that_was_written_as_one_is_its_first_part() -> None:
    reading = read("II. Hạn chế, khuyết điểm và nguyên nhân", "Viết chung.", "VI. Phương hướng", "Sửa.")
    assert reading.sections == {"A.II.1": "Viết chung.", "A.VI": "Sửa."}


WORDS = st.sampled_from(
    [h.vi for h in HEADINGS] + ["1.", "II", "Không có", "مرحبا", "👩🏽‍🌾", "ếệ", "Hạn chế", "a | b"]
)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=12))
def test_no_line_is_lost(lines: list[str]) -> None:
    reading = read(*lines)
    kept = "\n".join([*(piece.text for piece in reading.loose), *reading.sections.values()]).splitlines()
    for line in lines:
        is_heading = any(line.endswith(h.vi) or h.vi in line for h in HEADINGS) or "Hạn chế" in line
        assert is_heading or line in kept


def test_thousands_of_lines_like_a_heading_take_no_time() -> None:
    begun = time.process_time()
    read(*["1. Hạn chế, khuyết điểm."] * 5_000)
    assert time.process_time() - begun < 4


# --- the file -------------------------------------------------------------------------------------------------------


def a_docx(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def raw_docx(body: str, **parts: str) -> bytes:
    """A document by its XML; `parts` are further files, by name below word/."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="urn:mc" xmlns:a="urn:a"'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:notes {w}>{text}</w:notes>")
    return out.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def lines_of(body: str, **parts: str) -> list[str]:
    return read_word_text(raw_docx(body, **parts), POLICY).lines


def test_a_document_of_words_tables_and_columns_is_read() -> None:
    document = Document()
    document.add_paragraph("1. Về phẩm chất chính trị")
    document.add_paragraph("Tôi\tchấp hành.\nĐủ.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"ô {number}"
    assert read_word_text(a_docx(document), POLICY).lines == [
        "1. Về phẩm chất chính trị",
        "Tôi chấp hành.",
        "Đủ.",
        "ô 0 | ô 1",
        "ô 2 | ô 3",
    ]


def test_a_table_that_lays_out_the_page_gives_its_paragraphs() -> None:
    cell = f"<w:tc>{p('một')}{p('hai')}</w:tc><w:tc>{p('ba')}</w:tc>"
    assert lines_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == ["một", "hai", "ba"]


def test_a_table_within_a_table_is_read() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    assert lines_of(f"<w:tbl><w:tr><w:tc>{p('trên')}{inner}</w:tc></w:tr></w:tbl>") == ["trên", "a | b"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('trong khung')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert sorted(lines_of(f"<w:p><w:r><w:t>ngoài</w:t>{both}</w:r></w:p>")) == ["ngoài", "trong khung"]


def test_changes_tracked_are_read_as_they_would_be_accepted() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>mới </w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>đi</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert lines_of(body) == ["mới"]


def test_footnotes_stand_where_they_are_called() -> None:
    note = f'<w:footnote w:id="2">{p("theo nghị quyết")}</w:footnote>'
    body = '<w:p><w:r><w:t>Học tập</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    assert lines_of(body, footnotes=note) == ["Học tập (theo nghị quyết)"]


def test_pictures_are_counted_not_taken() -> None:
    assert read_word_text(raw_docx('<w:p><w:r><a:blip a:embed="x"/></w:r></w:p>'), POLICY).pictures == 1


def test_decomposed_letters_are_composed() -> None:
    assert lines_of(p("Tie\u0302\u0301ng")) == ["Tiếng"]


def test_a_long_text_with_every_script_loses_nothing() -> None:
    piece = "Đồng chí ưỡn ngực — 👩🏽‍🌾🇻🇳 مرحبا بالعالم \u200f שלום ạ "
    text = (piece * (30_000 // len(piece) + 1)).strip()
    assert "".join(lines_of(p(text))) == text


def bomb() -> bytes:
    return raw_docx(p("x" * 20_000_000))


def with_entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return out.getvalue()


def with_macros() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<a/>")
        package.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


def a_workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "không phải tệp Word"),
        (b"%PDF-1.7", "không phải tệp Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "kiểu cũ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"PK\x03\x04 half a file", "hỏng"),
        (raw_docx(p("x"))[:-40], "hỏng"),
        (raw_docx("<w:p>"), "hỏng"),
        (a_workbook(), "không phải tệp Word"),
        (with_macros(), "macro"),
        (with_entities(), "hỏng"),
        (bomb(), "lớn bất thường"),
        (raw_docx("".join(p("chữ " * 500) for _ in range(200))), "nhiều chữ quá"),
        (b"PK\x03\x04" + b"x" * 10_000_001, "lớn quá"),
    ],
    ids=range(13),
)
def test_what_is_no_document_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocx) as refused:
        read_review_docx(data, HEADINGS, takes=TAKES, policy=POLICY)
    assert says in refused.value.phrase.to_plain("vi")


@given(st.binary(max_size=300))
def test_whatever_bytes_come_there_is_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableDocx):
        read_word_text(b"PK\x03\x04" + data, POLICY)
