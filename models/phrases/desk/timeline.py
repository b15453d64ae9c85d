"""Words of a member's timeline: what happened, in a few words each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.away import away as away_words, letter as letter_words
from models.phrases.common import lines, paragraph
from models.phrases.contact import pause as pause_words, request as request_words
from models.phrases.contact.checkin import STATES
from models.phrases.contact.contact_note import how
from models.phrases.people import member as people
from models.phrases.text import Text, capital, day, month, named, say, say_as

SEE = say("Quá trình của đồng chí này")
PRINT = say("In ra giấy (.docx)")
PERSON = say("‹ Đồng chí này")


def page(*, name: str, rows: Sequence[tuple[date, Text]], page: int, pages: int) -> Text:
    head = say("<b>{name}</b>: quá trình, mới nhất trước", name=name)
    if pages > 1:
        turn = say("trang {page}/{pages}", page=page + 1, pages=pages)
        head = lines(head, turn)
    found = [say("<b>{on}</b> {what}", on=day(on), what=what) for on, what in rows]
    return paragraph(head, lines(*found))


def printed(*, name: str) -> Text:
    return say("Quá trình của đồng chí {name}, một trang A4. Đồng chí ấy thấy được ai đã xem.", name=name)


def left_out(*, count: int) -> Text:
    return say("Còn {n} việc cũ hơn không in.", n=count)


def on_the_roster() -> Text:
    return say("Có tên trong danh sách chi bộ")


def left() -> Text:
    return say("Rời danh sách chi bộ")


def linked(*, channel: str) -> Text:
    return say("Liên kết {channel}", channel=people.CHANNELS[channel])


def unlinked(*, channel: str) -> Text:
    return say("Thôi liên kết {channel}", channel=people.CHANNELS[channel])


def report(*, period: date | None, unasked: bool, state: str, by_other: bool, late: bool) -> Text:
    about = say("Báo cáo đột xuất")
    if period is not None:
        about = say("Báo cáo {month}", month=month(period))
    elif unasked:
        about = say_as("timeline", "Tự báo tình hình")
    how = STATES[state]
    if by_other:
        how = say("do người khác ghi nhận")
    if late:
        how += say(", sau hạn")
    return say("{about}: {how}", about=about, how=how)


def contact(*, channel: str, outcome: str, by: str) -> Text:
    what = how(channel=channel, outcome=outcome)
    return say("Liên hệ: {how}, {by} ghi", how=what, by=by)


def absence(*, state: str, vi: str, en: str, begins_on: date, due_on: date) -> Text:
    return say(
        "Đi làm ăn xa, {where} ({first} đến {last}): {state}",
        where=named(vi, en),
        first=day(begins_on),
        last=day(due_on),
        state=away_words.STATES[state],
    )


def paper(*, kind: str, state: str, number: str | None) -> Text:
    words = say("{kind}: {state}", kind=away_words.KINDS[kind], state=away_words.FILING_STATES[state])
    return words + say(", số {number}", number=number) if number else words


def letter(*, kind: str, answered: bool) -> Text:
    if answered:
        return say("Có trả lời: {what}", what=letter_words.KINDS[kind])
    return say("Gửi thư: {what}", what=letter_words.KINDS[kind])


REQUESTS: dict[str, Text] = {
    "opened": say_as("timeline", "Nhờ chi bộ hỗ trợ"),
    "taken": say("Việc nhờ hỗ trợ có người nhận"),
    "closed": say("Việc nhờ hỗ trợ đã xong"),
}


def request(*, did: str, topic: str, kind: str = "help", by: str | None) -> Text:
    if kind != "help":
        what = capital(request_words.KINDS[kind])
        done = say("{what}: đã trả lời, hoặc đã rút", what=what)
        return done if did == "closed" else what
    words = say("{did} ({topic})", did=REQUESTS[did], topic=request_words.TOPICS[topic])
    return words + say(": {by}", by=by) if by else words


def pause(*, kind: str, first: date, last: date) -> Text:
    return say(
        "Báo tạm nghỉ ({kind}) từ {first} đến {last}",
        kind=pause_words.KINDS[kind],
        first=day(first),
        last=day(last),
    )


RUNGS: dict[str, Text] = {
    "contact": say("Lâu chưa có tin: nhờ người giữ liên lạc gọi"),
    "desk": say("Lâu chưa có tin: nhờ bí thư, phó bí thư gọi"),
    "committee": say("Lâu chưa có tin: tính vào số liệu gửi đảng ủy, cần gọi"),
}


def rung(*, rung: str) -> Text:
    return RUNGS[rung]


def promised(*, by: str, on: date) -> Text:
    return say("{by} nhận gọi, hẹn ngày {on}", by=by, on=day(on))


def silence_over() -> Text:
    return say("Hết im lặng")


PROBATIONS: dict[str, Text] = {
    "admitted": say("Được kết nạp"),
    "considered": say("Chi bộ xét công nhận chính thức"),
    "official": say_as("timeline", "Ngày chính thức"),
    "ended": say("Kết thúc theo dõi dự bị"),
}


def probation(*, did: str) -> Text:
    return PROBATIONS[did]
