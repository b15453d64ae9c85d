"""Words of the desk's side of meetings: the form, who has answered, calling off, the standing date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from models.ground.markup import clip
from models.phrases.common import lines, paragraph
from models.phrases.contact.reach import WHY, by_hand
from models.phrases.meeting.meeting import FORMS, KINDS, shortened
from models.phrases.text import (
    HOME_ZONE,
    LABEL,
    Text,
    capital,
    fitting,
    join,
    moment,
    raw,
    say,
    say_as,
    weekday,
)

CALLING = say("triệu tập cuộc họp")
STANDING = say("đặt ngày họp hằng tháng")
ENDING = say("hoãn hoặc hủy cuộc họp")

# --- buttons --------------------------------------------------------------------------------------------------------

CALL = say("Triệu tập cuộc họp")
CALL_THIS = say("Xem và triệu tập")
DROP = say("Bỏ qua lần này")
CHANGE = say("Thay đổi")
POSTPONE = say("Hoãn, chưa có ngày")
CANCEL_MEETING = say("Hủy cuộc họp")
ALTER = say("Thay đổi, hoãn, hủy")
NEW_DAY = say("Đặt ngày mới")
MONTHLY = say("Ngày họp hằng tháng")
SWITCH_OFF = say("Tắt ngày họp hằng tháng")
NO_REASON = say("Không nêu lý do")
KEEP_MEETING = say("Thôi, giữ cuộc họp")
KEEP_DAY = say("Thôi, giữ ngày họp")
READ_WORDS = say("Đọc ý kiến gửi về")
COPY = say("Như lần trước")
ANEW = say("Nhập mới")
LAST_AGENDA = say("Lấy nội dung lần trước")
FIX = say("Sửa hình thức, ngày, nội dung")
REST = say("Sửa phần khác")
LOOK_OVER = say("Xem lại")
MAKE_ROOM = say("Tạo phòng giúp tôi")
LATER = say("Gửi đường dẫn sau")
NO_PAPER_YET = say("Chưa có văn bản")
USUAL_AGENDA = say("Nội dung thường kỳ")
NO_SUCH_MATTER = say("Không có việc nào như vậy")
MEET_IN_PERSON = say("Có: chuyển sang họp trực tiếp")
IN_ROOM = say("Có: chỉ bàn tại chỗ")
PAPERS_DONE = say("Xong")
NO_PAPERS = say("Bỏ hết tài liệu")
CALL_NOW = say("Triệu tập, gửi giấy mời")
TRY_LINK = say("Thử mở đường dẫn")
SAVE = say_as("meeting_form", "Lưu thay đổi")

FIELDS = {
    "kind": say("Loại"),
    "form": say_as("meeting", "Hình thức"),
    "paper": say("Văn bản đồng ý"),
    "day": say("Ngày"),
    "clock": say("Giờ"),
    "length": say("Số phút"),
    "place": say("Địa điểm"),
    "link": say("Đường dẫn"),
    "agenda": say_as("meeting_form", "Nội dung"),
    "papers": say("Tài liệu"),
}
KIND_BUTTONS = {
    "regular": say("Thường kỳ"),
    "thematic": say("Chuyên đề"),
    "review": say("Kiểm điểm"),
    "extraordinary": say("Bất thường"),
}
FORM_BUTTONS = {
    "in person": say("Trực tiếp"),
    "hybrid": say("Trực tiếp kết hợp trực tuyến"),
    "online": say("Trực tuyến"),
}
MATTERS = {
    "discipline": say("kỷ luật"),
    "admission": say("kết nạp, công nhận chính thức"),
    "personnel": say("nhân sự"),
    "complaint": say("khiếu nại, tố cáo, bảo vệ chính trị nội bộ"),
    "ballot": say("bỏ phiếu kín"),
    "classified": say("tài liệu mật"),
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
        at=moment(starts_at, HOME_ZONE),
    )


def which_kind() -> Text:
    return say("Họp loại nào?")


def which_form(*, away: int, counted: int, percent: int) -> Text:
    """Ask for the form. `away` of `counted` members who count work away; online is meant for more than `percent`."""
    return say(
        "Họp bằng hình thức nào?\n\nHọp trực tuyến dành cho nơi trên {percent}% đảng viên không về một chỗ được "
        "(Hướng dẫn 03-HD/TW, thí điểm). Chi bộ có {away}/{counted} đồng chí đi xa, không tính người được "
        "miễn.\n\nKhông làm trực tuyến: kỷ luật, kết nạp, nhân sự, khiếu nại, bỏ phiếu kín, tài liệu mật.",
        percent=percent,
        away=away,
        counted=counted,
    )


def which_paper(*, needed: bool) -> Text:
    ask = say(
        "Số và ngày văn bản của đảng ủy cấp trên đồng ý cho họp trực tuyến? Ví dụ: 15-CV/ĐU ngày 02/11/2026."
    )
    if not needed:
        return ask
    return paragraph(ask, say("Họp hoàn toàn trực tuyến thì phải có văn bản này."))


def what_to_change() -> Text:
    return say_as("meeting_form", "Sửa mục nào?")


def which_day() -> Text:
    return say("Họp ngày nào? Chọn, hoặc gõ ngày/tháng, kèm giờ cũng được: 03/12 19h30.")


def day_button(*, day: date, clock: str) -> Text:
    on = capital(weekday(day))
    return say("{day}, {clock}", day=on, clock=clock) if clock else on


def which_clock(*, day: date) -> Text:
    return say(
        "{day}: họp lúc mấy giờ (giờ Việt Nam)? Chọn, hoặc gõ, ví dụ 19h30.", day=capital(weekday(day))
    )


def which_clock_monthly(*, day: int) -> Text:
    return say("Ngày {day} hằng tháng, lúc mấy giờ (giờ Việt Nam)? Chọn, hoặc gõ, ví dụ 19h30.", day=day)


def clock_not_read() -> Text:
    return say("Chưa đọc được giờ. Mời gõ ví dụ 19h30.")


def which_length(*, least: int) -> Text:
    return say(
        "Họp bao nhiêu phút? Theo hướng dẫn, ít nhất {least} phút. Chi bộ ít người: theo quy định của cấp ủy.",
        least=least,
    )


def number_expected() -> Text:
    return say("Mời gõ số phút, từ 15 đến 600.")


def which_place() -> Text:
    return say("Họp ở đâu? Ví dụ: Nhà văn hóa thôn.")


def which_link(*, can_make: bool) -> Text:
    ask = say(
        "Mời dán đường dẫn vào họp (Zoom, Google Meet, Teams, Jitsi). Đường dẫn được mã hóa, gửi cho từng người "
        "30 phút trước giờ họp."
    )
    if not can_make:
        return ask
    return ask + say(" Chưa có thì bấm “Tạo phòng giúp tôi”.")


def which_room() -> Text:
    return say("Mời chọn phòng của cuộc họp này, hoặc dán lại riêng đường dẫn ấy. Trong tin có nhiều phòng.")


def room(*, name: str) -> Text:
    return say("{name}", name=name)


def which_agenda() -> Text:
    return say("Nội dung cuộc họp? Gõ, hoặc chọn. Không ghi nội dung MẬT.")


def never_online(*, found: Sequence[str], hybrid: bool) -> Text:
    """Ask, always where there is a link, whether a matter forbids it. `found`: what the agenda seems to touch."""
    names = join([MATTERS[one] for one in found], "; ")
    parts = []
    if found:
        parts.append(say("Nội dung có nhắc tới: <b>{names}</b>.", names=names))
    parts.append(
        say(
            "<b>Không làm trực tuyến</b>: kỷ luật, kết nạp, nhân sự, khiếu nại tố cáo, bảo vệ chính trị nội bộ, "
            "bỏ phiếu kín, tài liệu mật. Qua mạng không biết chắc ai đang nghe, ai bỏ phiếu, ai ghi lại."
        )
    )
    parts.append(say("Cuộc họp này có quyết việc nào như vậy không?"))
    if hybrid:
        parts.append(say("Họp kết hợp: bàn riêng phần ấy tại chỗ, sau khi ngắt đường truyền trực tuyến."))
    return paragraph(*parts)


def which_papers(*, names: Sequence[str], most: int, megabytes: int, days: int) -> Text:
    ask = say(
        "Gửi tệp hoặc ảnh tài liệu họp, rồi bấm “Xong”. Tối đa {most} tệp, mỗi tệp {mb} MB. Tài liệu nên có trước "
        "ít nhất {days} ngày. Không gửi tài liệu MẬT.",
        most=most,
        mb=megabytes,
        days=days,
    )
    if not names:
        return ask
    listed = join([say("• {name}", name=shortened(name, 100)) for name in names])
    return paragraph(ask, listed)


def too_many_papers(*, most: int) -> Text:
    return say("Đã đủ {most} tệp, không nhận thêm được.", most=most)


def paper_too_big(*, megabytes: int) -> Text:
    return say("Mời nén lại hoặc gửi bản PDF nhẹ hơn: tệp lớn quá {mb} MB.", mb=megabytes)


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
    """Show what is about to be sent.

    `clocks`: the meeting on the clocks of those away; `deaf`: whom nothing here reaches; `host`: where the link leads:
    the link itself stands in no words.
    """
    head = say("<b>Xem lại rồi triệu tập</b>") if anew else say("<b>Xem lại rồi lưu thay đổi</b>")
    parts = [head, about]
    extra = []
    if host:
        extra.append(say("Đường dẫn: {host} (đã mã hóa)", host=host))
    if paper:
        extra.append(say("Văn bản đồng ý: {paper}", paper=paper))
    if extra:
        parts.append(lines(*extra))
    if clocks:
        parts.append(lines(say("Giờ của người đi xa:"), *clocks))
    parts.append(say("Người được mời: {n}, kể cả đồng chí. Giấy mời gửi riêng từng người.", n=invited))
    if deaf:
        parts.append(by_hand(out=deaf))
    return paragraph(*parts)


def on_their_clock(*, where: Text, at: Text, people: int, night: bool) -> Text:
    line = say("• {where}: {at} ({n} người)", where=where, at=at, n=people)
    return line + say(" · giờ nghỉ đêm") if night else line


def clock_there(*, time: str, day: date) -> Text:
    return say("{time} {day}", time=time, day=weekday(day))


def called(*, about: Text, told: Text) -> Text:
    """Say that it is called.

    `told`: whom the invitation reaches, who waits for the morning, whom somebody has to phone.
    """
    return paragraph(
        say("<b>Đã triệu tập.</b> Giấy mời:"),
        told,
        about,
        say("Đồng chí cũng được mời: bấm “Tôi dự thế nào?” khi tiện."),
    )


def which_cell() -> Text:
    return say("Của chi bộ nào?")


def alter(*, starts_at: datetime) -> Text:
    return say(
        "Cuộc họp {at} sắp bắt đầu. Thay đổi, hoãn hay hủy? Ai nhận tin qua đây được báo ngay.",
        at=moment(starts_at, HOME_ZONE),
    )


def changed_meanwhile() -> Text:
    return say("Chưa lưu: đồng chí khác vừa thay đổi cuộc họp này. Mời xem lại bên dưới rồi bấm “Thay đổi”.")


def changed(*, told_at: datetime | None, out: Sequence[tuple[str, str]]) -> Text:
    """Say that it is changed. `told_at`: nobody is told before; `out`: whom the program cannot tell."""
    if told_at is None:
        return say("Không có gì thay đổi.")
    saved = say(
        "Đã lưu, chưa báo ai. Lúc {at}, mọi thay đổi được gửi trong một tin. Ai đang giờ nghỉ đêm, hết giờ nghỉ "
        "mới nhận.",
        at=moment(told_at, HOME_ZONE),
    )
    return lines(saved, by_hand(out=out)) if out else saved


# --- calling off ----------------------------------------------------------------------------------------------------


def why_off(*, cancels: bool, starts_at: datetime, knew: int) -> Text:
    at = moment(starts_at, HOME_ZONE)
    if cancels:
        return say(
            "<b>Hủy</b> cuộc họp {at}? Ai đã có giấy mời ({n}) được báo một lần.\n\nĐể hủy: gõ lý do, hoặc bấm “Không nêu lý do”.",
            at=at,
            n=knew,
        )
    return say(
        "<b>Hoãn</b> cuộc họp {at}, chưa có ngày mới? Ai đã có giấy mời ({n}) được báo một lần. Nếu đã rõ ngày "
        "mới, dùng “Thay đổi”.\n\nĐể hoãn: gõ lý do, hoặc bấm “Không nêu lý do”.",
        at=at,
        n=knew,
    )


def cancelled(*, told: Text, spared: int) -> Text:
    """Say that it is cancelled. `spared`: their invitation was waiting for the morning, and is not sent any more."""
    parts = [say("<b>Đã hủy cuộc họp.</b> Tin hủy:"), told]
    if spared:
        parts.append(say("Giấy mời còn chờ qua đêm, nay không gửi nữa: {n}.", n=spared))
    return lines(*parts)


def postponed(*, told: Text) -> Text:
    return lines(say("<b>Đã hoãn.</b> Tin hoãn:"), told)


def dropped() -> Text:
    return say("Đã bỏ qua lần này. Tháng sau sẽ gợi ý lại.")


# --- who has answered -----------------------------------------------------------------------------------------------

GROUPS = {
    "online": say("Dự trực tuyến"),
    "in person": say("Dự trực tiếp"),
    "part": say("Dự một phần"),
    "absent": say("Vắng, có lý do"),
    "": say("Chưa trả lời"),
}
MARKS = {
    "votes": raw(""),
    "no vote": say(" (dự bị, không biểu quyết)"),
    "invitee": say(" (được miễn, khách mời)"),
}


def person(
    *, name: str, capacity: str, reason: str, waits: datetime | None, out: str | None, by_desk: bool
) -> Text:
    """Say one person's answer.

    `waits`: until when the newest facts wait for them; `out`: why nothing reaches them; `by_desk`: somebody answered
    for them.
    """
    line = say("• {name}", name=name) + MARKS[capacity]
    if reason:
        line += say(": {reason}", reason=clip(reason, 150))
    if by_desk:
        line += say(" (ghi hộ)")
    if waits is not None:
        return line + say(" · tin chờ đến {at}", at=moment(waits, HOME_ZONE))
    if out is None:
        return line
    return line + say(" · chưa báo được, cần gọi ({why})", why=WHY[out])


def who(*, starts_at: datetime, groups: Sequence[tuple[str, Sequence[Text]]], papers: Sequence[Text]) -> Text:
    """Show who comes. `groups`: an answer and its people."""
    head = say("<b>Cuộc họp {at}</b>", at=moment(starts_at, HOME_ZONE))
    parts = [head]
    for answer, people in groups:
        if people:
            title = say("<b>{group}: {n}</b>", group=GROUPS[answer], n=len(people))
            parts.append(lines(title, *people))
    if papers:
        parts.append(lines(say("<b>Tài liệu</b>"), *papers))
    return paragraph(*parts)


def paper_line(*, name: str, opened: int, read: Sequence[str], of: int) -> Text:
    """Say how often a paper was opened. `read`: who said they have read it."""
    line = say(
        "• {name}: mở {opened}, đã đọc {read}/{of}",
        name=shortened(name, 60),
        opened=opened,
        read=len(read),
        of=of,
    )
    return line + say(": {names}", names=", ".join(read)) if read else line


def answer_for(*, name: str) -> Text:
    """Label the button that answers for somebody."""
    return say("Ghi hộ: {name}", name=fitting(name, LABEL - 9))


def what_did_they_say(*, name: str) -> Text:
    return say("<b>{name}</b> trả lời thế nào (qua điện thoại)?", name=name)


def contribution(*, name: str, words: str) -> Text:
    return say("<b>{name}</b> gửi:\n\n{words}", name=name, words=words)


def no_contributions() -> Text:
    return say("Chưa ai gửi ý kiến.")


# --- the standing date ----------------------------------------------------------------------------------------------


def standing(*, day: int | None, clock: str) -> Text:
    ask = say(
        "Hằng tháng chi bộ họp ngày mấy? Trùng ngày nghỉ, lùi sang ngày làm việc kế tiếp. Trước một tuần, cuộc "
        "họp hiện ra cho bí thư, phó bí thư xem. Bấm triệu tập rồi mới báo mọi người."
    )
    if day is None:
        return ask
    now = say("Hiện nay: ngày {day}, {clock}.", day=day, clock=clock)
    return paragraph(now, ask)


def day_of_month_expected() -> Text:
    return say("Mời gõ một số từ 1 đến 28.")


def standing_set(*, starts_at: datetime) -> Text:
    return say("Đã đặt. Lần tới: {at}.", at=moment(starts_at, HOME_ZONE))


def standing_off() -> Text:
    return say("Đã tắt ngày họp hằng tháng.")


def proposal(*, starts_at: datetime, kind: str, form: str) -> Text:
    return say(
        "<b>Gợi ý theo ngày họp hằng tháng</b>\n{at}\n{kind}, {form}\n\nChưa ai được báo.",
        at=moment(starts_at, HOME_ZONE),
        kind=KINDS[kind],
        form=FORMS[form],
    )


# --- the few words in the desk's queue ------------------------------------------------------------------------------


def waits(*, state: str, on: date) -> Text:
    """Say what waits: a meeting proposed, or postponed."""
    if state == "proposed":
        return say("họp {on}: chưa triệu tập", on=f"{on:%d/%m}")
    return say("họp {on} hoãn: chưa có ngày", on=f"{on:%d/%m}")


def undecided(*, on: date, count: int) -> Text:
    return say("họp {on}: {n} chưa trả lời", on=f"{on:%d/%m}", n=count)


def without_link(*, on: date) -> Text:
    return say("họp {on}: chưa có đường dẫn", on=f"{on:%d/%m}")


def unclosed(*, on: date) -> Text:
    return say("họp {on}: chưa đóng", on=f"{on:%d/%m}")


def unfiled(*, on: date, due: date, over: bool) -> Text:
    if over:
        return say("biên bản họp {on}: quá hạn {due}", on=f"{on:%d/%m}", due=f"{due:%d/%m}")
    return say("biên bản họp {on}: hạn {due}", on=f"{on:%d/%m}", due=f"{due:%d/%m}")
