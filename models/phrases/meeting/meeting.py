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
from models.phrases.text import HOME_ZONE, LABEL, Text, capital, day, join, moment, raw, say, say_as, weekday

# --- words for what is stored ---------------------------------------------------------------------------------------

KINDS = {
    "regular": say("Sinh hoạt thường kỳ"),
    "thematic": say("Sinh hoạt chuyên đề"),
    "review": say("Họp kiểm điểm"),
    "extraordinary": say("Họp bất thường"),
}
FORMS = {
    "in person": say("trực tiếp"),
    "online": say("trực tuyến"),
    "hybrid": say("trực tiếp kết hợp trực tuyến"),
}
ANSWERS = {
    "online": say("Dự trực tuyến"),
    "in person": say("Dự trực tiếp"),
    "absent": say("Vắng, có lý do"),
    "part": say("Dự một phần"),
}
CAPACITIES = {
    "votes": EMPTY,
    "no vote": say("Đồng chí là đảng viên dự bị: dự họp, phát biểu, không biểu quyết."),
    "invitee": say(
        "Đây là lời mời: đồng chí đang được miễn sinh hoạt. Đồng chí dự được, chi bộ rất hoan nghênh. Không dự "
        "không tính là vắng."
    ),
}
STATES = {
    "proposed": say("chưa triệu tập"),
    "called": say("đã triệu tập"),
    "postponed": say("hoãn, chưa có ngày"),
    "held": say("đang họp"),
    "over": say("đã hết giờ họp"),
    "unclosed": say("hết giờ, chưa đóng"),
    "closed": say("đã họp xong"),
    "unfiled": say("chưa lưu biên bản"),
    "cancelled": say("đã hủy"),
    "dropped": say("đã bỏ"),
}
GONE = {
    "called": say("cuộc họp đã được triệu tập"),
    "held": say("cuộc họp đã bắt đầu"),
    "over": say("cuộc họp đã hết giờ"),
    "unclosed": say("cuộc họp đã hết giờ nhưng chưa đóng: mời điểm danh rồi đóng cuộc họp"),
    "closed": say("cuộc họp đã xong"),
    "unfiled": say("cuộc họp đã xong; biên bản chưa được ghi là đã ký, đã lưu"),
    "cancelled": say("cuộc họp đã hủy"),
    "dropped": say("gợi ý này đã bỏ"),
    "proposed": say("cuộc họp chưa được triệu tập"),
    "postponed": say("cuộc họp đã hoãn"),
}

# --- buttons --------------------------------------------------------------------------------------------------------

TO_MINUTES = say("Mở biên bản")
SEE = say("Xem cuộc họp")
MEETINGS = say("Các cuộc họp")
WHO_ANSWERED = say("Ai đã trả lời")
MINE = say("Tôi dự thế nào?")
MORE = say("Ý kiến, lịch, tài liệu")
CONTRIBUTE = say("Gửi ý kiến")
MY_WORDS = say("Sửa ý kiến đã gửi")
TAKE_BACK = say("Rút ý kiến")
DONE = say("Xong, gửi")
REWRITE = say("Viết lại từ đầu")
CALENDAR = say("Tệp lịch (.ics)")
READ = say("Đã đọc")

ANSWERING = say("trả lời giấy mời họp")
CONTRIBUTING = say("gửi ý kiến cho cuộc họp")


def answer_button(*, answer: str, chosen: bool) -> Text:
    return say("✓ {label}", label=ANSWERS[answer]) if chosen else ANSWERS[answer]


CALENDAR_SUMMARY = say("Xa Nhà: có hẹn")
CALENDAR_ABOUT = say("Nội dung có trong tin mời.")


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
    """Say: 20:00 thứ Bảy 05/12 (giờ Việt Nam) = 22:00 thứ Bảy 05/12 (giờ Osaka)"""
    home, there = at.astimezone(ZoneInfo(HOME_ZONE)), at.astimezone(ZoneInfo(zone))
    if home.utcoffset() == there.utcoffset():
        return say("{time} {day}", time=f"{home:%H:%M}", day=weekday(home.date()))
    return say(
        "{home} {home_day} (giờ Việt Nam) = {there} {there_day} (giờ {where})",
        home=f"{home:%H:%M}",
        home_day=weekday(home.date()),
        there=f"{there:%H:%M}",
        there_day=weekday(there.date()),
        where=where or say("nơi đồng chí ở"),
    )


def when(shown: Shown) -> Text:
    if shown.starts_at is None:
        return say("<b>Chưa có ngày mới</b>")
    return say("<b>{at}</b>", at=clocks(shown.starts_at, shown.zone, shown.where))


def _where(shown: Shown) -> Text:
    room = say("Địa điểm: {place}", place=shown.place) if shown.place else EMPTY
    if shown.form == "in person" or shown.has_link is None:
        return room
    link = (
        say("Đường dẫn vào họp được gửi cho đồng chí 30 phút trước giờ họp.")
        if shown.has_link
        else say("Đường dẫn vào họp chưa có. Khi có, đồng chí nhận được 30 phút trước giờ họp.")
    )
    if shown.is_night:
        link += say(" Lúc ấy ở nơi đồng chí là giờ nghỉ. Nếu chưa trả lời là dự, tin đến không có chuông.")
    return lines(room, link) if shown.place else link


def about(shown: Shown) -> Text:
    """Say when, how, where, and what the meeting is about."""
    head = lines(
        say("{kind}, {form}", kind=KINDS[shown.kind], form=FORMS[shown.form]),
        when(shown),
        say("Dự kiến {n} phút.", n=shown.minutes),
        *([where] if (where := _where(shown)).vi else []),
    )
    parts = [head]
    if shown.agenda:
        parts.append(say("<b>Nội dung</b>\n{agenda}", agenda=clip(shown.agenda, 2500)))
    if shown.in_room_only:
        parts.append(in_room_only())
    if shown.papers:
        names = join([say("• {name}", name=shortened(name, 100)) for name in shown.papers])
        parts.append(say("<b>Tài liệu</b>\n{names}", names=names))
    return paragraph(*parts)


def in_room_only() -> Text:
    return say("Có phần việc chỉ bàn tại chỗ, sau khi ngắt đường truyền trực tuyến.")


def invitation(*, meeting: Shown, name: str) -> Text:
    parts = [say("Mời đồng chí <b>{name}</b> dự họp chi bộ.", name=name), about(meeting)]
    if CAPACITIES[meeting.capacity].vi:
        parts.append(CAPACITIES[meeting.capacity])
    return paragraph(*parts, answer_please(answer_by=meeting.answer_by, zone=meeting.zone))


def answer_please(*, answer_by: datetime, zone: str) -> Text:
    return say("Đồng chí dự thế nào? Xin trả lời trước {by}.", by=moment(answer_by, zone))


def nudge(*, meeting: Shown) -> Text:
    return paragraph(
        say("Nhắc đồng chí: còn chờ trả lời giấy mời họp chi bộ, {when}.", when=when(meeting)),
        answer_please(answer_by=meeting.answer_by, zone=meeting.zone),
    )


# --- what has changed -----------------------------------------------------------------------------------------------


def changed(*, old: Shown, new: Shown, what: Sequence[str], reason: str) -> Text:
    """Say once what has changed, however many changes lie between.

    `what`: as models/meeting/meeting/rules.differences names it.
    """
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
                please=answer_please(answer_by=new.answer_by, zone=new.zone),
            )
        )
    return paragraph(*parts)


def _now_on(old: Shown, new: Shown) -> Text:
    if old.starts_at is None:
        return say("Cuộc họp chi bộ đã hoãn nay <b>có ngày mới</b>: {when}.", when=when(new))
    return say("Cuộc họp chi bộ <b>có thay đổi</b>, nay là: {when}.", when=when(new))


def _one_change(what: str, old: Shown, new: Shown) -> Text:
    match what:
        case "starts_at" if old.starts_at is None:
            return say("• Nay có ngày mới, trước đó hoãn.")
        case "starts_at":
            return say("• Trước là: <s>{old}</s>", old=when(old))
        case "minutes":
            return _from_to(say("Số phút"), raw(old.minutes), raw(new.minutes))
        case "form":
            return _from_to(say_as("meeting", "Hình thức"), FORMS[old.form], FORMS[new.form])
        case "kind":
            return _from_to(say("Loại"), KINDS[old.kind], KINDS[new.kind])
        case "place":
            return _from_to(
                say("Địa điểm"), raw(clip(old.place, 300) or "–"), raw(clip(new.place, 300) or "–")
            )
        case "link":
            return say("• Đường dẫn vào họp đã đổi. Đường dẫn mới được gửi riêng trước giờ họp.")
        case "agenda":
            return say("• Nội dung mới:\n{agenda}", agenda=clip(new.agenda, 2000) or "–")
        case _:
            fresh = [shortened(name, 100) for name in new.papers if name not in old.papers]
            names = ", ".join(fresh) or f"{len(new.papers)}"
            return say("• Tài liệu: {names}", names=names)


def _from_to(what: Text, old: Text, new: Text) -> Text:
    return say("• {what}: <s>{old}</s> → {new}", what=what, old=old, new=new)


def postponed(*, meeting: Shown, reason: str) -> Text:
    head = say("Cuộc họp chi bộ {when} <b>hoãn lại</b>. Ngày mới sẽ báo sau.", when=when(meeting))
    return paragraph(head, because(reason)) if reason else head


def cancelled(*, meeting: Shown, reason: str, calendar: bool) -> Text:
    """Say that it is cancelled.

    `calendar`: it stands in the reader's calendar, by a file of ours; another file takes it out.
    """
    head = say("Cuộc họp chi bộ {when} <b>đã hủy</b>.", when=when(meeting))
    head += (
        say(" Mời mở tệp lịch gửi kèm để gỡ giờ hẹn khỏi điện thoại. Nếu không, chuông vẫn reo.")
        if calendar
        else say(" Đồng chí không cần làm gì.")
    )
    return paragraph(head, because(reason)) if reason else head


def calendar_changed(*, gone: bool) -> Text:
    if gone:
        return say(
            "Mở tệp này để gỡ giờ hẹn cũ khỏi lịch trên điện thoại. Nếu lịch không hỏi, mời xóa bằng tay."
        )
    return say("Giờ hẹn đã đổi: mở tệp này để sửa trong lịch trên điện thoại.")


def not_held(*, when: datetime, zone: str) -> Text:
    return say(
        "Bí thư, phó bí thư ghi: cuộc họp chi bộ {at} đã không diễn ra. Không ai bị tính là vắng.",
        at=moment(when, zone),
    )


def because(reason: str) -> Text:
    return say("Lý do: {reason}", reason=clip(reason, 1000))


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
    """Show one meeting to somebody invited.

    `news`: what has changed since they were told; `late`: the answer is overdue; `asks`: it is the reader's own screen;
    `why`: it was postponed or cancelled.
    """
    parts = [news] if news else []
    parts.append(about(meeting))
    if state not in ("called", "postponed"):  # the day says that it is postponed
        parts.append(say("<b>{state}.</b>", state=capital(GONE[state])))
    if why and state in ("postponed", "cancelled"):
        parts.append(because(why))
    if CAPACITIES[meeting.capacity].vi:
        parts.append(CAPACITIES[meeting.capacity])
    if answer:
        mine = say("Đồng chí đã trả lời: <b>{answer}</b>.", answer=ANSWERS[answer])
        parts.append(lines(mine, because(reason) if answer == "absent" else raw(reason)) if reason else mine)
    elif state == "called" and asks:
        please = answer_please(answer_by=meeting.answer_by, zone=meeting.zone)
        parts.append(say("Đồng chí dự thế nào?") if late else please)
    if contribution:
        parts.append(say("Ý kiến gửi để đọc: {n} ký tự.", n=len(contribution)))
    return paragraph(*parts)


def news(*, old: Shown, new: Shown, what: Sequence[str]) -> Text:
    return lines(say("<b>Có thay đổi:</b>"), *(_one_change(one, old, new) for one in what if one != "agenda"))


def more(*, when: datetime, zone: str) -> Text:
    return say("Cuộc họp {at}", at=moment(when, zone))


def home(*, count: int, for_desk: bool, member: bool) -> Text:
    """Show the start of /hop. `member`: of a cell; an officer of a committee may be in none here."""
    if not member and not for_desk:
        return say(
            "<b>Họp chi bộ</b>\n\nĐồng chí không có giấy mời nào. Giấy mời chỉ gửi cho đảng viên có tên trong "
            "danh sách chi bộ."
        )
    if count:
        return say("<b>Họp chi bộ</b>: {n} cuộc họp.", n=count)
    if for_desk:
        return say("<b>Họp chi bộ</b>\n\nChưa có cuộc họp nào sắp tới.")
    return say(
        "<b>Họp chi bộ</b>\n\nChưa có cuộc họp nào. Khi chi bộ triệu tập, đồng chí nhận giấy mời tại đây."
    )


def in_list(*, starts_at: datetime, zone: str, kind: str, state: str, answer: str | None) -> Text:
    at = starts_at.astimezone(ZoneInfo(zone))
    what = (
        ANSWERS[answer]
        if answer
        else STATES[state]
        if state != "called"
        else say_as("meeting", "chờ trả lời")
    )
    long = say("{time} {day} · {what}", time=f"{at:%H:%M}", day=weekday(at.date()), what=what)
    short = say("{time} {day} · {what}", time=f"{at:%H:%M}", day=f"{at:%d/%m}", what=what)
    return long if max(len(long.vi), len(long.en)) <= LABEL else short


def why_absent() -> Text:
    return say(
        "Đồng chí vắng vì sao? Chọn, hoặc gõ một câu, ví dụ: ca đêm. Chuyện sức khỏe, gia đình: chọn “Bận việc "
        "riêng” là đủ."
    )


def which_part() -> Text:
    return say("Đồng chí dự phần nào, bằng cách nào? Gõ một câu, ví dụ: trực tuyến, đến 21:00 thì vào ca.")


REASONS = {  # nobody is asked about health or family
    "shift": say("Đi ca"),
    "leave": say("Không xin nghỉ được"),
    "travel": say("Đang trên đường"),
    "busy": say("Bận việc riêng"),
}


def answered(*, answer: str, late: bool) -> Text:
    thanks = say("Đã ghi: <b>{answer}</b>. Cảm ơn đồng chí.", answer=ANSWERS[answer])
    if not late:
        return thanks
    return thanks + say(" Hạn trả lời đã qua nhưng vẫn ghi nhận.")


def write_words(*, limit: int, now: str) -> Text:
    ask = say(
        "Mời gõ ý kiến, tối đa {limit} ký tự; gõ nhiều tin cũng được. Thư ký đọc tại cuộc họp. Bí thư, phó bí thư "
        "đọc được trước. Không gửi nội dung MẬT.",
        limit=limit,
    )
    if not now:
        return ask
    return paragraph(ask, say("Đã có {n} ký tự:\n{now}", n=len(now), now=now[-1500:]))


def words_kept() -> Text:
    return say("Đã nhận ý kiến để đọc tại cuộc họp.")


def words_taken_back() -> Text:
    return say("Đã rút ý kiến.")


def paper(*, name: str) -> Text:
    return say("Tài liệu họp: {name}", name=clip(name, 200))


def shortened(name: str, longest: int) -> str:
    """Shorten a file's name and keep its end, which says what kind of file it is."""
    if len(name) <= longest:
        return name
    stem, dot, kind = name.rpartition(".")
    end = f"…{dot}{kind}" if stem and len(kind) <= 5 else "…"
    return name[: longest - len(end)].rstrip(" .") + end


def open_paper(*, name: str, read: bool) -> Text:
    """Label the button of a paper."""
    mark = say("Đã đọc: ") if read else say("Tài liệu: ")
    return mark + raw(shortened(name, LABEL - len(mark.vi)))


def paper_sent() -> Text:
    return say("Đọc xong, mời bấm “Đã đọc”.")


def paper_read() -> Text:
    return say("Đã ghi nhận đồng chí đã đọc.")


def calendar_sent() -> Text:
    return say("Tệp lịch chỉ ghi giờ, không ghi nội dung và đường dẫn.")


def calendar_use() -> Text:
    return say("Mở tệp để thêm giờ họp vào lịch trên điện thoại.")


# --- refusals -------------------------------------------------------------------------------------------------------


def gone(*, state: str) -> Text:
    return say("Không làm được nữa: {state}. Gõ /hop để xem hiện có cuộc họp nào.", state=GONE[state])


def day_not_known() -> Text:
    return say("Cuộc họp đang hoãn, chưa có ngày mới. Khi có ngày, đồng chí được báo và trả lời sau.")


def not_this_form(*, form: str) -> Text:
    return say("Cuộc họp này họp {form}. Mời chọn cách dự khác.", form=FORMS[form])


def reason_expected() -> Text:
    return say("Mời gõ lý do, một câu là đủ.")


def moved_since() -> Text:
    return say("Chưa ghi câu trả lời: giấy mời ấy là của ngày giờ hoặc hình thức cũ. Hiện nay:")


def in_the_past() -> Text:
    return say("Ngày giờ ấy đã qua. Mời chọn ngày giờ khác.")


def too_far(*, days: int) -> Text:
    return say("Ngày ấy xa quá {days} ngày. Mời chọn ngày gần hơn.", days=days)


def paper_needed() -> Text:
    return say(
        "Mời gõ số và ngày văn bản đồng ý của đảng ủy cấp trên, ví dụ: 15-CV/ĐU ngày 02/11/2026. Họp trực tuyến cần văn "
        "bản ấy (Hướng dẫn 03-HD/TW, thí điểm)."
    )


def paper_lacks(*, number: bool, day: bool) -> Text:
    """Say what the paper lacks. `number`, `day`: that it is missing."""
    if number and day:
        what = say("Chưa thấy số và ngày của văn bản.")
    elif number:
        what = say("Chưa thấy số của văn bản.")
    else:
        what = say("Chưa thấy ngày của văn bản, đủ ngày/tháng/năm.")
    return what + say(" Mời gõ cả hai, ví dụ: 15-CV/ĐU ngày 02/11/2026.")


def paper_ahead(*, on: date) -> Text:
    return say("Mời gõ lại, ví dụ: 15-CV/ĐU ngày 02/11/2026. Ngày {on} chưa đến.", on=day(on))


def never_online() -> Text:
    return say(
        "Mời họp trực tiếp, hoặc để việc ấy sang buổi họp trực tiếp. Không làm trực tuyến: kỷ luật, kết nạp, nhân "
        "sự, khiếu nại tố cáo, bỏ phiếu kín, tài liệu mật. Qua mạng không biết chắc ai đang nghe, ai bỏ phiếu."
    )


def link_refused() -> Text:
    return say(
        "Mời dán đường dẫn dẫn thẳng vào phòng họp, bắt đầu bằng https:// (Zoom, Google Meet, Microsoft Teams, "
        "Jitsi). Đường dẫn vừa rồi không dùng được."
    )


# --- what the desk is told ------------------------------------------------------------------------------------------


def undecided(*, count: int, starts_at: datetime) -> Text:
    return say(
        "Hết hạn trả lời cuộc họp {at}: còn <b>{n}</b> đồng chí chưa trả lời. Nên gọi điện.",
        at=moment(starts_at, HOME_ZONE),
        n=count,
    )


def still_open(*, starts_at: datetime) -> Text:
    return say(
        "Mời điểm danh rồi đóng cuộc họp {at}, hoặc ghi là không họp. Cuộc họp đã hết giờ.",
        at=moment(starts_at, HOME_ZONE),
    )


def minutes_due(*, starts_at: datetime, due: date, over: bool) -> Text:
    at = moment(starts_at, HOME_ZONE)
    if over:
        return say(
            "Biên bản cuộc họp {at} đã qua hạn ngày {due} mà chưa ghi là đã ký, đã lưu.", at=at, due=day(due)
        )
    return say("Hôm nay, {due}, là hạn ký và lưu biên bản cuộc họp {at}.", at=at, due=day(due))


def still_postponed(*, since: datetime) -> Text:
    return say("Cuộc họp hoãn (định họp {at}) vẫn chưa có ngày mới.", at=moment(since, HOME_ZONE))


def proposed(*, starts_at: datetime, again: bool) -> Text:
    words = say(
        "theo ngày họp hằng tháng, chi bộ họp <b>{at}</b>. Chưa ai được báo. Mời xem rồi triệu tập, đổi hoặc bỏ qua.",
        at=moment(starts_at, HOME_ZONE),
    )
    return say("Nhắc lại: ") + words if again else capital(words)
