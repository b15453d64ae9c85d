"""Words about checking in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, moment, month, say

ALL_IS_WELL = say("Mọi việc vẫn ổn", "All is well")
SOMETHING_TO_TELL = say("Có việc cần báo", "Something to report")
SEE_REPORT = say("Xem báo cáo", "See the report")
OPEN_DESK = say("Mở màn hình chi bộ", "Open the cell's desk")

STATES: dict[str, Text] = {
    "scheduled": say("chưa đến kỳ", "not due yet"),
    "open": say("đã hỏi, chờ trả lời", "asked, waiting"),
    "nudged": say("đã nhắc, chờ trả lời", "reminded, waiting"),
    "late": say("quá hạn", "late"),
    "answered": say("đã báo cáo", "answered"),
    "excused": say("được miễn đến ngày hẹn", "excused until a date"),
    "closed": say("đã khép kỳ", "closed"),
}


def asked(
    *,
    name: str,
    period: date,
    due_at: datetime,
    zone: str,
    question: str | None,
    again: bool,
    overdue: bool = False,
) -> Text:
    opening = (
        say(
            "Chào đồng chí {name}. Chi bộ vẫn chờ tin của đồng chí.",
            "Hello {name}. The cell is still waiting to hear from you.",
            name=name,
        )
        if again
        else say("Chào đồng chí {name}.", "Hello {name}.", name=name)
    )
    body = (
        say("Chi bộ hỏi: <b>{question}</b>", "The cell asks: <b>{question}</b>", question=question)
        if question
        else say(
            "Đã đến kỳ báo cáo tình hình {month}.", "It is time to check in for {month}.", month=month(period)
        )
    )
    if overdue:  # asked anew after the date: it would only shame
        return paragraph(opening, body)
    when = say("Hạn trả lời: {when}.", "Please answer by {when}.", when=moment(due_at, zone))
    return paragraph(opening, lines(body, when))


def settled(*, state: str, period: date) -> Text:
    return say(
        "Kỳ báo cáo {month} hiện ở tình trạng: {state}, nên không đổi được nữa ở đây.",
        "The report for {month} is now: {state}. It can no longer be changed here.",
        month=month(period),
        state=STATES[state],
    )


def late_alert(rows: Sequence[tuple[str, datetime]]) -> Text:
    head = say(
        "<b>Cần liên hệ hôm nay: {count} đồng chí chưa báo cáo</b>",
        "<b>To contact today: {count} without a report</b>",
        count=len(rows),
    )
    table = lines(
        *(
            say("• {name}, hạn {when}", "• {name}, due {when}", name=name, when=moment(due, HOME_ZONE))
            for name, due in rows
        )
    )
    tail = say(
        "Bấm vào tên để gọi, ghi nhận đã liên hệ, nhắc lại hoặc cho miễn đến một ngày.",
        "Touch a name to call, note a contact, remind again or excuse until a date.",
    )
    return paragraph(head, table, tail)


def about(*, name: str) -> Text:
    return say("{name}", "{name}", name=name)


def answered_after_alert(*, name: str, period: date, by_other: bool) -> Text:
    if by_other:
        return say(
            "Đã có tin của đồng chí {name} cho kỳ {month}, do người khác ghi nhận. Không cần gọi nữa.",
            "There is news of {name} for {month}, noted by somebody else. No need to call any more.",
            name=name,
            month=month(period),
        )
    return say(
        "Đồng chí {name} vừa báo cáo kỳ {month}. Không cần gọi nữa.",
        "{name} has just checked in for {month}. No need to call any more.",
        name=name,
        month=month(period),
    )


def volunteered(*, name: str) -> Text:
    return say(
        "Đồng chí {name} vừa gửi một báo cáo đột xuất.",
        "{name} has just sent a report out of turn.",
        name=name,
    )


def excused(*, by: str, until: datetime, zone: str, reason: str | None) -> Text:
    told = say(
        "Đồng chí {by} đã cho đồng chí được miễn báo cáo đến {until}. Khi nào muốn, đồng chí vẫn báo cáo được bằng /baocao.",
        "{by} has excused you from checking in until {until}. You can still check in at any time with /baocao.",
        by=by,
        until=moment(until, zone),
    )
    if not reason:
        return told
    return paragraph(told, say("Lý do: {reason}", "Reason: {reason}", reason=reason))
