"""Zalo Bot: what its answers mean, what comes twice or in disorder, what is lost on the way out."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
import uvicorn
from markupsafe import Markup
from pydantic import SecretStr, ValidationError
from sqlalchemy import select
from starlette.applications import Starlette

from bot.ear import Unreadable
from bot.finding import Finding, Verdict
from bot.settings import Settings, ZaloSettings
from bot.standin import CONNECT, DELIVERED_THEN_RESET, TIMEOUT_AFTER, TIMEOUT_BEFORE, flood, server_error
from bot.standin.server import listen
from bot.standin.zalo import ZaloStandIn
from bot.standin.zalo.network import ZaloPost, zalo_api
from bot.zalo.api import NoAnswer, Unsent, Zalo, ZaloRefused
from bot.zalo.check import check_zalo
from bot.zalo.reading import load_event, read_event, sent_at
from bot.zalo.webhook import webhook_secret
from handlers.ground.context import Context, Kind
from models.delivery.inbox import Inbox, InboxState
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue
from models.ground.channel import Address, Channel
from models.ground.clock import system_clock
from models.phrases.text import Text, both, raw
from tests.bot.processes import until
from tests.bot.steps import echo, routes
from tests.bot.test_webhook import free_port, replica, telegram
from tests.fakes import TOKEN, ZALO, World
from tests.textphone import TextPhone

CHAT = "6ede9afa66b88fe6d6a9"
NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, routes=routes(echo), zalo=ZALO) as opened:
        yield opened


@pytest.fixture
def ted(world: World) -> TextPhone:
    return world.text_phone(CHAT, "Ted")


def event(text: str = "Xin chào", *, sender: Any = None, **more: Any) -> dict[str, Any]:
    """As Zalo's own description has it."""
    message = {
        "from": sender or {"id": CHAT, "display_name": "Ted", "is_bot": False},
        "chat": {"id": CHAT, "chat_type": "PRIVATE"},
        "text": text,
        "message_id": "2d758cb5e222177a4e35",
        "date": 1750316131602,
        **more,
    }
    return {"message": message, "event_name": "message.text.received"}


# --- what comes -------------------------------------------------------------------------------------------------------


def test_an_event_is_read_with_and_without_its_envelope() -> None:
    for body in (event(), {"ok": True, "result": event()}):
        read = read_event(load_event(json.dumps(body).encode()))
        assert (read.kind, read.text, read.external_id) == (Kind.TEXT, "Xin chào", "2d758cb5e222177a4e35")
        assert read.address == Address(Channel.TEXT, CHAT)
    assert sent_at(event(), now=NOW) == datetime(2025, 6, 19, 6, 55, 31, 602000, tzinfo=UTC)
    assert sent_at(event(date=1 << 60), now=NOW) == NOW


def test_commands_groups_bots_and_what_is_no_text_are_told_apart() -> None:
    command = read_event(event("/BaoCao  ngay "))
    assert (command.kind, command.command, command.text) == (Kind.COMMAND, "baocao", "ngay")
    assert read_event(event(chat={"id": CHAT, "chat_type": "GROUP"})).kind is Kind.GROUP
    assert read_event(event(sender={"id": "1", "is_bot": True})).kind is Kind.SERVICE
    for name in ("image", "sticker", "voice", "unsupported", "to.come"):
        assert read_event(event() | {"event_name": f"message.{name}.received"}).kind is Kind.OTHER


@pytest.mark.parametrize(
    "body",
    [
        *(
            b"",
            b"[]",
            b"{}",
            b"null",
            b"\xff",
            b"[" * 100_000,
            b'{"message": 5}',
            b'{"message": {"message_id": 5}}',
        ),
        *(
            b'{"message": {"message_id": "a b"}}',
            b'{"result": []}',
            b'{"message": {"message_id": "' + b"a" * 99 + b'"}}',
        ),
        b'{"message": {"message_id": NaN}}',
    ],
)
def test_what_is_no_event_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        load_event(body)


@pytest.mark.parametrize(
    "more", [{"text": 5}, {"text": None}, {"chat": None}, {"chat": {"id": 5}}, {"chat": []}]
)
def test_an_event_that_is_not_as_described_is_kept_with_its_error_and_the_chat_goes_on(
    world: World, ted: TextPhone, more: dict[str, Any]
) -> None:
    world.zalo.repeats(event(**more))
    world.settle()
    failed = world.db(lambda db: db.scalars(select(Inbox)).one())
    assert failed.state == InboxState.FAILED
    assert "Xin chào" in ted.says("Xin chào").reads()


# --- twice, in disorder, lost -----------------------------------------------------------------------------------------


def test_an_event_that_comes_twice_is_answered_once(world: World, ted: TextPhone) -> None:
    came = world.zalo.says(CHAT, "một lần")
    world.zalo.repeats(came)
    world.settle()
    world.zalo.repeats(came)
    world.restart()
    assert [message.text for message in ted.messages()] == ["echo một lần"]


def test_an_event_whose_connection_breaks_comes_again_and_is_answered_once(
    world: World, ted: TextPhone
) -> None:
    world.zalo.says(CHAT, "xin chào")
    world.zalo.fail(DELIVERED_THEN_RESET, method="getUpdates")
    with pytest.raises(NoAnswer):
        world.settle()
    world.settle()
    assert [message.text for message in ted.messages()] == ["echo xin chào"]


def test_what_comes_in_disorder_is_all_answered(world: World, ted: TextPhone) -> None:
    for words in ("một", "hai", "ba"):
        world.zalo.says(CHAT, words)
    world.zalo.mixes_up()
    world.settle()
    assert sorted(message.text for message in ted.messages()) == sorted(["echo một", "echo hai", "echo ba"])


def test_an_event_that_could_not_be_stored_stays_in_our_hands(world: World, ted: TextPhone) -> None:
    assert world.app.zalo is not None
    polling, accept = world.app.zalo.polling, world.app.receiver.accept
    asked = len(world.zalo.calls)

    async def away(*_: Any, **__: Any) -> None:
        raise OSError("away")

    world.zalo.says(CHAT, "giữ lấy")
    world.app.receiver.accept = away  # type: ignore[method-assign]
    for _ in range(3):
        with pytest.raises(OSError, match="away"):
            world.run(polling.once())
    assert len(world.zalo.calls) == asked + 1  # nothing more is asked for
    world.app.receiver.accept = accept  # type: ignore[method-assign]
    world.settle()
    assert [message.text for message in ted.messages()] == ["echo giữ lấy"]


def test_polling_goes_on_after_the_network_and_a_wrong_token(world: World, ted: TextPhone) -> None:
    assert world.app.zalo is not None
    polling = world.app.zalo.polling
    slept: list[float] = []

    async def main() -> None:
        for fault in (CONNECT, TIMEOUT_BEFORE, server_error(502), flood(3)):
            world.zalo.fail(fault, method="getUpdates")
        task = asyncio.create_task(polling.run(wait=1))
        real = asyncio.sleep
        with pytest.MonkeyPatch.context() as patch:

            async def quick(seconds: float) -> None:
                slept.append(seconds)
                await real(0)

            patch.setattr("bot.zalo.ear.asyncio.sleep", quick)
            world.zalo.says(CHAT, "vẫn nghe")
            await until(lambda: bool(stored()))
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def stored() -> list[str]:
        with world.database.reading() as db:
            return list(db.scalars(select(Inbox.external_id)))

    world.run(main())
    assert [one for one in slept if one >= 1] == [1, 2, 4, 8]


# --- what is said -----------------------------------------------------------------------------------------------------


def marked_up(html: str) -> Text:
    return both(Markup(html), Markup(html))  # noqa: S704 - a test's own


def say(world: World, words: str, *, again: bool = False) -> None:
    to = Recipient(Address(Channel.TEXT, CHAT))
    world.db(
        lambda db: enqueue(
            db,
            to,
            Message(marked_up(words)),
            key=words,
            lane=Lane.BULK,
            now=world.clock(),
            again=again,
        )
    )
    world.settle()


def row(world: World, words: str) -> tuple[str, str | None]:
    found = world.db(lambda db: db.scalars(select(Outbox).where(Outbox.key == words)).one())
    return found.state, found.error


def texts(ted: TextPhone) -> list[str]:
    return [message.text for message in ted.messages()]


@pytest.fixture
def known(world: World, ted: TextPhone) -> TextPhone:
    """Somebody who has written, and read the answer."""
    ted.says("chào").reads()
    ted.zalo.chats[CHAT].messages.clear()
    return ted


@pytest.mark.parametrize("fault", [CONNECT, flood(7)])
def test_what_did_not_arrive_is_sent_again_and_once(world: World, known: TextPhone, fault: Any) -> None:
    world.zalo.fail(fault, method="sendMessage")
    say(world, "tin")
    assert texts(known) == []
    world.wait(timedelta(minutes=2))
    assert texts(known) == ["tin"]
    assert row(world, "tin")[0] == OutboxState.SENT


def test_a_flood_that_says_no_time_waits_half_a_minute(world: World, known: TextPhone) -> None:
    world.zalo.fail(flood(7), method="sendMessage")
    say(world, "tin")
    assert world.app.sender.resumes_at() == world.clock() + timedelta(seconds=30)


@pytest.mark.parametrize(
    "fault",
    [
        TIMEOUT_BEFORE,
        TIMEOUT_AFTER,
        DELIVERED_THEN_RESET,
        server_error(503),
        server_error(502, after=True),
    ],
)
def test_what_nobody_knows_is_never_said_a_third_time(world: World, known: TextPhone, fault: Any) -> None:
    world.zalo.fail(fault, method="sendMessage")
    say(world, "một")
    assert row(world, "một") == (OutboxState.UNCERTAIN, "not known")
    world.zalo.fail(fault, method="sendMessage", times=2)
    say(world, "hai", again=True)
    world.wait(timedelta(minutes=5))
    assert row(world, "hai")[0] == OutboxState.UNCERTAIN
    assert texts(known).count("hai") == (2 if fault.arrives else 0)


def test_a_chat_that_has_not_written_and_one_that_blocked_us_are_given_up(
    world: World, known: TextPhone
) -> None:
    to = Recipient(Address(Channel.TEXT, "ffff"))
    world.db(lambda db: enqueue(db, to, Message(raw("a")), key="a", lane=Lane.BULK, now=world.clock()))
    world.zalo.blocks(CHAT)
    say(world, "b")
    assert row(world, "a") == (OutboxState.FAILED, "no chat")
    assert row(world, "b") == (OutboxState.FAILED, "blocked")


def test_a_token_that_zalo_no_longer_knows_holds_everything_and_rings(world: World, known: TextPhone) -> None:
    world.zalo.token = "another"
    with pytest.raises(ZaloRefused):
        say(world, "tin")
    world.run(world.app.sender.drain())
    assert row(world, "tin")[0] == OutboxState.PENDING
    assert any("ZaloRefused" in what for what in world.app.alarm.rung)
    world.zalo.token = TOKEN
    world.wait(timedelta(minutes=10))
    assert texts(known) == ["tin"]


def test_markup_goes_and_a_link_stands_behind_its_words(world: World, known: TextPhone) -> None:
    say(world, 'a &lt; <b>b</b> <i>&amp;</i>\n<a href="https://x.invalid/?a=1&amp;b=2">Cổng</a>')
    assert texts(known) == ["a < b &\nCổng (https://x.invalid/?a=1&b=2)"]


def test_a_long_text_goes_in_parts_of_two_thousand(world: World, known: TextPhone) -> None:
    say(world, "chữ 😀 " * 700)
    sent = texts(known)
    assert len(sent) > 1
    assert "".join(sent).replace(" ", "") == "chữ😀" * 700
    assert all(len(one.encode("utf-16-le")) // 2 <= 2000 for one in sent)


# --- the API and its stand-in -----------------------------------------------------------------------------------------


@pytest.fixture
def zalo() -> ZaloStandIn:
    standin = ZaloStandIn(now=lambda: NOW, token=TOKEN)
    standin.add_user(CHAT, "Ted")
    return standin


def refused(standin: ZaloStandIn, method: str, *, token: str = TOKEN, **given: Any) -> tuple[int, str]:
    async def main() -> Any:
        return await Zalo(token, "https://x.invalid", post=ZaloPost(standin)).call(method, **given)

    with pytest.raises(ZaloRefused) as refusal:
        asyncio.run(main())
    return refusal.value.code, refusal.value.said


def test_the_stand_in_refuses_what_is_not_known_to_be_allowed(zalo: ZaloStandIn) -> None:
    assert refused(zalo, "getMe", token="9:other")[0] == 401
    assert refused(zalo, "sendDocument")[0] == 404
    assert "chat not found" in refused(zalo, "sendMessage", chat_id=CHAT, text="a")[1]
    zalo.says(CHAT, "chào")
    for wrong in (
        {"text": "a" * 2001},
        {"text": "😀" * 1001},
        {"text": ""},
        {"text": " \n"},
        {"text": "a", "reply_markup": "{}"},
        {},
        {"text": 5},
    ):
        assert refused(zalo, "sendMessage", chat_id=CHAT, **wrong)[0] == 400
    assert refused(zalo, "setWebhook", url="http://x.invalid", secret_token="12345678")[0] == 400
    assert refused(zalo, "setWebhook", url="https://x.invalid", secret_token="1234567")[0] == 400
    zalo.webhook = {"url": "https://x.invalid"}
    assert "webhook" in refused(zalo, "getUpdates", timeout=0)[1]
    zalo.webhook = {}
    zalo.next_event()
    assert refused(zalo, "getUpdates", timeout=0)[0] == 408
    assert zalo.history(CHAT)[-1].by == "person"


class Answers:
    """A network on which everything is answered alike."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status, self.body = status, body

    async def send(self, url: str, body: bytes, *, seconds: float) -> tuple[int, bytes]:
        return self.status, self.body

    async def close(self) -> None: ...


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, b'{"ok": true, "result": {"id": "1"}}', {"id": "1"}),
        (200, b'{"ok": true}', None),
        (200, b'{"ok": false, "error_code": 429, "description": "slow"}', "429 slow None"),
        (429, b'{"ok": false, "parameters": {"retry_after": 9}}', "429  9.0"),
        (400, b'{"ok": false, "error_code": true, "description": 5}', "400  None"),
        (502, b"<html>", "502 no JSON None"),
        (200, b"<html>", "NoAnswer"),
        (200, b"[]", "NoAnswer"),
        (200, b"[" * 100_000, "NoAnswer"),
    ],
)
def test_two_hundred_alone_says_nothing(status: int, body: bytes, told: Any) -> None:
    async def main() -> Any:
        try:
            return await Zalo(TOKEN, "https://x.invalid", post=Answers(status, body)).call("getMe")
        except ZaloRefused as error:
            return f"{error.code} {error.said} {error.pause}"
        except NoAnswer:
            return "NoAnswer"

    assert asyncio.run(main()) == told


@asynccontextmanager
async def served(standin: ZaloStandIn) -> AsyncIterator[str]:
    door = listen()
    running = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=zalo_api(standin)),
            access_log=False,
            log_level="error",
            ws="none",
            lifespan="off",
        )
    )
    task = asyncio.create_task(running.serve(sockets=[door]))
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        running.should_exit = running.force_exit = True
        await task
        door.close()


def test_over_the_network_errors_are_told_apart_and_never_name_the_token(zalo: ZaloStandIn) -> None:
    async def main() -> list[str]:
        told = []
        async with served(zalo) as url:
            bot = Zalo(TOKEN, url)
            assert (await bot.call("getMe"))["account_name"] == "Bot Xa Nhà"
            zalo.says(CHAT, "chào")
            assert (await bot.call("getUpdates", timeout=1))["message"]["text"] == "chào"
            zalo.fail(TIMEOUT_AFTER, method="getMe")
            with pytest.raises((NoAnswer, ZaloRefused)) as lost:
                await bot.call("getMe")
            told.append(repr(lost.value))
            await bot.close()
        gone = Zalo(TOKEN, f"http://127.0.0.1:{free_port()}")
        with pytest.raises(Unsent) as unsent:
            await gone.call("getMe")
        await gone.close()
        return [*told, repr(unsent.value), repr(unsent.value.__context__ or "")]

    assert all(TOKEN not in one for one in asyncio.run(main()))


# --- the whole program ------------------------------------------------------------------------------------------------


def chosen(database_url: str, api_url: str, zalo_url: str, port: int, **zalo: Any) -> Settings:
    return Settings(
        _env_file=None,
        token=SecretStr("1:demo"),
        api_url=api_url,
        database_url=database_url,
        listen=f"127.0.0.1:{port}",
        zalo=ZaloSettings(token=SecretStr(TOKEN), api_url=zalo_url, **zalo),
    )


async def called(port: int, body: Any, secret: str | None) -> int:
    headers = {} if secret is None else {"X-Bot-Api-Secret-Token": secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}/zalo", data=body, headers=headers) as answer,
    ):
        return answer.status


def test_run_answers_telegram_and_zalo_by_polling(sqlite_url: str) -> None:
    async def main() -> None:
        standin = ZaloStandIn(now=system_clock, token=TOKEN)
        standin.add_user(CHAT, "Ted")
        standin.webhook = {"url": "https://earlier.invalid"}
        async with telegram() as (other, api_url), served(standin) as url:
            port = free_port()
            settings = chosen(sqlite_url, api_url, url, port)
            settings = settings.model_copy(update={"webhook_url": f"http://127.0.0.1:{port}/hook"})
            async with replica(settings):
                await until(lambda: not standin.webhook)
                standin.says(CHAT, "qua Zalo")
                other.says(101, "qua Telegram")
                await until(lambda: [one.text for one in standin.history(CHAT)][1:] == ["echo qua Zalo"])
                await until(lambda: len(other.history(101)) == 2)

    asyncio.run(main())


def test_zalo_calls_us_and_only_its_own_calls_are_taken(sqlite_url: str) -> None:
    async def main() -> None:
        standin = ZaloStandIn(now=system_clock, token=TOKEN)
        standin.add_user(CHAT, "Ted")
        async with telegram() as (_, api_url), served(standin) as url:
            port = free_port()
            settings = chosen(sqlite_url, api_url, url, port, webhook_url="https://cua.invalid/zalo")
            secret = webhook_secret(settings)
            async with replica(settings):
                await until(lambda: standin.webhook.get("url") == "https://cua.invalid/zalo")
                assert standin.webhook["secret_token"] == secret
                standin.says(CHAT, "gọi tới")
                body = json.dumps({"ok": True, "result": standin.next_event()}).encode()
                assert await called(port, body, None) == 403
                assert await called(port, body, "wrong") == 403
                assert await called(port, b"[]", secret) == 400
                assert await called(port, io.BytesIO(b" " * ((1 << 20) + 1)), secret) == 413
                assert [await called(port, body, secret) for _ in range(3)] == [200] * 3
                await until(lambda: [one.text for one in standin.history(CHAT)][1:] == ["echo gọi tới"])

    asyncio.run(main())


# --- settings and check -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"webhook_secret": SecretStr("short")}, {"webhook_url": "http://x.invalid"}, {"api_url": "x"}, {"x": 1}],
)
def test_what_zalo_would_refuse_is_refused_here(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ZaloSettings(token=SecretStr(TOKEN), **wrong)


def found(standin: ZaloStandIn, **zalo: Any) -> dict[str, Finding]:
    settings = Settings(_env_file=None, zalo=ZaloSettings(**{"token": SecretStr(TOKEN), **zalo}))
    findings = asyncio.run(check_zalo(settings, post=ZaloPost(standin)))
    return {one.subject: one for one in findings}


def test_check_tries_the_token_and_says_what_nobody_knows(zalo: ZaloStandIn) -> None:
    assert found(zalo, token=SecretStr("")) == {}
    findings = found(zalo)
    assert findings["zalo token"] == Finding("zalo token", Verdict.GOOD, "it is Bot Xa Nhà")
    assert "is not known" in findings["zalo quota"].said
    assert findings["zalo quota"].verdict is Verdict.NOTE
    assert "is lost" in findings["zalo calls"].said
    zalo.webhook = {"url": "https://a.invalid"}
    assert findings | found(zalo, webhook_url="https://a.invalid") != findings
    assert found(zalo, webhook_url="https://a.invalid")["zalo calls"].verdict is Verdict.GOOD
    assert "Zalo calls https://a.invalid" in found(zalo)["zalo calls"].said
    assert found(zalo, token=SecretStr("9:x"))["zalo token"].verdict is Verdict.WRONG
    zalo.fail(CONNECT, times=2)
    assert {one.verdict for one in found(zalo).values()} == {Verdict.WRONG, Verdict.NOTE}


def test_a_step_that_says_nothing_to_zalo_says_nothing(database_url: str) -> None:
    def silent(ctx: Context) -> None:
        """Say nothing."""

    with World.open(database_url, routes=routes(silent), zalo=ZALO) as world:
        assert world.text_phone(CHAT).says("a", "1", "0").reads() == ""
