"""A matter that is for few: who hears of it, who does not, through silence, a promise that lapses, a change of office."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.request import HelpRequest, RequestState
from models.desk.handover import what_waits
from models.people.member import Look, Member
from models.people.rights import appointments, end_appointment
from models.trust.data import own_data
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, OFFICER, Cell, settle_in
from tests.phone import Phone

WORDS = "Bị chủ đánh, giữ hộ chiếu"


def at(day: int, hour: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, ALICE, BOB, DEPUTY, OFFICER)


def state(world: World) -> tuple[str, int | None]:
    row = world.db(lambda db: db.scalars(select(HelpRequest)).one())
    return row.state, row.owner_id


def test_only_those_she_chose_ever_hear_of_it(world: World, cell: Cell, phones: list[Phone]) -> None:
    alice, bob, deputy, officer = phones
    alice.says("/hotro").taps("Việc khác", "Khẩn cấp")
    assert "110" in alice.reads()  # Japan: at once, before anything is sent
    alice.says(WORDS).taps("Xong, xem lại", "Chỉ cho một số người thấy")
    alice.taps("Lê Thị Hoa", "Xong", "Gửi")
    assert "Đang gửi ngay tới Lê Thị Hoa" in alice.reads()

    # nobody takes it: it is called again, among the chosen only, and she hears that
    world.until(at(1, 18))
    assert deputy.chat().lower().count("chưa có người nhận: đồng chí") == 2
    assert "cho thêm người thấy" in alice.reads()

    # taken, promised, and the promised day goes by
    deputy.taps("Tôi nhận việc này")
    assert "Lê Thị Hoa đã nhận" in alice.reads()
    world.until(at(3, 9))
    assert "Đồng chí đã quá hẹn" in deputy.reads()
    assert "quá hẹn" in alice.reads()

    # the deputy's office ends: she is told, chooses the officer, and it goes on
    def leaves(db: Session) -> None:
        for held in appointments(db, cell.deputy, now=world.clock()):
            end_appointment(db, held, by_id=None, now=world.clock())

    world.db(leaves)
    world.until(at(5, 9))
    assert "không còn phụ trách" in alice.reads()
    assert state(world) == (RequestState.OPEN, None)
    deputy.reads()
    deputy.says("/hotro").says("/chibo")
    assert WORDS not in deputy.reads()
    alice.taps("Xem việc tôi nhờ", "Cho thêm người thấy", "Vũ Thị Mai", "Xong")
    officer.taps("Tôi nhận việc này")
    assert WORDS in officer.reads()
    officer.taps("Hỏi xem việc đã xong chưa")
    alice.taps("Việc đã xong")
    assert state(world) == (RequestState.CLOSED, cell.officer)

    # the secretary knew nothing, on no screen, in no list, in nobody's file
    bob.says("/chibo").says("/hotro").says("/dulieu")
    assert "An cần hỗ trợ" not in bob.chat()
    assert "Cần hỗ trợ (" not in bob.chat() + " ".join(bob.buttons())
    assert world.db(lambda db: [one for one in what_waits(db, cell.id) if one.matter == "request"]) == []

    def held(db: Session) -> str:
        return own_data(db, db.get_one(Member, cell.bob), now=world.clock()).model_dump_json()

    assert WORDS not in world.db(held)
    readers = world.db(lambda db: {one.reader_id for one in db.scalars(select(Look))})
    assert readers <= {cell.deputy, cell.officer}
