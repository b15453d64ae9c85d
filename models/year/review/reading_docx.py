"""A review that was written in Word, read into the sections of its form by its headings.

    lines ──> which line may be which heading (score) ──> the best chain in the form's order ──> sections
                                                                                             └─> loose pieces

Headings are known by their words, with or without their number, shortened, or with the text running on behind a colon;
the numbers that Word makes by itself are not in the file. What stands under no heading that takes text (the letterhead,
the signature, words between "I" and "1") is loose: it is shown, and the member says where it belongs. No line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol

from models.ground.names import fold
from models.year.policy import DocxPolicy
from models.year.review.word_text import read_word_text


class Titled(Protocol):
    """A heading of a form, as far as it is looked for in a text."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def vi(self) -> str: ...


class Piece(NamedTuple):
    """A text under a heading that takes none; `under` "": before the first heading."""

    under: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says under which heading, and what is left, in its order."""

    sections: dict[str, str] = field(default_factory=dict)
    loose: list[Piece] = field(default_factory=list)
    pictures: int = 0


def read_review_docx(
    data: bytes, headings: Sequence[Titled], *, takes: frozenset[str], policy: DocxPolicy
) -> Reading:
    """Read a .docx into the form's headings.

    `headings`: in the form's order, with those that only divide; `takes`: the ids of those with a text of their own.
    """
    document = read_word_text(data, policy)
    reading = sort_lines(document.lines, headings, takes=takes)
    return Reading(reading.sections, reading.loose, document.pictures)


def sort_lines(lines: Sequence[str], headings: Sequence[Titled], *, takes: frozenset[str]) -> Reading:
    """Sort the lines under their headings; a second text under one heading is added to the first."""
    found = {one.line: one for one in _best_chain(lines, headings)}
    end = _signed_at(lines, max(found, default=-1) + 1)
    sections: dict[str, list[str]] = {}
    loose: list[tuple[str, list[str]]] = [("", [])]
    into = loose[-1][1]
    for place, line in enumerate(lines):
        if place == end:
            loose.append((SIGNATURE, []))
            into = loose[-1][1]
        if place in found:
            heading, line = headings[found[place].heading].id, found[place].rest
            if heading not in takes:
                loose.append((heading, []))
            into = sections.setdefault(heading, []) if heading in takes else loose[-1][1]
        if line and not _DOTS.fullmatch(line):
            into.append(line)
    _into_first_part(sections, loose, headings, takes)
    return Reading(
        {heading: "\n".join(text) for heading, text in sections.items() if text},
        [Piece(under, "\n".join(text)) for under, text in loose if text],
    )


def _into_first_part(
    sections: dict[str, list[str]],
    loose: list[tuple[str, list[str]]],
    headings: Sequence[Titled],
    takes: frozenset[str],
) -> None:
    """ "II. Hạn chế, khuyết điểm" written as one, without its 1 and 2, is the first of them."""
    for under, text in loose:
        parts = [one.id for one in headings if one.id.startswith(f"{under}.") and one.id in takes]
        if under.startswith("A.") and parts and text and not any(sections.get(part) for part in parts):
            sections[parts[0]] = list(text)
            text.clear()


def _signed_at(lines: Sequence[str], first: int) -> int | None:
    """Where, behind the last heading, the signature begins: place and day, "NGƯỜI CAM KẾT", "(Ký, ghi rõ họ tên)"."""
    signs = [
        place
        for place in range(first, len(lines))
        if len(lines[place].split()) <= _LONGEST_SIGNATURE and _SIGNED.match(fold(lines[place]))
    ]
    dated = [
        place
        for place in range(max(first, len(lines) - _LAST_LINES), len(lines))
        if _DATED.fullmatch(fold(lines[place]))
    ]
    return min([*signs, *dated], default=None)


# --- which line is which heading ------------------------------------------------------------------------------------


class _Match(NamedTuple):
    line: int
    heading: int
    weight: float
    rest: str  # the text that runs on behind the heading


class _Chain(NamedTuple):
    weight: float = 0.0
    last: _Match | None = None
    before: _Chain | None = None


SIGNATURE = "signature"  # what is loose under it is nobody's text
_LONGEST_SIGNATURE, _LAST_LINES = 9, 8  # words of a line; lines at the end of the text
_SIGNED = re.compile(
    r"nguoi (?:lam )?(?:cam ket|viet|tu (?:kiem diem|danh gia|nhan xet)|kiem diem|bao cao|lam ban)\b|\(?ky\b.{0,20}ho ten|"
    r"xac nhan cua\b|(?:danh gia,? )?nhan xet(?:,? danh gia)? cua (?:chi|dang|cap)\b|t\.? ?m\.? (?:chi|dang)\b"
)
_DATED = re.compile(r"\(?.{0,40}\bngay\b.{1,12}\bthang\b.{1,12}\bnam\b[ .\d…_]{0,12}\)?")
# How the form of 2023 called what today's form asks for, by the heading of today.
_CALLED_BEFORE: dict[str, tuple[str, ...]] = {
    "A.I.1": (
        "Về tư tưởng chính trị; phẩm chất đạo đức, lối sống; ý thức tổ chức kỷ luật, tác phong, lề lối làm việc",
        "Về tư tưởng chính trị",
    ),
    "A.I.2": (
        "Về thực hiện chức trách, nhiệm vụ được giao và kết quả thực hiện các chỉ tiêu, nhiệm vụ được giao trong năm",
        "Về thực hiện chức trách, nhiệm vụ được giao",
        "Về thực hiện chức trách, nhiệm vụ",
    ),
    "A.I.3": ("Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu hằng năm",),
    "B.II": ("Tự nhận mức xếp loại chất lượng", "Tự nhận mức", "Tự đề nghị mức xếp loại", "Tự xếp loại"),
}
_DOTS = re.compile(r"[.…_\s\u200b]{5,}")  # to be filled in by hand, and was not
_NUMBER = re.compile(
    r"^(?:(?:phần|mục)\s+)?([A-Z]|[IVX]{1,4}|\d{1,2})(?:\s*(?:[.)/:\-–|]\s*)+|\s+(?=[^\W\d_]))", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()]{0,200}\)")  # (nếu có)
_WORD = re.compile(r"\w+")
_ENDS = re.compile(
    r"\s*(?:\([^()]{0,200}\)\s*)?(?:(?:[.:–\-…|]\s*)+|$)"
)  # what follows a heading before its text runs on
_MOST_WORDS = 120  # of a line that are compared
_LONGEST_EXTRA = 6  # words that a heading written in other words may have more
_ALIKE, _ALIKE_UNNUMBERED = 0.6, 0.8  # without its number a heading must be the more alike


def _best_chain(lines: Sequence[str], headings: Sequence[Titled]) -> list[_Match]:
    """The heaviest run of matches in which lines and headings both go forward."""
    looked_for = [
        (at, _Looked.at(heading.number, words))
        for at, heading in enumerate(headings)
        for words in (heading.vi, *_CALLED_BEFORE.get(heading.id, ()))
    ]
    best = [_Chain() for _ in range(len(headings) + 1)]  # best[h]: ends with a heading before h
    for place, line in enumerate(lines):
        longer = []
        for match in _matches(place, line, looked_for):
            before = best[match.heading]
            longer.append(_Chain(before.weight + match.weight, match, before))
        for chain in longer:
            for h in range((chain.last.heading if chain.last else 0) + 1, len(best)):
                if chain.weight > best[h].weight:
                    best[h] = chain
    return list(_unrolled(best[-1]))


def _unrolled(chain: _Chain | None) -> Iterator[_Match]:
    while chain is not None and chain.last is not None:
        yield chain.last
        chain = chain.before


@dataclass(frozen=True, slots=True)
class _Looked:
    """A heading as it is compared: folded words without what stands in brackets."""

    number: str
    words: list[str]

    @classmethod
    def at(cls, number: str, words: str) -> _Looked:
        return cls(number.upper(), _WORD.findall(fold(_ASIDE.sub(" ", words))))


def _matches(place: int, line: str, headings: Sequence[tuple[int, _Looked]]) -> Iterator[_Match]:
    numbered = _NUMBER.match(line)
    number = numbered[1].upper() if numbered else ""
    text = line[numbered.end() :] if numbered else line
    spans = [found.span() for found, _ in zip(_words_of(text), range(_MOST_WORDS), strict=False)]
    words = [fold(text[start:end]) for start, end in spans]
    for at, heading in headings:
        if found := _match(
            text, words, spans, heading, same_number=bool(number) and number == heading.number
        ):
            weight, rest = found
            yield _Match(place, at, weight, rest)


def _words_of(text: str) -> Iterator[re.Match[str]]:
    blank = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)  # brackets do not count, places stay
    return _WORD.finditer(blank)


def _match(
    text: str, words: list[str], spans: list[tuple[int, int]], heading: _Looked, *, same_number: bool
) -> tuple[float, str] | None:
    """How well the line begins with the heading (0 to 1.5), and what it says behind it; None: it does not."""
    bonus = 0.5 if same_number else 0.0
    whole, common = len(heading.words), _common(words, heading.words)
    shortened = common == len(words) and (common >= 3 or common * 2 >= whole)
    begins = common and (common == whole or common >= (2 if same_number else 5) or shortened)
    if begins and (end := _ENDS.match(text, spans[common - 1][1])):
        return common / whole + bonus, text[end.end() :].strip()
    if words and whole and len(words) <= whole + _LONGEST_EXTRA:
        least = _ALIKE if same_number else _ALIKE_UNNUMBERED
        compared = SequenceMatcher(None, words, heading.words, autojunk=False)
        if compared.real_quick_ratio() < least or compared.quick_ratio() < least:
            return None  # most lines are no heading: seen at once
        if (alike := compared.ratio()) >= least:
            # less than the form's own words, where both stand in the text
            return alike * 0.9 + bonus, ""
    return None


def _common(words: list[str], others: list[str]) -> int:
    return next(
        (n for n, (one, other) in enumerate(zip(words, others, strict=False)) if one != other),
        min(len(words), len(others)),
    )
