"""Random trees are rearranged in any order, by anybody, and undone: nothing is lost, nothing doubled, no right gained."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from models.desk.policy import UnitsPolicy
from models.desk.reorganising import (
    PLACES,
    Goes,
    OfficesGo,
    close_unit,
    merge_units,
    move_unit,
    rename,
    split_cell,
    undo_change,
)
from models.ground.base import Base
from models.ground.errors import Refused
from models.ground.sealing import new_id
from models.people.member import Member, add_member, roster
from models.people.rights import RIGHTS, Appointment, Right, RightReach, Role, appoint, holding
from models.people.unit import Unit, UnitKind, create_unit, subtree_ids
from models.people.unit_change import Decision, UnitChange
from tests.memory import empty_engine
from tests.rows import EveryTable
from tests.sizes import sized

PAPER = Decision("05-QĐ/ĐU", date(2026, 12, 1))
TABLES = Base.metadata.tables
PERSONAL = [
    said.split(".") for said, goes in PLACES.items() if goes is Goes.PERSON and said != "request.unit_id"
]
_MAY_GROW = {"appointment", "conversation", "outbox", "trail", "unit", "unit_change", "unit_name", "campaign"}
any_ = st.integers(0, 30)
somebody = st.sampled_from((0, 0, 0, 0, 1, 2, 5))  # mostly who may: the province's officer
Granted = set[tuple[int, Right, int]]


class Rearranging(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.db = Session(empty_engine())
        self.now = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
        self.before: list[
            tuple[UnitChange, Any]
        ] = []  # how all stood before; None: an older one was undone since
        self.names = 0

    @initialize(shape=st.lists(st.integers(0, 3), min_size=3, max_size=4), closed=any_)
    def cast(self, shape: list[int], closed: int) -> None:
        """Two communes below a province, one with a committee in between; cells below any of them, with open work."""
        db, now = self.db, self.now
        province = self._unit(UnitKind.PROVINCE, None)
        communes = [self._unit(UnitKind.COMMUNE, province) for _ in range(2)]
        committees = [
            *communes,
            self._unit(UnitKind.BASE, communes[0]),
            self._unit(UnitKind.BASE, communes[1]),
        ]
        self.actors = [self._holder(None, one, Role.OFFICER) for one in (province, *committees)]
        for number, place in enumerate(shape):
            cell = self._unit(UnitKind.CELL, committees[place])
            self.actors.append(self._holder(cell, cell, Role.SECRETARY))
            self._holder(None, cell, Role.FOLLOWER)
            one, other = (
                add_member(db, cell_id=cell.id, full_name=name, now=now)
                for name in ("Lê Văn Dũng", "Ngô Thị Én")
            )
            every = EveryTable(about=one.id, by=other.id, chat=100 + number, words="Riêng")
            every.fill(db, unit=cell.id, member=one.id)
            for name, column in (
                ("roll_call_person", "cell_id"),
                ("roll_call_board", "cell_id"),
                ("request", "unit_id"),
            ):
                table = TABLES[name]
                db.execute(update(table).where(table.c.id == every.keys[name]).values({column: cell.id}))
            state = "closed" if number == closed % 5 else "open"
            year = {"year": 2026, "kind": "review", "state": state}
            db.execute(update(TABLES["campaign"]).where(TABLES["campaign"].c.cell_id == cell.id).values(year))
        theirs = TABLES["appointment"]
        db.execute(
            update(theirs).where(theirs.c.role == "open").values(role="deputy", ends_at=None, begins_at=now)
        )
        for name in ("notice", "roll_call"):
            db.execute(update(TABLES[name]).values(state="said" if name == "notice" else "ended"))
        db.expire_all()
        self.counts = self._counts()

    # --- what anybody tries -----------------------------------------------------------------------------------------

    @rule(
        by=somebody,
        one=any_,
        other=any_,
        offices=st.sampled_from(OfficesGo),
        deputies=st.sampled_from((OfficesGo.END, OfficesGo.DEPUTY)),
    )
    def merge(self, by: int, one: int, other: int, offices: OfficesGo, deputies: OfficesGo) -> None:
        unit, into = self._pick(one), self._pick(other)

        def merge(by_id: int) -> UnitChange:
            return merge_units(
                self.db, unit, into, PAPER, offices, deputies=deputies, by_id=by_id, now=self.now
            )

        self._try(merge, by)

    @rule(by=somebody, one=any_, other=any_)
    def move(self, by: int, one: int, other: int) -> None:
        unit, under = self._pick(one), self._pick(other * 4)
        self._try(lambda by_id: move_unit(self.db, unit, under, PAPER, by_id=by_id, now=self.now), by)

    @rule(by=somebody, one=any_, how_many=st.integers(0, 2))
    def split(self, by: int, one: int, how_many: int) -> None:
        cell = self._pick(one)
        people = [member.id for member in roster(self.db, cell.id)][: how_many + 1]
        name = self._name()
        self._try(lambda by_id: split_cell(self.db, cell, name, people, PAPER, by_id=by_id, now=self.now), by)

    @rule(by=somebody, one=any_)
    def close(self, by: int, one: int) -> None:
        unit = self._pick(one)
        self._try(lambda by_id: close_unit(self.db, unit, PAPER, by_id=by_id, now=self.now), by)

    @rule(by=somebody, one=any_)
    def give_a_name(self, by: int, one: int) -> None:
        unit, name = self._pick(one), self._name()
        self._try(lambda by_id: rename(self.db, unit, name, PAPER, by_id=by_id, now=self.now), by)

    @rule(one=any_)
    def work_goes_on(self, one: int) -> None:
        """Somebody is given something new; which cell that is in is what their roster says."""
        task, members = (
            TABLES["task"],
            list(self.db.scalars(select(Member).where(Member.cell_id.is_not(None)))),
        )
        member = members[one % len(members)]
        row = dict(self.db.execute(select(task).limit(1)).mappings().one())
        self.db.execute(
            insert(task).values(row | {"id": new_id(), "member_id": member.id, "cell_id": member.cell_id})
        )
        self.counts["task"] += 1

    @rule(hours=st.integers(1, 15))
    def hours_go_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(by=somebody, of=any_)
    def undo(self, by: int, of: int) -> None:
        if not self.before:
            return
        number = of % len(self.before) if of % 3 == 0 else len(self.before) - 1
        change, stood = self.before[number]
        by_id = self.actors[by % len(self.actors)]
        try:
            with self.db.begin_nested():
                undo_change(self.db, change, UnitsPolicy(), by_id=by_id, now=self.now)
        except Refused:
            return
        assert self.now <= change.at + timedelta(hours=24)
        later = [(one, None) for one, _ in self.before[number + 1 :]]
        self.before = [*self.before[:number], *later]
        if stood is not None and not later:
            granted, places = stood
            now = self._places()
            assert self._granted() == granted
            assert {one: now[one] for one in places} == places

    def _try(self, act: Any, by: int) -> None:
        granted, places, by_id = self._granted(), self._places(), self.actors[by % len(self.actors)]
        try:
            with self.db.begin_nested():
                change = act(by_id)
        except Refused:
            assert (self._granted(), self._places()) == (granted, places)
            return
        self.before.append((change, (granted, places)))
        self._check_gains(change, granted)

    def _check_gains(self, change: UnitChange, granted: Granted) -> None:
        """Nobody gains a right but for the committees above where a unit stands now, and for whom the paper names."""
        named = {
            self.db.get_one(Appointment, one).member_id for one in change.journal.made.get("appointment", [])
        }
        for member_id, right, unit_id in self._granted() - granted:
            if (member_id, unit_id) in {(one, change.other_id) for one in named}:
                continue
            held = self.db.scalars(
                select(Appointment).where(Appointment.member_id == member_id, *holding(self.now, asleep=True))
            ).all()
            above = [one for one in held if RIGHTS[Role(one.role)].get(right) is RightReach.BELOW]
            assert any(unit_id in subtree_ids(self.db, one.unit_id) for one in above), (member_id, right)

    # --- what holds throughout --------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost_and_nothing_doubled(self) -> None:
        if not hasattr(self, "counts"):
            return
        now = self._counts()
        assert {one: now[one] for one in now if one not in _MAY_GROW} == {
            one: self.counts[one] for one in self.counts if one not in _MAY_GROW
        }
        assert all(now[one] >= self.counts[one] for one in ("appointment", "trail", "unit"))

    @invariant()
    def everybody_stands_in_one_open_unit_with_all_that_is_about_them(self) -> None:
        closed = set(self.db.scalars(select(Unit.id).where(Unit.closed_at.is_not(None))))
        cells = {
            one.id: one.cell_id for one in self.db.scalars(select(Member).where(Member.cell_id.is_not(None)))
        }
        assert closed.isdisjoint(cells.values())
        for name, column in PERSONAL:
            table = TABLES[name]
            if "member_id" in table.c:
                rows = self.db.execute(select(table.c.member_id, table.c[column])).all()
                assert all(cell == cells[member] for member, cell in rows), name
        review, campaign = TABLES["review"], TABLES["campaign"]
        apart = select(func.count()).where(
            review.c.campaign_id == campaign.c.id, review.c.cell_id != campaign.c.cell_id
        )
        assert self.db.scalar(apart) == 0
        parents = self.db.execute(select(Unit.parent_id).where(Unit.closed_at.is_(None))).scalars()
        assert closed.isdisjoint(one for one in parents if one)

    @invariant()
    def nobody_hears_of_a_change_twice(self) -> None:
        keys = self.db.scalars(
            select(TABLES["outbox"].c.key).where(TABLES["outbox"].c.key.like("unit_change:%"))
        ).all()
        assert not [key for key, times in Counter(keys).items() if times > 1]

    # --- within -----------------------------------------------------------------------------------------------------

    def _unit(self, kind: UnitKind, parent: Unit | None) -> Unit:
        return create_unit(self.db, kind=kind, name=self._name(), parent=parent, now=self.now)

    def _name(self) -> str:
        self.names += 1
        return f"Chi bộ {self.names}"

    def _holder(self, cell: Unit | None, of: Unit, role: Role) -> int:
        one = add_member(self.db, cell_id=cell.id if cell else None, full_name="Vũ Thị Mai", now=self.now)
        appoint(self.db, member_id=one.id, unit_id=of.id, role=role, by_id=None, now=self.now)
        return one.id

    def _pick(self, one: int) -> Unit:
        """Mostly a cell that is open."""
        units = list(self.db.scalars(select(Unit).order_by(Unit.id)))
        cells = [one for one in units if one.kind == UnitKind.CELL and one.closed_at is None]
        among = units if one % 4 == 0 else cells
        return among[one // 4 % len(among)]

    def _counts(self) -> dict[str, int]:
        return {
            name: self.db.scalar(select(func.count()).select_from(table)) or 0
            for name, table in TABLES.items()
        }

    def _places(self) -> dict[Any, Any]:
        """Return where every row that can go stands, and what of a campaign's is where."""
        found: dict[Any, Any] = {}
        for said in (*PLACES, "review.campaign_id", "campaign.state", "unit.name", "unit.closed_at"):
            name, column = said.split(".")
            table = TABLES[name]
            if "id" in table.c and name != "trail" and name != "unit_change":
                found |= {
                    (said, row[0]): row[1] for row in self.db.execute(select(table.c.id, table.c[column]))
                }
        return found

    def _granted(self) -> Granted:
        """Return who holds which right over which open unit, by the table of rights."""
        held = self.db.scalars(select(Appointment).where(*holding(self.now, asleep=True))).all()
        still_open = set(self.db.scalars(select(Unit.id).where(Unit.closed_at.is_(None))))
        found: Granted = set()
        for one in held:
            below = subtree_ids(self.db, one.unit_id)
            for right, reach in RIGHTS[Role(one.role)].items():
                units = (
                    below
                    if reach is RightReach.BELOW
                    else {one.unit_id}
                    if reach is RightReach.OWN
                    else set()
                )
                found |= {(one.member_id, right, unit) for unit in units & still_open}
        return found


TestRearranging = Rearranging.TestCase
TestRearranging.settings = settings(max_examples=sized(2, 20), stateful_step_count=20, deadline=None)
