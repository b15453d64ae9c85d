"""The cell's counts on one list; absences come from the roll call; dues are typed for several at once."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from handlers.desk.screening import read_month
from models.desk.screening import Screening, record_absence_from_meeting, record_dues, screening_of
from models.ground.errors import Refused
from models.meeting.meeting import Attendance, How, Meeting, MeetingKind, MeetingState, Said
from models.people.member import Member
from tests.fakes import World
from tests.meetings import a_meeting
from tests.people import ALICE, BOB, Cell, a_cell, settle_in


def counts(world: World, member: int) -> Screening:
    return world.db(lambda db: screening_of(db, db.get_one(Member, member), 2026, now=world.clock()))


def held(world: World, cell: Cell, said: dict[int, How]) -> None:
    """A regular meeting that is closed, with what the desk said of each."""
    meeting = a_meeting(world, cell, kind=MeetingKind.REGULAR)

    def work(db: Session) -> None:
        row = db.get_one(Meeting, meeting)
        row.state, row.next_at, row.link_at = MeetingState.CLOSED, None, None
        for member, how in said.items():
            db.add(
                Attendance(
                    meeting_id=meeting,
                    member_id=member,
                    said=Said.END,
                    how=how,
                    from_at=None,
                    until_at=None,
                    by_id=cell.bob,
                    at=world.clock(),
                )
            )

    world.db(work)


def test_kind_11_absences_come_from_the_roll_call_and_what_is_typed_stands_above_it(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    held(world, cell, {cell.alice: How.UNEXCUSED, cell.dan: How.UNEXCUSED, cell.deputy: How.EXCUSED})
    december = date(2026, 12, 1)
    assert [(one.month, one.by_id) for one in counts(world, cell.alice).absent] == [(december, None)]
    assert counts(world, cell.deputy).absent == ()  # with a reason
    held(world, cell, {cell.dan: How.IN_PERSON, cell.alice: How.UNEXCUSED})
    assert counts(world, cell.dan).absent == ()  # there at another one of that month

    bob.says("/kiemdiem").taps("Số liệu theo dõi cả chi bộ")
    said = bob.reads()
    assert "Nguyễn Thị An: 1 tháng vắng họp" in said
    assert "Phạm Văn Dân" not in said
    bob.taps("Nguyễn Thị An")
    assert "(theo điểm danh cuộc họp)" in bob.reads()
    alice.says("/khaibao")

    def corrects(db: Session) -> None:
        record_absence_from_meeting(
            db, db.get_one(Member, cell.alice), december, absent=False, by_id=cell.bob, now=world.clock()
        )

    world.db(corrects)
    assert counts(world, cell.alice).absent == ()


def test_kind_10_dues_are_typed_for_several_at_once_and_looked_over(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)
    world.db(
        lambda db: record_dues(
            db, db.get_one(Member, cell.dan), date(2026, 9, 1), by_id=cell.bob, now=world.clock()
        )
    )
    bob.says("/kiemdiem").taps("Số liệu theo dõi cả chi bộ")
    assert "Phạm Văn Dân: đảng phí chưa ghi 2 tháng" in bob.reads()  # October, November
    assert len(bob.buttons()) <= 8
    bob.taps("Ghi đảng phí cho nhiều người").says("tháng chín")
    assert "Chưa đọc được tháng" in bob.reads()
    bob.says("11/2026").taps("Xong, xem lại")
    assert "chọn ít nhất một đồng chí" in bob.reads()
    bob.taps("Chọn cả 4", "✓ Nguyễn Thị An", "Xong, xem lại")
    assert "cho 3 đồng chí: Trần Văn Bình, Phạm Văn Dân, Lê Thị Hoa?" in bob.reads()
    assert counts(world, cell.bob).dues_until is None
    bob.taps("Đúng, ghi 3")
    assert "Không ai có tháng" in bob.reads()
    until = counts(world, cell.dan).dues_until
    assert until is not None
    assert (until.month, until.by_id) == (date(2026, 11, 1), cell.bob)
    assert counts(world, cell.alice).dues_until is None
    alice.says("/menu")
    for data in (f"screening:see:{cell.id}:0", f"screening:dues:{cell.id}", "screening:see:7"):
        alice.taps_data(alice.last()["message_id"], data, stale=True)
        assert "không thuộc phần đồng chí phụ trách" in alice.reads()


@pytest.mark.parametrize("typed", ["9", "13/2026", "00/2026", "hôm nay", "", "09/1026"])
def test_what_is_no_month_is_asked_again(typed: str) -> None:
    with pytest.raises(Refused):
        read_month(typed)


def test_a_month_is_read_in_the_ways_people_write_it() -> None:
    for typed in ("09/2026", "9-2026", "tháng 9/2026", "9.2026", "2026-09-01"):
        assert read_month(typed) == date(2026, 9, 1)
