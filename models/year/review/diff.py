"""What changed between two versions, heading by heading: whole sentences first, then the words within them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from models.year.review.rows import Body

_SENTENCE = re.compile(r"[^\n.!?…;]*[\n.!?…;]*\s*")
_WORD = re.compile(r"\s*\S+|\s+")  # with the space before it: what is added behind a word leaves it alone
_FINE = 400  # words: above this a changed passage is shown as a whole


class Edit(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class DiffRun:
    did: Edit
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One heading; `runs` joined without the removed ones are the new text, without the added ones the old."""

    heading: str
    runs: tuple[DiffRun, ...]

    def words(self, did: Edit) -> int:
        return sum(len(run.text.split()) for run in self.runs if run.did is did)


def differences(before: Body, after: Body) -> list[Difference]:
    """Return the headings whose text is not the same, in the order of the newer version."""
    headings = dict.fromkeys([one.heading for one in (*after.sections, *before.sections)])
    pairs = ((heading, before.text_of(heading), after.text_of(heading)) for heading in headings)
    return [Difference(heading, runs(old, new)) for heading, old, new in pairs if old != new]


def runs(before: str, after: str) -> tuple[DiffRun, ...]:
    old, new = _split(_SENTENCE, before), _split(_SENTENCE, after)
    return _merged(run for one in _compare(old, new) for run in _finer(*one))


def _finer(old: str, new: str, same: bool) -> Iterator[DiffRun]:
    if same:
        yield DiffRun(Edit.SAME, old)
    elif old and new and len(old.split()) <= _FINE and len(new.split()) <= _FINE:
        for before, after, equal in _compare(_split(_WORD, old), _split(_WORD, new)):
            yield from _plain(before, after, equal)
    else:
        yield from _plain(old, new, same)


def _plain(old: str, new: str, same: bool) -> Iterator[DiffRun]:
    if same:
        yield DiffRun(Edit.SAME, old)
        return
    yield DiffRun(Edit.REMOVED, old)
    yield DiffRun(Edit.ADDED, new)


def _compare(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield "".join(old[a:b]), "".join(new[c:d]), tag == "equal"


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    """Pieces that join to the text again."""
    pieces = [found for found in pattern.findall(text) if found]
    return pieces if "".join(pieces) == text else [text]  # nothing may get lost


def _merged(found: Iterator[DiffRun]) -> tuple[DiffRun, ...]:
    merged: list[DiffRun] = []
    for run in found:
        if not run.text:
            continue
        if merged and merged[-1].did is run.did:
            merged[-1] = DiffRun(run.did, merged[-1].text + run.text)
        else:
            merged.append(run)
    return tuple(merged)
