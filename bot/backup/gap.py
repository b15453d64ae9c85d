"""The time between a copy and the end of the program that went on without it: lived once more, and nobody hears of it.

Whatever the timetable would have done in the gap is done now, at its own moments, without a wire: what was asked rests at
once, what was to be said by the end of the gap is uncertain. So no due moment of the gap is left to fire at people later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from jobs import TIMETABLE
from jobs.ground.runner import Items, Runner
from models.delivery.job_run import skip_heartbeat
from models.ground.clock import SettableClock
from models.ground.db import Database
from models.policies import Policies
from models.trust.restoring import rest_unanswered, set_aside_unsent, unread_updates

log = structlog.get_logger()
_STEP = timedelta(minutes=1)
_STOPS = 20_000  # more are not due in any gap for which there is a copy


@dataclass(frozen=True, slots=True)
class Gap:
    """What was done about it: messages that are not sent, check-ins that rest, updates that are still to be read."""

    since: datetime
    until: datetime
    unsent: int
    rested: int
    unread: int


def cross_gap(database: Database, policies: Policies, *, since: datetime, until: datetime) -> Gap:
    """Bring a copy of `since` to the moment `until`, without a word to anybody. The keys are in use."""
    unread = database.run(unread_updates)
    unsent = database.run(lambda db: set_aside_unsent(db, until=since))
    rested = database.run(lambda db: rest_unanswered(db, now=since))
    clock = SettableClock(since)
    runner = Runner(database, policies, clock, on_error=_note)
    jobs = [job for job in TIMETABLE if isinstance(job, Items)]
    for _ in range(_STOPS):
        moment = _next(database, jobs, after=clock())
        if moment is None or moment > until:
            break
        clock.set(moment)
        database.run(lambda db: skip_heartbeat(db, now=clock()))  # it ran: the gap is no outage
        for job in runner.look(jobs):
            runner.run(job)
        rested += database.run(lambda db: rest_unanswered(db, now=clock()))
    database.run(lambda db: skip_heartbeat(db, now=until))
    unsent += database.run(lambda db: set_aside_unsent(db, until=until))
    return Gap(since, until, unsent, rested, unread)


def _next(database: Database, jobs: list[Items], *, after: datetime) -> datetime | None:
    """The next moment at which something is due: a minute later at the soonest, for what failed would be due for ever."""
    with database.reading() as db:
        moments = [at for job in jobs if job.next_at is not None and (at := job.next_at(db)) is not None]
    return max(min(moments), after + _STEP) if moments else None


def _note(where: str, error: BaseException) -> None:
    log.error("restore.job", job=where, error=type(error).__name__)
