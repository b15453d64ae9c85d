"""Kind 10: watches every screen that a test shows: at most eight buttons, and labels that a phone does not cut (product: a screen's budget).

A screen belongs to the room that most of its buttons belong to.
"""

from __future__ import annotations

import json
import re
from collections import Counter

from bot.standin import BotCall, StandIn
from models.delivery.body import letters_for

BUTTONS = 8


_TWICE = re.compile(
    r"\b(chi bộ|đảng bộ|đảng ủy|tỉnh ủy|thành ủy)\b(?:</?\w+>|[:\s(])*\b\1\b",
    re.IGNORECASE,
)


def said_twice(words: str) -> list[str]:
    """Return where a unit's kind is said twice in a row: “Chi bộ: Chi bộ thôn Đông”."""
    return [found.group() for found in _TWICE.finditer(words)]


def watch_screens(standin: StandIn) -> list[str]:
    """Look at every call from now on; what is over the budget gathers in the list."""
    found: list[str] = []
    standin.observers.append(lambda call: found.extend([*over_budget(call), *twice(call)]))
    return found


def twice(call: BotCall) -> list[str]:
    """Return the words of a message in which a unit's kind is said twice."""
    words = f"{call.params.get('text') or ''}\n{call.params.get('caption') or ''}"
    return [f"said twice: {one!r}" for one in said_twice(words)]


def over_budget(call: BotCall) -> list[str]:
    """Return what of a screen is over the budget, in words."""
    markup = call.params.get("reply_markup")
    rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get("inline_keyboard", [])
    if not rows:
        return []
    labels = [button["text"] for row in rows for button in row]
    too_many = [f"{_room(rows)}: {len(labels)} buttons: {labels}"] if len(labels) > BUTTONS else []
    return too_many + [
        f"{_room(rows)}: cut: {button['text']!r} ({len(button['text'])} letters, {len(row)} in a row)"
        for row in rows
        for button in row
        if len(button["text"]) > letters_for(len(row))
    ]


def _room(rows: list[list[dict[str, str]]]) -> str:
    rooms = [button.get("callback_data", "").partition(":")[0] for row in rows for button in row]
    inside = Counter(room for room in rooms if room not in ("", "nav")) or Counter(rooms)
    return inside.most_common(1)[0][0]
