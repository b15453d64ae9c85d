"""The whole walk: python -m tests.walk [cases] [seed]. As many processes as cores, each with a world and a seed of its own."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from handlers import FLOWS, TAPS
from models.ground.sealing import Keyring, new_key, use_keys
from models.migrations import migrate
from tests.walk.walk import FINDERS, walking

CASES = 100_000
_EACH = 160  # cases with which one finder explores
_ROUND = 500

Share = tuple[int, int, set[str], set[tuple[str, str]], dict[str, int]]


def share(seed: int, count: int) -> Share:
    """Walk `count` cases; say from time to time how far it is."""
    use_keys(Keyring([new_key()]))
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(prefix="xn-walk-", dir=memory) as folder:
        url = f"sqlite:///{folder}/world.db"
        migrate(url)
        with walking(url, Path(folder), seed=seed) as walk:
            told = 0  # faults that have been printed
            pool = walk.explore(FINDERS, min(_EACH, count // (2 * len(FINDERS))))
            while walk.found.cases < count:
                walk.cross(pool, min(_ROUND, count - walk.found.cases))
                print(f"seed {seed}: {walk.found.cases:,} cases, {len(walk.found.faults)} faults", flush=True)
                for fault in list(walk.found.faults)[told:]:
                    print(f"  {fault}", flush=True)
                told = len(walk.found.faults)
            found = walk.found
    return found.cases, found.compared, found.addresses, found.steps, dict(found.faults)


def main() -> int:
    count = int(sys.argv[1]) if sys.argv[1:] else CASES
    seed = int(sys.argv[2]) if sys.argv[2:] else int(time.time()) % 1_000_000
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        shares = list(pool.map(share, range(seed, seed + cores), [-(-count // cores)] * cores))
    faults: Counter[str] = Counter()
    for one in shares:
        faults.update(one[4])
    taps, steps = (
        set[str]().union(*(one[2] for one in shares)),
        set[tuple[str, str]]().union(*(one[3] for one in shares)),
    )
    print(f"{sum(one[0] for one in shares):,} cases, {sum(one[1] for one in shares):,} of them beside a twin")
    print(f"buttons: {len(taps & {tap.address for tap in TAPS})} of {len(TAPS)}")
    print(f"questions: {len(steps)} of {sum(len(flow.steps) for flow in FLOWS)}")
    print(f"faults: {len(faults)}")
    for fault, times in faults.most_common(200):
        print(f"  {times} × {fault}")
    return min(len(faults), 1)


if __name__ == "__main__":
    raise SystemExit(main())
