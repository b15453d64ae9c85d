"""The cast, and situations to begin from.

    officer   Vũ Thị Mai       committee of the commune above; in no cell here
    bob       Trần Văn Bình    secretary, at home
    deputy    Lê Thị Hoa       his deputy, at home
    alice     Nguyễn Thị An    works in Japan (Osaka)
    dan       Phạm Văn Dân     works in TP Hồ Chí Minh
    carol     a stranger       on nobody's roster

`a_cell` puts them on the roster; `register` takes one through the front door; `settle_in` does the same behind the
scenes, for tests that are about something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import plan_checkin
from models.entry.invite import create_invite
from models.people.member import Member, Purpose, account_at, add_member, link_account, record_consent
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from tests.fakes import World
from tests.phone import Phone

OFFICER, BOB, DEPUTY, ALICE, DAN, CAROL = 10, 20, 30, 40, 50, 90  # user ids, and so chats
NAMES = {
    OFFICER: "Vũ Thị Mai",
    BOB: "Trần Văn Bình",
    DEPUTY: "Lê Thị Hoa",
    ALICE: "Nguyễn Thị An",
    DAN: "Phạm Văn Dân",
    CAROL: "Carol",
}
NUMBERS = {
    OFFICER: "+84911000010",
    BOB: "+84911000020",
    DEPUTY: "+84911000030",
    ALICE: "+819012345678",
    DAN: "+84911000050",
    CAROL: "+84911000090",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Ids of the rows of `a_cell`."""

    commune: int
    id: int
    officer: int
    bob: int
    deputy: int
    alice: int
    dan: int

    def member_of(self, user: int) -> int:
        return {
            OFFICER: self.officer,
            BOB: self.bob,
            DEPUTY: self.deputy,
            ALICE: self.alice,
            DAN: self.dan,
        }[user]


def a_cell(world: World) -> Cell:
    """Everybody is on the roster, nobody is registered."""
    return world.db(lambda db: _cell(db, world.clock()))


def _cell(db: Session, now: datetime) -> Cell:
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã An Bình", parent=None, now=now)
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=commune, now=now)
    ids = {}
    for user, place in ((OFFICER, None), (BOB, None), (DEPUTY, None), (ALICE, "JP"), (DAN, "VN-79")):
        ids[user] = add_member(
            db,
            cell_id=None if user == OFFICER else cell.id,
            full_name=NAMES[user],
            birth_year=1960 + user // 2,
            phone=NUMBERS[user],
            place_code=place,
            now=now,
        ).id
    for user, unit, role in (
        (OFFICER, commune, Role.OFFICER),
        (BOB, cell, Role.SECRETARY),
        (DEPUTY, cell, Role.DEPUTY),
    ):
        appoint(db, member_id=ids[user], unit_id=unit.id, role=role, by_id=None, now=now)
    return Cell(commune.id, cell.id, ids[OFFICER], ids[BOB], ids[DEPUTY], ids[ALICE], ids[DAN])


def phone_of(world: World, user: int, *, language: str = "vi", number: str | None = None) -> Phone:
    """The person's phone, with the number that the roster knows unless another is given."""
    return world.phone(user, NAMES.get(user, ""), language=language, phone=number or NUMBERS.get(user))


def invite(world: World, member_id: int, *, by_id: int | None = None) -> str:
    """A fresh invite's token, as it stands in the link."""

    def work(db: Session) -> str:
        member = db.get_one(Member, member_id)
        policy = world.settings.invite
        return create_invite(db, member, by_id=by_id, policy=policy, now=world.clock())[1]

    return world.db(work)


def register(world: World, member_id: int, phone: Phone) -> Phone:
    """Through the front door: link, what comes before the proof, own number, place and clock as the roster says, the rest."""
    phone.opens_link(invite(world, member_id)).taps("Đúng, liên kết", "Đã hiểu")
    agree_to_all(phone).shares_contact()
    for label in ("Đúng", "Tôi đang ở nhà", "Đúng giờ này"):
        if not world.db(lambda db: account_at(db, chat_address(phone.user_id))) and label in " ".join(
            phone.buttons()
        ):
            phone.taps(label)
    return agree_to_all(phone)


def agree_to_all(phone: Phone) -> Phone:
    """Say yes to every question of consent that is open on this phone."""
    while "Đồng ý" in phone.buttons():
        phone.taps("Đồng ý")
    return phone


def settle_in(
    world: World, cell: Cell, *users: int, consents: tuple[Purpose, ...] = tuple(Purpose)
) -> list[Phone]:
    """Registered long ago, behind the scenes: account, consents, the next check-in planned. Their phones."""

    def work(db: Session) -> None:
        now = world.clock()
        for user in users:
            member = db.get_one(Member, cell.member_of(user))
            link_account(db, member, address=chat_address(user), now=now)
            for purpose in Purpose:
                record_consent(db, member.id, purpose, given=purpose in consents, now=now)
            plan_checkin(db, member, world.settings.policies().checkin, now=now)

    phones = [phone_of(world, user) for user in users]
    for phone in phones:
        world.telegram.users[phone.user_id].started = True
    world.db(work)
    return phones
