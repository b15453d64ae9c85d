"""The first days of a secretary: what comes first, what comes next, until the first summary of a week has come.

    ROSTER  somebody but the secretary stands on it
    INVITES everybody who works away has an account, or has been sent an invite
    SUMMARY the first weekly summary since they came has gone out

Nothing is stored: each step is done when the rows say so, and with the last one the guide is gone.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy.orm import Session

from models.desk.digest import digest_day, next_digest
from models.desk.policy import DigestPolicy
from models.entry.invite import invite_states
from models.people.member import account_of, accounts_of, contact_answers, is_within_reach, roster
from models.people.rights import Role, appointments
from models.people.unit import Unit


class FirstStep(StrEnum):
    ROSTER = "roster"
    INVITES = "invites"
    SUMMARY = "summary"


class Beginning(NamedTuple):
    """What is still ahead, the next first, and when the first summary comes."""

    ahead: tuple[FirstStep, ...]
    summary_at: datetime | None


def beginning(
    db: Session, cell: Unit, member_id: int, policy: DigestPolicy, *, now: datetime
) -> Beginning | None:
    """Return what a new secretary has before them; None: nothing, or they are no secretary here."""
    held = [
        one
        for one in appointments(db, member_id, now=now)
        if one.unit_id == cell.id and one.role == Role.SECRETARY
    ]
    account = account_of(db, member_id)
    if not held or account is None:
        return None
    day = digest_day(held[0], policy)
    since = max(held[0].begins_at, account.linked_at)
    at = next_digest(day, policy, now=since) if day is not None else None
    if at is not None and now >= at and _has_people(db, cell.id, member_id):
        return None  # the first week is over
    ahead = [FirstStep.SUMMARY] if at is not None and now < at else []
    if not _has_people(db, cell.id, member_id):
        ahead[:0] = [FirstStep.ROSTER, FirstStep.INVITES]
    elif _uninvited(db, cell.id, now=now):
        ahead[:0] = [FirstStep.INVITES]
    return Beginning(tuple(ahead), at) if ahead else None


def _has_people(db: Session, cell_id: int, member_id: int) -> bool:
    return any(one.id != member_id for one in roster(db, cell_id))


def _uninvited(db: Session, cell_id: int, *, now: datetime) -> bool:
    """Whether somebody away has neither an account nor an invite, and has not said no."""
    away = [one for one in roster(db, cell_id) if one.place_code is not None]
    ids = [one.id for one in away]
    invited, agreed, told = invite_states(db, ids, now=now), contact_answers(db, ids), accounts_of(db, ids)
    return any(
        one not in invited
        and agreed.get(one) is not False
        and not (one in told and is_within_reach(told[one]))
        for one in ids
    )
