"""The weekly digest: on the chosen morning, once, never at night, one line when nothing waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.delivery.job_run import Heartbeat
from models.delivery.outbox import Outbox
from models.desk.digest import next_digest
from models.desk.policy import DigestPolicy
from models.people.member import Member, Reachability, account_of, set_reachability
from models.people.rights import Appointment
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, settle_in
from tests.phone import Phone

MONDAY = datetime(2026, 12, 7, 1, tzinfo=UTC)  # 08:00 in Vietnam
POLICY = DigestPolicy()


def digests(phone: Phone) -> int:
    """How many have come: each has the button to change its day."""
    return sum(
        any(button["text"] == "Đổi ngày nhận" for row in message["inline_keyboard"] for button in row)
        for message in phone.messages()
    )


def test_it_comes_on_monday_at_eight_and_a_week_later_again(world: World, cell: Cell) -> None:
    bob, deputy, *_ = settle_in(world, cell, BOB, DEPUTY, ALICE, DAN)
    world.until(MONDAY - timedelta(minutes=1))
    assert digests(bob) == 0
    world.until(MONDAY)
    assert digests(bob) == 1
    world.until(MONDAY + timedelta(days=7, minutes=-1))
    assert digests(bob) == 1
    world.until(MONDAY + timedelta(days=7))
    assert digests(bob) == 2
    seen = bob.reads()
    assert "Hôm nay cần gọi 2 đồng chí, trước hết là Nguyễn Thị An: quá hạn 8 ngày" in seen
    assert "Báo cáo tháng" in seen
    assert "Phạm Văn Dân" in bob.taps("Nguyễn Thị An", "‹ Chi bộ").reads() or bob.buttons()
    assert digests(deputy) == 0


def test_when_nothing_waits_it_is_one_short_line(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE, DAN)
    world.until(MONDAY)
    seen = bob.reads()
    assert (
        seen == "Chi bộ thôn Đông: không có việc gì đang chờ. Báo cáo tháng 12/2026: 0/2 đồng chí đã trả lời."
    )
    assert bob.buttons() == ["Mở màn hình chi bộ", "Đổi ngày nhận"]


def test_the_secretary_chooses_the_morning_or_none(world: World, cell: Cell) -> None:
    bob, deputy = settle_in(world, cell, BOB, DEPUTY)
    seen = bob.says("/chibo").taps("Việc khác", "Xem thêm", "Bản tin hằng tuần").reads()
    assert "Hiện gửi: Thứ Hai hằng tuần, lúc 8:00" in seen
    assert "Bản tin sau: 08:00 thứ Tư 02/12" in bob.taps("Thứ Tư").reads()
    deputy.says("/chibo").taps("Việc khác", "Xem thêm", "Bản tin hằng tuần")
    assert "Hiện không gửi" in deputy.reads()
    deputy.taps("Chủ nhật")
    world.until(MONDAY)
    assert (digests(bob), digests(deputy)) == (1, 1)
    assert (
        "Sẽ không gửi"
        in bob.says("/chibo").taps("Việc khác", "Xem thêm", "Bản tin hằng tuần", "Không gửi bản tin").reads()
    )
    world.wait(timedelta(days=14))
    assert (digests(bob), digests(deputy)) == (1, 3)


def test_it_ends_with_the_appointment(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)

    def ends(db: Session) -> None:
        for held in db.scalars(select(Appointment).where(Appointment.member_id == cell.bob)):
            held.ends_at = world.clock()

    world.wait(timedelta(minutes=5))
    world.db(ends)
    world.until(MONDAY + timedelta(days=8))
    assert digests(bob) == 0
    due = select(Appointment.next_digest_at).where(Appointment.member_id == cell.bob)
    assert world.db(lambda db: db.scalar(due)) is None


def test_restarts_do_not_bring_it_twice(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE)
    world.until(MONDAY)
    for _ in range(3):
        world.restart()
        world.wait(timedelta(minutes=2))

    def again(db: Session) -> None:  # as if the process had died before the plan was kept
        for held in db.scalars(select(Appointment).where(Appointment.member_id == cell.bob)):
            held.next_digest_at = MONDAY

    world.db(again)
    world.restart()
    world.wait(timedelta(minutes=2))
    assert digests(bob) == 1
    keys = world.db(
        lambda db: db.scalars(select(Outbox.key).where(Outbox.key.startswith("desk.digest"))).all()
    )
    assert len(keys) == 1


def test_after_an_outage_it_waits_for_the_morning_comes_once_and_says_so(world: World, cell: Cell) -> None:
    bob, *_ = settle_in(world, cell, BOB, ALICE)
    world.until(MONDAY - timedelta(hours=2))
    down_until = datetime(2026, 12, 22, 16, 30, tzinfo=UTC)  # 23:30 in Vietnam, two weeks later
    world.clock.set(down_until)
    world.app.runner.beat()
    world.wait(timedelta(minutes=1))
    assert digests(bob) == 0  # the night is kept
    world.until(datetime(2026, 12, 23, 0, 1, tzinfo=UTC))
    assert digests(bob) == 1
    assert "Chương trình bị gián đoạn 15 ngày" in bob.reads()
    world.until(datetime(2026, 12, 28, 0, 59, tzinfo=UTC))
    assert digests(bob) == 1
    assert world.db(lambda db: db.get_one(Heartbeat, 1)) is not None


def test_a_secretary_abroad_is_not_woken(world: World, cell: Cell) -> None:
    """08:00 in Vietnam is 02:00 in Berlin."""
    (bob,) = settle_in(world, cell, BOB)
    world.db(lambda db: setattr(db.get_one(Member, cell.bob), "zone", "Europe/Berlin"))
    world.until(MONDAY + timedelta(hours=4))
    assert digests(bob) == 0
    world.until(MONDAY + timedelta(hours=5, minutes=1))
    assert digests(bob) == 1


def test_whoever_cannot_be_reached_gets_the_next_one(world: World, cell: Cell) -> None:
    (bob,) = settle_in(world, cell, BOB)
    world.db(lambda db: set_reachability(account_of(db, cell.bob), Reachability.BLOCKED, now=world.clock()))  # type: ignore[arg-type]
    world.until(MONDAY + timedelta(hours=1))
    world.db(lambda db: set_reachability(account_of(db, cell.bob), Reachability.OK, now=world.clock()))  # type: ignore[arg-type]
    world.until(MONDAY + timedelta(days=7))
    assert digests(bob) == 1


def test_the_next_morning_is_always_ahead_and_on_the_day() -> None:
    for hours in range(24 * 15):
        now = MONDAY + timedelta(hours=hours)
        for day in range(7):
            at = next_digest(day, POLICY, now=now)
            local = at + timedelta(hours=7)
            assert now < at <= now + timedelta(days=7)
            assert (local.weekday(), local.hour, local.minute) == (day, 8, 0)
