"""Who may do what: one table, asked at the moment of use, never trusted from a button or an old message.

    may(db, member_id, Right.SEE_DETAILS, unit_id, now=now)

A right comes with an appointment and begins and ends with it. OWN: the unit of the appointment itself. BELOW: that
unit and everything under it. ASSIGNED: the members whom somebody was asked to keep in touch with; the assignment is the
appointment there. An office may sleep: its holder came back from another chat, and who is above has yet to say that it
is them. A sleeping office is held by nobody, wherever rights are asked (models/entry/waking.py).
"""

from __future__ import annotations

from collections.abc import Collection, Set as AbstractSet
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, SmallInteger, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, partial_index
from models.ground.errors import Refused
from models.people.trail import record_act
from models.people.unit import Unit, UnitKind, ancestor_ids, subtree_ids
from models.phrases.people import rights as phrases
from models.phrases.text import Text


class Role(StrEnum):
    SECRETARY = "secretary"  # bí thư chi bộ
    DEPUTY = "deputy"  # phó bí thư
    CONTACT = "contact"  # đảng viên được phân công giữ liên lạc
    OFFICER = "officer"  # cán bộ đảng ủy cấp trên
    FOLLOWER = "follower"  # cấp ủy viên phụ trách chi bộ


class Right(StrEnum):
    SEE_DESK = "see desk"  # who has answered, who owes
    SEE_DETAILS = "see details"  # phone, answers: each look leaves a row
    EDIT_ROSTER = "edit roster"  # import, add, correct
    INVITE = "invite"  # and revoke, and confirm who has come
    SET_RHYTHM = "set rhythm"
    ASK_CHECKIN = "ask checkin"  # remind, ask for a report now, excuse
    RECORD_CONTACT = "record contact"
    APPOINT_DEPUTY = "appoint deputy"
    CREATE_UNIT = "create unit"  # and invite its secretary
    SEE_COUNTS = "see counts"  # numbers without names
    SEE_CARD = "see card"  # name, place, local time, phone, what is owed: what one needs to phone
    ASSIGN_CONTACT = "assign contact"
    KEEP_ABSENCES = "keep absences"  # return, put to the cell, type what is on paper, tick a return
    DECIDE_ABSENCE = "decide absence"  # the committee's decision on an application
    HAND_OVER = "hand over"  # the secretary's office, to a successor
    STEP_IN = "step in"  # for an office that nobody attends to
    ASK_NAMES = "ask names"  # of those counted, with a reason that the cell sees
    GRANT_NAMES = "grant names"  # or refuse
    APPOINT_FOLLOWER = "appoint follower"
    NOTE_VISIT = "note visit"  # to a cell's meeting
    ANNOUNCE = "announce"  # a notice to the people of the unit, and to the secretaries below
    CALL_MEETING = "call meeting"  # change it, call it off, see who answered what
    RUN_REVIEWS = "run reviews"  # open a campaign, say who is asked, move its dates, close it
    KEEP_REVIEWS = "keep reviews"  # read, comment, return, accept, take in papers, write on behalf
    RECORD_RATING = "record rating"  # as the cell proposed it, and as it comes back on paper
    DECIDE_RATING = "decide rating"  # what the committee decided about a cell's members
    KEEP_MINUTES = "keep minutes"  # roll call, minutes, conclusions of a meeting
    GIVE_TASK = "give task"
    KEEP_AGREEMENTS = "keep agreements"  # of the unit, with whoever receives members away


class RightReach(StrEnum):
    OWN = "own"
    BELOW = "below"
    ASSIGNED = "assigned"


RIGHTS: dict[Role, dict[Right, RightReach]] = {
    Role.SECRETARY: dict.fromkeys(
        (
            Right.SEE_DESK,
            Right.SEE_DETAILS,
            Right.EDIT_ROSTER,
            Right.INVITE,
            Right.SET_RHYTHM,
            Right.ASK_CHECKIN,
            Right.RECORD_CONTACT,
            Right.APPOINT_DEPUTY,
            Right.SEE_COUNTS,
            Right.SEE_CARD,
            Right.ASSIGN_CONTACT,
            Right.KEEP_ABSENCES,
            Right.HAND_OVER,
            Right.GRANT_NAMES,
            Right.ANNOUNCE,
            Right.CALL_MEETING,
            Right.RUN_REVIEWS,
            Right.KEEP_REVIEWS,
            Right.RECORD_RATING,
            Right.KEEP_MINUTES,
            Right.GIVE_TASK,
            Right.KEEP_AGREEMENTS,
        ),
        RightReach.OWN,
    ),
    Role.DEPUTY: dict.fromkeys(
        (
            Right.SEE_DESK,
            Right.SEE_DETAILS,
            Right.INVITE,
            Right.ASK_CHECKIN,
            Right.RECORD_CONTACT,
            Right.SEE_COUNTS,
            Right.SEE_CARD,
            Right.KEEP_ABSENCES,
            Right.ANNOUNCE,
            Right.CALL_MEETING,
            Right.KEEP_REVIEWS,
            Right.RECORD_RATING,
            Right.KEEP_MINUTES,
            Right.GIVE_TASK,
            Right.KEEP_AGREEMENTS,
        ),
        RightReach.OWN,
    ),
    Role.CONTACT: {Right.SEE_CARD: RightReach.ASSIGNED, Right.RECORD_CONTACT: RightReach.ASSIGNED},
    Role.OFFICER: dict.fromkeys(
        (
            Right.CREATE_UNIT,
            Right.SEE_COUNTS,
            Right.DECIDE_ABSENCE,
            Right.HAND_OVER,
            Right.STEP_IN,
            Right.ASK_NAMES,
            Right.APPOINT_FOLLOWER,
            Right.DECIDE_RATING,
        ),
        RightReach.BELOW,
    )
    # in the committee's own name; its notices go to all below, its agreements serve the cells
    | dict.fromkeys((Right.ANNOUNCE, Right.KEEP_AGREEMENTS), RightReach.OWN),
    Role.FOLLOWER: dict.fromkeys((Right.SEE_COUNTS, Right.NOTE_VISIT), RightReach.OWN),
}


DESK = tuple(role for role, gives in RIGHTS.items() if gives.get(Right.SEE_DESK) is RightReach.OWN)


class NotEntitled(Refused):
    """Somebody asked for what their appointment does not allow, or no longer allows."""

    def __init__(self) -> None:
        super().__init__(phrases.not_entitled())


# due since ever: the next look plans it (models/desk/digest.py)
NOT_PLANNED = datetime(1970, 1, 1, tzinfo=UTC)


class SecondProofWanted(NotEntitled):
    """The office is theirs; where they speak now has yet to be proved once more (models/people/browser.py)."""

    def __init__(self, *, linked: bool) -> None:
        Refused.__init__(self, phrases.second_proof(linked=linked))


class Appointment(Identified, Base):
    __tablename__ = "appointment"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[str]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    by_id: Mapped[int | None]  # who appointed; None: the operator, from the command line
    asleep_since: Mapped[datetime | None]  # gives no right until the office above wakes it; None: awake
    digest_day: Mapped[int | None] = mapped_column(
        SmallInteger
    )  # weekday of the digest; None: as the policy says
    digest_at: Mapped[datetime | None]  # when the last digest was sent
    sheet_since: Mapped[datetime | None]  # since when a call sheet is made with it; None: nobody asked for it
    next_digest_at: Mapped[datetime | None] = mapped_column(
        default=NOT_PLANNED, server_default=f"{NOT_PLANNED:%Y-%m-%d %H:%M:%S}"
    )

    __table_args__ = (
        Index("ix_appointment_member_id", "member_id"),
        Index("ix_appointment_unit_id", "unit_id"),
        partial_index("ix_appointment_next_digest_at", "next_digest_at", where="next_digest_at IS NOT NULL"),
    )


# --- acts -----------------------------------------------------------------------------------------------------------


def appoint(
    db: Session,
    *,
    member_id: int,
    unit_id: int,
    role: Role,
    by_id: int | None,
    now: datetime,
    ends_at: datetime | None = None,
) -> Appointment:
    """Begin an appointment, or give back the one that holds already, with its end as it is given now.

    One that sleeps goes on sleeping: being named once more proves nothing.
    """
    for held in appointments(db, member_id, now=now, asleep=True):
        if held.unit_id == unit_id and held.role == role:
            if held.ends_at != ends_at:
                held.ends_at = ends_at
                _record(db, "right.extend", held, by_id=by_id, now=now)
            return held
    new = Appointment(
        member_id=member_id, unit_id=unit_id, role=role, begins_at=now, ends_at=ends_at, by_id=by_id
    )
    db.add(new)
    db.flush()
    _record(db, "right.appoint", new, by_id=by_id, now=now)
    return new


def end_appointment(db: Session, appointment: Appointment, *, by_id: int | None, now: datetime) -> None:
    """End its rights from this minute on; `by_id` did it (None: the operator)."""
    appointment.ends_at = now
    _record(db, "right.end", appointment, by_id=by_id, now=now)


def _record(db: Session, act: str, held: Appointment, *, by_id: int | None, now: datetime) -> None:
    record_act(
        db,
        act,
        by_id=by_id,
        now=now,
        member_id=held.member_id,
        unit_id=held.unit_id,
        detail=str(held.role),
    )


def decides_for(db: Session, cell_id: int) -> int | None:
    """Return the unit whose committee decides about the cell's members: the nearest above that is more than a section."""
    above = (db.get_one(Unit, one) for one in ancestor_ids(db, cell_id)[1:])
    return next((unit.id for unit in above if unit.kind != UnitKind.SECTION), None)


def require(db: Session, member_id: int | None, right: Right, unit_id: int | None, *, now: datetime) -> None:
    """Refuse unless `may`; by which office is written down in the session, for the screen to say (`acted_by`)."""
    if member_id is None or unit_id is None:
        raise NotEntitled
    held = _held_for(db, member_id, right, unit_id, now=now)
    if held is None:
        raise NotEntitled
    db.info[_ACTED] = held


_ACTED = "acted by"


def acted_by(db: Session) -> Appointment | None:
    """Return the appointment by which the last right in this session was given."""
    found = db.info.get(_ACTED)
    return found if isinstance(found, Appointment) else None


def forget_acting(db: Session) -> None:
    """Begin anew: nothing was asked for in this step, and nobody speaks in it yet."""
    db.info.pop(_ACTED, None)
    db.info.pop(_UNPROVED, None)


_UNPROVED = "unproved"


def speaks_unproved(db: Session, member_id: int) -> None:
    """Note that in this step the member speaks where nobody has seen the second proof: their offices open nothing."""
    db.info[_UNPROVED] = member_id


def is_unproved(db: Session, member_id: int) -> bool:
    """Return whether the member speaks in this step, and nobody has seen the second proof there."""
    return db.info.get(_UNPROVED) == member_id


def is_several(db: Session, member_id: int, cell_id: int | None, *, now: datetime) -> bool:
    """Return whether somebody holds two offices here, or one elsewhere than on the roster they stand on."""
    units = [one.unit_id for one in appointments(db, member_id, now=now)]
    return len(units) > 1 or bool(units and cell_id is not None and units != [cell_id])


# --- questions ------------------------------------------------------------------------------------------------------


def appointments(db: Session, member_id: int, *, now: datetime, asleep: bool = False) -> list[Appointment]:
    """Return what a member holds now. `asleep`: also what sleeps, and gives no right."""
    held = db.scalars(_HELD, {"whose": member_id, "at": now})
    return [one for one in held if asleep or one.asleep_since is None]


_HELD = (  # asked before nearly everything, so it is put together once
    select(Appointment)
    .where(
        Appointment.member_id == bindparam("whose"),
        Appointment.begins_at <= bindparam("at"),
        or_(Appointment.ends_at.is_(None), Appointment.ends_at > bindparam("at")),
    )
    .order_by(Appointment.begins_at)
)


def offices_in_words(db: Session, member_id: int, *, now: datetime) -> list[Text]:
    """Return what the member holds now, each with its unit."""
    return [
        phrases.in_unit(role=held.role, unit=db.get_one(Unit, held.unit_id).name)
        for held in appointments(db, member_id, now=now)
    ]


def holds_office(db: Session, member_id: int, *, now: datetime) -> bool:
    """Return whether the member holds any office, be it one that opens nothing where they speak now."""
    return bool(appointments(db, member_id, now=now))


def holds_role(db: Session, member_id: int, *roles: Role, now: datetime) -> bool:
    """Return whether the member holds one of them anywhere now."""
    return any(held.role in roles for held in offices_here(db, member_id, now=now))


def holders(db: Session, unit_id: int, *roles: Role, now: datetime, asleep: bool = False) -> list[int]:
    """Return the members who hold one of `roles` in the unit now, the earlier role first. `asleep`: sleeping ones too."""
    held = offices_of(db, unit_id, *roles, now=now, asleep=asleep)
    return list(dict.fromkeys(member_id for _, member_id in held))


def offices_of(
    db: Session, unit_id: int, *roles: Role, now: datetime, asleep: bool = False
) -> list[tuple[Role, int]]:
    """Return which of `roles` is held in the unit now and by which member, the earlier role first."""
    return offices_in(db, [unit_id], *roles, now=now, asleep=asleep).get(unit_id, [])


def offices_in(
    db: Session, unit_ids: Collection[int], *roles: Role, now: datetime, asleep: bool = False
) -> dict[int, list[tuple[Role, int]]]:
    """Return what `offices_of` does, by unit; one in which nobody holds any of them is not there."""
    held = db.scalars(
        select(Appointment).where(
            Appointment.unit_id.in_(unit_ids), Appointment.role.in_(roles), *holding(now, asleep=asleep)
        )
    )
    found: dict[int, list[tuple[Role, int]]] = {}
    for one in sorted(held, key=lambda one: roles.index(Role(one.role))):
        found.setdefault(one.unit_id, []).append((Role(one.role), one.member_id))
    return found


def desk_of(db: Session, cell_id: int, *, now: datetime) -> list[int]:
    """Return who keeps the cell's desk now, the secretary first: whoever is told what happens in the cell."""
    return holders(db, cell_id, *DESK, now=now)


def officers_above(
    db: Session, unit_id: int, *, now: datetime, but: AbstractSet[int] = frozenset()
) -> list[int]:
    """Return the officers of the unit and above it, from the nearest level where somebody is left besides `but`."""
    chain = ancestor_ids(db, unit_id)
    held = offices_in(db, chain, Role.OFFICER, now=now)
    for above in chain:
        if found := [one for _, one in held.get(above, []) if one not in but]:
            return list(dict.fromkeys(found))
    return []


def may(db: Session, member_id: int, right: Right, unit_id: int, *, now: datetime) -> bool:
    """Return whether an appointment of the member gives `right` over the unit now."""
    return _held_for(db, member_id, right, unit_id, now=now) is not None


def offices_here(db: Session, member_id: int, *, now: datetime) -> list[Appointment]:
    """Return what a member holds and may use where they speak now."""
    return [] if is_unproved(db, member_id) else appointments(db, member_id, now=now)


def _held_for(
    db: Session, member_id: int, right: Right, unit_id: int, *, now: datetime
) -> Appointment | None:
    """The appointment that gives it: the unit's own before one above."""
    chain: list[int] | None = None
    above: Appointment | None = None
    for held in offices_here(db, member_id, now=now):
        reach = RIGHTS[Role(held.role)].get(right)
        if reach in (RightReach.OWN, RightReach.BELOW) and held.unit_id == unit_id:
            return held
        if reach is RightReach.BELOW and above is None:
            chain = chain if chain is not None else ancestor_ids(db, unit_id)
            above = held if held.unit_id in chain else None
    return above


def topmost_unit(db: Session, member_id: int, right: Right, unit_id: int, *, now: datetime) -> int:
    """Return the highest unit by which the member holds `right` over this one."""
    chain, found = ancestor_ids(db, unit_id), []
    for held in offices_here(db, member_id, now=now):
        reach = RIGHTS[Role(held.role)].get(right)
        if (reach is RightReach.OWN and held.unit_id == unit_id) or (
            reach is RightReach.BELOW and held.unit_id in chain
        ):
            found.append(chain.index(held.unit_id))
    if not found:
        raise NotEntitled
    return chain[max(found)]


def rights_of(db: Session, offices: Collection[Appointment]) -> set[Right]:
    """Return what these offices allow in a unit that is still open, whatever they reach there."""
    if not offices:
        return set()
    units = select(Unit.id).where(Unit.id.in_({one.unit_id for one in offices}), Unit.closed_at.is_(None))
    still_open = set(db.scalars(units))
    tables = [RIGHTS[Role(one.role)] for one in offices if one.unit_id in still_open]
    return {right for table in tables for right, reach in table.items() if reach is not RightReach.ASSIGNED}


def units_where(db: Session, member_id: int, right: Right, *, now: datetime) -> list[Unit]:
    """Return the units over which the member holds `right` now, in the order of their names."""
    ids: set[int] = set()
    for held in offices_here(db, member_id, now=now):
        reach = RIGHTS[Role(held.role)].get(right)
        if reach is RightReach.OWN:
            ids.add(held.unit_id)
        elif reach is RightReach.BELOW:
            ids |= subtree_ids(db, held.unit_id)
    if not ids:  # most people hold no office: a menu asks for each of its rights
        return []
    units = db.scalars(select(Unit).where(Unit.id.in_(ids), Unit.closed_at.is_(None)))
    return sorted(units, key=lambda unit: unit.folded)


def units_with(db: Session, unit_ids: Collection[int], role: Role, *, now: datetime) -> set[int]:
    """Return those of the units where somebody holds the role, be it asleep; in one query."""
    held = select(Appointment.unit_id).where(
        Appointment.unit_id.in_(unit_ids), Appointment.role == role, *holding(now, asleep=True)
    )
    return set(db.scalars(held))


def holding(now: datetime, *, asleep: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions for an appointment to hold: begun, not ended and, unless `asleep`, awake."""
    begun = Appointment.begins_at <= now
    lasting = or_(Appointment.ends_at.is_(None), Appointment.ends_at > now)
    return [begun, lasting] if asleep else [begun, lasting, Appointment.asleep_since.is_(None)]
