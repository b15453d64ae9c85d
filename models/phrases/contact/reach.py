"""Words for who was reached: what has happened, what waits for an hour, whom somebody has to tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from models.phrases.common import lines
from models.phrases.text import HOME_ZONE, Text, join, moment, say

_NAMES = 12  # in one line; the list behind the button has them all

WHY: dict[str, Text] = {
    "no account": say("chưa đăng ký"),
    "unreachable": say("đã chặn chương trình hoặc khóa tài khoản"),
    "no consent": say("không đồng ý nhận tin này qua chương trình"),
    "": say("tin không đi được"),
}


def told(
    *,
    now: int,
    waiting: Sequence[tuple[datetime, Sequence[str]]],
    opening: Sequence[str],
    out: Sequence[tuple[str, str]],
) -> Text:
    """Say whom it reaches.

    `now`: how many at once; `waiting`: until when, and who; `opening`: who reads it when they look, for nothing rings
    there; `out`: who gets none, and why.
    """
    parts = []
    if now:
        parts.append(say("Gửi ngay: {n} đồng chí.", n=now))
    if opening:
        parts.append(
            say(
                "Chỉ thấy khi mở trang web ({n}): {names}. Việc gấp thì mời gọi.",
                n=len(opening),
                names=listed(opening),
            )
        )
    if waiting:
        people = sum(len(names) for _, names in waiting)
        parts.append(say("Chờ hết giờ nghỉ đêm ở nơi họ ở, chưa gửi: {n} đồng chí.", n=people))
        parts += [
            say("• {at}: {names}", at=moment(at, HOME_ZONE), names=listed(names)) for at, names in waiting
        ]
    if out:
        parts.append(by_hand(out=out))
    return lines(*parts) if parts else say("Không có ai để báo.")


def by_hand(*, out: Sequence[tuple[str, str]]) -> Text:
    """Say whom somebody has to phone or to visit, each with the reason."""
    people = [say("{name} ({why})", name=name, why=WHY[why]) for name, why in out[:_NAMES]]
    return say(
        "Không báo được qua đây, cần gọi điện ({n}): {people}.",
        n=len(out),
        people=join([*people, *([_more(len(out))] if len(out) > _NAMES else [])], ", "),
    )


def listed(names: Sequence[str]) -> Text:
    shown = say("{names}", names=", ".join(names[:_NAMES]))
    return shown if len(names) <= _NAMES else join([shown, _more(len(names))], ", ")


def _more(count: int) -> Text:
    return say("và {n} đồng chí nữa", n=count - _NAMES)
