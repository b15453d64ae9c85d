"""A piece of work asks nothing twice, and sees all that it, or whoever held a row before it, has written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import bindparam, event, func, select, text, update
from sqlalchemy.orm import Session

from models.ground.base import lock, locked
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.names import fold
from models.ground.session import AskingOnce
from models.people.unit import Unit, UnitKind
from tests.memory import empty_engine

_NAMED = select(Unit).where(Unit.name == bindparam("this"))


@contextmanager
def asked(db: Session) -> Iterator[list[str]]:
    found: list[str] = []
    engine = db.get_bind()

    def note(*told: Any) -> None:
        if told[2].startswith("SELECT"):
            found.append(told[2])

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def a_unit(db: Session, name: str) -> Unit:
    unit = Unit(kind=UnitKind.CELL, name=name, folded=fold(name), parent_id=None, created_at=system_clock())
    db.add(unit)
    return unit


def names(db: Session) -> list[str]:
    return list(db.scalars(select(Unit.name).order_by(Unit.name)))


def test_the_same_question_is_put_once_and_another_is_another(database: Database) -> None:
    def work(db: Session) -> None:
        a_unit(db, "Một")
        db.flush()
        with asked(db) as questions:
            first = db.scalars(_NAMED, {"this": "Một"}).one()
            assert db.scalars(_NAMED, {"this": "Một"}).one() is first
            assert db.scalars(_NAMED, {"this": "Hai"}).first() is None
            assert db.scalars(select(Unit).where(Unit.name.in_(["Một"]))).all() == [first]
            assert db.scalars(select(Unit).where(Unit.name.in_(["Một"]))).all() == [first]
            assert db.scalars(select(Unit).where(Unit.name.in_(["Hai"]))).all() == []
        assert len(questions) == 4

    database.run(work)


@pytest.mark.parametrize("how", ["row", "update", "words", "connection", "deletion"])
def test_what_this_work_writes_it_reads(database: Database, how: str) -> None:
    def work(db: Session) -> None:
        unit = a_unit(db, "Một")
        assert names(db) == ["Một"]
        if how == "row":
            unit.name = "Hai"
        elif how == "update":
            db.execute(update(Unit).values(name="Hai"))
        elif how == "words":
            db.execute(text("UPDATE unit SET name = 'Hai'"))
        elif how == "connection":
            db.connection().execute(update(Unit).values(name="Hai"))
        else:
            db.delete(unit)
        assert names(db) == ([] if how == "deletion" else ["Hai"])

    database.run(work)


def test_after_a_lock_rows_are_read_as_they_are_now(postgres_url: str) -> None:
    """SQLite has one writer: there nobody writes meanwhile."""
    database = Database(postgres_url)
    database.run(lambda db: a_unit(db, "Một"))

    def work(db: Session) -> None:
        unit = db.scalars(select(Unit)).one()
        assert names(db) == ["Một"]
        database.run(lambda other: other.execute(update(Unit).values(name="Hai")))
        assert names(db) == ["Một"]  # as it was read
        lock(db, unit)
        assert names(db) == ["Hai"]
        database.run(lambda other: a_unit(other, "Ba"))
        assert len(locked(db, select(Unit))) == 2
        assert names(db) == ["Ba", "Hai"]

    database.run(work)
    database.close()


@given(st.lists(st.sampled_from(["ask", "count", "one", "add", "rename", "drop", "flush"]), max_size=25))
def test_it_answers_as_a_session_does_that_asks_each_time(steps: list[str]) -> None:
    engine = empty_engine()
    with AskingOnce(engine) as mine, Session(empty_engine()) as plain:
        for number, step in enumerate(steps):
            assert _does(mine, step, number) == _does(plain, step, number)


def _does(db: Session, step: str, number: int) -> object:
    units = db.scalars(select(Unit).order_by(Unit.name)).all()
    match step:
        case "ask":
            return [one.name for one in units]
        case "count":
            return db.scalar(select(func.count(Unit.id)))
        case "one":
            found = db.scalars(_NAMED, {"this": "Chi bộ 1"}).first()
            return found and found.name
        case "add":
            return a_unit(db, f"Chi bộ {number}").name
        case "rename" if units:
            units[0].name = f"Chi bộ mới {number}"
        case "drop" if units:
            db.delete(units[-1])
        case _:
            db.flush()
    return names(db)
