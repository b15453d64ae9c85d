"""Who may say who somebody is. Two cases are kept apart:

    light   nobody here before, no office: the number that the roster had before the invite; else whoever looks after
            them, also the inviter, which is written down
    heavy   who is or was registered, who holds an office or keeps in touch with somebody, whose number the desk changed
            since the invite: never who sent the invite or changed the number, nor who owes their office to these; another of the cell, or who is above

A number proves something only as far as the desk did not put it there: of one who was registered, the number that was
shown to be their own; of one who was not, the number that stood there before they were invited.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.entry.invite import Invite, confirmers, is_own_link, units_of
from models.entry.policy import InvitePolicy
from models.people.assignment import assigned_members
from models.people.member import Member, Proof, account_at, account_of, has_phone, was_registered
from models.people.rights import DESK, Appointment, Role, appointments, desk_of, holders, officers_above
from models.people.unit import ancestor_ids

OFFICES = frozenset(Role) - {Role.CONTACT}

# --- light or heavy -------------------------------------------------------------------------------------------------


def is_heavy(db: Session, invite: Invite, member: Member, *, now: datetime) -> bool:
    """Return whether becoming this person would give more than a first registration does."""
    return (
        was_registered(db, member.id)
        or bool(offices_held(db, member.id, now=now))
        or bool(assigned_members(db, member.id, now=now))  # who may have chosen them for what is private
        or _changed_since(member, invite.created_at)
    )


def offices_held(db: Session, member_id: int, *, now: datetime) -> list[Appointment]:
    """Return what a member holds now, sleeping offices included."""
    held = appointments(db, member_id, now=now, asleep=True)
    return [one for one in held if one.role in OFFICES]


def phone_proves(db: Session, invite: Invite, member: Member, phone: str, policy: InvitePolicy) -> bool:
    """Return whether a number shared as their own shows that it is them."""
    if not phone or not has_phone(member, phone):
        return False
    if was_registered(db, member.id):
        return member.phone_proved_at is not None
    if member.phone_changed_at is None or member.phone_changed_by == member.id:
        return True
    return member.phone_changed_at < invite.created_at - policy.phone_settles


def _changed_since(member: Member, moment: datetime) -> bool:
    changed = member.phone_changed_at
    return changed is not None and changed >= moment and member.phone_changed_by != member.id


# --- who may say so -------------------------------------------------------------------------------------------------


def entitled(db: Session, invite: Invite, member: Member, *, now: datetime) -> list[int]:
    """Return who may say that it is them: those of the cell, then the nearest officers above. Nobody of themselves."""
    came = claimant(db, invite)
    found = _entitled(db, invite, member, now=now)
    return [one for one in found if came is None or one != came.id]


def claimant(db: Session, invite: Invite) -> Member | None:
    """Return who is here already and has opened another's invite as their own; None: nobody of these."""
    claim = invite.claim
    account = account_at(db, claim.address) if claim is not None else None
    found = db.get(Member, account.member_id) if account is not None else None
    return found if found is not None and found.id != invite.member_id else None


def _entitled(db: Session, invite: Invite, member: Member, *, now: datetime) -> list[int]:
    if not is_heavy(db, invite, member, now=now):
        return confirmers(db, member, now=now)
    barred = who_is_barred(db, invite, member, now=now)
    found: list[int] = []
    for unit_id in units_of(db, member, now=now):
        owing = _owing(db, unit_id, barred)
        found += [one for one in desk_of(db, unit_id, now=now) if not owing & _owing(db, unit_id, {one})]
        found += officers_above(db, unit_id, but=barred, now=now)
    return [one for one in dict.fromkeys(found) if one not in barred]


def who_is_barred(db: Session, invite: Invite, member: Member, *, now: datetime) -> set[int]:
    """Return who may not confirm: themselves, whoever sent the invite, and whoever changed the number.

    An officer with an office to give may send its first holder in: they named them, and could have named anybody. Where the
    person's own account has asked, the number on the roster proves nothing, and its author could not have asked.
    """
    if is_own_link(invite) and account_of(db, member.id) is not None:
        return {member.id}
    if offices_held(db, member.id, now=now) and is_named(db, invite, member, now=now):
        return {member.id}
    changed_by = member.phone_changed_by if member.phone_proved_at is None else None
    return {member.id} | {one for one in (invite.by_id, changed_by) if one is not None}


def proof_of(db: Session, invite: Invite, member: Member, by_id: int, *, now: datetime) -> Proof:
    """Return what the word of `by_id` is worth."""
    if by_id == invite.by_id:
        return Proof.INVITER
    above = [unit for own in units_of(db, member, now=now) for unit in ancestor_ids(db, own)]
    is_officer = any(by_id in holders(db, unit, Role.OFFICER, now=now) for unit in above)
    return Proof.COMMITTEE if is_officer else Proof.SECOND_PERSON


# --- offices --------------------------------------------------------------------------------------------------------


def is_named(db: Session, invite: Invite, member: Member, *, now: datetime) -> bool:
    """Return whether somebody comes first by the invite of one who named them to all that they hold, or could have.

    That is the operator, an officer above, and for deputies the secretary whose own choice they are.
    """
    if was_registered(db, member.id) or _changed_since(member, invite.created_at):
        return False
    held = offices_held(db, member.id, now=now)
    return invite.by_id is None or all(_names(db, invite.by_id, one, now=now) for one in held)


def _names(db: Session, by_id: int, held: Appointment, *, now: datetime) -> bool:
    return held.by_id == by_id if held.role == Role.DEPUTY else by_id in wakers(db, held, now=now)


def wakers(db: Session, held: Appointment, *, now: datetime) -> list[int]:
    """Return who can give an office back: all officers above it. Where there is none, the operator does."""
    above = ancestor_ids(db, held.unit_id)[1:]
    found = [one for unit_id in above for one in holders(db, unit_id, Role.OFFICER, now=now)]
    return [one for one in dict.fromkeys(found) if one != held.member_id]


# --- who owes an office to whom -------------------------------------------------------------------------------------


def _owing(db: Session, unit_id: int, people: set[int]) -> set[int]:
    """These people and those of the unit to whom they owe their office there: they do not count as two.

    A secretary names deputies, and hands the office over. Otherwise one person could name their own second person.
    """
    found, ahead = set(people), set(people)
    while ahead:
        named = select(Appointment.by_id).where(
            Appointment.unit_id == unit_id,
            Appointment.member_id.in_(ahead),
            Appointment.role.in_(DESK),
            Appointment.by_id.in_(
                select(Appointment.member_id).where(
                    Appointment.unit_id == unit_id, Appointment.role.in_(DESK)
                )
            ),
        )
        ahead = {one for one in db.scalars(named) if one is not None} - found
        found |= ahead
    return found
