"""What a typed number stands for, on a channel that shows words and no buttons.

    1 Mọi việc vẫn ổn     checkin:work:fine~7
    2 Có việc cần báo     checkin:work:lost~7
    0 Quay lại            nav:back:checkin~7

An address has one list, in the database: a restarted program, or another process, understands "2" as well. What is shown
after the person has spoken begins at 1 and replaces it; what comes on top goes on counting. So a reminder below an open
question takes nothing away from it. A number that was typed before it meant what it means now is refused: on a slow
network people type twice, and the second "1" must not answer the next question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified
from models.ground.channel import Address
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.phrases import common
from models.phrases.delivery import choices as phrases
from models.phrases.text import Lang, Text

Labelled = tuple[str, str]  # a button: what it says, what it sends back or opens

_TOGETHER = timedelta(
    hours=1
)  # what is shown later than that begins at 1, also to who has said nothing since
_HIGHEST = 99  # a year or a PIN is never a choice
_NUMBER = re.compile(r"(?:(?:số|chọn) *)?([0-9]{1,2})[.)]?")
_IN_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_BACK = {common.BACK.to_plain(lang) for lang in Lang}
_WAYS_OUT = ("nav:back", "nav:cancel", "nav:menu")  # which of them is 0, the first first


class ChoiceList(Identified, Base):
    """What can be picked at an address now. `spoken`: the person has said something since it was shown."""

    __tablename__ = "choice_list"

    address: Mapped[Address] = mapped_column(unique=True)
    listed_sealed: Mapped[bytes | None]
    spoken: Mapped[bool]
    shown_at: Mapped[datetime]

    listed = Sealed("listed_sealed")

    __table_args__ = (Index("ix_choice_list_shown_at", "shown_at"),)


class Listed(BaseModel):
    """One choice; `row`: of the outbox, so that a message that is sent again keeps its numbers."""

    number: int
    label: str
    to: str
    row: int
    at: datetime

    @property
    def line(self) -> str:
        return line_of(self.number, self.label)


_LIST = TypeAdapter(list[Listed])


@dataclass(frozen=True, slots=True)
class Picked:
    """What was typed, read beside the list: the data of a choice, or why it is none."""

    to: str = ""
    hint: Text | None = (
        None  # it is a number, and stands for nothing now; None: it may be what a question wants
    )
    hint_alone: Text | None = None  # what is said where nothing is being asked: it brings the list along


# --- how a choice looks -----------------------------------------------------------------------------------------------


def line_of(number: int, label: str) -> str:
    """Return the line of a choice; a label that is a number itself is set apart."""
    label = label.strip("‹› ")
    return f"{number} = {label}" if label[:1].isdigit() else f"{number} {label}"


def link_line(label: str, url: str) -> str:
    """Return the line of a button that opens a page."""
    return f"{label.strip('‹› ')}: {url}"


def opens(to: str) -> bool:
    """Return whether a button opens something instead of answering."""
    return to.startswith(("https://", "http://", "tg://"))


def lines_length(buttons: Sequence[Labelled]) -> int:
    """Return how many units the lines of these buttons take at most."""
    return sum(
        len((link_line(label, to) if opens(to) else line_of(_HIGHEST, label)).encode("utf-16-le")) // 2 + 1
        for label, to in buttons
    )


# --- acts -------------------------------------------------------------------------------------------------------------


def show_choices(
    db: Session, address: Address, buttons: Sequence[Labelled], *, row: int, now: datetime
) -> list[Listed]:
    """Give the buttons of one message their numbers, and remember what each stands for; the way out is 0 and last."""
    held = _held(db, address) or ChoiceList(address=address, spoken=True, shown_at=now)
    known = _listed(held)
    if again := [one for one in known if one.row == row]:
        return again
    goes_on = not held.spoken and now - held.shown_at <= _TOGETHER
    kept = known if goes_on and len(known) + len(buttons) < _HIGHEST else []
    out = _way_out(buttons)
    first = max((one.number for one in kept), default=0) + 1
    shown = [
        Listed(number=number, label=label, to=to, row=row, at=now)
        for number, (label, to) in enumerate((one for one in buttons if one != out), start=first)
    ]
    if out is not None:
        shown.append(Listed(number=0, label=out[0], to=out[1], row=row, at=now))
        kept = [one for one in kept if one.number]
    held.listed = _LIST.dump_json([*kept, *shown]).decode()
    held.spoken, held.shown_at = False, now
    db.add(held)
    db.flush()
    return shown


def note_spoken(db: Session, address: Address) -> None:
    """Note that the person has said something: what is shown next begins at 1."""
    db.execute(update(ChoiceList).where(ChoiceList.address == address).values(spoken=True))


def drop_choices(db: Session, address: Address) -> None:
    """Forget what could be picked there."""
    db.execute(delete(ChoiceList).where(ChoiceList.address == address))


def drop_old_choices(db: Session, *, before: datetime) -> bool:
    """Delete one list that nobody has picked from for long: was there work?"""
    old = db.scalars(select(ChoiceList).where(ChoiceList.shown_at < before).limit(1)).first()
    if old is not None:
        db.delete(old)
    return old is not None


# --- questions --------------------------------------------------------------------------------------------------------


def read_choice(db: Session, address: Address, typed: str, *, sent_at: datetime) -> Picked | None:
    """Read what was typed as a choice; None: it is no number, and means what it says."""
    listed = _listed(_held(db, address))
    number = _number_in(typed)
    if number is None:
        return _in_words(typed, listed)
    if number == 0 and not any(one.number == 0 for one in listed):
        return Picked(to="nav:menu")
    found = next((one for one in listed if one.number == number), None)
    if found is None:
        alone = (
            phrases.not_offered(number=str(number), offered=_lines(listed))
            if listed
            else phrases.nothing_offered()
        )
        return Picked(hint=phrases.not_one(number=str(number)) if _offers(listed) else None, hint_alone=alone)
    if sent_at < found.at:
        return Picked(hint=phrases.changed(), hint_alone=phrases.changed_to(offered=_lines(listed)))
    return Picked(to=found.to)


def _in_words(typed: str, listed: list[Listed]) -> Picked | None:
    word = unicodedata.normalize("NFC", typed).strip().rstrip(".").lower()
    number = _IN_WORDS.index(word) + 1 if word in _IN_WORDS else None
    if number is None or all(one.number != number for one in listed):
        return None
    alone = phrases.in_digits_of(number=str(number), offered=_lines(listed))
    return Picked(hint=phrases.in_digits(number=str(number)), hint_alone=alone)


def _offers(listed: Sequence[Listed]) -> bool:
    """Whether there is more to choose than the way out: else the open question wants words, and a number is one."""
    return any(one.number for one in listed)


def _number_in(typed: str) -> int | None:
    """The number of "2", " 2 ", "2.", "số 2" and of digits as wide as Chinese letters."""
    plain = unicodedata.normalize("NFKC", typed).strip().lower()
    found = _NUMBER.fullmatch(plain)
    return int(found.group(1)) if found else None


def _way_out(buttons: Sequence[Labelled]) -> Labelled | None:
    """The button that 0 stands for."""
    for way in _WAYS_OUT:
        for label, to in buttons:
            if to.startswith(way) or (way == "nav:back" and label in _BACK):
                return label, to
    return None


def _lines(listed: Sequence[Listed]) -> str:
    return "\n".join(one.line for one in sorted(listed, key=lambda one: (one.number == 0, one.number)))


def _held(db: Session, address: Address) -> ChoiceList | None:
    return db.scalars(select(ChoiceList).where(ChoiceList.address == address)).first()


def _listed(held: ChoiceList | None) -> list[Listed]:
    return _LIST.validate_json(held.listed or "[]") if held is not None else []


def refuse_unless(picked: Picked, *, asked: bool) -> str | None:
    """Return the data of the choice; None: take the number as it was typed, for the open question wants words.

    `asked`: something is being asked. It is asked again after the hint, with its list.
    """
    if picked.to:
        return picked.to
    hint = picked.hint if asked else picked.hint_alone
    if hint is not None:
        raise Refused(hint)
    return None
