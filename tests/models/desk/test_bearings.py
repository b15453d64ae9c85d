"""What the screen says of where a member stands is what the rows say, whatever they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import Phase, given, settings, strategies as st
from sqlalchemy.orm import Session

from models.away.away import (
    Declaration,
    FilingAct,
    Route,
    Stay,
    decide_filing,
    file_away,
    open_away,
    put_filing_to_cell,
    record_cell_result,
)
from models.contact.contact_note import ContactNote, ContactOutcome, Means
from models.desk.bearings import Owed, bearings_of, chapters, heading
from models.desk.policy import BearingsPolicy
from models.desk.screening import Tally, TallyKind
from models.ground.db import Database
from models.ground.rules import sourced_fields
from models.people.member import Member, Purpose, add_member, record_consent
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.phrases.desk import bearings as phrases
from models.policies import Policies
from tests.sizes import sized

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
TODAY = date(2026, 12, 1)
POLICIES = Policies()
DAYS = re.compile(r"\d\d/\d\d/\d{4}")

months = st.integers(1, 11).map(lambda number: date(2026, number, 1))


@pytest.fixture(scope="module")
def sqlite_database(sqlite_template: object) -> Iterator[Database]:
    opened = Database(f"sqlite:///{sqlite_template}")  # only looked into: what a test adds is rolled back
    yield opened
    opened.close()


@settings(max_examples=sized(25, 200), phases=[Phase.generate])
@given(
    stay=st.none() | st.tuples(st.integers(0, 170), st.integers(1, 300), st.booleans(), st.booleans()),
    number=st.text("0123456789ABCĐQ/-", min_size=1, max_size=12).filter(lambda text: text.strip("-/ ") != ""),
    heard=st.none() | st.integers(0, 400),
    called=st.none() | st.integers(0, 400),
    dues=st.none() | months,
    absent=st.sets(months, max_size=4),
)
def test_the_screen_says_what_the_rows_say_and_no_other_day(
    sqlite_database: Database,
    stay: tuple[int, int, bool, bool] | None,
    number: str,
    heard: int | None,
    called: int | None,
    dues: date | None,
    absent: set[date],
) -> None:
    with sqlite_database.reading() as db:
        member, bob = _people(db)
        if stay is not None:
            _goes_away(db, member, bob, stay, number)
        member.heard_at = None if heard is None else NOW - timedelta(days=heard)
        member.heard_how = None if heard is None else "report"
        if called is not None:
            db.add(_call(member, bob, TODAY - timedelta(days=called)))
        db.add_all(_tally(member, bob, TallyKind.ABSENT, month) for month in absent)
        db.add_all([_tally(member, bob, TallyKind.DUES, dues)] if dues else [])
        db.flush()

        found = bearings_of(db, member, POLICIES, reader_id=member.id, now=NOW)
        parts = chapters(db, found, POLICIES.bearings, own=True)
        said = phrases.screen(heading=heading(found), chapters=parts).to_plain("vi")

        away = open_away(db, member.id)
        allowed = {TODAY, date(2026, 2, 3)}  # today's meeting, and the day of a document
        if away is None:
            assert "Không có lần đi xa nào đang mở." in said
        else:
            allowed |= {away.begins_on, away.due_on}
            assert f"{away.due_on:%d/%m/%Y}" in said
            runs = stay is not None and (stay[3] or away.route == Route.NOTE)
            ends_soon = (away.due_on - TODAY).days <= POLICIES.away.ends_soon_days
            assert (found.owes(Owed.EXTEND) is not None) == (
                runs and ends_soon and away.route != Route.FORMAL
            )
            decided = f"Theo quyết định số {number.strip()}, ngày 01/12/2026, của Đảng ủy xã An Bình."
            assert (decided in said) == (stay is not None and stay[3] and away.route != Route.NOTE)
        if heard is None:
            assert "Tin gần nhất: chưa có." in said
        else:
            on = TODAY - timedelta(days=heard)
            allowed.add(on)
            assert f"Tin gần nhất: {on:%d/%m/%Y} (báo cáo)." in said
        if called is not None:
            on = TODAY - timedelta(days=called)
            allowed.add(on)
            assert f"liên hệ được: {on:%d/%m/%Y} (gọi điện, đồng chí Trần Văn Bình)." in said
        elsewhere = stay is not None and stay[3] and away is not None and away.route == Route.TEMPORARY
        if elsewhere:
            assert "Đảng phí: nộp ở nơi sinh hoạt tạm thời" in said
            assert "ghi đến" not in said
        elif dues is None:
            assert "Đảng phí: chưa ghi đến tháng nào." in said
        else:
            assert f"Đảng phí ghi đến tháng {dues.month}/2026, đồng chí Trần Văn Bình nhập" in said
        assert f"(3 tháng trong năm): {len(absent)}" in said
        assert all(f"tháng {month.month}/2026" in said for month in absent)
        assert {f"{one:%d/%m/%Y}" for one in allowed} >= set(DAYS.findall(said))
        assert "NGÀY" not in said


def _people(db: Session) -> tuple[Member, Member]:
    early = NOW - timedelta(days=500)
    above = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã An Bình", parent=None, now=early)
    cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=above, now=early)
    made = [
        add_member(db, cell_id=unit, full_name=name, birth_year=1980, phone=None, now=early)
        for name, unit in (("Phạm Văn Dân", cell.id), ("Trần Văn Bình", cell.id), ("Vũ Thị Mai", None))
    ]
    appoint(db, member_id=made[1].id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=early)
    appoint(db, member_id=made[2].id, unit_id=above.id, role=Role.OFFICER, by_id=None, now=early)
    record_consent(db, made[0].id, Purpose.AWAY, given=True, now=early)
    return made[0], made[1]


def _goes_away(
    db: Session, member: Member, bob: Member, stay: tuple[int, int, bool, bool], number: str
) -> None:
    back, ahead, itinerant, is_decided = stay
    declared = Declaration(
        stay=Stay(place_code="VN-79", zone="Asia/Ho_Chi_Minh", work="factory"),
        begins_on=TODAY - timedelta(days=back),
        ends_on=TODAY + timedelta(days=ahead),
        reason="đi làm",
        itinerant=itinerant,
    )
    filing = file_away(db, member, declared, FilingAct(member.id, POLICIES, NOW))
    if not is_decided or not filing.is_under_way:
        return
    keeper = FilingAct(bob.id, POLICIES, NOW)
    put_filing_to_cell(db, filing, keeper)
    record_cell_result(db, filing, keeper, met_on=TODAY, proposes=True)
    typed = FilingAct(bob.id, POLICIES, NOW, on_paper=True)
    decide_filing(db, filing, typed, approve=True, number=number, decided_on=TODAY)


def _call(member: Member, bob: Member, on: date) -> ContactNote:
    return ContactNote(
        member_id=member.id,
        by_id=bob.id,
        channel=Means.PHONE,
        outcome=ContactOutcome.REACHED,
        happened_on=on,
        recorded_at=datetime.combine(on, time(3), UTC),
    )


def _tally(member: Member, bob: Member, kind: TallyKind, month: date) -> Tally:
    return Tally(member_id=member.id, kind=kind, month=month, holds=True, at=NOW, by_id=bob.id)


def test_each_rule_that_is_named_says_its_document() -> None:
    sources = [one.source for one in sourced_fields(BearingsPolicy())]
    assert [source.document for source in sources] == [
        "Điều lệ Đảng 2011",
        "Quy định 01-QĐ/TW ngày 03/02/2026",
    ]
