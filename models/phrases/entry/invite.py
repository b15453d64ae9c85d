"""Words of invites. What may be seen by others is neutral: it names nobody and no organisation."""

from __future__ import annotations

from datetime import datetime

from models.phrases.common import lines, paragraph
from models.phrases.text import HOME_ZONE, Text, moment, raw, say, say_as

NEVER = say_as("invite", "chưa mời")
STATES: dict[str, Text] = {
    "sent": say("đã mời, chưa mở"),
    "opened": say("đã mở lời mời, chưa đăng ký xong"),
    "waiting": say("chờ xác nhận đúng người"),
    "held": say("chờ tài khoản cũ, tối đa một ngày"),
    "used": say("đã đăng ký"),
    "revoked": say("lời mời đã thu hồi"),
    "rejected": say("đã từ chối: không đúng người"),
    "declined": say("không đăng ký qua điện thoại"),
    "expired": say("lời mời hết hạn"),
}


def forward(*, link: str, page: str = "", expires_at: datetime) -> Text:
    """Say what the secretary forwards as it stands; others may see it. `page`: the same for any browser, or empty."""
    return paragraph(
        say(
            "Chào bạn. Người gửi tin này gọi điện báo trước cho bạn. Nếu chưa được gọi, đừng bấm: hãy gọi hỏi lại."
        ),
        say(
            "Đây là đường dẫn riêng của bạn, dùng được một lần. Bấm vào trên điện thoại của mình, rồi bấm Bắt đầu "
            "(Start):"
        ),
        raw(link),
        *([_or_by_browser(page)] if page else []),
        say("Dùng được đến {when}. Xin đừng chuyển tiếp cho người khác.", when=moment(expires_at, HOME_ZONE)),
    )


def _or_by_browser(page: str) -> Text:
    return say(
        "Không dùng được Telegram thì mở đường dẫn này bằng trình duyệt, rồi bấm Bắt đầu:\n{page}", page=page
    )


def how_to_forward(*, name: Text, replaces: bool) -> Text:
    """Say to the secretary how to forward the message below."""
    return lines(
        say("Lời mời cho đồng chí <b>{name}</b> đã sẵn sàng.", name=name),
        say(
            "Mời chuyển tiếp tin dưới đây cho đúng người (Zalo, tin nhắn, Telegram), hoặc đưa mã QR cho người ấy "
            "quét. Đường dẫn chỉ hiện một lần. Nếu mất, tạo lời mời mới."
        ),
        *([old_link()] if replaces else []),
    )


def old_link() -> Text:
    return say("Đường dẫn cũ không dùng được nữa.")


def unknown() -> Text:
    return say(
        "Mời mở lại đường dẫn trong tin nhắn gốc, hoặc xin người gửi đường dẫn mới. Đường dẫn này không đúng hoặc "
        "thiếu ký tự."
    )


def tried_too_often() -> Text:
    return say("Mời thử lại sau một giờ: đã mở quá nhiều đường dẫn không đúng.")


_CLOSED: dict[str, Text] = {
    "expired": say("Đường dẫn này đã hết hạn."),
    "used": say("Đường dẫn này đã được dùng rồi."),
    "revoked": say("Đường dẫn này không còn hiệu lực."),
}


def closed(*, state: str) -> Text:
    """Say why a link does not open, the same whoever asks."""
    if state in ("waiting", "held"):
        return say("Bạn không cần làm gì thêm: câu trả lời đã được ghi. Xác nhận xong, bạn được báo ở đây.")
    return say(
        "{why} Nếu vẫn cần, mời xin người gửi một đường dẫn mới.", why=_CLOSED.get(state, _CLOSED["used"])
    )


def settled() -> Text:
    return say("Không cần làm gì thêm: lời mời này vừa được giải quyết.")


def not_on_roster(*, name: str) -> Text:
    return say(
        "Mời thêm đồng chí {name} vào danh sách trước: đồng chí ấy không còn trong danh sách chi bộ.",
        name=name,
    )
