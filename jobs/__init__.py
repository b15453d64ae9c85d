"""The whole calendar on one screen: what time does, how often, and when the next item is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from jobs import housekeeping
from jobs.runner import Items, Sweep

EVERY_MINUTE = "* * * * *"
EVERY_NIGHT = "17 3 * * *"  # Vietnam's clock

TIMETABLE: list[Items | Sweep] = [
    # name                    when          what is due, what is done with one of it
    Sweep("outbox.free_stuck", EVERY_MINUTE, housekeeping.free_stuck_outbox_rows),
    Sweep("inbox.drop_old", EVERY_NIGHT, housekeeping.drop_old_inbox_rows),
    Sweep("outbox.drop_old", EVERY_NIGHT, housekeeping.drop_old_outbox_rows),
    Sweep("conversation.drop_old", EVERY_NIGHT, housekeeping.drop_old_drafts),
    Sweep("job_run.drop_old", EVERY_NIGHT, housekeeping.drop_old_runs),
]


def postpone_after_outage(db: Session, silence: timedelta, now: datetime) -> None:
    """What moves by the length of our own outage, in the transaction that notes its end."""
