"""Words about the last word of a member: which day, through what."""

from __future__ import annotations

from datetime import date

from models.phrases.text import Text, day, raw, say

KINDS: dict[str, Text] = {
    "message": say("nhắn cho chương trình", "wrote to the program"),
    "report": say("báo cáo", "a report"),
    "review": say("nộp bản kiểm điểm", "handed in a review"),
    "request": say("nhờ hỗ trợ", "asked for help"),
    "notice": say("đọc thông báo", "read a notice"),
    "task": say("báo xong nhiệm vụ", "finished a task"),
    "meeting": say("việc họp chi bộ", "a cell meeting"),
    "paper": say("nộp giấy tờ đi xa", "filed a paper of the absence"),
    "contact": say("gọi, gặp được", "was reached"),
}


def last(*, on: date | None, how: str | None) -> Text:
    """Tin gần nhất: 07/12/2026 (báo cáo)"""
    if on is None:
        return say("Tin gần nhất: chưa có", "Last word: none so far")
    return say("Tin gần nhất: {what}", "Last word: {what}", what=dated(on=on, how=how))


def dated(*, on: date, how: str | None) -> Text:
    """07/12/2026 (báo cáo)"""
    if how is None:
        return day(on)
    return say("{on} ({how})", "{on} ({how})", on=day(on), how=KINDS[how])


def silent(*, days: int | None) -> Text:
    """39 ngày chưa có tin"""
    if days is None:
        return say("chưa có tin lần nào", "never any word")
    if days == 0:
        return say("hôm nay có tin", "word today")
    many = raw("") if days == 1 else raw("s")
    return say("{n} ngày chưa có tin", "{n} day{s} without word", n=days, s=many)
