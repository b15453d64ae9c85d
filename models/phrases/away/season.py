"""Words of a season that comes again: offered, filed as last year, noticed where it is filed already."""

from __future__ import annotations

from datetime import date

from models.phrases.away import away as away_words
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import Text, day, say, say_as

LOOK = say("Đi như năm ngoái?")
FILE = say("Nộp như năm ngoái")
OTHER_DATES = say_as("season", "Như năm ngoái, ngày khác")
AFRESH = say("Khai báo chuyến khác")


def offer(*, place: Text, begins_on: date, ends_on: date) -> Text:
    """Say what comes by itself, once, in two sentences."""
    return say(
        "Dịp này năm ngoái đồng chí đi {place}. Năm nay nếu đi từ {begin} đến {end} như năm ngoái, nộp đơn chỉ một lần bấm; "
        "không đi thì không cần làm gì.",
        place=place,
        begin=day(begins_on),
        end=day(ends_on),
    )


def screen(
    *,
    place: Text,
    was: tuple[date, date],
    planned: date | None,
    begins_on: date,
    ends_on: date,
    route_was: str,
    route: str,
    cell: str | None,
    suggestion: Text,
) -> Text:
    """Say what one tap files. `planned`: last year's end, where it was another; `cell`: now, where it was another."""
    head = say(
        "<b>Như năm ngoái: {place}, từ {begin} đến {end}.</b>",
        place=place,
        begin=day(begins_on),
        end=day(ends_on),
    )
    last = say("Năm ngoái: từ {begin} đến {end}.", begin=day(was[0]), end=day(was[1]))
    facts = [last]
    if planned is not None:
        facts.append(
            say(
                "Năm ngoái dự định đến {planned}; ngày năm nay tính theo ngày về thật.",
                planned=day(planned),
            )
        )
    if route_was != route:
        facts.append(
            say(
                "Hình thức năm ngoái: {was}; năm nay: {now}.",
                was=away_words.ROUTES[route_was],
                now=away_words.ROUTES[route],
            )
        )
    if cell is not None:
        facts.append(say("Đơn gửi chi bộ hiện nay: {cell}.", cell=cell))
    return paragraph(
        head, lines(*facts), suggestion, say("Nơi ở, việc làm, điện thoại, lý do: như lần trước.")
    )


def filed_already(*, begins_on: date) -> Text:
    return say(
        "Chuyến đi này đã được khai báo rồi (từ {begin}); không nộp thêm lần nữa.",
        begin=day(begins_on),
    )


def over() -> Text:
    return say("Ngày trên nút đã qua. Mời khai báo lại: gõ /khaibao.")


# --- at the cell ----------------------------------------------------------------------------------------------------

SEE = say("Ghi kết quả cho nhiều đơn")
CHOOSE = say("Bớt hoặc thêm đơn")
OTHER_DAY = say_as("season", "Họp ngày khác")
VOTES = say("Ghi số phiếu chung")
RECORDING = say("ghi kết quả họp cho nhiều đơn")
DONE_CHOOSING = say_as("season", "Xong, xem lại")
NO_VOTES = say("Không ghi số phiếu")


def waits(*, count: int) -> Text:
    return say("{n} đơn như năm ngoái, chờ chi bộ họp", n=count)


def line(*, name: str, place: Text, route: str, begins_on: date, due_on: date, as_last_year: bool) -> Text:
    mark = say(", như năm ngoái") if as_last_year else EMPTY
    return say(
        "• {name}: {place}, {route}, từ {begin} đến {end}{mark}",
        name=name,
        place=place,
        route=away_words.ROUTES[route],
        begin=day(begins_on),
        end=day(due_on),
        mark=mark,
    )


def look_over(
    *, met_on: date, rows: list[Text], more: int, number: str, decides: bool, votes: tuple[int, int] | None
) -> Text:
    what = (
        say("chi bộ quyết định, số {number}", number=number)
        if decides
        else say("chi bộ đề nghị cấp ủy quyết định")
    )
    head = say("<b>Họp ngày {on}: {what}, {n} đơn.</b>", on=day(met_on), what=what, n=len(rows) + more)
    counted = [say("Số phiếu chung: {yes}/{no}.", yes=votes[0], no=votes[1])] if votes else []
    rest = [say("… và {n} đơn nữa.", n=more)] if more else []
    tail = say("Mỗi đơn giữ hình thức và thời gian của mình. Đơn chưa đồng ý: bớt ra, ghi riêng kèm lý do.")
    return paragraph(head, lines(*rows, *rest), *counted, tail)


def record(*, count: int, decides: bool) -> Text:
    return (
        say("Đúng, chi bộ đồng ý {n} đơn", n=count) if decides else say("Đúng, đề nghị cả {n} đơn", n=count)
    )


def choose(*, names: int) -> Text:
    return say("Chạm tên để chọn, chạm lần nữa để bỏ. Đã chọn {n} đơn.", n=names)


def chosen(*, name: str) -> Text:
    return say("✓ {name}", name=name)


def next_page(*, page: int, pages: int) -> Text:
    return say("Sang trang {page}/{pages} ›", page=page + 1, pages=pages)


def which_day() -> Text:
    return say("Chi bộ họp ngày nào?")


def which_number() -> Text:
    return say("Số nghị quyết hoặc biên bản, dùng chung cho các đơn này?")


def which_votes() -> Text:
    return say("Số phiếu tán thành và không tán thành, dùng chung cho các đơn này? Ví dụ 12/0.")


def nobody_chosen() -> Text:
    return say("Mời chọn ít nhất một đơn.")


def done(*, count: int, left: int) -> Text:
    rest = say(" {n} đơn đã có người xử lý trước đó, giữ nguyên.", n=left) if left else EMPTY
    return say("Đã ghi kết quả họp cho {n} đơn; từng đồng chí được báo.{rest}", n=count, rest=rest)


# --- at the committee -----------------------------------------------------------------------------------------------

SEE_ABOVE = say("Quyết định nhiều đơn một lần")
SIGNED_ON = say_as("season", "Ký ngày khác")
DECIDING = say("ghi quyết định cho nhiều đơn")


def which_decision() -> Text:
    return say("Số quyết định, dùng chung cho các đơn này?")


def which_signing() -> Text:
    return say("Quyết định ký ngày nào?")


def look_over_above(*, decided_on: date, rows: list[Text], more: int, number: str) -> Text:
    head = say(
        "<b>Quyết định số {number}, ngày {on}: đồng ý {n} đơn.</b>",
        number=number,
        on=day(decided_on),
        n=len(rows) + more,
    )
    rest = [say("… và {n} đơn nữa.", n=more)] if more else []
    tail = say("Mỗi đơn giữ hình thức và thời gian của mình. Đơn chưa đồng ý: bớt ra, mở riêng để ghi lý do.")
    return paragraph(head, lines(*rows, *rest), tail)


def approve(*, count: int) -> Text:
    return say("Đúng, đồng ý {n} đơn", n=count)


def approved(*, count: int, left: int) -> Text:
    rest = say(" {n} đơn đã có người xử lý trước đó, giữ nguyên.", n=left) if left else EMPTY
    return say("Đã ghi quyết định cho {n} đơn; từng đồng chí và chi bộ được báo.{rest}", n=count, rest=rest)


def nothing_above() -> Text:
    return say("Không còn đơn nào chờ quyết định.")


def nothing_waits() -> Text:
    return say("Không còn đơn nào chờ chi bộ.")
