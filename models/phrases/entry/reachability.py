"""Words about chats that fall silent and speak again."""

from __future__ import annotations

from datetime import datetime

from models.phrases.people.member import CHANNELS
from models.phrases.text import Text, moment, say

OPEN = say("Xem và gọi")

SILENT: dict[str, Text] = {
    "blocked": say("đã chặn chương trình"),
    "deactivated": say("mất tài khoản"),
    "never started": say("chưa mở trò chuyện"),
    "network": say("mạng trục trặc"),
    "quiet": say("chưa biết có tin trên trang"),
    "unasked": say("chưa trả lời có đồng ý nhận tin qua Zalo hay không"),
}

NEXT_STEPS: dict[str, Text] = {
    "blocked": say(
        "Việc cần làm: gọi điện hỏi thăm; nhờ mở lại trò chuyện và bấm “Bỏ chặn” (Unblock). Chương trình sẽ tự nhận ra."
    ),
    "deactivated": say(
        "Việc cần làm: gọi điện, hoặc hỏi người thân, để biết số mới, rồi gửi lời mời mới từ /danhsach."
    ),
    "never started": say(
        "Việc cần làm: gọi điện; nhờ mở trò chuyện với chương trình rồi gửi một tin bất kỳ (Telegram: bấm “Bắt đầu”)."
    ),
    "network": say(
        "Không phải lỗi của đồng chí ấy. Chương trình vẫn tự gửi lại; sau hai ngày chưa được thì mời gọi điện."
    ),
    "unasked": say(
        "Việc cần làm: gọi điện; nhờ nhắn một chữ vào Zalo của chương trình rồi trả lời câu hỏi ở đó."
    ),
    "quiet": say(
        "Việc cần làm: chuyển lời nhắc qua Zalo hoặc tin nhắn, hoặc gọi điện. Tin vẫn chờ trên trang của đồng chí ấy."
    ),
}


WRITE_AGAIN = say("Viết bằng chữ")
ANSWER_IT = say("Trả lời câu hỏi này")


def waits_for_answer(*, channel: str) -> Text:
    """Say where they are told that nothing is said on another account until they have answered about its company."""
    return say(
        "Chưa có câu trả lời của đồng chí về việc nhận tin qua {channel}, nên chương trình không gửi gì tới đó; tin tới đây như "
        "trước.",
        channel=CHANNELS[channel],
    )


def uncertain(*, at: datetime, zone: str) -> Text:
    """Say that a message may not have arrived. It may be read by somebody who is not registered."""
    return say(
        "Không rõ một tin gửi tới đây lúc {at} đã tới hay chưa. Nếu chưa thấy, mời gõ /menu: việc đang chờ có ở đó.",
        at=moment(at, zone),
    )


def not_let_through(*, name: str, file: str | None) -> Text:
    if file == "voice":
        return say(
            "<b>Bản ghi âm chưa nghe được.</b> Đồng chí {name} đã mở, nhưng ứng dụng nhắn tin ở bên ấy không nhận tin thoại. Mời viết lại "
            "bằng chữ, hoặc gọi điện.",
            name=name,
        )
    if file is not None:
        return say(
            "<b>Tệp hoặc ảnh chưa xem được.</b> Đồng chí {name} đã mở, nhưng tệp không chuyển tới được nữa. Mời gửi lại, "
            "hoặc viết bằng chữ.",
            name=name,
        )
    return say(
        "<b>Điều đồng chí viết chưa tới nơi.</b> Tài khoản của đồng chí {name} lúc này không nhận tin. Mời gọi điện cho đồng "
        "chí ấy.",
        name=name,
    )


def fell_silent(*, name: str, state: str) -> Text:
    return say(
        "<b>Tin không tới đồng chí {name}</b>: {why}. Không bị coi là quá hạn.\n{step}",
        name=name,
        why=SILENT[state],
        step=NEXT_STEPS[state],
    )


def back_again(*, name: str) -> Text:
    return say(
        "Đồng chí {name} lại nhận được tin. Không cần làm gì thêm: việc còn chờ đã được hỏi lại.", name=name
    )
