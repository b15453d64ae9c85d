"""Words of the desk: short lines, counts first, what a person can do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.contact.checkin import chosen
from models.phrases.contact.contact_note import CHANNELS, OUTCOMES, how
from models.phrases.entry.reachability import NEXT_STEPS, SILENT
from models.phrases.text import (
    HOME_ZONE,
    Text,
    both,
    day,
    join,
    moment,
    month,
    named,
    raw,
    say,
    say_as,
    small,
    weekday,
)

DESK = say("‹ Chi bộ")
LIST = say("‹ Danh sách")
REFRESH = say("Làm mới")
CALL = say("Gọi")
NOTE = say("Ghi kết quả gọi")
REMIND = say("Nhắc lại")
EXCUSE = say("Hoãn báo cáo đến…")
SEE_REPORT = say("Xem báo cáo")
THE_REST = say("Hỏi, giao việc, tạm nghỉ…")
ASK = say("Hỏi đột xuất")
INVITE = say("Mời đăng ký")

PILES: dict[str, Text] = {
    "owing": say("Chưa trả lời"),
    "requests": say("Cần hỗ trợ"),
    "identities": say("Chờ xác nhận đúng người"),
    "absences": say("Việc đi làm ăn xa"),
    "unreachable": say("Tin không tới"),
    "unregistered": say("Chưa đăng ký"),
    "paper": say("Liên hệ ngoài chương trình"),
    "excused": say("Đang hoãn báo cáo"),
    "paused": say_as("desk", "Tạm nghỉ báo cáo"),
    "planned": say("Chưa đến kỳ"),
    "no contact": say("Chưa có người giữ liên lạc"),
    "answered": say("Đã báo cáo"),
    "questions": say("Câu hỏi đã gửi"),
}


# --- the desk -------------------------------------------------------------------------------------------------------


def which_cell() -> Text:
    return say("Đồng chí muốn xem chi bộ nào?")


def answered_so_far(*, period: date | None, answered: int, asked: int, away: int) -> Text:
    """Say how many of those asked this turn have answered. Before anybody was asked, nothing is counted."""
    if not away:
        return say("Chưa có đồng chí nào đi làm ăn xa")
    if period is None or not asked:
        return say("{away} đồng chí đi xa, kỳ này chưa hỏi ai", away=away)
    return say(
        "Báo cáo {month}: <b>{answered}/{asked}</b> đồng chí đã trả lời",
        month=month(period),
        answered=answered,
        asked=asked,
    )


def overview(
    *,
    cell: str,
    period: date | None,
    at: datetime,
    zone: str,
    answered: int,
    asked: int,
    away: int,
    late: int,
    late_extra: int,
    counts: Sequence[tuple[str, int]],
    questions: Sequence[tuple[int, int]],
    nothing_waits: bool,
) -> Text:
    head = say("<b>{cell}</b> · xem lúc {at}", cell=cell, at=moment(at, zone))
    first = answered_so_far(period=period, answered=answered, asked=asked, away=away)
    rest = [_count(pile, count, late, late_extra) for pile, count in counts if count and pile != "answered"]
    rest += [
        say("<b>{answered}/{of}</b> trả lời câu hỏi đột xuất", answered=count, of=of)
        for count, of in questions
    ]
    calm = [nothing()] if nothing_waits else []
    return paragraph(head, lines(first, *rest), *calm)


def _count(pile: str, count: int, late: int, late_extra: int) -> Text:
    line = say("<b>{count}</b> {what}", count=count, what=small(PILES[pile]))
    if pile == "owing" and late:
        line += say(", trong đó <b>{late}</b> quá hạn", late=late)
        if late_extra:
            line += say(" ({n} chỉ quá hạn câu hỏi đột xuất)", n=late_extra)
    return line


def nothing() -> Text:
    return say("Hôm nay không có việc gì chờ đồng chí.")


def pile_button(*, pile: str, count: int) -> Text:
    return say("{what} ({count})", what=PILES[pile], count=count)


def pile(*, pile: str, cell: str, count: int, page: int, pages: int) -> Text:
    head = say("<b>{what}: {count}</b>\n{cell}", what=PILES[pile], count=count, cell=cell)
    if not count:
        return paragraph(head, say("Không có ai trong danh sách này."))
    turn = say("trang {page}/{pages}", page=page + 1, pages=pages)
    return lines(head, turn) if pages > 1 else head


def line(*, name: str, what: Text) -> Text:
    """Say a name on a button and what matters about it."""
    return say("{name} · {what}", name=name, what=what)


def bullet(*, name: str, what: Text) -> Text:
    return say("• <b>{name}</b>: {what}", name=name, what=what)


ASKED: dict[str, Text] = {"open": say("đã hỏi"), "nudged": say_as("desk", "đã nhắc"), "late": say("quá hạn")}


def owes(*, state: str, due_at: datetime, adhoc: bool) -> Text:
    kind = say("đột xuất, ") if adhoc else EMPTY
    return say("{kind}{state}, hạn {due}", kind=kind, state=ASKED[state], due=_short(due_at))


def excused_until(*, until: datetime) -> Text:
    return say("hoãn đến {day}", day=_short(until))


def answered_at(*, at: datetime, by_other: bool) -> Text:
    if by_other:
        return say("ghi nhận hộ {day}", day=_short(at))
    return say("trả lời {day}", day=_short(at))


def why_silent(*, state: str, contacted: bool) -> Text:
    return SILENT[state] + (say(", đã liên hệ") if contacted else EMPTY)


def request_line(*, owner: str | None, opened_at: datetime) -> Text:
    if owner:
        return say("{owner} đã nhận", owner=owner)
    return say("chưa ai nhận, từ {day}", day=_short(opened_at))


def nothing_more() -> Text:
    return say("không dùng chương trình")


def opened_on(*, at: datetime) -> Text:
    return say("chờ từ {day}", day=_short(at))


def _short(value: datetime) -> Text:
    local = value.astimezone(ZoneInfo(HOME_ZONE)).date()
    return both(raw(f"{local:%d/%m}").vi, weekday(local).en)


# --- one person -----------------------------------------------------------------------------------------------------


def person(*, name: str, where: Text | None, body: Sequence[Text]) -> Text:
    head = say("<b>{name}</b>", name=name)
    if where:
        head += say("\n{where}", where=where)
    return paragraph(head, *body)


def the_rest() -> Text:
    return say("Việc khác với đồng chí này:")


def promise(
    *,
    period: date,
    question: str | None,
    opens_at: datetime,
    due_at: datetime,
    zone: str,
    nudges: int,
    late: bool,
) -> Text:
    about = (
        say("Hỏi đột xuất: <b>{question}</b>", question=question)
        if question
        else say("Kỳ {month}", month=month(period))
    )
    asked = say("Hỏi từ: {at}", at=moment(opens_at, zone))
    due = say("Hạn: {at}", at=moment(due_at, zone))
    if late:
        due += say(" · <b>quá hạn</b>")
    parts = [about, asked, due]
    if nudges:
        parts.append(say("Đã nhắc {count} lần", count=nudges))
    return lines(*parts)


def excused_because(*, reason: str) -> Text:
    return say("Lý do hoãn báo cáo: {reason}", reason=reason)


def excuse(*, until: datetime, zone: str) -> Text:
    return say("Được hoãn báo cáo đến {until}.", until=moment(until, zone))


def clock_there(*, now: datetime, zone: str, decent: bool) -> Text:
    """Say what time it is there now, and whether it is a time to call."""
    at = f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    if decent:
        return say("Bên đó đang {at}, gọi được.", at=at)
    return say("Bên đó đang {at}, <b>không nên gọi</b>.", at=at)


def contacts(rows: Sequence[tuple[date, Text, str]]) -> Text:
    head = say("Các lần liên hệ gần đây:")
    return lines(head, *(say("• {day}, {how}, {by}", day=day(on), how=how, by=by) for on, how, by in rows))


def place(*, vi: str, en: str) -> Text:
    return named(vi, en)


def phone(*, e164: str, shown: str) -> Text:
    """Say a number, E.164 first: Telegram makes it something to tap on every phone."""
    return say(
        "Điện thoại: {e164}\n({shown})\nBấm vào số để gọi. Gọi xong, mời ghi lại bằng nút “Ghi kết quả gọi”.",
        e164=e164,
        shown=shown,
    )


def no_phone() -> Text:
    return say(
        "Danh sách chưa có số điện thoại của đồng chí này. Mời hỏi người thân, rồi bổ sung bằng /danhsach."
    )


def phone_instead(*, by: datetime) -> Text:
    return say(
        "<b>Gọi điện thay báo cáo</b>: hẹn gọi trước {by}. Không bị coi là quá hạn.",
        by=weekday(by.astimezone(ZoneInfo(HOME_ZONE)).date()),
    )


def next_step(*, state: str, since: datetime) -> Text:
    """Say what a person can do about an account to which nothing gets through."""
    why = say("<b>Tin không tới</b>: {why}, từ {since}.", why=SILENT[state], since=moment(since, HOME_ZONE))
    return lines(why, NEXT_STEPS[state])


def invited(*, state: Text, at: datetime, expires_at: datetime) -> Text:
    return lines(
        say("<b>Chưa đăng ký</b>: {state}.", state=state),
        say("Mời lúc: {at}", at=moment(at, HOME_ZONE)),
        say("Lời mời dùng được đến: {at}", at=moment(expires_at, HOME_ZONE)),
        say("Việc cần làm: gọi điện hỏi có vướng gì không; nếu mất lời mời thì gửi lời mời mới."),
    )


def not_invited() -> Text:
    return lines(say("<b>Chưa đăng ký</b>: chưa gửi lời mời."), say("Việc cần làm: gửi lời mời."))


def on_paper() -> Text:
    return say(
        "Đồng chí ấy chọn không nhận câu hỏi qua chương trình. Việc cần làm: giữ liên lạc bằng điện thoại, thư hoặc gặp mặt, "
        "rồi ghi lại bằng nút “Ghi kết quả gọi”."
    )


def not_due(*, at_home: bool) -> Text:
    if at_home:
        return say("Đang sinh hoạt tại chi bộ, không phải báo cáo qua chương trình.")
    return say("Hiện không có câu hỏi nào đang chờ đồng chí này.")


# --- what a tap did -------------------------------------------------------------------------------------------------


def reminded(*, at: datetime, zone: str, now: bool, looks_in: bool) -> Text:
    """Say what becomes of the reminder. `looks_in`: they read it when they look, for nothing rings there."""
    if looks_in:
        return say("✓ Lời nhắc đã để trên trang web: đồng chí ấy thấy khi mở trang. Cần ngay thì mời gọi.")
    if now:
        return say("✓ Lời nhắc đã được gửi đi.")
    return say("✓ Bên đó đang là đêm. Lời nhắc sẽ gửi lúc {at}.", at=moment(at, zone))


def reminded_already() -> Text:
    return say("Hôm nay đã nhắc rồi; mỗi ngày chỉ nhắc thêm một lần. Nếu cần gấp, mời gọi điện.")


def cannot_remind() -> Text:
    return say("Tin nhắn hiện không tới được đồng chí này nên không nhắc được. Mời gọi điện.")


def happened(*, name: str, state: str, by: str | None, at: datetime, zone: str, self_: bool) -> Text:
    """Say what became of a report since the button was shown."""
    when = moment(at, zone)
    if state == "answered" and self_:
        return say("Đồng chí {name} đã tự báo cáo lúc {when}. Không cần làm gì thêm.", name=name, when=when)
    if state == "answered":
        return say(
            "Đồng chí {by} đã liên hệ với đồng chí {name} và ghi nhận lúc {when}.",
            by=by or "?",
            name=name,
            when=when,
        )
    if state == "excused":
        return say(
            "Đồng chí {by} đã cho đồng chí {name} hoãn báo cáo, lúc {when}.",
            by=by or "?",
            name=name,
            when=when,
        )
    if state == "paused":
        return say(
            "Đồng chí {name} tạm nghỉ báo cáo nên kỳ này được gác lại từ {when}. Không cần làm gì.",
            name=name,
            when=when,
        )
    return say(
        "Kỳ này của đồng chí {name} đã đóng lúc {when}. Nếu có tin mới, mời ghi bằng “Ghi kết quả gọi”.",
        name=name,
        when=when,
    )


# --- contacted ------------------------------------------------------------------------------------------------------

CONTACTING = say("ghi nhận đã liên hệ")
TODAY = say("Hôm nay")
YESTERDAY = say("Hôm qua")
SAVE = say("Ghi lại")
REWRITE = say("Viết lại kết quả")
CHANNEL_BUTTONS: dict[str, Text] = {
    "phone": say("Gọi điện"),
    "zalo": say("Zalo"),
    "relative": say("Qua người thân"),
    "visit": say("Gặp trực tiếp"),
}


HAND_ON = say("Nhờ người khác gọi")
ANOTHER_WAY = say("Cách khác, ngày khác")
NO_WORDS = say("Xong, không ghi thêm")
OUTCOME_BUTTONS: dict[str, Text] = {
    "reached": say("Gặp được"),
    "no answer": say("Không nghe máy"),
    "left word": say("Nhắn qua người thân"),
    "later": say("Hẹn gọi lại"),
}


def which_outcome(*, name: str) -> Text:
    return say(
        "Gọi cho đồng chí <b>{name}</b> hôm nay: kết quả thế nào? Bấm là ghi lại ngay; lời thì ghi thêm sau.",
        name=name,
    )


def outcome_saved(*, name: str, outcome: str, settled: bool, told: bool, limit: int) -> Text:
    """Say what was noted, what follows from it, and that words may be added."""
    if outcome == "reached":
        done = say("✓ Đã ghi: hôm nay gọi gặp được đồng chí {name}.", name=name)
        after = say(" Báo cáo đang chờ coi như đã xong.") if settled else EMPTY
    else:
        done = say(
            "✓ Đã ghi: hôm nay gọi cho đồng chí {name}, {what}.",
            name=name, what=OUTCOMES[outcome],
        )  # fmt: skip
        after = say(" Báo cáo vẫn chờ; mai gọi lại.")
    more = say("Có gì cần ghi thêm thì gõ vào đây (tối đa {limit} ký tự).", limit=limit)
    if told:
        more += say(" Đồng chí ấy đọc được và sửa được.")
    return paragraph(done + after, more)


def words_added(*, name: str) -> Text:
    return say("✓ Đã ghi thêm về đồng chí {name}.", name=name)


def hand_to_whom(*, name: str, count: int) -> Text:
    if not count:
        return say(
            "Hiện không có ai khác nhận được tin để nhờ gọi đồng chí {name}. Mời phân công người giữ liên lạc trong /danhsach.",
            name=name,
        )
    return say("Nhờ ai gọi cho đồng chí <b>{name}</b>? Bấm tên là người ấy được báo.", name=name)


def handed_on(*, name: str, to: str) -> Text:
    return say("✓ Đã nhờ đồng chí {to} gọi cho đồng chí {name}. Báo cáo vẫn chờ.", name=name, to=to)


def which_channel(*, name: str) -> Text:
    return say("Đồng chí đã liên hệ với <b>{name}</b> bằng cách nào?", name=name)


def which_day() -> Text:
    return say("Liên hệ ngày nào?\nBấm nút, hoặc gõ ngày khác, ví dụ 03/12.")


def which_result(*, name: str, limit: int) -> Text:
    return say(
        "Mời gõ ngắn gọn kết quả: đồng chí {name} hiện thế nào, cần gì? (tối đa {limit} ký tự)\n"
        "Đồng chí ấy sẽ được đọc và sửa nếu chưa đúng.",
        name=name,
        limit=limit,
    )


def report_out_of_turn(*, at: datetime) -> Text:
    on = at.astimezone(ZoneInfo(HOME_ZONE)).date()
    return say("Báo cáo đột xuất {day}", day=day(on))


def contact_preview(
    *, name: str, channel: str, outcome: str, on: date, result: str, settles: bool, told: bool
) -> Text:
    after = []
    if outcome != "reached":
        after.append(say("Nhắn qua người thân chưa phải là gặp được: báo cáo vẫn chờ."))
    if settles:
        after.append(say("Ghi xong, báo cáo đang chờ coi như đã xong."))
    if told:
        after.append(say("Ghi xong, đồng chí ấy được báo."))
    return paragraph(
        say("<b>Xem lại trước khi ghi</b>"),
        say("{name}, {channel}, {day}", name=name, channel=CHANNELS[channel], day=day(on)),
        say("<blockquote>{result}</blockquote>", result=result),
        *([lines(*after)] if after else []),
    )


def contact_saved(*, name: str, told: bool) -> Text:
    if told:
        return say(
            "✓ Đã ghi nhận liên hệ với đồng chí {name}. Đồng chí ấy được báo và có thể sửa.", name=name
        )
    return say(
        "✓ Đã ghi nhận liên hệ với đồng chí {name}. Hiện tin không tới được đồng chí ấy; khi dùng lại chương trình, "
        "đồng chí ấy xem và sửa được trong /dulieu.",
        name=name,
    )


def contact_saved_besides() -> Text:
    return say("Ghi nhận của đồng chí vẫn được lưu trong các lần liên hệ.")


# --- excuse ---------------------------------------------------------------------------------------------------------

EXCUSING = say("cho hoãn báo cáo")
NO_REASON = say("Không ghi lý do")


def day_button(*, what: Text, on: date) -> Text:
    return say("{what}: {on}", what=what, on=weekday(on))


THREE_DAYS = say("3 ngày")
A_WEEK = say("Một tuần")
END_OF_MONTH = say("Hết tháng")
TOMORROW = say("Ngày mai")


def until_when(*, name: str, last: date) -> Text:
    return say(
        "Cho đồng chí <b>{name}</b> hoãn báo cáo đến ngày nào?\nBấm nút, hoặc gõ ngày, muộn nhất {last} (kỳ này đóng sau "
        "đó, kỳ mới hỏi như thường).",
        name=name,
        last=day(last),
    )


def why_excused(*, limit: int) -> Text:
    return say(
        "Lý do? Gõ ngắn gọn (tối đa {limit} ký tự), hoặc bỏ qua. Xin không ghi chuyện sức khỏe, gia đình.",
        limit=limit,
    )


def excuse_saved(*, name: str, until: datetime, zone: str, told: bool) -> Text:
    done = say("✓ Đồng chí {name} được hoãn báo cáo đến {until}.", name=name, until=moment(until, zone))
    tail = (
        say(" Đồng chí ấy sẽ được báo.")
        if told
        else say(" Tin không tới được đồng chí ấy: mời báo bằng điện thoại.")
    )
    return done + tail


def cannot_excuse() -> Text:
    return say("Kỳ này đóng trong hôm nay nên không còn ngày để hoãn.")


# --- a report -------------------------------------------------------------------------------------------------------

FINE = say("Mọi việc vẫn ổn.")
WHEREABOUTS: dict[str, Text] = {"same": say("vẫn ở nơi đã khai"), "changed": say("đã chuyển nơi ở")}


def report(
    *,
    name: str,
    period: date | None,
    question: str | None,
    at: datetime,
    zone: str,
    fine: bool,
    note: str,
    where: str | None,
    place_now: Text | None,
    choices: Mapping[str, str],
    needs_help: bool,
    files: bool,
) -> Text:
    """Show a report. `period`: None when nobody had asked for it this turn."""
    about = say("Kỳ {month}", month=month(period)) if period else say("Tự báo tình hình")
    if question:
        about = say("Hỏi đột xuất: <i>{question}</i>", question=question)
    head = lines(say("<b>{name}</b>", name=name), about, say("Trả lời: {at}", at=moment(at, zone)))
    said = [say("<blockquote>{note}</blockquote>", note=note)] if note else []
    facts: list[Text] = [FINE] if fine else []
    if where:
        moved = WHEREABOUTS[where] + (say(": {to}", to=place_now) if place_now else EMPTY)
        facts.append(say("Nơi ở: {what}", what=moved))
    facts += chosen(choices)
    if needs_help:
        facts.append(say("<b>Cần chi bộ hỗ trợ</b>"))
    if files:
        facts.append(say("Có tệp gửi kèm bên dưới."))
    return paragraph(head, *said, *([lines(*facts)] if facts else []))


def on_behalf(*, by: str, channel: str, on: date, correction: str | None) -> Text:
    words = say(
        "Do đồng chí {by} ghi nhận ({channel}, {day}).",
        by=by, channel=CHANNELS[channel], day=day(on),
    )  # fmt: skip
    if not correction:
        return words
    return paragraph(
        words, say("Đồng chí ấy sửa lại:\n<blockquote>{correction}</blockquote>", correction=correction)
    )


def note(*, name: str, by: str, channel: str, outcome: str, on: date, result: str, correction: str) -> Text:
    """Show one contact as it was noted, and what the member says to it."""
    parts = [
        lines(
            say("<b>{name}</b>", name=name),
            say(
                "Đồng chí {by} ghi: {what}, {day}",
                by=by,
                what=how(channel=channel, outcome=outcome),
                day=day(on),
            ),
        )
    ]
    if result:
        parts.append(say("<blockquote>{text}</blockquote>", text=result))
    if correction:
        parts.append(say("Đồng chí ấy sửa lại:\n<blockquote>{text}</blockquote>", text=correction))
    return paragraph(*parts)


REPLY = say("Trả lời đồng chí ấy")
REPLYING = say("trả lời báo cáo")


def which_reply(*, name: str, limit: int) -> Text:
    return say(
        "Mời gõ lời nhắn cho đồng chí <b>{name}</b> (tối đa {limit} ký tự). Gõ xong là gửi.",
        name=name,
        limit=limit,
    )


def reply(*, by: str, about: Text, text: str) -> Text:
    return say(
        "Đồng chí {by} trả lời {about} của đồng chí:\n<blockquote>{text}</blockquote>",
        by=by,
        about=about,
        text=text,
    )


def replied(*, name: str, told: bool, now: bool, looks_in: bool) -> Text:
    if not told:
        return say("Tin không tới được đồng chí {name}: mời gọi điện.", name=name)
    if looks_in:
        return say("✓ Đồng chí {name} sẽ thấy lời nhắn khi mở trang web.", name=name)
    if now:
        return say("✓ Lời nhắn đang được gửi tới đồng chí {name}.", name=name)
    return say("✓ Bên ấy đang là đêm: đồng chí {name} nhận lúc sáng.", name=name)


def sent_with(*, name: str) -> Text:
    return say("{name} gửi kèm báo cáo.", name=name)


# --- extra questions (đột xuất) -------------------------------------------------------------------------------------

ASKING = say("hỏi báo cáo đột xuất")
EVERYBODY = say("Tất cả đồng chí hỏi được")
SEND_NOW = say("Gửi câu hỏi")
ALL_NAMES = say("Tất cả tên")
BARS: dict[str, Text] = {
    "home": say("đang sinh hoạt tại chi bộ"),
    "unregistered": say("chưa đăng ký"),
    "paper": say("liên hệ ngoài chương trình"),
    "unreachable": say("tin không tới"),
    "paused": say("đang tạm nghỉ báo cáo"),
}


def ask_whom(*, found: int, words: str) -> Text:
    if words:
        return say("Tên có “{words}”: {found}. Chọn một người, hoặc gõ tên khác.", words=words, found=found)
    return say(
        "Hỏi ai? Chọn tất cả, chọn một tên, hoặc gõ tên để tìm. Trước khi gửi sẽ thấy ai không hỏi được."
    )


def everybody(*, count: int) -> Text:
    return say("{what} ({count})", what=EVERYBODY, count=count)


def nobody_to_ask() -> Text:
    return say(
        "Hiện không có ai hỏi được qua chương trình: chưa có đồng chí đi xa nào đã đăng ký và liên lạc được."
    )


def which_question(*, limit: int) -> Text:
    return say(
        "Mời gõ câu hỏi (tối đa {limit} ký tự).\nVí dụ: Đồng chí có bị ảnh hưởng bão không?", limit=limit
    )


def due_when() -> Text:
    return say("Cần trả lời trước ngày nào?\nBấm nút, hoặc gõ ngày, ví dụ 25/12.")


def ask_preview(
    *,
    question: str,
    due_on: date,
    hour: int,
    names: Sequence[str],
    left_out: Sequence[tuple[str, Sequence[str]]],
) -> Text:
    who = (
        say("Gửi <b>{count}</b> đồng chí", count=len(names))
        if len(names) != 1
        else say("Gửi đồng chí <b>{name}</b>", name=names[0])
    )
    facts = [
        who,
        say("Hạn: {hour}:00 {day}, theo đồng hồ của mỗi người", hour=hour, day=weekday(due_on)),
        say("Ai đang là đêm thì sáng sẽ nhận."),
    ]
    skipped = [say("• {why}: {names}", why=BARS[bar], names=_some(who_)) for bar, who_ in left_out]
    return paragraph(
        say("<b>Xem lại trước khi gửi</b>"),
        say("<blockquote>{question}</blockquote>", question=question),
        lines(*facts),
        *([lines(say("Không gửi được:"), *skipped)] if skipped else []),
    )


def _some(names: Sequence[str], limit: int = 8) -> Text:
    shown = join([raw(name) for name in names[:limit]], ", ")
    more = len(names) - limit
    return shown + say(" và {more} người nữa", more=more) if more > 0 else shown


def asked(*, count: int) -> Text:
    return say("✓ Đã hỏi {count} đồng chí.", count=count)


def question_button(*, question: str, answered: int, of: int) -> Text:
    short = question if len(question) <= 24 else question[:23] + "…"
    return say("{answered}/{of} · {question}", answered=answered, of=of, question=short)


def questions(*, cell: str, count: int) -> Text:
    head = say(
        "<b>{what}: {count}</b>\n{cell}",
        what=PILES["questions"], count=count, cell=cell,
    )  # fmt: skip
    return head if count else paragraph(head, say("Không có câu hỏi nào đang chờ trả lời."))


def question(*, text: str, by: str | None, on: date, due_at: datetime, answered: int, of: int) -> Text:
    return paragraph(
        say("<b>Hỏi đột xuất</b>"),
        say("<blockquote>{text}</blockquote>", text=text),
        lines(
            say("<b>{answered}/{of}</b> đã trả lời", answered=answered, of=of),
            say("Hạn: {at}", at=moment(due_at, HOME_ZONE)),
            say("{by} hỏi ngày {on}", by=by or "?", on=day(on)),
        ),
    )


# --- requests for help ----------------------------------------------------------------------------------------------


def request(*, name: str, text: str, opened_at: datetime, zone: str, owner: str | None, closed: bool) -> Text:
    if closed:
        status = say("Việc đã xong.")
    elif owner:
        status = say(
            "Đồng chí {owner} đã nhận. Khi xong, đồng chí {name} sẽ bấm “Việc đã xong”.",
            owner=owner,
            name=name,
        )
    else:
        status = say("Chưa ai nhận việc này.")
    return paragraph(
        say("<b>{name} cần hỗ trợ</b>", name=name),
        say("<blockquote>{text}</blockquote>", text=text),
        lines(say("Gửi lúc: {at}", at=moment(opened_at, zone)), status),
    )
