"""Papers: opened again and read; nothing that is written into one is lost, and nothing breaks one."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm
from hypothesis import example, given, settings, strategies as st
from openpyxl import load_workbook

from models.delivery.papers import (
    PAPERS,
    SHEETS,
    Application,
    CallSheet,
    CallSheetLine,
    CommentRequest,
    ExcuseApplication,
    ExtensionApplication,
    IntroductionLetter,
    Minutes,
    Paper,
    PaperPerson,
    Register,
    RegisterRow,
    ResolutionPaper,
    ReviewLine,
    ReviewPaper,
    TemplateBroken,
    ThanksLetter,
    check_templates,
    long_date,
    paper_number,
    register_workbook,
    render_paper,
)
from models.delivery.papers.rendering import HOUSE_TEMPLATES
from models.delivery.papers.sheets import HEADING_ROW
from models.delivery.papers.writing import heading_lines
from models.delivery.policy import PapersPolicy
from models.phrases.delivery import papers as phrases
from models.phrases.text import Lang
from tests.paper_templates import make_all
from tests.sizes import sized

HOUSE = PapersPolicy()
HOSTILE = (
    "</w:t></w:p><w:p>&amp;<![CDATA[x]]> {{ member }} {% raw %} {_{ }_} \x00\x07\x1b \ud800 \u202eabc\u202c "
    "שלום مرحبا 👩🏽‍🌾 \t Nguyễn\r\ndòng hai\x0bdòng ba\u2028dòng bốn =1+1"
)
AN = PaperPerson(name="Nguyễn Văn Ẩn", birth_year="1990", joined_on=date(2015, 5, 19))


def texts(data: bytes) -> list[str]:
    """Every paragraph of a document, those of its tables too, in reading order."""
    document = Document(BytesIO(data))
    return [p.text for p in _paragraphs(document.iter_inner_content())]


def _paragraphs(blocks: Any) -> Iterator[Any]:
    for block in blocks:
        if hasattr(block, "rows"):
            for cell in (cell for row in block.rows for cell in row.cells):
                yield from _paragraphs(cell.iter_inner_content())
        else:
            yield block


def excuse(**facts: Any) -> str:
    return "\n".join(texts(render_paper(ExcuseApplication(**facts), HOUSE)))


# --- documents ------------------------------------------------------------------------------------------------------


def test_an_application_says_who_where_when_and_why() -> None:
    said = excuse(
        above="Đảng ủy xã Hương Sơn",
        cell="Chi bộ thôn Đông",
        decider="Đảng ủy xã Hương Sơn",
        place="Hương Sơn",
        signed_on=date(2026, 12, 5),
        member=AN,
        place_away="Nhật Bản",
        from_on=date(2026, 12, 15),
        until_on=date(2027, 12, 1),
        reason="Đi làm theo hợp đồng.\nHết hạn sẽ trở về.",
    ).split("\n")
    assert said[0] == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert "ĐẢNG ỦY XÃ HƯƠNG SƠN" not in said  # a person's application is no paper of the cell's
    assert "Hương Sơn, ngày 05 tháng 12 năm 2026" in said
    assert "ĐƠN XIN TẠM MIỄN SINH HOẠT ĐẢNG" in said
    assert "Kính gửi: Chi bộ thôn Đông và Đảng ủy xã Hương Sơn" in said
    assert "Tôi tên là: Nguyễn Văn Ẩn; sinh năm: 1990." in said
    assert "- Thời gian: từ ngày 15/12/2026 đến ngày 01/12/2027" in said
    assert said[(at := said.index("Lý do: Đi làm theo hợp đồng.")) : at + 2] == [
        "Lý do: Đi làm theo hợp đồng.",
        "Hết hạn sẽ trở về.",
    ]
    assert said[-1] == "Nguyễn Văn Ẩn"


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.kind)
def test_every_paper_can_be_printed_empty_with_dots_to_write_on(kind: type[Paper]) -> None:
    said = "\n".join(texts(render_paper(kind(), HOUSE)))
    assert "ngày ..... tháng ..... năm ........" in said
    assert "....." in said
    assert not re.search(r"[{}]|None", said)


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.kind)
def test_a_call_sheet_prints_all_that_it_holds_and_no_organisation(kind: type[CallSheet]) -> None:
    names = [name for name, field in CallSheetLine.model_fields.items() if field.annotation is str]
    three = [CallSheetLine(**{name: f"{HOSTILE} ~{name}{at}~" for name in names}) for at in range(3)]
    said = "\n".join(texts(render_paper(kind(rows=tuple(three)), HOUSE)))
    assert [f"{one}{at}" for one in names for at in range(3) if f"~{one}{at}~" not in said] == []
    empty = "\n".join(texts(render_paper(kind(rows=(CallSheetLine(),)), HOUSE)))
    assert "Ghi: ....." in empty
    assert not re.search(r"[{}]|None|ĐẢNG|Chi bộ", empty)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.kind)
def test_every_paper_is_a4_with_the_margins_and_the_hand_of_official_papers(kind: type[Paper]) -> None:
    document = Document(BytesIO(render_paper(kind(), HOUSE)))
    page = document.sections[0]
    measured = [
        *(page.page_width, page.page_height),
        *(page.top_margin, page.bottom_margin, page.left_margin, page.right_margin),
    ]
    wanted = [Mm(210), Mm(297), Mm(20), Mm(20), Mm(30), Mm(15)]
    assert all(abs(int(is_ or 0) - want) < Mm(0.1) for is_, want in zip(measured, wanted, strict=True))
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size.pt) == (
        "Times New Roman",
        14,
    )


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.kind)
def test_every_paper_has_a_title_in_both_languages(kind: type[Paper]) -> None:
    assert phrases.TITLES[kind.kind].to_plain("vi")


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.kind)
def test_every_name_a_paper_holds_is_printed_hostile_or_not(kind: type[Paper]) -> None:
    marks: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if field.annotation is str:
            marks[name] = f"{HOSTILE} ~{name}~"
    if issubclass(kind, Application):  # no organisation heads it; `to` stands in the place of who decides
        del marks["above"], marks["to"]
    if issubclass(kind, ReviewPaper):
        marks["lines"] = (ReviewLine(kind="sign", heading="~lines~"),)
    said = "\n".join(
        texts(render_paper(kind(**marks, member=PaperPerson(name=f"{HOSTILE} ~who~")), HOUSE))
    ).lower()
    names = (
        [*marks] if kind in (Minutes, ResolutionPaper) else [*marks, "who"]
    )  # minutes are about no one member
    assert [name for name in names if f"~{name}~" not in said] == []


def test_hostile_text_is_printed_as_it_was_typed() -> None:
    said = excuse(reason=HOSTILE)
    for part in (
        "</w:t></w:p><w:p>&amp;<![CDATA[x]]>",
        "{{ member }}",
        "{% raw %}",
        "{_{ }_}",
        "👩🏽‍🌾",
        "שלום مرحبا",
    ):
        assert part in said
    assert "\ndòng hai\ndòng ba\ndòng bốn =1+1" in said
    assert "\u202e" not in said


def test_five_thousand_characters_are_all_there() -> None:
    words = " ".join(f"từ{n}" for n in range(1000))[:5000]
    assert words in excuse(reason=words)


@settings(max_examples=sized(8, 25))
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Zl", "Zp", "Zs"]), min_size=1))
@example("{_{ %_}".replace(" ", ""))
@example("&#123;")
@example("]]>")
def test_whatever_is_typed_is_found_again(words: str) -> None:
    assert f"Lý do: {unicodedata.normalize('NFC', words)}" in excuse(reason=words)


@settings(max_examples=sized(8, 25))
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_makes_a_document_that_cannot_be_opened(name: str, reason: str) -> None:
    assert excuse(member=PaperPerson(name=name), reason=reason, cell=name)


def test_what_was_not_given_leaves_its_sentence_out() -> None:
    assert "Những thay đổi" not in "\n".join(texts(render_paper(ExtensionApplication(), HOUSE)))
    said = texts(render_paper(ExtensionApplication(changes="Đổi chỗ làm."), HOUSE))
    assert "Những thay đổi từ lần báo cáo trước: Đổi chỗ làm." in said


def test_a_letter_carries_its_number_and_who_signs() -> None:
    letter = CommentRequest(number="12-CV/CB", to="Đảng ủy phường Dĩ An", signer="Lê Quang Cảnh", member=AN)
    said = texts(render_paper(letter, HOUSE))
    assert {"Số 12-CV/CB", "Kính gửi: Đảng ủy phường Dĩ An", "BÍ THƯ"} <= set(said)
    assert said[-1] == "Lê Quang Cảnh"
    assert "Số .......-CV/CB" in texts(render_paper(CommentRequest(), HOUSE))


# --- the form of Party papers: QĐ 399-QĐ/TW and HD 05-HD/VPTW of 2026 -------------------------------------------------


@pytest.mark.parametrize(
    "kind", [CommentRequest, IntroductionLetter, ThanksLetter], ids=lambda kind: kind.kind
)
def test_a_letter_ends_as_party_papers_do(kind: type[Paper]) -> None:
    document = Document(BytesIO(render_paper(kind(), HOUSE)))
    last = {one.text: one.runs[0] for one in _paragraphs(document.iter_inner_content()) if one.runs}
    assert (last["Nơi nhận:"].bold, last["Nơi nhận:"].underline) == (False, True)
    left = [one.text for one in document.tables[-1].rows[0].cells[0].paragraphs]
    assert left[-1] == "- Lưu Chi bộ."
    assert (last["T/M CHI BỘ"].bold, last["BÍ THƯ"].bold) == (True, False)
    assert "dấu" not in "\n".join(last)  # a cell has no stamp


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.kind)
def test_lines_stand_as_party_papers_have_them_and_pages_are_numbered_from_the_second(
    kind: type[Paper],
) -> None:
    document = Document(BytesIO(render_paper(kind(), HOUSE)))
    section = document.sections[0]
    assert section.different_first_page_header_footer
    numbered = section.header.paragraphs[0]
    assert "PAGE" in numbered._p.xml
    assert numbered.alignment == WD_ALIGN_PARAGRAPH.CENTER
    justified = [one for one in document.paragraphs if one.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY]
    for one in justified:
        look = one.paragraph_format
        assert look.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        assert 18 <= look.line_spacing.pt <= 22
        assert look.space_after.pt == 6
        assert look.first_line_indent is None or round(look.first_line_indent.mm) == 10


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("5", "05-CV/CB"),
        ("5-CV/CB", "05-CV/CB"),
        ("05-CV/CB", "05-CV/CB"),
        ("12 - CV/CB", "12- CV/CB"),
        ("112", "112-CV/CB"),
        ("CV số 5", "CV số 5"),
        ("", ""),
    ],
)
def test_numbers_below_ten_have_a_zero(typed: str, printed: str) -> None:
    assert paper_number(typed, "-CV/CB") == printed


def test_a_name_of_usual_length_stays_on_one_line_and_a_long_one_is_divided_in_halves() -> None:
    assert heading_lines("Chi bộ thôn Đông Thành") == "CHI BỘ THÔN ĐÔNG THÀNH"
    lines = heading_lines("Đảng bộ bộ phận các cơ quan vùng biển Hải Thượng").split("\n")
    assert len(lines) == 2
    assert min(map(len, lines)) > 15
    assert heading_lines("") == ""


@pytest.mark.parametrize("decider", ["", "Đảng ủy xã Hương Sơn"])
def test_an_application_asks_whoever_decides(decider: str) -> None:
    said = excuse(cell="Chi bộ thôn Đông", above="Đảng bộ bộ phận", decider=decider)
    assert ("cấp ủy" in said) == bool(decider)
    assert "bộ phận" not in said


def test_the_introduction_does_not_pose_as_a_transfer() -> None:
    said = "\n".join(texts(render_paper(IntroductionLetter(), HOUSE)))
    assert "không thay giấy giới thiệu sinh hoạt đảng" in said
    assert "Cổng Dịch vụ công quốc gia" in said


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 12, 5), "ngày 05 tháng 12 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 3, 31), "ngày 31 tháng 3 năm 2026"),
        (None, "ngày ..... tháng ..... năm ........"),
    ],
)
def test_dates_are_written_as_party_papers_write_them(day: date | None, written: str) -> None:
    assert long_date(day) == written


# --- templates ------------------------------------------------------------------------------------------------------


def test_the_templates_in_the_repository_are_those_that_the_script_makes(tmp_path: Path) -> None:
    make_all(tmp_path)
    for made in sorted(tmp_path.iterdir()):
        kept = Document(str(HOUSE_TEMPLATES / made.name))
        assert kept.element.xml == Document(str(made)).element.xml
    assert {path.stem for path in HOUSE_TEMPLATES.glob("*.docx")} == {
        kind.kind for kind in (*PAPERS, *SHEETS)
    }


def test_the_conclusion_of_the_minutes_stands_on_the_page_of_its_signatures() -> None:
    document = Document(BytesIO(render_paper(Minutes(conclusion="Nhất trí."), HOUSE)))
    end = [one for one in document.paragraphs if one.text][-3:]
    assert [one.text.split()[0] for one in end] == ["9.", "Nhất", "Biên"]
    assert all(one.paragraph_format.keep_with_next for one in document.paragraphs[-4:])  # and the gap
    assert "w:cantSplit" in document.tables[-1].rows[0]._tr.xml


def test_the_house_templates_are_all_sound() -> None:
    assert check_templates(HOUSE) == []


def test_an_operators_template_takes_the_place_of_ours(tmp_path: Path) -> None:
    _template(tmp_path / "don-xin-tam-mien.docx", "Kính thưa {{ cell_upper }}: {{ member.name }}")
    own = PapersPolicy(templates=tmp_path)
    assert texts(render_paper(ExcuseApplication(cell="Chi bộ 1", member=AN), own)) == [
        "Kính thưa CHI BỘ 1: Nguyễn Văn Ẩn"
    ]
    assert len(texts(render_paper(CommentRequest(), own))) > 10  # that one is still the house's
    assert check_templates(own) == []


@pytest.mark.parametrize(
    "wrong", ["{{ cel }}", "{{ member.cmnd }}", "{% if %}", "{{ cell.__class__.mro() }}"]
)
def test_a_template_that_asks_for_what_there_is_not_is_named(tmp_path: Path, wrong: str) -> None:
    _template(tmp_path / "don-xin-tam-mien.docx", wrong)
    with pytest.raises(TemplateBroken, match=re.escape("don-xin-tam-mien.docx")):
        render_paper(ExcuseApplication(), PapersPolicy(templates=tmp_path))
    assert len(check_templates(PapersPolicy(templates=tmp_path))) == 1


def test_what_is_no_word_document_is_named(tmp_path: Path) -> None:
    (tmp_path / "cam-on.docx").write_bytes(b"PDF, really")
    assert "cam-on.docx" in check_templates(PapersPolicy(templates=tmp_path))[0]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no such folder" in check_templates(PapersPolicy(templates=tmp_path / "nowhere"))[0]


def test_the_guide_to_templates_names_every_name() -> None:
    guide = (HOUSE_TEMPLATES / "README.md").read_text(encoding="utf-8")
    for kind in PAPERS:
        for name in kind.model_fields:
            assert name == "member" or f"`{name}`" in guide
    assert all(f"`member.{name}`" in guide for name in PaperPerson.model_fields)


def test_nothing_heavy_is_imported_before_a_paper_is_asked_for() -> None:
    code = "import models.delivery.papers, sys; print({'docx', 'docxtpl', 'jinja2', 'xlsxwriter', 'holidays'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert done.stdout.strip() == "set()"


def _template(path: Path, text: str) -> None:
    document = Document()
    document.add_paragraph(text)
    document.save(str(path))


# --- the register ---------------------------------------------------------------------------------------------------

ROW = RegisterRow(
    name="Nguyễn Văn Ẩn",
    card="0123",
    joined_on=date(2015, 5, 19),
    phone="+84 912 345 678",
    from_on=date(2026, 3, 1),
    dues_until=date(2026, 10, 1),
    note='=HYPERLINK("http://x")',
)


def sheet_of(register: Register, lang: Lang = Lang.VI) -> Any:
    return load_workbook(BytesIO(register_workbook(register, lang))).active


def by_heading(sheet: Any, line: int = 1) -> dict[str, Any]:
    return {cell.value: sheet.cell(HEADING_ROW + 1 + line, cell.column) for cell in sheet[HEADING_ROW + 1]}


def register(*rows: RegisterRow, **head: str) -> Register:
    return Register(rows=rows, made_on=date(2026, 12, 5), **head)


def test_the_register_says_whose_it_is_and_what_it_shows() -> None:
    sheet = sheet_of(
        register(ROW, above="Đảng ủy xã Hương Sơn", cell="Chi bộ thôn Đông", filter="ngoài nước")
    )
    said = [cell.value for line in sheet.iter_rows(max_row=HEADING_ROW) for cell in line if cell.value]
    assert said == [
        "ĐẢNG ỦY XÃ HƯƠNG SƠN",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "CHI BỘ THÔN ĐÔNG",
        "Lập ngày 05 tháng 12 năm 2026",
        "SỔ THEO DÕI ĐẢNG VIÊN ĐI LÀM ĂN XA",
        "Lọc: ngoài nước – 1 đồng chí",
    ]


def test_the_register_keeps_phones_and_numbers_as_text_and_dates_as_dates() -> None:
    cells = by_heading(sheet_of(register(ROW)))
    assert cells["Họ và tên"].value == "Nguyễn Văn Ẩn"
    assert (cells["Số thẻ (số cuối)"].value, cells["Số thẻ (số cuối)"].data_type) == ("0123", "s")
    assert (cells["Điện thoại"].value, cells["Điện thoại"].number_format) == ("+84 912 345 678", "@")
    assert (cells["Ngày vào Đảng"].value, cells["Ngày vào Đảng"].number_format) == (
        datetime(2015, 5, 19),  # noqa: DTZ001 - a workbook knows no zones
        "dd/mm/yyyy",
    )
    assert cells["Đảng phí đến tháng"].number_format == "mm/yyyy"
    assert cells["Đến ngày"].value is None


@pytest.mark.parametrize("sign", ["=1+1", "+84", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_nothing_typed_acts_as_a_formula(sign: str) -> None:
    cell = by_heading(sheet_of(register(RegisterRow(name="An", note=sign))))["Ghi chú"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (sign, "s", 1)


def test_hostile_text_survives_in_the_register() -> None:
    note = by_heading(sheet_of(register(RegisterRow(name=HOSTILE, note=HOSTILE))))["Ghi chú"].value
    assert "</w:t></w:p><w:p>&amp;" in note
    assert "👩🏽‍🌾" in note
    assert "\ndòng hai\ndòng ba" in note


def test_a_very_long_note_is_all_there() -> None:
    note = "dài " * 1250
    assert by_heading(sheet_of(register(RegisterRow(name="An", note=note))))["Ghi chú"].value == note


def test_without_phones_there_is_no_column_of_phones() -> None:
    assert "Điện thoại" not in by_heading(sheet_of(register(RegisterRow(name="An"))))


def test_the_register_prints_on_a4_across_with_its_headings_on_every_page() -> None:
    sheet = sheet_of(register(*[ROW] * 100))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == f"${HEADING_ROW + 1}:${HEADING_ROW + 1}"
    assert sheet.oddFooter.center.text == "&P/&N"
    numbers = [sheet.cell(HEADING_ROW + 2 + n, 1).value for n in range(100)]
    assert all(after == before + 1 for before, after in pairwise(numbers))


def test_an_empty_register_can_be_printed_too_and_in_english() -> None:
    sheet = sheet_of(register(), Lang.EN)
    assert sheet.cell(HEADING_ROW + 1, 2).value == "Full name"
    assert sheet.cell(5, 1).value == "All: 0"
