"""What a check has found: good, worth knowing, or wrong with what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    GOOD = "ok"
    NOTE = "–"  # nothing wrong, or not known
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    subject: str
    verdict: Verdict
    said: str
    hint: str = ""
