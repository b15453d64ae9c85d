"""One event of Zalo's, free of its names: who, what; texts in NFC.

    {"event_name": "message.text.received",
     "message": {"message_id": "2d75…", "date": 1750316131602, "text": "2",
                 "chat": {"id": "6ede…", "chat_type": "PRIVATE"}, "from": {"id": "6ede…", "is_bot": false}}}

An event has no number of its own: the message's id says that it is the same. `message.unsupported.received` comes where Zalo
withholds what was written; it is read as something that is no words, like a picture.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.ear import Unreadable
from handlers.ground.context import Incoming, Kind
from models.ground.channel import NOWHERE, Address, Channel

Json = dict[str, Any]
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_TEXT = "message.text.received"


def load_event(body: bytes) -> Json:
    """Read a stored or received event, with or without its envelope; Unreadable for what is none."""
    try:
        event = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None
    if isinstance(event, dict) and isinstance(event.get("result"), dict):
        event = event["result"]
    if not is_event(event):
        raise Unreadable("no event")
    return dict(event)


def _refuse(constant: str) -> None:
    raise Unreadable(constant)


def is_event(event: Any) -> bool:
    """Return whether it has an id under which it can be stored."""
    return isinstance(event, dict) and bool(id_of(event))


def id_of(event: Json) -> str:
    """Return the message's id; empty where it has none."""
    message = event.get("message")
    return _id(message.get("message_id")) if isinstance(message, dict) else ""


def lane_of(event: Json) -> Address:
    """Return the chat whose order an event belongs to; `NOWHERE` for none. Never fails: it must be stored first."""
    chat = _id(_plain(_plain(event.get("message")).get("chat")).get("id"))
    return Address(Channel.TEXT, chat) if chat else NOWHERE


def sent_at(event: Json, *, now: datetime) -> datetime:
    """Return when a person sent it, as Zalo says in milliseconds; `now` where that is not said."""
    date: Any = _plain(event.get("message")).get("date")
    if isinstance(date, int) and not isinstance(date, bool) and 0 < date < 1 << 47:
        return min(datetime.fromtimestamp(date / 1000, UTC), now)
    return now


def read_event(event: Json) -> Incoming:
    """Read who says what; Unreadable when it is not as Zalo describes it."""
    message = _plain(event.get("message"))
    address = lane_of(event)
    if address == NOWHERE:
        raise Unreadable("chat")
    incoming = Incoming(id_of(event), address, Kind.OTHER, language="vi")
    if _plain(message.get("chat")).get("chat_type") not in (None, "PRIVATE"):
        return replace(incoming, kind=Kind.GROUP)
    if _plain(message.get("from")).get("is_bot") is True:
        return replace(incoming, kind=Kind.SERVICE)
    if event.get("event_name") != _TEXT:
        return incoming
    text = message.get("text")
    if not isinstance(text, str):
        raise Unreadable("text")
    return _read_text(incoming, _UNSTORABLE.sub("", unicodedata.normalize("NFC", text)))


def _read_text(incoming: Incoming, text: str) -> Incoming:
    if not text.startswith("/"):
        return replace(incoming, kind=Kind.TEXT, text=text)
    command, rest = [*text[1:].split(maxsplit=1), "", ""][:2]
    return replace(incoming, kind=Kind.COMMAND, command=command.lower(), text=rest.strip())


def _id(value: Any) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _plain(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
