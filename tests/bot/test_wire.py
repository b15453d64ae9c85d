"""A text goes out by the library's public way, and of the answer only the id is read."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import BaseRequest, RequestData

import bot as roof
from bot.telegram.chats import chat_address
from bot.telegram.wire import call_telegram, signal_of
from models.delivery.body import WireBody
from models.delivery.claims import Claimed
from models.delivery.message import LOGIN, Lane, Method
from models.entry.reachability import Signal


def test_no_private_module_of_the_library_is_imported() -> None:
    """They may move at any release."""
    private = re.compile(r"^\s*(?:from|import) telegram[\w.]*\._\w+", re.MULTILINE)
    files = Path(roof.__file__).parent.rglob("*.py")
    assert [path.name for path in files if private.search(path.read_text(encoding="utf-8"))] == []


ITEM = Claimed(
    id=1,
    address=chat_address(5),
    lane=Lane.REPLY,
    method=Method.TEXT,
    again=False,
    attempts=1,
    tries=1,
    wired=True,
    lease_until=datetime(2026, 12, 1, tzinfo=UTC),
    body=WireBody(text="<b>Chào</b>", buttons=[[("Về", "nav:menu")]]),
    data=b"",
)


class Line(BaseRequest):
    """In place of the network: what was posted, and an answer with nothing in it but an id."""

    def __init__(self, status: int = 200) -> None:
        self.status, self.posted = status, []  # type: ignore[var-annotated]

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_times: Any, **_how: Any
    ) -> tuple[int, bytes]:
        self.posted.append((url.rpartition("/")[2], request_data.parameters if request_data else {}))
        me: dict[str, Any] = {
            "id": 1,
            "is_bot": True,
            "first_name": "Xa",
            "username": "xa_bot",
            "message_id": 7,
        }
        if not url.endswith("sendMessage"):  # of other answers the library reads all
            me |= {"date": 1, "chat": {"id": 5, "type": "private"}}
        ok = self.status == 200 or url.endswith("getMe")
        answer = {"ok": True, "result": me} if ok else {"ok": False, "description": "Not Found"}
        return (200 if ok else self.status), json.dumps(answer).encode()


def call(line: Line, item: Claimed = ITEM) -> int | None:
    """On a bot that has said who it is, with warnings as errors."""

    async def work() -> int | None:
        async with Bot("1:token", request=line, get_updates_request=line) as telegram:
            return await call_telegram(telegram, item)

    return asyncio.run(work())


def test_a_text_is_sent_without_a_warning_and_only_the_id_is_read() -> None:
    line = Line()
    assert call(line) == 7
    name, given = line.posted[-1]
    assert name == "sendMessage"
    assert (given["chat_id"], given["text"], given["parse_mode"]) == (5, "<b>Chào</b>", "HTML")
    assert given["link_preview_options"] == {"is_disabled": True}
    assert given["reply_markup"] == {"inline_keyboard": [[{"text": "Về", "callback_data": "nav:menu"}]]}


@pytest.mark.parametrize("method", [Method.TEXT, Method.DOCUMENT])
def test_a_personal_link_is_a_login_button_in_a_message_that_cannot_be_forwarded(method: Method) -> None:
    line, to = Line(), "https://xanha.example/j/x"
    body = WireBody(text="a", buttons=[[("Vào", LOGIN + to), ("Vào", to)]], protected=True, file_id="f")
    call(line, replace(ITEM, method=method, body=body))
    given = line.posted[-1][1]
    assert given["protect_content"] is True
    buttons = [{"text": "Vào", "login_url": {"url": to}}, {"text": "Vào", "url": to}]
    assert given["reply_markup"] == {"inline_keyboard": [buttons]}


def test_other_messages_may_be_forwarded() -> None:
    line = Line()
    call(line)
    call(line, replace(ITEM, method=Method.DOCUMENT, body=WireBody(file_id="f")))
    assert [given.get("protect_content") for _, given in line.posted[-2:]] == [None, None]


def test_what_was_put_into_the_outbox_by_an_older_version_is_still_read() -> None:
    older = '{"text":"a","buttons":[[["Vào","https://xanha.example/j/x"],["Về","nav:menu"]]]}'
    body = WireBody.model_validate_json(older)
    assert body.buttons == [[("Vào", "https://xanha.example/j/x"), ("Về", "nav:menu")]]
    assert not body.protected


def test_a_token_that_telegram_does_not_know_is_said_to_be_that() -> None:
    for status in (401, 404):
        with pytest.raises(InvalidToken):
            call(Line(status))


@pytest.mark.parametrize(
    ("error", "signal"),
    [
        ("Forbidden: bot was blocked by the user", Signal.BLOCKED),
        ("Forbidden: user is deactivated", Signal.DEACTIVATED),
        ("Forbidden: bot can't initiate conversation with a user", Signal.NO_CHAT),
        ("Bad Request: chat not found", Signal.NO_CHAT),
        ("Bad Request: message text is empty", None),
    ],
)
def test_a_refusal_says_what_it_says(error: str, signal: Signal | None) -> None:
    assert signal_of(TelegramError(error)) is signal
