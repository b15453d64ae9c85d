"""One process at a time does the steps, the sending and the timetable; others stand by and receive.

The turn is a row (models/delivery/leadership.py). A standby looks at it twice a second and takes over

    at once        the leader has resigned, or it has died: its connections are gone from the server;
                   SQLite: the system has released its lock on a file beside the database
    `patience`     there was no beat for so long: it hangs, its line is frozen, its machine has vanished

by its own steady watch, so no clock is compared with another machine's. A leader that was replaced does nothing twice:

    `lasts`        so long after its last beat that was taken it puts nothing more on the wire (`LeasedWire`)
    the epoch       each of its transactions asks for it first, and is refused; on a server those under way are ended
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import structlog
from sqlalchemy import Connection, text

from bot.wire import NotReached, Sent, Wire
from models.delivery.claims import Claimed
from models.delivery.leadership import (
    FROZEN,
    Frozen,
    LeadershipSight,
    beat_leadership,
    require_epoch,
    resign_leadership,
    see_leadership,
    take_leadership,
)
from models.delivery.policy import LeadershipPolicy
from models.ground.clock import steady_seconds
from models.ground.db import Database, NotLeading, is_passing

log = structlog.get_logger()
_STANDBY = 0.5  # seconds between two looks at whose turn it is
_AWAY = 2.0  # the same while the database is away
_HANGS = 5.0  # seconds after which a database that does not answer is hung up on
_LOOK = 0.25  # seconds between two looks at whether the lead is lost
_ENDING = 3.0  # seconds that the server may take to end what a former leader has under way


class Leader:
    """`try_to_lead()` until it is True, then `hold()` while it lasts. `seconds`: a watch that nobody sets."""

    def __init__(
        self,
        database: Database,
        policy: LeadershipPolicy,
        *,
        seconds: Callable[[], float] = steady_seconds,
    ) -> None:
        self._database, self._policy, self._seconds = database, policy, seconds
        self._seat: _File | _Server = _File(database) if database.is_sqlite else _Server(database)
        self._seen: LeadershipSight | None = None
        self._since = 0.0  # when the row was first seen as it is
        self.epoch: int | None = None  # ours; None: we have not led
        self._confirmed = 0.0  # when the last beat that was taken was begun
        self._replaced = False
        self._frozen = False  # we still lead, and are to end
        # a beat waits for no job, whose threads are all of the event loop's own
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="leader")

    def try_to_lead(self) -> bool:
        """Take the lead if it is free, or its holder has been silent for too long."""
        seen, has_gone = self._seat.look()
        if seen.holder == FROZEN:
            raise Frozen
        now = self._seconds()
        if seen != self._seen:
            self._seen, self._since = seen, now
        if not has_gone and now - self._since < self._policy.patience:
            return False
        if not has_gone:
            log.warning("leader.silent", epoch=seen.epoch, seconds=round(now - self._since, 1))
        epoch = self._seat.take(seen)
        if epoch is None:
            return False
        self.epoch, self._confirmed = epoch, now
        self._database.guard(self._require)
        return True

    def beat(self) -> bool:
        """Show that we live; whether we still lead."""
        began = self._seconds()
        if self.epoch is None or self._replaced:
            return False
        if not self._seat.beat(self.epoch):
            self._replaced = True
            return False
        self._confirmed = began
        self._frozen = self._seat.look()[0].holder == FROZEN
        return True

    @property
    def still_leads(self) -> bool:
        """Whether nobody else can lead: what is put on the wire now is said once."""
        return self.epoch is not None and not self._replaced and self._silence < self._policy.lasts

    @property
    def may_act(self) -> bool:
        """The same, also of a program that was never one of several: tests, the playground."""
        return self.epoch is None or self.still_leads

    @property
    def is_lost(self) -> bool:
        """Whether another one leads, or may: on a server others may have gone on while our line was frozen."""
        return self._replaced or (not self._database.is_sqlite and self._silence >= self._policy.patience)

    @property
    def _silence(self) -> float:
        return self._seconds() - self._confirmed

    async def wait_for_turn(self, stop: asyncio.Event, on_error: Callable[[BaseException], object]) -> bool:
        """Wait until we lead; False: we were told to stop. `on_error` hears that the database is away."""
        stopping: asyncio.Future[bool] = asyncio.ensure_future(stop.wait())
        pause = _STANDBY
        while not stop.is_set():
            trying = asyncio.get_running_loop().run_in_executor(self._thread, self.try_to_lead)
            trying.add_done_callback(_seen)  # also where we are told to stop meanwhile
            while not (trying.done() or stop.is_set()):
                both: set[asyncio.Future[bool]] = {trying, stopping}
                done, _ = await asyncio.wait(both, timeout=_HANGS, return_when=asyncio.FIRST_COMPLETED)
                if not done:
                    self._database.hang_up()
            if stop.is_set():
                break
            error = trying.exception()
            if error is None and trying.result():
                stopping.cancel()
                return True
            if error is not None and not is_passing(error):
                raise error
            if error is not None:
                on_error(error)
            pause = min(2 * pause, _AWAY) if error is not None else _STANDBY
            await asyncio.wait({stopping}, timeout=pause)
        return False

    async def hold(self, on_frozen: Callable[[], object] = lambda: None) -> None:
        """Show that we live until the lead is lost. `on_frozen` hears that we are to end, as whoever is told to stop."""
        while not self.is_lost:
            beating = asyncio.get_running_loop().run_in_executor(self._thread, self.beat)
            beating.add_done_callback(_seen)
            while not beating.done() and not self.is_lost:
                await asyncio.wait({beating}, timeout=_LOOK)
            if beating.done() and (error := beating.exception()) is not None:
                if not is_passing(error):
                    raise error
                log.warning("leader.beat", error=type(error).__name__)
            if self._frozen:
                on_frozen()
            await asyncio.sleep(self._policy.beat)
        log.warning("leader.lost", epoch=self.epoch, replaced=self._replaced, silence=round(self._silence, 1))

    def resign(self) -> None:
        """Leave the lead to whoever waits for it."""
        with contextlib.suppress(Exception):  # whoever waits takes over all the same, a little later
            if self.epoch is not None and not self.is_lost:
                self._seat.resign(self.epoch)
        self._replaced = self._replaced or self.epoch is not None
        self._seat.close()
        self._thread.shutdown(wait=False)

    def _require(self, connection: Connection) -> None:
        if self._replaced or self.epoch is None:
            raise NotLeading
        try:
            require_epoch(connection, self.epoch)
        except NotLeading:
            self._replaced = True
            raise


def _seen(done: asyncio.Future[bool]) -> None:
    if not done.cancelled():
        done.exception()


class LeasedWire:
    """A channel's way out that is shut as soon as somebody else may lead."""

    def __init__(self, wire: Wire, leader: Leader) -> None:
        self.channel = wire.channel
        self._wire, self._leader = wire, leader

    async def send(self, item: Claimed) -> Sent:
        """Send one row of the outbox, or raise NotReached: nothing left us."""
        if not self._leader.may_act:
            raise NotReached
        return await self._wire.send(item)

    async def probe(self) -> None:
        """Ask something that changes nothing, or raise NotReached: another one may lead, and asks for itself."""
        if not self._leader.may_act:
            raise NotReached
        await self._wire.probe()


class _File:
    """SQLite: all programs are on one machine, which knows who has died."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._path = Path(f"{database.url.database}.lock")
        self._file: IO[bytes] | None = None

    def look(self) -> tuple[LeadershipSight, bool]:
        """Return the row, and whether its holder has gone."""
        with self._database.reading() as db:
            seen = see_leadership(db.connection())
        return seen, self._lock()

    def take(self, seen: LeadershipSight) -> int | None:
        holder = self._database.name
        epoch = self._database.run(lambda db: take_leadership(db.connection(), seen, holder=holder))
        if epoch is None:
            self.close()
        elif self._file is None:  # who hangs keeps its lock: on a file that nobody finds any more
            self._path.unlink(missing_ok=True)
            self._lock()
        return epoch

    def beat(self, epoch: int) -> bool:
        try:
            return self._database.run(lambda db: beat_leadership(db.connection(), epoch))
        except NotLeading:
            return False

    def resign(self, epoch: int) -> None:
        self._database.run(lambda db: resign_leadership(db.connection(), epoch))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _lock(self) -> bool:
        """Whether the file is locked by us: whoever led before has died, or there was nobody."""
        if self._file is not None:
            return True
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True


# Whether the holder has a connection. Of another user's the server does not tell the name: then it may have
_LOOK_AT = text(
    "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
    " AND (application_name = :holder OR usename <> current_user))"
)
_END = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :holder")


class _Server:
    """PostgreSQL: programs on several machines; the server knows whose connections it has."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def look(self) -> tuple[LeadershipSight, bool]:
        """Return the row, and whether its holder has gone."""
        with self._asking() as connection:
            seen = see_leadership(connection)
            return seen, not seen.holder or bool(connection.scalar(_LOOK_AT, {"holder": seen.holder}))

    def take(self, seen: LeadershipSight) -> int | None:
        """Take over; what the former leader has under way is ended before and after: from here on it is refused."""
        with self._asking() as connection:
            if not _has_ended(connection, seen.holder):
                return None
            epoch = take_leadership(connection, seen, holder=self._database.name)
            if epoch is None:
                return None
            if not _has_ended(connection, seen.holder):
                resign_leadership(connection, epoch)
                return None
            return epoch

    def beat(self, epoch: int) -> bool:
        with self._asking() as connection:
            return beat_leadership(connection, epoch)

    def resign(self, epoch: int) -> None:
        with self._asking() as connection:
            resign_leadership(connection, epoch)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    @contextlib.contextmanager
    def _asking(self) -> Iterator[Connection]:
        """Each statement by itself: a program that is stopped in between holds up nobody."""
        if self._connection is None:
            self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            yield self._connection
        except BaseException:
            self.close()
            raise


def _has_ended(connection: Connection, holder: str) -> bool:
    """End every connection of a former leader; False: the server has not done it in time."""
    patience = time.monotonic() + _ENDING
    while holder and connection.execute(_END, {"holder": holder}).all():
        if time.monotonic() > patience:
            log.error("leader.stays")
            return False
        time.sleep(0.05)
    return True
