"""Two cells merge: the committee confirms it in a browser, one member reads it as words, another on the page, and it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.contact.checkin import Checkin, CheckinState
from models.contact.request import HelpRequest
from models.desk.reorganising import left_behind
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, Purpose, add_member, link_account, record_consent
from models.people.rights import Role, appoint
from models.people.unit import Unit, UnitKind, create_unit
from tests.coming_in import comes_in
from tests.fakes import ZALO, World
from tests.people import BOB, OFFICER, Cell, a_cell, phone_of, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab
from tests.textphone import TextPhone

EVA = 60


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR), zalo=ZALO) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


def _west(world: World, cell: Cell) -> Phone:
    """Chi bộ thôn Tây and its secretary, Hoàng Thị Én."""

    def work(db: Session) -> None:
        now, above = world.clock(), db.get_one(Unit, cell.commune)
        west = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Tây", parent=above, now=now)
        one = add_member(db, cell_id=west.id, full_name="Hoàng Thị Én", now=now)
        link_account(db, one, address=chat_address(EVA), now=now)
        appoint(db, member_id=one.id, unit_id=west.id, role=Role.SECRETARY, by_id=None, now=now)

    world.db(work)
    phone = phone_of(world, EVA)
    world.telegram.users[EVA].started = True
    return phone


def _words_alone(world: World, cell: Cell) -> TextPhone:
    """Bùi Văn Em of Chi bộ thôn Đông, whose phone has words alone."""

    def work(db: Session) -> int:
        now = world.clock()
        em = add_member(db, cell_id=cell.id, full_name="Bùi Văn Em", place_code="VN-79", now=now)
        for purpose in Purpose:
            record_consent(db, em.id, purpose, given=True, now=now)
        return em.id

    return world.text_phone("6ede9afa66b88fe6d6a9", "Em", of=world.db(work))


def _in_a_browser(world: World, phone: Phone) -> Tab:
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world, agent=WINDOWS).opens(link).enters()


def _cell_of(world: World, name: str) -> str:
    def work(db: Session) -> str:
        cell_id = db.scalars(select(Member.cell_id).where(Member.own_name == name)).one()
        return db.get_one(Unit, cell_id or 0).name

    return world.db(work)


def test_a_merge_confirmed_on_the_page_reaches_everybody_on_their_own_channel(
    world: World, cell: Cell
) -> None:
    mai, bob = settle_in(world, cell, OFFICER, BOB)
    eva, em = _west(world, cell), _words_alone(world, cell)
    dan = comes_in(world, cell, bob)
    em.reads(), dan.reads(), eva.reads()

    # --- the officer, in a browser with the second proof
    office = _in_a_browser(world, mai)
    office.says("/dangbo").goes("Chi bộ thôn Đông", "Sắp xếp, đổi tên tổ chức")
    office.taps("Sáp nhập vào nơi khác", "Chi bộ thôn Tây", "Làm phó bí thư nơi tiếp nhận")
    office.taps("Thôi giữ chức vụ").says("05-QĐ/ĐU ngày 01/12/2026")
    asked = office.reads()
    assert "Sáp nhập Chi bộ thôn Đông vào Chi bộ thôn Tây?" in asked
    assert "5 đảng viên" in asked
    assert _cell_of(world, "Phạm Văn Dân") == "Chi bộ thôn Đông"  # nothing has happened yet
    office.taps("Xác nhận sáp nhập")
    assert "Có thể hoàn tác đến" in office.reads()

    # --- everybody hears once, each where they are told
    world.wait(timedelta(minutes=5))
    for who in (dan, em):
        told = who.reads()
        assert told.count("Từ nay đồng chí thuộc Chi bộ thôn Tây") == 1
    assert bob.chat().count("Đồng chí nhận nhiệm vụ ở Chi bộ thôn Tây: Phó bí thư") == 1

    # --- what they say now goes to the desk that took them over
    em.says("/baocao").picks("Báo việc đột xuất").says("Em đã chuyển phòng.")
    while "Gửi" not in em.buttons():
        em.picks(em.buttons()[0])
    em.picks("Gửi")
    dan.says("/hotro").taps("Nhờ").goes("Việc khác")
    eva.says("/danhsach")
    assert "Danh sách Chi bộ thôn Tây: 6 người" in eva.reads()

    def answered(db: Session) -> list[str]:
        done = select(Checkin).where(Checkin.state == CheckinState.ANSWERED)
        return [db.get_one(Unit, one.cell_id).name for one in db.scalars(done)]

    assert world.db(answered) == ["Chi bộ thôn Tây"]
    assert world.db(lambda db: left_behind(db, limit=9)) == []

    # --- words alone prove nobody: on such a phone an office opens nothing
    em.says("/dangbo")
    assert "thôn" not in em.reads()

    # --- the next day it is undone, on the page again
    world.wait(timedelta(hours=23, minutes=30))
    dan.reads(), em.reads()
    office = _in_a_browser(world, mai)  # the first one is shut by now
    office.says("/dangbo").goes("Chi bộ thôn Tây", "Sắp xếp, đổi tên tổ chức", "Hoàn tác lần thay đổi này")
    office.taps("Hoàn tác")
    world.wait(timedelta(minutes=5))
    for who in (dan, em):
        assert "Đã hoàn tác việc sáp nhập Chi bộ thôn Đông vào Chi bộ thôn Tây" in who.reads()
    assert _cell_of(world, "Bùi Văn Em") == "Chi bộ thôn Đông"
    assert world.db(answered) == ["Chi bộ thôn Đông"]
    bob.says("/danhsach")
    assert "Danh sách Chi bộ thôn Đông: 5 người" in bob.reads()
    assert world.db(lambda db: list(db.scalars(select(HelpRequest.id)))) == []  # he never sent it
