"""What the operator taps below a question about the clock, and reads then."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.ground.clock import HOME_ZONE, local_text
from models.phrases.text import Text, say

RIGHT = say("Đồng hồ đúng")
WRONG = say("Đồng hồ sai")
UNDO = say("Trả lại các hạn như trước")


def heard() -> Text:
    return say("Đã ghi. Vài giây nữa chương trình báo lại.")


def not_doubted() -> Text:
    return say("Hiện đồng hồ không bị nghi ngờ; không có gì thay đổi.")


def moved(*, began_at: datetime, ended_at: datetime) -> Text:
    """Say that what was open has more time, and how that is taken back."""
    return say(
        "Chương trình đã ngừng từ {began} đến {ended}, nên các hạn đang mở được dời thêm {minutes} phút. Nếu giờ ấy sai: chỉnh đồng hồ, "
        "rồi trả lại các hạn bằng nút dưới đây, hoặc chạy: python -m bot clock undo",
        began=local_text(began_at, HOME_ZONE),
        ended=local_text(ended_at, HOME_ZONE),
        minutes=str((ended_at - began_at) // timedelta(minutes=1)),
    )


def undone(*, count: int) -> Text:
    return say(
        "Đã trả lại như trước: {count} hạn. Hạn nào đã có người đổi từ khi ấy thì giữ nguyên.",
        count=str(count),
    )


def nothing_to_undo() -> Text:
    return say("Không còn hạn nào để trả lại.")
