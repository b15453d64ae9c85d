"""Words about who keeps in touch with whom."""

from __future__ import annotations

from datetime import date

from models.phrases.text import Text, day, say


def contact_unfit() -> Text:
    return say(
        "Người giữ liên lạc phải là một đồng chí khác trong cùng chi bộ. Mời chọn lại trong danh sách.",
        "The contact must be another member of the same cell. Please choose again from the list.",
    )


def range_unfit() -> Text:
    return say(
        "Ngày cuối phải từ hôm nay trở đi và không trước ngày đầu. Mời nhập lại, ví dụ 05/12/2026.",
        "The last day must not lie in the past or before the first. Please type it again, for example 05/12/2026.",
    )


def time_span(*, begins_on: date, ends_on: date | None) -> Text:
    if ends_on is None:
        return say("từ ngày {begin}", "from {begin}", begin=day(begins_on))
    return say(
        "từ ngày {begin} đến hết ngày {end}", "from {begin} to {end}", begin=day(begins_on), end=day(ends_on)
    )


def you_keep_in_touch(*, name: str, begins_on: date, ends_on: date | None) -> Text:
    return say(
        "Chi bộ phân công đồng chí giữ liên lạc với đồng chí <b>{name}</b> {span}. Trong thời gian đó đồng chí xem được "
        "nơi ở, giờ địa phương và số điện thoại, và ghi nhận được kết quả liên hệ.",
        "The cell asks you to keep in touch with <b>{name}</b> {span}. During that time you can see where they are, their "
        "local time and their phone number, and can note the contacts you have.",
        name=name,
        span=time_span(begins_on=begins_on, ends_on=ends_on),
    )


def your_contact(*, name: str, begins_on: date, ends_on: date | None) -> Text:
    return say(
        "Đồng chí <b>{name}</b> được phân công giữ liên lạc với đồng chí {span}. Người giữ liên lạc chỉ xem được tên, nơi "
        "ở, giờ địa phương, số điện thoại và kỳ báo cáo đang chờ của đồng chí.",
        "<b>{name}</b> was asked to keep in touch with you {span}. They see only your name, place, local time, phone number "
        "and the report that is waiting.",
        name=name,
        span=time_span(begins_on=begins_on, ends_on=ends_on),
    )


def ended(*, name: str) -> Text:
    return say(
        "Đồng chí không còn được phân công giữ liên lạc với đồng chí {name}. Cảm ơn đồng chí đã giúp chi bộ.",
        "You are no longer asked to keep in touch with {name}. Thank you for your help.",
        name=name,
    )
