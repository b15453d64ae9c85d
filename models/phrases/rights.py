"""Words about what one may and may not do."""

from __future__ import annotations

from models.phrases.text import Text, say

ROLES: dict[str, Text] = {
    "secretary": say("Bí thư", "Secretary"),
    "deputy": say("Phó bí thư", "Deputy secretary"),
    "contact": say("Người giữ liên lạc", "Contact"),
    "officer": say("Cán bộ đảng ủy", "Committee officer"),
    "follower": say("Cấp ủy viên phụ trách chi bộ", "Committee member in charge of a cell"),
}


def not_entitled() -> Text:
    return say(
        "Việc này không thuộc phần đồng chí phụ trách, hoặc phân công đã hết hạn. Nếu có nhầm lẫn, mời liên hệ bí thư "
        "chi bộ. Gõ /menu để về màn hình chính.",
        "This is not among what you are in charge of, or your appointment has ended. If that is a mistake, please "
        "contact the secretary. Type /menu for the main screen.",
    )
