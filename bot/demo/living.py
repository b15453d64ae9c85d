"""Whoever the visitor does not tap goes on living: they answer, some late, one asks for help, some stay silent.

    a question arrives ── makes_plans() ──> (when, who, what they do) ── acts() ──> their hands
    the visitor types or taps on a phone ── leaves_alone() ──> its person does nothing alone any more

Who does what is decided by the person and the message alone, so that every visitor sees the same weeks.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.demo.hands import Hands
from bot.demo.people import (
    BINH,
    CUONG,
    DUNG,
    EAST,
    HANH,
    HUY,
    LAN,
    OANH,
    OFFICER,
    PHONES,
    PHUC,
    SOUTH,
    THANG,
    WEST,
)

_SILENT = {DUNG, HANH, OANH, THANG}  # the cell has to call them
_SLOW = {HUY: timedelta(days=9), PHUC: timedelta(days=3)}  # after a reminder, or after they were called
_ON_THE_PAGE = timedelta(days=2, hours=12)  # time enough for a visitor to take the phone
_BY_THEMSELVES = (  # nobody asked: somebody needs something
    (
        datetime(2026, 12, 3, 12, 0, tzinfo=UTC),
        CUONG,
        (
            "/hotro",
            "request:topic:papers",
            "request:urgency:normal",
            "Tôi cần giấy xác nhận của chi bộ để gia hạn hợp đồng.",
            "request:words:done",
            "request:overview:send",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    at: datetime
    user_id: int
    taps: tuple[str, ...]


class Living:
    """Plans made from what stands on people's phones, and carried out when their hour has come."""

    def __init__(self, hands: Hands, *, since: datetime) -> None:
        """`since`: what was asked before is history, whatever became of it."""
        self._hands, self._since = hands, since
        self._plans: dict[tuple[int, int], _Plan] = {  # (user, message) -> what they will do about it
            (user_id, 0): _Plan(at, user_id, what) for at, user_id, what in _BY_THEMSELVES
        }
        self._done: set[tuple[int, int]] = set()
        self._touched: set[int] = set()

    def leaves_alone(self, user_id: int) -> None:
        self._touched.add(user_id)
        self._plans = {key: plan for key, plan in self._plans.items() if key[0] != user_id}

    def makes_plans(self, now: datetime) -> None:
        for person in (*EAST, *WEST, *SOUTH, OFFICER):
            user_id = person.user_id
            if (
                not person.registered
                or user_id in self._touched
                or self._hands.telegram.users[user_id].blocked
            ):
                continue
            for message in self._asking(user_id):
                key = (user_id, int(message["message_id"]))
                if key in self._plans or key in self._done or _moment(message["date"]) < self._since:
                    continue
                if plan := _plan(user_id, message):
                    self._plans[key] = plan

    def next_at(self) -> datetime | None:
        return min((plan.at for plan in self._plans.values()), default=None)

    async def acts(self, now: datetime) -> None:
        due = sorted((plan.at, key) for key, plan in self._plans.items() if plan.at <= now)
        for _, key in due:
            plan = self._plans.pop(key)
            self._done.add(key)
            if plan.taps[0].startswith("/") or self._hands.button(
                plan.user_id, plan.taps[0]
            ):  # else it is settled
                await self._hands.does(plan.user_id, *plan.taps)

    def _asking(self, user_id: int) -> list[dict[str, Any]]:
        recent = self._hands.telegram.history(user_id)[-8:]
        return [one for one in recent if one["from"] == "bot" and one["inline_keyboard"]]


def _plan(user_id: int, message: dict[str, Any]) -> _Plan | None:
    """What this person does about this message, and when; None: nothing."""
    data = [button.get("callback_data", "") for row in message["inline_keyboard"] for button in row]
    asked = _moment(message["date"])
    if any(one.startswith("checkin:ok") for one in data):
        if user_id in _SILENT:
            return None
        return _Plan(asked + _after(user_id, asked), user_id, ("checkin:ok", "checkin:send"))
    comes = next((one for one in data if one.startswith("meeting:answer:") and ":on:" in one), None)
    if comes and user_id not in (BINH, LAN):
        return _Plan(asked + _after(user_id, asked), user_id, (comes,))
    return None


def _after(user_id: int, asked: datetime) -> timedelta:
    """How long this person takes: between one hour and two days, the same for every visitor."""
    if user_id in _SLOW:
        return _SLOW[user_id]
    if user_id in {phone.user_id for phone in PHONES}:
        return _ON_THE_PAGE
    return timedelta(minutes=60 + zlib.crc32(f"{user_id} {asked:%Y-%m}".encode()) % (44 * 60))


def _moment(date: Any) -> datetime:
    return datetime.fromisoformat(date) if isinstance(date, str) else datetime.fromtimestamp(date, UTC)
