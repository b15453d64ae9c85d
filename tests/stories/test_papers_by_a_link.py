"""A person's papers leave by a link: for whoever asked, once, for ten minutes, behind their PIN; nothing lies in a chat."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting.policy import AttendancePolicy
from models.people.browser import PageLink
from models.people.rights import appointments, end_appointment
from models.people.trail import Trail
from tests.coming_in import comes_in
from tests.fakes import ZALO, World
from tests.people import ALICE, BOB, DAN, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.reviews import a_campaign, hands_in
from tests.tab import DOOR, WINDOWS, Tab

PIN = Phone.pin


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    """An and Dân have handed in this year's review."""
    cell = a_cell(world)
    campaign = a_campaign(world, cell)
    for member in (cell.alice, cell.dan):
        hands_in(world, campaign, member)
    return cell


def asks(phone: Phone, data: str = "papers:mine") -> str:
    """The path of the link that comes."""
    phone.says("/menu")
    phone.taps_data(phone.last()["message_id"], data, stale=True)
    rows = phone.last()["inline_keyboard"]
    return str(rows[0][0]["url"]).removeprefix(DOOR)


def inside(tab: Tab) -> list[str]:
    assert tab.status == 200, tab.html
    assert tab.answer is not None
    with zipfile.ZipFile(BytesIO(tab.answer.content)) as book:
        return book.namelist()


def taken_by(world: World, member: int) -> list[int | None]:
    """Who has taken the papers, each time."""
    rows = select(Trail.by_id).where(Trail.member_id == member, Trail.act == "data.export")
    return world.db(lambda db: list(db.scalars(rows)))


def test_a_link_gives_the_papers_once_behind_the_pin_and_no_file_lies_in_the_chat(
    world: World, cell: Cell
) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    path = asks(alice)
    assert "trong 10 phút, một lần, bằng mã PIN của đồng chí" in alice.reads()
    assert alice.files() == []
    assert taken_by(world, cell.alice) == []  # nothing has left yet

    # looking changes nothing, and no PIN gives nothing
    tab = Tab(world).opens(path).opens(path)
    assert tab.answer is not None
    assert tab.answer.headers["cache-control"] == "no-store"
    tab.fills(pin="")
    assert tab.status == 403
    tab.fills(pin="111111")
    assert "Mã PIN chưa đúng. Còn" in tab.text()

    tab.fills(pin=PIN)
    assert inside(tab) == ["00.danh-muc.txt", "61.ban-kiem-diem-nam-2026.docx"]
    assert tab.answer.headers["cache-control"] == "no-store"
    assert tab.answer.headers["content-disposition"].startswith("attachment")
    assert taken_by(world, cell.alice) == [cell.alice]
    again = Tab(world).opens(path).fills(pin=PIN)
    assert "đã dùng, đã quá giờ" in again.text()
    assert taken_by(world, cell.alice) == [cell.alice]


def test_a_link_is_over_after_ten_minutes_and_when_another_is_asked_for(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    first = asks(alice)
    second = asks(alice)
    assert "đã quá giờ" in Tab(world).opens(first).fills(pin=PIN).text()
    world.wait(timedelta(minutes=11))
    assert "đã quá giờ" in Tab(world).opens(second).fills(pin=PIN).text()
    world.wait(timedelta(days=1))
    assert world.db(lambda db: list(db.scalars(select(PageLink.id)))) == []


def test_on_the_page_the_pin_of_a_moment_ago_is_enough_and_in_somebody_elses_browser_nothing_is(
    world: World, cell: Cell
) -> None:
    bob, alice = settle_in(world, cell, BOB, ALICE)
    dan = comes_in(world, cell, bob)
    dan.says("/menu")
    dan.taps_data(dan.messages()[-1]["message_id"], "papers:mine")
    link = next(one for one in _links(dan) if "/p/" in one)
    # An, who is let in here as herself, has Dân's link: of no use, and it is not used up
    stolen = _in_a_browser(world, alice).opens(link)
    stolen.fills(pin=PIN)
    assert "không phải của đồng chí" in stolen.text()
    dan.opens(link)
    assert "Mời gõ mã PIN" not in dan.text()
    dan.fills()
    assert "61.ban-kiem-diem-nam-2026.docx" in inside(dan)


def test_who_asks_in_words_is_led_to_their_page_and_takes_them_there(sqlite_url: str) -> None:
    """The messenger keeps every word: neither a link that lets in nor one that gives papers is put there (decision 54)."""
    with World.open(sqlite_url, zalo=ZALO, attendance=AttendancePolicy(door=DOOR)) as world:
        cell = a_cell(world)
        hands_in(world, a_campaign(world, cell), cell.dan)
        (bob,) = settle_in(world, cell, BOB)
        tab = comes_in(world, cell, bob)
        words = world.text_phone("6ede9afa66b88fe6d6a9", "Dân", of=cell.dan)
        words.says("/menu").picks("Tôi đang đứng ở đâu")
        told = words.reads()
        assert "không gửi được ở đây" in told
        link = next(word for word in told.split() if word.startswith(DOOR))
        assert link == f"{DOOR}/"  # it asks who comes
        assert "Máy này chưa được mở trang" in Tab(world, agent=WINDOWS).opens(link).text()
        tab.opens(link).says("/menu").goes("Tôi đang đứng ở đâu").taps("Một năm của tôi", "Lấy bộ giấy tờ")
        tab.opens(next(one for one in _links(tab) if "/p/" in one))
        tab.fills()
        assert "61.ban-kiem-diem-nam-2026.docx" in inside(tab)
        assert taken_by(world, cell.dan) == [cell.dan]
        assert "/p/" not in words.chat()


def test_a_stolen_link_is_of_no_use_without_the_pin_and_wrong_ones_are_counted(
    world: World, cell: Cell
) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    path = asks(alice)
    thief = Tab(world, ip="203.0.113.99").opens(path)
    for guess in range(20):
        thief.fills(pin=f"{100_000 + guess}")
        if thief.status == 429:
            break
    assert thief.status == 429
    Tab(world).opens(path).fills(pin=PIN)  # the right one is not even compared now
    assert taken_by(world, cell.alice) == []


def test_links_that_do_not_exist_look_the_same_and_are_not_tried_for_long(world: World, cell: Cell) -> None:
    thief = Tab(world, ip="203.0.113.98")
    said = set()
    for guess in range(200):
        thief.opens(f"/p/{guess:022}")
        if thief.status == 429:
            break
        thief.fills(pin="123456")
        said.add(thief.text())
    assert thief.status == 429
    assert len(said) == 1


def test_a_form_of_another_page_and_a_page_link_fetch_nothing(world: World, cell: Cell) -> None:
    (alice,) = settle_in(world, cell, ALICE)
    path = asks(alice)
    token = path.rpartition("/")[2]
    tab = Tab(world)
    tab.opens(f"/o/{token}").enters()  # it opens no page
    assert tab.status == 403
    assert "Màn hình" not in tab.html
    tab._asks("POST", path, site="cross-site", data={"k": "x", "pin": PIN})
    assert tab.status == 403
    assert taken_by(world, cell.alice) == []
    assert inside(Tab(world).opens(path).fills(pin=PIN))


def test_the_desk_fetches_a_members_papers_until_its_right_ends(world: World, cell: Cell) -> None:
    bob, dan = settle_in(world, cell, BOB, DAN)
    path = asks(bob, f"papers:of:{cell.dan}")
    assert "Phạm Văn Dân; đồng chí ấy biết ai đã lấy" in bob.reads()
    assert inside(Tab(world).opens(path).fills(pin=PIN))
    assert taken_by(world, cell.dan) == [cell.bob]
    assert "Trần Văn Bình" in dan.says("/dulieu").taps("Ai đã xem").reads()

    path = asks(bob, f"papers:of:{cell.dan}")

    def work(db: Session) -> None:
        (held,) = appointments(db, cell.bob, now=world.clock())
        end_appointment(db, held, by_id=None, now=world.clock())

    world.db(work)
    assert "đã quá giờ" in Tab(world).opens(path).fills(pin=PIN).text()
    assert taken_by(world, cell.dan) == [cell.bob]


def _links(tab: Tab) -> list[str]:
    return [str(one).removeprefix(DOOR) for one in tab._page().xpath("//main//li//a[@class='button']/@href")]


def _in_a_browser(world: World, phone: Phone) -> Tab:
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world).opens(link).enters()
