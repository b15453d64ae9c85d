"""A rule changes at New Year: papers filed before keep the old one, what comes after has the new one, nobody restarts anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import Away
from models.ground.rule_version import RuleVersion
from models.people.member import Member, Standing
from models.year.probation import Probation, start_probation
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import World
from tests.people import ALICE, BOB, DAN, DEPUTY, NAMES, OFFICER, a_cell, settle_in
from tests.phone import Phone
from tests.rules import a_file, a_rule

OPERATOR = 777
DOCUMENT = "Hướng dẫn 07-HD/TW ngày 20/11/2026"


@pytest.fixture
def world(sqlite_url: str, tmp_path: Path) -> Iterator[World]:
    rules = a_file(
        tmp_path,
        a_rule("away.exempt_months", "18", article='"10.3"'),
        a_rule("away.decided_by", '"cell"'),
        a_rule("away.remind_days", "[45, 7, 0]"),
        a_rule("probation.months", "18"),
        a_rule("probation.course_month", "10"),
    )
    with World.open(sqlite_url, rules=rules, operator_chat=OPERATOR) as opened:
        yield opened


def test_papers_keep_the_rule_of_their_day_and_what_is_open_is_counted_anew(world: World) -> None:
    operator, cell = world.phone(OPERATOR).says("/start"), a_cell(world)
    _, bob, _, alice, dan = settle_in(world, cell, OFFICER, BOB, DEPUTY, ALICE, DAN)

    def told() -> list[str]:
        return [one["text"] for one in operator.messages() if "Quy định mới" in one["text"]]

    def next_looks() -> tuple[date, date]:
        """The days on which time looks at the granted absence, and at the probation."""

        def work(db: Session) -> tuple[date, date]:
            away = db.scalars(select(Away.next_at).where(Away.member_id == cell.dan)).one()
            probation = db.scalars(select(Probation.next_at)).one()
            assert away is not None
            assert probation is not None
            return away.date(), probation.date()

        return world.db(work)

    def on_probation(db: Session) -> None:
        member, set_here = db.get_one(Member, cell.deputy), world.settings
        member.standing = Standing.PROBATIONARY
        start_probation(
            db, member, admitted_on=date(2026, 4, 10), helper_id=None, by_id=cell.bob, policy=set_here.probation,
            calendar=set_here.workday, now=world.clock(),
        )  # fmt: skip

    # in December two apply for two years; the one is granted, the other waits over New Year
    plan = declaration(ends_on=date(2028, 11, 30), stay=SAIGON, itinerant=True)
    granted = Chain(world, cell, cell.dan).files(plan).is_approved()
    waiting = Chain(world, cell, cell.alice).files(plan)
    world.db(on_probation)
    world.run(world.app.tick())
    assert granted.of_filing(lambda one: one.due_on) == date(2027, 11, 30)
    assert next_looks() == (date(2027, 10, 1), date(2027, 1, 10))
    world.until(world.clock() + timedelta(days=30, hours=17))  # 01/01/2027, 01:00
    world.run(world.app.tick())
    assert next_looks() == (date(2027, 10, 16), date(2027, 2, 10))
    assert told() == []  # at night
    world.wait(timedelta(hours=8))
    world.run(world.app.tick())
    [said] = told()
    assert f"away.exempt_months: 12 → 18 ({DOCUMENT})" in said
    assert "away.remind_days: [60, 30, 7, 0] → [45, 7, 0]" in said
    world.restart()
    world.wait(timedelta(hours=3))
    world.run(world.app.tick())
    assert told() == [said]
    assert not world.app.alarm.rung

    # what is filed now has the new rule, and is the cell's to decide
    new = Chain(world, cell, cell.deputy).files(
        declaration(date(2027, 1, 5), date(2029, 12, 31), SAIGON, itinerant=True)
    )
    assert new.of_filing(lambda one: one.due_on) == date(2028, 7, 4)
    shown = _opens(bob, NAMES[DEPUTY])
    assert DOCUMENT in shown
    assert "giữ quy định lúc nộp" not in shown
    bob.taps("Nhập kết quả họp chi bộ", "Hôm nay")
    assert "Chi bộ có chấp thuận không?" in bob.reads()
    # what was filed before goes its way to the committee, by the document of its day
    shown = _opens(bob, NAMES[ALICE])
    assert "Hướng dẫn 01-HD/TW ngày 19/05/2026" in shown
    assert "Từ 01/01/2027 quy định đã đổi. Hồ sơ này giữ quy định lúc nộp." in shown
    bob.taps("Nhập kết quả họp chi bộ", "Hôm nay")
    assert "Chi bộ có đồng ý đề nghị không?" in bob.reads()

    # and each member reads on their own screen by which document it was filed
    for phone in (alice, dan):
        phone.says("/menu").goes("đi làm ăn xa")
        shown = phone.reads()
        assert "Nộp theo: Hướng dẫn 01-HD/TW ngày 19/05/2026" in shown
        assert "Từ 01/01/2027 quy định đã đổi. Hồ sơ này giữ quy định lúc nộp." in shown

    versions = world.db(lambda db: {one.id: one.values for one in db.scalars(select(RuleVersion))})
    kept = [versions[one.of_filing(lambda row: row.version_id)] for one in (granted, waiting, new)]
    assert [one["away.exempt_months"].value for one in kept] == [12, 12, 18]


def test_a_probation_says_under_which_rule_it_was_begun_when_another_holds(world: World) -> None:
    cell = a_cell(world)
    bob, alice = settle_in(world, cell, BOB, ALICE)

    def on_probation(db: Session) -> None:
        db.get_one(Member, cell.alice).standing = Standing.PROBATIONARY

    world.db(on_probation)
    bob.says("/danhsach").taps("Nguyễn Thị An", "Theo dõi thời gian dự bị").says("03/02/2026")
    bob.taps("Chưa có người giúp đỡ", "Ghi lại")
    told = bob.reads()
    assert "Hết thời gian dự bị: 03/02/2027" in told
    assert "Hạn xét tính theo Quy định 208-QĐ/TW ngày 26/07/2026" in told
    assert "Lúc bắt đầu" not in told
    world.wait(timedelta(days=31))
    alice.says("/menu").goes("Thời gian dự bị")
    told = alice.reads()
    assert "Hết thời gian dự bị: 03/08/2027" in told
    assert "Lúc bắt đầu theo dõi: 12 tháng dự bị, xét trong 30 ngày làm việc, theo Điều lệ Đảng" in told
    assert "Quy định đã đổi" in told


def _opens(bob: Phone, name: str) -> str:
    """The paper of that member, as the secretary reads it."""
    bob.says("/chibo").taps("Xem theo nhóm", "Việc đi làm ăn xa", name)
    return bob.reads()
