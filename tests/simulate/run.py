"""One run: a seed and so many days, or a story; what happened, and what did not hold.

    simulate(folder, template, seed=17, days=30)        invented by the seed
    simulate(folder, template, story=[Step(...), …])    played as it was written down

A run ends with the first thing that does not hold. Played again, its steps do the same.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.simulate.author import Author
from tests.simulate.cast import SETTLED
from tests.simulate.judge import Judge
from tests.simulate.play import Player
from tests.simulate.steps import TOWN, Step
from tests.simulate.town import BEGINS, Town

# with every other seed clocks change while it runs: in America on 14 March and 1 November, in Europe on 28 March and 25 October
BEGINNINGS = (
    BEGINS,
    datetime(2027, 3, 12, 1, tzinfo=UTC),
    BEGINS,
    datetime(2027, 3, 26, 1, tzinfo=UTC),
    BEGINS,
    datetime(2026, 10, 23, 1, tzinfo=UTC),
    BEGINS,
    datetime(2026, 10, 30, 1, tzinfo=UTC),
)


@dataclass
class Outcome:
    """What came of a run. `broken`: what did not hold, in words; empty where all did."""

    steps: list[Step] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    passed_over: int = 0
    deaths: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    processes: int = 0
    days: float = 0
    broken: list[str] = field(default_factory=list)
    digest: str = ""

    @property
    def kind(self) -> str:
        """Return what broke, without names and numbers: the same mistake has the same kind."""
        return kind_of(self.broken[0]) if self.broken else ""


def kind_of(broken: str) -> str:
    """Return the first words of it, without what is another one each time."""
    return re.sub(r"\d+|'.*|[A-Z]\w+/\w+", "#", broken)[:60]


def simulate(
    folder: Path,
    template: Path,
    *,
    seed: int = 0,
    days: float = 0,
    calm: bool = False,
    quiet: float = 5,
    story: Sequence[Step] | None = None,
) -> Outcome:
    """Live through `days` by a seed, or play `story`; `calm`: nothing befalls the machine; `quiet`: hours between two visits."""
    outcome = Outcome()
    begins = BEGINNINGS[seed % len(BEGINNINGS)]
    if story is not None and story and story[0].does == "begins":
        begins, story = datetime.fromisoformat(story[0].what), story[1:]
    with Town.open(folder, template, begins) as town:
        town.chance.reseed(0)
        if begins != BEGINS:
            outcome.steps.append(Step(TOWN, "begins", begins.isoformat()))
        player = Player(town)
        judge = Judge(town, player)
        town.starts()
        town.settle()
        for person in player.cast:
            if person.name not in SETTLED:
                player.cast.operator_invites(person)
        for step in (
            _invented(Author(player, seed, calm=calm, quiet=quiet), player, days) if story is None else story
        ):
            outcome.steps.append(step)
            done = player.play(step)
            outcome.done[step.does] += done
            outcome.passed_over += not done
            outcome.broken += judge.rest() if step.does == "rests" and done else judge.step()
            if outcome.broken:
                break
        _note(outcome, town, judge)
    return outcome


def _invented(author: Author, player: Player, days: float) -> Iterator[Step]:
    """Steps, and a rest in which all is asked: each day, or five times where there are many days."""
    rest = Step(TOWN, "rests")
    between = timedelta(days=max(1, days / 5))
    rests_at = player.town.begins + between
    while player.town.now() < player.town.begins + timedelta(days=days):
        yield author.next()
        if player.town.now() >= rests_at:
            yield rest
            rests_at = player.town.now() + between
    yield rest


def _note(outcome: Outcome, town: Town, judge: Judge) -> None:
    outcome.deaths = Counter(point or "shot" for _, point in town.deaths)
    outcome.faults = Counter(town.journal.faults)
    outcome.judged = Counter(judge.counted) + Counter(again=town.journal.brought_again)
    outcome.processes = town.count
    outcome.days = (town.now() - town.begins) / timedelta(days=1)
    outcome.digest = hashlib.sha256(repr(town.journal.digest()).encode()).hexdigest()[:12]
    tables = town.looking.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").fetchall()
    for (name,) in tables:
        outcome.rows[name] = town.looking.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
