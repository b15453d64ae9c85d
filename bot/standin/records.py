"""What the stand-in remembers, and the shapes in which Telegram speaks of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.standin.keyboards import Rows
from bot.standin.markup import Entity

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file on its way in."""

    name: str
    data: bytes
    mime: str | None = None


@dataclass(frozen=True, slots=True)
class CallAnswer:
    """What Telegram says to one call."""

    status: int
    body: Json


@dataclass(frozen=True, slots=True)
class BotCall:
    """One call of the bot, as it was made. Status 0: the call never arrived."""

    method: str
    params: Json
    files: dict[str, tuple[str, int]]  # part -> (file name, size)
    status: int


@dataclass(slots=True)
class User:
    user_id: int
    first_name: str
    last_name: str = ""
    language_code: str = "vi"
    phone: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    forbids_voice: bool = False  # a privacy setting: nobody may send voice messages

    def json(self) -> Json:
        shape: Json = {"id": self.user_id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            shape["last_name"] = self.last_name
        return shape | {"language_code": self.language_code}


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    size: int  # as claimed: larger than the data where a test wants a big file
    path: str
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        return f"u{self.file_id}"


@dataclass(slots=True)
class ChatMessage:
    message_id: int
    chat_id: int
    by_bot: bool
    user_id: int
    sent_at: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    file: StoredFile | None = None
    extra: Json = field(default_factory=dict)  # a contact, a location, a sticker
    inline: Rows = field(default_factory=list)
    pinned: bool = False  # came with another keyboard, so it cannot be edited
    protected: bool = False  # the app lets nobody forward or save it
    silent: bool = False  # the phone made no sound
    edited_at: datetime | None = None

    @property
    def is_text(self) -> bool:
        return self.file is None and not self.extra


@dataclass(slots=True)
class Chat:
    chat_id: int
    shape: Json  # Telegram's Chat
    messages: dict[int, ChatMessage] = field(default_factory=dict)
    reply_keyboard: Json | None = None
    revision: int = 0
    migrated_to: int | None = None  # a group that became a supergroup


@dataclass(slots=True)
class Callback:
    """A tap that waits for its answer."""

    user_id: int
    chat_id: int
    made_at: datetime
    toast: Json | None = None


def file_fields(file: StoredFile) -> Json:
    """Return the file as Telegram puts it into a message."""
    base: Json = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
    if file.kind == "photo":
        thumb = _thumbnail(base, file)
        return {"photo": [thumb, base | {"width": file.width, "height": file.height}]}
    shape = base | {"mime_type": file.mime}
    if file.kind in ("voice", "video", "audio"):
        shape["duration"] = 1
    if file.kind == "video":
        shape |= {"width": file.width, "height": file.height}
    if file.kind != "voice":
        shape["file_name"] = file.name
    return {file.kind: shape}


def _thumbnail(base: Json, file: StoredFile) -> Json:
    scale = 90 / max(file.width, file.height, 90)
    size = {"width": max(1, round(file.width * scale)), "height": max(1, round(file.height * scale))}
    return {"file_id": base["file_id"] + "-s", "file_unique_id": base["file_unique_id"] + "-s", **size}


def message_json(message: ChatMessage, sender: Json, chat: Json) -> Json:
    """Return the message as Telegram tells the bot of it."""
    shape: Json = {
        "message_id": message.message_id,
        "from": sender,
        "chat": chat,
        "date": int(message.sent_at.timestamp()),
    }
    if message.edited_at:
        shape["edit_date"] = int(message.edited_at.timestamp())
    if message.protected:
        shape["has_protected_content"] = True
    shape |= message.extra
    words = "text" if message.is_text else "caption"
    if message.file:
        shape |= file_fields(message.file)
    if message.text:
        shape[words] = message.text
    if message.entities:
        shape["entities" if words == "text" else "caption_entities"] = message.entities
    if message.inline:
        shape["reply_markup"] = {"inline_keyboard": message.inline}
    return shape


_SHOWN_FILES = ("document", "voice", "video", "audio")
_SHOWN_EXTRAS = ("contact", "location", "sticker")


def history_entry(message: ChatMessage) -> Json:
    """Return the message as a phone shows it."""
    file = message.file
    entry: Json = {
        "message_id": message.message_id,
        "from": "bot" if message.by_bot else "user",
        "date": message.sent_at.isoformat(),
        "text": message.text,
        "entities": [dict(entity) for entity in message.entities],
        "photo": None,
        **dict.fromkeys((*_SHOWN_FILES, *_SHOWN_EXTRAS)),
        "inline_keyboard": [[dict(button) for button in row] for row in message.inline],
        "edited": message.edited_at is not None,
        "has_protected_content": message.protected,
        "silent": message.silent,
    }
    if file and file.kind == "photo":
        entry["photo"] = {"file_id": file.file_id, "width": file.width, "height": file.height}
    elif file:
        described = {"file_id": file.file_id, "file_name": file.name, "size": file.size, "mime": file.mime}
        entry[file.kind] = described
    for name in _SHOWN_EXTRAS:
        entry[name] = message.extra.get(name)
    return entry
