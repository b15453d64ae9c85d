"""Units change: what the level above types and confirms, what everybody else reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import plan_checkin
from models.people.member import Purpose, add_member, link_account, record_consent, roster
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, OFFICER, Cell, phone_of, settle_in
from tests.phone import Phone

EVA, GIANG = 60, 70


@dataclass(frozen=True)
class Two:
    """Two cells of a commune, everybody registered; `west` has a secretary and one who works away."""

    east: int
    west: int
    phones: dict[int, Phone]

    def __getitem__(self, user: int) -> Phone:
        return self.phones[user]


@pytest.fixture
def two(world: World, cell: Cell) -> Two:

    def work(db: Session) -> int:
        now = world.clock()
        other = create_unit(
            db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=db.get_one(Unit, cell.commune), now=now
        )
        for user, name, place in ((EVA, "Hoàng Thị Én", None), (GIANG, "Ngô Văn Giang", "KR")):
            one = add_member(
                db,
                cell_id=other.id,
                full_name=name,
                birth_year=1970,
                phone=f"+849110000{user}",
                place_code=place,
                now=now,
            )
            link_account(db, one, address=chat_address(user), now=now)
            for purpose in Purpose:
                record_consent(db, one.id, purpose, given=True, now=now)
            plan_checkin(db, one, world.settings.policies().checkin, now=now)
            if user == EVA:
                appoint(db, member_id=one.id, unit_id=other.id, role=Role.SECRETARY, by_id=None, now=now)
        return other.id

    users = (OFFICER, BOB, DEPUTY, ALICE, DAN)
    phones = dict(zip(users, settle_in(world, cell, *users), strict=True))
    for user in (EVA, GIANG):
        phones[user] = phone_of(world, user)
        world.telegram.users[user].started = True
    return Two(cell.id, world.db(work), phones)


def opens(mai: Phone, unit: str) -> Phone:
    mai.says("/dangbo").taps(unit, "Việc khác", "Sắp xếp, đổi tên tổ chức")
    return mai


def names(world: World, cell_id: int) -> list[str]:
    return world.db(lambda db: [one.own_name for one in roster(db, cell_id)])


def test_two_cells_merge_by_one_confirmation_and_everybody_hears_once(
    world: World, cell: Cell, two: Two
) -> None:
    mai, bob, eva, giang = (two[one] for one in (OFFICER, BOB, EVA, GIANG))
    opens(mai, "Chi bộ thôn Tây")
    print(mai.reads())
    mai.taps("Sáp nhập vào nơi khác")
    print(mai.reads())
    mai.taps("Chi bộ thôn Đông")
    print(mai.reads())
    mai.taps("Làm phó bí thư nơi tiếp nhận")
    print(mai.reads())
    mai.says("05-QĐ/ĐU ngày 01/12/2026")
    print(mai.reads())
    mai.taps("Xác nhận sáp nhập")
    print(mai.reads())
    world.wait(timedelta(minutes=2))
    for one in (bob, eva, giang):
        print(one.reads())
    assert "Ngô Văn Giang" in names(world, cell.id)
    mai.taps("Hoàn tác lần thay đổi này")
    print(mai.reads())
    mai.taps("Hoàn tác")
    print(mai.reads())
    world.wait(timedelta(minutes=2))
    for one in (bob, eva, giang):
        print(one.reads())
    assert "Ngô Văn Giang" in names(world, two.west)
