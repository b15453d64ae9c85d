"""Words of the main screen and of help."""

from __future__ import annotations

from collections.abc import Sequence

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, raw, say

HELP_LANGUAGE = say("Trợ giúp · Ngôn ngữ, Language")
MORE = say("Việc khác")
LANGUAGE = say("Ngôn ngữ · Language")
VIETNAMESE = raw("Tiếng Việt")
ENGLISH = raw("English")


def main(*, name: str) -> Text:
    return say("<b>Xa Nhà</b>\n\nChào đồng chí {name}. Mời chọn việc:", name=name)


def help_(commands: Sequence[tuple[str, Text]]) -> Text:
    table = lines(*(say("/{name}  {about}", name=name, about=about) for name, about in commands))
    return paragraph(
        say("<b>Các lệnh</b>"),
        table,
        say(
            "Chỉ những gì đồng chí gửi vào đây mới được ghi lại. Không theo dõi vị trí, không xin ảnh giấy tờ. "
            "Gõ /dulieu để xem, sửa hoặc xóa dữ liệu của mình."
        ),
    )


def which_language() -> Text:
    return say("Đồng chí muốn dùng tiếng nào?")


def language_changed() -> Text:
    return say("Từ nay chương trình dùng tiếng Việt. Phần đang làm dở vẫn còn:")


def stranger() -> Text:
    return say(
        "Xin chào. Đây là chương trình nhắn tin tự động, chỉ dùng theo lời mời. Nếu bạn có lời mời, mời mở đường dẫn trong lời mời đó."
    )
