"""What the desk knows of a cell, and what it costs to ask."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.away.policy import AwayPolicy
from models.contact.checkin import (
    Report,
    answer_checkin,
    ask_checkin_now,
    due_checkins,
    excuse_checkin,
    move_checkins,
    next_checkin_at,
    owed_checkin,
    plan_checkin,
)
from models.contact.policy import CheckinPolicy, RequestPolicy
from models.contact.request import RequestWords, open_request
from models.desk.desk import AdHocQuestion, Bar, Pile, person, picture
from models.entry.invite import Invite, InviteState
from models.ground.db import Database
from models.people.member import (
    Member,
    Purpose,
    Reachability,
    account_of,
    add_member,
    link_account,
    record_consent,
    set_reachability,
)
from models.people.unit import Unit, UnitKind, create_unit

NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)
OPENED = datetime(2026, 12, 2, 10, tzinfo=UTC)
POLICY = CheckinPolicy()
QUERIES = 13  # roster, accounts, consents, invites, check-ins, requests; five for absences; and the cell


def a_cell(db: Session, name: str = "Chi bộ thôn Đông") -> Unit:
    return create_unit(db, kind=UnitKind.CELL, name=name, parent=None, now=NOW)


def away(
    db: Session, cell: Unit, name: str, *, chat: int = 0, agrees: bool = True, place: str | None = "JP"
) -> Member:
    member = add_member(db, cell_id=cell.id, full_name=name, place_code=place, now=NOW)
    if chat:
        link_account(db, member, address=chat_address(chat), now=NOW)
        record_consent(db, member.id, Purpose.CONTACT, given=agrees, now=NOW)
        plan_checkin(db, member, POLICY, now=NOW)
    return member


def all_open(db: Session, now: datetime = OPENED) -> None:
    """Time passes as it does, up to `now`."""
    db.flush()
    while (moment := next_checkin_at(db)) and moment <= now:
        move_checkins(db, due_checkins(db, now=moment, limit=500), POLICY, now=moment)
        db.flush()


def names(db: Session, cell: Unit, pile: Pile, now: datetime = OPENED) -> list[str]:
    return [one.member.full_name for one in picture(db, cell, policy=AwayPolicy(), now=now).pile(pile)]


@pytest.fixture
def db(database: Database) -> Session:
    return Session(database.engine, expire_on_commit=False)


def test_everybody_lies_where_the_truth_is(db: Session) -> None:
    with db:
        cell = a_cell(db)
        owing = away(db, cell, "Trần Owing", chat=1)
        answered = away(db, cell, "Trần Answered", chat=2)
        excused = away(db, cell, "Trần Excused", chat=3)
        blocked = away(db, cell, "Trần Blocked", chat=4)
        away(db, cell, "Trần Unregistered")
        away(db, cell, "Trần Refuses", chat=5, agrees=False)
        away(db, cell, "Trần Home", place=None)
        all_open(db)
        report = owed_checkin(db, answered.id)
        later = owed_checkin(db, excused.id)
        assert report
        assert later
        answer_checkin(db, report, Report(fine=True), by_id=answered.id, policy=POLICY, now=OPENED)
        excuse_checkin(db, later, until=OPENED + timedelta(days=3), reason=None, by_id=owing.id, now=OPENED)
        account = account_of(db, blocked.id)
        assert account
        set_reachability(account, Reachability.BLOCKED, now=OPENED)
        away(db, cell, "Trần Planned", chat=6)
        db.flush()
        assert names(db, cell, Pile.OWING) == ["Trần Owing"]
        assert names(db, cell, Pile.ANSWERED) == ["Trần Answered"]
        assert names(db, cell, Pile.EXCUSED) == ["Trần Excused"]
        assert names(db, cell, Pile.UNREACHABLE) == ["Trần Blocked"]
        assert names(db, cell, Pile.UNREGISTERED) == ["Trần Unregistered"]
        assert names(db, cell, Pile.ON_PAPER) == ["Trần Refuses"]
        assert names(db, cell, Pile.NOT_YET) == ["Trần Planned"]
        seen = picture(db, cell, policy=AwayPolicy(), now=OPENED)
        assert seen.away == 7
        assert not seen.nothing_waits
        alone = {one.member.full_name: person(db, one.member, now=OPENED).piles for one in seen.people}
        assert alone == {one.member.full_name: one.piles for one in seen.people}


@pytest.mark.parametrize("state", [r for r in Reachability if r is not Reachability.OK])
def test_whoever_cannot_be_reached_is_not_said_to_owe(db: Session, state: Reachability) -> None:
    with db:
        cell = a_cell(db)
        member = away(db, cell, "Nguyễn Văn An", chat=1)
        all_open(db)
        account = account_of(db, member.id)
        assert account
        set_reachability(account, state, now=OPENED)
        db.flush()
        assert names(db, cell, Pile.OWING) == []
        assert names(db, cell, Pile.UNREACHABLE) == ["Nguyễn Văn An"]


def test_the_oldest_promise_comes_first(db: Session) -> None:
    with db:
        cell = a_cell(db)
        away(db, cell, "Đỗ Berlin", chat=1, place="DE")
        away(db, cell, "Đỗ Osaka", chat=2, place="JP")
        all_open(db)
        assert names(db, cell, Pile.OWING) == [
            "Đỗ Osaka",
            "Đỗ Berlin",
        ]  # five o'clock in Japan is eleven here


def test_one_question_to_many_is_one_and_who_has_not_answered_comes_first(db: Session) -> None:
    with db:
        cell = a_cell(db)
        people = [away(db, cell, f"Đỗ {name}", chat=number) for number, name in enumerate("ABC", 1)]
        for member in people:
            ask_checkin_now(
                db, member, question="Có bão không?", due_at=OPENED + timedelta(days=1),
                by_id=people[0].id, policy=POLICY, now=OPENED,
            )  # fmt: skip
        first = next(c for c in [owed_checkin(db, people[0].id)] if c)
        answer_checkin(db, first, Report(note="Không"), by_id=people[0].id, policy=POLICY, now=OPENED)
        db.flush()
        questions: list[AdHocQuestion] = picture(db, cell, policy=AwayPolicy(), now=OPENED).questions
        assert [(one.text, one.answered, len(one.rows)) for one in questions] == [("Có bão không?", 1, 3)]
        assert [member.full_name for member, _ in questions[0].rows] == ["Đỗ B", "Đỗ C", "Đỗ A"]


def test_a_member_says_why_an_extra_question_cannot_reach_them(db: Session) -> None:
    with db:
        cell = a_cell(db)
        home = away(db, cell, "Đỗ A", place=None)
        unregistered = away(db, cell, "Đỗ B")
        refuses = away(db, cell, "Đỗ C", chat=3, agrees=False)
        fine = away(db, cell, "Đỗ D", chat=4)
        declined = away(db, cell, "Đỗ E")
        db.add(
            Invite(
                member_id=declined.id, token_hash=b"1" * 32, state=InviteState.DECLINED, created_at=NOW,
                expires_at=NOW + timedelta(days=7),
            )
        )  # fmt: skip
        db.flush()
        bars = {one.member.id: one.bar for one in picture(db, cell, policy=AwayPolicy(), now=OPENED).people}
        assert bars == {
            home.id: Bar.HOME,
            unregistered.id: Bar.UNREGISTERED,
            refuses.id: Bar.ON_PAPER,
            fine.id: None,
            declined.id: Bar.ON_PAPER,
        }


def test_requests_nobody_has_taken_come_first(db: Session) -> None:
    with db:
        cell = a_cell(db)
        one, two = away(db, cell, "Đỗ A", chat=1), away(db, cell, "Đỗ B", chat=2)
        old = open_request(db, one, RequestWords(text="Mất việc"), policy=RequestPolicy(), now=NOW)
        open_request(db, two, RequestWords(text="Mất hộ chiếu"), policy=RequestPolicy(), now=OPENED)
        assert old
        old.owner_id = two.id
        db.flush()
        seen = picture(db, cell, policy=AwayPolicy(), now=OPENED)
        assert [(one.name, one.owner) for one in seen.requests] == [("Đỗ B", None), ("Đỗ A", "Đỗ B")]


def test_another_cell_is_not_on_the_desk(db: Session) -> None:
    with db:
        cell, other = a_cell(db), a_cell(db, "Chi bộ thôn Tây")
        away(db, other, "Đỗ A", chat=1)
        all_open(db)
        seen = picture(db, cell, policy=AwayPolicy(), now=OPENED)
        assert not seen.people
        assert seen.nothing_waits
        assert seen.period is None


def test_two_hundred_members_cost_as_many_queries_as_two(database: Database) -> None:
    with Session(database.engine) as db:
        cell = a_cell(db)
        for number in range(1, 201):
            away(db, cell, f"Đỗ Thị {number}", chat=number)
        all_open(db)
        db.commit()
        cell_id = cell.id
    asked: list[str] = []
    with Session(database.engine) as db:
        cell = db.get_one(Unit, cell_id)
        event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        started = stopwatch.perf_counter()
        seen = picture(db, cell, policy=AwayPolicy(), now=OPENED)
        counts = seen.counts
        spent = stopwatch.perf_counter() - started
    assert counts[Pile.OWING] == 200
    assert len(asked) < QUERIES
    print(f"a desk of 200 members: {len(asked)} queries, {spent * 1000:.0f} ms")  # noqa: T201
