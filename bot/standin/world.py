"""The state that both sides share: people, chats, messages, files, and updates not yet fetched."""

from __future__ import annotations

import asyncio
import mimetypes
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from bot.standin.faults import PlannedFault
from bot.standin.limits import Pace
from bot.standin.records import (
    BotCall,
    Callback,
    Chat,
    ChatMessage,
    Json,
    StoredFile,
    UploadedFile,
    User,
    message_json,
)

HISTORY = 500  # messages kept of each chat
UNREAD = 100_000  # updates kept for a bot that does not fetch them
CALLS = 10_000
CALLBACKS = 10_000
FILE_BYTES = 256 * 1024 * 1024

_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos", "audio": "music"}
_DEFAULT_MIMES = {"photo": "image/jpeg", "voice": "audio/ogg", "video": "video/mp4", "audio": "audio/mpeg"}
_LEFT_OUT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class Bell:
    """Wakes whoever waits for a change; may be rung from another thread."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            with suppress(RuntimeError):  # its loop has been closed
                future.get_loop().call_soon_threadsafe(_wake, future)

    @contextmanager
    def _heard(self) -> Iterator[asyncio.Future[None]]:
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            yield future
        finally:
            self._waiting.discard(future)

    async def until(self, happened: Callable[[], bool], timeout: float) -> bool:  # noqa: ASYNC109 - a wait that ends is no error
        """Wait until it has happened, or the time is over; return whether it has."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while True:
                    with self._heard() as future:
                        if happened():
                            return True
                        await future
        return happened()


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


@dataclass(slots=True)
class _Numbers:
    """Counts up from `following`; can be copied, where `itertools.count` soon cannot."""

    following: int

    def __next__(self) -> int:
        self.following += 1
        return self.following - 1


class World:
    """Everything there is; the sides of the stand-in are built on it."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        token: str,
        username: str,
        pace: bool = False,
        domain: str = "",
    ) -> None:
        self.now = now
        self.token = token
        self.domain = domain  # linked by /setdomain at BotFather: where login buttons may lead
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Xa Nhà",
            "username": username,
        }
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Callback] = {}
        self.calls: deque[BotCall] = deque(maxlen=CALLS)
        self.observers: list[Callable[[BotCall], None]] = []
        self.webhook: Json | None = None
        self._updates: deque[Json] = deque(maxlen=UNREAD)
        self._allowed: frozenset[str] | None = None
        self._files: dict[str, StoredFile] = {}
        self._paths: dict[str, StoredFile] = {}
        self._file_bytes = 0
        self._faults: list[PlannedFault] = []
        self._pace = Pace(now()) if pace else None
        self._polls = 0
        self._update_ids = _Numbers(500_000_001)
        self._message_ids = _Numbers(1)
        self._file_ids = _Numbers(1)
        self._callback_ids = _Numbers(4_000_000_000_000_001)
        self._updates_bell = Bell()
        self._chats_bell = Bell()

    # -- messages ---------------------------------------------------------------------------------

    def _add(self, chat: Chat, *, by_bot: bool, user_id: int, **fields: Any) -> ChatMessage:
        message = ChatMessage(
            message_id=next(self._message_ids),
            chat_id=chat.chat_id,
            by_bot=by_bot,
            user_id=user_id,
            sent_at=self.now().astimezone(UTC),
            **fields,
        )
        chat.messages[message.message_id] = message
        if len(chat.messages) > HISTORY:
            del chat.messages[next(iter(chat.messages))]
        self._touch(chat)
        return message

    def _touch(self, chat: Chat) -> None:
        chat.revision += 1
        self._chats_bell.ring()

    def _message_json(self, message: ChatMessage) -> Json:
        chat = self.chats[message.chat_id]
        sender = self.bot if message.by_bot else self.users[message.user_id].json()
        return message_json(message, sender, chat.shape)

    # -- updates ----------------------------------------------------------------------------------

    def _enqueue(self, kind: str, content: Json) -> None:
        if kind in _LEFT_OUT_BY_DEFAULT if self._allowed is None else kind not in self._allowed:
            return
        self._updates.append({"update_id": next(self._update_ids), kind: content})
        self._updates_bell.ring()

    async def wait_updates(self, timeout: float) -> bool:  # noqa: ASYNC109 - a wait that ends is no error
        """Wait until an update can be fetched; return False when the time ran out."""
        return await self._updates_bell.until(lambda: bool(self._updates), timeout)

    async def wait_change(self, chat_id: int, since: int, timeout: float) -> bool:  # noqa: ASYNC109 - a wait that ends is no error
        """Wait until the chat has moved on from a revision; return False when the time ran out."""
        chat = self.chats[chat_id]
        return await self._chats_bell.until(lambda: chat.revision > since, timeout)

    # -- files ------------------------------------------------------------------------------------

    def _keep_file(
        self,
        kind: str,
        upload: UploadedFile,
        *,
        claimed_size: int | None = None,
        size: tuple[int, int] = (0, 0),
    ) -> StoredFile:
        number = next(self._file_ids)
        path = f"{_FOLDERS[kind]}/file_{number}{PurePosixPath(upload.name).suffix}"
        mime = upload.mime or mimetypes.guess_type(upload.name)[0] or _DEFAULT_MIMES.get(kind)
        file = StoredFile(
            file_id=f"{kind}-{number:06}",
            kind=kind,
            name=upload.name,
            mime=mime or "application/octet-stream",
            data=upload.data,
            size=len(upload.data) if claimed_size is None else claimed_size,
            path=path,
            width=size[0],
            height=size[1],
        )
        self._files[file.file_id] = self._paths[path] = file
        self._file_bytes += len(file.data)
        self._forget_old_files()
        return file

    def forget_file(self, file_id: str) -> None:
        """Drop a file, as a server may: nobody gets it by this id any more."""
        file = self._files.pop(file_id)
        del self._paths[file.path]
        self._file_bytes -= len(file.data)

    def _forget_old_files(self) -> None:
        while self._file_bytes > FILE_BYTES and len(self._files) > 1:
            oldest = self._files.pop(next(iter(self._files)))
            del self._paths[oldest.path]
            self._file_bytes -= len(oldest.data)

    def _find_file(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id.removesuffix("-s"))
