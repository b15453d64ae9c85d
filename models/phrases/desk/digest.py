"""Words of the weekly digest, and of the screen on which its morning is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, moment, say, span

WHEN = say("Đổi ngày nhận", "Change the day")
NEVER = say("Không gửi bản tin", "No digest")
DAYS: dict[int, Text] = {
    0: say("Thứ Hai", "Monday"),
    1: say("Thứ Ba", "Tuesday"),
    2: say("Thứ Tư", "Wednesday"),
    3: say("Thứ Năm", "Thursday"),
    4: say("Thứ Sáu", "Friday"),
    5: say("Thứ Bảy", "Saturday"),
    6: say("Chủ nhật", "Sunday"),
}


def weekly(
    *,
    cell: str,
    sentence: Text,
    answered: Text,
    waiting: int,
    told: int,
    rows: Sequence[Text],
    outages: Sequence[Text],
) -> Text:
    """`told`: of how many another message of this morning has spoken."""
    besides = [_told(told)] if told else []
    if not waiting:
        if told:
            calm = say(
                "<b>{cell}</b>: không còn việc nào khác đang chờ.",
                "<b>{cell}</b>: nothing else waits.",
                cell=cell,
            )
        else:
            calm = say(
                "<b>{cell}</b>: không có việc gì đang chờ.", "<b>{cell}</b>: nothing waits.", cell=cell
            )
        return paragraph(calm + say(" {what}.", " {what}.", what=answered), *besides, *outages)
    return paragraph(
        sentence,
        lines(*rows),
        lines(
            say("<b>{cell}</b>", "<b>{cell}</b>", cell=cell),
            answered + say(".", "."),
            say("Việc đang chờ: <b>{n}</b>", "Matters waiting: <b>{n}</b>", n=waiting),
        ),
        *besides,
        *outages,
    )


def _told(count: int) -> Text:
    return say(
        "Sáng nay đã có tin riêng về {n} đồng chí; ở đây không nhắc lại.",
        "Of {n} another message of this morning has spoken; they are not named again.",
        n=count,
    )


def outage(*, began_at: datetime, ended_at: datetime) -> Text:
    return say(
        "Chương trình bị gián đoạn {length}, từ {began} đến {ended}. Hạn trả lời của mọi người đã được lùi tương ứng; "
        "không ai bị tính quá hạn vì việc này.",
        "The program was down for {length}, from {began} to {ended}. Everybody's deadline has moved by as much; nobody "
        "is late because of it.",
        length=span(ended_at - began_at),
        began=moment(began_at, HOME_ZONE),
        ended=moment(ended_at, HOME_ZONE),
    )


def choose(*, cell: str, day: int | None, hour: int) -> Text:
    now = (
        say(
            "Hiện gửi: {day} hằng tuần, lúc {hour}:00.",
            "Now: every {day} at {hour}:00.",
            hour=hour,
            day=DAYS[day],
        )
        if day is not None
        else say("Hiện không gửi.", "Now: none is sent.")
    )
    return paragraph(
        say("<b>Bản tin hằng tuần</b> của {cell}", "<b>Weekly digest</b> of {cell}", cell=cell),
        now,
        say("Đồng chí muốn nhận vào sáng nào?", "On which morning would you like it?"),
    )


def chosen(*, day: int | None, at: datetime | None) -> Text:
    if day is None or at is None:
        return say(
            "✓ Sẽ không gửi bản tin hằng tuần nữa. Tin báo quá hạn mỗi sáng vẫn gửi như thường.",
            "✓ No weekly digest from now on. The morning alert about who is late comes as before.",
        )
    return say("✓ Bản tin sau: {at}.", "✓ The next one: {at}.", at=moment(at, HOME_ZONE))
