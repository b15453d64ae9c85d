"""A new secretary is led from an empty roster to the first Monday; one contact is given to ten people in few taps."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.people.assignment import Assignment
from models.people.member import Member, Purpose as P, add_member, link_account, record_consent
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, a_cell, phone_of, settle_in


def test_the_guide_leads_from_the_roster_to_the_first_monday_and_goes(world: World) -> None:
    def work(db: Session) -> int:
        now = world.clock()
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Nam", parent=None, now=now)
        bob = add_member(db, cell_id=cell.id, full_name="Trần Văn Bình", now=now)
        appoint(db, member_id=bob.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=now)
        link_account(db, bob, address=chat_address(BOB), now=now)
        for purpose in P:
            record_consent(db, bob.id, purpose, given=True, now=now)
        return cell.id

    cell = world.db(work)
    bob = phone_of(world, BOB)
    world.telegram.users[BOB].started = True
    bob.says("/chibo")
    first = bob.reads()
    assert "Những ngày đầu của bí thư" in first
    assert "▢ 1. Lập danh sách đảng viên" in first
    assert "bình yên" not in first
    assert "Bước 1: lập danh sách" in bob.buttons()
    world.db(
        lambda db: add_member(db, cell_id=cell, full_name="Nguyễn Thị An", place_code="JP", now=world.clock())
    )
    bob.says("/chibo")
    second = bob.reads()
    assert "✓ 1. Lập danh sách" in second
    assert "▢ 2. Gửi lời mời" in second
    bob.taps("Bước 2: gửi lời mời", "Mỗi người một tin").says("/chibo")
    third = bob.reads()
    assert "✓ 2. Gửi lời mời" in third
    assert "▢ 3. 08:00 thứ Hai 07/12" in third
    world.wait(timedelta(days=7))
    bob.says("/chibo")
    assert "Những ngày đầu" not in bob.reads()


def test_one_contact_for_ten_people_takes_six_inputs_at_the_most(world: World) -> None:
    cell = a_cell(world)
    bob, hoa, alice = settle_in(world, cell, BOB, DEPUTY, ALICE)

    def more(db: Session) -> None:
        for number in range(9):
            name = f"Đỗ Văn {chr(65 + number)}"
            add_member(db, cell_id=cell.id, full_name=name, place_code="JP", now=world.clock())

    world.db(more)
    bob.says("/danhsach").taps("Việc khác", "Phân công giữ liên lạc").says("hoa").taps("Phân công (11)")
    assert "giữ liên lạc với 11 đồng chí" in bob.reads()
    told = hoa.reads()
    assert told.count("Chi bộ phân công đồng chí giữ liên lạc") == 1  # one message about all of them
    assert "11 đồng chí" in told
    assert "Lê Thị Hoa" in alice.reads()
    rows = world.db(lambda db: {one.member_id for one in db.scalars(select(Assignment))})
    assert len(rows) == 11


def test_names_are_chosen_and_left_out(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/danhsach").taps("Việc khác", "Phân công giữ liên lạc", "Lê Thị Hoa")
    assert "✓ Nguyễn Thị An" in bob.buttons()
    bob.taps("Nguyễn Thị An")
    assert "Phân công (1)" in bob.buttons()
    bob.says("dan")
    assert "Phân công (0)" in bob.buttons()
    bob.taps("Phân công (0)")
    assert "chọn ít nhất một" in bob.reads()
    bob.says("dan").taps("Phân công (1)")
    row = world.db(lambda db: db.scalars(select(Assignment)).one())
    assert (row.member_id, row.contact_id) == (cell.dan, cell.deputy)
    assert world.db(lambda db: db.get_one(Member, cell.dan)).full_name == "Phạm Văn Dân"
