"""What was done, read by whom it concerns, by the cell's secretary, by the officers above."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from handlers import ROUTES
from handlers.ground.context import Context
from handlers.ground.routing import Tap
from models.people.member import Member
from models.people.trail import record_act, record_change
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, NAMES, OFFICER, Cell, a_cell, settle_in
from tests.phone import Phone


def correct_year(world: World, cell: Cell) -> Phone:
    """The secretary corrects Alice's year of birth; the secretary's phone."""
    (bob,) = settle_in(world, cell, BOB)
    bob.says("/danhsach").taps(NAMES[ALICE], "Sửa thông tin", "Năm sinh").says("1987")
    assert "Đã" in bob.reads()
    return bob


def forged(phone: Phone, address: str) -> str:
    """What comes of a button that was not shown."""
    phone.says("/menu")
    return phone.taps_data(phone.last()["message_id"], address, stale=True).reads()


def test_a_member_reads_who_changed_what_of_theirs(world: World, cell: Cell) -> None:
    correct_year(world, cell)
    (alice,) = settle_in(world, cell, ALICE)
    read = alice.says("/dulieu").taps("ai đã sửa").reads()
    assert f"đồng chí {NAMES[BOB]} sửa danh sách (năm sinh)" in read
    assert "1987" not in read
    assert f"{NAMES[BOB]} sửa danh sách" in alice.says("/dulieu").taps("Xem đầy đủ").reads()


def test_who_was_not_touched_reads_that_nobody_did_anything(world: World, cell: Cell) -> None:
    correct_year(world, cell)
    (dan,) = settle_in(world, cell, DAN)
    assert "Chưa ai sửa hoặc quyết định điều gì" in dan.says("/dulieu").taps("ai đã sửa").reads()


def test_the_secretary_reads_the_cells_trail_and_the_deputy_does_not(world: World, cell: Cell) -> None:
    bob = correct_year(world, cell)
    (deputy,) = settle_in(world, cell, DEPUTY)
    helps, helped, now = cell.deputy, cell.alice, world.clock()
    world.db(lambda db: record_change(db, "request.move", by_id=helps, member_id=helped, now=now))
    read = bob.says("/chibo").taps("Việc khác", "Ai phụ trách", "Nhật ký chi bộ").reads()
    assert f"{NAMES[BOB]} sửa danh sách (năm sinh); {NAMES[ALICE]}" in read
    assert "đề nghị hỗ trợ" not in read
    refused = forged(deputy, f"trail:cell:{cell.id}")
    assert NAMES[ALICE] not in refused
    assert "sửa danh sách" not in refused


def test_an_officer_reads_decisions_and_rights_without_members_names(world: World, cell: Cell) -> None:
    correct_year(world, cell)
    (mai,) = settle_in(world, cell, OFFICER)

    def more(db: Session) -> None:
        record_act(db, "roster.remove", by_id=cell.bob, now=world.clock(), member_id=cell.dan)
        record_act(db, "roster.export", by_id=cell.bob, now=world.clock(), unit_id=cell.id)

    world.db(more)
    mai.says("/dangbo").taps("Nhật ký việc làm")
    read = mai.reads()
    assert f"{NAMES[BOB]} xuất danh sách ra tệp; Chi bộ thôn Đông" in read
    assert f"giao chức vụ (Bí thư); {NAMES[BOB]}, Chi bộ thôn Đông" in read
    assert NAMES[DAN] not in read
    assert NAMES[ALICE] not in read
    assert "năm sinh" not in read


def test_a_long_trail_is_turned_page_by_page(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)

    def many(db: Session) -> None:
        for _ in range(25):
            record_act(db, "task.give", by_id=cell.bob, now=world.clock(), member_id=cell.alice)

    world.db(many)
    assert "Trang 1/" in forged(bob, f"trail:cell:{cell.id}")
    assert len(bob.buttons()) <= 8
    assert "Trang 2/" in bob.taps("Trang sau").reads()


def test_a_member_may_read_no_journal(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    for address in (f"trail:cell:{cell.id}", f"trail:unit:{cell.commune}", "trail:cell:1", "trail:unit:x"):
        assert "Nhật ký" not in forged(alice, address)


def test_the_watch_of_every_test_finds_a_change_that_nobody_is_named_for(
    database_url: str,
) -> None:
    def spoils(ctx: Context, arguments: list[str]) -> None:
        ctx.db.get_one(Member, int(arguments[0])).birth_year = 1900

    taps = {**ROUTES.taps, "test:spoil": Tap("test:spoil", spoils)}
    with World.open(database_url, routes=replace(ROUTES, taps=taps)) as world:
        cell = a_cell(world)
        (bob,) = settle_in(world, cell, BOB)
        forged(bob, f"test:spoil:{cell.bob}")
        assert world.unnamed == []
        forged(bob, f"test:spoil:{cell.alice}")
        assert len(world.unnamed) == 1
        assert "member of another was changed" in world.unnamed.pop()
