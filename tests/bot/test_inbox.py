"""What arrives is stored before it is confirmed, stepped once and in order; what fails stops nobody else."""

from __future__ import annotations

import asyncio
import threading
import tracemalloc
import unicodedata
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot.company import Company
from bot.telegram.chats import chat_address
from bot.telegram.reading import lane_of, read_update
from handlers.ground.context import Context, Kind
from handlers.ground.routing import Routes
from models.delivery.inbox import Inbox, InboxState, Received, accept_inbox, drop_old_inbox
from models.delivery.policy import OutboxPolicy
from models.ground.channel import Address
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.errors import Refused
from models.phrases.text import raw
from models.policies import Policies
from tests.bot.processes import until
from tests.bot.steps import echo, leave_a_trace, routes, traces
from tests.fakes import START, World

ANN, BEN, OPERATOR = 101, 102, 900


class Mortal(Database):
    """A database that can be away."""

    away = False

    def submit(self, work: Any, *, linger: float = 0) -> Future[Any]:
        if not self.away:
            return super().submit(work, linger=linger)
        gone: Future[Any] = Future()
        gone.set_exception(OperationalError("", {}, Exception("away")))
        return gone


@contextmanager
def opened(url: str, step: Any = echo, **more: Any) -> Iterator[World]:
    given = {"connect": Database, **more}  # with the thread that it has in production
    with World.open(url, routes=step if isinstance(step, Routes) else routes(step), **given) as world:
        for user in (ANN, BEN):
            world.telegram.add_user(user, f"User {user}")
        yield world


def rows(world: World) -> list[Inbox]:
    return world.db(lambda db: list(db.scalars(select(Inbox).order_by(Inbox.id))))


def unconfirmed(world: World) -> int:
    info = world.telegram.call("getWebhookInfo", {}).body["result"]
    return int(info["pending_update_count"])


def answers(world: World, user: int) -> list[str]:
    return [m["text"] for m in world.telegram.history(user) if m["from"] == "bot"]


# --- stored, then confirmed -----------------------------------------------------------------------------------------


def test_what_is_confirmed_to_telegram_is_in_the_database(database_url: str) -> None:
    with opened(database_url) as world:
        given: list[int] = []

        def look(call: Any) -> None:
            if call.method == "getUpdates" and int(call.params["offset"]):
                with world.database.reading() as db:
                    given.append(int(call.params["offset"]))
                    assert max(map(int, db.scalars(select(Inbox.external_id)))) >= given[-1] - 1

        world.telegram.observers.append(look)
        for number in range(250):
            world.telegram.says(ANN, f"{number}")
        world.settle()
        assert len(given) >= 3
        assert unconfirmed(world) == 0
        assert world.db(traces) == [f"{number}" for number in range(250)]


def test_while_the_database_is_away_nothing_is_confirmed_and_all_comes_again(database_url: str) -> None:
    with opened(database_url, connect=Mortal) as world:
        world.telegram.says(ANN, "một")
        world.telegram.says(BEN, "hai")
        world.database.away = True  # type: ignore[attr-defined]
        for _ in range(3):
            with pytest.raises(OperationalError):
                world.run(world.app.polling.once())
        assert unconfirmed(world) == 2
        world.database.away = False  # type: ignore[attr-defined]
        world.settle()
        assert sorted(world.db(traces)) == ["hai", "một"]
        assert answers(world, ANN) == ["echo một"]
        assert unconfirmed(world) == 0


def test_the_loop_outlives_a_database_that_is_away(sqlite_url: str) -> None:
    with opened(sqlite_url, connect=Mortal) as world:
        world.telegram.says(ANN, "một")
        world.database.away = True  # type: ignore[attr-defined]

        async def main() -> None:
            polling = asyncio.create_task(world.app.polling.run(wait=1))
            await asyncio.sleep(0.02)
            assert not polling.done()
            polling.cancel()

        world.run(main())
        assert unconfirmed(world) == 1


def test_an_update_waits_while_the_database_is_away_and_is_then_done_once(database_url: str) -> None:
    with opened(database_url, connect=Mortal) as world:
        fails = iter([True, True])

        def flicker(name: str) -> None:
            if name == "step.done" and next(fails, False):
                raise OperationalError("", {}, Exception("connection lost"))

        world.mark = flicker
        world.telegram.says(ANN, "một")
        world.settle()
        assert world.db(traces) == ["một"]
        assert rows(world)[0].state == InboxState.DONE


# --- once, in order, side by side -----------------------------------------------------------------------------------


def test_the_same_update_twice_is_one_effect(database_url: str) -> None:
    with opened(database_url) as world:
        world.telegram.says(ANN, "một")
        update = dict(world.telegram.next_update() or {})

        async def main() -> None:
            await world.app.polling.bring([update])
            await world.app.polling.bring([update, update])
            await world.app.receiver.drain()
            await world.app.polling.bring([update])
            await world.app.receiver.drain()

        world.run(main())
        world.settle()
        assert world.db(traces) == ["một"]
        assert answers(world, ANN) == ["echo một"]


def test_each_chat_has_its_order_and_another_chat_need_not_wait(postgres_url: str) -> None:
    gate = threading.Event()

    def slow_for_ann(ctx: Context) -> None:
        if ctx.address == chat_address(ANN) and ctx.incoming.text == "0":
            assert gate.wait(10), "the other chat had to wait"
        leave_a_trace(ctx)
        if ctx.incoming.text == "ben 4":
            gate.set()

    with opened(postgres_url, slow_for_ann) as world:
        world.telegram.says(BEN, "chào")
        world.settle()  # the first after a start go one by one
        for number in range(5):
            world.telegram.says(ANN, f"{number}")
            world.telegram.says(BEN, f"ben {number}")
        world.settle()
        done = world.db(traces)
        assert done.pop(0) == "chào"
        assert [text for text in done if text.startswith("ben")] == [f"ben {n}" for n in range(5)]
        assert [text for text in done if not text.startswith("ben")] == [f"{n}" for n in range(5)]
        assert done[-1] == "4"


def test_answers_in_one_chat_keep_their_order(database_url: str) -> None:
    def twice(ctx: Context) -> None:
        ctx.say(raw(f"{ctx.incoming.text} a"))
        ctx.say(raw(f"{ctx.incoming.text} b"))

    with opened(database_url, twice) as world:
        for number in range(30):
            world.telegram.says(ANN, f"{number}")
        world.settle()
        assert answers(world, ANN) == [f"{n} {part}" for n in range(30) for part in "ab"]


# --- failing --------------------------------------------------------------------------------------------------------


def fails_on_secret(ctx: Context) -> None:
    echo(ctx)
    if "bom" in ctx.incoming.text:
        raise ValueError(f"boom: {ctx.incoming.text}")


def test_a_step_that_fails_is_undone_kept_and_told(database_url: str) -> None:
    with opened(database_url, fails_on_secret, operator_chat=OPERATOR) as world:
        world.telegram.add_user(OPERATOR, "Người trực máy")
        world.telegram.says(OPERATOR, "chào")
        world.settle()
        world.telegram.says(ANN, "bom 0912345678")
        world.telegram.says(ANN, "sau đó")
        world.telegram.says(BEN, "tôi thì sao")
        world.settle()
        assert sorted(world.db(traces)) == ["chào", "sau đó", "tôi thì sao"]
        failed = next(row for row in rows(world) if row.state == InboxState.FAILED)
        assert failed.tries == 1
        assert failed.body_sealed is not None
        assert (failed.error or "").startswith("ValueError at test_inbox.py:")
        sorry, after = answers(world, ANN)
        assert "trục trặc" in sorry
        assert after == "echo sau đó"
        assert answers(world, BEN) == ["echo tôi thì sao"]
        assert [text for text in answers(world, OPERATOR) if "Báo động" in text]


def test_the_operator_gets_one_alarm_an_hour_for_one_error(database_url: str) -> None:
    with opened(database_url, fails_on_secret, operator_chat=OPERATOR) as world:
        world.telegram.add_user(OPERATOR, "Người trực máy")
        world.telegram.says(OPERATOR, "chào")

        def alarms() -> int:
            return len([text for text in answers(world, OPERATOR) if "Báo động" in text])

        for _ in range(3):
            world.telegram.says(ANN, "bom")
            world.settle()
        assert alarms() == 1
        world.clock.advance(timedelta(hours=1))
        world.telegram.says(ANN, "bom")
        world.settle()
        assert alarms() == 2


def test_what_is_refused_is_said_and_nothing_else_is_kept(database_url: str) -> None:
    def refuses(ctx: Context) -> None:
        leave_a_trace(ctx)
        ctx.say(raw("half an answer"))
        raise Refused(raw("mời gõ lại"))

    with opened(database_url, refuses) as world:
        world.telegram.says(ANN, "một")
        world.settle()
        assert world.db(traces) == []
        assert answers(world, ANN) == ["mời gõ lại"]
        assert rows(world)[0].state == InboxState.DONE
        assert rows(world)[0].body_sealed is None


def test_an_update_that_nobody_can_read_stops_no_other(database_url: str) -> None:
    strange: list[dict[str, Any]] = [
        {"update_id": 1, "message": "not an object"},
        {"update_id": 2, "message": {"chat": {}}},
        {"update_id": 3, "callback_query": {"id": "1", "from": {"id": ANN}}},
        {"update_id": 4, "message": {"chat": {"id": ANN, "type": "private"}, "text": "lone \ud800 and \x00"}},
        {"update_id": 5},
    ]
    with opened(database_url) as world:
        world.telegram.says(ANN, "chào")
        world.run(world.app.polling.bring(strange))
        world.settle()
        assert "lone  and " in world.db(traces)
        assert "chào" in world.db(traces)
        assert {row.state for row in rows(world)} <= {InboxState.DONE, InboxState.FAILED}


# --- after a restart ------------------------------------------------------------------------------------------------


def store(world: World, *texts: str) -> None:
    """As a process that ended between storing and stepping leaves it."""
    for text in texts:
        world.telegram.says(ANN, text)
    polled = world.run(world.telegram.poll({"offset": 0})).body["result"]
    world.run(world.app.polling.bring(polled, step=False))


def test_what_was_left_undone_is_taken_up_at_start(database_url: str) -> None:
    with opened(database_url) as world:
        store(world, "một", "hai")
        world.restart()
        assert world.db(traces) == ["một", "hai"]
        assert [row.tries for row in rows(world)] == [1, 0]  # what stood behind the first had not been begun


def test_a_long_backlog_is_taken_up_whole(sqlite_url: str) -> None:
    with opened(sqlite_url) as world:
        now = world.clock()
        backlog = [Received(str(n), chat_address(n % 7), b'{"update_id": %d}' % n) for n in range(1, 1201)]
        world.db(lambda db: accept_inbox(db, backlog, now=now))
        assert world.run(world.app.receiver.recover()) == 1200
        world.settle()
        assert {row.state for row in rows(world)} == {InboxState.DONE}


def test_of_a_backlog_of_files_one_at_a_time_of_a_chat_is_in_memory(sqlite_url: str) -> None:
    with opened(sqlite_url) as world:
        now = world.clock()
        large = b'{"update_id": %d, "x": "' + b"x" * 400_000 + b'"}'
        for n in range(1, 61):
            one = Received(str(n), chat_address(n % 2), large % n)
            world.db(partial(accept_inbox, updates=[one], now=now))
        tracemalloc.start()
        try:
            assert world.run(world.app.receiver.recover()) == 60
            world.settle()
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert {row.state for row in rows(world)} == {InboxState.DONE}
        assert most < 10_000_000  # all of them together are 24 million bytes


class Killed(BaseException):
    """The end of the process, as far as a test within it can tell."""


def test_only_the_update_that_ends_the_process_is_given_up(database_url: str) -> None:
    deaths = 0

    def dies(ctx: Context) -> None:
        nonlocal deaths
        if ctx.incoming.text == "chết":
            deaths += 1
            raise Killed
        leave_a_trace(ctx)

    with opened(database_url, dies, operator_chat=OPERATOR) as world:
        world.telegram.add_user(OPERATOR, "Người trực máy")
        for user, word in ((BEN, "trước"), (ANN, "chết"), (OPERATOR, "sau")):
            world.telegram.says(user, word)
        store(world)
        for _ in range(2):
            with pytest.raises(Killed):
                world.restart()
        assert world.db(traces) == ["trước"]
        world.restart()
        assert deaths == 2  # and the first death, which nobody counted, makes three
        assert world.db(traces) == ["trước", "sau"]
        assert [row.state for row in rows(world)] == ["done", "failed", "done"]
        assert "trục trặc" in answers(world, ANN)[0]


# --- nobody waits for somebody else's thousand ----------------------------------------------------------------------


def ahead_of(world: World, word: str) -> int:
    """How many steps were done before this one."""
    return world.db(traces).index(word)


def test_a_new_word_does_not_wait_for_what_another_left_undone(database_url: str) -> None:
    with opened(database_url) as world:
        for number in range(80):
            world.telegram.says(BEN, f"{number}")
        polled = world.run(world.telegram.poll({"offset": 0})).body["result"]
        world.run(world.app.polling.bring(polled, step=False))
        world.telegram.call("getUpdates", {"offset": polled[-1]["update_id"] + 1})
        world.telegram.says(ANN, "tôi mới")
        world.restart()
        assert ahead_of(world, "tôi mới") < 20
        assert [word for word in world.db(traces) if word.isdecimal()] == [f"{n}" for n in range(80)]


def test_a_new_word_does_not_wait_for_what_another_sent_meanwhile(database_url: str) -> None:
    with opened(database_url, outbox=OutboxPolicy(rate=100_000, chat_seconds=0)) as world:
        world.telegram.says(ANN, "chào")
        world.settle()
        for number in range(1000):
            world.telegram.says(BEN, f"{number}")
        world.telegram.says(ANN, "tôi mới")

        async def main() -> None:
            polling = asyncio.create_task(world.app.polling.run(wait=0))
            await until(lambda: "echo tôi mới" in answers(world, ANN))
            await world.app.receiver.stop()
            await polling

        world.app.sender.wake()
        sending = world.app.sender.run()

        async def both() -> None:
            task = asyncio.create_task(sending)
            await main()
            await world.app.sender.stop()
            await task

        world.run(both())
        assert ahead_of(world, "tôi mới") < 300


# --- what may arrive ------------------------------------------------------------------------------------------------


def test_groups_are_ignored(world: World) -> None:
    world.telegram.add_user(ANN, "An")
    world.telegram.says_in_group(-1001, ANN, "/start")
    world.settle()
    assert [row.state for row in rows(world)] == [InboxState.DONE]
    assert not [call for call in world.telegram.calls if call.method == "sendMessage"]


def test_an_edited_message_is_taken_in_and_answers_nothing(world: World) -> None:
    ann = world.phone(ANN, "An").says("/start")
    before = len(ann.messages())
    message_id = world.telegram.says(ANN, "sai")
    world.settle()
    between = len(ann.messages())
    ann.edits(message_id, "đúng")
    assert between >= before
    assert len(ann.messages()) == between
    assert {row.state for row in rows(world)} == {InboxState.DONE}


def test_a_long_text_arrives_whole_and_decomposed_letters_arrive_composed(database_url: str) -> None:
    with opened(database_url, leave_a_trace) as world:
        long = "ế" * 4096
        world.telegram.says(ANN, long)
        world.telegram.says(ANN, unicodedata.normalize("NFD", "Nguyễn Thị Hường"))
        for part in ("a" * 4096, "a" * 904):  # the app sends 5,000 characters as two messages
            world.telegram.says(BEN, part)
        world.settle()
        assert set(world.db(traces)) == {long, "Nguyễn Thị Hường", "a" * 4096, "a" * 904}


def test_a_tap_is_answered_at_once_also_when_another_process_received_it(database_url: str) -> None:
    with opened(database_url) as world:
        world.telegram.says(ANN, "một")
        world.settle()
        callback = world.telegram.taps(ANN, 2, "x:y", stale=True)
        polled = world.run(world.telegram.poll({"offset": 0})).body["result"]
        world.run(world.app.polling.bring(polled, step=False))
        assert world.telegram.toast(callback) is None
        world.settle()
        assert world.telegram.toast(callback) is not None


def called(world: World, method: str) -> list[dict[str, Any]]:
    return [dict(call.params) for call in world.telegram.calls if call.method == method]


def tapped(world: World) -> dict[str, Any]:
    """A tap, as Telegram tells it; not fetched by polling."""
    world.telegram.says(ANN, "một")
    world.settle()
    world.telegram.taps(ANN, 2, "x:y", stale=True)
    return dict(world.telegram.next_update() or {})


def test_a_button_is_answered_once_however_often_telegram_brings_it(database_url: str) -> None:
    with opened(database_url) as world:
        tap = tapped(world)
        for _ in range(3):
            world.run(world.app.polling.bring([tap, tap]))
            world.settle()
            world.restart()
        assert len(called(world, "answerCallbackQuery")) == 1


def test_a_button_is_answered_once_when_the_database_was_away(database_url: str) -> None:
    with opened(database_url) as world:
        fails = iter([True] * 5)

        def flicker(name: str) -> None:
            if name == "step.done" and next(fails, False):
                raise OperationalError("", {}, Exception("connection lost"))

        tap = tapped(world)
        world.mark = flicker
        world.run(world.app.polling.bring([tap]))
        world.settle()
        assert len(called(world, "answerCallbackQuery")) == 1


def test_a_button_whose_time_is_over_is_tried_once(database_url: str) -> None:
    with opened(database_url) as world:
        tap = tapped(world)
        world.clock.advance(timedelta(hours=1))
        world.run(world.app.polling.bring([tap]))
        for _ in range(3):
            world.settle()
            world.restart()
        calls = [call.status for call in world.telegram.calls if call.method == "answerCallbackQuery"]
        assert calls == [400]


def test_where_only_the_answer_to_a_commit_was_lost_the_reply_goes_all_the_same(database_url: str) -> None:
    """The step is done and its reply claimed, and nobody knows: it is tried again, and found done."""

    class Deaf(Database):
        def submit(self, work: Any, *, linger: float = 0) -> Future[Any]:
            done = super().submit(work, linger=linger)
            if not lost and getattr(getattr(work, "func", None), "__name__", "") == "work":
                done.result()
                lost.append(True)
                gone: Future[Any] = Future()
                gone.set_exception(OperationalError("", {}, Exception("connection lost")))
                return gone
            return done

    lost = [True]  # nothing yet
    with opened(database_url, connect=Deaf) as world:
        world.telegram.says(ANN, "chào")
        world.settle()
        lost.clear()
        world.telegram.says(ANN, "một")
        world.settle()
        assert lost
        assert world.db(traces) == ["chào", "một"]
        assert answers(world, ANN) == ["echo chào", "echo một"]


# --- whoever waits --------------------------------------------------------------------------------------------------


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds takes hundredths."""
    for name, seconds in (("_AFTER", 0.03), ("_EVERY", 0.05), ("_LOOK", 0.01)):
        monkeypatch.setattr(f"bot.company.{name}", seconds)


def test_whoever_waits_long_sees_that_it_is_being_answered(
    database_url: str, request: pytest.FixtureRequest
) -> None:
    with opened(database_url, connect=Mortal) as world:
        world.telegram.says(ANN, "chào")
        world.settle()
        world.telegram.says(BEN, "chào")
        world.settle()
        assert called(world, "sendChatAction") == []
        request.getfixturevalue("hasty")  # a busy machine takes hundredths, too

        def flicker(name: str) -> None:
            if name == "step.done" and not shown():
                raise OperationalError("", {}, Exception("database is locked"))

        def shown() -> bool:
            return len(called(world, "sendChatAction")) >= 2

        world.mark = flicker
        world.telegram.says(ANN, "một")
        world.settle()
        calls = called(world, "sendChatAction")
        assert {(str(one["chat_id"]), one["action"]) for one in calls} == {(str(ANN), "typing")}
        assert answers(world, ANN)[-1] == "echo một"

        async def a_moment() -> int:
            before = len(called(world, "sendChatAction"))
            await asyncio.sleep(0.15)
            return len(called(world, "sendChatAction")) - before

        assert world.run(a_moment()) == 0  # nobody waits any more


def test_it_is_shown_while_it_is_still_being_stored(sqlite_url: str, hasty: None) -> None:
    """Another program holds the one writer: nothing of ours is written meanwhile."""
    with opened(sqlite_url) as world:
        world.telegram.says(ANN, "chào")
        world.settle()
        holder = create_engine(f"sqlite:///{world.database.url.database}").connect()
        holder.exec_driver_sql("BEGIN IMMEDIATE")
        world.telegram.says(ANN, "một")
        world.telegram.says_in_group(-1001, BEN, "một")

        async def main() -> None:
            polling = asyncio.create_task(world.app.polling.once())
            await until(lambda: len(called(world, "sendChatAction")) >= 2)
            assert not polling.done()
            holder.exec_driver_sql("ROLLBACK")
            await polling

        world.run(main())
        holder.close()
        world.settle()
        assert {str(one["chat_id"]) for one in called(world, "sendChatAction")} == {str(ANN)}
        assert answers(world, ANN)[-1] == "echo một"


def test_no_more_chats_see_it_than_messages_may_go_out(hasty: None) -> None:
    shown: list[Address] = []

    async def show(address: Address) -> None:
        shown.append(address)

    async def main() -> None:
        company = Company(show)
        for number in range(100):
            company.began(chat_address(number + 1))
        await until(lambda: len(shown) >= 10)
        assert len(shown) == 10
        await until(lambda: len(shown) >= 100)
        assert len({*shown[:100]}) == 100  # each once before any is shown it again
        company.stop()

    asyncio.run(main())


def test_every_kind_of_update_is_read() -> None:
    chat = {"id": 7, "type": "private"}
    sender = {"id": 7, "language_code": "en"}

    def read(**content: Any) -> Any:
        return read_update(
            {"update_id": 1, "message": {"message_id": 3, "chat": chat, "from": sender, **content}}
        )

    assert read(text="/BaoCao@bot  x y").command == "baocao"
    assert read(text="/baocao\nx y").text == "x y"
    assert read(text="xin chào").kind is Kind.TEXT
    assert read(contact={"phone_number": "84", "user_id": 7}).contact.is_own
    assert not read(contact={"phone_number": "84", "user_id": 8}).contact.is_own
    assert not read(contact={"phone_number": "84"}).contact.is_own
    photo = [{"file_id": "s", "file_unique_id": "u"}, {"file_id": "b", "file_unique_id": "v", "file_size": 9}]
    assert (read(photo=photo, caption="ảnh").file.channel_id, read(photo=photo, caption="ảnh").text) == (
        "b",
        "ảnh",
    )
    assert read(sticker={"file_id": "s"}).kind is Kind.OTHER
    assert read(text="hi").language == "en"
    standing = {"update_id": 1, "my_chat_member": {"chat": chat, "from": sender}}
    for status, kind in (("kicked", Kind.BLOCKED), ("member", Kind.UNBLOCKED)):
        standing["my_chat_member"]["new_chat_member"] = {"status": status}  # type: ignore[index]
        assert read_update(standing).kind is kind
    tap = {"id": "9", "from": sender, "data": "a:b", "message": {"message_id": 3, "chat": chat, "date": 0}}
    assert (read_update({"update_id": 1, "callback_query": tap}).data, lane_of({"callback_query": tap})) == (
        "a:b",
        chat_address(7),
    )
    assert read_update({"update_id": 1, "callback_query": {"id": "9", "from": sender}}).kind is Kind.GROUP


def test_old_updates_are_dropped_and_failed_ones_kept_longer(database: Database) -> None:
    now = START

    def fill(db: Session) -> None:
        accept_inbox(db, [Received(str(n), chat_address(1), b"{}") for n in (1, 2, 3)], now=now)
        for row in db.scalars(select(Inbox)):
            row.state = ["done", "failed", "stored"][int(row.external_id) - 1]

    def left(db: Session) -> list[int]:
        return [int(one) for one in db.scalars(select(Inbox.external_id).order_by(Inbox.id))]

    database.run(fill)
    for days, kept in ((2, [1, 2, 3]), (4, [2, 3]), (31, [3])):
        moment = now + timedelta(days=days)
        database.run(lambda db, at=moment: drop_old_inbox(db, Policies().inbox, now=at))  # type: ignore[misc]
        assert database.run(left) == kept
    assert system_clock().tzinfo is not None
