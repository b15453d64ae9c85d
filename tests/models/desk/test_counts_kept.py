"""Sums that are kept are what the people say, after anything that may happen, by anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import delete, event, func, or_, select, text, update
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.away import Away
from models.contact.checkin import Checkin
from models.contact.ladder import Ladder
from models.contact.request import HelpRequest
from models.desk.counts import TOUCHED, CellSum, cells_to_count, count_cells
from models.desk.counts.kept import figures_of
from models.desk.counts.live import Counts, live_figures
from models.desk.policy import CountsPolicy, UnitsPolicy
from models.desk.reorganising import OfficesGo, merge_units, undo_change
from models.ground.db import Database
from models.ground.errors import Refused
from models.ground.steps import LAST_RUNG, Steps
from models.migrations import migrate
from models.migrations.cell_touches import WATCHED
from models.people.member import (
    Account,
    Consent,
    Member,
    Purpose,
    add_member,
    link_account,
    record_consent,
    set_member_place,
)
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, closure, create_unit
from models.people.unit_change import Decision, UnitChange
from models.policies import Policies
from models.trust.audit import audit
from tests.sizes import sized

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
POLICY = CountsPolicy()
PAPER = Decision("05-QĐ/ĐU", date(2026, 12, 1))


class Province:
    """Two communes of two cells, three people away in each; acts by number, whatever they then find."""

    def __init__(self, db: Session) -> None:
        self.db, self.now = db, NOW
        top = create_unit(db, kind=UnitKind.PROVINCE, name="Tỉnh ủy", parent=None, now=NOW)
        communes = [
            create_unit(db, kind=UnitKind.COMMUNE, name=f"Xã {one}", parent=top, now=NOW) for one in "AB"
        ]
        self.top, self.cells = (
            top,
            [
                create_unit(db, kind=UnitKind.CELL, name=f"Thôn {one}", parent=commune, now=NOW)
                for commune in communes
                for one in "CD"
            ],
        )
        self.people = [
            add_member(db, cell_id=cell.id, full_name=f"Trần {one}", place_code="VN-79", now=NOW)
            for cell in self.cells
            for one in "ÁBĂ"
        ]
        for number, one in enumerate(self.people):
            link_account(db, one, address=chat_address(100 + number), now=NOW)
            record_consent(db, one.id, Purpose.COUNTS, given=number % 4 > 0, now=NOW)
        self.officer = add_member(db, cell_id=None, full_name="Vũ Mai", now=NOW)
        appoint(db, member_id=self.officer.id, unit_id=top.id, role=Role.OFFICER, by_id=None, now=NOW)
        self.changes: list[UnitChange] = []

    # --- what may happen; `one` and `other` are any numbers

    def consents(self, one: int, other: int) -> None:
        record_consent(self.db, self._person(one).id, Purpose.COUNTS, given=other % 2 == 0, now=self.now)

    def moves(self, one: int, other: int) -> None:
        cell = self.cells[other % 4]
        self._person(one).cell_id = cell.id if cell.closed_at is None else None

    def leaves_or_comes_back(self, one: int, other: int) -> None:
        self._person(one).left_at = self.now if other % 2 else None

    def goes_away_or_home(self, one: int, other: int) -> None:
        set_member_place(self.db.get_one(Member, self._person(one).id), (None, "VN-79", "JP")[other % 3])

    def is_reached_or_not(self, one: int, other: int) -> None:
        state = ("ok", "network", "blocked", "unasked")[other % 4]
        self.db.execute(
            update(Account)
            .where(Account.member_id == self._person(one).id)
            .values(reachability=state, reachability_at=self.now - timedelta(days=other % 20))
        )

    def is_told_nowhere(self, one: int, other: int) -> None:
        self.db.execute(
            update(Account)
            .where(Account.member_id == self._person(one).id)
            .values(told_since=self.now if other % 2 else None)
        )

    def is_asked(self, one: int, other: int) -> None:
        person, state = self._person(one), ("scheduled", "open", "late", "answered")[other % 4]
        if person.cell_id is None:
            return
        period = (self.now.date() + timedelta(days=31 * (other % 2))).replace(day=1)
        mine = select(Checkin).where(Checkin.member_id == person.id, Checkin.period == period)
        found = self.db.scalars(mine).first()
        if found is not None:
            found.state = state
            return
        moments = dict.fromkeys(("opens_at", "due_at", "late_at", "closes_at"), self.now)
        values: dict[str, Any] = {"member_id": person.id, "cell_id": person.cell_id, **moments}
        self.db.add(Checkin(**values, kind="rhythm", state=state, zone="UTC", period=period, nudges=0))

    def is_exempted(self, one: int, other: int) -> None:
        person, due = self._person(one), self.now.date() + timedelta(days=other * 3)
        open_one = select(Away).where(Away.member_id == person.id, Away.state.not_in(("closed", "dropped")))
        found = self.db.scalars(open_one).first()
        if found is not None:
            found.state, found.due_on = ("closed", "active")[other % 2], due
        elif person.cell_id is not None:
            days: dict[str, Any] = {"begins_on": NOW.date(), "due_on": due, "declared_at": NOW}
            self.db.add(
                Away(
                    member_id=person.id,
                    cell_id=person.cell_id,
                    state=("active", "waiting")[other % 2],
                    route=("exempt", "note")[other % 3 == 0],
                    place_code="VN-79",
                    zone="UTC",
                    work="worker",
                    **days,
                )
            )

    def is_silent_for_long(self, one: int, other: int) -> None:
        person = self._person(one)
        open_one = select(Ladder).where(Ladder.member_id == person.id, Ladder.ended_at.is_(None))
        found = self.db.scalars(open_one).first()
        first = self.db.scalars(select(Checkin.id).where(Checkin.member_id == person.id)).first()
        if found is not None:
            found.ended_at = self.now
        elif first is not None and person.cell_id is not None:
            moments = dict.fromkeys(("due_at", "day_zero", "begun_at"), self.now)
            whose: dict[str, Any] = {"member_id": person.id, "cell_id": person.cell_id, "checkin_id": first}
            rung = LAST_RUNG if other % 3 else None
            self.db.add(Ladder(**whose, **moments, steps=Steps(), state="listed", rung=rung))

    def asks_for_help(self, one: int, other: int) -> None:
        person = self._person(one)
        found = self.db.scalars(select(HelpRequest).where(HelpRequest.member_id == person.id)).first()
        if found is not None:
            found.state, found.is_private = ("open", "closed")[other % 2], other % 3 == 0
        elif person.cell_id is not None:
            whose: dict[str, Any] = {"member_id": person.id, "cell_id": person.cell_id}
            self.db.add(HelpRequest(**whose, state="open", opened_at=self.now, next_at=self.now))

    def is_forgotten(self, one: int, other: int) -> None:
        """As deletion, or a restore that does not have the rows."""
        for table in (Ladder, Checkin, Consent, HelpRequest)[other % 4 :]:
            self.db.execute(delete(table).where(table.member_id == self._person(one).id))
        self.db.expire_all()

    def is_merged(self, one: int, other: int) -> None:
        from_, into = self.cells[one % 4], self.cells[other % 4]
        try:
            with self.db.begin_nested():
                self.changes.append(
                    merge_units(
                        self.db, from_, into, PAPER, OfficesGo.END, by_id=self.officer.id, now=self.now
                    )
                )
        except Refused:
            self.db.expire_all()

    def is_undone(self, one: int, other: int) -> None:
        if self.changes:
            change = self.changes.pop()
            try:
                with self.db.begin_nested():
                    undo_change(self.db, change, UnitsPolicy(), by_id=self.officer.id, now=self.now)
            except Refused:
                self.db.expire_all()

    def time_passes(self, one: int, other: int) -> None:
        self.now += timedelta(days=one % 9, hours=other)

    def are_counted(self, one: int, other: int) -> None:
        """All of them, or one only, as by a job that ends in the middle."""
        due = cells_to_count(self.db, POLICY, now=self.now, limit=99)
        if due:
            count_cells(self.db, due if other % 3 else due[:1], POLICY, now=self.now)

    def _person(self, number: int) -> Member:
        return self.people[number % len(self.people)]

    # --- what is shown

    def is_exact(self) -> None:
        for part in (
            closure(Unit.id == self.top.id),
            closure(or_(Unit.id.in_([one.id for one in self.cells]))),
        ):
            live = {
                unit: one.counts for unit, one in live_figures(self.db, part, POLICY, now=self.now).items()
            }
            assert figures_of(self.db, part, POLICY, now=self.now) == live


ACTS = [name for name in vars(Province) if not name.startswith("_") and name != "is_exact"]
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30), st.integers(0, 30)), max_size=14)


@contextmanager
def a_province(database: Database) -> Iterator[Province]:
    """In a transaction that keeps nothing."""
    with Session(database.engine, expire_on_commit=False) as db:
        province = Province(db)
        province.are_counted(0, 1)
        yield province
        db.rollback()


@pytest.mark.both
@settings(max_examples=sized(20, 200))
@given(acts)
def test_after_anything_that_may_happen_the_sums_are_what_the_people_say(
    database: Database, happened: list[tuple[str, int, int]]
) -> None:
    with a_province(database) as province:
        for act, one, other in happened:
            getattr(province, act)(one, other)
            province.db.flush()
            province.is_exact()
            province.are_counted(0, 1)
            province.is_exact()


@pytest.mark.both
@pytest.mark.parametrize("act", ACTS)
def test_each_act_by_itself_touches_what_it_changes(database: Database, act: str) -> None:
    with a_province(database) as province:
        for one in range(8):
            getattr(province, act)(one, 30 - one)
            province.db.flush()
            province.is_exact()


# --- nothing is forgotten -------------------------------------------------------------------------------------------


@pytest.mark.both
def test_every_column_that_the_question_reads_is_watched(database: Database) -> None:
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    database.run(lambda db: live_figures(db, closure(Unit.id == 1), POLICY, now=NOW))
    words = next(one for one in said if "checkin" in one)
    tables = {watch.table: {*watch.columns, "id", "member_id", watch.by} for watch in WATCHED}
    read = re.findall(r"\b([a-z]+)(?:_\d)?\.([a-z_]+)", words)
    found = {(table, name) for table, name in read if table in tables and table != "unit"}
    assert {table for table, _ in found} == set(tables) - {"unit"}
    assert {one for one in found if one[1] not in tables[one[0]]} == set(), (
        "models/migrations/cell_touches.py"
    )
    assert not set(re.findall(r"(?:FROM|JOIN) \"?([a-z]+)", words)) - {*tables, "part", "people"}


@pytest.mark.both
def test_the_triggers_are_there_after_the_newest_step(database: Database) -> None:
    lite = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'touch_cells_%'"
    big = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'touch_cells_%' AND tgenabled <> 'D'"
    there = database.run(lambda db: set(db.scalars(text(lite if database.is_sqlite else big))))
    wanted = {f"touch_cells_{one.table}_{does}" for one in WATCHED for does in ("insert", "update", "delete")}
    assert there == wanted, "a step that copies a table on SQLite loses its triggers: watch_table"


def test_a_count_that_breaks_off_leaves_the_touches(database: Database) -> None:
    cell, _ = database.run(_one_cell)

    def breaks_off(db: Session) -> None:
        count_cells(db, [cell], POLICY, now=NOW)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.run(breaks_off)
    assert cell in database.run(lambda db: cells_to_count(db, POLICY, now=NOW, limit=9))
    assert database.run(lambda db: db.scalar(select(func.count()).select_from(TOUCHED)))


def _one_cell(db: Session) -> tuple[int, int]:
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn", parent=None, now=NOW)
    member = add_member(db, cell_id=cell.id, full_name="Trần An", place_code="VN-79", now=NOW)
    return cell.id, member.id


def test_what_was_not_yet_committed_when_the_cell_was_counted_is_seen_all_the_same(postgres_url: str) -> None:
    database = Database(postgres_url)
    cell, member = database.run(_one_cell)
    part = closure(Unit.id == cell)
    with Session(database.engine) as slow:
        slow.execute(update(Member).where(Member.id == member).values(place_code=None))
        database.run(lambda db: count_cells(db, [cell], POLICY, now=NOW))
        assert database.run(lambda db: figures_of(db, part, POLICY, now=NOW))[cell].away == 1
        slow.commit()
    assert database.run(lambda db: figures_of(db, part, POLICY, now=NOW)) == {cell: Counts(members=1)}
    database.close()


@pytest.mark.both
def test_the_audit_finds_a_sum_that_is_not_true_and_has_it_counted_anew(database: Database) -> None:
    cell, _ = database.run(_one_cell)
    database.run(lambda db: count_cells(db, [cell], POLICY, now=NOW))
    assert database.run(lambda db: audit(db, Policies(), {}, now=NOW).findings.all) == []
    database.run(lambda db: db.execute(update(CellSum).values(away=7)))
    [found] = database.run(lambda db: audit(db, Policies(), {}, now=NOW).findings.all)
    assert (found.check, found.rows, found.repaired) == ("cell_sum.untrue", [str(cell)], True)
    part = closure(Unit.id == cell)
    assert database.run(lambda db: figures_of(db, part, POLICY, now=NOW))[cell].away == 1


def test_other_numbers_are_counted_by_anew(database: Database) -> None:
    cell, _ = database.run(_one_cell)
    database.run(lambda db: count_cells(db, [cell], POLICY, now=NOW))
    assert database.run(lambda db: cells_to_count(db, POLICY, now=NOW, limit=9)) == []
    other = POLICY.model_copy(update={"ending_days": POLICY.ending_days + 1})
    assert database.run(lambda db: cells_to_count(db, other, now=NOW, limit=9)) == [cell]


@pytest.mark.both
def test_what_a_step_found_and_what_an_older_program_writes_is_counted(empty_url: str) -> None:
    migrate(empty_url, to="0058")
    database, at = Database(empty_url), NOW.isoformat(" ")
    unit = "INSERT INTO unit (id, kind, name, folded, created_at) VALUES (1, 'cell', 'Thôn', 'thon', :at)"
    member = (
        "INSERT INTO member (id, cell_id, full_name, sort_key, folded, standing, place_code, zone, lang, discreet,"
        " created_at) VALUES (:id, 1, 'An', :key, 'an', 'official', 'VN-79', 'UTC', 'vi', :no, :at)"
    )

    def begin(db: Session) -> None:
        db.execute(text(unit), {"at": at})
        write(db, 2, 3)

    def write(db: Session, *ids: int) -> None:
        for one in ids:
            db.execute(text(member), {"id": one, "key": b"a", "no": False, "at": at})

    def see(db: Session) -> dict[int, Counts]:
        return figures_of(db, closure(Unit.id == 1), POLICY, now=NOW)

    database.run(begin)
    migrate(empty_url)
    assert database.run(lambda db: cells_to_count(db, POLICY, now=NOW, limit=9)) == [1]
    assert database.run(see)[1].away == 2
    database.run(lambda db: count_cells(db, [1], POLICY, now=NOW))
    database.run(lambda db: write(db, 4))
    assert database.run(see)[1].away == 3
    database.close()


@pytest.fixture
def empty_url(database_url: str) -> str:
    """A database of its kind with nothing in it."""
    database = Database(database_url)
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    database.close()
    return f"{database_url}.empty" if database.is_sqlite else database_url
