"""Who keeps in touch with whom, and what they see of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.away.away import contact_card
from models.people.assignment import (
    Assignment,
    ContactUnfit,
    RangeUnfit,
    assign_contact,
    assigned_members,
    contacts_of,
    end_assignment,
    may_see_member,
    planned_contacts,
    require_member,
)
from models.people.member import Member
from models.people.rights import NotEntitled, Right, may
from tests.absences import Chain
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in


@pytest.fixture
def cell(world: World) -> Cell:
    made = a_cell(world)
    settle_in(world, made, ALICE, BOB, DAN, DEPUTY)
    return made


def _assign(world: World, cell: Cell, contact_id: int, **more: Any) -> int:
    def work(db: Session) -> int:
        given = {"by_id": cell.bob, "now": world.clock(), **more}
        return assign_contact(db, db.get_one(Member, cell.alice), db.get_one(Member, contact_id), **given).id

    return world.db(work)


def _sees(world: World, cell: Cell, reader_id: int, right: Right = Right.SEE_CARD, *, later: int = 0) -> bool:
    now = world.clock() + timedelta(days=later)
    return world.db(
        lambda db: may_see_member(db, reader_id, db.get_one(Member, cell.alice), now=now, right=right)
    )


def test_a_contact_sees_only_their_member_and_only_what_one_needs_to_phone(world: World, cell: Cell) -> None:
    assert not _sees(world, cell, cell.dan)
    _assign(world, cell, cell.dan)
    assert _sees(world, cell, cell.dan)
    assert _sees(world, cell, cell.dan, Right.RECORD_CONTACT)
    for right in set(Right) - {Right.SEE_CARD, Right.RECORD_CONTACT}:
        assert not _sees(world, cell, cell.dan, right)
    now = world.clock()
    assert [m.id for m in world.db(lambda db: assigned_members(db, cell.dan, now=now))] == [cell.alice]
    assert not any(world.db(lambda db, r=right: may(db, cell.dan, r, cell.id, now=now)) for right in Right)  # type: ignore[misc]
    with pytest.raises(NotEntitled):
        world.db(lambda db: require_member(db, cell.dan, db.get_one(Member, cell.bob), now=now))


def test_both_are_told(world: World, cell: Cell) -> None:
    _assign(world, cell, cell.dan)
    world.settle()
    texts = {user: " ".join(m["text"] for m in world.telegram.history(user)) for user in (ALICE, DAN)}
    assert "giữ liên lạc với đồng chí Nguyễn Thị An" in texts[DAN]
    assert "Phạm Văn Dân được phân công" in texts[ALICE]


def test_somebody_stands_in_for_a_while_and_the_rights_end_with_the_last_day(
    world: World, cell: Cell
) -> None:
    _assign(world, cell, cell.dan)
    _assign(world, cell, cell.deputy, begins_on=date(2026, 12, 5), ends_on=date(2026, 12, 7))
    now = world.clock()
    assert world.db(lambda db: len(planned_contacts(db, cell.alice, now=now))) == 1
    during = datetime.fromisoformat("2026-12-07T23:59:00+07:00")
    ids = world.db(lambda db: [a.contact_id for a in contacts_of(db, cell.alice, now=during)])
    assert ids == [cell.deputy, cell.dan]
    after = datetime.fromisoformat("2026-12-08T00:00:00+07:00")
    assert world.db(lambda db: [a.contact_id for a in contacts_of(db, cell.alice, now=after)]) == [cell.dan]


def test_a_new_lasting_contact_replaces_the_one_before(world: World, cell: Cell) -> None:
    _assign(world, cell, cell.dan)
    world.wait(timedelta(hours=1))
    _assign(world, cell, cell.deputy)
    assert not _sees(world, cell, cell.dan)


def test_an_assignment_that_is_ended_shows_nothing_from_that_minute_on(world: World, cell: Cell) -> None:
    made, now = _assign(world, cell, cell.dan), world.clock()
    with pytest.raises(NotEntitled):
        world.db(lambda db: end_assignment(db, db.get_one(Assignment, made), by_id=cell.dan, now=now))
    world.db(lambda db: end_assignment(db, db.get_one(Assignment, made), by_id=cell.bob, now=now))
    assert not _sees(world, cell, cell.dan)


def test_a_contact_who_left_sees_nothing(world: World, cell: Cell) -> None:
    _assign(world, cell, cell.dan)
    world.db(lambda db: setattr(db.get_one(Member, cell.dan), "left_at", world.clock()))
    assert not _sees(world, cell, cell.dan)


def test_only_the_secretary_assigns_and_only_somebody_else_of_the_cell(world: World, cell: Cell) -> None:
    for by_id in (cell.deputy, cell.dan, cell.officer):
        with pytest.raises(NotEntitled):
            _assign(world, cell, cell.dan, by_id=by_id)
    for contact in (cell.alice, cell.officer):
        with pytest.raises(ContactUnfit):
            _assign(world, cell, contact)
    for begins, ends in ((None, date(2026, 11, 30)), (date(2026, 12, 9), date(2026, 12, 8))):
        with pytest.raises(RangeUnfit):
            _assign(world, cell, cell.dan, begins_on=begins, ends_on=ends)


def test_the_card_shows_the_phone_there_while_away(world: World, cell: Cell) -> None:
    Chain(world, cell, cell.alice).files()
    card = world.db(lambda db: contact_card(db, db.get_one(Member, cell.alice)))
    assert (card.full_name, card.place_code, card.zone) == ("Nguyễn Thị An", "JP", "Asia/Tokyo")
    assert card.phone == "+819011112222"
