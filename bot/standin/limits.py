"""What Telegram refuses: the figures, the refusals in its own words, and its patience."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
CALLBACK_DATA_BYTES = 64
BUTTONS = 100
TOAST_UNITS = 200
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPDATES_AT_ONCE = 100
CALLBACK_LIFE = timedelta(minutes=15)
DELETABLE_FOR = timedelta(hours=48)

MESSAGES_PER_SECOND = 30
CHAT_BURST = 3  # messages to one chat before one a second is insisted upon


class Rejected(Exception):
    """Telegram says no: a status, a sentence, now and then parameters."""

    def __init__(self, status: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = dict(parameters or {})


def bad_request(why: str) -> Rejected:
    return Rejected(400, f"Bad Request: {why}")


def forbidden(why: str) -> Rejected:
    return Rejected(403, f"Forbidden: {why}")


def conflict(why: str) -> Rejected:
    return Rejected(409, f"Conflict: {why}")


def too_many(retry_after: int) -> Rejected:
    said = f"Too Many Requests: retry after {retry_after}"
    return Rejected(429, said, {"retry_after": retry_after})


class _Bucket:
    """So many at once, so many a second after that."""

    def __init__(self, size: float, per_second: float, now: datetime) -> None:
        self.size, self.per_second = size, per_second
        self.left, self.at = size, now

    def wait(self, now: datetime) -> float:
        """Return the seconds until one more may pass."""
        gone = max(0.0, (now - self.at).total_seconds())
        self.left, self.at = min(self.size, self.left + gone * self.per_second), now
        return 0.0 if self.left >= 1 else (1 - self.left) / self.per_second


class Pace:
    """Refuses whoever sends faster than Telegram suffers: overall, and to one chat."""

    def __init__(self, now: datetime) -> None:
        self._all = _Bucket(MESSAGES_PER_SECOND, MESSAGES_PER_SECOND, now)
        self._chats: dict[int, _Bucket] = {}

    def pass_one(self, chat_id: int, now: datetime) -> None:
        chat = self._chats.setdefault(chat_id, _Bucket(CHAT_BURST, 1, now))
        if wait := max(self._all.wait(now), chat.wait(now)):
            raise too_many(ceil(wait))
        self._all.left -= 1
        chat.left -= 1
