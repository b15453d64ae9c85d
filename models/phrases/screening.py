"""Words about plain counts and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, join, moment, month, say


def month_ahead() -> Text:
    return say(
        "Tháng này chưa đến. Mời chọn một tháng đã qua hoặc tháng này.",
        "That month has not come yet. Please choose this month or an earlier one.",
    )


def counts(
    *,
    year: int,
    silent: Sequence[date],
    absent: Sequence[date],
    absent_source: tuple[str, datetime] | None,
    dues_until: date | None,
    dues_source: tuple[str, datetime] | None,
    own: bool,
) -> Text:
    """The counts of a year, each with its source; `own`: the member reads about themselves."""
    head = say("<b>Số liệu theo dõi năm {year}</b>", "<b>Counts of {year}</b>", year=year)
    rows = lines(
        say(
            "• Số tháng chưa có liên hệ: {n} (theo báo cáo và ghi nhận liên hệ){which}",
            "• Months without any contact: {n} (from check-ins and noted contacts){which}",
            n=len(silent),
            which=_which(silent),
        ),
        say(
            "• Số tháng vắng sinh hoạt: {n}{source}{which}",
            "• Months absent from meetings: {n}{source}{which}",
            n=len(absent),
            source=_source(absent_source),
            which=_which(absent),
        ),
        say(
            "• Đảng phí ghi nhận đến: {until}{source}",
            "• Dues recorded up to: {until}{source}",
            until=month(dues_until) if dues_until else say("chưa ghi", "not recorded"),
            source=_source(dues_source),
        ),
    )
    return paragraph(head, rows, _what_you_can_do() if own else _only_counts())


def _which(months: Sequence[date]) -> Text:
    if not months:
        return say("", "")
    return say(": {list}", ": {list}", list=join([month(one) for one in months], ", "))


def _source(source: tuple[str, datetime] | None) -> Text:
    if source is None:
        return say("", "")
    by, at = source
    return say(" (đồng chí {by} nhập, {at})", " (typed by {by}, {at})", by=by, at=moment(at, HOME_ZONE))


def _only_counts() -> Text:
    return say(
        "Đây chỉ là số đếm. Lý do và cách giải quyết do chi bộ xem xét cùng đồng chí ấy.",
        "These are counts only. Reasons, and what to do, are for the cell to weigh together with the member.",
    )


def _what_you_can_do() -> Text:
    return say(
        "Nếu có chỗ chưa đúng, mời báo bí thư sửa. Đồng chí có thể gửi báo cáo hoặc nhờ chi bộ giúp ngay (/baocao), "
        "hoặc hỏi bí thư cách đóng đảng phí từ xa.",
        "If something is not right, please tell the secretary. You can check in or ask the cell for help now "
        "(/baocao), or ask the secretary how to pay dues from afar.",
    )
