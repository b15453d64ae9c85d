"""A sheaf does with many rows what a session does with one, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.contact.checkin.rows import CheckinMove
from models.ground.sheaf import Sheaf, put
from models.people.unit import Unit
from tests.fakes import World
from tests.people import ALICE, DAN, Cell, a_cell, settle_in

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def cell(world: World) -> Cell:
    cell = a_cell(world)
    settle_in(world, cell, DAN, ALICE)
    return cell


def all_of(db: Session) -> list[Checkin]:
    return list(db.scalars(select(Checkin).order_by(Checkin.id)))


def test_what_is_changed_is_written_and_nothing_else(world: World, cell: Cell) -> None:
    def change(db: Session) -> tuple[list[datetime], int]:
        sheaf = Sheaf(db)
        first, *others = sheaf.read(Checkin, order_by=(Checkin.id,), lock=True)
        first.due_at += timedelta(hours=1)
        sheaf.write()
        return [first.due_at, *(other.due_at for other in others)], first.id

    dues, id = world.db(change)
    found = world.db(all_of)
    assert [checkin.due_at for checkin in found] == dues
    assert found[0].id == id


def test_one_row_is_one_stand_in_however_often_it_is_read(world: World, cell: Cell) -> None:
    def read_twice(db: Session) -> bool:
        sheaf = Sheaf(db)
        return all(one is again for one, again in zip(sheaf.read(Checkin), sheaf.read(Checkin), strict=True))

    assert world.db(read_twice)


def test_a_sealed_text_is_read_and_written_through_a_stand_in(world: World, cell: Cell) -> None:
    def write(db: Session) -> str | None:
        sheaf = Sheaf(db)
        one = sheaf.read(Checkin, order_by=(Checkin.id,))[0]
        before = one.question
        one.question = "Đồng chí có khỏe không?"
        sheaf.write()
        return before

    assert world.db(write) is None
    first = world.db(all_of)[0]
    assert world.db(lambda db: db.get_one(Checkin, first.id).question) == "Đồng chí có khỏe không?"


def test_new_rows_get_ids_and_the_defaults_of_their_table(world: World, cell: Cell) -> None:
    def add(db: Session) -> int:
        sheaf = Sheaf(db)
        old = sheaf.read(Checkin, order_by=(Checkin.id,))[0]
        moved = put(sheaf, CheckinMove, checkin_id=old.id, before="open", after="late", at=NOW, by_id=None)
        new = put(sheaf, Checkin, member_id=old.member_id, cell_id=old.cell_id, kind="adhoc", zone=old.zone)
        new.state, new.period = CheckinState.OPEN.value, old.period
        new.opens_at = new.due_at = new.late_at = new.closes_at = NOW
        sheaf.write()
        assert db.get_one(CheckinMove, moved.id).after == "late"
        return new.id

    new = world.db(add)
    row = world.db(lambda db: db.get_one(Checkin, new))
    assert (row.nudges, row.next_at, row.opens_at) == (0, None, NOW)


def test_the_same_act_puts_a_row_into_a_session(world: World, cell: Cell) -> None:
    def add(db: Session) -> int:
        made = put(db, CheckinMove, checkin_id=1, before="open", after="late", at=NOW, by_id=None)
        db.expunge(made)
        return made.id

    assert world.db(add) > 0


def test_what_is_deleted_is_gone_and_not_written_back(world: World, cell: Cell) -> None:
    def delete(db: Session) -> int:
        sheaf = Sheaf(db)
        one = sheaf.read(Checkin, order_by=(Checkin.id,))[0]
        one.nudges = 9
        sheaf.delete(one)
        sheaf.write()
        return one.id

    gone = world.db(delete)
    assert gone not in [checkin.id for checkin in world.db(all_of)]


def test_a_stand_in_has_the_columns_and_nothing_more(world: World, cell: Cell) -> None:
    def misspell(db: Session) -> None:
        one = Sheaf(db).read(Unit)[0]
        with pytest.raises(AttributeError):
            one.colour = "red"  # type: ignore[attr-defined]

    world.db(misspell)
