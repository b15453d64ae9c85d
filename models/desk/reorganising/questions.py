"""Who may change a unit, what a change would move, and whether one can still be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.desk.office import current_stand_in
from models.desk.policy import UnitsPolicy
from models.desk.reorganising.moving import about
from models.desk.reorganising.places import Goes, that_go
from models.entry.invite import ALIVE, Invite
from models.ground.base import Base
from models.ground.errors import Refused
from models.ground.names import fold
from models.people.member import Member, Standing, roster
from models.people.rights import Appointment, NotEntitled, Right, Role, holders, holding, may, require
from models.people.unit import ORDER, Unit, UnitKind, subtree_ids, units_below
from models.people.unit_change import ChangeKind, UnitChange, changes_of
from models.phrases.desk import reorganising as phrases


class ChangeRefused(Refused):
    """The change does not fit how the units stand; the phrase says what does."""


# --- rights ---------------------------------------------------------------------------------------------------------


def parties(kind: ChangeKind, unit: Unit, other: Unit | None = None) -> list[int]:
    """Return the units over all of which one has to have CREATE_UNIT: whoever stands above each one that is changed.

    Where nobody stands above a unit here, its own officers may write down another name, and no more.
    """
    above = unit.parent_id or (unit.id if kind is ChangeKind.RENAME else None)
    if above is None:
        raise ChangeRefused(phrases.nobody_above(name=unit.name))
    if kind is ChangeKind.MOVE and other is not None:
        return [above, other.id]
    if kind is ChangeKind.MERGE and other is not None:
        if other.parent_id is None:
            raise ChangeRefused(phrases.nobody_above(name=other.name))
        return [above, other.parent_id]
    return [above]


def check_above(db: Session, by_id: int, units: Iterable[int], *, now: datetime) -> None:
    """Refuse whoever does not stand above all of them."""
    for unit_id in units:
        require(db, by_id, Right.CREATE_UNIT, unit_id, now=now)


def parties_of(db: Session, change: UnitChange) -> set[int]:
    """Return the units over all of which one has to have CREATE_UNIT to undo it; one that moved stood elsewhere before."""
    unit, other = db.get_one(Unit, change.unit_id), db.get(Unit, change.other_id or 0)
    before = [int(put.before or 0) for put in change.journal.of("unit.parent_id") if unit.id in put.ids]
    return {*parties(ChangeKind(change.kind), unit, other), *before}


def may_undo(db: Session, change: UnitChange, by_id: int, *, now: datetime) -> bool:
    """Return whether this person stands above all that the change was about."""
    return all(may(db, by_id, Right.CREATE_UNIT, one, now=now) for one in parties_of(db, change))


def may_change(db: Session, by_id: int, kind: ChangeKind, unit: Unit, *, now: datetime) -> bool:
    """Return whether this kind of change may be begun by this person: the other unit is asked about when it is chosen."""
    try:
        check_above(db, by_id, parties(kind, unit), now=now)
    except (NotEntitled, ChangeRefused):
        return False
    return True


# --- what could be ---------------------------------------------------------------------------------------------------


def heirs(db: Session, unit: Unit, by_id: int, *, now: datetime) -> list[Unit]:
    """Return the units that could take this one over: of its kind, and below who asks; the nearest first."""
    alike = select(Unit).where(Unit.kind == unit.kind, Unit.closed_at.is_(None), Unit.id != unit.id)
    found = [one for one in db.scalars(alike.order_by(Unit.folded, Unit.id)) if one.parent_id is not None]
    mine = [one for one in found if may(db, by_id, Right.CREATE_UNIT, one.parent_id or 0, now=now)]
    return sorted(mine, key=lambda one: one.parent_id != unit.parent_id)


def new_parents(db: Session, unit: Unit, by_id: int, *, now: datetime) -> list[Unit]:
    """Return the units below which this one could stand."""
    kinds = [kind.value for kind in ORDER[: ORDER.index(UnitKind(unit.kind))]]
    higher = select(Unit).where(Unit.kind.in_(kinds), Unit.closed_at.is_(None), Unit.id != unit.parent_id)
    below = subtree_ids(db, unit.id)
    found = [one for one in db.scalars(higher.order_by(Unit.folded, Unit.id)) if one.id not in below]
    return [one for one in found if may(db, by_id, Right.CREATE_UNIT, one.id, now=now)]


def leading(db: Session, unit: Unit, *, now: datetime) -> int | None:
    """Return the secretary who stands on the cell's own roster, without an officer who only stands in."""
    stand_in = current_stand_in(db, unit.id, now=now)
    for one in holders(db, unit.id, Role.SECRETARY, now=now):
        if db.get_one(Member, one).cell_id == unit.id and (stand_in is None or stand_in.officer_id != one):
            return one
    return None


def deputies_of(db: Session, unit: Unit, *, now: datetime) -> list[int]:
    """Return the cell's deputies who may hold an office: official members of its own roster."""
    held = [db.get_one(Member, one) for one in holders(db, unit.id, Role.DEPUTY, now=now)]
    return [one.id for one in held if one.cell_id == unit.id and one.standing == Standing.OFFICIAL]


def named_in(db: Session, cell: Unit, lines: Iterable[str]) -> tuple[list[Member], list[str]]:
    """Return who on the roster is named in these lines, and the lines that name nobody, or several.

    Whoever types has the decision with its list of names, and not the roster: a year of birth tells namesakes apart.
    """
    here, found, unclear = roster(db, cell.id), [], []
    for line in lines:
        name, _, year = line.partition(",")
        fits = [one for one in here if fold(one.own_name) == fold(" ".join(name.split()))]
        if year.strip():
            fits = [one for one in fits if str(one.birth_year) == year.strip()]
        if len(fits) == 1:
            found.append(fits[0])
        else:
            unclear.append(line)
    return list(dict.fromkeys(found)), unclear


# --- what would move -------------------------------------------------------------------------------------------------


def affected_by(db: Session, unit: Unit, *, now: datetime) -> list[int]:
    """Return whom a change of the unit concerns: of a cell everybody, of a committee whoever holds an office in it or below."""
    held = select(Appointment.member_id).where(
        Appointment.unit_id.in_(units_below(unit.id)), *holding(now, asleep=True)
    )
    people = [one.id for one in roster(db, unit.id)] if unit.kind == UnitKind.CELL else []
    return list(dict.fromkeys([*people, *db.scalars(held)]))


def what_moves(
    db: Session, unit: Unit, people: Collection[int] | None = None, *, now: datetime
) -> dict[str, int]:
    """Count what would go along, table by table: all of the unit, or what is about some people. No name, no state.

    `invite` and `appointment` are those that are open.
    """
    columns = that_go(Goes.PERSON) + (that_go(Goes.SUCCESSOR) if people is None else [])
    counts: dict[str, int] = {}
    for column in columns:
        name, _, of = column.partition(".")
        table = Base.metadata.tables[name]
        whose = [about(column, people)] if people is not None else []
        rows = select(func.count()).select_from(table).where(table.c[of] == unit.id, *whose)
        counts[name] = max(counts.get(name, 0), db.scalar(rows) or 0)
    mine = Member.id.in_(people) if people is not None else Member.cell_id == unit.id
    here = select(Member.id).where(mine, Member.left_at.is_(None))
    counts["member"] = db.scalar(select(func.count()).select_from(here.subquery())) or 0
    alive = select(func.count()).where(Invite.member_id.in_(here), Invite.state.in_(ALIVE))
    held = select(func.count()).where(Appointment.unit_id == unit.id, *holding(now, asleep=True))
    if people is not None:
        held = held.where(Appointment.member_id.in_(people))
    return counts | {"invite": db.scalar(alive) or 0, "appointment": db.scalar(held) or 0}


# --- whether it can be undone ----------------------------------------------------------------------------------------


def check_undoable(db: Session, change: UnitChange, policy: UnitsPolicy, *, now: datetime) -> None:
    """Refuse what is too long ago, and what another change has built upon: that one is undone first."""
    if now > change.at + timedelta(hours=policy.undo_hours):
        raise ChangeRefused(phrases.too_late(hours=policy.undo_hours))
    units = [change.unit_id, *([change.other_id] if change.other_id else [])]
    for one in (later for unit_id in units for later in changes_of(db, unit_id)):
        if one.undone_at is None and (one.at, one.id) > (change.at, change.id):
            raise ChangeRefused(phrases.newer_first())
