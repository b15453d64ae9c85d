"""A small commune, and its people: who they are, where they live, by which way they speak to the program.

Some are registered (`SETTLED`), the others have an invite from the operator; whom officer and secretaries invite in the
program, and to whom a link is made out, gets that link from them and may open it. Whoever has a second way to the program
stands in the cast twice, under another name, as the same member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import plan_checkin
from models.entry.invite import Invite, create_invite, hash_token
from models.ground.channel import Address, Channel
from models.people.browser import device_of, new_page, open_browser
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from tests.simulate.town import Town
from tests.tab import ANDROID

TELEGRAM, ZALO, PAGE = "telegram", "zalo", "page"
_FIRST_CHAT = 1_000
_MOST = 24  # people; whoever is added beyond stays without a phone

#     name, place, by which way, office
CELLS = (
    (
        "Chi bộ thôn Đông",
        (
            ("Trần Văn Bình", None, TELEGRAM, Role.SECRETARY),
            ("Lê Thị Hoa", None, TELEGRAM, Role.DEPUTY),
            ("Nguyễn Thị An", "JP", TELEGRAM, None),
            ("Phạm Văn Dân", "VN-79", ZALO, None),
            ("Hoàng Thị Mỹ", "US", TELEGRAM, None),
        ),
    ),
    (
        "Chi bộ thôn Tây",
        (
            ("Đỗ Văn Giang", None, TELEGRAM, Role.SECRETARY),
            ("Bùi Thị Kim", "DE", TELEGRAM, None),
            ("Ngô Văn Long", "VN-01", PAGE, None),
            ("Vũ Văn Nam", "TW", TELEGRAM, None),
            ("Tạ Thị Oanh", "VN-79", PAGE, None),
            ("Phùng Văn Phú", "VN-01", ZALO, None),
        ),
    ),
)
OFFICER = ("Phan Thị Hòa", None, TELEGRAM, Role.OFFICER)
# registered long ago; the others have an invite
SETTLED = (
    *("Phan Thị Hòa", "Trần Văn Bình", "Lê Thị Hoa", "Hoàng Thị Mỹ"),
    *("Đỗ Văn Giang", "Bùi Thị Kim", "Vũ Văn Nam", "Phạm Văn Dân", "Ngô Văn Long"),
)
# who is reached in two ways: the name of their other end, and what it is
SECOND = {
    "Hoàng Thị Mỹ": ("Hoàng Thị Mỹ, trên trang", PAGE),
    "Vũ Văn Nam": ("Vũ Văn Nam, bằng Zalo", ZALO),
    "Trần Văn Bình": ("Trần Văn Bình, trên trang", PAGE),
}
ZONES = {"US": "America/New_York", "DE": "Europe/Berlin"}


@dataclass
class Person:
    """`chat`: of the phone that they use now, a Telegram id, a Zalo id or the number of a browser.

    `cookie`: what the browser holds that has been let in long ago; empty: none, or no browser.
    """

    name: str
    member_id: int
    way: str
    number: str
    chat: int = 0
    tokens: list[str] = field(default_factory=list)  # links made out to them that they have not opened yet
    chats: list[int] = field(default_factory=list)  # all that were ever theirs
    cookie: str = ""


class Cast:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.people: dict[str, Person] = {}
        self._chats = _FIRST_CHAT
        self._read = 0  # effects that were looked through for links
        self.commune = 0
        self.cells: list[int] = []
        town.db(self._settle)

    def _settle(self, db: Session) -> None:
        town = self.town
        commune = create_unit(
            db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Hòa Thuận", parent=None, now=town.now()
        )
        self.commune = commune.id
        self._add(db, None, commune.id, *OFFICER)
        for name, people in CELLS:
            cell = create_unit(db, kind=UnitKind.CELL, name=name, parent=commune, now=town.now())
            self.cells.append(cell.id)
            for who in people:
                self._add(db, cell.id, cell.id, *who)

    def _add(
        self,
        db: Session,
        cell_id: int | None,
        unit_id: int,
        name: str,
        place: str | None,
        way: str,
        role: Role | None,
    ) -> None:
        number = f"+84911{len(self.people) + 10:06}"
        member = add_member(
            db, cell_id=cell_id, full_name=name, phone=number, birth_year=1960 + len(self.people), place_code=place,
            now=self.town.now(),
        )  # fmt: skip
        if place in ZONES:
            member.zone = ZONES[place]
        if role is not None:
            appoint(db, member_id=member.id, unit_id=unit_id, role=role, by_id=None, now=self.town.now())
        person = self._join(name, member.id, way, number)
        if name not in SETTLED:
            return
        self._settles_in(db, member, person)
        if name in SECOND:
            self._links(db, member, self._join(SECOND[name][0], member.id, SECOND[name][1], number))

    def _settles_in(self, db: Session, member: Member, person: Person) -> None:
        now = self.town.now()
        self._links(db, member, person)
        for purpose in Purpose:
            record_consent(db, member.id, purpose, given=True, now=now)
        plan_checkin(db, member, self.town.settings.policies().checkin, now=now)

    def _links(self, db: Session, member: Member, person: Person) -> None:
        """Make this end of theirs an account of the member's."""
        now = self.town.now()
        if person.way == TELEGRAM:
            self.town.telegram.users[person.chat].started = True
            address = chat_address(person.chat)
        elif person.way == ZALO:
            self.town.zalo.says(str(person.chat), "Xin chào")
            address = Address(Channel.TEXT, str(person.chat))
        else:
            address = new_page()
            person.cookie = open_browser(db, address, device=device_of(ANDROID), now=now)[1]
        link_account(db, member, address=address, now=now)

    def _join(self, name: str, member_id: int, way: str, number: str) -> Person:
        person = self.people[name] = Person(name, member_id, way, number)
        self.takes_new_phone(person)
        return person

    def takes_new_phone(self, person: Person) -> None:
        """Another chat, with the same number; the one before is left where it is."""
        self._chats += 1
        person.chat, person.cookie = self._chats, ""
        person.chats.append(person.chat)
        if person.way == TELEGRAM:
            self.town.telegram.add_user(person.chat, person.name, phone=person.number)
        elif person.way == ZALO:
            self.town.zalo.add_user(str(person.chat), person.name)

    def operator_invites(self, person: Person) -> None:
        """As `python -m bot invite`."""

        def work(db: Session) -> str:
            member, policy = db.get_one(Member, person.member_id), self.town.settings.invite
            return create_invite(db, member, by_id=None, policy=policy, now=self.town.program())[1]

        person.tokens.append(self.town.db(work))

    def hand_over_links(self) -> None:
        """Whoever has got an invite for somebody on their screen passes it on to them."""
        effects = self.town.journal.effects
        for effect in effects[self._read :]:
            for token in _LINK.findall(effect.text):
                self._hand_over(token)
        self._read = len(effects)

    def _hand_over(self, token: str) -> None:
        found = self.town.db(partial(_whose, token))
        if found is None:
            return
        member_id, name = found
        person = next((one for one in self.people.values() if one.member_id == member_id), None)
        if person is None and len(self.people) < _MOST and name not in self.people:
            person = self._join(name, member_id, TELEGRAM, f"+84911{len(self.people) + 10:06}")
        if person is not None and token not in person.tokens:
            person.tokens.append(token)

    def __iter__(self) -> Iterator[Person]:
        return iter(self.people.values())


_LINK = re.compile(r"[?&]start=([A-Za-z0-9_-]{16,})")


def _whose(token: str, db: Session) -> tuple[int, str] | None:
    row = db.execute(
        select(Member.id, Member.own_name)
        .join(Invite, Invite.member_id == Member.id)
        .where(Invite.token_hash == hash_token(token))
    ).first()
    return (row[0], row[1]) if row is not None else None
