"""What a check has found: good, worth knowing, or wrong with what mends it. `check`, `status` and the daily word show the same list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from models.phrases.text import Text, raw
from models.phrases.trust import repair as phrases


class Verdict(StrEnum):
    GOOD = "ok"
    NOTE = "–"  # nothing wrong, or not known
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """`words`, `remedy`: the same for people who are no technicians; None: by its subject, by the command in its hint.

    `daily`: told, also when it is no more than a note.
    """

    subject: str
    verdict: Verdict
    said: str
    hint: str = ""
    words: Text | None = None
    remedy: Text | None = None
    daily: bool = False

    @property
    def plain(self) -> Text:
        """Return one plain sentence about it."""
        return self.words or phrases.SUBJECTS.get(self.subject, phrases.SETTING)

    @property
    def line(self) -> Text:
        """Return the sentence with what mends it: a command where there is one."""
        command = re.search(r"`(python -m bot [^`]+|systemctl [^`]+)`", self.hint)
        named = raw(command[1] if command else "python -m bot check")
        return phrases.line(words=self.plain, remedy=self.remedy or named)


def found(
    subject: str,
    verdict: Verdict,
    words: Text,
    remedy: Text | None = None,
    *,
    hint: str = "",
    daily: bool = False,
) -> Finding:
    """Return a finding whose words are the same for everybody; `remedy` None: the command in `hint`."""
    said = hint or (remedy.to_plain("en") if remedy is not None else "")
    return Finding(subject, verdict, words.to_plain("en"), said, words, remedy, daily)
