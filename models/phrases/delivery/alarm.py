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
