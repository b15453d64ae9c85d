"""What time takes back: deadlines move by the length of our own outage."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.contact.checkin import postpone_checkins
from models.contact.ladder import postpone_ladders
from models.contact.rollcall import postpone_roll_calls
from models.delivery.job_run import noting_moves, outage_that_ended
from models.entry.invite import postpone_invites
from models.meeting.meeting import postpone_answers
from models.policies import Policies
from models.year.review.reminding import postpone_reviews


def postpone_after_outage(db: Session, policies: Policies, silence: timedelta, *, now: datetime) -> None:
    """Postpone what people had to do through us by a time. What a rule or a paper dates stays as it is."""
    with noting_moves(db, outage_that_ended(db, now)):
        postpone_checkins(db, silence, policies.checkin, now=now)
        postpone_ladders(db, silence, now=now)
        postpone_roll_calls(db, silence)
        postpone_invites(db, silence, now=now)
        postpone_answers(db, silence, policies.meeting, now=now)
        postpone_reviews(db, silence, now=now)
