"""Any JSON is an update that can be read, or one that is set aside: nothing else is raised, and no lane ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address, number_of
from bot.telegram.reading import Unreadable, lane_of, load_update, query_of, read_update, sent_at
from handlers.ground.context import Incoming, Kind
from models.delivery.inbox import Inbox, InboxState, Received, accept_inbox
from models.ground.channel import Address
from tests.bot.hostile import HOSTILE_BODIES
from tests.bot.steps import traces
from tests.bot.test_inbox import ANN, BEN, answers, opened

NOW = datetime(2026, 12, 1, tzinfo=UTC)
_LEAF = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8)
_ANY = st.recursive(
    _LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)


def _maybe(shape: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly as the Bot API describes it, sometimes anything."""
    return st.one_of(shape, shape, shape, _ANY)


def _object(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return _maybe(st.fixed_dictionaries({}, optional={name: _maybe(shape) for name, shape in fields.items()}))


_CHAT = _object(id=st.integers(-(2**53), 2**53), type=st.sampled_from(["private", "group", "channel"]))
_PERSON = _object(id=st.integers(1, 2**53), language_code=st.sampled_from(["vi", "en"]))
_FILE = _object(
    file_id=st.text(max_size=5),
    file_unique_id=st.text(max_size=5),
    file_size=st.integers(0, 2**40),
    file_name=st.text(),
)
_MESSAGE = _object(
    message_id=st.integers(1, 2**40),
    chat=_CHAT,
    **{"from": _PERSON},
    date=st.integers(0, 2**33),
    edit_date=st.integers(0, 2**33),
    text=st.text() | st.sampled_from(["/start", "/start@other x", "/", "//", "/ x"]),
    caption=st.text(),
    contact=_object(phone_number=st.text(), user_id=st.integers()),
    photo=st.lists(_FILE, max_size=2),
    document=_FILE,
    voice=_FILE,
    has_protected_content=st.booleans(),
)
_UPDATE = st.fixed_dictionaries(
    {"update_id": st.integers(0, 2**40)},
    optional={
        "message": _MESSAGE,
        "edited_message": _MESSAGE,
        "callback_query": _object(
            id=st.text(), **{"from": _PERSON}, message=_MESSAGE, data=st.text(max_size=64)
        ),
        "my_chat_member": _object(
            chat=_CHAT, **{"from": _PERSON}, new_chat_member=_object(status=st.text(max_size=6))
        ),
        "poll": _ANY,
        "inline_query": _ANY,
    },
)


@given(_UPDATE)
def test_whatever_is_shaped_like_an_update_is_read_or_unreadable(update: Any) -> None:
    assert -(2**63) <= number_of(lane_of(update)) < 2**63
    assert sent_at(update, now=NOW) <= NOW
    assert isinstance(query_of(update), str)
    try:
        incoming = read_update(update)
    except Unreadable:
        return
    _is_sound(incoming)


def _is_sound(incoming: Incoming) -> None:
    words = [incoming.text, incoming.command, incoming.data, incoming.language]
    words += [incoming.contact.phone] if incoming.contact else []
    words += [incoming.file.name, incoming.file.channel_id] if incoming.file else []
    for text in words:
        assert "\x00" not in text
        text.encode()
    assert isinstance(incoming.kind, Kind)
    assert incoming.file is None or incoming.file.size >= 0


@given(_ANY)
def test_the_lane_of_anything_is_an_address(update: Any) -> None:
    assert isinstance(lane_of(update), Address)


@given(st.binary(max_size=200) | _ANY.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_an_update_or_unreadable(body: bytes) -> None:
    try:
        found = load_update(body)
    except Unreadable:
        return
    assert 0 <= found["update_id"] < 2**63


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=range(len(HOSTILE_BODIES)))
def test_what_is_no_update_is_unreadable_and_nothing_worse(body: bytes) -> None:
    with pytest.raises(Unreadable):
        load_update(body)


def test_lone_surrogates_and_a_megabyte_of_text_are_read() -> None:
    chat = {"id": 7, "type": "private"}
    for text in ("\ud800x", "x" * 1_000_000):
        body = json.dumps({"update_id": 1, "message": {"message_id": 1, "chat": chat, "text": text}}).encode()
        assert read_update(load_update(body)).text == text.replace("\ud800", "")


def test_an_update_that_cannot_be_read_is_set_aside_and_its_chat_goes_on(database_url: str) -> None:
    with opened(database_url) as world:
        chat = {"id": ANN, "type": "private"}
        hostile = [
            {"chat": chat, "message_id": "x", "text": "a"},
            {"chat": chat, "message_id": 1, "text": {"a": 1}},
            {"chat": chat, "message_id": 1, "photo": [[]]},
            {"chat": chat, "message_id": 1, "document": {"file_id": 3}},
            {"chat": chat, "message_id": 1, "text": float("nan")},
        ]
        bodies = [{"update_id": 10_000 + n, "message": message} for n, message in enumerate(hostile)]
        world.run(world.app.polling.bring([*bodies, {"update_id": 10_100, "message": [], "x": 2**70}]))
        world.telegram.says(ANN, "tiếp")
        world.telegram.says(BEN, "tôi")
        world.settle()
        assert sorted(world.db(traces)) == ["tiếp", "tôi"]
        failed = world.db(lambda db: list(db.scalars(select(Inbox).where(Inbox.state == InboxState.FAILED))))
        assert len(failed) == len(hostile) + 1
        assert {(row.error or "").split(" at ")[0] for row in failed} == {"Unreadable"}
        assert answers(world, ANN)[-1] == "echo tiếp"
        assert len([words for words in answers(world, ANN) if "trục trặc" in words]) == len(hostile)


def test_a_stored_update_that_does_not_open_is_set_aside_at_the_start(database_url: str) -> None:
    with opened(database_url) as world:
        world.telegram.users[ANN].started = True

        def leave(db: Session) -> None:
            whole = {"message": {"message_id": 1, "chat": {"id": ANN, "type": "private"}, "text": "sót"}}
            accept_inbox(
                db,
                [
                    Received(str(1), chat_address(ANN), b"{"),
                    Received(str(2), chat_address(ANN), b"[" * 100_000),
                    Received(str(3), chat_address(ANN), b'{"update_id": 3}'),
                    Received(str(4), chat_address(ANN), json.dumps({"update_id": 4, **whole}).encode()),
                ],
                now=world.clock(),
            )
            db.execute(update(Inbox).where(Inbox.external_id == "3").values(body_sealed=b"not sealed by us"))

        world.db(leave)
        world.restart()
        assert world.db(traces) == ["sót"]
        states = world.db(lambda db: [row.state for row in db.scalars(select(Inbox).order_by(Inbox.id))])
        assert states == [InboxState.FAILED] * 3 + [InboxState.DONE]
        assert answers(world, ANN)[-1] == "echo sót"
