"""Kind 8: A list comes in whatever a computer made of it: Mẫu 7 in small rows, other programs, other names, lost letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from models.delivery.foreign.content import PAPERS
from models.ground.part_date import PartDate
from models.trust.opening import Order, Wanted, open_file
from tests.fakes import World
from tests.files import a_package
from tests.phone import Phone
from tests.stories.test_a_roster_as_people_have_it import (
    HEADINGS,
    a_secretary,
    member,
    preview,
    saved,
    workbook,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


# --- Mẫu 7: small rows ------------------------------------------------------------------------------------------------


def a_book(*rows: Sequence[Any], merged: Sequence[str] = (), headings: Sequence[Sequence[Any]] = ()) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in (*(headings or _OF_THE_BOOK), *rows):
        page.append(list(row))
    for span in merged:
        page.merge_cells(span)
    return saved(book)


_OF_THE_BOOK = (
    ["SỔ DANH SÁCH ĐẢNG VIÊN"],
    [
        "TT",
        "Họ và tên đang dùng\nHọ và tên khai sinh\nNgày sinh",
        "Nam, nữ\nDân tộc\nTôn giáo",
        "Ngày vào Đảng\nNgày chính thức",
        "Ngày chuyển đi, nơi chuyển",
        "Ghi chú",
    ],
    ["1", "2", "3", "4", "5", "6"],
)
_TWO_PEOPLE = (
    [1, "NGUYỄN VĂN MỘT", "Nam", "03/02/2010", None, None],
    [None, "Nguyễn Văn Mốt", "Kinh", "03/02/2011", None, None],
    [None, "15/08/1985", "Không", None, None, None],
    [2, "TRẦN THỊ HAI", "Nữ", "19/05/2026", None, None],
    [None, None, "Kinh", None, None, None],
    [None, 1990, "Không", None, None, None],
    [3, "LÊ VĂN BA", "Nam", None, None, None],
    [None, None, "Kinh", "2001", "01/02/2020", None],
    [None, 1970, "Không", None, None, None],
    [None, "TM. CHI ỦY", None, None, None, None],
)


def of_the_book(world: World, data: bytes) -> None:
    cell, bob = a_secretary(world)
    said = preview(bob, data)
    assert "Thêm mới 2 " in said
    assert "Chưa nhận được" not in said
    assert "Nguyễn Văn Một – bỏ “Nguyễn Văn Mốt” bên cạnh tên" in said
    assert "LÊ VĂN BA" in said  # gone, and named as such
    bob.taps("Lưu vào danh sách")
    first, second = member(world, cell, "Nguyễn Văn Một"), member(world, cell, "Trần Thị Hai")
    assert (first.birth_year, first.joined_on, first.official_on, first.standing) == (
        1985,
        PartDate(2010, 2, 3),
        PartDate(2011, 2, 3),
        "official",
    )
    assert (second.birth_year, second.official_on, second.standing) == (1990, None, "probationary")


def test_several_small_rows_are_one_person(world: World) -> None:
    of_the_book(world, a_book(*_TWO_PEOPLE))


def test_small_rows_may_be_merged_beside_the_number_and_their_headings_stand_below_each_other(
    world: World,
) -> None:
    headings = (
        ["TT", "Họ và tên", "Dân tộc", "Ngày vào Đảng", "Ngày chuyển đi"],
        [None, "Họ và tên khai sinh", "Tôn giáo", "Ngày chính thức", "Nơi chuyển đi"],
        [None, "Ngày sinh", None, None, None],
    )
    merged = ("A1:A3", "A4:A6", "A7:A9", "A10:A12")
    of_the_book(world, a_book(*(row[:5] for row in _TWO_PEOPLE[:9]), headings=headings, merged=merged))


def test_small_rows_may_be_lines_within_a_cell(world: World) -> None:
    people = (
        [1, "NGUYỄN VĂN MỘT\nNguyễn Văn Mốt\n15/08/1985", "Nam\nKinh", "03/02/2010\n03/02/2011", None, None],
        [2, "TRẦN THỊ HAI\n1990", "Nữ", "19/05/2026", None, None],
        [3, "LÊ VĂN BA\n1970", "Nam", "2001", "01/02/2020, Vinh", None],
    )
    of_the_book(world, a_book(*people))


def test_small_rows_below_plain_headings_are_one_persons(world: World) -> None:
    _, bob = a_secretary(world)
    headings = (
        ["TT", "Họ và tên", "Năm sinh", None, "Ngày vào Đảng"],
        [None, None, "Nam", "Nữ", None],
    )
    people = (
        [1, "NGUYỄN VĂN MỘT", 1985, None, "03/02/2010"],
        [None, "(Nguyễn Văn Mốt)", None, None, "03/02/2011"],
        [2, "LÊ THỊ HAI", None, 1990, "2012"],
        [None, None, None, None, "2013"],
    )
    said = preview(bob, a_book(*people, headings=headings, merged=("C1:D1",)))
    assert "Thêm mới 2 " in said
    for words in (
        "Nguyễn Văn Một, sinh 1985 · chính thức · Ngày vào Đảng 03/02/2010 · Ngày chính thức 03/02/2011",
        "Lê Thị Hai, sinh 1990 · chính thức · Ngày vào Đảng 2012 · Ngày chính thức 2013",
    ):
        assert words in said


def test_a_person_without_a_number_is_a_person(world: World) -> None:
    _, bob = a_secretary(world)
    said = preview(
        bob,
        saved(
            workbook(
                [1, "Đỗ Văn Một", 1985, "chính thức", "0912000001"],
                [2, "Đỗ Văn Hai", 1986, "chính thức", "0912000002"],
                [None, "Đỗ Văn Ba", 1987, "chính thức", "0912000003"],
                [None, "Đỗ Văn Tư", None, "chính thức", "0912000004"],
                [5, "Đỗ Văn Năm", 1989, "chính thức", "0912000005"],
                headings=["TT", "Họ và tên", "Năm sinh", "Chính thức/Dự bị", "Điện thoại"],
            )
        ),
    )
    assert "Thêm mới 4" in said
    assert "Dòng 5, cột “Năm sinh”" in said


# --- lost and odd letters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "H? và tên;Nam sinh;Chính th?c/D? b?\nNguy?n Th? H?ng;1985;chính th?c\n",
        "Họ và tên;Năm sinh;Chính thức/Dự bị\nÐ? Van Út;1985;chính thức\nLê Văn Ba;1970;chính thức\n",
        "Ho va ten,Nam sinh,Chinh thuc/Du bi\nNguyen Thi Hong,1985,chinh thuc\nDo Van Ut,1970,chinh thuc\n",
        "Họ và tên,Năm sinh,Chính thức/Dự bị\nNguy\ufffdn Th\ufffd H\ufffdng,1985,chính thức\n",
    ],
    ids=["question marks", "one line", "bare", "replaced"],
)
def test_a_list_that_lost_its_marks_is_not_taken_for_names(world: World, text: str) -> None:
    _, bob = a_secretary(world)
    said = preview(bob, text.encode(), "danh-sach.csv")
    assert "mất dấu tiếng Việt" in said
    assert ".xlsx" in said
    assert "Lưu vào danh sách" not in bob.buttons()


def test_names_without_marks_of_other_peoples_are_names(world: World) -> None:
    _, bob = a_secretary(world)
    text = "Họ và tên,Năm sinh,Chính thức/Dự bị\nSiu Nay,1985,chính thức\nY Bhim Nie,1970,chính thức\nCó đi xa không?,,\n"
    assert "Thêm mới 2" in preview(bob, text.encode(), "danh-sach.csv")


def test_a_word_that_is_one_in_both_fonts_is_read_as_the_file_is(world: World) -> None:
    _, bob = a_secretary(world)
    headings = ["Hoï teân ñeäm", "Teân", "Naêm sinh", "Chính thöùc/Döï bò"]
    vni = workbook(
        ["Nguyeãn Vaên", "Hoà", 1985, "chính thöùc"],
        ["Leâ", "Thò", 1990, "chính thöùc"],
        ["Traàn Thò", "Ñaøo", 1991, "döï bò"],
        headings=headings,
    )
    said = preview(bob, saved(vni))
    assert "phông cũ VNI" in said
    for name in ("Lê Thị", "Trần Thị Đào"):
        assert name in said
    plain = workbook(["Hoàng Thò", 1985, "", "", "chính thức", ""], ["Lò Văn Hoà", 1990, "", "", "dự bị", ""])
    for row in plain.worksheets[0].iter_rows():
        for place in row:
            place.font = Font(name="VNI-Times")  # typed in Unicode all the same
    said = preview(bob, saved(plain))
    assert "Hoàng Thò, sinh 1985" in said
    assert "phông cũ" not in said


def test_a_csv_in_vni_is_read(world: World) -> None:
    _, bob = a_secretary(world)
    text = "Hoï vaø teân;Naêm sinh;Chính thöùc/Döï bò\nLeâ Thò;1985;chính thöùc\nTraàn Vaên Thò;1990;döï bò\n"
    for encoding in ("cp1252", "utf-8"):
        said = preview(bob, text.encode(encoding), "danh-sach.csv")
        assert "Lê Thị, sinh 1985" in said
        assert "Trần Văn Thị, sinh 1990" in said


def test_unicode_that_was_read_as_something_else_is_put_right(world: World) -> None:
    _, bob = a_secretary(world)

    def broken(text: str) -> str:
        return "".join(
            bytes([one]).decode("cp1252", "replace").replace("\ufffd", chr(one)) for one in text.encode()
        )

    rows = [["Nguyễn Thị Ánh", 1985, "", "", "chính thức", ""], ["Đỗ Văn Út", 1970, "", "", "dự bị", ""]]
    data = saved(workbook(*([broken(str(cell)) if cell else cell for cell in row] for row in rows)))
    said = preview(bob, data)
    assert "Nguyễn Thị Ánh, sinh 1985" in said
    assert "Đỗ Văn Út, sinh 1970" in said
    assert "bảng mã" in said


# --- other programs ---------------------------------------------------------------------------------------------------


def an_ods(*rows: Sequence[Any], null_date: str = "", trailing: int = 0) -> bytes:
    """As LibreOffice writes one: typed values, repeated empty cells and rows."""

    def cell(value: Any) -> str:
        if value is None:
            return "<table:table-cell table:number-columns-repeated='1'/>"
        if isinstance(value, date):
            return f"<table:table-cell office:value-type='date' office:date-value='{value}'><text:p>{value}</text:p></table:table-cell>"
        if isinstance(value, int):
            return f"<table:table-cell office:value-type='float' office:value='{value}'><text:p>{value}</text:p></table:table-cell>"
        return f"<table:table-cell office:value-type='string'><text:p>{escape(value)}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    if trailing:
        body += f"<table:table-row table:number-rows-repeated='{trailing}'><table:table-cell table:number-columns-repeated='12'/></table:table-row>"
    zero = f"<table:calculation-settings><table:null-date table:date-value='{null_date}'/></table:calculation-settings>"
    names = " ".join(f"xmlns:{one}='urn:{one}'" for one in ("office", "table", "text"))
    xml = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {names}><office:body><office:spreadsheet>"
        f"{zero if null_date else ''}<table:table table:name='DS'>{body}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return a_package({"mimetype": mime, "META-INF/manifest.xml": "<manifest/>", "content.xml": xml})


def test_a_list_by_libreoffice_is_read(world: World) -> None:
    _, bob = a_secretary(world)
    people = [
        ["Đỗ Văn Út", 1985, "0912 000 001", date(2010, 2, 3), "chính thức", "Osaka, Nhật Bản"],
        ["Vi Thị Tư", date(1990, 5, 1), 912000002, "2015", "dự bị", None],
    ]
    said = preview(bob, an_ods(HEADINGS, *people, trailing=1_048_000), "danh-sach.ods")
    assert "Thêm mới 2" in said
    assert "Đỗ Văn Út, sinh 1985 · 0912 000 001 · chính thức · Nhật Bản" in said
    assert "Ngày vào Đảng 03/02/2010" in said
    assert "Vi Thị Tư, sinh 1990 · 0912 000 002 · dự bị" in said


def test_days_are_counted_from_the_files_own_day_zero(world: World) -> None:
    _, bob = a_secretary(world)
    people = [["Đỗ Văn Út", 29_646, "", 38_750, "chính thức", ""]]  # counted from 1904
    book = workbook(*people)
    book.epoch = CALENDAR_MAC_1904
    for data, name in ((saved(book), "a.xlsx"), (an_ods(HEADINGS, *people, null_date="1904-01-01"), "a.ods")):
        said = preview(bob, data, name)
        assert "Đỗ Văn Út, sinh 1985" in said
        assert "Ngày vào Đảng 03/02/2010" in said


def test_blank_rows_count_for_nothing(world: World) -> None:
    _, bob = a_secretary(world)
    book = workbook(["Đỗ Văn Út", 1985, "", "", "chính thức", ""])
    for row in range(3, 24_000, 40):
        book.worksheets[0].cell(row, 1).value = '=IF(B3="","",B3)'
    out = saved(book)
    text = "Họ và tên;Năm sinh;Chính thức/Dự bị\nĐỗ Văn Út;1985;chính thức\n" + ";;\n" * 30_000
    assert "Thêm mới 1" in preview(bob, text.encode(), "a.csv")
    assert "dài quá" not in preview(bob, out, "a.xlsx")


def _html() -> bytes:
    return "<html><body><table><tr><td>Họ và tên</td></tr></table></body></html>".encode()


def _xlsb(**more: str) -> bytes:
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "\x01", "xl/worksheets/sheet1.bin": "\x02"}
    return a_package({**parts, **more})


def _docx() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


_2003 = b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook xmlns="urn:x"></Workbook>'


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsb", _xlsb(), ".xlsb"),
        ("a.xlsx", _xlsb(), ".xlsb"),
        ("a.xlsx", _xlsb(**{"xl/vbaProject.bin": "x"}), ".xlsb"),
        ("a.xls", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "(.xls)"),
        ("a.xlsx", OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "(.xls)"),
        ("a.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (
            "a.ods",
            a_package({"mimetype": "x", "encrypted-package": "x", "META-INF/manifest.xml": "<m/>"}),
            "mật khẩu",
        ),
        ("a.xlsx", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "văn bản hoặc trình chiếu"),
        ("a.xls", _html(), "trang web"),
        ("a.xlsx", b"\xef\xbb\xbf" + _html(), "trang web"),
        ("a.xls", b"MIME-Version: 1.0\r\n", "trang web"),
        ("a.xml", _2003, "trang web"),
        ("a.xlsx", _docx(), "văn bản hoặc trình chiếu"),
        ("a.rtf", b"{\\rtf1 x}", "văn bản hoặc trình chiếu"),
        ("a.xlsm", saved(workbook()), "macro"),
        ("a.numbers", a_package({"Index/Document.iwa": "x"}), "không phải bảng tính"),
        ("a.xlsx", b"MZ" + bytes(400), "tự chạy"),
    ],
)
def test_each_file_that_is_no_list_gets_the_sentence_that_helps(
    world: World, name: str, data: bytes, said: str
) -> None:
    if not world.url.startswith("sqlite"):
        return  # nothing of it is kept
    _, bob = a_secretary(world)
    assert said in preview(bob, data, name)
    assert "Lưu vào danh sách" not in bob.buttons()


def test_a_workbook_that_is_only_called_otherwise_is_read(world: World) -> None:
    bob: Phone = a_secretary(world)[1]
    data = saved(workbook(["Đỗ Văn Út", 1985, "", "", "chính thức", ""]))
    for name in ("a.xlsb", "a.xls", "a", "a.ods"):
        assert "Thêm mới 1" in preview(bob, data, name)


def test_a_paper_that_cannot_be_looked_through_is_named_as_what_it_is() -> None:
    for name in ("a.xlsb", "a.xlsx"):
        opened = open_file(Order(wanted=Wanted(types=PAPERS), name=name), _xlsb())
        assert ".xlsb" in opened.vi
    data = saved(workbook())
    assert "Đuôi tên tệp" in open_file(Order(wanted=Wanted(types=PAPERS), name="a.xlsb"), data).vi
    assert "tự chạy" in open_file(Order(wanted=Wanted(types=PAPERS), name="a.xls"), _html()).vi
