"""Words about files that somebody sends: why one is not taken, and what to do instead. No names, no greetings."""

from __future__ import annotations

from collections.abc import Sequence

from models.phrases.text import Text, join, raw, say

_KINDS = {
    "docx": say("Word (.docx)", "Word (.docx)"),
    "xlsx": say("Excel (.xlsx)", "Excel (.xlsx)"),
    "pptx": say("PowerPoint (.pptx)", "PowerPoint (.pptx)"),
    "pdf": raw("PDF"),
    "picture": say("ảnh (.jpg, .png)", "a picture (.jpg, .png)"),
    "ogg": say("tin nhắn thoại", "a voice message"),
}


def not_taken(*, taken: Sequence[str]) -> Text:
    """`taken`: docx, xlsx, pptx, pdf, picture, ogg."""
    kinds = [words for kind, words in _KINDS.items() if kind in taken]
    return say(
        "Loại tệp này không dùng được ở đây. Mời gửi {kinds}.",
        "This kind of file cannot be used here. Please send {kinds}.",
        kinds=join(kinds, ", "),
    )


def program() -> Text:
    return say(
        "Không nhận tệp này: đây là loại tệp có thể tự chạy trên máy của người mở. Nếu là giấy tờ, mời gửi ảnh chụp hoặc "
        "tệp PDF.",
        "This file is not accepted: it is of a kind that can run by itself on the device of whoever opens it. If it is "
        "a paper, please send a photo or a PDF.",
    )


def macros() -> Text:
    return say(
        "Tệp có chứa macro nên không nhận. Mời lưu lại dạng không có macro (.docx, .xlsx) hoặc PDF rồi gửi lại.",
        "The file holds macros and is not accepted. Please save it without macros (.docx, .xlsx) or as PDF and send it "
        "again.",
    )


def binary_excel() -> Text:
    return say(
        "Đây là tệp Excel dạng nhị phân (.xlsb). Mời mở bằng Excel, chọn “Lưu thành” (Save As), kiểu .xlsx, rồi gửi lại.",
        "This is a binary Excel file (.xlsb). Please open it in Excel, choose Save As, type .xlsx, and send it again.",
    )


def web_table() -> Text:
    return say(
        "Tệp này mang tên bảng tính nhưng bên trong là trang web (HTML, XML) nên không mở. Mời mở bằng Excel, chọn “Lưu "
        "thành” (Save As), kiểu .xlsx, rồi gửi lại.",
        "This file is called a workbook but holds a web page (HTML, XML), so it was not opened. Please open it in Excel, "
        "choose Save As, type .xlsx, and send it again.",
    )


def embedded() -> Text:
    return say(
        "Tệp này có tệp khác gắn bên trong, hoặc lấy nội dung từ nơi khác, nên không nhận. Mời chép nội dung sang một tệp "
        "mới, hoặc lưu thành PDF, hoặc gửi ảnh chụp.",
        "This file holds another file inside, or takes content from elsewhere, and is not accepted. Please copy the "
        "content into a new file, save it as PDF, or send photos.",
    )


def active_pdf() -> Text:
    return say(
        "Tệp PDF này có phần tự chạy hoặc có tệp gắn kèm nên không nhận. Mời in lại thành PDF (Print to PDF), hoặc gửi ảnh "
        "chụp.",
        "This PDF has parts that run by themselves or files attached, and is not accepted. Please print it to a new PDF, "
        "or send photos.",
    )


def locked() -> Text:
    return say(
        "Tệp đặt mật khẩu nên không kiểm tra được. Mời bỏ mật khẩu rồi gửi lại, hoặc gửi ảnh chụp.",
        "The file is protected by a password and cannot be checked. Please take the password off and send it again, or "
        "send photos.",
    )


def damaged() -> Text:
    return say(
        "Không mở được tệp này: có thể tệp bị hỏng hoặc chưa tải lên hết. Mời lưu lại rồi gửi lại, hoặc gửi ảnh chụp.",
        "This file cannot be opened; it may be damaged or incomplete. Please save it anew and send it again, or send "
        "photos.",
    )


def misnamed() -> Text:
    return say(
        "Đuôi tên tệp không đúng với nội dung bên trong nên không nhận. Mời lưu lại đúng loại rồi gửi lại.",
        "The ending of the file's name does not fit what is inside, so it is not accepted. Please save it as the right "
        "kind and send it again.",
    )


def swells() -> Text:
    return say(
        "Tệp này khi mở ra lớn bất thường nên không nhận. Mời lưu thành PDF, hoặc gửi ảnh chụp.",
        "This file swells beyond measure when opened and is not accepted. Please save it as PDF, or send photos.",
    )


def too_complex() -> Text:
    return say(
        "Tệp này quá phức tạp, không mở được ở đây. Mời chép nội dung sang một tệp mới, hoặc lưu thành PDF, hoặc gửi ảnh "
        "chụp.",
        "This file is too complex to be opened here. Please copy the content into a new file, save it as PDF, or send "
        "photos.",
    )


def picture_too_large(*, megapixels: int) -> Text:
    return say(
        "Ảnh lớn quá (tối đa {megapixels} triệu điểm ảnh). Mời chụp lại ở cỡ thường, hoặc gửi dạng ảnh thay vì dạng tệp.",
        "The picture is too large ({megapixels} million pixels at most). Please take it in the usual size, or send it as "
        "a photo instead of a file.",
        megapixels=megapixels,
    )


def too_many_pages(*, limit: int) -> Text:
    return say(
        "Tệp PDF dài quá (tối đa {limit} trang). Mời chia thành nhiều tệp rồi gửi lại.",
        "The PDF is too long ({limit} pages at most). Please split it into several files.",
        limit=limit,
    )


def too_big(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn quá: tối đa {megabytes} MB. Mời gửi ảnh chụp, hoặc một tệp nhỏ hơn.",
        "The file is too big: {megabytes} MB at most. Please send photos, or a smaller file.",
        megabytes=megabytes,
    )


def empty() -> Text:
    return say(
        "Tệp này trống, không có gì bên trong. Mời kiểm tra rồi gửi lại.",
        "This file is empty. Please look at it and send it again.",
    )


def lost() -> Text:
    return say(
        "Chưa tải được tệp này. Mời gửi lại tệp một lần nữa.",
        "This file could not be fetched. Please send it once more.",
    )


def not_opened() -> Text:
    return say(
        "Lúc này chưa mở được tệp. Mời gửi lại sau ít phút; những gì đã ghi vẫn còn.",
        "Files cannot be opened at the moment. Please send it again in a few minutes; what was entered is still there.",
    )


def old_office(*, word: bool) -> Text:
    return say(
        "Đây là tệp Office kiểu cũ ({old}). Mời mở bằng máy tính, chọn Lưu thành (Save as) dạng {new} hoặc PDF rồi gửi lại.",
        "This is an old Office file ({old}). Please open it on a computer, save it as {new} or PDF and send it again.",
        old=".doc" if word else ".xls, .ppt",
        new=".docx" if word else ".xlsx, .pptx",
    )


def archive() -> Text:
    return say(
        "Không nhận tệp nén (.zip, .rar). Mời gửi từng tệp bên trong: PDF, Word hoặc ảnh chụp.",
        "Archives (.zip, .rar) are not accepted. Please send the files inside one by one: PDF, Word or photos.",
    )


def other_picture() -> Text:
    return say(
        "Kiểu ảnh này không dùng được. Mời gửi lại dạng ảnh, hoặc lưu thành .jpg, .png hay PDF.",
        "This kind of picture cannot be used. Please send it as a photo, or save it as .jpg, .png or PDF.",
    )
