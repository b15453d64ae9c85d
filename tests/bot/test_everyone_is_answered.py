"""Kills, faults and a frozen process in any order: whoever wrote is answered, nothing is said a third time.

A run is a list of acts. A kill at a mark, or a process that freezes on the wire while another one takes over, leaves the database
as it stands there; nothing of the dead process does anything more. The judge reads what the people's chats show.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import example, given, settings, strategies as st
from sqlalchemy import select

from bot.telegram.chats import chat_address
from models.delivery.inbox import Inbox, InboxState
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue
from models.entry.reachability import free_stuck
from models.phrases.text import raw
from tests.bot.steps import echo, routes, traces
from tests.fakes import World
from tests.sizes import sized

PEOPLE = (101, 102)
MARKS = (
    "inbox.received", "inbox.stored", "step.done", "step.committed",
    "outbox.claimed", "outbox.wired", "outbox.sending", "outbox.sent", "outbox.settled",
)  # fmt: skip
FAULTS = (
    "connect", "flood:2", "timeout_before", "timeout_after", "delivered_then_reset", "server_error:502",
    "server_error_after:502",
)  # fmt: skip
IN_DOUBT = "Không rõ một tin gửi tới đây lúc"


class Killed(BaseException):
    """The process is gone."""


class Run:
    """One world, and what was said in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.said: dict[int, list[str]] = {user: [] for user in PEOPLE}
        self.told: dict[str, tuple[int, Lane]] = {}
        self._dies_at, self._passes, self._dead = "", 0, False
        world.mark = self._reach
        for user in PEOPLE:
            world.telegram.add_user(user, f"User {user}")
            world.telegram.says(user, "/start")
        world.settle()

    # --- what happens ---------------------------------------------------------------------------------------------------

    def says(self, who: int) -> None:
        user = PEOPLE[who]
        text = f"tin {len(self.said[user])}"
        self.said[user].append(text)
        self.world.telegram.says(user, text)

    def tells(self, who: int, lane: Lane) -> None:
        key = f"auto {len(self.told)}"
        self.told[key] = PEOPLE[who], lane
        to, now = Recipient(chat_address(PEOPLE[who])), self.world.clock()
        self.world.db(lambda db: enqueue(db, to, Message(raw(key)), key=key, lane=lane, now=now))

    def fails(self, fault: str, times: int) -> None:
        self.world.telegram.fail("sendMessage", times=times, fault=fault)

    def settles(self) -> None:
        self.world.settle()

    def waits(self, seconds: int) -> None:
        self.world.clock.advance(timedelta(seconds=seconds))
        self.world.settle()

    def dies(self, mark: str, passes: int) -> None:
        """Work until the mark is passed so often; there the process ends, and another one starts on what it left."""
        self._dies_at, self._passes, self._dead = mark, passes, False
        world = self.world
        with suppress(Killed):
            world.run(self._until_dead())
        self._dies_at, self._dead = "", False
        world.app.database.close()
        world._start()
        world.settle()

    async def _until_dead(self) -> None:
        pumping = asyncio.create_task(self.world.app.pump())
        while not (pumping.done() or self._dead):  # noqa: ASYNC110 - a mark may be passed in another thread
            await asyncio.sleep(0)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.gather(pumping, return_exceptions=True)

    def _reach(self, name: str) -> None:
        if self._dead:
            raise Killed
        if name == self._dies_at:
            self._passes -= 1
            if self._passes <= 0:
                self._dead = True
                raise Killed

    # --- what must hold -------------------------------------------------------------------------------------------------

    def heals(self) -> None:
        self.world.telegram._faults.clear()
        for _ in range(12):
            self.waits(120)
            self.world.db(lambda db: free_stuck(db, now=self.world.clock()))

    def judge(self) -> None:
        world = self.world
        rows = world.db(lambda db: list(db.scalars(select(Outbox))))
        states = {row.state for row in rows}
        assert states <= {OutboxState.SENT, OutboxState.UNCERTAIN}, states
        assert set(world.db(lambda db: list(db.scalars(select(Inbox.state))))) == {InboxState.DONE}
        done = Counter(world.db(traces))
        for user, texts in self.said.items():
            heard = [one["text"] for one in world.telegram.history(user) if one["from"] == "bot"]
            doubted = any(text.startswith(IN_DOUBT) for text in heard)
            for text in texts:
                copies = heard.count(f"echo {text}")
                assert copies <= 2, f"{text}: {copies} copies"
                assert copies or doubted, f"{user} {text}: no answer, and nothing said about it"
            firsts = [text for text in dict.fromkeys(heard) if text.startswith("echo tin")]
            assert firsts == [f"echo {text}" for text in texts if f"echo {text}" in firsts]
        for key, (user, lane) in self.told.items():
            heard = [one["text"] for one in world.telegram.history(user) if one["from"] == "bot"]
            assert heard.count(key) <= (2 if lane is Lane.ALERT else 1), key
            state = next(row.state for row in rows if row.key == key)
            assert heard.count(key) or state == OutboxState.UNCERTAIN, key
        wanted = Counter(text for texts in self.said.values() for text in texts)
        assert {text: count for text, count in done.items() if text} == wanted
        self._judge_doubts(rows)

    def _judge_doubts(self, rows: list[Outbox]) -> None:
        """Only what was on the wire is in doubt: the stand-in has its call, but for what died just before it."""
        called = Counter(
            str(call.params.get("text")) for call in self.world.telegram.calls if call.method == "sendMessage"
        )
        for row in rows:
            if row.state == OutboxState.UNCERTAIN and row.key.startswith("auto") and not self.at_the_wire:
                assert called[row.key] >= 1, row.key

    at_the_wire = False


ACTS = st.one_of(
    st.tuples(st.just("says"), st.sampled_from((0, 1))),
    st.tuples(st.just("tells"), st.sampled_from((0, 1)), st.sampled_from((Lane.ALERT, Lane.REMINDER))),
    st.tuples(st.just("fails"), st.sampled_from(FAULTS), st.integers(1, 3)),
    st.tuples(st.just("settles")),
    st.tuples(st.just("waits"), st.sampled_from((1, 5, 100))),
    st.tuples(st.just("dies"), st.sampled_from(MARKS), st.integers(1, 4)),
)


@settings(max_examples=sized(12, 300))
@given(acts=st.lists(ACTS, min_size=4, max_size=14))
@example(acts=[("says", 0), ("fails", "timeout_before", 2), ("settles",)])
@example(
    acts=[
        ("says", 0),
        ("fails", "server_error_after:502", 1),
        ("dies", "outbox.sent", 1),
        ("fails", "timeout_after", 3),
    ]
)
def test_whoever_wrote_is_answered_and_nothing_is_said_a_third_time(
    sqlite_url: str, acts: list[tuple[Any, ...]]
) -> None:
    import shutil
    from pathlib import Path

    file = Path(sqlite_url.removeprefix("sqlite:///"))
    copy = file.with_name("run.db")
    for old in file.parent.glob("run.db*"):
        old.unlink()
    shutil.copy(file, copy)
    with World.open(f"sqlite:///{copy}", routes=routes(echo)) as world:
        run = Run(world)
        run.at_the_wire = any(
            act[:2] in (("dies", "outbox.sending"), ("dies", "outbox.wired"), ("dies", "step.committed"))
            for act in acts
        )
        for name, *given_ in acts:
            act: Callable[..., None] = getattr(run, name)
            act(*given_)
        run.heals()
        run.judge()
