"""Words about chats that fall silent and speak again."""

from __future__ import annotations

from models.phrases.text import Text, say

OPEN = say("Xem và gọi", "See and call")

SILENT: dict[str, Text] = {
    "blocked": say("đã chặn chương trình", "blocked the program"),
    "deactivated": say("mất tài khoản Telegram", "Telegram account gone"),
    "never started": say("chưa mở trò chuyện", "chat not opened"),
    "network": say("mạng trục trặc", "network trouble"),
}

NEXT_STEPS: dict[str, Text] = {
    "blocked": say(
        "Việc cần làm: gọi điện hỏi thăm; nhờ mở lại trò chuyện và bấm “Bỏ chặn” (Unblock). Chương trình sẽ tự nhận ra.",
        "Next: call; ask them to open the chat and tap Unblock. The program notices by itself.",
    ),
    "deactivated": say(
        "Việc cần làm: gọi điện, hoặc hỏi người thân, để biết Telegram mới, rồi gửi lời mời mới từ /danhsach.",
        "Next: call, or ask a relative, for the new Telegram; then send a new invite from /danhsach.",
    ),
    "never started": say(
        "Việc cần làm: gọi điện; nhờ mở trò chuyện với chương trình và bấm “Bắt đầu” (Start).",
        "Next: call; ask them to open the chat with the program and tap Start.",
    ),
    "network": say(
        "Không phải lỗi của đồng chí ấy. Chương trình vẫn tự gửi lại; sau hai ngày chưa được thì mời gọi điện.",
        "Not their doing. The program keeps trying; after two days please call.",
    ),
}


WRITE_AGAIN = say("Viết bằng chữ", "Write it")


def not_let_through(*, name: str, file: str | None) -> Text:
    if file == "voice":
        return say(
            "<b>Bản ghi âm chưa nghe được.</b> Đồng chí {name} đã mở, nhưng Telegram ở bên ấy không nhận tin thoại. Mời viết lại "
            "bằng chữ, hoặc gọi điện.",
            "<b>Your voice message was not heard.</b> {name} opened it, but the Telegram there takes no voice messages. Please "
            "write it, or call.",
            name=name,
        )
    if file is not None:
        return say(
            "<b>Tệp hoặc ảnh chưa xem được.</b> Đồng chí {name} đã mở, nhưng Telegram không chuyển tới được nữa. Mời gửi lại, "
            "hoặc viết bằng chữ.",
            "<b>Your file or photo was not seen.</b> {name} opened it, but Telegram no longer lets it through. Please send it "
            "again, or write it.",
            name=name,
        )
    return say(
        "<b>Điều đồng chí viết chưa tới nơi.</b> Telegram của đồng chí {name} lúc này không nhận tin. Mời gọi điện cho đồng chí "
        "ấy.",
        "<b>What you wrote has not arrived.</b> The Telegram of {name} takes no messages now. Please call.",
        name=name,
    )


def fell_silent(*, name: str, state: str) -> Text:
    return say(
        "<b>Tin không tới đồng chí {name}</b>: {why}. Không bị coi là quá hạn.\n{step}",
        "<b>Messages do not reach {name}</b>: {why}. They are not overdue.\n{step}",
        name=name,
        why=SILENT[state],
        step=NEXT_STEPS[state],
    )


def back_again(*, name: str) -> Text:
    return say(
        "Đồng chí {name} lại nhận được tin. Không cần làm gì thêm: việc còn chờ đã được hỏi lại.",
        "{name} can be reached again. Nothing to do: what was waiting has been asked once more.",
        name=name,
    )
