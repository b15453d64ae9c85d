"""Words about plain counts and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, Text, join, moment, month, raw, say, say_as


def month_ahead() -> Text:
    return say("Tháng này chưa đến. Mời chọn một tháng đã qua hoặc tháng này.")


def counts(
    *,
    year: int,
    silent: Sequence[date],
    absent: Sequence[date],
    absent_source: tuple[str, datetime] | None,
    dues_until: date | None,
    dues_source: tuple[str, datetime] | None,
    elsewhere: bool,
    own: bool,
) -> Text:
    """Say the counts of a year, each with its source. `own`: the member reads about themselves; `elsewhere`: pays there."""
    head = say("<b>Số liệu theo dõi năm {year}</b>", year=year)
    rows = lines(
        say(
            "• Số tháng chưa có liên hệ: {n} (theo báo cáo và ghi nhận liên hệ){which}",
            n=len(silent),
            which=_which(silent),
        ),
        say(
            "• Số tháng vắng sinh hoạt: {n}{source}{which}",
            n=len(absent),
            source=_source(absent_source),
            which=_which(absent),
        ),
        say("• Đảng phí: nộp ở nơi sinh hoạt tạm thời")
        if elsewhere
        else say(
            "• Đảng phí ghi nhận đến: {until}{source}",
            until=month(dues_until) if dues_until else say("chưa ghi"),
            source=_source(dues_source),
        ),
    )
    return paragraph(head, rows, _what_you_can_do() if own else _only_counts())


def _which(months: Sequence[date]) -> Text:
    if not months:
        return EMPTY
    return say(": {list}", list=join([month(one) for one in months], ", "))


def _source(source: tuple[str, datetime] | None) -> Text:
    if source is None:
        return EMPTY
    by, at = source
    if not by:
        return say(" (theo điểm danh cuộc họp)")
    return say(" (đồng chí {by} nhập, {at})", by=by, at=moment(at, HOME_ZONE))


def _only_counts() -> Text:
    return say("Đây chỉ là số đếm. Lý do và cách giải quyết do chi bộ xem xét cùng đồng chí ấy.")


def _what_you_can_do() -> Text:
    return say(
        "Nếu có chỗ chưa đúng, mời báo bí thư sửa. Gửi báo cáo: gõ /baocao. Cần chi bộ giúp: gõ /hotro. Cách đóng "
        "đảng phí từ xa: mời hỏi bí thư."
    )


# --- the cell's list ------------------------------------------------------------------------------------------------

LIST = say("Số liệu theo dõi cả chi bộ")
DUES = say("Ghi đảng phí cho nhiều người")
TYPING_DUES = say("ghi đảng phí")
PICK_DONE = say_as("screening", "Xong, xem lại")


def people(*, cell: str, year: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>{cell}</b>, năm {year}", cell=cell, year=year)
    if not rows:
        return paragraph(
            head, say("Không ai có tháng chưa liên hệ, vắng họp không lý do, hay chậm ghi đảng phí.")
        )
    of = say("Trang {page}/{pages}.", page=page + 1, pages=pages) if pages > 1 else EMPTY
    return paragraph(head, lines(*rows), join([_only_counts(), of], " "))


def person(*, name: str, silent: int, absent: int, behind: int) -> Text:
    parts = []
    if silent:
        parts.append(say("{n} tháng chưa liên hệ", n=silent))
    if absent:
        parts.append(say("{n} tháng vắng họp", n=absent))
    if behind:
        parts.append(say("đảng phí chưa ghi {n} tháng", n=behind))
    return say("• <b>{name}</b>: {what}", name=name, what=join(parts, "; "))


def ask_month() -> Text:
    return say("Sổ ghi đã đóng đến tháng nào? Chọn, hoặc gõ tháng/năm, ví dụ 09/2026.")


def ask_people(*, until: date, names: Sequence[str]) -> Text:
    chosen = join([raw(name) for name in names], ", ") if names else say("chưa có ai")
    return say(
        "Ai đã đóng đến {until}? Chạm tên để chọn, chạm lần nữa để bỏ. Đã chọn {n}: {names}.",
        until=month(until),
        n=len(names),
        names=chosen,
    )


def chosen(*, name: str) -> Text:
    return say("✓ {name}", name=name)


def all_left(*, count_of: int) -> Text:
    return say("Chọn cả {n} đồng chí còn lại", n=count_of)


def next_page(*, page: int, pages: int) -> Text:
    return say("Sang trang {page}/{pages} ›", page=page + 1, pages=pages)


def check(*, until: date, names: Sequence[str]) -> Text:
    return say(
        "Ghi đảng phí đến {until} cho {n} đồng chí: {names}?",
        until=month(until),
        n=len(names),
        names=join([raw(name) for name in names], ", "),
    )


def record_all(*, count_of: int) -> Text:
    return say("Đúng, ghi {n} đồng chí", n=count_of)


def kept(*, until: date, count_of: int) -> Text:
    return say("Đã ghi đảng phí đến {until} cho {n} đồng chí.", until=month(until), n=count_of)


def nobody_chosen() -> Text:
    return say("Mời chọn ít nhất một đồng chí.")


def month_not_read() -> Text:
    return say("Chưa đọc được tháng. Mời gõ như 09/2026.")
