"""The trail: only added to, linked, and every way of tampering with it is found and named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, new_key, use_keys
from models.people.member import add_member, looks, record_look
from models.people.policy import TrailPolicy
from models.people.trail import (
    ATTEST,
    DROP,
    ChainLink,
    Harm,
    Look,
    TamperedTrail,
    Trail,
    TrailFinding,
    attest_trail,
    drop_old_trail,
    last_link,
    link_trail,
    record_act,
    verify_trail,
)
from models.people.unit import UnitKind, create_unit

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
POLICY = TrailPolicy()


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    """Two of a cell."""

    def work(db: Session) -> tuple[int, int]:
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=None, now=NOW)
        first, second = (add_member(db, cell_id=cell.id, full_name=n, now=NOW) for n in ("Bình", "An"))
        return first.id, second.id

    return database.run(work)


@pytest.fixture
def chain(database: Database, people: tuple[int, int]) -> int:
    """Ten rows, linked: the unit's own, and nine more; how many they are."""
    return write_nine(database, *people)


def write_nine(database: Database, bob: int, alice: int) -> int:
    def work(db: Session) -> int:
        for day in range(9):
            now = NOW + timedelta(days=day)
            record_act(db, f"roster.act_{day}", by_id=bob, member_id=alice, now=now)
        link_trail(db, POLICY)
        last = last_link(db)
        assert last is not None
        return last.seq

    return database.run(work)


def found(database: Database, anchor: ChainLink | None = None) -> list[TrailFinding]:
    with database.reading() as db:
        return list(verify_trail(db, anchor))


def harms(database: Database, anchor: ChainLink | None = None) -> set[tuple[Harm, int | None]]:
    return {(one.harm, one.seq) for one in found(database, anchor) if one.harm is not Harm.UNGUARDED}


def tamper(database: Database, *statements: str) -> None:
    """As somebody who holds the database, and takes the guards away first."""
    with database.engine.execution_options(writes=True).begin() as connection:
        for name in ("trail_is_not_changed", "trail_is_not_deleted"):
            on = "" if database.is_sqlite else " ON trail"
            connection.execute(text(f"DROP TRIGGER {name}{on}"))
        for statement in statements:
            connection.execute(text(statement))


def test_what_the_program_wrote_is_found_well(database: Database, chain: int) -> None:
    assert found(database) == []


def test_an_act_names_actor_person_and_cell(database: Database, people: tuple[int, int]) -> None:
    bob, alice = people
    database.run(lambda db: record_act(db, "roster.phone", by_id=bob, member_id=alice, now=NOW))
    row = database.run(lambda db: db.scalars(select(Trail).where(Trail.act == "roster.phone")).one())
    assert (row.by_id, row.member_id, row.at) == (bob, alice, NOW)
    assert row.unit_id is not None


def test_a_look_is_a_row_of_the_same_chain(database: Database, people: tuple[int, int]) -> None:
    bob, alice = people

    def work(db: Session) -> list[tuple[str, str]]:
        record_look(db, reader_id=bob, member_id=alice, what="member.phone", now=NOW)
        record_look(db, reader_id=alice, member_id=alice, what="member.phone", now=NOW)
        link_trail(db, POLICY)
        return [(look.what, name) for look, name in looks(db, alice)]

    assert database.run(work) == [("member.phone", "Bình")]
    assert database.run(lambda db: {one.seq for one in db.scalars(select(Look))}) != {None}
    assert found(database) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET by_id = NULL",
        "UPDATE trail SET seq = 77 WHERE seq = 3",
        "UPDATE trail SET seq = NULL, hash = NULL WHERE seq = 3",
        "DELETE FROM trail",
        "DELETE FROM trail WHERE seq = 9",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(
    database: Database, chain: int, statement: str
) -> None:
    with (
        pytest.raises(DBAPIError, match="trail_is_not"),
        database.engine.execution_options(writes=True).begin() as connection,
    ):
        connection.execute(text(statement))
    assert found(database) == []


def test_postgres_refuses_to_empty_the_trail(database: Database, chain: int) -> None:
    if database.is_sqlite:  # it has no TRUNCATE
        return
    with pytest.raises(DBAPIError, match="trail_is_not_emptied"), database.engine.begin() as connection:
        connection.execute(text("TRUNCATE trail"))


TAMPERINGS: list[tuple[str, list[str], set[tuple[Harm, int | None]]]] = [
    ("who did it", ["UPDATE trail SET by_id = NULL WHERE seq = 4"], {(Harm.CHANGED, 4)}),
    ("what was done", ["UPDATE trail SET act = 'roster.x' WHERE seq = 2"], {(Harm.CHANGED, 2)}),
    (
        "when",
        ["UPDATE trail SET at = (SELECT at FROM trail WHERE seq = 1) WHERE seq = 5"],
        {(Harm.CHANGED, 5)},
    ),
    ("its seal as well", ["UPDATE trail SET act = 'x.y', seal = hash WHERE seq = 4"], {(Harm.CHANGED, 4)}),
    ("a row in the middle", ["DELETE FROM trail WHERE seq = 4"], {(Harm.REMOVED, 4)}),
    ("rows at the front", ["DELETE FROM trail WHERE seq <= 2"], {(Harm.REMOVED, 1)}),
    (
        "the order",
        [
            "UPDATE trail SET seq = 99 WHERE seq = 3",
            "UPDATE trail SET seq = 3 WHERE seq = 4",
            "UPDATE trail SET seq = 4 WHERE seq = 99",
        ],
        {(Harm.MOVED, 3), (Harm.MOVED, 4)},
    ),
    (
        "a gap that is closed",
        ["DELETE FROM trail WHERE seq = 9", "UPDATE trail SET seq = 9 WHERE seq = 10"],
        {(Harm.CHANGED, 9)},
    ),
    (
        "a row between",
        [
            "UPDATE trail SET seq = 11 WHERE seq = 10",
            "INSERT INTO trail (id, at, kind, act, detail, seq, hash, seal)"
            " SELECT 5, at, kind, 'x.y', '', 10, hash, seal FROM trail WHERE seq = 9",
        ],
        {(Harm.CHANGED, 10), (Harm.MOVED, 11)},
    ),
    (
        "a row that waits",
        [
            "INSERT INTO trail (id, at, kind, act, detail) SELECT 5, at, kind, 'x.y', '' FROM trail WHERE seq = 1"
        ],
        {(Harm.INSERTED, None)},
    ),
    (
        "a row twice",
        [
            "INSERT INTO trail (id, at, kind, by_id, act, member_id, unit_id, detail, seal)"
            " SELECT 5, at, kind, by_id, act, member_id, unit_id, detail, seal FROM trail WHERE seq = 1"
        ],
        {(Harm.INSERTED, None)},
    ),
    (
        "a drop that never was",
        [
            "INSERT INTO trail (id, at, kind, act, detail) SELECT 5, at, kind, 'trail.drop', '3:' || hash"
            " FROM trail WHERE seq = 3",
            "DELETE FROM trail WHERE seq <= 3",
        ],
        {(Harm.REMOVED, 1), (Harm.INSERTED, None)},
    ),
]


@pytest.mark.parametrize(("what", "statements", "named"), TAMPERINGS, ids=[one[0] for one in TAMPERINGS])
def test_tampering_is_found_and_named(
    database: Database, chain: int, what: str, statements: list[str], named: set[tuple[Harm, int | None]]
) -> None:
    tamper(database, *statements)
    assert harms(database) == named
    assert Harm.UNGUARDED in {one.harm for one in found(database)}


def test_a_cut_tail_is_known_by_the_anchor_outside(database: Database, chain: int) -> None:
    anchor = database.run(last_link)
    tamper(database, "DELETE FROM trail WHERE seq > 6")
    assert harms(database) == set()
    assert harms(database, anchor) == {(Harm.CUT, 7)}


def test_another_chain_in_its_place_is_known_by_the_anchor(database: Database, chain: int) -> None:
    anchor = ChainLink(chain, "0" * 64)
    assert harms(database, anchor) == {(Harm.REPLACED, chain)}
    assert harms(database, database.run(last_link)) == set()


def test_what_was_written_past_the_program_is_never_linked(database: Database, chain: int) -> None:
    tamper(
        database,
        "INSERT INTO trail (id, at, kind, act, detail) SELECT 5, at, kind, 'x.y', '' FROM trail WHERE seq = 1",
    )
    assert database.run(lambda db: link_trail(db, POLICY)) == 0
    assert harms(database) == {(Harm.INSERTED, None)}


def test_looks_from_before_the_trail_are_taken_in_once(database: Database, people: tuple[int, int]) -> None:
    bob, alice = people

    def write(number: int) -> None:
        words = f"VALUES ({number}, '2026-11-01 00:00:00.000000', 'look', {bob}, 'member.phone', {alice}, '')"
        columns = "(id, at, kind, by_id, act, member_id, detail)"
        database.run(lambda db: db.execute(text(f"INSERT INTO trail {columns} {words}")))

    write(5)
    assert found(database) == []
    assert database.run(lambda db: link_trail(db, POLICY)) > 0
    assert found(database) == []
    write(6)
    assert {one.row for one in found(database)} == {6}


def test_what_is_over_its_term_goes_from_the_front_and_the_rest_still_holds(
    database: Database, chain: int
) -> None:
    later = NOW.replace(year=2031) + timedelta(days=4)
    assert database.run(lambda db: drop_old_trail(db, POLICY, now=later)) is False
    assert found(database) == []
    database.run(lambda db: link_trail(db, POLICY))
    assert found(database) == []
    kept = database.run(lambda db: [row.act for row in db.scalars(select(Trail).order_by(Trail.seq))])
    assert kept[-1] == DROP
    assert "roster.act_3" not in kept
    assert "roster.act_4" in kept
    tamper(database, "DELETE FROM trail WHERE seq = 7")
    assert harms(database) == {(Harm.REMOVED, 7)}


def test_a_whole_chain_that_is_over_its_term_goes_on_where_it_ended(database: Database, chain: int) -> None:
    later = NOW.replace(year=2040)
    database.run(lambda db: drop_old_trail(db, POLICY, now=later))
    database.run(lambda db: link_trail(db, POLICY))
    last = database.run(last_link)
    assert last is not None
    assert last.seq == chain + 1
    assert found(database) == []


@pytest.fixture
def old() -> Iterator[str]:
    """A key of its own, before anybody is there; the keys of the other tests come back."""
    kept, key = keyring(), new_key()
    use_keys(Keyring([key]))
    yield key
    use_keys(kept)


def test_the_trail_outlives_the_key_it_was_sealed_with(
    old: str, database: Database, people: tuple[int, int]
) -> None:
    new = new_key()
    write_nine(database, *people)
    use_keys(Keyring([new]))
    assert Harm.UNKNOWN_KEY in {harm for harm, _ in harms(database)}
    with pytest.raises(TamperedTrail):
        database.run(lambda db: attest_trail(db, POLICY, now=NOW))
    use_keys(Keyring([new, old]))
    database.run(lambda db: attest_trail(db, POLICY, now=NOW))
    use_keys(Keyring([new]))
    assert harms(database) == set()
    assert ATTEST in database.run(lambda db: list(db.scalars(select(Trail.act))))
    tamper(database, "UPDATE trail SET act = 'x.y' WHERE seq = 4")
    assert harms(database) == {(Harm.CHANGED, 4)}
