"""One row of the outbox in words: the markup taken out, the buttons as numbered lines, the link below."""

from __future__ import annotations

import re
from html import unescape

from sqlalchemy.orm import Session

from bot.text.links import Links
from models.delivery.choices import link_line, opens, show_choices
from models.delivery.claims import Claimed
from models.ground.clock import Clock

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"</?[a-z-]+[^>]*>")


def in_words(db: Session, item: Claimed, links: Links, clock: Clock) -> str:
    """Return the words of one message, and remember what its numbers stand for."""
    body = item.body
    flat = [button for row in body.buttons for button in row]
    pages = [link_line(label, to) for label, to in flat if to.startswith(("https://", "http://"))]
    choices = [button for button in flat if not opens(button[1])]
    page = links.to_page(db, item.address) if body.to_page else ""
    asks = links.asks(db, item.address) if body.to_page else []
    choices = [*asks, *choices]
    shown = show_choices(db, item.address, choices, row=item.id, now=clock()) if choices else []
    parts = [
        without_markup(body.text),
        f"{body.to_page}\n{page}" if page else "",
        "\n".join([*pages, *(one.line for one in shown)]),
    ]
    return "\n\n".join(part for part in parts if part)


def without_markup(html: str) -> str:
    """Return the words as they are read; a link stands behind its words."""
    return unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", html))).strip()
