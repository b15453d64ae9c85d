"""Words between a committee and a cell: who follows it, visits, names on request, a desk that nobody opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say

WITH_CELL = say("Cấp ủy với chi bộ", "The committee and the cell")
SEE_COUNTS = say("Xem số liệu", "See the counts")
SEE_REQUEST = say("Mở đề nghị xem tên", "Open the request for names")


def see_request(*, figure: str) -> Text:
    return say("Tên: {figure}", "Names: {figure}", figure=FIGURES[figure])


SEE_NAMES = say("Xem tên", "See the names")
ASK_NAMES = say("Xin biết tên", "Ask for names")
GRANT = say("Cho xem tên", "Grant the names")
REFUSE = say("Không cho xem", "Refuse")
WITHDRAW = say("Rút đề nghị", "Withdraw")
TAKE_BACK = say("Thôi cho xem", "Take it back")
APPOINT = say("Phân công cấp ủy viên phụ trách", "Appoint who follows the cell")
CHANGE = say("Đổi cấp ủy viên phụ trách", "Change who follows the cell")
END = say("Thôi phân công phụ trách", "End the appointment")
YES_APPOINT = say("Phân công", "Appoint")
WAITS = say("cấp trên đề nghị xem tên", "the committee asks for names")
NOTE_VISIT = say("Ghi buổi dự sinh hoạt", "Note a visit")
TODAY = say("Hôm nay", "Today")
YESTERDAY = say("Hôm qua", "Yesterday")
BACK = say("‹ Cấp ủy với chi bộ", "‹ The committee and the cell")

ASKING = say("đề nghị xem tên", "asking for names")
VISITING = say("ghi buổi dự sinh hoạt", "noting a visit")

FIGURES: dict[str, Text] = {
    "late": say("quá hạn báo cáo", "late with their report"),
    "unreachable": say("tin không tới", "messages do not arrive"),
    "ending": say("sắp hết hạn miễn sinh hoạt", "whose exemption ends soon"),
    "escalated": say("lâu chưa có tin", "silent for long"),
}

STATES: dict[str, Text] = {
    "asked": say("chờ chi bộ trả lời", "waits for the cell"),
    "granted": say("chi bộ đã cho xem", "granted by the cell"),
    "refused": say("chi bộ không cho xem", "refused by the cell"),
    "lapsed": say("hết hạn, chi bộ không trả lời", "lapsed without an answer"),
    "withdrawn": say("đã rút", "withdrawn"),
    "over": say("đã hết thời gian xem", "its days are over"),
}


# --- the screen of both -----------------------------------------------------------------------------------------------


def overview(
    *, cell: str, follower: str | None, visits: Sequence[Text], requests: Sequence[Text], days: int
) -> Text:
    """What anybody in the cell may know of the committee's looking."""
    head = say("<b>Cấp ủy với {cell}</b>", "<b>The committee and {cell}</b>", cell=cell)
    who = (
        say("Cấp ủy viên phụ trách: {name}", "Followed by: {name}", name=follower)
        if follower
        else say("Cấp ủy viên phụ trách: chưa phân công", "Followed by: nobody yet")
    )
    came = (
        lines(say("Dự sinh hoạt:", "Visits:"), *visits)
        if visits
        else say("Chưa ghi buổi dự sinh hoạt nào.", "No visit is noted.")
    )
    asked = (
        lines(say("Đề nghị xem tên:", "Requests for names:"), *requests)
        if requests
        else say("Chưa ai đề nghị xem tên.", "Nobody has asked for names.")
    )
    note = say(
        "Cấp trên chỉ thấy số lượng. Muốn biết tên phải nêu lý do, bí thư chi bộ đồng ý mới được xem, trong {days} ngày.",
        "The committee sees numbers only. For names it must give a reason, and the secretary must agree; they are then "
        "shown for {days} days.",
        days=days,
    )
    return paragraph(lines(head, who), came, asked, note)


def visit(*, on: date, name: str, note: str) -> Text:
    return say("{on} · {name}: {note}", "{on} · {name}: {note}", on=day(on), name=name, note=note)


def request(*, on: date, name: str, figure: str, reason: str, state: str) -> Text:
    return say(
        "{on} · {name} · {figure} · {state}. Lý do: {reason}",
        "{on} · {name} · {figure} · {state}. Reason: {reason}",
        on=day(on),
        name=name,
        figure=FIGURES[figure],
        state=STATES[state],
        reason=reason,
    )


# --- who follows the cell ---------------------------------------------------------------------------------------------


def choose_follower(*, cell: str, page: int, pages: int) -> Text:
    words = say(
        "Phân công ai phụ trách {cell}? Chỉ có những người đang giữ chức ở cấp trên hoặc ở chi bộ khác.",
        "Who is to follow {cell}? Only those who hold an office above it or in another cell are listed.",
        cell=cell,
    )
    if pages <= 1:
        return words
    return lines(words, say("Trang {page}/{pages}", "Page {page}/{pages}", page=page + 1, pages=pages))


def no_candidate() -> Text:
    return say(
        "Người này không còn giữ chức, hoặc thuộc chính chi bộ ấy. Mời chọn người khác.",
        "This person holds no office any more, or is of the cell itself. Please choose somebody else.",
    )


def confirm_follower(*, cell: str, name: str, before: str | None) -> Text:
    words = say(
        "Phân công đồng chí <b>{name}</b> phụ trách {cell}? Đồng chí ấy sẽ thấy số liệu, không thấy tên.",
        "Appoint <b>{name}</b> to follow {cell}? They will see its counts, and no names.",
        name=name,
        cell=cell,
    )
    if before is None:
        return words
    then = say("Phân công của đồng chí {name} sẽ kết thúc.", "The appointment of {name} ends.", name=before)
    return lines(words, then)


def follower_appointed(*, cell: str, name: str) -> Text:
    return say("Đồng chí {name} phụ trách {cell}.", "{name} follows {cell}.", name=name, cell=cell)


def follower_ended(*, cell: str) -> Text:
    return say("{cell} chưa có cấp ủy viên phụ trách.", "Nobody follows {cell} now.", cell=cell)


def you_follow(*, cell: str) -> Text:
    return say(
        "Đồng chí được phân công phụ trách {cell}: xem số liệu, ghi buổi dự sinh hoạt, và được báo khi lâu không có ai mở "
        "màn hình chi bộ. Gõ /dangbo để xem.",
        "You are to follow {cell}: see its counts, note your visits, and be told when nobody opens its desk for long. "
        "Type /dangbo to see.",
        cell=cell,
    )


def you_follow_no_more(*, cell: str) -> Text:
    return say(
        "Phân công phụ trách {cell} của đồng chí đã kết thúc. Cảm ơn đồng chí.",
        "Your following of {cell} has ended. Thank you.",
        cell=cell,
    )


def is_followed(*, cell: str, name: str) -> Text:
    return say(
        "Đồng chí {name} được cấp ủy phân công phụ trách {cell}. Đồng chí ấy chỉ thấy số liệu.",
        "The committee has appointed {name} to follow {cell}. They see counts only.",
        name=name,
        cell=cell,
    )


# --- visits -----------------------------------------------------------------------------------------------------------


def ask_visit_day(*, cell: str) -> Text:
    return say(
        "Đồng chí dự sinh hoạt với {cell} ngày nào? Bấm nút hoặc gõ ngày, ví dụ 05/12/2026.",
        "On which day did you come to {cell}? Tap, or type the day, for example 05/12/2026.",
        cell=cell,
    )


def ask_visit_note(*, limit: int) -> Text:
    return say(
        "Ghi ngắn gọn (tối đa {limit} ký tự). Mọi người trong chi bộ đều đọc được: xin không nêu chuyện riêng của ai.",
        "A short note (at most {limit} characters). Everybody in the cell can read it: nobody's private matters, please.",
        limit=limit,
    )


def visit_out_of_range(*, first: date, last: date) -> Text:
    return say(
        "Ngày dự sinh hoạt từ {first} đến {last}. Mời gõ lại.",
        "A visit is noted for a day from {first} to {last}. Please type it again.",
        first=day(first),
        last=day(last),
    )


def visit_kept(*, on: date) -> Text:
    return say(
        "Đã ghi buổi dự ngày {on}; chi bộ đọc được.", "Noted for {on}; the cell can read it.", on=day(on)
    )


def visit_noted(*, cell: str, name: str, day_of: date, note: str) -> Text:
    return say(
        "Đồng chí {name} ghi buổi dự sinh hoạt với {cell} ngày {on}: {note}",
        "{name} noted a visit to {cell} on {on}: {note}",
        name=name,
        cell=cell,
        on=day(day_of),
        note=note,
    )


def visit_corrected(*, cell: str, name: str, day_of: date, note: str) -> Text:
    return say(
        "Đồng chí {name} sửa ghi nhận buổi dự sinh hoạt với {cell} ngày {on}: {note}",
        "{name} corrected the note about the visit to {cell} on {on}: {note}",
        name=name,
        cell=cell,
        on=day(day_of),
        note=note,
    )


KEEP_VISIT = say("Ghi lại", "Keep it")


def confirm_visit(*, cell: str, on: date, note: str, corrects: bool) -> Text:
    """Looked over before the cell reads it."""
    head = say(
        "<b>Ghi buổi dự sinh hoạt với {cell}, ngày {on}?</b>\n{note}",
        "<b>Note the visit to {cell} on {on}?</b>\n{note}",
        cell=cell,
        on=day(on),
        note=note,
    )
    if corrects:
        return paragraph(
            head,
            say(
                "Lời này thay cho lời đã ghi ngày ấy; chi bộ được báo là đã sửa.",
                "It takes the place of what was noted for that day; the cell is told that it was corrected.",
            ),
        )
    return paragraph(
        head,
        say(
            "Chi bộ đọc được ngay. Ghi lại cùng ngày lần nữa thì sửa được.",
            "The cell reads it at once. Noting the same day again corrects it.",
        ),
    )


# --- somebody who is not here yet -----------------------------------------------------------------------------------

SOMEBODY_NEW = say("Người chưa có trong chương trình", "Somebody who is not here yet")
FOLLOWING_NEW = say("mời cấp ủy viên phụ trách", "inviting who follows a cell")
INVITE_FOLLOWER = say("Ghi nhận và tạo lời mời", "Record and invite")


def confirm_new_follower(*, cell: str, name: str, birth_year: int | None, phone: str) -> Text:
    return say(
        "Ghi nhận đồng chí <b>{name}</b>, sinh {year}, điện thoại {phone}, là cấp ủy viên phụ trách {cell} và tạo lời mời? "
        "Đồng chí ấy chỉ xem số liệu của chi bộ này và ghi buổi dự sinh hoạt.",
        "Record <b>{name}</b>, born {year}, phone {phone}, as the committee member who follows {cell}, and make an invite? "
        "They see this cell's counts and note visits, no more.",
        name=name,
        year=birth_year or "?",
        phone=phone or "–",
        cell=cell,
    )


# --- names on request -------------------------------------------------------------------------------------------------


def ask_figure(*, cell: str) -> Text:
    return say(
        "Đề nghị {cell} cho xem tên những đồng chí nào?",
        "Whose names do you ask {cell} for?",
        cell=cell,
    )


def ask_reason(*, cell: str, limit: int) -> Text:
    return say(
        "Lý do? Tối đa {limit} ký tự. Mọi người trong {cell} đọc được lý do này.",
        "For what reason? At most {limit} characters. Everybody in {cell} can read it.",
        cell=cell,
        limit=limit,
    )


def confirm_asking(*, cell: str, figure: str, reason: str, days: int) -> Text:
    return say(
        "Gửi {cell}: xin xem tên những đồng chí <b>{figure}</b>.\nLý do: {reason}\n\nBí thư đồng ý thì đồng chí xem được tên "
        "trong {days} ngày; mỗi lần xem đều được ghi lại.",
        "Send to {cell}: the names of those <b>{figure}</b>.\nReason: {reason}\n\nIf the secretary agrees, you can see the "
        "names for {days} days; each look is recorded.",
        cell=cell,
        figure=FIGURES[figure],
        reason=reason,
        days=days,
    )


def asked() -> Text:
    return say(
        "Đã gửi chi bộ. Khi có trả lời, đồng chí sẽ nhận tin.",
        "Sent to the cell. You will be told when there is an answer.",
    )


def asked_already() -> Text:
    return say(
        "Đồng chí đã có đề nghị như vậy chưa kết thúc. Mời mở lại trong mục Cấp ủy với chi bộ.",
        "You have such a request already. Please open it under The committee and the cell.",
    )


def names_asked(*, cell: str, name: str, figure: str, reason: str) -> Text:
    return say(
        "Đồng chí {name} (cấp trên) đề nghị {cell} cho xem tên những đồng chí {figure}.\nLý do: {reason}",
        "{name} (the committee) asks {cell} for the names of those {figure}.\nReason: {reason}",
        name=name,
        cell=cell,
        figure=FIGURES[figure],
        reason=reason,
    )


def one_request(
    *, cell: str, name: str, on: date, figure: str, reason: str, state: str, until: date | None
) -> Text:
    words = say(
        "<b>Đề nghị xem tên</b>\n{name} gửi {cell} ngày {on}\nNhững đồng chí {figure}\nLý do: {reason}\n\nTình trạng: {state}",
        "<b>Request for names</b>\nFrom {name} to {cell} on {on}\nThose {figure}\nReason: {reason}\n\nState: {state}",
        name=name,
        cell=cell,
        on=day(on),
        figure=FIGURES[figure],
        reason=reason,
        state=STATES[state],
    )
    if until is None:
        return words
    return lines(words, say("Xem được đến hết ngày {until}.", "Can be seen until {until}.", until=day(until)))


def would_show(*, names: Sequence[str], days: int) -> Text:
    """To the secretary, before deciding."""
    if not names:
        return say(
            "Lúc này không có ai thuộc diện đó đã đồng ý gửi số liệu lên cấp trên, nên không có tên để cho xem.",
            "Nobody of those who agreed to be counted is behind that figure now, so there is no name to show.",
        )
    return say(
        "Nếu đồng ý, cấp trên thấy {days} ngày, chỉ họ tên: {names}.",
        "If you agree, the committee sees for {days} days, by name only: {names}.",
        days=days,
        names=", ".join(names),
    )


def nobody_behind() -> Text:
    return say(
        "Lúc này không có ai thuộc diện đó, nên không có tên để cho xem. Đồng chí có thể bấm Không cho xem.",
        "Nobody is behind that figure now, so there is no name to show. You can refuse.",
    )


def shown_names(*, cell: str, figure: str, names: Sequence[str], until: date) -> Text:
    head = say(
        "<b>{cell}</b>: những đồng chí {figure}, lúc bí thư đồng ý",
        "<b>{cell}</b>: those {figure}, when the secretary agreed",
        cell=cell,
        figure=FIGURES[figure],
    )
    note = say(
        "Xem được đến hết ngày {until}. Lần xem này đã được ghi lại, từng đồng chí đều thấy.",
        "Can be seen until {until}. This look is recorded, and each of them can see that.",
        until=day(until),
    )
    return paragraph(head, lines(*(raw(name) for name in names)), note)


def names_granted(*, cell: str, until: date) -> Text:
    return say(
        "{cell} đồng ý cho xem tên, đến hết ngày {until}.",
        "{cell} grants the names, until {until}.",
        cell=cell,
        until=day(until),
    )


def names_refused(*, cell: str) -> Text:
    return say(
        "{cell} không cho xem tên. Cần thêm, mời trao đổi trực tiếp với bí thư.",
        "{cell} does not grant the names. If you need more, please speak with the secretary.",
        cell=cell,
    )


def names_lapsed(*, cell: str) -> Text:
    return say(
        "{cell} không trả lời đề nghị xem tên, nên đề nghị hết hạn. Mời liên hệ bí thư rồi gửi lại.",
        "{cell} did not answer the request for names, so it has lapsed. Please speak with the secretary and ask again.",
        cell=cell,
    )


def name_settled(*, state: str) -> Text:
    return say(
        "Đề nghị xem tên này: {state}. Nút này không còn dùng được.",
        "This request for names: {state}. The button can no longer be used.",
        state=STATES[state],
    )


def decided(*, state: str) -> Text:
    return say("Đã ghi: {state}.", "Noted: {state}.", state=STATES[state])


# --- a desk that nobody opens -----------------------------------------------------------------------------------------


def unattended(*, cell: str, days: int, is_held: bool = True) -> Text:
    """`is_held`: a secretary or a deputy is there to be asked."""
    if not is_held:
        return say(
            "<b>{cell}</b>: có việc chờ {days} ngày nay mà chi bộ chưa có bí thư, phó bí thư nào nhận được tin. Mời đồng "
            "chí xem ai phụ trách.",
            "<b>{cell}</b>: something has waited for {days} days, and no secretary or deputy of the cell can be reached. "
            "Please see who holds the office.",
            cell=cell,
            days=days,
        )
    return say(
        "<b>{cell}</b>: có việc chờ mà {days} ngày nay không ai mở màn hình chi bộ. Mời đồng chí hỏi thăm bí thư, phó bí thư.",
        "<b>{cell}</b>: something waits, and nobody has opened the cell's desk for {days} days. Please ask the secretary or deputy.",
        cell=cell,
        days=days,
    )
