"""Words on and under the picture of a cell's months."""

from __future__ import annotations

from models.phrases.text import Text, say

PARTS: dict[str, Text] = {
    "answered": say("Trả lời đúng hẹn"),
    "late": say("Quá hạn hoặc chưa trả lời"),
    "excused": say("Được hoãn, tạm nghỉ"),
    "unreachable": say("Tin không tới được"),
    "waiting": say("Đang chờ trả lời"),
}
TITLE = say("Báo cáo trong 12 tháng")
MONTH = say("Tháng")
EMPTY = say("Chưa hỏi báo cáo lần nào.")


def about(*, cell: str) -> Text:
    return say("{cell} · số trên cột: số đồng chí được hỏi", cell=cell)


def caption(*, cell: str) -> Text:
    return say("<b>{cell}</b>: 12 tháng gần đây. Tin không tới được không bị coi là quá hạn.", cell=cell)
