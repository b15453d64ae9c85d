"""Words about a document that was sent instead of typing."""

from __future__ import annotations

from models.phrases.text import Text, say


def too_big(*, megabytes: int) -> Text:
    return say(
        "Tệp lớn quá: tối đa {megabytes} MB. Mời bớt ảnh trong tệp rồi gửi lại, hoặc gửi bản .pdf.",
        megabytes=megabytes,
    )


def too_long(*, limit: int) -> Text:
    return say("Tệp có nhiều chữ quá (tối đa {limit} ký tự). Mời gửi riêng bản kiểm điểm.", limit=limit)


def too_many_lines(*, limit: int) -> Text:
    return say("Tệp có nhiều dòng quá (tối đa {limit} dòng). Mời gửi riêng bản kiểm điểm.", limit=limit)


def damaged() -> Text:
    return say(
        "Không mở được tệp này: có thể tệp bị hỏng. Mời mở lại bằng Word, lưu lại dạng .docx rồi gửi lại; hoặc gửi .pdf, "
        "hoặc gửi ảnh chụp."
    )


def protected() -> Text:
    return say("Tệp đặt mật khẩu nên không đọc được. Mời bỏ mật khẩu rồi gửi lại.")


def old_word() -> Text:
    return say(
        "Đây là tệp Word kiểu cũ (.doc). Mời mở bằng Word, chọn Lưu thành (Save as) dạng .docx rồi gửi lại; hoặc gửi .pdf."
    )


def not_a_document() -> Text:
    return say("Tệp này không phải tệp Word .docx. Mời gửi tệp .docx, .pdf, hoặc ảnh chụp bản viết tay.")


def has_macros() -> Text:
    return say("Tệp có chứa macro nên không nhận. Mời lưu lại dạng .docx (không macro) rồi gửi lại.")


def swells() -> Text:
    return say(
        "Tệp này khi mở ra lớn bất thường nên không được nhận. Mời chép nội dung sang một tệp mới rồi gửi lại."
    )
