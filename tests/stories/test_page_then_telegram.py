"""A member of the page opens an invite on Telegram, too: asked about Telegram then, and not before; nothing else is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ground.channel import Channel
from models.meeting.policy import AttendancePolicy
from models.people.member import Consent, Purpose, account_of, channels_of
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import BOB, DAN, Cell, invite, phone_of, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    """The secretary, on Telegram."""
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture
def tab(world: World, cell: Cell, bob: Phone) -> Tab:
    """Dân, in a browser, confirmed, and asked the other questions."""
    return comes_in(world, cell, bob)


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone, tab: Tab) -> Phone:
    """His new phone with Telegram, on which he has opened an invite."""
    bob.reads()
    dan = phone_of(world, DAN)
    dan.opens_link(invite(world, cell.dan, by_id=cell.deputy)).taps("Đúng, liên kết", "Đã hiểu")
    return dan


def links_telegram(tab: Tab, dan: Phone) -> None:
    dan.taps("Đồng ý").shares_contact()
    tab.opens().taps("Đúng là tôi")


def channels(world: World, cell: Cell) -> set[Channel]:
    return set(world.db(lambda db: channels_of(db, cell.dan)))


def answers(world: World, cell: Cell) -> dict[str, bool]:
    rows = select(Consent.purpose, Consent.given).where(Consent.member_id == cell.dan).order_by(Consent.at)
    return {row.purpose: row.given for row in world.db(lambda db: db.execute(rows).all())}


def test_the_secretary_reads_that_nothing_rings_on_the_page(bob: Phone, tab: Tab) -> None:
    told = bob.reads()
    assert "chỉ thấy khi mở lại trang" in told
    assert "đang được gửi" not in told


def test_a_reminder_is_said_to_wait_on_the_page(world: World, bob: Phone, tab: Tab) -> None:
    world.wait(timedelta(days=8))  # the question of the month lies there, and he has not looked
    bob.says("/chibo").taps("Xem theo nhóm", "Tin không tới", "Phạm Văn Dân", "Nhắc lại")
    assert "Lời nhắc đã để trên trang web: đồng chí ấy thấy khi mở trang" in bob.reads()


def test_the_page_says_nowhere_that_messages_pass_through_telegram(tab: Tab) -> None:
    tab.says("/dulieu").goes("Đồng ý của tôi")
    assert "Giữ liên lạc" in " ".join(tab.buttons())
    assert not tab.shows("Tin nhắn đi qua Telegram")


def test_only_telegram_is_asked_about_when_telegram_comes(dan: Phone) -> None:
    asked = dan.reads()
    assert "Việc 1/1" in asked
    assert "Tin nhắn đi qua Telegram" in asked


def test_telegram_is_added_and_takes_nothing_away(
    world: World, cell: Cell, bob: Phone, tab: Tab, dan: Phone
) -> None:
    dan.taps("Đồng ý").shares_contact()
    assert "Có người đang xin liên kết thêm Telegram với tên của đồng chí" in tab.reads()
    assert "Có người xin liên kết thêm Telegram với tên đồng chí Phạm Văn Dân" in bob.reads()
    tab.taps("Đúng là tôi")
    assert "Ở đây vẫn dùng như trước" in tab.text()
    assert "Từ nay đồng chí dùng được chương trình ở đây" in dan.reads()
    assert "nay dùng thêm Telegram" in bob.reads()
    assert channels(world, cell) == {Channel.TELEGRAM, Channel.WEB}
    assert answers(world, cell)[Purpose.ABROAD]
    assert "Chào đồng chí Phạm Văn Dân" in tab.says("/menu").text()
    tab.says("/dulieu").goes("An toàn")
    assert "• trang web, từ" in tab.text()
    assert "• Telegram, từ" in tab.text()


def test_a_no_to_telegram_leaves_the_page_as_it_was(
    world: World, cell: Cell, bob: Phone, tab: Tab, dan: Phone
) -> None:
    dan.taps("Không đồng ý")
    assert "chọn không liên kết thêm Telegram. Đồng chí ấy vẫn dùng trang web" in bob.reads()
    assert channels(world, cell) == {Channel.WEB}
    assert Purpose.ABROAD not in answers(world, cell)
    assert "Chào đồng chí Phạm Văn Dân" in tab.says("/menu").text()


def test_taking_telegram_back_closes_telegram_alone(
    world: World, cell: Cell, bob: Phone, tab: Tab, dan: Phone
) -> None:
    links_telegram(tab, dan)
    bob.reads()
    dan.reads()
    dan.says("/dulieu").taps("Đồng ý của tôi", "Tin nhắn đi qua Telegram")
    assert "vẫn dùng trang web như trước" in dan.reads()
    assert "Cuộc trò chuyện này đã đóng" in dan.taps("Rút lại").reads()
    assert "đã ngừng dùng Telegram ở đây, vẫn dùng trang web như trước" in bob.reads()
    assert channels(world, cell) == {Channel.WEB}
    assert told_on(world, cell) is Channel.WEB
    assert answers(world, cell)[Purpose.ABROAD] is False
    tab.says("/dulieu").goes("Đồng ý của tôi")
    assert not tab.shows("Tin nhắn đi qua Telegram")


def test_who_comes_back_by_the_code_closes_the_lost_telegram_right_there(
    world: World, cell: Cell, tab: Tab, dan: Phone
) -> None:
    links_telegram(tab, dan)
    tab.says("/dulieu").goes("An toàn").taps("Mã trở lại")
    code = "".join(char for char in tab.text().split("Mã trở lại:")[-1][:25] if char.isdigit())
    other = Tab(world, agent=WINDOWS).opens().comes_back(code)
    assert "Còn mở: Telegram" in other.text()
    assert channels(world, cell) == {Channel.TELEGRAM, Channel.WEB}  # a code alone closes nothing elsewhere
    other.taps("Ngừng dùng ở Telegram")
    assert channels(world, cell) == {Channel.WEB}
    assert "Chào đồng chí" in other.says("/menu").text()
    assert "Phạm" not in dan.says("/menu").reads()


def told_on(world: World, cell: Cell) -> Channel | None:
    def work(db: Session) -> Channel | None:
        account = account_of(db, cell.dan)
        return account.address.channel if account is not None else None

    return world.db(work)
