"""A year by one seed, from the command line.

python -m tests.simulate --seed 17 --days 365      one town; the same each time
python -m tests.simulate --seeds 1-200 --days 5    two hundred towns, side by side
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bot.handbook import take_handbook
from models.ground.sealing import Keyring, use_keys
from models.migrations import migrate
from tests.postgres import memory
from tests.simulate.run import Outcome, kind_of, simulate
from tests.simulate.shrink import as_test, shrink
from tests.simulate.steps import Step
from tests.simulate.town import KEY

_SHRINKING = 150  # plays


@contextmanager
def places() -> Iterator[tuple[Path, Path]]:
    """A folder, and a migrated database in it."""
    use_keys(Keyring([KEY]))
    folder = Path(tempfile.mkdtemp(prefix="xn-sim-", dir=memory()))
    template = folder / "template.db"
    try:
        migrate(f"sqlite:///{template}")
        take_handbook(f"sqlite:///{template}")
        yield folder, template
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def play(
    folder: Path,
    template: Path,
    seed: int = 0,
    options: argparse.Namespace | None = None,
    story: Sequence[Step] | None = None,
) -> Outcome:
    """Simulate in a folder of its own."""
    own = Path(tempfile.mkdtemp(dir=folder))
    try:
        if options is None:
            return simulate(own, template, story=story)
        return simulate(own, template, seed=seed, days=options.days, calm=options.calm, quiet=options.quiet)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def one(folder: Path, template: Path, options: argparse.Namespace, seed: int) -> tuple[int, Outcome, float]:
    began = time.process_time()
    outcome = play(folder, template, seed, options)
    return seed, outcome, time.process_time() - began


def main() -> int:
    options = options_of(sys.argv[1:])
    seeds = [options.seed] if options.seeds is None else _range(options.seeds)
    ends = time.monotonic() + options.minutes * 60
    total, bad, done, spent = Outcome(), list[tuple[int, Outcome]](), 0, 0.0
    with places() as (folder, template):
        work = partial(one, folder, template, options)
        with ProcessPoolExecutor(options.jobs, mp_context=get_context("fork")) as pool:
            running = [pool.submit(work, seed) for seed in seeds]
            for future in as_completed(running):
                if future.cancelled():
                    continue
                seed, outcome, seconds = future.result()
                done, spent = done + 1, spent + seconds
                _add(total, outcome)
                if outcome.broken:
                    bad.append((seed, outcome))
                    print(f"seed {seed}: {outcome.broken[0]}", flush=True)
                if time.monotonic() > ends:
                    for left in running:
                        left.cancel()
        _report(total, done, len(seeds), spent)
        for seed, outcome in _of_each_kind(bad):
            _show(folder, template, seed, outcome, options)
    print("it holds" if not bad else f"{len(bad)} towns do not hold")
    return 1 if bad else 0


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="A small commune lives through days by one seed.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", help="many: 1-200")
    parser.add_argument("--years", type=float, default=1)
    parser.add_argument("--days", type=float, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=1e6, help="begin no other seed after so long")
    parser.add_argument("--calm", action="store_true", help="nothing befalls the machine")
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--quiet", type=float, default=5, help="hours between two visits of anybody")
    options = parser.parse_args(arguments)
    options.days = options.days or options.years * 365
    return options


def _range(said: str) -> list[int]:
    first, _, last = said.partition("-")
    return list(range(int(first), int(last or first) + 1))


def _add(total: Outcome, outcome: Outcome) -> None:
    total.days += outcome.days
    total.processes += outcome.processes
    for name in ("done", "deaths", "faults", "judged", "rows"):
        getattr(total, name).update(getattr(outcome, name))


def _report(total: Outcome, done: int, of: int, seconds: float) -> None:
    did = ", ".join(f"{what} {count}" for what, count in total.done.most_common())
    judged = total.judged
    print(f"{done} of {of} towns, {total.days:.0f} days, {seconds:.0f} s of computing")
    print(f"  steps      {total.done.total()}: {did}")
    print(f"  processes  {total.processes}, killed {total.deaths.total()}: {_counted(total.deaths)}")
    print(f"  faults     {_counted(total.faults)}")
    print(f"  judged     {judged['confirmed']} updates, {judged['again']} of them brought again,")
    print(
        f"             {judged['effects']} messages of {judged['rows']} rows, {judged['shown']} on pages, {judged['rings']} rings,"
    )
    print(f"             {judged['typed']} texts typed, {judged['acts']} acts and looks of an office,")
    print(f"             {judged['rests']} rests with {judged['sealed']} sealed values opened")
    print(f"  rows       {_counted(total.rows)}")


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.most_common() if count) or "none"


def _of_each_kind(bad: list[tuple[int, Outcome]]) -> list[tuple[int, Outcome]]:
    """The shortest story of each kind of mistake."""
    found: dict[str, tuple[int, Outcome]] = {}
    for seed, outcome in sorted(bad, key=lambda one: len(one[1].steps)):
        found.setdefault(outcome.kind, (seed, outcome))
    return list(found.values())


def _show(folder: Path, template: Path, seed: int, outcome: Outcome, options: argparse.Namespace) -> None:
    print(f"\nseed {seed} does not hold after {len(outcome.steps)} steps:")
    for broken in outcome.broken[:5]:
        print(f"  {broken}")
    print(f"again:  make simulate SEED={seed} DAYS={options.days:g} QUIET={options.quiet:g}")
    if options.no_shrink:
        return

    def is_bad(story: Sequence[Step]) -> bool:
        again = play(folder, template, story=story)
        return outcome.kind in {kind_of(one) for one in again.broken}

    story = shrink(outcome.steps, is_bad, tries=_SHRINKING)
    print(f"\nin {len(story)} steps:\n")
    print(as_test(story, f"seed_{seed}", outcome.broken[0]))


if __name__ == "__main__":
    sys.exit(main())
