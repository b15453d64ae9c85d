"""How much waits to be stepped and to be said, since when, and when time passed last: for machines that watch.

Counts and moments, nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from models.delivery.inbox import Inbox
from models.delivery.job_run import last_beat
from models.delivery.message import Lane
from models.delivery.outbox import Outbox
from models.ground.channel import PULLED, Channel


@dataclass(frozen=True, slots=True)
class Queued:
    """How many wait, and since when the oldest of them does."""

    count: int
    since: datetime

    def age(self, now: datetime) -> timedelta:
        """Return how long the oldest has waited; a clock that was set back makes it no less than nothing."""
        return max(now - self.since, timedelta())


@dataclass(frozen=True, slots=True)
class Backlog:
    """What nobody waits for is not there; `beat_at` None: the program never ran on this database."""

    inbox: Mapping[Channel, Queued]
    outbox: Mapping[tuple[Channel, Lane], Queued]
    beat_at: datetime | None


_INBOX = (
    select(Inbox.channel, func.count(), func.min(Inbox.received_at))
    .where(Inbox.state == literal_column("'stored'"))  # spelt out: the partial index
    .group_by(Inbox.channel)
)


def see_backlog(db: Session, *, now: datetime) -> Backlog:
    """Return what waits at `now`: of the outbox what is due, without what a page shows only when it is opened."""
    due = (
        select(Outbox.channel, Outbox.lane, func.count(), func.min(Outbox.not_before))
        .where(
            Outbox.state == literal_column("'pending'"),
            Outbox.channel.not_in(PULLED),
            Outbox.not_before <= now,
        )
        .group_by(Outbox.channel, Outbox.lane)
    )
    return Backlog(
        {Channel(channel): Queued(count, since) for channel, count, since in db.execute(_INBOX)},
        {
            (Channel(channel), Lane(lane)): Queued(count, since)
            for channel, lane, count, since in db.execute(due)
        },
        last_beat(db),
    )
