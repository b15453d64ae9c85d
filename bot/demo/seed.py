"""An invented commune: two cells, sixteen people in several zones, one month already lived.

    Đảng ủy xã Hòa Thuận (invented)
      chi bộ thôn Đông    bí thư Bình, phó bí thư Lan; Mai in Osaka, Dũng in TP Hồ Chí Minh, Đức in Berlin, ...
      chi bộ thôn Tây     bí thư Tài; Cường in Seoul, Sen in Sydney, ...

Nobody here exists. Last month is not written into tables but lived through: the time machine runs it and the people
answer on their phones, so that every row and every message is what the program itself makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import App
from bot.demo.absences import write_absences
from bot.demo.telegram import StandIn
from bot.demo.timemachine import TimeMachine
from bot.demo.web import Phone
from models.checkin import plan_checkin
from models.member import (
    Member,
    Purpose,
    Standing,
    add_member,
    link_account,
    record_consent,
    set_member_place,
)
from models.names import given_name
from models.phrases.text import Lang
from models.policies import Policies
from models.rights import Role, appoint
from models.unit import Unit, UnitKind, create_unit

START = datetime(2026, 10, 31, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam: a month is lived before a visitor comes
OPENS = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)  # what the visitor sees first

BINH, LAN, MAI, DUNG, DUC, HANH, HUY, YEN, KHOA, THU = range(1001, 1011)
TAI, CUONG, SEN, PHUC, NGOC = range(2001, 2006)
HOA = 3001


@dataclass(frozen=True, slots=True)
class Person:
    user_id: int
    name: str
    born: int
    phone: str
    place: str | None = None  # a code of models.places; None: at home
    zone: str | None = None
    role: Role | None = None
    standing: Standing = Standing.OFFICIAL
    lang: Lang = Lang.VI
    registered: bool = True
    answers: bool = True  # last month


EAST = (
    Person(BINH, "Nguyễn Văn Bình", 1962, "+84912000101", role=Role.SECRETARY),
    Person(LAN, "Trần Thị Lan", 1975, "+84912000102", role=Role.DEPUTY),
    Person(MAI, "Lê Thị Mai", 2003, "+819012340103", "JP", "Asia/Tokyo"),
    Person(DUNG, "Phạm Văn Dũng", 1990, "+84912000104", "VN-79"),
    Person(DUC, "Hoàng Minh Đức", 1984, "+4915112340105", "DE", "Europe/Berlin"),
    Person(HANH, "Vũ Thị Hạnh", 1988, "+886912340106", "TW", "Asia/Taipei"),
    Person(
        HUY, "Đặng Quốc Huy", 2001, "+84912000107", "VN-01", standing=Standing.PROBATIONARY, answers=False
    ),
    Person(YEN, "Ngô Thị Yến", 1999, "+84912000108", "KR", "Asia/Seoul", registered=False),
    Person(KHOA, "Đinh Văn Khoa", 1979, "+84912000109", "VN-31"),
    Person(THU, "Trịnh Thị Thu", 1995, "+84912000110", "VN-48", registered=False),
)
WEST = (
    Person(TAI, "Lý Văn Tài", 1968, "+84912000201", role=Role.SECRETARY),
    Person(CUONG, "Bùi Mạnh Cường", 1992, "+821012340202", "KR", "Asia/Seoul"),
    Person(SEN, "Đỗ Thị Sen", 1986, "+61412340203", "AU", "Australia/Sydney", lang=Lang.EN),
    Person(PHUC, "Mạc Văn Phúc", 1981, "+84912000204", "VN-92", answers=False),
    Person(NGOC, "Hồ Thị Ngọc", 1997, "+84912000205", "VN-22", registered=False),
)
OFFICER = Person(HOA, "Phan Thị Hòa", 1980, "+84912000301", role=Role.OFFICER)

PHONES = (
    Phone(
        user_id=BINH,
        name="Nguyễn Văn Bình",
        about={"vi": "Bí thư chi bộ thôn Đông", "en": "Secretary of the East cell"},
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=MAI,
        name="Lê Thị Mai",
        about={"vi": "Thực tập sinh ở Osaka", "en": "Trainee in Osaka"},
        zone="Asia/Tokyo",
    ),
    Phone(
        user_id=DUNG,
        name="Phạm Văn Dũng",
        about={
            "vi": "Công nhân ở TP Hồ Chí Minh (Bình Dương cũ)",
            "en": "Worker in Ho Chi Minh City (formerly Bình Dương)",
        },
        zone="Asia/Ho_Chi_Minh",
    ),
    Phone(
        user_id=YEN,
        name="Ngô Thị Yến",
        about={
            "vi": "Đang ở Seoul, chưa đăng ký: mở lời mời của bí thư ở đây",
            "en": "In Seoul, not registered: open the secretary's invite here",
        },
        zone="Asia/Seoul",
        guest=True,
    ),
    Phone(
        user_id=HOA,
        name="Phan Thị Hòa",
        about={"vi": "Cán bộ đảng ủy xã", "en": "Officer of the commune committee"},
        zone="Asia/Ho_Chi_Minh",
    ),
)


async def populate(app: App, telegram: StandIn, machine: TimeMachine) -> None:
    """Write the people down, then live through last month."""
    people = [*EAST, *WEST, OFFICER]
    for person in people:
        given, family = person.name.split()[-1], " ".join(person.name.split()[:-1])
        telegram.add_user(person.user_id, given, family, language_code=person.lang, phone=person.phone)
    now = app.clock()
    policies = app.settings.policies()
    app.database.run(lambda db: _write_people(db, policies, now=now))
    for person in people:
        if person.registered:
            telegram.says(person.user_id, "/start")
    await app.pump()
    app.database.run(lambda db: write_absences(db, policies, _by_given_name(db), now=now))
    await machine.go(datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    await _answer(app, telegram, [p.user_id for p in people if p.answers and p.user_id not in (DUNG, SEN)])
    await machine.go(datetime(2026, 11, 4, 13, 0, tzinfo=UTC))
    await _answer(app, telegram, [DUNG])
    await machine.go(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    await _answer(app, telegram, [SEN])
    telegram.blocks(HANH)
    await app.pump()
    await machine.go(OPENS)


def _write_people(db: Session, policies: Policies, *, now: datetime) -> None:
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Hòa Thuận", parent=None, now=now)
    east = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=commune, now=now)
    west = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=commune, now=now)
    for cell, people in ((east, EAST), (west, WEST), (commune, (OFFICER,))):
        for person in people:
            _write_person(db, person, cell, policies, now=now)


def _by_given_name(db: Session) -> dict[str, Member]:
    return {given_name(member.full_name): member for member in db.scalars(select(Member))}


def _write_person(db: Session, person: Person, unit: Unit, policies: Policies, *, now: datetime) -> Member:
    member = add_member(
        db,
        cell_id=unit.id if unit.kind == UnitKind.CELL else None,
        full_name=person.name,
        birth_year=person.born,
        phone=person.phone,
        standing=person.standing,
        now=now,
    )
    member.lang = person.lang
    if person.place:
        set_member_place(member, person.place, zone=person.zone)
    if person.role:
        appoint(db, member_id=member.id, unit_id=unit.id, role=person.role, by_id=None, now=now)
    if person.registered:
        for purpose in Purpose:
            record_consent(db, member.id, purpose, given=True, now=now)
        link_account(db, member, chat_id=person.user_id, now=now)
        db.flush()
        plan_checkin(db, member, policies.checkin, now=now)
    return member


async def _answer(app: App, telegram: StandIn, who: list[int]) -> None:
    """Two taps each: all is well, send."""
    for label in ("checkin:ok", "checkin:send"):
        for user_id in who:
            if found := _button(telegram, user_id, label):
                telegram.taps(user_id, *found)
        await app.pump()


def _button(telegram: StandIn, user_id: int, address: str) -> tuple[int, str] | None:
    """The newest button of a chat whose data begins so."""
    for message in reversed(telegram.history(user_id)):
        for row in message["inline_keyboard"]:
            for button in row:
                if button.get("callback_data", "").startswith(address):
                    return message["message_id"], button["callback_data"]
    return None
