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
from bot.demo.hands import Hands
from bot.demo.handsets import Handsets
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
    WITH_A_PAGE,
    YEN,
    DemoPerson,
)
from bot.demo.timemachine import TimeMachine
from bot.demo.touch import DAYS, DemoMonth, begin_silence, write_reports
from bot.demo.year import YEAR, Year
from bot.standin import StandIn
from bot.telegram.chats import chat_address
from models.contact.checkin import plan_checkin
from models.ground.names import given_name
from models.people.browser import new_page
from models.people.member import (
    Member,
    Purpose,
    add_member,
    close_account,
    link_account,
    open_accounts,
    record_consent,
    set_member_place,
)
from models.people.rights import appoint
from models.people.unit import Unit, UnitKind, create_unit
from models.phrases.text import Lang
from models.policies import Policies

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


async def populate(app: App, telegram: Handsets, machine: TimeMachine, *, lang: Lang = Lang.VI) -> None:
    """Write people and papers down, connect the phones, then live through last month.

    `lang`: in English everybody is spoken to in English, and who registers later too.
    """
    for person in EVERYBODY:
        given, family = person.name.split()[-1], " ".join(person.name.split()[:-1])
        telegram.add_user(
            person.user_id, given, family, language_code=_speaks(person, lang), phone=person.phone
        )
    now, policies = app.clock(), app.settings.policies()
    app.database.run(partial(_write_people, lang=lang))
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
    await _live(app, telegram, machine, policies, lang)
    machine.forgets_nothing = False
    await _leave_telegram(app, telegram)


async def _leave_telegram(app: App, telegram: Handsets) -> None:
    """Let those who have a browser alone go on there; what comes for them from now on waits on their page."""
    for person in EVERYBODY:
        if person.user_id in WITH_A_PAGE:
            app.database.run(partial(_move_to_page, person=person, now=app.clock()))
            await app.pump()
            telegram.has_browser_alone(person.user_id)


def _move_to_page(db: Session, *, person: DemoPerson, now: datetime) -> None:
    member = _by_given_name(db)[given_name(person.name)]
    for account in open_accounts(db, member.id):
        close_account(db, account, now=now)
    link_account(db, member, address=new_page(), now=now)


def _speaks(person: DemoPerson, lang: Lang) -> Lang:
    return Lang.EN if Lang.EN in (lang, person.lang) else Lang.VI


async def _live(app: App, telegram: StandIn, machine: TimeMachine, policies: Policies, lang: Lang) -> None:
    hands = Hands(app, telegram)
    late = (DUNG, SEN)
    await machine.go(datetime(2026, 11, 2, 3, 0, tzinfo=UTC))
    await _answer(hands, [p.user_id for p in EVERYBODY if p.answers and p.user_id not in late])
    await machine.go(datetime(2026, 11, 8, 13, 0, tzinfo=UTC))
    await _answer(hands, [DUNG])
    await machine.go(datetime(2026, 11, 9, 2, 0, tzinfo=UTC))
    await _answer(hands, [SEN])
    telegram.blocks(HANH)
    await app.pump()
    for day in sorted({*THIS_MONTH, *DAYS, *YEAR}):
        await machine.go(at_nine(day))
        now = app.clock()
        app.database.run(partial(_do_on, day, policies=policies, now=now))
    await machine.go(at_nine(date(2026, 11, 29)))
    await _ask_for_help(hands, lang)
    await machine.go(OPENS)


def _do_on(day: date, db: Session, *, policies: Policies, now: datetime) -> None:
    people = _by_given_name(db)
    if day in THIS_MONTH:
        write_this_month(db, policies, people, day, now=now)
    for does in DAYS.get(day, ()):
        does(DemoMonth(db, policies, people, now=now))
    for does_too in YEAR.get(day, ()):
        does_too(Year(db, policies, people, now=now))


async def _ask_for_help(hands: Hands, lang: Lang) -> None:
    """Mai asks, and has numbers to call at once; Bình takes it and writes back."""
    cut, keep = _WORDS[lang]
    await hands.does(MAI, "/hotro", "request:topic:accident", "request:urgency:urgent", cut)
    await hands.does(MAI, "[request:words:done", "[request:overview:send")
    await hands.does(
        BINH, "[request:see", "[request:take", "[request:say", keep, "[request_reply:letter:done"
    )


_WORDS = {
    Lang.VI: (
        "Tôi bị máy cưa cắt vào tay, đang nằm bệnh viện. Công ty chưa nói có trả viện phí không.",
        "Đồng chí giữ lại giấy của bệnh viện nhé. Trưa nay tôi gọi cho đồng chí.",
    ),
    Lang.EN: (
        "A saw cut my hand, I am in hospital. The company has not said whether it pays the bill.",
        "Please keep the papers of the hospital. I will call you at noon today.",
    ),
}


def _write_people(db: Session, *, lang: Lang) -> None:
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Hòa Thuận", parent=None, now=BOOKS)
    cells = [
        create_unit(db, kind=UnitKind.CELL, name=name, parent=commune, now=BOOKS)
        for name in ("Chi bộ thôn Đông", "Chi bộ thôn Tây", "Chi bộ thôn Nam")
    ]
    for unit, people in zip([*cells, commune], [EAST, WEST, SOUTH, (OFFICER,)], strict=True):
        for person in people:
            _write_person(db, person, unit, lang)


def _by_given_name(db: Session) -> dict[str, Member]:
    return {given_name(member.own_name): member for member in db.scalars(select(Member))}


def _write_person(db: Session, person: DemoPerson, unit: Unit, lang: Lang) -> None:
    member = add_member(
        db,
        cell_id=unit.id if unit.kind == UnitKind.CELL else None,
        full_name=person.name,
        birth_year=person.born,
        phone=person.phone,
        standing=person.standing,
        now=BOOKS,
    )
    member.lang = _speaks(person, lang)
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
            link_account(db, member, address=chat_address(person.user_id), now=now)
            db.flush()
            plan_checkin(db, member, policies.checkin, now=now)


async def _answer(hands: Hands, who: list[int]) -> None:
    """Two taps each: all is well, send."""
    for user_id in who:
        if hands.button(user_id, "checkin:ok"):
            await hands.does(user_id, "checkin:ok", "checkin:send")
