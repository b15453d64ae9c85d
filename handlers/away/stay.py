"""The questions about a stay away from home, asked once for both: the member about themselves, the keeper from paper.

    where       place ─> clock, where there are several ─> town ─> work ─> employer, where there is one
    people      phone there ─> trusted person at home ─> do they know? ─> their phone
    the days    from ─> until: what has gone by is refused at once

A `Voice` says how they are put: to whom one speaks, and what may stay as it is. What one of both asks besides stands with
that room (handlers/away, handlers/desk/absence).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from pydantic import AliasChoices, Field as Stored

from handlers.ground.context import Answer, Context, Kind
from handlers.ground.form import AGAIN, At, D, Field, FieldKind, Line, Offer, OneOf, Row, S, Shape
from handlers.people import whereabouts as places
from models.away.away import DatesUnfit, Stay, WorkKind, check_dates
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE
from models.ground.errors import Refused
from models.ground.phones import parse_phone, show_phone
from models.phrases import common
from models.phrases.away import away as away_words, away_member as own_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Text

LINE, LONG = 100, 1_000  # characters of a line, of a reason or an answer
LATELY = timedelta(days=120)  # a day without a year may have gone by


class StayDraft(places.Whereabouts):
    city: str = ""
    works: int = 0  # the page of kinds of work
    work: WorkKind = WorkKind.OTHER
    employer: str = ""
    phone: str = ""
    host: str = ""
    # drafts that were stored before the field had this name hold it as `trusted`
    trusted_name: str = Stored("", validation_alias=AliasChoices("trusted_name", "trusted"))
    trusted_phone: str = ""
    trusted_knows: bool = False
    begins_on: date | None = None
    ends_on: date | None = None  # None: not known
    reason: str = ""

    @property
    def stay(self) -> Stay:
        return Stay(
            place_code=self.place_code or "",
            zone=self.zone or HOME_ZONE,
            city=self.city,
            work=self.work,
            employer=self.employer,
            phone_there=self.phone,
            host=self.host,
            trusted_name=self.trusted_name,
            trusted_phone=self.trusted_phone,
            trusted_knows=self.trusted_knows,
        )

    def live_as(self, stay: Stay) -> None:
        """Take over what is on record."""
        self.place_code, self.zone, self.city = stay.place_code, stay.zone, stay.city
        self.work, self.employer = WorkKind(stay.work), stay.employer
        self.phone, self.host = stay.phone_there, stay.host
        self.trusted_name, self.trusted_phone = stay.trusted_name, stay.trusted_phone
        self.trusted_knows = stay.trusted_knows


T = TypeVar("T", bound=StayDraft)


def _nothing(at: At[Any, Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Voice(Generic[T, S]):
    """How the questions are put. `nothing` leaves an answer out; `keeps`: the answers of the record may stay as they are."""

    where: Callable[[At[T, S]], Text]
    clock: Callable[[At[T, S]], Text]
    city: Callable[[At[T, S]], Text]
    work: Callable[[At[T, S]], Text]
    employer: Callable[[At[T, S]], Text]
    phone: Callable[[At[T, S]], Text]
    trusted: Callable[[At[T, S]], Text]
    knows: Callable[[At[T, S]], Text]
    nothing: Offer
    no_phone: Offer
    keeps: Callable[[At[T, S]], bool] = lambda at: False
    beside_places: Callable[[At[T, S]], Sequence[Button]] = lambda at: ()
    own_phone: Callable[[Context], str] = lambda ctx: ""  # known from elsewhere
    moved: Callable[[At[T, S]], None] = _nothing  # called when another place was named


# --- where ----------------------------------------------------------------------------------------------------------


class PlaceOfStay(FieldKind[T, S], Generic[T, S]):
    """As everywhere, but without "at home"; what it reads goes into the draft by itself."""

    def shape(self, at: At[T, S]) -> Shape | None:
        return Shape.LINE

    def __init__(self, voice: Voice[T, S]) -> None:
        self.voice = voice

    def rows(self, at: At[T, S]) -> Sequence[Row]:
        kept = [_keep(at.draft.place_code)] if self.voice.keeps(at) else []
        listed = places.ask_place(at.ctx, at.draft, or_home=False).buttons
        return [*([one] for one in kept), *listed, *([one] for one in self.voice.beside_places(at))]

    def sent(self, at: At[T, S], answer: Answer) -> Any:
        draft, before = at.draft, at.draft.place_code
        # `take_place` knows "at home"; an absence has no such place
        if answer.value == places.HOME:
            raise Refused(common.choose_a_button())
        if not places.take_place(draft, answer):
            return AGAIN
        if draft.place_code != before:
            draft.city = draft.host = ""
            self.voice.moved(at)
        return draft.place_code

    def tapped(self, at: At[T, S], key: str) -> Any:
        return self.sent(at, Answer(at.ctx.incoming, key))

    def put(self, at: At[T, S], name: str, value: Any) -> None:
        at.draft.found = []


class Zone(FieldKind[T, S], Generic[T, S]):
    def rows(self, at: At[T, S]) -> Sequence[Row]:
        return places.ask_zone(at.ctx, at.draft).buttons

    def sent(self, at: At[T, S], answer: Answer) -> Any:
        return None if places.take_zone(at.draft, answer) else "place"

    def tapped(self, at: At[T, S], key: str) -> Any:
        return self.sent(at, Answer(at.ctx.incoming, key))

    def put(self, at: At[T, S], name: str, value: Any) -> Any:
        return value


class Works(FieldKind[T, S], Generic[T, S]):
    """A kind of work, the frequent ones first, page by page."""

    def shape(self, at: At[T, S]) -> Shape | None:
        return Shape.CHOICE

    def all_rows(self, at: At[T, S]) -> Sequence[Row]:
        kept = [_keep(at.draft.work)] if self.voice.keeps(at) else []
        return [kept, *places.all_works()]

    def __init__(self, voice: Voice[T, S]) -> None:
        self.voice = voice

    def rows(self, at: At[T, S]) -> Sequence[Row]:
        kept = [_keep(at.draft.work)] if self.voice.keeps(at) else []
        return [*([one] for one in kept), *places.work_buttons(at.draft.works, but_one=bool(kept))]

    def tapped(self, at: At[T, S], key: str) -> Any:
        chosen = Answer(at.ctx.incoming, key).choice(places.MORE, *WorkKind)
        if chosen == places.MORE:
            at.draft.works += 1
            return AGAIN
        return WorkKind(chosen)

    def put(self, at: At[T, S], name: str, value: Any) -> None:
        at.draft.work = value
        if value is WorkKind.FAMILY:
            at.draft.employer = ""


def named(at: At[Any, Any], text: str) -> str:
    """Read the name of an employer, a person, an organisation; Refused for a day or a phone number."""
    return places.require_name(text)


def _no_street(at: At[Any, Any], text: str) -> str:
    """Read the name of a town: never more exact than that (product.md, principle 1)."""
    if places.names_street(text):
        raise Refused(own_words.no_street())
    return places.require_name(text)


def _keep(value: Any) -> Offer:
    return Offer(phrases.KEEP, "keep", value)


def kept(known: str) -> list[Offer]:
    """Offer to keep what is known with one tap."""
    return [Offer(phrases.keep_words(now=known), "keep", known)] if known else []


def where(voice: Voice[T, S]) -> tuple[Field[T, S], ...]:
    return (
        Field("place", voice.where, PlaceOfStay(voice)),
        Field("zone", voice.clock, Zone(), needed=lambda at: at.draft.zone is None),
        Field(
            "city",
            voice.city,
            Line(LINE, _no_street),
            offers=lambda at: [*kept(at.draft.city), voice.nothing],
        ),
        Field("work", voice.work, Works(voice)),
        Field(
            "employer",
            voice.employer,
            Line(LINE, named),
            needed=lambda at: at.draft.work is not WorkKind.FAMILY,
            offers=lambda at: [*kept(at.draft.employer), voice.nothing],
        ),
    )


# --- people ---------------------------------------------------------------------------------------------------------


class PhoneThere(FieldKind[D, S], Generic[D, S]):
    """A number that is typed, or a contact that is sent; `region`: where one without a country code is at home."""

    def shape(self, at: At[D, S]) -> Shape | None:
        return Shape.LINE

    def __init__(self, region: Callable[[At[D, S]], str]) -> None:
        self.region = region

    def sent(self, at: At[D, S], answer: Answer) -> str:
        contact = answer.incoming.contact
        typed = contact.phone if contact is not None else answer.words(limit=LINE)
        # away from home many give a number of Vietnam all the same
        found = parse_phone(typed, region=self.region(at)) or parse_phone(typed)
        if found is None and answer.incoming.kind is Kind.CONTACT:
            found = parse_phone(f"+{typed.lstrip('+')}")  # Telegram gives contacts without the plus
        if found is None:
            raise Refused(own_words.phone_not_read())
        return found


def _kept_phone(phone: str) -> list[Offer]:
    return [Offer(phrases.keep_words(now=show_phone(phone)), "keep", phone)] if phone else []


def put_trusted(at: At[T, S], name: str) -> None:
    """Put another trusted person in the draft. Their number, and whether they know of it, are asked anew."""
    if at.draft.trusted_name != name:
        at.draft.trusted_phone, at.draft.trusted_knows = "", False
    at.draft.trusted_name = name


def _put_knows(at: At[T, S], knows: bool) -> None:
    """Keep a trusted person only where they know of it: they are named only with their knowledge (docs/glossary.md)."""
    at.draft.trusted_knows = knows
    if not knows:
        at.draft.trusted_name = at.draft.trusted_phone = ""


def people(voice: Voice[T, S]) -> tuple[Field[T, S], ...]:
    def phones(at: At[T, S]) -> list[Offer]:
        own = voice.own_phone(at.ctx)
        first = [Offer(own_words.own_number(phone=show_phone(own)), "own", own)] if own else []
        return [*first, *(_kept_phone(at.draft.phone) if at.draft.phone != own else []), voice.no_phone]

    return (
        # codes of places begin with their country: JP, VN-79
        Field("phone", voice.phone, PhoneThere(lambda at: (at.draft.place_code or "VN")[:2]), offers=phones),
        Field(
            "trusted",
            voice.trusted,
            Line(LINE, named),
            offers=lambda at: [*kept(at.draft.trusted_name), voice.nothing],
            put=put_trusted,
        ),
        Field(
            "knows",
            voice.knows,
            OneOf(lambda at: [(own_words.KNOWS, "yes"), (own_words.KNOWS_NOT, "no")]),
            needed=lambda at: bool(at.draft.trusted_name) and not at.draft.trusted_knows,
            put=lambda at, said: _put_knows(at, said == "yes"),
        ),
        Field(
            "their_phone",
            lambda at: own_words.their_phone(name=at.draft.trusted_name),
            PhoneThere(lambda at: "VN"),
            needed=lambda at: bool(at.draft.trusted_name),
            offers=lambda at: [*_kept_phone(at.draft.trusted_phone), voice.nothing],
            into="trusted_phone",
        ),
    )


# --- the days -------------------------------------------------------------------------------------------------------


def check_begin(at: At[Any, Any], begins_on: date) -> date:
    check_dates(begins_on, None, today=at.today)
    return begins_on


def check_end(at: At[Any, Any], ends_on: date, *, begins_on: date, due_on: date | None = None) -> date:
    """Refuse an end that has gone by, or lies before the beginning, or not after the day to which it was granted."""
    if due_on is not None and ends_on <= due_on:
        raise DatesUnfit(away_words.extension_too_short(due_on=due_on))
    check_dates(begins_on, ends_on, today=at.today)
    return ends_on


def check_change(at: At[Any, Any], from_on: date) -> date:
    """Refuse a change on the way that lies more than a year ahead."""
    if from_on > at.today + timedelta(days=366):
        raise DatesUnfit(away_words.too_far_ahead())
    return from_on
