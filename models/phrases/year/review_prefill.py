"""Sentences about the member's own year, as they may stand in a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.phrases.away.away import ROUTES
from models.phrases.contact.contact_note import CHANNELS
from models.phrases.contact.request import TOPICS
from models.phrases.text import Text, day, join, named, raw, say

_HOW: dict[str, Text] = {
    "in person": say("trực tiếp"),
    "online": say("trực tuyến"),
    "excused": say("vắng có lý do"),
    "unexcused": say("vắng không lý do"),
}


def reported(*, times: int) -> Text:
    return say("Đã báo cáo tình hình với chi bộ {n} lần trong năm.", n=times)


def unreported(*, months: Sequence[date]) -> Text:
    """Say which turns went by; the member knows why."""
    return say(
        "Chưa báo cáo {n} kỳ: {months}.", n=len(months), months=join([_month(one) for one in months], ", ")
    )


def _month(value: date) -> Text:
    return named(f"tháng {value.month}", f"{value:%B}")


def contacted(*, by_channel: Mapping[str, int]) -> Text:
    """Say how often somebody of the cell noted a contact."""
    ways = [say("{way} {n}", way=CHANNELS[one], n=n) for one, n in by_channel.items()]
    return say(
        "Chi bộ ghi nhận đã liên hệ {n} lần ({ways}).", n=sum(by_channel.values()), ways=join(ways, ", ")
    )


def was_away(*, place: Text, route: str, since: date, until: date | None) -> Text:
    if until is None:
        return say(
            "Đi làm ăn xa tại {place} từ ngày {since} ({route}).",
            place=place,
            since=day(since),
            route=ROUTES[route],
        )
    return say(
        "Đi làm ăn xa tại {place} từ ngày {since} đến ngày {until} ({route}).",
        place=place,
        since=day(since),
        until=day(until),
        route=ROUTES[route],
    )


def returns(*, on: date) -> Text:
    return say("Dự kiến trở về ngày {on}; nếu ở lâu hơn sẽ xin gia hạn.", on=day(on))


def was_helped(*, topic: str) -> Text:
    return say("Đã nhờ chi bộ hỗ trợ một việc ({topic}), đã xong.", topic=TOPICS[topic])


def attended(*, by_how: Mapping[str, int]) -> Text:
    """Say how the member was there at meetings of the cell to which they were called."""
    ways = [say("{how} {n}", how=_HOW[how], n=n) for how, n in by_how.items()]
    return say("Được mời họp {n} buổi: {ways}.", n=sum(by_how.values()), ways=join(ways, ", "))


def contributed(*, times: int) -> Text:
    return say("Đã gửi ý kiến tới {n} buổi họp.", n=times)


def task(*, text: str, due_on: date, done: bool, words: str) -> Text:
    head = say("Nhiệm vụ được giao, hạn {on}: {text}", on=day(due_on), text=text)
    if not done:
        return head + say(" – chưa báo xong.")
    closed = say(" – đã xong.")
    return head + (say(" – đã xong: {words}", words=words) if words else closed)


def numbered(parts: Sequence[Text]) -> Text:
    """Number the parts as lines of a text."""
    return join([join([raw("- "), one], "") for one in parts])
