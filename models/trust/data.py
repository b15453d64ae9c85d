"""What is held about one member: seen, taken out, corrected.

    own_data          everything, as plain values: it becomes the .json and the page to read

What a new room keeps about a member is found by `models/people/held.py` without being named here.
Consents: models/trust/consent.py. Deletion: models/trust/erasure.py.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, plan_checkin
from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Lane, Message
from models.entry.invite import confirmers
from models.ground.sealing import new_id
from models.people.held import acts_of, chats_of, people_in, record, records_about, records_in_chats
from models.people.member import Member, set_member_place, tell
from models.people.rights import Right, may
from models.people.unit import Unit
from models.phrases.text import Text
from models.phrases.trust import data as phrases


class OwnData(BaseModel):
    """Everything that is held about a member, row by row as it is kept; moments in UTC."""

    made_at: datetime
    person: dict[str, Any]  # the member's own row, with the name of the cell
    records: dict[str, list[dict[str, Any]]]  # rows about the member, table by table
    acts: dict[str, list[dict[str, Any]]]  # rows about others in which the member acted: when, what, as whom
    chats: dict[str, list[dict[str, Any]]]  # drafts; what arrived and what was said, without the words
    people: dict[int, str]  # the names behind the ids of people in `records`
    left_out: dict[str, str]  # what is not here, and why


# --- questions ------------------------------------------------------------------------------------------------------


def own_data(db: Session, member: Member, *, now: datetime) -> OwnData:
    """Return everything held about `member`, the newest first."""
    records = dict(records_about(db, member.id))
    cell = db.get(Unit, member.cell_id) if member.cell_id else None
    return OwnData(
        made_at=now,
        person={**record(member), "cell": cell.name if cell else None},
        records=records,
        acts=acts_of(db, member.id),
        chats=records_in_chats(db, chats_of(db, member.id)),
        people=names_of_people(db, people_in(records) - {member.id}),
        left_out=phrases.LEFT_OUT,
    )


def names_of_people(db: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the names of members, by id."""
    rows = db.execute(select(Member.id, Member.full_name).where(Member.id.in_(ids)).order_by(Member.id))
    return {row.id: row.full_name for row in rows}


# --- acts -----------------------------------------------------------------------------------------------------------


def move_member(
    db: Session,
    member: Member,
    *,
    place_code: str | None,
    zone: str | None,
    policy: CheckinPolicy,
    now: datetime,
) -> Checkin | None:
    """Move the member to another place of work. The next check-in follows their new clock."""
    set_member_place(member, place_code, zone=zone)
    return plan_checkin(db, member, policy, now=now)


def propose_correction(db: Session, member: Member, *, what: str, proposed: str, now: datetime) -> int:
    """Name and year of birth are the cell's to change: those in charge are asked. How many could be told."""
    words, key = phrases.correction_proposed(name=member.full_name, what=what, proposed=proposed), new_id()
    ways = [
        [Button(phrases.CORRECT_IT, f"roster:fix:{member.id}:{what}")],
        [Button(phrases.KEEP_IT, f"roster:keep:{member.id}:{what}")],
    ]
    cell, told = member.cell_id, 0
    for one in confirmers(db, member, now=now):
        corrects = cell is not None and may(db, one, Right.EDIT_ROSTER, cell, now=now)
        message = Message(words, ways if corrects else ())
        key_ = f"data.correct:{member.id}:{key}:{one}"
        told += tell(db, db.get_one(Member, one), message, key=key_, lane=Lane.ALERT, now=now)
    return told


def answer_correction(
    db: Session, member: Member, *, what: str, value: Text | None, by: str, now: datetime
) -> None:
    """Tell the person what became of their proposal; `value` None: the roster stays as it is."""
    words = phrases.correction_answered(what=what, value=value, by=by)
    message = Message(words, owed=True)
    tell(db, member, message, key=f"data.corrected:{member.id}:{new_id()}", lane=Lane.ALERT, now=now)
