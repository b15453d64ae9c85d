"""One update, free of Telegram's names: who, where, what; texts in NFC.

Read from the JSON as it came: the library's own objects cost more than all the rest of the way in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any

from handlers.context import FileKind, Incoming, Kind, SharedContact, SharedFile

Json = dict[str, Any]
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what no database keeps, and nobody can type


def lane_of(update: Json) -> int:
    """The chat whose order an update belongs to; 0 when it has none. Never fails: it must be stored first."""
    query = update.get("callback_query")
    try:
        if query is not None:
            return int(query["message"]["chat"]["id"] if "message" in query else query["from"]["id"])
        for kind in ("message", "edited_message", "my_chat_member"):
            if kind in update:
                return int(update[kind]["chat"]["id"])
    except (KeyError, TypeError, ValueError):
        return 0
    return 0


def read_update(update: Json) -> Incoming:
    """LookupError or TypeError: it is not what the Bot API describes."""
    query, standing = update.get("callback_query"), update.get("my_chat_member")
    message = update.get("message") or update.get("edited_message") or (query or {}).get("message") or {}
    chat = (standing or message).get("chat") or {}
    sender = (query or standing or message).get("from") or {}
    incoming = Incoming(
        update["update_id"],
        chat.get("id", 0),
        Kind.OTHER,
        language=sender.get("language_code", ""),
        message_id=message.get("message_id"),
    )
    if chat.get("type") != "private":
        return replace(incoming, kind=Kind.GROUP)
    if query:
        return replace(incoming, kind=Kind.BUTTON, data=_tidy(query.get("data")))
    if standing:
        gone = standing["new_chat_member"]["status"] in ("kicked", "left")
        return replace(incoming, kind=Kind.BLOCKED if gone else Kind.UNBLOCKED)
    if "edited_message" in update:
        return replace(incoming, kind=Kind.EDITED, text=_tidy(message.get("text")))
    return _read_message(incoming, message, sender) if "message" in update else incoming


def _read_message(incoming: Incoming, message: Json, sender: Json) -> Incoming:
    text = _tidy(message.get("text") or message.get("caption"))
    if message.get("text", "").startswith("/"):
        command, rest = [*text[1:].split(maxsplit=1), "", ""][:2]
        name = command.partition("@")[0].lower()
        return replace(incoming, kind=Kind.COMMAND, command=name, text=rest.strip())
    if "text" in message:
        return replace(incoming, kind=Kind.TEXT, text=text)
    if contact := message.get("contact"):
        own = contact.get("user_id") == sender.get("id")
        return replace(incoming, kind=Kind.CONTACT, contact=SharedContact(contact["phone_number"], own))
    file = _read_file(message)
    return replace(incoming, kind=Kind.FILE, file=file, text=text) if file else incoming


_FILES = {
    "voice": FileKind.VOICE,
    "document": FileKind.DOCUMENT,
    "video": FileKind.OTHER,
    "audio": FileKind.OTHER,
    "video_note": FileKind.OTHER,
}


def _read_file(message: Json) -> SharedFile | None:
    if photo := message.get("photo"):
        return _shared(FileKind.PHOTO, photo[-1])  # the largest
    return next((_shared(kind, message[name]) for name, kind in _FILES.items() if name in message), None)


def _shared(kind: FileKind, file: Json) -> SharedFile:
    name, size = _tidy(file.get("file_name")), file.get("file_size") or 0
    return SharedFile(kind, file["file_id"], file["file_unique_id"], name=name, size=size)


def _tidy(text: str | None) -> str:
    return _UNSTORABLE.sub("", unicodedata.normalize("NFC", text or ""))
