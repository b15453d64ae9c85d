"""Words about tasks that a cell gives its members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.contact.reach import listed
from models.phrases.text import LABEL, Text, day, fitting, raw, say, say_as

MINE = say("Nhiệm vụ của tôi")
ABOUT = say("giao nhiệm vụ")
ABOUT_DONE = say("báo đã làm xong nhiệm vụ")
TASKS = say("Nhiệm vụ")
GIVE = say("Giao nhiệm vụ")
GIVE_NOW = say("Giao")
DONE = say_as("task", "Đã làm xong")
CANNOT = say("Vướng, chưa làm")
ABOUT_CANNOT = say("báo vướng mắc về nhiệm vụ")
SEE = say("Xem nhiệm vụ")
ANOTHER_DAY = say("Đổi hạn")
WITHDRAW = say("Rút lại")
WITHDRAW_YES = say("Đúng, rút lại")
KEEP = say("Không, giữ nguyên")
ALL_TASKS = say("‹ Nhiệm vụ của chi bộ")
BACK_MINE = say("‹ Nhiệm vụ của tôi")

IDEAS: dict[str, Text] = {
    "touch": say(
        "Giữ liên lạc với các đồng hương đang làm ăn cùng nơi; báo chi bộ khi có người gặp khó khăn"
    ),
    "law": say("Tuyên truyền, vận động người cùng làm chấp hành pháp luật nơi cư trú"),
    "study": say("Đọc nghị quyết, tài liệu chi bộ gửi và góp ý kiến bằng văn bản"),
    "jobs": say("Tìm hiểu, giới thiệu việc làm cho người trong thôn"),
}
IDEAS_SHORT: dict[str, Text] = {  # a telephone cuts a long button off
    "touch": say("Giữ liên lạc đồng hương"),
    "law": say("Vận động giữ pháp luật"),
    "study": say("Đọc nghị quyết, góp ý"),
    "jobs": say("Giới thiệu việc làm"),
}
STATES: dict[str, Text] = {
    "open": say("đang làm"),
    "done": say("đã làm xong"),
    "withdrawn": say("đã rút lại"),
}
LENGTHS: dict[str, Text] = {"month": say("1 tháng"), "quarter": say("3 tháng"), "year": say("cuối năm")}


# --- to the member --------------------------------------------------------------------------------------------------


def by_word_of_mouth(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa đồng ý nhận nhiệm vụ ở đây. Mời giao bằng lời hoặc bằng giấy và ghi vào biên bản.",
        name=name,
    )


def given(*, text: str, due_on: date) -> Text:
    return say(
        "Chi bộ phân công cho đồng chí một nhiệm vụ:\n\n{text}\n\nHạn: {due}.", text=text, due=day(due_on)
    )


def moved(*, text: str, due_on: date) -> Text:
    return say("Nhiệm vụ có hạn mới: {due}.\n\n{text}", text=text, due=day(due_on))


def withdrawn(*, text: str) -> Text:
    return say("Chi bộ rút lại nhiệm vụ sau, đồng chí không cần làm nữa:\n\n{text}", text=text)


def reminder(*, text: str, due_on: date, days: int) -> Text:
    """Remind of a task. `days` until its day; negative: it has gone by."""
    if days < 0:
        head = say("Nhiệm vụ đã quá hạn {due}:", due=day(due_on))
    elif days == 0:
        head = say("Nhiệm vụ đến hạn hôm nay:")
    else:
        head = say("Nhiệm vụ đến hạn ngày {due} (còn {days} ngày):", due=day(due_on), days=days)
    ask = say("Làm xong thì bấm nút bên dưới và ghi vài lời. Có vướng mắc, mời báo chi bộ (/hotro).")
    return paragraph(head, raw(text), ask)


def finished(*, name: str, text: str, words: str) -> Text:
    """Say that it is done, with the member's own words: they may say more than that."""
    return say(
        "Đồng chí <b>{name}</b> báo xong nhiệm vụ “{text}”: “{words}”",
        name=name,
        text=_short(text),
        words=_short(words),
    )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 120 else f"{one_line[:119]}…"


def about_task(*, text: str) -> Text:
    """Say the first line of a word to the desk."""
    return say("Về nhiệm vụ “{text}”, chưa làm được:", text=_short(text))


# --- screens --------------------------------------------------------------------------------------------------------


def mine_button(*, count: int) -> Text:
    return say("Nhiệm vụ của tôi ({count})", count=count)


def mine(*, count: int) -> Text:
    if not count:
        return say("Đồng chí không có nhiệm vụ nào đang làm.")
    return say("Đồng chí có {count} nhiệm vụ đang làm:", count=count)


def line(*, due_on: date, text: str, state: str) -> Text:
    """Label a button in a list."""
    what = day(due_on) if state == "open" else STATES[state]
    return say("{what}: {text}", what=what, text=short(text, LABEL - len(what.vi) - 2))


def named_line(*, name: str, due_on: date, late: bool) -> Text:
    due = f"{due_on:%d/%m}"
    if late:
        return say("{name}: quá hạn {due}", name=fitting(name, LABEL - 15), due=due)
    return say("{name}: hạn {due}", name=fitting(name, LABEL - 11), due=due)


def waits_many(*, count: int) -> Text:
    return say("{n} nhiệm vụ quá hạn", n=count)


def waits(*, due_on: date) -> Text:
    """Say what waits in the desk's queue, after the name."""
    return say("nhiệm vụ quá hạn {due}", due=f"{due_on:%d/%m}")


def short(text: str, limit: int = 40) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else f"{words[: limit - 1].rstrip()}…"


def task(
    *,
    name: str | None,
    text: str,
    due_on: date,
    by: str,
    state: str,
    given_on: date,
    closed_on: date | None,
    words: str | None,
) -> Text:
    """Show a task. `name`: whose it is, when it is not the reader's."""
    head = (
        say("Nhiệm vụ của đồng chí <b>{name}</b>", name=name) if name else say("<b>Nhiệm vụ của đồng chí</b>")
    )
    facts = say(
        "Hạn: {due}. {by} giao ngày {given}.\nTình trạng: {state}{on}.",
        due=day(due_on),
        by=by,
        given=day(given_on),
        state=STATES[state],
        on=say_as("task", " ngày {on}", on=day(closed_on)) if closed_on else raw(""),
    )
    parts = [head, raw(text), facts]
    if words:
        parts.append(say("Kết quả: {words}", words=words))
    return paragraph(*parts)


def cell(*, name: str, none: int, count: int, late: int) -> Text:
    head = say("<b>Nhiệm vụ, {name}</b>", name=name)
    who = (
        say("{none} đồng chí đi xa chưa được giao nhiệm vụ nào trong năm.", none=none)
        if none
        else say("Mọi đồng chí đi xa đều đã có nhiệm vụ.")
    )
    under_way = say("Đang làm: {count}, trong đó quá hạn: {late}.", count=count, late=late)
    return paragraph(head, lines(who, under_way))


def give_all_button(*, count: int) -> Text:
    if count == 1:
        return say("Giao cho người chưa có")
    return say("Giao cho cả {count} người chưa có", count=count)


def none_button(*, count: int) -> Text:
    return say("Chưa có nhiệm vụ ({count})", count=count)


def none(*, name: str, count: int) -> Text:
    return say(
        "<b>Chưa có nhiệm vụ, {name}</b>\n\n{count} đồng chí đi xa. Mỗi đảng viên đều được phân công nhiệm vụ phù hợp; "
        "bấm vào tên để giao.",
        name=name,
        count=count,
    )


def who() -> Text:
    return say("Giao nhiệm vụ cho ai?")


# --- questions ------------------------------------------------------------------------------------------------------


def what(*, whom: Text) -> Text:
    head = say(
        "Giao nhiệm vụ cho {whom}: việc gì? Chọn một gợi ý hợp với người đi xa, hoặc gõ nội dung.", whom=whom
    )
    ideas = [
        say("• <b>{short}</b>: {idea}.", short=short, idea=IDEAS[name]) for name, short in IDEAS_SHORT.items()
    ]
    return paragraph(head, lines(*ideas))


def one(*, name: str) -> Text:
    return say("đồng chí {name}", name=name)


def several(*, count: int) -> Text:
    return say("{count} đồng chí chưa có nhiệm vụ", count=count)


def until(*, last: date) -> Text:
    return say(
        "Làm xong trước ngày nào? Chọn bên dưới hoặc gõ ngày/tháng (muộn nhất {last}).", last=day(last)
    )


def day_button(*, what: Text, on: date) -> Text:
    return say("{what} ({on})", what=what, on=day(on))


def summary(*, whom: Text, names: Sequence[str], text: str, due_on: date) -> Text:
    """Show what is about to be given. `names`: shown where they are several."""
    words = say(
        "Giao cho {whom}:\n\n{text}\n\nHạn: <b>{due}</b>. Đúng chưa?", whom=whom, text=text, due=day(due_on)
    )
    return paragraph(words, listed(names)) if len(names) > 1 else words


def given_back(*, whom: Text, told: Text | None) -> Text:
    """Say that it is given. `told`: whom the message reaches, and when; None: it is the giver's own."""
    words = say("<b>Đã ghi nhiệm vụ</b> cho {whom}.", whom=whom)
    return lines(words, told) if told is not None else words


def what_was_done(*, text: str) -> Text:
    return say("{text}\n\nĐồng chí đã làm được gì? Mời ghi vài lời; chi bộ sẽ đọc.", text=text)


def what_hinders(*, text: str) -> Text:
    return say(
        "{text}\n\nĐồng chí vướng việc gì? Mời ghi vài lời: bí thư, phó bí thư sẽ đọc. Nhiệm vụ vẫn để đó.",
        text=text,
    )


def thanks() -> Text:
    return say("Đã ghi. Cảm ơn đồng chí.")


def moved_back(*, due_on: date) -> Text:
    return say("Đã đổi hạn: {due}.", due=day(due_on))


def sure_to_withdraw() -> Text:
    return say("Rút lại nhiệm vụ này? Đồng chí ấy sẽ được báo.")


# --- refusals -------------------------------------------------------------------------------------------------------


def over(*, state: str, on: date) -> Text:
    return say("Nhiệm vụ này {state} ngày {on}, nên không đổi được nữa.", state=STATES[state], on=day(on))


def day_unfit(*, last: date) -> Text:
    return say("Hạn phải từ hôm nay đến {last}. Mời gõ lại ngày/tháng/năm.", last=day(last))


def all_have() -> Text:
    return say("Mọi đồng chí đi xa đều đã có nhiệm vụ.")


# --- in the member's story ------------------------------------------------------------------------------------------


def entry(*, did: str, due_on: date) -> Text:
    """Say one entry of the history. `did`: given, done."""
    if did == "done":
        return say("Báo đã làm xong nhiệm vụ (hạn {due})", due=day(due_on))
    return say("Được phân công nhiệm vụ, hạn {due}", due=day(due_on))
