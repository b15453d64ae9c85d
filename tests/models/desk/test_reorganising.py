"""Units change: nothing is lost, nothing doubled, no right gained; and within a day all can be put back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.contact.request import HelpRequest
from models.desk.policy import UnitsPolicy
from models.desk.reorganising import (
    PLACES,
    Goes,
    OfficesGo,
    close_unit,
    left_behind,
    merge_units,
    undo_change,
)
from models.desk.roster import Column as RosterColumn, keep_left, left_of
from models.desk.roster.rows import FaultKind, Left, RosterFault
from models.ground.base import Base
from models.ground.db import Database
from models.people.member import Member, add_member
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from models.people.unit_change import Decision
from models.policies import Policies
from models.trust.audit import audit
from tests.rows import EveryTable

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
PAPER = Decision("05-QĐ/ĐU", date(2026, 12, 1))
TABLES = Base.metadata.tables
# what is only ever added to, or is about messages: no undo takes a word back
_ONE_OF_A_CELL = {"standing_meeting"}  # where the other cell has one, the own one stays
_GROWS = {"cell_touched", "trail", "outbox", "unit_change", "conversation", "appointment"}


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


# --- what comes late --------------------------------------------------------------------------------------------------


def test_every_place_whose_rows_go_along_refuses_a_closed_unit(postgres_url: str) -> None:
    asked = text(
        "SELECT event_object_table || '.' || replace(trigger_name, 'refuse_closed_', '')"
        " FROM information_schema.triggers WHERE trigger_name LIKE 'refuse_closed_%'"
    )
    database = Database(postgres_url)
    guarded = database.run(lambda db: set(db.scalars(asked)))
    database.close()
    goes = {said for said, fate in PLACES.items() if fate is not Goes.STAYS}
    assert guarded == goes | {"appointment.unit_id"}, "models/migrations/closed_units.py: refuse_closed_units"


def _asks(db: Session, member_id: int, cell_id: int) -> None:
    db.add(HelpRequest(member_id=member_id, cell_id=cell_id, state="open", opened_at=NOW, next_at=NOW))
    db.flush()


class Race:
    """Somebody of the cell Tây asks for help while it is merged into Đông; `step` may be held up between reading and writing."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.read, self.write = threading.Event(), threading.Event()
        self.tries: list[int] = []
        self.east, self.west, self.officer, self.who = database.run(self._made)

    @staticmethod
    def _made(db: Session) -> tuple[int, int, int, int]:
        east, west, officer = _commune(db)
        return east.id, west.id, officer.id, add_member(db, cell_id=west.id, full_name="Lê Dũng", now=NOW).id

    def step(self, db: Session) -> None:
        cell_id = db.scalar(select(Member.cell_id).where(Member.id == self.who)) or 0
        self.tries.append(cell_id)
        self.read.set()
        assert self.write.wait(10)
        _asks(db, self.who, cell_id)

    def merge(self, db: Session) -> None:
        west, east = db.get_one(Unit, self.west), db.get_one(Unit, self.east)
        merge_units(db, west, east, PAPER, OfficesGo.END, by_id=self.officer, now=NOW)

    def where(self) -> list[int]:
        return self.database.run(lambda db: list(db.scalars(select(HelpRequest.cell_id))))


@pytest.fixture
def race(postgres_url: str) -> Iterator[Race]:
    database = Database(postgres_url)
    yield Race(database)
    database.close()


def test_a_step_that_began_before_a_merge_and_writes_after_it_is_done_anew(race: Race) -> None:
    step = race.database.submit(race.step)
    assert race.read.wait(10)
    race.database.run(race.merge)
    race.write.set()
    step.result(10)
    assert race.tries == [race.west, race.east]
    assert race.where() == [race.east]


def test_a_step_that_writes_while_a_merge_is_under_way_waits_for_it(race: Race) -> None:
    with Session(race.database.engine) as db, db.begin():
        race.merge(db)
        step = race.database.submit(race.step)
        assert race.read.wait(10)
        race.write.set()
        _wait_for_a_lock(race.database)
    step.result(10)
    assert race.where() == [race.east]


def test_a_merge_waits_for_a_step_that_has_written_and_takes_along_what_it_wrote(race: Race) -> None:
    race.write.set()
    with Session(race.database.engine) as db, db.begin():
        race.step(db)
        merge = race.database.submit(race.merge)
        _wait_for_a_lock(race.database)
    merge.result(10)
    assert race.tries == [race.west]
    assert race.where() == [race.east]


def test_who_goes_on_writing_into_a_closed_unit_is_told_so(race: Race) -> None:
    race.database.run(race.merge)
    with pytest.raises(DBAPIError, match="is closed"):
        race.database.run(lambda db: _asks(db, race.who, race.west))
    assert race.where() == []


def _wait_for_a_lock(database: Database) -> None:
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(1000):
        with database.engine.connect() as connection:
            if connection.scalar(waiting):
                return
    raise AssertionError("nobody waits")


def test_what_came_past_all_that_is_found_by_the_audit_and_brought_along(database: Database) -> None:
    with Session(database.engine) as db:
        east, west, officer = _commune(db)
        one = add_member(db, cell_id=west.id, full_name="Lê Văn Dũng", now=NOW)
        change = merge_units(db, west, east, PAPER, OfficesGo.END, by_id=officer.id, now=NOW)
        assert left_behind(db, limit=9) == []
        if not database.is_sqlite:
            db.execute(text("SET session_replication_role = replica"))  # past the triggers
        _asks(db, one.id, west.id)
        late = add_member(db, cell_id=west.id, full_name="Trần Bình", now=NOW)
        if not database.is_sqlite:
            db.execute(text("SET session_replication_role = DEFAULT"))
        assert left_behind(db, limit=9) == [west.id]
        run = audit(db, Policies(), {}, now=NOW)
        found = {finding.check: finding.repaired for finding in run.findings.all}
        assert found["unit.left_behind"]
        assert left_behind(db, limit=9) == []
        assert db.scalars(select(HelpRequest.cell_id)).all() == [east.id]
        assert late.cell_id == east.id
        assert undo_change(db, change, UnitsPolicy(), by_id=officer.id, now=NOW)
        assert db.scalars(select(HelpRequest.cell_id)).all() == [west.id]
        assert {one.cell_id, late.cell_id} == {west.id}


def test_people_in_a_cell_that_ended_empty_are_a_matter_for_the_operator(database: Database) -> None:
    with Session(database.engine) as db:
        east, _, officer = _commune(db)
        close_unit(db, east, PAPER, by_id=officer.id, now=NOW)
        if not database.is_sqlite:
            db.execute(text("SET session_replication_role = replica"))
        add_member(db, cell_id=east.id, full_name="Trần Bình", now=NOW)
        [found] = [
            one for one in audit(db, Policies(), {}, now=NOW).findings.all if one.check == "unit.left_behind"
        ]
        assert (found.rows, found.repaired) == ([str(east.id)], False)


def test_what_imports_left_lies_together_and_apart_again(database: Database) -> None:
    def rows(db: Session, unit: Unit) -> list[tuple[int, str]]:
        kept = left_of(db, unit.id)
        return [(one.row, one.cells[RosterColumn.NAME]) for one in kept.left] if kept else []

    with Session(database.engine) as db:
        east, west, officer = _commune(db)
        for unit, names in ((east, ("Một", "Hai")), (west, ("Ba",))):
            left = [Left(row=at, cells={RosterColumn.NAME: name}) for at, name in enumerate(names, start=2)]
            faults = [RosterFault(row=2, column=RosterColumn.PHONE, kind=next(iter(FaultKind)))]
            keep_left(db, unit.id, left, faults, now=NOW)
        change = merge_units(db, west, east, PAPER, OfficesGo.END, by_id=officer.id, now=NOW)
        db.flush()
        assert rows(db, east) == [(2, "Một"), (3, "Hai"), (5, "Ba")]
        kept = left_of(db, east.id)
        assert kept is not None
        assert [one.row for one in kept.faults] == [2, 5]
        assert undo_change(db, change, UnitsPolicy(), by_id=officer.id, now=NOW)
        assert (rows(db, east), rows(db, west)) == ([(2, "Một"), (3, "Hai")], [(2, "Ba")])
        keep_left(db, west.id, [], [], now=NOW)
        assert rows(db, west) == []
