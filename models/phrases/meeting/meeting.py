"""Words of meetings: what the invited are told, and what they answer. The desk's form: meeting_form.py.

The link stands in no words: a lock screen, a forwarded message and a group must not show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.ground.markup import clip
from models.phrases.common import EMPTY, lines, paragraph
from models.phrases.text import HOME_ZONE, LABEL, Text, capital, day, join, moment, raw, say, weekday

# --- words for what is stored ---------------------------------------------------------------------------------------

KINDS = {
    "regular": say("Sinh hoạt thường kỳ", "Regular meeting"),
    "thematic": say("Sinh hoạt chuyên đề", "Thematic meeting"),
    "review": say("Họp kiểm điểm", "Review meeting"),
    "extraordinary": say("Họp bất thường", "Extraordinary meeting"),
}
FORMS = {
    "in person": say("trực tiếp", "in person"),
    "online": say("trực tuyến", "online"),
    "hybrid": say("trực tiếp kết hợp trực tuyến", "in person and online"),
}
ANSWERS = {
    "online": say("Dự trực tuyến", "Online"),
    "in person": say("Dự trực tiếp", "In person"),
    "absent": say("Vắng, có lý do", "Absent, with a reason"),
    "part": say("Dự một phần", "Part of it"),
}
CAPACITIES = {
    "votes": EMPTY,
    "no vote": say(
        "Đồng chí là đảng viên dự bị: dự họp, phát biểu, không biểu quyết.",
        "You are a probationary member: you attend and speak, without a vote.",
    ),
    "invitee": say(
        "Đây là lời mời: đồng chí đang được miễn sinh hoạt. Đồng chí dự được, chi bộ rất hoan nghênh. Không dự "
        "không tính là vắng.",
        "You are excused from activities: this is an invitation. Not coming does not count as absent.",
    ),
}
STATES = {
    "proposed": say("chưa triệu tập", "not called yet"),
    "called": say("đã triệu tập", "called"),
    "postponed": say("hoãn, chưa có ngày", "postponed, no new day"),
    "held": say("đang họp", "is on"),
    "over": say("đã hết giờ họp", "its time is up"),
    "unclosed": say("hết giờ, chưa đóng", "over, not closed"),
    "closed": say("đã họp xong", "is over"),
    "unfiled": say("chưa lưu biên bản", "minutes not filed"),
    "cancelled": say("đã hủy", "cancelled"),
    "dropped": say("đã bỏ", "dropped"),
}
GONE = {
    "called": say("cuộc họp đã được triệu tập", "the meeting has been called"),
    "held": say("cuộc họp đã bắt đầu", "the meeting has begun"),
    "over": say("cuộc họp đã hết giờ", "the meeting's time is up"),
    "unclosed": say(
        "cuộc họp đã hết giờ nhưng chưa đóng: mời điểm danh rồi đóng cuộc họp",
        "the meeting's time is up and it is not closed: please call the names, then close it",
    ),
    "closed": say("cuộc họp đã xong", "the meeting is over"),
    "unfiled": say(
        "cuộc họp đã xong; biên bản chưa được ghi là đã ký, đã lưu",
        "the meeting is over; its minutes are not yet noted as signed and filed",
    ),
    "cancelled": say("cuộc họp đã hủy", "the meeting was cancelled"),
    "dropped": say("gợi ý này đã bỏ", "the proposal was dropped"),
    "proposed": say("cuộc họp chưa được triệu tập", "the meeting has not been called yet"),
    "postponed": say("cuộc họp đã hoãn", "the meeting is postponed"),
}

# --- buttons --------------------------------------------------------------------------------------------------------

SEE = say("Xem cuộc họp", "See the meeting")
MEETINGS = say("Các cuộc họp", "Meetings")
WHO_ANSWERED = say("Ai đã trả lời", "Who has answered")
MINE = say("Tôi dự thế nào?", "How do I attend?")
MORE = say("Ý kiến, lịch, tài liệu", "Words, calendar, papers")
CONTRIBUTE = say("Gửi ý kiến", "Send words")
MY_WORDS = say("Sửa ý kiến đã gửi", "Change what I sent")
TAKE_BACK = say("Rút ý kiến", "Take it back")
DONE = say("Xong, gửi", "Done, send")
REWRITE = say("Viết lại từ đầu", "Write it anew")
CALENDAR = say("Tệp lịch (.ics)", "Calendar file (.ics)")
READ = say("Đã đọc", "I have read it")

ANSWERING = say("trả lời giấy mời họp", "answering an invitation")
CONTRIBUTING = say("gửi ý kiến cho cuộc họp", "sending words for a meeting")


def answer_button(*, answer: str, chosen: bool) -> Text:
    return say("✓ {label}", "✓ {label}", label=ANSWERS[answer]) if chosen else ANSWERS[answer]


CALENDAR_SUMMARY = say("Xa Nhà: có hẹn", "Xa Nhà: an appointment")
CALENDAR_ABOUT = say("Mở Telegram để xem nội dung.", "Open Telegram to see what it is.")


# --- one meeting, for one reader ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as one person may read it. `where`: the reader's word for where their clock is; None: at home."""

    kind: str
    form: str
    starts_at: datetime | None
    minutes: int
    answer_by: datetime
    place: str
    has_link: bool | None  # None: it is over or off, and nobody is sent one any more
    agenda: str
    papers: Sequence[str]
    in_room_only: bool
    capacity: str
    zone: str
    where: Text | None
    is_night: bool = False  # half an hour before it, on the reader's clock


def clocks(at: datetime, zone: str, where: Text | None) -> Text:
    """20:00 thứ Bảy 05/12 (giờ Việt Nam) = 22:00 thứ Bảy 05/12 (giờ Osaka)"""
    home, there = at.astimezone(ZoneInfo(HOME_ZONE)), at.astimezone(ZoneInfo(zone))
    if home.utcoffset() == there.utcoffset():
        return say("{time} {day}", "{time} {day}", time=f"{home:%H:%M}", day=weekday(home.date()))
    return say(
        "{home} {home_day} (giờ Việt Nam) = {there} {there_day} (giờ {where})",
        "{home} {home_day} (Hanoi) = {there} {there_day} ({where})",
        home=f"{home:%H:%M}",
        home_day=weekday(home.date()),
        there=f"{there:%H:%M}",
        there_day=weekday(there.date()),
        where=where or say("nơi đồng chí ở", "where you are"),
    )


def when(shown: Shown) -> Text:
    if shown.starts_at is None:
        return say("<b>Chưa có ngày mới</b>", "<b>No new day yet</b>")
    return say("<b>{at}</b>", "<b>{at}</b>", at=clocks(shown.starts_at, shown.zone, shown.where))


def _where(shown: Shown) -> Text:
    room = say("Địa điểm: {place}", "Place: {place}", place=shown.place) if shown.place else EMPTY
    if shown.form == "in person" or shown.has_link is None:
        return room
    link = (
        say(
            "Đường dẫn vào họp được gửi cho đồng chí 30 phút trước giờ họp.",
            "The way in is sent to you 30 minutes before the start.",
        )
        if shown.has_link
        else say(
            "Đường dẫn vào họp chưa có. Khi có, đồng chí nhận được 30 phút trước giờ họp.",
            "The link is not there yet; when it is, it is sent to you 30 minutes before the start.",
        )
    )
    if shown.is_night:
        link += say(
            " Lúc ấy ở nơi đồng chí là giờ nghỉ. Nếu chưa trả lời là dự, tin đến không có chuông.",
            " It is night where you are then: unless you have answered that you come, it arrives without a sound.",
        )
    return lines(room, link) if shown.place else link


def about(shown: Shown) -> Text:
    """When, how, where, what about."""
    head = lines(
        say("{kind}, {form}", "{kind}, {form}", kind=KINDS[shown.kind], form=FORMS[shown.form]),
        when(shown),
        say("Dự kiến {n} phút.", "About {n} minutes.", n=shown.minutes),
        *([where] if (where := _where(shown)).vi else []),
    )
    parts = [head]
    if shown.agenda:
        parts.append(
            say("<b>Nội dung</b>\n{agenda}", "<b>Agenda</b>\n{agenda}", agenda=clip(shown.agenda, 2500))
        )
    if shown.in_room_only:
        parts.append(in_room_only())
    if shown.papers:
        names = join([say("• {name}", "• {name}", name=shortened(name, 100)) for name in shown.papers])
        parts.append(say("<b>Tài liệu</b>\n{names}", "<b>Papers</b>\n{names}", names=names))
    return paragraph(*parts)


def in_room_only() -> Text:
    return say(
        "Có phần việc chỉ bàn tại chỗ, sau khi ngắt đường truyền trực tuyến.",
        "Part of it is dealt with in the room only, after the link has been closed.",
    )


def invitation(*, meeting: Shown, name: str) -> Text:
    parts = [
        say(
            "Mời đồng chí <b>{name}</b> dự họp chi bộ.",
            "<b>{name}</b>, you are invited to the cell's meeting.",
            name=name,
        ),
        about(meeting),
    ]
    if CAPACITIES[meeting.capacity].vi:
        parts.append(CAPACITIES[meeting.capacity])
    return paragraph(*parts, answer_please(answer_by=meeting.answer_by, zone=meeting.zone))


def answer_please(*, answer_by: datetime, zone: str) -> Text:
    return say(
        "Đồng chí dự thế nào? Xin trả lời trước {by}.",
        "How will you take part? Please answer by {by}.",
        by=moment(answer_by, zone),
    )


def nudge(*, meeting: Shown) -> Text:
    return paragraph(
        say(
            "Nhắc đồng chí: còn chờ trả lời giấy mời họp chi bộ, {when}.",
            "A reminder: the cell's meeting, {when}, awaits your answer.",
            when=when(meeting),
        ),
        answer_please(answer_by=meeting.answer_by, zone=meeting.zone),
    )


# --- what has changed -----------------------------------------------------------------------------------------------


def changed(*, old: Shown, new: Shown, what: Sequence[str], reason: str) -> Text:
    """Told once, however many changes lie between; `what` as models/meeting/meeting/rules.differences names it."""
    if new.starts_at is None:
        return postponed(meeting=old, reason=reason)
    parts = [_now_on(old, new)]
    told = [_one_change(one, old, new) for one in what if one != "starts_at" or old.starts_at]
    if told:
        parts.append(lines(*told))
    if "starts_at" in what or "form" in what:
        parts.append(
            say(
                "Câu trả lời trước không còn tính. {please}",
                "An earlier answer does not count any more. {please}",
                please=answer_please(answer_by=new.answer_by, zone=new.zone),
            )
        )
    return paragraph(*parts)


def _now_on(old: Shown, new: Shown) -> Text:
    if old.starts_at is None:
        return say(
            "Cuộc họp chi bộ đã hoãn nay <b>có ngày mới</b>: {when}.",
            "The cell's postponed meeting <b>has its new day</b>: {when}.",
            when=when(new),
        )
    return say(
        "Cuộc họp chi bộ <b>có thay đổi</b>, nay là: {when}.",
        "The cell's meeting <b>has changed</b>; it is now: {when}.",
        when=when(new),
    )


def _one_change(what: str, old: Shown, new: Shown) -> Text:
    match what:
        case "starts_at" if old.starts_at is None:
            return say("• Nay có ngày mới, trước đó hoãn.", "• It has its new day; it was postponed.")
        case "starts_at":
            return say("• Trước là: <s>{old}</s>", "• It was: <s>{old}</s>", old=when(old))
        case "minutes":
            return _from_to(say("Số phút", "Minutes"), raw(old.minutes), raw(new.minutes))
        case "form":
            return _from_to(say("Hình thức", "Form"), FORMS[old.form], FORMS[new.form])
        case "kind":
            return _from_to(say("Loại", "Kind"), KINDS[old.kind], KINDS[new.kind])
        case "place":
            return _from_to(
                say("Địa điểm", "Place"), raw(clip(old.place, 300) or "–"), raw(clip(new.place, 300) or "–")
            )
        case "link":
            return say(
                "• Đường dẫn vào họp đã đổi. Đường dẫn mới được gửi riêng trước giờ họp.",
                "• The link has changed; the new one is sent to you alone before the start.",
            )
        case "agenda":
            return say(
                "• Nội dung mới:\n{agenda}", "• New agenda:\n{agenda}", agenda=clip(new.agenda, 2000) or "–"
            )
        case _:
            fresh = [shortened(name, 100) for name in new.papers if name not in old.papers]
            names = ", ".join(fresh) or f"{len(new.papers)}"
            return say("• Tài liệu: {names}", "• Papers: {names}", names=names)


def _from_to(what: Text, old: Text, new: Text) -> Text:
    return say(
        "• {what}: <s>{old}</s> → {new}", "• {what}: <s>{old}</s> → {new}", what=what, old=old, new=new
    )


def postponed(*, meeting: Shown, reason: str) -> Text:
    head = say(
        "Cuộc họp chi bộ {when} <b>hoãn lại</b>. Ngày mới sẽ báo sau.",
        "The cell's meeting, {when}, is <b>postponed</b>. The new day will follow.",
        when=when(meeting),
    )
    return paragraph(head, because(reason)) if reason else head


def cancelled(*, meeting: Shown, reason: str, calendar: bool) -> Text:
    """`calendar`: it stands in the reader's calendar, by a file of ours; another file takes it out."""
    head = say(
        "Cuộc họp chi bộ {when} <b>đã hủy</b>.",
        "The cell's meeting, {when}, <b>is cancelled</b>.",
        when=when(meeting),
    )
    head += (
        say(
            " Mời mở tệp lịch gửi kèm để gỡ giờ hẹn khỏi điện thoại. Nếu không, chuông vẫn reo.",
            " It still stands in your phone's calendar: please open the file sent along to take it out, or it will ring.",
        )
        if calendar
        else say(" Đồng chí không cần làm gì.", " You need not do anything.")
    )
    return paragraph(head, because(reason)) if reason else head


def calendar_changed(*, gone: bool) -> Text:
    if gone:
        return say(
            "Mở tệp này để gỡ giờ hẹn cũ khỏi lịch trên điện thoại. Nếu lịch không hỏi, mời xóa bằng tay.",
            "Open this file to take the old time out of your phone's calendar. If nothing happens, please delete it there.",
        )
    return say(
        "Giờ hẹn đã đổi: mở tệp này để sửa trong lịch trên điện thoại.",
        "The time has changed: open this file to correct your phone's calendar.",
    )


def not_held(*, when: datetime, zone: str) -> Text:
    return say(
        "Bí thư, phó bí thư ghi: cuộc họp chi bộ {at} đã không diễn ra. Không ai bị tính là vắng.",
        "Noted by the desk: the cell's meeting of {at} did not take place. Nobody counts as absent.",
        at=moment(when, zone),
    )


def because(reason: str) -> Text:
    return say("Lý do: {reason}", "Reason: {reason}", reason=clip(reason, 1000))


# --- what the invited see and say -----------------------------------------------------------------------------------


def screen(
    *,
    meeting: Shown,
    state: str,
    answer: str | None,
    reason: str,
    contribution: str,
    news: Text | None,
    late: bool,
    asks: bool,
    why: str,
) -> Text:
    """One meeting, for somebody invited. `news`: what has changed since they were told; `late`: the answer is overdue; `asks`: it is
    the reader's own screen;
    `why`: it was postponed or cancelled."""
    parts = [news] if news else []
    parts.append(about(meeting))
    if state not in ("called", "postponed"):  # the day says that it is postponed
        parts.append(say("<b>{state}.</b>", "<b>{state}.</b>", state=capital(GONE[state])))
    if why and state in ("postponed", "cancelled"):
        parts.append(because(why))
    if CAPACITIES[meeting.capacity].vi:
        parts.append(CAPACITIES[meeting.capacity])
    if answer:
        mine = say(
            "Đồng chí đã trả lời: <b>{answer}</b>.", "Your answer: <b>{answer}</b>.", answer=ANSWERS[answer]
        )
        parts.append(lines(mine, because(reason) if answer == "absent" else raw(reason)) if reason else mine)
    elif state == "called" and asks:
        please = answer_please(answer_by=meeting.answer_by, zone=meeting.zone)
        parts.append(say("Đồng chí dự thế nào?", "How will you take part?") if late else please)
    if contribution:
        parts.append(
            say("Ý kiến gửi để đọc: {n} ký tự.", "Words to be read out: {n} characters.", n=len(contribution))
        )
    return paragraph(*parts)


def news(*, old: Shown, new: Shown, what: Sequence[str]) -> Text:
    return lines(
        say("<b>Có thay đổi:</b>", "<b>Changed:</b>"),
        *(_one_change(one, old, new) for one in what if one != "agenda"),
    )


def more(*, when: datetime, zone: str) -> Text:
    return say("Cuộc họp {at}", "The meeting of {at}", at=moment(when, zone))


def home(*, count: int, for_desk: bool, member: bool) -> Text:
    """`member`: of a cell; an officer of a committee may be in none here."""
    if not member and not for_desk:
        return say(
            "<b>Họp chi bộ</b>\n\nĐồng chí không có giấy mời nào. Giấy mời chỉ gửi cho đảng viên có tên trong "
            "danh sách chi bộ.",
            "<b>Meetings</b>\n\nYou are on the roster of no cell here, so there is no invitation. A cell's meetings are "
            "announced to its own members.",
        )
    if count:
        return say("<b>Họp chi bộ</b>: {n} cuộc họp.", "<b>Meetings</b>: {n}.", n=count)
    if for_desk:
        return say(
            "<b>Họp chi bộ</b>\n\nChưa có cuộc họp nào sắp tới.", "<b>Meetings</b>\n\nNo meeting lies ahead."
        )
    return say(
        "<b>Họp chi bộ</b>\n\nChưa có cuộc họp nào. Khi chi bộ triệu tập, đồng chí nhận giấy mời tại đây.",
        "<b>Meetings</b>\n\nNo meeting yet. When the cell calls one, you are invited here.",
    )


def in_list(*, starts_at: datetime, zone: str, kind: str, state: str, answer: str | None) -> Text:
    at = starts_at.astimezone(ZoneInfo(zone))
    what = (
        ANSWERS[answer]
        if answer
        else STATES[state]
        if state != "called"
        else say("chờ trả lời", "answer awaited")
    )
    long = say(
        "{time} {day} · {what}",
        "{time} {day} · {what}",
        time=f"{at:%H:%M}",
        day=weekday(at.date()),
        what=what,
    )
    short = say(
        "{time} {day} · {what}", "{time} {day} · {what}", time=f"{at:%H:%M}", day=f"{at:%d/%m}", what=what
    )
    return long if max(len(long.vi), len(long.en)) <= LABEL else short


def why_absent() -> Text:
    return say(
        "Đồng chí vắng vì sao? Chọn, hoặc gõ một câu, ví dụ: ca đêm. Chuyện sức khỏe, gia đình: chọn “Bận việc "
        "riêng” là đủ.",
        "Why can you not come? Choose, or one sentence, e.g. night shift. Nothing about health or family is asked: “Something "
        "private” is enough.",
    )


def which_part() -> Text:
    return say(
        "Đồng chí dự phần nào, bằng cách nào? Gõ một câu, ví dụ: trực tuyến, đến 21:00 thì vào ca.",
        "Which part, and how? One sentence, e.g. online, until 21:00, then my shift begins.",
    )


REASONS = {  # nobody is asked about health or family
    "shift": say("Đi ca", "On shift"),
    "leave": say("Không xin nghỉ được", "Could not get leave"),
    "travel": say("Đang trên đường", "Travelling"),
    "busy": say("Bận việc riêng", "Something private"),
}


def answered(*, answer: str, late: bool) -> Text:
    thanks = say(
        "Đã ghi: <b>{answer}</b>. Cảm ơn đồng chí.",
        "Noted: <b>{answer}</b>. Thank you.",
        answer=ANSWERS[answer],
    )
    if not late:
        return thanks
    return thanks + say(
        " Hạn trả lời đã qua nhưng vẫn ghi nhận.", " The deadline is over; it counts all the same."
    )


def write_words(*, limit: int, now: str) -> Text:
    ask = say(
        "Mời gõ ý kiến, tối đa {limit} ký tự; gõ nhiều tin cũng được. Thư ký đọc tại cuộc họp. Bí thư, phó bí thư "
        "đọc được trước. Không gửi nội dung MẬT.",
        "Please type your words (up to {limit} characters, several messages are fine). They are read out at the meeting; "
        "secretary and deputy can read them before. Nothing secret, please.",
        limit=limit,
    )
    if not now:
        return ask
    return paragraph(
        ask, say("Đã có {n} ký tự:\n{now}", "So far {n} characters:\n{now}", n=len(now), now=now[-1500:])
    )


def words_kept() -> Text:
    return say("Đã nhận ý kiến để đọc tại cuộc họp.", "Your words will be read out at the meeting.")


def words_taken_back() -> Text:
    return say("Đã rút ý kiến.", "Your words were taken back.")


def paper(*, name: str) -> Text:
    return say("Tài liệu họp: {name}", "Paper of the meeting: {name}", name=clip(name, 200))


def shortened(name: str, longest: int) -> str:
    """A file's name with its end, which says what kind of file it is."""
    if len(name) <= longest:
        return name
    stem, dot, kind = name.rpartition(".")
    end = f"…{dot}{kind}" if stem and len(kind) <= 5 else "…"
    return name[: longest - len(end)].rstrip(" .") + end


def open_paper(*, name: str, read: bool) -> Text:
    """A button's label."""
    mark = say("Đã đọc: ", "Read: ") if read else say("Tài liệu: ", "Paper: ")
    return mark + raw(shortened(name, LABEL - len(mark.vi)))


def paper_sent() -> Text:
    return say("Đọc xong, mời bấm “Đã đọc”.", "When you have read it, please tap “I have read it”.")


def paper_read() -> Text:
    return say("Đã ghi nhận đồng chí đã đọc.", "Noted that you have read it.")


def calendar_sent() -> Text:
    return say(
        "Tệp lịch chỉ ghi giờ, không ghi nội dung và đường dẫn.",
        "The calendar file holds the time only, not what it is about, and not the link.",
    )


def calendar_use() -> Text:
    return say(
        "Mở tệp để thêm giờ họp vào lịch trên điện thoại.",
        "Open the file to add the time to your phone's calendar.",
    )


# --- refusals -------------------------------------------------------------------------------------------------------


def gone(*, state: str) -> Text:
    return say(
        "Không làm được nữa: {state}. Gõ /hop để xem hiện có cuộc họp nào.",
        "That can no longer be done: {state}. Type /hop to see which meetings there are.",
        state=GONE[state],
    )


def day_not_known() -> Text:
    return say(
        "Cuộc họp đang hoãn, chưa có ngày mới. Khi có ngày, đồng chí được báo và trả lời sau.",
        "The meeting is postponed and has no new day. You will be told, and can answer then.",
    )


def not_this_form(*, form: str) -> Text:
    return say(
        "Cuộc họp này họp {form}. Mời chọn cách dự khác.",
        "This meeting is {form}. Please choose another way to take part.",
        form=FORMS[form],
    )


def reason_expected() -> Text:
    return say("Mời gõ lý do, một câu là đủ.", "Please type the reason; one sentence is enough.")


def moved_since() -> Text:
    return say(
        "Chưa ghi câu trả lời: giấy mời ấy là của ngày giờ hoặc hình thức cũ. Hiện nay:",
        "That invitation was for the old day or form, so nothing was noted. As it stands now:",
    )


def in_the_past() -> Text:
    return say("Ngày giờ ấy đã qua. Mời chọn ngày giờ khác.", "That time has gone by. Please choose another.")


def too_far(*, days: int) -> Text:
    return say(
        "Ngày ấy xa quá {days} ngày. Mời chọn ngày gần hơn.",
        "That is more than {days} days away. Please choose a nearer day.",
        days=days,
    )


def paper_needed() -> Text:
    return say(
        "Mời gõ số và ngày văn bản đồng ý của đảng ủy cấp trên, ví dụ: 15-CV/ĐU ngày 02/11/2026. Họp trực tuyến cần văn "
        "bản ấy (Hướng dẫn 03-HD/TW, thí điểm).",
        "Meeting online needs the approving paper of the committee above (Guide 03-HD/TW, a pilot). Please type its number "
        "and day, e.g. 15-CV/ĐU of 02/11/2026.",
    )


def paper_lacks(*, number: bool, day: bool) -> Text:
    """`number`, `day`: that it is missing."""
    if number and day:
        what = say("Chưa thấy số và ngày của văn bản.", "The paper's number and day are missing.")
    elif number:
        what = say("Chưa thấy số của văn bản.", "The paper's number is missing.")
    else:
        what = say(
            "Chưa thấy ngày của văn bản, đủ ngày/tháng/năm.", "The paper's day is missing: day/month/year."
        )
    return what + say(
        " Mời gõ cả hai, ví dụ: 15-CV/ĐU ngày 02/11/2026.", " Please type both, e.g. 15-CV/ĐU of 02/11/2026."
    )


def paper_ahead(*, on: date) -> Text:
    return say(
        "Mời gõ lại, ví dụ: 15-CV/ĐU ngày 02/11/2026. Ngày {on} chưa đến.",
        "A paper cannot be of {on}: that day lies ahead. Please type it again, e.g. 15-CV/ĐU of 02/11/2026.",
        on=day(on),
    )


def never_online() -> Text:
    return say(
        "Mời họp trực tiếp, hoặc để việc ấy sang buổi họp trực tiếp. Không làm trực tuyến: kỷ luật, kết nạp, nhân "
        "sự, khiếu nại tố cáo, bỏ phiếu kín, tài liệu mật. Qua mạng không biết chắc ai đang nghe, ai bỏ phiếu.",
        "Discipline, admission, personnel, complaints, secret ballots and secret papers are not dealt with online: nobody can "
        "be sure who listens or who votes. Please meet in person, or leave the matter for such a meeting.",
    )


def link_refused() -> Text:
    return say(
        "Mời dán đường dẫn dẫn thẳng vào phòng họp, bắt đầu bằng https:// (Zoom, Google Meet, Microsoft Teams, "
        "Jitsi). Đường dẫn vừa rồi không dùng được.",
        "That link cannot be used. One is needed that begins with https:// and leads straight to a room on Zoom, Google Meet, "
        "Microsoft Teams or Jitsi.",
    )


# --- what the desk is told ------------------------------------------------------------------------------------------


def undecided(*, count: int, starts_at: datetime) -> Text:
    return say(
        "Hết hạn trả lời cuộc họp {at}: còn <b>{n}</b> đồng chí chưa trả lời. Nên gọi điện.",
        "The deadline for the meeting of {at} is over: <b>{n}</b> have not answered. Please phone them.",
        at=moment(starts_at, HOME_ZONE),
        n=count,
    )


def still_open(*, starts_at: datetime) -> Text:
    return say(
        "Mời điểm danh rồi đóng cuộc họp {at}, hoặc ghi là không họp. Cuộc họp đã hết giờ.",
        "The meeting of {at} is over and not closed. Please call the names and close it, or note that it was not held.",
        at=moment(starts_at, HOME_ZONE),
    )


def still_postponed(*, since: datetime) -> Text:
    return say(
        "Cuộc họp hoãn (định họp {at}) vẫn chưa có ngày mới.",
        "The meeting that was to be on {at} is postponed and still has no new day.",
        at=moment(since, HOME_ZONE),
    )


def proposed(*, starts_at: datetime, again: bool) -> Text:
    words = say(
        "theo ngày họp hằng tháng, chi bộ họp <b>{at}</b>. Chưa ai được báo. Mời xem rồi triệu tập, đổi hoặc bỏ qua.",
        "by the standing date the cell meets <b>{at}</b>. Nobody has been told. Please look, then call it, change or drop it.",
        at=moment(starts_at, HOME_ZONE),
    )
    return say("Nhắc lại: ", "Once more: ") + words if again else capital(words)
