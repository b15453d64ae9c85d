"""Words about units."""

from __future__ import annotations

from models.phrases.text import Text, say

KINDS: dict[str, Text] = {
    "province": say("Tỉnh ủy, thành ủy", "Provincial committee"),
    "commune": say("Đảng ủy xã, phường", "Commune or ward committee"),
    "base": say("Đảng ủy cơ sở", "Grassroots committee"),
    "section": say("Đảng bộ bộ phận", "Section committee"),
    "cell": say("Chi bộ", "Cell"),
}


def misplaced(*, parent: str) -> Text:
    return say(
        "Tổ chức cấp này không thể nằm dưới {parent}. Mời chọn lại cấp, hoặc chọn tổ chức cấp trên khác.",
        "A unit of this kind cannot stand below {parent}. Please choose another kind or another parent.",
        parent=parent,
    )


def exists(*, name: str) -> Text:
    return say(
        "Ở đây đã có {name}. Mời đặt tên khác, hoặc mở tổ chức đang có.",
        "{name} exists here already. Please choose another name, or open the existing one.",
        name=name,
    )
