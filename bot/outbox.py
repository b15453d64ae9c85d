"""Stored -> Telegram: pace, retry, give up. The only file that sends messages.

    cycle:  settle what came back + claim what is due     one transaction
            each chat its own line, in order              at most `chat_burst` at once, then one a second
            one gate for all, best lane first             `rate` a second
            on the wire                                    outcome -> the next cycle

An error becomes one word from the library's own types: later (RetryAfter, NotSent, 5xx), unknown (TimedOut),
never (Forbidden, BadRequest). What is unknown was counted before the wire.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import json
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram import Message as TelegramMessage
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.alarm import Alarm
from bot.transport import NotSent
from models.clock import Clock
from models.db import Database
from models.member import Reachability, account_of_chat, set_reachability
from models.outbox import (
    Body,
    Claimed,
    Lane,
    Method,
    OutboxPolicy,
    OutboxState,
    Outcome,
    after_unknown,
    claim_outbox,
    next_outbox_at,
    settle_outbox,
)

log = structlog.get_logger()
Mark = Callable[[str], None]  # named places where a test may kill the process
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """`run()` sends until `stop()`; `drain()` sends what is due now and returns."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        policy: OutboxPolicy,
        clock: Clock,
        alarm: Alarm,
        *,
        mark: Mark = lambda name: None,
    ) -> None:
        self._database, self._bot, self._policy, self._clock = database, bot, policy, clock
        self._alarm, self._mark = alarm, mark
        self._wake = asyncio.Event()
        self._stopping = False
        self._window = max(16, int(policy.rate * 0.4))
        self._lines: dict[int, deque[Claimed]] = {}
        self._held = 0  # claimed and not yet settled
        self._outcomes: list[tuple[Claimed, Outcome]] = []
        self._gate = _Gate(policy.rate)
        self._chats: dict[int, _ChatPace] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be something new to send."""
        self._wake.set()

    async def run(self) -> None:
        while not self._stopping:
            try:
                await self._cycle()
            except Exception as error:
                self._alarm.ring("outbox", error)
                await asyncio.sleep(1)
            await self._rest()

    async def stop(self) -> None:
        """Claim no more, finish what is on the wire, write it down."""
        self._stopping = True
        self._wake.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=15)
        if self._outcomes:
            await self._settle_only()
        self._gate.close()

    async def drain(self) -> int:
        """Send until nothing is due; how many went over the wire."""
        sent = 0
        while True:
            claimed = await self._cycle()
            sent += claimed
            if not claimed and not self._held:
                return sent
            while self._tasks and not self._outcomes:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    # --- the cycle --------------------------------------------------------------------------------------------------

    async def _rest(self) -> None:
        if self._outcomes or self._stopping:
            return
        self._wake.clear()
        due = await self._ask(next_outbox_at)
        pause = 5.0 if due is None else (due - self._clock()).total_seconds()
        if self._held >= self._window:
            pause = 1.0  # full: an outcome will wake us
        if pause > 0:
            try:
                await asyncio.wait_for(self._wake.wait(), min(pause, 5.0))
            except TimeoutError:
                return

    async def _cycle(self) -> int:
        """Write down what came back, claim what fits; how many were claimed."""
        outcomes, self._outcomes = self._outcomes, []
        free = self._window - self._held + len(outcomes)
        busy = [chat for chat, line in self._lines.items() if len(line) >= self._policy.chat_burst]
        now = self._clock()

        def work(db: Session) -> list[Claimed]:
            _write_down(db, outcomes, now=now)
            if self._stopping:
                return []
            if free > 0:
                return claim_outbox(db, now=now, policy=self._policy, limit=free, busy=busy)
            return claim_outbox(db, now=now, policy=self._policy, limit=4, busy=busy, up_to=Lane.REPLY)

        try:
            claimed = await self._ask(work)
        except Exception:
            self._outcomes = outcomes + self._outcomes  # not written down: again with the next cycle
            raise
        self._held += len(claimed) - len(outcomes)
        self._mark("outbox.claimed" if claimed else "outbox.settled")
        for item in claimed:
            self._put_in_line(item)
        return len(claimed)

    async def _settle_only(self) -> None:
        outcomes, self._outcomes = self._outcomes, []
        await self._ask(lambda db: _write_down(db, outcomes, now=self._clock()))

    async def _ask(self, work: Callable[[Session], Any]) -> Any:
        return await asyncio.wrap_future(self._database.submit(work))

    def _put_in_line(self, item: Claimed) -> None:
        line = self._lines.get(item.chat_id)
        if line is not None:
            line.append(item)
            return
        self._lines[item.chat_id] = deque([item])
        task = asyncio.get_running_loop().create_task(self._serve(item.chat_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, chat_id: int) -> None:
        """One chat's messages, one after the other."""
        line = self._lines[chat_id]
        pace = self._chats.setdefault(chat_id, _ChatPace(self._policy))
        while line:
            item = line[0]
            await pace.wait()
            await self._gate.wait(item.lane)
            outcome = await self._send(item)
            line.popleft()
            self._outcomes.append((item, outcome))
            self._wake.set()
        del self._lines[chat_id]
        if pace.is_rested():
            self._chats.pop(chat_id, None)

    # --- one message ------------------------------------------------------------------------------------------------

    async def _send(self, item: Claimed) -> Outcome:
        self._mark("outbox.sending")
        try:
            message_id = await _on_the_wire(self._bot, item)
        except Exception as error:
            return self._outcome(item, error)
        self._mark("outbox.sent")
        return Outcome(item.id, OutboxState.SENT, message_id=message_id)

    def _outcome(self, item: Claimed, error: Exception) -> Outcome:
        now = self._clock()
        match error:
            case RetryAfter():
                pause = error.retry_after
                pause = pause if isinstance(pause, timedelta) else timedelta(seconds=pause)
                self._flooded(item.chat_id, pause)
                return self._later(item, now + pause, "flood control")
            case NotSent():
                return self._later(item, now + _backoff(item.tries), "no connection")
            case TimedOut():
                return after_unknown(item, now=now)
            case BadRequest() | Forbidden() | ChatMigrated() | InvalidToken():
                if isinstance(error, BadRequest) and "message is not modified" in error.message.lower():
                    return Outcome(item.id, OutboxState.SENT, message_id=item.body.message_id)
                return Outcome(item.id, OutboxState.FAILED, error=str(error.message)[:200])
            case NetworkError():
                return self._later(item, now + _backoff(item.tries), "server error")
        self._alarm.ring("outbox.send", error)
        return Outcome(item.id, OutboxState.FAILED, error=type(error).__name__)

    def _later(self, item: Claimed, at: datetime, why: str) -> Outcome:
        if item.tries >= self._policy.tries:
            return Outcome(item.id, OutboxState.FAILED, error=f"{why}, given up", reached_nobody=True)
        return Outcome(item.id, OutboxState.PENDING, error=why, not_before=at, reached_nobody=True)

    def _flooded(self, chat_id: int, pause: timedelta) -> None:
        """A 429 stops the chat it came from; two chats at once, and it is the bot that is too fast."""
        log.warning("outbox.flood", seconds=pause.total_seconds())
        self._chats.setdefault(chat_id, _ChatPace(self._policy)).hold(pause.total_seconds())
        self._gate.flooded(chat_id, pause.total_seconds())


def _backoff(tries: int) -> timedelta:
    return timedelta(seconds=min(2.0**tries, 300))


def _write_down(db: Session, outcomes: list[tuple[Claimed, Outcome]], *, now: datetime) -> None:
    settle_outbox(db, [outcome for _, outcome in outcomes], now=now)
    for item, outcome in outcomes:
        state = _reachability(outcome)
        if state is not None and (account := account_of_chat(db, item.chat_id)):
            set_reachability(account, state, now=now)


def _reachability(outcome: Outcome) -> Reachability | None:
    """What an outcome says about the chat; None: nothing new."""
    error = (outcome.error or "").lower()
    if outcome.state is not OutboxState.FAILED:
        return None
    if "blocked by the user" in error:
        return Reachability.BLOCKED
    if "deactivated" in error:
        return Reachability.DEACTIVATED
    if "initiate conversation" in error or "chat not found" in error:
        return Reachability.NEVER_STARTED
    return Reachability.NETWORK if "no connection" in error else None


class _ChatPace:
    """A chat's bucket: `chat_burst` at once, then one every `chat_seconds`."""

    def __init__(self, policy: OutboxPolicy) -> None:
        self._every, self._burst = policy.chat_seconds, policy.chat_burst
        self._next = 0.0

    async def wait(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._next = max(self._next, now - self._every * (self._burst - 1))
        if self._next > now:
            await asyncio.sleep(self._next - now)
        self._next += self._every

    def hold(self, seconds: float) -> None:
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)

    def is_rested(self) -> bool:
        return self._next <= asyncio.get_running_loop().time() - self._every * (self._burst - 1)


class _Gate:
    """Lets `rate` a second through, the best lane first."""

    def __init__(self, rate: float) -> None:
        self._every = 1 / rate
        self._next = 0.0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()
        self._opener: asyncio.Task[None] | None = None
        self._floods: dict[int, float] = {}

    async def wait(self, lane: Lane) -> None:
        loop = asyncio.get_running_loop()
        if not self._waiting and self._take(loop.time()):
            return
        place: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._waiting, (lane, next(self._order), place))
        if self._opener is None or self._opener.done():
            self._opener = loop.create_task(self._open())
        await place

    def flooded(self, chat_id: int, seconds: float) -> None:
        now = asyncio.get_running_loop().time()
        self._floods = {chat: at for chat, at in self._floods.items() if at > now - 2}
        self._floods[chat_id] = now
        if len(self._floods) > 1:
            self._next = max(self._next, now + seconds)

    def close(self) -> None:
        if self._opener is not None:
            self._opener.cancel()

    def _take(self, now: float) -> bool:
        """One place, if there is one; up to 50 ms of lost time is made good."""
        if self._next > now:
            return False
        self._next = max(self._next, now - 0.05) + self._every
        return True

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            if self._take(loop.time()):
                place = heapq.heappop(self._waiting)[2]
                if not place.done():
                    place.set_result(None)
            else:
                await asyncio.sleep(self._next - loop.time())


# --- the wire -------------------------------------------------------------------------------------------------------


async def _on_the_wire(bot: Bot, item: Claimed) -> int | None:
    """One call of the Bot API; the id of the message it made or changed."""
    send = _METHODS[item.method]
    try:
        return await send(bot, item.chat_id, item)
    except BadRequest as error:
        if item.method is Method.EDIT and _cannot_edit(error):
            return await _text(bot, item.chat_id, item)  # the old one is gone or too old: say it anew
        if item.method is Method.DELETE:
            return None  # gone already, or too old to be taken back
        raise


def _cannot_edit(error: BadRequest) -> bool:
    words = error.message.lower()
    return "to edit not found" in words or "can't be edited" in words


async def _text(bot: Bot, chat_id: int, item: Claimed) -> int:
    body = item.body
    sent = await bot.send_message(
        chat_id, body.text, parse_mode="HTML", reply_markup=_markup(body), link_preview_options=_NO_PREVIEW
    )
    return sent.message_id


async def _edit(bot: Bot, chat_id: int, item: Claimed) -> int | None:
    body = item.body
    markup = _markup(body)
    done = await bot.edit_message_text(
        body.text,
        chat_id=chat_id,
        message_id=body.message_id,
        parse_mode="HTML",
        reply_markup=markup if isinstance(markup, InlineKeyboardMarkup) else None,
        link_preview_options=_NO_PREVIEW,
    )
    return done.message_id if isinstance(done, TelegramMessage) else body.message_id


async def _delete(bot: Bot, chat_id: int, item: Claimed) -> int | None:
    await bot.delete_message(chat_id, item.body.message_id or 0)
    return item.body.message_id


async def _photo(bot: Bot, chat_id: int, item: Claimed) -> int:
    sent = await bot.send_photo(chat_id, _file(item), **_captioned(item.body))
    return sent.message_id


async def _document(bot: Bot, chat_id: int, item: Claimed) -> int:
    sent = await bot.send_document(chat_id, _file(item), **_captioned(item.body))
    return sent.message_id


async def _voice(bot: Bot, chat_id: int, item: Claimed) -> int:
    sent = await bot.send_voice(chat_id, _file(item), **_captioned(item.body))
    return sent.message_id


async def _commands(bot: Bot, chat_id: int, item: Claimed) -> None:
    commands = [BotCommand(name, about) for name, about in json.loads(item.body.text)]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))


_METHODS: dict[Method, Callable[[Bot, int, Claimed], Awaitable[int | None]]] = {
    Method.TEXT: _text,
    Method.EDIT: _edit,
    Method.DELETE: _delete,
    Method.PHOTO: _photo,
    Method.DOCUMENT: _document,
    Method.VOICE: _voice,
    Method.COMMANDS: _commands,
}


def _file(item: Claimed) -> Any:
    return item.body.file_id or InputFile(item.data, filename=item.body.file_name)


def _captioned(body: Body) -> dict[str, Any]:
    return {
        "caption": body.text or None,
        "parse_mode": "HTML" if body.text else None,
        "reply_markup": _markup(body),
    }


def _markup(body: Body) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if body.ask_contact:
        button = KeyboardButton(body.ask_contact, request_contact=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if body.buttons:
        return InlineKeyboardMarkup([[_button(label, to) for label, to in row] for row in body.buttons])
    return ReplyKeyboardRemove() if body.drop_keyboard else None


def _button(label: str, to: str) -> InlineKeyboardButton:
    if to.startswith(("https://", "tg://")):
        return InlineKeyboardButton(label, url=to)
    return InlineKeyboardButton(label, callback_data=to)
