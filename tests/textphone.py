"""A person's phone with a messenger of words: says, picks, reads. Whatever is typed, the program does all that it can then.

    dan.says("/baocao").picks("Mọi việc vẫn ổn", "Gửi")

The same words as on tests/phone.py's Phone, where a messenger of words has them: a story runs on either.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Self

from bot.standin.zalo import ZaloMessage, ZaloStandIn
from models.ground.channel import Address, Channel

_LINE = re.compile(r"(\d{1,2}) (?:= )?(.*)")


class TextPhone:
    def __init__(self, zalo: ZaloStandIn, chat_id: str, settle: Callable[[], None]) -> None:
        self.zalo, self.chat_id, self._settle = zalo, chat_id, settle
        self.address = Address(Channel.TEXT, chat_id)
        self._seen = 0

    def says(self, *texts: str, at: datetime | None = None) -> Self:
        for text in texts:
            self.zalo.says(self.chat_id, text, at=at)
            self._seen = len(self.zalo.history(self.chat_id))
            self._settle()
        return self

    def sends(self, kind: str) -> Self:
        """An image, a sticker, a voice; or what Zalo withholds: unsupported."""
        self.zalo.sends(self.chat_id, kind)
        self._seen = len(self.zalo.history(self.chat_id))
        self._settle()
        return self

    def picks(self, *labels: str) -> Self:
        """Type the number that stands before the newest line that contains each of `labels` in turn."""
        for label in labels:
            self.says(self.number_of(label))
        return self

    taps = picks

    def opens_link(self, payload: str) -> Self:
        """There is nothing to open: what the invite ends in is pasted."""
        return self.says(payload)

    def number_of(self, label: str) -> str:
        wanted = label.strip("‹› ").lower()
        for message in reversed(self.messages()):
            for number, line in _lines(message.text):
                if wanted in line.lower():
                    return number
        raise AssertionError(f"no line {label!r}; the newest are {self.buttons()}")

    def reads(self) -> str:
        """What is new since something was said or read here last."""
        fresh = self.zalo.history(self.chat_id)[self._seen :]
        self._seen += len(fresh)
        return "\n\n".join(message.text for message in fresh if message.by == "bot")

    def chat(self) -> str:
        return "\n\n".join(message.text for message in self.zalo.history(self.chat_id))

    def messages(self) -> list[ZaloMessage]:
        """The bot's, oldest first."""
        return [message for message in self.zalo.history(self.chat_id) if message.by == "bot"]

    def buttons(self) -> list[str]:
        """What can be picked in the newest message that has any lines."""
        found = ([line for _, line in _lines(one.text)] for one in reversed(self.messages()))
        return next((lines for lines in found if lines), [])


def _lines(text: str) -> list[tuple[str, str]]:
    """The numbered lines at the end of a message."""
    last = text.rpartition("\n\n")[2].split("\n")
    return [found.groups() for line in last if (found := _LINE.fullmatch(line))]  # type: ignore[misc]
