"""Many rows in one statement arrive as they were given, on either database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import delete, select
from sqlalchemy.exc import StatementError

from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin
from models.delivery.outbox import Outbox
from models.ground.base import table_of
from models.ground.bulk import bulk_insert, bulk_update
from models.ground.sealing import new_id
from tests.fakes import World
from tests.people import DAN, a_cell, settle_in
from tests.sizes import sized

AT = datetime(2026, 12, 1, 12, 0, 0, 123456, tzinfo=UTC)
OUTBOX = table_of(Outbox)


def a_row(key: str, **values: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "key": key,
        "channel": "telegram",
        "address": chat_address(-(2**52)),
        "about": None,
        "lane": 2,
        "method": "text",
        "state": "pending",
        "not_before": AT,
        "zone": "Asia/Tokyo",
        "not_after": None,
        "again": True,
        "attempts": 0,
        "tries": 0,
        "created_at": AT,
        "error": None,
        "body_sealed": bytes(range(256)),
        "file_sealed": None,
    } | values


def stored(world: World, *names: str) -> list[dict[str, Any]]:
    columns = [OUTBOX.c[name] for name in names]
    found = select(*columns).order_by(OUTBOX.c.id)
    return world.db(lambda db: [dict(row) for row in db.connection().execute(found).mappings()])


def test_every_kind_of_value_comes_back_as_it_went(world: World) -> None:
    rows = [
        a_row("a"),
        a_row("b", about="x:1", again=False, not_after=AT + timedelta(days=9), file_sealed=b""),
    ]
    assert world.db(lambda db: bulk_insert(db.connection(), OUTBOX, rows)) == 2
    assert stored(world, *rows[0]) == rows


def test_what_was_said_before_is_not_said_again_and_not_counted(world: World) -> None:
    world.db(lambda db: bulk_insert(db.connection(), OUTBOX, [a_row("a", error="first")]))
    again = [a_row("a", error="second"), a_row("b"), a_row("b")]
    assert world.db(lambda db: bulk_insert(db.connection(), OUTBOX, again, once=("key",))) == 1
    assert [(row["key"], row["error"]) for row in stored(world, "key", "error")] == [
        ("a", "first"),
        ("b", None),
    ]


def test_only_what_is_named_changes_and_only_where_the_row_still_is(world: World) -> None:
    one, other = a_row("a"), a_row("b")
    world.db(lambda db: bulk_insert(db.connection(), OUTBOX, [one, other]))
    changes = [
        {"id": one["id"], "sent_at": AT, "error": None, "body_sealed": b"\x00new"},
        {"id": new_id(), "sent_at": AT, "error": "nobody", "body_sealed": None},
    ]
    assert world.db(lambda db: bulk_update(db.connection(), OUTBOX, changes)) == 1
    assert stored(world, "key", "sent_at", "body_sealed", "zone") == [
        {"key": "a", "sent_at": AT, "body_sealed": b"\x00new", "zone": "Asia/Tokyo"},
        {"key": "b", "sent_at": None, "body_sealed": other["body_sealed"], "zone": "Asia/Tokyo"},
    ]


def test_another_clocks_moment_is_the_same_moment_and_a_naive_one_is_refused(world: World) -> None:
    there = AT.astimezone(timezone(timedelta(hours=9)))
    world.db(lambda db: bulk_insert(db.connection(), OUTBOX, [a_row("a", not_before=there)]))
    assert stored(world, "not_before") == [{"not_before": AT}]
    naive = [a_row("b", not_before=AT.replace(tzinfo=None))]
    with pytest.raises((ValueError, StatementError), match="naive"):
        world.db(lambda db: bulk_insert(db.connection(), OUTBOX, naive))
    assert len(stored(world, "id")) == 1


def test_a_date_stays_a_date(world: World) -> None:
    settle_in(world, a_cell(world), DAN)
    planned = world.db(lambda db: db.scalars(select(Checkin)).one())
    change = [{"id": planned.id, "period": date(2031, 2, 1)}]
    world.db(lambda db: bulk_update(db.connection(), table_of(Checkin), change))
    assert world.db(lambda db: db.get_one(Checkin, planned.id)).period == date(2031, 2, 1)


@settings(
    max_examples=sized(15, 60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    sealed=st.binary(max_size=60),
)
def test_no_word_and_no_byte_is_lost_on_the_way(world: World, words: str, sealed: bytes) -> None:
    row = a_row("a", error=words, body_sealed=sealed)
    world.db(lambda db: bulk_insert(db.connection(), OUTBOX, [row]))
    assert stored(world, "error", "body_sealed") == [{"error": words, "body_sealed": sealed}]
    world.db(lambda db: db.execute(delete(Outbox)))
