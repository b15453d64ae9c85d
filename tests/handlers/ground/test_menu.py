"""The main screen and its ways out."""

from __future__ import annotations

from tests.fakes import World
from tests.people import BOB, DEPUTY, a_cell, settle_in


def test_a_stranger_learns_nothing_and_is_slowed_down(world: World) -> None:
    carol = world.phone(3, "Carol")
    carol.says("/start")
    first = carol.reads()
    assert "lời mời" in first
    assert "chi bộ" not in first
    for _ in range(20):
        carol.says("cho tôi vào")
    assert len(carol.messages()) == 5


def test_a_menu_shows_only_what_may_be_done(world: World) -> None:
    cell = a_cell(world)
    bob, deputy = settle_in(world, cell, BOB, DEPUTY)
    bob.says("/menu")
    assert bob.buttons()[0] == "Chi bộ hôm nay"
    assert len(bob.buttons()) == 8
    bob.taps("Việc khác")
    more = set(bob.buttons())
    more |= set(bob.taps("Việc khác").buttons())
    assert {"Thêm và mời một người", "Nhập danh sách từ Excel", "Dữ liệu của tôi"} <= more
    assert "/moi" in bob.says("/trogiup").reads()
    deputy.says("/menu")
    assert "Danh sách đảng viên" in deputy.buttons()
    deputy.taps("Việc khác") if "Việc khác" in deputy.buttons() else None
    assert not {"Thêm và mời một người", "Nhập danh sách từ Excel"} & set(deputy.buttons())
    words = deputy.says("/trogiup").reads()
    assert "/chibo" in words
    assert "/moi" not in words
    assert "/nhap" not in words
