"""A person blocks the bot, and lets it in again."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.people.member import Reachability, account_of
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, a_cell, settle_in


def reachability(world: World, member_id: int) -> str:
    return world.db(lambda db: account_of(db, member_id).reachability)  # type: ignore[union-attr]


def test_a_block_is_noted_and_nobody_is_alarmed(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    alice.blocks()
    assert reachability(world, cell.alice) == Reachability.BLOCKED
    assert bob.reads() == ""


def test_coming_back_repairs_itself_and_the_secretary_is_told_once_a_day(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    alice.blocks().unblocks()
    assert reachability(world, cell.alice) == Reachability.OK
    assert "lại nhận được tin" in bob.reads()
    alice.blocks().unblocks()
    assert bob.reads() == ""
    world.wait(timedelta(days=1))
    bob.reads()
    alice.blocks().unblocks()
    assert "lại nhận được tin" in bob.reads()


def test_what_is_owed_is_asked_once_more(world: World) -> None:
    cell = a_cell(world)
    (alice,) = settle_in(world, cell, ALICE)
    alice.blocks()
    world.until(datetime.fromisoformat("2026-12-02T09:00+09:00"))
    assert alice.messages() == []
    alice.unblocks()
    assert "Mọi việc vẫn ổn" in alice.buttons()


def test_a_stranger_who_blocks_is_of_no_interest(world: World) -> None:
    cell = a_cell(world)
    (bob,) = settle_in(world, cell, BOB)
    carol = world.phone(CAROL)
    carol.says("/start").blocks().unblocks()
    assert bob.reads() == ""
