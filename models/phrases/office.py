"""Words about who holds the secretary's office."""

from __future__ import annotations

from datetime import date

from models.phrases.common import paragraph
from models.phrases.text import Text, day, say

OPEN_LIST = say("Mở danh sách bàn giao", "Open the hand-over list")
ACCEPT = say("Nhận việc này", "Take this over")

MATTERS: dict[str, Text] = {
    "checkin": say("Quá hạn báo cáo", "Late check-in"),
    "request": say("Cần chi bộ hỗ trợ", "Request for help"),
    "invite": say("Chờ xác nhận danh tính", "Waits to be recognised"),
    "filing": say("Đơn chờ chi bộ xử lý", "Application at the cell"),
    "lapsed": say("Hết hạn đi xa, chưa có quyết định", "Absence past its end"),
    "probation": say("Đảng viên dự bị", "Probationary member"),
}

STATES: dict[str, Text] = {
    "running": say("đang bàn giao", "under way"),
    "done": say("đã bàn giao xong", "done"),
    "replaced": say("đã chuyển sang lần bàn giao sau", "passed on to the next one"),
}


def you_take_over(*, cell: str, count: int) -> Text:
    head = say(
        "<b>Đồng chí là bí thư {cell} từ lúc này.</b>",
        "<b>From now on you are secretary of {cell}.</b>",
        cell=cell,
    )
    if not count:
        return paragraph(head, say("Không có việc nào đang chờ.", "Nothing is waiting."))
    rest = say(
        "Có {count} việc đang chờ. Mời mở danh sách và nhận từng việc.",
        "{count} things are waiting. Please open the list and take them over one by one.",
        count=count,
    )
    return paragraph(head, rest)


def you_handed_over(*, cell: str, name: str) -> Text:
    return say(
        "Đồng chí đã bàn giao công việc bí thư {cell} cho đồng chí {name}. Quyền xem và xử lý của chức vụ này đã kết "
        "thúc. Cảm ơn đồng chí.",
        "You have handed the office of secretary of {cell} to {name}. What the office allowed you to see and do has "
        "ended. Thank you.",
        cell=cell,
        name=name,
    )


def secretary_changed(*, cell: str, name: str) -> Text:
    return say(
        "Bí thư {cell} từ nay là đồng chí <b>{name}</b>. Cần gì, mời liên hệ đồng chí ấy.",
        "The secretary of {cell} is now <b>{name}</b>. Please turn to them.",
        cell=cell,
        name=name,
    )


def handover_done(*, cell: str, name: str) -> Text:
    return say(
        "Bàn giao công việc bí thư {cell} đã xong: đồng chí {name} đã nhận đủ.",
        "The hand-over of {cell} is done: {name} has taken everything over.",
        cell=cell,
        name=name,
    )


def you_are_deputy(*, cell: str, until: date | None) -> Text:
    if until is None:
        return say(
            "Đồng chí được phân công làm phó bí thư {cell}. Gõ /menu để xem việc của mình.",
            "You are deputy secretary of {cell}. Type /menu to see what is yours to do.",
            cell=cell,
        )
    return say(
        "Đồng chí được phân công làm phó bí thư {cell} đến hết ngày {day}. Gõ /menu để xem việc của mình.",
        "You are deputy secretary of {cell} until {day}. Type /menu to see what is yours to do.",
        cell=cell,
        day=day(until),
    )


def deputy_ends(*, name: str, until: date) -> Text:
    return say(
        "Phân công phó bí thư của đồng chí {name} kết thúc sau ngày {day}. Nếu cần thêm thời gian, bí thư phân công lại với "
        "ngày mới.",
        "The appointment of {name} as deputy ends after {day}. If more time is needed, the secretary appoints again with a "
        "new day.",
        name=name,
        day=day(until),
    )


def deputy_ended(*, cell: str) -> Text:
    return say(
        "Phân công phó bí thư {cell} của đồng chí đã kết thúc. Cảm ơn đồng chí.",
        "Your appointment as deputy secretary of {cell} has ended. Thank you.",
        cell=cell,
    )


def stepped_in(*, name: str, cell: str, until: date, reason: str) -> Text:
    return paragraph(
        say(
            "<b>Đồng chí {name} (cấp ủy cấp trên) tạm phụ trách công việc bí thư {cell} đến hết ngày {day}</b>, vì hiện "
            "chưa có bí thư hoặc phó bí thư nào trực.",
            "<b>{name} (of the committee above) stands in as secretary of {cell} until {day}</b>, since no secretary or "
            "deputy attends to it.",
            name=name,
            cell=cell,
            day=day(until),
        ),
        say("Lý do: {reason}", "Reason: {reason}", reason=reason),
        say(
            "Trong thời gian này đồng chí ấy xem và xử lý được như bí thư; ai đã xem gì, đồng chí xem ở /dulieu.",
            "Meanwhile they can see and do what a secretary can; who looked at what is shown under /dulieu.",
        ),
    )


def stepped_out(*, name: str, cell: str) -> Text:
    return say(
        "Đồng chí {name} đã thôi tạm phụ trách công việc bí thư {cell}.",
        "{name} no longer stands in as secretary of {cell}.",
        name=name,
        cell=cell,
    )


def stand_in_ends(*, cell: str, until: date) -> Text:
    return say(
        "Thời gian đồng chí tạm phụ trách {cell} sẽ hết sau ngày {day}. Mời kiện toàn bí thư chi bộ trước ngày ấy.",
        "Your standing in for {cell} ends after {day}. Please see that the cell has a secretary by then.",
        cell=cell,
        day=day(until),
    )


def is_attended(*, cell: str) -> Text:
    return say(
        "{cell} đang có người phụ trách, nên không cần tạm thay. Mời trao đổi với đồng chí ấy.",
        "{cell} is attended to, so nobody needs to stand in. Please speak with whoever holds the office.",
        cell=cell,
    )


def is_secretary_already(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đang là bí thư rồi. Mời chọn đồng chí khác.",
        "{name} is the secretary already. Please choose somebody else.",
        name=name,
    )


def not_connected(*, name: str) -> Text:
    return say(
        "Đồng chí {name} chưa liên kết Telegram hoặc đang chặn bot, nên chưa nhận bàn giao được. Mời gửi lời mời trước, "
        "rồi bàn giao.",
        "{name} is not connected to the bot or has blocked it, and so cannot take over yet. Please invite them first.",
        name=name,
    )


def not_of_this_cell(*, cell: str) -> Text:
    return say(
        "Đồng chí được chọn không có trong danh sách {cell}. Mời chọn trong danh sách.",
        "That person is not on the roster of {cell}. Please choose from the roster.",
        cell=cell,
    )


def end_is_past() -> Text:
    return say(
        "Ngày kết thúc đã qua. Mời chọn một ngày từ hôm nay trở đi.",
        "That day is past. Please choose today or a later day.",
    )
