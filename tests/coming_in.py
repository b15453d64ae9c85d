"""Dân, whom Telegram does not reach, comes in by a browser: through the front door, as the page asks it.

tab = asks_in(world, cell, Tab(world))     an invite, what is agreed to first, a number, a place: he waits to be confirmed
tab = comes_in(world, cell, bob)           and the secretary has said that it is him, and he has agreed to the rest
"""

from __future__ import annotations

from tests.fakes import World
from tests.people import Cell, invite
from tests.phone import Phone
from tests.tab import Tab


def asks_in(world: World, cell: Cell, tab: Tab) -> Tab:
    tab.opens(f"/i/{invite(world, cell.dan, by_id=cell.deputy)}").enters()
    tab.taps("Đúng, liên kết", "Đã hiểu", "Đồng ý")
    return tab.says("0911 000 050").taps("TP Hồ Chí Minh")


def comes_in(world: World, cell: Cell, bob: Phone, tab: Tab | None = None) -> Tab:
    tab = asks_in(world, cell, tab or Tab(world))
    bob.taps("Đúng là đồng chí ấy")
    tab.opens().taps("Trả lời câu hỏi đồng ý")
    while tab.asks("Đồng ý"):
        tab.taps("Đồng ý")
    tab.reads()
    return tab
