"""Words of the desk's queue: one sentence for the morning, then a few words behind each name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.desk.desk import answered_so_far, nothing
from models.phrases.entry.reachability import SILENT
from models.phrases.text import Text, moment, raw, say

GROUPS = say("Xem theo nhóm")
MORE = say("Việc khác")
STILL_MORE = say("Xem thêm")
CHART = say("Biểu đồ 12 tháng")
DIGEST = say("Bản tin hằng tuần")

TABLE = (say("Ai"), say("Việc đang chờ"), say("Từ ngày"))


def first(*, calls: int, worst: str, why: Text, others: int) -> Text:
    """Answer in one sentence "whom must I call today?". `others`: what waits and needs no call."""
    if calls:
        more = say(" Việc khác: {n}.", n=others) if others else raw("")
        who = say(
            "<b>Hôm nay cần gọi {n} đồng chí</b>, trước hết là <b>{name}</b>: {why}.",
            n=calls,
            name=worst,
            why=why,
        )
        return who + more
    if others:
        return say("<b>Hôm nay không phải gọi ai.</b> Việc đang chờ: {n}.", n=others)
    return nothing()


def most_urgent(*, name: str, what: Text) -> Text:
    """Say what is most urgent. `what`: KHẨN, đồng chí hẹn giúp 30/11"""
    return say("Việc gấp nhất: <b>{name}</b>, {what}.", name=name, what=what)


def front(
    *,
    sentence: Text,
    cell: str,
    period: date | None,
    at: datetime,
    zone: str,
    answered: int,
    asked: int,
    away: int,
    count: int,
    page: int,
    pages: int,
    rows: Sequence[Text],
) -> Text:
    about = lines(
        say("<b>{cell}</b> · xem lúc {at}", cell=cell, at=moment(at, zone)),
        answered_so_far(period=period, answered=answered, asked=asked, away=away) + raw("."),
    )
    return paragraph(sentence, *_queue(count, page, pages, rows), about)


def beginning(*, ahead: Sequence[str], summary_at: datetime | None, zone: str) -> Text:
    """Say in the first days of a secretary what is done and what comes next."""

    def mark(step: str) -> str:
        return "▢" if step in ahead else "✓"

    rows = [
        say("{mark} 1. Lập danh sách đảng viên: nhập từ Excel hoặc thêm từng người.", mark=mark("roster")),
        say(
            "{mark} 2. Gửi lời mời cho từng đồng chí đi làm ăn xa; gọi điện báo trước.", mark=mark("invites")
        ),
    ]
    if summary_at is not None:
        rows.append(
            say(
                "{mark} 3. {when}: tóm tắt tuần đầu tiên đến đây, nói rõ cần gọi ai.",
                mark=mark("summary"),
                when=moment(summary_at, zone),
            )
        )
    return lines(say("<b>Những ngày đầu của bí thư</b>"), *rows)


BEGIN = {"roster": say("Bước 1: lập danh sách"), "invites": say("Bước 2: gửi lời mời")}


def _queue(count: int, page: int, pages: int, rows: Sequence[Text]) -> list[Text]:
    if not count:
        return []
    head = say("Đang chờ, lâu nhất trước:")
    if pages > 1:
        head += say(" (trang {page}/{pages})", page=page + 1, pages=pages)
    return [lines(head, *rows)]


def row(*, name: str, what: Text) -> Text:
    return say("• <b>{name}</b>: {what}", name=name, what=what)


# --- the few words behind a name ------------------------------------------------------------------------------------


def line(*, name: str, what: Text) -> Text:
    return say("{name} · {what}", name=name, what=what)


def words(*, work: str | None, moved: bool) -> Text:
    """Say what waits to be read; the words themselves stand in the text above."""
    if work == "lost":
        return say("mất việc, cần đọc")
    return say("chuyển chỗ, cần đọc") if moved else say("có lời báo, cần đọc")


def written() -> Text:
    return say("báo cáo văn bản, cần đọc")


def noted(*, corrected: bool) -> Text:
    if corrected:
        return say("sửa lời ghi, cần đọc")
    return say("có lời ghi, cần đọc")


def quoted(*, said: str) -> Text:
    return say("“{said}”", said=said)


def tried(*, what: Text, on: date) -> Text:
    """Say: quá hạn 3 ngày, gọi 08/12 chưa gặp"""
    return say("{what}, gọi {on} chưa gặp", what=what, on=_short(on))


def late(*, days: int, adhoc: bool) -> Text:
    kind = say("đột xuất, ") if adhoc else raw("")
    if days < 1:
        return kind + say("quá hạn hôm nay")
    return kind + say("quá hạn {days} ngày", days=days)


def silent(*, silent: Text, owner: str | None, on: date | None, listed: bool) -> Text:
    """Say that somebody is silent. `listed`: every step was tried, somebody has to call."""
    if owner is not None and on is not None:
        return say("{owner} hẹn gọi {on}", owner=owner, on=_short(on))
    if listed:
        return say("{silent}, cần gọi", silent=silent)
    return silent


def unreachable(*, state: str, on: date) -> Text:
    return say("{why} từ {on}", why=SILENT[state], on=_short(on))


def request(
    *,
    owner: str | None,
    mine: bool,
    on: date,
    promised_on: date | None,
    past: bool,
    wrote: bool,
    urgent: bool,
) -> Text:
    """Say where a request stands.

    `wrote`: the last word is the member's. `mine`: the reader has promised; `past`: for a day that has gone by.
    """
    what = say("KHẨN, ") if urgent else raw("")
    if wrote:
        return what + say("viết thêm về việc nhờ hỗ trợ")
    if past and promised_on and mine:
        return what + say("đồng chí quá hẹn {on}", on=_short(promised_on))
    if past and promised_on:
        return what + say("{owner} nhận, quá hẹn {on}", owner=owner or "", on=_short(promised_on))
    if mine and promised_on:
        return what + say("đồng chí hẹn giúp {on}", on=_short(promised_on))
    if owner:
        return what + say("cần hỗ trợ, {owner} nhận", owner=owner)
    return what + say("cần hỗ trợ từ {on}", on=_short(on))


def owed_answer(*, on: date, by: date | None, overdue: bool) -> Text:
    if by is None:
        return say("có lời nhắn từ {on}", on=_short(on))
    if overdue:
        return say("kiến nghị, quá hạn {by}", by=_short(by))
    return say("kiến nghị, trả lời đến {by}", by=_short(by))


def identity(*, on: date) -> Text:
    return say("chờ xác nhận từ {on}", on=_short(on))


def abroad(*, since: date, by: date, past: bool) -> Text:
    """Say that somebody abroad is to be heard of again. `since`: the last word of them."""
    if past:
        return say("ở nước ngoài, chưa có tin từ {on}", on=_short(since))
    return say("ở nước ngoài, nên liên hệ trước {on}", on=_short(by))


def letter(*, on: date) -> Text:
    return say("thư {on} chưa trả lời", on=_short(on))


def unsigned(*, on: date) -> Text:
    return say("trả lời {on}: chưa ký, chờ bản giấy", on=_short(on))


def probation(*, on: date) -> Text:
    return say("xét chính thức, hạn {on}", on=_short(on))


def handover(*, count: int) -> Text:
    return say("{n} việc bàn giao chưa nhận", n=count)


def uninvited(*, count: int) -> Text:
    return say("{n} đồng chí đi xa chưa mời", n=count)


def _short(value: date) -> Text:
    return raw(f"{value:%d/%m}")


def names(found: Sequence[Text]) -> Text:
    """Say lines of the queue as text, where there are no buttons: a list."""
    return lines(*(say("• {line}", line=one) for one in found))


def more(*, cell: str) -> Text:
    return say("{cell}: việc khác", cell=cell)
