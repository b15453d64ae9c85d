"""Words for whoever sees their own data by a code."""

from __future__ import annotations

from datetime import datetime

from models.phrases.common import paragraph
from models.phrases.text import HOME_ZONE, Text, dated, say, say_as

ISSUE = say("Cấp mã xem dữ liệu")
LEFT = say("Người đã ra khỏi danh sách")
SEE = say("Xem đầy đủ")
TAKE_OUT = say_as("data_visit", "Lấy về thành tệp")
DELETE = say("Xóa dữ liệu")
DELETE_FOR_GOOD = say("Xóa hẳn")
BACK = say("‹ Quay lại")


def who_left(*, cell: str, count: int) -> Text:
    return say(
        "<b>{cell}</b>: {count} người đã ra khỏi danh sách. Chọn người cần mã để xem, lấy về hoặc xóa dữ liệu của mình.",
        cell=cell,
        count=count,
    )


def code(*, name: str, code: str, days: int) -> Text:
    return say(
        "Mã cho {name}: <code>{code}</code>\n\n<b>Chỉ trao tận tay, sau khi đã xem giấy tờ tùy thân.</b> Không đọc qua điện thoại, "
        "không nhắn tin. Người ấy mở chương trình, bấm Bắt đầu rồi gõ mã. Mã dùng một lần, trong {days} ngày; màn hình này không "
        "hiện lại. Việc cấp mã được ghi lại, người phụ trách khác được báo.",
        name=name,
        code=code,
        days=days,
    )


def told_desk(*, name: str, by: str) -> Text:
    return say(
        "Đồng chí {by} đã cấp cho {name} một mã để xem, lấy về hoặc xóa dữ liệu của chính người ấy.",
        name=name,
        by=by,
    )


def welcome(*, until: datetime) -> Text:
    """Welcome somebody who has no account: no address, no organisation in the first line."""
    return paragraph(
        say("<b>Dữ liệu được lưu về bạn</b>"),
        say(
            "Cuộc trò chuyện này xem được đến {until}, rồi tự đóng. Mỗi lần lấy về hay xóa đều được ghi lại.",
            until=dated(until, HOME_ZONE),
        ),
    )


def really() -> Text:
    return say(
        "Xóa hẳn những gì được lưu về bạn? Họ tên còn trong danh sách của chi bộ, kèm việc đã làm cho người khác. Không lấy "
        "lại được. Mời lấy dữ liệu về trước nếu cần."
    )


def deleted(*, number: str) -> Text:
    return say("Đã xóa. Biên nhận số <b>{number}</b> ở tệp dưới đây.", number=number)
