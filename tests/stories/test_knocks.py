"""Being reminded without Telegram: browsers ring, somebody passes it on, nobody is asked twice and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from models.contact.checkin import Checkin, CheckinState
from models.contact.ladder import open_ladder
from models.entry.knock import Knock, KnockState, KnockWay
from models.meeting.policy import AttendancePolicy
from models.people.member import Reachability, account_of
from models.people.policy import PushPolicy
from models.people.push import PushSubscription
from models.people.trail import Trail
from tests.checkins import fills_checkin
from tests.coming_in import comes_in
from tests.fakes import World
from tests.people import BOB, Cell, settle_in
from tests.phone import Phone
from tests.tab import DOOR, WINDOWS, Tab

RINGS = "Sổ tay: có tin mới"


def at(day: int, hour: int = 0, minute: int = 0, month: int = 12) -> datetime:
    """2026 on Vietnam's clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with World.open(
        database_url, attendance=AttendancePolicy(door=DOOR), push=PushPolicy(services=("push.example",))
    ) as opened:
        yield opened


@pytest.fixture
def bob(world: World, cell: Cell) -> Phone:
    """The secretary, on Telegram."""
    (bob,) = settle_in(world, cell, BOB)
    bob.reads()
    return bob


@pytest.fixture
def dan(world: World, cell: Cell, bob: Phone) -> Tab:
    tab = comes_in(world, cell, bob)
    bob.reads()
    return tab


def knocks(world: World) -> list[tuple[str, str, str | None]]:
    """What was knocked, how, and how it went, in the order of time."""
    rows = select(Knock.way, Knock.state, Knock.result).order_by(Knock.at, Knock.id)
    return [(way, state, result) for way, state, result in world.db(lambda db: db.execute(rows).all())]


def report(world: World, cell: Cell) -> Checkin:
    mine = select(Checkin).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
    return world.db(lambda db: db.scalars(mine).one())


def reachability(world: World, cell: Cell) -> str:
    account = world.db(lambda db: account_of(db, cell.dan))
    assert account is not None
    return account.reachability


# --- Web Push ---------------------------------------------------------------------------------------------------------


def test_a_browser_rings_once_and_says_nothing_that_betrays(world: World, cell: Cell, dan: Tab) -> None:
    device = dan.allows_push(world.push)
    world.until(at(1, 19))  # the question is asked
    assert world.push.shown == []
    world.until(at(1, 20))
    assert world.push.shown == [(device.path, RINGS)]
    assert knocks(world) == [(KnockWay.PUSH, KnockState.DONE, "201")]
    assert "Đã đến kỳ báo cáo" in dan.reads()
    world.until(at(2, 12))
    assert len(world.push.shown) == 1


def test_who_looks_at_the_page_is_not_knocked_for(world: World, cell: Cell, dan: Tab) -> None:
    dan.allows_push(world.push)
    world.until(at(1, 19, 1))
    assert "Đã đến kỳ báo cáo" in dan.reads()
    world.until(at(2, 12))
    assert world.push.shown == []
    assert knocks(world) == []


def test_all_browsers_of_one_person_ring_and_the_dead_one_is_forgotten(
    world: World, cell: Cell, bob: Phone, dan: Tab
) -> None:
    dan.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in dan.text().split() if word.startswith(f"{DOOR}/o/"))
    other = Tab(world).opens(link).enters()
    first, second = dan.allows_push(world.push), other.allows_push(world.push)
    world.push.says[first.path] = 410
    world.until(at(1, 20))
    assert [path for path, _ in world.push.shown] == [second.path]
    assert world.db(lambda db: db.scalar(select(func.count()).select_from(PushSubscription))) == 1
    assert [(way, state) for way, state, _ in knocks(world)] == [(KnockWay.PUSH, KnockState.DONE)]


@pytest.mark.parametrize("refusal", [404, 410, 403])
def test_a_push_that_is_refused_goes_onto_the_desks_list_and_the_member_is_not_late(
    world: World, cell: Cell, bob: Phone, dan: Tab, refusal: int
) -> None:
    device = dan.allows_push(world.push)
    world.push.says[device.path] = refusal
    world.until(at(5, 16))
    done = Counter((way, state) for way, state, _ in knocks(world))
    assert set(done) == {(KnockWay.PUSH, KnockState.FAILED), (KnockWay.HAND, KnockState.LISTED)}
    assert (
        done[KnockWay.HAND, KnockState.LISTED] == 1
    )  # a later message rings again, and nobody is listed twice
    assert reachability(world, cell) == Reachability.QUIET
    assert "Mời chuyển lời nhắc" in bob.reads()
    world.until(at(20))
    assert report(world, cell).state != CheckinState.LATE
    assert world.db(lambda db: open_ladder(db, cell.dan)) is None


def test_a_push_service_that_is_busy_is_asked_again_and_rings_once(
    world: World, cell: Cell, dan: Tab
) -> None:
    device = dan.allows_push(world.push)
    world.push.says[device.path] = 429
    world.until(at(1, 19, 5))
    world.push.says[device.path] = 0
    world.until(at(1, 20))
    assert world.push.shown == [(device.path, RINGS)]


def test_a_push_service_that_stays_away_is_given_up(world: World, cell: Cell, dan: Tab) -> None:
    dan.allows_push(world.push)
    world.push.away = True
    world.until(at(5, 18))
    done = Counter(knocks(world))
    assert set(done) == {(KnockWay.PUSH, KnockState.FAILED, "503"), (KnockWay.HAND, KnockState.LISTED, None)}
    assert done[KnockWay.HAND, KnockState.LISTED, None] == 1


def test_a_push_that_nobody_answers_is_not_sent_again(world: World, cell: Cell, dan: Tab) -> None:
    device = dan.allows_push(world.push)
    world.push.says[device.path] = None
    world.until(at(1, 20))
    assert len(world.push.asked) == 1
    assert knocks(world) == [(KnockWay.PUSH, KnockState.UNKNOWN, "no answer")]


# --- passed on by hand ------------------------------------------------------------------------------------------------


def test_the_secretary_passes_it_on_and_the_member_counts_as_asked(
    world: World, cell: Cell, bob: Phone, dan: Tab
) -> None:
    world.until(at(5, 16))
    assert "Mời chuyển lời nhắc" in bob.reads()
    bob.taps("Chuyển lời nhắc", "Phạm Văn Dân")
    words = bob.chat()
    assert f"Sổ tay có tin mới. Khi tiện mời mở xem: {DOOR}/" in words
    stranger = Tab(world)
    assert "Máy này chưa được mở trang" in stranger.opens("/").text()  # that link lets nobody in
    bob.taps("Đã chuyển")
    assert "đã chuyển lời nhắc tới đồng chí Phạm Văn Dân" in bob.reads()
    assert reachability(world, cell) == Reachability.OK
    passed = world.db(lambda db: db.scalars(select(Knock).where(Knock.way == KnockWay.HAND)).one())
    assert (passed.state, passed.by_id) == (KnockState.DONE, cell.bob)
    done = select(Trail).where(Trail.act == "knock.pass")
    trail = world.db(lambda db: db.scalars(done).one())
    assert (trail.by_id, trail.member_id) == (cell.bob, cell.dan)
    world.until(report(world, cell).late_at + timedelta(hours=1))
    assert report(world, cell).state == CheckinState.LATE


def test_an_old_button_says_that_it_was_passed_on(world: World, cell: Cell, bob: Phone, dan: Tab) -> None:
    world.until(at(5, 16))
    bob.reads()
    bob.taps("Chuyển lời nhắc")
    message, key = bob._find("Phạm Văn Dân")
    bob.taps("Phạm Văn Dân", "Đã chuyển").reads()
    world.wait(timedelta(minutes=5))
    bob.taps_data(message, key, stale=True)
    assert "Không cần nữa" in bob.chat()


def test_who_comes_by_themselves_is_off_the_list(world: World, cell: Cell, bob: Phone, dan: Tab) -> None:
    world.until(at(5, 16))
    bob.reads()
    assert "Đã đến kỳ báo cáo" in dan.reads()
    assert reachability(world, cell) == Reachability.OK
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    world.settle()
    assert "Dân lại nhận được tin" not in bob.reads()
    bob.taps("Chuyển lời nhắc")
    assert "Không còn ai cần chuyển" in bob.chat()


def test_the_queue_of_the_desk_names_whom_to_tell(world: World, cell: Cell, bob: Phone, dan: Tab) -> None:
    world.until(at(5, 16))
    bob.reads()
    assert "có tin chờ trên trang" in bob.says("/chibo").reads()


def test_a_month_in_which_nobody_has_telegram_loses_nothing_and_asks_nobody_twice(
    world: World, cell: Cell, bob: Phone, dan: Tab
) -> None:
    bob.says("/dulieu").goes("An toàn").taps("Mở trang trên máy khác")
    link = next(word for word in bob.reads().split() if word.startswith(f"{DOOR}/o/"))
    office = Tab(world, agent=WINDOWS).opens(link).enters()
    bob.blocks()
    device = dan.allows_push(world.push)
    world.until(at(1, 20))
    assert len(world.push.shown) == 1
    dan.opens().taps("Có việc cần báo")
    fills_checkin(dan, note="Chủ nợ lương hai tháng")
    world.until(at(4, 20) + timedelta(days=31))
    asked = dan.reads()  # the question, and the reminder that took its place
    assert asked.count("Đã đến kỳ báo cáo tình hình tháng 1/2027") == 1
    assert "Chi bộ vẫn chờ tin" in asked
    assert "tin về chi bộ đang chờ" in office.opens().text()
    bob.unblocks()
    assert "Chủ nợ lương hai tháng" in bob.says("/chibo").chat()
    assert {path for path, _ in world.push.shown} == {device.path}
    assert len(world.push.shown) <= 3
