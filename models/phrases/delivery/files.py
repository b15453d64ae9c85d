"""Words about files that somebody sends: why one is not taken, and what to do instead. No names, no greetings."""

from __future__ import annotations

from collections.abc import Sequence

from models.phrases.text import Text, join, raw, say

_KINDS = {
    "docx": say("Word (.docx)"),
    "xlsx": say("Excel (.xlsx)"),
    "pptx": say("PowerPoint (.pptx)"),
    "pdf": raw("PDF"),
    "picture": say("ảnh (.jpg, .png)"),
    "ogg": say("tin nhắn thoại"),
}


def not_taken(*, taken: Sequence[str]) -> Text:
    """Say that a file cannot be taken. `taken`: docx, xlsx, pptx, pdf, picture, ogg."""
    kinds = [words for kind, words in _KINDS.items() if kind in taken]
    return say("Loại tệp này không dùng được ở đây. Mời gửi {kinds}.", kinds=join(kinds, ", "))


def program() -> Text:
    return say(
        "Không nhận tệp này: đây là loại tệp có thể tự chạy trên máy của người mở. Nếu là giấy tờ, mời gửi ảnh chụp hoặc "
        "tệp PDF."
    )


def macros() -> Text:
    return say(
        "Tệp có chứa macro nên không nhận. Mời lưu lại dạng không có macro (.docx, .xlsx) hoặc PDF rồi gửi lại."
    )


def binary_excel() -> Text:
    return say(
        "Đây là tệp Excel dạng nhị phân (.xlsb). Mời mở bằng Excel, chọn “Lưu thành” (Save As), kiểu .xlsx, rồi gửi lại."
    )


def web_table() -> Text:
    return say(
        "Tệp này mang tên bảng tính nhưng bên trong là trang web (HTML, XML) nên không mở. Mời mở bằng Excel, chọn “Lưu "
        "thành” (Save As), kiểu .xlsx, rồi gửi lại."
    )


def embedded() -> Text:
    return say(
        "Tệp này có tệp khác gắn bên trong, hoặc lấy nội dung từ nơi khác, nên không nhận. Mời chép nội dung sang một tệp "
        "mới, hoặc lưu thành PDF, hoặc gửi ảnh chụp."
    )


def active_pdf() -> Text:
    return say(
        "Tệp PDF này có phần tự chạy hoặc có tệp gắn kèm nên không nhận. Mời in lại thành PDF (Print to PDF), hoặc gửi ảnh "
        "chụp."
    )


def locked() -> Text:
    return say("Tệp đặt mật khẩu nên không kiểm tra được. Mời bỏ mật khẩu rồi gửi lại, hoặc gửi ảnh chụp.")


def damaged() -> Text:
    return say(
        "Không mở được tệp này: có thể tệp bị hỏng hoặc chưa tải lên hết. Mời lưu lại rồi gửi lại, hoặc gửi ảnh chụp."
    )


def misnamed() -> Text:
    return say(
        "Đuôi tên tệp không đúng với nội dung bên trong nên không nhận. Mời lưu lại đúng loại rồi gửi lại."
    )


def swells() -> Text:
    return say("Tệp này khi mở ra lớn bất thường nên không nhận. Mời lưu thành PDF, hoặc gửi ảnh chụp.")


def too_complex() -> Text:
    return say(
        "Tệp này quá phức tạp, không mở được ở đây. Mời chép nội dung sang một tệp mới, hoặc lưu thành PDF, hoặc gửi ảnh "
        "chụp."
    )


def picture_too_large(*, megapixels: int) -> Text:
    return say(
        "Ảnh lớn quá (tối đa {megapixels} triệu điểm ảnh). Mời chụp lại ở cỡ thường, hoặc gửi dạng ảnh thay vì dạng tệp.",
        megapixels=megapixels,
    )


def too_many_pages(*, limit: int) -> Text:
    return say("Tệp PDF dài quá (tối đa {limit} trang). Mời chia thành nhiều tệp rồi gửi lại.", limit=limit)


def too_big(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn quá: tối đa {megabytes} MB. Mời gửi ảnh chụp, hoặc một tệp nhỏ hơn.", megabytes=megabytes
    )


def empty() -> Text:
    return say("Tệp này trống, không có gì bên trong. Mời kiểm tra rồi gửi lại.")


def lost() -> Text:
    return say("Chưa tải được tệp này. Mời gửi lại tệp một lần nữa.")


def not_opened() -> Text:
    return say("Lúc này chưa mở được tệp. Mời gửi lại sau ít phút; những gì đã ghi vẫn còn.")


def old_office(*, word: bool) -> Text:
    return say(
        "Đây là tệp Office kiểu cũ ({old}). Mời mở bằng máy tính, chọn Lưu thành (Save as) dạng {new} hoặc PDF rồi gửi lại.",
        old=".doc" if word else ".xls, .ppt",
        new=".docx" if word else ".xlsx, .pptx",
    )


def archive() -> Text:
    return say("Không nhận tệp nén (.zip, .rar). Mời gửi từng tệp bên trong: PDF, Word hoặc ảnh chụp.")


def other_picture() -> Text:
    return say("Kiểu ảnh này không dùng được. Mời gửi lại dạng ảnh, hoặc lưu thành .jpg, .png hay PDF.")
