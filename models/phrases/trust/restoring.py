"""Words to the operator when a copy of the database was put back, or the house has moved."""

from __future__ import annotations

from datetime import datetime

from models.ground.clock import HOME_ZONE
from models.phrases.text import Text, join, moment, say


def deleted_again(*, count: int) -> Text:
    if not count:
        return say("Không có ai đã xóa dữ liệu mà bản sao này đưa trở lại.")
    return say("Đã xóa lại dữ liệu của {count} người: họ đã xóa sau khi có bản sao.", count=count)


def gap_crossed(*, since: datetime, until: datetime, unsent: int, rested: int, unread: int) -> Text:
    """Say what is not known of the time between the copy and the end, and what was therefore not done."""
    return join(
        [
            say(
                "Không rõ điều gì đã xảy ra từ {since} đến {until}: những gì mọi người gửi trong lúc đó không có trong bản sao.",
                since=moment(since, HOME_ZONE),
                until=moment(until, HOME_ZONE),
            ),
            say(
                "• {count} tin có thể đã được gửi rồi nên không gửi nữa (ghi là không rõ đã tới hay chưa).",
                count=unsent,
            ),
            say(
                "• {count} lượt hỏi thăm có thể đã được trả lời nên không hỏi lại, không nhắc, không tính là chậm; ai báo thêm "
                "vẫn được ghi nhận. Lượt sau hỏi như thường.",
                count=rested,
            ),
            say("• {count} tin đã nhận mà chưa đọc sẽ được đọc khi chương trình chạy lại.", count=unread),
            say("Mời báo cho các chi bộ biết để bí thư xem lại việc của khoảng thời gian đó."),
        ]
    )


def goes_on_here(*, made: datetime) -> Text:
    return say(
        "Chương trình đã dừng ở máy cũ lúc {made} và chạy tiếp từ đúng chỗ đó: không mất gì, không gửi lại gì.",
        made=moment(made, HOME_ZONE),
    )
