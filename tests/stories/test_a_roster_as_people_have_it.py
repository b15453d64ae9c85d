"""Kind 8: A roster comes as people have it: two columns for the year, two days, old letters, hidden rows, notes, namesakes."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from sqlalchemy import select

from models.ground.part_date import PartDate
from models.people.member import Member, account_of, roster
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, a_cell, settle_in
from tests.phone import Phone

HEADINGS = ["Họ và tên", "Năm sinh", "Điện thoại", "Ngày vào Đảng", "Chính thức/Dự bị", "Nơi đang làm việc"]


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS) -> Workbook:
    book = Workbook()
    for row in [headings, *rows]:
        book.worksheets[0].append(list(row))
    return book


def a_secretary(world: World) -> tuple[Cell, Phone]:
    cell = a_cell(world)
    return cell, settle_in(world, cell, BOB)[0]


def member(world: World, cell: Cell, name: str) -> Member:
    return world.db(lambda db: next(one for one in roster(db, cell.id) if one.full_name == name))


def preview(phone: Phone, data: bytes, name: str = "danh-sach.xlsx") -> str:
    """Every page of it."""
    said = [phone.says("/nhap").sends("document", name, data).reads()]
    while "Trang sau ›" in phone.buttons():
        said.append(phone.taps("Trang sau").reads())
    return "\n".join(said)


def test_two_columns_for_the_year_two_days_and_a_signature_below(world: World) -> None:
    cell, bob = a_secretary(world)
    book = Workbook()
    page = book.worksheets[0]
    for row in (
        ["DANH SÁCH ĐẢNG VIÊN"],
        ["TT", "Họ và tên", "Năm sinh", None, "Ngày vào Đảng", None, "Dân tộc", "Điện thoại", "Nơi làm việc"],
        [None, None, "Nam", "Nữ", "Dự bị", "Chính thức"],
        [1, "Đỗ Văn Út", 1985, None, "3/2010", "2011", "Kinh", "0912000001 / 0987000001", "Bình Dương"],
        [2, "Vi Thị Tư (BT)", None, 1990, "19/05/2026", None, "Thái", "không có", "Osaka, Nhật Bản"],
        [3, "Lò Văn Sáu", 1970, None, "hè 1999", "00/00/2000", "Thái", "ghi sau", None],
        [4, None, None, None, None, None, None, None, None],
        [None, None, None, None, None, None, None, None, None],
        [
            None,
            "Người lập biểu",
            None,
            None,
            "Đông, ngày 01 tháng 12 năm 2026",
            None,
            None,
            "TM. CHI BỘ",
            None,
        ],
        [None, "(ký, ghi rõ họ tên)", None, None, None, None, None, "BÍ THƯ", None],
        [None, "Trần Thị Lập", None, None, None, None, None, "Trần Văn Bình", None],
    ):
        page.append(row)
    page.merge_cells("C2:D2")
    page.merge_cells("E2:F2")
    page.row_dimensions[6].height = 30
    said = preview(bob, saved(book))
    assert "Thêm mới 3" in said
    assert "Chưa nhận được" not in said  # neither blanks nor signatures are faults
    assert "Đỗ Văn Út, sinh 1985 · 0912 000 001 · chính thức · TP Hồ Chí Minh (trong tệp: Bình Dương)" in said
    assert "Ngày vào Đảng 03/2010 · Ngày chính thức 2011" in said
    assert "bỏ “0987000001” bên cạnh số điện thoại" in said
    assert "Vi Thị Tư – bỏ “BT” bên cạnh tên" in said
    assert "“hè 1999”" in said
    assert "“ghi sau”" in said
    assert "Ô chưa đọc được" in said
    assert "Cột “Dân tộc”" in said
    assert "Dưới danh sách, từ dòng 9" in said
    bob.taps("Lưu vào danh sách")
    man = member(world, cell, "Đỗ Văn Út")
    assert (man.birth_year, man.joined_on, man.official_on) == (1985, PartDate(2010, 3), PartDate(2011))
    woman = member(world, cell, "Vi Thị Tư")
    assert (woman.birth_year, woman.standing, woman.official_on) == (1990, "probationary", None)
    third = member(world, cell, "Lò Văn Sáu")
    assert (third.joined_on, third.official_on, third.phone) == (None, PartDate(2000), None)

    # nothing is added to what was known: not on the export, and the export comes back as it is
    name, data = bob.says("/xuat").documents()[-1]
    lines = [[cell.value for cell in line] for line in load_workbook(BytesIO(data)).worksheets[0].iter_rows()]
    assert ["03/2010", "2011"] in [line[3:5] for line in lines]
    bob.says("/nhap").sends("document", name, data)
    assert "Không có gì mới" in bob.reads()
    vaguer = workbook(["Đỗ Văn Út", 1985, "0912000001", "2010", "chính thức", ""])
    assert "Không có gì mới" in preview(bob, saved(vaguer))  # 03/2010 says all that 2010 does


def test_what_people_do_not_see_is_not_taken_and_is_named(world: World) -> None:
    cell, bob = a_secretary(world)
    book = workbook(
        ["Đỗ Văn Một", 1985, "", "", "chính thức", ""],
        ["Đỗ Văn Ẩn", 1970, "", "", "chính thức", ""],
        ["Đỗ Văn Gạch", 1971, "", "", "chính thức", ""],
        ["Đỗ Văn Đi", 1972, "", "", "chính thức", "", "đã chuyển đi"],
        ["Đỗ Văn Ở", 1973, "", "", "chính thức", "", "đang sinh hoạt"],
        headings=[*HEADINGS, "Trạng thái sinh hoạt"],
    )
    page = book.worksheets[0]
    page.row_dimensions[3].hidden = True
    for place in page[4]:
        place.font = Font(strike=True)
    more = book.create_sheet("Năm 2025")
    more.append(HEADINGS)
    more.append(["Đỗ Văn Khác", 1985, "", "", "chính thức", ""])
    said = preview(bob, saved(book))
    assert "Thêm mới 2" in said
    for words in (
        "Đỗ Văn Ẩn – dòng bị ẩn",
        "Đỗ Văn Gạch – bị gạch",
        "đã chuyển đi",
        "Trang “Năm 2025” (1 dòng)",
    ):
        assert words in said
    bob.taps("Lưu vào danh sách")
    kept = world.db(lambda db: [one.full_name for one in roster(db, cell.id)])
    assert {"Đỗ Văn Một", "Đỗ Văn Ở"} <= set(kept)
    assert not {"Đỗ Văn Ẩn", "Đỗ Văn Gạch", "Đỗ Văn Đi", "Đỗ Văn Khác"} & set(kept)


def test_letters_are_the_letters_meant_and_names_are_whose_they_are(world: World) -> None:
    cell, bob = a_secretary(world)
    old = workbook(
        ["NguyÔn ThÞ Hång", 1985, "", "", "chÝnh thøc", ""],
        ["Tó", 1990, "", "", "chÝnh thøc", ""],
        ["H Đôk Ê̆ban", 1985, "\u200e0912000004", "\u200b2010\u00a0", "chính thức\u200b", ""],
        ["Nguyễn Văn Dũng", 1985, "0912000001", "", "chính thức", ""],
        ["Nguyễn Văn Dung", 1985, "0912000002", "", "chính thức", ""],
        ["Trần Văn Tý", 1985, "0912000005", "", "chính thức", ""],
        ["Trần Văn Tý", 1985, "0912000006", "", "chính thức", ""],
    )
    said = preview(bob, saved(old))
    assert "Nguyễn Thị Hồng, sinh 1985" in said
    assert "phông cũ TCVN3" in said
    assert "chỉ có một chữ" in said
    assert "nhập thành hai người" in said
    assert "Thêm mới 7" in said
    bob.taps("Lưu vào danh sách")
    assert member(world, cell, "H Đôk Ê̆ban").joined_on == PartDate(2010)

    said = preview(bob, saved(workbook(["Nguyễn Văn Dùng", 1985, "0912000009", "", "chính thức", ""])))
    assert "Thêm mới 1" in said  # other marks, another number: somebody else
    said = preview(bob, saved(workbook(["Nguyễn Văn Dùng", 1985, "", "", "chính thức", ""])))
    assert "Chưa rõ là ai" in said  # other marks alone are neither the same person nor another
    assert "Lưu vào danh sách" not in bob.buttons()
    said = preview(bob, saved(workbook(["Nguyễn Văn Dũng", 1985, "0912000002", "", "chính thức", ""])))
    assert "Chưa rõ là ai" in said  # his name, the other's number
    said = preview(bob, saved(workbook(["NGUYỄN THỊ HỒNG", 1985, "", "2012", "chính thức", ""])))
    assert "thay đổi 1" in said
    assert "Đổi họ tên" not in said


def test_a_rename_says_that_it_stays_the_same_person(world: World) -> None:
    cell, bob = a_secretary(world)
    settle_in(world, cell, ALICE)
    row = ["Nguyễn Thị Ân", 1980, "+81 90 1234 5678", "", "chính thức", "Osaka, Nhật Bản"]
    said = preview(bob, saved(workbook(row)))
    assert "Đổi họ tên" in said
    assert "tài khoản, các đồng ý và báo cáo giữ nguyên" in said
    bob.taps("Lưu vào danh sách")
    assert world.db(lambda db: account_of(db, cell.alice)) is not None
    assert (
        world.db(lambda db: db.scalar(select(Member.own_name).where(Member.id == cell.alice)))
        == "Nguyễn Thị Ân"
    )
    wife = [
        "Trần Thị Vợ",
        1980,
        "+81 90 1234 5678",
        "",
        "chính thức",
        "",
    ]  # one telephone, one year, another name
    assert "Chưa rõ là ai" in preview(bob, saved(workbook(wife)))


def test_other_programs_files_are_read_and_secrets_are_not(world: World) -> None:
    _, bob = a_secretary(world)
    text = "Họ và tên;Năm sinh;Điện thoại;Chính thức/Dự bị\nĐỗ Văn Út;1985;0912 000 001;chính thức\n"
    assert "Đỗ Văn Út, sinh 1985 · 0912 000 001" in preview(bob, text.encode("utf-8-sig"), "danh-sach.csv")
    tabbed = text.replace(";", "\t").encode("utf-16")
    assert "Thêm mới 1" in preview(bob, tabbed, "danh-sach.txt")
    old = "Hä vµ tªn,N¨m sinh,ChÝnh thøc/Dù bÞ\n§ç V¨n ót,1985,chÝnh thøc\n".encode("latin-1")
    assert "Đỗ Văn Út, sinh 1985" in preview(bob, old, "danh-sach.csv")
    marked = workbook(["Đỗ Văn Út", 1985, "", "", "chính thức", ""], headings=HEADINGS)
    marked.worksheets[0].insert_rows(1)
    marked.worksheets[0]["A1"] = "TèI MËT"
    assert "MẬT" in preview(bob, saved(marked))
    assert "Lưu vào danh sách" not in bob.buttons()
    out = BytesIO()
    Document().save(out)
    assert "văn bản hoặc trình chiếu" in preview(bob, out.getvalue(), "danh-sach.docx")


def test_a_name_of_one_word_is_asked_about(world: World) -> None:
    cell, bob = a_secretary(world)
    bob.says("/moi", "Rơchăm")
    assert "Đã đủ họ và tên chưa?" in bob.reads()
    bob.taps("Đúng, họ tên chỉ có vậy").says("1990").taps("Chưa rõ").taps("dự bị").says("2025")
    bob.taps("Không đi làm ăn xa")
    assert "Ngày vào Đảng: 2025" in bob.reads()
    bob.taps("Lưu và tạo lời mời")
    assert member(world, cell, "Rơchăm").joined_on == PartDate(2025)


def test_an_office_before_the_name_is_no_part_of_it_and_a_standing_is_read_as_people_shorten_it(
    world: World,
) -> None:
    _, bob = a_secretary(world)
    rows = [
        ["Bí thư chi bộ Lê Văn Tư", 1966, "", "", "ĐV chính thức", ""],
        ["PBT: Đ/c Trần Thị Năm", 1967, "", "", "đv ct", ""],
        ["Trưởng thôn Phạm Sáu", 1968, "", "", "C.T", ""],
        ["Đảng viên dự bị Vũ Thị Bảy", 1969, "", "", "DBị", ""],
        ["Chi Thị Tám", 1970, "", "", "chính thức", ""],
    ]
    seen = preview(bob, saved(workbook(*rows)))
    for name in ("Lê Văn Tư", "Trần Thị Năm", "Phạm Sáu", "Vũ Thị Bảy", "Chi Thị Tám"):
        assert f"• {name}, sinh" in seen
    assert "Vũ Thị Bảy, sinh 1969 · dự bị" in seen
    assert "Trần Thị Năm, sinh 1967 · chính thức" in seen
    assert "bỏ “Bí thư chi bộ” bên cạnh tên" in seen
    assert "Chưa nhận được" not in seen
