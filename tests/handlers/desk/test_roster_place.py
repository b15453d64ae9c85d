"""While an absence is declared, the place is changed there, with its history; not by the roster, a file or /dulieu."""

from __future__ import annotations

from datetime import date

import pytest

from models.away.away import away_changes
from models.desk.roster import RosterRow, import_roster
from models.ground.part_date import PartDate
from models.people.member import Member, Standing
from tests.absences import Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, Cell, settle_in
from tests.phone import Phone


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, BOB, ALICE)


@pytest.fixture
def chain(world: World, cell: Cell, phones: list[Phone]) -> Chain:
    return Chain(world, cell, cell.alice).files(declaration(begins_on=date(2026, 12, 1))).is_approved()


def place_of(world: World, cell: Cell) -> str | None:
    return world.db(lambda db: db.get_one(Member, cell.alice).place_code)


def test_the_roster_leads_to_the_absence(world: World, cell: Cell, phones: list[Phone], chain: Chain) -> None:
    bob = phones[0].says("/danhsach").taps("Nguyễn Thị An", "Sửa", "Nơi")
    assert "đang theo lần đi xa đã khai (Nhật Bản)" in bob.reads()
    bob.taps("Nhập thay đổi từ bản giấy").says("Hàn Quốc").taps("Không ghi", "Giữ nguyên", "Giữ nguyên")
    bob.taps("Giữ nguyên", "Không ghi", "Hôm nay", "Ghi lại")
    assert place_of(world, cell) == "KR"
    changes = world.db(lambda db: [one.before for one in away_changes(db, chain.away_id)])
    assert [before.place_code for before in changes if before] == ["JP"]


def test_without_an_absence_the_rosters_word_counts(world: World, cell: Cell, phones: list[Phone]) -> None:
    phones[0].says("/danhsach").taps("Nguyễn Thị An", "Sửa", "Nơi").says("Hàn Quốc")
    assert place_of(world, cell) == "KR"


def test_a_file_leaves_the_place_of_an_absence_alone(world: World, cell: Cell, chain: Chain) -> None:
    row = RosterRow(
        row=2,
        full_name="Nguyễn Thị An",
        birth_year=1980,
        phone="+819012345678",
        joined_on=PartDate(2010, 5, 19),
        standing=Standing.OFFICIAL,
        place="KR",
    )
    done = world.db(
        lambda db: [
            list(update.after)
            for update in import_roster(
                db, cell.id, [row], world.settings.checkin, by_id=cell.bob, now=world.clock()
            ).changed
        ]
    )
    assert [[column.value for column in columns] for columns in done] == [["joined_on"]]
    assert place_of(world, cell) == "JP"


def test_ones_own_place_is_changed_at_the_absence(world: World, phones: list[Phone], chain: Chain) -> None:
    alice = phones[1].says("/dulieu").taps("Sửa", "Nơi")
    assert "đang theo lần đi xa đã khai (Nhật Bản)" in alice.reads()
    alice.taps("‹ Lần đi xa", "Đổi nơi ở")
    assert "Nhật Bản" in alice.reads()
