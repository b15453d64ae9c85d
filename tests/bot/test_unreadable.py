"""A row that does not open stops nobody: it is set aside, the operator reads so, and decides on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.telegram.chats import chat_address
from models.delivery.inbox import Inbox, InboxState, Received, accept_inbox
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue, forget_outbox
from models.delivery.policy import OutboxPolicy
from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, new_key, use_keys
from models.phrases.text import raw
from models.trust.audit import audit
from tests.bot.steps import echo, routes, traces
from tests.fakes import START, World

ANN, BEN, OPERATOR = 101, 102, 900
BODY = "outbox.body_sealed"


@pytest.fixture
def stage(database_url: str) -> Iterator[World]:
    with World.open(database_url, routes=routes(echo), operator_chat=OPERATOR) as world:
        for user in (ANN, BEN, OPERATOR):
            world.telegram.add_user(user, f"User {user}")
            world.telegram.says(user, "/start")
        world.settle()
        yield world


def heard(world: World, user: int) -> list[str]:
    return [m["text"] for m in world.telegram.history(user) if m["from"] == "bot"][1:]


def tell(world: World, user: int, words: str) -> int:
    """Into the outbox, unsent yet; its row."""
    to, now = Recipient(chat_address(user)), world.clock()
    world.db(lambda db: enqueue(db, to, Message(raw(words)), key=f"test:{words}", lane=Lane.ALERT, now=now))
    return world.db(lambda db: db.scalars(select(Outbox.id).where(Outbox.key == f"test:{words}")).one())


def change(world: World, row: int, *, table: str = "outbox", **columns: object) -> None:
    for name, value in columns.items():
        change = text(f"UPDATE {table} SET {name} = :value WHERE id = :row")  # noqa: S608 - a test's own
        world.db(lambda db, change=change, value=value: db.execute(change, {"value": value, "row": row}))  # type: ignore[misc]


def damage(world: World, row: int) -> None:
    change(world, row, body_sealed=b"\x01" + b"?" * 60)


def cut_off(world: World, row: int) -> None:
    change(world, row, body_sealed=b"\x01")


def seal_with_a_lost_key(world: World, row: int) -> None:
    change(world, row, body_sealed=Keyring([new_key()]).seal(b"{}", place=BODY, row=row))


def seal_what_is_no_json(world: World, row: int) -> None:
    change(world, row, body_sealed=keyring().seal(b"{", place=BODY, row=row))


def seal_what_is_no_message(world: World, row: int) -> None:
    change(world, row, body_sealed=keyring().seal(b'{"buttons": 5}', place=BODY, row=row))


def empty(world: World, row: int) -> None:
    change(world, row, body_sealed=None)


def name_another_method(world: World, row: int) -> None:
    change(world, row, method="telepathy")


def spoil_its_address(world: World, row: int) -> None:
    change(world, row, address="no address at all")


def spoil_its_file(world: World, row: int) -> None:
    change(world, row, file_sealed=b"\x01" + b"?" * 60)


SPOILT = [
    damage,
    cut_off,
    seal_with_a_lost_key,
    seal_what_is_no_json,
    seal_what_is_no_message,
    empty,
    name_another_method,
    spoil_its_address,
    spoil_its_file,
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_message_that_does_not_open_holds_up_nobody(
    stage: World, spoil: Callable[[World, int], None]
) -> None:
    row = tell(stage, ANN, "hỏng")
    tell(stage, ANN, "sau đó")
    tell(stage, BEN, "của người khác")
    spoil(stage, row)
    stage.telegram.says(BEN, "tôi hỏi")
    stage.settle()
    stage.settle()  # what the operator is told
    assert heard(stage, ANN) == ["sau đó"]
    assert sorted(heard(stage, BEN)) == ["của người khác", "echo tôi hỏi"]
    states = stage.db(lambda db: {id: state for id, state in db.execute(select(Outbox.id, Outbox.state))})
    assert states[row] == OutboxState.FAILED
    assert set(states.values()) == {OutboxState.FAILED, OutboxState.SENT}
    (told,) = heard(stage, OPERATOR)
    assert "có tin gửi đi không mở được" in told


def test_an_answer_that_does_not_open_does_not_undo_the_next_one(stage: World) -> None:
    """The step that answers claims it."""
    row = tell(stage, ANN, "hỏng")
    change(stage, row, lane=int(Lane.REPLY))
    damage(stage, row)
    stage.telegram.says(ANN, "tiếp")
    stage.settle()
    assert stage.db(traces)[-1] == "tiếp"
    assert heard(stage, ANN) == ["echo tiếp"]


def stored(world: World, words: str) -> int:
    """As a process that ended between storing and stepping leaves it; the row."""
    world.telegram.says(ANN, words)
    polled = world.run(world.telegram.poll({"offset": 0})).body["result"]
    world.run(world.app.polling.bring(polled, step=False))
    return world.db(lambda db: db.scalars(select(Inbox.id).order_by(Inbox.id.desc()).limit(1)).one())


def damage_update(world: World, row: int) -> None:
    change(world, row, table="inbox", body_sealed=b"\x01" + b"?" * 60)


def lose_its_key(world: World, row: int) -> None:
    sealed = Keyring([new_key()]).seal(b"{}", place="inbox.body_sealed", row=row)
    change(world, row, table="inbox", body_sealed=sealed)


def empty_update(world: World, row: int) -> None:
    change(world, row, table="inbox", body_sealed=None)


def make_it_no_update(world: World, row: int) -> None:
    sealed = keyring().seal(b'{"update_id": "x"', place="inbox.body_sealed", row=row)
    change(world, row, table="inbox", body_sealed=sealed)


@pytest.mark.parametrize("spoil", [damage_update, lose_its_key, empty_update, make_it_no_update])
def test_an_update_that_does_not_open_is_set_aside_at_start(
    stage: World, spoil: Callable[[World, int], None]
) -> None:
    row = stored(stage, "hỏng")
    stored(stage, "sau đó")
    spoil(stage, row)
    stage.restart()
    assert stage.db(traces)[-1] == "sau đó"
    assert stage.db(lambda db: db.get_one(Inbox, row).state) == InboxState.FAILED
    first, after = heard(stage, ANN)
    assert "trục trặc" in first
    assert after == "echo sau đó"
    told = " ".join(heard(stage, OPERATOR))
    assert ("có tin nhận về không mở được" in told) == (spoil is not make_it_no_update)


def test_an_update_whose_sender_is_not_known_stops_no_start(stage: World) -> None:
    row = stored(stage, "của ai")
    change(stage, row, table="inbox", address="nobody at all")
    stored(stage, "sau đó")
    stage.restart()
    assert heard(stage, ANN) == ["echo của ai", "echo sau đó"]  # the update itself says who sent it


def test_one_that_was_stored_for_a_channel_that_is_not_used_now_waits(stage: World) -> None:
    other = Received("1", chat_address(ANN), b"{}")
    stage.db(lambda db: accept_inbox(db, [other], now=stage.clock()))
    change(stage, other.id, table="inbox", channel="pigeon", address="pigeon:1")
    stored(stage, "sau đó")
    stage.restart()
    assert heard(stage, ANN) == ["echo sau đó"]


# --- what the operator does -----------------------------------------------------------------------------------------


def say(world: World, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    """At the command line, on the world's database with the world's keys."""
    ring = keyring()
    monkeypatch.setenv("BOT_DATABASE_URL", world.url)
    monkeypatch.setattr("bot.office.open_keys", lambda settings: None)
    try:
        return CliRunner().invoke(app, ["messages", *words])
    finally:
        use_keys(ring)


def test_the_operator_sees_it_puts_the_key_back_and_it_is_sent(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = tell(stage, ANN, "riêng tư")
    whole = stage.db(lambda db: db.get_one(Outbox, row).body_sealed)
    damage(stage, row)
    stage.settle()
    shown = say(stage, monkeypatch, "list").output
    assert f"{row}  01/12/2026 08:00  telegram  test: it does not open" in shown
    assert "riêng tư" not in shown
    assert "Nothing can be done" in say(stage, monkeypatch, "again", str(row)).output
    assert audited(stage) == {"outbox.unreadable": False}
    change(stage, row, body_sealed=whole)
    assert "opens" not in shown
    assert "does now" in say(stage, monkeypatch, "list").output
    assert "1 wait to be sent" in say(stage, monkeypatch, "again", "all").output
    stage.wait(timedelta(minutes=1))
    assert heard(stage, ANN) == ["riêng tư"]
    assert audited(stage) == {}


def audited(world: World) -> dict[str, bool]:
    run = world.db(lambda db: audit(db, world.settings.policies(), {}, now=world.clock()))
    return {finding.check: finding.repaired for finding in run.findings.all}


def test_what_is_given_up_is_asked_for_no_more(stage: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = tell(stage, ANN, "hỏng")
    damage(stage, row)
    stage.settle()
    assert "1 given up" in say(stage, monkeypatch, "drop", str(row)).output
    assert audited(stage) == {}
    assert "Every message" in say(stage, monkeypatch, "list").output
    assert "is no number" in say(stage, monkeypatch, "drop", "x").output


def test_what_may_not_have_arrived_is_sent_once_more_at_the_operators_word(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.telegram.fail("sendMessage", chat_id=ANN, times=2, fault="timeout_before")
    row = tell(stage, ANN, "tin")
    stage.settle()
    stage.wait(timedelta(minutes=1))
    assert "tin" not in heard(stage, ANN)
    assert f"{row}  01/12/2026 08:00  telegram  test: nobody knows" in say(stage, monkeypatch, "list").output
    stage.telegram.fail("sendMessage", chat_id=ANN, fault="timeout_after")
    assert "1 wait to be sent" in say(stage, monkeypatch, "again", str(row)).output
    stage.wait(timedelta(minutes=1))
    assert heard(stage, ANN).count("tin") == 1
    assert stage.db(lambda db: db.get_one(Outbox, row).state) == OutboxState.UNCERTAIN


def test_an_update_that_failed_is_listed_without_its_words(
    stage: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage_update(stage, stored(stage, "0912345678"))
    stage.restart()
    assert "an update: Unreadable at reading.py" in say(stage, monkeypatch, "list").output


def test_the_words_of_what_was_set_aside_stay_until_its_key_is_found(database: Database) -> None:
    def work(db: Session) -> list[str]:
        to = Recipient(chat_address(ANN))
        for name in ("hỏng", "thường"):
            enqueue(db, to, Message(raw(name)), key=name, lane=Lane.ALERT, now=START)
        why = {"hỏng": "unreadable", "thường": "blocked"}
        for row in db.scalars(select(Outbox)):
            row.state, row.error = OutboxState.FAILED, why[row.key]
        db.flush()
        forget_outbox(db, OutboxPolicy(), now=START + timedelta(days=3))
        db.expire_all()
        return [row.key for row in db.scalars(select(Outbox)) if row.body_sealed]

    assert database.run(work) == ["hỏng"]
