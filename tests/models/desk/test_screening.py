"""Counts with their sources: what counts as a month without contact, and who may type the rest."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from models.contact.checkin import record_contact
from models.contact.contact_note import Means
from models.desk.screening import (
    Contact,
    MonthAhead,
    Screening,
    record_absence_from_meeting,
    record_dues,
    screening_of,
)
from models.people.member import Member
from models.people.rights import NotEntitled
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, a_cell, settle_in

HOME = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def cell(world: World) -> Cell:
    made = a_cell(world)
    settle_in(world, made, ALICE, BOB)
    return made


def _counts(world: World, cell: Cell, year: int = 2027) -> Screening:
    now = world.clock()
    return world.db(lambda db: screening_of(db, db.get_one(Member, cell.alice), year, now=now))


def test_only_months_in_which_somebody_asked_and_nobody_heard_are_counted(world: World, cell: Cell) -> None:
    world.until(datetime(2027, 2, 20, 10, tzinfo=HOME))

    def phone(db: Session) -> None:
        record_contact(
            db,
            db.get_one(Member, cell.alice),
            channel=Means.PHONE,
            happened_on=date(2027, 2, 20),
            result="khỏe",
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=world.clock(),
        )

    world.db(phone)
    world.until(datetime(2027, 4, 3, 10, tzinfo=HOME))
    counts = _counts(world, cell)
    assert counts.silent == (date(2027, 1, 1), date(2027, 3, 1))  # April is not over
    assert counts.months[date(2027, 2, 1)] is Contact.HEARD
    assert _counts(world, cell, 2026).months[date(2026, 11, 1)] is Contact.NOT_ASKED


def test_who_was_never_asked_is_never_silent(world: World) -> None:
    cell = a_cell(world)
    world.wait(timedelta(days=150))
    counts = _counts(world, cell)
    assert counts.silent == ()
    assert set(counts.months.values()) == {Contact.NOT_ASKED}


def test_what_the_secretary_types_bears_name_and_time_and_can_be_corrected(world: World, cell: Cell) -> None:
    def type_in(db: Session) -> None:
        alice, now = db.get_one(Member, cell.alice), world.clock()
        for month, absent in (
            (date(2026, 10, 5), True),
            (date(2026, 11, 1), True),
            (date(2026, 10, 1), False),
        ):
            record_absence_from_meeting(db, alice, month, absent=absent, by_id=cell.bob, now=now)
            now += timedelta(minutes=1)
        record_dues(db, alice, date(2026, 9, 1), by_id=cell.bob, now=now)
        record_dues(db, alice, date(2026, 12, 31), by_id=cell.deputy, now=now + timedelta(minutes=1))

    world.db(type_in)
    counts = _counts(world, cell, 2026)
    assert [(one.month, one.by_id) for one in counts.absent] == [(date(2026, 11, 1), cell.bob)]
    assert counts.dues_until is not None
    assert (counts.dues_until.month, counts.dues_until.by_id) == (date(2026, 12, 1), cell.deputy)


def test_others_type_nothing_and_nobody_types_ahead(world: World, cell: Cell) -> None:
    def absent(month: date, by_id: int) -> None:
        world.db(
            lambda db: record_absence_from_meeting(
                db, db.get_one(Member, cell.alice), month, absent=True, by_id=by_id, now=world.clock()
            )
        )

    for by_id in (cell.alice, cell.dan, cell.officer):
        with pytest.raises(NotEntitled):
            absent(date(2026, 11, 1), by_id)
    with pytest.raises(MonthAhead):
        absent(date(2027, 1, 1), cell.bob)
