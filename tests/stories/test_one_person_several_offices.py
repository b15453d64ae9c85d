"""Kind 9: one person, several offices: an officer on a cell's roster, a secretary who becomes an officer; and who only has a number."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin
from models.entry.invite import create_invite
from models.entry.joining import join_people
from models.people.member import Member, account_of, add_member, link_account, looks, record_look
from models.people.rights import Role, appoint, appointments
from tests.fakes import World
from tests.people import ALICE, BOB, DEPUTY, NAMES, NUMBERS, OFFICER, a_cell, invite, settle_in
from tests.phone import Phone
from tests.stories.test_take_overs import claims, link_in

NEW = 88  # a chat that is nobody's


def settled(world: World, phone: Phone) -> str:
    """What is read once the outbox has been sent."""
    world.wait(timedelta(minutes=1))
    return phone.reads()


def roles(world: World, member_id: int) -> set[str]:
    return world.db(lambda db: {one.role for one in appointments(db, member_id, now=world.clock())})


def test_an_officer_is_put_on_the_roster_of_a_cell(world: World) -> None:
    cell = a_cell(world)
    mai, bob = settle_in(world, cell, OFFICER, BOB)
    bob.says("/moi", NAMES[OFFICER], "1965", NUMBERS[OFFICER]).taps("chính thức", "Chưa rõ").taps(
        "Không đi làm ăn xa"
    )
    bob.taps("Lưu")
    mai.opens_link(link_in(bob))
    asked = mai.reads()
    assert "Lời mời này cũng là của đồng chí?" in asked
    assert "đảng viên, Chi bộ thôn Đông" in asked
    assert "Cán bộ Đảng ủy xã An Bình" in asked
    mai.taps("Đúng, cùng là tôi").shares_contact()
    assert "Khi có người xác nhận" in mai.reads()
    told = bob.reads()
    assert "có tài khoản ở đây: Vũ Thị Mai" in told
    bob.taps("Đúng là đồng chí ấy")
    assert "Đã ghi thêm cho đồng chí" in mai.reads()
    one = world.db(lambda db: db.get_one(Member, cell.officer))
    assert (one.cell_id, one.full_name) == (cell.id, "Vũ Thị Mai")
    assert roles(world, cell.officer) == {"officer"}
    # one account, one name on the roster
    bob.says("/danhsach").says("mai")
    assert sum("Vũ Thị Mai" in label for label in bob.buttons()) == 1
    # and each screen says in what capacity
    mai.says("/dangbo")
    assert "Với tư cách cán bộ Đảng ủy xã An Bình" in mai.reads()


def test_a_secretary_becomes_an_officer_of_the_commune(world: World) -> None:
    cell = a_cell(world)
    mai, bob = settle_in(world, cell, OFFICER, BOB)

    def work(db: Session) -> str:
        made = add_member(
            db,
            cell_id=None,
            full_name="TRẦN VĂN BÌNH",
            birth_year=1970,
            phone=NUMBERS[BOB],
            now=world.clock(),
        )
        appoint(db, member_id=made.id, unit_id=cell.commune, role=Role.OFFICER, by_id=None, now=world.clock())
        return create_invite(db, made, by_id=None, policy=world.settings.invite, now=world.clock())[1]

    token = world.db(work)
    bob.opens_link(token).taps("Đúng, cùng là tôi").shares_contact()
    assert roles(world, cell.bob) == {"secretary"}  # nothing before somebody entitled says so
    mai.taps("Đúng là đồng chí ấy")
    assert roles(world, cell.bob) == {"secretary", "officer"}
    bob.says("/dangbo")
    assert "Với tư cách cán bộ Đảng ủy xã An Bình" in bob.reads()
    bob.says("/chibo")
    assert "Với tư cách bí thư, Chi bộ thôn Đông" in bob.reads()
    # of two with one name each is told apart, but this is one person
    assert world.db(lambda db: db.get_one(Member, cell.bob).full_name) == "Trần Văn Bình"


def test_who_only_has_the_number_gains_no_office(world: World) -> None:
    cell = a_cell(world)
    mai, bob, deputy = settle_in(world, cell, OFFICER, BOB, DEPUTY)

    def work(db: Session) -> tuple[int, str]:
        made = add_member(
            db,
            cell_id=None,
            full_name="Trần Văn Bình",
            birth_year=1970,
            phone=NUMBERS[BOB],
            now=world.clock(),
        )
        appoint(db, member_id=made.id, unit_id=cell.commune, role=Role.OFFICER, by_id=None, now=world.clock())
        return made.id, create_invite(db, made, by_id=None, policy=world.settings.invite, now=world.clock())[
            1
        ]

    officer_row, token = world.db(work)
    # another registered person, of another name
    deputy.opens_link(token)
    assert "Lời mời này cũng là" not in deputy.reads()
    # a stranger whose SIM card now has Bình's number: the number alone proves nothing any more
    thief = world.phone(NEW, "x", language="vi", phone=NUMBERS[BOB])
    claims(thief, token)
    assert world.db(lambda db: account_of(db, officer_row)) is None
    assert "Có người vừa mở lời mời mang tên và số điện thoại của đồng chí" in bob.reads()
    assert "đang dùng một tài khoản khác" in mai.reads()
    mai.taps("Không phải")
    assert world.db(lambda db: account_of(db, officer_row)) is None
    assert roles(world, cell.bob) == {"secretary"}


def test_another_number_than_the_invites_adds_nothing(world: World) -> None:
    cell = a_cell(world)
    mai, bob = settle_in(world, cell, OFFICER, BOB)
    bob.says("/moi", NAMES[OFFICER], "1965", NUMBERS[OFFICER]).taps("chính thức", "Chưa rõ").taps(
        "Không đi làm ăn xa"
    )
    bob.taps("Lưu")
    mai.opens_link(link_in(bob)).taps("Đúng, cùng là tôi").shares_contact(phone="+84900000000")
    assert "không trùng với số trong lời mời" in mai.reads()
    assert world.db(lambda db: db.get_one(Member, cell.officer).cell_id) is None


def test_two_rows_are_joined_and_nothing_is_lost(world: World) -> None:
    cell = a_cell(world)
    (alice,) = settle_in(world, cell, ALICE)

    def work(db: Session) -> tuple[int, int]:
        now = world.clock()
        officer = add_member(
            db, cell_id=None, full_name=NAMES[ALICE], phone=NUMBERS[ALICE], birth_year=None, now=now
        )
        appoint(db, member_id=officer.id, unit_id=cell.commune, role=Role.OFFICER, by_id=None, now=now)
        link_account(db, officer, address=chat_address(NEW), now=now)
        record_look(db, reader_id=cell.bob, member_id=officer.id, what="member.phone", now=now)
        row = db.get_one(Member, cell.alice)
        before = len(list(db.scalars(select(Checkin).where(Checkin.member_id == row.id))))
        join_people(db, officer, row, by_id=None, checkins=world.settings.checkin, now=now)
        return officer.id, before

    person, before = world.db(work)
    mine = world.db(lambda db: len(list(db.scalars(select(Checkin).where(Checkin.member_id == person)))))
    assert mine >= before > 0
    one = world.db(lambda db: db.get_one(Member, person))
    assert (one.cell_id, one.place_code, one.birth_year) == (cell.id, "JP", 1980)
    other = world.db(lambda db: db.get_one(Member, cell.alice))
    assert (other.joined_id, other.cell_id) == (person, None)
    assert world.db(lambda db: looks(db, person))
    world.settle() if hasattr(world, "settle") else None
    assert (
        "Hai tên của cùng một người" in alice.reads()
        or world.db(lambda db: account_of(db, cell.alice)) is None
    )


def test_an_invite_of_ones_own_is_still_ones_own(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    bob.opens_link(invite(world, cell.bob))
    assert "cũng là của đồng chí" not in bob.reads()
