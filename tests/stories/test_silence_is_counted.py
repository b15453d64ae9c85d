"""Kind 2: days without word run from the last sign of life in any channel; what was asked is named as what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.ladder import Ended, Ladder
from models.contact.policy import CheckinPolicy, RequestPolicy
from models.contact.request import RequestWords, open_request
from models.contact.sign_of_life import Sign, note_sign
from models.ground.days_off import DaysOff
from models.ground.rhythm import Rhythm, occurrence
from models.ground.workdays import DayChange, WorkdayPolicy, is_workday
from models.meeting.policy import TaskPolicy
from models.meeting.task import finish_task, give_task
from models.people.member import Member
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, Cell, a_cell, settle_in
from tests.phone import Phone

LATE = datetime(2026, 12, 8, 1, tzinfo=UTC)  # 08:00 in Vietnam


@pytest.fixture
def phones(world: World, cell: Cell) -> dict[int, Phone]:
    users = (BOB, DEPUTY, ALICE, DAN)
    return dict(zip(users, settle_in(world, cell, *users), strict=True))


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026 if month == 12 else 2027, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def ladders(world: World, member_id: int) -> list[Ladder]:
    rows = select(Ladder).where(Ladder.member_id == member_id).order_by(Ladder.begun_at)
    return world.db(lambda db: list(db.scalars(rows)))


def test_any_word_ends_the_silence_and_the_late_report_stays(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, dan = phones[BOB], phones[DAN]
    world.until(at(12, 9))
    bob.reads()
    dan.says("xin chào chi bộ")  # nothing was asked; it is a sign of life all the same
    world.wait(timedelta(minutes=20))
    assert ladders(world, cell.dan)[0].ended_how == Ended.HEARD
    assert "Đã có tin của đồng chí Phạm Văn Dân: 09/12/2026 (nhắn cho chương trình)" in bob.reads()
    world.until(at(12, 30))
    lines = bob.chat().splitlines()
    assert not any("Phạm Văn Dân" in line and "ngày chưa có tin" in line for line in lines)
    seen = bob.says("/chibo").taps("Phạm Văn Dân").reads()
    assert "Tin gần nhất: 09/12/2026 (nhắn cho chương trình)" in seen
    assert "quá hạn" in seen


def test_whoever_reports_is_told_as_that_alone(world: World, cell: Cell, phones: dict[int, Phone]) -> None:
    world.until(at(12, 9))
    phones[BOB].reads()
    phones[DAN].says("/baocao")
    world.wait(timedelta(minutes=3))
    phones[DAN].taps("Mọi việc vẫn ổn", "Gửi")
    world.wait(timedelta(minutes=30))
    assert ladders(world, cell.dan)[0].ended_how == Ended.ANSWERED
    assert phones[BOB].reads().count("Phạm Văn Dân") == 1


@pytest.mark.parametrize("channel", ["request", "task", "private request"])
def test_each_channel_counts_with_its_kind(
    world: World, cell: Cell, phones: dict[int, Phone], channel: str
) -> None:
    world.until(at(12, 10))

    def acts(db: Session) -> None:
        member, now = db.get_one(Member, cell.dan), world.clock()
        if channel == "task":
            task = give_task(
                db,
                member,
                text="Viết bài",
                due_on=date(2026, 12, 20),
                by_id=cell.bob,
                policy=TaskPolicy(),
                now=now,
            )
            finish_task(db, task, words="Xong", now=now)
        else:
            viewers = [cell.deputy] if channel == "private request" else None
            open_request(
                db, member, RequestWords(text="Mất ví"), viewers=viewers, policy=RequestPolicy(), now=now
            )

    world.db(acts)
    member = world.db(lambda db: db.get_one(Member, cell.dan))
    if channel == "private request":  # its day would give it away
        assert member.heard_on == date(2026, 12, 1)
    else:
        assert (member.heard_on, member.heard_how) == (date(2026, 12, 10), channel)


def test_an_extra_question_begins_no_ladder_and_is_named(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, dan, alice = phones[BOB], phones[DAN], phones[ALICE]
    world.until(at(12, 2))
    for phone in (dan, alice):
        phone.taps("Mọi việc vẫn ổn", "Gửi")
    bob.says("/chibo").taps("Việc khác", "Hỏi đột xuất", "Tất cả đồng chí hỏi được (2)").says(
        "Bão có ảnh hưởng không?"
    )
    bob.taps("Ngày mai", "Gửi câu hỏi")
    world.until(at(12, 3, 20))
    bob.reads()
    world.until(at(12, 5))
    told = bob.reads()
    assert "Câu hỏi đột xuất: 2 đồng chí chưa trả lời" in told
    assert "“Bão có ảnh hưởng không?”" in told
    assert "chưa báo cáo" not in told
    world.until(at(12, 31))
    assert ladders(world, cell.dan) == []
    dan.says("/baocao").taps("Mọi việc vẫn ổn", "Gửi")
    assert "câu hỏi “Bão có ảnh hưởng không?”" in bob.reads()


def test_an_excuse_moves_the_due_day_and_the_reminders_with_it(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob, dan = phones[BOB], phones[DAN]
    world.until(at(12, 4))
    bob.says("/chibo").taps(
        "Xem theo nhóm", "Chưa trả lời", "Phạm Văn Dân", "Hoãn báo cáo", "Một tuần", "Không ghi lý do"
    )
    dan.reads()
    world.until(at(12, 11, 20))
    assert "Hạn trả lời: 19:00 thứ Ba 15/12" in dan.reads()
    world.until(at(12, 15, 20))
    assert dan.reads().count("Chi bộ vẫn chờ tin") == 1  # the first was on the 3rd, before the excuse
    assert "Phạm Văn Dân, hạn" not in bob.chat()
    world.until(at(12, 18))
    told = bob.reads()
    assert "Phạm Văn Dân, hạn 19:00 thứ Ba 15/12" in told
    assert "hạn 19:00 thứ Bảy 05/12" not in told


def test_alert_and_digest_do_not_name_the_same_on_one_morning(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    bob = phones[BOB]
    bob.says("/chibo").taps("Việc khác", "Xem thêm", "Bản tin hằng tuần", "Thứ Ba")
    bob.reads()
    world.until(LATE)  # a Tuesday
    told = bob.reads()
    assert told.count("Phạm Văn Dân") == 1
    assert "Sáng nay đã có tin riêng về 2 đồng chí" in told


def test_nobody_is_counted_before_they_were_asked(world: World, phones: dict[int, Phone]) -> None:
    seen = phones[BOB].says("/chibo").reads()
    assert "0/2" not in seen
    assert "kỳ này chưa hỏi ai" in seen


def test_a_cell_with_nobody_away_hears_once_a_month(
    world: World, cell: Cell, phones: dict[int, Phone]
) -> None:
    def come_home(db: Session) -> None:
        for member_id in (cell.alice, cell.dan):
            db.get_one(Member, member_id).place_code = None

    world.db(come_home)
    phones[BOB].reads()
    world.until(at(12, 31))
    told = phones[BOB].reads()
    assert told.count("không có việc gì đang chờ. Chưa có đồng chí nào đi làm ăn xa.") == 1
    assert ".." not in told
    world.until(at(1, 31))
    assert phones[BOB].reads().count("không có việc gì đang chờ") == 1


# --- rules ----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.sampled_from(list(Sign)), st.integers(0, 20 * 24)), min_size=1, max_size=12),
)
def test_the_last_word_is_never_older_than_any_that_was_noted(words: list[tuple[Sign, int]]) -> None:
    class Books:
        def flush(self) -> None: ...
        def execute(self, _statement: object) -> None: ...

    member, start = Member(cell_id=1, created_at=LATE), LATE
    for sign, hours in words:
        note_sign(Books(), member, sign, at=start + timedelta(hours=hours))  # type: ignore[arg-type]
    newest = max(words, key=lambda one: one[1])[1]
    assert member.heard_on == (start + timedelta(hours=newest + 7)).date()
    same_day = {
        sign for sign, hours in words if (start + timedelta(hours=hours + 7)).date() == member.heard_on
    }
    assert member.heard_how in same_day
    if same_day != {Sign.MESSAGE}:
        assert member.heard_how != Sign.MESSAGE


@given(st.integers(2024, 2035), st.integers(1, 12), st.integers(1, 27), st.integers(1, 6))
def test_nobody_is_asked_or_late_on_a_long_holiday(year: int, month: int, opens: int, days: int) -> None:
    rhythm, off = Rhythm(opens_day=opens, due_day=min(opens + days, 28), nudge_days_before=(0,)), DaysOff()
    turn = occurrence(rhythm, date(year, month, 1), "Asia/Ho_Chi_Minh", off)
    for moment in (turn.opens_at, turn.due_at, *turn.nudges_at):
        assert not off.rests((moment + timedelta(hours=7)).date())
    assert turn.opens_at < turn.due_at <= turn.late_at
    between = [
        (turn.opens_at + timedelta(hours=7)).date() + timedelta(days=n)
        for n in range(1, (turn.due_at - turn.opens_at).days + 1)
    ]
    assert sum(not off.rests(day) for day in between) == rhythm.due_day - rhythm.opens_day


def test_tet_moves_and_a_single_holiday_stops_nothing() -> None:
    off = DaysOff()
    assert off.rests(date(2026, 2, 17))
    assert off.rests(date(2027, 2, 6))
    assert not off.rests(date(2027, 1, 1))
    assert not is_workday(date(2027, 1, 1), WorkdayPolicy())
    assert DaysOff(more=(date(2027, 3, 3),)).rests(date(2027, 3, 3))
    turn = occurrence(CheckinPolicy().rhythm, date(2027, 2, 1), "Asia/Ho_Chi_Minh", off)
    assert turn.late_at.date() == date(2027, 2, 14)  # asked before Tết, called about after it


def test_a_festival_of_the_place_and_announced_days_off_are_kept_by_everything_that_asks(
    sqlite_url: str,
) -> None:
    """The 3rd, a day of reminders, is a festival; the Monday summary of the 7th falls on days off announced meanwhile."""
    announced = tuple(
        DayChange(day=date(2026, 12, day), works=False, source="Thông báo 1/TB") for day in (7, 8, 9)
    )
    festival = CheckinPolicy(days_off=DaysOff(more=(date(2026, 12, 3),)))
    with World.open(sqlite_url, checkin=festival, workday=WorkdayPolicy(changes=announced)) as world:
        bob, dan = settle_in(world, a_cell(world), BOB, DAN)
        world.until(datetime(2026, 12, 4, 13, tzinfo=UTC))
        reminded = dan.chat().count("Chi bộ vẫn chờ tin")
        assert reminded == 1  # on the 4th, not on the festival
        world.until(datetime(2026, 12, 9, 16, tzinfo=UTC))  # 5 to 9 December: five days without work
        assert dan.chat().count("Chi bộ vẫn chờ tin") == reminded
        assert "Việc đang chờ" not in bob.chat()
        world.until(datetime(2026, 12, 10, 2, tzinfo=UTC))
        assert "Việc đang chờ" in bob.chat()


def test_a_ladder_counts_from_the_last_word_and_not_from_the_alert() -> None:
    member = Member(
        cell_id=1, created_at=LATE, heard_at=datetime(2026, 12, 7, 1, tzinfo=UTC), heard_how=Sign.REPORT
    )
    assert member.days_unheard(datetime(2027, 1, 15, 1, tzinfo=UTC)) == 39
