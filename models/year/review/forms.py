"""Forms are files: models/year/review/forms/<code>.json, read and checked once. Another form is another file there.

    {"meta": {kind, titles, audience, sources, ...}, "rating_levels": [...], "headings": [{id, number, level, type, ...}]}

Each heading says how far its wording may be relied on (`confidence`); guidance, prompts and limits are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.ground.rules import Sure
from models.phrases.text import Text, named
from models.phrases.year.review import OWN_LEVEL, OWN_POINTS
from models.year.review.rows import Body
from models.year.review.states import Level, ReviewKind

_FOLDER = Path(__file__).parent / "forms"


class HeadingType(StrEnum):
    YEAR = "year"
    AUTO = "auto"  # from the tree of organisations
    TEXT = "text"  # one line
    DATE = "date"
    SECTION = "section"  # a title only
    LONGTEXT = "longtext"
    SCORE = "score"
    COMPUTED = "computed"
    CHOICE = "choice"  # one of the levels
    SIGNATURE = "signature"
    OFFICIAL = "official_block"


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Variant(_Read):
    applies_to: str
    vi: str


class Heading(_Read):
    order: int
    id: str
    number: str = ""
    level: int = Field(ge=0, le=4)
    type: HeadingType
    vi: str
    en: str
    guidance_vi: str = ""
    guidance_en: str = ""
    prompts_vi: tuple[str, ...] = ()
    examples_vi: tuple[str, ...] = ()  # what such a text may look like; nobody's own
    required: bool
    confidence: Sure
    max_chars: int | None = Field(default=None, ge=1)
    min: int | None = None
    max: int | None = None
    allow_none_text: str = ""  # what one writes where there is nothing: Không có
    prefill_from: tuple[str, ...] = ()  # sources of models/year/review/prefill.py, and "commitment"
    show_if: str = (
        ""  # suggested_issues_exist: only where the committee or the cell raised something in writing
    )
    filled_from: str = ""  # roster: known, not asked
    store: bool = True  # False: written by hand on the paper, never kept here
    formula: str = ""
    options: tuple[Level, ...] = ()
    variant: Variant | None = None
    filled_by: str = ""
    in_chat: bool = True

    @property
    def title(self) -> Text:
        return named(self.vi, self.en)

    @property
    def guidance(self) -> Text:
        return named(self.guidance_vi, self.guidance_en)

    @property
    def is_written(self) -> bool:
        """Whether somebody types it here."""
        typed = self.type in (HeadingType.LONGTEXT, HeadingType.TEXT)
        return typed and not self.filled_from and self.store and self.in_chat


class RatingLevel(_Read):
    id: Level
    vi: str
    en: str
    min_points: int
    max_points_exclusive: int | None
    conditions_en: str = ""

    @property
    def name(self) -> Text:
        return named(self.vi, self.en)


class Meta(_Read):
    kind: ReviewKind
    short_vi: str
    short_en: str
    form_code: str
    title_vi: str
    title_en: str
    subtitle_vi: str
    audience_vi: str
    audience_en: str
    spoken_name_vi: str
    sources: tuple[str, ...]
    replaces: str = ""
    last_verified: str
    confidence_scale: dict[Sure, str]
    note_vi: str = ""
    note_en: str = ""
    other_forms: dict[str, str] = {}
    filling_limits: str = ""


class ReviewForm(_Read):
    """`code`: the file's name without its ending; it is what rows keep."""

    code: str
    meta: Meta
    rating_levels: tuple[RatingLevel, ...]
    headings: tuple[Heading, ...]

    @property
    def name(self) -> Text:
        return named(self.meta.short_vi, self.meta.short_en)

    @property
    def audience(self) -> Text:
        """For whom it is; nothing where it is for everybody."""
        return named(self.meta.audience_vi, f"({self.meta.audience_en})" if self.meta.audience_vi else "")

    @property
    def note(self) -> Text:
        """How far its wording may be relied on."""
        return named(self.meta.note_vi, self.meta.note_en)

    @property
    def written(self) -> list[Heading]:
        """What a person types, in order."""
        return [one for one in self.headings if one.is_written]

    @property
    def scores(self) -> list[Heading]:
        """The general criteria, then the results; none where the form has no points."""
        return [one for one in self.headings if one.type is HeadingType.SCORE]

    @property
    def choice(self) -> Heading | None:
        return next((one for one in self.headings if one.type is HeadingType.CHOICE), None)

    def heading(self, heading_id: str) -> Heading | None:
        return next((one for one in self.headings if one.id == heading_id), None)

    def level_of(self, points: int) -> RatingLevel | None:
        """Return the level that these points reach. It is shown beside the choice, and never chosen by the program."""
        reached = [one for one in self.rating_levels if points >= one.min_points]
        return max(reached, key=lambda one: one.min_points, default=None)

    def label(self, heading: Heading) -> Text:
        """Return how one speaks of it: III | I.3 | B.II | Đơn vị công tác"""
        numbers = [one.number for one in self._path(heading) if one.number]
        if heading.type is HeadingType.LONGTEXT and len(numbers) > 1:
            numbers = numbers[1:]  # nobody says the chapter's letter
        return named(".".join(numbers), ".".join(numbers)) if heading.number else heading.title

    def spoken(self, headings: Iterable[Heading]) -> list[Text]:
        """Return how several are named in a sentence: I.1 | VI | tự chấm điểm. Nobody knows B.II by its number."""
        called = [
            self.label(one) if one.is_written else OWN_LEVEL if one == self.choice else OWN_POINTS
            for one in headings
        ]
        return list(dict.fromkeys(called))

    def chapters(self, heading: Heading) -> list[Heading]:
        """Return the titles above it, the outermost first."""
        return self._path(heading)[:-1]

    def _path(self, heading: Heading) -> list[Heading]:
        path = [heading]
        for one in reversed(self.headings[: self.headings.index(heading)]):
            if one.type is HeadingType.SECTION and one.level < path[0].level:
                path.insert(0, one)
        return path

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ids = [one.id for one in self.headings]
        if len(set(ids)) != len(ids):
            raise ValueError("two headings have the same id")
        if [one.order for one in self.headings] != sorted({one.order for one in self.headings}):
            raise ValueError("headings stand in their order")
        known = {one.id for one in self.rating_levels}
        if any(set(one.options) - known for one in self.headings):
            raise ValueError("a choice names a level that the form does not describe")
        if len(self.scores) not in (0, 2) or any(one.max is None for one in self.scores):
            raise ValueError("a form has two scores with their limits, or none")
        if not self.written:
            raise ValueError("there is nothing to write in this form")
        return self


@lru_cache
def form(code: str) -> ReviewForm:
    """Return the form of this code. Raises LookupError when there is no such file."""
    return next((one for one in every_form() if one.code == code), None) or _no_such(code)


def _no_such(code: str) -> ReviewForm:
    raise LookupError(f"there is no form {code}")


@lru_cache
def every_form(folder: Path = _FOLDER) -> tuple[ReviewForm, ...]:
    """Return every form in the folder. A file that is not a form raises, and names itself."""
    return tuple(_read(file) for file in sorted(folder.glob("*.json")))


def forms_of(kind: ReviewKind) -> list[ReviewForm]:
    return [one for one in every_form() if one.meta.kind is kind]


def _read(file: Path) -> ReviewForm:
    try:
        return ReviewForm.model_validate_json(_with_code(file))
    except ValueError as wrong:
        raise ValueError(f"{file.name}: {wrong}") from wrong


def _with_code(file: Path) -> str:
    # a file does not say its own name: that is put in front
    return '{"code": "' + file.stem + '", ' + file.read_text(encoding="utf-8").lstrip().removeprefix("{")


def missing(form: ReviewForm, body: Body, *, raised: Iterable[str] = ()) -> list[Heading]:
    """Return the headings still to be filled in, in the form's order. `raised`: those asked about in writing."""
    asked = set(raised)
    lacks = {
        one.id
        for one in form.written
        if (one.required or one.id in asked) and not body.text_of(one.id).strip()
    }
    for heading, points in zip(form.scores, (body.score_general, body.score_results), strict=False):
        lacks |= {heading.id} if heading.required and points is None else set()
    if form.choice and form.choice.required and not body.proposed_level:
        lacks.add(form.choice.id)
    return [one for one in form.headings if one.id in lacks]


def shown(form: ReviewForm, body: Body, *, raised: Iterable[str] = ()) -> list[Heading]:
    """Return the headings that a person may write; a conditional one only where it holds or has text already."""
    asked = set(raised)
    return [one for one in form.written if not one.show_if or one.id in asked or body.text_of(one.id)]
