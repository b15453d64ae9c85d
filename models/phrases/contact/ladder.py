"""Words about a silence and who is to call: to those who are asked, on the call list, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.common import lines, paragraph
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.text import HOME_ZONE, Text, capital, day, join, moment, raw, say, weekday

TAKE = say("Tôi sẽ gọi", "I will call")
AGAIN = say("Hẹn ngày khác", "Another day")
NOTE = say("Ghi kết quả gọi", "Note the call")
WHO_HAS_IT = say("Ai nhận gọi", "Who calls")
PHONE = say("Gọi", "Call")
MORE = say("Việc khác với đồng chí này", "More about them")
OPEN = say("Xem", "Open")
CALLS = say("Danh sách cần gọi", "Call list")
STOP = say("Ngừng nhắc gọi lần này", "Stop asking to call")
STOP_SURE = say("Đúng, ngừng nhắc gọi", "Yes, stop")
STEPS = say("Khi nào báo ai", "Who is told when")
EXCEL = say("Tải danh sách (Excel)", "Download the list (Excel)")
SEE_OFFICE = say("Xem ai đang phụ trách", "See who holds the office")
TODAY = say("Hôm nay", "Today")
TOMORROW = say("Ngày mai", "Tomorrow")
OWN_DAYS = say("Tự đặt số ngày", "Days of our own")
SAVE = say("Dùng cách này", "Use these")
TAKING = say("nhận gọi cho một đồng chí", "promising to call somebody")
SETTING = say("đặt khi nào báo ai", "setting who is told when")
READY: dict[str, Text] = {
    "usual": say("Thường dùng", "Usual"),
    "brisk": say("Nhanh hơn", "Faster"),
    "patient": say("Thong thả hơn", "More patient"),
}

_RUNGS: dict[str, Text] = {
    "contact": say("người giữ liên lạc", "whoever keeps in touch"),
    "desk": say("bí thư và phó bí thư", "secretary and deputy"),
    "committee": say(
        "đảng ủy (chỉ số lượng), và danh sách cần gọi", "the committee (a number only), and the call list"
    ),
}
_ASKS: dict[str, Text] = {
    "contact": say(
        "Nhờ đồng chí gọi hỏi thăm, rồi ghi lại kết quả.",
        "Please call and ask how they are, then note the result.",
    ),
    "desk": say(
        "Đến nay vẫn chưa liên hệ được. Nhờ đồng chí cùng gọi, rồi ghi lại kết quả.",
        "Nobody has got through so far. Please call, too, then note the result.",
    ),
    "committee": say(
        "Từ nay đồng chí ấy được tính vào số liệu gửi đảng ủy (không nêu tên, nếu đã đồng ý) và ở trong danh sách cần gọi "
        "đến khi có kết quả.",
        "From now on they are in the committee's count (without a name, if they agreed) and on the call list until there "
        "is a result.",
    ),
}
_ENDED: dict[str, Text] = {
    "answered": say("đã có báo cáo", "has reported"),
    "contacted": say("đã liên hệ được", "was reached"),
    "heard": say("đã có tin", "was heard of"),
    "excused": say("được hoãn báo cáo", "may report later"),
    "paused": say("đã báo tạm nghỉ", "has announced a pause"),
    "left": say("không còn thuộc diện được hỏi qua chương trình", "is no longer asked through this program"),
    "cancelled": say("ngừng nhắc gọi lần này", "is no longer to be called this time"),
}
STATES: dict[str, Text] = {
    "climbing": say("chưa ai nhận gọi", "nobody has promised to call"),
    "taken": say("đã có người nhận gọi", "somebody has promised to call"),
    "listed": say("cần gọi, chưa có kết quả", "to be called, no result yet"),
    "ended": say("đã xong", "settled"),
}


# --- told because something happened --------------------------------------------------------------------------------


def news(items: Sequence[Text]) -> Text:
    head = say("<b>Đồng chí lâu chưa có tin</b>", "<b>No news for a long time</b>")
    return paragraph(head, *items)


def step(*, silence: Text, rung: str) -> Text:
    return lines(silence, _ASKS[rung])


def _home(at: datetime) -> Text:
    return day(at.astimezone(ZoneInfo(HOME_ZONE)).date())


def silence(*, name: str, days: int | None, on: date | None, how: str | None, due_at: datetime) -> Text:
    """Since when, counted from the last word through any channel; and which report is missing."""
    return lines(
        say(
            "<b>{name}</b>: {silent}.",
            "<b>{name}</b>: {silent}.",
            name=name,
            silent=sign_words.silent(days=days),
        ),
        say(
            "{last}. Báo cáo hạn {due} chưa có.",
            "{last}. The report due {due} is missing.",
            last=sign_words.last(on=on, how=how),
            due=_home(due_at),
        ),
    )


def heard(*, name: str, on: date | None, how: str | None) -> Text:
    """Word came through another channel than the report."""
    return say(
        "Đã có tin của đồng chí {name}: {what}. Không phải gọi vì lâu chưa có tin nữa; báo cáo còn thiếu thì vẫn chờ.",
        "There is word of {name}: {what}. No need to call because of a long silence; the missing report still waits.",
        name=name,
        what=sign_words.dated(on=on, how=how) if on else raw(""),
    )


def lapsed(*, name: str, by: str, on: date) -> Text:
    return say(
        "<b>{name}</b>: đồng chí {by} hẹn gọi chậm nhất ngày {on}, đến nay <b>chưa có kết quả</b>. Cần người gọi.",
        "<b>{name}</b>: {by} promised to call by {on} and there is <b>no result yet</b>. Somebody needs to call.",
        name=name,
        by=by,
        on=day(on),
    )


def lapsed_yours(*, name: str, on: date) -> Text:
    return say(
        "<b>{name}</b>: đồng chí đã hẹn gọi chậm nhất ngày {on} mà <b>chưa ghi kết quả</b>. Mời ghi lại, hoặc hẹn ngày khác.",
        "<b>{name}</b>: you promised to call by {on} and <b>no result is noted</b>. Please note it, or promise another day.",
        name=name,
        on=day(on),
    )


def still_listed(*, silence: Text) -> Text:
    ask = say("Vẫn trong danh sách cần gọi, chưa có kết quả.", "Still on the call list, no result yet.")
    return lines(silence, ask)


def taken(*, name: str, by: str, on: date, over: bool) -> Text:
    if over:
        return say(
            "Từ nay đồng chí {by} gọi đồng chí {name}, thay người nhận trước; hẹn chậm nhất ngày {on}.",
            "{by} has taken over and will call {name} by {on}.",
            name=name,
            by=by,
            on=day(on),
        )
    return say(
        "Đồng chí {by} sẽ gọi đồng chí {name}, hẹn chậm nhất ngày {on}.",
        "{by} will call {name} by {on}.",
        name=name,
        by=by,
        on=day(on),
    )


def freed(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} không còn phụ trách nên không gọi đồng chí <b>{name}</b> nữa. Cần người khác nhận gọi.",
        "{by} is no longer in charge and will not call <b>{name}</b>. Somebody else needs to.",
        name=name,
        by=by,
    )


def handed(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} chưa gọi được và nhờ đồng chí gọi giúp cho đồng chí <b>{name}</b>, rồi ghi lại kết quả.",
        "{by} could not get through and asks you to call <b>{name}</b>, then to note the result.",
        name=name,
        by=by,
    )


def ended(*, name: str, how: str) -> Text:
    if how == "left":  # what the cell does instead is said elsewhere
        return say(
            "Đồng chí {name}: {how}. Chương trình không nhắc gọi nữa.",
            "{name} {how}. The program asks nobody to call any more.",
            name=name,
            how=_ENDED[how],
        )
    return say(
        "Đồng chí {name}: {how}. Không cần gọi nữa.",
        "{name} {how}. No need to call any more.",
        name=name,
        how=_ENDED[how],
    )


def empty_desk(*, cell: str) -> Text:
    return say(
        "<b>{cell}</b>: có đồng chí cần gọi hỏi thăm, nhưng cả bí thư và phó bí thư đều không nhận được tin của chương "
        "trình. Mời xem ai đang phụ trách.",
        "<b>{cell}</b>: somebody needs to be called, and neither secretary nor deputy can be reached by the program. "
        "Please see who holds the office.",
        cell=cell,
    )


# --- refusals -------------------------------------------------------------------------------------------------------


def over(*, name: str) -> Text:
    return say(
        "Việc này đã xong: không cần gọi cho đồng chí {name} nữa.",
        "This is settled: there is no need to call {name} any more.",
        name=name,
    )


def yours_already(*, name: str, on: date) -> Text:
    return say(
        "Đồng chí đã nhận gọi đồng chí {name}, hẹn chậm nhất ngày {on}. Gọi xong, mời bấm “Ghi kết quả gọi”.",
        "You have already promised to call {name} by {on}. When done, please tap “Note the call”.",
        name=name,
        on=day(on),
    )


def day_unfit(*, first: date, last: date) -> Text:
    return say(
        "Hẹn được từ ngày {first} đến ngày {last}. Mời chọn lại.",
        "Please choose a day from {first} to {last}.",
        first=day(first),
        last=day(last),
    )


def needs_result(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã ở trong danh sách cần gọi: chỉ ra khỏi danh sách khi có tin của đồng chí ấy. Gọi được thì mời bấm "
        "“Ghi kết quả gọi”.",
        "{name} is on the call list and leaves it only when there is word of them. When you reach them, please tap “Note the "
        "call”.",
        name=name,
    )


def steps_not_read() -> Text:
    return say(
        "Mời gõ ba số ngày tăng dần, ví dụ: 7 14 30. Số thứ nhất từ 1 đến 90, thứ hai tối đa 180, thứ ba tối đa 365.",
        "Please type three growing numbers of days, for example: 7 14 30. The first from 1 to 90, the second at most 180, "
        "the third at most 365.",
    )


# --- screens --------------------------------------------------------------------------------------------------------


def about(*, name: str) -> Text:
    return raw(name if len(name) <= 34 else name[:33] + "…")


def calls(*, cell: str, count: int, at_the_end: int, rows: Sequence[Text], page: int, pages: int) -> Text:
    head = say("<b>Danh sách cần gọi · {cell}</b>", "<b>Call list · {cell}</b>", cell=cell)
    if not count:
        nobody = say("Không có đồng chí nào lâu chưa có tin.", "Nobody has been silent for long.")
        return paragraph(head, nobody)
    sums = say(
        "{n} đồng chí chưa có tin, {end} cần gọi đến khi có kết quả.",
        "{n} without news, {end} to be called until there is a result.",
        n=count,
        end=at_the_end,
    )
    where = [say("Trang {p}/{q}", "Page {p}/{q}", p=page + 1, q=pages)] if pages > 1 else []
    return paragraph(lines(head, sums), lines(*rows), *where)


def call_row(
    *, number: int, name: str, silent: Text, owner: str | None, on: date | None, at_the_end: bool
) -> Text:
    words = say(
        "{n}. <b>{name}</b> · {silent} · {who}",
        "{n}. <b>{name}</b> · {silent} · {who}",
        n=number,
        name=name,
        silent=silent,
        who=_who(owner, on),
    )
    return words + say(" · <b>cần gọi</b>", " · <b>to be called</b>") if at_the_end else words


def _who(owner: str | None, on: date | None) -> Text:
    if owner is None or on is None:
        return STATES["climbing"]
    return say("{by} hẹn gọi, chậm nhất {on}", "{by} calls by {on}", by=owner, on=weekday(on))


def promise(*, by: str, on: date, mine: bool) -> Text:
    """Who has promised to call, to somebody who looks at the member."""
    if mine:
        return say("Đồng chí đã hẹn gọi, chậm nhất {on}.", "You promised to call by {on}.", on=weekday(on))
    return say("{by} đã hẹn gọi, chậm nhất {on}.", "{by} promised to call by {on}.", by=by, on=weekday(on))


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
    """`steps`: rung, its day, whether it was taken."""
    keeper = join([raw(one) for one in contacts], ", ") if contacts else say("chưa có", "nobody yet")
    facts = lines(
        silence,
        say("Người giữ liên lạc: {who}", "In touch with them: {who}", who=keeper),
        say("Hiện nay: {what}", "Now: {what}", what=_who(owner, on) if state == "taken" else STATES[state]),
    )
    plan = lines(*(_step_line(rung, at, done, zone) for rung, at, done in steps))
    return paragraph(facts, plan, lines(*moves)) if moves else paragraph(facts, plan)


def _step_line(rung: str, at: datetime, done: bool, zone: str) -> Text:
    if done:
        return say("{on} đã báo: {who}", "{on} told: {who}", on=_home(at), who=_RUNGS[rung])
    return say("{at} sẽ báo: {who}", "{at} next: {who}", at=moment(at, zone), who=_RUNGS[rung])


def promise_move(*, by: str, at: datetime, on: date) -> Text:
    return say(
        "{at}: {by} nhận gọi, hẹn chậm nhất ngày {on}",
        "{at}: {by} promised to call by {on}",
        at=_home(at),
        by=by,
        on=day(on),
    )


def by_when(*, name: str, last: date) -> Text:
    return say(
        "Đồng chí sẽ gọi cho đồng chí <b>{name}</b> vào hôm nào? Chậm nhất {last}. Đến hết ngày ấy mà chưa có kết quả, mọi "
        "người được nhờ gọi sẽ được báo.",
        "On which day will you call <b>{name}</b>? At the latest {last}. If there is no result by the end of that day, "
        "everybody who was asked to call is told.",
        name=name,
        last=day(last),
    )


def day_button(*, on: date) -> Text:
    return capital(weekday(on))


def promised(*, name: str, on: date) -> Text:
    return say(
        "Đã ghi: đồng chí gọi đồng chí {name}, chậm nhất ngày {on}. Gọi xong, mời bấm “Ghi kết quả gọi”.",
        "Noted: you will call {name} by {on}. When done, please tap “Note the call”.",
        name=name,
        on=day(on),
    )


def stop_sure(*, name: str) -> Text:
    return say(
        "Thôi nhắc mọi người gọi cho đồng chí <b>{name}</b> lần này? Kỳ báo cáo sau lại tính từ đầu. Những ai đã được nhờ "
        "gọi sẽ được báo là thôi.",
        "Stop asking people to call <b>{name}</b> this time? The next report begins anew. Those who were asked to call are "
        "told.",
        name=name,
    )


def stopped(*, name: str) -> Text:
    return say("Đã ngừng nhắc gọi lần này: {name}.", "Stopped this time: {name}.", name=name)


def which_steps(*, cell: str, contact: int, desk: int, committee: int) -> Text:
    return paragraph(
        say(
            "<b>{cell}</b>: khi một đồng chí chưa có tin", "<b>{cell}</b>: when somebody is silent", cell=cell
        ),
        in_force(contact=contact, desk=desk, committee=committee),
        say(
            "Số ngày tính từ buổi sáng bí thư được báo đồng chí ấy quá hạn. Lần đang nhắc giữ cách cũ; lần sau dùng "
            "cách mới.",
            "Days are counted from the morning on which the desk is told that a report is late. Those under way keep the "
            "old steps; later ones use the new.",
        ),
    )


def in_force(*, contact: int, desk: int, committee: int) -> Text:
    return lines(*(_after(rung, n) for rung, n in zip(_RUNGS, (contact, desk, committee), strict=True)))


def _after(rung: str, days: int) -> Text:
    return say("sau {n} ngày: {who}", "after {n} days: {who}", n=days, who=_RUNGS[rung])


def ready_button(*, name: str, contact: int, desk: int, committee: int) -> Text:
    return say(
        "{what}: {a}, {b}, {c} ngày",
        "{what}: {a}, {b}, {c} days",
        what=READY[name],
        a=contact,
        b=desk,
        c=committee,
    )


def type_steps() -> Text:
    return say(
        "Mời gõ ba số ngày: báo người giữ liên lạc, báo bí thư và phó bí thư, tính vào số liệu đảng ủy. Ví dụ: 7 14 30.",
        "Please type three numbers of days: whoever keeps in touch, secretary and deputy, the committee's count. For "
        "example: 7 14 30.",
    )


def steps_saved(*, contact: int, desk: int, committee: int) -> Text:
    saved = say("Đã đặt cho những lần sau:", "Set for what begins from now on:")
    return lines(saved, in_force(contact=contact, desk=desk, committee=committee))


# --- on paper -------------------------------------------------------------------------------------------------------

TITLE = say("DANH SÁCH ĐẢNG VIÊN CẦN LIÊN HỆ", "MEMBERS TO BE CALLED")
SHEET = say("Cần gọi", "To call")
KEEPER = say("NGƯỜI LẬP DANH SÁCH", "MADE BY")
LAST_WORD = say("Tin gần nhất", "Last word")
DAYS = say("Số ngày chưa có tin", "Days without word")
SILENT_SINCE = say("Hạn báo cáo chưa trả lời", "Report due on")
WHO_CALLS = say("Người nhận gọi, hẹn ngày", "Who calls, by when")
RESULT = say("Kết quả (ghi tay, rồi nhập vào chương trình)", "Result (write here, then type it in)")


def count(*, n: int) -> Text:
    return say("{n} đồng chí", "{n} members", n=n)


def owner_on_paper(*, by: str, on: date) -> Text:
    return say("{by}, chậm nhất {on}", "{by}, by {on}", by=by, on=day(on))


def sheet_sent(*, cell: str, count: int) -> Text:
    return say(
        "Danh sách cần gọi của {cell}: {n} đồng chí. Có số điện thoại: mời giữ kín, gọi xong mời ghi kết quả vào chương "
        "trình.",
        "The call list of {cell}: {n}. It holds phone numbers: please keep it safe, and note results in the program.",
        cell=cell,
        n=count,
    )
