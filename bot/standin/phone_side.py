"""What people do with their phones; each act becomes an update for the bot."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC
from typing import Any
from urllib.parse import quote, urlencode

from bot.standin.limits import CAPTION_UNITS, TEXT_UNITS
from bot.standin.markup import Entity, tidied, utf16_len, with_found
from bot.standin.records import Callback, Chat, ChatMessage, Json, UploadedFile, User
from bot.standin.uploads import measured
from bot.standin.world import CALLBACKS, World

_PHOTO_SIZE = (1280, 960)  # of a picture that is none, as tests send them


class PhoneSide(World):
    # -- people and chats -------------------------------------------------------------------------

    def add_user(
        self,
        user_id: int,
        first_name: str,
        last_name: str = "",
        language_code: str = "vi",
        phone: str | None = None,
    ) -> User:
        """Add a person with Telegram, who has not opened the bot yet."""
        if user_id in self.users:
            raise ValueError(f"user {user_id} exists already")
        user = self.users[user_id] = User(user_id, first_name, last_name, language_code, phone)
        shape = {key: value for key, value in user.json().items() if key not in ("is_bot", "language_code")}
        self.chats[user_id] = Chat(user_id, shape | {"type": "private"})
        return user

    def blocks(self, user_id: int) -> None:
        self._set_blocked(user_id, True)

    def unblocks(self, user_id: int) -> None:
        self._set_blocked(user_id, False)

    def _set_blocked(self, user_id: int, blocked: bool) -> None:
        user = self.users[user_id]
        if user.blocked == blocked:
            return
        user.blocked = blocked
        standing = [self._standing(not blocked), self._standing(blocked)]
        self._enqueue(
            "my_chat_member",
            {
                "chat": self.chats[user_id].shape,
                "from": user.json(),
                "date": int(self.now().timestamp()),
                "old_chat_member": standing[0],
                "new_chat_member": standing[1],
            },
        )
        self._touch(self.chats[user_id])

    def _standing(self, blocked: bool) -> Json:
        if blocked:
            return {"user": self.bot, "status": "kicked", "until_date": 0}
        return {"user": self.bot, "status": "member"}

    def deactivates(self, user_id: int) -> None:
        """Delete the account: the bot is not told, its next message fails."""
        self.users[user_id].deactivated = True

    # -- speaking ---------------------------------------------------------------------------------

    def says(self, user_id: int, text: str) -> int:
        """Type a message; the first one starts the chat."""
        chat = self._open_chat(user_id)
        return self._says(chat, user_id, text)

    def says_in_group(self, group_id: int, user_id: int, text: str) -> int:
        chat = self.chats.setdefault(
            group_id, Chat(group_id, {"id": group_id, "type": "supergroup", "title": f"Nhóm {-group_id}"})
        )
        return self._says(chat, user_id, text)

    def opened_link(self, user_id: int, payload: str) -> int:
        """Tap https://t.me/<bot>?start=<payload> and then "Start"."""
        return self.says(user_id, f"/start {payload}".strip())

    def _says(self, chat: Chat, user_id: int, text: str) -> int:
        text, entities = _typed(text)
        self._hide_used_keyboard(chat, text)
        return self._tell(chat, user_id, text=text, entities=entities)

    def edits(self, user_id: int, message_id: int, text: str) -> None:
        """Change a message of their own."""
        chat = self._open_chat(user_id)
        message = chat.messages[message_id]
        if message.by_bot:
            raise LookupError(f"message {message_id} is not theirs to edit")
        message.text, message.entities = _typed(text)
        message.edited_at = self.now().astimezone(UTC)
        self._touch(chat)
        self._enqueue("edited_message", self._message_json(message))

    def taps(self, user_id: int, message_id: int, data: str, *, stale: bool = False) -> str:
        """Tap a button under a message; return the callback's id.

        `stale`: on a phone that still shows buttons which are gone.
        """
        chat = self._open_chat(user_id)
        message = chat.messages.get(message_id)
        shown = [b.get("callback_data") for row in (message.inline if message else []) for b in row]
        if not stale and data not in shown:
            raise LookupError(f"message {message_id} has no button {data!r}; it has {shown}")
        callback_id = str(next(self._callback_ids))
        self.callbacks[callback_id] = Callback(user_id, chat.chat_id, self.now())
        if len(self.callbacks) > CALLBACKS:
            del self.callbacks[next(iter(self.callbacks))]
        query = {
            "id": callback_id,
            "from": self.users[user_id].json(),
            "message": self._message_json(message) if message else _inaccessible(chat, message_id),
            "chat_instance": str(chat.chat_id * 7919),
            "data": data,
        }
        self._enqueue("callback_query", query)
        return callback_id

    def logs_in(self, user_id: int, url: str, *, forwarded: bool = False) -> str:
        """Tap a login button in their chat, agree, and return the address that the browser opens.

        `forwarded`: a button of another's chat. core.telegram.org/widgets/login#receiving-authorization-data
        """
        rows = [row for message in self._open_chat(user_id).messages.values() for row in message.inline]
        if not forwarded and url not in [
            b["login_url"]["url"] for row in rows for b in row if "login_url" in b
        ]:
            raise LookupError(f"the chat of {user_id} has no login button to {url}")
        user = self.users[user_id]
        said = {"id": str(user_id), "first_name": user.first_name, "last_name": user.last_name}
        said = {k: v for k, v in said.items() if v} | {"auth_date": str(int(self.now().timestamp()))}
        lines = "\n".join(sorted(f"{name}={value}" for name, value in said.items()))
        key = hashlib.sha256(self.token.encode()).digest()
        said["hash"] = hmac.new(key, lines.encode(), hashlib.sha256).hexdigest()
        return f"{url}?{urlencode(said, quote_via=quote)}"

    def shares_contact(
        self,
        user_id: int,
        *,
        phone: str | None = None,
        of_user_id: int | None = None,
        first_name: str | None = None,
    ) -> int:
        """Share their own number, or a card out of their address book (`of_user_id`, 0 for a stranger's)."""
        chat = self._open_chat(user_id)
        owner = self.users.get(user_id if of_user_id is None else of_user_id)
        number = phone or (owner.phone if owner else None)
        if number is None:
            raise ValueError(f"user {user_id} has no phone to share")
        contact: Json = {"phone_number": number.removeprefix("+")}
        contact["first_name"] = first_name or (owner.first_name if owner else "?")
        if owner:
            contact["user_id"] = owner.user_id
            contact |= {"last_name": owner.last_name} if owner.last_name and not first_name else {}
        self._hide_used_keyboard(chat, None)
        return self._tell(chat, user_id, extra={"contact": contact})

    def sends_location(self, user_id: int, latitude: float = 10.98, longitude: float = 106.65) -> int:
        place = {"latitude": latitude, "longitude": longitude}
        return self._tell(self._open_chat(user_id), user_id, extra={"location": place})

    def pins(self, user_id: int, message_id: int) -> int:
        """Pin a message: Telegram notes it in the chat."""
        chat = self._open_chat(user_id)
        pinned = self._message_json(chat.messages[message_id])
        return self._tell(chat, user_id, extra={"pinned_message": pinned})

    def sets_timer(self, user_id: int, seconds: int = 86_400) -> int:
        """Let messages go by themselves after a while: Telegram notes it in the chat."""
        noted = {"message_auto_delete_timer_changed": {"message_auto_delete_time": seconds}}
        return self._tell(self._open_chat(user_id), user_id, extra=noted)

    def becomes_supergroup(self, group_id: int) -> int:
        """Give a group another id. What is sent to the former one is refused, and the refusal says so."""
        chat = self.chats[group_id]
        # ids of supergroups begin with -100
        new = -1_000_000_000_000 + group_id
        self.chats[new] = Chat(new, chat.shape | {"id": new, "type": "supergroup"})
        chat.migrated_to = new
        return new

    def sends_sticker(self, user_id: int, emoji: str = "👍") -> int:
        sticker = {
            "file_id": "sticker-1",
            "file_unique_id": "usticker-1",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
        return self._tell(self._open_chat(user_id), user_id, extra={"sticker": sticker})

    def sends_file(
        self,
        user_id: int,
        kind: str,
        name: str,
        data: bytes,
        caption: str = "",
        mime: str | None = None,
        claimed_size: int | None = None,
        album: str = "",
    ) -> int:
        """Send a photo, voice, document, video or audio; `claimed_size` makes a big file of a small one.

        `album`: chosen together with others, which come as messages of their own.
        """
        chat = self._open_chat(user_id)
        if kind not in ("photo", "voice", "document", "video", "audio"):
            raise ValueError(f"no such kind of file: {kind}")
        text, entities = tidied(caption, [])
        if utf16_len(text) > CAPTION_UNITS:
            raise ValueError(f"the app lets nobody type more than {CAPTION_UNITS} characters here")
        upload = UploadedFile(name, data, mime)
        size = _PHOTO_SIZE if kind in ("photo", "video") else (0, 0)
        if kind == "photo" and all(measured(upload)):
            size = measured(upload)
        file = self._keep_file(kind, upload, claimed_size=claimed_size, size=size)
        extra = {"media_group_id": album} if album else {}
        return self._tell(
            chat, user_id, text=text, entities=with_found(text, entities), file=file, extra=extra
        )

    # -- how an act reaches the bot ---------------------------------------------------------------

    def _open_chat(self, user_id: int) -> Chat:
        user = self.users[user_id]
        if user.blocked or user.deactivated:
            state = "has blocked the bot" if user.blocked else "has no account any more"
            raise ValueError(f"user {user_id} {state}")
        return self.chats[user_id]

    def _tell(self, chat: Chat, user_id: int, **content: Any) -> int:
        self.users[user_id].started |= chat.chat_id == user_id
        message: ChatMessage = self._add(chat, by_bot=False, user_id=user_id, **content)
        self._enqueue("message", self._message_json(message))
        return message.message_id

    def _hide_used_keyboard(self, chat: Chat, text: str | None) -> None:
        """A one-time keyboard goes when one of its buttons has been used (None: the contact button)."""
        keyboard = chat.reply_keyboard
        if not keyboard or not keyboard["one_time"]:
            return
        buttons = [button for row in keyboard["keyboard"] for button in row]
        if any(b["request_contact"] if text is None else b["text"] == text for b in buttons):
            chat.reply_keyboard = None


def _typed(text: str) -> tuple[str, list[Entity]]:
    """What the app sends of a text, with the commands and addresses in it."""
    text, entities = tidied(text, [])
    if not text:
        raise ValueError("the app does not send an empty message")
    if utf16_len(text) > TEXT_UNITS:
        raise ValueError(f"the app sends more than {TEXT_UNITS} characters as several messages")
    return text, with_found(text, entities)


def _inaccessible(chat: Chat, message_id: int) -> Json:
    return {"chat": chat.shape, "message_id": message_id, "date": 0}
