"""A self-review (or the commitment of the start of a year) as its form prints it, left to be signed.

    form.headings ──in order──> lines ──template ban-kiem-diem.docx | ban-cam-ket.docx──> A4, Times New Roman 14
      auto, year   the head of the page         longtext   heading, then what was written, or dots
      text, date   Họ và tên: …                 score      1. Nhóm tiêu chí chung: 28,5/30 điểm
      section      A. …  I. …                   choice     ☐ and ☒ before each level
      signature, official_block                 left to the hand

A form is data of whatever kind: all that is asked of it stands in `Form` and `Heading`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from models.papers.facts import Blank, Commitment, Person, Review, ReviewLine
from models.papers.rendering import PapersPolicy, render_paper
from models.papers.writing import DATE_DOTS, decimal, short_date

TICKED, UNTICKED = "☒", "☐"
_HEAD = frozenset({"auto", "year"})  # above the title, or below it
_FIELDS = frozenset({"text", "date"})
_SCORES = frozenset({"score", "computed"})

Answer = str | int | float | Decimal | date | None


class Level(Protocol):
    """One of the levels that may be proposed."""

    @property
    def id(self) -> str: ...
    @property
    def vi(self) -> str: ...


class Heading(Protocol):
    """One heading, as the form file has it. `number`: A, I, 1; `level`: 1 for parts, 2, 3."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def type(self) -> str: ...
    @property
    def vi(self) -> str: ...
    @property
    def max(self) -> float | None: ...


class Form(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def title_vi(self) -> str: ...
    @property
    def audience_vi(self) -> str: ...
    @property
    def headings(self) -> Sequence[Heading]: ...
    @property
    def levels(self) -> Sequence[Level]: ...


class Header(Protocol):
    """Who writes where: what the roster and the tree of organisations know."""

    @property
    def above(self) -> str: ...
    @property
    def cell(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def name(self) -> str: ...


def review_docx(
    form: Form,
    header: Header,
    sections: Mapping[str, Answer],
    *,
    policy: PapersPolicy,
    place: str = "",
    signed_on: date | None = None,
) -> bytes:
    """The .docx. `sections`: what was answered, by the heading's id; a choice by the level's id.

    A heading that is not answered keeps its place, with dots. Raises TemplateBroken.
    """
    return render_paper(review_paper(form, header, sections, place=place, signed_on=signed_on), policy)


def review_paper(
    form: Form,
    header: Header,
    sections: Mapping[str, Answer],
    *,
    place: str = "",
    signed_on: date | None = None,
) -> Review:
    """The same as plain values, before the template."""
    kind = Commitment if form.kind == "commitment" else Review
    return kind(
        above=organisation(header.above),
        cell=header.cell,
        place=place,
        signed_on=signed_on,
        member=Person(name=header.name),
        code=form.code,
        title=form.title_vi,
        year=str(header.year),
        audience=form.audience_vi,
        lines=tuple(_lines(form, header, sections)),
    )


def organisation(committee: str) -> str:
    """The head of a paper names the organisation: «Đảng ủy xã An Bình» writes as «Đảng bộ xã An Bình»."""
    for word in ("Đảng ủy", "Đảng uỷ"):
        if committee.startswith(word):
            return f"Đảng bộ{committee.removeprefix(word)}"
    return committee


def _lines(form: Form, header: Header, sections: Mapping[str, Answer]) -> Iterator[ReviewLine]:
    for heading in form.headings:
        yield from _line(form, heading, header, sections.get(heading.id))


def _line(form: Form, heading: Heading, header: Header, answer: Answer) -> Iterator[ReviewLine]:
    named = f"{heading.number}. {heading.vi}" if heading.number else heading.vi
    match heading.type:
        case "auto" if heading.id.endswith("chi_bo"):
            yield ReviewLine(kind="field", heading=named, text=header.cell)
        case kind if kind in _HEAD:
            return
        case kind if kind in _FIELDS:
            dots = DATE_DOTS if heading.type == "date" else str(Blank(60))
            yield ReviewLine(kind="field", heading=named, text=written(answer) or dots)
        case kind if kind in _SCORES:
            most = decimal(heading.max) if heading.max is not None else ""
            yield ReviewLine(kind="score", heading=named, text=written(answer) or "......", of=most)
        case "choice":
            yield from _choice(form, heading, named, answer)
        case "signature":
            yield _signature(heading)
        case "official_block":
            room = str(Blank(360))  # three lines
            yield ReviewLine(kind="office", heading=named, text=room, hint="(Ký, ghi rõ họ tên)")
        case "section":
            yield ReviewLine(kind=_rank(heading), heading=named)
        case _:
            yield ReviewLine(kind=_rank(heading), heading=named)
            yield ReviewLine(kind="text", text=written(answer))


def _rank(heading: Heading) -> str:
    return {1: "part", 2: "section"}.get(heading.level, "item")


def _choice(form: Form, heading: Heading, named: str, answer: Answer) -> Iterator[ReviewLine]:
    yield ReviewLine(kind=_rank(heading), heading=named)
    for level in form.levels:
        yield ReviewLine(kind="option", text=level.vi, mark=TICKED if level.id == answer else UNTICKED)


def _signature(heading: Heading) -> ReviewLine:
    """«NGƯỜI TỰ KIỂM ĐIỂM (Ký, ghi rõ họ tên)» stands on two lines, above the room for the hand."""
    who, bracket, hint = heading.vi.partition(" (")
    return ReviewLine(kind="sign", heading=who, hint=f"({hint}" if bracket else "")


def written(answer: Answer) -> str:
    """An answer as paper has it: 28,5 and 05/12/2026; None: nothing."""
    if answer is None:
        return ""
    if isinstance(answer, date):
        return short_date(answer)
    return answer if isinstance(answer, str) else decimal(answer)
