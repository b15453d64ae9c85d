"""One person, several offices: another row of somebody who is here already becomes theirs, with all that hangs on it.

    an invite is opened in the chat of somebody else       handlers/entry/register/… says no, unless it is the same person:
      same name, letter by letter, and same number ──> asked on their phone ──own number shared──> WAITING
                                                                    └── who may say so: it is them ──> join_people
    an invite of somebody whose name and number are a registered person's, opened in another chat
      the number alone proves nothing any more: a person has to say so, and the chat that they have is told
    two rows that are there already    an officer above both, or the operator: join_people, and both chats are told

Whoever joins gets the appointments of the other row; the chat and its proofs stay as they are. Offices come awake only
where they would have been awake for a first registration (models/entry/waking.py). Nothing is thrown away: every row that
names the other is made to name the person, but for the trail, which nobody rewrites; the other row stays, says whose
it is (`joined_id`), and who looked at it is shown with the person's own (`member.looks`). Why so: docs/decisions/0039.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, Table, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from models.contact.checkin import plan_checkin
from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Lane, Message
from models.entry.identity import offices_held
from models.entry.invite import ALIVE, newest_invite, revoke_invite
from models.ground.base import Base
from models.ground.errors import Refused
from models.ground.field_table import field_table
from models.ground.fields import ColumnKind
from models.ground.names import spelling
from models.people.member import (
    Member,
    account_of,
    close_accounts,
    has_phone,
    open_accounts,
    set_member_place,
    tell,
    tell_account,
)
from models.people.rights import Appointment, NotEntitled, Right, holding, may
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases import common
from models.phrases.entry import joining as phrases
from models.phrases.people import rights as rights_words
from models.phrases.text import Text

_OF_THE_ROW = ("member", "trail", "secret", "account")  # what is not simply made to name another


class NotOnePerson(Refused):
    """The two rows cannot be one person's; the phrase says why."""


# --- rules ----------------------------------------------------------------------------------------------------------


def is_alike(one: Member, other: Member) -> bool:
    """Return whether name and number are the same, and nothing known speaks against it."""
    years = {one.birth_year, other.birth_year} - {None}
    return (
        one.id != other.id
        and spelling(one.own_name) == spelling(other.own_name)
        and len(years) < 2
        and bool(one.phone)
        and has_phone(other, one.phone or "")
    )


def check_joinable(one: Member, other: Member) -> None:
    """Refuse to join two who stand on two rosters, have both left, or are one person already."""
    if one.left_at is not None or other.left_at is not None or one.id == other.id:
        raise NotOnePerson(phrases.not_here())
    if one.cell_id and other.cell_id and one.cell_id != other.cell_id:
        raise NotOnePerson(phrases.on_two_rosters())


# --- questions ------------------------------------------------------------------------------------------------------


def registered_twin(db: Session, member: Member) -> Member | None:
    """Return somebody with a chat here who has the same name and number: most likely the same person."""
    same_letters = select(Member).where(Member.folded == member.folded, Member.left_at.is_(None))
    alike = [one for one in db.scalars(same_letters.order_by(Member.id)) if is_alike(one, member)]
    return next((one for one in alike if account_of(db, one.id) is not None), None)


def pairs_below(db: Session, units: Select[tuple[int]], *, now: datetime) -> list[tuple[Member, Member]]:
    """Return officers of these units without a cell, each with a member of these cells of the same name and number."""
    held = select(Appointment.member_id).where(Appointment.unit_id.in_(units), *holding(now, asleep=True))
    one, other = aliased(Member), aliased(Member)
    pairs = (
        select(one, other)
        .join(other, (other.folded == one.folded) & (other.id != one.id))
        .where(one.id.in_(held), one.cell_id.is_(None), one.left_at.is_(None), other.left_at.is_(None))
        .where(or_(other.cell_id.is_(None), other.cell_id.in_(units)))
        .order_by(one.sort_key, one.id, other.id)
    )
    found: dict[frozenset[int], tuple[Member, Member]] = {}
    for officer, twin in db.execute(pairs):
        if is_alike(officer, twin):
            found.setdefault(frozenset((officer.id, twin.id)), (officer, twin))
    return list(found.values())


def capacities(db: Session, member: Member, *, now: datetime) -> list[Text]:
    """Return what somebody is here: each office with its unit, else on whose roster."""
    held = offices_held(db, member.id, now=now)
    found = [rights_words.in_unit(role=one.role, unit=db.get_one(Unit, one.unit_id).name) for one in held]
    if member.cell_id is not None and member.cell_id not in {one.unit_id for one in held}:
        found.append(phrases.on_roster(unit=db.get_one(Unit, member.cell_id).name))
    return found


# --- the act --------------------------------------------------------------------------------------------------------


def join_people(
    db: Session, person: Member, other: Member, *, by_id: int | None, checkins: CheckinPolicy, now: datetime
) -> Member:
    """Make `other` a part of `person`: one account, many appointments. What the other row says stays readable.

    Of two chats the one of `person` goes on; the other is told and closed. `by_id` None: the operator.
    """
    check_joinable(person, other)
    db.flush()
    open_invite = newest_invite(db, other.id)
    if open_invite is not None and open_invite.state in ALIVE:
        revoke_invite(db, open_invite, now=now, by_id=by_id)
    came, two_chats = capacities(db, other, now=now), account_of(db, other.id) is not None
    record_act(db, "register.join", by_id=by_id, now=now, member_id=person.id)
    record_act(db, "register.join", by_id=by_id, now=now, member_id=other.id)
    _move_chat(db, person, other, now=now)
    if two_chats and by_id is not None:  # offices do not follow from one chat to the other by a tap
        for held in offices_held(db, other.id, now=now):
            held.asleep_since = held.asleep_since or now
    _take_over_facts(person, other)
    db.flush()
    for table, column in _named_in():
        _rename(db, table, column, old=other.id, new=person.id)
    other.left_at, other.joined_id, other.cell_id, other.phone = now, person.id, None, None
    db.flush()
    db.expire_all()
    plan_checkin(db, person, checkins, now=now)
    words = Message(phrases.you_are_also(offices=came), [[Button(common.MENU, "nav:menu")]])
    tell(db, person, words, key=f"register.joined:{other.id}", lane=Lane.ALERT, now=now)
    return person


def may_join(db: Session, by_id: int, one: Member, other: Member, *, now: datetime) -> bool:
    """Return whether they are an officer above every office and roster of both, and neither of the two."""
    units = {held.unit_id for who in (one, other) for held in offices_held(db, who.id, now=now)}
    units |= {who.cell_id for who in (one, other) if who.cell_id is not None}
    return by_id not in (one.id, other.id) and all(
        may(db, by_id, Right.CREATE_UNIT, unit, now=now) for unit in units
    )


def join_by_officer(
    db: Session, person: Member, other: Member, *, by_id: int, checkins: CheckinPolicy, now: datetime
) -> Member:
    if not may_join(db, by_id, person, other, now=now):
        raise NotEntitled
    if not is_alike(person, other):
        raise NotOnePerson(phrases.not_alike())
    return join_people(db, *who_goes_on(db, person, other, now=now), by_id=by_id, checkins=checkins, now=now)


def who_goes_on(db: Session, one: Member, other: Member, *, now: datetime) -> tuple[Member, Member]:
    """Return whose row goes on, then the other's. It is who has a chat, of two who have one who holds an office.

    Never does a chat gain by it.
    """

    def weight(who: Member) -> tuple[bool, bool, bool]:
        return (
            account_of(db, who.id) is not None,
            bool(offices_held(db, who.id, now=now)),
            who.cell_id is not None,
        )

    return (one, other) if weight(one) >= weight(other) else (other, one)


def _move_chat(db: Session, person: Member, other: Member, *, now: datetime) -> None:
    """The other's accounts are told, and closed: those of one row go on."""
    for theirs in open_accounts(db, other.id):
        key = f"register.join:{theirs.id}"
        tell_account(db, other, theirs, Message(phrases.other_chat_closes()), key=key, now=now)
    close_accounts(db, other.id, now=now)


def _take_over_facts(person: Member, other: Member) -> None:
    """Take facts over from the other row: the roster's before an office's. What the person said themselves stays."""
    if person.cell_id is None and other.cell_id is not None:
        person.cell_id = other.cell_id
        person.standing, person.joined_on = other.standing, other.joined_on or person.joined_on
        person.rhythm, person.grace_days = other.rhythm, other.grace_days
        if person.place_code is None and other.place_code is not None:
            set_member_place(person, other.place_code, zone=other.zone)
    person.birth_year = person.birth_year or other.birth_year
    if not person.phone and other.phone:
        person.phone = other.phone


def _named_in() -> Iterator[tuple[Table, str]]:
    """Every column that names a member, by the field table."""
    for name, about in field_table().items():
        if name not in _OF_THE_ROW:
            table = Base.metadata.tables[name]
            yield from ((table, one) for one, kind in about.kinds.items() if kind is ColumnKind.WHO)


def _rename(db: Session, table: Table, column: str, *, old: int, new: int) -> None:
    """A row that the person has already (both were invited to one meeting) stays with the other, and is not lost."""
    key = next(iter(table.primary_key.columns))
    ids = list(db.scalars(select(key).where(table.c[column] == old)))
    for one in ids:
        try:
            with db.begin_nested():
                db.execute(update(table).where(key == one).values({column: new}))
        except IntegrityError:  # of this row alone: its savepoint was rolled back
            continue
