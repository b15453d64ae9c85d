"""Words to the operator."""

from __future__ import annotations

from models.phrases.text import Text, say


def chat_moved(*, chat: int) -> Text:
    return say(
        "Nhóm này đã thành siêu nhóm và có mã mới. Báo động vẫn tới đây; mời đặt BOT_OPERATOR_CHAT={chat} để lần khởi "
        "động sau dùng mã mới.",
        chat=str(chat),
    )


def alarm(*, where: str, what: str) -> Text:
    return say("Báo động: {where}: {what}. Xem nhật ký của chương trình.", where=where, what=what)


def deaf(*, minutes: int, why: str) -> Text:
    return say(
        "Báo động: {minutes} phút nay chương trình không nghe được Telegram ({why}). Tin của mọi người còn chờ ở Telegram. "
        "Mời chạy: python -m bot check",
        minutes=str(minutes),
        why=why,
    )


def stale_rules(*, count: int) -> Text:
    return say(
        "Việc định kỳ: {count} con số lấy từ văn bản của Đảng đã hơn sáu tháng chưa ai đối chiếu với văn bản. Mời chạy: "
        "python -m bot check --rules",
        count=str(count),
    )
