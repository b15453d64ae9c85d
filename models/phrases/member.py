"""Words about people, their accounts and what they agree to."""

from __future__ import annotations

from models.phrases.text import Text, say

CONSENT_VERSION = (
    1  # raise it when a wording below changes: everybody is asked again, old answers keep their version
)

PURPOSES: dict[str, Text] = {
    "contact": say("Giữ liên lạc và báo cáo tình hình", "Keeping contact and checking in"),
    "review": say("Bản tự kiểm điểm cuối năm", "Year-end self-criticism"),
    "meeting": say("Họp chi bộ", "Cell meetings"),
    "counts": say("Số liệu tổng hợp gửi cấp trên", "Counts for the committee above"),
}

REACHABILITY: dict[str, Text] = {
    "ok": say("liên lạc được", "reachable"),
    "blocked": say("đã chặn bot", "has blocked the bot"),
    "deactivated": say("tài khoản Telegram không còn", "Telegram account is gone"),
    "never started": say("chưa mở trò chuyện với bot", "has not opened the chat yet"),
    "network": say("mạng trục trặc, tin chưa tới", "network trouble, messages do not arrive"),
}

STANDINGS: dict[str, Text] = {
    "official": say("chính thức", "official"),
    "probationary": say("dự bị", "probationary"),
}


def moved_away() -> Text:
    return say(
        "Tài khoản này vừa được chuyển sang một Telegram khác nên cuộc trò chuyện ở đây đã đóng. Nếu không phải bạn "
        "làm việc đó, mời báo ngay cho người đã gửi lời mời.",
        "This account was just moved to another Telegram, so this chat is closed. If that was not you, please tell "
        "the person who invited you at once.",
    )


def chat_taken() -> Text:
    return say(
        "Telegram này đang gắn với một người khác, nên không dùng được lời mời này ở đây. Mời mở lời mời trên điện "
        "thoại của chính người được mời.",
        "This Telegram belongs to somebody else already, so the invite cannot be used here. Please open it on the "
        "invited person's own phone.",
    )
