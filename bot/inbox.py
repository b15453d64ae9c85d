"""Telegram -> stored, then confirmed; stored -> its step, in one transaction.

    getUpdates | webhook ──> accept: one transaction, then the offset moves on or 200 is answered
                               └──> lanes: one chat after its own order, the chats side by side
                                      └──> step: effects + conversation + messages + "done", together

A step that is Refused says so in a second transaction. One that fails is rolled back, kept with its error, the person
gets a plain sentence, the operator an alarm. While the database is away nothing is confirmed and everything waits.
`Application.process_update` is not used: it swallows the step's exception, and a failed update would count as done.
"""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

import structlog
from sqlalchemy.orm import Session
from telegram import Bot, ChatMember, Update
from telegram import Message as TelegramMessage
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.alarm import Alarm
from handlers.context import Context, FileKind, Incoming, Kind, SharedContact, SharedFile
from handlers.routing import Routes
from models.clock import Clock
from models.db import Database, is_passing
from models.errors import Refused
from models.inbox import Received, accept_inbox, fail_inbox, finish_inbox, waiting_inbox
from models.phrases import common
from models.policies import Policies

log = structlog.get_logger()
T = TypeVar("T")
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_LANES_AT_ONCE = 32


class Receiver:
    """Takes updates in, keeps each chat's order, runs the steps. `on_said()` is called when there is something to send."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        routes: Routes,
        policies: Policies,
        clock: Clock,
        alarm: Alarm,
        *,
        on_said: Callable[[], None],
        mark: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._database, self._bot, self._routes = database, bot, routes
        self._policies, self._clock, self._alarm = policies, clock, alarm
        self._on_said, self._mark = on_said, mark
        self._lanes: dict[int, deque[Received]] = {}
        self._known: set[int] = set()  # update ids in the lanes
        self._turns = asyncio.Semaphore(_LANES_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._offset = 0
        self.stored = asyncio.Event()
        self._stopping = False

    # --- from Telegram ----------------------------------------------------------------------------------------------

    async def poll(self, request: BaseRequest, *, wait: int = 25) -> None:
        """getUpdates until `stop`; what is stored is confirmed by the next call."""
        pause = 1.0
        while not self._stopping:
            try:
                await self.poll_once(request, wait=wait)
                pause = 1.0
            except (RetryAfter, Conflict, NetworkError) as error:
                log.warning("inbox.poll", error=type(error).__name__, seconds=pause)
                wait = _seconds(error) if isinstance(error, RetryAfter) else pause
                await asyncio.sleep(wait)
                pause = min(pause * 2, 30)
            except InvalidToken:
                raise
            except (
                Exception
            ) as error:  # the database is away, or something nobody thought of: nothing is confirmed
                self._alarm.ring("inbox.accept", error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)

    async def poll_once(self, request: BaseRequest, *, wait: int = 0) -> int:
        """One getUpdates; how many updates came."""
        query = urlencode(
            {"offset": self._offset, "timeout": wait, "limit": 100, "allowed_updates": json.dumps(ALLOWED)}
        )
        updates = await request.post(f"{self._bot.base_url}/getUpdates?{query}", read_timeout=wait + 10)
        if not isinstance(updates, list) or not updates:
            return 0
        await self.accept(updates)
        self._offset = max(update["update_id"] for update in updates) + 1
        return len(updates)

    async def accept(self, updates: Sequence[dict[str, Any]], *, step: bool = True) -> None:
        """Store, then return: only now may Telegram be told. `step=False`: another process does the steps."""
        received = [
            Received(u["update_id"], _lane(u), json.dumps(u, ensure_ascii=False).encode()) for u in updates
        ]
        self._mark("inbox.received")
        now = self._clock()
        await self._ask(lambda db: accept_inbox(db, received, now=now))
        self._mark("inbox.stored")
        if not step:
            return
        for update, item in zip(updates, received, strict=True):
            if "callback_query" in update:
                self._spawn(self._answer(update["callback_query"]["id"]))
            self._dispatch(item)

    async def recover(self, *, limit: int = 1000) -> int:
        """Take up what is stored and in nobody's lane: after a restart, or received by another process."""
        waiting = await self._ask(lambda db: waiting_inbox(db, limit=limit))
        fresh = [item for item in waiting if item.update_id not in self._known]
        for item in fresh:
            self._dispatch(item)
        return len(fresh)

    def hurry(self) -> None:
        """A webhook stored something: the next `recover` need not wait."""
        self.stored.set()

    async def stop(self) -> None:
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=15)

    async def drain(self) -> None:
        """Wait until every lane is empty."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    # --- lanes ------------------------------------------------------------------------------------------------------

    def _dispatch(self, item: Received) -> None:
        if item.update_id in self._known:
            return
        self._known.add(item.update_id)
        lane = self._lanes.get(item.chat_id)
        if lane is not None:
            lane.append(item)
            return
        self._lanes[item.chat_id] = deque([item])
        self._spawn(self._serve(item.chat_id))

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, chat_id: int) -> None:
        lane = self._lanes[chat_id]
        while lane and not self._stopping:
            async with self._turns:
                await self._process(lane[0])
            self._known.discard(lane.popleft().update_id)
        del self._lanes[chat_id]

    async def _process(self, item: Received) -> None:
        """One update, once; comes back when it is done or given up."""
        pause = 0.5
        while True:
            try:
                await self._step(item)
                return
            except Exception as error:
                if not is_passing(error):
                    await self._give_up(item, error)
                    return
                self._alarm.ring("inbox.step", error)  # the database is away: the update waits, stored
            if self._stopping:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, 15)

    async def _step(self, item: Received) -> None:
        incoming = read_update(json.loads(item.body))
        if incoming.file is not None:
            incoming = await self._with_file(incoming)
        try:
            await self._in_context(item, incoming, self._routes.step)
        except Refused as refused:
            await self._in_context(item, incoming, partial(self._routes.refuse, refused=refused))
        self._mark("step.committed")
        self._on_said()

    async def _in_context(self, item: Received, incoming: Incoming, step: Callable[[Context], None]) -> None:
        now = self._clock()

        def work(db: Session) -> None:
            if not finish_inbox(db, item.update_id):
                return  # another process was faster
            step(Context(db, now, self._policies, incoming, bot_username=self._bot.username))
            self._mark("step.done")

        await self._ask(work)

    async def _give_up(self, item: Received, error: Exception) -> None:
        what = self._alarm.ring("inbox.step", error)
        now = self._clock()

        def work(db: Session) -> None:
            fail_inbox(db, item.update_id, error=what)
            if item.chat_id > 0:
                incoming = Incoming(item.update_id, item.chat_id, Kind.OTHER)
                Context(db, now, self._policies, incoming).say(common.broken())

        try:
            await self._ask(work)
        except Exception as worse:  # it stays stored, and is tried again after a restart
            self._alarm.ring("inbox.give_up", worse)
        self._on_said()

    # --- Telegram, directly: only what cannot wait ------------------------------------------------------------------

    async def _answer(self, callback_id: str) -> None:
        """Stop the button's spinner. It expires within minutes, so it is not worth storing."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            log.info("inbox.answer", error=type(error).__name__)

    async def _with_file(self, incoming: Incoming) -> Incoming:
        """Fetch a document that the open question asks for; how that went is noted on it."""
        file = incoming.file
        wanted = await self._ask(
            lambda db: self._routes.wanted_file(Context(db, self._clock(), self._policies, incoming))
        )
        if file is None or not wanted:
            return incoming
        if file.size > wanted:
            return replace(incoming, file=replace(file, too_big=True))
        try:
            remote = await self._bot.get_file(file.file_id)
            if (remote.file_size or 0) > wanted:
                return replace(incoming, file=replace(file, too_big=True))
            data = bytes(await remote.download_as_bytearray())
        except BadRequest as error:
            too_big = "too big" in error.message.lower()
            return replace(incoming, file=replace(file, too_big=too_big, lost=not too_big))
        except TelegramError as error:
            log.warning("inbox.file", error=type(error).__name__)
            return replace(incoming, file=replace(file, lost=True))
        return replace(incoming, file=replace(file, data=data, size=len(data)))

    async def _ask(self, work: Callable[[Session], T]) -> T:
        return await asyncio.wrap_future(self._database.submit(work))


# --- reading one update ---------------------------------------------------------------------------------------------


def _lane(update: dict[str, Any]) -> int:
    """The chat whose order an update belongs to; 0 when it has none."""
    for kind in ("message", "edited_message", "my_chat_member"):
        if kind in update:
            return int(update[kind]["chat"]["id"])
    query = update.get("callback_query")
    if query:
        return int(query["message"]["chat"]["id"] if "message" in query else query["from"]["id"])
    return 0


def read_update(data: dict[str, Any]) -> Incoming:
    """An update, free of Telegram's types; texts in NFC."""
    update = Update.de_json(data, None)
    chat, user = update.effective_chat, update.effective_user
    incoming = Incoming(
        update.update_id,
        chat.id if chat else 0,
        Kind.OTHER,
        language=(user.language_code or "") if user else "",
        message_id=update.effective_message.message_id if update.effective_message else None,
    )
    if chat is None or chat.type != "private":
        return replace(incoming, kind=Kind.GROUP)
    if update.callback_query:
        return replace(incoming, kind=Kind.BUTTON, data=update.callback_query.data or "")
    if update.my_chat_member:
        gone = update.my_chat_member.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT)
        return replace(incoming, kind=Kind.BLOCKED if gone else Kind.UNBLOCKED)
    if update.edited_message:
        return replace(incoming, kind=Kind.EDITED, text=_nfc(update.edited_message.text))
    return _read_message(incoming, update.message) if update.message else incoming


def _read_message(incoming: Incoming, message: TelegramMessage) -> Incoming:
    text = _nfc(message.text or message.caption)
    if message.text and message.text.startswith("/"):
        command, _, rest = text[1:].partition(" ")
        name = command.partition("@")[0].lower().strip()
        return replace(incoming, kind=Kind.COMMAND, command=name, text=rest.strip())
    if message.text:
        return replace(incoming, kind=Kind.TEXT, text=text)
    if message.contact and message.from_user:
        own = message.contact.user_id == message.from_user.id
        contact = SharedContact(message.contact.phone_number, own)
        return replace(incoming, kind=Kind.CONTACT, contact=contact)
    file = _read_file(message)
    return replace(incoming, kind=Kind.FILE, file=file, text=text) if file else incoming


def _read_file(message: TelegramMessage) -> SharedFile | None:
    if message.photo:
        best = message.photo[-1]
        return SharedFile(FileKind.PHOTO, best.file_id, best.file_unique_id, size=best.file_size or 0)
    for kind, file in (
        (FileKind.VOICE, message.voice),
        (FileKind.DOCUMENT, message.document),
        (FileKind.OTHER, message.video or message.audio or message.video_note),
    ):
        if file is not None:
            name = _nfc(getattr(file, "file_name", None))
            return SharedFile(kind, file.file_id, file.file_unique_id, name=name, size=file.file_size or 0)
    return None


def _nfc(text: str | None) -> str:
    return unicodedata.normalize("NFC", text or "")


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
