"""Words that tell somebody that something waits on their page. They betray nothing: not what, not whose, not from whom."""

from __future__ import annotations

from datetime import datetime

from models.ground.clock import HOME_ZONE
from models.phrases.common import lines, paragraph
from models.phrases.text import Text, fitted, moment, raw, say

PASS_ON = say("Chuyển lời nhắc")
PASSED = say("Đã chuyển")
WAITS = say("có tin chờ trên trang, chưa báo được")


def push() -> Text:
    """Say on a lock screen that there is something new."""
    return say("Sổ tay: có tin mới")


def to_pass_on() -> Text:
    return say(
        "<b>Có người chưa biết là có tin chờ trên trang.</b> Mời chuyển lời nhắc qua Zalo hoặc tin nhắn: câu viết sẵn có trong "
        "danh sách."
    )


def nobody_to_tell() -> Text:
    return say("Không còn ai cần chuyển lời nhắc.")


def list_of(*, count: int) -> Text:
    return say(
        "<b>Chuyển lời nhắc: {count} người</b> có tin chờ trên trang mà chưa có cách nào báo được. Mời chọn từng người.",
        count=count,
    )


def name_button(*, name: str) -> Text:
    return fitted(raw(name))


def ready_sentence(*, link: str) -> Text:
    """Give the sentence that is copied and sent on, or mailed. The link opens nothing to anybody but who has been let in before."""
    return say("Sổ tay có tin mới. Khi tiện mời mở xem: {link}", link=link)


def one(*, name: str, since: datetime, link: str) -> Text:
    return paragraph(
        lines(
            say("<b>Đồng chí {name}</b>", name=name),
            say("Có tin chờ từ {since}, chưa có cách nào báo được.", since=moment(since, HOME_ZONE)),
        ),
        say("Mời chép câu này, gửi qua Zalo hoặc tin nhắn:"),
        say("<code>{sentence}</code>", sentence=ready_sentence(link=link)),
        say("Gửi xong, mời bấm “Đã chuyển”. Đường dẫn chỉ mở trên máy mà đồng chí ấy đã dùng, nên gửi được."),
    )


def passed(*, name: str) -> Text:
    return say("Đã ghi: đã chuyển lời nhắc tới đồng chí {name}.", name=name)


def over(*, name: str) -> Text:
    return say("Không cần nữa: đồng chí {name} đã mở trang, hoặc đã có người chuyển.", name=name)
