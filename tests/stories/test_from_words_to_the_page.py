"""Dân has Zalo and nothing else: how he comes onto the page for what Zalo may not show, and who does not come in that way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from models.delivery.message import Lane, Message
from models.ground.channel import Channel
from models.meeting.policy import AttendancePolicy
from models.people.member import (
    Account,
    Member,
    channels_of,
    close_account,
    is_trusted,
    open_accounts,
    tell,
)
from models.phrases.text import raw
from tests.fakes import ZALO, World
from tests.people import BOB, DAN, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab
from tests.textphone import TextPhone

CHAT = "6ede9afa66b88fe6d6a9"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, zalo=ZALO, attendance=AttendancePolicy(door=DOOR)) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    return settle_in(world, cell, DAN, BOB)[1]


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> TextPhone:
    """Dân on Zalo alone: his Telegram is closed, he has neither passkey nor return code."""
    world.telegram.blocks(DAN)
    world.settle()
    phone = world.text_phone(CHAT, "Dân", of=cell.dan)
    world.db(lambda db: close_account(db, telegram_of(db, cell.dan), now=world.clock()))
    phone.reads()
    bob.reads()
    return phone


def telegram_of(db: Session, member_id: int) -> Account:
    return next(one for one in open_accounts(db, member_id) if one.address.channel is Channel.TELEGRAM)


def link_in(said: str) -> str:
    return next(word for word in said.split() if word.startswith(f"{DOOR}/i/"))


def asks(dan: TextPhone) -> str:
    """Ask for what Zalo may not show, and then for the page."""
    assert dan.says("/dulieu").reads().endswith("\n\n1 Mở trang riêng để xem")
    return link_in(dan.says("1").reads())


def figures(tab: Tab) -> str:
    found = re.search(r"Bốn số của trang này: ((?:\d ?){4})", tab.text())
    assert found is not None, tab.text()
    return found.group(1).replace(" ", "")


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 10_000:04}"


def test_the_secretary_telephones_hears_the_figures_and_the_page_opens(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    link = asks(dan)
    tab = Tab(world).opens(link).enters()
    for told in ("Phạm Văn Dân", "đồng chí", "Chi bộ", "Bí thư"):
        assert told not in tab.text()
    said = dan.reads()
    assert "vừa được mở trên: Chrome, Android" in said
    asked = bob.reads()
    assert "Đồng chí Phạm Văn Dân xin mở trang riêng" in asked
    assert figures(tab) not in re.findall(r"\d{4}", asked + dan.chat())  # neither the desk nor Zalo has them
    bob.taps("Đã gọi, nhập bốn số").says(" ".join(figures(tab)))
    assert "Đã xác nhận đồng chí Phạm Văn Dân" in bob.reads()
    assert "Từ nay đồng chí dùng được chương trình ở đây" in tab.reads()
    tab.says("/dulieu")  # what Zalo did not show
    assert "An toàn tài khoản" in tab.buttons()
    told = dan.reads()
    assert "trang web" in told
    assert figures(tab) not in dan.chat()
    assert world.db(lambda db: sorted(channels_of(db, cell.dan))) == sorted([Channel.TEXT, Channel.WEB])


def test_on_the_page_he_makes_the_return_code_that_he_never_had(
    world: World, dan: TextPhone, bob: Phone
) -> None:
    tab = Tab(world).opens(asks(dan)).enters()
    bob.taps("Đã gọi, nhập bốn số").says(figures(tab))
    tab.opens().says("/dulieu").taps("An toàn tài khoản", "Tạo mã trở lại")
    code = re.search(r"Mã trở lại: ((?:\d{4} ?){4})", tab.text())
    assert code is not None, tab.text()
    other = Tab(world, agent=WINDOWS).opens("/").comes_back(code.group(1))
    assert "trở lại" in other.text()
    # from now on what Zalo may not show has its link beside the way for whoever lost the code
    said = dan.says("/dulieu").reads()
    assert f"{DOOR}/\n" in said
    assert said.endswith("1 Không vào được trang riêng")


def test_what_zalo_may_not_show_is_said_on_the_page_and_his_own_drafts_are_there(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    tab = Tab(world).opens(asks(dan)).enters()
    bob.taps("Đã gọi, nhập bốn số").says(figures(tab))
    assert world.db(lambda db: all(is_trusted(one) for one in open_accounts(db, cell.dan)))
    tab.reads()

    def news(db: Session) -> bool:
        message = Message(raw("riêng của đồng chí"), guarded=True)
        return tell(db, db.get_one(Member, cell.dan), message, key="k", lane=Lane.REMINDER, now=world.clock())

    assert world.db(news)
    world.settle()
    assert "riêng của đồng chí" in tab.reads()
    assert "riêng của đồng chí" not in dan.reads()


def test_who_reads_the_chat_and_opens_the_link_first_does_not_come_in(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    link = asks(dan)
    thief = Tab(world, agent=WINDOWS, ip="198.51.100.9").opens(link).enters()
    assert "vừa được mở trên: Firefox, Windows" in dan.reads()
    mine = Tab(world).opens(link).enters()
    assert "Đường dẫn này đã được dùng rồi" in mine.text()
    dan.picks("Không phải tôi, chặn lại")
    assert "Đã chặn" in dan.reads()
    told = bob.reads()
    assert "không phải mình xin mở trang" in told
    thief.opens()
    assert "chưa có gì được liên kết" in thief.text()
    assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.TEXT]


def test_whoever_confirms_without_calling_is_not_believed(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    tab = Tab(world).opens(asks(dan)).enters()
    wrong = other_than(figures(tab))
    bob.taps("Đã gọi, nhập bốn số").says("12")
    assert "đúng bốn chữ số" in bob.reads()
    bob.says(wrong)
    assert "Còn 2 lần" in bob.reads()
    bob.says(wrong, wrong)
    assert "lần xin mở trang này đã đóng" in bob.reads()
    assert "chưa có gì được liên kết" in tab.opens().text()
    assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.TEXT]
    # and he asks again
    again = Tab(world).opens(asks(dan)).enters()
    bob.taps("Đã gọi, nhập bốn số").says(figures(again))
    assert Channel.WEB in world.db(lambda db: channels_of(db, cell.dan))


def test_a_look_at_the_link_uses_nothing_and_it_is_old_after_a_quarter_of_an_hour(
    world: World, dan: TextPhone, bob: Phone
) -> None:
    link = asks(dan)
    preview = Tab(world, agent="ZaloPreview/1.0").opens(link, site="cross-site")
    assert "Bắt đầu" in preview.text()
    assert bob.reads() == ""
    world.wait(timedelta(minutes=16))
    late = Tab(world).opens(link).enters()
    assert "Bốn số" not in late.text()
    assert "xin mở trang" not in bob.reads()


def test_a_newer_link_takes_the_older_ones_place_and_the_desk_is_not_asked_all_day(
    world: World, dan: TextPhone, bob: Phone
) -> None:
    first = asks(dan)
    links = [first] + [asks(dan) for _ in range(4)]
    assert "Bốn số" not in Tab(world).opens(links[0]).enters().text()
    assert "Bốn số" in Tab(world).opens(links[-1]).enters().text()
    dan.says("/dulieu")
    dan.says("1")
    assert "nhiều lần" in dan.reads()
    world.wait(timedelta(days=1))
    assert asks(dan)


def test_the_link_is_for_the_page_alone_and_pasted_in_a_chat_it_gives_nobody_anything(
    world: World, cell: Cell, dan: TextPhone, bob: Phone
) -> None:
    link = asks(dan)
    token = link.rpartition("/")[2]
    stranger = world.text_phone("ffff", "Ai đó")
    assert "Phạm" not in stranger.opens_link(token).reads()
    carol = world.phone(7777, "Ai khác")
    carol.says(f"/start {token}")
    assert "Phạm" not in carol.reads()
    assert "xin mở trang" not in bob.reads()
    tab = Tab(world).opens(link).enters()
    assert figures(tab)  # it was not used up by them
    assert world.db(lambda db: channels_of(db, cell.dan)) == [Channel.TEXT]


def test_a_lost_page_comes_back_by_zalo_and_the_call_and_the_old_browser_is_out(
    world: World, dan: TextPhone, bob: Phone
) -> None:
    old = Tab(world).opens(asks(dan)).enters()
    bob.taps("Đã gọi, nhập bốn số").says(figures(old))
    old.opens().taps("Màn hình chính")
    dan.says("/dulieu")
    new = Tab(world, agent=WINDOWS).opens(link_in(dan.picks("Không vào được trang riêng").reads())).enters()
    bob.taps("Đã gọi, nhập bốn số").says(figures(new))
    assert "Từ nay đồng chí dùng được" in new.opens().text()
    assert "Trang trên máy này đã đóng" in old.opens().text()
