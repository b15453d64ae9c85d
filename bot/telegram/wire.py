"""One row of the outbox as one call of the Bot API, and the library's errors as what they mean for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, NoReturn

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InputFile,
    LinkPreviewOptions,
    Message as TelegramMessage,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.alarm import Alarm
from bot.telegram.chats import chat_address, number_of
from bot.telegram.transport import NotSent
from bot.wire import Declined, Flooded, NotReached, Sent, Unanswered
from models.delivery.body import WireBody
from models.delivery.claims import Claimed
from models.delivery.file import Stored, is_ours, note_shortcut, stored_file
from models.delivery.message import LOGIN, Method
from models.delivery.protected import protect
from models.entry.reachability import Signal
from models.ground.channel import Address, Channel
from models.ground.db import Database

# The library turns this into sendMessage. By its own name the call would warn each time that `send_message` exists, which
# reads the whole answer; this is the one public way past that (tests/bot/test_wire.py tells when it closes).
_SEND_MESSAGE = "send_Message"
_SHORTCUTS = 1_000
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_AS_HTML = {"parse_mode": "HTML", "link_preview_options": _NO_PREVIEW.to_dict()}


class TelegramWire:
    """Telegram's way out. Files that are ours go by Telegram's own id of them, else as bytes, and then its id is noted."""

    channel = Channel.TELEGRAM

    def __init__(self, bot: Bot, database: Database, alarm: Alarm) -> None:
        self._bot, self._database, self._alarm = bot, database, alarm
        self._shortcuts: dict[str, str] = {}  # files that Telegram has: our id -> its own

    async def send(self, item: Claimed) -> Sent:
        """Send one row; raise what the error means (bot/wire.py)."""
        told = Told()
        try:
            return Sent(await self._call(item, told), told.in_words)
        except TelegramError as error:
            # it says already what it should say
            if _is_the_same(error):
                return Sent(item.body.message_id)
            _raise_meaning(error, item.method)

    async def probe(self) -> None:
        try:
            await self._bot.get_me()
        except TelegramError as error:
            _raise_meaning(error)

    async def _call(self, item: Claimed, told: Told) -> int | None:
        """The operator's group may have become a supergroup, under another id: it is followed there."""
        if item.body.file_id:
            return await self._call_with_file(item, told)
        try:
            return await call_telegram(self._bot, item, told)
        except ChatMigrated as moved:
            self._alarm.follow(item.address, chat_address(moved.new_chat_id))
            return await call_telegram(
                self._bot, replace(item, address=chat_address(moved.new_chat_id)), told
            )

    async def _call_with_file(self, item: Claimed, told: Told) -> int | None:
        kept = item.body.file_id
        key, data = await self._stored(kept)
        told.whole = partial(self._bytes_of, kept)
        shown = replace(item, data=data, body=item.body.model_copy(update={"file_id": key}))
        message_id = await call_telegram(self._bot, shown, told)
        if told.file_key and is_ours(kept):
            noting = partial(note_shortcut, file_id=int(kept), channel=self.channel, key=told.file_key)
            self._shortcuts.pop(kept, None)
            try:
                await asyncio.wrap_future(self._database.submit(noting))
            except Exception as error:  # it has arrived: the next one goes as bytes again
                self._alarm.ring("outbox.file", error)
        return message_id

    async def _stored(self, kept: str) -> Stored:
        """Return where a file is, asked once for one that goes to many."""
        if kept in self._shortcuts:
            return Stored(self._shortcuts[kept], b"")
        find = partial(stored_file, file_id=kept, channel=self.channel)
        found = await asyncio.wrap_future(self._database.submit(find))
        if found.shortcut:
            self._shortcuts[kept] = found.shortcut
            if len(self._shortcuts) > _SHORTCUTS:
                del self._shortcuts[next(iter(self._shortcuts))]
        return found

    async def _bytes_of(self, kept: str) -> bytes:
        find = partial(stored_file, file_id=kept, channel=self.channel, whole=True)
        return (await asyncio.wrap_future(self._database.submit(find))).data


def _raise_meaning(error: TelegramError, method: Method | None = None) -> NoReturn:
    """Raise what an error of the library says of the call; the error itself where that is not known."""
    match error:
        case RetryAfter():
            pause = error.retry_after
            raise Flooded(pause if isinstance(pause, timedelta) else timedelta(seconds=pause)) from error
        case NotSent():
            raise NotReached from error
        case InvalidToken():
            raise NotReached(error) from error
        case BadRequest() | Forbidden() | ChatMigrated():
            signal = signal_of(error)
            # what cannot be deleted is gone or too old: no mistake of ours
            known = signal is not None or method is Method.DELETE
            raise Declined(signal or str(error.message), ours=None if known else error) from error
        case NetworkError():  # no answer in time, or a gateway's own: 502 and its like
            raise Unanswered from error
        case _:
            raise error


@dataclass(slots=True)
class Told:
    """What a call is asked and what it tells. `whole`: the bytes of a file, where Telegram's own id of it is refused."""

    whole: Callable[[], Awaitable[bytes]] | None = None
    in_words: bool = False  # words went for a file
    file_key: str = ""  # Telegram's id of the file, which went as bytes


async def call_telegram(bot: Bot, item: Claimed, told: Told | None = None) -> int | None:
    """Make one call of the Bot API; return the id of the message it made or changed."""
    told, chat_id = told or Told(), number_of(item.address)
    try:
        if _is_file(item) and not item.body.file_id and not item.data:
            return await _say_instead(bot, item, told)
        return await _send(bot, item, told)
    except BadRequest as error:
        if item.method is Method.EDIT and not _is_the_same(error):
            return await _text(bot, chat_id, item)  # gone, too old, a file without a text: say it anew
        if item.method is Method.DELETE:
            return await _take_out(bot, item, error)
        if item.body.instead and signal_of(error) is not Signal.NO_CHAT:
            return await _otherwise(bot, item, told, muted=_is_muted(error))
        raise


async def _otherwise(bot: Bot, item: Claimed, told: Told, *, muted: bool) -> int:
    """A privacy setting, or a file that Telegram has no longer: the bytes, where they are ours, else words."""
    data = await told.whole() if told.whole is not None and item.body.file_id else b""
    if data:
        try:
            return await _send(bot, _as_bytes(item, data), told) or 0
        except BadRequest as error:
            if signal_of(error) is Signal.NO_CHAT:
                raise
    return await _say_instead(bot, item, told, muted=muted)


async def _say_instead(bot: Bot, item: Claimed, told: Told, *, muted: bool = False) -> int:
    told.in_words = True
    return await _text(bot, number_of(item.address), _in_words(item, muted=muted))


def _is_muted(error: BadRequest) -> bool:
    """It is the person's own setting that takes no voice messages."""
    return "voice_messages_forbidden" in error.message.lower()


async def _send(bot: Bot, item: Claimed, told: Told) -> int | None:
    chat_id = number_of(item.address)
    if not _is_file(item):
        return await _METHODS[item.method](bot, chat_id, item)
    sent = await _FILES[item.method](bot, chat_id, item)
    if not item.body.file_id and not item.body.password:
        told.file_key = _key_of(sent)
    return sent.message_id


def _is_file(item: Claimed) -> bool:
    return item.method in _FILES


def _as_bytes(item: Claimed, data: bytes) -> Claimed:
    return replace(item, data=data, body=item.body.model_copy(update={"file_id": ""}))


def _key_of(sent: TelegramMessage) -> str:
    """Telegram's id of the file in a message."""
    file = sent.document or sent.voice or (sent.photo[-1] if sent.photo else None)
    return file.file_id if file is not None else ""


async def _take_out(bot: Bot, item: Claimed, error: BadRequest) -> int | None:
    """What is too old to be deleted can still be edited; raises where not even that can be done."""
    if "to delete not found" in error.message.lower():
        return None  # gone already
    if not item.body.text:
        raise error
    try:
        return await _edit(bot, number_of(item.address), item)
    except BadRequest as refused:
        if "no text in the message" not in refused.message.lower():
            raise
    await bot.edit_message_caption(
        number_of(item.address), item.body.message_id, caption=item.body.text, parse_mode="HTML"
    )
    return item.body.message_id


def _in_words(item: Claimed, *, muted: bool) -> Claimed:
    body = item.body
    why = body.no_voice if muted and body.no_voice else body.instead
    words = "\n\n".join(filter(None, [body.text, why]))
    return replace(item, body=body.model_copy(update={"text": words}))


def signal_of(error: TelegramError) -> Signal | None:
    """Return what a refusal of Telegram's says about the chat; None: nothing. It says so in English sentences only."""
    said = error.message.lower()
    if "blocked by the user" in said:
        return Signal.BLOCKED
    if "deactivated" in said:
        return Signal.DEACTIVATED
    return Signal.NO_CHAT if "initiate conversation" in said or "chat not found" in said else None


async def try_login(bot: Bot, chat_id: int, door: str) -> None:
    """Send the operator a button that leads to the door as the members' do, and take it back; raises what Telegram says."""
    buttons = {"inline_keyboard": [[_button("Xa Nhà", LOGIN + door)]]}
    given = {"text": "python -m bot check", "chat_id": chat_id, "reply_markup": buttons}
    sent: Any = await bot.do_api_request(_SEND_MESSAGE, api_kwargs={**given, "disable_notification": True})
    await bot.delete_message(chat_id, int(sent["message_id"]))


async def try_chat(bot: Bot, chat_id: int) -> int:
    """Send the operator a line and take it back; the chat's id now, where a group has become a supergroup."""
    try:
        sent = await bot.send_message(chat_id, "python -m bot check", disable_notification=True)
    except ChatMigrated as moved:
        return moved.new_chat_id
    await bot.delete_message(chat_id, sent.message_id)
    return chat_id


async def say_straight(bot: Bot, address: Address, words: str) -> None:
    """Send words past the outbox: an alarm that its database does not take. Raises what Telegram says."""
    await bot.request.initialize()  # also before the program leads
    await bot.send_message(number_of(address), words)


def _is_the_same(error: TelegramError) -> bool:
    return "message is not modified" in error.message.lower()


async def _text(bot: Bot, chat_id: int, item: Claimed) -> int:
    """By hand: of the answer only the id is wanted, and reading all of it costs as much as the call."""
    given = {"text": item.body.text, "chat_id": chat_id, "reply_markup": _markup(item.body), **_AS_HTML}
    if item.body.protected:
        given["protect_content"] = True
    if item.body.silent:
        given["disable_notification"] = True
    try:
        sent: Any = await bot.do_api_request(_SEND_MESSAGE, api_kwargs=given)
    except EndPointNotFound as error:  # the method exists: it is the token that Telegram does not know
        raise InvalidToken(error.message) from None
    return int(sent["message_id"])


async def _edit(bot: Bot, chat_id: int, item: Claimed) -> int | None:
    body = item.body
    done = await bot.edit_message_text(
        body.text,
        chat_id=chat_id,
        message_id=body.message_id,
        parse_mode="HTML",
        reply_markup=_markup(body) if body.buttons else None,
        link_preview_options=_NO_PREVIEW,
    )
    return done.message_id if isinstance(done, TelegramMessage) else body.message_id


async def _delete(bot: Bot, chat_id: int, item: Claimed) -> int | None:
    await bot.delete_message(chat_id, item.body.message_id or 0)
    return item.body.message_id


async def _photo(bot: Bot, chat_id: int, item: Claimed) -> TelegramMessage:
    return await bot.send_photo(chat_id, _file(item), **_captioned(item.body))


async def _document(bot: Bot, chat_id: int, item: Claimed) -> TelegramMessage:
    file = _file(item)
    if item.body.password:  # beside everything else: it takes 100 ms
        name, data = item.body.file_name, item.data
        file = InputFile(await asyncio.to_thread(protect, name, data, item.body.password), filename=name)
    return await bot.send_document(chat_id, file, **_captioned(item.body))


async def _voice(bot: Bot, chat_id: int, item: Claimed) -> TelegramMessage:
    return await bot.send_voice(chat_id, _file(item), **_captioned(item.body))


async def _commands(bot: Bot, chat_id: int, item: Claimed) -> None:
    commands = [BotCommand(name, about) for name, about in json.loads(item.body.text)]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))


_METHODS: dict[Method, Callable[[Bot, int, Claimed], Awaitable[int | None]]] = {
    Method.TEXT: _text,
    Method.EDIT: _edit,
    Method.DELETE: _delete,
    Method.COMMANDS: _commands,
}
_FILES: dict[Method, Callable[[Bot, int, Claimed], Awaitable[TelegramMessage]]] = {
    Method.PHOTO: _photo,
    Method.DOCUMENT: _document,
    Method.VOICE: _voice,
}


def _file(item: Claimed) -> Any:
    return item.body.file_id or InputFile(item.data, filename=item.body.file_name)


def _captioned(body: WireBody) -> dict[str, Any]:
    return {
        "caption": body.text or None,
        "parse_mode": "HTML" if body.text else None,
        "reply_markup": _markup(body),
        "protect_content": body.protected or None,
        "disable_notification": body.silent or None,
    }


def _markup(body: WireBody) -> Any:
    """In the Bot API's own words, which the library takes too: its objects cost as much as the call."""
    if body.ask_contact:
        button = {"text": body.ask_contact, "request_contact": True}
        return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
    if body.buttons:
        return {"inline_keyboard": [[_button(label, to) for label, to in row] for row in body.buttons]}
    return {"remove_keyboard": True} if body.drop_keyboard else None


def _button(label: str, to: str) -> dict[str, Any]:
    if to.startswith(LOGIN):
        return {"text": label, "login_url": {"url": to.removeprefix(LOGIN)}}
    opens = to.startswith(("https://", "tg://"))
    return {"text": label, "url" if opens else "callback_data": to}
