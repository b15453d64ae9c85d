"""Words of invites. What may be seen by others is neutral: it names nobody and no organisation."""

from __future__ import annotations

from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, moment, raw, say

NEVER = say("chưa mời", "never invited")
STATES: dict[str, Text] = {
    "sent": say("đã mời, chưa mở", "invited, not opened yet"),
    "opened": say("đã mở lời mời, chưa đăng ký xong", "invite opened, not registered yet"),
    "waiting": say("chờ xác nhận đúng người", "waits to be confirmed"),
    "held": say("chờ tài khoản cũ, tối đa một ngày", "waits a day for the former account"),
    "used": say("đã đăng ký", "registered"),
    "revoked": say("lời mời đã thu hồi", "invite revoked"),
    "rejected": say("đã từ chối: không đúng người", "rejected: not that person"),
    "declined": say("không đăng ký qua điện thoại", "prefers not to register by phone"),
    "expired": say("lời mời hết hạn", "invite expired"),
}


def forward(*, link: str, expires_at: datetime) -> Text:
    """What the secretary forwards, as it stands; it may be seen by others."""
    return paragraph(
        say(
            "Chào bạn. Người gửi tin này gọi điện báo trước cho bạn. Nếu chưa được gọi, đừng bấm: hãy gọi hỏi lại.",
            "Hello. Whoever sends this calls you first; if nobody has called you, do not tap: call and ask.",
        ),
        say(
            "Đây là đường dẫn riêng của bạn, dùng được một lần. Bấm vào trên điện thoại của mình, rồi bấm Bắt đầu "
            "(Start):",
            "This is your personal link; it works once. Tap it on your own phone, then tap Start:",
        ),
        raw(link),
        say(
            "Dùng được đến {when}. Xin đừng chuyển tiếp cho người khác.",
            "It works until {when}. Please do not pass it on.",
            when=moment(expires_at, HOME_ZONE),
        ),
    )


def how_to_forward(*, name: Text, replaces: bool) -> Text:
    """Said to the secretary above the message to forward."""
    return lines(
        say(
            "Lời mời cho đồng chí <b>{name}</b> đã sẵn sàng.",
            "The invite for <b>{name}</b> is ready.",
            name=name,
        ),
        say(
            "Mời chuyển tiếp tin dưới đây cho đúng người (Zalo, tin nhắn, Telegram), hoặc đưa mã QR cho người ấy "
            "quét. Đường dẫn chỉ hiện một lần. Nếu mất, tạo lời mời mới.",
            "Please pass the message below on to that person (Zalo, SMS, Telegram), or let them scan the QR code. "
            "The link is shown once. If it gets lost, make a new invite.",
        ),
        *([old_link()] if replaces else []),
    )


def old_link() -> Text:
    return say("Đường dẫn cũ không dùng được nữa.", "The former link works no more.")


def unknown() -> Text:
    return say(
        "Mời mở lại đường dẫn trong tin nhắn gốc, hoặc xin người gửi đường dẫn mới. Đường dẫn này không đúng hoặc "
        "thiếu ký tự.",
        "This link is wrong or incomplete. Please open it again from the original message, or ask the sender for a "
        "new one.",
    )


def tried_too_often() -> Text:
    return say(
        "Mời thử lại sau một giờ: đã mở quá nhiều đường dẫn không đúng.",
        "Too many wrong links were opened. Please try again in an hour.",
    )


_CLOSED: dict[str, Text] = {
    "expired": say("Đường dẫn này đã hết hạn.", "This link has expired."),
    "used": say("Đường dẫn này đã được dùng rồi.", "This link has been used already."),
    "revoked": say("Đường dẫn này không còn hiệu lực.", "This link is no longer valid."),
}


def closed(*, state: str) -> Text:
    """Why a link does not open; the same whoever asks."""
    if state in ("waiting", "held"):
        return say(
            "Bạn không cần làm gì thêm: câu trả lời đã được ghi. Xác nhận xong, bạn được báo ở đây.",
            "Your answers are kept. You will be told here once it is confirmed; there is nothing more to do.",
        )
    return say(
        "{why} Nếu vẫn cần, mời xin người gửi một đường dẫn mới.",
        "{why} If you still need one, please ask the sender for a new link.",
        why=_CLOSED.get(state, _CLOSED["used"]),
    )


def settled() -> Text:
    return say(
        "Không cần làm gì thêm: lời mời này vừa được giải quyết.",
        "This invite has just been settled; there is nothing more to do.",
    )


def not_on_roster(*, name: str) -> Text:
    return say(
        "Mời thêm đồng chí {name} vào danh sách trước: đồng chí ấy không còn trong danh sách chi bộ.",
        "{name} is no longer on the roster, so cannot be invited. Please add them to the roster first.",
        name=name,
    )
