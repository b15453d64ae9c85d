"""Words for whoever sees their own data by a code."""

from __future__ import annotations

from datetime import datetime

from models.phrases.common import paragraph
from models.phrases.text import HOME_ZONE, Text, dated, say

ISSUE = say("Cấp mã xem dữ liệu", "Give a code to see their data")
LEFT = say("Người đã ra khỏi danh sách", "Who has left the roster")
SEE = say("Xem đầy đủ", "See everything")
TAKE_OUT = say("Lấy về thành tệp", "Take out as files")
DELETE = say("Xóa dữ liệu", "Delete")
DELETE_FOR_GOOD = say("Xóa hẳn", "Delete for good")
BACK = say("‹ Quay lại", "‹ Back")


def who_left(*, cell: str, count: int) -> Text:
    return say(
        "<b>{cell}</b>: {count} người đã ra khỏi danh sách. Chọn người cần mã để xem, lấy về hoặc xóa dữ liệu của mình.",
        "<b>{cell}</b>: {count} people have left the roster. Choose who needs a code to see, take out or delete their own data.",
        cell=cell,
        count=count,
    )


def code(*, name: str, code: str, days: int) -> Text:
    return say(
        "Mã cho {name}: <code>{code}</code>\n\n<b>Chỉ trao tận tay, sau khi đã xem giấy tờ tùy thân.</b> Không đọc qua điện thoại, "
        "không nhắn tin. Người ấy mở chương trình, bấm Bắt đầu rồi gõ mã. Mã dùng một lần, trong {days} ngày; màn hình này không "
        "hiện lại. Việc cấp mã được ghi lại, người phụ trách khác được báo.",
        "Code for {name}: <code>{code}</code>\n\n<b>Hand it over in person only, after checking papers.</b> Not by telephone, not by "
        "message. They open the bot, press Start and type it. It works once, within {days} days, and is not shown again. "
        "That it was given is on record, and others in charge are told.",
        name=name,
        code=code,
        days=days,
    )


def told_desk(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} đã cấp cho {name} một mã để xem, lấy về hoặc xóa dữ liệu của chính người ấy.",
        "{by} has given {name} a code to see, take out or delete their own data.",
        name=name,
        by=by,
    )


def welcome(*, until: datetime) -> Text:
    """To somebody who is nobody's account: no address, no organisation in the first line."""
    return paragraph(
        say("<b>Dữ liệu được lưu về bạn</b>", "<b>The data held about you</b>"),
        say(
            "Cuộc trò chuyện này xem được đến {until}, rồi tự đóng. Mỗi lần lấy về hay xóa đều được ghi lại.",
            "This chat can see it until {until}, and closes by itself then. Each take-out and deletion is recorded.",
            until=dated(until, HOME_ZONE),
        ),
    )


def really() -> Text:
    return say(
        "Xóa hẳn những gì được lưu về bạn? Họ tên còn trong danh sách của chi bộ, kèm việc đã làm cho người khác. Không lấy "
        "lại được. Mời lấy dữ liệu về trước nếu cần.",
        "Delete for good what is held about you? The name stays on the cell's roster, with what was done for others. It cannot be "
        "undone. Take the data out first if you want to keep it.",
    )


def deleted(*, number: str) -> Text:
    return say(
        "Đã xóa. Biên nhận số <b>{number}</b> ở tệp dưới đây.",
        "Deleted. Receipt no. <b>{number}</b> is the file below.",
        number=number,
    )
