"""A stand-in for the Zalo Bot Platform: in memory, with a clock that is given, as strict as what is known of it.

What is not known is refused here: a longer text, another argument, a chat that has not written. What it does not say about
itself (which answer a blocked bot gets, how many messages a day) nobody can be tested against.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.standin.faults import Fault, PlannedFault
from bot.standin.records import CallAnswer

TEXT_LENGTH = 2000
_ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {  # method -> needed, allowed
    "getMe": (frozenset(), frozenset()),
    "getUpdates": (frozenset(), frozenset({"timeout"})),
    "getWebhookInfo": (frozenset(), frozenset()),
    "deleteWebhook": (frozenset(), frozenset()),
    "setWebhook": (frozenset({"url", "secret_token"}), frozenset({"url", "secret_token"})),
    "sendMessage": (frozenset({"chat_id", "text"}), frozenset({"chat_id", "text"})),
    "sendChatAction": (frozenset({"chat_id", "action"}), frozenset({"chat_id", "action"})),
}


class Refusal(Exception):
    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


@dataclass(frozen=True, slots=True)
class ZaloMessage:
    """One line of a chat."""

    id: str
    by: str  # "bot" or "person"
    text: str
    at: datetime


@dataclass
class ZaloChat:
    name: str
    messages: list[ZaloMessage] = field(default_factory=list)
    has_written: bool = False
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class ZaloCall:
    method: str
    params: Mapping[str, Any]
    code: int


class ZaloStandIn:
    """Zalo, as far as one bot and the people it talks to can tell."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        token: str,
        name: str = "Bot Xa Nhà",
        told: Callable[[str, ZaloMessage], None] = lambda chat_id, message: None,
    ) -> None:
        self._now, self.token, self.name, self._told = now, token, name, told
        self.chats: dict[str, ZaloChat] = {}
        self.calls: list[ZaloCall] = []
        self.webhook: dict[str, str] = {}
        self._events: deque[dict[str, Any]] = deque()
        self._came = asyncio.Event()
        self._faults: list[PlannedFault] = []
        self._ids = 0

    # --- what people do ---------------------------------------------------------------------------------------------

    def add_user(self, chat_id: str, name: str) -> None:
        self.chats.setdefault(chat_id, ZaloChat(name))

    def says(self, chat_id: str, text: str, *, at: datetime | None = None) -> dict[str, Any]:
        """Write as the person; `at`: when, where the network took its time."""
        message = self._write(chat_id, "person", text, at or self._now())
        return self._bring(chat_id, message, "message.text.received", text=text)

    def sends(self, chat_id: str, kind: str) -> dict[str, Any]:
        """Send an image, a sticker, a voice as the person; or something that Zalo withholds: unsupported."""
        message = self._write(chat_id, "person", f"({kind})", self._now())
        more = {"photo": "https://photo.invalid/1.jpg"} if kind == "image" else {}
        return self._bring(chat_id, message, f"message.{kind}.received", **more)

    def blocks(self, chat_id: str) -> None:
        self.chats[chat_id].blocked = True

    def history(self, chat_id: str) -> list[ZaloMessage]:
        return list(self.chats[chat_id].messages)

    # --- what the network does --------------------------------------------------------------------------------------

    def fail(
        self, fault: Fault | str, *, method: str = "*", chat_id: str | None = None, times: int = 1
    ) -> None:
        """Let the next calls go wrong."""
        self._faults.append(PlannedFault(method, None, times, Fault.of(fault)))
        self._faults[-1].chat_id = chat_id  # type: ignore[assignment] # Zalo's are words

    def repeats(self, event: dict[str, Any]) -> None:
        """Bring an event a second time."""
        self._events.append(event)
        self._came.set()

    def mixes_up(self) -> None:
        """Turn the order of what waits."""
        self._events.reverse()

    @property
    def has_news(self) -> bool:
        return bool(self._events)

    def next_event(self) -> dict[str, Any] | None:
        """Take what a webhook is called with next."""
        return self._events.popleft() if self._events else None

    # --- what the bot calls -----------------------------------------------------------------------------------------

    async def answer(self, token: str, method: str, params: Any) -> CallAnswer:
        """Answer one call; raise an OSError of bot/standin/faults.py where its answer is lost."""
        fault = self._fault(method, params if isinstance(params, dict) else {})
        if fault is not None and fault.loss is not None and not fault.arrives:
            raise fault.loss
        try:
            if token != self.token:
                raise Refusal(401, "Unauthorized")
            if fault is not None and fault.loss is None and not fault.arrives:
                refusal = fault.refusal()
                raise Refusal(refusal.status, refusal.description)
            _check(method, params)
            result = await self._poll(params, lost=fault is not None) if method == "getUpdates" else None
            result = result if method == "getUpdates" else getattr(self, f"_{method}")(params)
            if fault is not None and fault.loss is None:
                raise Refusal(fault.number, fault.refusal().description)
        except Refusal as refused:
            self.calls.append(ZaloCall(method, params, refused.code))
            told = {"ok": False, "error_code": refused.code, "description": refused.said}
            return CallAnswer(refused.code, told)
        self.calls.append(ZaloCall(method, params, 200))
        if fault is not None and fault.loss is not None:
            raise fault.loss
        return CallAnswer(200, {"ok": True} if result is None else {"ok": True, "result": result})

    async def _poll(self, params: Mapping[str, Any], *, lost: bool) -> dict[str, Any]:
        """One event, handed over once; again where the connection breaks on the way."""
        if self.webhook:
            raise Refusal(400, "Bad Request: a webhook is set")
        if not self._events:
            await self._wait(float(params.get("timeout", 30)))
        return self._events[0] if lost else self._events.popleft()

    async def _wait(self, seconds: float) -> None:
        self._came.clear()
        try:
            if not seconds:
                raise TimeoutError
            await asyncio.wait_for(self._came.wait(), seconds)
        except TimeoutError:
            raise Refusal(408, "Request timeout") from None

    def _getMe(self, params: Mapping[str, Any]) -> dict[str, Any]:
        return {"id": "1", "account_name": self.name, "account_type": "BASIC", "can_join_groups": False}

    def _getWebhookInfo(self, params: Mapping[str, Any]) -> dict[str, Any]:
        return {"url": self.webhook.get("url", ""), "updated_at": self._milliseconds()}

    def _deleteWebhook(self, params: Mapping[str, Any]) -> dict[str, Any]:
        self.webhook = {}
        return self._getWebhookInfo(params)

    def _setWebhook(self, params: Mapping[str, Any]) -> dict[str, Any]:
        if not params["url"].startswith("https://"):
            raise Refusal(400, "Bad Request: url must be https")
        if not 8 <= len(params["secret_token"]) <= 256:
            raise Refusal(400, "Bad Request: secret_token must have 8 to 256 characters")
        self.webhook = dict(params)
        return self._getWebhookInfo(params)

    def _sendChatAction(self, params: Mapping[str, Any]) -> None:
        self._chat(params)

    def _sendMessage(self, params: Mapping[str, Any]) -> dict[str, Any]:
        chat, text = self._chat(params), params["text"]
        if not text.strip():
            raise Refusal(400, "Bad Request: text is empty")
        if len(text.encode("utf-16-le")) // 2 > TEXT_LENGTH:
            raise Refusal(400, "Bad Request: text is too long")
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        message = self._write(params["chat_id"], "bot", text, self._now())
        return {"message_id": message.id, "date": self._milliseconds()}

    # --- within -----------------------------------------------------------------------------------------------------

    def _chat(self, params: Mapping[str, Any]) -> ZaloChat:
        chat = self.chats.get(params["chat_id"])
        if chat is None or not chat.has_written:
            raise Refusal(400, "Bad Request: chat not found")
        return chat

    def _fault(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        for planned in self._faults:
            if planned.times and planned.concerns(method, params):
                planned.times -= 1
                return planned.fault
        return None

    def _write(self, chat_id: str, by: str, text: str, at: datetime) -> ZaloMessage:
        self._ids += 1
        message = ZaloMessage(f"{self._ids:020x}", by, text, at)
        self.chats[chat_id].messages.append(message)
        self._told(chat_id, message)
        return message

    def _bring(self, chat_id: str, message: ZaloMessage, name: str, **more: str) -> dict[str, Any]:
        chat = self.chats[chat_id]
        chat.has_written = True
        event = {
            "event_name": name,
            "message": {
                "from": {"id": chat_id, "display_name": chat.name, "is_bot": False},
                "chat": {"id": chat_id, "chat_type": "PRIVATE"},
                "message_id": message.id,
                "date": int(message.at.timestamp() * 1000),
                **more,
            },
        }
        self._events.append(event)
        self._came.set()
        return event

    def _milliseconds(self) -> int:
        return int(self._now().timestamp() * 1000)


def _check(method: str, params: Any) -> None:
    if method not in _ARGUMENTS:
        raise Refusal(404, "Not Found")
    needed, allowed = _ARGUMENTS[method]
    if not isinstance(params, dict) or not needed <= params.keys() <= allowed:
        raise Refusal(400, f"Bad Request: arguments of {method}")
    if method != "getUpdates" and not all(isinstance(value, str) for value in params.values()):
        raise Refusal(400, "Bad Request: an argument is no text")
