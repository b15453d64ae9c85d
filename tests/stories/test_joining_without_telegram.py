"""A meeting's own link, where the program wants it proved who opens it, for members whom Telegram does not reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.meeting.meeting import Attendance
from models.meeting.policy import AttendancePolicy
from models.people.member import close_accounts
from tests.coming_in import comes_in
from tests.fakes import ZALO, World
from tests.meetings import STARTS, a_meeting
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab

ENTER = "Vào họp trực tuyến"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    policy = AttendancePolicy(door=DOOR, door_login=True)
    with World.open(database_url, attendance=policy, zalo=ZALO) as opened:
        opened.telegram.domain = DOOR.removeprefix("https://")
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


def came(world: World, cell: Cell) -> int:
    mine = select(Attendance).where(Attendance.member_id == cell.dan)
    return len(world.db(lambda db: db.scalars(mine).all()))


def where(tab: Tab) -> str:
    assert tab.answer is not None
    return tab.answer.url.host


def test_on_the_page_one_tap_goes_in(world: World, cell: Cell, bob: Phone) -> None:
    dan = comes_in(world, cell, bob)
    a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=20))
    said = dan.reads()
    assert "Telegram" not in said
    dan.opens(dan.link(ENTER), site="same-origin")
    assert where(dan) == "zoom.us"
    assert came(world, cell) == 1


def test_whoever_has_the_link_and_not_the_page_does_not_get_in(world: World, cell: Cell, bob: Phone) -> None:
    dan = comes_in(world, cell, bob)
    a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=20))
    link = dan.opens().link(ENTER)
    thief = Tab(world).opens(link)
    assert where(thief) != "zoom.us"
    assert "chỉ dành cho người nhận" in thief.text()
    assert "Telegram" not in thief.text()
    alice = Tab(world)
    alice.cookies.set("__Host-so", "x" * 43, domain="so.example")
    assert where(alice.opens(link)) != "zoom.us"
    assert came(world, cell) == 0
    dan.leaves()
    dan.leaves()
    assert where(dan.opens(link, site="same-origin")) != "zoom.us"  # who has gone out is nobody there


def test_the_page_of_another_member_opens_no_link_but_their_own(world: World, cell: Cell, bob: Phone) -> None:
    dan = comes_in(world, cell, bob)
    bob.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    theirs = next(word for word in bob.reads().split() if word.startswith(f"{DOOR}/o/"))
    other = Tab(world).opens(theirs).enters()
    a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=20))
    link = dan.opens().link(ENTER)
    assert where(other.opens(link, site="same-origin")) != "zoom.us"
    assert came(world, cell) == 0
    assert where(dan.opens(link, site="same-origin")) == "zoom.us"


def test_who_has_words_alone_goes_in_by_a_tap_in_the_browser(world: World, cell: Cell, bob: Phone) -> None:
    settle_in(world, cell, DAN)
    world.db(lambda db: close_accounts(db, cell.dan, now=world.clock()))
    dan = world.text_phone("6ede9afa66b88fe6d6a9", "Dân", of=cell.dan)
    a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=20))
    said = dan.reads()
    assert "Telegram" not in said
    link = next(word for word in said.split() if word.startswith(f"{DOOR}/j/"))
    tab = Tab(world).opens(link)
    assert came(world, cell) == 0  # a messenger that looks at what it shows has not come
    tab.enters()
    assert where(tab) == "zoom.us"
    assert came(world, cell) == 1
    assert where(Tab(world).opens(link)) != "zoom.us"


def test_who_has_telegram_has_to_prove_it_still(world: World, cell: Cell, bob: Phone) -> None:
    a_meeting(world, cell)
    world.until(STARTS - timedelta(minutes=20))
    shown = [button for message in bob.messages() for row in message["inline_keyboard"] for button in row]
    link = next(button["login_url"]["url"] for button in shown if "login_url" in button)
    assert where(Tab(world).opens(link)) != "zoom.us"
    assert "chỉ dành cho người nhận" in Tab(world).opens(link).text()
