"""A thief at the browser that a secretary without Telegram has left open: nothing about others opens, and no key is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models.meeting.policy import AttendancePolicy
from models.people.browser import device_of, new_page, open_browser
from models.people.member import Member, Proof, Purpose, link_account, record_consent
from models.people.passkey import passkeys_of
from models.people.rights import Role, appoint
from models.people.secret import SecretKind, has_secret
from tests.fakes import World
from tests.people import Cell
from tests.tab import ANDROID, DOOR, Tab

LATE = "mã đầu tiên chỉ đặt được trong mấy ngày"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


def on_the_page(world: World, member_id: int) -> Tab:
    """Confirmed just now, behind the scenes: their browser, which has no second proof."""

    def work(db: Session) -> str:
        member, now = db.get_one(Member, member_id), world.clock()
        account = link_account(db, member, address=new_page(), now=now, proof=Proof.SECOND_PERSON)
        for purpose in Purpose:
            record_consent(db, member.id, purpose, given=True, now=now)
        return open_browser(db, account.address, device=device_of(ANDROID), now=now)[1]

    tab = Tab(world)
    tab.pin = None
    tab.cookies.set("__Host-so", world.db(work), domain="so.example", path="/")
    return tab.opens()


def tries_a_key(tab: Tab) -> Tab:
    return tab.says("/dulieu").goes("An toàn").taps("Các máy đang mở trang", "Tạo khóa trên máy này")


def has_pin(world: World, member_id: int) -> bool:
    return world.db(lambda db: has_secret(db, member_id, SecretKind.PIN))


def test_who_has_just_been_confirmed_chooses_a_pin_and_makes_a_key(world: World, cell: Cell) -> None:
    tab = tries_a_key(on_the_page(world, cell.bob))
    assert "Mời tự chọn sáu chữ số" in tab.text()
    tab.says("274915", "274915")
    assert has_pin(world, cell.bob)
    assert "Trong mười phút tới" in tab.text()


def test_whoever_finds_it_open_later_chooses_none_and_makes_no_key(world: World, cell: Cell) -> None:
    tab = on_the_page(world, cell.bob)
    world.wait(timedelta(days=5))
    assert LATE in tries_a_key(tab.opens()).text()
    assert LATE in tab.says("/dulieu").goes("An toàn").taps("Mã PIN của tôi").text()
    tab.says("274915", "274915")
    assert not has_pin(world, cell.bob)
    key = str(tab.opens()._page().xpath("//input[@name='k']/@value")[0])
    tab._asks("POST", "/key/make", site="same-origin", headers={"X-Key": key}, json={})
    assert tab.status == 403
    assert world.db(lambda db: passkeys_of(db, cell.bob)) == []
    assert "Phần này có thông tin của người khác" in tab.opens().says("/danhsach").text()
    assert "Nguyễn Thị An" not in tab.text()


def test_who_was_chosen_as_deputy_after_months_on_the_page_may_choose_one(world: World, cell: Cell) -> None:
    tab = on_the_page(world, cell.alice)
    world.wait(timedelta(days=60))
    world.db(
        lambda db: appoint(
            db, member_id=cell.alice, unit_id=cell.id, role=Role.DEPUTY, by_id=cell.bob, now=world.clock()
        )
    )
    assert "Mời tự chọn sáu chữ số" in tries_a_key(tab.opens()).text()


def test_a_member_without_an_office_is_not_held_up(world: World, cell: Cell) -> None:
    tab = on_the_page(world, cell.dan)
    world.wait(timedelta(days=60))
    assert "Mời tự chọn sáu chữ số" in tries_a_key(tab.opens()).text()
