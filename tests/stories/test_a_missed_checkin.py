"""A month in which somebody is silent, through all floors."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import World
from tests.people import BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone


def at(day: int, hour: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, DAN, BOB, DEPUTY)


def test_silent_nudged_late_alerted_and_then_an_answer_that_everyone_hears_of(
    world: World, phones: list[Phone]
) -> None:
    dan, bob, deputy = phones
    world.until(at(2))
    assert "Đã đến kỳ báo cáo" in dan.reads()
    world.until(at(6))
    assert dan.reads().count("Chi bộ vẫn chờ tin") == 2
    world.until(at(8, 7))
    assert "chưa báo cáo" not in bob.chat()
    world.until(at(8, 9))
    for desk in (bob, deputy):
        assert "1 đồng chí chưa báo cáo" in desk.reads()
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    assert "Đã gửi lúc 09:00" in dan.reads()
    for desk in (bob, deputy):
        assert (
            "Đồng chí Phạm Văn Dân vừa trả lời báo cáo tháng 12/2026: mọi việc vẫn ổn. Không cần gọi nữa."
            in desk.reads()
        )
    world.until(at(31))
    assert (dan.reads(), deputy.reads()) == ("", "")
    assert "chưa báo cáo" not in bob.reads()  # only the weekly digest


def test_blocked_in_the_middle_is_no_miss_and_coming_back_is_asked_again(
    world: World, phones: list[Phone]
) -> None:
    dan, bob, _ = phones
    world.until(at(2))
    dan.reads()
    dan.blocks()
    world.until(at(9, 9))
    assert dan.reads() == ""
    assert "• Phạm Văn Dân, hạn" not in bob.chat()
    dan.unblocks()
    world.settle()
    assert "Đã đến kỳ báo cáo" in dan.reads()
    world.until(at(12, 9))
    assert "1 đồng chí chưa báo cáo" in bob.reads()


def test_three_days_of_our_own_outage_are_nobodys_fault(world: World, phones: list[Phone]) -> None:
    dan, bob, _ = phones
    world.until(at(4, 20))
    dan.reads()
    world.clock.set(at(7, 20))
    world.restart()
    world.run(world.app.tick())
    assert dan.reads() == ""  # the second reminder has moved to the 8th, with the deadline
    world.until(at(9, 9))
    assert "Chi bộ vẫn chờ tin" in dan.reads()
    assert "chưa báo cáo" not in bob.chat()
    world.until(at(11, 9))
    assert "1 đồng chí chưa báo cáo" in bob.chat()
