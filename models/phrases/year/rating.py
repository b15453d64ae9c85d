"""Words about ratings. The program records and counts; nothing here praises, blames or proposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from models.phrases.common import lines, paragraph
from models.phrases.text import LABEL, Text, day, fitting, join, named, raw, say, say_as

LEVELS: dict[str, Text] = {
    "hoan_thanh_xuat_sac": say("Hoàn thành xuất sắc nhiệm vụ"),
    "hoan_thanh_tot": say("Hoàn thành tốt nhiệm vụ"),
    "hoan_thanh": say("Hoàn thành nhiệm vụ"),
    "khong_hoan_thanh": say("Không hoàn thành nhiệm vụ"),
}
STAGES: dict[str, Text] = {
    "proposed": say_as("rating", "Chi bộ đề xuất"),
    "decided": say_as("rating", "Cấp ủy quyết định"),
}
SHORT: dict[str, Text] = {
    "hoan_thanh_xuat_sac": say("xuất sắc"),
    "hoan_thanh_tot": say("tốt"),
    "hoan_thanh": say("hoàn thành"),
    "khong_hoan_thanh": say("không hoàn thành"),
}
_EXAMPLES: dict[str, str] = {"proposed": "12-BB/CB", "decided": "45-QĐ/ĐU"}
_NEEDS: dict[str, Text] = {
    "proposed": say("biên bản họp chi bộ"),
    "decided": say("văn bản quyết định xếp loại"),
}
_FITS: dict[str, Text] = {
    "agrees": say("khớp"),
    "cut off": say("bị cắt số lẻ, không làm tròn"),
    "disagrees": say("KHÔNG KHỚP với số đếm"),
}

RATING = say("Xếp loại chất lượng")
RECORDS: dict[str, Text] = {
    "proposed": say("Ghi đề xuất của chi bộ"),
    "decided": say("Ghi quyết định của cấp ủy"),
}
PEOPLE = say("Xem từng đồng chí")
SUMMARY = say("Tải bảng tổng hợp (.xlsx)")
FIGURES = say("Nhập số liệu đã in")
BELOW = say("Từng tổ chức bên dưới")
COUNTS = say("Tải số liệu (.xlsx)")
OTHER_YEAR = say("Năm khác")
NOT_KNOWN = say("Không biết")
KEEP_FIGURES = say("Đúng, ghi số liệu")
FROM_THE_FIRST = say("Nhập lại từ đầu")
TODAY = say("Hôm nay")
RIGHTS: dict[str, Text] = {
    "proposed": say("Sửa mức chi bộ đề xuất"),
    "decided": say("Sửa mức cấp ủy quyết định"),
}
PUT_RIGHT = say("Có chỗ chưa đúng, sửa lại")
CHANGE_IT = say("Sửa lại")
DONE_CHOOSING = say("Xong mức này")
NONE_LEFT = say("Xong")
RECORDING = say_as("rating", "ghi kết quả xếp loại")
ENTERING_FIGURES = say("nhập số liệu xếp loại đã in")
NOT_YET = say("chưa ghi")


def percent(value: Decimal | None) -> Text:
    """Say: 11,94 % | 11.94 %; two places, halves upwards."""
    if value is None:
        return raw("–")
    figure = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
    return named(f"{figure} %".replace(".", ","), f"{figure} %")


def as_printed(value: Decimal) -> Text:
    """Say a printed figure as it stood there, with as many places."""
    return named(f"{value:f} %".replace(".", ","), f"{value:f} %")


def count(value: int) -> Text:
    """Say: 2.001 | 2,001"""
    return named(f"{value:,}".replace(",", "."), f"{value:,}")


def share(*, level: str, count_of: int, value: Decimal | None) -> Text:
    return say(
        "{level}: <b>{count}</b> ({percent})",
        level=LEVELS[level],
        count=count(count_of),
        percent=percent(value),
    )


def base(*, rated: int, members: int) -> Text:
    return say(
        "Tỷ lệ tính trên <b>{rated}</b> đồng chí đã có quyết định xếp loại; danh sách có {members}, chưa ghi {left}.",
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
        document=document,
        year=year,
    )


def year_of(*, year: int) -> Text:
    return say("Năm {year}", year=year)


def which_year(*, unit: str) -> Text:
    return say("<b>{unit}</b>: xem năm nào?", unit=unit)


def too_few(*, smallest: int) -> Text:
    return say("Ít hơn {n} đồng chí nên không hiện số, để không nhận ra ai.", n=smallest)


def not_shown(*, unit: str, year: int, smallest: int) -> Text:
    head = say("<b>Xếp loại năm {year}</b> – {unit}", year=year, unit=unit)
    why = say(
        "Ít hơn {n} đồng chí, hoặc được tính chung với tổ chức khác, nên không hiện số riêng.", n=smallest
    )
    return paragraph(head, why)


def none_of_year(*, unit: str, year: int) -> Text:
    return say("<b>{unit}</b>, năm {year}: chưa có đợt kiểm điểm nào có xếp loại.", unit=unit, year=year)


def below(*, unit: str, year: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say(
        "<b>{unit}</b>, năm {year}: đã xếp loại / trong danh sách (trang {page}/{pages})",
        unit=unit,
        year=year,
        page=page + 1,
        pages=pages,
    )
    return lines(head, *(say("• {row}", row=row) for row in rows))


def counts_file(*, unit: str, year: int) -> Text:
    return say("Số liệu xếp loại năm {year}, {unit}: chỉ số lượng, không có tên.", unit=unit, year=year)


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
    """Show a year's ratings. `waiting`: decided, and not told yet."""
    head = say("<b>Xếp loại năm {year}</b> – {cell}", year=year, cell=cell)
    return paragraph(
        lines(head, waiting_line(count_of=waiting)) if waiting else head,
        lines(say("<b>{what}</b>", what=STAGES["proposed"]), *proposed),
        lines(say("<b>{what}</b>", what=STAGES["decided"]), *decided),
        base_of,
        cap_of,
    )


def proposed_line(*, level: str, count_of: int) -> Text:
    return say("{level}: {count}", level=LEVELS[level], count=count(count_of))


def unit_overview(
    *, unit: str, year: int, shares: Sequence[Text], base_of: Text, cap_of: Text, parts: Sequence[Text]
) -> Text:
    """Show a unit's ratings. `parts`: what is one level below, where that is short."""
    rows = [say("• {part}", part=one) for one in parts]
    return paragraph(
        say("<b>Xếp loại năm {year}</b> – {unit}", year=year, unit=unit),
        lines(*shares),
        base_of,
        *([lines(*rows)] if rows else []),
        cap_of,
    )


def no_campaign(*, unit: str) -> Text:
    return say("{unit}: chưa có đợt kiểm điểm nào có xếp loại, và chưa nhập số liệu nào.", unit=unit)


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
    """Show printed figures.

    `base_of`: the counts' sum, on which everything is computed again; `members`: all, where it was printed.
    """
    head = say(
        "<b>Số liệu đã in</b>, nhập ngày {on}{source}. Tính lại trên {base}:",
        on=day(on),
        source=say(" ({source})", source=source) if source else raw(""),
        base=count(base_of),
    )
    parts = [head, *rows]
    if total is not None and total != 100:
        parts.append(say("Tổng các tỷ lệ đã in: {sum}.", sum=as_printed(total)))
    if members is not None:
        parts.append(
            say(
                "Tổng số đảng viên đã in: {members}, chưa xếp loại {left}.",
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
    return say("{mine}; đã in {printed}: {fit}", mine=mine, printed=as_printed(printed), fit=_FITS[fit])


def cell_line(*, names: Sequence[str], rated: int, members: int) -> Text:
    """Say one unit, or several that are counted as one."""
    return say(
        "{names}: {rated}/{members}",
        names=join([raw(name) for name in names], " + "),
        rated=rated,
        members=members,
    )


# --- telling ----------------------------------------------------------------------------------------------------------


def tell(*, count_of: int) -> Text:
    return say("Báo kết quả ({n} đồng chí)", n=count_of)


def tell_yes(*, count_of: int) -> Text:
    return say("Đúng, báo cho {n} đồng chí", n=count_of)


def sure_to_tell(
    *, year: int, rows: Sequence[tuple[str, Sequence[Text]]], count_of: int, changed: bool
) -> Text:
    """Ask whether to tell the members. `changed`: since it was looked over somebody has put something right."""
    head = say(
        "Báo kết quả xếp loại năm {year} cho <b>{n}</b> đồng chí dưới đây? Mỗi đồng chí chỉ nhận mức của mình.",
        year=year,
        n=count_of,
    )
    after = say("Chưa ai nhận được gì. Báo rồi mà phải đổi thì cần văn bản khác và lý do.")
    new = say("Danh sách vừa có thay đổi nên chưa báo cho ai; mời xem lại.")
    return paragraph(*([new] if changed else []), lines(head, after), *(_level_rows(*one) for one in rows))


def _level_rows(level: str, names: Sequence[Text]) -> Text:
    head = say("<b>{level}</b> ({n}):", level=LEVELS[level], n=len(names))
    return lines(head, *(say("• {name}", name=name) for name in names))


def nothing_to_tell() -> Text:
    return say("Không còn kết quả nào chờ báo.")


def waiting_line(*, count_of: int) -> Text:
    return say("Đã ghi mà <b>chưa báo</b>: {n} đồng chí.", n=count_of)


# --- people ---------------------------------------------------------------------------------------------------------


def people(*, year: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say(
        "<b>Xếp loại năm {year}</b>: từng đồng chí (trang {page}/{pages})",
        year=year,
        page=page + 1,
        pages=pages,
    )
    return lines(head, *rows) if rows else head


def person_line(
    *, name: str, own: str | None, proposed: str | None, decided: str | None, shows_own: bool
) -> Text:
    """Say one member's levels. `shows_own`: for the cell; the committee reads what was proposed and decided."""
    if not shows_own:
        return say(
            "{name}: chi bộ {proposed}; cấp ủy {decided}",
            name=name,
            proposed=_level(proposed),
            decided=_level(decided),
        )
    return say(
        "{name}: tự đề xuất {own}; chi bộ {proposed}; cấp ủy {decided}",
        name=name,
        own=_level(own),
        proposed=_level(proposed),
        decided=_level(decided),
    )


def _level(level: str | None) -> Text:
    return say("“{level}”", level=LEVELS[level]) if level in LEVELS else NOT_YET


def person(*, name: str, year: int, rows: Sequence[Text]) -> Text:
    head = say("<b>{name}</b> – xếp loại năm {year}", name=name, year=year)
    return paragraph(head, *(rows or [say("Chưa ghi gì.")]))


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
        stage=STAGES[stage],
        level=LEVELS[level],
        number=number,
        on=day(on),
        by=by or raw("–"),
        typed=typed_by,
        typed_on=day(typed_on),
    )
    return lines(said, say("Lý do thay đổi: {reason}", reason=reason)) if reason else said


def told_member(*, year: int, level: str, number: str, on: date, by: str, changed: bool) -> Text:
    head = (
        say("Kết quả xếp loại năm {year} của đồng chí đã được thay đổi.", year=year)
        if changed
        else say("Đã có kết quả xếp loại năm {year} của đồng chí.", year=year)
    )
    said = say(
        "<b>{level}</b>: văn bản số {number} ngày {on}, {by}. Nếu thấy chưa đúng, mời đồng chí nói với bí thư chi bộ.",
        level=LEVELS[level],
        number=number,
        on=day(on),
        by=by,
    )
    return paragraph(head, said)


# --- recording ------------------------------------------------------------------------------------------------------


def ask_number(*, stage: str) -> Text:
    return say("Số {paper}? Ví dụ: {example}.", paper=_NEEDS[stage], example=_EXAMPLES[stage])


def ask_day(*, stage: str) -> Text:
    return say("Ngày của {paper}? Gõ ngày/tháng/năm.", paper=_NEEDS[stage])


def ask_decider(*, stage: str) -> Text:
    return say("Ai quyết định, ghi như trong {paper}?", paper=_NEEDS[stage])


def ask_level(*, left: int, chosen: Sequence[tuple[str, int]]) -> Text:
    ask = say("Ghi mức nào? Còn {left} đồng chí chưa có mức.", left=left)
    if not chosen:
        return ask
    so_far = join([say("{level} {n}", level=SHORT[level], n=count_of) for level, count_of in chosen], ", ")
    return paragraph(
        lines(ask, say("Đã chọn: {so_far}.", so_far=so_far)),
        say("Chưa ghi và chưa báo cho ai. Chọn xong, mời bấm “Xem lại và ghi”."),
    )


def all_recorded() -> Text:
    return say("Tất cả đã có mức ở bước này. Cần đổi thì chọn mức đúng rồi chọn tên.")


def ask_right_level(*, name: str, now: str | None) -> Text:
    return say("Mức đúng của đồng chí {name}? Đang ghi: {now}.", name=name, now=_level(now))


def as_proposed(*, count_of: int) -> Text:
    return say("Như chi bộ đề xuất ({n} đồng chí)", n=count_of)


def look_over(*, count_of: int) -> Text:
    return say("Xem lại và ghi ({n} đồng chí)", n=count_of)


def all_proposed(*, count_of: int) -> Text:
    return say("Chọn cả {n} theo chi bộ đề xuất", n=count_of)


def all_left(*, count_of: int) -> Text:
    return say("Chọn cả {n} đồng chí còn lại", n=count_of)


def next_page(*, page: int, pages: int) -> Text:
    return say("Sang trang {page}/{pages} ›", page=page + 1, pages=pages)


def ask_who(*, level: str, chosen: Sequence[str], others: Sequence[Text]) -> Text:
    ask = say(
        "Ai được ghi “{level}”? Chạm tên để chọn, chạm lần nữa để bỏ. Đã chọn {n}{names}.",
        level=LEVELS[level],
        n=len(chosen),
        names=_names(chosen),
    )
    return paragraph(ask, lines(*others)) if others else ask


def _names(names: Sequence[str]) -> Text:
    if not names:
        return raw("")
    return say(": {names}", names=join([raw(name) for name in names], ", "))


def beside(*, name: str, there: str | None, proposed: str | None) -> Text | None:
    """Say what else is known. `there`: chosen or recorded already; `proposed`: by the cell."""
    parts = []
    if proposed in SHORT:
        parts.append(say("chi bộ đề xuất {level}", level=SHORT[proposed]))
    if there in SHORT:
        parts.append(say("đang là {level}", level=SHORT[there]))
    if not parts:
        return None
    return say("• {name}: {what}", name=name, what=join(parts, "; "))


def chosen(name: str) -> Text:
    return say("✓ {name}", name=fitting(name, LABEL - 2))


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
    ask = say("Ghi <b>{stage}</b> cho {n} đồng chí dưới đây?", stage=STAGES[stage], n=count_of)
    paper_of = say(
        "Văn bản số {number} ngày {on}, {by}. Ghi rồi vẫn sửa được; chưa ai nhận được tin nào.",
        number=number,
        on=day(on),
        by=by,
    )
    why = say("Lý do thay đổi: {reason}", reason=reason)
    return paragraph(lines(ask, paper_of), *(_level_rows(*one) for one in rows), *([why] if reason else []))


def record_all(*, count_of: int) -> Text:
    return say("Đúng, ghi {n} đồng chí", n=count_of)


def checked(*, name: str, before: str | None, proposed: str | None) -> Text:
    """Say a level with a check.

    `before`, `proposed`: what stood there, what the cell proposed, where that is another level.
    """
    parts = []
    if before in SHORT:
        parts.append(say("trước đó {level}", level=SHORT[before]))
    if proposed in SHORT:
        parts.append(say("chi bộ đề xuất {level}", level=SHORT[proposed]))
    if not parts:
        return raw(name)
    return say("{name} ({what})", name=name, what=join(parts, "; "))


def ask_reason(*, names: Sequence[str], limit: int) -> Text:
    return say(
        "Mức này khác mức đã báo, hoặc khác mức chi bộ đề xuất, của: {names}. Mời ghi lý do (tối đa {limit} ký tự); lý do và "
        "người quyết định được giữ cùng bản ghi.",
        names=join([raw(name) for name in names], ", "),
        limit=limit,
    )


def kept(*, stage: str, people_count: int) -> Text:
    if stage == "proposed":
        return say("Đã ghi đề xuất của chi bộ cho {n} đồng chí.", n=people_count)
    return say(
        "Đã ghi quyết định về {n} đồng chí. Chưa báo cho ai: xem lại rồi bấm “Báo kết quả”.", n=people_count
    )


def nobody_chosen() -> Text:
    return say("Mời chọn ít nhất một đồng chí.")


def reason_needed() -> Text:
    return say("Mức này khác mức đã báo hoặc mức chi bộ đề xuất: mời ghi lý do thay đổi.")


def paper_incomplete() -> Text:
    return say("Cần số văn bản và tên nơi quyết định; chương trình không ghi kết quả nào không có văn bản.")


def day_ahead() -> Text:
    return say("Ngày này chưa đến. Mời ghi ngày trên văn bản đã ký.")


def not_rated() -> Text:
    return say("Mẫu của đợt này không có xếp loại.")


# --- printed figures ------------------------------------------------------------------------------------------------


def ask_year() -> Text:
    return say("Số liệu của năm nào?")


def year_not_read() -> Text:
    return say("Mời gõ năm bằng bốn chữ số, ví dụ 2025.")


def ask_source() -> Text:
    return say("Số liệu in ở đâu? Ví dụ: báo cáo tổng kết năm của đảng ủy.")


def ask_figures(*, level: str, first: bool) -> Text:
    ask = say(
        "“{level}”: bao nhiêu đồng chí? Gõ số, rồi tỷ lệ đã in nếu có. Ví dụ: 239 12,33", level=LEVELS[level]
    )
    if not first:
        return ask
    paste = say("Có sẵn cả bảng thì gửi một lần: mỗi mức một dòng, dòng cuối là tổng số đảng viên.")
    return paragraph(ask, paste)


def ask_members() -> Text:
    return say("Tổng số đảng viên là bao nhiêu?")


def typed_line(*, level: str, count_of: int, printed: Decimal | None) -> Text:
    if printed is None:
        return proposed_line(level=level, count_of=count_of)
    return say(
        "{level}: {count}; đã in {printed}",
        level=LEVELS[level],
        count=count(count_of),
        printed=as_printed(printed),
    )


def check_figures(*, year: int, source: str, rows: Sequence[Text], members: int | None) -> Text:
    head = say("Ghi số liệu năm {year} ({source})?", year=year, source=source)
    all_of = (
        say("Tổng số đảng viên: {n}", n=count(members))
        if members is not None
        else say("Tổng số đảng viên: chưa rõ")
    )
    return paragraph(head, lines(*rows, all_of))


def figures_not_read() -> Text:
    return say(
        "Chưa đọc được. Mời gõ số đồng chí, rồi tỷ lệ nếu có, ví dụ: 239 12,33. Gửi cả bảng thì cần bốn dòng, mỗi mức một dòng."
    )


def more_rated_than_members() -> Text:
    return say("Tổng bốn mức lớn hơn tổng số đảng viên. Mời xem lại các số.")


# --- on paper -------------------------------------------------------------------------------------------------------

SUMMARY_TITLE = say("TỔNG HỢP KẾT QUẢ KIỂM ĐIỂM, XẾP LOẠI ĐẢNG VIÊN")
SUMMARY_SHEET = say("Tổng hợp")
COUNTS_TITLE = say("SỐ LIỆU XẾP LOẠI ĐẢNG VIÊN")
UNITS = say("Tổ chức")
ON_LIST = say("Trong danh sách")
RATED = say("Đã xếp loại")
LEFT = say("Chưa xếp loại")
FOR_COMMITTEE = say("CẤP ỦY")
STATE = say("Tình trạng")
SCORE_GENERAL = say("Điểm tiêu chí chung")
SCORE_RESULTS = say("Điểm kết quả nhiệm vụ")
SCORE_TOTAL = say("Tổng điểm tự chấm")
OWN_LEVEL = say("Tự đề xuất")
CELL_LEVEL = say("Chi bộ đề xuất")
CELL_PAPER = say("Biên bản")
COMMITTEE_LEVEL = say("Cấp ủy quyết định")
COMMITTEE_PAPER = say("Quyết định")
CHANGE = say("Lý do thay đổi")


def in_year(*, year: int) -> Text:
    return say("Năm {year}", year=year)


def of_year(*, year: int, people_count: int) -> Text:
    return say("Năm {year} – {n} đồng chí", year=year, n=people_count)


def paper(*, number: str, on: date) -> Text:
    return say("{number}, {on}", number=number, on=day(on))
