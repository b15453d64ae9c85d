"""Words about requests for help."""

from __future__ import annotations

from models.phrases.text import Text, say

TAKE = say("Tôi nhận việc này", "I take this")
SEE = say("Xem chi tiết", "See details")
SOLVED = say("Việc đã xong", "It is settled")


def opened(*, name: str, text: str) -> Text:
    return say(
        "<b>Đồng chí {name} cần chi bộ hỗ trợ</b>\n\n<blockquote>{text}</blockquote>",
        "<b>{name} needs help from the cell</b>\n\n<blockquote>{text}</blockquote>",
        name=name,
        text=text,
    )


def taken(*, owner: str) -> Text:
    return say(
        "Đồng chí {owner} đã nhận việc đồng chí nhờ hỗ trợ và sẽ liên hệ. Khi việc đã xong, mời bấm nút bên dưới.",
        "{owner} has taken your request and will be in touch. When it is settled, please touch the button below.",
        owner=owner,
    )


def closed(*, name: str) -> Text:
    return say(
        "Đồng chí {name} cho biết việc nhờ hỗ trợ đã xong. Cảm ơn đồng chí.",
        "{name} says that the request for help is settled. Thank you.",
        name=name,
    )


def settled(*, owner: str | None) -> Text:
    if owner:
        return say("Đồng chí {owner} đã nhận việc này.", "{owner} has taken this already.", owner=owner)
    return say("Việc này đã xong.", "This is settled already.")


def thanks() -> Text:
    return say(
        "Đã ghi: việc nhờ hỗ trợ đã xong. Chi bộ được báo.",
        "Noted: the request for help is settled. The cell is told.",
    )
