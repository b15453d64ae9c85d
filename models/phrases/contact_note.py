"""Words about contacts that somebody else recorded."""

from __future__ import annotations

from datetime import date

from models.phrases.text import Text, day, say

CORRECT = say("Chưa đúng, tôi muốn sửa", "Not right, I want to correct it")

CHANNELS: dict[str, Text] = {
    "phone": say("gọi điện", "by phone"),
    "zalo": say("qua Zalo", "by Zalo"),
    "relative": say("qua người thân", "through a relative"),
    "visit": say("gặp trực tiếp", "in person"),
}


def recorded(*, by: str, channel: str, on: date, result: str) -> Text:
    return say(
        "Đồng chí {by} đã ghi nhận liên hệ với đồng chí ({channel}, ngày {day}):\n\n<blockquote>{result}</blockquote>\n\n"
        "Kỳ báo cáo đang chờ coi như đã xong. Nếu chưa đúng, mời sửa bằng nút bên dưới.",
        "{by} noted a contact with you ({channel}, {day}):\n\n<blockquote>{result}</blockquote>\n\n"
        "The report that was waiting is settled by this. If it is not right, please correct it below.",
        by=by,
        channel=CHANNELS[channel],
        day=day(on),
        result=result,
    )


def corrected(*, name: str, on: date, correction: str) -> Text:
    return say(
        "Đồng chí {name} sửa lại ghi nhận liên hệ ngày {day}:\n\n<blockquote>{correction}</blockquote>",
        "{name} corrected the contact noted on {day}:\n\n<blockquote>{correction}</blockquote>",
        name=name,
        day=day(on),
        correction=correction,
    )
