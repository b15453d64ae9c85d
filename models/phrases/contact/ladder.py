"""Words about a silence and who is to call: to those who are asked, on the call list, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.common import lines, paragraph
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.text import HOME_ZONE, Text, capital, day, join, moment, raw, say, weekday

TAKE = say("Tôi sẽ gọi")
AGAIN = say("Hẹn ngày khác")
NOTE = say("Ghi kết quả gọi")
WHO_HAS_IT = say("Ai nhận gọi")
PHONE = say("Gọi")
MORE = say("Việc khác với đồng chí này")
OPEN = say("Xem")
CALLS = say("Danh sách cần gọi")
STOP = say("Ngừng nhắc gọi lần này")
STOP_SURE = say("Đúng, ngừng nhắc gọi")
STEPS = say("Khi nào báo ai")
EXCEL = say("Tải danh sách (Excel)")
SEE_OFFICE = say("Xem ai đang phụ trách")
TODAY = say("Hôm nay")
TOMORROW = say("Ngày mai")
OWN_DAYS = say("Tự đặt số ngày")
SAVE = say("Dùng cách này")
TAKING = say("nhận gọi cho một đồng chí")
SETTING = say("đặt khi nào báo ai")
READY: dict[str, Text] = {
    "usual": say("Thường dùng"),
    "brisk": say("Nhanh hơn"),
    "patient": say("Thong thả hơn"),
}

_RUNGS: dict[str, Text] = {
    "contact": say("người giữ liên lạc"),
    "desk": say("bí thư và phó bí thư"),
    "committee": say("đảng ủy (chỉ số lượng), và danh sách cần gọi"),
}
_ASKS: dict[str, Text] = {
    "contact": say("Nhờ đồng chí gọi hỏi thăm, rồi ghi lại kết quả."),
    "desk": say("Đến nay vẫn chưa liên hệ được. Nhờ đồng chí cùng gọi, rồi ghi lại kết quả."),
    "committee": say(
        "Từ nay đồng chí ấy được tính vào số liệu gửi đảng ủy (không nêu tên, nếu đã đồng ý) và ở trong danh sách cần gọi "
        "đến khi có kết quả."
    ),
}
_ENDED: dict[str, Text] = {
    "answered": say("đã có báo cáo"),
    "contacted": say("đã liên hệ được"),
    "heard": say("đã có tin"),
    "excused": say("được hoãn báo cáo"),
    "paused": say("đã báo tạm nghỉ"),
    "left": say("không còn thuộc diện được hỏi qua chương trình"),
    "cancelled": say("ngừng nhắc gọi lần này"),
}
STATES: dict[str, Text] = {
    "climbing": say("chưa ai nhận gọi"),
    "taken": say("đã có người nhận gọi"),
    "listed": say("cần gọi, chưa có kết quả"),
    "ended": say("đã xong"),
}


# --- told because something happened --------------------------------------------------------------------------------


def news(items: Sequence[Text]) -> Text:
    head = say("<b>Đồng chí lâu chưa có tin</b>")
    return paragraph(head, *items)


def step(*, silence: Text, rung: str) -> Text:
    return lines(silence, _ASKS[rung])


def _home(at: datetime) -> Text:
    return day(at.astimezone(ZoneInfo(HOME_ZONE)).date())


def silence(*, name: str, days: int | None, on: date | None, how: str | None, due_at: datetime) -> Text:
    """Say since when a member is silent, counted from the last word through any channel, and which report is missing."""
    return lines(
        say("<b>{name}</b>: {silent}.", name=name, silent=sign_words.silent(days=days)),
        say("{last}. Báo cáo hạn {due} chưa có.", last=sign_words.last(on=on, how=how), due=_home(due_at)),
    )


def heard(*, name: str, on: date | None, how: str | None) -> Text:
    """Say that word came through another channel than the report."""
    return say(
        "Đã có tin của đồng chí {name}: {what}. Không phải gọi vì lâu chưa có tin nữa; báo cáo còn thiếu thì vẫn chờ.",
        name=name,
        what=sign_words.dated(on=on, how=how) if on else raw(""),
    )


def lapsed(*, name: str, by: str, on: date) -> Text:
    return say(
        "<b>{name}</b>: đồng chí {by} hẹn gọi chậm nhất ngày {on}, đến nay <b>chưa có kết quả</b>. Cần người gọi.",
        name=name,
        by=by,
        on=day(on),
    )


def lapsed_yours(*, name: str, on: date) -> Text:
    return say(
        "<b>{name}</b>: đồng chí đã hẹn gọi chậm nhất ngày {on} mà <b>chưa ghi kết quả</b>. Mời ghi lại, hoặc hẹn ngày khác.",
        name=name,
        on=day(on),
    )


def still_listed(*, silence: Text) -> Text:
    ask = say("Vẫn trong danh sách cần gọi, chưa có kết quả.")
    return lines(silence, ask)


def taken(*, name: str, by: str, on: date, over: bool) -> Text:
    if over:
        return say(
            "Từ nay đồng chí {by} gọi đồng chí {name}, thay người nhận trước; hẹn chậm nhất ngày {on}.",
            name=name,
            by=by,
            on=day(on),
        )
    return say("Đồng chí {by} sẽ gọi đồng chí {name}, hẹn chậm nhất ngày {on}.", name=name, by=by, on=day(on))


def freed(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} không còn phụ trách nên không gọi đồng chí <b>{name}</b> nữa. Cần người khác nhận gọi.",
        name=name,
        by=by,
    )


def handed(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} chưa gọi được và nhờ đồng chí gọi giúp cho đồng chí <b>{name}</b>, rồi ghi lại kết quả.",
        name=name,
        by=by,
    )


def ended(*, name: str, how: str) -> Text:
    if how == "left":  # what the cell does instead is said elsewhere
        return say("Đồng chí {name}: {how}. Chương trình không nhắc gọi nữa.", name=name, how=_ENDED[how])
    return say("Đồng chí {name}: {how}. Không cần gọi nữa.", name=name, how=_ENDED[how])


def empty_desk(*, cell: str) -> Text:
    return say(
        "<b>{cell}</b>: có đồng chí cần gọi hỏi thăm, nhưng cả bí thư và phó bí thư đều không nhận được tin của chương "
        "trình. Mời xem ai đang phụ trách.",
        cell=cell,
    )


# --- refusals -------------------------------------------------------------------------------------------------------


def over(*, name: str) -> Text:
    return say("Việc này đã xong: không cần gọi cho đồng chí {name} nữa.", name=name)


def yours_already(*, name: str, on: date) -> Text:
    return say(
        "Đồng chí đã nhận gọi đồng chí {name}, hẹn chậm nhất ngày {on}. Gọi xong, mời bấm “Ghi kết quả gọi”.",
        name=name,
        on=day(on),
    )


def day_unfit(*, first: date, last: date) -> Text:
    return say("Hẹn được từ ngày {first} đến ngày {last}. Mời chọn lại.", first=day(first), last=day(last))


def needs_result(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã ở trong danh sách cần gọi: chỉ ra khỏi danh sách khi có tin của đồng chí ấy. Gọi được thì mời bấm "
        "“Ghi kết quả gọi”.",
        name=name,
    )


def steps_not_read() -> Text:
    return say(
        "Mời gõ ba số ngày tăng dần, ví dụ: 7 14 30. Số thứ nhất từ 1 đến 90, thứ hai tối đa 180, thứ ba tối đa 365."
    )


# --- screens --------------------------------------------------------------------------------------------------------


def about(*, name: str) -> Text:
    return raw(name if len(name) <= 34 else name[:33] + "…")


def calls(*, cell: str, count: int, at_the_end: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>Danh sách cần gọi · {cell}</b>", cell=cell)
    if not count:
        nobody = say("Không có đồng chí nào lâu chưa có tin.")
        return paragraph(head, nobody)
    sums = say("{n} đồng chí chưa có tin, {end} cần gọi đến khi có kết quả.", n=count, end=at_the_end)
    where = [say("Trang {p}/{q}", p=page + 1, q=pages)] if pages > 1 else []
    return paragraph(lines(head, sums), lines(*rows), *where)


def call_row(
    *, number: int, name: str, silent: Text, owner: str | None, on: date | None, at_the_end: bool
) -> Text:
    words = say(
        "{n}. <b>{name}</b> · {silent} · {who}", n=number, name=name, silent=silent, who=_who(owner, on)
    )
    return words + say(" · <b>cần gọi</b>") if at_the_end else words


def _who(owner: str | None, on: date | None) -> Text:
    if owner is None or on is None:
        return STATES["climbing"]
    return say("{by} hẹn gọi, chậm nhất {on}", by=owner, on=weekday(on))


def promise(*, by: str, on: date, mine: bool) -> Text:
    """Say who has promised to call, to somebody who looks at the member."""
    if mine:
        return say("Đồng chí đã hẹn gọi, chậm nhất {on}.", on=weekday(on))
    return say("{by} đã hẹn gọi, chậm nhất {on}.", by=by, on=weekday(on))


def one(
    *,
    silence: Text,
    state: str,
    contacts: Sequence[str],
    owner: str | None,
    on: date | None,
    steps: Sequence[tuple[str, datetime, bool]],
    zone: str,
    moves: Sequence[Text],
) -> Text:
    """Show one silence. `steps`: rung, its day, whether it was taken."""
    keeper = join([raw(one) for one in contacts], ", ") if contacts else say("chưa có")
    facts = lines(
        silence,
        say("Người giữ liên lạc: {who}", who=keeper),
        say("Hiện nay: {what}", what=_who(owner, on) if state == "taken" else STATES[state]),
    )
    plan = lines(*(_step_line(rung, at, done, zone) for rung, at, done in steps))
    return paragraph(facts, plan, lines(*moves)) if moves else paragraph(facts, plan)


def _step_line(rung: str, at: datetime, done: bool, zone: str) -> Text:
    if done:
        return say("{on} đã báo: {who}", on=_home(at), who=_RUNGS[rung])
    return say("{at} sẽ báo: {who}", at=moment(at, zone), who=_RUNGS[rung])


def promise_move(*, by: str, at: datetime, on: date) -> Text:
    return say("{at}: {by} nhận gọi, hẹn chậm nhất ngày {on}", at=_home(at), by=by, on=day(on))


def by_when(*, name: str, last: date) -> Text:
    return say(
        "Đồng chí sẽ gọi cho đồng chí <b>{name}</b> vào hôm nào? Chậm nhất {last}. Đến hết ngày ấy mà chưa có kết quả, mọi "
        "người được nhờ gọi sẽ được báo.",
        name=name,
        last=day(last),
    )


def day_button(*, on: date) -> Text:
    return capital(weekday(on))


def promised(*, name: str, on: date) -> Text:
    return say(
        "Đã ghi: đồng chí gọi đồng chí {name}, chậm nhất ngày {on}. Gọi xong, mời bấm “Ghi kết quả gọi”.",
        name=name,
        on=day(on),
    )


def stop_sure(*, name: str) -> Text:
    return say(
        "Thôi nhắc mọi người gọi cho đồng chí <b>{name}</b> lần này? Kỳ báo cáo sau lại tính từ đầu. Những ai đã được nhờ "
        "gọi sẽ được báo là thôi.",
        name=name,
    )


def stopped(*, name: str) -> Text:
    return say("Đã ngừng nhắc gọi lần này: {name}.", name=name)


def which_steps(*, cell: str, contact: int, desk: int, committee: int) -> Text:
    return paragraph(
        say("<b>{cell}</b>: khi một đồng chí chưa có tin", cell=cell),
        in_force(contact=contact, desk=desk, committee=committee),
        say(
            "Số ngày tính từ buổi sáng bí thư được báo đồng chí ấy quá hạn. Lần đang nhắc giữ cách cũ; lần sau dùng "
            "cách mới."
        ),
    )


def in_force(*, contact: int, desk: int, committee: int) -> Text:
    return lines(*(_after(rung, n) for rung, n in zip(_RUNGS, (contact, desk, committee), strict=True)))


def _after(rung: str, days: int) -> Text:
    return say("sau {n} ngày: {who}", n=days, who=_RUNGS[rung])


def ready_button(*, name: str, contact: int, desk: int, committee: int) -> Text:
    return say("{what}: {a}, {b}, {c} ngày", what=READY[name], a=contact, b=desk, c=committee)


def type_steps() -> Text:
    return say(
        "Mời gõ ba số ngày: báo người giữ liên lạc, báo bí thư và phó bí thư, tính vào số liệu đảng ủy. Ví dụ: 7 14 30."
    )


def steps_saved(*, contact: int, desk: int, committee: int) -> Text:
    saved = say("Đã đặt cho những lần sau:")
    return lines(saved, in_force(contact=contact, desk=desk, committee=committee))


# --- on paper -------------------------------------------------------------------------------------------------------

TITLE = say("DANH SÁCH ĐẢNG VIÊN CẦN LIÊN HỆ")
SHEET = say("Cần gọi")
KEEPER = say("NGƯỜI LẬP DANH SÁCH")
LAST_WORD = say("Tin gần nhất")
DAYS = say("Số ngày chưa có tin")
SILENT_SINCE = say("Hạn báo cáo chưa trả lời")
WHO_CALLS = say("Người nhận gọi, hẹn ngày")
RESULT = say("Kết quả (ghi tay, rồi nhập vào chương trình)")


def count(*, n: int) -> Text:
    return say("{n} đồng chí", n=n)


def owner_on_paper(*, by: str, on: date) -> Text:
    return say("{by}, chậm nhất {on}", by=by, on=day(on))


def sheet_sent(*, cell: str, count: int) -> Text:
    return say(
        "Danh sách cần gọi của {cell}: {n} đồng chí. Có số điện thoại: mời giữ kín, gọi xong mời ghi kết quả vào chương "
        "trình.",
        cell=cell,
        n=count,
    )
