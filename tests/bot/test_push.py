"""A browser lets itself be rung: what it brings, and what is not taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models.meeting.policy import AttendancePolicy
from models.people.policy import PushPolicy
from models.people.push import PushKey, PushSubscription, is_push_service, signing_key
from tests.fakes import World
from tests.people import BOB, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.pushservice import FakeBrowserPush, PushService
from tests.tab import DOOR, WINDOWS, Tab

POLICY = PushPolicy(services=("push.example",))


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(database_url, attendance=AttendancePolicy(door=DOOR), push=POLICY) as opened:
        yield opened


@pytest.fixture
def cell(world: World) -> Cell:
    return a_cell(world)


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    (bob,) = settle_in(world, cell, BOB)
    return bob


def opens_page(world: World, bob: Phone, agent: str = WINDOWS) -> Tab:
    bob.reads()
    bob.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in bob.reads().split() if word.startswith(f"{DOOR}/o/"))
    return Tab(world, agent=agent).opens(link).enters()


@pytest.fixture
def tab(world: World, bob: Phone) -> Tab:
    return opens_page(world, bob)


@pytest.fixture
def service(world: World) -> PushService:
    return PushService(world.clock)


def kept(world: World) -> int:
    return world.db(lambda db: db.scalar(select(func.count()).select_from(PushSubscription))) or 0


def test_a_browser_is_subscribed_once_and_lets_go_again(tab: Tab, service: PushService, world: World) -> None:
    tab.allows_push(service)
    tab.allows_push(service)  # it has got another endpoint meanwhile
    assert kept(world) == 1
    tab._asks("GET", "/push/key", site="same-origin")
    assert tab.answer is not None
    assert tab.answer.json()["on"] is True
    assert tab.posts_push(None).status == 204
    assert kept(world) == 0


def test_all_browsers_hear_the_same_key_and_it_is_kept_sealed(
    tab: Tab, world: World, bob: Phone, service: PushService
) -> None:
    tab.allows_push(service)
    other = opens_page(world, bob)
    other.allows_push(service)
    assert {key for _, key in service.subscriptions.values()} == {
        world.db(lambda db: signing_key(db, now=world.clock()).public)
    }
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(PushKey))) == 1
    number = world.db(lambda db: signing_key(db, now=world.clock()).number)
    raw = world.db(lambda db: db.scalars(select(PushKey.number_sealed)).one())
    assert raw is not None
    assert number.hex().encode() not in raw


def test_a_key_that_cannot_be_read_any_more_is_made_anew_and_browsers_subscribe_again(
    tab: Tab, world: World, service: PushService
) -> None:
    tab.allows_push(service)
    before = world.db(lambda db: signing_key(db, now=world.clock()).public)
    world.db(lambda db: db.execute(update(PushKey).values(number_sealed=None)))
    assert world.db(lambda db: signing_key(db, now=world.clock()).public) != before
    assert kept(world) == 0


def test_a_subscription_ends_with_its_browser(
    world: World, tab: Tab, bob: Phone, service: PushService
) -> None:
    tab.allows_push(service)
    tab.opens().leaves()
    assert kept(world) == 0
    other = opens_page(world, bob)
    other.allows_push(service)
    world.wait(world.settings.page.idle + timedelta(days=8))  # nobody comes with it any more
    assert kept(world) == 0


def test_an_endpoint_moves_with_the_device_to_its_new_browser(
    world: World, tab: Tab, bob: Phone, service: PushService
) -> None:
    device = tab.allows_push(service)
    opens_page(world, bob).allows_push(service, device)
    assert kept(world) == 1


def test_a_stranger_learns_no_key_and_subscribes_nothing(world: World, service: PushService) -> None:
    stranger = Tab(world)
    stranger._asks("GET", "/push/key", site="same-origin")
    assert (stranger.status, stranger.html) == (403, "")
    assert stranger.posts_push(FakeBrowserPush().as_json(), key="0" * 64).status == 403
    assert kept(world) == 0


def test_another_site_subscribes_nothing(world: World, tab: Tab) -> None:
    assert tab.posts_push(FakeBrowserPush().as_json(), site="cross-site").status == 403
    assert tab.posts_push(FakeBrowserPush().as_json(), key="0" * 64).status == 403
    assert kept(world) == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://10.0.0.1/a",
        "https://localhost/a",
        "https://push.example.evil.example/a",
        "https://evilpush.example/a",
        "https://push.example@evil.example/a",
        "https://push.example:22/a",
        "https://push.example:x/a",
        "file:///etc/passwd",
        "//push.example/a",
        "",
    ],
)
def test_an_endpoint_that_is_no_push_service_is_known_as_none(endpoint: str) -> None:
    assert not is_push_service(endpoint, POLICY)


def test_what_is_no_subscription_is_refused(world: World, tab: Tab) -> None:
    real = FakeBrowserPush().as_json()
    for wrong in (
        {},
        "x",
        1,
        [real],
        {**real, "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {**real, "keys": None},
    ):
        assert tab.posts_push(wrong).status == 400
    assert tab.posts_push({**real, "endpoint": "https://push.example/" + "a" * 5000}).status == 413
    assert kept(world) == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
    ],
)
def test_the_services_of_todays_browsers_are_known(endpoint: str) -> None:
    assert is_push_service(endpoint, PushPolicy())
