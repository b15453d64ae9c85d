"""What the queue holds, in which order, and what it costs to ask."""

from __future__ import annotations

import time as stopwatch
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from models.contact.policy import RequestPolicy, Urgency
from models.contact.request import RequestWords, open_request, take_request
from models.desk.desk import QUIET, Pile
from models.desk.waiting import SOURCES, WAITING_PILES, Desk, Matter
from models.ground.db import Database
from models.people.member import add_member
from models.people.rights import Role, appoint
from models.people.unit import Unit
from models.policies import Policies
from models.year.probation import Probation, ProbationState
from tests.models.desk.test_desk import NOW, a_cell, all_open, away

LATE = datetime(2026, 12, 8, 1, tzinfo=UTC)
QUERIES = 27  # a few for each source, whatever the size of the cell


@pytest.fixture
def db(database: Database) -> Session:
    return Session(database.engine, expire_on_commit=False)


def the_desk(db: Session, cell: Unit, now: datetime = LATE) -> Desk:
    return Desk(db, cell, Policies(), now)


def test_the_oldest_promise_comes_first_and_what_nobody_was_promised_last(db: Session) -> None:
    with db:
        cell = a_cell(db)
        away(db, cell, "Đỗ Berlin", chat=1, place="DE")
        away(db, cell, "Đỗ Osaka", chat=2, place="JP")
        away(db, cell, "Đỗ Mới")
        asks = away(db, cell, "Đỗ Cần", chat=4)
        all_open(db, LATE)
        open_request(db, asks, RequestWords(text="Mất việc"), policy=RequestPolicy(), now=NOW)
        db.flush()
        queue = the_desk(db, cell).queue
        assert [(one.name, one.matter) for one in queue] == [
            ("Đỗ Cần", Matter.REQUEST),
            ("Đỗ Cần", Matter.LATE),
            ("Đỗ Osaka", Matter.LATE),
            ("Đỗ Berlin", Matter.LATE),
            ("Đỗ Mới", Matter.UNREGISTERED),
        ]
        assert [one.name for one in the_desk(db, cell).to_call] == ["Đỗ Cần", "Đỗ Osaka", "Đỗ Berlin"]


def test_what_is_urgent_goes_before_every_promise(db: Session) -> None:
    with db:
        cell = a_cell(db)
        away(db, cell, "Đỗ A", chat=1)
        hurt = away(db, cell, "Đỗ B", chat=2)
        all_open(db, LATE)
        request = open_request(db, hurt, RequestWords(text="Tai nạn"), policy=RequestPolicy(), now=LATE)
        assert request
        request.urgency = Urgency.URGENT
        db.flush()
        desk = the_desk(db, cell)
        assert (desk.queue[0].name, desk.queue[0].matter) == ("Đỗ B", Matter.REQUEST)
        assert "trước hết là Đỗ B" in desk.sentence.to_plain("vi").replace("<b>", "").replace("</b>", "")
        bob = add_member(db, cell_id=cell.id, full_name="Đỗ Bình", now=LATE)
        appoint(db, member_id=bob.id, unit_id=cell.id, role=Role.SECRETARY, by_id=None, now=NOW)
        take_request(db, request, by_id=bob.id, policy=RequestPolicy(), now=LATE)
        db.flush()
        said = the_desk(db, cell).sentence.to_plain("vi").replace("<b>", "").replace("</b>", "")
        assert said.startswith("Việc gấp nhất: Đỗ B, KHẨN")  # though nobody need phone: somebody has taken it
        assert "trước hết là Đỗ" in said


def test_the_headline_names_the_urgent_one_to_who_has_taken_it_and_asks_nobody_else(db: Session) -> None:
    with db:
        cell = a_cell(db)
        away(db, cell, "Đỗ A", chat=1)
        hurt = away(db, cell, "Đỗ B", chat=2)
        taker = add_member(db, cell_id=cell.id, full_name="Đỗ C", now=NOW)
        appoint(db, member_id=taker.id, unit_id=cell.id, role=Role.DEPUTY, by_id=None, now=NOW)
        all_open(db, LATE)
        request = open_request(
            db, hurt, RequestWords(text="Tai nạn", urgency=Urgency.URGENT), policy=RequestPolicy(), now=LATE
        )
        assert request
        take_request(db, request, by_id=taker.id, policy=RequestPolicy(), now=LATE)
        db.flush()
        said = {
            reader: Desk(db, cell, Policies(), LATE, reader_id=reader).sentence.to_plain("vi")
            for reader in (taker.id, None)
        }
        assert "trước hết là <b>Đỗ B</b>: KHẨN, đồng chí hẹn giúp" in said[taker.id]
        assert "trước hết là <b>Đỗ A</b>" in said[None]


def test_a_private_request_is_on_nobodys_desk_but_the_chosen_ones(db: Session) -> None:
    with db:
        cell = a_cell(db)
        member = away(db, cell, "Đỗ A", chat=1)
        request = open_request(db, member, RequestWords(text="Việc riêng"), policy=RequestPolicy(), now=NOW)
        assert request
        request.is_private = True
        db.flush()
        assert the_desk(db, cell, NOW).queue == []


def test_a_probation_that_has_to_be_considered_waits(db: Session) -> None:
    with db:
        cell = a_cell(db)
        add_member(db, cell_id=cell.id, full_name="Đỗ B", now=NOW)  # so that the two numbers differ
        member = add_member(db, cell_id=cell.id, full_name="Đỗ A", now=NOW)
        admitted = (NOW - timedelta(days=370)).date()
        probation = Probation(
            member_id=member.id,
            admitted_on=admitted,
            state=ProbationState.RUNNING,
            opened_at=NOW,
        )
        db.add(probation)
        db.flush()
        (one,) = the_desk(db, cell).queue
        assert one.matter == Matter.PROBATION
        assert one.to == f"probation:see:{probation.id}"
        assert not one.calls


def test_each_list_of_the_desk_has_a_source_or_is_quiet() -> None:
    assert set(WAITING_PILES) | QUIET == set(Pile)
    assert not set(WAITING_PILES) & QUIET


def test_an_empty_cell_waits_for_nothing(db: Session) -> None:
    with db:
        desk = the_desk(db, a_cell(db))
        assert desk.queue == []
        assert "không có việc gì" in desk.sentence.to_plain("vi")


def test_each_source_asks_as_often_for_two_hundred_members_as_for_two(database: Database) -> None:
    """And the whole desk of 200 who are all late is answered within a tenth of a second (printed, not asserted)."""
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    counts = {}
    for size in (2, 200):
        with Session(database.engine, expire_on_commit=False) as db:
            cell = a_cell(db, f"Chi bộ {size}")
            for number in range(size):
                member = away(db, cell, f"Đỗ Thị {number}", chat=size * 1000 + number)
                if number % 2:
                    open_request(db, member, RequestWords(text="Mất việc"), policy=RequestPolicy(), now=NOW)
            all_open(db, LATE)
            db.commit()
            cell_id = cell.id
        with Session(database.engine) as db:
            cell = db.get_one(Unit, cell_id)
            desk = the_desk(db, cell)
            asked.clear()
            started = stopwatch.perf_counter()
            queue, sentence = desk.queue, desk.sentence
            spent = stopwatch.perf_counter() - started
            assert len(queue) == size + size // 2
            assert sentence
            counts[size] = len(asked)
            print(f"a queue of {len(queue)} lines: {len(asked)} queries, {spent * 1000:.0f} ms")  # noqa: T201
            for matter, source in SOURCES.items():
                asked.clear()
                source.lines(the_desk(db, cell))
                assert len(asked) <= 14, matter
    assert counts[2] == counts[200] <= QUERIES
