"""The member's own year, in sentences: what is counted, what stays out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from models.away.away import Away, AwayState
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.contact.request import HelpRequest, RequestState
from models.meeting.meeting import Attendance, Invitation, Meeting, MeetingState
from models.meeting.task import Task, TaskState
from models.people.member import Member
from models.year.review import prefill
from tests.fakes import World
from tests.people import Cell

SPRING = datetime(2026, 4, 5, 3, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
NEW_YEAR = datetime(2026, 12, 31, 17, 1, tzinfo=UTC)


def said(world: World, cell: Cell, source: prefill.Source, *rows: object, year: int = 2026) -> str:
    def work(db: Session) -> str:
        for row in rows:  # in this order: they point at each other
            db.add(row)
            db.flush()
        found = source(db, db.get_one(Member, cell.alice), year)
        return "\n".join(one.to_plain("vi") for one in found)

    return world.db(work)


def a_checkin(cell: Cell, state: CheckinState, at: datetime, **more: object) -> Checkin:
    moments = dict.fromkeys(("opens_at", "due_at", "late_at", "closes_at"), at)
    return Checkin(
        member_id=cell.alice,
        cell_id=cell.id,
        kind=CheckinKind.VOLUNTARY,
        state=state,
        zone="Asia/Tokyo",
        period=at.date().replace(day=1),
        **moments,
        **more,
    )


def test_reports_of_that_year_by_the_member_count(world: World, cell: Cell) -> None:
    rows = [
        a_checkin(cell, CheckinState.ANSWERED, SPRING, answered_by=cell.alice, answered_at=SPRING),
        a_checkin(cell, CheckinState.ANSWERED, SPRING, answered_by=cell.bob, answered_at=SPRING),
        a_checkin(cell, CheckinState.ANSWERED, SPRING, answered_by=cell.alice, answered_at=NEW_YEARS_EVE),
        a_checkin(cell, CheckinState.ANSWERED, SPRING, answered_by=cell.alice, answered_at=NEW_YEAR),
    ]
    assert "2 lần" in said(world, cell, prefill.check_ins, *rows)


def test_only_turns_that_were_asked_and_closed_are_named(world: World, cell: Cell) -> None:
    rows = [
        a_checkin(cell, CheckinState.CLOSED, SPRING, asked_at=SPRING),
        a_checkin(cell, CheckinState.CLOSED, SPRING.replace(month=5)),  # an outage: nobody was asked
        a_checkin(cell, CheckinState.PAUSED, SPRING.replace(month=6), asked_at=SPRING),
        a_checkin(cell, CheckinState.EXCUSED, SPRING.replace(month=7), asked_at=SPRING),
    ]
    assert said(world, cell, prefill.unanswered, *rows) == "Chưa báo cáo 1 kỳ: tháng 4."


def an_absence(cell: Cell, begins: date, returned: date | None, **more: object) -> Away:
    return Away(
        member_id=cell.alice,
        cell_id=cell.id,
        state=AwayState.CLOSED if returned else AwayState.ACTIVE,
        route="exempt",
        place_code="JP",
        zone="Asia/Tokyo",
        work="contract",
        begins_on=begins,
        ends_on=date(2027, 8, 1),
        due_on=date(2027, 8, 1),
        begun_at=SPRING,
        returned_on=returned,
        declared_at=SPRING,
        **more,
    )


def test_absences_that_touch_the_year_are_named_by_country(world: World, cell: Cell) -> None:
    rows = [
        an_absence(cell, date(2024, 1, 1), date(2025, 12, 31)),
        an_absence(cell, date(2025, 3, 1), date(2026, 2, 1)),
        an_absence(cell, date(2026, 3, 1), None),
    ]
    found = said(world, cell, prefill.absences, *rows).splitlines()
    assert len(found) == 2
    assert "Nhật Bản từ ngày 01/03/2025 đến ngày 01/02/2026 (tạm miễn" in found[0]
    assert "từ ngày 01/03/2026 (" in found[1]
    assert "01/08/2027" in said(world, cell, prefill.return_ahead)


def test_a_private_request_stays_private(world: World, cell: Cell) -> None:
    rows = [
        HelpRequest(
            member_id=cell.alice,
            cell_id=cell.id,
            state=RequestState.CLOSED,
            topic=topic,
            is_private=private,
            opened_at=SPRING,
            closed_at=SPRING,
        )
        for topic, private in (("papers", False), ("illness", True))
    ]
    assert said(world, cell, prefill.requests, *rows) == "Đã nhờ chi bộ hỗ trợ một việc (Giấy tờ), đã xong."


def test_the_last_word_on_a_meeting_counts(world: World, cell: Cell) -> None:
    def rows(state: MeetingState, number: int, *hows: str) -> list[object]:
        meeting = Meeting(
            id=number,
            cell_id=cell.id,
            state=state,
            kind="regular",
            form="hybrid",
            starts_at=SPRING,
            minutes=90,
            answer_by=SPRING,
            created_at=SPRING,
        )
        invited = Invitation(meeting_id=number, member_id=cell.alice, capacity="votes", contributed_at=SPRING)
        said_ = [
            Attendance(
                meeting_id=number,
                member_id=cell.alice,
                said="end",
                how=how,
                at=SPRING.replace(minute=minute),
            )
            for minute, how in enumerate(hows)
        ]
        return [meeting, invited, *said_]

    held = rows(MeetingState.CLOSED, 1, "unexcused", "online")
    off = rows(MeetingState.CANCELLED, 2, "in person")
    found = said(world, cell, prefill.meetings, *held, *off).splitlines()
    assert found == ["Được mời họp 1 buổi: trực tuyến 1.", "Đã gửi ý kiến tới 1 buổi họp."]


def test_tasks_are_named_with_the_members_own_words(world: World, cell: Cell) -> None:
    def a_task(state: TaskState, text: str, words: str | None) -> Task:
        task = Task(
            cell_id=cell.id,
            member_id=cell.alice,
            state=state,
            due_on=date(2026, 6, 30),
            given_at=SPRING,
            given_by_id=cell.bob,
            next_at=SPRING if state is TaskState.OPEN else None,
        )
        task.text, task.words = text, words
        return task

    found = said(
        world,
        cell,
        prefill.tasks,
        a_task(TaskState.DONE, "Tuyên truyền", "với 6 người"),
        a_task(TaskState.OPEN, "Đọc sách", None),
        a_task(TaskState.WITHDRAWN, "Bỏ", None),
    )
    assert found.splitlines() == [
        "Nhiệm vụ được giao, hạn 30/06/2026: Tuyên truyền – đã xong: với 6 người",
        "Nhiệm vụ được giao, hạn 30/06/2026: Đọc sách – chưa báo xong.",
    ]


EVERY: list[Callable[..., object]] = [source for _, source in prefill.SOURCES]


@pytest.mark.parametrize("source", EVERY, ids=lambda one: one.__name__)
def test_an_empty_year_says_nothing(world: World, cell: Cell, source: prefill.Source) -> None:
    assert said(world, cell, source) == ""
