"""The world that is simulated: two messengers, a database, processes that live and die, and a time that is told.

    with Town.open(folder) as town:
        town.starts()                       a process of the program, as `python -m bot run` makes it
        town.settle()                       until nothing is left to do
        town.until(moment)                  every job of the timetable fires at its minute on the way

It is what `World` is for tests, and `Phone`, `TextPhone` and `Tab` work on it; but here processes can be killed, calls take
their time, and nothing stands still while somebody waits.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import shutil
import sqlite3
import traceback
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

import models.ground.sealing as sealing
from bot.app import App, Outside, build
from bot.demo.timemachine import TimeMachine
from bot.files import HereOpener
from bot.settings import Settings, ZaloSettings
from handlers import ROUTES
from models.delivery.job_run import skip_heartbeat
from models.ground.sealing import Keyring, keyring, use_keys
from models.meeting.policy import AttendancePolicy
from models.people.policy import PushPolicy
from models.policies import Policies
from models.trust.audit import audit
from models.trust.audit.rows import AuditRun, Findings
from tests.cheap import make_cheap
from tests.compiled import shared_engine
from tests.fakes import TOKEN
from tests.pushservice import HOST
from tests.simulate.chance import Chance, seeded
from tests.simulate.life import Hands, Killed, Life, Sentence
from tests.simulate.loop import LIFE, SimulatedLoop
from tests.simulate.network import (
    Journal,
    JournalledPush,
    JournalledTelegram,
    JournalledZalo,
    Road,
    TelegramCalls,
    ZaloCalls,
    named,
)
from tests.simulate.store import InlineDatabase, Weather
from tests.tab import DOOR

T = TypeVar("T")
BEGINS = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam
OPERATOR = 999
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PATIENCE = 40.0  # simulated seconds in which the program comes to rest, unless something keeps it
_CALM = 15  # minutes in which what waits for the network, or for a lease to run out, is done
_AUDITED = timedelta(hours=20)
_STARTS_AGAIN = timedelta(seconds=5)  # the service manager's pause


class Lost(Exception):
    """A browser's connection broke: the process that answered it was killed."""


class Town:
    """`now()` is true; `machine()` is what the program's computer shows, `program()` what the program takes it to be."""

    def __init__(self, folder: Path, template: Path, loop: SimulatedLoop, begins: datetime = BEGINS) -> None:
        self.folder, self.loop = folder, loop
        self.path = folder / "town.db"
        shutil.copy(template, self.path)
        self.url = f"sqlite:///{self.path}"
        self.begins = begins
        self.time, self.error = begins, timedelta()
        self.chance: Chance
        self.journal = Journal()
        self.telegram = JournalledTelegram(self.journal, now=self.now, token=TOKEN)
        self.zalo = JournalledZalo(self.journal, now=self.now, token=TOKEN)
        self.telegram.add_user(OPERATOR, "Quản trị viên")
        self.telegram.users[OPERATOR].started = True
        self.push = JournalledPush(self.journal, now=self.now)
        self.road, self.weather, self.sentence = Road(), Weather(), Sentence()
        self.down_for = _STARTS_AGAIN  # how long whoever is killed next stays away
        self.back_at = begins  # when a process is started again, where none lives
        self.lives: list[Life] = []  # the first leads
        self.count = 0  # processes so far
        self.deaths: list[tuple[datetime, str]] = []
        self.crashes: list[str] = []  # processes that ended by themselves
        self.settings = Settings(
            _env_file=None,
            token=SecretStr(TOKEN),
            database_url=self.url,
            operator_chat=OPERATOR,
            zalo=ZaloSettings(token=SecretStr(TOKEN)),
            attendance=AttendancePolicy(door=DOOR),
            push=PushPolicy(services=(HOST.removeprefix("https://"),)),
        )
        self.looking = sqlite3.connect(self.path, isolation_level=None)
        self.looking.execute("PRAGMA busy_timeout=0")
        self.engine = create_engine(self.url)
        self._holding: sqlite3.Connection | None = None
        self._well_at = 0.0  # when the disk and the database's lock are as they should be, by the loop's time

    @classmethod
    @contextmanager
    def open(cls, folder: Path, template: Path, begins: datetime = BEGINS) -> Iterator[Town]:
        """Make a town in `folder`; `template`: a database that has just been migrated."""
        before = keyring() if sealing._ring is not None else None
        use_keys(Keyring([KEY]))
        towns: list[Town] = []
        loop = SimulatedLoop(lambda seconds: towns[0]._passes(seconds) if towns else None)
        loop.set_task_factory(_owned)  # type: ignore[arg-type] # as asyncio calls it
        loop.set_exception_handler(lambda _, told: towns[0]._unheard(told) if towns else None)
        asyncio.set_event_loop(loop)
        logs = structlog.get_config()
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        gc.freeze()
        gc.disable()
        try:
            with pytest.MonkeyPatch.context() as patch:
                _put_in_place(patch, template)
                town = cls(folder, template, loop, begins)
                towns.append(town)
                with seeded(town.machine, loop.time) as town.chance:
                    yield town
                    town.end()
        finally:
            gc.enable()
            gc.unfreeze()
            structlog.configure(**logs)
            asyncio.set_event_loop(None)
            loop.close()
            if before is not None:
                use_keys(before)

    # --- time -------------------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.time

    def machine(self) -> datetime:
        return self.time + self.error

    clock = machine

    def program(self) -> datetime:
        return self.leader.app.clock() if self.leader is not None else self.machine()

    def _steady(self) -> float:
        """A watch that nobody sets."""
        return (self.time - self.begins).total_seconds()

    def sets_clock(self, by: timedelta) -> None:
        """The computer's clock is off by so much from now on; a program that leads must notice, or hear that all is well again."""
        self.error = by
        leader = self.leader
        if leader is None or self._well_at > self.loop.time():
            return
        self._looks(leader)
        self.settle()
        doubted = self.looking.execute("SELECT 1 FROM clock_doubt WHERE ended_at IS NULL").fetchone()
        if by and doubted is None and self.leader is leader and not leader.is_dead:
            self.crashes.append(f"a clock that is off by {by} was not noticed")

    def _looks(self, life: Life) -> None:
        if life.app.clock_watch is not None:
            with suppress(Lost):
                self.run(life.app.clock_watch.look())

    def _passes(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def passes(self, seconds: float) -> None:
        """Let so much time pass, in which the program does what it does and nothing of the timetable is due."""
        if seconds <= 0:
            return
        ends, over = self.time + timedelta(seconds=seconds), self.loop.time() + seconds
        if self._well_at > self.loop.time():
            self._run(lambda: self.loop.time() >= over, seconds)
        else:
            self._run(self.is_quiet, seconds)
        self.time = max(self.time, ends)  # what is quiet need not be watched

    def until(self, moment: datetime) -> None:
        """Go from one due thing to the next."""
        while self.time < moment:
            if self.leader is None:
                self._wakes_at(moment)
                continue
            at = self._next_stop(moment)
            self._jump(at)
            self._tick()
            self.settle()

    def _jump(self, moment: datetime) -> None:
        """The heart went on beating all the while: a jump is no outage. But a process that does not run has no heart."""
        self.passes(self._well_at - self.loop.time())
        self.time = max(self.time, moment)
        with Session(self.engine) as db:
            skip_heartbeat(db, now=self.program())
            db.commit()

    def _next_stop(self, until: datetime) -> datetime:
        assert self.leader is not None
        machine = TimeMachine(self.leader.app, _Shown(self.program))
        ahead = self.program() - self.time
        with Session(self.engine) as db:
            found = machine._candidates(until + ahead, db)
        stops = [at - ahead for _, at in found]
        return min([one for one in stops if one > self.time] + [until])

    def _tick(self) -> None:
        """What the timetable has for this minute."""
        leader = self.leader
        if leader is None or leader.tick is None:
            return
        self._looks(leader)
        if leader.is_dead or leader.tick is None:
            return
        token = LIFE.set(leader)
        leader.tick.look()
        LIFE.reset(token)

    # --- processes --------------------------------------------------------------------------------------------------

    @property
    def leader(self) -> Life | None:
        return next((life for life in self.lives if life.tick is not None), None)

    @property
    def app(self) -> App:
        """The program that answers browsers."""
        if not self.lives:
            raise Lost("nobody listens")
        return (self.leader or self.lives[0]).app

    def starts(self) -> Life:
        """Start a process of the program; another may run already, then it stands by."""
        self.count += 1
        life = Life(self.loop, self.count, self.sentence)
        if not self.lives:
            sealing._last_id = 0
        life.app = build(
            self.settings,
            self.machine,
            database=InlineDatabase(self.url, f"process {self.count}", self.loop, self.weather, life.point),
            routes=ROUTES,
            outside=Outside(
                request=TelegramCalls(self.telegram, life, self.road),
                opener=HereOpener(),
                mark=life.point,
                anchor=self.folder,
                zalo_post=ZaloCalls(self.zalo, life, self.road),
                ring=self.push.ring,
                seconds=self._steady,
            ),
        )
        self.lives.append(life)
        life.begin()
        return life

    def rests(self, by: timedelta) -> None:
        """All are asked to end; for so long nobody starts them again."""
        self.down_for = by
        for life in list(self.lives):
            self.stops(life)

    def comes_back(self) -> None:
        """Whoever is away is started now."""
        if not self.lives:
            self.back_at = self.time
        self.settle()

    def stops(self, life: Life) -> None:
        """Ask it to end, as the service manager does."""
        if (error := life.stop()) is not None:
            self.crashes.append(f"{_told(error)} at its stop")
            life.bury()
        if life.died_at:
            self._died(life)
        else:
            self._leaves(life)

    def kills(self, life: Life) -> None:
        life.kill()
        self._died(life)

    def _died(self, life: Life) -> None:
        self.deaths.append((self.time, life.died_at))
        rows = self.looking.execute("SELECT id FROM outbox WHERE state = 'sending' AND wired")
        self.journal.doubtful.update(row for (row,) in rows)
        self._leaves(life)

    def _leaves(self, life: Life) -> None:
        self.lives.remove(life)
        gc.collect()  # what a process holds goes with it, and not whenever the collector comes by
        if not self.lives:
            self.back_at, self.down_for = self.time + self.down_for, _STARTS_AGAIN

    def end(self) -> None:
        for life in list(self.lives):
            self.kills(life)
        self.lets_go()
        self.looking.close()
        self.engine.dispose()

    def _wakes_at(self, moment: datetime) -> None:
        """Nobody leads: the one that was killed is started again after its pause, or one that stands by takes over."""
        if self.lives:
            self.passes(min(3.0, (moment - self.time).total_seconds()))
            return
        self.time = max(self.time, min(self.back_at, moment))
        if self.time >= self.back_at:
            self.starts()
            self.settle()

    def calms_down(self) -> None:
        """Nothing befalls anybody any more, until all that waits is done."""
        self.telegram._faults.clear()
        self.zalo._faults.clear()
        self.sentence.point = ""
        self.passes(self._well_at - self.loop.time())
        self.error = timedelta()
        gc.collect()
        self.comes_back()
        for _ in range(_CALM):
            self.until(self.time + timedelta(minutes=1))
            if self.is_quiet():
                return

    # --- running ----------------------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let the program do what it can do now; start it again where it was killed."""
        while True:
            if not self.lives:
                if self.time < self.back_at:
                    return
                self.starts()
            if self._run(self.is_quiet, PATIENCE):
                return

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run what a browser asks, within the process that answers it."""
        if not self.lives:
            work.close()
            raise Lost("nobody listens")
        life = self.leader or self.lives[0]
        task = life.spawn(work)
        self._run(task.done, 120)
        if not task.done() or task.cancelled() or life.is_dead:
            task.cancel()
            raise Lost("the connection broke")
        result: T = task.result()
        return result

    def _run(self, quiet: Callable[[], bool], patience: float) -> bool:
        """Return False where a process was killed meanwhile."""
        with suppress(Killed):
            self.loop.until_quiet(lambda: quiet() or any(life.has_ended for life in self.lives), patience)
        gone = [life for life in self.lives if life.is_dead or life.has_ended]
        for life in gone:
            if not life.is_dead:
                error = life.why()
                self.crashes.append(_told(error))
            life.bury()
            self._died(life)
        return not gone

    def is_quiet(self) -> bool:
        """Nothing is on its way anywhere."""
        if self.telegram.has_news or self.zalo.has_news or self.leader is None:
            return False
        if any(life.calls or life.has_event for life in self.lives):
            return False
        try:
            return not any(self.looking.execute(_OPEN, {"now": _text(self.program())}).fetchone())
        except sqlite3.OperationalError:
            return False

    def _unheard(self, told: dict[str, Any]) -> None:
        """What nobody in the program has looked at; of the dead nobody could."""
        error = told.get("exception")
        if error is not None and not isinstance(error, Killed):
            self.crashes.append(f"{told.get('message')}: {error!r}")

    # --- looking behind, and holding --------------------------------------------------------------------------------

    def db(self, work: Callable[[Session], T]) -> T:
        """Do something behind the scenes."""
        self.passes(self._well_at - self.loop.time())
        with Session(self.engine, expire_on_commit=False) as db:
            result = work(db)
            db.commit()
            return result

    @contextmanager
    def peeking(self) -> Iterator[Session]:
        """Ask the program's own questions; whatever it does meanwhile is not kept."""
        with Session(self.engine) as db:
            yield db
            db.rollback()

    def holds(self, seconds: float) -> None:
        """Another program holds the database for so long."""
        if self._holding is None:
            self._holding = sqlite3.connect(self.path, isolation_level=None, timeout=0)
            with suppress(sqlite3.OperationalError):
                self._holding.execute("BEGIN IMMEDIATE")
            self._well_at = max(self._well_at, self.loop.time() + seconds)
            self.loop.call_later(seconds, self.lets_go)

    def lets_go(self) -> None:
        if self._holding is not None:
            self._holding.close()
            self._holding = None

    def fills(self, seconds: float) -> None:
        """The disk is full for so long."""
        self.weather.full = True
        self._well_at = max(self._well_at, self.loop.time() + seconds)
        self.loop.call_later(seconds, setattr, self.weather, "full", False)


_OPEN = """
SELECT EXISTS (SELECT 1 FROM inbox WHERE state = 'stored'),
       EXISTS (SELECT 1 FROM outbox WHERE state = 'sending'),
       EXISTS (SELECT 1 FROM outbox WHERE state = 'pending' AND channel <> 'web' AND not_before <= :now)
"""


def _text(moment: datetime) -> str:
    return moment.isoformat(" ", "microseconds")[:-6]


def _told(error: BaseException | None) -> str:
    """The error, and the way it took through the program."""
    frames = traceback.extract_tb(error.__traceback__) if error is not None else []
    way = [f"{Path(one.filename).name}:{one.lineno}" for one in frames if "site-packages" not in one.filename]
    return f"{type(error).__name__}: {str(error).splitlines()[:1]} by {' '.join(way[-8:])}"


class _Shown:
    """A clock that nobody sets."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    def __call__(self) -> datetime:
        return self._now()

    def set(self, now: datetime) -> None:
        raise RuntimeError(f"the machine's clock is moved by the town, not to {now}")


def _owned(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T], **how: Any) -> asyncio.Task[T]:
    task = asyncio.Task(work, loop=loop, **how)
    if (life := LIFE.get()) is not None:
        life.note(task)
    return task


def _put_in_place(patch: pytest.MonkeyPatch, template: Path) -> None:
    """What stands in for the timetable's clock, for sockets, and for what is slow by design."""
    make_cheap(patch, template)
    patch.setattr("models.ground.db.create_engine", shared_engine)
    patch.setattr("bot.app.Ticker", Hands)
    patch.setattr("jobs.trust.audit.audit", _once_a_day(audit))
    patch.setattr("bot.web.server.serve_http", _listens)
    for wire in ("bot.telegram.wire.TelegramWire.send", "bot.zalo.wire.ZaloWire.send"):
        module, _, name = wire.rpartition(".")
        holder, _, cls = module.rpartition(".")
        owner = getattr(__import__(holder, fromlist=[cls]), cls)
        patch.setattr(owner, name, named(getattr(owner, name)))


def _once_a_day(audit: Callable[..., AuditRun]) -> Callable[..., AuditRun]:
    """The program's auditor, which takes a third of a day's computing when it comes each hour; at each rest the judge asks it as well."""
    last: list[datetime] = []

    def seldom(
        db: Session, policies: Policies, periods: Mapping[str, timedelta], *, now: datetime
    ) -> AuditRun:
        if last and timedelta() <= now - last[-1] < _AUDITED:
            return AuditRun(at=now, well=True, findings=Findings(all=[]), looked_up_to=0)
        last.append(now)
        return audit(db, policies, periods, now=now)

    return seldom


async def _listens(address: tuple[str, int], routes: object, stop: asyncio.Event) -> None:
    await stop.wait()
