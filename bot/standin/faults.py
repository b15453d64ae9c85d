"""Ways in which a call can go wrong between the bot and Telegram, made to order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bot.standin.limits import Rejected, too_many


class NeverConnected(ConnectionRefusedError):
    """No connection: Telegram has not got the call, and it is safe to repeat it."""


class ReadTimedOut(TimeoutError):
    """Sent, and no answer came in time: whether Telegram has got the call is not known."""


class ConnectionLost(ConnectionResetError):
    """Sent, and the connection broke before the answer: not known either."""


_LOSSES: dict[str, type[OSError]] = {
    "connect": NeverConnected,
    "timeout_before": ReadTimedOut,
    "timeout_after": ReadTimedOut,
    "delivered_then_reset": ConnectionLost,
}
_ARRIVING = {"timeout_after", "delivered_then_reset", "server_error_after"}
_USUAL = {"flood": 1, "server_error": 500, "server_error_after": 502}  # seconds, status
_STATUS_TEXT = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


@dataclass(frozen=True, slots=True)
class Fault:
    kind: str
    number: int = 0  # seconds of a flood, status of a server error

    @classmethod
    def of(cls, spec: Fault | str) -> Self | Fault:
        """Return the fault; `connect`, `flood:3`, `server_error:502` are read as well, the form that JSON can carry."""
        if isinstance(spec, Fault):
            return spec
        kind, _, number = spec.partition(":")
        if kind not in {*_LOSSES, *_USUAL}:
            raise ValueError(f"no such fault: {spec}")
        return cls(kind, int(number) if number else _USUAL.get(kind, 0))

    @property
    def arrives(self) -> bool:
        """Telegram does what was asked; only its answer is lost, or a gateway's comes in its place."""
        return self.kind in _ARRIVING

    @property
    def loss(self) -> OSError | None:
        """What the caller meets instead of an answer."""
        return _LOSSES[self.kind](self.kind) if self.kind in _LOSSES else None

    def refusal(self) -> Rejected:
        if self.kind == "flood":
            return too_many(self.number)
        return Rejected(self.number, _STATUS_TEXT.get(self.number, "Internal Server Error"))


CONNECT = Fault("connect")
TIMEOUT_BEFORE = Fault("timeout_before")
TIMEOUT_AFTER = Fault("timeout_after")
DELIVERED_THEN_RESET = Fault("delivered_then_reset")


def flood(retry_after: int) -> Fault:
    return Fault("flood", retry_after)


def server_error(status: int = 500, *, after: bool = False) -> Fault:
    """Return a 5xx; `after`: of a gateway on the way, when Telegram has done what was asked."""
    return Fault("server_error_after" if after else "server_error", status)


@dataclass(slots=True)
class PlannedFault:
    """A fault that waits for its call."""

    method: str
    chat_id: int | None
    times: int
    fault: Fault

    def concerns(self, method: str, params: Mapping[str, object]) -> bool:
        if self.method not in ("*", method):
            return False
        return self.chat_id is None or str(params.get("chat_id")) == str(self.chat_id)
