"""A channel -> stored, then confirmed; stored -> its step, in one transaction.

    a channel brings updates ──> accept: one transaction, then they are confirmed to it
                                   └──> lanes: one chat after its own order, the chats side by side
                                          └──> step: effects + conversation + messages + "done", together
                                                 └──> the answers, claimed in the same transaction, to the sender

What a channel's updates mean its `Ear` knows (bot/ear.py). A step that is Refused says so in a second transaction. One that fails is rolled
back, kept with its error, the person gets a plain sentence, the operator an alarm. While the database is away nothing is
confirmed and everything waits.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, TypeVar

import structlog
from sqlalchemy.orm import Session

from bot.alarm import Alarm
from bot.company import Company
from bot.ear import Ear, Unreadable
from bot.files import Files
from bot.senders import Senders
from bot.sending import AnswerTurn
from bot.text.hearing import meant_by
from handlers.ground.context import Context, Incoming, Kind
from handlers.ground.routing import Routes
from models.delivery.claims import Claimed, claim_replies, still_claimed
from models.delivery.conversation import current_conversation
from models.delivery.flood import Floods, FloodVerdict, Guesses
from models.delivery.inbox import (
    Received,
    accept_inbox,
    count_inbox_try,
    fail_inbox,
    finish_inbox,
    is_settled,
    read_inbox,
    waiting_inbox,
)
from models.delivery.message import Message
from models.delivery.outbox import spoken_to
from models.entry.invite import brings_invite
from models.ground.channel import Address
from models.ground.clock import Clock
from models.ground.db import Database, is_passing
from models.ground.errors import Refused
from models.people.secret import names_a_code
from models.phrases import common
from models.phrases.delivery import alarm as phrases
from models.policies import Policies

log = structlog.get_logger()
T = TypeVar("T")
DATABASE_AGAIN = 2.0  # seconds at most until a database that was away is asked again: people wait meanwhile
_LANES_AT_ONCE = 32
_SUSPECTS = 2 * _LANES_AT_ONCE  # of what was left undone: no more had been begun
_ANSWERS_AT_ONCE = 10
_TWICE = timedelta(seconds=3)  # the same button again within it: a finger that trembles, or a slow network
_CHATS = 5_000
_LINGER = 0.002  # seconds: the steps of what is being stored are on their way


class EndedTheProcess(Exception):
    """An update that was being tried each time the process ended."""


class _Done(NamedTuple):
    """What a step has left: its answers as far as they are claimed, to whom it has spoken, what the tapped button says.

    `said` is None: the step was done before.
    """

    answers: list[Claimed]
    spoken_to: set[Address]
    said: str | None


class Receiver:
    """Takes updates in, keeps each chat's order, runs the steps, hands the answers to `sender`.

    `answers` hears of each update whose step has left a reply.
    """

    def __init__(
        self,
        database: Database,
        ears: Sequence[Ear],
        routes: Routes,
        policies: Policies,
        clock: Clock,
        alarm: Alarm,
        sender: Senders,
        files: Files,
        *,
        mark: Callable[[str], None] = lambda name: None,
        answers: Callable[[Received], None] = lambda item: None,
    ) -> None:
        self._answers = answers
        self._database, self._routes = database, routes
        self._ears = {ear.channel: ear for ear in ears}
        self._policies, self._clock, self._alarm = policies, clock, alarm
        self._sender, self._files, self._mark = sender, files, mark
        self._floods = Floods(policies.flood)
        self._guesses = Guesses(policies.flood)  # of invites' links and return codes
        # the last thing done in a chat, if a tap
        self._taps: dict[Address, tuple[datetime, int | None, str]] = {}
        self._lanes: dict[Address, deque[Received]] = {}
        self._ends: dict[tuple[str, str], asyncio.Event] = {}  # of what is in the lanes, by its key
        self._turns = asyncio.Semaphore(_LANES_AT_ONCE)
        self._hopeless: set[tuple[str, str]] = set()  # what could be neither done nor given up
        self._company = Company(self._show_working)
        self._unsure: dict[tuple[str, str], _Done] = {}  # steps whose COMMIT has not been answered
        self._tasks: set[asyncio.Task[None]] = set()
        self.stored = asyncio.Event()
        self._stopping = False

    @property
    def is_stopping(self) -> bool:
        return self._stopping

    # --- from a channel ---------------------------------------------------------------------------------------------

    async def accept(self, received: Sequence[Received], *, step: bool = True) -> None:
        """Store, then return: only now may the channel be told. `step=False`: another process does the steps."""
        self._mark("inbox.received")
        now = self._clock()
        storing = self._database.submit(
            lambda db: accept_inbox(db, received, now=now), linger=_LINGER if step else 0
        )
        with self._waiting_for(received):
            if step and self._database.is_serial:
                # the steps come after it, in one COMMIT; what was not stored is not stepped
                self._dispatch(received)
            await asyncio.wrap_future(storing)
            self._mark("inbox.stored")
            if step:
                self._dispatch(received)

    @contextlib.contextmanager
    def _waiting_for(self, received: Sequence[Received]) -> Iterator[None]:
        """Let those who sent this see that it is under way, however long it takes to store it."""
        for item in received:
            self._company.began(item.address)
        try:
            yield
        finally:
            for item in received:
                self._company.ended(item.address)

    async def _show_working(self, address: Address) -> None:
        ear = self._ears[address.channel]
        if ear.is_private(address):
            await ear.show_working(address)

    async def answered(self, item: Received, *, patience: float = 20.0) -> bool:
        """Wait until the step of what was accepted is done or given up, by us or by the process that leads.

        False: it takes longer than `patience` seconds. It is stored, and its step will come.
        """
        ends = asyncio.get_running_loop().time() + patience
        pause = 0.01
        while (left := ends - asyncio.get_running_loop().time()) > 0:
            ended = self._ends.get(item.key)
            if ended is not None:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), left)
            elif await self._ask(partial(is_settled, item=item)):
                return True
            else:  # another process steps it
                await asyncio.sleep(pause)
                pause = min(pause * 2, 0.5)
        return False

    async def take_up(self) -> int:
        """Take up at start what the last process left undone; return how much it was.

        One of them may be what ended it: the oldest of a chat, since what stands behind it had not been begun. These are tried
        one after the other, each counted before, so only that one's count can grow. The others wait in their chats' lanes, and
        keep nobody else waiting.
        """
        left = [item async for item in self._waiting() if item.key not in self._ends]
        oldest: dict[Address, Received] = {}
        for item in left:
            oldest.setdefault(item.address, item)
        for item in list(oldest.values())[:_SUSPECTS]:
            await self._try(item)
        await self.recover()
        return len(left)

    async def _try(self, item: Received) -> None:
        may = await self.patiently("inbox.take_up", partial(self._count_try, item))
        read = await self.patiently("inbox.take_up", partial(self._read_body, item))
        if may is None or read is None:  # we stop, or another process has done it
            return
        if not may:
            await self.patiently("inbox.take_up", partial(self._give_up, read, EndedTheProcess()))
        elif item.address in self._lanes or self._ear(item).has_file(read.body):
            self._dispatch([item])  # a file may take long, and its process is another: only its chat waits
        else:
            await self._process(read)

    async def recover(self) -> int:
        """Take up what is stored and in nobody's lane: received by another process, or by our own webhook.

        Bodies stay in the database until their turn comes: a hundred people's photos would not fit into memory at once.
        """
        waiting = [item async for item in self._waiting()]
        fresh = [item for item in waiting if item.key not in self._ends and item.key not in self._hopeless]
        self._dispatch(fresh)
        return len(fresh)

    async def _waiting(self, *, limit: int = 500) -> AsyncIterator[Received]:
        after, found = 0, limit
        while found == limit:
            items = await self._ask(partial(waiting_inbox, channels=self._ears, after=after, limit=limit))
            for item in items:
                yield item
            after, found = items[-1].id if items else after, len(items)

    def _ear(self, item: Received) -> Ear:
        return self._ears[item.address.channel]

    def behind(self, address: Address) -> int:
        """Return how much of one address waits for its step here, with its files."""
        return len(self._lanes.get(address, ()))

    def hurry(self) -> None:
        """Hurry the next `recover`, because a webhook stored something."""
        self.stored.set()

    async def stop(self) -> None:
        self._stopping = True
        self._company.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=15)

    async def drain(self) -> None:
        """Wait until every lane is empty."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    # --- lanes ------------------------------------------------------------------------------------------------------

    def _dispatch(self, items: Sequence[Received]) -> None:
        for item in items:
            if item.key in self._ends:
                continue
            self._ends[item.key] = asyncio.Event()
            self._company.began(item.address)
            lane = self._lanes.get(item.address)
            if lane is not None:
                lane.append(item)
                continue
            self._lanes[item.address] = deque([item])
            self._spawn(self._serve(item.address))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, address: Address) -> None:
        lane = self._lanes[address]
        while lane and not self._stopping:
            key = lane[0].key
            try:
                await self._process(lane[0])
            except Exception as error:  # it could not even be given up: it stays stored until the next start
                self._hopeless.add(key)
                self._alarm.ring("inbox.lane", error)
            self._ends.pop(lane.popleft().key).set()
            self._company.ended(address)
        del self._lanes[address]

    async def _process(self, item: Received) -> None:
        """One update, once; comes back when it is done or given up."""
        try:
            read = await self.patiently("inbox.read", partial(self._read_body, item))
            if read is None:  # another process has done it, or we stop
                return
            item = read
            ear = self._ear(item)
            update = ear.load(item.body)
            passed_over = self._floods.is_shut(item.address, ear.sent_at(update, now=self._clock()))
            waiting = "" if passed_over else ear.waits(update)
            try:
                said = await self.patiently("inbox.step", partial(self._step, item, update))
            except Exception:
                self._stop_waiting(ear, waiting, "")
                raise
            if said is not None:
                self._stop_waiting(ear, waiting, said)
        except Exception as error:
            await self.patiently("inbox.give_up", partial(self._give_up, item, error))
        finally:
            self._unsure.pop(item.key, None)

    def _stop_waiting(self, ear: Ear, waiting: str, said: str) -> None:
        """Answer a tapped button, once: after its step, and not where the step was done before."""
        if waiting:
            self._spawn(ear.answer(waiting, said))

    async def patiently(self, where: str, work: Callable[[], Awaitable[T]]) -> T | None:
        """Begin `work` anew, after the database was away, when it is back. None: we stop."""
        pause = 0.05
        while True:
            try:
                return await work()
            except Exception as error:
                if not is_passing(error):
                    raise
                self._alarm.ring(where, error)
            if self._stopping:
                return None
            await asyncio.sleep(pause)
            pause = min(pause * 2, DATABASE_AGAIN)

    async def _step(self, item: Received, update: Any) -> str | None:
        """Do what was asked; return what the tapped button says, if anything. None: it was done before."""
        ear = self._ear(item)
        incoming, at = ear.read(update), ear.sent_at(update, now=self._clock())
        if incoming.file is not None and not self._floods.is_shut(item.address, at):
            incoming = await self._with_file(incoming)  # holds no turn: it may take long
        again = self._is_again(item.address, incoming)
        async with self._turns:
            try:
                said = await self._in_context(item, incoming, partial(self._read, at=at, again=again))
            except Refused as refused:
                refuse = partial(self._refuse, refused=refused, at=at)
                said = await self._in_context(item, incoming, refuse)
        if not again:
            self._note_tap(item.address, incoming)
        return said

    def _is_again(self, address: Address, incoming: Incoming) -> bool:
        """The second tap of a double tap: nothing came between, and the first has just been done."""
        if incoming.kind is not Kind.BUTTON or address not in self._taps:
            return False
        at, message_id, data = self._taps[address]
        return (message_id, data) == (incoming.message_id, incoming.data) and self._clock() - at <= _TWICE

    def _note_tap(self, address: Address, incoming: Incoming) -> None:
        self._taps.pop(address, None)
        if incoming.kind is Kind.BUTTON:
            self._taps[address] = self._clock(), incoming.message_id, incoming.data
            if len(self._taps) > _CHATS:
                del self._taps[next(iter(self._taps))]

    def _read(self, ctx: Context, *, at: datetime, again: bool) -> None:
        """Step what was sent `at`, unless it came too fast: then say so once, and pass the rest over."""
        verdict = self._judge(ctx, at)
        if verdict is FloodVerdict.READ:
            if not again:
                ctx.incoming = meant_by(ctx, sent_at=at)
                self._routes.step(ctx)
            return
        if self._routes.asks_secret(ctx):
            ctx.erase()
        if verdict is FloodVerdict.SAY:
            ctx.say(common.too_fast(wait=self._policies.flood.pause))

    def _refuse(self, ctx: Context, *, refused: Refused, at: datetime) -> None:
        with contextlib.suppress(Refused):  # it may be the reading itself that was refused
            ctx.incoming = meant_by(ctx, sent_at=at)
        self._routes.refuse(ctx, refused)

    def _judge(self, ctx: Context, at: datetime) -> FloodVerdict:
        """Groups are never answered, and who blocks us or comes back says nothing."""
        if ctx.incoming.kind in (Kind.GROUP, Kind.BLOCKED, Kind.UNBLOCKED, Kind.SERVICE):
            return FloodVerdict.READ
        member_id = ctx.member.id if ctx.member is not None else None
        has_begun = member_id is None and _has_begun(ctx)
        verdict = self._floods.hear(ctx.address, at, member_id=member_id, has_begun=has_begun)
        if self._floods.is_alarming(ctx.address, member_id=member_id):
            self._alarm.say("flood", "one sender" if member_id is None else "one member")
        if self._floods.strangers_overflow():
            self._alarm.say("flood", "strangers")
        return verdict

    async def _in_context(
        self, item: Received, incoming: Incoming, step: Callable[[Context], None]
    ) -> str | None:
        """The step, its mark on the update and the claim of its answers: one transaction; what a button says."""
        now = self._clock()

        def work(db: Session, turn: AnswerTurn) -> _Done:
            if not finish_inbox(db, item):
                return self._done_before(db, item)
            ctx = Context(db, now, self._policies.at(now), incoming, bot_username=self._ear(item).name)
            ctx.may_guess = self._guesses.may_try(str(item.address), now)
            step(ctx)
            if ctx.missed and self._guesses.missed(str(item.address), now):
                self._alarm.say("flood", "guessed links and codes")
            db.flush()
            self._mark("step.done")
            done = _Done([], spoken_to(db), ctx.told.to_plain(ctx.lang) if ctx.told is not None else "")
            if turn is not AnswerTurn.NONE and item.address in done.spoken_to:
                done = done._replace(answers=self._claim(db, item.address, turn, now))
            self._unsure[item.key] = done
            return done

        with self._sender.turn_for(item.address) as turn:
            done = await self._ask(partial(work, turn=turn))
            self._unsure.pop(item.key, None)
            self._mark("step.committed")
            if item.address in done.spoken_to:
                self._answers(item)
            self._sender.take(done.answers)
        waits = turn is AnswerTurn.NONE and item.address in done.spoken_to
        if (
            waits or done.spoken_to - {item.address} or incoming.album
        ):  # an album's answer waits for the last of it
            self._sender.wake(item.address if waits else None)
        return done.said

    def _done_before(self, db: Session, item: Received) -> _Done:
        """What the step has left, where only the answer to its COMMIT was lost: its answers are claimed, and ours to send."""
        done = self._unsure.get(item.key, _Done([], set(), None))
        answers = still_claimed(db, done.answers)
        return done._replace(answers=answers) if len(answers) == len(done.answers) else _Done([], set(), None)

    def _claim(self, db: Session, address: Address, turn: AnswerTurn, now: datetime) -> list[Claimed]:
        policy, first = self._policies.outbox, int(turn is AnswerTurn.FIRST)
        return claim_replies(db, address, now=now, policy=policy, limit=_ANSWERS_AT_ONCE, at_once=first)

    async def _give_up(self, item: Received, error: Exception) -> None:
        """Keep it with its error, and say so to the person and the operator."""
        now = self._clock()
        what = self._alarm.ring("inbox.step", error)
        if not item.body:  # it did not unseal
            self._alarm.note("inbox.unreadable", Message(phrases.unread()), key=f"unread:{now:%Y%m%d%H}")

        def work(db: Session) -> None:
            ear = self._ear(item)
            incoming = Incoming(item.external_id, item.address, Kind.OTHER, message_id=_message_id(ear, item))
            ctx = Context(db, now, self._policies.at(now), incoming)
            secret = ear.is_private(item.address) and self._routes.asks_secret(ctx)
            if fail_inbox(db, item, error=what, secret=secret) and ear.is_private(item.address):
                if secret:
                    ctx.erase()
                ctx.say(common.broken())

        await self._ask(work)
        self._sender.wake(item.address)

    async def _count_try(self, item: Received) -> bool:
        return await self._ask(partial(count_inbox_try, item=item, policy=self._policies.inbox))

    async def _read_body(self, item: Received) -> Received | None:
        """The update with its body, which is in memory while it is stepped and no longer; None: it is settled."""
        return item if item.is_here else await self._ask(partial(read_inbox, item=item))

    async def _with_file(self, incoming: Incoming) -> Incoming:
        """Have a file opened that the open question asks for; what was found, or why not, is noted on it."""
        now = self._clock()
        wanted = await self._ask(
            lambda db: self._routes.wanted_file(Context(db, now, self._policies.at(now), incoming))
        )
        return await self._files.look_into(incoming, wanted)

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


def _message_id(ear: Ear, item: Received) -> int | None:
    """Return the id of the message that a person has typed."""
    try:
        return ear.read(ear.load(item.body)).message_id
    except Unreadable:
        return None


def _has_begun(ctx: Context) -> bool:
    """Whether a stranger is no stranger to us: asked something, sent by the page, or with an invite or a code in hand."""
    db, incoming = ctx.db, ctx.incoming
    if not ctx.address.limits.pushes or current_conversation(db, ctx.address) is not None:
        return True  # nobody has a page who has not brought something there
    return ctx.may_guess and (names_a_code(db, incoming.text) or brings_invite(db, incoming.text))
