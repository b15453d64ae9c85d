"""The programs (`python -m bot run`), each started again when it has ended, and the database that they share."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Protocol

import psycopg

from tests.chaos import forked
from tests.postgres import Server, create_database

ROOT = Path(__file__).parents[2]
_LOOK = 0.05
_READ = 10.0  # seconds, until what an ended program has written is read


class Store(Protocol):
    """A database, and what may befall it. Each takes so many seconds."""

    url: str
    away: float  # seconds, all in all

    def away_since(self, moment: float) -> bool:
        """Whether it was away at some time since `moment` (of the steady watch)."""
        ...

    async def is_held(self, seconds: float) -> None:
        """Another program holds it."""
        ...

    async def is_killed(self, seconds: float) -> None: ...
    def recovers(self) -> None: ...


class SqliteFile:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "xanha.db"
        self.path.parent.mkdir(parents=True)
        self.url = f"sqlite:///{self.path}"
        self._holding: sqlite3.Connection | None = None
        self.away = 0.0

    def away_since(self, moment: float) -> bool:
        return False

    async def is_held(self, seconds: float) -> None:
        if self._holding is not None:
            return
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=0)
        for _ in range(200):
            with suppress(sqlite3.OperationalError):
                connection.execute("BEGIN IMMEDIATE")
                self._holding = connection
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(seconds if self._holding is not None else 0)
        connection.close()
        self._holding = None

    async def is_killed(self, seconds: float) -> None:
        """Do nothing: a file is nobody's process."""

    def recovers(self) -> None:
        if self._holding is not None:
            self._holding.close()


class PostgresServer:
    def __init__(self, folder: Path) -> None:
        # what was committed is written at once: else the server that is killed would lose it, and not the program
        self._server = Server(folder, options="-c synchronous_commit=on")
        self._server.start()
        self.url = create_database(self._server.url, "chaos")
        self._is_up, self._back_at = True, 0.0
        self.away = 0.0  # seconds, all in all

    def away_since(self, moment: float) -> bool:
        return not self._is_up or self._back_at >= moment

    async def is_held(self, seconds: float) -> None:
        if self._is_up:
            await asyncio.to_thread(self._hold, seconds)

    def _hold(self, seconds: float) -> None:
        with suppress(psycopg.Error), psycopg.connect(self.url) as connection:
            connection.execute("SET lock_timeout = '2s'")
            connection.execute("LOCK TABLE inbox, outbox IN EXCLUSIVE MODE")
            connection.execute("SELECT pg_sleep(%s)", [seconds])

    async def is_killed(self, seconds: float) -> None:
        if not self._is_up:
            return
        self._is_up, since = False, monotonic()
        os.kill(self._server.pid, signal.SIGKILL)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self._start)
        self.away += monotonic() - since

    def _start(self) -> None:
        for _ in range(50):  # its children end by themselves, a moment later, and give the memory back
            with suppress(subprocess.CalledProcessError):
                self._server.start()
                break
        self._is_up, self._back_at = True, monotonic()

    def recovers(self) -> None:
        if not self._is_up:
            self._start()

    def stop(self) -> None:
        with suppress(subprocess.CalledProcessError):
            self._server.stop()


class Running(Protocol):
    """A process, as `subprocess.Popen` shows it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def send_signal(self, sig: int, /) -> None: ...
    def wait(self) -> int | None: ...


_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.chaos.forked"])


class Forked:
    """A process of the program, forked from one that has it imported."""

    def __init__(self, folder: Path, environment: dict[str, str], words: Path) -> None:
        self._process = _processes.Process(target=forked.main, args=(folder, environment, words), daemon=True)
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def send_signal(self, sig: int, /) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, sig)

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode


class Program:
    """One of them: `keeps_running()` starts it anew each time until `ends()`; how it ended each time is counted in `ends`."""

    def __init__(
        self, number: int, folder: Path, store: Store, environment: dict[str, str], *, fresh: bool = False
    ) -> None:
        self.number, self._folder, self._store = number, folder, store
        self._environment, self._fresh = environment, fresh
        self._pipe = folder / f"program-{number}.pipe"
        os.mkfifo(self._pipe)
        self._running: Running | None = None
        self._readers: list[threading.Thread] = []
        self.ended: Counter[str] = Counter()
        self.strange: list[str] = []  # ends that nobody had ordered
        self.starts = 0
        self.is_up = self.leads = False  # it said so, at least once
        self._ordered = ""
        self._is_over = False
        self._began = 0.0

    @property
    def log(self) -> Path:
        return self._folder / f"program-{self.number}.log"

    async def keeps_running(self, pauses: list[float]) -> None:
        """`pauses`: seconds that the service manager waits before each start."""
        while not self._is_over:
            self._start()
            while self._running is not None and (code := self._running.poll()) is None:  # noqa: ASYNC110 - it is no task of ours
                await asyncio.sleep(_LOOK)
            self._note(code)
            if not self._is_over:
                await asyncio.sleep(pauses.pop() if pauses else 0.5)

    def _start(self) -> None:
        self._ordered, self._began = "", monotonic()
        self.is_up = self.leads = False
        self.starts += 1
        self._readers.append(threading.Thread(target=self._reads, args=(self.starts,), daemon=True))
        self._readers[-1].start()
        self._running = self._made()

    def _made(self) -> Running:
        if not self._fresh:
            return Forked(self._folder, self._environment, self._pipe)
        with self._pipe.open("wb") as words:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self._folder,
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=words,
            )

    def _reads(self, start: int) -> None:
        """Until the program that was started for the n-th time has ended. A pipe, not a file: its disk may be full."""
        with self._pipe.open("rb") as words, self.log.open("ab", buffering=0) as log:
            for line in words:
                log.write(line)
                if start == self.starts:
                    self.is_up = self.is_up or b"app.stands_by" in line
                    self.leads = self.leads or b"app.leads" in line

    def _note(self, code: int | None) -> None:
        # a program that does not listen yet ends by the signal itself
        stopped = (0,) if self.is_up else (0, -signal.SIGTERM)
        if code in {"killed": (-signal.SIGKILL,), "stopped": stopped}.get(self._ordered, ()):
            self.ended[self._ordered] += 1
        elif self._store.away_since(self._began) and code == 2 and not self.is_up:
            self.ended["could not start: no database"] += 1
        else:
            self.ended["by itself"] += 1
            self.strange.append(f"program {self.number} ended with {code}, {self._ordered or 'unasked'}")

    # --- what befalls it ----------------------------------------------------------------------------------------------

    @property
    def is_alive(self) -> bool:
        return self._running is not None and self._running.poll() is None

    def is_killed(self) -> bool:
        """Kill -9; False: there was nobody."""
        return self._is_told("killed", signal.SIGKILL)

    def is_told_to_stop(self) -> bool:
        return self._is_told("stopped", signal.SIGTERM)

    def _is_told(self, what: str, number: signal.Signals) -> bool:
        if not self.is_alive or self._running is None or self._ordered:
            return False
        self._ordered = what
        self._running.send_signal(number)
        return True

    async def freezes(self, seconds: float) -> None:
        """SIGSTOP, and SIGCONT later."""
        if not self.is_alive or self._running is None:
            return
        frozen = self._running
        frozen.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        frozen.send_signal(signal.SIGCONT)

    async def writes_nothing(self, seconds: float) -> None:
        """No file of its may grow for so long: a full disk, as far as one process has it."""
        if not self.is_alive or self._running is None:
            return
        pid, (soft, hard) = self._running.pid, resource.getrlimit(resource.RLIMIT_FSIZE)
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (4_096, hard))
            await asyncio.sleep(seconds)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))

    def wakes(self) -> None:
        if self.is_alive and self._running is not None:
            self._running.send_signal(signal.SIGCONT)

    async def ends(self, patience: float = 15) -> None:
        """Ask it to stop, for good."""
        self._is_over = True
        if self.is_alive and self._running is not None:
            self._ordered = "stopped"
            self._running.send_signal(signal.SIGTERM)
            until = monotonic() + patience
            while self.is_alive and monotonic() < until:  # noqa: ASYNC110 - it is no task of ours
                await asyncio.sleep(_LOOK)
            self._running.kill()

    def last_words(self, lines: int = 6) -> list[str]:
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]

    def end_now(self) -> None:
        self._is_over = True
        if self._running is not None:
            self._running.kill()
            self._running.wait()
        for reader in self._readers:
            reader.join(_READ)
