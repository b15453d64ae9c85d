"""How fast it is, each group of rows side by side in one run.

python -m tests.bench                              all groups, about fifteen minutes
python -m tests.bench --only screens province      these alone, each beside what it is compared with
python -m tests.bench --rounds 1 --seconds 2       fewer, shorter looks; --quick: that, and fewer people
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property, partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.serve import spare_the_collector
from bot.telegram.chats import chat_address
from jobs import EVERY_MINUTE, TIMETABLE
from jobs.ground.runner import Runner
from models.contact.checkin import Checkin, next_checkin_at, plan_checkin
from models.delivery.policy import OutboxPolicy
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, use_keys
from models.meeting.notice import Announcement, Audience, Notice, cancel_notice, send_notice
from models.migrations import migrate
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import Appointment, Role
from models.people.unit import UnitKind, create_unit
from models.policies import Policies
from tests import postgres
from tests.bench.communes import fill_communes
from tests.bench.ours import KEY
from tests.bench.page import Weighed, weights_and_pace
from tests.bench.rollcall import roll_call
from tests.bench.running import Figures, crowded, program, register, resident, telegram, wait_for
from tests.bench.screens import LARGE, MIDDLE, SMALL, Measured, screens
from tests.bench.talks import CELLS, EACH, FIRST, TALKERS, TALKS
from tests.hostile import corpus

WORST = "word: letters that are sorted"  # ten seconds of computing, if they are given


# --- tap to reply ---------------------------------------------------------------------------------------------------


def tap_to_reply(*arguments: str, seconds: float) -> Figures:
    """One bot on a stand-in of its own; `API` among the arguments becomes its address."""
    with telegram() as there:
        began = time.perf_counter()
        given = [there.url if argument == "API" else argument for argument in arguments]
        with program(*given, stdout=subprocess.DEVNULL) as bot:
            there.ask("first")
            found: Figures = {"start": time.perf_counter() - began}
            time.sleep(1)
            found["idle"] = resident(bot)
            there.ask("closed", users=1, seconds=1)  # warm
            alone = there.ask("closed", users=1, seconds=seconds / 2)
            crowd = there.ask("closed", users=100, seconds=seconds)
            found |= {"crowd": crowd["per_second"], "alone 50": alone["p50"], "alone 95": alone["p95"]}
            steady = there.ask("open", users=100, rate=50, seconds=seconds)
            found |= {"steady 50": steady["p50"], "steady 95": steady["p95"], "busy": resident(bot)}
    return found


def real_screens(url: str, seconds: float) -> dict[str, Figures]:
    """Each talk in the program that runs: a crowd in a closed loop, one person alone, fifty updates a second."""
    found = {}
    with (
        telegram(CELLS * EACH) as there,
        program("tests.bench.ours", there.url, url, "100000", "rooms", stdout=subprocess.DEVNULL),
    ):
        there.ask("closed", talk="menu", users=1, seconds=1)
        for name in TALKS:
            ask = partial(there.ask, talk=name, seconds=seconds)
            ask("closed", users=100)  # warm; and everybody is where their talk begins
            alone, crowd = ask("closed", users=1), ask("closed", users=100)
            steady = ask("open", users=100, rate=50)
            found[name] = {"crowd": crowd["per_second"], "alone 50": alone["p50"], "alone 95": alone["p95"]}
            found[name] |= {"steady 50": steady["p50"], "steady 95": steady["p95"]}
    return found


def medians(rounds: list[Figures]) -> Figures:
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


# --- the outbox, the calendar ---------------------------------------------------------------------------------------


def notice(url: str, rate: int, people: int, seconds: float) -> Figures:
    """A notice to everybody at a pace, said by its own job, and people who go on talking meanwhile; then stopped."""
    policies = Policies(outbox=OutboxPolicy(rate=rate))

    def begin(db: Session) -> Notice:
        office = db.scalars(select(Appointment).where(Appointment.role == Role.OFFICER)).one()
        return send_notice(
            db,
            said=Announcement(text="Mời đồng chí dự họp."),
            unit_id=office.unit_id,
            by_id=office.member_id,
            audience=Audience.ALL,
            policies=policies,
            now=system_clock(),
        )

    def stop(db: Session) -> None:
        found = db.get_one(Notice, said.id)
        cancel_notice(db, found, by_id=found.by_id, policies=policies, now=system_clock())

    database = Database(url)
    arguments = ("tests.bench.ours", "API", url, str(rate), "notice.move")
    with telegram(people + TALKERS) as there:
        given = [there.url if argument == "API" else argument for argument in arguments]
        with program(*given, stdout=subprocess.DEVNULL) as bot:
            there.ask("first")
            said = database.run(begin)
            flows = wait_for(
                lambda: there.ask("copies")["chats"] > rate, seconds=90
            )  # the audience is written down
            talk = there.ask("open", users=50, rate=5, seconds=2 * seconds)
            each = there.ask("count", seconds=4 * seconds)["each"] if flows else []
            copies = there.ask("copies")
            memory = resident(bot)
            database.run(stop)
    database.close()
    share = statistics.mean(each) / rate if each else 0.0
    return {
        "share": share,
        "p95": talk["p95"],
        "busy": memory,
        "most": copies["most"],
        "chats": copies["chats"],
    }


def beside_files(url: str, folder: Path, seconds: float) -> dict[str, Figures]:
    """A member's /menu alone, beside the corpus of hostile files, and beside its worst file, four senders at a time."""
    worst = folder / "worst"
    every = folder / "every"
    for place, files in ((every, corpus()), (worst, [one for one in corpus() if one.what == WORST])):
        place.mkdir()
        for number, one in enumerate(files):
            (place / f"{number:03}{Path(one.name).suffix if one.name.isascii() else ''}").write_bytes(
                one.data
            )
    with telegram() as there:
        arguments = ("tests.bench.ours", there.url, url, "100000", "files")
        with program(*arguments, stdout=subprocess.DEVNULL) as bot:
            there.ask("first")
            there.ask("beside", folder=str(every), senders=0, seconds=2)  # warm
            idle = resident(bot)
            ask = partial(there.ask, "beside", seconds=seconds)
            alone = ask(folder=str(every), senders=0)
            found = {"alone": alone, "the corpus": ask(folder=str(every), senders=4)}
            found["its worst file"] = ask(folder=str(worst), senders=4)
            for figures in found.values():
                figures |= {"idle": idle, "busy": resident(bot)}
    return found


def asked_people(db: Session, members: int, *, now: datetime) -> None:
    """Members away, each with a check-in that is planned."""
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Xã", parent=None, now=now)
    for number in range(members):
        if number % 25 == 0:
            cell = create_unit(db, kind=UnitKind.CELL, name=f"Thôn {number}", parent=commune, now=now)
        name = f"Nguyễn Văn {number}"  # nobody's words are another's
        member = add_member(db, cell_id=cell.id, full_name=name, place_code="VN-79", now=now)
        link_account(db, member, address=chat_address(FIRST * 10 + number), now=now)
        record_consent(db, member.id, Purpose.CONTACT, given=True, now=now)
        plan_checkin(db, member, Policies().checkin, now=now)


def opening(url: str, seconds: float, members: int = 5000) -> Figures:
    """All the members' check-ins open in the program that runs, and people who talk meanwhile."""
    database, now = Database(url), system_clock()
    database.run(partial(asked_people, members=members, now=now))
    noon = f"Etc/GMT{now.hour - 12:+}"  # where it is noon now: at night nobody is asked. The sign is POSIX's
    database.run(lambda db: db.execute(update(Member).values(zone=noon)))
    due = update(Checkin).values(opens_at=now, next_at=now - timedelta(days=1))
    with telegram() as there:
        arguments = ("tests.bench.ours", there.url, url, "30", "checkin.move")
        with program(*arguments, stdout=subprocess.DEVNULL):
            there.ask("first")
            there.ask("open", users=50, rate=20, seconds=seconds)  # warm
            database.run(lambda db: db.execute(due))
            talk = there.ask("open", users=50, rate=20, seconds=2 * seconds)
            opened = wait_for(lambda: not database.run(_planned_today), seconds=60)
    database.close()
    return {"p95": talk["p95"], "opened": opened}


def _planned_today(db: Session) -> bool:
    soon = system_clock() + timedelta(hours=13)
    return db.scalar(select(Checkin.id).where(Checkin.next_at < soon).limit(1)) is not None


def ticks(url: str, members: int = 5000) -> Figures:
    """Milliseconds of every job's tick with nothing due, and with all the members' check-ins due."""
    database, now = Database(url), system_clock()
    minutely = [job for job in TIMETABLE if job.cron == EVERY_MINUTE]
    moment = [now]
    errors: list[BaseException] = []
    runner = Runner(database, Policies(), lambda: moment[0], on_error=lambda _, error: errors.append(error))

    def tick() -> tuple[float, int]:
        began = time.process_time()  # what it costs: what else the machine does is not in it
        items = sum(runner.run(job).items for job in runner.look(minutely))
        return (time.process_time() - began) * 1000, items

    database.run(partial(asked_people, members=members, now=now))
    spare_the_collector()
    tick()
    nothing = statistics.median(tick()[0] for _ in range(20))
    moment[0] = database.run(next_checkin_at) or now  # an evening in Vietnam: at night nobody would be asked
    due, items = tick()
    database.close()
    if errors:
        raise errors[0]
    return {"nothing": nothing, "due": due, "items": items}


# --- the report -----------------------------------------------------------------------------------------------------

console = Console(width=118)


def verdict(value: float, must: float, aim: float, *, least: bool) -> str:
    for limit, words in ((aim, "aim met"), (must, "met")):
        if value >= limit if least else value <= limit:
            return f"{words} (must {must:g}, aim {aim:g})"
    return f"NOT MET (must {must:g}, aim {aim:g})"


def show_taps(bots: dict[str, Figures], rounds: int) -> None:
    echo = bots["bare PTB echo"]
    table = Table(title=f"From tap to reply, the whole way; medians of {rounds}")
    for head in ("", *bots, "SQLite ÷ echo", "budget"):
        table.add_column(head, justify="left" if head in ("", "budget") else "right")
    rows = [
        ("updates/s, 100 users, closed loop", "crowd", 1, (1.5, 3.5, True)),
        ("p50 ms, one user", "alone 50", 1000, (2.5, 1.5, False)),
        ("p95 ms, one user", "alone 95", 1000, None),
        ("p50 ms at 50 updates/s", "steady 50", 1000, None),
        ("p95 ms at 50 updates/s", "steady 95", 1000, None),
        ("exec → first reply, s", "start", 1, None),
        ("resident MB, idle", "idle", 1, None),
        ("resident MB, after the load", "busy", 1, None),
    ]
    for label, name, factor, budget in rows:
        ratio = bots["SQLite"][name] / echo[name]
        words = verdict(ratio, budget[0], budget[1], least=budget[2]) if budget else ""
        if name == "start":
            words = verdict(bots["SQLite"][name], 3.5, 2, least=False)
        if name == "idle":
            words = verdict(bots["SQLite"][name], 130, 90, least=False)
        figures = [f"{bot[name] * factor:.1f}" for bot in bots.values()]
        table.add_row(label, *figures, f"{ratio:.2f}", words)
    console.print(table)


def show_real_screens(found: dict[str, dict[str, Figures]], echo: Figures) -> None:
    table = Table(title="Real screens, the whole way; × and ÷: beside the bare echo of this run")
    heads = (
        "",
        "",
        "updates/s",
        "× echo",
        "budget",
        "p50 ms, one",
        "÷ echo",
        "budget",
        "p95 ms at 50/s",
        "budget",
    )
    for head in heads:
        table.add_column(head, justify="left" if head in ("", "budget") else "right")
    for where, talks in found.items():
        for name, one in talks.items():
            pace, alone = one["crowd"] / echo["crowd"], one["alone 50"] / echo["alone 50"]
            table.add_row(
                where,
                TALKS[name].what,
                f"{one['crowd']:.0f}",
                f"{pace:.2f}",
                verdict(pace, 1.0, 2.0, least=True),
                f"{one['alone 50'] * 1000:.1f}",
                f"{alone:.2f}",
                verdict(alone, 2.5, 1.5, least=False),
                f"{one['steady 95'] * 1000:.0f}",
                verdict(one["steady 95"] * 1000, 50, 20, least=False),
            )
    console.print(table)


def show_notices(found: dict[tuple[str, int], Figures], people: int) -> None:
    table = Table(title=f"A notice to {people:,} people by its own job, and people who talk meanwhile")
    for head in ("", "pace held", "budget", "copies", "reply p95 ms", "budget", "resident MB", "budget"):
        table.add_column(head)
    for (where, rate), one in found.items():
        table.add_row(
            f"{where}, {rate}/s",
            f"{one['share'] * 100:.1f} %",
            verdict(one["share"] * 100, 97, 97, least=True),
            f"{one['most']} at most, {one['chats']:,} chats",
            f"{one['p95'] * 1000:.0f}",
            verdict(one["p95"] * 1000, 300, 150, least=False),
            f"{one['busy']:.0f}",
            verdict(one["busy"], 180, 120, least=False),
        )
    console.print(table)


def show_roll_calls(found: dict[str, Figures]) -> None:
    table = Table(
        title="A roll call of 10,000, 1,000 messages a second; 4,000 answer in 50 s, others talk meanwhile"
    )
    for head in (
        "",
        "all asked",
        "budget",
        "figure's age",
        "budget",
        "off its second",
        "taps, talk p95 ms",
        "budget",
    ):
        table.add_column(head)
    for where, one in found.items():
        least = one["least"]
        table.add_row(
            f"{where}, screen {one['screen']:.0f} ms, {one['busy']:.0f} MB",
            f"{one['asked']:,} in {one['took']:.1f} s, {one['computing']:.1f} of computing",
            verdict(one["took"] / least, 2, 1.3, least=False),
            f"{one['age']:.1f} s, {one['figures']} times",
            verdict(one["age"], 10, 3, least=False),
            verdict(one["off"], 1, 0, least=False),
            f"{one['tap p95'] * 1000:.0f}, {one['p95'] * 1000:.0f}",
            verdict(max(one["p95"], one["tap p95"]) * 1000, 300, 150, least=False),
        )
    console.print(table)


def show_files(found: dict[str, Figures]) -> None:
    table = Table(title="A member's /menu while four others send hostile files without a pause, SQLite")
    for head in ("beside", "files", "p50 ms", "p95 ms", "p95 ÷ alone", "budget", "resident MB"):
        table.add_column(head)
    for what, one in found.items():
        ratio = one["p95"] / found["alone"]["p95"]
        words = "" if what != "its worst file" else verdict(ratio, 2, 1.5, least=False)
        figures = [
            f"{one['p50'] * 1000:.1f}",
            f"{one['p95'] * 1000:.1f}",
            f"{ratio:.2f}",
            words,
            f"{one['busy']:.0f}",
        ]
        table.add_row(what, str(one["files"]), *figures)
    console.print(table)


def show_page(weighed: list[Weighed], paces: list[Figures], telegram: Figures) -> None:
    table = Table(
        title="The page, as it is served: bytes with headers, requests; then its pace over loopback, SQLite"
    )
    for head in ("", "the page", "budget", "first load, all told", "requests", "budget"):
        table.add_column(head, justify="left" if head in ("", "budget") else "right")
    for one in weighed:
        table.add_row(
            one.what,
            f"{one.document:,}",
            verdict(one.document, 20_000, 12_000, least=False),
            f"{one.first:,}",
            str(one.requests),
            verdict(one.requests, 8, 5, least=False),
        )
    console.print(table)
    pace = medians(paces)
    for label, name, beside in (
        ("a look, 50 a second", "look", "steady"),
        ("from a tap to the page that answers, one user", "say", "alone"),
    ):
        p50, p95 = pace[f"{name} 50"], pace[f"{name} 95"]
        t50, t95 = telegram[f"{beside} 50"], telegram[f"{beside} 95"]
        console.print(
            f"{label}: p50 {p50 * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms; Telegram's way p50 {t50 * 1000:.1f}, "
            f"p95 {t95 * 1000:.1f}: {p50 / t50:.2f} and {p95 / t95:.2f} of it"
        )


def show_ticks(found: dict[str, Figures], open_ones: Figures) -> None:
    table = Table(title="The minute's tick, all its jobs, 5,000 members: milliseconds of computing")
    for head in ("", "nothing due", "budget", "5,000 due", "budget"):
        table.add_column(head)
    for where, one in found.items():
        table.add_row(
            where,
            f"{one['nothing']:.1f}",
            verdict(one["nothing"], 20, 5, least=False),
            f"{one['due']:.0f} ({one['items']} items)",
            verdict(one["due"], 2000, 1000, least=False),
        )
    console.print(table)
    words = verdict(open_ones["p95"] * 1000, 100, 50, least=False)
    all_of_them = "" if open_ones["opened"] else "; NOT all of them within a minute"
    console.print(
        f"replies while 5,000 open, SQLite: p95 {open_ones['p95'] * 1000:.0f} ms, {words}{all_of_them}"
    )


def show_screens(found: dict[str, list[Measured]]) -> None:
    table = Table(title="Screens of many: our own work")
    for head in ("", "", "ms", "queries", "budget"):
        table.add_column(head, justify="right" if head in ("ms", "queries") else "left")
    for where, rows in found.items():
        for one in rows:
            judged = where == "SQLite" and one.queries
            table.add_row(
                where,
                one.what,
                f"{one.ms:,.0f}",
                str(one.queries or ""),
                verdict(one.ms, 100, 50, least=False) if judged else "",
            )
    console.print(table)


def fdatasync() -> float:
    """Milliseconds, the median of many."""
    took = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(100):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


# --- what is measured -----------------------------------------------------------------------------------------------

BOTH = ("SQLite", "PostgreSQL")


@dataclass
class Bench:
    """One run: its databases, how long it looks, and what several groups compare themselves with."""

    stack: ExitStack
    rounds: int
    seconds: float
    quick: bool
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    @cached_property
    def folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory()))

    @cached_property
    def server(self) -> str:
        return self.stack.enter_context(postgres.running_server())

    def empty(self, where: str) -> str:
        """Make a database: each measurement has its own, since another stand-in counts its updates from one again."""
        number = next(self._numbers)
        sqlite = f"sqlite:///{self.folder}/bench{number}.db"
        url = sqlite if where == "SQLite" else postgres.create_database(self.server, f"bench{number}")
        migrate(url)
        return url

    def fresh(self, where: str) -> str:
        url = self.empty(where)
        register(url)
        return url

    @cached_property
    def bots(self) -> dict[str, Figures]:
        """Each in turn, round by round: what the machine does meanwhile is the same for all."""
        found: dict[str, list[Figures]] = {"bare PTB echo": [], **{where: [] for where in BOTH}}
        for _ in range(self.rounds):
            found["bare PTB echo"].append(tap_to_reply("tests.bench.echo", "API", seconds=self.seconds))
            for where in BOTH:
                ours = ("tests.bench.ours", "API", self.fresh(where), "100000")
                found[where].append(tap_to_reply(*ours, seconds=self.seconds))
        return {name: medians(each) for name, each in found.items()}

    def taps(self) -> None:
        show_taps(self.bots, self.rounds)

    def screens(self) -> None:
        found = {where: real_screens(fill_communes(self.empty(where)), self.seconds) for where in BOTH}
        show_real_screens(found, self.bots["bare PTB echo"])

    def page(self) -> None:
        pages = [weights_and_pace(self.empty("SQLite"), self.seconds) for _ in range(self.rounds)]
        show_page(pages[0][0], [pace for _, pace in pages], self.bots["SQLite"])

    def notices(self) -> None:
        people = 10_000 if self.quick else 100_000
        found: dict[tuple[str, int], Figures] = {}
        for where in BOTH:
            for rate in (400,) if self.quick else (30, 1000):
                found[where, rate] = notice(crowded(self.empty(where), people), rate, people, self.seconds)
        show_notices(found, people)

    def rollcall(self) -> None:
        crowds = {where: crowded(self.empty(where), 10_000) for where in BOTH}
        show_roll_calls({where: roll_call(url, 1000, 10_000) for where, url in crowds.items()})

    def files(self) -> None:
        show_files(beside_files(self.fresh("SQLite"), self.folder, 10 if self.quick else 20))

    def ticks(self) -> None:
        found = {where: ticks(self.fresh(where)) for where in BOTH}
        show_ticks(found, opening(self.fresh("SQLite"), self.seconds))

    def province(self) -> None:
        sizes = {"SQLite": SMALL, "PostgreSQL": MIDDLE if self.quick else LARGE}
        show_screens({where: screens(self.empty(where), size) for where, size in sizes.items()})


GROUPS: dict[str, Callable[[Bench], None]] = {
    "taps": Bench.taps,
    "screens": Bench.screens,
    "page": Bench.page,
    "notices": Bench.notices,
    "rollcall": Bench.rollcall,
    "files": Bench.files,
    "ticks": Bench.ticks,
    "province": Bench.province,
}


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast it is.")
    parser.add_argument(
        "--only", nargs="+", choices=GROUPS, default=list(GROUPS), help="these groups of rows"
    )
    parser.add_argument("--rounds", type=int, help="look so many times, and take the medians: 3, quick 1")
    parser.add_argument("--seconds", type=float, help="of one look: 3, quick 2")
    parser.add_argument("--quick", action="store_true", help="fewer people, one round")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.seconds = options.seconds or (2.0 if options.quick else 3.0)
    return options


def main(arguments: Sequence[str] | None = None) -> None:
    options = options_of(sys.argv[1:] if arguments is None else arguments)
    use_keys(Keyring([KEY]))
    began = time.perf_counter()
    with ExitStack() as stack:
        bench = Bench(stack, options.rounds, options.seconds, options.quick)
        for name, measure in GROUPS.items():
            if name in options.only:
                measure(bench)
    console.print(f"a disk's fdatasync: {fdatasync():.1f} ms; SQLite waits for one between tap and reply")
    console.print(
        f"{time.perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    main()
