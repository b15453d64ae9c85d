"""A handful of items, one transaction, until nothing is due; every run is recorded.

    Items   due(db) -> ids, then act(db, ids) by the handful, since statements for many cost little more than for one;
            when that fails, each alone: an item that fails is left, reported, and stops no other
            again=True: an item is itself done by the handful, one transaction each, while it stays due
            prompt=True: it is looked for each second, not with the minute alone
    Sweep   one(db) -> was there work? again until there is none

A tick first looks: all its jobs' questions in one transaction, in which those that find nothing are recorded, for most
find nothing most of the time. Only the others are run.

`act` asks again whether its items are still due: between the question and the act somebody may have answered.
`next_at` tells the time machine where to go next; without it a job waits for whatever time comes by.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, Protocol

from sqlalchemy.orm import Session

from models.delivery.job_run import beat_heart, last_runs, record_job_run
from models.ground.clock import Clock
from models.ground.db import Database, is_passing
from models.policies import Policies


class DueQuestion(Protocol):
    def __call__(self, db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]: ...


class DueAct(Protocol):
    def __call__(self, db: Session, policies: Policies, items: Sequence[int], *, now: datetime) -> None: ...


class One(Protocol):
    def __call__(self, db: Session, policies: Policies, *, now: datetime) -> bool: ...


class OnOutage(Protocol):
    def __call__(self, db: Session, policies: Policies, silence: timedelta, *, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Items:
    name: str
    cron: str
    due: DueQuestion
    act: DueAct
    next_at: Callable[[Session], datetime | None] | None = None
    again: bool = False
    prompt: bool = False


@dataclass(frozen=True, slots=True)
class Sweep:
    name: str
    cron: str
    one: One
    next_at: ClassVar[None] = None


Job = Items | Sweep

EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "23 * * * *"
EVERY_NIGHT = "17 3 * * *"  # Vietnam's clock
PERIODS = {
    EVERY_MINUTE: timedelta(minutes=1),
    EVERY_HOUR: timedelta(hours=1),
    EVERY_NIGHT: timedelta(days=1),
}
_ONCE_A_DAY = timedelta(days=1)
_REST = 0.01  # seconds after a handful of one item, so that replies come in between
_HANDFUL = 50  # items in one transaction: some 20 ms, so that a reply behind it hardly waits


def _period(job: Job) -> timedelta:
    return PERIODS.get(job.cron, _ONCE_A_DAY)


@dataclass
class Run:
    """What one run did."""

    job: str
    started_at: datetime
    items: int = 0
    errors: list[BaseException] = field(default_factory=list)


class Runner:
    """Runs jobs on a database with a clock. `on_error` is told of each failure; nothing is swallowed.

    `on_run` hears of each run when it is recorded, in the thread that did it.
    """

    def __init__(
        self,
        database: Database,
        policies: Policies,
        clock: Clock,
        *,
        on_error: Callable[[str, BaseException], None],
        on_outage: OnOutage | None = None,
        on_run: Callable[[Run], None] = lambda run: None,
        holds: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database, self._as_set, self._clock = database, policies, clock
        self._on_error, self._on_outage, self._on_run = on_error, on_outage, on_run
        self._heart, self._beat_at = threading.Lock(), clock()
        self._stopping = False
        self._holds = holds  # nobody knows what time it is: no job may act on it

    def stop(self) -> None:
        """Begin nothing more: what is left of a run is due at the next start."""
        self._stopping = True

    def _goes_on(self, run: Run) -> bool:
        return not (self._stopping or self._holds()) and run.items < self._policies.job.batch

    @property
    def _policies(self) -> Policies:
        """Those of today: a tick may be the first after midnight."""
        return self._as_set.at(self._clock())

    def missed(self, jobs: Sequence[Job]) -> list[Job]:
        """Return those that come each hour, or more seldom, and whose time has gone by while nothing ran."""
        if self._holds():
            return []
        seldom = [job for job in jobs if _period(job) >= PERIODS[EVERY_HOUR]]
        last = self._database.run(lambda db: last_runs(db, [job.name for job in seldom]))
        now = self._clock()
        # one that has never run counts as missed
        return [job for job in seldom if job.name not in last or now - last[job.name] > _period(job)]

    def look(self, jobs: Sequence[Job]) -> list[Job]:
        """Return those of `jobs` that have something to do.

        The others have run, and that they found nothing is recorded.
        """
        if self._holds():
            return []
        self._notice_silence()
        try:
            due, idle = self._database.run(partial(self._ask, jobs))
        except Exception as error:
            # the database is away: each job by itself would fail, too
            if is_passing(error):
                raise
            return list(jobs)  # one question fails: each job by itself, so that it stops no other
        for run in idle:
            self._on_run(run)
        return due

    def look_between(self, jobs: Sequence[Job]) -> list[Job]:
        """Return those of `jobs` that have something to do, between two ticks: that the others found nothing is not recorded."""
        if self._holds():
            return []
        self._notice_silence()
        return self._database.run(
            lambda db: [job for job in jobs if isinstance(job, Items) and self._due(job, db)]
        )

    def _ask(self, jobs: Sequence[Job], db: Session) -> tuple[list[Job], list[Run]]:
        due: list[Job] = []
        idle: list[Run] = []
        for job in jobs:
            run = Run(job.name, self._clock())
            if isinstance(job, Sweep) or self._due(job, db):
                due.append(job)
            else:
                idle.append(run)
        for run in idle:  # after the questions: a question would write each down by itself
            self._record(run, db)
        return due, idle

    def _due(self, job: Items, db: Session) -> list[int]:
        return job.due(db, self._policies, now=self._clock(), limit=self._policies.job.batch)

    def run(self, job: Job) -> Run:
        """Do all that is due of `job`, then record the run."""
        if self._holds():
            return Run(job.name, self._clock())
        self._notice_silence()
        run = Run(job.name, self._clock())
        recorded = self._items(job, run) if isinstance(job, Items) else self._sweep(job, run)
        if not recorded:
            self._database.run(partial(self._record, run))
        for error in run.errors:
            self._on_error(job.name, error)
        self._on_run(run)
        return run

    def _record(self, run: Run, db: Session) -> None:
        names = " ".join(sorted({type(error).__name__ for error in run.errors})) or None
        record_job_run(
            db, run.job, started_at=run.started_at, ended_at=self._clock(), items=run.items, error=names
        )

    def _notice_silence(self) -> None:
        """A machine that slept wakes with every job due at once: what the outage postpones must be postponed first."""
        with self._heart:
            if self._clock() - self._beat_at > self._policies.job.outage:
                self.beat()

    def beat(self) -> timedelta:
        """Note that we are alive; what an outage that just ended postpones is postponed in the same transaction."""

        def work(db: Session) -> timedelta:
            now = self._clock()
            silence = beat_heart(db, self._policies.job, now=now)
            if silence and self._on_outage:
                self._on_outage(db, self._policies, silence, now=now)
            return silence

        if self._holds():  # how long we were silent is not known either
            return timedelta()
        silence = self._database.run(work)
        self._beat_at = self._clock()
        return silence

    def _items(self, job: Items, run: Run) -> bool:
        """Whether the run was recorded: together with the question that found nothing, for most find nothing."""
        seen: set[int] = set()
        while self._goes_on(run):
            waiting = self._database.run(partial(self._due_or_record, job, run, seen))
            if not waiting:
                return True
            size = 1 if job.again else _HANDFUL
            handfuls = [waiting[i : i + size] for i in range(0, len(waiting), size)]
            for items in handfuls:  # one after the other: whoever talks stands behind one of them at most
                if self._stopping or self._holds():
                    break
                well = self._settle(job, items, self._submit(job, items), run)
                if not (job.again and well):
                    seen.update(items)  # done once in this run, whatever comes of it
                else:
                    time.sleep(_REST)
        return False

    def _due_or_record(self, job: Items, run: Run, seen: set[int], db: Session) -> list[int]:
        waiting = [item for item in self._due(job, db) if item not in seen]
        if not waiting:
            self._record(run, db)
        return waiting

    def _settle(self, job: Items, items: Sequence[int], future: Future[None], run: Run) -> bool:
        """Wait for a handful; when it failed, do each of its items alone. Whether it went well at once."""
        error = future.exception()
        if error is None:
            run.items += len(items)
        elif len(items) == 1:
            run.errors.append(error)
        else:
            for item in items:
                self._settle(job, [item], self._submit(job, [item]), run)
        return error is None

    def _submit(self, job: Items, items: Sequence[int]) -> Future[None]:
        return self._database.submit(lambda db: job.act(db, self._policies, items, now=self._clock()))

    def _sweep(self, job: Sweep, run: Run) -> bool:
        """As `_items`."""
        try:
            while self._goes_on(run):
                if not self._database.run(partial(self._one_or_record, job, run)):
                    return True
                run.items += 1
        except Exception as error:
            run.errors.append(error)
        return False

    def _one_or_record(self, job: Sweep, run: Run, db: Session) -> bool:
        if job.one(db, self._policies, now=self._clock()):
            return True
        self._record(run, db)
        return False
