"""What the roster's conversations share: whose cell, which person, one fact about somebody, an invite handed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from handlers.ground.context import Answer, Context, Kind as Sort
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Field, FieldKind, Row, S, Shape, beside
from models.delivery.message import Button
from models.desk.policy import RosterPolicy
from models.desk.roster import Column, RosterRow, cells
from models.desk.roster.comparison import FIELDS, Fact
from models.ground.errors import Refused
from models.ground.legacy_text import letters_meant
from models.ground.part_date import PartDate
from models.ground.phones import show_phone
from models.ground.places import COMMON_DESTINATIONS, find_places, place
from models.people.member import Member, Standing
from models.people.namesakes import needs_more
from models.people.rights import NotEntitled, Right, require, units_where
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.desk import roster as file_words, roster_talk as phrases
from models.phrases.people.member import STANDINGS
from models.phrases.text import Text, named, part_day, raw

MENU = [Button(common.MENU, "nav:menu")]
_NONE = "-"
_PLACES = 5  # on a screen of eight buttons; any other is typed


# --- whose cell, which person -------------------------------------------------------------------------------------


def in_own_cell(ctx: Context, right: Right, verb: str, start: Callable[[Context, Unit], None]) -> None:
    """Go on with the cell over which one has `right`; asked only when there are several."""
    mine = [u for u in units_where(ctx.db, ctx.me.id, right, now=ctx.now) if u.kind == UnitKind.CELL]
    if not mine:
        raise NotEntitled
    if len(mine) == 1:
        start(ctx, mine[0])
        return
    ctx.show(phrases.which_cell(), [*([Button(raw(u.name), f"roster:{verb}:{u.id}")] for u in mine), MENU])


def cell_for(ctx: Context, cell_id: int, right: Right) -> Unit:
    """Return the cell, if the speaker has `right` over it at this moment."""
    require(ctx.db, ctx.me.id, right, cell_id, now=ctx.now)
    return ctx.db.get_one(Unit, cell_id)


def member_for(ctx: Context, member_id: int, right: Right) -> Member:
    """Return the member, if on a roster over which the speaker has `right`. Nobody learns whether others exist."""
    member = ctx.db.get(Member, member_id)
    require(ctx.db, ctx.me.id, right, member.cell_id if member else None, now=ctx.now)
    if member is None or member.left_at is not None:
        raise Refused(phrases.no_longer())
    return member


# --- one fact about a person --------------------------------------------------------------------------------------


class TypedPerson(BaseModel):
    """A person as typed so far; the fields are named as a member's are. `hits`: places to choose from."""

    full_name: str = ""
    birth_year: int | None = None
    phone: str | None = None
    standing: Standing = Standing.OFFICIAL
    joined_on: PartDate | None = None
    official_on: PartDate | None = None
    place_code: str | None = None
    hits: list[str] = []
    one_word: str = ""
    """A name of one word that was typed: asked about."""

    def row(self) -> RosterRow:
        return RosterRow(
            row=0,
            full_name=self.full_name,
            birth_year=self.birth_year or 0,
            phone=self.phone,
            joined_on=self.joined_on,
            official_on=self.official_on,
            standing=self.standing,
            place=self.place_code,
        )


def ask_fact(column: Column, person: TypedPerson) -> Text:
    """Return the question for one column, as far as it is answered."""
    if column is Column.NAME and person.one_word:
        return phrases.one_word(name=person.one_word)
    return phrases.which_place() if column is Column.PLACE and person.hits else phrases.ask_fact(column)


P = TypeVar("P", bound=TypedPerson)


class FactKind(FieldKind[P, S], Generic[P, S]):
    """A fact about somebody, as the roster's columns are read; asked again for several places, or a name of one word."""

    def shape(self, at: At[P, S]) -> Shape | None:
        return Shape.CHOICE if self.column(at) is Column.STANDING else Shape.LINE

    def __init__(self, column: Callable[[At[P, S]], Column]) -> None:
        self.column = column

    def rows(self, at: At[P, S]) -> Sequence[Row]:
        match self.column(at):
            case Column.STANDING:
                return beside([choice(STANDINGS[value], value) for value in Standing])
            case Column.NAME if at.draft.one_word:
                return [[choice(phrases.NAME_IS_WHOLE, "whole")]]
            case Column.PHONE | Column.JOINED_ON | Column.OFFICIAL_ON:
                return [[choice(phrases.UNKNOWN, _NONE)]]
            case Column.PLACE:
                return _places(at.draft)
            case _:
                return ()

    def sent(self, at: At[P, S], answer: Answer) -> Any:
        column, person, policy = self.column(at), at.draft, at.ctx.policies.roster
        if column is Column.PLACE:
            return None if _take_place(person, answer, policy) else AGAIN
        if column is Column.NAME:
            return None if _take_name(person, answer, policy) else AGAIN
        person.hits = []
        setattr(person, FIELDS[column], _read(column, person, answer, policy, at.today))
        return None

    def tapped(self, at: At[P, S], key: str) -> Any:
        return self.sent(at, Answer(at.ctx.incoming, key))

    def put(self, at: At[P, S], name: str, value: Any) -> None:
        """Do nothing: the answer stands in the draft already, in the field that the column names."""


def fact(column: Column) -> Field[P, S]:
    """Return the question for one column, as a field of any form whose draft is a `TypedPerson`."""
    return Field(column.value, lambda at: ask_fact(column, at.draft), FactKind(lambda at: column))


def _places(person: TypedPerson) -> list[list[Button]]:
    at_home = [code for code in COMMON_DESTINATIONS if not place(code).abroad][:2]
    abroad = [code for code in COMMON_DESTINATIONS if place(code).abroad][:3]
    codes = (person.hits or [*at_home, *abroad])[:_PLACES]
    rows = [[choice(place_words(code), code) for code in codes[i : i + 2]] for i in range(0, len(codes), 2)]
    return [*rows, [choice(phrases.AT_HOME, _NONE)]]


def _take_name(person: TypedPerson, answer: Answer, policy: RosterPolicy) -> bool:
    if answer.incoming.kind is Sort.BUTTON and person.one_word:
        answer.choice("whole")
        person.full_name, person.one_word = person.one_word, ""
        return True
    try:
        name = cells.read_name(letters_meant(answer.words(limit=policy.max_cell)), policy)
    except cells.Faulty as fault:
        raise Refused(file_words.typed(column=Column.NAME, kind=fault.kind)) from None
    person.one_word = "" if " " in name else name
    person.full_name = name if " " in name else person.full_name
    return " " in name


def _read(column: Column, person: TypedPerson, answer: Answer, policy: RosterPolicy, today: date) -> Fact:
    if column is Column.STANDING and answer.incoming.kind is Sort.BUTTON:
        return Standing(answer.choice(*Standing))
    if column in (Column.PHONE, Column.JOINED_ON, Column.OFFICIAL_ON) and answer.incoming.kind is Sort.BUTTON:
        answer.choice(_NONE)
        return None
    if column is Column.PHONE and answer.incoming.contact is not None:
        typed = answer.incoming.contact.phone
        # Telegram gives contacts without the plus
        typed = typed if typed.startswith(("+", "0")) else f"+{typed}"
    else:
        typed = answer.words(limit=policy.max_cell)
    try:
        match column:
            case Column.BIRTH_YEAR:
                return cells.read_birth_year(typed, policy, today=today)
            case Column.PHONE:
                return cells.read_phone(typed, policy)
            case Column.JOINED_ON:
                born = person.birth_year
                return cells.read_joined_on(typed, policy, birth_year=born, today=today)
            case Column.OFFICIAL_ON:
                born, joined = person.birth_year, person.joined_on
                return cells.read_official_on(typed, policy, joined_on=joined, birth_year=born, today=today)
            case _:
                return cells.read_standing(typed, policy)
    except cells.Faulty as fault:
        raise Refused(file_words.typed(column=column, kind=fault.kind)) from None


def _take_place(person: TypedPerson, answer: Answer, policy: RosterPolicy) -> bool:
    if answer.incoming.kind is Sort.BUTTON:
        person.place_code = None if answer.value == _NONE else _known_place(answer.choice())
        person.hits = []
        return True
    found = find_places(answer.words(limit=policy.max_cell))
    if not found:
        raise Refused(phrases.place_not_found())
    if len(found) == 1:
        person.place_code, person.hits = found[0].code, []
        return True
    person.hits = [one.code for one in found]
    return False


def _known_place(code: str) -> str:
    try:
        return place(code).code
    except KeyError:
        raise Refused(common.choose_a_button()) from None


# --- facts as words -----------------------------------------------------------------------------------------------


def place_words(code: str | None) -> Text:
    if code is None:
        return phrases.AT_HOME
    where = place(code)
    return named(where.vi, where.en)


def fact_words(column: Column, value: Fact) -> Text:
    """Return a fact as people read it."""
    if value is None:
        return phrases.NOT_KNOWN
    if isinstance(value, PartDate):
        return part_day(*astuple(value))
    match column:
        case Column.PHONE:
            return raw(show_phone(str(value)))
        case Column.STANDING:
            return STANDINGS[str(value)]
        case Column.PLACE:
            return place_words(str(value))
        case _:
            return raw(value)


def who(member: Member) -> Text:
    """Return a person's name with the year of birth, for whoever may read the roster's details."""
    if member.apart:
        return closely(member)
    return phrases.person(name=member.full_name, birth_year=member.birth_year)


def closely(member: Member) -> Text:
    """Return the name; of two who share name and year also what a reader of the roster knows them by."""
    name = raw(member.full_name)
    if not needs_more(member):
        return name
    ending = (member.phone or "")[-3:]
    return phrases.more_closely(who=name, ending=ending, place=place_words(member.place_code))
