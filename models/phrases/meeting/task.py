"""Words about tasks that a cell gives its members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.contact.reach import listed
from models.phrases.text import LABEL, Text, day, fitting, raw, say

MINE = say("Nhiệm vụ của tôi", "My tasks")
ABOUT = say("giao nhiệm vụ", "giving a task")
ABOUT_DONE = say("báo đã làm xong nhiệm vụ", "saying what was done")
TASKS = say("Nhiệm vụ", "Tasks")
GIVE = say("Giao nhiệm vụ", "Give a task")
GIVE_NOW = say("Giao", "Give it")
DONE = say("Đã làm xong", "Done")
CANNOT = say("Vướng, chưa làm", "Cannot, not yet")
ABOUT_CANNOT = say("báo vướng mắc về nhiệm vụ", "saying what hinders a task")
SEE = say("Xem nhiệm vụ", "See the task")
ANOTHER_DAY = say("Đổi hạn", "Another day")
WITHDRAW = say("Rút lại", "Take it back")
WITHDRAW_YES = say("Đúng, rút lại", "Yes, take it back")
KEEP = say("Không, giữ nguyên", "No, keep it")
ALL_TASKS = say("‹ Nhiệm vụ của chi bộ", "‹ The cell's tasks")
BACK_MINE = say("‹ Nhiệm vụ của tôi", "‹ My tasks")

IDEAS: dict[str, Text] = {
    "touch": say(
        "Giữ liên lạc với các đồng hương đang làm ăn cùng nơi; báo chi bộ khi có người gặp khó khăn",
        "Keep in touch with people from home who work in the same place; tell the cell when somebody is in need",
    ),
    "law": say(
        "Tuyên truyền, vận động người cùng làm chấp hành pháp luật nơi cư trú",
        "Encourage those one works with to keep the law of the place",
    ),
    "study": say(
        "Đọc nghị quyết, tài liệu chi bộ gửi và góp ý kiến bằng văn bản",
        "Read what the cell sends and write one's opinion of it",
    ),
    "jobs": say(
        "Tìm hiểu, giới thiệu việc làm cho người trong thôn",
        "Find out about work there and tell people at home of it",
    ),
}
IDEAS_SHORT: dict[str, Text] = {  # a telephone cuts a long button off
    "touch": say("Giữ liên lạc đồng hương", "Keep in touch"),
    "law": say("Vận động giữ pháp luật", "Keep the law"),
    "study": say("Đọc nghị quyết, góp ý", "Read and answer"),
    "jobs": say("Giới thiệu việc làm", "Find out about work"),
}
STATES: dict[str, Text] = {
    "open": say("đang làm", "under way"),
    "done": say("đã làm xong", "done"),
    "withdrawn": say("đã rút lại", "taken back"),
}
LENGTHS: dict[str, Text] = {
    "month": say("1 tháng", "1 month"),
    "quarter": say("3 tháng", "3 months"),
    "year": say("cuối năm", "end of the year"),
}


# --- to the member --------------------------------------------------------------------------------------------------


def by_word_of_mouth(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa đồng ý nhận nhiệm vụ ở đây. Mời giao bằng lời hoặc bằng giấy và ghi vào biên bản.",
        "{name} has not agreed to being given tasks here. Please give it by word of mouth or on paper, and note it in the minutes.",
        name=name,
    )


def given(*, text: str, due_on: date) -> Text:
    return say(
        "Chi bộ phân công cho đồng chí một nhiệm vụ:\n\n{text}\n\nHạn: {due}.",
        "The cell gives you a task:\n\n{text}\n\nTo be done by {due}.",
        text=text,
        due=day(due_on),
    )


def moved(*, text: str, due_on: date) -> Text:
    return say(
        "Nhiệm vụ có hạn mới: {due}.\n\n{text}",
        "A task has another day: {due}.\n\n{text}",
        text=text,
        due=day(due_on),
    )


def withdrawn(*, text: str) -> Text:
    return say(
        "Chi bộ rút lại nhiệm vụ sau, đồng chí không cần làm nữa:\n\n{text}",
        "The cell takes this task back; nothing is to be done any more:\n\n{text}",
        text=text,
    )


def reminder(*, text: str, due_on: date, days: int) -> Text:
    """`days` until its day; negative: it has gone by."""
    if days < 0:
        head = say("Nhiệm vụ đã quá hạn {due}:", "A task whose day, {due}, has gone by:", due=day(due_on))
    elif days == 0:
        head = say("Nhiệm vụ đến hạn hôm nay:", "A task is due today:")
    else:
        head = say(
            "Nhiệm vụ đến hạn ngày {due} (còn {days} ngày):",
            "A task is due on {due} (in {days} days):",
            due=day(due_on),
            days=days,
        )
    ask = say(
        "Làm xong thì bấm nút bên dưới và ghi vài lời. Có vướng mắc, mời báo chi bộ (/hotro).",
        "When it is done, tap the button and write a few words. If there is a difficulty, tell the cell (/hotro).",
    )
    return paragraph(head, raw(text), ask)


def finished(*, name: str, text: str, words: str) -> Text:
    """With the member's own words: they may say more than that it is done."""
    return say(
        "Đồng chí <b>{name}</b> báo xong nhiệm vụ “{text}”: “{words}”",
        "<b>{name}</b> says that the task “{text}” is done: “{words}”",
        name=name,
        text=_short(text),
        words=_short(words),
    )


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 120 else f"{one_line[:119]}…"


def about_task(*, text: str) -> Text:
    """The first line of a word to the desk."""
    return say(
        "Về nhiệm vụ “{text}”, chưa làm được:", "About the task “{text}”, not done:", text=_short(text)
    )


# --- screens --------------------------------------------------------------------------------------------------------


def mine_button(*, count: int) -> Text:
    return say("Nhiệm vụ của tôi ({count})", "My tasks ({count})", count=count)


def mine(*, count: int) -> Text:
    if not count:
        return say("Đồng chí không có nhiệm vụ nào đang làm.", "You have no task under way.")
    return say("Đồng chí có {count} nhiệm vụ đang làm:", "You have {count} tasks under way:", count=count)


def line(*, due_on: date, text: str, state: str) -> Text:
    """A button in a list."""
    what = day(due_on) if state == "open" else STATES[state]
    return say("{what}: {text}", "{what}: {text}", what=what, text=short(text, LABEL - len(what.vi) - 2))


def named_line(*, name: str, due_on: date, late: bool) -> Text:
    due = f"{due_on:%d/%m}"
    if late:
        return say("{name}: quá hạn {due}", "{name}: late, {due}", name=fitting(name, LABEL - 15), due=due)
    return say("{name}: hạn {due}", "{name}: by {due}", name=fitting(name, LABEL - 11), due=due)


def waits_many(*, count: int) -> Text:
    return say("{n} nhiệm vụ quá hạn", "{n} tasks past their day", n=count)


def waits(*, due_on: date) -> Text:
    """In the desk's queue, after the name."""
    return say("nhiệm vụ quá hạn {due}", "task past {due}", due=f"{due_on:%d/%m}")


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
    """`name`: whose it is, when not the reader's."""
    head = (
        say("Nhiệm vụ của đồng chí <b>{name}</b>", "A task of <b>{name}</b>", name=name)
        if name
        else say("<b>Nhiệm vụ của đồng chí</b>", "<b>Your task</b>")
    )
    facts = say(
        "Hạn: {due}. {by} giao ngày {given}.\nTình trạng: {state}{on}.",
        "To be done by {due}. Given by {by} on {given}.\nState: {state}{on}.",
        due=day(due_on),
        by=by,
        given=day(given_on),
        state=STATES[state],
        on=say(" ngày {on}", " on {on}", on=day(closed_on)) if closed_on else raw(""),
    )
    parts = [head, raw(text), facts]
    if words:
        parts.append(say("Kết quả: {words}", "What was done: {words}", words=words))
    return paragraph(*parts)


def cell(*, name: str, none: int, count: int, late: int) -> Text:
    head = say("<b>Nhiệm vụ, {name}</b>", "<b>Tasks, {name}</b>", name=name)
    who = (
        say(
            "{none} đồng chí đi xa chưa được giao nhiệm vụ nào trong năm.",
            "{none} members who work away have been given no task this year.",
            none=none,
        )
        if none
        else say("Mọi đồng chí đi xa đều đã có nhiệm vụ.", "Everybody who works away has a task.")
    )
    under_way = say(
        "Đang làm: {count}, trong đó quá hạn: {late}.",
        "Under way: {count}, of which {late} are past their day.",
        count=count,
        late=late,
    )
    return paragraph(head, lines(who, under_way))


def give_all_button(*, count: int) -> Text:
    if count == 1:
        return say("Giao cho người chưa có", "One to the one without")
    return say("Giao cho cả {count} người chưa có", "One to all {count} without", count=count)


def none_button(*, count: int) -> Text:
    return say("Chưa có nhiệm vụ ({count})", "Without a task ({count})", count=count)


def none(*, name: str, count: int) -> Text:
    return say(
        "<b>Chưa có nhiệm vụ, {name}</b>\n\n{count} đồng chí đi xa. Mỗi đảng viên đều được phân công nhiệm vụ phù hợp; "
        "bấm vào tên để giao.",
        "<b>Without a task, {name}</b>\n\n{count} members who work away. Every member is to have a task that fits; "
        "tap a name to give one.",
        name=name,
        count=count,
    )


def who() -> Text:
    return say("Giao nhiệm vụ cho ai?", "To whom?")


# --- questions ------------------------------------------------------------------------------------------------------


def what(*, whom: Text) -> Text:
    head = say(
        "Giao nhiệm vụ cho {whom}: việc gì? Chọn một gợi ý hợp với người đi xa, hoặc gõ nội dung.",
        "A task for {whom}: what is to be done? Choose a suggestion that fits being away, or type it.",
        whom=whom,
    )
    ideas = [
        say("• <b>{short}</b>: {idea}.", "• <b>{short}</b>: {idea}.", short=short, idea=IDEAS[name])
        for name, short in IDEAS_SHORT.items()
    ]
    return paragraph(head, lines(*ideas))


def one(*, name: str) -> Text:
    return say("đồng chí {name}", "{name}", name=name)


def several(*, count: int) -> Text:
    return say("{count} đồng chí chưa có nhiệm vụ", "{count} members without a task", count=count)


def until(*, last: date) -> Text:
    return say(
        "Làm xong trước ngày nào? Chọn bên dưới hoặc gõ ngày/tháng (muộn nhất {last}).",
        "By which day? Choose below or type day/month ({last} at the latest).",
        last=day(last),
    )


def day_button(*, what: Text, on: date) -> Text:
    return say("{what} ({on})", "{what} ({on})", what=what, on=day(on))


def summary(*, whom: Text, names: Sequence[str], text: str, due_on: date) -> Text:
    """`names`: shown where they are several."""
    words = say(
        "Giao cho {whom}:\n\n{text}\n\nHạn: <b>{due}</b>. Đúng chưa?",
        "For {whom}:\n\n{text}\n\nTo be done by <b>{due}</b>. Is that right?",
        whom=whom,
        text=text,
        due=day(due_on),
    )
    return paragraph(words, listed(names)) if len(names) > 1 else words


def given_back(*, whom: Text, told: Text | None) -> Text:
    """`told`: whom the message reaches, and when; None: it is the giver's own."""
    words = say("<b>Đã ghi nhiệm vụ</b> cho {whom}.", "<b>The task is recorded</b> for {whom}.", whom=whom)
    return lines(words, told) if told is not None else words


def what_was_done(*, text: str) -> Text:
    return say(
        "{text}\n\nĐồng chí đã làm được gì? Mời ghi vài lời; chi bộ sẽ đọc.",
        "{text}\n\nWhat have you done? Please write a few words; the cell will read them.",
        text=text,
    )


def what_hinders(*, text: str) -> Text:
    return say(
        "{text}\n\nĐồng chí vướng việc gì? Mời ghi vài lời: bí thư, phó bí thư sẽ đọc. Nhiệm vụ vẫn để đó.",
        "{text}\n\nWhat hinders you? Please write a few words: the desk will read them. The task stays as it is.",
        text=text,
    )


def thanks() -> Text:
    return say("Đã ghi. Cảm ơn đồng chí.", "Noted. Thank you.")


def moved_back(*, due_on: date) -> Text:
    return say("Đã đổi hạn: {due}.", "Another day is set: {due}.", due=day(due_on))


def sure_to_withdraw() -> Text:
    return say(
        "Rút lại nhiệm vụ này? Đồng chí ấy sẽ được báo.", "Take this task back? The member will be told."
    )


# --- refusals -------------------------------------------------------------------------------------------------------


def over(*, state: str, on: date) -> Text:
    return say(
        "Nhiệm vụ này {state} ngày {on}, nên không đổi được nữa.",
        "This task is {state} since {on}, so nothing about it can change.",
        state=STATES[state],
        on=day(on),
    )


def day_unfit(*, last: date) -> Text:
    return say(
        "Hạn phải từ hôm nay đến {last}. Mời gõ lại ngày/tháng/năm.",
        "The day must lie between today and {last}. Please type day/month/year.",
        last=day(last),
    )


def all_have() -> Text:
    return say("Mọi đồng chí đi xa đều đã có nhiệm vụ.", "Everybody who works away has a task.")


# --- in the member's story ------------------------------------------------------------------------------------------


def entry(*, did: str, due_on: date) -> Text:
    """`did`: given, done."""
    if did == "done":
        return say(
            "Báo đã làm xong nhiệm vụ (hạn {due})", "Said that a task was done (by {due})", due=day(due_on)
        )
    return say("Được phân công nhiệm vụ, hạn {due}", "Was given a task, by {due}", due=day(due_on))
