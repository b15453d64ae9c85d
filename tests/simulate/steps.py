"""What can happen, as data: one `Step` is one thing that somebody does, or that befalls the machine.

    Step("Trần Văn Bình", "taps", "Đồng ý", luck=17)
    Step("town", "kills", "outbox.sent", 2, luck=18)

A story is a list of steps. Everything that chance decides while a step is played is drawn from its own `luck`, so that a step
does the same when those before it are left out. What is not possible just now (no such button) is passed over: `NotNow`.
"""

from __future__ import annotations

from dataclasses import dataclass

TOWN = "town"


class NotNow(Exception):
    """The step cannot be done as things stand."""


@dataclass(frozen=True, slots=True)
class Step:
    """`after`: seconds that pass before it. `what` and `much`: as `does` wants them."""

    who: str
    does: str
    what: str = ""
    much: float = 0
    after: float = 2.0
    luck: int = 0

    def __str__(self) -> str:
        parts = [repr(self.who), repr(self.does)]
        parts += [repr(self.what)] if self.what or self.much else []
        parts += [f"{self.much:g}"] if self.much else []
        parts += [f"after={self.after:g}"] if self.after != 2.0 else []
        return f"Step({', '.join(parts)}, luck={self.luck})"
