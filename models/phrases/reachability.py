"""Words about chats that speak again."""

from __future__ import annotations

from models.phrases.text import Text, say


def back_again(*, name: str) -> Text:
    return say(
        "Đồng chí {name} đã mở lại trò chuyện, từ nay nhận được tin.",
        "{name} has opened the chat again and can be reached.",
        name=name,
    )
