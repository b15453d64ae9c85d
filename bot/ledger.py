"""Who has had their data deleted, kept outside the database: a copy that is put back must not bring them back.

    a deletion ──trail.link, each minute──> data/erasures.jsonl      number, id, moment, proof; nothing personal
    a start    ──> what the database does not know of is done again, before anything else

The file is its owner's alone, and only ever grows. A line that the program did not write is not followed: it is named in
the log, and the operator is called.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import structlog
from pydantic import ValidationError
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from jobs.ground.runner import Run
from jobs.people.trail import LINK
from models.ground.clock import Clock
from models.ground.db import Database
from models.trust.erasure import LedgerEntry, entry_of, erase_again, is_ours, unfiled

log = structlog.get_logger()
FILE = "erasures.jsonl"


class Ledger:
    """`after(run)` writes down new deletions in `directory`, `apply()` does again what is missing; None: nowhere."""

    def __init__(self, database: Database, directory: Path | None, clock: Clock, alarm: Alarm) -> None:
        self._database, self._clock, self._alarm = database, clock, alarm
        self._path = directory / FILE if directory is not None else None

    def after(self, run: Run) -> None:
        if run.job == LINK:
            self.write()

    def write(self) -> None:
        """Append what is not in the file yet. The file first: a crash in between writes a line twice, never not at all."""
        if self._path is None:
            return
        while entries := self._database.run(lambda db: [(row.id, entry_of(row)) for row in unfiled(db)]):
            append(self._path, [entry for _, entry in entries])
            self._database.run(lambda db: self._mark(db, [row for row, _ in entries]))

    def apply(self) -> int:
        """Delete again what an older copy of the database has brought back; how many people that were."""
        if self._path is None or not self._path.exists():
            return 0
        entries, strange = [], 0
        for entry in read(self._path):
            if entry is not None and is_ours(entry):
                entries.append(entry)
            else:
                strange += 1
        if strange:
            self._alarm.say("ledger.strange", f"{strange} lines of {FILE} are not the program's own")
        again = sum(self._database.run(lambda db, one=entry: self._again(db, one)) for entry in entries)  # type: ignore[misc]
        if again:
            log.warning("ledger.applied", people=again)
        return again

    def _again(self, db: Session, entry: LedgerEntry) -> bool:
        return erase_again(db, entry.member_id, entry.number, now=self._clock())

    def _mark(self, db: Session, ids: list[int]) -> None:
        for row in unfiled(db):
            if row.id in ids:
                row.filed_at = self._clock()


def append(path: Path, entries: list[LedgerEntry]) -> None:
    """Write entries at the end, and see them on the disk."""
    append_lines(path, [entry.model_dump_json() for entry in entries])


def append_lines(path: Path, lines: list[str]) -> None:
    """Write lines at the end as they are, and see them on the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[LedgerEntry | None]:
    """Yield line by line; None for a line that is none (a disk that was full leaves half a line)."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield LedgerEntry.model_validate_json(line)
        except ValidationError:
            yield None
