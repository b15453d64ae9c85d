"""The member's rhythm on the phone: days of grace, and a kinder one that is offered, accepted or not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinKind, CheckinMove, CheckinState
from models.contact.policy import CheckinPolicy
from models.contact.rhythm_offer import Kinder, RhythmOffer, Turn, changed, kinder
from models.ground.clock import add_months
from models.ground.rhythm import Rhythm
from models.people.member import Member
from tests.fakes import World
from tests.people import BOB, DAN, Cell, settle_in
from tests.phone import Phone

POLICY = CheckinPolicy()


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Vietnam's clock, December 2026 and after."""
    year = 2026 if month == 12 else 2027
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.fixture
def phones(world: World, cell: Cell) -> list[Phone]:
    """Dân, Bình."""
    return settle_in(world, cell, DAN, BOB)


def dan_of(world: World, cell: Cell) -> Member:
    return world.db(lambda db: db.get_one(Member, cell.dan))


def december(world: World, cell: Cell) -> Checkin:
    return world.db(
        lambda db: db.scalars(
            select(Checkin).where(Checkin.member_id == cell.dan, Checkin.period == date(2026, 12, 1))
        ).one()
    )


# --- grace ----------------------------------------------------------------------------------------------------------


def test_both_graces_stand_on_the_screen(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    dan.says("/baocao").taps("Lịch báo cáo")
    assert "Ngày dự phòng của chi bộ sau hạn: 2" in dan.last()["text"]
    dan.taps("Thêm ngày dự phòng", "5 ngày")
    assert "Ngày dự phòng riêng: 5" in dan.last()["text"]
    assert "Quá hạn 7 ngày" in dan.last()["text"]
    assert december(world, cell).late_at == at(12, 12, 19)


def test_more_days_also_help_who_owes_already(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob = phones
    world.until(at(12, 6))
    dan.says("/baocao").taps("Lịch báo cáo", "Thêm ngày dự phòng", "3 ngày")
    world.until(at(12, 10, 9))
    assert "chưa báo cáo" not in bob.chat()
    world.until(at(12, 11, 9))
    assert "1 đồng chí chưa báo cáo" in bob.chat()


def test_a_member_stays_within_the_policy(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    dan.says("/baocao").taps("Lịch báo cáo", "Thêm ngày dự phòng")
    assert "14 ngày" not in dan.buttons()
    for forged in ("14", "-3", "x", "٣"):
        dan.taps_data(dan.last()["message_id"], f"rhythm:grace:{forged}", stale=True)
    assert dan_of(world, cell).grace_days is None


def test_the_secretary_gives_more_and_the_member_is_told(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob = phones
    bob.says("/danhsach").taps("Phạm Văn Dân", "Việc khác", "Thêm ngày dự phòng", "14 ngày")
    assert dan_of(world, cell).grace_days == 14
    assert "Trần Văn Bình đã đặt cho đồng chí 14 ngày dự phòng" in dan.chat()
    bob.taps("Quay lại")
    assert "Ngày dự phòng riêng: 14" in bob.last()["text"]
    dan.taps_data(dan.last()["message_id"], f"rhythm:give:{cell.bob}:14", stale=True)
    assert world.db(lambda db: db.get_one(Member, cell.bob)).grace_days is None


def test_an_own_grace_is_no_copy_of_the_rhythm(world: World, cell: Cell, phones: list[Phone]) -> None:
    """A cell that changes its days later carries them along."""
    phones[0].says("/baocao").taps("Lịch báo cáo", "Thêm ngày dự phòng", "5 ngày")
    assert dan_of(world, cell).rhythm is None


# --- a kinder one ---------------------------------------------------------------------------------------------------


def slow_months(world: World, cell: Cell, *, count: int = 5, weekday: int | None = 6) -> None:
    """The months before December, each late, each answered on a Sunday evening (or not at all)."""

    def work(db: Session) -> None:
        for back in range(1, count + 1):
            month = add_months(date(2026, 12, 1), -back)
            due = datetime(month.year, month.month, 5, 12, tzinfo=UTC)
            answered = due + timedelta(days=3)
            if weekday is not None:
                answered += timedelta(days=(weekday - answered.weekday()) % 7)
            turn = Checkin(
                member_id=cell.dan,
                cell_id=cell.id,
                kind=CheckinKind.RHYTHM,
                state=CheckinState.ANSWERED if weekday is not None else CheckinState.CLOSED,
                zone="Asia/Ho_Chi_Minh",
                period=month,
                opens_at=due - timedelta(days=4),
                due_at=due,
                late_at=due + timedelta(days=2),
                closes_at=due + timedelta(days=25),
                nudges=2,
                asked_at=due,
            )
            if weekday is not None:
                turn.answered_at, turn.answered_by = answered, cell.dan
            db.add(turn)
            db.flush()
            db.add(
                CheckinMove(
                    checkin_id=turn.id, before=CheckinState.NUDGED, after=CheckinState.LATE, at=turn.late_at
                )
            )

    world.db(work)


def answers_late(world: World, dan: Phone) -> None:
    world.until(at(12, 13, 19))
    dan.says("/baocao").taps("Mọi việc vẫn ổn", "Gửi")
    dan.reads()
    world.until(at(12, 14, 18, 1))


def test_late_month_after_month_a_kinder_rhythm_is_offered_and_accepted(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan, bob = phones
    slow_months(world, cell)
    answers_late(world, dan)
    said = dan.reads()
    assert "Trong 6 kỳ gần đây có 6 kỳ" in said
    assert "hỏi Chủ nhật đầu tiên của tháng" in said
    assert "gợi ý" not in bob.chat()
    dan.taps("Đổi giúp tôi")
    assert "Lịch riêng của đồng chí" in dan.last()["text"]
    rhythm = dan_of(world, cell).rhythm
    assert rhythm is not None
    assert rhythm.weekday == 6
    world.until(at(1, 2, 23))
    assert "tháng 1/2027" not in dan.reads()
    world.until(at(1, 3, 19, 1))  # a Sunday
    assert "tháng 1/2027" in dan.reads()
    bob.says("/danhsach").taps("Phạm Văn Dân")
    assert "Lịch riêng: hằng tháng, hỏi Chủ nhật" in bob.last()["text"]
    assert "đồng chí ấy chọn ngày 14/12/2026" in bob.last()["text"]


def test_no_is_a_full_answer_and_is_not_asked_again_for_months(
    world: World, cell: Cell, phones: list[Phone]
) -> None:
    dan = phones[0]
    slow_months(world, cell)
    answers_late(world, dan)
    message, yes = dan.button_data("Đổi giúp tôi")
    dan.taps("Giữ như cũ")
    assert "Giữ như cũ" in dan.last()["text"]
    dan.taps_data(message, yes, stale=True)
    assert "đã chọn giữ như cũ" in dan.chat()
    assert dan_of(world, cell).rhythm is None
    world.until(at(3, 20))  # late again, and again
    assert world.db(lambda db: len(db.scalars(select(RhythmOffer)).all())) == 1


def test_who_answers_in_time_is_offered_nothing(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan = phones[0]
    slow_months(world, cell)
    world.until(at(12, 2))
    dan.taps("Mọi việc vẫn ổn", "Gửi")
    world.until(at(12, 20))
    assert world.db(lambda db: db.scalars(select(RhythmOffer)).all()) == []


def test_another_cannot_accept_it(world: World, cell: Cell, phones: list[Phone]) -> None:
    dan, bob = phones
    slow_months(world, cell)
    answers_late(world, dan)
    offer = world.db(lambda db: db.scalars(select(RhythmOffer)).one())
    bob.taps_data(bob.says("/menu").last()["message_id"], f"rhythm:accept:{offer.id}", stale=True)
    assert dan_of(world, cell).rhythm is None


# --- the rule -------------------------------------------------------------------------------------------------------


def turn(day: int, hour: int, *, slow: bool = True, delay: int = 3) -> Turn:
    return Turn(slow, datetime(2026, 11, day, hour, tzinfo=UTC), timedelta(days=delay))


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([turn(1, 20)] * 3 + [turn(2, 9, slow=False)] * 3, None),  # three slow ones are not four
        ([turn(1, 19, delay=0)] * 6, Kinder(weekday=6)),  # on Sundays
        ([turn(d, 12, delay=0) for d in (2, 3, 4, 5)], Kinder(hour=12)),  # at noon
        ([turn(d, 19, delay=4) for d in (2, 3, 4, 5)], Kinder(grace_days=4)),  # some days later
        ([Turn(slow=True)] * 6, Kinder(weekday=6)),  # never: a Sunday evening is a guess
        ([turn(d, 23, delay=0) for d in (2, 3, 4, 5)], Kinder(weekday=6)),  # a night hour is not offered
    ],
)
def test_what_is_offered_follows_from_the_answers(turns: list[Turn], expected: Kinder | None) -> None:
    assert kinder(turns, Rhythm(), 0, POLICY) == expected


def test_a_turn_on_a_weekday_lasts_a_week() -> None:
    rhythm = changed(Rhythm(), Kinder(weekday=6, hour=9))
    assert (rhythm.weekday, rhythm.hour, rhythm.due_day - rhythm.opens_day) == (6, 9, 7)
