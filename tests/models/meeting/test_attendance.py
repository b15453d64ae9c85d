"""What statements come to, what a link lets in, and what it does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from bot.telegram.chats import chat_address
from models.meeting.attendance import (
    JoinLink,
    Opened,
    Presence,
    Why,
    meetings_attended,
    open_link,
    quorum,
    settle,
    ways_in,
)
from models.meeting.attendance.joining import safe_link
from models.meeting.meeting import (
    Attendance,
    Capacity,
    How,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    Said,
    cancel_meeting,
    change_meeting,
    invitation_for,
    postpone_meeting,
)
from models.meeting.meeting.passing import brief_of
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, link_account
from tests.fakes import World
from tests.meetings import DOOR, HALF_HOUR, LINK, STARTS, a_meeting
from tests.people import ALICE, BOB, Cell, a_cell, settle_in

POLICY = AttendancePolicy(door=DOOR)
PROVED = AttendancePolicy(door=DOOR, door_login=True)
MINUTE = timedelta(minutes=1)


def said(said: Said, how: How, at: int, *, until: int | None = None) -> Attendance:
    """A statement `at` so many minutes after the start."""
    there = how in (How.ONLINE, How.IN_PERSON) and said != Said.END
    return Attendance(
        said=said,
        how=how,
        from_at=STARTS + at * MINUTE if there else None,
        until_at=STARTS + until * MINUTE if until is not None else None,
        at=STARTS + (at if until is None else until) * MINUTE,
    )


def settled(*statements: Attendance, answer: MeetingAnswer | None = None) -> Presence:
    invitation = Invitation(capacity=Capacity.VOTES, answer=answer)
    return settle(invitation, Member(full_name="An"), statements, STARTS)


SELF, LINKED, START, END = Said.SELF, Said.LINK, Said.START, Said.END


@pytest.mark.parametrize(
    ("statements", "how", "since", "until"),
    [
        ([], None, None, None),
        ([said(LINKED, How.ONLINE, -20)], How.ONLINE, 0, None),
        ([said(LINKED, How.ONLINE, 25)], How.ONLINE, 25, None),
        ([said(SELF, How.ONLINE, 5), said(SELF, How.ONLINE, 5, until=40)], How.ONLINE, 5, 40),
        ([said(START, How.IN_PERSON, 0)], How.IN_PERSON, 0, None),
        ([said(START, How.UNEXCUSED, 3), said(LINKED, How.ONLINE, 25)], How.ONLINE, 25, None),
        ([said(SELF, How.ONLINE, 1), said(START, How.UNEXCUSED, 3)], How.UNEXCUSED, None, None),
        ([said(SELF, How.ONLINE, 1), said(END, How.UNEXCUSED, 80)], How.UNEXCUSED, None, None),
        ([said(START, How.IN_PERSON, 0), said(END, How.IN_PERSON, 0, until=50)], How.IN_PERSON, 0, 50),
        ([said(SELF, How.ONLINE, 2), said(END, How.ONLINE, 90)], How.ONLINE, 2, None),
        ([said(END, How.EXCUSED, 90), said(SELF, How.ONLINE, 95)], How.EXCUSED, None, None),
    ],
)
def test_the_later_word_of_the_desk_outweighs_and_late_is_not_absent(
    statements: list[Attendance], how: How | None, since: int | None, until: int | None
) -> None:
    presence = settled(*statements)
    assert presence.how == how
    assert presence.from_at == (None if since is None else STARTS + since * MINUTE)
    assert presence.until_at == (None if until is None else STARTS + until * MINUTE)


def test_absent_with_a_reason_is_taken_at_its_word_and_silence_at_nothing() -> None:
    assert settled(answer=MeetingAnswer.ABSENT).how == How.EXCUSED
    assert settled(answer=MeetingAnswer.ONLINE).how is None
    assert settled(answer=MeetingAnswer.ONLINE).is_open


@given(st.lists(st.sampled_from(list(How)), max_size=40), st.integers(0, 100))
def test_more_than_the_share_is_what_is_needed(hows: list[How], percent: int) -> None:
    people = [settled(said(START, how, 0)) for how in hows]
    counts = quorum(people, AttendancePolicy(needed_percent=percent))
    assert counts.voting == len(hows)
    assert counts.is_enough == (not hows or counts.voting_there * 100 > counts.voting * percent)


def test_the_exempt_are_not_counted_and_the_probationary_have_no_vote() -> None:
    people = [
        Presence(Invitation(capacity=capacity), Member(full_name="x"), how, None, None, corrected=False)
        for capacity, how in (
            (Capacity.VOTES, How.ONLINE),
            (Capacity.VOTES, How.EXCUSED),
            (Capacity.NO_VOTE, How.IN_PERSON),
            (Capacity.INVITEE, None),
            (Capacity.INVITEE, How.ONLINE),
        )
    ]
    counts = quorum(people, POLICY)
    assert (counts.voting, counts.voting_there, counts.counted, counts.there) == (2, 1, 3, 2)
    assert (counts.needed, counts.is_enough, counts.per_mille) == (2, False, 666)
    assert not people[3].is_open


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "http://zoom.us/j/1",
        "javascript:alert(1)",
        "https://",
        "https://zoom.us/a b",
        "https://zoom.us/\r\nSet-Cookie: x",
        "https:\\\\evil.example",
        "//evil.example",
        "",
    ],
)
def test_what_is_no_plain_https_link_is_none(link: str) -> None:
    meeting = Meeting(form=MeetingForm.ONLINE)
    meeting.link = link
    assert safe_link(meeting) == ""


class Links:
    """One meeting, An's invitation, and links of it."""

    def __init__(self, world: World, cell: Cell) -> None:
        self.world, self.cell = world, cell
        self.meeting = a_meeting(world, cell)

    def db(self, work: Any) -> Any:
        return self.world.db(work)

    def make(self, *, at: datetime = STARTS - HALF_HOUR) -> str:
        def work(db: Any) -> str:
            meeting = db.get_one(Meeting, self.meeting)
            invitation = invitation_for(db, meeting.id, self.cell.alice)
            assert invitation is not None
            return ways_in(db, meeting, invitation, POLICY, now=at)[0][0].to

        link = str(self.db(work))
        assert link.startswith(f"{DOOR}/j/")
        return link.rpartition("/")[2]

    def open(self, token: str, *, cookie: str = "", at: datetime = STARTS) -> Opened:
        """And whose person taps the one button of the page."""
        return self.world.db(
            lambda db: open_link(db, token, cookie=cookie, policy=POLICY, now=at, confirmed=True)
        )

    def prove(self, token: str, visitor: int | None, *, cookie: str = "") -> Opened:
        """Where Telegram says who opens it."""
        there = chat_address(visitor) if visitor is not None else None
        return self.world.db(
            lambda db: open_link(db, token, cookie=cookie, visitor=there, policy=PROVED, now=STARTS)
        )

    def statements(self) -> list[Attendance]:
        return list(self.db(lambda db: db.scalars(select(Attendance)).all()))

    def act(self, work: Any) -> None:
        self.db(lambda db: work(db, db.get_one(Meeting, self.meeting)))


@pytest.fixture
def links(world: World) -> Links:
    cell = a_cell(world)
    settle_in(world, cell, ALICE, BOB)
    return Links(world, cell)


def test_the_first_use_goes_in_and_is_noted_and_only_that_browser_may_come_again(links: Links) -> None:
    token = links.make()
    first = links.open(token, at=STARTS + 5 * MINUTE)
    assert (first.why, first.to) == (Why.GO, LINK)
    assert first.cookie
    for stranger in ("", "x" * 32):
        assert links.open(token, cookie=stranger) == Opened(Why.USELESS)
    assert links.open(token, cookie=first.cookie) == Opened(Why.GO, LINK)
    (one,) = links.statements()
    assert (one.said, one.how, one.member_id, one.from_at) == (
        Said.LINK,
        How.ONLINE,
        links.cell.alice,
        STARTS + 5 * MINUTE,
    )


def test_with_telegrams_proof_nobody_but_the_invited_goes_in_not_even_first(links: Links) -> None:
    token = links.make()
    for visitor, why in ((BOB, Why.USELESS), (None, Why.UNPROVEN)):
        assert links.prove(token, visitor) == links.prove("A" * 32, visitor) == Opened(why)
    assert links.statements() == []
    first = links.prove(token, ALICE)
    assert (first.why, first.to) == (Why.GO, LINK)
    for visitor, cookie in ((ALICE, ""), (ALICE, "x" * 32), (BOB, first.cookie), (BOB, "")):
        assert links.prove(token, visitor, cookie=cookie) == Opened(Why.USELESS)
    assert links.prove(token, None, cookie="x" * 32) == Opened(Why.UNPROVEN)
    for visitor in (ALICE, None):
        assert links.prove(token, visitor, cookie=first.cookie) == Opened(Why.GO, LINK)
    assert [one.member_id for one in links.statements()] == [links.cell.alice]


def test_the_token_is_kept_as_a_hash_only(links: Links) -> None:
    token = links.make()
    row = links.db(lambda db: db.scalars(select(JoinLink)).one())
    assert token.encode() not in row.token_hash
    assert len(row.token_hash) == 32


def test_a_forged_token_and_a_used_one_say_the_same(links: Links) -> None:
    token = links.make()
    links.open(token)
    assert links.open("A" * 32) == links.open(token) == Opened(Why.USELESS)


def test_outside_the_window_nobody_goes_in_and_nothing_is_used_up(links: Links) -> None:
    token = links.make()
    assert links.open(token, at=STARTS - HALF_HOUR - MINUTE).why is Why.EARLY
    assert links.open(token, at=STARTS + timedelta(minutes=121)).why is Why.OVER
    assert links.statements() == []
    assert links.open(token, at=STARTS - HALF_HOUR).why is Why.GO


def test_an_old_link_says_that_the_meeting_moved_or_is_off(links: Links) -> None:
    token, now, policy = links.make(), links.world.clock(), links.world.settings.meeting
    bob = links.cell.bob

    def later(db: Any, meeting: Meeting) -> None:
        brief = brief_of(db, meeting).model_copy(update={"starts_at": STARTS + timedelta(minutes=20)})
        change_meeting(db, meeting, brief, by_id=bob, policy=policy, now=now)

    links.act(later)
    assert links.open(token, at=STARTS + 20 * MINUTE) == Opened(Why.MOVED)
    links.act(lambda db, m: postpone_meeting(db, m, reason="bão", by_id=bob, policy=policy, now=now))
    assert links.open(token) == Opened(Why.MOVED)
    links.act(lambda db, m: cancel_meeting(db, m, reason="bão", by_id=bob, now=now))
    assert links.open(token) == Opened(Why.CANCELLED)
    assert links.statements() == []


def test_a_link_dies_with_the_phone_it_was_sent_to_and_with_leaving_the_cell(links: Links) -> None:
    token = links.make(at=links.world.clock())
    links.db(
        lambda db: link_account(
            db,
            db.get_one(Member, links.cell.alice),
            address=chat_address(777),
            now=links.world.clock() + MINUTE,
        )
    )
    assert links.open(token) == Opened(Why.USELESS)
    token = links.make()
    links.db(lambda db: setattr(db.get_one(Member, links.cell.alice), "left_at", STARTS))
    assert links.open(token) == Opened(Why.USELESS)


def test_a_link_leads_to_the_meetings_own_https_link_and_nowhere_else(links: Links) -> None:
    token = links.make()
    links.act(lambda db, m: setattr(m, "link", "http://evil.example/"))
    assert links.open(token) == Opened(Why.CANCELLED)
    links.act(lambda db, m: setattr(m, "link", "https://meet.jit.si/new-room"))
    assert links.open(token).to == "https://meet.jit.si/new-room"


def test_a_year_has_the_meetings_that_were_held(links: Links) -> None:
    def attended(year: int) -> list[How | None]:
        def work(db: Any) -> list[How | None]:
            return [
                one.how for _, one in meetings_attended(db, db.get_one(Member, links.cell.alice), year=year)
            ]

        return links.world.db(work)

    assert attended(2026) == []
    links.open(links.make())
    links.act(lambda db, m: setattr(m, "state", "held"))
    assert attended(2026) == [How.ONLINE]
    assert attended(2027) == []
