"""Words about checking in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.phrases.common import lines, paragraph
from models.phrases.contact.contact_note import CHANNELS
from models.phrases.text import HOME_ZONE, Text, join, moment, month, named, raw, say, say_as, weekday

ALL_IS_WELL = say("Mọi việc vẫn ổn")
SOMETHING_TO_TELL = say("Có việc cần báo")
SEE_REPORT = say("Xem báo cáo")
OPEN_DESK = say("Mở màn hình chi bộ")

STATES: dict[str, Text] = {
    "scheduled": say("chưa đến kỳ"),
    "open": say("đã hỏi, chờ trả lời"),
    "nudged": say("đã nhắc, chờ trả lời"),
    "late": say("quá hạn"),
    "answered": say("đã báo cáo"),
    "excused": say("được hoãn báo cáo đến ngày hẹn"),
    "paused": say("tạm nghỉ báo cáo"),
    "closed": say("đã đóng kỳ"),
}


def asked(
    *,
    name: str,
    period: date,
    due_at: datetime,
    zone: str,
    question: str | None,
    again: bool,
    overdue: bool = False,
) -> Text:
    opening = _again(name) if again else _first(name)
    return paragraph(opening, _question(period, due_at, zone, question, overdue))


def _first(name: str) -> Text:
    return say("Chào đồng chí {name}.", name=name)


def _again(name: str) -> Text:
    return say("Chào đồng chí {name}. Chi bộ vẫn chờ tin của đồng chí.", name=name)


@lru_cache(maxsize=512)  # the same for everybody who is asked at this hour
def _question(period: date, due_at: datetime, zone: str, question: str | None, overdue: bool) -> Text:
    body = (
        say("Chi bộ hỏi: <b>{question}</b>", question=question)
        if question
        else say("Đã đến kỳ báo cáo tình hình {month}.", month=month(period))
    )
    if overdue:  # asked anew after the date: it would only shame
        return body.kept()
    when = say("Hạn trả lời: {when}.", when=moment(due_at, zone))
    return lines(body, when).kept()


def it_is_time(*, period: date, due_at: datetime, zone: str) -> Text:
    """Ask the question of a turn, for a message that says something else first."""
    return _question(period, due_at, zone, None, False)


def settled(*, state: str, period: date) -> Text:
    return say(
        "Kỳ báo cáo {month} hiện ở tình trạng: {state}, nên không đổi được nữa ở đây.",
        month=month(period),
        state=STATES[state],
    )


def late_alert(
    rows: Sequence[tuple[str, datetime, str | None]], phone: Sequence[tuple[str, datetime]] = ()
) -> Text:
    """Say who owes what, and since when; whom no message reaches, and by when somebody should have phoned."""
    reports = [(name, due) for name, due, question in rows if question is None]
    questions = [(name, due, question) for name, due, question in rows if question is not None]
    tail = say("Bấm vào tên để thấy số điện thoại, ghi kết quả gọi, nhắc lại hoặc hoãn đến một ngày.")
    return paragraph(
        *([_late(reports)] if reports else []),
        *([_unanswered(questions)] if questions else []),
        *([_phone_instead(phone)] if phone else []),
        tail,
    )


def _late(rows: Sequence[tuple[str, datetime]]) -> Text:
    head = say("<b>Cần liên hệ hôm nay: {count} đồng chí chưa báo cáo</b>", count=len(rows))
    table = (say("• {name}, hạn {when}", name=name, when=moment(due, HOME_ZONE)) for name, due in rows)
    return paragraph(head, lines(*table))


def _unanswered(rows: Sequence[tuple[str, datetime, str]]) -> Text:
    head = say(
        "<b>Câu hỏi đột xuất: {count} đồng chí chưa trả lời</b> (không phải báo cáo kỳ)", count=len(rows)
    )
    table = (
        say(
            "• {name}: “{question}”, hạn {when}",
            name=name,
            question=question if len(question) <= 80 else question[:79] + "…",
            when=moment(due, HOME_ZONE),
        )
        for name, due, question in rows
    )
    return paragraph(head, lines(*table))


def _phone_instead(rows: Sequence[tuple[str, datetime]]) -> Text:
    head = say(
        "<b>Gọi điện thay: tin không tới {count} đồng chí</b> (không bị coi là quá hạn)", count=len(rows)
    )
    table = (
        say("• {name}, gọi trước {when}", name=name, when=weekday(by))
        for name, by in ((name, at.astimezone(ZoneInfo(HOME_ZONE)).date()) for name, at in rows)
    )
    return paragraph(head, lines(*table))


def about(*, name: str) -> Text:
    return raw(name if len(name) <= 34 else name[:33] + "…")


def subject(*, period: date | None, question: str | None) -> Text:
    """Say: báo cáo tháng 12/2026 | câu hỏi “…” | báo cáo đột xuất"""
    if question is not None:
        return say("câu hỏi “{q}”", q=question if len(question) <= 80 else question[:79] + "…")
    if period is None:
        return say("báo cáo đột xuất")
    return say("báo cáo {month}", month=month(period))


_WORK_NEWS: dict[str, Text] = {"lost": say("mất việc"), "changed": say("đã đổi việc")}


def gist(
    *, work: str | None, moved: bool, place: tuple[str, str] | None, needs_help: bool, files: int, said: str
) -> Text:
    """Say: mất việc, đã chuyển đến Đài Loan: “Em bị tai nạn lao động…”"""
    facts = [_WORK_NEWS[work]] if work else []
    if moved and place:
        facts.append(say("đã chuyển đến {place}", place=named(*place)))
    elif moved:
        facts.append(say("đã chuyển chỗ ở"))
    if needs_help:
        facts.append(say("cần hỗ trợ"))
    if files:
        facts.append(say("gửi tin thoại hoặc ảnh"))
    quote = [say("“{said}”", said=said)] if said else []
    return join([*([join(facts, ", ")] if facts else []), *quote], ": ")


def answered(*, name: str, about: Text, gist: Text | None, still_owes: bool) -> Text:
    """Say to the desk, and to a member asked to call, that an answer came.

    One that says more than “all is well” is to be read.
    """
    if gist is not None:
        return say(
            "Đồng chí <b>{name}</b> gửi {about}: {gist}\nMời mở đọc, rồi gọi hỏi thăm.",
            name=name,
            about=about,
            gist=gist,
        )
    if still_owes:
        return say(
            "Đồng chí {name} vừa trả lời {about}: mọi việc vẫn ổn. Việc khác đã hỏi thì còn chờ.",
            name=name,
            about=about,
        )
    return say(
        "Đồng chí {name} vừa trả lời {about}: mọi việc vẫn ổn. Không cần gọi nữa.", name=name, about=about
    )


def contacted(*, name: str, by: str, channel: str, said: str) -> Text:
    """Say that somebody reached the member. With words there is something to read."""
    if said:
        return say(
            "Đồng chí {by} đã liên hệ được đồng chí <b>{name}</b> ({how}): “{said}”",
            by=by,
            name=name,
            how=CHANNELS[channel],
            said=said,
        )
    return say(
        "Đã có tin của đồng chí {name}: đồng chí {by} liên hệ được ({how}). Không cần gọi nữa.",
        by=by,
        name=name,
        how=CHANNELS[channel],
    )


def excused(*, by: str, until: datetime, zone: str, reason: str | None) -> Text:
    told = say(
        "Đồng chí {by} đã cho đồng chí được hoãn báo cáo đến {until}. Khi nào muốn, đồng chí vẫn báo cáo được bằng /baocao.",
        by=by,
        until=moment(until, zone),
    )
    if not reason:
        return told
    return paragraph(told, say("Lý do: {reason}", reason=reason))


# --- the member's form ----------------------------------------------------------------------------------------------

FORM = say("báo cáo tình hình")
EDIT = say("Sửa báo cáo")
ADD_MINE = say("Gửi báo cáo của tôi")
VOLUNTEER = say("Báo việc đột xuất cho chi bộ")
STILL_THERE = say("Vẫn ở đó")
MOVED = say("Đã chuyển chỗ")
DONE = say("Xong, sang câu sau")
REWRITE = say("Xóa, ghi lại từ đầu")
NO_HELP = say("Không cần")
NEEDS_HELP = say("Có, cần chi bộ hỗ trợ")

WORK = {"steady": say("Ổn định"), "changed": say("Đã đổi việc"), "lost": say("Mất việc")}
RESIDENCE = {"registered": say("Đã đăng ký tạm trú"), "not yet": say_as("checkin", "Chưa đăng ký")}
_CHOSEN = {
    "work=steady": say("Việc làm: ổn định"),
    "work=changed": say("Việc làm: đã đổi việc"),
    "work=lost": say("Việc làm: mất việc"),
    "residence=registered": say("Tạm trú: đã đăng ký"),
    "residence=not yet": say("Tạm trú: chưa đăng ký"),
}
ASK_HELP = say("Nhờ chi bộ hỗ trợ")
CHANGE = {
    "place": say("Sửa: nơi ở"),
    "work": say("Sửa: việc làm"),
    "residence": say("Sửa: tạm trú"),
    "note": say("Sửa: điều muốn báo"),
    "help": say("Sửa: cần hỗ trợ"),
}


def edit_other(*, period: date | None, question: str | None) -> Text:
    """Label the button to another report that can be corrected."""
    if question:
        return say("Sửa câu trả lời: {q}", q=question[:14])
    if period is None:
        return say("Sửa báo cáo đột xuất")
    return say("Sửa báo cáo {month}", month=month(period))


def _about(period: date | None) -> Text:
    """Báo cáo tháng 12/2026 | Báo cáo đột xuất"""
    if period is None:
        return say("<b>Báo cáo đột xuất</b>")
    return say("<b>Báo cáo {month}</b>", month=month(period))


def confirm_well(*, period: date | None, place: Text, question: str | None) -> Text:
    line = say("Sẽ gửi chi bộ: mọi việc vẫn ổn, nơi ở như đã khai ({place}).", place=place)
    asked = say("Chi bộ hỏi: <b>{q}</b>", q=question) if question else None
    return paragraph(_about(period), asked, line) if asked else paragraph(_about(period), line)


def still_there(*, place: Text) -> Text:
    return say("Nơi ở đã khai: <b>{place}</b>. Vẫn đúng?", place=place)


def how_is_work() -> Text:
    return say("Việc làm của đồng chí thế nào?")


def is_residence_registered() -> Text:
    return say("Nơi đang ở đã đăng ký tạm trú chưa?")


def anything_to_tell(*, note: str, files: int) -> Text:
    if not note and not files:
        return say(
            "Có điều gì chi bộ cần biết? Mời gõ (tối đa 2.000 ký tự), gửi tin thoại hoặc ảnh; không có thì bỏ qua. "
            "Đừng gửi ảnh giấy tờ."
        )
    return paragraph(say("Đã nhận:"), _told(note, files), say("Muốn thêm thì gửi tiếp; đủ rồi thì bấm Xong."))


def _told(note: str, files: int) -> Text:
    parts = [say("<blockquote>{note}</blockquote>", note=note)] if note else []
    if files:
        parts.append(say("{n} tin thoại hoặc ảnh", n=files))
    return lines(*parts)


def needs_help() -> Text:
    return say("Đồng chí có cần chi bộ hỗ trợ việc gì không?")


def help_with_what() -> Text:
    return say(
        "Cần hỗ trợ việc gì? Mời gõ ngắn gọn; bí thư và phó bí thư sẽ nhận được khi đồng chí gửi báo cáo (ban đêm thì sáng hôm sau)."
    )


def kept_of_it() -> Text:
    """Say that what was typed where a button was asked for is kept."""
    return say("Đã ghi lời vừa rồi vào báo cáo, chưa gửi. Mời trả lời nốt câu dưới đây.")


def note_expected() -> Text:
    return say("Ở đây chỉ nhận chữ, tin thoại hoặc ảnh. Mời gửi lại, hoặc bấm nút bên dưới.")


def edit_taken() -> Text:
    return say("Đã sửa theo tin đồng chí vừa sửa.")


def chosen(choices: Mapping[str, str]) -> list[Text]:
    """Say what was answered by buttons, a line for each question. Every page that shows a report says it so."""
    return [_CHOSEN[f"{question}={answer}"] for question, answer in choices.items()]


def overview(
    *,
    period: date | None,
    place: Text,
    moved: bool,
    choices: Mapping[str, str],
    note: str,
    files: int,
    help_text: str,
) -> Text:
    rows = [
        say("Nơi ở: {place} (mới chuyển)", place=place)
        if moved
        else say("Nơi ở: {place} (như đã khai)", place=place)
    ]
    rows += chosen(choices)
    if note or files:
        rows.append(lines(say("Điều muốn báo:"), _told(note, files)))
    if help_text:
        rows.append(say("Cần hỗ trợ: <blockquote>{text}</blockquote>", text=help_text))
    tail = say("Gửi cho chi bộ như trên? Muốn kể thêm thì gõ tiếp, gửi tin thoại hoặc ảnh.")
    return paragraph(_about(period), lines(*rows), tail)


def sent(*, at: datetime, zone: str, period: date | None, next_at: datetime | None, asked_help: bool) -> Text:
    parts = [
        _about(period),
        say("Đã gửi lúc {when}.", when=moment(at, zone)),
        say("Bí thư và phó bí thư chi bộ xem được báo cáo này."),
    ]
    if asked_help:
        parts.append(say("Bí thư và phó bí thư thấy cả việc cần hỗ trợ."))
    if next_at:
        parts.append(next_turn(at=next_at, zone=zone))
    return lines(*parts)


def next_turn(*, at: datetime, zone: str) -> Text:
    return say("Kỳ sau: {when}.", when=moment(at, zone))


def answered_by_other(*, by: str, at: datetime, zone: str, period: date) -> Text:
    return say(
        "Kỳ {month} đã có tin: đồng chí {by} ghi nhận lúc {when}. Đồng chí không phải gửi nữa; muốn thì vẫn gửi được "
        "báo cáo của mình.",
        month=month(period),
        by=by,
        when=moment(at, zone),
    )


def nothing_due(*, next_at: datetime | None, zone: str) -> Text:
    if next_at is None:
        return say("Hiện đồng chí không có kỳ báo cáo nào. Có việc thì vẫn báo được cho chi bộ.")
    return paragraph(say("Hiện không có kỳ báo cáo nào chờ đồng chí."), next_turn(at=next_at, zone=zone))


def closed_period(*, period: date) -> Text:
    return say(
        "Kỳ báo cáo {month} đã đóng, nút này không còn dùng được. Đây là tình hình bây giờ:",
        month=month(period),
    )


def went_elsewhere() -> Text:
    """Say that what was typed is not lost, though the form outlived its check-in."""
    return say("Kỳ cũ đã đóng trong lúc đồng chí điền, nên nội dung được gửi cho kỳ đang mở.")


def in_no_cell() -> Text:
    return say("Đồng chí không có tên trong chi bộ nào ở đây nên không có kỳ báo cáo.")


def too_many_files(*, limit: int) -> Text:
    return say(
        "Một báo cáo nhận tối đa {limit} tin thoại hoặc ảnh. Những gì đã gửi trước vẫn còn.", limit=limit
    )
