"""Words about ratings. The program records and counts; nothing here praises, blames or proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, join, raw, say

LEVELS: dict[str, Text] = {
    "hoan_thanh_xuat_sac": say("Hoàn thành xuất sắc nhiệm vụ", "Excellent"),
    "hoan_thanh_tot": say("Hoàn thành tốt nhiệm vụ", "Good"),
    "hoan_thanh": say("Hoàn thành nhiệm vụ", "Completed"),
    "khong_hoan_thanh": say("Không hoàn thành nhiệm vụ", "Not completed"),
}
STAGES: dict[str, Text] = {
    "proposed": say("Chi bộ đề xuất", "Proposed by the cell"),
    "decided": say("Cấp ủy quyết định", "Decided by the committee"),
}
_NEEDS: dict[str, Text] = {
    "proposed": say("biên bản họp chi bộ", "minutes of the cell"),
    "decided": say("quyết định của cấp ủy", "decision of the committee"),
}
_FITS: dict[str, Text] = {
    "agrees": say("khớp", "agrees"),
    "cut off": say("bị cắt số lẻ, không làm tròn", "cut off, not rounded"),
    "disagrees": say("KHÔNG KHỚP với số đếm", "DOES NOT AGREE with the count"),
}

RATING = say("Xếp loại chất lượng", "Quality ratings")
RECORDS: dict[str, Text] = {
    "proposed": say("Ghi đề xuất của chi bộ", "Record the cell's proposal"),
    "decided": say("Ghi quyết định của cấp ủy", "Record the committee's decision"),
}
PEOPLE = say("Xem từng đồng chí", "Member by member")
SUMMARY = say("Tải bảng tổng hợp (.xlsx)", "Download the summary (.xlsx)")
FIGURES = say("Nhập số liệu đã in", "Enter printed figures")
TODAY = say("Hôm nay", "Today")
ALL_LEFT = say("Chọn tất cả đồng chí chưa ghi", "Choose all who are not recorded")
DONE_CHOOSING = say("Ghi các đồng chí đã chọn", "Record those chosen")
NONE_LEFT = say("Xong", "Done")
RECORDING = say("ghi kết quả xếp loại", "recording ratings")
ENTERING_FIGURES = say("nhập số liệu xếp loại đã in", "entering printed figures")
NOT_YET = say("chưa ghi", "not recorded")


def percent(value: Decimal | None) -> Text:
    """11,94 % | 11.94 %; two places, halves upwards."""
    if value is None:
        return raw("–")
    figure = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return say("{comma} %", "{point} %", comma=raw(figure.replace(".", ",")), point=raw(figure))


def as_printed(value: Decimal) -> Text:
    """As it stood there, with as many places."""
    return say("{comma} %", "{point} %", comma=raw(f"{value:f}".replace(".", ",")), point=raw(f"{value:f}"))


def count(value: int) -> Text:
    """2.001 | 2,001"""
    return say("{comma}", "{point}", comma=raw(f"{value:,}".replace(",", ".")), point=raw(f"{value:,}"))


def share(*, level: str, count_of: int, value: Decimal | None) -> Text:
    return say(
        "{level}: <b>{count}</b> ({percent})",
        "{level}: <b>{count}</b> ({percent})",
        level=LEVELS[level],
        count=count(count_of),
        percent=percent(value),
    )


def base(*, rated: int, members: int) -> Text:
    return say(
        "Tỷ lệ tính trên <b>{rated}</b> đồng chí đã có quyết định xếp loại; danh sách có {members}, chưa ghi {left}.",
        "Percentages of the <b>{rated}</b> members who were rated; on the list {members}, not recorded {left}.",
        rated=count(rated),
        members=count(members),
        left=count(members - rated),
    )


def cap(
    *, excellent: int, good: int, allowed: int, most: int, usual: int, exception: int, document: str
) -> Text:
    return say(
        "Mức xuất sắc: {excellent} đồng chí. Theo {document}: không quá {usual} % số “hoàn thành tốt” ({good}), tức "
        "{allowed}; {most} nếu cấp có thẩm quyền cho phép {exception} %. Đây là số đếm, chương trình không chặn.",
        "Excellent: {excellent}. By {document}: at most {usual} % of those rated good ({good}), that is {allowed}; {most} "
        "where the competent level allows {exception} %. This is a count: nothing is stopped.",
        excellent=count(excellent),
        good=count(good),
        allowed=count(allowed),
        most=count(most),
        usual=usual,
        exception=exception,
        document=document,
    )


def overview(
    *, cell: str, year: int, proposed: Sequence[Text], decided: Sequence[Text], base_of: Text, cap_of: Text
) -> Text:
    return paragraph(
        say("<b>Xếp loại năm {year}</b> – {cell}", "<b>Ratings of {year}</b> – {cell}", year=year, cell=cell),
        lines(say("<b>{what}</b>", "<b>{what}</b>", what=STAGES["proposed"]), *proposed),
        lines(say("<b>{what}</b>", "<b>{what}</b>", what=STAGES["decided"]), *decided),
        base_of,
        cap_of,
    )


def proposed_line(*, level: str, count_of: int) -> Text:
    return say("{level}: {count}", "{level}: {count}", level=LEVELS[level], count=count(count_of))


def unit_overview(*, unit: str, year: int, shares: Sequence[Text], base_of: Text, cap_of: Text) -> Text:
    return paragraph(
        say("<b>Xếp loại năm {year}</b> – {unit}", "<b>Ratings of {year}</b> – {unit}", year=year, unit=unit),
        lines(*shares),
        base_of,
        cap_of,
    )


def no_campaign(*, unit: str) -> Text:
    return say(
        "{unit}: chưa có đợt kiểm điểm nào có xếp loại, và chưa nhập số liệu nào.",
        "{unit}: no reviews with ratings yet, and no figures were entered.",
        unit=unit,
    )


def printed_figures(
    *, source: str | None, on: date, rows: Sequence[Text], base_of: int, total: Decimal | None
) -> Text:
    """`base_of`: the counts' sum, on which everything is computed again."""
    head = say(
        "<b>Số liệu đã in</b>, nhập ngày {on}{source}. Tính lại trên {base}:",
        "<b>Printed figures</b>, entered on {on}{source}. Computed again on {base}:",
        on=day(on),
        source=say(" ({source})", " ({source})", source=source) if source else raw(""),
        base=count(base_of),
    )
    parts = [head, *rows]
    if total is not None and total != 100:
        parts.append(
            say(
                "Tổng các tỷ lệ đã in: {sum}.",
                "The printed percentages add up to {sum}.",
                sum=as_printed(total),
            )
        )
    return lines(*parts)


def printed_line(
    *, level: str, count_of: int, value: Decimal | None, printed: Decimal | None, fit: str | None
) -> Text:
    mine = share(level=level, count_of=count_of, value=value)
    if printed is None or fit is None:
        return mine
    return say(
        "{mine}; đã in {printed}: {fit}",
        "{mine}; printed {printed}: {fit}",
        mine=mine,
        printed=as_printed(printed),
        fit=_FITS[fit],
    )


def cell_line(*, name: str, rated: int, members: int) -> Text:
    return say(
        "{name}: {rated}/{members}", "{name}: {rated}/{members}", name=name, rated=rated, members=members
    )


# --- people ---------------------------------------------------------------------------------------------------------


def people(*, year: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say(
        "<b>Xếp loại năm {year}</b>: từng đồng chí (trang {page}/{pages})",
        "<b>Ratings of {year}</b>: member by member (page {page}/{pages})",
        year=year,
        page=page + 1,
        pages=pages,
    )
    return lines(head, *rows) if rows else head


def person_line(
    *, name: str, own: str | None, proposed: str | None, decided: str | None, shows_own: bool
) -> Text:
    """`shows_own`: for the cell; the committee reads what was proposed and decided about somebody."""
    if not shows_own:
        return say(
            "{name}: chi bộ {proposed}; cấp ủy {decided}",
            "{name}: cell {proposed}; committee {decided}",
            name=name,
            proposed=_level(proposed),
            decided=_level(decided),
        )
    return say(
        "{name}: tự đề xuất {own}; chi bộ {proposed}; cấp ủy {decided}",
        "{name}: own proposal {own}; cell {proposed}; committee {decided}",
        name=name,
        own=_level(own),
        proposed=_level(proposed),
        decided=_level(decided),
    )


def _level(level: str | None) -> Text:
    return say("“{level}”", "“{level}”", level=LEVELS[level]) if level in LEVELS else NOT_YET


def person(*, name: str, year: int, rows: Sequence[Text]) -> Text:
    head = say(
        "<b>{name}</b> – xếp loại năm {year}", "<b>{name}</b> – ratings of {year}", name=name, year=year
    )
    return paragraph(head, *(rows or [say("Chưa ghi gì.", "Nothing is recorded yet.")]))


def recorded(
    *,
    stage: str,
    level: str,
    number: str,
    on: date,
    by: str | None,
    typed_by: str,
    typed_on: date,
    reason: str | None,
) -> Text:
    said = say(
        "{stage}: <b>{level}</b>\nVăn bản số {number} ngày {on}, {by}. Người ghi: {typed}, {typed_on}.",
        "{stage}: <b>{level}</b>\nPaper no. {number} of {on}, {by}. Recorded by {typed}, {typed_on}.",
        stage=STAGES[stage],
        level=LEVELS[level],
        number=number,
        on=day(on),
        by=by or raw("–"),
        typed=typed_by,
        typed_on=day(typed_on),
    )
    return (
        lines(said, say("Lý do thay đổi: {reason}", "Reason of the change: {reason}", reason=reason))
        if reason
        else said
    )


def told_member(*, year: int, level: str, number: str, on: date, by: str, changed: bool) -> Text:
    head = (
        say(
            "Kết quả xếp loại năm {year} của đồng chí đã được thay đổi.",
            "Your rating of {year} was changed.",
            year=year,
        )
        if changed
        else say(
            "Đã có kết quả xếp loại năm {year} của đồng chí.",
            "Your rating of {year} was recorded.",
            year=year,
        )
    )
    said = say(
        "<b>{level}</b>: văn bản số {number} ngày {on}, {by}. Nếu thấy chưa đúng, mời đồng chí nói với bí thư chi bộ.",
        "<b>{level}</b>: paper no. {number} of {on}, {by}. If that is not right, please speak to the secretary.",
        level=LEVELS[level],
        number=number,
        on=day(on),
        by=by,
    )
    return paragraph(head, said)


# --- recording ------------------------------------------------------------------------------------------------------


def ask_number(*, stage: str) -> Text:
    return say(
        "Số {paper}? Ví dụ: 12-BB/CB.", "Number of the {paper}? For example 12-BB/CB.", paper=_NEEDS[stage]
    )


def ask_day(*, stage: str) -> Text:
    return say(
        "Ngày của {paper}? Gõ ngày/tháng/năm.",
        "Its date ({paper})? Type day/month/year.",
        paper=_NEEDS[stage],
    )


def ask_decider(*, stage: str) -> Text:
    return say(
        "Ai quyết định, theo văn bản ({paper})?",
        "Who decided, as the paper names them ({paper})?",
        paper=_NEEDS[stage],
    )


def ask_level(*, left: int) -> Text:
    return say(
        "Ghi mức nào? Còn {left} đồng chí chưa ghi.",
        "Which level? {left} members are not recorded yet.",
        left=left,
    )


def ask_who(*, level: str, chosen: int, page: int, pages: int) -> Text:
    return say(
        "Những ai được ghi “{level}”? Chạm tên để chọn hoặc bỏ chọn. Đã chọn {chosen}. Trang {page}/{pages}.",
        "Who is recorded as “{level}”? Touch a name to choose or drop it. Chosen: {chosen}. Page {page}/{pages}.",
        level=LEVELS[level],
        chosen=chosen,
        page=page + 1,
        pages=pages,
    )


def chosen(*, name: str, level: str | None) -> Text:
    """A name that is chosen, and the level that stands there now."""
    return say("[x] {who}", "[x] {who}", who=not_chosen(name=name, level=level))


def not_chosen(*, name: str, level: str | None) -> Text:
    return (
        say("{name} – {level}", "{name} – {level}", name=name, level=LEVELS[level])
        if level in LEVELS
        else raw(name)
    )


def ask_reason(*, names: Sequence[str], limit: int) -> Text:
    return say(
        "Mức này khác mức đã ghi hoặc đã đề xuất của: {names}. Mời ghi lý do thay đổi (tối đa {limit} ký tự); lý do và "
        "người quyết định được giữ cùng bản ghi.",
        "This differs from what was recorded or proposed for: {names}. Please give the reason (at most {limit} "
        "characters); it is kept with who decided.",
        names=join([raw(name) for name in names], ", "),
        limit=limit,
    )


def kept(*, level: str, people_count: int) -> Text:
    return say(
        "Đã ghi “{level}” cho {n} đồng chí.",
        "Recorded “{level}” for {n} members.",
        level=LEVELS[level],
        n=people_count,
    )


def nobody_chosen() -> Text:
    return say("Mời chọn ít nhất một đồng chí.", "Please choose at least one member.")


def reason_needed() -> Text:
    return say(
        "Mức này khác mức đã ghi hoặc mức chi bộ đề xuất: mời ghi lý do thay đổi.",
        "This is another level than the one recorded or proposed: please give the reason of the change.",
    )


def paper_incomplete() -> Text:
    return say(
        "Cần số văn bản và tên nơi quyết định; chương trình không ghi kết quả nào không có văn bản.",
        "The number of the paper and who decided are needed: nothing is recorded without a paper.",
    )


def day_ahead() -> Text:
    return say(
        "Ngày này chưa đến. Mời ghi ngày trên văn bản đã ký.",
        "That day is still to come. Please give the paper's date.",
    )


def not_rated() -> Text:
    return say("Mẫu của đợt này không có xếp loại.", "The form of this campaign leads to no rating.")


# --- printed figures ------------------------------------------------------------------------------------------------


def ask_year() -> Text:
    return say("Số liệu của năm nào?", "Figures of which year?")


def year_not_read() -> Text:
    return say(
        "Mời gõ năm bằng bốn chữ số, ví dụ 2025.", "Please type the year in four digits, for example 2025."
    )


def ask_source() -> Text:
    return say(
        "Số liệu in ở đâu? Ví dụ: báo cáo tổng kết năm của đảng ủy.",
        "Where were they printed? A report, a newspaper.",
    )


def ask_figures() -> Text:
    return say(
        "Mời gõ bốn dòng theo thứ tự xuất sắc, tốt, hoàn thành, không hoàn thành; mỗi dòng: số đồng chí, rồi tỷ lệ đã in "
        "(nếu có). Dòng thứ năm: tổng số đảng viên, nếu biết. Ví dụ:\n239 12,33\n1699 84,9\n48 2,39\n15 0,74\n2106",
        "Please type four lines: excellent, good, completed, not completed; on each the count, then the printed percentage "
        "if there is one. A fifth line: all members, if known. For example:\n239 12.33\n1699 84.9\n48 2.39\n15 0.74\n2106",
    )


def figures_not_read() -> Text:
    return say(
        "Chưa đọc được. Cần bốn dòng, mỗi dòng bắt đầu bằng số đồng chí, ví dụ: 239 12,33",
        "That could not be read. Four lines are needed, each beginning with the count, for example: 239 12.33",
    )


def more_rated_than_members() -> Text:
    return say(
        "Tổng bốn mức lớn hơn tổng số đảng viên. Mời xem lại các số.",
        "The four levels add up to more than all members. Please look at the figures again.",
    )


# --- on paper -------------------------------------------------------------------------------------------------------

SUMMARY_TITLE = say("TỔNG HỢP KẾT QUẢ KIỂM ĐIỂM, XẾP LOẠI ĐẢNG VIÊN", "SUMMARY OF REVIEWS AND RATINGS")
SUMMARY_SHEET = say("Tổng hợp", "Summary")
STATE = say("Tình trạng", "State")
SCORE_GENERAL = say("Điểm tiêu chí chung", "General points")
SCORE_RESULTS = say("Điểm kết quả nhiệm vụ", "Points for results")
SCORE_TOTAL = say("Tổng điểm tự chấm", "Own total")
OWN_LEVEL = say("Tự đề xuất", "Own proposal")
CELL_LEVEL = say("Chi bộ đề xuất", "Cell's proposal")
CELL_PAPER = say("Biên bản", "Minutes")
COMMITTEE_LEVEL = say("Cấp ủy quyết định", "Committee's decision")
COMMITTEE_PAPER = say("Quyết định", "Decision")
CHANGE = say("Lý do thay đổi", "Reason of change")


def of_year(*, year: int, people_count: int) -> Text:
    return say("Năm {year} – {n} đồng chí", "Year {year} – {n} members", year=year, n=people_count)


def paper(*, number: str, on: date) -> Text:
    return say("{number}, {on}", "{number}, {on}", number=number, on=day(on))
