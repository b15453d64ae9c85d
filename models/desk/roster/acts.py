"""What is done to a roster as a whole, and to a person's place on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import OWING, Checkin, CheckinState, close_checkins, plan_checkin
from models.contact.policy import CheckinPolicy
from models.delivery.message import Lane, Message
from models.desk.office import let_go
from models.desk.roster.comparison import FIELDS, Comparison, Facts, compare_roster, facts, row_facts
from models.desk.roster.rows import Column, RosterRow
from models.entry.invite import ALIVE, newest_invite, revoke_invite
from models.entry.register import change_number
from models.people.member import (
    Member,
    Standing,
    add_member,
    change_member,
    close_accounts,
    roster,
    tell,
)
from models.people.rights import appointments, end_appointment
from models.people.trail import record_act
from models.phrases.desk import roster_talk as phrases


def import_roster(
    db: Session,
    cell_id: int,
    rows: Sequence[RosterRow],
    policy: CheckinPolicy,
    *,
    by_id: int,
    now: datetime,
) -> Comparison:
    """Take over what the rows say; what is unclear stays as it is. What was done, as the comparison that led to it."""
    compared = compare_roster(db, cell_id, rows)
    for row in compared.new:
        add_row(db, cell_id, row, by_id=by_id, now=now)
    for update in compared.changed:
        change_facts(db, update.member, update.after, policy, by_id=by_id, now=now)
    return compared


def add_row(db: Session, cell_id: int, row: RosterRow, *, by_id: int, now: datetime) -> Member:
    member = add_member(db, cell_id=cell_id, now=now, **_fields(row_facts(row)))
    record_act(db, "roster.add", by_id=by_id, now=now, member_id=member.id)
    return member


def change_facts(
    db: Session, member: Member, changes: Facts, policy: CheckinPolicy, *, by_id: int, now: datetime
) -> None:
    """Correct some columns of one member; a new place has a new clock, by which the next check-in is planned."""
    before = facts(member)
    if Column.PHONE in changes:
        phone = changes[Column.PHONE]
        change_number(db, member, str(phone) if phone else None, by_id=by_id, now=now)
    moved = Column.PLACE in changes and changes[Column.PLACE] != member.place_code
    change_member(member, **_fields(before | changes))
    db.flush()
    fresh = (one for one in changes if changes[one] != before[one] and one is not Column.PHONE)
    for column in fresh:
        record_act(db, "roster.change", by_id=by_id, now=now, member_id=member.id, detail=str(column))
    if moved:
        plan_checkin(db, member, policy, now=now)


def _fields(known: Facts) -> dict[str, Any]:
    fields: dict[str, Any] = {FIELDS[column]: value for column, value in known.items()}
    return fields | {"standing": Standing(fields["standing"])}


def replan_cell(db: Session, cell_id: int, policy: CheckinPolicy, *, now: datetime) -> None:
    """Plan the next check-in of everybody who follows the cell's rhythm, because it has changed."""
    for member in roster(db, cell_id):
        if member.rhythm is None:
            plan_checkin(db, member, policy, now=now)


def leave_roster(
    db: Session, member: Member, policy: CheckinPolicy, *, by_id: int | None, now: datetime
) -> None:
    """Take a person off the list in this program: told, account closed, invites revoked, no more questions."""
    # first of all: afterwards no account is left at which they are told
    tell(db, member, Message(phrases.you_left()), key=f"roster.left:{member.id}", lane=Lane.ALERT, now=now)
    member.left_at = now
    record_act(db, "roster.remove", by_id=by_id, now=now, member_id=member.id)
    close_accounts(db, member.id, now=now)
    invite = newest_invite(db, member.id)
    if invite is not None and invite.state in ALIVE:
        revoke_invite(db, invite, now=now, by_id=by_id)
    for held in appointments(db, member.id, now=now, asleep=True):
        if held.unit_id == member.cell_id:
            end_appointment(db, held, by_id=by_id, now=now)
    db.flush()
    let_go(db, member.id, now=now)
    _stop_asking(db, member, policy, now=now)


def _stop_asking(db: Session, member: Member, policy: CheckinPolicy, *, now: datetime) -> None:
    plan_checkin(db, member, policy, now=now)  # takes away what was planned; nobody off the roster is asked
    unsettled = OWING | {CheckinState.EXCUSED, CheckinState.SCHEDULED}
    open_ones = select(Checkin).where(Checkin.member_id == member.id, Checkin.state.in_(unsettled))
    close_checkins(db, db.scalars(open_ones).all(), now=now)
