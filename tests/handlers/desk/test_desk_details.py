"""Who may see details reads why somebody is excused; a contact note stands behind every report that it answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState, ask_checkin_now, excuse_checkin, owed_checkins
from models.people.member import Look, Member
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    """alice was asked for her month, and has not answered."""
    users = (ALICE, BOB, DEPUTY, OFFICER)
    found = dict(zip(users, settle_in(world, cell, *users), strict=True))
    world.until(datetime(2026, 12, 2, 2, tzinfo=UTC))
    return found


def owed(db: Session, member_id: int) -> Checkin:
    return owed_checkins(db, member_id)[0]


def forge(phone: Phone, data: str) -> str:
    phone.says("/menu")
    return phone.taps_data(phone.last()["message_id"], data, stale=True).reads()


def test_the_reason_of_an_excuse_is_for_secretary_and_deputy(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    def excuses(db: Session) -> int:
        checkin, until = owed(db, cell.alice), world.clock() + timedelta(days=5)
        excuse_checkin(db, checkin, until=until, reason="Đang đi tàu", by_id=cell.bob, now=world.clock())
        return checkin.id

    checkin = world.db(excuses)
    for user in (BOB, DEPUTY):
        assert "Lý do hoãn báo cáo: Đang đi tàu" in forge(phones[user], f"desk:late:{checkin}")
    assert "Đang đi tàu" not in forge(phones[OFFICER], f"desk:late:{checkin}")
    readers = world.db(
        lambda db: set(db.scalars(select(Look.reader_id).where(Look.what == "checkin.excuse")))
    )
    assert readers == {cell.bob, cell.deputy}
    phones[ALICE].says("/dulieu").taps("Ai đã xem")
    assert "lý do hoãn báo cáo" in phones[ALICE].reads()


def test_one_note_stands_behind_each_report_that_it_answered(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    def asks(db: Session) -> None:
        ask_checkin_now(
            db,
            db.get_one(Member, cell.alice),
            question="Có về dự họp không?",
            due_at=world.clock() + timedelta(days=2),
            by_id=cell.bob,
            policy=world.settings.checkin,
            now=world.clock(),
        )

    world.db(asks)
    bob = phones[BOB]
    forge(bob, f"desk:note:m:{cell.alice}")
    bob.taps("Cách khác", "Gọi điện", "Hôm nay").says("Khỏe, sẽ về họp").taps("Ghi lại")

    def answered(db: Session) -> list[int]:
        rows = select(Checkin.id).where(
            Checkin.member_id == cell.alice, Checkin.state == CheckinState.ANSWERED
        )
        return list(db.scalars(rows))

    reports = world.db(answered)
    assert len(reports) == 2
    for report in reports:
        seen = forge(phones[DEPUTY], f"desk:report:{report}")
        assert "Khỏe, sẽ về họp" in seen
        assert "Trần Văn Bình" in seen, seen
