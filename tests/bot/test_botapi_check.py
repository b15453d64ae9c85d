"""The checker of calls, where the description of the Bot API is at hand."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup

from bot.standin import BotCall, StandIn
from bot.standin.request import StandInRequest
from tests import botapi

GOOD: list[tuple[str, dict[str, Any], dict[str, tuple[str, int]]]] = [
    ("sendMessage", {"chat_id": 1, "text": "a"}, {}),
    ("sendMessage", {"chat_id": "1", "text": '["a"]', "disable_notification": "true"}, {}),
    (
        "sendMessage",
        {"chat_id": 1, "text": "a", "reply_markup": '{"inline_keyboard":[[{"text":"a","url":"a.vn"}]]}'},
        {},
    ),
    ("sendMessage", {"chat_id": 1, "text": "a", "reply_markup": {"remove_keyboard": True}}, {}),
    ("sendDocument", {"chat_id": 1}, {"document": ("a.txt", 1)}),
    ("sendDocument", {"chat_id": 1, "document": "attach://x1"}, {"x1": ("a.txt", 1)}),
    (
        "setMyCommands",
        {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "chat", "chat_id": 1}},
        {},
    ),
    ("getUpdates", {}, {}),
    ("logOut", {}, {}),
]
BAD: list[tuple[str, dict[str, Any], dict[str, tuple[str, int]], str]] = [
    ("sendNonsense", {}, {}, "sendNonsense: no such method"),
    ("sendMessage", {"chat_id": 1}, {}, "sendMessage: text is missing"),
    ("sendMessage", {"chat_id": 1, "text": "a", "txet": "a"}, {}, "sendMessage: unknown txet"),
    ("sendMessage", {"chat_id": 1, "text": 5}, {}, "sendMessage.text: 5 instead of String"),
    (
        "sendMessage",
        {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"text": "a", "colour": "red"}]]}},
        {},
        "sendMessage.reply_markup.inline_keyboard[0][0]: unknown colour",
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "a", "entities": [{"type": "bold", "offset": "0", "length": 1}]},
        {},
        "sendMessage.entities[0].offset: '0' instead of Integer",
    ),
    (
        "setMyCommands",
        {"commands": [], "scope": {"type": "chat"}},
        {},
        "setMyCommands.scope: chat_id is missing",
    ),
    ("sendDocument", {"chat_id": 1, "document": "attach://x1"}, {}, "sendDocument: no file x1"),
]


@pytest.fixture(autouse=True)
def _described() -> None:
    if not botapi.available():
        pytest.skip("no description of the Bot API beside the repository")


@pytest.mark.parametrize(("method", "params", "files"), GOOD)
def test_a_right_call_passes(method: str, params: dict[str, Any], files: dict[str, tuple[str, int]]) -> None:
    assert botapi.check_call(BotCall(method, params, files, 200)) == []


@pytest.mark.parametrize(("method", "params", "files", "misfit"), BAD)
def test_a_wrong_call_is_named(
    method: str, params: dict[str, Any], files: dict[str, tuple[str, int]], misfit: str
) -> None:
    assert botapi.check_call(BotCall(method, params, files, 200)) == [misfit]


def test_what_the_library_sends_fits() -> None:
    standin = StandIn(now=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    standin.add_user(1, "Ánh")
    standin.says(1, "/start")
    misfits = botapi.watch(standin)

    async def main() -> None:
        request = StandInRequest(standin)
        async with Bot(standin.token, request=request, get_updates_request=StandInRequest(standin)) as bot:
            keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("a", callback_data="b"))
            sent = await bot.send_message(1, "<b>a</b>", parse_mode="HTML", reply_markup=keyboard)
            await sent.edit_text("b")
            await bot.send_document(1, b"a", filename="a.txt", caption="a")
            await bot.set_my_commands([BotCommand("a", "b")], language_code="vi")
            await bot.get_updates(timeout=0, allowed_updates=["message"])

    asyncio.run(main())
    assert misfits == []
    standin.call("sendMessage", {"chat_id": 1, "text": "a", "colour": "red"})
    assert misfits == ["sendMessage: unknown colour"]
