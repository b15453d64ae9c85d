"""A self-review (or the commitment of the start of a year) as its form prints it, left to be signed.

    form.headings ──in order──> lines ──template ban-kiem-diem.docx | ban-cam-ket.docx──> A4, Times New Roman 14
      auto, year   the head of the page         longtext   heading, then what was written, or dots
      text, date   Họ và tên: …                 score      1. Nhóm tiêu chí chung: 28,5/30 điểm
      section      A. …  I. …                   choice     ☐ and ☒ before each level
      signature, official_block                 left to the hand

A form is a file (models/year/review/forms): another form needs no other template and no other code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from models.delivery.papers.facts import Blank, Commitment, PaperPerson, ReviewLine, ReviewPaper
from models.delivery.papers.rendering import render_paper
from models.delivery.papers.writing import DATE_DOTS, decimal, short_date
from models.delivery.policy import PapersPolicy
from models.phrases.people.unit import short

if TYPE_CHECKING:
    from models.year.review.forms import Heading, ReviewForm

TICKED, UNTICKED = "☒", "☐"
_HEAD = frozenset({"auto", "year"})  # above the title, or below it
_BORN = "hdr.ngay_sinh"
_FIELDS = frozenset({"text", "date"})
_SCORES = frozenset({"score", "computed"})

Answer = str | int | float | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ReviewHeader:
    """Who writes where, as the roster and the tree of organisations have it. `above`: the committee above the cell."""

    above: str
    cell: str
    year: int
    name: str
    birth_year: int | None = None


def review_docx(
    form: ReviewForm,
    header: ReviewHeader,
    sections: Mapping[str, Answer],
    *,
    policy: PapersPolicy,
    place: str = "",
    signed_on: date | None = None,
) -> bytes:
    """Return the .docx. `sections`: what was answered, by the heading's id; a choice by the level's id.

    A heading that is not answered keeps its place, with dots; a name that the roster knows is filled in. Raises
    TemplateBroken.
    """
    return render_paper(review_paper(form, header, sections, place=place, signed_on=signed_on), policy)


def review_paper(
    form: ReviewForm,
    header: ReviewHeader,
    sections: Mapping[str, Answer],
    *,
    place: str = "",
    signed_on: date | None = None,
) -> ReviewPaper:
    """Return the same as plain values, before the template."""
    kind = Commitment if form.meta.kind == "commitment" else ReviewPaper
    return kind(
        above=organisation(header.above),
        cell=header.cell,
        place=place,
        signed_on=signed_on,
        member=PaperPerson(name=header.name, birth_year=str(header.birth_year or "")),
        code=form.meta.form_code,
        title=form.meta.title_vi,
        year=str(header.year),
        audience=form.meta.audience_vi,
        lines=tuple(_lines(form, header, sections)),
    )


def organisation(committee: str) -> str:
    """Return the organisation for the head of a paper: “Đảng ủy xã An Bình” writes as “Đảng bộ xã An Bình”."""
    for word in ("Đảng ủy", "Đảng uỷ"):
        if committee.startswith(word):
            return f"Đảng bộ{committee.removeprefix(word)}"
    return committee


def _lines(form: ReviewForm, header: ReviewHeader, sections: Mapping[str, Answer]) -> Iterator[ReviewLine]:
    for heading in form.headings:
        known = header.name if heading.filled_from == "roster" else None
        yield from _line(form, heading, header, sections.get(heading.id, known))


def _line(form: ReviewForm, heading: Heading, header: ReviewHeader, answer: Answer) -> Iterator[ReviewLine]:
    named = f"{heading.number}. {heading.vi}" if heading.number else heading.vi
    match heading.type:
        case "auto" if heading.id.endswith("chi_bo"):
            yield ReviewLine(kind="field", heading=named, text=short(header.cell))
        case kind if kind in _HEAD:
            return
        case kind if kind in _FIELDS:
            yield ReviewLine(kind="field", heading=named, text=written(answer) or _dots(heading, header))
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


def _dots(heading: Heading, header: ReviewHeader) -> str:
    """Where nothing was answered: dots; of the day of birth the year stands there, since the roster knows it."""
    if heading.type != "date":
        return str(Blank(60))
    known = header.birth_year if heading.id == _BORN else None
    return f"...../...../{known}" if known else DATE_DOTS


def _rank(heading: Heading) -> str:
    """How a heading looks: a part stands in the middle, and has nothing under it but other headings."""
    if heading.level == 1 and heading.type == "section":
        return "part"
    return "section" if heading.level <= 2 else "item"


def _choice(form: ReviewForm, heading: Heading, named: str, answer: Answer) -> Iterator[ReviewLine]:
    yield ReviewLine(kind=_rank(heading), heading=named)
    for level in form.rating_levels:
        yield ReviewLine(kind="option", text=level.vi, mark=TICKED if level.id == answer else UNTICKED)


def _signature(heading: Heading) -> ReviewLine:
    """“NGƯỜI TỰ KIỂM ĐIỂM (Ký, ghi rõ họ tên)” stands on two lines, above the room for the hand."""
    who, bracket, hint = heading.vi.partition(" (")
    return ReviewLine(kind="sign", heading=who, hint=f"({hint}" if bracket else "")


def written(answer: Answer) -> str:
    """Return an answer as paper has it: 28,5 or 05/12/2026; empty for None."""
    if answer is None:
        return ""
    if isinstance(answer, date):
        return short_date(answer)
    return answer if isinstance(answer, str) else decimal(answer)
