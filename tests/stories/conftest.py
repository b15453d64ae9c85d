"""After each story every kind of button that it has shown is tapped: none of them is dead.

Those that stand in the chats under their own messages, under files too, and those that stood there before. A kind is tapped a
few times over all stories, so that this costs little; `_TIMES` is how often in each worker, by day and by night.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.standin.records import BotCall
from tests.fakes import World
from tests.phone import Phone

_TIMES = {False: 1, True: 2}
_AT_MOST = 60  # after one story
_tapped: Counter[str] = Counter()
_QUIET = {"answerCallbackQuery", "getUpdates"}


@pytest.fixture(autouse=True)
def no_button_is_dead(request: pytest.FixtureRequest) -> Iterator[None]:
    if "world" not in request.fixturenames:
        yield
        return
    world: World = request.getfixturevalue("world")
    if not world.url.startswith("sqlite"):
        yield
        return
    sent: dict[tuple[int, str], None] = {}
    world.telegram.observers.append(lambda call: sent.update(dict.fromkeys(_buttons_of(call))))
    yield
    if request.node.stash.get(FAILED, False):
        return
    times = _TIMES[request.config.getoption("everything")]
    dead = [f"{data!r} in chat {chat}" for chat, data, text in _walk(world, list(sent), times)]
    assert not dead, dead


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def _buttons_of(call: BotCall) -> Iterator[tuple[int, str]]:
    markup = call.params.get("reply_markup")
    markup = json.loads(markup) if isinstance(markup, str) else markup
    if call.status == 200 and isinstance(markup, dict):
        for row in markup.get("inline_keyboard", []):
            for button in row:
                if "callback_data" in button:
                    yield int(call.params["chat_id"]), button["callback_data"]


def _walk(world: World, sent: list[tuple[int, str]], times: int) -> Iterator[tuple[int, str, str]]:
    """Tap them; those that bring nothing at all."""
    budget = _AT_MOST
    world.clock.set(
        world.clock() + timedelta(seconds=10)
    )  # else the first may be the second tap of a double tap
    for chat, data in _standing_first(world, sent):
        kind = _kind(data)
        user = world.telegram.users.get(chat)
        if budget == 0 or user is None or user.blocked or user.deactivated or _tapped[kind] >= times:
            continue
        _tapped[kind] += 1
        budget -= 1
        phone = Phone(world.telegram, chat, world.settle)
        calls: list[BotCall] = []
        watch = calls.append
        world.telegram.observers.append(watch)
        phone.taps_data(_message_with(phone, data), data, stale=True)
        world.telegram.observers.remove(watch)
        said = [call for call in calls if call.method not in _QUIET]
        notes = [call for call in calls if call.method == "answerCallbackQuery" and call.params.get("text")]
        if not said and not notes:
            yield chat, data, ""


def _standing_first(world: World, sent: list[tuple[int, str]]) -> list[tuple[int, str]]:
    under_files = {
        (chat, button["callback_data"])
        for chat in {chat for chat, _ in sent}
        for message in world.telegram.history(chat)
        if message["document"] or message["photo"]
        for row in message["inline_keyboard"]
        for button in row
        if "callback_data" in button
    }
    return sorted(sent, key=lambda one: one not in under_files)


def _message_with(phone: Phone, data: str) -> int:
    """The message that it stands under, else one of those in the chat: the phone still shows it there."""
    shown = phone.messages()
    for message in reversed(shown):
        if any(b.get("callback_data") == data for row in message["inline_keyboard"] for b in row):
            return int(message["message_id"])
    return int(shown[0]["message_id"]) if shown else 1


def _kind(data: str) -> str:
    address = data.partition("~")[0].split(":")
    return (
        ":".join(part for part in address if not part.isdigit())[:40]
        if "~" in data
        else ":".join(address[:2])
    )
