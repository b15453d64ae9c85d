"""A roll call of thousands, moved by the program's own clock, while half of them answer and others go on talking.

What is measured: how long until the last is asked, beside the least time that the pace allows; how old the figure in the
caller's chat is when it gets there; by how much it is not the figure of the second that stands beside it; what replies take.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import time
from bisect import bisect_left
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.rollcall import (
    CalledOn,
    CalledPeople,
    Occasion,
    RollCall,
    RollCallAnswer,
    call_roll,
    groups_by_cell,
    safety_figure,
)
from models.delivery.policy import OutboxPolicy
from models.ground.clock import HOME_ZONE, system_clock
from models.ground.db import Database
from models.people.member import Account, Member
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind
from models.policies import Policies
from tests.bench.running import Figures, computed, program, resident, telegram, wait_for, wait_until_idle
from tests.bench.talks import FIRST, TALKERS

_CALLER = FIRST + TALKERS - 1  # a chat that does not talk
_SECONDS = 50.0  # in which those who answer answer; the figure in a chat changes once a minute
_SHARE = 0.4
_FIGURE = re.compile(r"(\d+)/(\d+) đã rõ.*?(\d\d:\d\d:\d\d)", re.DOTALL)


def roll_call(url: str, rate: int, people: int) -> Figures:
    """Call on everybody below a committee whose cells each have a secretary who watches."""
    policies = Policies(outbox=OutboxPolicy(rate=rate))
    database = Database(url)
    database.run(_appoint)
    with telegram(people + TALKERS) as there:
        arguments = ("tests.bench.ours", there.url, url, str(rate), "rooms")
        with program(*arguments, stdout=subprocess.DEVNULL) as bot:
            there.ask("first", text="/menu")
            wait_until_idle(bot)
            idle, began = computed(bot), time.time()
            call_id = database.run(lambda db: _call(db, policies))
            wait_for(lambda: there.ask("asked_by")["chats"] == people, seconds=120)
            asked, computing = there.ask("asked_by"), computed(bot) - idle
            there.ask("safe", share=_SHARE, seconds=_SECONDS)
            talk = there.ask("open", users=50, rate=5, seconds=_SECONDS, text="/menu")
            taps = there.ask("safe_told")
            wait_for(lambda: len(there.ask("figures_in", chat=_CALLER)["figures"]) > 1, seconds=120)
            figures = there.ask("figures_in", chat=_CALLER)["figures"]
            memory = resident(bot)
    answers = database.run(lambda db: list(db.scalars(select(RollCallAnswer.at).order_by(RollCallAnswer.at))))
    screen = statistics.median(_look(database, call_id) for _ in range(5))
    database.close()
    ages, offs = zip(*(_judged(at, text, answers) for at, text in figures), strict=True)
    return {
        "asked": asked["chats"],
        "took": asked["last"] - began,
        "least": people / rate,
        "computing": computing,
        "figures": len(figures),
        "age": max(ages),
        "off": max(offs),
        "p95": talk["p95"],
        "tap p95": taps["p95"],
        "answers": len(answers),
        "screen": screen,
        "busy": memory,
    }


def _appoint(db: Session) -> None:
    """The caller is an officer; the first on each cell's roster is its secretary."""
    now = system_clock()
    commune = db.scalars(select(Unit).where(Unit.kind == UnitKind.COMMUNE)).one()
    caller = db.scalars(select(Account.member_id).where(Account.address == chat_address(_CALLER))).one()
    appoint(db, member_id=caller, unit_id=commune.id, role=Role.OFFICER, by_id=None, now=now)
    for cell in db.scalars(select(Unit).where(Unit.kind == UnitKind.CELL)).all():
        first = db.scalars(select(Member.id).where(Member.cell_id == cell.id).limit(1)).one()
        appoint(db, member_id=first, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=now)


def _call(db: Session, policies: Policies) -> int:
    caller = db.scalars(select(Account.member_id).where(Account.address == chat_address(_CALLER))).one()
    commune = db.scalars(select(Unit.id).where(Unit.kind == UnitKind.COMMUNE)).one()
    aim = CalledPeople(commune, CalledOn.ALL, caller)
    now = system_clock()
    return call_roll(db, aim, occasion=Occasion.STORM, text=None, policies=policies, now=now).id


def _look(database: Database, call_id: int) -> float:
    """Milliseconds of the figure and of the cells, as the caller's screen counts them."""

    def work(db: Session) -> float:
        began = time.perf_counter()
        safety_figure(db, call_id, above=True)
        groups_by_cell(db, call_id, [db.get_one(RollCall, call_id).unit_id], smallest=5)
        return (time.perf_counter() - began) * 1000

    return database.run(work)


def _judged(arrived: float, text: str, answers: list[datetime]) -> tuple[float, float]:
    """Seconds from the clock beside a figure until it arrived; by how many it is a figure of before or after that second."""
    found = _FIGURE.search(text)
    assert found is not None, text
    counted = int(found[1])
    there = datetime.fromtimestamp(arrived, ZoneInfo(HOME_ZONE))
    hour, minute, second = map(int, found[3].split(":"))
    said = there.replace(hour=hour, minute=minute, second=second, microsecond=0).timestamp()
    times = [one.timestamp() for one in answers]
    off = 0.0
    if counted < (known := bisect_left(times, said)):
        off = said - times[counted]
    elif counted > bisect_left(times, said + 1) and known < counted:
        off = times[counted - 1] - said - 1
    return arrived - said, off
