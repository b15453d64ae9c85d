"""A roll call is kept for `RollCallPolicy.keep` after its end, then deleted with all its answers, in handfuls.

What somebody asked for is a request of theirs and kept as such; who was safe on a day need not be known for ever.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.contact.policy import RollCallPolicy
from models.contact.rollcall.rows import RollCall, RollCallAnswer, RollCallBoard, RollCallPerson
from models.ground.base import locked


def drop_old_roll_calls(db: Session, policy: RollCallPolicy, *, now: datetime, limit: int = 500) -> bool:
    """Delete up to `limit` people of the oldest roll call past its time, with the last of them the roll call.

    Returns whether there was work.
    """
    rows = select(RollCall).where(RollCall.ended_at < now - policy.keep)
    call = next(iter(locked(db, rows.order_by(RollCall.ended_at, RollCall.id).limit(1))), None)
    if call is None:
        return False
    some = select(RollCallPerson.id).where(RollCallPerson.roll_call_id == call.id).limit(limit)
    if people := list(db.scalars(some)):
        db.execute(delete(RollCallAnswer).where(RollCallAnswer.person_id.in_(people)))
        db.execute(delete(RollCallPerson).where(RollCallPerson.id.in_(people)))
    else:
        db.execute(delete(RollCallBoard).where(RollCallBoard.roll_call_id == call.id))
        db.delete(call)
        db.flush()
    return True
