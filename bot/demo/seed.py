"""An invented commune: three cells, twenty-two people in several zones, ten months on paper and one month lived.

    Đảng ủy xã Hòa Thuận (invented)
      chi bộ thôn Đông    bí thư Bình, phó bí thư Lan; Mai in Osaka, Dũng in TP Hồ Chí Minh, Đức in Berlin, ...
      chi bộ thôn Tây     bí thư Tài; Cường in Seoul, Sen in Sydney, ...
      chi bộ thôn Nam     nobody in office: the officer may stand in

Nobody here exists. What lies further back was done before anybody had the bot, so no message tells of it. The last
month is lived through: the time machine runs it and people answer on their phones, so that every row and every message
is what the program itself makes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.app import App
from bot.demo.absences import THIS_MONTH, at_nine, write_past, write_this_month
from bot.demo.people import (
    BINH,
    DUNG,
    EAST,
    HANH,
    HOA,
    HUY,
    LAN,
    MAI,
    OFFICER,
    PHONES,
    SEN,
    SOUTH,
    VAN,
    WEST,
    YEN,
    Person,
)
from bot.demo.telegram import StandIn
from bot.demo.timemachine import TimeMachine
from bot.demo.touch import DAYS, Month, begin_silence, write_reports
from models.checkin import plan_checkin
from models.member import Member, Purpose, add_member, link_account, record_consent, set_member_place
from models.names import given_name
from models.policies import Policies
from models.rights import appoint
from models.unit import Unit, UnitKind, create_unit

__all__ = [
    "BINH",
    "DUNG",
    "HANH",
    "HOA",
    "HUY",
    "LAN",
    "MAI",
    "OPENS",
    "PHONES",
    "SEN",
    "START",
    "VAN",
    "YEN",
    "populate",
]

BOOKS = datetime(2025, 12, 1, 1, 0, tzinfo=UTC)  # the cells' paper books begin
START = datetime(2026, 10, 31, 1, 0, tzinfo=UTC)  # 08:00 in Vietnam: a month is lived before a visitor comes
OPENS = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)  # what the visitor sees first
EVERYBODY = (*EAST, *WEST, *SOUTH, OFFICER)


async def populate(app: App, telegram: StandIn, machine: TimeMachine) -> None:
    """Write people and papers down, connect the phones, then live through last month."""
    for person in EVERYBODY:
        given, family = person.name.split()[-1], " ".join(person.name.split()[:-1])
        telegram.add_user(person.user_id, given, family, language_code=person.lang, phone=person.phone)
    now, policies = app.clock(), app.settings.policies()
    app.database.run(_write_people)
    app.database.run(lambda db: write_past(db, policies, _by_given_name(db)))
    app.database.run(lambda db: write_reports(db, policies, _by_given_name(db)))
    await machine.go(now + timedelta(minutes=5))  # what those papers set off by now: nobody hears of it yet
    now = app.clock()
    app.database.run(lambda db: _connect_all(db, policies, now=now))
    app.database.run(lambda db: begin_silence(db, policies, _by_given_name(db), now=now))
    for person in EVERYBODY:
        if person.registered:
            telegram.says(person.user_id, "/start")
    await app.pump()
    machine.forgets_nothing = True
    await _live(app, telegram, machine, policies)
    machine.forgets_nothing = False


async def _live(app: App, telegram: StandIn, machine: TimeMachine, policies: Policies) -> None:
    late = (DUNG, SEN)
    await machine.go(datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    await _answer(app, telegram, [p.user_id for p in EVERYBODY if p.answers and p.user_id not in late])
    await machine.go(datetime(2026, 11, 8, 13, 0, tzinfo=UTC))
    await _answer(app, telegram, [DUNG])
    await machine.go(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    await _answer(app, telegram, [SEN])
    telegram.blocks(HANH)
    await app.pump()
    for day in sorted({*THIS_MONTH, *DAYS}):
        await machine.go(at_nine(day))
        now = app.clock()
        app.database.run(partial(_do_on, day, policies=policies, now=now))
    await machine.go(at_nine(date(2026, 11, 29)))
    await _ask_for_help(app, telegram)
    await machine.go(OPENS)


def _do_on(day: date, db: Session, *, policies: Policies, now: datetime) -> None:
    people = _by_given_name(db)
    if day in THIS_MONTH:
        write_this_month(db, policies, people, day, now=now)
    for does in DAYS.get(day, ()):
        does(Month(db, policies, people, now=now))


async def _ask_for_help(app: App, telegram: StandIn) -> None:
    """Mai asks, and has numbers to call at once; Bình takes it and writes back."""

    async def does(user_id: int, *what: str) -> None:
        for one in what:
            if found := _button(telegram, user_id, one):
                telegram.taps(user_id, *found)
            else:
                telegram.says(user_id, one)
            await app.pump()

    await does(MAI, "/hotro", "Tai nạn", "Khẩn cấp")
    await does(MAI, "Tôi bị cưa vào tay, đang nằm bệnh viện. Công ty chưa nói có trả viện phí không.")
    await does(MAI, "Xong, xem lại", "Gửi")
    await does(BINH, "request:see", "Tôi nhận việc này", "Viết thêm")
    await does(BINH, "Đồng chí giữ lại giấy của bệnh viện nhé. Trưa nay tôi gọi cho đồng chí.", "Gửi")


def _write_people(db: Session) -> None:
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Hòa Thuận", parent=None, now=BOOKS)
    cells = [
        create_unit(db, kind=UnitKind.CELL, name=name, parent=commune, now=BOOKS)
        for name in ("Chi bộ thôn Đông", "Chi bộ thôn Tây", "Chi bộ thôn Nam")
    ]
    for unit, people in zip([*cells, commune], [EAST, WEST, SOUTH, (OFFICER,)], strict=True):
        for person in people:
            _write_person(db, person, unit)


def _by_given_name(db: Session) -> dict[str, Member]:
    return {given_name(member.own_name): member for member in db.scalars(select(Member))}


def _write_person(db: Session, person: Person, unit: Unit) -> None:
    member = add_member(
        db,
        cell_id=unit.id if unit.kind == UnitKind.CELL else None,
        full_name=person.name,
        birth_year=person.born,
        phone=person.phone,
        standing=person.standing,
        now=BOOKS,
    )
    member.lang = person.lang
    if person.place:
        set_member_place(member, person.place, zone=person.zone)
    if person.role:
        appoint(db, member_id=member.id, unit_id=unit.id, role=person.role, by_id=None, now=BOOKS)


def _connect_all(db: Session, policies: Policies, *, now: datetime) -> None:
    people = _by_given_name(db)
    for person in EVERYBODY:
        if person.registered:
            member = people[given_name(person.name)]
            for purpose in Purpose:
                record_consent(db, member.id, purpose, given=True, now=now)
            link_account(db, member, chat_id=person.user_id, now=now)
            db.flush()
            plan_checkin(db, member, policies.checkin, now=now)


async def _answer(app: App, telegram: StandIn, who: list[int]) -> None:
    """Two taps each: all is well, send."""
    for label in ("checkin:ok", "checkin:send"):
        for user_id in who:
            if found := _button(telegram, user_id, label):
                telegram.taps(user_id, *found)
        await app.pump()


def _button(telegram: StandIn, user_id: int, what: str) -> tuple[int, str] | None:
    """The newest button of a chat whose label or data begins so."""
    for message in reversed(telegram.history(user_id)):
        for row in message["inline_keyboard"]:
            for button in row:
                data = button.get("callback_data", "")
                if data and (data.startswith(what) or button["text"].startswith(what)):
                    return message["message_id"], data
    return None
