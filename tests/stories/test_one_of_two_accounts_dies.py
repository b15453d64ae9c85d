"""A member with two accounts, one of which dies in each of the ways: nothing is lost, nothing asked twice, nobody told that no word arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.settings import MailSettings
from models.contact.checkin import Checkin, CheckinState
from models.contact.ladder import open_ladder
from models.meeting.policy import AttendancePolicy
from models.people.member import hears
from models.people.policy import PushPolicy
from tests.coming_in import comes_in
from tests.fakes import ZALO, World
from tests.mailserver import MailServer, words_of
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone
from tests.pushservice import FakeBrowserPush
from tests.tab import DOOR, WINDOWS, Tab
from tests.textphone import TextPhone

CHAT, MAIL = "6ede9afa66b88fe6d6a9", "dan@thu.example"
ASKED = "Đã đến kỳ báo cáo"


def at(day: int, hour: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer().open() as server:
        yield server


@pytest.fixture
def world(sqlite_url: str, mail: MailServer) -> Iterator[World]:
    with World.open(
        sqlite_url,
        attendance=AttendancePolicy(door=DOOR),
        push=PushPolicy(services=("push.example",)),
        mail=MailSettings(host="127.0.0.1", port=mail.port, tls="none", sender="so@so.example", seconds=5),
        zalo=ZALO,
    ) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


class Two:
    """Dân, and the two ways in which he is reached; `dies` is told first."""

    def __init__(self, world: World, cell: Cell, bob: Phone, mail: MailServer) -> None:
        self.world, self.cell, self.bob, self.mail = world, cell, bob, mail
        self.seen: list[str] = []

    def on_page(self) -> Tab:
        self.page = comes_in(self.world, self.cell, self.bob)
        self.page.allows_push(self.world.push)
        return self.page

    def on_telegram(self) -> Phone:
        (self.telegram,) = settle_in(self.world, self.cell, DAN)
        self.telegram.reads()
        return self.telegram

    def on_zalo(self) -> TextPhone:
        self.zalo = self.world.text_phone(CHAT, "Dân", of=self.cell.dan)
        return self.zalo

    def page_of_telegram(self) -> Tab:
        """The page beside a linked Telegram, by a link made there; from now on he is told on the page."""
        self.telegram.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
        link = next(word for word in self.telegram.reads().split() if word.startswith(f"{DOOR}/o/"))
        self.page = Tab(self.world).opens(link).enters()
        self.page.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Nhận tin ở trang")
        self.telegram.reads()
        return self.page

    def gives_mail(self) -> None:
        self.page.says("/dulieu").goes("An toàn").taps("Nơi nhận tin", "Thêm thư điện tử").says(MAIL)
        code = "".join(char for char in words_of(self.mail.letters[-1][1]) if char.isdigit())
        self.page.says(code)
        self.mail.letters.clear()


# --- what dies, and what goes on ----------------------------------------------------------------------------------------


def telegram_is_blocked(two: Two) -> Tab:
    two.on_page()
    two.on_telegram().blocks()
    two.page.reads()
    return two.page


def telegram_refuses(**how: bool) -> Callable[[Two], Tab]:
    """Nobody hears of it until something is said there."""

    def dies(two: Two) -> Tab:
        page = two.on_page()
        two.on_telegram()
        page.reads()  # of the new account it is told here
        user = two.world.telegram.users[DAN]
        for name, value in how.items():
            setattr(user, name, value)
        return page

    return dies


def zalo_refuses(two: Two) -> Phone:
    telegram = two.on_telegram()
    two.on_zalo()
    two.world.zalo.blocks(CHAT)
    return telegram


def the_browser_is_left(two: Two) -> Phone:
    telegram = two.on_telegram()
    two.page_of_telegram().leaves()
    return telegram


def the_cookie_is_stolen(two: Two) -> Phone:
    telegram = two.on_telegram()
    page = two.page_of_telegram()
    thief = Tab(two.world, agent=WINDOWS)
    thief.cookies = page.cookies
    assert "Máy này chưa được mở trang" in thief.opens().text()
    assert "Máy này chưa được mở trang" in page.opens().text()
    return telegram


def push_says(status: int | None) -> Callable[[Two], Phone]:
    def dies(two: Two) -> Phone:
        telegram = two.on_telegram()
        device: FakeBrowserPush = two.page_of_telegram().allows_push(two.world.push)
        two.world.push.says[device.path] = status
        return telegram

    return dies


def the_mailbox_bounces(two: Two) -> Phone:
    telegram = two.on_telegram()
    two.page_of_telegram()
    two.gives_mail()
    two.mail.says[MAIL] = "550"
    return telegram


WAYS: dict[str, Callable[[Two], Tab | Phone]] = {
    "telegram: blocked": telegram_is_blocked,
    "telegram: blocked, unheard": telegram_refuses(blocked=True),
    "telegram: account deleted": telegram_refuses(deactivated=True),
    "telegram: never started": telegram_refuses(started=False),
    "zalo: refused": zalo_refuses,
    "page: left": the_browser_is_left,
    "page: cookie stolen": the_cookie_is_stolen,
    **{f"push: {status}": push_says(status) for status in (403, 404, 410, 429, 503)},
    "push: no answer": push_says(None),
    "mail: bounces": the_mailbox_bounces,
}


@pytest.mark.parametrize("way", WAYS)
def test_the_other_account_goes_on(world: World, cell: Cell, bob: Phone, mail: MailServer, way: str) -> None:
    alive = WAYS[way](Two(world, cell, bob, mail))
    bob.reads()
    world.until(
        at(2 if isinstance(alive, Tab) else 6, 16)
    )  # a page that rang and is not opened is passed on later
    told = alive.reads()
    reminders = told.count("vẫn chờ tin")  # each shows the question below; on a page it takes its place
    assert told.count(ASKED) >= 1, told
    assert told.count(ASKED) - reminders in (0, 1), told
    read = bob.reads()
    assert "Tin không tới đồng chí Phạm Văn Dân" not in read
    assert "Mời chuyển lời nhắc" not in read
    assert world.db(lambda db: hears(db, cell.dan))
    alive.taps("Mọi việc vẫn ổn", "Gửi")
    world.until(at(20))
    mine = select(Checkin).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
    assert world.db(lambda db: db.scalars(mine).one().state) == CheckinState.ANSWERED
    assert world.db(lambda db: open_ladder(db, cell.dan)) is None
    assert ASKED not in alive.reads()
