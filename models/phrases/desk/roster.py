"""Words of the roster file: its columns, what is wrong with a row, why a file cannot be read, and the template.

Columns and faults are named by their code words (`models.desk.roster.Column`, `FaultKind`), as plain strings.
"""

from __future__ import annotations

from models.phrases.text import Text, join, raw, say, say_as

EXAMPLE_MARK = say("Ví dụ:")  # a row whose name begins so is never a person
STANDINGS = (say("chính thức"), say("dự bị"))

TO_CORRECT = say("Cần sửa")
_COLUMNS = {
    "name": say("Họ và tên"),
    "birth_year": say("Năm sinh"),
    "phone": say("Điện thoại"),
    "joined_on": say_as("roster", "Ngày vào Đảng"),
    "official_on": say("Ngày chính thức"),
    "standing": say("Chính thức/Dự bị"),
    "place": say("Nơi đang làm việc"),
}

_EXPECTED = {
    "name": say("Cần họ và tên đầy đủ, bằng chữ."),
    "birth_year": say("Cần năm sinh gồm bốn chữ số, ví dụ 1985."),
    "phone": say("Cần một số điện thoại, ví dụ 0912 345 678; số nước ngoài bắt đầu bằng dấu +."),
    "joined_on": say(
        "Cần ngày theo thứ tự ngày/tháng/năm, ví dụ 03/02/2010; chỉ nhớ tháng, năm thì ghi 02/2010 hoặc 2010."
    ),
    "official_on": say(
        "Cần ngày theo thứ tự ngày/tháng/năm, ví dụ 03/02/2011; chỉ nhớ tháng, năm thì ghi 02/2011 hoặc 2011."
    ),
    "standing": say("Cần ghi “chính thức” hoặc “dự bị”."),
    "place": say("Cần tên tỉnh, thành phố hoặc nước, ví dụ Osaka, Nhật Bản."),
}

_REASONS = {
    "missing": say("đang để trống."),
    "wrong": say("chưa đọc được."),
    "too_long": say("nội dung quá dài."),
    "out_of_range": say("không hợp với tuổi đảng viên."),
    "future": say("ngày này chưa tới."),
    "too_early": say("sớm quá so với năm sinh."),
    "before_joining": say("sớm hơn ngày vào Đảng."),
    "anothers": say(
        "đây là số của người khác, nên không ghi là số của đồng chí ấy. Nếu đồng chí ấy dùng chung số này, mời bỏ phần ghi thêm."
    ),
    "formula": say("ô này là công thức chưa có kết quả; hãy dán giá trị thay cho công thức."),
    "duplicate": say(
        "trùng tên và năm sinh với một dòng ở trên; nếu là hai người, hãy ghi số điện thoại của cả hai, nếu không hãy xóa một dòng."
    ),
}
_SELF_EXPLAINING = frozenset({"formula", "duplicate", "anothers"})


def column(name: str) -> Text:
    """Say a column's heading in the template: Họ và tên | Full name."""
    return _COLUMNS[name]


def typed(*, column: str, kind: str) -> Text:
    """Say: Năm sinh: không hợp với tuổi đảng viên. Cần năm sinh gồm bốn chữ số, ví dụ 1985."""
    return _COLUMNS[column] + raw(": ") + _REASONS[kind] + raw(" ") + _EXPECTED[column]


def fault(*, row: int, column: str, kind: str, value: str) -> Text:
    """Say: Dòng 7, cột “Năm sinh”: “abc” – chưa đọc được. Cần năm sinh gồm bốn chữ số, ví dụ 1985."""
    shown = say("“{value}” – ", value=value) if value else raw("")
    where = say("Dòng {row}, cột “{column}”: ", row=row, column=_COLUMNS[column])
    sentence = where + shown + _REASONS[kind]
    return sentence if kind in _SELF_EXPLAINING else sentence + raw(" ") + _EXPECTED[column]


def aside(*, kind: str, row: int, who: str, what: str) -> Text:
    """Say what was left aside, or read otherwise than it stands in the file: Cột “Dân tộc” không nhập"""
    match kind:
        case "sheet" if who:
            return say("Trang “{what}” ({who} dòng)", what=what, who=who)
        case "sheet":
            return say("Trang “{what}”", what=what)
        case "column":
            return say("Cột “{what}”", what=what)
        case "hidden_column":
            return say("Cột “{what}” đang bị ẩn trong tệp nhưng vẫn được đọc", what=what)
        case "hidden":
            return say("Dòng {row}: {who} – dòng bị ẩn hoặc lọc", row=row, who=who)
        case "struck":
            return say("Dòng {row}: {who} – bị gạch ngang", row=row, who=who)
        case "left":
            return say("Dòng {row}: {who} – {what}", row=row, who=who, what=what)
        case "below":
            return say("Dưới danh sách, từ dòng {row}: “{what}”", row=row, what=what)
        case "unnamed":
            return say("{what} dòng không có họ tên", what=what)
        case "office":
            return say("Dòng {row}: {who} – bỏ “{what}” bên cạnh tên", row=row, who=who, what=what)
        case "number":
            return say("Dòng {row}: {who} – bỏ “{what}” bên cạnh số điện thoại", row=row, who=who, what=what)
        case "one_word":
            return say("Dòng {row}: tên “{who}” chỉ có một chữ, đã đủ họ tên chưa?", row=row, who=who)
        case "namesakes":
            return say(
                "Dòng {row} và dòng {what}: {who}, cùng tên, cùng năm sinh – nhập thành hai người",
                row=row,
                who=who,
                what=what,
            )
        case _ if what == "UTF-8":
            return say("Chữ trong tệp bị đọc nhầm bảng mã, đã sửa lại: mời xem kỹ họ tên")
        case _:
            return say("Chữ theo phông cũ {what} đã đổi sang Unicode: mời xem kỹ họ tên", what=what)


# --- why a file is refused --------------------------------------------------------------------------------------


def not_a_workbook() -> Text:
    return say(
        "Tệp này không phải bảng tính (.xlsx, .ods, .csv). Đồng chí hãy tải tệp mẫu, điền danh sách rồi gửi lại."
    )


def old_excel() -> Text:
    return say(
        "Đây là tệp Excel kiểu cũ (.xls). Đồng chí hãy mở bằng Excel, chọn “Lưu thành” (Save As), kiểu .xlsx, rồi gửi lại."
    )


def macros() -> Text:
    return say(
        "Tệp này có chương trình (macro) bên trong nên không được mở. Đồng chí hãy lưu thành .xlsx, không có macro, rồi gửi lại."
    )


def protected() -> Text:
    return say("Tệp này đặt mật khẩu nên không đọc được. Đồng chí hãy bỏ mật khẩu mở tệp rồi gửi lại.")


def text_file() -> Text:
    return say(
        "Đây là tệp văn bản thuần (.csv, .txt) và không thấy dòng tiêu đề có cột “{name}”, “{year}”. Đồng chí hãy mở bằng "
        "Excel, lưu thành .xlsx rồi gửi lại.",
        name=_COLUMNS["name"],
        year=_COLUMNS["birth_year"],
    )


def letters_lost() -> Text:
    return say(
        "Họ tên trong tệp này đã mất dấu tiếng Việt (chữ có dấu thành “?” hoặc thành chữ trơn) nên không nhập. Đồng chí hãy "
        "mở tệp gốc, chọn “Lưu thành” (Save As), kiểu .xlsx hoặc “CSV UTF-8”, rồi gửi lại."
    )


def other_document() -> Text:
    return say(
        "Đây là tệp văn bản hoặc trình chiếu, không phải Excel. Đồng chí hãy chép danh sách vào tệp mẫu Excel rồi gửi lại."
    )


def picture() -> Text:
    return say("Đây là ảnh hoặc tệp PDF nên không đọc được danh sách. Đồng chí hãy gửi tệp Excel (.xlsx).")


def damaged() -> Text:
    return say(
        "Tệp Excel này bị hỏng hoặc có phần lạ nên không mở được. Đồng chí hãy chép danh sách sang tệp mẫu mới rồi gửi lại."
    )


def too_big(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn quá: tối đa {megabytes} MB. Đồng chí hãy chép riêng danh sách sang tệp mẫu rồi gửi lại.",
        megabytes=megabytes,
    )


def swells() -> Text:
    return say(
        "Tệp này khi mở ra lớn bất thường nên không được nhận. Đồng chí hãy chép riêng danh sách sang tệp mẫu rồi gửi lại."
    )


def too_many_rows(*, limit: int) -> Text:
    return say(
        "Danh sách dài quá: mỗi lần tối đa {limit} dòng. Đồng chí hãy chia thành nhiều tệp.", limit=limit
    )


def no_header() -> Text:
    return say(
        "Không tìm thấy dòng tiêu đề có cột “{name}”. Đồng chí hãy dùng tệp mẫu và giữ nguyên dòng tiêu đề.",
        name=_COLUMNS["name"],
    )


def columns_missing(*, columns: list[str]) -> Text:
    return say(
        "Thiếu cột: {columns}. Đồng chí hãy thêm cột này như trong tệp mẫu rồi gửi lại.",
        columns=join([_COLUMNS[name] for name in columns], ", "),
    )


# --- the template -----------------------------------------------------------------------------------------------


def sheet_names() -> tuple[Text, Text]:
    return say_as("roster", "Danh sách"), say("Hướng dẫn")


def file_title() -> Text:
    return say("Danh sách")


def example_row() -> list[Text]:
    """Return name, year, phone, two dates, standing and place. The name carries the mark by which the row is skipped."""
    return [
        EXAMPLE_MARK + raw(" Nguyễn Văn An"),
        raw("1985"),
        raw("0912 345 678"),
        raw("03/02/2010"),
        raw("03/02/2011"),
        STANDINGS[0],
        say("Osaka, Nhật Bản"),
    ]


def hints() -> dict[str, Text]:
    """Return what Excel shows beside a cell of each column while one types."""
    return dict(_EXPECTED)


def standing_error() -> Text:
    return say("Hãy chọn một trong hai ô của danh sách.")


def guide() -> list[Text]:
    """Return the explaining sheet, a paragraph a row."""
    return [
        say("Cách điền danh sách"),
        say(
            "Mỗi người một dòng, ở trang “Danh sách”. Giữ nguyên dòng tiêu đề. Dòng ví dụ không được tính, có thể để lại hoặc xóa."
        ),
        *(join([_COLUMNS[name], _EXPECTED[name]], ": ") for name in _COLUMNS),
        say("Điện thoại, ngày vào Đảng, ngày chính thức và nơi làm việc có thể để trống nếu chưa biết."),
        say(
            "Nếu chỉ nhớ tháng hoặc năm, ghi 02/2010 hoặc 2010; chương trình giữ đúng như thế, không thêm ngày."
        ),
        say("Hai người trùng tên và năm sinh: ghi số điện thoại của cả hai để phân biệt."),
        say(
            "Không ghi số căn cước, địa chỉ nhà hay thông tin sức khỏe. Không gửi tài liệu có dấu chỉ độ mật."
        ),
        say(
            "Sau khi gửi, đồng chí được xem trước từng dòng; chỉ khi đồng chí xác nhận, danh sách mới được lưu."
        ),
    ]
