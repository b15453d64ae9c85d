"""Where a person is told: a letter that says that something waits, and which of their accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.settings import MailSettings
from models.entry.knock import Knock, KnockState, KnockWay
from models.meeting.policy import AttendancePolicy
from models.people.mailbox import Mailbox, MailboxState
from models.people.policy import PushPolicy
from tests.coming_in import comes_in
from tests.fakes import World
from tests.mailserver import MailServer, words_of
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, Tab

ADDRESS = "dan@thu.example"


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer().open() as server:
        yield server


@pytest.fixture
def world(database_url: str, mail: MailServer) -> Iterator[World]:
    settings = MailSettings(host="127.0.0.1", port=mail.port, tls="none", sender="so@so.example", seconds=5)
    with World.open(
        database_url,
        attendance=AttendancePolicy(door=DOOR),
        push=PushPolicy(services=("push.example",)),
        mail=settings,
    ) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> Tab:
    """A member in a browser that cannot be rung."""
    tab = comes_in(world, cell, bob)
    bob.reads()
    return tab


def gives(dan: Tab) -> None:
    dan.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Thêm thư điện tử").says(ADDRESS)


def code_in(mail: MailServer) -> str:
    to, letter = mail.letters[-1]
    assert to == ADDRESS
    return "".join(char for char in words_of(letter) if char.isdigit())


@pytest.fixture
def mailed(dan: Tab, mail: MailServer) -> Tab:
    """He has given an address, and typed the code."""
    gives(dan)
    dan.says(code_in(mail))
    assert "Đã xác nhận" in dan.text()
    mail.letters.clear()
    return dan


def knocks(world: World) -> list[tuple[str, str, str | None]]:
    rows = select(Knock.way, Knock.state, Knock.result).order_by(Knock.at, Knock.id)
    return [(way, state, result) for way, state, result in world.db(lambda db: db.execute(rows).all())]


def test_an_address_is_confirmed_by_the_code_that_was_mailed_to_it(
    world: World, dan: Tab, mail: MailServer
) -> None:
    gives(dan)
    _, letter = mail.letters[0]
    assert str(letter["Subject"]) == "Sổ tay: mã xác nhận"
    assert "Phạm" not in str(letter)
    dan.says("00000000" if code_in(mail) != "00000000" else "11111111")
    assert "Mã chưa đúng" in dan.text()
    dan.says(code_in(mail))
    assert "Đã xác nhận" in dan.text()
    row = world.db(lambda db: db.scalars(select(Mailbox)).one())
    assert (row.state, row.code_sealed) == (MailboxState.CONFIRMED, None)
    assert ADDRESS.encode() not in (row.address_sealed or b"")


def test_a_letter_says_that_something_waits_and_nothing_else(
    world: World, mailed: Tab, mail: MailServer
) -> None:
    world.until(at(1, 20))
    ((to, letter),) = mail.letters
    assert (to, str(letter["Subject"])) == (ADDRESS, "Sổ tay: có tin mới")
    assert words_of(letter) == f"Sổ tay có tin mới. Khi tiện mời mở xem: {DOOR}/"
    assert knocks(world) == [(KnockWay.MAIL, KnockState.DONE, "250")]
    world.until(at(2, 12))
    assert len(mail.letters) == 1


def test_a_mailbox_that_bounces_is_not_written_to_again_and_the_desk_is_asked(
    world: World, mailed: Tab, mail: MailServer
) -> None:
    mail.says[ADDRESS] = "550"
    world.until(at(2, 12))
    assert knocks(world) == [
        (KnockWay.MAIL, KnockState.FAILED, "550"),
        (KnockWay.HAND, KnockState.LISTED, None),
    ]
    world.until(at(5, 12))
    assert mail.letters == []
    assert "thư bị trả lại" in mailed.opens().says("/dulieu").goes("An toàn").taps("Nơi nhận tin").text()


def test_a_mail_server_that_is_busy_is_asked_again(world: World, mailed: Tab, mail: MailServer) -> None:
    mail.says[ADDRESS] = "451"
    world.until(at(1, 19, 5))
    del mail.says[ADDRESS]
    world.until(at(1, 20, 30))
    assert len(mail.letters) == 1


def test_a_letter_that_nobody_acknowledged_is_not_sent_twice(
    world: World, mailed: Tab, mail: MailServer
) -> None:
    mail.says[f"letter {ADDRESS}"] = "hangs"
    world.until(at(1, 20))
    assert knocks(world) == [(KnockWay.MAIL, KnockState.UNKNOWN, "no answer")]


def test_a_dropped_address_is_gone(world: World, mailed: Tab, mail: MailServer) -> None:
    mailed.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Bỏ thư điện tử")
    assert world.db(lambda db: db.scalars(select(Mailbox)).all()) == []
    world.until(at(2, 12))
    assert mail.letters == []


def test_an_address_is_corrected_and_taken_out_where_ones_own_data_is_changed(
    world: World, mailed: Tab, mail: MailServer
) -> None:
    mailed.says("/dulieu").taps("Sửa", "Nơi nhận tin", "Đổi thư điện tử").says("moi@thu.example")
    (to, letter) = mail.letters[-1]
    assert to == "moi@thu.example"
    mailed.says("".join(char for char in words_of(letter) if char.isdigit()))
    assert world.db(lambda db: db.scalars(select(Mailbox)).one().address) == "moi@thu.example"
    mailed.says("/dulieu").taps("Sửa", "Nơi nhận tin", "Bỏ thư điện tử")
    assert world.db(lambda db: db.scalars(select(Mailbox)).all()) == []


def test_who_chooses_the_page_is_told_there_and_reads_nothing_twice(
    world: World, cell: Cell, mail: MailServer
) -> None:
    (phone,) = settle_in(world, cell, DAN)
    phone.reads()
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    page = Tab(world).opens(link).enters()
    page.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Nhận tin ở trang")
    phone.reads()
    page.reads()
    world.until(at(1, 20))
    assert phone.reads() == ""
    page.says("/dulieu").goes("An toàn").taps(
        "Nơi nhận tin", "Nhận tin ở Telegram"
    )  # it was shown on the page meanwhile
    world.settle()
    shown = page.text().count("Đã đến kỳ báo cáo") + phone.reads().count("Đã đến kỳ báo cáo")
    assert shown == 1


def test_what_waits_goes_along_when_another_account_is_chosen(
    world: World, cell: Cell, mail: MailServer
) -> None:
    (phone,) = settle_in(world, cell, DAN)
    phone.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in phone.reads().split() if word.startswith(f"{DOOR}/o/"))
    page = Tab(world).opens(link).enters()
    page.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Nhận tin ở trang")
    phone.reads()
    world.until(at(1, 20))
    assert phone.reads() == ""
    phone.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Nhận tin ở Telegram")
    world.settle()
    assert phone.reads().count("Đã đến kỳ báo cáo") == 1
    assert "Đã đến kỳ báo cáo" not in page.opens().text()
