"""One item, one transaction, until nothing is due; every run is recorded.

    Items   due(db) -> ids, then act(db, id) for each; an item that fails is left, reported, and stops no other
    Sweep   one(db) -> was there work? again until there is none

`act` asks again whether its item is still due: between the question and the act somebody may have answered.
`next_at` tells the time machine where to go next; without it a job waits for whatever time comes by.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from sqlalchemy.orm import Session

from models.clock import Clock
from models.db import Database
from models.job_run import beat_heart, record_job_run
from models.policies import Policies


class Due(Protocol):
    def __call__(self, db: Session, policies: Policies, *, now: datetime, limit: int) -> list[int]: ...


class Act(Protocol):
    def __call__(self, db: Session, policies: Policies, item: int, *, now: datetime) -> None: ...


class One(Protocol):
    def __call__(self, db: Session, policies: Policies, *, now: datetime) -> bool: ...


@dataclass(frozen=True, slots=True)
class Items:
    name: str
    cron: str
    due: Due
    act: Act
    next_at: Callable[[Session], datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    name: str
    cron: str
    one: One
    next_at: Callable[[Session], datetime | None] | None = None


Job = Items | Sweep
_AT_ONCE = 200  # items asked for at a time


@dataclass
class Run:
    """What one run did."""

    job: str
    items: int = 0
    errors: list[BaseException] | None = None


class Runner:
    """Runs jobs on a database with a clock. `on_error` is told of each failure; nothing is swallowed."""

    def __init__(
        self,
        database: Database,
        policies: Policies,
        clock: Clock,
        *,
        on_error: Callable[[str, BaseException], None],
        on_outage: Callable[[Session, timedelta, datetime], None] | None = None,
    ) -> None:
        self._database, self._policies, self._clock = database, policies, clock
        self._on_error, self._on_outage = on_error, on_outage

    def run(self, job: Job) -> Run:
        """Do all that is due of `job`, then record the run."""
        started, run = self._clock(), Run(job.name, errors=[])
        if isinstance(job, Items):
            self._items(job, run)
        else:
            self._sweep(job, run)
        for error in run.errors or ():
            self._on_error(job.name, error)
        names = " ".join(sorted({type(error).__name__ for error in run.errors or ()})) or None
        self._database.run(
            lambda db: record_job_run(
                db, job.name, started_at=started, ended_at=self._clock(), items=run.items, error=names
            )
        )
        return run

    def beat(self) -> timedelta:
        """Note that we are alive; what an outage that just ended postpones is postponed in the same transaction."""

        def work(db: Session) -> timedelta:
            now = self._clock()
            silence = beat_heart(db, self._policies.job, now=now)
            if silence and self._on_outage:
                self._on_outage(db, silence, now)
            return silence

        return self._database.run(work)

    def _items(self, job: Items, run: Run) -> None:
        seen: set[int] = set()
        while run.items < self._policies.job.batch:
            found = self._database.run(partial(self._due, job, _AT_ONCE + len(seen)))
            waiting = [item for item in found if item not in seen]
            if not waiting:
                return
            futures = [(item, self._submit(job, item)) for item in waiting]
            for item, future in futures:
                error = future.exception()
                if error is None:
                    run.items += 1
                else:
                    (run.errors or []).append(error)
                seen.add(item)  # done once in this run, whatever came of it

    def _due(self, job: Items, limit: int, db: Session) -> list[int]:
        return job.due(db, self._policies, now=self._clock(), limit=limit)

    def _submit(self, job: Items, item: int) -> Future[None]:
        return self._database.submit(lambda db: job.act(db, self._policies, item, now=self._clock()))

    def _sweep(self, job: Sweep, run: Run) -> None:
        try:
            while run.items < self._policies.job.batch and self._database.run(
                lambda db: job.one(db, self._policies, now=self._clock())
            ):
                run.items += 1
        except Exception as error:
            (run.errors or []).append(error)
