"""What each measurement stands on: the processes of a run, and databases with people in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.ground.clock import system_clock
from models.ground.db import Database
from models.people.member import add_member, link_account
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from tests.bench.talks import FIRST, TALKERS
from tests.crowds import a_crowd

ROOT = Path(__file__).parents[2]
Figures = dict[str, Any]


@contextmanager
def program(*arguments: str, **pipes: Any) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    running = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        text=True,
        stderr=subprocess.DEVNULL,
        **pipes,
    )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.communicate()


class Telegram:
    def __init__(self, running: subprocess.Popen[str]) -> None:
        assert running.stdin is not None
        assert running.stdout is not None
        self._in, self._out = running.stdin, running.stdout
        self.url = self._out.readline().strip()

    def ask(self, do: str, **order: Any) -> Figures:
        self.tell(do, **order)
        return self.hear()

    def tell(self, do: str, **order: Any) -> None:
        self._in.write(json.dumps({"do": do, **order}) + "\n")
        self._in.flush()

    def hear(self) -> Figures:
        told: Figures = json.loads(self._out.readline())
        if "error" in told:
            raise RuntimeError(told["error"])
        return told


@contextmanager
def telegram(users: int = 2000) -> Iterator[Telegram]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with program("tests.bench.telegram", str(users), **pipes) as running:
        yield Telegram(running)


def resident(process: subprocess.Popen[str]) -> float:
    """Megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def computed(process: subprocess.Popen[str]) -> float:
    """Seconds of computing since it began: what else the machine does is not in them."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_until_idle(process: subprocess.Popen[str], *, seconds: float = 180) -> bool:
    """Wait until it has done what a start brings, for example summaries that were never made."""
    before = [-1.0]

    def idle() -> bool:
        time.sleep(1.5)
        last, before[0] = before[0], computed(process)
        return before[0] - last < 0.1

    return wait_for(idle, seconds=seconds)


# --- people ---------------------------------------------------------------------------------------------------------


def register(url: str, users: int = 2000) -> None:
    """The simulated users are members."""

    def work(db: Session) -> None:
        now = system_clock()
        for number in range(users):
            # namesakes would be told apart, each from all the others
            member = add_member(db, cell_id=None, full_name=f"Nguyễn Văn {number}", now=now)
            link_account(db, member, address=chat_address(FIRST + number), now=now)

    database = Database(url)
    database.run(work)
    database.close()


def crowded(url: str, people: int) -> str:
    """A commune of so many members, and an officer."""

    def work(db: Session) -> None:
        now = system_clock()
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
        officer = add_member(db, cell_id=None, full_name="Vũ Thị Mai", now=now)
        appoint(db, member_id=officer.id, unit_id=commune.id, role=Role.OFFICER, by_id=None, now=now)
        a_crowd(db, commune, first_chat=FIRST + TALKERS, people=people, now=now)

    register(url, TALKERS)
    database = Database(url)
    database.run(work)
    database.close()
    return url


def wait_for(done: Callable[[], bool], *, seconds: float) -> bool:
    end = time.perf_counter() + seconds
    while not done():
        if time.perf_counter() > end:
            return False
        time.sleep(0.5)
    return True
