"""Fetch what somebody sends and have it opened in a process of its own (bot/opener.py).

    a file ──> marked secret? too big? ──> fetched ──> opened ──> SharedFile with what was found, or with a sentence

At most `at_once` files are fetched and opened side by side, first come, first served. A chat's messages come one after
the other, so one person has one turn at a time and cannot fill the places. Nothing of this happens on the writer's
thread or within a transaction; the bytes go along with the update, and are kept when a room keeps the file.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import structlog
from pydantic import ValidationError

from bot.alarm import Alarm
from handlers.ground.context import FileKind, Incoming, SharedFile
from models.delivery.file import Stored
from models.delivery.foreign.content import PHOTOS, ContentType
from models.delivery.foreign.wrapping import OFFICE_ENDINGS
from models.delivery.policy import FilePolicy
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.phrases import common
from models.phrases.delivery import files as phrases
from models.trust.opening import OpenedFile, Order, Reads, Wanted, open_file

log = structlog.get_logger()
_LENGTH = struct.Struct(">I")
_ROOT = Path(__file__).parents[1]
_PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TZDIR")  # never our settings
_LARGEST_WRAPPED = 40_000_000  # bytes of an answer: the largest file, as text
_GRACE = 10.0  # seconds beyond the opener's own time-out: it is stuck itself, or still loading


class TooComplex(Exception):
    """Opening the file took more memory or time than it may."""


class OpenerEnded(OSError):
    """The process that opens files is gone; a file can only take its own fork with it."""


class Opener(Protocol):
    """Opens files; raises `TooComplex` when one cannot be mastered, OSError when none can be opened."""

    async def open(self, order: Order, data: bytes) -> OpenedFile: ...
    async def close(self) -> None: ...


class Gone(Exception):
    """The channel has the file no longer, or gives it to no bot."""


class TooBig(Exception):
    """The file is larger than was asked for, or than the channel gives to anybody."""


class NotFetched(Exception):
    """The file did not come this time."""


class Fetcher(Protocol):
    """Brings a file that a channel keeps."""

    async def fetch(self, key: str, *, largest: int) -> bytes:
        """Return the bytes of a channel's file; raise Gone, TooBig or NotFetched."""
        ...


class Files:
    """What the receiver asks for each file that the open question can use."""

    def __init__(self, fetcher: Fetcher, opener: Opener, alarm: Alarm, policy: FilePolicy) -> None:
        self._fetcher, self._opener, self._alarm, self._policy = fetcher, opener, alarm, policy
        self._turns = asyncio.Semaphore(policy.at_once)

    async def look_into(self, incoming: Incoming, wanted: Wanted | None) -> Incoming:
        """Return the message with what was found in its file, or with why it is not taken; None: nothing asks for it.

        A photo that came as bytes is made anew, as a messenger does of itself.
        """
        file = incoming.file
        if file is not None and file.kind is FileKind.PHOTO and file.data:
            wanted = self.photos()
        elif file is None or wanted is None or not _asked_for(file.kind, wanted):
            return incoming
        try:
            file = await self.looked_into(file, wanted, beside=incoming.text)
        except Refused as refused:
            file = replace(file, refusal=refused.phrase)
        return replace(incoming, file=file)

    async def looked_into(self, file: SharedFile, wanted: Wanted, *, beside: str = "") -> SharedFile:
        """Return a file with what was found in it; `beside`: the words that came along. Refused: it is not taken."""
        if marked_secret(file.name) or marked_secret(beside):
            raise Refused(common.secret_refused())
        async with self._turns:
            data, opened = await self._open(file, wanted)
        return replace(file, opened=opened, data=opened.wrapped or data)

    def photos(self) -> Wanted:
        """Ask for a photo that came as bytes to be made anew."""
        return Wanted(types=PHOTOS, reads=Reads.PHOTO, files=self._large())

    async def bring(self, key: str) -> bytes | None:
        """Fetch a file that is to be kept, by the channel's id of it; None: it is gone, or too big.

        Refused: it did not come this time.
        """
        try:
            return await self._brought(key, self._everything().largest)
        except (Gone, TooBig):
            return None
        except NotFetched as error:
            raise Refused(phrases.lost()) from error

    def _everything(self, password: str = "") -> Wanted:
        return Wanted(types=frozenset(ContentType), reads=Reads.WRAP, password=password, files=self._large())

    def _large(self) -> FilePolicy:
        """The bounds, where the answer is a whole file."""
        return self._policy.model_copy(update={"max_answer": _LARGEST_WRAPPED})

    async def wrapped(self, kept: Stored, name: str, password: str) -> tuple[bytes, str]:
        """Return a file that was kept, to lie in a bundle: its bytes and the ending of its name.

        An Office file comes as it is; everything else as a PDF under `password`. Refused: it cannot be had, or
        mastered.
        """
        wanted, file = self._everything(password), SharedFile(FileKind.DOCUMENT, kept.shortcut, "", name)
        async with self._turns:
            data = kept.data or await self._fetch(file, wanted)
            try:
                opened = await self._opener.open(Order(wanted=wanted, name=name), data)
            except TooComplex as error:
                raise Refused(phrases.too_complex()) from error
            except OSError as error:
                self._alarm.ring("files.open", error)
                raise Refused(phrases.not_opened()) from error
        if opened.refusal is not None:
            raise Refused(opened.refusal)
        if opened.wrapped is not None:
            return opened.wrapped, ".pdf"
        return data, OFFICE_ENDINGS[opened.type]

    async def close(self) -> None:
        await self._opener.close()

    async def _open(self, file: SharedFile, wanted: Wanted) -> tuple[bytes, OpenedFile]:
        data = await self._fetch(file, wanted)
        try:
            opened = await self._opener.open(Order(wanted=wanted, name=file.name), data)
        except TooComplex as error:
            raise Refused(phrases.too_complex()) from error
        except OSError as error:  # no process can be started: that is ours to put right
            self._alarm.ring("files.open", error)
            raise Refused(phrases.not_opened()) from error
        if opened.failed:
            log.warning("files.failed", type=opened.type.value, error=opened.failed)
        if opened.refusal is not None:
            raise Refused(opened.refusal)
        return data, opened

    async def _fetch(self, file: SharedFile, wanted: Wanted) -> bytes:
        too_big = Refused(phrases.too_big(megabytes=wanted.largest // 1_000_000))
        if file.size > wanted.largest:
            raise too_big
        if file.data:  # the channel brought it along
            return file.data
        if not file.channel_id:
            raise Refused(phrases.lost())
        try:
            return await self._brought(file.channel_id, wanted.largest)
        except TooBig as error:
            raise too_big from error
        except (Gone, NotFetched) as error:
            raise Refused(phrases.lost()) from error

    async def _brought(self, key: str, largest: int) -> bytes:
        try:
            async with asyncio.timeout(self._policy.fetch_seconds):
                data = await self._fetcher.fetch(key, largest=largest)
        except TimeoutError as error:
            log.warning("files.fetch", error=type(error).__name__)
            raise NotFetched from error
        if len(data) > largest:
            raise TooBig
        return data


def _asked_for(kind: FileKind, wanted: Wanted) -> bool:
    """A room that takes no voice, or no document, has its own sentence for it."""
    voice = kind is FileKind.VOICE and ContentType.OGG in wanted.types
    return voice or (kind is FileKind.DOCUMENT and bool(wanted.types - {ContentType.OGG}))


# --- a process for it -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Child:
    """One opener; `closing` ends it when nobody needs it."""

    process: asyncio.subprocess.Process
    closing: asyncio.TimerHandle | None = None

    async def ask(self, order: bytes, data: bytes) -> tuple[dict[str, object], bytes]:
        """Return how it ended, and the answer. Raises OSError or EOFError when the process is gone."""
        given, back = self.process.stdin, self.process.stdout
        if given is None or back is None:
            raise EOFError
        for piece in (order, data):
            given.write(_LENGTH.pack(len(piece)))
            given.write(piece)
        await given.drain()
        ended, answer = [
            await back.readexactly(_LENGTH.unpack(await back.readexactly(4))[0]) for _ in range(2)
        ]
        return dict(json.loads(ended)), answer

    async def end(self) -> None:
        """End it whatever it does: it and what it has forked die, and its pipes are closed."""
        if self.closing is not None:
            self.closing.cancel()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, 9)
            else:
                self.process.kill()
        with contextlib.suppress(OSError, EOFError):
            await self.process.communicate()


@dataclass
class ChildOpener:
    """Keeps openers that wait for the next file for a while: loading takes a second, a fork some milliseconds.

    `seen` is told how each opening ended: how, ms, cpu_ms, mb.
    """

    policy: FilePolicy
    seen: Callable[[dict[str, object]], None] = lambda ended: None
    words: Path | None = None  # an operator's own sentences: refusals are worded there
    _waiting: list[_Child] = field(default_factory=list)
    _leaving: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self, order: Order, data: bytes) -> OpenedFile:
        while self._waiting:
            with contextlib.suppress(OpenerEnded):  # while it waited: another is started
                return await self._ask(self._waiting.pop(), order, data)
        return await self._ask(await self._start(), order, data)

    async def _ask(self, child: _Child, order: Order, data: bytes) -> OpenedFile:
        if child.closing is not None:
            child.closing.cancel()
        try:
            async with asyncio.timeout(self.policy.seconds + _GRACE):
                ended, answer = await child.ask(order.model_dump_json().encode(), data)
        except TimeoutError as error:
            await child.end()
            raise TooComplex("the opener hangs") from error
        except (OSError, EOFError) as error:
            await child.end()
            raise OpenerEnded from error
        except BaseException:
            await child.end()
            raise
        self._keep(child)
        self.seen(ended)
        log.info("files.opened", **ended, bytes=len(data))
        return _believed(ended, answer)

    async def close(self) -> None:
        while self._waiting:
            await self._waiting.pop().end()
        await asyncio.gather(*self._leaving)

    async def _start(self) -> _Child:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.opener",
            *([str(self.words.absolute())] if self.words else []),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=_ROOT,
            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            start_new_session=True,  # a group of its own: `end` kills its forks with it
        )
        return _Child(process)

    def _keep(self, child: _Child) -> None:
        loop = asyncio.get_running_loop()
        child.closing = loop.call_later(self.policy.idle_seconds, self._dismiss, child)
        self._waiting.append(child)

    def _dismiss(self, child: _Child) -> None:
        """Nobody needed it for a while."""
        if child in self._waiting:
            self._waiting.remove(child)
            leaving = asyncio.get_running_loop().create_task(child.end())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)


def _believed(ended: dict[str, object], answer: bytes) -> OpenedFile:
    """The answer of a process that had a stranger's file in its hands: read as data, and only as data."""
    if ended.get("how") != "done":
        raise TooComplex(ended.get("how"))
    try:
        return OpenedFile.model_validate_json(answer)
    except ValidationError as error:
        raise TooComplex("answer") from error


class HereOpener:
    """Opens files in this process, for tests about something else: no limits, and no second to wait."""

    async def open(self, order: Order, data: bytes) -> OpenedFile:
        opened = await asyncio.to_thread(open_file, order, data)
        return OpenedFile.model_validate_json(opened.model_dump_json())

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""
