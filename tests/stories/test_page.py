"""The second door: whoever has no Telegram does the same in a browser, and the others notice nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.meeting.policy import AttendancePolicy
from tests.fakes import World
from tests.people import BOB, Cell, a_cell, invite, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    """The secretary, on Telegram."""
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


def registers(world: World, cell: Cell, tab: Tab) -> Tab:
    """Dân, in Ho Chi Minh City, without Telegram."""
    tab.opens(f"/i/{invite(world, cell.dan, by_id=cell.deputy)}").enters()
    tab.taps("Đúng, liên kết", "Đã hiểu", "Đồng ý")
    return tab.says("0911 000 050").taps("TP Hồ Chí Minh")


def test_a_member_registers_in_a_browser_and_the_secretary_confirms(
    world: World, cell: Cell, bob: Phone
) -> None:
    tab = registers(world, cell, Tab(world))
    print(tab.text())
    print(bob.reads())
    bob.taps("Đúng là đồng chí ấy")
    print(tab.reads())
    print(bob.reads())
    tab.says("/menu")
    print(tab.text())
