"""Words of the weekly digest, and of the screen on which its morning is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, moment, say, span

WHEN = say("Đổi ngày nhận")
NEVER = say("Không gửi bản tin")
DAYS: dict[int, Text] = {
    0: say("Thứ Hai"),
    1: say("Thứ Ba"),
    2: say("Thứ Tư"),
    3: say("Thứ Năm"),
    4: say("Thứ Sáu"),
    5: say("Thứ Bảy"),
    6: say("Chủ nhật"),
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
    """Say the week's summary. `told`: of how many another message of this morning has spoken."""
    besides = [_told(told)] if told else []
    if not waiting:
        if told:
            calm = say("<b>{cell}</b>: không còn việc nào khác đang chờ.", cell=cell)
        else:
            calm = say("<b>{cell}</b>: không có việc gì đang chờ.", cell=cell)
        return paragraph(calm + say(" {what}.", what=answered), *besides, *outages)
    return paragraph(
        sentence,
        lines(*rows),
        lines(
            say("<b>{cell}</b>", cell=cell), answered + say("."), say("Việc đang chờ: <b>{n}</b>", n=waiting)
        ),
        *besides,
        *outages,
    )


def _told(count: int) -> Text:
    return say("Sáng nay đã có tin riêng về {n} đồng chí; ở đây không nhắc lại.", n=count)


def outage(*, began_at: datetime, ended_at: datetime) -> Text:
    return say(
        "Chương trình bị gián đoạn {length}, từ {began} đến {ended}. Hạn trả lời của mọi người đã được lùi tương ứng; "
        "không ai bị tính quá hạn vì việc này.",
        length=span(ended_at - began_at),
        began=moment(began_at, HOME_ZONE),
        ended=moment(ended_at, HOME_ZONE),
    )


def choose(*, cell: str, day: int | None, hour: int) -> Text:
    now = (
        say("Hiện gửi: {day} hằng tuần, lúc {hour}:00.", hour=hour, day=DAYS[day])
        if day is not None
        else say("Hiện không gửi.")
    )
    return paragraph(
        say("<b>Bản tin hằng tuần</b> của {cell}", cell=cell), now, say("Đồng chí muốn nhận vào sáng nào?")
    )


def chosen(*, day: int | None, at: datetime | None) -> Text:
    if day is None or at is None:
        return say("✓ Sẽ không gửi bản tin hằng tuần nữa. Tin báo quá hạn mỗi sáng vẫn gửi như thường.")
    return say("✓ Bản tin sau: {at}.", at=moment(at, HOME_ZONE))
