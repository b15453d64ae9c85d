"""One walk: the world, what is found in it, and so many cases of it; and what was wrong."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import Date, DateTime, select, update
from sqlalchemy.orm import Session

from models.contact.request import HelpRequest
from models.ground.base import Base, table_of
from models.ground.db import Database
from models.policies import Policies
from models.year.review import Review, review_of
from models.year.review.states import Level
from tests.walk.oracle import stands_apart
from tests.walk.walker import Case, Ground, Pool, Seen, cases, explore, faults
from tests.walk.world import CELLS, OFFICERS, Land, build

FINDERS = (
    *(f"{cell}.{role}" for cell in CELLS for role in ("sec", "que", "mai", "dep", "con", "pro", "fol")),
    *OFFICERS,
)
BESIDE_A_TEXT = (
    "rating",
    "rating_form",
    "campaign",
    "request",
)  # levels, points, topics: always beside the twin
_STILL = {
    "account",
    "appointment",
    "assignment",
    "member",
    "unit",
    "outbox",
    "inbox",
    "conversation",
    "trail",
}


@dataclass
class Found:
    """What a walk brought."""

    cases: int = 0
    compared: int = 0
    addresses: set[str] = field(default_factory=set)
    steps: set[tuple[str, str]] = field(default_factory=set)
    faults: Counter[str] = field(default_factory=Counter)


class Walk:
    """`folder`: where the databases are kept."""

    def __init__(self, url: str, folder: Path, *, seed: int, twins: bool = True) -> None:
        self.rng, self.found, self.policies = random.Random(seed), Found(), Policies()
        self._database = Database(url)
        self.land: Land = self._database.run(lambda db: build(db, self.policies))
        self.grounds = {"": Ground(self._database, self.land, self.policies)}
        self._opened = [self._database]
        if twins:
            self._open_twins(Path(url.removeprefix("sqlite:///")), folder)

    def close(self) -> None:
        for ground in self.grounds.values():
            ground.close()
        for database in self._opened:
            database.close()

    def _open_twins(self, path: Path, folder: Path) -> None:
        """The same world, but for what is not everybody's: another cell's days, what is sealed beside a text."""
        self.grounds[""].close()
        with self._database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        for name in (*CELLS, "sealed"):
            copy = folder / f"{name}.db"
            shutil.copy(path, copy)
            database = Database(f"sqlite:///{copy}")
            database.run(lambda db, name=name: _change(db, self.land, name))  # type: ignore[misc]
            self._opened.append(database)
            self.grounds[name] = Ground(database, self.land, self.policies)
        self.grounds[""] = Ground(self._database, self.land, self.policies)

    # --- walking ----------------------------------------------------------------------------------------------------

    def explore(self, actors: tuple[str, ...], each: int) -> Pool:
        pool = Pool(ids=self._ids())
        for actor in actors:
            for case, seen in explore(self.grounds[""], self.land.chats[actor], each, self.rng):
                self._note(case, seen)
                pool.add(case)
        return pool

    def cross(self, pool: Pool, count: int, *, compare: float = 0.2) -> None:
        chats = [*self.land.chats.values(), *([self.land.chats["stranger"]] * 2)]
        for case in islice(cases(pool, chats, self.rng), count):
            seen = self.grounds[""].case(case)
            self._note(case, seen)
            if self.rng.random() < (1 if case.room in BESIDE_A_TEXT else compare):
                self._compare(case, seen)

    def _note(self, case: Case, seen: Seen) -> None:
        self.found.cases += 1
        if case.form is not None:
            self.found.steps.add((case.form.room, case.form.step))
        else:
            self.found.addresses.add(":".join(case.value.split("~")[0].split(":")[:2]))
        for fault in faults(self.land, case, seen):
            self.found.faults[fault] += 1

    def _compare(self, case: Case, seen: Seen) -> None:
        """Whoever has nothing to do with what differs reads the same: levels, counts and days included."""
        actor = self.land.actors[case.chat]
        names = [name for name in self.grounds if name and stands_apart(actor, name)]
        if case.room in BESIDE_A_TEXT:
            names = [name for name in names if name == "sealed"] or names
        if not names or seen.error is not None:
            return
        name = self.rng.choice(names)
        self.found.compared += 1
        other = self.grounds[name].case(case)
        if _comparable(other, case.chat) != _comparable(seen, case.chat):
            self.found.faults[f"{actor}: {case}: reads what differs in {name}"] += 1

    def _ids(self) -> list[int]:
        """A few rows of every table."""

        def work(db: Session) -> list[int]:
            found: list[int] = []
            for mapper in Base.registry.mappers:
                if "id" in mapper.columns:
                    ids = list(db.scalars(select(mapper.columns["id"])))
                    found += self.rng.sample(ids, min(len(ids), 6))
            return [one for one in found if isinstance(one, int)]

        return self._database.run(work)


@contextmanager
def walking(url: str, folder: Path, *, seed: int, twins: bool = True) -> Iterator[Walk]:
    walk = Walk(url, folder, seed=seed, twins=twins)
    try:
        yield walk
    finally:
        walk.close()


def _comparable(seen: Seen, chat: int) -> str:
    """What was read, without what is new each time: ids of rows just made, versions of forms, links just drawn."""
    return re.sub(
        r"\d{12,}|~\d+|start=[\w-]+|/j/[\w-]+|/[0-9a-f]{32}", "#", "\n".join([seen.to(chat), *seen.buttons])
    )


def _change(db: Session, land: Land, name: str) -> None:
    if name == "sealed":
        _change_sealed(db, land)
    else:
        _change_cell(db, land, name)


def _change_sealed(db: Session, land: Land) -> None:
    """Level and points of a text that was not handed in; of private requests what stands beside their words."""
    for review in db.scalars(select(Review)):
        if review.member_id in {land.members[f"{cell}.que"] for cell in CELLS}:
            review.proposed_level, review.score_general, review.score_results = list(Level)[-1], 11, 13
    for request in db.scalars(select(HelpRequest).where(HelpRequest.is_private)):
        request.topic, request.urgency = "illness", "soon"


def _change_cell(db: Session, land: Land, cell: str) -> None:
    """Every day on record in the cell is another one."""
    members = {one for actor, one in land.members.items() if actor.startswith(f"{cell}.")}
    for mapper in Base.registry.mappers:
        table = table_of(mapper.class_)
        days = [one for one in mapper.columns if isinstance(one.type, Date | DateTime) and one.table is table]
        whose = {"cell_id": {land.cells[cell]}, "member_id": members}
        column = next((name for name in whose if name in mapper.columns), None)
        if table.name in _STILL or column is None or not days:
            continue
        names = [one.name for one in days]
        key, there = table.c.id, mapper.columns[column].in_(whose[column])
        for row in db.execute(select(key, *days).where(there)).mappings().all():
            later = {one: row[one] + timedelta(days=1) for one in names if row[one] is not None}
            if later:
                db.execute(update(table).where(key == row["id"]).values(later))  # past the guards of history


__all__ = ["FINDERS", "Found", "Walk", "review_of", "walking"]
