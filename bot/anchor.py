"""The newest link of the trail, kept outside the database: who cuts the newest rows there does not reach this.

    trail.link ──> data/trail.head            <seq> <hash>, its owner's alone
    audit.look ──> the log, once an hour      trail.head seq=… hash=…

When the database no longer holds what the file says, the file is set aside as trail.head.lost-<moment>, the operator is
called, and `python -m bot audit verify` names it until the operator, who may have restored a backup, deletes it.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import structlog

from bot.alarm import Alarm
from jobs.ground.runner import Run
from jobs.people.trail import LINK
from jobs.trust.audit import LOOK
from models.ground.clock import Clock
from models.ground.db import Database
from models.people.policy import TrailPolicy
from models.people.trail import ChainLink, is_linked, last_link, link_trail

log = structlog.get_logger()
FILE = "trail.head"
LOST = f"{FILE}.lost-"


class Anchor:
    """`after(run)` keeps the newest link in `directory`; None: nowhere (a playground, a test)."""

    def __init__(self, database: Database, directory: Path | None, clock: Clock, alarm: Alarm) -> None:
        self._database, self._directory, self._clock, self._alarm = database, directory, clock, alarm

    def after(self, run: Run) -> None:
        if self._directory is None or run.errors:
            return
        if run.job == LINK:
            self.keep(self._directory)
        elif run.job == LOOK and (link := read_anchor(self._directory)) is not None:
            log.info("trail.head", seq=link.seq, hash=link.hash)

    def keep(self, directory: Path) -> None:
        """Write the newest link down; where the one before is no longer in the database, keep that as evidence."""
        newest, before = self._database.run(last_link), read_anchor(directory)
        if newest == before:
            return
        if before is not None and not self._database.run(lambda db: is_linked(db, before)):
            set_aside(directory, self._clock())
            self._alarm.say("trail.lost", f"rows up to {before.seq} were known, and are gone")
        if newest is not None:
            write_anchor(directory, newest)

    def end(self, policy: TrailPolicy) -> None:
        """Link what the last minute wrote, before the process ends."""
        if self._directory is None:
            return
        while self._database.run(lambda db: link_trail(db, policy)) == policy.link:
            pass
        self.keep(self._directory)


def read_anchor(directory: Path) -> ChainLink | None:
    """Return the link that was written down; None: none was."""
    try:
        seq, link = (directory / FILE).read_text(encoding="ascii").split()
        return ChainLink(int(seq), link)
    except FileNotFoundError:
        return None
    except ValueError:
        return ChainLink(0, "unreadable")  # no database has it: it is set aside, and somebody looks


def write_anchor(directory: Path, link: ChainLink) -> None:
    """Replace the file in one step, so that a crash leaves the one or the other."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = directory / f"{FILE}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{link.seq} {link.hash}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(directory / FILE)


def set_aside(directory: Path, now: datetime) -> None:
    (directory / FILE).replace(directory / f"{LOST}{now:%Y%m%dT%H%M%S}")


def lost_anchors(directory: Path) -> list[Path]:
    """Return the files that were set aside and that nobody has looked into yet, oldest first."""
    return sorted(directory.glob(f"{LOST}*"))
