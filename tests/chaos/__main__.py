"""Real programs under kill -9, a database that is held, killed and full, and a network that fails; then it is judged.

python -m tests.chaos --seconds 120 --seed 1 --database sqlite|postgres
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.standin.server import listen, server
from bot.telegram.chats import chat_address
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.entry.invite import create_invite
from models.entry.policy import InvitePolicy
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, use_keys
from models.migrations import migrate
from models.people.member import add_member
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.phrases.text import raw
from tests.chaos.crowd import Invited, Somebody, Spoken
from tests.chaos.judge import Judge
from tests.chaos.messenger import Given, Messenger, Said
from tests.chaos.mischief import Mischief
from tests.chaos.programs import ROOT, PostgresServer, Program, SqliteFile, Store
from tests.postgres import memory
from tests.simulate.town import KEY

TOKEN = "1:demo"
_FIRST_CHAT = 2_000
_COMES_UP = 120.0  # seconds, on a busy machine
_CALM = 150.0  # seconds: a message's lease runs out in ninety
_QUIET = 3  # looks in a row that find nothing on its way


@dataclass
class Report:
    """`broken`: what did not hold, in words."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        for what, counts in self.counts.items():
            told = ", ".join(f"{name} {count:,}" for name, count in counts.most_common() if count)
            yield f"  {what:<10} {told or 'none'}"


def main() -> int:
    options = options_of(sys.argv[1:])
    with _folder(options.keep) as folder:
        report = asyncio.run(
            chaos(
                folder,
                options.database,
                seconds=options.seconds,
                seed=options.seed,
                people=options.people,
                fresh=options.fresh,
            )
        )
        sys.stdout.write(f"{options.database}, seed {options.seed}, {report.seconds:.0f} s\n")
        for line in report.lines():
            sys.stdout.write(f"{line}\n")
        for broken in report.broken[:20]:
            sys.stdout.write(f"! {broken}\n")
        sys.stdout.write("it holds\n" if not report.broken else f"{len(report.broken)} things do not hold\n")
    return 1 if report.broken else 0


def options_of(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description="Real programs, a database and a network that fail; then it is judged."
    )
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--people", type=int, default=24)
    parser.add_argument("--fresh", action="store_true", help="each start is a new interpreter: slower")
    parser.add_argument("--keep", type=Path, help="a folder in which database, logs and journal are left")
    return parser.parse_args(arguments)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.absolute()
        return
    folder = Path(tempfile.mkdtemp(prefix="xn-chaos-", dir=memory()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def chaos(
    folder: Path, kind: str, *, seconds: float, seed: int, people: int = 24, fresh: bool = False
) -> Report:
    """Run it for so many seconds, let it come to rest, end it, and return what was seen."""
    use_keys(Keyring([KEY]))
    chance = random.Random(seed)  # noqa: S311 - the point is that it can be foretold
    messenger = Messenger(token=TOKEN, chance=random.Random(chance.random()), mischief=0.2)  # noqa: S311
    with _store(kind, folder) as store:
        migrate(store.url)
        database = Database(store.url)
        invited = database.run(partial(_settle, people=people))
        for one in invited:
            messenger.add_user(one.chat, one.name, phone=one.number)
        try:
            async with _answering(messenger) as address:
                programs = [
                    Program(number, folder, store, _environment(address, store.url), fresh=fresh)
                    for number in (1, 2)
                ]
                return await _run(programs, store, messenger, database, invited, chance, seconds)
        finally:
            both: list[Given | Said] = [*messenger.given.values(), *messenger.said]
            journal = sorted(both, key=lambda one: one.at)
            (folder / "journal").write_text("\n".join(map(str, journal)), encoding="utf-8")
            database.close(within=5)


async def _run(
    programs: list[Program],
    store: Store,
    messenger: Messenger,
    database: Database,
    invited: list[Invited],
    chance: random.Random,
    seconds: float,
) -> Report:
    began, over = monotonic(), monotonic() + _COMES_UP

    def is_over() -> bool:
        return monotonic() > over

    spoken = Spoken()
    judge = Judge(database.engine, messenger, spoken)
    mischief = Mischief(programs, store, messenger, random.Random(chance.random()))  # noqa: S311
    pauses = [chance.choice((0.1, 0.5, 1.0, 3.0)) for _ in range(1_000)]
    keeping = [asyncio.create_task(program.keeps_running(pauses)) for program in programs]
    while not any(program.leads for program in programs) and not is_over():  # noqa: ASYNC110 - it is no task of ours
        await asyncio.sleep(0.1)
    over = monotonic() + seconds
    crowd = [
        asyncio.create_task(
            Somebody(one, messenger, spoken, is_over, random.Random(chance.random())).live()  # noqa: S311
        )
        for one in invited
    ]
    reminding = asyncio.create_task(_reminds(database, spoken, is_over))
    try:
        await mischief.goes_on(is_over)
        mischief.ends()
        await asyncio.gather(*crowd, reminding)
        waits = await _comes_to_rest(judge, messenger)
        await asyncio.gather(*(program.ends() for program in programs))
        await asyncio.gather(*keeping)
        verdict = await asyncio.to_thread(judge.verdict)
    finally:
        for program in programs:
            program.end_now()
    broken = [*verdict.broken, *(one for program in programs for one in program.strange)]
    broken += [f"{waits} updates and messages wait after {_CALM:.0f} s of quiet"] if waits else []
    mischief.did["seconds without a database"] = round(store.away)
    ended = sum((program.ended for program in programs), Counter())
    return Report(
        {
            "befell": mischief.did,
            "faults": messenger.faulty,
            "updates": messenger.odd,
            "programs": Counter(started=sum(program.starts for program in programs)) + ended,
            "people": spoken.did,
            "judged": verdict.judged,
        },
        broken,
        monotonic() - began,
    )


async def _comes_to_rest(judge: Judge, messenger: Messenger) -> int:
    """Wait until nothing is on its way; return how much still is."""
    until, quiet, waits = monotonic() + _CALM, 0, 0
    while quiet < _QUIET and monotonic() < until:
        await asyncio.sleep(0.5)
        with suppress(Exception):  # a server that has just come back
            waits = await asyncio.to_thread(judge.waits) + messenger.has_news
            quiet = 0 if waits else quiet + 1
    return waits


async def _reminds(database: Database, spoken: Spoken, is_over: Callable[[], bool]) -> None:
    """Automatic messages, which another program puts into the outbox."""
    number = 0
    while not is_over():
        await asyncio.sleep(0.7)
        for chat in sorted(spoken.registered):
            number += 1
            words = f"Nhắc việc số {number}."
            with suppress(DBAPIError):  # away: nothing was written, or its answer was lost
                await asyncio.wrap_future(database.submit(partial(_remind, chat, words)))
                spoken.asked[words] = chat
            if number % 3 == 0:
                break


def _remind(chat: int, words: str, db: Session) -> None:
    enqueue(
        db, Recipient(chat_address(chat)), Message(raw(words)), key=f"chaos:{words}", lane=Lane.REMINDER,
        now=system_clock(),
    )  # fmt: skip


# --- what it stands on ------------------------------------------------------------------------------------------------


@contextmanager
def _store(kind: str, folder: Path) -> Iterator[Store]:
    if kind == "sqlite":
        yield SqliteFile(folder)
        return
    home = Path(tempfile.mkdtemp(prefix="xn-pg-", dir=memory()))
    store = PostgresServer(home)
    try:
        yield store
    finally:
        store.stop()
        shutil.rmtree(home, ignore_errors=True)


@asynccontextmanager
async def _answering(messenger: Messenger) -> AsyncIterator[str]:
    door = listen()
    standing = server(messenger)
    standing.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(standing.serve(sockets=[door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        standing.should_exit = True
        await serving


def _environment(address: str, url: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    return own | {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": address,
        "BOT_DATABASE_URL": url,
        "BOT_SECRET_KEYS": KEY,
        "BOT_HEALTH": "off",
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }


def _settle(db: Session, *, people: int) -> list[Invited]:
    """One cell: a secretary and its members, each with a link that is theirs."""
    now = system_clock()
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Hòa Thuận", parent=None, now=now)
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=commune, now=now)
    invited = []
    for number in range(people):
        chat, name, phone = _FIRST_CHAT + number, f"Nguyễn Thị {_name(number)}", f"+84911{number:06}"
        member = add_member(
            db, cell_id=cell.id, full_name=name, phone=phone, birth_year=1960 + number,
            place_code=("VN-79", "JP", "DE")[number % 3], now=now,
        )  # fmt: skip
        if number == 0:
            appoint(db, member_id=member.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=now)
        _, token = create_invite(db, member, by_id=None, policy=InvitePolicy(), now=now)
        invited.append(Invited(chat, name, phone, token, opens=number == 0))
    return invited


def _name(number: int) -> str:
    first, second = divmod(number, 8)
    heads = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Khanh", "Lan", "Mai", "Nga", "Oanh", "Phúc")
    tails = ("", " Anh", " Hoa", " Linh", " Mỹ", " Như", " Thu", " Xuân")
    return f"{heads[first % len(heads)]}{tails[second]}"


if __name__ == "__main__":
    sys.exit(main())
