"""One update, free of Telegram's names: who, where, what; texts in NFC.

Read from the JSON as it came: the library's own objects cost more than all the rest of the way in. What is not as the Bot
API describes it raises `Unreadable`, and nothing else: such an update is kept with its error, and its chat goes on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.alarm import Alarm
from bot.ear import Unreadable as Unreadable
from bot.telegram.chats import chat_address
from handlers.ground.context import FileKind, Incoming, Kind, SharedContact, SharedFile
from models.delivery.foreign.content import clean_file_name
from models.delivery.inbox import Received
from models.ground.channel import NOWHERE, Address
from models.ground.typed import tidy

Json = dict[str, Any]
_BIGGEST = 1 << 63  # ids fit the columns


def load_update(body: bytes) -> Json:
    """Read a stored or received update; Unreadable for what is no JSON object with an `update_id` that fits its column.

    `NaN` and its like are no JSON; a key said twice means two things; 100,000 brackets end Python's parser.
    """
    try:
        update = json.loads(body, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unreadable(type(error).__name__) from None
    if not is_update(update):
        raise Unreadable("no update")
    return dict(update)


def is_update(update: Any) -> bool:
    """Return whether it has an id under which it can be stored."""
    found: Any = update.get("update_id") if isinstance(update, dict) else None
    return _is_whole(found) and 0 <= found < _BIGGEST


def _refuse(constant: str) -> None:
    raise Unreadable(constant)


def _once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a key twice")
    return found


def lane_of(update: Any) -> Address:
    """Return the chat whose order an update belongs to; `NOWHERE` for none. Never fails: it must be stored first."""
    try:
        query = _object(update, "callback_query")
        if query:
            return chat_address(
                _id((_object(_object(query, "message"), "chat") or _object(query, "from")).get("id"))
            )
        for kind in ("message", "edited_message", "my_chat_member"):
            if kind in update:
                return chat_address(_id(_object(_object(update, kind), "chat").get("id")))
    except Unreadable:
        pass
    return NOWHERE


def has_file(body: bytes) -> bool:
    """Return whether a stored update may bring a file to fetch. Never fails: it is asked before it is read."""
    return b'"document"' in body or b'"voice"' in body


def sent_at(update: Json, *, now: datetime) -> datetime:
    """Return when a person sent it, as Telegram says; `now` where that is not said: a tap has no date."""
    for kind in ("message", "edited_message"):
        date: Any = _plain(update.get(kind)).get("edit_date") or _plain(update.get(kind)).get("date")
        if _is_whole(date) and 0 < date < 1 << 37:  # 1 << 37 seconds end in the year 6325
            return min(datetime.fromtimestamp(date, UTC), now)
    return now


def query_of(update: Json) -> str:
    """Return the id of a tap that waits for its spinner to stop; empty where there is none."""
    found = _plain(update.get("callback_query")).get("id")
    return found if isinstance(found, str) else ""


def read_update(update: Json) -> Incoming:
    """Read who says what where; Unreadable when it is not what the Bot API describes."""
    query, standing = _object(update, "callback_query"), _object(update, "my_chat_member")
    message = _object(update, "message") or _object(update, "edited_message") or _object(query, "message")
    there = _object(standing or message, "chat")
    sender = _object(query or standing or message, "from")
    incoming = Incoming(
        str(_id(update.get("update_id"), least=0)),
        chat_address(_id(there.get("id", 0))),
        Kind.OTHER,
        language=_tidy(sender.get("language_code")),
        message_id=None if message.get("message_id") is None else _id(message["message_id"]),
        is_protected=message.get("has_protected_content") is True,
    )
    if there.get("type") != "private":
        return replace(incoming, kind=Kind.GROUP)
    if query:
        return replace(incoming, kind=Kind.BUTTON, data=_tidy(query.get("data")))
    if standing:
        gone = _text(_object(standing, "new_chat_member"), "status") in ("kicked", "left")
        return replace(incoming, kind=Kind.BLOCKED if gone else Kind.UNBLOCKED)
    if "edited_message" in update:
        return replace(incoming, kind=Kind.EDITED, text=_tidy(message.get("text")))
    return _read_message(incoming, message, sender) if "message" in update else incoming


def _read_message(incoming: Incoming, message: Json, sender: Json) -> Incoming:
    text = _tidy(message.get("text") or message.get("caption"))
    if "text" in message and text.startswith("/"):
        command, rest = [*text[1:].split(maxsplit=1), "", ""][:2]
        name = command.partition("@")[0].lower()
        return replace(incoming, kind=Kind.COMMAND, command=name, text=rest.strip())
    if "text" in message:
        return replace(incoming, kind=Kind.TEXT, text=text)
    if contact := _object(message, "contact"):
        own = contact.get("user_id") == sender.get("id") is not None
        phone = SharedContact(_tidy(contact.get("phone_number")), own)
        return replace(incoming, kind=Kind.CONTACT, contact=phone)
    file = _read_file(message)
    if file:
        album = _tidy(message.get("media_group_id"))[:_LONGEST_ALBUM]
        return replace(incoming, kind=Kind.FILE, file=file, text=text, album=album)
    return replace(incoming, kind=Kind.SERVICE) if _SERVICE & message.keys() else incoming


_LONGEST_ALBUM = 40
# What Telegram itself notes in a chat: nobody has said anything. core.telegram.org/bots/api#message
_SERVICE = {
    *("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed"),
    *("connected_website", "passport_data", "users_shared", "chat_shared", "web_app_data", "boost_added"),
    *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo"),
    *("group_chat_created", "supergroup_chat_created", "channel_chat_created", "migrate_to_chat_id"),
    *(
        "migrate_from_chat_id",
        "successful_payment",
        "refunded_payment",
        "invoice",
        "proximity_alert_triggered",
    ),
    *("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
    *("general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway"),
    *("giveaway_winners", "giveaway_completed", "video_chat_scheduled", "video_chat_started"),
    *(
        "video_chat_ended",
        "video_chat_participants_invited",
        "gift",
        "unique_gift",
        "paid_message_price_changed",
    ),
    *("direct_message_price_changed", "checklist_tasks_done", "checklist_tasks_added", "gift_upgrade_sent"),
    *("suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined"),
    *("suggested_post_paid", "suggested_post_refunded", "chat_owner_left", "chat_owner_changed"),
}


_FILES = {
    "voice": FileKind.VOICE,
    "document": FileKind.DOCUMENT,
    "video": FileKind.OTHER,
    "audio": FileKind.OTHER,
    "video_note": FileKind.OTHER,
}


def _read_file(message: Json) -> SharedFile | None:
    if photo := message.get("photo"):
        if not isinstance(photo, list) or not isinstance(photo[-1], dict):
            raise Unreadable("photo")
        return _shared(FileKind.PHOTO, photo[-1])  # the largest
    return next(
        (_shared(kind, _object(message, name)) for name, kind in _FILES.items() if name in message), None
    )


def _shared(kind: FileKind, file: Json) -> SharedFile:
    size = file.get("file_size") or 0
    if not _is_whole(size) or size < 0:
        raise Unreadable("file_size")
    ids = _text(file, "file_id"), _text(file, "file_unique_id")
    return SharedFile(kind, *ids, name=clean_file_name(_tidy(file.get("file_name"))), size=size)


# --- what may be anything -------------------------------------------------------------------------------------------


def _object(parent: Any, key: str) -> Json:
    """The object under `key`; empty where there is none."""
    if not isinstance(parent, dict):
        raise Unreadable(key)
    found = parent.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Unreadable(key)
    return found


def _text(parent: Json, key: str) -> str:
    """The words under `key`, which must be there."""
    found = _tidy(parent.get(key))
    if not found:
        raise Unreadable(key)
    return found


def _plain(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _id(value: Any, *, least: int = -_BIGGEST) -> int:
    if not _is_whole(value) or not least <= value < _BIGGEST:
        raise Unreadable("id")
    return int(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _tidy(text: Any) -> str:
    if text is None:
        return ""
    if not isinstance(text, str):
        raise Unreadable("text")
    return tidy(text)


def received(update: Mapping[str, Any], alarm: Alarm) -> Received:
    """Return the update to be stored. What cannot be written down as JSON is nothing: its step says that it cannot be read."""
    try:
        body = json.dumps(update, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        alarm.ring("inbox.accept", error)
        body = b""
    return Received(str(update["update_id"]), lane_of(update), body)
