"""The handbook: questions and answers with their sources, found without diacritics; and what members say they studied.

    handbook.toml, or the operator's own file ──read_handbook──> entries ──load_handbook──> their rows, at each start
    typed words ──folded──> the rows that hold most of them, those of the question first
    "I have studied it" ──note_study──> once in half a year ──> the record, and a sentence for the year-end text

Nothing counts as studied because it was opened. A note keeps the question as it was: the file may be replaced by then.
A few hundred rows need no index of words: each search looks through all of them, in one query.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from operator import add
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, case, delete, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, local_date
from models.ground.names import fold
from models.ground.rules import Sure
from models.people.member import Member

HOUSE = Path(__file__).with_name("handbook.toml")
_WORDS = 8  # of what was typed
_FOUND = 20  # entries at most
_LARGEST = 1_000_000  # bytes of a file


class MeantFor(StrEnum):
    MEMBER = "member"
    CONTACT = "contact"
    SECRETARY = "secretary"
    OFFICER = "officer"


class HandbookUnusable(Exception):
    """The operator's file cannot be read; says why in a sentence with a hint."""


class HandbookWords(BaseModel):
    """An entry in one language. `short` is its button."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    short: Annotated[str, Field(min_length=3, max_length=34)]
    question: Annotated[str, Field(min_length=5, max_length=200)]
    answer: Annotated[str, Field(min_length=5, max_length=1500)]


class HandbookTopic(BaseModel):
    """A question, its answer, and where that comes from. No source: what cells do."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    code: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,40}$")]
    readers: Annotated[tuple[MeantFor, ...], Field(min_length=1)]
    rooms: tuple[str, ...] = ()
    source: Annotated[str, Field(max_length=300)] = ""
    sure: Sure
    vi: HandbookWords
    en: HandbookWords

    def is_of(self, room: str) -> bool:
        """Return whether somebody before a question of this room may want it."""
        return any(room.startswith(one) for one in self.rooms)


class HandbookEntry(Identified, Base):
    __tablename__ = "handbook_entry"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    body: Mapped[str]  # the entry, as JSON
    asked: Mapped[str]  # its questions and buttons in both languages, folded; a space around each word
    told: Mapped[str]  # the same of its answers


class StudyNote(Identified, Base):
    """A member says that they have studied an entry."""

    __tablename__ = "study_note"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    code: Mapped[str]
    half: Mapped[str]  # 2026-1, 2026-2
    title: Mapped[str]
    studied_on: Mapped[date]
    noted_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("member_id", "code", "half"),)


# --- the file -------------------------------------------------------------------------------------------------------


class _Book(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    entry: Annotated[tuple[HandbookTopic, ...], Field(min_length=1, max_length=500)]


def read_handbook(path: Path | None = None) -> tuple[HandbookTopic, ...]:
    """Return the entries of the operator's file, else of the house's; raise HandbookUnusable."""
    path = path or HOUSE
    hint = "Hint: see models/meeting/handbook.toml for the form, or unset BOT_HANDBOOK."
    try:
        if path.stat().st_size > _LARGEST:
            raise HandbookUnusable(f"The handbook {path} is larger than a megabyte. {hint}")
        book = _Book.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HandbookUnusable(f"The handbook {path} cannot be read: {error}. {hint}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise HandbookUnusable(f"The handbook {path} is wrong at {where}: {first['msg']}. {hint}") from None
    codes = [one.code for one in book.entry]
    if twice := sorted({one for one in codes if codes.count(one) > 1}):
        raise HandbookUnusable(f"The handbook {path} has the code {twice[0]} twice. {hint}")
    return book.entry


def load_handbook(db: Session, entries: Sequence[HandbookTopic]) -> None:
    """Let the rows be these entries."""
    rows = {row.code: row for row in db.scalars(select(HandbookEntry))}
    for position, entry in enumerate(entries):
        row = rows.pop(entry.code, None)
        if row is None:
            row = HandbookEntry(code=entry.code)
            db.add(row)
        row.position, row.body = position, entry.model_dump_json()
        row.asked = _folded(entry.vi.question, entry.vi.short, entry.en.question, entry.en.short)
        row.told = _folded(entry.vi.answer, entry.en.answer)
    db.execute(delete(HandbookEntry).where(HandbookEntry.code.in_(list(rows))))
    db.flush()


def _folded(*texts: str) -> str:
    return f" {' '.join(_words(' '.join(texts)))} "


def _words(text: str) -> list[str]:
    """What is typed and what is searched, cut into words alike: letters and digits, without marks."""
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()


# --- questions ------------------------------------------------------------------------------------------------------


def entry_of(db: Session, code: str) -> HandbookTopic | None:
    """Return the entry; None: the file has it no longer."""
    body = db.scalar(select(HandbookEntry.body).where(HandbookEntry.code == code))
    return HandbookTopic.model_validate_json(body) if body is not None else None


def entries_for(db: Session, readers: Collection[MeantFor], *, room: str = "") -> list[HandbookTopic]:
    """Return what is meant for these readers: what belongs to `room` first, then what is meant for few."""
    bodies = db.scalars(select(HandbookEntry.body).order_by(HandbookEntry.position))
    found = [HandbookTopic.model_validate_json(body) for body in bodies]
    mine = [one for one in found if set(one.readers) & set(readers)]
    return sorted(mine, key=lambda one: (not (room and one.is_of(room)), len(one.readers)))


def search_handbook(db: Session, typed: str) -> list[HandbookTopic]:
    """Return the entries that hold the most of the words, at least half, the best first; whoever they are meant for."""
    words = list(dict.fromkeys(_words(typed)))[:_WORDS]
    if not words:
        return []
    asked, told = HandbookEntry.asked, HandbookEntry.told
    held = reduce(add, [_one(or_(_begins(asked, one), _begins(told, one))) for one in words])
    weight = reduce(add, [_one(_begins(asked, one)) + _one(_has(asked, one)) for one in words])
    together = _one(_has(asked, " ".join(words))) * 2 + _one(_has(told, " ".join(words)))
    found = db.execute(
        select(HandbookEntry.body, held)
        .where(held * 2 >= len(words))
        .order_by(held.desc(), together.desc(), weight.desc(), HandbookEntry.position)
        .limit(_FOUND)
    ).all()
    return [HandbookTopic.model_validate_json(body) for body, most in found if most == found[0][1]]


def _begins(column: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    return column.contains(f" {words}", autoescape=True)


def _has(column: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    return column.contains(f" {words} ", autoescape=True)


def _one(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return case((holds, 1), else_=0)


# --- studied --------------------------------------------------------------------------------------------------------


def half_of(day: date) -> str:
    """Return the half-year of a day: "2026-1" from January to June."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def note_study(db: Session, member: Member, entry: HandbookTopic, *, now: datetime) -> bool:
    """Note that the member has studied it; False: they said so in this half-year already."""
    today = local_date(now, HOME_ZONE)
    half = half_of(today)
    if is_studied(db, member.id, entry.code, half=half):
        return False
    note = StudyNote(member_id=member.id, code=entry.code, half=half, studied_on=today, noted_at=now)
    note.title = entry.vi.question
    db.add(note)
    db.flush()
    return True


def is_studied(db: Session, member_id: int, code: str, *, half: str) -> bool:
    this = (StudyNote.member_id == member_id) & (StudyNote.code == code) & (StudyNote.half == half)
    return db.scalar(select(StudyNote.id).where(this)) is not None


def unnote_study(db: Session, member: Member, code: str, *, now: datetime) -> None:
    """Take back what was noted in this half-year: a wrong tap."""
    half = half_of(local_date(now, HOME_ZONE))
    this = (StudyNote.member_id == member.id) & (StudyNote.code == code) & (StudyNote.half == half)
    db.execute(delete(StudyNote).where(this))


def studies_of(db: Session, member_id: int, *, year: int | None = None) -> list[StudyNote]:
    """Return what the member studied, the newest first; `year`: in that calendar year, the oldest first."""
    mine = select(StudyNote).where(StudyNote.member_id == member_id)
    if year is None:
        return list(db.scalars(mine.order_by(StudyNote.studied_on.desc(), StudyNote.id.desc())))
    within = mine.where(StudyNote.studied_on.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.scalars(within.order_by(StudyNote.studied_on, StudyNote.id)))
