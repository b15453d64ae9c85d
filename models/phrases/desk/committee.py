"""Words between a committee and a cell: who follows it, visits, names on request, a desk that nobody opens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.phrases.common import lines, paragraph
from models.phrases.text import Text, day, raw, say, say_as

WITH_CELL = say("Cấp ủy với chi bộ")
SEE_COUNTS = say("Xem số liệu")
SEE_REQUEST = say("Mở đề nghị xem tên")


def see_request(*, figure: str) -> Text:
    return say("Tên: {figure}", figure=FIGURES[figure])


SEE_NAMES = say("Xem tên")
ASK_NAMES = say("Xin biết tên")
GRANT = say("Cho xem tên")
REFUSE = say("Không cho xem")
WITHDRAW = say("Rút đề nghị")
TAKE_BACK = say("Thôi cho xem")
APPOINT = say("Phân công cấp ủy viên phụ trách")
CHANGE = say("Đổi cấp ủy viên phụ trách")
END = say("Thôi phân công phụ trách")
YES_APPOINT = say("Phân công")
WAITS = say("cấp trên đề nghị xem tên")
NOTE_VISIT = say("Ghi buổi dự sinh hoạt")
TODAY = say("Hôm nay")
YESTERDAY = say("Hôm qua")
BACK = say("‹ Cấp ủy với chi bộ")

ASKING = say("đề nghị xem tên")
VISITING = say("ghi buổi dự sinh hoạt")

FIGURES: dict[str, Text] = {
    "late": say("quá hạn báo cáo"),
    "unreachable": say("tin không tới"),
    "ending": say("sắp hết hạn miễn sinh hoạt"),
    "escalated": say("lâu chưa có tin"),
}

STATES: dict[str, Text] = {
    "asked": say("chờ chi bộ trả lời"),
    "granted": say("chi bộ đã cho xem"),
    "refused": say("chi bộ không cho xem"),
    "lapsed": say("hết hạn, chi bộ không trả lời"),
    "withdrawn": say("đã rút"),
    "over": say("đã hết thời gian xem"),
}


# --- the screen of both -----------------------------------------------------------------------------------------------


def overview(
    *, cell: str, follower: str | None, visits: Sequence[Text], requests: Sequence[Text], days: int
) -> Text:
    """Show what anybody in the cell may know of the committee's looking."""
    head = say("<b>Cấp ủy với {cell}</b>", cell=cell)
    who = (
        say("Cấp ủy viên phụ trách: {name}", name=follower)
        if follower
        else say("Cấp ủy viên phụ trách: chưa phân công")
    )
    came = lines(say("Dự sinh hoạt:"), *visits) if visits else say("Chưa ghi buổi dự sinh hoạt nào.")
    asked = lines(say("Đề nghị xem tên:"), *requests) if requests else say("Chưa ai đề nghị xem tên.")
    note = say(
        "Cấp trên chỉ thấy số lượng. Muốn biết tên phải nêu lý do, bí thư chi bộ đồng ý mới được xem, trong {days} ngày.",
        days=days,
    )
    return paragraph(lines(head, who), came, asked, note)


def visit(*, on: date, name: str, note: str) -> Text:
    return say("{on} · {name}: {note}", on=day(on), name=name, note=note)


def request(*, on: date, name: str, figure: str, reason: str, state: str) -> Text:
    return say(
        "{on} · {name} · {figure} · {state}. Lý do: {reason}",
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
        cell=cell,
    )
    if pages <= 1:
        return words
    return lines(words, say("Trang {page}/{pages}", page=page + 1, pages=pages))


def no_candidate() -> Text:
    return say("Người này không còn giữ chức, hoặc thuộc chính chi bộ ấy. Mời chọn người khác.")


def confirm_follower(*, cell: str, name: str, before: str | None) -> Text:
    words = say(
        "Phân công đồng chí <b>{name}</b> phụ trách {cell}? Đồng chí ấy sẽ thấy số liệu, không thấy tên.",
        name=name,
        cell=cell,
    )
    if before is None:
        return words
    then = say("Phân công của đồng chí {name} sẽ kết thúc.", name=before)
    return lines(words, then)


def follower_appointed(*, cell: str, name: str) -> Text:
    return say("Đồng chí {name} phụ trách {cell}.", name=name, cell=cell)


def follower_ended(*, cell: str) -> Text:
    return say("{cell} chưa có cấp ủy viên phụ trách.", cell=cell)


def you_follow(*, cell: str) -> Text:
    return say(
        "Đồng chí được phân công phụ trách {cell}: xem số liệu, ghi buổi dự sinh hoạt, và được báo khi lâu không có ai mở "
        "màn hình chi bộ. Gõ /dangbo để xem.",
        cell=cell,
    )


def you_follow_no_more(*, cell: str) -> Text:
    return say("Phân công phụ trách {cell} của đồng chí đã kết thúc. Cảm ơn đồng chí.", cell=cell)


def is_followed(*, cell: str, name: str) -> Text:
    return say(
        "Đồng chí {name} được cấp ủy phân công phụ trách {cell}. Đồng chí ấy chỉ thấy số liệu.",
        name=name,
        cell=cell,
    )


# --- visits -----------------------------------------------------------------------------------------------------------


def ask_visit_day(*, cell: str) -> Text:
    return say(
        "Đồng chí dự sinh hoạt với {cell} ngày nào? Bấm nút hoặc gõ ngày, ví dụ 05/12/2026.", cell=cell
    )


def ask_visit_note(*, limit: int) -> Text:
    return say(
        "Ghi ngắn gọn (tối đa {limit} ký tự). Mọi người trong chi bộ đều đọc được: xin không nêu chuyện riêng của ai.",
        limit=limit,
    )


def visit_out_of_range(*, first: date, last: date) -> Text:
    return say("Ngày dự sinh hoạt từ {first} đến {last}. Mời gõ lại.", first=day(first), last=day(last))


def visit_kept(*, on: date) -> Text:
    return say("Đã ghi buổi dự ngày {on}; chi bộ đọc được.", on=day(on))


def visit_noted(*, cell: str, name: str, day_of: date, note: str) -> Text:
    return say(
        "Đồng chí {name} ghi buổi dự sinh hoạt với {cell} ngày {on}: {note}",
        name=name,
        cell=cell,
        on=day(day_of),
        note=note,
    )


def visit_corrected(*, cell: str, name: str, day_of: date, note: str) -> Text:
    return say(
        "Đồng chí {name} sửa ghi nhận buổi dự sinh hoạt với {cell} ngày {on}: {note}",
        name=name,
        cell=cell,
        on=day(day_of),
        note=note,
    )


KEEP_VISIT = say_as("committee", "Ghi lại")


def confirm_visit(*, cell: str, on: date, note: str, corrects: bool) -> Text:
    """Show a visit once more before the cell reads it."""
    head = say(
        "<b>Ghi buổi dự sinh hoạt với {cell}, ngày {on}?</b>\n{note}", cell=cell, on=day(on), note=note
    )
    if corrects:
        return paragraph(head, say("Lời này thay cho lời đã ghi ngày ấy; chi bộ được báo là đã sửa."))
    return paragraph(head, say("Chi bộ đọc được ngay. Ghi lại cùng ngày lần nữa thì sửa được."))


# --- somebody who is not here yet -----------------------------------------------------------------------------------

SOMEBODY_NEW = say("Người chưa có trong chương trình")
FOLLOWING_NEW = say("mời cấp ủy viên phụ trách")
INVITE_FOLLOWER = say("Ghi nhận và tạo lời mời")


def confirm_new_follower(*, cell: str, name: str, birth_year: int | None, phone: str) -> Text:
    return say(
        "Ghi nhận đồng chí <b>{name}</b>, sinh {year}, điện thoại {phone}, là cấp ủy viên phụ trách {cell} và tạo lời mời? "
        "Đồng chí ấy chỉ xem số liệu của chi bộ này và ghi buổi dự sinh hoạt.",
        name=name,
        year=birth_year or "?",
        phone=phone or "–",
        cell=cell,
    )


# --- names on request -------------------------------------------------------------------------------------------------


def ask_figure(*, cell: str) -> Text:
    return say("Đề nghị {cell} cho xem tên những đồng chí nào?", cell=cell)


def ask_reason(*, cell: str, limit: int) -> Text:
    return say(
        "Lý do? Tối đa {limit} ký tự. Mọi người trong {cell} đọc được lý do này.", cell=cell, limit=limit
    )


def confirm_asking(*, cell: str, figure: str, reason: str, days: int) -> Text:
    return say(
        "Gửi {cell}: xin xem tên những đồng chí <b>{figure}</b>.\nLý do: {reason}\n\nBí thư đồng ý thì đồng chí xem được tên "
        "trong {days} ngày; mỗi lần xem đều được ghi lại.",
        cell=cell,
        figure=FIGURES[figure],
        reason=reason,
        days=days,
    )


def asked() -> Text:
    return say("Đã gửi chi bộ. Khi có trả lời, đồng chí sẽ nhận tin.")


def asked_already() -> Text:
    return say("Đồng chí đã có đề nghị như vậy chưa kết thúc. Mời mở lại trong mục Cấp ủy với chi bộ.")


def names_asked(*, cell: str, name: str, figure: str, reason: str) -> Text:
    return say(
        "Đồng chí {name} (cấp trên) đề nghị {cell} cho xem tên những đồng chí {figure}.\nLý do: {reason}",
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
        name=name,
        cell=cell,
        on=day(on),
        figure=FIGURES[figure],
        reason=reason,
        state=STATES[state],
    )
    if until is None:
        return words
    return lines(words, say("Xem được đến hết ngày {until}.", until=day(until)))


def would_show(*, names: Sequence[str], days: int) -> Text:
    """Show to the secretary, before deciding, what the committee would see."""
    if not names:
        return say(
            "Lúc này không có ai thuộc diện đó đã đồng ý gửi số liệu lên cấp trên, nên không có tên để cho xem."
        )
    return say(
        "Nếu đồng ý, cấp trên thấy {days} ngày, chỉ họ tên: {names}.", days=days, names=", ".join(names)
    )


def nobody_behind() -> Text:
    return say(
        "Lúc này không có ai thuộc diện đó, nên không có tên để cho xem. Đồng chí có thể bấm Không cho xem."
    )


def shown_names(*, cell: str, figure: str, names: Sequence[str], until: date) -> Text:
    head = say("<b>{cell}</b>: những đồng chí {figure}, lúc bí thư đồng ý", cell=cell, figure=FIGURES[figure])
    note = say(
        "Xem được đến hết ngày {until}. Lần xem này đã được ghi lại, từng đồng chí đều thấy.",
        until=day(until),
    )
    return paragraph(head, lines(*(raw(name) for name in names)), note)


def names_granted(*, cell: str, until: date) -> Text:
    return say("{cell} đồng ý cho xem tên, đến hết ngày {until}.", cell=cell, until=day(until))


def names_refused(*, cell: str) -> Text:
    return say("{cell} không cho xem tên. Cần thêm, mời trao đổi trực tiếp với bí thư.", cell=cell)


def names_lapsed(*, cell: str) -> Text:
    return say(
        "{cell} không trả lời đề nghị xem tên, nên đề nghị hết hạn. Mời liên hệ bí thư rồi gửi lại.",
        cell=cell,
    )


def name_settled(*, state: str) -> Text:
    return say("Đề nghị xem tên này: {state}. Nút này không còn dùng được.", state=STATES[state])


def decided(*, state: str) -> Text:
    return say("Đã ghi: {state}.", state=STATES[state])


# --- a desk that nobody opens -----------------------------------------------------------------------------------------


def unattended(*, cell: str, days: int, is_held: bool = True) -> Text:
    """Say that a desk is unattended. `is_held`: a secretary or a deputy is there to be asked."""
    if not is_held:
        return say(
            "<b>{cell}</b>: có việc chờ {days} ngày nay mà chi bộ chưa có bí thư, phó bí thư nào nhận được tin. Mời đồng "
            "chí xem ai phụ trách.",
            cell=cell,
            days=days,
        )
    return say(
        "<b>{cell}</b>: có việc chờ mà {days} ngày nay không ai mở màn hình chi bộ. Mời đồng chí hỏi thăm bí thư, phó bí thư.",
        cell=cell,
        days=days,
    )
