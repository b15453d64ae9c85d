"""Offices that sleep, and what is held back, until somebody above has said that it is them.

linked from another chat, proved by no more than the desk holds ──> offices asleep, nothing private shown
an officer above, or the operator: "it is them"                 ──> awake, shown       (vouch)
old account, return code                                        ──> never asleep, never held back
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.delivery.conversation import move_conversations
from models.entry.identity import offices_held, wakers
from models.entry.invite import Invite, InviteState, units_of
from models.ground.errors import Refused
from models.people.member import Account, Member, Proof, account_at, accounts_ever, open_accounts
from models.people.rights import NOT_PLANNED, Appointment, NotEntitled, Role, holders, holding, officers_above
from models.people.secret import drop_pin
from models.people.unit import Unit
from models.phrases.entry import identity as phrases

OWN_PROOFS = frozenset({Proof.OLD_ACCOUNT, Proof.RETURN_CODE})  # what the desk does not hold

# --- asleep ---------------------------------------------------------------------------------------------------------


def put_to_sleep(
    db: Session,
    invite: Invite,
    member: Member,
    proof: Proof,
    *,
    by_id: int | None,
    named: bool,
    now: datetime,
) -> list[Appointment]:
    """Let sleep what this link does not give back; `named`: `is_named` before the chat was linked. What sleeps now."""
    if proof in OWN_PROOFS or proof is Proof.OPERATOR or named:
        return []
    held = [one for one in offices_held(db, member.id, now=now) if one.asleep_since is None]
    sleeping = [one for one in held if by_id is None or by_id not in wakers(db, one, now=now)]
    for one in sleeping:
        one.asleep_since = now
    db.flush()
    return sleeping


def sleeping_offices(db: Session, member_id: int, *, now: datetime) -> list[Appointment]:
    return [one for one in offices_held(db, member_id, now=now) if one.asleep_since is not None]


# --- awake ----------------------------------------------------------------------------------------------------------


def vouchers(db: Session, member: Member, *, now: datetime) -> list[int]:
    """Return who above may say that it is them, without the sender of their invite and whoever changed their number."""
    barred = {member.id, *_senders(db, member)}
    sleeping = sleeping_offices(db, member.id, now=now)
    if sleeping:
        found = [one for held in sleeping for one in wakers(db, held, now=now)]
    else:
        units = units_of(db, member, now=now)
        found = [one for unit in units for one in officers_above(db, unit, now=now, but=barred)]
    return [one for one in dict.fromkeys(found) if one not in barred]


def people_to_vouch(db: Session, by_id: int, *, now: datetime) -> list[Member]:
    """Return those for whom this officer may vouch (an office sleeps, a chat has yet to be trusted), by name."""
    units = units_under_officer(db, by_id, now=now)
    asleep = select(Appointment.member_id).where(
        Appointment.unit_id.in_(units), Appointment.asleep_since.is_not(None), *holding(now, asleep=True)
    )
    untrusted = (
        select(Account.member_id)
        .join(Member, Member.id == Account.member_id)
        .where(Account.closed_at.is_(None), Account.trusted_at.is_(None), Member.cell_id.in_(units))
    )
    people = select(Member).where(Member.id.in_(asleep.union(untrusted))).order_by(Member.sort_key, Member.id)
    return [one for one in db.scalars(people) if by_id in vouchers(db, one, now=now)]


def people_held_back(db: Session, *, now: datetime) -> list[Member]:
    """Return everybody whose office sleeps or whose chat has yet to be trusted, by name."""
    asleep = select(Appointment.member_id).where(
        Appointment.asleep_since.is_not(None), *holding(now, asleep=True)
    )
    untrusted = select(Account.member_id).where(Account.closed_at.is_(None), Account.trusted_at.is_(None))
    people = select(Member).where(Member.id.in_(asleep.union(untrusted)))
    return list(db.scalars(people.order_by(Member.sort_key, Member.id)))


def units_under_officer(db: Session, by_id: int, *, now: datetime) -> Select[tuple[int]]:
    """Return the ids of units where somebody is an officer, and of all below, for use within a statement."""
    held = select(Appointment.unit_id).where(
        Appointment.member_id == by_id, Appointment.role == Role.OFFICER, *holding(now)
    )
    tree = select(Unit.id).where(Unit.id.in_(held)).cte("below_officer", recursive=True)
    tree = tree.union_all(select(Unit.id).join(tree, Unit.parent_id == tree.c.id))
    return select(tree.c.id)


def _senders(db: Session, member: Member) -> set[int]:
    used = select(Invite).where(Invite.member_id == member.id, Invite.state == InviteState.USED)
    newest = db.scalars(used.order_by(Invite.settled_at.desc(), Invite.id.desc()).limit(1)).first()
    changed_by = member.phone_changed_by if member.phone_proved_at is None else None
    return {one for one in (newest.by_id if newest else None, changed_by) if one is not None}


def vouch(db: Session, member: Member, *, by_id: int | None, now: datetime) -> list[Appointment]:
    """Vouch for them: what sleeps wakes, what was held back is shown. `by_id` None: the operator says so.

    Give back the offices that woke; an officer wakes only what is below them. Raises NotEntitled.
    """
    if by_id is not None and by_id not in vouchers(db, member, now=now):
        raise NotEntitled
    sleeping = sleeping_offices(db, member.id, now=now)
    woken = [one for one in sleeping if by_id is None or by_id in wakers(db, one, now=now)]
    for one in woken:
        _wake(db, one, now=now)
    for account in open_accounts(db, member.id):
        if account.trusted_at is not None:
            continue
        account.confirmed_by = by_id
        account.proof = Proof.OPERATOR if by_id is None else Proof.COMMITTEE
        drop_pin(db, member.id)  # it may be what they have lost; the next one is theirs to choose
        trust(db, account, now=now)
    return woken


def wake_own(db: Session, member: Member, *, now: datetime) -> None:
    """Wake what sleeps of one who has proved themselves; an office that another holds meanwhile goes on sleeping."""
    for one in sleeping_offices(db, member.id, now=now):
        if not _others_there(db, one, now=now):
            _wake(db, one, now=now)


def _others_there(db: Session, held: Appointment, *, now: datetime) -> list[int]:
    return holders(db, held.unit_id, Role.SECRETARY, now=now) if held.role == Role.SECRETARY else []


def _wake(db: Session, held: Appointment, *, now: datetime) -> None:
    """Refuse while another holds the secretary's office: there is one."""
    if others := _others_there(db, held, now=now):
        names = [db.get_one(Member, one).full_name for one in others]
        raise Refused(phrases.held_by_another(names=names, unit=db.get_one(Unit, held.unit_id).name))
    held.asleep_since, held.next_digest_at = None, NOT_PLANNED
    db.flush()


def trust(db: Session, account: Account, *, now: datetime) -> None:
    """Trust the chat with what is its person's alone; drafts of the chats that they had move to it."""
    account.trusted_at = now
    for address in {one.address for one in accounts_ever(db, account.member_id)} - {account.address}:
        if account_at(db, address) is None:  # it may be another person's by now
            move_conversations(db, old=address, new=account.address)
    db.flush()
