"""Who was removed or never registered sees, takes out and deletes their own data by a code of the committee."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people.member import Member, account_of
from models.people.trail import Trail
from tests.fakes import World
from tests.people import ALICE, BOB, CAROL, OFFICER, Cell, a_cell, phone_of, register, settle_in
from tests.phone import Phone


@pytest.fixture
def cell(world: World) -> Cell:
    """Dân was removed from the roster and has never registered; Alice stands on it and has no account."""
    cell = a_cell(world)

    def leaves(db: Session) -> None:
        db.get_one(Member, cell.dan).left_at = world.clock()

    world.db(leaves)
    return cell


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    return settle_in(world, cell, OFFICER, BOB)


@pytest.fixture
def officer(phones: list[Phone]) -> Phone:
    return phones[0]


def _code(phone: Phone, member_id: int) -> str:
    phone.says("/menu")
    phone.taps_data(phone.last()["message_id"], f"visit:issue:{member_id}", stale=True)
    found = re.search(r"\d{16}", phone.reads().replace(" ", ""))
    assert found, phone.chat()
    return found[0]


def test_a_code_shows_gives_and_deletes_ones_own_data_and_nothing_else(
    world: World, cell: Cell, officer: Phone
) -> None:
    officer.says("/menu")
    officer.taps_data(officer.last()["message_id"], f"visit:left:{cell.id}", stale=True)
    assert "Phạm Văn Dân" in " ".join(officer.buttons())
    code = _code(officer, cell.dan)
    carol = world.phone(CAROL)
    shown = carol.says("/start", code).reads()
    assert "Dữ liệu được lưu về bạn" in shown
    assert "Phạm Văn Dân" in carol.taps("Xem đầy đủ").reads()
    carol.taps("Quay lại", "Lấy về thành tệp")
    data = json.loads(dict(carol.documents())["du-lieu-cua-toi.json"])
    assert data["person"]["full_name"] == "Phạm Văn Dân"
    assert "Nguyễn Thị An" not in carol.chat()
    other = carol.says("/chibo").reads()  # the rest of the program stays closed, and is no dead end
    assert "Chi bộ" not in other
    assert "Dữ liệu được lưu về bạn" in other
    carol.taps("Quay lại", "Xóa dữ liệu", "Xóa hẳn")
    assert "XD-2026-" in carol.reads()
    assert "Dữ liệu" not in carol.says("/start").reads()
    assert world.db(lambda db: db.get_one(Member, cell.dan).phone) is None
    acts = world.db(lambda db: set(db.scalars(select(Trail.act).where(Trail.member_id == cell.dan))))
    assert {"data.code", "data.visit", "data.erase"} <= acts


def test_a_code_works_once_for_a_day_and_not_for_ever(world: World, cell: Cell, officer: Phone) -> None:
    code, carol, other = _code(officer, cell.dan), world.phone(CAROL), world.phone(91)
    assert "Dữ liệu được lưu về bạn" in carol.says("/start", code).reads()
    assert "Dữ liệu" not in other.says("/start", code).reads()
    world.wait(timedelta(hours=25))
    carol.taps("Xem đầy đủ")
    assert "Phạm Văn Dân" not in carol.reads()
    late = _code(officer, cell.dan)
    world.wait(timedelta(days=8))
    assert "Dữ liệu" not in other.says(late).reads()


def test_the_desk_gives_it_to_who_never_registered_and_to_nobody_else(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    bob = phones[1]
    bob.says("/danhsach").taps("Nguyễn Thị An", "Việc khác")
    assert "Cấp mã xem dữ liệu" in bob.buttons()
    assert re.search(r"\d{16}", bob.taps("Cấp mã xem dữ liệu").reads())
    for member_id in (cell.dan, cell.officer, cell.bob):
        bob.taps_data(bob.last()["message_id"], f"visit:issue:{member_id}", stale=True)
        assert not re.search(r"\d{16}", bob.reads())
    stranger = world.phone(CAROL)
    stranger.says("/start")
    for data in ("see", "takeout", "delete", "sure", "home", f"issue:{cell.dan}", f"left:{cell.id}"):
        stranger.taps_data(stranger.last()["message_id"], f"visit:{data}", stale=True)
        assert "Phạm Văn Dân" not in stranger.chat()
    assert "Dữ liệu" not in stranger.says("1234567890123456").reads()


def test_nobody_gets_a_code_for_whose_chat_is_only_closed(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """Somebody whose phone is lost ends their session; what they wrote past the secretary stays theirs."""
    alice = settle_in(world, cell, ALICE)[0]
    alice.says("/dulieu").taps("An toàn", "Ngừng dùng ở đây", "Ngừng ngay")
    assert world.db(lambda db: account_of(db, cell.alice)) is None
    for keeper in phones:
        keeper.says("/menu")
        keeper.taps_data(keeper.last()["message_id"], f"visit:issue:{cell.alice}", stale=True)
        assert not re.search(r"\d{16}", keeper.reads().replace(" ", ""))
    assert "Cấp mã xem dữ liệu" not in phones[1].says("/danhsach").taps("Nguyễn Thị An").buttons()


def test_a_code_from_before_they_came_opens_nothing_afterwards(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    """Two codes: one kept in a drawer, one opened on a second phone, before Alice registers and ends her session."""
    bob, second, third = phones[1], world.phone(91), world.phone(92)
    assert "Dữ liệu được lưu" in second.says("/start", _code(bob, cell.alice)).reads()
    kept = _code(bob, cell.alice)
    alice = register(world, cell.alice, phone_of(world, ALICE))
    alice.says("/dulieu").taps("An toàn", "Ngừng dùng ở đây", "Ngừng ngay")
    assert world.db(lambda db: account_of(db, cell.alice)) is None
    assert "Nguyễn Thị An" not in second.taps("Xem đầy đủ").reads()
    assert "Dữ liệu được lưu" not in third.says("/start", kept).reads()
