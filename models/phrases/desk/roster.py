"""Words of the roster file: its columns, what is wrong with a row, why a file cannot be read, and the template.

Columns and faults are named by their code words (`models.desk.roster.Column`, `FaultKind`), as plain strings.
"""

from __future__ import annotations

from models.phrases.text import Text, join, raw, say

EXAMPLE_MARK = say("Ví dụ:", "Example:")  # a row whose name begins so is never a person
STANDINGS = (say("chính thức", "official"), say("dự bị", "probationary"))

TO_CORRECT = say("Cần sửa", "To correct")
_COLUMNS = {
    "name": say("Họ và tên", "Full name"),
    "birth_year": say("Năm sinh", "Year of birth"),
    "phone": say("Điện thoại", "Phone"),
    "joined_on": say("Ngày vào Đảng", "Joined the Party on"),
    "official_on": say("Ngày chính thức", "Official since"),
    "standing": say("Chính thức/Dự bị", "Official/Probationary"),
    "place": say("Nơi đang làm việc", "Place of work now"),
}

_EXPECTED = {
    "name": say("Cần họ và tên đầy đủ, bằng chữ.", "The full name is needed, in letters."),
    "birth_year": say(
        "Cần năm sinh gồm bốn chữ số, ví dụ 1985.", "A year of four digits is needed, such as 1985."
    ),
    "phone": say(
        "Cần một số điện thoại, ví dụ 0912 345 678; số nước ngoài bắt đầu bằng dấu +.",
        "One phone number is needed, such as 0912 345 678; a foreign one begins with +.",
    ),
    "joined_on": say(
        "Cần ngày theo thứ tự ngày/tháng/năm, ví dụ 03/02/2010; chỉ nhớ tháng, năm thì ghi 02/2010 hoặc 2010.",
        "A date in the order day/month/year is needed, such as 03/02/2010; 02/2010 or 2010 where no more is known.",
    ),
    "official_on": say(
        "Cần ngày theo thứ tự ngày/tháng/năm, ví dụ 03/02/2011; chỉ nhớ tháng, năm thì ghi 02/2011 hoặc 2011.",
        "A date in the order day/month/year is needed, such as 03/02/2011; 02/2011 or 2011 where no more is known.",
    ),
    "standing": say("Cần ghi “chính thức” hoặc “dự bị”.", "“official” or “probationary” is needed."),
    "place": say(
        "Cần tên tỉnh, thành phố hoặc nước, ví dụ Osaka, Nhật Bản.",
        "The province or the country is needed, such as Osaka, Japan.",
    ),
}

_REASONS = {
    "missing": say("đang để trống.", "this is empty."),
    "wrong": say("chưa đọc được.", "this cannot be read."),
    "too_long": say("nội dung quá dài.", "the text is too long."),
    "out_of_range": say("không hợp với tuổi đảng viên.", "this does not fit a member's age."),
    "future": say("ngày này chưa tới.", "this day has not come yet."),
    "too_early": say("sớm quá so với năm sinh.", "this is too early for the year of birth."),
    "before_joining": say("sớm hơn ngày vào Đảng.", "this is before the day of joining."),
    "anothers": say(
        "đây là số của người khác, nên không ghi là số của đồng chí ấy. Nếu đồng chí ấy dùng chung số này, mời bỏ phần ghi thêm.",
        "this is somebody else's number and is not noted as theirs. If they share it, please take the remark away.",
    ),
    "formula": say(
        "ô này là công thức chưa có kết quả; hãy dán giá trị thay cho công thức.",
        "the cell is a formula without a result; please paste its value instead.",
    ),
    "duplicate": say(
        "trùng tên và năm sinh với một dòng ở trên; nếu là hai người, hãy ghi số điện thoại của cả hai, nếu không hãy xóa một dòng.",
        "the same name and year as in a row above; give both phone numbers if they are two people, or delete one row.",
    ),
}
_SELF_EXPLAINING = frozenset({"formula", "duplicate", "anothers"})


def column(name: str) -> Text:
    """The heading of a column in the template: Họ và tên | Full name."""
    return _COLUMNS[name]


def typed(*, column: str, kind: str) -> Text:
    """Năm sinh: không hợp với tuổi đảng viên. Cần năm sinh gồm bốn chữ số, ví dụ 1985."""
    return _COLUMNS[column] + raw(": ") + _REASONS[kind] + raw(" ") + _EXPECTED[column]


def fault(*, row: int, column: str, kind: str, value: str) -> Text:
    """Dòng 7, cột “Năm sinh”: “abc” – chưa đọc được. Cần năm sinh gồm bốn chữ số, ví dụ 1985."""
    shown = say("“{value}” – ", "“{value}” – ", value=value) if value else raw("")
    where = say(
        "Dòng {row}, cột “{column}”: ", "Row {row}, column “{column}”: ", row=row, column=_COLUMNS[column]
    )
    sentence = where + shown + _REASONS[kind]
    return sentence if kind in _SELF_EXPLAINING else sentence + raw(" ") + _EXPECTED[column]


def aside(*, kind: str, row: int, who: str, what: str) -> Text:
    """What of a file was left aside, or read otherwise than it stands there: Cột “Dân tộc” không nhập"""
    match kind:
        case "sheet" if who:
            return say("Trang “{what}” ({who} dòng)", "Sheet “{what}” ({who} rows)", what=what, who=who)
        case "sheet":
            return say("Trang “{what}”", "Sheet “{what}”", what=what)
        case "column":
            return say("Cột “{what}”", "Column “{what}”", what=what)
        case "hidden_column":
            return say(
                "Cột “{what}” đang bị ẩn trong tệp nhưng vẫn được đọc",
                "Column “{what}” is hidden in the file but was read",
                what=what,
            )
        case "hidden":
            return say(
                "Dòng {row}: {who} – dòng bị ẩn hoặc lọc",
                "Row {row}: {who} – hidden or filtered out",
                row=row,
                who=who,
            )
        case "struck":
            return say(
                "Dòng {row}: {who} – bị gạch ngang", "Row {row}: {who} – crossed out", row=row, who=who
            )
        case "left":
            return say("Dòng {row}: {who} – {what}", "Row {row}: {who} – {what}", row=row, who=who, what=what)
        case "below":
            return say(
                "Dưới danh sách, từ dòng {row}: “{what}”",
                "Below the list, from row {row}: “{what}”",
                row=row,
                what=what,
            )
        case "unnamed":
            return say("{what} dòng không có họ tên", "{what} rows without a name", what=what)
        case "office":
            return say(
                "Dòng {row}: {who} – bỏ “{what}” bên cạnh tên",
                "Row {row}: {who} – “{what}” beside the name left out",
                row=row,
                who=who,
                what=what,
            )
        case "number":
            return say(
                "Dòng {row}: {who} – bỏ “{what}” bên cạnh số điện thoại",
                "Row {row}: {who} – “{what}” beside the phone left out",
                row=row,
                who=who,
                what=what,
            )
        case "one_word":
            return say(
                "Dòng {row}: tên “{who}” chỉ có một chữ, đã đủ họ tên chưa?",
                "Row {row}: the name “{who}” is one word; is it whole?",
                row=row,
                who=who,
            )
        case "namesakes":
            return say(
                "Dòng {row} và dòng {what}: {who}, cùng tên, cùng năm sinh – nhập thành hai người",
                "Rows {row} and {what}: {who}, the same name and year – taken as two people",
                row=row,
                who=who,
                what=what,
            )
        case _ if what == "UTF-8":
            return say(
                "Chữ trong tệp bị đọc nhầm bảng mã, đã sửa lại: mời xem kỹ họ tên",
                "The letters in the file had been read in the wrong encoding and were put right: please check the names",
            )
        case _:
            return say(
                "Chữ theo phông cũ {what} đã đổi sang Unicode: mời xem kỹ họ tên",
                "Letters of an old font, {what}, were made Unicode: please check the names",
                what=what,
            )


# --- why a file is refused --------------------------------------------------------------------------------------


def not_a_workbook() -> Text:
    return say(
        "Tệp này không phải bảng tính (.xlsx, .ods, .csv). Đồng chí hãy tải tệp mẫu, điền danh sách rồi gửi lại.",
        "This file is no workbook (.xlsx, .ods, .csv). Please download the template, fill it in and send it again.",
    )


def old_excel() -> Text:
    return say(
        "Đây là tệp Excel kiểu cũ (.xls). Đồng chí hãy mở bằng Excel, chọn “Lưu thành” (Save As), kiểu .xlsx, rồi gửi lại.",
        "This is an old Excel file (.xls). Please open it in Excel, choose Save As, type .xlsx, and send it again.",
    )


def macros() -> Text:
    return say(
        "Tệp này có chương trình (macro) bên trong nên không được mở. Đồng chí hãy lưu thành .xlsx, không có macro, rồi gửi lại.",
        "There is a program (macro) inside this file, so it was not opened. Please save it as .xlsx without macros.",
    )


def protected() -> Text:
    return say(
        "Tệp này đặt mật khẩu nên không đọc được. Đồng chí hãy bỏ mật khẩu mở tệp rồi gửi lại.",
        "This file has a password and cannot be read. Please take the password off and send it again.",
    )


def text_file() -> Text:
    return say(
        "Đây là tệp văn bản thuần (.csv, .txt) và không thấy dòng tiêu đề có cột “{name}”, “{year}”. Đồng chí hãy mở bằng "
        "Excel, lưu thành .xlsx rồi gửi lại.",
        "This is a plain text file (.csv, .txt) without a heading row with “{name}” and “{year}”. Please open it in Excel, "
        "save it as .xlsx and send it again.",
        name=_COLUMNS["name"],
        year=_COLUMNS["birth_year"],
    )


def letters_lost() -> Text:
    return say(
        "Họ tên trong tệp này đã mất dấu tiếng Việt (chữ có dấu thành “?” hoặc thành chữ trơn) nên không nhập. Đồng chí hãy "
        "mở tệp gốc, chọn “Lưu thành” (Save As), kiểu .xlsx hoặc “CSV UTF-8”, rồi gửi lại.",
        "The names in this file have lost their Vietnamese marks (they have become “?” or bare letters), so it was not "
        "imported. Please open the original file, choose Save As, type .xlsx or “CSV UTF-8”, and send it again.",
    )


def other_document() -> Text:
    return say(
        "Đây là tệp văn bản hoặc trình chiếu, không phải Excel. Đồng chí hãy chép danh sách vào tệp mẫu Excel rồi gửi lại.",
        "This is a text or slide document, not Excel. Please copy the list into the Excel template and send that.",
    )


def picture() -> Text:
    return say(
        "Đây là ảnh hoặc tệp PDF nên không đọc được danh sách. Đồng chí hãy gửi tệp Excel (.xlsx).",
        "This is a picture or a PDF, so the list cannot be read. Please send the Excel file (.xlsx).",
    )


def damaged() -> Text:
    return say(
        "Tệp Excel này bị hỏng hoặc có phần lạ nên không mở được. Đồng chí hãy chép danh sách sang tệp mẫu mới rồi gửi lại.",
        "This Excel file is damaged or has strange parts and cannot be opened. Please copy the list into a fresh template.",
    )


def too_big(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn quá: tối đa {megabytes} MB. Đồng chí hãy chép riêng danh sách sang tệp mẫu rồi gửi lại.",
        "The file is too big: at most {megabytes} MB. Please copy the list alone into the template and send it again.",
        megabytes=megabytes,
    )


def swells() -> Text:
    return say(
        "Tệp này khi mở ra lớn bất thường nên không được nhận. Đồng chí hãy chép riêng danh sách sang tệp mẫu rồi gửi lại.",
        "This file swells beyond measure when opened and is not accepted. Please copy the list alone into the template.",
    )


def too_many_rows(*, limit: int) -> Text:
    return say(
        "Danh sách dài quá: mỗi lần tối đa {limit} dòng. Đồng chí hãy chia thành nhiều tệp.",
        "The list is too long: at most {limit} rows at a time. Please split it into several files.",
        limit=limit,
    )


def no_header() -> Text:
    return say(
        "Không tìm thấy dòng tiêu đề có cột “{name}”. Đồng chí hãy dùng tệp mẫu và giữ nguyên dòng tiêu đề.",
        "No heading row with a column “{name}” was found. Please use the template and keep its heading row.",
        name=_COLUMNS["name"],
    )


def columns_missing(*, columns: list[str]) -> Text:
    return say(
        "Thiếu cột: {columns}. Đồng chí hãy thêm cột này như trong tệp mẫu rồi gửi lại.",
        "Columns missing: {columns}. Please add them as in the template and send it again.",
        columns=join([_COLUMNS[name] for name in columns], ", "),
    )


# --- the template -----------------------------------------------------------------------------------------------


def sheet_names() -> tuple[Text, Text]:
    return say("Danh sách", "Members"), say("Hướng dẫn", "How to fill in")


def file_title() -> Text:
    return say("Danh sách", "Roster")


def example_row() -> list[Text]:
    """Name, year, phone, two dates, standing, place; the name carries the mark by which the row is skipped."""
    return [
        EXAMPLE_MARK + raw(" Nguyễn Văn An"),
        raw("1985"),
        raw("0912 345 678"),
        raw("03/02/2010"),
        raw("03/02/2011"),
        STANDINGS[0],
        say("Osaka, Nhật Bản", "Osaka, Japan"),
    ]


def hints() -> dict[str, Text]:
    """What Excel shows beside a cell of the column while one types."""
    return dict(_EXPECTED)


def standing_error() -> Text:
    return say("Hãy chọn một trong hai ô của danh sách.", "Please choose one of the two entries of the list.")


def guide() -> list[Text]:
    """The explaining sheet, a paragraph a row."""
    return [
        say("Cách điền danh sách", "How to fill in the list"),
        say(
            "Mỗi người một dòng, ở trang “Danh sách”. Giữ nguyên dòng tiêu đề. Dòng ví dụ không được tính, có thể để lại hoặc xóa.",
            "One person a row, on the sheet “Members”. Keep the heading row. The example does not count; leave it or delete it.",
        ),
        *(join([_COLUMNS[name], _EXPECTED[name]], ": ") for name in _COLUMNS),
        say(
            "Điện thoại, ngày vào Đảng, ngày chính thức và nơi làm việc có thể để trống nếu chưa biết.",
            "Phone, both dates and the place may stay empty when not known.",
        ),
        say(
            "Nếu chỉ nhớ tháng hoặc năm, ghi 02/2010 hoặc 2010; chương trình giữ đúng như thế, không thêm ngày.",
            "If only the month or the year is known, write 02/2010 or 2010; it is kept as it is, no day is added.",
        ),
        say(
            "Hai người trùng tên và năm sinh: ghi số điện thoại của cả hai để phân biệt.",
            "Two people with the same name and year: give both phone numbers to tell them apart.",
        ),
        say(
            "Không ghi số căn cước, địa chỉ nhà hay thông tin sức khỏe. Không gửi tài liệu có dấu chỉ độ mật.",
            "Do not write identity numbers, home addresses or anything about health. Do not send papers marked secret.",
        ),
        say(
            "Sau khi gửi, đồng chí được xem trước từng dòng; chỉ khi đồng chí xác nhận, danh sách mới được lưu.",
            "After sending, you see every row first; the list is stored only when you confirm.",
        ),
    ]
