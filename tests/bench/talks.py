"""What simulated people say and tap, again and again: real screens, measured whole.

    Talk("a check-in in two taps", who=ONCE, steps=("/baocao", "=checkin:ok:", "=checkin:send:"))

A step that begins with "=" taps the newest button whose address begins so; any other is typed. Each is one update, and is
answered when the next message to that chat, or the change of one, is on the wire.

Who they are (communes.py), 20 cells of 200: the first of each is its secretary, the next five talk, the others answer a check-in once
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

FIRST = 1_000_000
TALKERS = 100  # the first ones talk, and get no notice
CELLS, EACH, TALK_IN_EACH = 20, 200, 5
SECRETARIES = [FIRST + EACH * cell for cell in range(CELLS)]
MEMBERS = [first + 1 + number for first in SECRETARIES for number in range(TALK_IN_EACH)]
ONCE = [
    first + 1 + number for number in range(TALK_IN_EACH, EACH - 1) for first in SECRETARIES
]  # whoever has answered has no such check-in any more


class Talk(NamedTuple):
    """`before`: said once, to come to where the talk begins. `once`: each of `who` says it a single time."""

    what: str
    who: list[int]
    steps: tuple[str, ...]
    before: tuple[str, ...] = ()
    once: bool = False


_ABSENCE = "=away_new:"
_PARAGRAPH = "Trong năm tôi đã giữ gìn đoàn kết, chấp hành nghị quyết, làm đủ việc được giao. " * 3
TALKS = {
    "menu": Talk("main screen", MEMBERS, ("/menu",)),
    "unknown": Talk("words that nothing asked for", MEMBERS, ("xin chào", "hôm nay trời mưa")),
    "checkin": Talk("a check-in in two taps", ONCE, ("/baocao", "=checkin:ok:", "=checkin:send:"), once=True),
    "form": Talk(
        "a form of ten questions",
        MEMBERS,
        (
            "/khaibao",
            f"{_ABSENCE}place:JP",
            f"{_ABSENCE}city:skip",
            f"{_ABSENCE}work:factory",
            "Công ty Sao Mai",
            f"{_ABSENCE}begin:",
            f"{_ABSENCE}end:",
            f"{_ABSENCE}reason:usual",
            "+81 90 1234 5678",
            f"{_ABSENCE}trusted:skip",
            "=nav:cancel:away_new",
        ),
    ),
    "review": Talk(
        "a paragraph of the year's review",
        MEMBERS,
        (*[_PARAGRAPH] * 8, "=review_text:section:clear", "=review_text:clear:yes"),
        before=("/kiemdiem", "=review_text:overview:A."),
    ),
    "desk": Talk("the desk of 200 members (20 at once)", SECRETARIES, ("/chibo",)),
}


def turns(talk: Talk, people: Iterator[int]) -> Iterator[tuple[int, str]]:
    """Yield who takes which step next, for one speaker after the other person of `people`, or for one for ever."""
    if talk.once:
        yield from ((user, step) for user in people for step in talk.steps)
        return
    user = next(people)
    yield from ((user, step) for step in talk.before)
    while True:
        yield from ((user, step) for step in talk.steps)
