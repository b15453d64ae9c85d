"""What an outage moved, given back: the operator has noticed that there was none, or that the clock was wrong."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.checkin import reword_unsaid
from models.delivery.job_run import Outage, undo_moves


def undo_outage(db: Session, outage: Outage, *, now: datetime) -> int:
    """Set the deadlines back to what they were before `outage`; return how many rows changed.

    A question that was not sent yet goes out with the day as it is again.
    """
    key = f"checkin.back:{outage.id}"
    done = undo_moves(db, outage)
    reword_unsaid(db, key, now=now)
    return done
