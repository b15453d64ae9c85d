"""Stored -> a channel: pace, retry, give up. The only file that has messages sent, each channel by its own `Wire`.

    cycle:  settle what came back + wire what has its turn + claim what is due     one transaction
            each chat its own line, in order              at most `chat_burst` at once, then one a second
            one gate for all, best lane first             `rate` a second -> wired with the next cycle
            on the wire                                    outcome -> the next cycle

Nothing is sent that is not written down as wired: after a crash only that is in doubt, and the rest of a line goes again. An
answer to somebody who waits takes a shorter way: its step keeps a turn (`turn_for`), claims the answer in its own transaction,
wired already where its turn has come, and hands it over (`take`).

What must wait goes back as it was, with all that stands behind it, and its chat is on hold until then: so the order
within a chat outlives every retry, and a restart merely asks sooner.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import partial

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.holding import Holds
from bot.noting import Noted, note_set_aside, write_down
from bot.pace import ChatPace, Gate
from bot.wire import Declined, Flooded, NotReached, Unanswered, Wire
from models.delivery.claims import Claimed, Outcome, claim_outbox, set_aside_outbox, wire_outbox
from models.delivery.message import Lane
from models.delivery.outbox import OutboxState, next_outbox_at
from models.entry.reachability import REFUSALS, Signal
from models.ground.channel import Address
from models.ground.clock import Clock
from models.ground.db import Database, is_passing
from models.policies import Policies

log = structlog.get_logger()
Mark = Callable[[str], None]  # named places where a test may kill the process
_LONGEST_REST = 5.0  # seconds until we look for what another process may have put into the outbox
_SHORT_REST = 0.05  # where there was something just now, then twice as long each time: a job goes on putting
_WIRE_SECONDS = timedelta(seconds=35)  # one call takes no longer: a lease must last as long
_LONGEST_LINE = 10
_COMPANY = 0.004  # seconds that an outcome may wait for somebody else's COMMIT
_GATHER = 0.05  # seconds that it may wait for more of its kind, where nobody at all waits for it


class AnswerTurn(Enum):
    """Where an answer stands when its step is committed."""

    NONE = auto()  # the cycle claims it
    IN_LINE = auto()  # its step may claim it: it waits behind others
    FIRST = auto()  # it is on the wire as soon as it is claimed: the chat's turn and the gate's are kept


@dataclass(frozen=True, slots=True)
class _Wiring:
    """A row whose turn has come; the future says whether it is written down that it goes, and is still ours."""

    item: Claimed
    done: asyncio.Future[bool]


class Sender:
    """`run()` sends until `stop()`; `drain()` sends what is due now and returns."""

    def __init__(
        self,
        database: Database,
        wire: Wire,
        policies: Policies,
        clock: Clock,
        alarm: Alarm,
        *,
        mark: Mark = lambda name: None,
    ) -> None:
        self._database, self._wire, self._clock = database, wire, clock
        self._policies, self._policy = policies, policies.outbox
        self._alarm, self._mark = alarm, mark
        self._wake = asyncio.Event()
        self._ended = asyncio.Event()
        self._running = self._stopping = False
        self._window = max(16, int(self._policy.rate * 0.4))
        self._lines: dict[Address, deque[Claimed]] = {}
        self._held = 0  # in our hands: claimed, and its outcome not yet written down
        self._outcomes: list[Noted] = []
        self._wirings: list[_Wiring] = []
        self._next_at: datetime | None = None
        self._cycles = 0
        self._look, self._looked = True, 0.0  # there may be rows to claim; when we looked
        self._patience = _LONGEST_REST  # until we look again, told or not
        self._caught_up = False  # nothing is due that an earlier process left
        self._behind: dict[
            Address, int
        ] = {}  # chats with answers that the cycle must claim first: since which
        self._kept: set[Address] = set()  # chats whose next turn a step has
        self._gate = Gate(self._policy.rate)
        self._paces: dict[Address, ChatPace] = {}
        self._holds = Holds()
        self._tasks: set[asyncio.Task[None]] = set()
        self._probing: asyncio.Task[None] | None = None
        self._gathering: asyncio.TimerHandle | None = None

    def wake(self, address: Address | None = None) -> None:
        """Wake it: there may be something new. `address`: an answer that its step has not claimed."""
        if address is not None:
            self._behind[address] = self._cycles
        self._look = True
        self._wake.set()

    async def run(self) -> None:
        self._running = True
        try:
            while not self._stopping:
                self._wake.clear()
                try:
                    await self._cycle()
                except Exception as error:
                    self._alarm.ring("outbox", error)
                    await asyncio.sleep(1)
                await self._rest()
            await self._finish()
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Claim no more, finish what is on the wire, write it down."""
        self._stopping = True
        self._wake.set()
        if self._running:
            await self._ended.wait()

    async def drain(self) -> int:
        """Send until nothing is due; how many left our hands."""
        done, self._look = 0, True
        while True:
            self._wake.clear()
            done += len(self._outcomes)
            self._look |= bool(self._outcomes)  # what became of one message may be the reason for another
            claimed = await self._cycle()
            if self._wake.is_set():
                continue
            if not claimed and not self._held and self._probing is None:
                return done
            if not self._outcomes:
                await self._wake.wait()

    # --- what the inbox asks ----------------------------------------------------------------------------------------

    @contextmanager
    def turn_for(self, address: Address) -> Iterator[AnswerTurn]:
        """Keep a turn for an answer to this chat while its step is done; what `take` does not use is given back."""
        turn = self._find_turn(address)
        try:
            yield turn
        finally:
            if address in self._kept:
                self._kept.discard(address)
                self._pace_of(address).give_back()
                self._gate.give_back()

    def _find_turn(self, address: Address) -> AnswerTurn:
        if self._stopping or not self._caught_up or address in self._behind:
            return AnswerTurn.NONE
        if self._holds.chat(address, self._clock()) or self._holds.at_most() is not None:
            return AnswerTurn.NONE
        if address in self._lines:
            return (
                AnswerTurn.IN_LINE if len(self._lines[address]) < self._policy.chat_burst else AnswerTurn.NONE
            )
        if not self._take_turn(self._pace_of(address)):
            return AnswerTurn.IN_LINE
        self._kept.add(address)
        return AnswerTurn.FIRST

    def _take_turn(self, pace: ChatPace) -> bool:
        """Take the chat's turn and the gate's, where both are free now."""
        if not pace.take_now():
            return False
        if self._gate.take_now():
            return True
        pace.give_back()
        return False

    def take(self, claimed: Sequence[Claimed]) -> None:
        """Send these, of one address, claimed in a transaction that is committed."""
        self._held += len(claimed)
        for item in claimed:
            self._kept.discard(item.address)
            self._put_in_line(item)

    def resumes_at(self) -> datetime | None:
        """Return when the next chat on hold goes on."""
        return self._holds.next_end(self._clock())

    # --- the cycle --------------------------------------------------------------------------------------------------

    async def _rest(self) -> None:
        """Until there may be something to do: whatever cannot be claimed now waits for one of these."""
        if self._stopping:
            return
        try:
            await asyncio.wait_for(self._wake.wait(), max(0.0, self._look_in()))
        except TimeoutError:
            self._look = True

    def _look_in(self) -> float:
        """Seconds until there may be something to claim of which nobody has told us."""
        now, looked = self._clock(), asyncio.get_running_loop().time() - self._looked
        end = self._holds.next_end(now)
        if self._holds.everything(now):
            return (end - now).total_seconds() if end is not None else _LONGEST_REST
        if self._holds.at_most() == 0:
            return _LONGEST_REST  # what is tried wakes us
        ends = [at for at in (self._next_at, end) if at is not None]
        return min([self._patience - looked, *((at - now).total_seconds() for at in ends)])

    async def _cycle(self) -> int:
        """Write down what came back and what goes, claim what fits; how many were claimed."""
        outcomes, self._outcomes = self._outcomes, []
        wirings, self._wirings = self._wirings, []
        self._cycles += 1
        now = self._clock()
        self._probe_where_doubted(now)
        busy = [chat for chat, line in self._lines.items() if len(line) >= self._policy.chat_burst]
        busy += self._holds.chats(now)
        limit, up_to = self._room(len(outcomes), now)
        last = self._holds.tried_last()
        if not (limit or outcomes or wirings):
            return 0

        def work(db: Session) -> tuple[list[Claimed], datetime | None, set[int]]:
            write_down(db, outcomes, self._policies, self._alarm, now=now)
            ours = wire_outbox(db, [one.item for one in wirings])
            if not limit:
                return [], None, ours
            claim = partial(
                claim_outbox, db, self._wire.channel, now=now, policy=self._policy, limit=limit, up_to=up_to
            )
            claimed = claim(busy=[*busy, *last]) or (claim(busy=busy) if last else [])
            note_set_aside(self._alarm, set_aside_outbox(db), now=now)
            full = len(claimed) == limit
            return claimed, None if full else next_outbox_at(db, self._wire.channel, after=now), ours

        hurries = limit > 0 or any(one.item.lane is Lane.REPLY for one in wirings)
        submitted = self._database.submit(work, linger=0 if hurries else _COMPANY)
        try:
            claimed, next_at, ours = await asyncio.wrap_future(submitted)
        except Exception:  # not written down: again with the next cycle
            self._outcomes = outcomes + self._outcomes
            self._wirings = wirings + self._wirings
            self.wake()
            raise
        if limit:
            self._next_at = next_at
            self._patience = _SHORT_REST if claimed else min(2 * self._patience, _LONGEST_REST)
            # what there was no room for waits for an outcome
            self._look |= len(claimed) == limit or up_to is not Lane.BULK or bool(busy)
        self._written_down(outcomes, wirings, ours)
        self._held += len(claimed)
        if claimed:
            self._mark("outbox.claimed")
        for item in claimed:
            if item.address in self._kept:  # a step's answer goes now
                self._note(item, item.untouched())
            else:
                self._put_in_line(item)
        if limit and len(claimed) < limit:
            self._catch_up({*busy})
        return len(claimed)

    def _room(self, coming: int, now: datetime) -> tuple[int, Lane]:
        """How many rows may be claimed now, and up to which lane; `coming`: outcomes that make room."""
        most = self._holds.at_most()
        if self._stopping or self._holds.everything(now) or most == 0:
            return 0, Lane.REPLY
        if not (self._look or self._look_in() <= 0):
            return 0, Lane.REPLY
        self._look, self._looked = False, asyncio.get_running_loop().time()
        free = self._window - self._held + coming
        if most is not None and free > 0:
            return most, Lane.BULK
        return (free, Lane.BULK) if free > 0 else (4, Lane.REPLY)  # a reply finds room in a full house

    def _written_down(self, outcomes: list[Noted], wirings: list[_Wiring], ours: set[int]) -> None:
        self._held -= len(outcomes)
        for noted in outcomes:
            noted.written.set_result(None)
        for wiring in wirings:
            if not wiring.done.done():
                wiring.done.set_result(wiring.item.id in ours)
        if outcomes:
            self._mark("outbox.settled")
        if wirings:
            self._mark("outbox.wired")

    def _probe_where_doubted(self, now: datetime) -> None:
        if self._holds.wants_probe(now) and self._probing is None and not self._stopping:
            self._probing = asyncio.get_running_loop().create_task(self._probe())

    async def _probe(self) -> None:
        """Ask the channel something harmless: a message is risked only after an answer."""
        well, pause = True, timedelta()
        try:
            await self._wire.probe()
        except Flooded as error:
            pause = error.pause
        except Declined:
            pass  # it speaks
        except Exception as error:
            well = False
            if not isinstance(error, NotReached | Unanswered):
                self._alarm.ring("outbox.probe", error)
        log.warning("outbox.probed", channel=self._wire.channel.value, well=well)
        self._holds.probed(self._clock(), well=well, pause=pause)
        self._probing = None
        self.wake()

    def _catch_up(self, busy: set[Address]) -> None:
        """All that was due has been claimed, but for the busy chats: the others' next answers may go at once."""
        self._caught_up = True
        self._behind = {
            chat: since for chat, since in self._behind.items() if chat in busy or since >= self._cycles
        }

    async def _finish(self) -> None:
        """The lines end after the message that is on the wire; the outcomes are written down."""
        patience = asyncio.get_running_loop().time() + _WIRE_SECONDS.total_seconds()
        while (
            self._outcomes or self._wirings or (self._tasks and asyncio.get_running_loop().time() < patience)
        ):
            if self._outcomes or self._wirings:
                await self._cycle()
            else:
                await asyncio.wait(self._tasks, timeout=0.05, return_when=asyncio.FIRST_COMPLETED)
        self._gate.close()

    # --- one chat ---------------------------------------------------------------------------------------------------

    def _put_in_line(self, item: Claimed) -> None:
        line = self._lines.get(item.address)
        if line is not None and len(line) < _LONGEST_LINE:
            line.append(item)
            self._wake.set()  # it waits for the outcome of those in front
            return
        if line is not None:  # one chat must not fill the whole house
            self._note(item, item.untouched())
            return
        self._lines[item.address] = deque([item])
        task = asyncio.get_running_loop().create_task(self._serve(item.address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, address: Address) -> None:
        """One chat's messages, one after the other; where one must wait, those behind it wait with it."""
        line, pace = self._lines[address], self._pace_of(address)
        coming: _Wiring | None = None
        while line and await self._comes_to_the_wire(line, pace, coming):
            began = self._clock()
            outcome = await self._send(line[0])
            # the next one goes with the COMMIT that says what became of this one
            goes_on = len(line) > 1 and outcome.state is not OutboxState.PENDING
            coming = (
                self._wiring(line[1]) if goes_on and self._may_go(line[1]) and self._take_turn(pace) else None
            )
            written = self._note(line.popleft(), outcome, began=began)
            if outcome.state is OutboxState.PENDING:
                self._put_back(line)
            await (
                written
            )  # the next goes when this one is written down: a crash leaves one in doubt, and no more
            if outcome.state is OutboxState.PENDING:
                break
        self._put_back(line)
        del self._lines[address]
        if self._holds.ends_trial(address):
            self.wake()

    async def _comes_to_the_wire(self, line: deque[Claimed], pace: ChatPace, coming: _Wiring | None) -> bool:
        """Wait for the turn of the first in line, and until it is written down that it goes."""
        if coming is None and not line[0].wired:
            await pace.wait()
            await self._gate.wait(line[0].lane)
            if not self._may_go(line[0]):
                return False
            coming = self._wiring(line[0])
        if coming is not None:
            if not await coming.done:
                self._held -= 1
                line.popleft()  # somebody else's by now: of what stands behind it nobody knows
                return False
            line[0] = line[0].on_the_wire()
        return self._may_go(line[0])

    def _wiring(self, item: Claimed) -> _Wiring:
        wiring = _Wiring(item, asyncio.get_running_loop().create_future())
        self._wirings.append(wiring)
        self._wake.set()
        return wiring

    def _put_back(self, line: deque[Claimed]) -> None:
        while line:
            item = line.popleft()
            self._note(item, item.untouched())

    def _may_go(self, item: Claimed) -> bool:
        """Not while we stop or hold, and not when it may be somebody else's before it is said."""
        now = self._clock()
        if self._stopping or now > item.lease_until - _WIRE_SECONDS:
            return False
        return self._holds.lets(item.address, now)

    def _note(
        self, item: Claimed, outcome: Outcome, *, began: datetime | None = None
    ) -> asyncio.Future[None]:
        """For the next cycle; the future is done when it has been written down. `began`: it went over the wire."""
        written = asyncio.get_running_loop().create_future()
        signal = self._signal(item.address, outcome) if began else None
        self._outcomes.append(Noted(item, outcome, written, signal, began or self._clock()))
        if outcome.state is OutboxState.PENDING:
            self.wake(item.address)
        if item.lane is Lane.REPLY or self._lines.get(item.address) or not self._running:
            self._wake.set()
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(_GATHER, self._gathered)
        return written

    def _gathered(self) -> None:
        self._gathering = None
        self._wake.set()

    def _signal(self, address: Address, outcome: Outcome) -> Signal | None:
        """What the outcome says about the chat."""
        match outcome.state:
            case OutboxState.SENT:
                return Signal.ARRIVED
            case OutboxState.FAILED:
                return Signal(outcome.error) if outcome.error in REFUSALS else None
            case _:
                patience = self._policies.reachability.network_after
                alone = self._holds.fails_alone(address, self._clock(), patience)
                return Signal.FAILING if alone else None

    def _pace_of(self, address: Address) -> ChatPace:
        if len(self._paces) > 5_000:
            self._paces = {chat: pace for chat, pace in self._paces.items() if not pace.is_rested()}
        return self._paces.setdefault(address, ChatPace(self._policy))

    # --- one message ------------------------------------------------------------------------------------------------

    async def _send(self, item: Claimed) -> Outcome:
        self._mark("outbox.sending")
        try:
            sent = await self._wire.send(item)
        except Exception as error:
            return self._outcome(item, error)
        self._mark("outbox.sent")
        self._holds.all_is_well(item.address, self._clock())
        return item.becomes(OutboxState.SENT, message_id=sent.message_id, in_words=sent.in_words)

    def _outcome(self, item: Claimed, error: Exception) -> Outcome:
        now = self._clock()
        match error:
            case Flooded():
                log.warning("outbox.flood", seconds=error.pause.total_seconds())
                self._holds.flooded(item.address, now, now + error.pause)
                return item.later("flood control")
            case NotReached():  # says nothing about this message: it is never given up for it
                self._holds.failed(item.address, now)
                if error.ours is not None:
                    self._alarm.ring("outbox.token", error.ours)
                return item.later("no connection")
            case Unanswered():
                log.warning("outbox.unanswered", channel=self._wire.channel.value)
                self._holds.unanswered(item.address, now)
                return item.unknown()
            case Declined():
                self._holds.answered(item.address)
                if error.ours is not None:
                    self._alarm.ring("outbox.refused", error.ours)
                return item.becomes(OutboxState.FAILED, error=error.why[:200])
            case _ if is_passing(error):  # what belongs to it was not found: nothing left us
                self._holds.failed(item.address, now)
                return item.later("no database")
            case _:
                self._alarm.ring("outbox.send", error)
                return item.becomes(OutboxState.FAILED, error=type(error).__name__)
