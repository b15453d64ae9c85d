"""Words about ratings. The program records and counts; nothing here praises, blames or proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.phrases.common import lines, paragraph
from models.phrases.text import LABEL, Text, day, fitting, join, raw, say

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
SHORT: dict[str, Text] = {
    "hoan_thanh_xuat_sac": say("xuất sắc", "excellent"),
    "hoan_thanh_tot": say("tốt", "good"),
    "hoan_thanh": say("hoàn thành", "completed"),
    "khong_hoan_thanh": say("không hoàn thành", "not completed"),
}
_EXAMPLES: dict[str, str] = {"proposed": "12-BB/CB", "decided": "45-QĐ/ĐU"}
_NEEDS: dict[str, Text] = {
    "proposed": say("biên bản họp chi bộ", "minutes of the cell"),
    "decided": say("văn bản quyết định xếp loại", "paper that decides the ratings"),
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
BELOW = say("Từng tổ chức bên dưới", "Unit by unit")
COUNTS = say("Tải số liệu (.xlsx)", "Download the counts (.xlsx)")
OTHER_YEAR = say("Năm khác", "Another year")
NOT_KNOWN = say("Không biết", "Not known")
KEEP_FIGURES = say("Đúng, ghi số liệu", "Right, keep the figures")
FROM_THE_FIRST = say("Nhập lại từ đầu", "Begin anew")
TODAY = say("Hôm nay", "Today")
RIGHTS: dict[str, Text] = {
    "proposed": say("Sửa mức chi bộ đề xuất", "Put the cell's proposal right"),
    "decided": say("Sửa mức cấp ủy quyết định", "Put the decision right"),
}
PUT_RIGHT = say("Có chỗ chưa đúng, sửa lại", "Something is wrong, change it")
CHANGE_IT = say("Sửa lại", "Change it")
DONE_CHOOSING = say("Xong mức này", "Done with this level")
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


def cap_is_later(*, document: str, year: int) -> Text:
    return say(
        "Tỷ lệ khống chế mức xuất sắc của {document} chưa áp dụng cho năm {year}, nên không so ở đây.",
        "The limit on excellent ratings in {document} did not apply to {year}, so it is not compared here.",
        document=document,
        year=year,
    )


def year_of(*, year: int) -> Text:
    return say("Năm {year}", "Year {year}", year=year)


def which_year(*, unit: str) -> Text:
    return say("<b>{unit}</b>: xem năm nào?", "<b>{unit}</b>: which year?", unit=unit)


def too_few(*, smallest: int) -> Text:
    return say(
        "Ít hơn {n} đồng chí nên không hiện số, để không nhận ra ai.",
        "Fewer than {n} members, so nothing is shown: nobody is to be recognised.",
        n=smallest,
    )


def not_shown(*, unit: str, year: int, smallest: int) -> Text:
    head = say(
        "<b>Xếp loại năm {year}</b> – {unit}", "<b>Ratings of {year}</b> – {unit}", year=year, unit=unit
    )
    why = say(
        "Ít hơn {n} đồng chí, hoặc được tính chung với tổ chức khác, nên không hiện số riêng.",
        "Fewer than {n} members, or counted together with another unit, so no figures of its own are shown.",
        n=smallest,
    )
    return paragraph(head, why)


def none_of_year(*, unit: str, year: int) -> Text:
    return say(
        "<b>{unit}</b>, năm {year}: chưa có đợt kiểm điểm nào có xếp loại.",
        "<b>{unit}</b>, {year}: no reviews with ratings.",
        unit=unit,
        year=year,
    )


def below(*, unit: str, year: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say(
        "<b>{unit}</b>, năm {year}: đã xếp loại / trong danh sách (trang {page}/{pages})",
        "<b>{unit}</b>, {year}: rated / on the list (page {page}/{pages})",
        unit=unit,
        year=year,
        page=page + 1,
        pages=pages,
    )
    return lines(head, *(say("• {row}", "• {row}", row=row) for row in rows))


def counts_file(*, unit: str, year: int) -> Text:
    return say(
        "Số liệu xếp loại năm {year}, {unit}: chỉ số lượng, không có tên.",
        "Counts of ratings of {year}, {unit}: numbers only, no names.",
        unit=unit,
        year=year,
    )


def overview(
    *,
    cell: str,
    year: int,
    proposed: Sequence[Text],
    decided: Sequence[Text],
    base_of: Text,
    cap_of: Text,
    waiting: int,
) -> Text:
    """`waiting`: decided, and not told yet."""
    head = say(
        "<b>Xếp loại năm {year}</b> – {cell}", "<b>Ratings of {year}</b> – {cell}", year=year, cell=cell
    )
    return paragraph(
        lines(head, waiting_line(count_of=waiting)) if waiting else head,
        lines(say("<b>{what}</b>", "<b>{what}</b>", what=STAGES["proposed"]), *proposed),
        lines(say("<b>{what}</b>", "<b>{what}</b>", what=STAGES["decided"]), *decided),
        base_of,
        cap_of,
    )


def proposed_line(*, level: str, count_of: int) -> Text:
    return say("{level}: {count}", "{level}: {count}", level=LEVELS[level], count=count(count_of))


def unit_overview(
    *,
    unit: str,
    year: int,
    shares: Sequence[Text],
    base_of: Text,
    cap_of: Text,
    parts: Sequence[Text],
) -> Text:
    """`parts`: what is one level below, where that is short."""
    rows = [say("• {part}", "• {part}", part=one) for one in parts]
    return paragraph(
        say("<b>Xếp loại năm {year}</b> – {unit}", "<b>Ratings of {year}</b> – {unit}", year=year, unit=unit),
        lines(*shares),
        base_of,
        *([lines(*rows)] if rows else []),
        cap_of,
    )


def no_campaign(*, unit: str) -> Text:
    return say(
        "{unit}: chưa có đợt kiểm điểm nào có xếp loại, và chưa nhập số liệu nào.",
        "{unit}: no reviews with ratings yet, and no figures were entered.",
        unit=unit,
    )


def printed_figures(
    *,
    source: str | None,
    on: date,
    rows: Sequence[Text],
    base_of: int,
    members: int | None,
    total: Decimal | None,
    cap_of: Text,
) -> Text:
    """`base_of`: the counts' sum, on which everything is computed again; `members`: all, where it was printed."""
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
    if members is not None:
        parts.append(
            say(
                "Tổng số đảng viên đã in: {members}, chưa xếp loại {left}.",
                "All members as printed: {members}, not rated {left}.",
                members=count(members),
                left=count(members - base_of),
            )
        )
    return lines(*parts, cap_of)


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


def cell_line(*, names: Sequence[str], rated: int, members: int) -> Text:
    """One unit, or several that are counted as one."""
    return say(
        "{names}: {rated}/{members}",
        "{names}: {rated}/{members}",
        names=join([raw(name) for name in names], " + "),
        rated=rated,
        members=members,
    )


# --- telling ----------------------------------------------------------------------------------------------------------


def tell(*, count_of: int) -> Text:
    return say("Báo kết quả ({n} đồng chí)", "Tell the result ({n} members)", n=count_of)


def tell_yes(*, count_of: int) -> Text:
    return say("Đúng, báo cho {n} đồng chí", "Right, tell {n} members", n=count_of)


def sure_to_tell(
    *, year: int, rows: Sequence[tuple[str, Sequence[Text]]], count_of: int, changed: bool
) -> Text:
    """`changed`: since it was looked over somebody has put something right."""
    head = say(
        "Báo kết quả xếp loại năm {year} cho <b>{n}</b> đồng chí dưới đây? Mỗi đồng chí chỉ nhận mức của mình.",
        "Tell these <b>{n}</b> members their rating of {year}? Each gets their own level only.",
        year=year,
        n=count_of,
    )
    after = say(
        "Chưa ai nhận được gì. Báo rồi mà phải đổi thì cần văn bản khác và lý do.",
        "Nobody has been told yet. To change it afterwards takes another paper and a reason.",
    )
    new = say(
        "Danh sách vừa có thay đổi nên chưa báo cho ai; mời xem lại.",
        "The list has just changed, so nobody was told; please look again.",
    )
    return paragraph(*([new] if changed else []), lines(head, after), *(_level_rows(*one) for one in rows))


def _level_rows(level: str, names: Sequence[Text]) -> Text:
    head = say("<b>{level}</b> ({n}):", "<b>{level}</b> ({n}):", level=LEVELS[level], n=len(names))
    return lines(head, *(say("• {name}", "• {name}", name=name) for name in names))


def nothing_to_tell() -> Text:
    return say("Không còn kết quả nào chờ báo.", "There is no result left to be told.")


def waiting_line(*, count_of: int) -> Text:
    return say(
        "Đã ghi mà <b>chưa báo</b>: {n} đồng chí.",
        "Recorded and <b>not told yet</b>: {n} members.",
        n=count_of,
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
        "Số {paper}? Ví dụ: {example}.",
        "Number of the {paper}? For example {example}.",
        paper=_NEEDS[stage],
        example=_EXAMPLES[stage],
    )


def ask_day(*, stage: str) -> Text:
    return say(
        "Ngày của {paper}? Gõ ngày/tháng/năm.",
        "Its date ({paper})? Type day/month/year.",
        paper=_NEEDS[stage],
    )


def ask_decider(*, stage: str) -> Text:
    return say(
        "Ai quyết định, ghi như trong {paper}?",
        "Who decided, as named in the {paper}?",
        paper=_NEEDS[stage],
    )


def ask_level(*, left: int, chosen: Sequence[tuple[str, int]]) -> Text:
    ask = say(
        "Ghi mức nào? Còn {left} đồng chí chưa có mức.",
        "Which level? {left} members have none yet.",
        left=left,
    )
    if not chosen:
        return ask
    so_far = join(
        [say("{level} {n}", "{level} {n}", level=SHORT[level], n=count_of) for level, count_of in chosen],
        ", ",
    )
    return paragraph(
        lines(ask, say("Đã chọn: {so_far}.", "Chosen: {so_far}.", so_far=so_far)),
        say(
            "Chưa ghi và chưa báo cho ai. Chọn xong, mời bấm “Xem lại và ghi”.",
            "Nothing is recorded and nobody is told. When you are done, choose “Look over and record”.",
        ),
    )


def all_recorded() -> Text:
    return say(
        "Tất cả đã có mức ở bước này. Cần đổi thì chọn mức đúng rồi chọn tên.",
        "Everybody has a level at this stage. To change one, choose the right level, then the name.",
    )


def ask_right_level(*, name: str, now: str | None) -> Text:
    return say(
        "Mức đúng của đồng chí {name}? Đang ghi: {now}.",
        "The right level of {name}? Recorded: {now}.",
        name=name,
        now=_level(now),
    )


def as_proposed(*, count_of: int) -> Text:
    return say("Như chi bộ đề xuất ({n} đồng chí)", "As the cell proposed ({n})", n=count_of)


def look_over(*, count_of: int) -> Text:
    return say("Xem lại và ghi ({n} đồng chí)", "Look over and record ({n})", n=count_of)


def all_proposed(*, count_of: int) -> Text:
    return say("Chọn cả {n} theo chi bộ đề xuất", "Choose all {n} so proposed", n=count_of)


def all_left(*, count_of: int) -> Text:
    return say("Chọn cả {n} đồng chí còn lại", "Choose all {n} that are left", n=count_of)


def next_page(*, page: int, pages: int) -> Text:
    return say("Sang trang {page}/{pages} ›", "To page {page}/{pages} ›", page=page + 1, pages=pages)


def ask_who(*, level: str, chosen: Sequence[str], others: Sequence[Text]) -> Text:
    ask = say(
        "Ai được ghi “{level}”? Chạm tên để chọn, chạm lần nữa để bỏ. Đã chọn {n}{names}.",
        "Who is recorded as “{level}”? Tap a name to choose it, once more to drop it. Chosen: {n}{names}.",
        level=LEVELS[level],
        n=len(chosen),
        names=_names(chosen),
    )
    return paragraph(ask, lines(*others)) if others else ask


def _names(names: Sequence[str]) -> Text:
    if not names:
        return raw("")
    return say(": {names}", ": {names}", names=join([raw(name) for name in names], ", "))


def beside(*, name: str, there: str | None, proposed: str | None) -> Text | None:
    """`there`: chosen or recorded already; `proposed`: by the cell."""
    parts = []
    if proposed in SHORT:
        parts.append(say("chi bộ đề xuất {level}", "cell proposed {level}", level=SHORT[proposed]))
    if there in SHORT:
        parts.append(say("đang là {level}", "now {level}", level=SHORT[there]))
    if not parts:
        return None
    return say("• {name}: {what}", "• {name}: {what}", name=name, what=join(parts, "; "))


def chosen(name: str) -> Text:
    return say("✓ {name}", "✓ {name}", name=fitting(name, LABEL - 2))


# --- the look over ----------------------------------------------------------------------------------------------------


def check(
    *,
    stage: str,
    number: str,
    on: date,
    by: str,
    rows: Sequence[tuple[str, Sequence[Text]]],
    count_of: int,
    reason: str,
) -> Text:
    ask = say(
        "Ghi <b>{stage}</b> cho {n} đồng chí dưới đây?",
        "Record <b>{stage}</b> for these {n} members?",
        stage=STAGES[stage],
        n=count_of,
    )
    paper_of = say(
        "Văn bản số {number} ngày {on}, {by}. Ghi rồi vẫn sửa được; chưa ai nhận được tin nào.",
        "Paper no. {number} of {on}, {by}. It can be put right afterwards; nobody is told anything yet.",
        number=number,
        on=day(on),
        by=by,
    )
    why = say("Lý do thay đổi: {reason}", "Reason of the change: {reason}", reason=reason)
    return paragraph(lines(ask, paper_of), *(_level_rows(*one) for one in rows), *([why] if reason else []))


def record_all(*, count_of: int) -> Text:
    return say("Đúng, ghi {n} đồng chí", "Right, record {n} members", n=count_of)


def checked(*, name: str, before: str | None, proposed: str | None) -> Text:
    """`before`, `proposed`: what stood there, what the cell proposed, where that is another level."""
    parts = []
    if before in SHORT:
        parts.append(say("trước đó {level}", "before: {level}", level=SHORT[before]))
    if proposed in SHORT:
        parts.append(say("chi bộ đề xuất {level}", "cell proposed {level}", level=SHORT[proposed]))
    if not parts:
        return raw(name)
    return say("{name} ({what})", "{name} ({what})", name=name, what=join(parts, "; "))


def ask_reason(*, names: Sequence[str], limit: int) -> Text:
    return say(
        "Mức này khác mức đã báo, hoặc khác mức chi bộ đề xuất, của: {names}. Mời ghi lý do (tối đa {limit} ký tự); lý do và "
        "người quyết định được giữ cùng bản ghi.",
        "This differs from what they were told, or from what the cell proposed, for: {names}. Please give the reason (at "
        "most {limit} characters); it is kept with who decided.",
        names=join([raw(name) for name in names], ", "),
        limit=limit,
    )


def kept(*, stage: str, people_count: int) -> Text:
    if stage == "proposed":
        return say(
            "Đã ghi đề xuất của chi bộ cho {n} đồng chí.",
            "The cell's proposal is recorded for {n} members.",
            n=people_count,
        )
    return say(
        "Đã ghi quyết định về {n} đồng chí. Chưa báo cho ai: xem lại rồi bấm “Báo kết quả”.",
        "The decision is recorded for {n} members. Nobody is told yet: look it over, then choose “Tell the result”.",
        n=people_count,
    )


def nobody_chosen() -> Text:
    return say("Mời chọn ít nhất một đồng chí.", "Please choose at least one member.")


def reason_needed() -> Text:
    return say(
        "Mức này khác mức đã báo hoặc mức chi bộ đề xuất: mời ghi lý do thay đổi.",
        "This is another level than the one told or proposed: please give the reason of the change.",
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


def ask_figures(*, level: str, first: bool) -> Text:
    ask = say(
        "“{level}”: bao nhiêu đồng chí? Gõ số, rồi tỷ lệ đã in nếu có. Ví dụ: 239 12,33",
        "“{level}”: how many? Type the count, then the printed percentage if there is one. For example: 239 12.33",
        level=LEVELS[level],
    )
    if not first:
        return ask
    paste = say(
        "Có sẵn cả bảng thì gửi một lần: mỗi mức một dòng, dòng cuối là tổng số đảng viên.",
        "If you have the whole table, send it at once: a line for each level, the last one all members.",
    )
    return paragraph(ask, paste)


def ask_members() -> Text:
    return say("Tổng số đảng viên là bao nhiêu?", "How many members are there in all?")


def typed_line(*, level: str, count_of: int, printed: Decimal | None) -> Text:
    if printed is None:
        return proposed_line(level=level, count_of=count_of)
    return say(
        "{level}: {count}; đã in {printed}",
        "{level}: {count}; printed {printed}",
        level=LEVELS[level],
        count=count(count_of),
        printed=as_printed(printed),
    )


def check_figures(*, year: int, source: str, rows: Sequence[Text], members: int | None) -> Text:
    head = say(
        "Ghi số liệu năm {year} ({source})?",
        "Keep these figures of {year} ({source})?",
        year=year,
        source=source,
    )
    all_of = (
        say("Tổng số đảng viên: {n}", "All members: {n}", n=count(members))
        if members is not None
        else say("Tổng số đảng viên: chưa rõ", "All members: not known")
    )
    return paragraph(head, lines(*rows, all_of))


def figures_not_read() -> Text:
    return say(
        "Chưa đọc được. Mời gõ số đồng chí, rồi tỷ lệ nếu có, ví dụ: 239 12,33. Gửi cả bảng thì cần bốn dòng, mỗi mức một dòng.",
        "That could not be read. Please type the count, then the percentage if there is one, for example: 239 12.33. A whole "
        "table takes four lines, one for each level.",
    )


def more_rated_than_members() -> Text:
    return say(
        "Tổng bốn mức lớn hơn tổng số đảng viên. Mời xem lại các số.",
        "The four levels add up to more than all members. Please look at the figures again.",
    )


# --- on paper -------------------------------------------------------------------------------------------------------

SUMMARY_TITLE = say("TỔNG HỢP KẾT QUẢ KIỂM ĐIỂM, XẾP LOẠI ĐẢNG VIÊN", "SUMMARY OF REVIEWS AND RATINGS")
SUMMARY_SHEET = say("Tổng hợp", "Summary")
COUNTS_TITLE = say("SỐ LIỆU XẾP LOẠI ĐẢNG VIÊN", "RATINGS OF MEMBERS IN FIGURES")
UNITS = say("Tổ chức", "Unit")
ON_LIST = say("Trong danh sách", "On the list")
RATED = say("Đã xếp loại", "Rated")
LEFT = say("Chưa xếp loại", "Not rated")
FOR_COMMITTEE = say("CẤP ỦY", "FOR THE COMMITTEE")
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


def in_year(*, year: int) -> Text:
    return say("Năm {year}", "Year {year}", year=year)


def of_year(*, year: int, people_count: int) -> Text:
    return say("Năm {year} – {n} đồng chí", "Year {year} – {n} members", year=year, n=people_count)


def paper(*, number: str, on: date) -> Text:
    return say("{number}, {on}", "{number}, {on}", number=number, on=day(on))
