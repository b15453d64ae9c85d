"""Words about a document that was sent instead of typing."""

from __future__ import annotations

from models.phrases.text import Text, say


def too_big(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn quá: tối đa {megabytes} MB. Mời bớt ảnh trong tệp rồi gửi lại, hoặc gửi bản .pdf.",
        "The file is too big: {megabytes} MB at most. Please take out pictures and send it again, or send a .pdf.",
        megabytes=megabytes,
    )


def too_long(*, limit: int) -> Text:
    return say(
        "Tệp có nhiều chữ quá (tối đa {limit} ký tự). Mời gửi riêng bản kiểm điểm.",
        "There is too much text in the file (at most {limit} characters). Please send the review alone.",
        limit=limit,
    )


def too_many_lines(*, limit: int) -> Text:
    return say(
        "Tệp có nhiều dòng quá (tối đa {limit} dòng). Mời gửi riêng bản kiểm điểm.",
        "There are too many lines in the file (at most {limit}). Please send the review alone.",
        limit=limit,
    )


def damaged() -> Text:
    return say(
        "Không mở được tệp này: có thể tệp bị hỏng. Mời mở lại bằng Word, lưu lại dạng .docx rồi gửi lại; hoặc gửi .pdf, "
        "hoặc gửi ảnh chụp.",
        "This file cannot be opened; it may be damaged. Please open it in Word, save it as .docx and send it again; or "
        "send a .pdf, or photos.",
    )


def protected() -> Text:
    return say(
        "Tệp đặt mật khẩu nên không đọc được. Mời bỏ mật khẩu rồi gửi lại.",
        "The file is protected by a password. Please remove the password and send it again.",
    )


def old_word() -> Text:
    return say(
        "Đây là tệp Word kiểu cũ (.doc). Mời mở bằng Word, chọn Lưu thành (Save as) dạng .docx rồi gửi lại; hoặc gửi .pdf.",
        "This is an old Word file (.doc). Please open it in Word, save it as .docx and send it again; or send a .pdf.",
    )


def not_a_document() -> Text:
    return say(
        "Tệp này không phải tệp Word .docx. Mời gửi tệp .docx, .pdf, hoặc ảnh chụp bản viết tay.",
        "This is no Word file (.docx). Please send a .docx, a .pdf, or photos of the handwritten text.",
    )


def has_macros() -> Text:
    return say(
        "Tệp có chứa macro nên không nhận. Mời lưu lại dạng .docx (không macro) rồi gửi lại.",
        "The file holds macros and is not accepted. Please save it as .docx (without macros) and send it again.",
    )


def swells() -> Text:
    return say(
        "Tệp này khi mở ra lớn bất thường nên không được nhận. Mời chép nội dung sang một tệp mới rồi gửi lại.",
        "This file swells beyond measure when opened and is not accepted. Please copy the text into a new file.",
    )
