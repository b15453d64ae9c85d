"""Words on and under the picture of a cell's months."""

from __future__ import annotations

from models.phrases.text import Text, say

PARTS: dict[str, Text] = {
    "answered": say("Trả lời đúng hẹn", "Answered in time"),
    "late": say("Quá hạn hoặc chưa trả lời", "Overdue or no answer"),
    "excused": say("Được hoãn, tạm nghỉ", "Postponed, on a pause"),
    "unreachable": say("Tin không tới được", "Not reached"),
    "waiting": say("Đang chờ trả lời", "Still in time"),
}
TITLE = say("Báo cáo trong 12 tháng", "Twelve months of check-ins")
MONTH = say("Tháng", "Month")
EMPTY = say("Chưa hỏi báo cáo lần nào.", "Nobody was asked so far.")


def about(*, cell: str) -> Text:
    return say(
        "{cell} · số trên cột: số đồng chí được hỏi",
        "{cell} · above each bar: how many were asked",
        cell=cell,
    )


def caption(*, cell: str) -> Text:
    return say(
        "<b>{cell}</b>: 12 tháng gần đây. Tin không tới được không bị coi là quá hạn.",
        "<b>{cell}</b>: the last twelve months. Whom no message reached is not overdue.",
        cell=cell,
    )
