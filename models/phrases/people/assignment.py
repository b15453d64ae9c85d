"""Words about who keeps in touch with whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, day, join, say

OPEN = say("Xem để liên hệ")
MINE = say("Đồng chí tôi giữ liên lạc")
TO_MINE = say("‹ Danh sách tôi giữ liên lạc")


def contact_unfit() -> Text:
    return say("Mời chọn lại: người giữ liên lạc phải là một đồng chí khác trong cùng chi bộ.")


def range_unfit() -> Text:
    return say("Mời nhập lại, ví dụ 05/12/2026. Ngày cuối phải từ hôm nay trở đi, không trước ngày đầu.")


def time_span(*, begins_on: date, ends_on: date | None) -> Text:
    if ends_on is None:
        return say("từ ngày {begin}", begin=day(begins_on))
    return say("từ ngày {begin} đến hết ngày {end}", begin=day(begins_on), end=day(ends_on))


def you_keep_in_touch(*, name: str, begins_on: date, ends_on: date | None) -> Text:
    return say(
        "Chi bộ phân công đồng chí giữ liên lạc với đồng chí <b>{name}</b> {span}. Mời gọi và ghi kết quả ở đây. "
        "Đồng chí xem được nơi ở, giờ ở đó và số điện thoại.",
        name=name,
        span=time_span(begins_on=begins_on, ends_on=ends_on),
    )


def you_keep_in_touch_with(*, names: Sequence[str]) -> Text:
    return paragraph(
        say(
            "Chi bộ phân công đồng chí giữ liên lạc với <b>{count} đồng chí</b> từ bây giờ: {names}.",
            count=len(names),
            names=", ".join(names),
        ),
        say(
            "Mời gọi và ghi kết quả ở đây. Đồng chí xem được nơi ở, giờ ở đó và số điện thoại của từng người."
        ),
    )


def your_contact(*, name: str, begins_on: date, ends_on: date | None) -> Text:
    return say(
        "Đồng chí <b>{name}</b> được phân công giữ liên lạc với đồng chí {span}. Người ấy chỉ xem được tên, nơi "
        "ở, giờ ở đó, số điện thoại và kỳ báo cáo đang chờ.",
        name=name,
        span=time_span(begins_on=begins_on, ends_on=ends_on),
    )


def ended(*, name: str) -> Text:
    return say("Đồng chí thôi giữ liên lạc với đồng chí {name}. Cảm ơn đồng chí đã giúp chi bộ.", name=name)


# --- the contact's own screens --------------------------------------------------------------------------------------


def mine(*, count: int, rows: Sequence[Text]) -> Text:
    head = say("<b>Đồng chí được phân công giữ liên lạc với {count} người</b>", count=count)
    if not count:
        return say("Hiện đồng chí không được phân công giữ liên lạc với ai.")
    return paragraph(head, *rows)


def line(*, name: str, place: Text, at: datetime, zone: str, last: Text, owed: Sequence[Text]) -> Text:
    """Say one person on the list: where they are, their clock if it is not ours, what waits."""
    who = say("<b>{name}</b>, {place}", name=name, place=place)
    there, here = (at.astimezone(ZoneInfo(one)) for one in (zone, HOME_ZONE))
    if there.utcoffset() != here.utcoffset():
        clock = f"{there:%H:%M}"
        who += say(", bên đó {clock}", clock=clock)
    return lines(who, say("Kỳ báo cáo: {owed}", owed=_owed(owed)), last)


def card(*, name: str, place: Text, clock: Text, last: Text, owed: Sequence[Text]) -> Text:
    return paragraph(
        say("<b>{name}</b>\n{place}", name=name, place=place),
        lines(clock, last, say("Kỳ báo cáo: {owed}", owed=_owed(owed))),
    )


def _owed(owed: Sequence[Text]) -> Text:
    if not owed:
        return say("không có kỳ nào đang chờ")
    return join(list(owed), "; ")


def no_phone() -> Text:
    return say("Chưa có số điện thoại của đồng chí này. Mời hỏi bí thư chi bộ.")
