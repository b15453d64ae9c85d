"""The calendar keeps its promises: months that nobody could write down by hand, checked as a whole."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from models import Base
from models.contact.checkin import CheckinState
from models.ground.db import Database
from models.people.member import Member
from tests.simulation import START, ZONES, Simulation
from tests.sizes import sized

PEOPLE, YEARS = sized((50, 1), (500, 2))


@pytest.mark.long
@pytest.mark.parametrize("calm", [True, False], ids=["calm", "stormy"])
def test_a_crowd_lives_through_years(sqlite_url: str, calm: bool) -> None:
    """Half of them in calm: every date is foretold. Half with journeys, outages and restarts. By night, a thousand.

    Most never answer: time does the most with these, and an answer takes longer than all that time does.
    """
    database = Database(sqlite_url)
    life = (
        Simulation(database, seed=7, calm=calm, silent=0.6)
        .people(PEOPLE)
        .live(START + timedelta(days=366 * YEARS - 1))
    )
    assert life.broken()[:10] == []
    assert life.count(CheckinState.OPEN) == PEOPLE * 12 * YEARS or not calm
    assert life.count(CheckinState.LATE) > PEOPLE
    assert calm or (len(life.moved) > PEOPLE * YEARS // 10 and len(life.down) > 2 * YEARS - 1)
    database.close()


HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(st.just("days"), st.integers(1, 40)),
        st.tuples(st.just("down"), st.integers(1, 1200)),  # hours
        st.tuples(st.just("move"), st.sampled_from(ZONES)),
    ),
    min_size=2,
    max_size=14,
)


@pytest.mark.long
@settings(max_examples=sized(4, 12))
@given(happenings=HAPPENINGS, seed=st.integers(0, 1_000))
def test_whatever_happens_the_promises_hold(
    database: Database, happenings: list[tuple[str, int | str]], seed: int
) -> None:
    database.run(_empty)
    life = Simulation(database, seed=seed).people(6)
    for what, value in happenings:
        if what == "days" and isinstance(value, int):
            life.live(life.clock() + timedelta(days=value))
        elif what == "down" and isinstance(value, int):
            life.restart_after(timedelta(hours=value))
        else:
            database.run(partial(_move_first, life, str(value)))
            life.tick()
    assert life.broken() == []


def _move_first(life: Simulation, zone: str, db: Session) -> None:
    life.move(db, db.get_one(Member, life.members[0]), zone)


def _empty(db: Session) -> None:
    """Each example of one test begins with a bare database; the guard of the trail would not let it be emptied."""
    where = "" if db.connection().dialect.name == "sqlite" else " ON trail"
    db.execute(text(f"DROP TRIGGER IF EXISTS trail_is_not_deleted{where}"))
    for table in reversed(Base.metadata.sorted_tables):
        db.execute(table.delete())
