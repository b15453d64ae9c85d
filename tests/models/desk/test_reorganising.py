"""Units change: nothing is lost, nothing doubled, no right gained; and within a day all can be put back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from models.desk.policy import UnitsPolicy
from models.desk.reorganising import PLACES, Goes, OfficesGo, merge_units, undo_change
from models.ground.base import Base
from models.ground.db import Database
from models.people.member import Member, add_member
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from models.people.unit_change import Decision
from tests.rows import EveryTable

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
PAPER = Decision("05-QĐ/ĐU", date(2026, 12, 1))
TABLES = Base.metadata.tables
# what is only ever added to, or is about messages: no undo takes a word back
_ONE_OF_A_CELL = {"roster_left", "standing_meeting"}  # where the other cell has one, the own one stays
_GROWS = {"trail", "outbox", "unit_change", "conversation", "appointment"}


def test_every_column_that_names_a_unit_says_what_becomes_of_it() -> None:
    named = {"unit_id", "cell_id", "parent_id"}
    there = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.name in named or any(key.column.table.name == "unit" for key in column.foreign_keys)
    }
    assert there == set(PLACES), "say in models/desk/reorganising/places.py what becomes of it"


def _commune(db: Session) -> tuple[Unit, Unit, Member]:
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Mẫu", parent=None, now=NOW)
    cells = [
        create_unit(db, kind=UnitKind.CELL, name=name, parent=commune, now=NOW)
        for name in ("Chi bộ thôn Đông", "Chi bộ thôn Tây")
    ]
    officer = add_member(db, cell_id=None, full_name="Vũ Thị Mai", now=NOW)
    appoint(db, member_id=officer.id, unit_id=commune.id, role=Role.OFFICER, by_id=None, now=NOW)
    return cells[0], cells[1], officer


def _fill(db: Session, cell: Unit, chat: int) -> EveryTable:
    """A row in every table about two people of the cell."""
    about, by = (
        add_member(db, cell_id=cell.id, full_name=name, now=NOW) for name in ("Lê Văn Dũng", "Trần Bình")
    )
    every = EveryTable(about=about.id, by=by.id, chat=chat, words="Riêng")
    every.fill(db, unit=cell.id, member=about.id)
    db.execute(
        update(TABLES["appointment"])
        .where(TABLES["appointment"].c.role == "open")
        .values(role="deputy", ends_at=None)
    )
    for table, column in _rows_of_units():
        db.execute(update(table).where(table.c[column] == 0).values({column: cell.id}))
    for name, column in (
        ("roll_call_person", "cell_id"),
        ("roll_call_board", "cell_id"),
        ("request", "unit_id"),
    ):
        table = TABLES[name]  # no foreign key: an id of its own
        db.execute(update(table).where(table.c.id == every.keys[name]).values({column: cell.id}))
    return every


def _rows_of_units() -> Iterator[tuple[Any, str]]:
    for said in PLACES:
        name, _, column = said.partition(".")
        yield TABLES[name], column


def _snapshot(db: Session) -> dict[str, set[tuple[Any, ...]]]:
    db.flush()
    stored = {name: db.execute(text(f'SELECT * FROM "{name}"')) for name in TABLES}  # noqa: S608 - our own names
    return {name: {tuple(row) for row in rows} for name, rows in stored.items()}


def _counts(db: Session) -> dict[str, int]:
    return {name: db.scalar(select(func.count()).select_from(table)) or 0 for name, table in TABLES.items()}


@pytest.mark.parametrize("offices", list(OfficesGo))
def test_a_merge_moves_everything_and_undone_after_23_hours_every_row_is_as_it_was(
    database: Database, offices: OfficesGo
) -> None:
    with Session(database.engine) as db:
        east, west, officer = _commune(db)
        _fill(db, east, 40)
        _fill(db, west, 50)
        head = add_member(db, cell_id=west.id, full_name="Hoàng Thị Én", now=NOW)
        appoint(db, member_id=head.id, unit_id=west.id, role=Role.SECRETARY, by_id=None, now=NOW)
        before, counts = _snapshot(db), _counts(db)
        change = merge_units(db, west, east, PAPER, offices, by_id=officer.id, now=NOW)
        for said, goes in PLACES.items():
            table, column = TABLES[said.partition(".")[0]], said.partition(".")[2]
            left = db.scalar(select(func.count()).select_from(table).where(table.c[column] == west.id))
            assert not left or goes is Goes.STAYS or table.name in _ONE_OF_A_CELL, said
        assert {name: count for name, count in _counts(db).items() if name not in _GROWS} == {
            name: count for name, count in counts.items() if name not in _GROWS
        }
        later = NOW + timedelta(hours=23)
        assert undo_change(db, change, UnitsPolicy(), by_id=officer.id, now=later)
        assert not undo_change(db, change, UnitsPolicy(), by_id=officer.id, now=later)
        after = _snapshot(db)
        for name in TABLES:
            lost = before[name] - after[name]
            assert not lost or name == "conversation", name
            assert before[name] == after[name] or name in _GROWS, name
