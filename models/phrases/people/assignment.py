"""Words about who keeps in touch with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, day, join, say

OPEN = say("Xem để liên hệ", "Open")
MINE = say("Đồng chí tôi giữ liên lạc", "Those I keep in touch with")
TO_MINE = say("‹ Danh sách tôi giữ liên lạc", "‹ Those I keep in touch with")


def contact_unfit() -> Text:
    return say(
        "Mời chọn lại: người giữ liên lạc phải là một đồng chí khác trong cùng chi bộ.",
        "The contact must be another member of the same cell. Please choose again from the list.",
    )


def range_unfit() -> Text:
    return say(
        "Mời nhập lại, ví dụ 05/12/2026. Ngày cuối phải từ hôm nay trở đi, không trước ngày đầu.",
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
        "Chi bộ phân công đồng chí giữ liên lạc với đồng chí <b>{name}</b> {span}. Mời gọi và ghi kết quả ở đây. "
        "Đồng chí xem được nơi ở, giờ ở đó và số điện thoại.",
        "The cell asks you to keep in touch with <b>{name}</b> {span}. Please call and note the result here. You "
        "can see where they are, their local time and their phone number.",
        name=name,
        span=time_span(begins_on=begins_on, ends_on=ends_on),
    )


def you_keep_in_touch_with(*, names: Sequence[str]) -> Text:
    return paragraph(
        say(
            "Chi bộ phân công đồng chí giữ liên lạc với <b>{count} đồng chí</b> từ bây giờ: {names}.",
            "The cell asks you to keep in touch with <b>{count} people</b> from now on: {names}.",
            count=len(names),
            names=", ".join(names),
        ),
        say(
            "Mời gọi và ghi kết quả ở đây. Đồng chí xem được nơi ở, giờ ở đó và số điện thoại của từng người.",
            "Please call and note the result here. You can see where each of them is, their local time and phone "
            "number.",
        ),
    )


def your_contact(*, name: str, begins_on: date, ends_on: date | None) -> Text:
    return say(
        "Đồng chí <b>{name}</b> được phân công giữ liên lạc với đồng chí {span}. Người ấy chỉ xem được tên, nơi "
        "ở, giờ ở đó, số điện thoại và kỳ báo cáo đang chờ.",
        "<b>{name}</b> was asked to keep in touch with you {span}. They see only your name, place, local time, phone number "
        "and the report that is waiting.",
        name=name,
        span=time_span(begins_on=begins_on, ends_on=ends_on),
    )


def ended(*, name: str) -> Text:
    return say(
        "Đồng chí thôi giữ liên lạc với đồng chí {name}. Cảm ơn đồng chí đã giúp chi bộ.",
        "You are no longer asked to keep in touch with {name}. Thank you for your help.",
        name=name,
    )


# --- the contact's own screens --------------------------------------------------------------------------------------


def mine(*, count: int, rows: Sequence[Text]) -> Text:
    head = say(
        "<b>Đồng chí được phân công giữ liên lạc với {count} người</b>",
        "<b>You keep in touch with {count} people</b>",
        count=count,
    )
    if not count:
        return say(
            "Hiện đồng chí không được phân công giữ liên lạc với ai.",
            "At present you keep in touch with nobody.",
        )
    return paragraph(head, *rows)


def line(*, name: str, place: Text, at: datetime, zone: str, last: Text, owed: Sequence[Text]) -> Text:
    """One person on the list: where, their clock if it is not ours, what waits."""
    who = say("<b>{name}</b>, {place}", "<b>{name}</b>, {place}", name=name, place=place)
    there, here = (at.astimezone(ZoneInfo(one)) for one in (zone, HOME_ZONE))
    if there.utcoffset() != here.utcoffset():
        clock = f"{there:%H:%M}"
        who += say(", bên đó {clock}", ", {clock} there", clock=clock)
    return lines(who, say("Kỳ báo cáo: {owed}", "Check-in: {owed}", owed=_owed(owed)), last)


def card(*, name: str, place: Text, clock: Text, last: Text, owed: Sequence[Text]) -> Text:
    return paragraph(
        say("<b>{name}</b>\n{place}", "<b>{name}</b>\n{place}", name=name, place=place),
        lines(clock, last, say("Kỳ báo cáo: {owed}", "Check-in: {owed}", owed=_owed(owed))),
    )


def _owed(owed: Sequence[Text]) -> Text:
    if not owed:
        return say("không có kỳ nào đang chờ", "nothing is waiting")
    return join(list(owed), "; ")


def no_phone() -> Text:
    return say(
        "Chưa có số điện thoại của đồng chí này. Mời hỏi bí thư chi bộ.",
        "There is no phone number for them. Please ask the secretary.",
    )
