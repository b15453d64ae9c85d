"""Words to the operator."""

from __future__ import annotations

from models.phrases.text import Text, say


def alarm(*, where: str, what: str) -> Text:
    return say(
        "Báo động: {where}: {what}. Xem nhật ký của chương trình.",
        "Alarm: {where}: {what}. See the program's log.",
        where=where,
        what=what,
    )
