"""Words about the last word of a member: which day, through what."""

from __future__ import annotations

from datetime import date

from models.phrases.text import Text, day, say, say_as

KINDS: dict[str, Text] = {
    "message": say("nhắn cho chương trình"),
    "report": say("báo cáo"),
    "review": say("nộp bản kiểm điểm"),
    "request": say_as("sign_of_life", "nhờ hỗ trợ"),
    "notice": say("đọc thông báo"),
    "task": say("báo xong nhiệm vụ"),
    "meeting": say("việc họp chi bộ"),
    "paper": say("nộp giấy tờ đi xa"),
    "roll call": say("trả lời điểm danh an toàn"),
    "contact": say("gọi, gặp được"),
}


def last(*, on: date | None, how: str | None) -> Text:
    """Say: Tin gần nhất: 07/12/2026 (báo cáo)"""
    if on is None:
        return say("Tin gần nhất: chưa có")
    return say("Tin gần nhất: {what}", what=dated(on=on, how=how))


def dated(*, on: date, how: str | None) -> Text:
    """Say: 07/12/2026 (báo cáo)"""
    if how is None:
        return day(on)
    return say("{on} ({how})", on=day(on), how=KINDS[how])


def silent(*, days: int | None) -> Text:
    """Say how long nothing was heard: 39 ngày chưa có tin"""
    if days is None:
        return say("chưa có tin lần nào")
    if days == 0:
        return say("hôm nay có tin")
    return say("{n} ngày chưa có tin", n=days)
