"""Words about pauses: announced, running, over."""

from __future__ import annotations

from datetime import date, datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, moment, say, say_as

PAUSE = say("Tạm nghỉ báo cáo")
ABOUT = say_as("pause", "tạm nghỉ báo cáo")
REPORT_NOW = say("Vẫn báo cáo bây giờ")
END_NOW = say("Hết nghỉ, hỏi lại từ nay")
END_YES = say("Đúng, kết thúc")
KEEP = say("Không, vẫn nghỉ")
CHANGE_END = say("Đổi ngày kết thúc")
PAUSE_AGAIN = say("Nghỉ tiếp")
TODAY = say("Từ hôm nay")
TOMORROW = say("Từ ngày mai")
NEXT_WEEK = say("Từ tuần sau")
ANNOUNCE = say("Báo tạm nghỉ")
FOR_THEM = say("Ghi tạm nghỉ")
END_THEIRS = say("Kết thúc tạm nghỉ")
SEE_PERSON = say("Xem đồng chí này")

KINDS: dict[str, Text] = {
    "own": say("việc riêng"),
    "shift": say("làm ca dày"),
    "voyage": say("đi biển"),
    "network": say("nơi không có mạng"),
    "other": say_as("pause", "việc khác"),
}
STATES: dict[str, Text] = {
    "announced": say("đã báo trước"),
    "running": say("đang nghỉ"),
    "over": say("đã hết"),
    "ended": say("kết thúc sớm"),
}
LENGTHS: dict[str, Text] = {
    "week": say("1 tuần"),
    "fortnight": say("2 tuần"),
    "month": say("1 tháng"),
    "quarter": say("3 tháng"),
    "longest": say("lâu nhất"),
}


# --- the questions --------------------------------------------------------------------------------------------------


def which_kind(*, name: str | None) -> Text:
    """Ask which kind of pause it is. `name`: whose it is, when it is not one's own."""
    if name:
        return say("Đồng chí {name} tạm nghỉ vì việc gì?", name=name)
    return say(
        "Tạm nghỉ: từ ngày bắt đầu đến ngày hẹn, chương trình không hỏi, không nhắc, và không kỳ nào bị tính là quá hạn.\n\n"
        "Vì việc gì?"
    )


def from_when(*, last: date) -> Text:
    return say("Nghỉ từ ngày nào? Chọn bên dưới hoặc gõ ngày/tháng (muộn nhất {last}).", last=day(last))


def day_button(*, what: Text, on: date) -> Text:
    return say("{what} ({on})", what=what, on=day(on))


def until_when(*, last: date, months: int) -> Text:
    return say(
        "Nghỉ đến ngày nào? Ngày ấy chương trình chào lại đồng chí. Chọn bên dưới hoặc gõ ngày/tháng "
        "(muộn nhất {last}; lâu hơn {months} tháng thì gia hạn sau).",
        last=day(last),
        months=months,
    )


def summary(*, name: str | None, kind: str, begins_on: date, ends_on: date, reason: str, limit: int) -> Text:
    who = [say("<b>{name}</b>", name=name)] if name else []
    rows = [
        *who,
        say("Tạm nghỉ: <b>{first}</b> đến <b>{last}</b>", first=day(begins_on), last=day(ends_on)),
        say("Vì: {kind}", kind=KINDS[kind]),
    ]
    if reason:
        rows.append(say("<blockquote>{reason}</blockquote>", reason=reason))
    told = (
        say("Đồng chí ấy và bí thư, phó bí thư được báo.") if name else say("Bí thư và phó bí thư được báo.")
    )
    more = say(
        "Muốn ghi thêm lý do thì gõ (tối đa {limit} ký tự; xin không ghi chuyện sức khỏe, gia đình); không thì bấm nút.",
        limit=limit,
    )
    return paragraph(lines(*rows), told, more)


# --- what is refused ------------------------------------------------------------------------------------------------


def not_asked() -> Text:
    return say("Hiện chương trình không hỏi báo cáo nên không cần tạm nghỉ.")


def exists(*, begins_on: date, ends_on: date) -> Text:
    return say(
        "Đã có một lần tạm nghỉ từ {first} đến {last}. Muốn khác thì đổi ngày kết thúc, hoặc kết thúc ngay.",
        first=day(begins_on),
        last=day(ends_on),
    )


def out_of_range(*, first: date, last: date) -> Text:
    return say("Ngày này phải từ {first} đến {last}. Mời chọn lại.", first=day(first), last=day(last))


def gone() -> Text:
    return say("Lần tạm nghỉ này đã kết thúc rồi.")


# --- how it stands --------------------------------------------------------------------------------------------------


def mine(
    *, running: bool, kind: str, begins_on: date, ends_on: date, by: str | None, reason: str | None
) -> Text:
    head = (
        say("<b>Đồng chí đang tạm nghỉ báo cáo</b> đến <b>{last}</b>.", last=day(ends_on))
        if running
        else say(
            "<b>Đồng chí đã báo tạm nghỉ</b> từ <b>{first}</b> đến <b>{last}</b>.",
            first=day(begins_on),
            last=day(ends_on),
        )
    )
    rows = [say("Vì: {kind}", kind=KINDS[kind])]
    if reason:
        rows.append(say("Lý do: {reason}", reason=reason))
    if by:
        rows.append(say("Do đồng chí {by} ghi giúp.", by=by))
    tail = say(
        "Trong lúc nghỉ không có câu hỏi, không có nhắc, không kỳ nào tính là quá hạn. Muốn báo thì vẫn báo được."
    )
    return paragraph(head, lines(*rows), tail)


def announced_back(*, begins_on: date, ends_on: date) -> Text:
    return say("✓ Đã ghi: tạm nghỉ từ {first} đến {last}.", first=day(begins_on), last=day(ends_on))


def saved_for(*, name: str, begins_on: date, ends_on: date, told: bool) -> Text:
    done = say(
        "✓ Đồng chí {name} tạm nghỉ từ {first} đến {last}.",
        name=name,
        first=day(begins_on),
        last=day(ends_on),
    )
    tail = (
        say(" Đồng chí ấy sẽ được báo.")
        if told
        else say(" Tin không tới được đồng chí ấy: mời báo bằng điện thoại.")
    )
    return done + tail


def sure_to_end() -> Text:
    return say("Kết thúc tạm nghỉ từ bây giờ?")


def ended() -> Text:
    return say("✓ Đã hết tạm nghỉ.")


def desk_line(*, running: bool, begins_on: date, ends_on: date, kind: str, reason: str | None) -> Text:
    """Say why somebody is silent, to those who look after them."""
    head = (
        say("<b>Tạm nghỉ báo cáo</b> đến {last} ({kind}).",
            last=day(ends_on), kind=KINDS[kind])
        if running
        else say("Đã báo tạm nghỉ từ {first} đến {last} ({kind}).",
                 first=day(begins_on), last=day(ends_on), kind=KINDS[kind])
    )  # fmt: skip
    what = [say("Lý do: {reason}", reason=reason)] if reason else []
    return lines(head, *what, say("Không cần làm gì; hết hạn chương trình hỏi lại."))


def until(*, on: date) -> Text:
    """Say in a few words behind a name until when somebody is silent."""
    return say("nghỉ đến {on}", on=day(on))


def held_line(
    *, begins_on: date, ends_on: date, kind: str, state: str, by: str | None, reason: str | None
) -> Text:
    """Say in /dulieu that a pause is kept."""
    line = say(
        "{first} đến {last}: {kind}, {state}",
        first=day(begins_on),
        last=day(ends_on),
        kind=KINDS[kind],
        state=STATES[state],
    )
    if by:
        line += say("; {by} ghi", by=by)
    if reason:
        line += say("; {reason}", reason=reason)
    return line


# --- to others ------------------------------------------------------------------------------------------------------


def told_keepers(
    *, name: str, by: str | None, begins_on: date, ends_on: date, kind: str, silenced: bool
) -> Text:
    who = say("<b>{name}</b>", name=name)
    head = (
        say("{by} ghi cho đồng chí {who} tạm nghỉ", by=by, who=who)
        if by
        else say("Đồng chí {who} báo tạm nghỉ", who=who)
    )
    when = say(
        " báo cáo từ {first} đến {last} ({kind}).", first=day(begins_on), last=day(ends_on), kind=KINDS[kind]
    )
    quiet = say("Kỳ đang chờ được gác lại; không cần gọi nữa.")
    return lines(head + when, quiet) if silenced else head + when


def told_member(*, by: str, begins_on: date, ends_on: date, kind: str, reason: str | None) -> Text:
    told = say(
        "Đồng chí {by} đã ghi cho đồng chí tạm nghỉ báo cáo từ {first} đến {last} ({kind}). Trong lúc ấy chương trình không "
        "hỏi, không nhắc. Không đúng thì mở /baocao để đổi hoặc kết thúc tạm nghỉ.",
        by=by,
        first=day(begins_on),
        last=day(ends_on),
        kind=KINDS[kind],
    )
    return paragraph(told, say("Lý do: {reason}", reason=reason)) if reason else told


def changed_keepers(*, name: str, ends_on: date) -> Text:
    return say("Tạm nghỉ của đồng chí {name} nay đến {last}.", name=name, last=day(ends_on))


def changed_member(*, by: str, ends_on: date) -> Text:
    return say(
        "Đồng chí {by} đã đổi ngày kết thúc tạm nghỉ của đồng chí thành {last}.", by=by, last=day(ends_on)
    )


def over_keepers(*, name: str, early: bool, asked: bool) -> Text:
    head = (
        say("Đồng chí {name} hết tạm nghỉ, sớm hơn hẹn.", name=name)
        if early
        else say("Đồng chí {name} đã hết tạm nghỉ.", name=name)
    )  # fmt: skip
    tail = say(" Kỳ được gác lại đang được hỏi.") if asked else say(" Lịch báo cáo tiếp tục từ kỳ sau.")
    return head + tail


def greeting(*, name: str, by: str | None, next_at: datetime | None, zone: str) -> Text:
    """Greet at the end of a pause. The question follows, or when the next one comes."""
    hello = say("Chào đồng chí {name} trở lại. Đợt tạm nghỉ đã hết.", name=name)  # fmt: skip
    if by:
        hello = say("Chào đồng chí {name}. Đồng chí {by} đã kết thúc tạm nghỉ.", name=name, by=by)
    if next_at is None:
        return hello
    rest = say("Hiện chưa phải báo gì. Kỳ sau: {when}.", when=moment(next_at, zone))
    return paragraph(hello, rest)
