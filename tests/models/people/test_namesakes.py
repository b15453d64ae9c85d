"""Whoever comes, goes, or is called otherwise: no two people of a cell are ever called alike."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ground.base import Base
from models.ground.db import Database
from models.people.member import Member, add_member, names_of
from models.people.unit import UnitKind, create_unit
from tests.sizes import sized

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
SPELLINGS = ["Lê Văn Dũng", "LÊ VĂN DŨNG", "Le Van Dung", "Lê Văn Dung", "Trần Thị Hòa", "Trần Thị Hoà"]

moves = st.lists(
    st.one_of(
        st.tuples(st.just("comes"), st.sampled_from(SPELLINGS), st.sampled_from([None, 1979, 1988])),
        st.tuples(st.just("leaves"), st.integers(0, 12), st.none()),
        st.tuples(st.just("is called"), st.integers(0, 12), st.sampled_from(SPELLINGS)),
        st.tuples(st.just("was born"), st.integers(0, 12), st.sampled_from([None, 1979, 1988])),
        st.tuples(st.just("moves"), st.integers(0, 12), st.none()),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def roomy(tmp_path_factory: pytest.TempPathFactory) -> Database:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('namesakes') / 'db'}")
    with database.engine.begin() as connection:
        Base.metadata.create_all(connection)
    return database


@settings(max_examples=sized(15, 60), deadline=None)
@given(moves)
def test_nobody_is_called_as_another_of_the_cell(roomy: Database, said: list[Any]) -> None:
    def work(db: Session) -> None:
        cells = [create_unit(db, kind=UnitKind.CELL, name=n, parent=None, now=NOW) for n in "AB"]
        people: list[Member] = []
        for at, (verb, one, two) in enumerate(said):
            if verb == "comes":
                when = NOW + timedelta(minutes=at)
                people.append(add_member(db, cell_id=cells[0].id, full_name=one, birth_year=two, now=when))
                continue
            if not people:
                continue
            person = people[one % len(people)]
            match verb:
                case "leaves":
                    person.left_at = NOW + timedelta(days=1)
                case "is called":
                    called(person, two)
                case "was born":
                    person.birth_year = two
                case "moves":
                    person.cell_id = cells[1].id
                case _:
                    raise LookupError(verb)
            db.flush()
            check(db, [cell.id for cell in cells])
        check(db, [cell.id for cell in cells])
        db.rollback()

    roomy.run(work)


def called(person: Member, name: str) -> None:
    from models.ground.names import fold, tidy_name

    person.own_name, person.folded = tidy_name(name), fold(tidy_name(name))


def check(db: Session, cells: list[int]) -> None:
    db.flush()
    db.expire_all()
    for cell in cells:
        everybody = list(db.scalars(select(Member).where(Member.cell_id == cell)))
        labels = [one.full_name for one in everybody]
        assert len(labels) == len(set(labels)), labels
        assert names_of(db, [one.id for one in everybody]) == {one.id: one.full_name for one in everybody}
        for one in everybody:
            alone = [other for other in everybody if other.folded == one.folded] == [one]
            assert not (alone and one.apart), one.full_name


def test_a_year_a_letter_or_nothing(roomy: Database) -> None:
    def work(db: Session) -> None:
        cell = create_unit(db, kind=UnitKind.CELL, name="C", parent=None, now=NOW)

        def add(name: str, year: int | None, minute: int) -> Member:
            when = NOW + timedelta(minutes=minute)
            return add_member(db, cell_id=cell.id, full_name=name, birth_year=year, now=when)

        first = add("Lê Văn Dũng", 1988, 0)
        assert first.full_name == "Lê Văn Dũng"
        second = add("Lê Văn Dũng", 1979, 1)
        other = add("Lê Văn Dung", 1979, 2)
        assert [first.full_name, second.full_name] == ["Lê Văn Dũng (1988)", "Lê Văn Dũng (1979)"]
        assert (first.own_name, other.full_name) == ("Lê Văn Dũng", "Lê Văn Dung")  # Dũng is not Dung
        third = add("Lê Văn Dũng", 1988, 3)
        fourth = add("Lê Văn Dũng", None, 4)
        assert [one.full_name for one in (first, second, third, fourth)] == [
            "Lê Văn Dũng (1988, A)",
            "Lê Văn Dũng (1979)",
            "Lê Văn Dũng (1988, B)",
            "Lê Văn Dũng (A)",
        ]
        fifth = add("Lê Văn Dũng", 1988, 5)
        first.left_at = NOW
        db.flush()
        assert (third.full_name, fifth.full_name) == ("Lê Văn Dũng (1988, B)", "Lê Văn Dũng (1988, C)")
        db.rollback()

    roomy.run(work)
