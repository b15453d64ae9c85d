"""Counts that leave a cell: from all that is shown nobody can be singled out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy.orm import Session

from models.desk.counts import View, view_of
from models.desk.policy import CountsPolicy
from models.ground.db import Database
from models.ground.folding import runs_of
from models.people.member import add_member
from models.people.rights import NotEntitled, Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from tests.sizes import sized

NOW = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
POLICY = CountsPolicy()
K = POLICY.smallest_group

sizes = st.lists(st.integers(0, 12), max_size=9)


@given(sizes, st.integers(2, 9))
def test_runs_are_large_enough_and_nobody_is_left_out(people: list[int], smallest: int) -> None:
    runs = runs_of(people, smallest)
    assert all(sum(people[run.begin : run.end]) >= smallest for run in runs)
    assert all(run.begin <= run.carrier < run.end for run in runs)
    if sum(people) >= smallest:
        assert [place for run in runs for place in range(run.begin, run.end)] == list(range(len(people)))
    else:
        assert runs == []


@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_who_knows_the_rule_and_every_figure_still_knows_no_small_cell(cells: int) -> None:
    """Every world of so many cells, sorted by what is shown: some few people may always be one more or one fewer."""
    most = 7
    worlds = defaultdict(list)
    for people in product(range(most + 1), repeat=cells):
        shown = tuple((run, sum(people[run.begin : run.end])) for run in runs_of(people, K))
        worlds[shown].append(people)
    for alike in worlds.values():
        for some in _subsets(cells):
            possible = {sum(people[place] for place in some) for people in alike}
            certain = len(possible) == 1 and any(max(people) < most for people in alike)
            assert not (certain and 0 < possible.pop() < K)


def _subsets(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, count + 1):
        yield from combinations(range(count), size)


# --- the whole tree -------------------------------------------------------------------------------------------------


def a_tree(db: Session, away: list[list[int]]) -> tuple[Unit, list[list[Unit]], int]:
    """A province; below it units with cells; so many away in each cell. And its officer."""
    top = create_unit(db, kind=UnitKind.PROVINCE, name="Tỉnh ủy", parent=None, now=NOW)
    cells: list[list[Unit]] = []
    for at, counts in enumerate(away):
        commune = create_unit(db, kind=UnitKind.COMMUNE, name=f"Xã {at}", parent=top, now=NOW)
        cells.append([])
        for number, count in enumerate(counts):
            cell = create_unit(db, kind=UnitKind.CELL, name=f"Thôn {number}", parent=commune, now=NOW)
            cells[-1].append(cell)
            for place in [None, *["VN-79"] * count]:
                add_member(db, cell_id=cell.id, full_name="Trần An", place_code=place, now=NOW)
    officer = add_member(db, cell_id=None, full_name="Vũ Mai", now=NOW)
    appoint(db, member_id=officer.id, unit_id=top.id, role=Role.OFFICER, by_id=None, now=NOW)
    return top, cells, officer.id


def everything_shown(db: Session, top: Unit, cells: list[list[Unit]], officer: int) -> Iterator[View]:
    communes = [db.get_one(Unit, row[0].parent_id or 0) for row in cells if row]
    for unit in [top, *communes, *(cell for row in cells for cell in row)]:
        yield view_of(db, unit, officer, POLICY, now=NOW)


def _equations(views: list[View], cells: list[list[Unit]]) -> list[tuple[frozenset[int], int]]:
    """Each figure as the set of cells that it says to be the sum of."""
    below = {cell.id: [cell.id] for row in cells for cell in row}
    for row in cells:
        if row:
            below[row[0].parent_id or 0] = [cell.id for cell in row]
    found = []
    for view in views:
        own = [one.id for one in (view.children or [view.unit])]
        whole = [*own, *(one.id for one in view.companions)]
        if view.total is not None:
            found.append((frozenset(c for one in whole for c in below[one]), view.total.away))
        for group in {id(one): one for one in view.groups.values()}.values():
            found.append((frozenset(c for one in group.units for c in below[one.id]), group.counts.away))
    return found


def _derivable(known: list[frozenset[int]], wanted: frozenset[int], everyone: list[int]) -> bool:
    """Whether the sum over `wanted` is a linear combination of the known sums."""
    return _rank([*known, wanted], everyone) == _rank(known, everyone)


def _rank(sets: list[frozenset[int]], everyone: list[int]) -> int:
    rows = [[Fraction(one in some) for one in everyone] for some in sets]
    rank = 0
    for column in range(len(everyone)):
        pivot = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column] / rows[rank][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[rank], strict=True)]
        rank += 1
    return rank


@settings(max_examples=sized(6, 25))
@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=3), min_size=1, max_size=3))
def test_no_group_smaller_than_five_follows_from_all_that_is_shown(
    sqlite_database: Database, away: list[list[int]]
) -> None:
    with sqlite_database.reading() as db:
        top, cells, officer = a_tree(db, away)
        views = list(everything_shown(db, top, cells, officer))
        people = {
            c.id: n for row, counts in zip(cells, away, strict=True) for c, n in zip(row, counts, strict=True)
        }
        known = []
        for some, count in _equations(views, cells):
            assert count == sum(people[one] for one in some)
            assert count >= K
            known.append(some)
        everyone = list(people)
        for size in range(1, len(everyone) + 1):
            for wanted in map(frozenset, combinations(everyone, size)):
                if 0 < sum(people[one] for one in wanted) < K:
                    assert not _derivable(known, wanted, everyone)


@pytest.fixture(scope="module")
def sqlite_database(sqlite_template: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(f"sqlite:///{sqlite_template}")  # only looked into: what a test adds is rolled back
    yield opened
    opened.close()


def test_all_five_away_of_two_units_are_shown_once_and_where(database: Database) -> None:
    def work(db: Session) -> None:
        top, cells, officer = a_tree(db, [[2, 1], [4, 6]])
        view = view_of(db, top, officer, POLICY, now=NOW)
        first, second = view.children
        assert view.total is not None
        assert view.total.away == 13
        assert view.groups[first.id].carrier.id == second.id
        below = view_of(db, second, officer, POLICY, now=NOW)
        assert below.companions == (first,)
        assert [group.counts.away for group in below.groups.values()] == [7, 7, 6]
        folded = view_of(db, cells[0][0], officer, POLICY, now=NOW)
        assert (folded.total, folded.counted_with) == (None, second)

    database.run(work)


def test_who_follows_one_cell_and_holds_the_whole_sees_no_more_than_the_whole_shows(
    database: Database,
) -> None:
    def work(db: Session) -> None:
        _, cells, officer = a_tree(db, [[3, 6]])
        alone = add_member(db, cell_id=None, full_name="Lê Hoa", now=NOW).id
        for member_id in (officer, alone):
            appoint(
                db, member_id=member_id, unit_id=cells[0][1].id, role=Role.FOLLOWER, by_id=officer, now=NOW
            )
        seen = view_of(db, cells[0][1], officer, POLICY, now=NOW)
        assert seen.total is not None
        assert seen.total.away == 9
        seen = view_of(db, cells[0][1], alone, POLICY, now=NOW)
        assert seen.total is not None
        assert seen.total.away == 6
        with pytest.raises(NotEntitled):
            view_of(db, cells[0][0], alone, POLICY, now=NOW)

    database.run(work)
