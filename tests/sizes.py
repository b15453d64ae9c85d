"""How much of something a test tries: little by day, much by night (`make test-all`).

    @settings(max_examples=sized(5, 30))      sized(by day, by night)

Only what tries more of the same has sizes. What a test asks stays the same.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")
_all = False


def begin_night() -> None:
    """From here on tests are as large as they come. Called before any of them is read."""
    global _all
    _all = True


def sized(day: T, night: T) -> T:
    return night if _all else day
