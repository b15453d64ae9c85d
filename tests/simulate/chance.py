"""Where chance comes from: the operating system's is replaced by one generator, and the machine's clock by the world's.

with seeded(clock) as chance:
    chance.reseed(17)        tokens, nonces, keys, codes, ids of rows: all the same as the last time
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace

import pytest

import models.ground.sealing as sealing


class Chance:
    def __init__(self) -> None:
        self._random = random.Random(0)  # noqa: S311 - the point is that it can be foretold

    def reseed(self, luck: int) -> None:
        self._random.seed(luck)

    def bytes(self, count: int = 32) -> bytes:
        return self._random.randbytes(count)


@contextmanager
def seeded(now: Callable[[], datetime], seconds: Callable[[], float]) -> Iterator[Chance]:
    """`now`: what the machine's clock shows; `seconds`: what counts up steadily beside it."""
    chance = Chance()
    clock = SimpleNamespace(
        time_ns=lambda: int(now().timestamp() * 1_000_000) * 1_000,
        time=lambda: now().timestamp(),
        monotonic=seconds,
        perf_counter=seconds,
        clock_gettime=lambda clock: seconds(),
        CLOCK_BOOTTIME=7,
        sleep=lambda seconds: None,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.urandom", chance.bytes)
        patch.setattr("random._urandom", chance.bytes)
        patch.setattr(sealing, "_last_id", 0)
        for module in ("models.ground.sealing", "models.ground.db", "jobs.ground.runner"):
            patch.setattr(f"{module}.time", clock)
        patch.setattr("models.ground.clock._time", clock)
        yield chance
