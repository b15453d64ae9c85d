"""Words about contacts that somebody else recorded."""

from __future__ import annotations

from datetime import date

from models.phrases.common import paragraph
from models.phrases.text import Text, day, say

CORRECT = say("Chưa đúng, tôi muốn sửa")

CHANNELS: dict[str, Text] = {
    "phone": say("gọi điện"),
    "zalo": say("qua Zalo"),
    "relative": say("qua người thân"),
    "visit": say("gặp trực tiếp"),
}


OUTCOMES: dict[str, Text] = {
    "reached": say("gặp được"),
    "no answer": say("không nghe máy"),
    "left word": say("đã nhắn qua người thân"),
    "handed": say("đã nhờ người khác gọi"),
    "later": say("hẹn gọi lại"),
}
SEE = say("Xem ghi nhận")


def how(*, channel: str, outcome: str) -> Text:
    """Say: gọi điện, gặp được"""
    return say("{channel}, {outcome}", channel=CHANNELS[channel], outcome=OUTCOMES[outcome])


def recorded(*, by: str, channel: str, outcome: str, on: date, result: str, settles: bool) -> Text:
    quote = [say("<blockquote>{result}</blockquote>", result=result)] if result else []
    right = say("Nếu chưa đúng, mời sửa bằng nút bên dưới.")
    if outcome != "reached":
        tried = say(
            "Ngày {day}, đồng chí {by} tìm cách liên hệ với đồng chí ({what}). Khi tiện, mời đồng chí báo cho chi bộ: /baocao.",
            by=by,
            what=how(channel=channel, outcome=outcome),
            day=day(on),
        )
        return paragraph(tried, *quote, right)
    said = say(
        "Đồng chí {by} đã ghi nhận liên hệ với đồng chí ({channel}, ngày {day}).",
        by=by,
        channel=CHANNELS[channel],
        day=day(on),
    )
    settled = [say("Kỳ báo cáo đang chờ coi như đã xong.")]
    return paragraph(said, *quote, *(settled if settles else []), right)


def corrected(*, name: str, on: date, correction: str) -> Text:
    return say(
        "Đồng chí {name} sửa lại ghi nhận liên hệ ngày {day}:\n\n<blockquote>{correction}</blockquote>",
        name=name,
        day=day(on),
        correction=correction,
    )


CORRECTING = say("sửa ghi nhận liên hệ")


def what_is_right(*, result: str) -> Text:
    return say(
        "Đã ghi: <blockquote>{result}</blockquote>\nMời gõ cho đúng (tối đa 2.000 ký tự). Cả hai bản đều được giữ.",
        result=result,
    )


def thanks() -> Text:
    return say("Đã ghi lời của đồng chí, cạnh lời ghi trước. Người ghi và bí thư, phó bí thư sẽ được báo.")
