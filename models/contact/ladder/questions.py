"""Questions: what is due, who is on a ladder, whom must somebody call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from models.contact.ladder.rows import Ladder, LadderAlert, LadderMove
from models.ground.base import Soonest, locked
from models.ground.steps import LAST_RUNG, Rung
from models.people.assignment import Assignment, contacts_of, may_see_member
from models.people.member import TOLD, UNREACHABLE, Account, Member
from models.people.rights import Right, desk_of

OPEN = Ladder.ended_at.is_(None)


def due_ladders(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of those with which time has something to do now, neighbours of a cell together, for one message."""
    due = select(Ladder.id).where(Ladder.next_at <= now)
    return list(db.scalars(due.order_by(Ladder.next_at, Ladder.cell_id, Ladder.id).limit(limit)))


next_ladder_at = Soonest(Ladder.next_at)


def lock_ladders(db: Session, ids: Sequence[int]) -> list[Ladder]:
    """Lock these rows for this transaction and return them. Rows in another's hands are left out (PostgreSQL)."""
    rows = select(Ladder).where(Ladder.id.in_(ids)).order_by(Ladder.day_zero, Ladder.id)
    return locked(db, rows)


def open_ladder(db: Session, member_id: int) -> Ladder | None:
    return db.scalars(select(Ladder).where(Ladder.member_id == member_id, OPEN)).first()


def silent_already(db: Session, member_ids: Collection[int]) -> set[int]:
    """Return those of them with a ladder that is open."""
    return set(db.scalars(select(Ladder.member_id).where(Ladder.member_id.in_(member_ids), OPEN)))


def ladders_open(db: Session, cell_id: int) -> list[Ladder]:
    """Return the cell's open ladders, the oldest silence first."""
    mine = select(Ladder).where(Ladder.cell_id == cell_id, OPEN)
    return list(db.scalars(mine.order_by(Ladder.day_zero, Ladder.id)))


def moves_of(db: Session, ladder_id: int) -> list[LadderMove]:
    rows = select(LadderMove).where(LadderMove.ladder_id == ladder_id)
    return list(db.scalars(rows.order_by(LadderMove.at, LadderMove.id)))


def alerted(db: Session, ladder_id: int) -> list[int]:
    """Return the ids of those who were told of this silence, in that order."""
    rows = select(LadderAlert.told_id).where(LadderAlert.ladder_id == ladder_id)
    return list(db.scalars(rows.order_by(LadderAlert.at, LadderAlert.id)))


def may_take(db: Session, by_id: int, member: Member, *, now: datetime) -> bool:
    """Return whether it is secretary, deputy or whoever keeps in touch with the member, by what they hold now."""
    return by_id != member.id and may_see_member(db, by_id, member, now=now, right=Right.RECORD_CONTACT)


def people_on(db: Session, ladder: Ladder, rung: Rung | None, *, now: datetime) -> list[int]:
    """Return who stands on the ladder up to `rung`, by what they hold now. Members never stand on their own."""
    member = db.get_one(Member, ladder.member_id)
    contacts: list[int] = []
    if rung is not None:
        assigned = [one.contact_id for one in contacts_of(db, member.id, now=now)]
        contacts = [one for one in assigned if may_take(db, one, member, now=now)]
    desk = desk_of(db, ladder.cell_id, now=now)
    on = contacts if rung is Rung.CONTACT else [*contacts, *desk]
    return [one for one in dict.fromkeys(on) if one != member.id]


# --- the call list --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call:
    """One member who is to be called, and who has promised to."""

    ladder: Ladder
    member: Member
    contacts: tuple[str, ...]  # names of those who keep in touch now
    owner: str | None

    def days(self, now: datetime) -> int | None:
        """Return the days since the last word of them, through any channel; None: there never was any."""
        return self.member.days_unheard(now)

    @property
    def is_at_the_end(self) -> bool:
        """Every step was tried."""
        return self.ladder.rung == LAST_RUNG


def call_list(db: Session, cell_id: int, *, now: datetime) -> list[Call]:
    """Return everybody of the cell with an open ladder, the oldest silence first. Always three queries."""
    owner = aliased(Member)
    rows = db.execute(
        select(Ladder, Member, owner.full_name)
        .join(Member, Member.id == Ladder.member_id)
        .outerjoin(owner, owner.id == Ladder.owner_id)
        .where(Ladder.cell_id == cell_id, OPEN)
        .order_by(Ladder.day_zero, Ladder.due_at, Member.sort_key)
    ).all()
    names = _contact_names(db, cell_id, now=now) if rows else {}
    return [Call(ladder, member, tuple(names.get(member.id, ())), name) for ladder, member, name in rows]


def one_call(db: Session, ladder: Ladder, *, now: datetime) -> Call:
    """Return the same of one ladder, also of one that has ended."""
    member = db.get_one(Member, ladder.member_id)
    owner = db.get(Member, ladder.owner_id) if ladder.owner_id else None
    names = [
        db.get_one(Member, one.contact_id).full_name
        for one in contacts_of(db, member.id, now=now)
        if may_take(db, one.contact_id, member, now=now)
    ]
    return Call(ladder, member, tuple(dict.fromkeys(names)), owner.full_name if owner else None)


def _contact_names(db: Session, cell_id: int, *, now: datetime) -> dict[int, list[str]]:
    contact = aliased(Member)
    rows = db.execute(
        select(Assignment.member_id, contact.full_name)
        .join(Ladder, Ladder.member_id == Assignment.member_id)
        .join(contact, contact.id == Assignment.contact_id)
        .where(Ladder.cell_id == cell_id, OPEN, contact.left_at.is_(None), contact.cell_id == cell_id)
        .where(Assignment.begins_at <= now, Assignment.ends_at.is_(None) | (Assignment.ends_at > now))
        .order_by(Assignment.ends_at.is_(None), Assignment.begins_at)
    )
    found: dict[int, list[str]] = {}
    for member_id, name in rows:
        if name not in found.setdefault(member_id, []):
            found[member_id].append(name)
    return found


def reached_committee(
    db: Session, cell_ids: Collection[int], *, among: ColumnElement[bool] | None = None
) -> dict[int, int]:
    """Return by cell how many silences have come to the committee's count.

    Members whom no message reaches are not counted. `among`: a condition on Member, such as "has agreed to be
    counted". A cell without any is left out.
    """
    reached = (
        select(Ladder.cell_id, func.count(Ladder.id))
        .join(Member, Member.id == Ladder.member_id)
        .join(Account, (Account.member_id == Member.id) & TOLD)
        .where(Ladder.cell_id.in_(cell_ids), OPEN, Ladder.rung == LAST_RUNG, Member.left_at.is_(None))
        .where(Account.reachability.not_in(UNREACHABLE))
    )
    if among is not None:
        reached = reached.where(among)
    rows = db.execute(reached.group_by(Ladder.cell_id))
    return {cell_id: count for cell_id, count in rows}
