"""What a copy of the database does not know: who was written to since, and who has answered.

    the copy is made ──────── the gap ────────> the program ended ──────> the copy is put back
         what waited then, and what time would have said in between, may have been said: it is not said again
         who was asked, then or in between, may have answered: they are not asked, reminded or called late for it

So what was to go out by the end of the gap becomes UNCERTAIN, and what was asked rests like in a pause: no answer is
wanted, none is missed, and who reports all the same is heard. The next turn of the rhythm asks as ever.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState, rest_asked
from models.delivery.inbox import Inbox, InboxState
from models.delivery.outbox import Outbox, OutboxState
from models.ground.channel import PULLED

_WAITS = (OutboxState.PENDING, OutboxState.SENDING)
RESTORED = "the copy does not know"  # stands as the error of what is set aside


def set_aside_unsent(db: Session, *, until: datetime) -> int:
    """Settle as uncertain what was to go out by then; return how much that was.

    On a page nothing goes out: what waits there to be read still waits, and nobody is told anew that it does.
    """
    pulled = list(PULLED)
    may_have_left = update(Outbox).where(
        Outbox.state.in_(_WAITS), Outbox.not_before <= until, Outbox.channel.not_in(pulled)
    )
    aside = may_have_left.values(
        state=OutboxState.UNCERTAIN, wired=False, lease_until=None, error=RESTORED
    ).execution_options(synchronize_session=False)
    quiet = update(Outbox).where(Outbox.state.in_(_WAITS), Outbox.channel.in_(pulled))
    db.execute(quiet.values(unrung_since=None).execution_options(synchronize_session=False))
    return int(db.execute(aside).rowcount)  # type: ignore[attr-defined]


def rest_unanswered(db: Session, *, now: datetime) -> int:
    """Let rest what was asked and is not late yet: whether it was answered in the gap, nobody knows. Return how many."""
    asked = db.scalars(
        select(Checkin).where(Checkin.state.in_([CheckinState.OPEN, CheckinState.NUDGED]))
    ).all()
    rest_asked(db, asked, now=now)
    return len(asked)


def unread_updates(db: Session) -> int:
    """Return how much had arrived when the copy was made and was not read yet: it is read at the next start."""
    waits = select(func.count()).select_from(Inbox).where(Inbox.state == InboxState.STORED)
    return db.scalar(waits) or 0
