"""A self-review on paper, opened again and compared with its form, heading by heading."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from models.delivery.papers import check_templates, decimal
from models.delivery.policy import PapersPolicy
from models.year.review.forms import Heading, ReviewForm, every_form, form
from models.year.review.sheet import ReviewHeader, review_docx
from tests.models.delivery.test_papers import texts
from tests.screens import said_twice

HOUSE = PapersPolicy()
AN = ReviewHeader(
    above="Đảng ủy xã An Bình", cell="Chi bộ thôn Đông", year=2026, name="Nguyễn Thị An", birth_year=1990
)
LETTERHEAD = {"hdr.nam", "hdr.dang_bo"}


def printed(heading: Heading) -> str:
    return f"{heading.number}. {heading.vi}" if heading.number else heading.vi.partition(" (")[0]


def paper(code: str = "2c-2025", **answers: object) -> list[str]:
    named = {name.replace("_", "."): answer for name, answer in answers.items()}
    return texts(review_docx(form(code), AN, named, policy=HOUSE))  # type: ignore[arg-type]


@pytest.mark.parametrize("each", every_form(), ids=lambda each: each.code)
def test_every_heading_of_the_form_stands_on_paper_in_its_order(each: ReviewForm) -> None:
    said = texts(review_docx(each, AN, {}, policy=HOUSE))
    place = 0
    for heading in each.headings:
        if heading.id not in LETTERHEAD:
            place = next(
                n for n in range(place, len(said)) if said[n].startswith(printed(heading))
            )  # StopIteration names none: it is missing, or out of order
            place += 1
    assert {"ĐẢNG BỘ XÃ AN BÌNH", "CHI BỘ THÔN ĐÔNG", "ĐẢNG CỘNG SẢN VIỆT NAM", "Năm 2026"} <= set(said)
    assert said.index(each.meta.title_vi) < said.index("Năm 2026")


def test_what_was_written_stands_under_its_heading_paragraph_by_paragraph() -> None:
    said = paper(A_I_1="Chấp hành tốt.\nGiữ liên lạc.", A_III="Không có")
    at = next(n for n, line in enumerate(said) if line.startswith("1. Về phẩm chất"))
    assert said[at + 1 : at + 3] == ["Chấp hành tốt.", "Giữ liên lạc."]
    at = next(n for n, line in enumerate(said) if line.startswith("III. Kết quả"))
    assert said[at + 1] == "Không có"


def test_a_label_and_the_name_after_it_say_once_what_kind_of_unit_it_is() -> None:
    said = paper()
    assert "Chi bộ: thôn Đông" in said
    assert said_twice("\n".join(said)) == []


def test_scores_have_a_comma_and_the_chosen_level_a_cross() -> None:
    said = paper(B_I_1=28, B_I_2=65.5, B_I_total=93.5, B_II="hoan_thanh_tot")
    assert "1. Nhóm tiêu chí chung: 28/30 điểm" in said
    assert "2. Nhóm tiêu chí về kết quả thực hiện nhiệm vụ: 65,5/70 điểm" in said
    assert "Tổng điểm: 93,5/100 điểm" in said
    assert [line for line in said if line.startswith(("☐", "☒"))] == [
        "☐ Hoàn thành xuất sắc nhiệm vụ",
        "☒ Hoàn thành tốt nhiệm vụ",
        "☐ Hoàn thành nhiệm vụ",
        "☐ Không hoàn thành nhiệm vụ",
    ]


def test_a_score_of_nothing_is_a_score() -> None:
    assert "1. Nhóm tiêu chí chung: 0/30 điểm" in paper(B_I_1=0)
    assert "1. Nhóm tiêu chí chung: ....../30 điểm" in paper()


def test_signature_and_official_blocks_are_left_to_the_hand() -> None:
    said = paper(A_VI="Phấn đấu.")
    at = said.index("NGƯỜI TỰ KIỂM ĐIỂM")
    assert said[at + 1] == "(Ký, ghi rõ họ tên)"
    assert "Nguyễn Thị An" in said[at:]
    for block in ("Đánh giá, nhận xét của chi ủy:", "Chi bộ đề xuất xếp loại mức chất lượng:"):
        at = said.index(block)
        assert set(said[at + 1].replace("\u200b", "")) == {"."}


def test_the_year_of_birth_is_printed_and_no_day_is_invented() -> None:
    assert "Ngày sinh: ...../...../1990" in paper()


def test_a_commitment_is_signed_as_one() -> None:
    said = paper("commitment-2025")
    assert "NGƯỜI CAM KẾT" in said
    assert not [line for line in said if "KIỂM ĐIỂM" in line or line.startswith("Đánh giá, nhận xét")]


def test_the_boxes_of_those_who_decide_follow_the_signature_without_a_new_page() -> None:
    document = Document(BytesIO(review_docx(form("2c-2025"), AN, {}, policy=HOUSE)))
    for box in document.tables[-3:]:
        assert "w:cantSplit" in box.rows[0]._tr.xml  # whole, and tied to nothing
        assert not any(one.paragraph_format.keep_with_next for one in box.rows[0].cells[0].paragraphs)


def test_thirty_thousand_characters_of_every_script_are_all_there() -> None:
    marks = "Nguyễn\tẨn\tđường\tỡ 👩🏽‍🌾 שלום مرحبا \u200f‏א {{ x }} <b>&amp;</b> "
    text = "\n".join(f"{n}: {marks}" for n in range(30_000 // len(marks) + 1))[:30_000].rstrip()
    said = "\n".join(paper(A_I_1=text))
    assert len(text) > 29_900
    assert text in said


def test_a_review_is_a4_in_times_new_roman_14() -> None:
    document = Document(
        BytesIO(review_docx(form("2c-2025"), AN, {}, policy=HOUSE, signed_on=date(2026, 12, 5)))
    )
    assert round(document.sections[0].page_width.mm) == 210  # type: ignore[union-attr]
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size.pt) == (
        "Times New Roman",
        14,
    )
    assert document.paragraphs[0].text == "Mẫu 2C-HD KĐ.ĐG 2025"


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [(28, None, "28"), (65.5, None, "65,5"), (11.944, 2, "11,94"), (2.3988, 2, "2,40"), (0.125, 2, "0,13")],
)
def test_decimals_have_a_comma(value: float, places: int | None, said: str) -> None:
    assert decimal(value, places) == said


def test_an_operators_own_page_takes_the_place_of_ours(tmp_path: Path) -> None:
    page = Document()
    page.add_paragraph("{{ title }} {{ year }}")
    page.add_paragraph("{%p for line in lines %}")
    page.add_paragraph("{%p if line.kind == 'text' %}")
    page.add_paragraph("> {{ line.text }}")
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p endfor %}")
    page.save(str(tmp_path / "ban-kiem-diem.docx"))
    own = PapersPolicy(templates=tmp_path)
    said = texts(review_docx(form("2c-2025"), AN, {"A.VI": "Phấn đấu."}, policy=own))
    assert said[0] == "BẢN KIỂM ĐIỂM, TỰ ĐÁNH GIÁ, XẾP LOẠI CÁ NHÂN 2026"
    assert said[-1] == "> Phấn đấu."
    assert check_templates(own) == []
