"""`Refused` is what a person can put right; it carries the sentence to say. All else is a bug."""

from __future__ import annotations

from models.phrases.text import Text


class Refused(Exception):
    """What was asked cannot be done, and the person can do something about it."""

    def __init__(self, phrase: Text) -> None:
        super().__init__(type(self).__name__)  # the phrase may name people: it stays out of logs
        self.phrase = phrase
