"""Rules of the ladder that no screen shows: whose night it is, what is bundled, what is taken back, who is counted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import Report, volunteer_checkin
from models.contact.ladder import (
    Ladder,
    LadderAlert,
    LadderRefused,
    LadderState,
    call_list,
    climb_ladders,
    due_ladders,
    open_ladder,
    take_ladder,
)
from models.contact.policy import LadderPolicy
from models.delivery.outbox import Outbox
from models.desk.roster import leave_roster
from models.ground.days_off import DaysOff
from models.ground.steps import Steps
from models.people.assignment import assign_contact
from models.people.member import Member, set_member_place
from models.people.rights import NotEntitled
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, a_cell, settle_in

POLICY = LadderPolicy()
SAO_PAULO = "America/Sao_Paulo"


def at(day: int, hour: int = 9) -> datetime:
    """December 2026 by Vietnam's clock."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def cell(world: World) -> Cell:
    """dan and alice are both late; hoa (the deputy) keeps in touch with both, and lives in São Paulo."""
    cell = a_cell(world)
    settle_in(world, cell, DAN, ALICE, BOB, DEPUTY, OFFICER)

    def work(db: Session) -> None:
        db.get_one(Member, cell.deputy).zone = SAO_PAULO
        for member_id in (cell.dan, cell.alice):
            member, contact = db.get_one(Member, member_id), db.get_one(Member, cell.deputy)
            assign_contact(db, member, contact, by_id=cell.bob, now=world.clock())

    world.db(work)
    world.until(at(8))
    return cell


def letters(world: World, person: int) -> list[Outbox]:
    """What climbing has said to a chat."""
    return world.db(
        lambda db: list(
            db.scalars(
                select(Outbox).where(
                    Outbox.address == chat_address(person), Outbox.key.startswith("ladder.news:")
                )
            )
        )
    )


def ladder(db: Session, member_id: int) -> Ladder:
    found = open_ladder(db, member_id)
    assert found is not None
    return found


def climb(world: World, moment: datetime) -> None:
    world.clock.set(moment)
    world.db(
        lambda db: climb_ladders(db, due_ladders(db, now=moment, limit=99), POLICY, off=DaysOff(), now=moment)
    )


def test_several_of_one_morning_are_one_message_that_waits_for_the_receivers_own_morning(
    world: World, cell: Cell
) -> None:
    climb(world, at(15, 8))
    (letter,) = letters(world, DEPUTY)
    assert letter.body is not None
    assert "Phạm Văn Dân" in letter.body
    assert "Nguyễn Thị An" in letter.body
    assert letter.not_before == datetime(2026, 12, 15, 10, tzinfo=UTC)  # seven in São Paulo
    climb(world, at(15, 8))
    assert len(letters(world, DEPUTY)) == 1


def test_at_night_nothing_climbs(world: World, cell: Cell) -> None:
    climb(world, at(15, 22))
    assert letters(world, DEPUTY) == []
    assert world.db(lambda db: ladder(db, cell.dan).next_at) == at(16, 7)


def test_two_steps_that_were_missed_are_one(world: World, cell: Cell) -> None:
    climb(world, at(23))
    assert world.db(lambda db: ladder(db, cell.dan).rung) == "desk"
    assert len(letters(world, BOB)) == 1


def test_a_report_unasked_ends_it_too_and_the_desk_hears_of_it_once(world: World, cell: Cell) -> None:
    def work(db: Session) -> list[str]:
        member = db.get_one(Member, cell.dan)
        volunteer_checkin(db, member, Report(fine=True), world.settings.checkin, now=world.clock())
        assert open_ladder(db, cell.dan) is None
        told = Outbox.key.startswith("ladder.ended:") | Outbox.key.startswith("checkin.volunteered:")
        return list(db.scalars(select(Outbox.key).where(told)))

    assert len(world.db(work)) == 2  # secretary and deputy, each once


@pytest.mark.parametrize("how", ["home", "off the roster"])
def test_who_belongs_no_longer_is_called_no_longer(world: World, cell: Cell, how: str) -> None:
    def work(db: Session) -> str | None:
        member, row = db.get_one(Member, cell.dan), ladder(db, cell.dan)
        if how == "home":
            set_member_place(member, None)
            climb_ladders(db, [row.id], POLICY, off=DaysOff(), now=at(15))
        else:
            leave_roster(db, member, world.settings.checkin, by_id=None, now=world.clock())
        return row.ended_how

    assert world.db(work) == "left"


def test_only_who_stands_on_it_may_take_it_and_only_for_a_few_days(world: World, cell: Cell) -> None:
    def tries(db: Session, by_id: int, days: int) -> None:
        on = (at(8) + timedelta(days=days)).date()
        take_ladder(db, ladder(db, cell.dan), by_id=by_id, promised_on=on, policy=POLICY, now=at(8))

    for stranger in (cell.officer, cell.alice, cell.dan):
        with pytest.raises(NotEntitled):
            world.db(partial(tries, by_id=stranger, days=1))
    for days in (-1, 8):
        with pytest.raises(LadderRefused):
            world.db(partial(tries, by_id=cell.bob, days=days))
    world.db(lambda db: tries(db, cell.bob, 7))
    with pytest.raises(LadderRefused):  # one's own promise is kept, not prolonged
        world.db(lambda db: tries(db, cell.bob, 7))
    assert world.db(lambda db: ladder(db, cell.dan).state) == LadderState.TAKEN


def test_the_morning_list_counts_as_told(world: World, cell: Cell) -> None:
    told = world.db(lambda db: set(db.scalars(select(LadderAlert.told_id))))
    assert told == {cell.bob, cell.deputy}


def test_the_call_list_is_the_oldest_silence_first_and_names_who_keeps_in_touch(
    world: World, cell: Cell
) -> None:
    calls = world.db(lambda db: call_list(db, cell.id, now=world.clock()))
    assert {call.member.full_name for call in calls} == {"Phạm Văn Dân", "Nguyễn Thị An"}
    assert {call.contacts for call in calls} == {("Lê Thị Hoa",)}


@pytest.mark.parametrize("days", [(7, 7, 30), (14, 7, 30), (0, 7, 14), (7, 14, 400)])
def test_steps_come_one_after_the_other(days: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="Steps"):
        Steps(contact=days[0], desk=days[1], committee=days[2])
