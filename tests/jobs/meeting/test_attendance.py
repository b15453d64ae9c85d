"""Time at a meeting: after an outage, at night, called at the last minute; nothing twice, nothing lost."""

from __future__ import annotations

from datetime import timedelta

from models.meeting.meeting import Meeting, MeetingAnswer, MeetingForm, MeetingState
from models.trust.audit.checks import timed_columns
from tests.fakes import World
from tests.meetings import HALF_HOUR, LINK, STARTS, a_meeting, answers, buttons_sent, state_of
from tests.people import ALICE, BOB, DAN, a_cell, settle_in

END = STARTS + timedelta(minutes=90)


def test_an_outage_over_the_half_hour_sends_once_what_is_of_use_still(world: World) -> None:
    cell = a_cell(world)
    bob, dan = settle_in(world, cell, BOB, DAN)
    meeting = a_meeting(world, cell)
    world.clock.set(STARTS + timedelta(minutes=7))  # nothing ran since
    world.run(world.app.tick())
    assert buttons_sent(world, DAN) == [LINK]
    assert "Đã đến giờ họp" in dan.reads()
    assert state_of(world, meeting) == MeetingState.HELD
    world.run(world.app.tick())
    assert buttons_sent(world, DAN) == [LINK]
    assert bob.chat().count("Mời điểm danh") == 1


def test_an_outage_over_the_whole_meeting_sends_no_link_and_tells_the_desk(world: World) -> None:
    cell = a_cell(world)
    bob = settle_in(world, cell, BOB, DAN)[0]
    meeting = a_meeting(world, cell)
    world.clock.set(END + timedelta(hours=13))
    world.run(world.app.tick())
    assert buttons_sent(world, DAN) == []
    assert state_of(world, meeting) == MeetingState.HELD
    assert "hết giờ dự kiến" in bob.chat()
    assert world.db(lambda db: db.get_one(Meeting, meeting).link_at) is None


def test_at_night_the_link_wakes_only_who_said_that_they_come(world: World) -> None:
    cell = a_cell(world)
    alice = settle_in(world, cell, ALICE)[0]  # 22:00 in Osaka
    meeting = a_meeting(world, cell)
    world.until(STARTS + timedelta(minutes=1))
    assert buttons_sent(world, ALICE) == [LINK, LINK]  # half an hour before, and at the start
    assert [one["silent"] for one in alice.messages()[-2:]] == [True, True]
    assert state_of(world, meeting) == MeetingState.HELD


def test_called_within_the_half_hour_the_link_follows_at_once(world: World) -> None:
    cell = a_cell(world)
    settle_in(world, cell, DAN)
    soon = world.clock() + timedelta(minutes=20)
    meeting = a_meeting(world, cell, form=MeetingForm.ONLINE, starts_at=soon)
    answers(world, meeting, cell.dan, MeetingAnswer.ONLINE)
    world.wait(timedelta(minutes=1))
    assert buttons_sent(world, DAN) == [LINK]
    world.wait(HALF_HOUR)
    assert buttons_sent(world, DAN) == [LINK, LINK]


def test_the_audit_looks_after_links_that_are_overdue() -> None:
    assert ("meeting", "link_at") in {(table.name, column.name) for table, column in timed_columns()}
