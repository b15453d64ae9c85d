"""Words about contacts that somebody else recorded."""

from __future__ import annotations

from datetime import date

from models.phrases.common import paragraph
from models.phrases.text import Text, day, say

CORRECT = say("Chưa đúng, tôi muốn sửa", "Not right, I want to correct it")

CHANNELS: dict[str, Text] = {
    "phone": say("gọi điện", "by phone"),
    "zalo": say("qua Zalo", "by Zalo"),
    "relative": say("qua người thân", "through a relative"),
    "visit": say("gặp trực tiếp", "in person"),
}


def recorded(*, by: str, channel: str, on: date, result: str, settles: bool) -> Text:
    said = say(
        "Đồng chí {by} đã ghi nhận liên hệ với đồng chí ({channel}, ngày {day}):\n\n<blockquote>{result}</blockquote>",
        "{by} noted a contact with you ({channel}, {day}):\n\n<blockquote>{result}</blockquote>",
        by=by,
        channel=CHANNELS[channel],
        day=day(on),
        result=result,
    )
    settled = say("Kỳ báo cáo đang chờ coi như đã xong.", "The report that was waiting is settled by this.")
    right = say("Nếu chưa đúng, mời sửa bằng nút bên dưới.", "If it is not right, please correct it below.")
    return paragraph(said, settled, right) if settles else paragraph(said, right)


def corrected(*, name: str, on: date, correction: str) -> Text:
    return say(
        "Đồng chí {name} sửa lại ghi nhận liên hệ ngày {day}:\n\n<blockquote>{correction}</blockquote>",
        "{name} corrected the contact noted on {day}:\n\n<blockquote>{correction}</blockquote>",
        name=name,
        day=day(on),
        correction=correction,
    )


CORRECTING = say("sửa ghi nhận liên hệ", "correcting a contact note")


def what_is_right(*, result: str) -> Text:
    return say(
        "Đã ghi: <blockquote>{result}</blockquote>\nMời gõ cho đúng (tối đa 2.000 ký tự). Cả hai bản đều được giữ.",
        "It says: <blockquote>{result}</blockquote>\nPlease type what is right (up to 2,000 characters). Both are kept.",
        result=result,
    )


def thanks() -> Text:
    return say(
        "Đã ghi lời của đồng chí bên cạnh. Người ghi nhận được báo.",
        "Your words now stand beside it. The one who wrote it is told.",
    )
