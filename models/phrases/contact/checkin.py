"""Words about checking in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from models.phrases.common import lines, paragraph
from models.phrases.contact.contact_note import CHANNELS
from models.phrases.text import HOME_ZONE, Text, join, moment, month, named, raw, say, weekday

ALL_IS_WELL = say("Mọi việc vẫn ổn", "All is well")
SOMETHING_TO_TELL = say("Có việc cần báo", "Something to report")
SEE_REPORT = say("Xem báo cáo", "See the report")
OPEN_DESK = say("Mở màn hình chi bộ", "Open the cell's desk")

STATES: dict[str, Text] = {
    "scheduled": say("chưa đến kỳ", "not due yet"),
    "open": say("đã hỏi, chờ trả lời", "asked, waiting"),
    "nudged": say("đã nhắc, chờ trả lời", "reminded, waiting"),
    "late": say("quá hạn", "overdue"),
    "answered": say("đã báo cáo", "answered"),
    "excused": say("được hoãn báo cáo đến ngày hẹn", "put off until a date"),
    "paused": say("tạm nghỉ báo cáo", "on an announced pause"),
    "closed": say("đã đóng kỳ", "closed"),
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
    return say("Chào đồng chí {name}.", "Hello {name}.", name=name)


def _again(name: str) -> Text:
    return say(
        "Chào đồng chí {name}. Chi bộ vẫn chờ tin của đồng chí.",
        "Hello {name}. The cell is still waiting to hear from you.",
        name=name,
    )


@lru_cache(maxsize=512)  # the same for everybody who is asked at this hour
def _question(period: date, due_at: datetime, zone: str, question: str | None, overdue: bool) -> Text:
    body = (
        say("Chi bộ hỏi: <b>{question}</b>", "The cell asks: <b>{question}</b>", question=question)
        if question
        else say(
            "Đã đến kỳ báo cáo tình hình {month}.", "It is time to check in for {month}.", month=month(period)
        )
    )
    if overdue:  # asked anew after the date: it would only shame
        return body
    when = say("Hạn trả lời: {when}.", "Please answer by {when}.", when=moment(due_at, zone))
    return lines(body, when)


def it_is_time(*, period: date, due_at: datetime, zone: str) -> Text:
    """The question of a turn, for a message that says something else first."""
    return _question(period, due_at, zone, None, False)


def settled(*, state: str, period: date) -> Text:
    return say(
        "Kỳ báo cáo {month} hiện ở tình trạng: {state}, nên không đổi được nữa ở đây.",
        "The report for {month} is now: {state}. It can no longer be changed here.",
        month=month(period),
        state=STATES[state],
    )


def late_alert(
    rows: Sequence[tuple[str, datetime, str | None]], phone: Sequence[tuple[str, datetime]] = ()
) -> Text:
    """Who owes what, and since when; whom no message reaches, and by when somebody should have phoned."""
    reports = [(name, due) for name, due, question in rows if question is None]
    questions = [(name, due, question) for name, due, question in rows if question is not None]
    tail = say(
        "Bấm vào tên để thấy số điện thoại, ghi kết quả gọi, nhắc lại hoặc hoãn đến một ngày.",
        "Tap a name to see the phone number, note the call, remind again or postpone to a day.",
    )
    return paragraph(
        *([_late(reports)] if reports else []),
        *([_unanswered(questions)] if questions else []),
        *([_phone_instead(phone)] if phone else []),
        tail,
    )


def _late(rows: Sequence[tuple[str, datetime]]) -> Text:
    head = say(
        "<b>Cần liên hệ hôm nay: {count} đồng chí chưa báo cáo</b>",
        "<b>To contact today: {count} without a report</b>",
        count=len(rows),
    )
    table = (
        say("• {name}, hạn {when}", "• {name}, due {when}", name=name, when=moment(due, HOME_ZONE))
        for name, due in rows
    )
    return paragraph(head, lines(*table))


def _unanswered(rows: Sequence[tuple[str, datetime, str]]) -> Text:
    head = say(
        "<b>Câu hỏi đột xuất: {count} đồng chí chưa trả lời</b> (không phải báo cáo kỳ)",
        "<b>Extra question: {count} without an answer</b> (not the monthly report)",
        count=len(rows),
    )
    table = (
        say(
            "• {name}: “{question}”, hạn {when}",
            "• {name}: “{question}”, due {when}",
            name=name,
            question=question if len(question) <= 80 else question[:79] + "…",
            when=moment(due, HOME_ZONE),
        )
        for name, due, question in rows
    )
    return paragraph(head, lines(*table))


def _phone_instead(rows: Sequence[tuple[str, datetime]]) -> Text:
    head = say(
        "<b>Gọi điện thay: tin không tới {count} đồng chí</b> (không bị coi là quá hạn)",
        "<b>Phone instead: messages do not reach {count}</b> (not overdue)",
        count=len(rows),
    )
    table = (
        say("• {name}, gọi trước {when}", "• {name}, call by {when}", name=name, when=weekday(by))
        for name, by in ((name, at.astimezone(ZoneInfo(HOME_ZONE)).date()) for name, at in rows)
    )
    return paragraph(head, lines(*table))


def about(*, name: str) -> Text:
    return raw(name if len(name) <= 34 else name[:33] + "…")


def subject(*, period: date | None, question: str | None) -> Text:
    """báo cáo tháng 12/2026 | câu hỏi “…” | báo cáo đột xuất"""
    if question is not None:
        return say(
            "câu hỏi “{q}”", "the question “{q}”", q=question if len(question) <= 80 else question[:79] + "…"
        )
    if period is None:
        return say("báo cáo đột xuất", "a report out of turn")
    return say("báo cáo {month}", "the report for {month}", month=month(period))


_WORK_NEWS: dict[str, Text] = {
    "lost": say("mất việc", "lost their job"),
    "changed": say("đã đổi việc", "changed work"),
}


def gist(
    *,
    work: str | None,
    moved: bool,
    place: tuple[str, str] | None,
    needs_help: bool,
    files: int,
    said: str,
) -> Text:
    """mất việc, đã chuyển đến Đài Loan: “Em bị tai nạn lao động…”"""
    facts = [_WORK_NEWS[work]] if work else []
    if moved and place:
        facts.append(say("đã chuyển đến {place}", "moved to {place}", place=named(*place)))
    elif moved:
        facts.append(say("đã chuyển chỗ ở", "moved"))
    if needs_help:
        facts.append(say("cần hỗ trợ", "needs help"))
    if files:
        facts.append(say("gửi tin thoại hoặc ảnh", "sent a voice message or a photo"))
    quote = [say("“{said}”", "“{said}”", said=said)] if said else []
    return join([*([join(facts, ", ")] if facts else []), *quote], ": ")


def answered(*, name: str, about: Text, gist: Text | None, still_owes: bool) -> Text:
    """To the desk and to who was asked to call. What says more than “all is well” is to be read, not to be ticked off."""
    if gist is not None:
        return say(
            "Đồng chí <b>{name}</b> gửi {about}: {gist}\nMời mở đọc, rồi gọi hỏi thăm.",
            "<b>{name}</b> sent {about}: {gist}\nPlease open and read it, then call and ask how they are.",
            name=name,
            about=about,
            gist=gist,
        )
    if still_owes:
        return say(
            "Đồng chí {name} vừa trả lời {about}: mọi việc vẫn ổn. Việc khác đã hỏi thì còn chờ.",
            "{name} has just answered {about}: all is well. What else was asked still waits.",
            name=name,
            about=about,
        )
    return say(
        "Đồng chí {name} vừa trả lời {about}: mọi việc vẫn ổn. Không cần gọi nữa.",
        "{name} has just answered {about}: all is well. No need to call any more.",
        name=name,
        about=about,
    )


def contacted(*, name: str, by: str, channel: str, said: str) -> Text:
    """Somebody reached the member. With words there is something to read."""
    if said:
        return say(
            "Đồng chí {by} đã liên hệ được đồng chí <b>{name}</b> ({how}): “{said}”",
            "{by} has reached <b>{name}</b> ({how}): “{said}”",
            by=by,
            name=name,
            how=CHANNELS[channel],
            said=said,
        )
    return say(
        "Đã có tin của đồng chí {name}: đồng chí {by} liên hệ được ({how}). Không cần gọi nữa.",
        "There is news of {name}: {by} has reached them ({how}). No need to call any more.",
        by=by,
        name=name,
        how=CHANNELS[channel],
    )


def excused(*, by: str, until: datetime, zone: str, reason: str | None) -> Text:
    told = say(
        "Đồng chí {by} đã cho đồng chí được hoãn báo cáo đến {until}. Khi nào muốn, đồng chí vẫn báo cáo được bằng /baocao.",
        "{by} has put your report off until {until}. You can still check in at any time with /baocao.",
        by=by,
        until=moment(until, zone),
    )
    if not reason:
        return told
    return paragraph(told, say("Lý do: {reason}", "Reason: {reason}", reason=reason))


# --- the member's form ----------------------------------------------------------------------------------------------

FORM = say("báo cáo tình hình", "checking in")
EDIT = say("Sửa báo cáo", "Correct the report")
ADD_MINE = say("Gửi báo cáo của tôi", "Send my own report")
VOLUNTEER = say("Báo việc đột xuất cho chi bộ", "Report something to the cell")
STILL_THERE = say("Vẫn ở đó", "Still there")
MOVED = say("Đã chuyển chỗ", "I have moved")
DONE = say("Xong, sang câu sau", "Done, go on")
REWRITE = say("Xóa, ghi lại từ đầu", "Delete and write anew")
NO_HELP = say("Không cần", "No help needed")
NEEDS_HELP = say("Có, cần chi bộ hỗ trợ", "Yes, I need help")

WORK = {
    "steady": say("Ổn định", "Steady"),
    "changed": say("Đã đổi việc", "Changed"),
    "lost": say("Mất việc", "Lost"),
}
RESIDENCE = {
    "registered": say("Đã đăng ký tạm trú", "Registered"),
    "not yet": say("Chưa đăng ký", "Not yet"),
}
ASK_HELP = say("Nhờ chi bộ hỗ trợ", "Ask for help")
CHANGE = {
    "place": say("Sửa: nơi ở", "Change: place"),
    "work": say("Sửa: việc làm", "Change: work"),
    "residence": say("Sửa: tạm trú", "Change: residence"),
    "note": say("Sửa: điều muốn báo", "Change: what to tell"),
    "help": say("Sửa: cần hỗ trợ", "Change: help"),
}


def edit_other(*, period: date | None, question: str | None) -> Text:
    """On a button: another report that can be corrected."""
    if question:
        return say("Sửa câu trả lời: {q}", "Correct the answer: {q}", q=question[:14])
    if period is None:
        return say("Sửa báo cáo đột xuất", "Correct the report out of turn")
    return say("Sửa báo cáo {month}", "Correct the report for {month}", month=month(period))


def _about(period: date | None) -> Text:
    """Báo cáo tháng 12/2026 | Báo cáo đột xuất"""
    if period is None:
        return say("<b>Báo cáo đột xuất</b>", "<b>Report out of turn</b>")
    return say("<b>Báo cáo {month}</b>", "<b>Report for {month}</b>", month=month(period))


def confirm_well(*, period: date | None, place: Text, question: str | None) -> Text:
    line = say(
        "Sẽ gửi chi bộ: mọi việc vẫn ổn, nơi ở như đã khai ({place}).",
        "This goes to the cell: all is well, place as declared ({place}).",
        place=place,
    )
    asked = say("Chi bộ hỏi: <b>{q}</b>", "The cell asks: <b>{q}</b>", q=question) if question else None
    return paragraph(_about(period), asked, line) if asked else paragraph(_about(period), line)


def still_there(*, place: Text) -> Text:
    return say(
        "Nơi ở đã khai: <b>{place}</b>. Vẫn đúng?",
        "Your declared place: <b>{place}</b>. Still right?",
        place=place,
    )


def how_is_work() -> Text:
    return say("Việc làm của đồng chí thế nào?", "How is your work?")


def is_residence_registered() -> Text:
    return say(
        "Nơi đang ở đã đăng ký tạm trú chưa?", "Is your temporary residence registered where you live now?"
    )


def anything_to_tell(*, note: str, files: int) -> Text:
    if not note and not files:
        return say(
            "Có điều gì chi bộ cần biết? Mời gõ (tối đa 2.000 ký tự), gửi tin thoại hoặc ảnh; không có thì bỏ qua. "
            "Đừng gửi ảnh giấy tờ.",
            "Is there anything the cell should know? Type it (up to 2,000 characters), or send a voice message or a "
            "photo; otherwise skip. Please send no pictures of papers.",
        )
    return paragraph(
        say("Đã nhận:", "Received:"),
        _told(note, files),
        say("Muốn thêm thì gửi tiếp; đủ rồi thì bấm Xong.", "Send more to add to it, or tap Done."),
    )


def _told(note: str, files: int) -> Text:
    parts = (
        [say("<blockquote>{note}</blockquote>", "<blockquote>{note}</blockquote>", note=note)] if note else []
    )
    if files:
        parts.append(say("{n} tin thoại hoặc ảnh", "{n} voice messages or photos", n=files))
    return lines(*parts)


def needs_help() -> Text:
    return say("Đồng chí có cần chi bộ hỗ trợ việc gì không?", "Do you need the cell's help with anything?")


def help_with_what() -> Text:
    return say(
        "Cần hỗ trợ việc gì? Mời gõ ngắn gọn; bí thư và phó bí thư sẽ nhận được khi đồng chí gửi báo cáo (ban đêm thì sáng hôm sau).",
        "What do you need help with? Please type it briefly; the secretary and the deputy get it when you send (at night: the next morning).",
    )


def kept_of_it() -> Text:
    """Typed where a button was asked for."""
    return say(
        "Đã ghi lời vừa rồi vào báo cáo, chưa gửi. Mời trả lời nốt câu dưới đây.",
        "Put into the report, which is not sent yet. Please answer the question below, too.",
    )


def note_expected() -> Text:
    return say(
        "Ở đây chỉ nhận chữ, tin thoại hoặc ảnh. Mời gửi lại, hoặc bấm nút bên dưới.",
        "Only text, a voice message or a photo can be taken here. Please send again, or use a button below.",
    )


def edit_taken() -> Text:
    return say("Đã sửa theo tin đồng chí vừa sửa.", "Changed as you changed your message.")


def overview(
    *,
    period: date | None,
    place: Text,
    moved: bool,
    work: str | None,
    residence: str | None,
    note: str,
    files: int,
    help_text: str,
) -> Text:
    rows = [
        say("Nơi ở: {place} (mới chuyển)", "Place: {place} (just moved)", place=place)
        if moved
        else say("Nơi ở: {place} (như đã khai)", "Place: {place} (as declared)", place=place)
    ]
    if work:
        rows.append(say("Việc làm: {work}", "Work: {work}", work=WORK[work]))
    if residence:
        rows.append(say("Tạm trú: {what}", "Residence: {what}", what=RESIDENCE[residence]))
    if note or files:
        rows.append(lines(say("Điều muốn báo:", "To tell:"), _told(note, files)))
    if help_text:
        rows.append(
            say(
                "Cần hỗ trợ: <blockquote>{text}</blockquote>",
                "Help needed: <blockquote>{text}</blockquote>",
                text=help_text,
            )
        )
    tail = say(
        "Gửi cho chi bộ như trên? Muốn kể thêm thì gõ tiếp, gửi tin thoại hoặc ảnh.",
        "Send this to the cell? To add to it, type on, or send a voice message or a photo.",
    )
    return paragraph(_about(period), lines(*rows), tail)


def sent(*, at: datetime, zone: str, period: date | None, next_at: datetime | None, asked_help: bool) -> Text:
    parts = [
        _about(period),
        say("Đã gửi lúc {when}.", "Sent at {when}.", when=moment(at, zone)),
        say("Bí thư và phó bí thư chi bộ xem được báo cáo này.", "The secretary and the deputy can read it."),
    ]
    if asked_help:
        parts.append(
            say("Bí thư và phó bí thư thấy cả việc cần hỗ trợ.", "They see your request for help, too.")
        )
    if next_at:
        parts.append(next_turn(at=next_at, zone=zone))
    return lines(*parts)


def next_turn(*, at: datetime, zone: str) -> Text:
    return say("Kỳ sau: {when}.", "Next time: {when}.", when=moment(at, zone))


def answered_by_other(*, by: str, at: datetime, zone: str, period: date) -> Text:
    return say(
        "Kỳ {month} đã có tin: đồng chí {by} ghi nhận lúc {when}. Đồng chí không phải gửi nữa; muốn thì vẫn gửi được "
        "báo cáo của mình.",
        "There is news of you for {month}: noted by {by} at {when}. You need not send anything; you still may.",
        month=month(period),
        by=by,
        when=moment(at, zone),
    )


def nothing_due(*, next_at: datetime | None, zone: str) -> Text:
    if next_at is None:
        return say(
            "Hiện đồng chí không có kỳ báo cáo nào. Có việc thì vẫn báo được cho chi bộ.",
            "You are not asked to check in at present. You can still report something to the cell.",
        )
    return paragraph(
        say("Hiện không có kỳ báo cáo nào chờ đồng chí.", "There is no report waiting for you."),
        next_turn(at=next_at, zone=zone),
    )


def closed_period(*, period: date) -> Text:
    return say(
        "Kỳ báo cáo {month} đã đóng, nút này không còn dùng được. Đây là tình hình bây giờ:",
        "The report for {month} is closed and that button can no longer be used. This is where things stand:",
        month=month(period),
    )


def went_elsewhere() -> Text:
    """The form outlived its occurrence: what was typed is not lost."""
    return say(
        "Kỳ cũ đã đóng trong lúc đồng chí điền, nên nội dung được gửi cho kỳ đang mở.",
        "The former report closed while you were writing, so this was sent for the one that is open now.",
    )


def in_no_cell() -> Text:
    return say(
        "Đồng chí không có tên trong chi bộ nào ở đây nên không có kỳ báo cáo.",
        "You are on no cell's roster here, so there is nothing to report.",
    )


def too_many_files(*, limit: int) -> Text:
    return say(
        "Một báo cáo nhận tối đa {limit} tin thoại hoặc ảnh. Những gì đã gửi trước vẫn còn.",
        "One report takes at most {limit} voice messages or photos. What you sent before is kept.",
        limit=limit,
    )
