"""A month in which nobody has Telegram: the page, Zalo and letters carry questions, calls, a notice and a meeting; nobody is asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.settings import MailSettings
from models.contact.checkin import Checkin, CheckinState, plan_checkin
from models.contact.ladder import open_ladder
from models.delivery.page import PageMessage
from models.ground.channel import Channel
from models.meeting.policy import AttendancePolicy
from models.people.browser import SecondProof, browsers_of, device_of, new_page, open_browser, prove_browser
from models.people.member import Account, Member, Proof, Purpose, channels_of, link_account, record_consent
from models.people.policy import PushPolicy
from models.trust.data import move_member
from tests.fakes import ZALO, World
from tests.mailserver import MailServer, words_of
from tests.meetings import a_meeting
from tests.people import Cell
from tests.tab import ANDROID, DOOR, Tab
from tests.textphone import TextPhone

CHAT, MAIL = "6ede9afa66b88fe6d6a9", "an@thu.example"
ASKED = "Đã đến kỳ báo cáo"


def at(day: int, hour: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer().open() as server:
        yield server


@pytest.fixture
def world(database_url: str, mail: MailServer) -> Iterator[World]:
    with World.open(
        database_url,
        attendance=AttendancePolicy(door=DOOR),
        push=PushPolicy(services=("push.example",)),
        mail=MailSettings(host="127.0.0.1", port=mail.port, tls="none", sender="so@so.example", seconds=5),
        zalo=ZALO,
    ) as opened:
        yield opened


def agrees(db: Session, world: World, member_id: int) -> None:
    member = db.get_one(Member, member_id)
    for purpose in Purpose:
        record_consent(db, member.id, purpose, given=True, now=world.clock())
    plan_checkin(db, member, world.settings.policies().checkin, now=world.clock())


def on_the_page(world: World, member_id: int, *, proof: SecondProof | None = None) -> Tab:
    """Registered long ago, behind the scenes: their browser."""

    def work(db: Session) -> str:
        member, now = db.get_one(Member, member_id), world.clock()
        account = link_account(db, member, address=new_page(), now=now, proof=Proof.PASSKEY)
        agrees(db, world, member_id)
        return open_browser(db, account.address, device=device_of(ANDROID), now=now, proof=proof)[1]

    tab = Tab(world)
    tab.cookies.set("__Host-so", world.db(work), domain="so.example", path="/")
    tab.opens()
    return tab


def shows_the_key(world: World, member_id: int) -> None:
    """The second proof once more: it lasts for half a day."""

    def work(db: Session) -> None:
        mine = select(Account).where(Account.member_id == member_id, Account.closed_at.is_(None))
        (browser,) = browsers_of(db, db.scalars(mine).one().address)
        prove_browser(browser, SecondProof.PASSKEY, now=world.clock())

    world.db(work)


@pytest.fixture
def bob(world: World, cell: Cell) -> Tab:
    """The secretary: the page on a phone that rings, with a key on it."""
    tab = on_the_page(world, cell.bob, proof=SecondProof.PASSKEY)
    tab.allows_push(world.push)
    return tab


@pytest.fixture
def alice(world: World, cell: Cell, mail: MailServer) -> Tab:
    """In another province, with an old browser and an e-mail address."""
    world.db(lambda db: move_member(db, db.get_one(Member, cell.alice), **at_home(world)))
    tab = on_the_page(world, cell.alice)
    tab.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Thêm thư điện tử").says(MAIL)
    tab.says("".join(char for char in words_of(mail.letters[-1][1]) if char.isdigit()))
    assert "Đã xác nhận" in tab.text()
    mail.letters.clear()
    tab.reads()
    return tab


@pytest.fixture
def dan(world: World, cell: Cell) -> TextPhone:
    """On Zalo alone."""
    phone = world.text_phone(CHAT, "Dân", of=cell.dan)
    world.db(lambda db: agrees(db, world, cell.dan))
    phone.reads()
    return phone


def at_home(world: World) -> dict[str, Any]:
    policy = world.settings.policies().checkin
    return {"place_code": "VN-75", "zone": "Asia/Ho_Chi_Minh", "policy": policy, "now": world.clock()}


def state(world: World, member_id: int) -> str:
    mine = select(Checkin).where(Checkin.member_id == member_id, Checkin.period == date(2026, 12, 1))
    return world.db(lambda db: db.scalars(mine).one().state)


def test_everything_goes_on_and_nobody_is_asked_twice(
    world: World, cell: Cell, bob: Tab, alice: Tab, dan: TextPhone, mail: MailServer
) -> None:
    # the question of the month: by Zalo itself, by a letter that says that something waits
    world.until(at(2, 12))
    assert dan.reads().count(ASKED) == 1
    dan.picks("Mọi việc vẫn ổn", "Gửi")
    assert state(world, cell.dan) == CheckinState.ANSWERED
    assert [to for to, _ in mail.letters] == [MAIL]
    assert "Nguyễn" not in words_of(mail.letters[0][1])

    # a notice, written on the page, read on each door
    shows_the_key(world, cell.bob)
    bob.opens().says("/thongbao").taps("Viết thông báo mới", "Tất cả đảng viên").says(
        "Nhà văn hóa sửa điện, tuần này đóng cửa."
    )
    bob.taps("Gửi")
    world.wait(timedelta(minutes=5))
    assert "Nhà văn hóa sửa điện" in dan.reads()
    assert "Nhà văn hóa sửa điện" in alice.opens().text()
    assert ASKED in alice.text()  # it waited there, and she has not answered

    # a meeting: everybody is invited where they are
    a_meeting(world, cell, starts_at=at(10, 20))
    assert "20:00" in dan.reads()
    assert "20:00" in alice.opens().text()

    # a letter, and she does not come: the desk's list says whom to tell, and nobody is late meanwhile
    before = len(world.push.shown)
    world.until(at(11, 16))
    shows_the_key(world, cell.bob)
    assert "Mời chuyển lời nhắc" in bob.opens().text()
    assert state(world, cell.alice) != CheckinState.LATE
    bob.taps("Chuyển lời nhắc", "Nguyễn Thị An", "Đã chuyển")

    # she was told, and stays silent: the ladder, on the page that rings
    world.until(at(27))
    assert state(world, cell.alice) == CheckinState.LATE
    assert world.db(lambda db: open_ladder(db, cell.alice)) is not None
    assert len(world.push.shown) > before
    shows_the_key(world, cell.bob)
    assert "Nguyễn Thị An" in bob.opens().says("/chibo").text()
    bob.taps("Xem theo nhóm")
    assert "Dân" not in bob.text().split("Xem theo nhóm")[-1]

    # she answers, and everything about it stops
    alice.opens().taps("Mọi việc vẫn ổn", "Gửi")
    assert state(world, cell.alice) == CheckinState.ANSWERED
    assert world.db(lambda db: open_ladder(db, cell.alice)) is None
    letters, rung = len(mail.letters), len(world.push.shown)
    world.until(at(31))
    assert len(mail.letters) - letters <= 1  # what remains is news, and no question
    assert len(world.push.shown) - rung <= 3
    assert ASKED not in dan.reads()
    for member, channel in ((cell.bob, Channel.WEB), (cell.alice, Channel.WEB), (cell.dan, Channel.TEXT)):
        assert world.db(partial(channels_of, member_id=member)) == [channel]
    assert all(not world.telegram.history(chat) for chat in world.telegram.chats)
    said = [dan.chat(), *world.db(lambda db: [row.body.text for row in db.scalars(select(PageMessage))])]
    assert [one for one in said if "Telegram" in one] == []  # it is nothing to any of them
