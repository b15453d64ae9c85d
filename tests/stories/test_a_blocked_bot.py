"""Nothing reaches a member for a while: nobody is late, somebody phones, and what comes back repairs itself."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.standin.faults import Fault
from models.contact.checkin import Checkin, CheckinMove, CheckinState
from models.delivery.outbox import Outbox
from models.entry.reachability import ReachabilityMove
from models.people.assignment import assign_contact
from models.people.member import Member, account_of
from models.trust.audit import audit
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in
from tests.phone import Phone
from tests.sizes import sized


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """December 2026 on Vietnam's clock."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, An, Bình, Hoa."""
    return settle_in(world, cell, DAN, ALICE, BOB, DEPUTY)


def december(world: World, member_id: int) -> Checkin:
    mine = select(Checkin).where(Checkin.member_id == member_id, Checkin.period == date(2026, 12, 1))
    return world.db(lambda db: db.scalars(mine).one())


def test_blocked_phoned_instead_and_unblocked(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _, bob, deputy = phones
    world.until(at(2, 9))
    dan.reads()
    dan.blocks()
    world.until(at(2, 9, 30))
    assert bob.reads() == ""
    world.until(at(2, 10, 1))
    for desk in (bob, deputy):
        told = desk.reads()
        assert "Tin không tới đồng chí Phạm Văn Dân: đã chặn chương trình. Không bị coi là quá hạn." in told
        assert "Bỏ chặn" in told
    world.until(at(8, 9))
    told = bob.reads()
    assert "Gọi điện thay: tin không tới 1 đồng chí" in told
    assert "Phạm Văn Dân, gọi trước thứ Bảy 12/12" in told
    bob.taps("Phạm Văn Dân")
    assert "Gọi điện thay báo cáo: hẹn gọi trước thứ Bảy 12/12" in bob.reads()
    world.until(at(12, 9))
    assert "Phạm Văn Dân, gọi trước thứ Tư 16/12" in bob.reads()  # the promise lapsed, and was made anew
    dan.unblocks()
    world.settle()
    assert "Đã đến kỳ báo cáo" in dan.reads()
    assert "Đồng chí Phạm Văn Dân lại nhận được tin." in bob.reads()
    assert december(world, cell.dan).phone_by is None
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    assert "Không cần gọi nữa" in bob.reads()
    assert world.db(lambda db: late_in_silence(db, cell.dan)) == []
    assert december(world, cell.dan).state == CheckinState.ANSWERED


def test_a_phone_call_keeps_the_promise(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, _, bob, _ = phones
    dan.blocks()
    world.until(at(8, 9))
    bob.taps("Phạm Văn Dân", "Ghi kết quả gọi", "Cách khác", "Gọi điện", "Hôm nay").says(
        "Khỏe, làm ca đêm."
    ).taps("Ghi lại")
    assert december(world, cell.dan).state == CheckinState.ANSWERED
    bob.reads()
    world.until(at(20))
    assert "Gọi điện thay" not in bob.reads()


def test_a_block_that_is_taken_back_within_the_hour_troubles_nobody(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, _, bob, _ = phones
    dan.blocks()
    world.wait(timedelta(minutes=20))
    dan.unblocks()
    world.wait(timedelta(hours=5))
    assert "Tin không tới" not in bob.chat()


def test_whoever_keeps_in_touch_is_told_too_with_the_way_to_the_card(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, alice, *_ = phones

    def assign(db: Session) -> None:
        member, contact = db.get_one(Member, cell.dan), db.get_one(Member, cell.alice)
        assign_contact(db, member, contact, by_id=cell.bob, now=world.clock())

    world.db(assign)
    dan.blocks()
    world.wait(timedelta(hours=2))
    assert "Tin không tới đồng chí Phạm Văn Dân" in alice.reads()
    alice.taps("Xem và gọi")
    assert "Phạm Văn Dân" in alice.reads()


def test_who_writes_can_be_reached_whatever_was_thought(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[0]
    world.telegram.users[DAN].blocked = True
    world.until(at(2, 8))
    assert world.db(lambda db: account_of(db, cell.dan).reachability) == "blocked"  # type: ignore[union-attr]
    world.telegram.users[DAN].blocked = False  # and the update about it was lost
    dan.says("/menu")
    assert world.db(lambda db: account_of(db, cell.dan).reachability) == "ok"  # type: ignore[union-attr]
    assert "Đã đến kỳ báo cáo" in dan.chat()


def test_a_chat_that_telegram_cannot_serve_is_network_trouble_once_others_are_heard(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, alice, bob, _ = phones
    world.telegram.fail("sendMessage", chat_id=DAN, times=2_000, fault=Fault("server_error", 502))
    world.until(at(1, 19, 30))
    assert world.db(lambda db: account_of(db, cell.dan).reachability) == "ok"  # type: ignore[union-attr]
    alice.says("/menu")
    world.until(at(4, 9))  # the question is in doubt after two tries; the next reminder failed alone, too
    assert world.db(lambda db: account_of(db, cell.dan).reachability) == "network"  # type: ignore[union-attr]
    assert "mạng trục trặc" in bob.reads()
    world.telegram._faults.clear()
    dan.says("/menu")
    world.until(at(4, 10))
    assert world.db(lambda db: account_of(db, cell.dan).reachability) == "ok"  # type: ignore[union-attr]
    assert dan.chat().count("Đã đến kỳ báo cáo") == 1
    assert "lại nhận được tin" in bob.reads()


Happening = tuple[str, int]
HISTORIES = st.lists(
    st.tuples(st.sampled_from(["block", "unblock", "answer", "restart", "wait"]), st.integers(1, 200)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=sized(4, 12))
@given(history=HISTORIES)
def test_whatever_happens_no_one_is_late_in_silence_and_nothing_is_lost(
    sqlite_template: Path, tmp_path: Path, history: list[Happening]
) -> None:
    path = tmp_path / "history.db"
    shutil.copy(sqlite_template, path)
    with World.open(f"sqlite:///{path}") as world:
        cell = a_cell(world)
        dan, *_ = settle_in(world, cell, DAN, BOB)
        for what, hours in history:
            live(world, dan, what, hours)
        world.wait(timedelta(hours=2))
        found = world.db(lambda db: audit(db, world.settings.policies(), {}, now=world.clock()))
        assert found.findings.all == []
        assert world.db(lambda db: late_in_silence(db, cell.dan)) == []
        assert world.db(silences_told_twice) == []


def live(world: World, dan: Phone, what: str, hours: int) -> None:
    match what:
        case "block":
            dan.blocks()
        case "unblock":
            dan.unblocks()
        case "restart":
            world.clock.advance(timedelta(hours=hours))
            world.restart()
            world.run(world.app.tick())
        case "answer" if not world.telegram.users[DAN].blocked and "Mọi việc vẫn ổn" in dan.buttons():
            dan.taps("Mọi việc vẫn ổn")
        case _:
            world.wait(timedelta(hours=hours))


def late_in_silence(db: Session, member_id: int) -> list[datetime]:
    """Moments at which a report became late while nothing reached its member."""
    late = (
        select(CheckinMove.at)
        .join(Checkin)
        .where(Checkin.member_id == member_id, CheckinMove.after == CheckinState.LATE)
    )
    moves = db.scalars(select(ReachabilityMove).order_by(ReachabilityMove.at, ReachabilityMove.id)).all()

    def silent(moment: datetime) -> bool:
        before = [move for move in moves if move.at < moment]
        return bool(before) and before[-1].after != "ok"

    return [moment for moment in db.scalars(late) if silent(moment)]


def silences_told_twice(db: Session) -> list[str]:
    keys = [key.split("#")[0] for key in db.scalars(select(Outbox.key)) if key.startswith("reachability.")]
    return [key for key in set(keys) if keys.count(key) > 1]
