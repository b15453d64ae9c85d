"""Words of a member's year on two pages: the same for the member, for the desk and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.away.away import ROUTES
from models.phrases.common import lines, paragraph
from models.phrases.meeting.attendance import HOWS, year as attended_words
from models.phrases.meeting.task import STATES
from models.phrases.text import Text, day, join, raw, say, say_as

MINE = say("Một năm của tôi")
SEE = say("Xem phiếu của tôi")
OPEN = say("Mở phiếu")
OF_MEMBER = say("Phiếu một năm")
PRINT = say("In hai trang (.docx)")
BEFORE = say("Năm trước")
THIS_YEAR = say("Năm nay")
PAPERS = say("Lấy bộ giấy tờ (.zip)")

TASKS = say_as("year_sheet", "Nhiệm vụ")
REVIEWS = say("Cam kết, kiểm điểm")
MEETINGS = say("Sinh hoạt chi bộ")
STUDY = say("Học tập (đồng chí tự ghi)")
CONTACTS = say("Báo cáo, liên hệ")
DECISIONS = say("Quyết định, văn bản")
KINDS: dict[str, Text] = {
    "review": say_as("year_sheet", "Bản kiểm điểm"),
    "commitment": say_as("year_sheet", "Bản cam kết"),
}


def screen(*, name: str | None, year: int, chapters: Sequence[tuple[Text, Sequence[Text]]]) -> Text:
    """Lay the parts out. `name` None: the reader's own year."""
    head = (
        say("<b>Năm {year} của đồng chí</b>, như chương trình đang ghi", year=year)
        if name is None
        else say("<b>Năm {year} của đồng chí {name}</b>", year=year, name=name)
    )
    parts = [
        lines(say("<b>{name}</b>", name=part), *(say("• {words}", words=one) for one in found))
        for part, found in chapters
    ]
    return paragraph(head, *parts)


def printed(*, year: int) -> Text:
    return say("Phiếu năm {year}, tối đa hai trang A4, cùng những câu trên màn hình.", year=year)


def asked(*, by: str, year: int, on: date) -> Text:
    return say(
        "Đồng chí {by} muốn xem phiếu năm {year} của đồng chí: nhiệm vụ, sinh hoạt, liên hệ, văn bản đã ghi. Đồng chí xem "
        "trước; chỗ nào chưa đúng, mời báo lại. Từ ngày {on}, hoặc ngay khi đồng chí đã mở, người ấy xem được.",
        by=by,
        year=year,
        on=day(on),
    )


def asked_back(*, name: str, on: date) -> Text:
    return say(
        "Đã báo đồng chí {name} xem trước. Đồng chí ấy mở xem thì có tin ngay; chậm nhất ngày {on} thì mở được.",
        name=name,
        on=day(on),
    )


def seen(*, name: str, year: int) -> Text:
    return say("Đồng chí {name} đã xem phiếu năm {year} của mình. Nay mở được.", name=name, year=year)


def nothing() -> Text:
    return say("chưa ghi gì")


def and_more(*, count: int) -> Text:
    return say("và {n} việc nữa", n=count)


def on_paper() -> Text:
    return say("làm trên giấy, không ghi ở đây")


def task(*, text: str, due_on: date, state: str, closed_on: date | None) -> Text:
    if closed_on is not None:
        return say(
            "{text} (hạn {due}): {state}, {on}",
            text=text,
            due=day(due_on),
            state=STATES[state],
            on=day(closed_on),
        )
    return say("{text} (hạn {due}): {state}", text=text, due=day(due_on), state=STATES[state])


def review(*, kind: str, in_on: date | None, deadline: date) -> Text:
    if in_on is None:
        return say("{what}: chưa nộp (hạn {due})", what=KINDS[kind], due=day(deadline))
    return say("{what}: nộp ngày {on}", what=KINDS[kind], on=day(in_on))


def attended(*, attended: int, held: int, online: int) -> Text:
    return attended_words(attended=attended, held=held, online=online)


def absent(*, how: str, days: Sequence[date]) -> Text:
    return say("{how}: {days}", how=HOWS[how], days=join([day(one) for one in days], ", "))


def studied(*, title: str, on: date) -> Text:
    return say("{title} ({on})", title=title, on=day(on))


def reports(*, answered: int, asked: int) -> Text:
    return say("Báo cáo: đã trả lời {answered} trên {asked} kỳ", answered=answered, asked=asked)


def contacts(*, reached: int, tried: int, last: date | None) -> Text:
    words = say("Chi bộ liên hệ: gặp được {reached} lần, chưa gặp {tried} lần", reached=reached, tried=tried)
    return words + say("; gần nhất {on}", on=day(last)) if last else words


def granted(*, route: str, until: date) -> Text:
    return say("{route} đến hết ngày {until}", route=ROUTES[route], until=day(until))


def decision(*, number: str | None, on: date | None, by: str, what: Text) -> Text:
    if not by:
        return say("Đã ghi nhận ngày {on}: {what}", on=day(on) if on else raw("…"), what=what)
    return say(
        "Số {number}, ngày {on}, của {by}: {what}",
        number=number or say("chưa ghi"),
        on=day(on) if on else say("chưa ghi"),
        by=by,
        what=what,
    )
