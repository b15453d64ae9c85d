"""Words of the desk's side of meetings: the form, who has answered, calling off, the standing date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.ground.markup import clip
from models.phrases.common import lines, paragraph
from models.phrases.contact.reach import WHY, by_hand
from models.phrases.meeting.meeting import FORMS, KINDS, shortened
from models.phrases.text import HOME_ZONE, LABEL, Text, capital, fitting, join, moment, raw, say, weekday

CALLING = say("triệu tập cuộc họp", "calling a meeting")
STANDING = say("đặt ngày họp hằng tháng", "setting the standing date")
ENDING = say("hoãn hoặc hủy cuộc họp", "postponing or cancelling a meeting")

# --- buttons --------------------------------------------------------------------------------------------------------

CALL = say("Triệu tập cuộc họp", "Call a meeting")
CALL_THIS = say("Xem và triệu tập", "Look and call it")
DROP = say("Bỏ qua lần này", "Drop it this time")
CHANGE = say("Thay đổi", "Change")
POSTPONE = say("Hoãn, chưa có ngày", "Postpone, no new day")
CANCEL_MEETING = say("Hủy cuộc họp", "Cancel the meeting")
ALTER = say("Thay đổi, hoãn, hủy", "Change, postpone, cancel")
NEW_DAY = say("Đặt ngày mới", "Set the new day")
MONTHLY = say("Ngày họp hằng tháng", "Standing date")
SWITCH_OFF = say("Tắt ngày họp hằng tháng", "Switch it off")
NO_REASON = say("Không nêu lý do", "No reason given")
KEEP_MEETING = say("Thôi, giữ cuộc họp", "No, keep the meeting")
KEEP_DAY = say("Thôi, giữ ngày họp", "No, keep the day")
READ_WORDS = say("Đọc ý kiến gửi về", "Read what was sent")
COPY = say("Như lần trước", "As last time")
ANEW = say("Nhập mới", "Start a new one")
LAST_AGENDA = say("Lấy nội dung lần trước", "The last agenda")
FIX = say("Sửa hình thức, ngày, nội dung", "Change form, day, agenda")
REST = say("Sửa phần khác", "Change the rest")
LOOK_OVER = say("Xem lại", "Look it over")
MAKE_ROOM = say("Tạo phòng giúp tôi", "Make a room for me")
LATER = say("Gửi đường dẫn sau", "The link comes later")
NO_PAPER_YET = say("Chưa có văn bản", "No such paper yet")
USUAL_AGENDA = say("Nội dung thường kỳ", "The usual agenda")
NO_SUCH_MATTER = say("Không có việc nào như vậy", "None of these")
MEET_IN_PERSON = say("Có: chuyển sang họp trực tiếp", "Yes: meet in person")
IN_ROOM = say("Có: chỉ bàn tại chỗ", "Yes: in the room only")
PAPERS_DONE = say("Xong", "Done")
NO_PAPERS = say("Bỏ hết tài liệu", "Remove all papers")
CALL_NOW = say("Triệu tập, gửi giấy mời", "Call it, send the invitations")
TRY_LINK = say("Thử mở đường dẫn", "Try the link")
SAVE = say("Lưu thay đổi", "Save the changes")

FIELDS = {
    "kind": say("Loại", "Kind"),
    "form": say("Hình thức", "Form"),
    "paper": say("Văn bản đồng ý", "Approving paper"),
    "day": say("Ngày", "Day"),
    "clock": say("Giờ", "Time"),
    "length": say("Số phút", "Minutes"),
    "place": say("Địa điểm", "Place"),
    "link": say("Đường dẫn", "Link"),
    "agenda": say("Nội dung", "Agenda"),
    "papers": say("Tài liệu", "Papers"),
}
KIND_BUTTONS = {
    "regular": say("Thường kỳ", "Regular"),
    "thematic": say("Chuyên đề", "Thematic"),
    "review": say("Kiểm điểm", "Review"),
    "extraordinary": say("Bất thường", "Extraordinary"),
}
FORM_BUTTONS = {
    "in person": say("Trực tiếp", "In person"),
    "hybrid": say("Trực tiếp kết hợp trực tuyến", "In person and online"),
    "online": say("Trực tuyến", "Online"),
}
MATTERS = {
    "discipline": say("kỷ luật", "discipline"),
    "admission": say("kết nạp, công nhận chính thức", "admission"),
    "personnel": say("nhân sự", "personnel"),
    "complaint": say("khiếu nại, tố cáo, bảo vệ chính trị nội bộ", "complaints, internal protection"),
    "ballot": say("bỏ phiếu kín", "secret ballots"),
    "classified": say("tài liệu mật", "secret papers"),
}
THE_USUAL = (
    "1. Thông tin thời sự, văn bản mới\n2. Đánh giá công tác tháng qua; tự phê bình và phê bình\n"
    "3. Nhiệm vụ tháng tới\n4. Thảo luận, biểu quyết, kết luận"
)


# --- questions ------------------------------------------------------------------------------------------------------


def copy_or_anew(*, starts_at: datetime) -> Text:
    return say(
        "Dùng lại cuộc họp gần nhất ({at}), hay nhập mới? Dùng lại: chỉ chọn ngày. Nội dung theo thường kỳ, không "
        "lấy của lần trước.",
        "The latest meeting: {at}. Copy it (only the day is asked; the agenda is the usual one, not the last one's), or start "
        "a new one?",
        at=moment(starts_at, HOME_ZONE),
    )


def which_kind() -> Text:
    return say("Họp loại nào?", "What kind of meeting?")


def which_form(*, away: int, counted: int, percent: int) -> Text:
    """`away` of `counted` members who count work away; online is meant for more than `percent`."""
    return say(
        "Họp bằng hình thức nào?\n\nHọp trực tuyến dành cho nơi trên {percent}% đảng viên không về một chỗ được "
        "(Hướng dẫn 03-HD/TW, thí điểm). Chi bộ có {away}/{counted} đồng chí đi xa, không tính người được "
        "miễn.\n\nKhông làm trực tuyến: kỷ luật, kết nạp, nhân sự, khiếu nại, bỏ phiếu kín, tài liệu mật.",
        "In which form?\n\nBy Guide 03-HD/TW (a pilot) meeting online is for cells where more than {percent}% cannot come to "
        "one place; here {away} of {counted} work away (the exempt not counted). Discipline, admission, personnel, "
        "complaints, secret ballots and secret papers are not dealt with online.",
        percent=percent,
        away=away,
        counted=counted,
    )


def which_paper(*, needed: bool) -> Text:
    ask = say(
        "Số và ngày văn bản của đảng ủy cấp trên đồng ý cho họp trực tuyến? Ví dụ: 15-CV/ĐU ngày 02/11/2026.",
        "The paper of the committee above that approves meeting over a link: its number and day? E.g. 15-CV/ĐU of 02/11/2026.",
    )
    if not needed:
        return ask
    return paragraph(
        ask,
        say(
            "Họp hoàn toàn trực tuyến thì phải có văn bản này.", "To meet online only, this paper is needed."
        ),
    )


def what_to_change() -> Text:
    return say("Sửa mục nào?", "What is to be changed?")


def which_day() -> Text:
    return say(
        "Họp ngày nào? Chọn, hoặc gõ ngày/tháng, kèm giờ cũng được: 03/12 19h30.",
        "On which day? Choose, or type day/month, with the hour if you like: 03/12 19:30.",
    )


def day_button(*, day: date, clock: str) -> Text:
    on = capital(weekday(day))
    return say("{day}, {clock}", "{day}, {clock}", day=on, clock=clock) if clock else on


def which_clock(*, day: date) -> Text:
    return say(
        "{day}: họp lúc mấy giờ (giờ Việt Nam)? Chọn, hoặc gõ, ví dụ 19h30.",
        "{day}: at what time (Vietnam's clock)? Choose, or type, e.g. 19:30.",
        day=capital(weekday(day)),
    )


def which_clock_monthly(*, day: int) -> Text:
    return say(
        "Ngày {day} hằng tháng, lúc mấy giờ (giờ Việt Nam)? Chọn, hoặc gõ, ví dụ 19h30.",
        "On day {day} of each month, at what time (Vietnam's clock)? Choose, or type, e.g. 19:30.",
        day=day,
    )


def clock_not_read() -> Text:
    return say(
        "Chưa đọc được giờ. Mời gõ ví dụ 19h30.", "That time could not be read. Please type e.g. 19:30."
    )


def which_length(*, least: int) -> Text:
    return say(
        "Họp bao nhiêu phút? Theo hướng dẫn, ít nhất {least} phút. Chi bộ ít người: theo quy định của cấp ủy.",
        "How many minutes? By the guide at least {least}; small cells as their committee sets.",
        least=least,
    )


def number_expected() -> Text:
    return say("Mời gõ số phút, từ 15 đến 600.", "Please type the minutes, 15 to 600.")


def which_place() -> Text:
    return say("Họp ở đâu? Ví dụ: Nhà văn hóa thôn.", "Where? E.g. the village hall.")


def which_link(*, can_make: bool) -> Text:
    ask = say(
        "Mời dán đường dẫn vào họp (Zoom, Google Meet, Teams, Jitsi). Đường dẫn được mã hóa, gửi cho từng người "
        "30 phút trước giờ họp.",
        "The link to join (Zoom, Google Meet, Teams, Jitsi): please paste it. It is kept encrypted, and sent to each person 30 "
        "minutes before the start.",
    )
    if not can_make:
        return ask
    return ask + say(" Chưa có thì bấm “Tạo phòng giúp tôi”.", " If you have none, tap “Make a room for me”.")


def which_room() -> Text:
    return say(
        "Mời chọn phòng của cuộc họp này, hoặc dán lại riêng đường dẫn ấy. Trong tin có nhiều phòng.",
        "There are several rooms in this text. Please choose the one of this meeting, or paste that link alone.",
    )


def room(*, name: str) -> Text:
    return say("{name}", "{name}", name=name)


def which_agenda() -> Text:
    return say(
        "Nội dung cuộc họp? Gõ, hoặc chọn. Không ghi nội dung MẬT.",
        "The agenda? Type it, or choose. Nothing secret, please.",
    )


def never_online(*, found: Sequence[str], hybrid: bool) -> Text:
    """Always asked where there is a link; `found`: what the agenda seems to touch."""
    names = join([MATTERS[one] for one in found], "; ")
    parts = []
    if found:
        parts.append(
            say("Nội dung có nhắc tới: <b>{names}</b>.", "The agenda mentions: <b>{names}</b>.", names=names)
        )
    parts.append(
        say(
            "<b>Không làm trực tuyến</b>: kỷ luật, kết nạp, nhân sự, khiếu nại tố cáo, bảo vệ chính trị nội bộ, "
            "bỏ phiếu kín, tài liệu mật. Qua mạng không biết chắc ai đang nghe, ai bỏ phiếu, ai ghi lại.",
            "<b>Not online</b>: discipline, admission, personnel, complaints and internal protection, secret ballots, secret "
            "papers: over a link nobody can be sure who listens, who votes, who records.",
        )
    )
    parts.append(
        say("Cuộc họp này có quyết việc nào như vậy không?", "Is any of these decided at this meeting?")
    )
    if hybrid:
        parts.append(
            say(
                "Họp kết hợp: bàn riêng phần ấy tại chỗ, sau khi ngắt đường truyền trực tuyến.",
                "At a hybrid meeting that part can be dealt with in the room, once the online part is over.",
            )
        )
    return paragraph(*parts)


def which_papers(*, names: Sequence[str], most: int, megabytes: int, days: int) -> Text:
    ask = say(
        "Gửi tệp hoặc ảnh tài liệu họp, rồi bấm “Xong”. Tối đa {most} tệp, mỗi tệp {mb} MB. Tài liệu nên có trước "
        "ít nhất {days} ngày. Không gửi tài liệu MẬT.",
        "Send the papers here, as files or photos (up to {most}, {mb} MB each), then tap “Done”. They should be there at least "
        "{days} day before. Nothing secret, please.",
        most=most,
        mb=megabytes,
        days=days,
    )
    if not names:
        return ask
    listed = join([say("• {name}", "• {name}", name=shortened(name, 100)) for name in names])
    return paragraph(ask, listed)


def too_many_papers(*, most: int) -> Text:
    return say(
        "Đã đủ {most} tệp, không nhận thêm được.",
        "There are {most} already; no more can be added.",
        most=most,
    )


def paper_too_big(*, megabytes: int) -> Text:
    return say(
        "Mời nén lại hoặc gửi bản PDF nhẹ hơn: tệp lớn quá {mb} MB.",
        "That file is larger than {mb} MB. Please send a smaller one.",
        mb=megabytes,
    )


# --- overview -------------------------------------------------------------------------------------------------------


def overview(
    *,
    about: Text,
    host: str,
    paper: str,
    clocks: Sequence[Text],
    invited: int,
    deaf: Sequence[tuple[str, str]],
    anew: bool,
) -> Text:
    """What is about to be sent. `clocks`: the meeting on the clocks of those away; `deaf`: whom nothing here reaches; `host`: where
    the link leads: the link itself stands in no words."""
    head = (
        say("<b>Xem lại rồi triệu tập</b>", "<b>Please look it over, then call it</b>")
        if anew
        else say("<b>Xem lại rồi lưu thay đổi</b>", "<b>Please look it over, then save</b>")
    )
    parts = [head, about]
    extra = []
    if host:
        extra.append(say("Đường dẫn: {host} (đã mã hóa)", "Link: {host} (encrypted)", host=host))
    if paper:
        extra.append(say("Văn bản đồng ý: {paper}", "Approving paper: {paper}", paper=paper))
    if extra:
        parts.append(lines(*extra))
    if clocks:
        parts.append(lines(say("Giờ của người đi xa:", "On the clocks of those away:"), *clocks))
    parts.append(
        say(
            "Người được mời: {n}, kể cả đồng chí. Giấy mời gửi riêng từng người.",
            "Invited: {n}, you among them. Each gets an invitation singly.",
            n=invited,
        )
    )
    if deaf:
        parts.append(by_hand(out=deaf))
    return paragraph(*parts)


def on_their_clock(*, where: Text, at: Text, people: int, night: bool) -> Text:
    line = say("• {where}: {at} ({n} người)", "• {where}: {at} ({n})", where=where, at=at, n=people)
    return line + say(" · giờ nghỉ đêm", " · at night") if night else line


def clock_there(*, time: str, day: date) -> Text:
    return say("{time} {day}", "{time} {day}", time=time, day=weekday(day))


def called(*, about: Text, told: Text) -> Text:
    """`told`: whom the invitation reaches, who waits for the morning, whom somebody has to phone."""
    return paragraph(
        say("<b>Đã triệu tập.</b> Giấy mời:", "<b>Called.</b> Invitations:"),
        told,
        about,
        say(
            "Đồng chí cũng được mời: bấm “Tôi dự thế nào?” khi tiện.",
            "You are invited too: tap “How do I attend?” when convenient.",
        ),
    )


def which_cell() -> Text:
    return say("Của chi bộ nào?", "Of which cell?")


def alter(*, starts_at: datetime) -> Text:
    return say(
        "Cuộc họp {at} sắp bắt đầu. Thay đổi, hoãn hay hủy? Ai nhận tin qua đây được báo ngay.",
        "The meeting of {at} is about to begin. Change, postpone or cancel it? Whoever is reached here is told at once.",
        at=moment(starts_at, HOME_ZONE),
    )


def changed_meanwhile() -> Text:
    return say(
        "Chưa lưu: đồng chí khác vừa thay đổi cuộc họp này. Mời xem lại bên dưới rồi bấm “Thay đổi”.",
        "Somebody else has just changed this meeting, so nothing was saved. Please look below, then tap “Change”.",
    )


def changed(*, told_at: datetime | None, out: Sequence[tuple[str, str]]) -> Text:
    """`told_at`: nobody is told before; `out`: whom the program cannot tell."""
    if told_at is None:
        return say("Không có gì thay đổi.", "Nothing has changed.")
    saved = say(
        "Đã lưu, chưa báo ai. Lúc {at}, mọi thay đổi được gửi trong một tin. Ai đang giờ nghỉ đêm, hết giờ nghỉ "
        "mới nhận.",
        "Saved; nobody is told yet. At {at} all changes until then are sent in one message; where it is night, afterwards.",
        at=moment(told_at, HOME_ZONE),
    )
    return lines(saved, by_hand(out=out)) if out else saved


# --- calling off ----------------------------------------------------------------------------------------------------


def why_off(*, cancels: bool, starts_at: datetime, knew: int) -> Text:
    at = moment(starts_at, HOME_ZONE)
    if cancels:
        return say(
            "<b>Hủy</b> cuộc họp {at}? Ai đã có giấy mời ({n}) được báo một lần.\n\nĐể hủy: gõ lý do, hoặc bấm “Không nêu lý do”.",
            "<b>Cancel</b> the meeting of {at}? Whoever has an invitation ({n}) is told once.\n\nTo cancel it: type the "
            "reason, or tap “No reason given”.",
            at=at,
            n=knew,
        )
    return say(
        "<b>Hoãn</b> cuộc họp {at}, chưa có ngày mới? Ai đã có giấy mời ({n}) được báo một lần. Nếu đã rõ ngày "
        "mới, dùng “Thay đổi”.\n\nĐể hoãn: gõ lý do, hoặc bấm “Không nêu lý do”.",
        "<b>Postpone</b> the meeting of {at} without a new day? Whoever has an invitation ({n}) is told once. If the new day is "
        "known, use “Change”.\n\nTo postpone it: type the reason, or tap “No reason given”.",
        at=at,
        n=knew,
    )


def cancelled(*, told: Text, spared: int) -> Text:
    """`spared`: their invitation was waiting for the morning, and is not sent any more."""
    parts = [say("<b>Đã hủy cuộc họp.</b> Tin hủy:", "<b>Cancelled.</b> Who is told:"), told]
    if spared:
        parts.append(
            say(
                "Giấy mời còn chờ qua đêm, nay không gửi nữa: {n}.",
                "Invitations that were waiting for the morning and are not sent any more: {n}.",
                n=spared,
            )
        )
    return lines(*parts)


def postponed(*, told: Text) -> Text:
    return lines(say("<b>Đã hoãn.</b> Tin hoãn:", "<b>Postponed.</b> Who is told:"), told)


def dropped() -> Text:
    return say(
        "Đã bỏ qua lần này. Tháng sau sẽ gợi ý lại.", "Dropped this time. It is proposed again next month."
    )


# --- who has answered -----------------------------------------------------------------------------------------------

GROUPS = {
    "online": say("Dự trực tuyến", "Online"),
    "in person": say("Dự trực tiếp", "In person"),
    "part": say("Dự một phần", "Part of it"),
    "absent": say("Vắng, có lý do", "Absent, with a reason"),
    "": say("Chưa trả lời", "No answer yet"),
}
MARKS = {
    "votes": raw(""),
    "no vote": say(" (dự bị, không biểu quyết)", " (probationary, no vote)"),
    "invitee": say(" (được miễn, khách mời)", " (exempt, invited)"),
}


def person(
    *, name: str, capacity: str, reason: str, waits: datetime | None, out: str | None, by_desk: bool
) -> Text:
    """`waits`: until when the newest facts wait for them; `out`: why nothing reaches them; `by_desk`: somebody answered for
    them."""
    line = say("• {name}", "• {name}", name=name) + MARKS[capacity]
    if reason:
        line += say(": {reason}", ": {reason}", reason=clip(reason, 150))
    if by_desk:
        line += say(" (ghi hộ)", " (noted for them)")
    if waits is not None:
        return line + say(" · tin chờ đến {at}", " · waits until {at}", at=moment(waits, HOME_ZONE))
    if out is None:
        return line
    return line + say(
        " · chưa báo được, cần gọi ({why})", " · not reached, please phone ({why})", why=WHY[out]
    )


def who(*, starts_at: datetime, groups: Sequence[tuple[str, Sequence[Text]]], papers: Sequence[Text]) -> Text:
    """`groups`: an answer and its people."""
    head = say("<b>Cuộc họp {at}</b>", "<b>Meeting of {at}</b>", at=moment(starts_at, HOME_ZONE))
    parts = [head]
    for answer, people in groups:
        if people:
            title = say("<b>{group}: {n}</b>", "<b>{group}: {n}</b>", group=GROUPS[answer], n=len(people))
            parts.append(lines(title, *people))
    if papers:
        parts.append(lines(say("<b>Tài liệu</b>", "<b>Papers</b>"), *papers))
    return paragraph(*parts)


def paper_line(*, name: str, opened: int, read: Sequence[str], of: int) -> Text:
    """`read`: who said so."""
    line = say(
        "• {name}: mở {opened}, đã đọc {read}/{of}",
        "• {name}: opened {opened}, read {read}/{of}",
        name=shortened(name, 60),
        opened=opened,
        read=len(read),
        of=of,
    )
    return line + say(": {names}", ": {names}", names=", ".join(read)) if read else line


def answer_for(*, name: str) -> Text:
    """A button's label."""
    return say("Ghi hộ: {name}", "Note for {name}", name=fitting(name, LABEL - 9))


def what_did_they_say(*, name: str) -> Text:
    return say(
        "<b>{name}</b> trả lời thế nào (qua điện thoại)?",
        "What did <b>{name}</b> say on the phone?",
        name=name,
    )


def contribution(*, name: str, words: str) -> Text:
    return say("<b>{name}</b> gửi:\n\n{words}", "<b>{name}</b> writes:\n\n{words}", name=name, words=words)


def no_contributions() -> Text:
    return say("Chưa ai gửi ý kiến.", "Nobody has sent any words.")


# --- the standing date ----------------------------------------------------------------------------------------------


def standing(*, day: int | None, clock: str) -> Text:
    ask = say(
        "Hằng tháng chi bộ họp ngày mấy? Trùng ngày nghỉ, lùi sang ngày làm việc kế tiếp. Trước một tuần, cuộc "
        "họp hiện ra cho bí thư, phó bí thư xem. Bấm triệu tập rồi mới báo mọi người.",
        "On which day of the month does the cell meet? On a day off, the next working day. A week before it is proposed to "
        "secretary and deputy; nobody else is told until it is called.",
    )
    if day is None:
        return ask
    now = say("Hiện nay: ngày {day}, {clock}.", "Now: day {day}, {clock}.", day=day, clock=clock)
    return paragraph(now, ask)


def day_of_month_expected() -> Text:
    return say("Mời gõ một số từ 1 đến 28.", "Please type a number from 1 to 28.")


def standing_set(*, starts_at: datetime) -> Text:
    return say("Đã đặt. Lần tới: {at}.", "Set. Next time: {at}.", at=moment(starts_at, HOME_ZONE))


def standing_off() -> Text:
    return say("Đã tắt ngày họp hằng tháng.", "The standing date is switched off.")


def proposal(*, starts_at: datetime, kind: str, form: str) -> Text:
    return say(
        "<b>Gợi ý theo ngày họp hằng tháng</b>\n{at}\n{kind}, {form}\n\nChưa ai được báo.",
        "<b>Proposed by the standing date</b>\n{at}\n{kind}, {form}\n\nNobody has been told.",
        at=moment(starts_at, HOME_ZONE),
        kind=KINDS[kind],
        form=FORMS[form],
    )


# --- the few words in the desk's queue ------------------------------------------------------------------------------


def waits(*, state: str, on: date) -> Text:
    """Proposed, or postponed."""
    if state == "proposed":
        return say("họp {on}: chưa triệu tập", "meeting {on}: not called", on=f"{on:%d/%m}")
    return say("họp {on} hoãn: chưa có ngày", "meeting {on} postponed: no new day", on=f"{on:%d/%m}")


def undecided(*, on: date, count: int) -> Text:
    return say("họp {on}: {n} chưa trả lời", "meeting {on}: {n} undecided", on=f"{on:%d/%m}", n=count)


def without_link(*, on: date) -> Text:
    return say("họp {on}: chưa có đường dẫn", "meeting {on}: no link yet", on=f"{on:%d/%m}")


def unclosed(*, on: date) -> Text:
    return say("họp {on}: chưa đóng", "meeting {on}: not closed", on=f"{on:%d/%m}")


def unfiled(*, on: date) -> Text:
    return say("họp {on}: chưa lưu biên bản", "meeting {on}: minutes not filed", on=f"{on:%d/%m}")
