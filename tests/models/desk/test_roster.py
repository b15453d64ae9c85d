"""The roster file: what the template looks like, what is read back, and what is refused with a sentence."""

import re
import time
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import Workbook, load_workbook

from models.desk.policy import RosterPolicy
from models.desk.roster import (
    Column,
    FaultKind,
    Roster,
    RosterFault,
    Standing,
    UnreadableRoster,
    read_roster,
    roster_template,
)
from models.desk.roster.cells import Faulty, read_birth_year, read_joined_on
from models.ground.errors import Refused
from models.ground.part_date import PartDate
from models.phrases.desk import roster as phrases
from models.phrases.text import Lang
from tests.sizes import sized

TODAY = date(2026, 11, 21)
POLICY = RosterPolicy()
HEADINGS = [
    "Họ và tên",
    "Năm sinh",
    "Điện thoại",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Chính thức/Dự bị",
    "Nơi đang làm việc",
]
ALICE: list[Any] = [
    "Nguyễn Thị An",
    1985,
    "0912 345 678",
    "03/02/2010",
    None,
    "chính thức",
    "Osaka, Nhật Bản",
]
BOB: list[Any] = ["Trần Văn Bình", 1972, "0987 654 321", "19/05/1999", None, "dự bị", "Bình Dương"]


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: list[Any], headings: list[Any] | None = None) -> Workbook:
    book = Workbook()
    for row in [headings or HEADINGS, *rows]:
        book.worksheets[0].append(row)
    return book


def read(*rows: list[Any], headings: list[Any] | None = None) -> Roster:
    return read_roster(saved(workbook(*rows, headings=headings)), today=TODAY, policy=POLICY)


def alice(**changes: Any) -> list[Any]:
    row: dict[str, Any] = dict(zip(Column, ALICE, strict=True))
    return list((row | changes).values())


def refusal(data: bytes, policy: RosterPolicy = POLICY) -> str:
    with pytest.raises(UnreadableRoster) as refused:
        read_roster(data, today=TODAY, policy=policy)
    assert refused.value.phrase.to(Lang.EN)
    return refused.value.phrase.to(Lang.VI)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return out.getvalue()


# --- the template -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", Lang)
def test_the_untouched_template_holds_nobody(lang: Lang) -> None:
    assert read_roster(roster_template(lang), today=TODAY, policy=POLICY) == Roster(rows=[], faults=[])


@pytest.mark.parametrize("lang", Lang)
def test_what_is_written_into_the_template_is_read_back(lang: Lang) -> None:
    book = load_workbook(BytesIO(roster_template(lang)))
    book.worksheets[0].append(ALICE)
    [row] = read_roster(saved(book), today=TODAY, policy=POLICY).rows
    assert row.row == 3
    assert row.full_name == "Nguyễn Thị An"
    assert (row.birth_year, row.phone, row.joined_on) == (1985, "+84912345678", PartDate(2010, 2, 3))
    assert (row.standing, row.place, row.place_text) == (Standing.OFFICIAL, "JP", "Osaka, Nhật Bản")


def test_the_template_keeps_zeros_offers_the_standings_and_prints_on_a4() -> None:
    page = load_workbook(BytesIO(roster_template(Lang.VI))).worksheets[0]
    assert [cell.value for cell in page[1]] == HEADINGS
    assert page["C2"].number_format == "@"
    assert page["C2"].font.size >= 12
    assert page.freeze_panes == "B2"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.orientation == "landscape"
    assert '"chính thức,dự bị"' in [check.formula1 for check in page.data_validations.dataValidation]


def test_the_template_is_the_same_each_time() -> None:
    assert roster_template(Lang.VI) == roster_template(Lang.VI)


# --- finding the list -------------------------------------------------------------------------------------------


def test_columns_are_told_by_their_names_in_any_order() -> None:
    headings = [
        "STT",
        "NƠI LÀM VIỆC HIỆN NAY",
        "Diện đảng viên",
        "SĐT (Zalo)",
        "Ngày, tháng, năm sinh",
        "HO TEN",
    ]
    [row] = read([1, "Seoul", "CT", "0912345678", "5/6/1990", "LÊ VĂN CƯỜNG"], headings=headings).rows
    assert (row.full_name, row.birth_year, row.place) == ("Lê Văn Cường", 1990, "KR")


def test_the_heading_may_stand_below_a_title_and_above_column_numbers() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["ĐẢNG BỘ XÃ"])
    page.append(["DANH SÁCH ĐẢNG VIÊN ĐI LÀM ĂN XA"])
    page.append([])
    page.append(HEADINGS)
    page.append(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"])
    page.append(ALICE)
    page.append([])
    page.append([None] * 6)
    page.append(BOB)
    page.append(["Tổng cộng: 2 đảng viên"])
    page.merge_cells("A1:F1")
    roster = read_roster(saved(book), today=TODAY, policy=POLICY)
    assert [row.row for row in roster.rows] == [6, 9]
    assert roster.faults == []


def test_family_and_given_name_may_stand_apart() -> None:
    [row] = read(
        ["Nguyễn Thị", "An", 1985, "CT"], headings=["Họ và tên đệm", "Tên", "Năm sinh", "CT/DB"]
    ).rows
    assert row.full_name == "Nguyễn Thị An"


def test_a_name_under_one_merged_heading_is_put_together() -> None:
    book = workbook(["Nguyễn Thị", "An", 1985, "CT"], headings=["Họ và tên", None, "Năm sinh", "CT/DB"])
    book.worksheets[0].merge_cells("A1:B1")
    [row] = read_roster(saved(book), today=TODAY, policy=POLICY).rows
    assert row.full_name == "Nguyễn Thị An"


def test_hidden_sheets_and_sheets_without_a_heading_are_passed_over() -> None:
    book = workbook(["Đã Xóa Rồi", 1980, None, None, None, "CT", None])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Ghi chú").append(["Lưu ý"])
    page = book.create_sheet("Danh sách")
    page.append(HEADINGS)
    page.append(ALICE)
    assert [row.full_name for row in read_roster(saved(book), today=TODAY, policy=POLICY).rows] == [
        "Nguyễn Thị An"
    ]


def test_a_list_without_heading_or_without_a_needed_column_is_refused() -> None:
    assert "dòng tiêu đề" in refusal(saved(workbook(headings=ALICE)))
    assert "Thiếu cột: Năm sinh, Chính thức/Dự bị" in refusal(
        saved(workbook(headings=["Họ và tên", "Điện thoại"]))
    )
    assert "dòng tiêu đề" in refusal(saved(Workbook()))


def test_a_place_merged_over_several_people_is_everyones() -> None:
    book = workbook(alice(), alice(name="Lê Thị Hoa", place=None), alice(name="Lý Văn Tú", place=None))
    book.worksheets[0].merge_cells("G2:G4")
    roster = read_roster(saved(book), today=TODAY, policy=POLICY)
    assert [row.place for row in roster.rows] == ["JP", "JP", "JP"]


def test_a_name_merged_over_two_rows_is_not_two_people() -> None:
    book = workbook(ALICE, [None, 1985, "0987654321", None, None, "CT", None])
    book.worksheets[0].merge_cells("A2:A3")
    roster = read_roster(saved(book), today=TODAY, policy=POLICY)
    assert [row.row for row in roster.rows] == [2]
    assert [(f.row, f.column, f.kind) for f in roster.faults] == [(3, Column.NAME, FaultKind.MISSING)]


# --- cells ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (1985, 1985),
        ("1985", 1985),
        (1985.0, 1985),
        (" 85 ", 1985),
        (5, None),
        ("05", 2005),
        ("20", 1920),
        ("03/02/1985", 1985),
        ("3-2-85", 1985),
        (datetime(1985, 2, 3), 1985),  # noqa: DTZ001
        (datetime(1905, 6, 7), 1985),  # noqa: DTZ001 - the number 1985, shown by Excel as a day
        (31081, 1985),
        ("abc", None),
        (2020, None),
        (1850, None),
        (True, None),
        (None, None),
    ],
)
def test_a_year_of_birth_in_many_spellings(cell: Any, year: int | None) -> None:
    roster = read(alice(birth_year=cell, joined_on=None))
    assert [row.birth_year for row in roster.rows] == ([year] if year else [])
    assert [fault.column for fault in roster.faults] == ([] if year else [Column.BIRTH_YEAR])


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/02/2010", "03/02/2010"),
        ("3.2.2010", "03/02/2010"),
        ("3-2-10", "03/02/2010"),
        ("ngày 3 tháng 2 năm 2010", "03/02/2010"),
        ("2010-02-03", "03/02/2010"),
        ("03022010", "03/02/2010"),
        (3022010, "03/02/2010"),
        (datetime(2010, 2, 3), "03/02/2010"),  # noqa: DTZ001
        (40212, "03/02/2010"),
        ("40212", "03/02/2010"),
        ("02/2010", "02/2010"),
        ("tháng 2 năm 2010", "02/2010"),
        ("2010", "2010"),
        (2010, "2010"),
    ],
)
def test_a_day_of_joining_in_many_spellings(cell: Any, day: str) -> None:
    [row] = read(alice(joined_on=cell)).rows
    assert row.joined_on
    assert row.joined_on.written() == day


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("31/02/2010", FaultKind.WRONG),
        ("02/25/2010", FaultKind.WRONG),
        ("hè 2010", FaultKind.WRONG),
        ("03/02/2030", FaultKind.FUTURE),
        ("03/02/1990", FaultKind.TOO_EARLY),
        ("01/01/1900", FaultKind.WRONG),
        ("x" * 5000, FaultKind.TOO_LONG),
        ("#REF!", FaultKind.FORMULA),
    ],
)
def test_a_day_that_cannot_be_is_a_fault(cell: Any, kind: FaultKind) -> None:
    roster = read(alice(joined_on=cell))
    [fault] = roster.faults
    assert [row.joined_on for row in roster.rows] == [None]  # it costs the cell, not the person
    assert (fault.row, fault.column, fault.kind) == (2, Column.JOINED_ON, kind)
    assert len(fault.value) <= 60


@given(
    st.text(max_size=40)
    | st.integers()
    | st.floats()
    | st.datetimes()
    | st.booleans()
    | st.none()
    | st.times()
)
def test_no_cell_breaks_the_reading(cell: Any) -> None:
    for parse in (
        lambda: read_birth_year(cell, POLICY, today=TODAY),
        lambda: read_joined_on(cell, POLICY, birth_year=1985, today=TODAY),
    ):
        with suppress(Faulty):
            parse()


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Nguyễn Văn 7", FaultKind.WRONG),
        ("=1+1 <b>", FaultKind.WRONG),
        (None, FaultKind.MISSING),
        ("   ", FaultKind.MISSING),
        ("An " * 1700, FaultKind.TOO_LONG),
        (12345, FaultKind.WRONG),
    ],
)
def test_what_is_no_full_name_is_a_fault(cell: Any, kind: FaultKind) -> None:
    book = workbook(alice())
    book.worksheets[0]["A2"].value = cell
    if isinstance(cell, str):
        book.worksheets[0]["A2"].data_type = "s"
    roster = read_roster(saved(book), today=TODAY, policy=POLICY)
    assert [(f.column, f.kind) for f in roster.faults] == [(Column.NAME, kind)]


@pytest.mark.parametrize("cell", ["0912345678", 912345678, 912345678.0, "84912345678", "(+84) 912.345.678"])
def test_a_phone_that_lost_its_zero_is_found_again(cell: Any) -> None:
    assert read(alice(phone=cell)).rows[0].phone == "+84912345678"


def test_phone_day_and_place_may_be_unknown() -> None:
    [row] = read(alice(phone=None, joined_on=" ", place=None)).rows
    assert (row.phone, row.joined_on, row.place, row.place_text) == (None, None, None, "")
    [row] = read(alice(place="đi biển")).rows
    assert (row.place, row.place_text) == (None, "đi biển")


def test_decomposed_letters_are_composed() -> None:
    decomposed = [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in ALICE]
    headings = [unicodedata.normalize("NFD", heading) for heading in HEADINGS]
    assert read(decomposed, headings=headings).rows == read(ALICE).rows


def test_a_row_with_several_faults_names_them_all_and_the_others_are_taken() -> None:
    roster = read(ALICE, ["A 7", "x", "12", "y", "u", "z", "w" * 400], BOB)
    assert [row.row for row in roster.rows] == [2, 4]
    assert [fault.column for fault in roster.faults] == list(Column)
    assert {fault.row for fault in roster.faults} == {3}


def test_namesakes_are_told_apart_by_phone_or_day_and_otherwise_faulted() -> None:
    other_phone = alice(phone="0987654321")
    assert len(read(ALICE, other_phone).rows) == 2
    [fault] = read(ALICE, ALICE).faults
    assert (fault.row, fault.kind) == (3, FaultKind.DUPLICATE)
    assert [f.row for f in read(alice(phone=None, joined_on=None), ALICE).faults] == [3]
    assert len(read(ALICE, alice(birth_year=1986)).rows) == 2


def test_a_formula_without_a_result_is_a_fault_and_not_an_empty_row() -> None:
    [fault] = read(alice(birth_year="=1980+5")).faults
    assert (fault.column, fault.kind) == (Column.BIRTH_YEAR, FaultKind.FORMULA)
    assert {f.row for f in read(["=A9", "=B9", None, None, None, "=E9", None]).faults} == {2}


def test_the_result_of_a_formula_is_read_where_excel_left_one() -> None:
    def computed(name: str, part: bytes) -> bytes:
        return part.replace(b"<f>1980+5</f><v></v>", b"<f>1980+5</f><v>1985</v>").replace(
            b"<f>1980+5</f><v />", b"<f>1980+5</f><v>1985</v>"
        )

    book = saved(workbook(alice(birth_year="=1980+5"), [None, None, None, None, None, '=""', None]))
    roster = read_roster(repacked(book, computed), today=TODAY, policy=POLICY)
    assert [row.birth_year for row in roster.rows] == [1985]
    assert roster.faults == []


# --- files that are refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải bảng tính"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "(.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("Danh sách\nAn,1985\n".encode(), ".csv"),
        ("Danh sách\tAn".encode("utf-16"), ".csv"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "ảnh"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "ảnh"),
        (b"%PDF-1.7", "PDF"),
        (bytes(1000), "không phải bảng tính"),
        (b"PK\x03\x04" + bytes(100), "bị hỏng"),
        (bytes(20_000_000), "tối đa 5 MB"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    assert said in refusal(data)


def test_a_word_document_is_named_as_one() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert "văn bản" in refusal(out.getvalue())


def test_a_refusal_is_one_that_people_can_put_right() -> None:
    assert issubclass(UnreadableRoster, Refused)


def test_a_zip_bomb_is_refused_before_it_unfolds() -> None:
    good = saved(workbook(ALICE))
    bomb = repacked(good, lambda _, part: part, **{"xl/media/big.bin": bytes(61_000_000)})
    assert len(bomb) < POLICY.max_bytes
    assert "lớn bất thường" in refusal(bomb)
    strings = repacked(good, lambda name, part: part + b" " * 17_000_000 if "styles" in name else part)
    assert "lớn bất thường" in refusal(strings)


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    bomb = repacked(saved(workbook(ALICE)), lambda _, part: part, **{"xl/media/big.bin": bytes(70_000_000)})
    lying = bomb.replace((70_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != bomb
    assert "bị hỏng" in refusal(lying)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    def with_entities(name: str, part: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return part
        body = re.sub(r"<\?xml[^>]*\?>", "", part.decode())
        return f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "b">]>{body}'.encode(
            encoding
        )

    assert "bị hỏng" in refusal(repacked(saved(workbook(ALICE)), with_entities))


@pytest.mark.parametrize("token", [b"<!--%b-->", b'<row a="%b"/>', b"<row a='%b'/>", b"<row %b/>"])
def test_a_tag_of_megabytes_is_refused_at_once(token: bytes) -> None:
    huge = token.replace(b"%b", b"> " * 4_000_000 if b"=" in token else b"x " * 4_000_000)
    data = repacked(DAMAGED, lambda name, part: part.replace(b"</sheetData>", huge + b"</sheetData>"))
    started = time.process_time()
    assert "bị hỏng" in refusal(data)
    assert time.process_time() - started < 30


def test_too_many_people_are_refused() -> None:
    many = [alice(name=f"Nguyễn Văn {'ABCDEFGHIJ'[n % 10]}n", birth_year=1950 + n % 50) for n in range(5_000)]
    assert "tối đa 2000 dòng" in refusal(saved(workbook(*many)))


def test_a_row_far_below_is_not_lost_in_silence() -> None:
    book = workbook(ALICE)
    for place, value in enumerate(BOB, start=1):
        book.worksheets[0].cell(50_000, place).value = value
    assert "tối đa 2000 dòng" in refusal(saved(book))


def test_empty_formatted_rows_cost_little_and_count_for_nothing() -> None:
    book = workbook(ALICE)
    for row in range(3, 30_000, 7):
        book.worksheets[0].cell(row, 1).number_format = "@"
    book.worksheets[0].cell(1_048_576, 16_384).number_format = "@"
    started = time.process_time()
    assert len(read_roster(saved(book), today=TODAY, policy=POLICY).rows) == 1
    assert time.process_time() - started < 60


@settings(
    max_examples=sized(15, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 5_000), bits=st.integers(1, 255), cut=st.integers(0, 200))
def test_a_damaged_file_is_read_or_refused_but_never_crashes(at: int, bits: int, cut: int) -> None:
    data = bytearray(DAMAGED)
    data[at % len(data)] ^= bits
    with suppress(UnreadableRoster):
        read_roster(bytes(data[: len(data) - cut]), today=TODAY, policy=POLICY)


DAMAGED = saved(workbook(ALICE, BOB))


@settings(max_examples=sized(15, 60), deadline=None)
@given(
    at=st.integers(0, 20_000),
    insert=st.sampled_from([b"<", b"&x;", b"</row>", b'r="', b"\xff", b"99999999", b""]),
)
def test_a_strange_sheet_is_read_or_refused_but_never_crashes(at: int, insert: bytes) -> None:
    def strange(name: str, part: bytes) -> bytes:
        place = at % len(part)
        return part[:place] + insert + part[place + 1 :] if name.endswith((".xml", ".rels")) else part

    with suppress(UnreadableRoster):
        read_roster(repacked(DAMAGED, strange), today=TODAY, policy=POLICY)


# --- words and figures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", Column)
@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_says_row_column_and_what_is_expected(column: Column, kind: FaultKind) -> None:
    said = RosterFault(row=7, column=column, kind=kind, value="<b>&x").phrase
    assert said.to(Lang.VI).startswith("Dòng 7, cột “")
    assert said.to(Lang.EN).startswith("Row 7, column “")
    assert "&lt;b&gt;&amp;x" in said.to(Lang.VI)
    assert said.to(Lang.VI).endswith(".")
    assert phrases.column(column).to(Lang.VI) in said.to(Lang.VI)


def test_a_fault_reads_as_a_sentence() -> None:
    [fault] = read(alice(birth_year="abc", joined_on=None)).faults
    assert fault.phrase.to(Lang.VI) == (
        "Dòng 2, cột “Năm sinh”: “abc” – chưa đọc được. Cần năm sinh gồm bốn chữ số, ví dụ 1985."
    )


def test_two_thousand_rows_are_read_in_time() -> None:
    people = [
        alice(name=f"Nguyễn Văn {'ABCDEFGHIJ'[n % 10]}n", phone=900_000_000 + n * 977) for n in range(2_000)
    ]
    data = saved(workbook(*people))
    started = time.process_time()
    roster = read_roster(data, today=TODAY, policy=POLICY)
    taken = time.process_time() - started
    assert len(roster.rows) + len({fault.row for fault in roster.faults}) == 2_000
    assert taken < 5  # computing time; measured: 0.9 s
