"""What befalls programs, database and network, every few seconds, by a seed."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from time import monotonic
from typing import Any

from tests.chaos.messenger import Messenger
from tests.chaos.programs import Program, SqliteFile, Store

FAULTS = (
    *("connect", "timeout_before", "timeout_after", "delivered_then_reset", "flood:1", "flood:3"),
    *("server_error:500", "server_error:502", "server_error_after:502"),
)
_FAULT_LASTS = 3.0  # seconds; what nobody has met by then is over, or faults would pile up while nobody calls
_SPARED = 15.0  # seconds
_METHODS = ("*", "sendMessage", "sendMessage", "getUpdates", "answerCallbackQuery", "editMessageText")


class Mischief:
    def __init__(
        self, programs: Sequence[Program], store: Store, messenger: Messenger, chance: random.Random
    ) -> None:
        self._programs, self._store, self._messenger = programs, store, messenger
        self._chance = chance
        self._under_way: set[asyncio.Task[None]] = set()
        self.did: Counter[str] = Counter()
        ways: list[tuple[int, Callable[[], None]]] = [
            (18, self._kill),
            (4, self._stop),
            (8, self._freeze),
            (36, self._fault),
            (8, self._hold),
            (8, self._fill if isinstance(store, SqliteFile) else self._kill_server),
        ]
        self._weights, self._ways = [weight for weight, _ in ways], [way for _, way in ways]

    async def goes_on(self, is_over: Callable[[], bool]) -> None:
        while not is_over():
            await asyncio.sleep(self._chance.uniform(0.8, 3.2))
            await self._somebody_leads()
            if not is_over():
                self._chance.choices(self._ways, weights=self._weights)[0]()

    async def _somebody_leads(self) -> None:
        """Else a slow machine would see starts and nothing else."""
        until = monotonic() + _SPARED
        while not any(one.leads and one.is_alive for one in self._programs) and monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    def ends(self) -> None:
        """Let everybody go on."""
        for task in self._under_way:
            task.cancel()
        self._messenger.calms_down()
        for program in self._programs:
            program.wakes()
        self._store.recovers()

    def _goes_on_for(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    def _one(self) -> Program:
        """Most of the time one that has come up."""
        up = [program for program in self._programs if program.is_up]
        anybody = not up or self._chance.random() < 0.15
        return self._chance.choice(self._programs if anybody else up)

    # --- the ways -----------------------------------------------------------------------------------------------------

    def _kill(self) -> None:
        self.did["kill -9"] += self._one().is_killed()

    def _stop(self) -> None:
        self.did["SIGTERM"] += self._one().is_told_to_stop()

    def _freeze(self) -> None:
        self.did["SIGSTOP"] += 1
        self._goes_on_for(self._one().freezes(self._chance.choice((0.5, 2, 8, 12))))

    def _fault(self) -> None:
        self.did["fault ordered"] += 1
        fault = self._chance.choice(FAULTS)
        self._messenger.fail(
            self._chance.choice(_METHODS), times=self._chance.choice((1, 1, 2, 4)), fault=fault
        )

    def _hold(self) -> None:
        self.did["database held"] += 1
        self._goes_on_for(self._store.is_held(self._chance.choice((0.5, 2, 5, 10))))

    def _fill(self) -> None:
        self.did["disk full"] += 1
        self._goes_on_for(self._one().writes_nothing(self._chance.choice((0.5, 2, 6))))

    def _kill_server(self) -> None:
        self.did["server killed"] += 1
        self._goes_on_for(self._store.is_killed(self._chance.choice((0.2, 1, 2, 4))))
