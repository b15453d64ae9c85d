"""The main screen and its ways out."""

from __future__ import annotations

from tests.fakes import World


def test_a_stranger_learns_nothing_and_is_slowed_down(world: World) -> None:
    carol = world.phone(3, "Carol")
    carol.says("/start")
    first = carol.reads()
    assert "lời mời" in first
    assert "chi bộ" not in first
    for _ in range(20):
        carol.says("cho tôi vào")
    assert len(carol.messages()) == 5
