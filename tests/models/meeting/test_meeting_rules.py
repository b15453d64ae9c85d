"""Links, what is never online, days, deadlines, the calendar file."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from models.ground.errors import Refused
from models.ground.workdays import WorkdayPolicy
from models.meeting.meeting import (
    CalendarEntry,
    Facts,
    LinkRefused,
    MeetingForm,
    MeetingKind,
    RestrictedMatter,
    StandingPlan,
    calendar_of,
    differences,
    make_link,
    matters_in,
    next_standing,
    read_approval,
    read_clock,
    read_link,
    split_clock,
)
from models.meeting.meeting.rules import answer_deadline, nudge_moments, rounds_over, standing_day
from models.meeting.policy import MeetingPolicy

POLICY = MeetingPolicy()
OWN = MeetingPolicy(jitsi_url="https://hop.example.org:8443/")
NOW = datetime(2026, 12, 1, 1, tzinfo=UTC)


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "https://us02web.zoom.us/j/86543219876?pwd=abc",
        "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0",
        "https://teams.live.com/meet/9345678",
        "https://meet.jit.si/PhongHop123",
    ],
)
def test_the_usual_services_are_recognised(link: str) -> None:
    assert read_link(link, POLICY) == link


def test_a_whole_invitation_may_be_pasted() -> None:
    pasted = "Bình is inviting you.\nJoin: https://zoom.us/j/123456789.\nPasscode: 12"
    assert read_link(pasted, POLICY) == "https://zoom.us/j/123456789"


@pytest.mark.parametrize(
    ("pasted", "room"),
    [
        (
            "Vào họp: https://us06web.zoom.us/j/80000000009?pwd=abc.1\nMã: 800 0000 0009\n"
            "Gọi bằng điện thoại, tìm số ở đây: https://us06web.zoom.us/u/kbXyz",
            "https://us06web.zoom.us/j/80000000009?pwd=abc.1",
        ),
        (
            "Join: https://zoom.us/j/12345678?pwd=a\nAdd to calendar: https://zoom.us/meeting/tZ/ics?icsToken=x\n"
            "Once more: https://zoom.us/j/12345678",
            "https://zoom.us/j/12345678?pwd=a",
        ),
        (
            "Video call link: https://meet.google.com/abc-defg-hij\nOr dial: (VN) 028 PIN: 1\n"
            "More phone numbers: https://tel.meet/abc-defg-hij?pin=1",
            "https://meet.google.com/abc-defg-hij",
        ),
        (
            "Join: https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0?context=y\n"
            "https://teams.microsoft.com/meetingOptions/?id=1 https://aka.ms/JoinTeamsMeeting",
            "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/0?context=y",
        ),
        ("us06web.zoom.us/j/80000000009", "https://us06web.zoom.us/j/80000000009"),
        ("họp ở meet.google.com/abc-defg-hij.", "https://meet.google.com/abc-defg-hij"),
        ("https://zoom.us/j/123456789 https://evil.example/j/2", "https://zoom.us/j/123456789"),
    ],
)
def test_of_a_pasted_invitation_the_link_that_leads_into_a_room_is_taken(pasted: str, room: str) -> None:
    assert read_link(pasted, POLICY) == room


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.google.com/abc-defg-hij",
        "https://example.com/room",
        "https://zoom.us.example.com/j/1234",
        "https://notzoom.us/j/1234",
        "https://zoom.us@example.com/j/1234",
        "https://user:pass@zoom.us/j/1234",
        "https://zoom.us:8443/j/1234",
        "https://zoom.us",
        "https://zoom.us/",
        "https://zооm.us/j/1234",  # Cyrillic о
        "https://zoom.us/j/1 https://zoom.us/j/2",  # which of them?
        "https://us06web.zoom.us/u/kbAbc",  # numbers to dial
        "https://zoom.us/download",
        "https://[::1/j/1234",
        "https://zoom.us\\@example.com/j/1",
        "evil.example/zoom.us/j/1234",
        "javascript:alert(1)",
        "https://zoom.us/j/" + "9" * 1000,
        "",
    ],
)
def test_everything_else_is_refused(link: str) -> None:
    with pytest.raises(LinkRefused):
        read_link(link, POLICY)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(words: str) -> None:
    with pytest.raises(LinkRefused):
        read_link(f"{words}https://example.com/{words}", POLICY)


def test_a_room_of_our_own_is_unguessable_and_recognised() -> None:
    rooms = {make_link(OWN) for _ in range(50)}
    assert len(rooms) == 50
    assert all(read_link(room, OWN) == room for room in rooms)
    assert all(room.startswith("https://hop.example.org:8443/") and len(room) > 50 for room in rooms)


@pytest.mark.parametrize("url", ["http://hop.example.org", "hop.example.org", "https://a b", "https://u:p@h"])
def test_the_jitsi_server_is_an_https_address(url: str) -> None:
    with pytest.raises(ValidationError):
        MeetingPolicy(jitsi_url=url)


# --- what is never online -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agenda", "matter"),
    [
        ("1. Xét kỷ luật đồng chí A", RestrictedMatter.DISCIPLINE),
        ("Xét kết nạp quần chúng ưu tú", RestrictedMatter.ADMISSION),
        ("Công tác nhân sự chi ủy", RestrictedMatter.PERSONNEL),
        ("Giải quyết đơn tố cáo", RestrictedMatter.COMPLAINT),
        ("Bo phieu kin", RestrictedMatter.BALLOT),
        ("KHIẾU NẠI về đất đai", RestrictedMatter.COMPLAINT),
    ],
)
def test_an_agenda_shows_what_it_touches(agenda: str, matter: RestrictedMatter) -> None:
    assert matter in matters_in(agenda)


def test_an_ordinary_agenda_touches_nothing() -> None:
    assert (
        matters_in("Thông tin thời sự\nNhiệm vụ tháng 12: thu hoạch, làm đường\nThảo luận, biểu quyết") == []
    )


# --- days and times -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("19:30", time(19, 30)),
        ("19h30", time(19, 30)),
        ("19H", time(19)),
        ("7 giờ 30", time(7, 30)),
        ("7 giờ", time(7)),
        ("8.15", time(8, 15)),
        ("25h", None),
        ("19h75", None),
        ("tối", None),
        ("", None),
    ],
)
def test_a_clock_is_read_as_people_type_it(typed: str, clock: time | None) -> None:
    assert read_clock(typed) == clock


def test_the_standing_day_goes_to_the_next_working_day() -> None:
    plan = StandingPlan(day=3, clock="19:30")
    assert standing_day(date(2026, 12, 1), plan, WorkdayPolicy()) == date(2026, 12, 3)
    assert standing_day(date(2027, 1, 1), plan, WorkdayPolicy()) == date(2027, 1, 4)  # the 3rd is a Sunday
    assert standing_day(date(2026, 10, 1), plan, WorkdayPolicy()) == date(
        2026, 10, 5
    )  # the 3rd is a Saturday


def test_the_next_standing_meeting_lies_ahead_and_in_another_month_than_the_last() -> None:
    plan = StandingPlan(day=3, clock="19:30")
    assert next_standing(plan, after=NOW, workdays=WorkdayPolicy()) == datetime(
        2026, 12, 3, 12, 30, tzinfo=UTC
    )
    assert next_standing(plan, after=NOW, last=date(2026, 12, 1), workdays=WorkdayPolicy()) == datetime(
        2027, 1, 4, 12, 30, tzinfo=UTC
    )


def test_answers_are_due_a_day_before_or_half_way() -> None:
    start = NOW + timedelta(days=7)
    assert answer_deadline(start, POLICY, now=NOW) == start - timedelta(hours=24)
    soon = NOW + timedelta(hours=8)
    assert answer_deadline(soon, POLICY, now=NOW) == NOW + timedelta(hours=4)


def test_nobody_is_reminded_of_what_has_just_come() -> None:
    answer_by = NOW + timedelta(days=6)
    assert nudge_moments(answer_by, POLICY) == [
        answer_by - timedelta(hours=48),
        answer_by - timedelta(hours=8),
        answer_by,
    ]
    assert rounds_over(answer_by, POLICY, told_at=NOW) == 0
    assert rounds_over(NOW + timedelta(hours=4), POLICY, told_at=NOW) == 2  # the deadline stays


def test_what_differs_is_named() -> None:
    old = Facts(kind=MeetingKind.REGULAR, form=MeetingForm.HYBRID, starts_at=NOW, minutes=90)
    new = old.model_copy(update={"starts_at": NOW + timedelta(days=1), "place": "Trụ sở"})
    assert differences(old, new) == ["starts_at", "place"]
    assert differences(old, old) == []


# --- the calendar file (RFC 5545) -----------------------------------------------------------------------------------


def entry(**other: object) -> bytes:
    values: dict[str, object] = {
        "uid": "7@xanha",
        "edition": 1,
        "starts_at": datetime(2027, 3, 28, 13, tzinfo=UTC),
        "minutes": 90,
        "summary": "Xa Nhà: có hẹn",
        "description": "Mở Telegram; xem, đọc",
    }
    return calendar_of([CalendarEntry(**{**values, **other})], now=NOW)  # type: ignore[arg-type]


def test_the_calendar_holds_moments_that_every_calendar_reads_alike() -> None:
    lines = entry(edition=3).decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20270328T130000Z" in lines
    assert "DTEND:20270328T143000Z" in lines
    assert "SEQUENCE:2" in lines
    assert "DESCRIPTION:Mở Telegram\\; xem\\, đọc" in lines


@given(st.text(max_size=300))
def test_every_text_stays_on_its_line_and_no_line_is_too_long(words: str) -> None:
    made = entry(summary=words)
    pieces = made.split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    made.decode()
    assert all(piece.decode() is not None for piece in pieces)  # no character is cut in two
    unfolded = made.replace(b"\r\n ", b"").decode()
    assert unfolded.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert unfolded.count("\r\nSUMMARY:") == 1


@given(st.text(max_size=40) | st.from_regex(r"\d{1,12}\s*[:hg.]\s*\d{0,12}", fullmatch=True))
def test_any_text_is_an_hour_of_the_day_or_none(words: str) -> None:
    found = read_clock(words)
    assert found is None or 0 <= found.hour <= 23


# --- the committee's paper, a day with its hour -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["15-CV/ĐU ngày 02/11/2026", "Công văn số 123/QĐ-ĐU, ngày 2 tháng 11 năm 2026", "7 - CV/TVĐU 2.11.2026"],
)
def test_a_papers_number_and_day_are_read_as_people_type_them(typed: str) -> None:
    assert read_approval(typed, today=date(2026, 12, 1)) == typed


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ("5/12/2026", "số của văn bản"),
        ("15", "số và ngày"),
        ("15-CV/ĐU", "ngày của văn bản"),
        ("15-CV/ĐU ngày 31/02/2026", "ngày của văn bản"),
        ("15-CV/ĐU ngày 02/11/2027", "chưa đến"),
        ("đồng ý", "số và ngày"),
    ],
)
def test_a_day_alone_is_no_paper(typed: str, lacks: str) -> None:
    with pytest.raises(Refused) as refused:
        read_approval(typed, today=date(2026, 12, 1))
    assert lacks in refused.value.phrase.to_plain("vi")


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_paper_or_of_a_day_with_its_hour(words: str) -> None:
    split_clock(words)
    with suppress(Refused):
        assert read_approval(words, today=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("typed", "day", "clock"),
    [
        ("03/12 19h30", "03/12", time(19, 30)),
        ("3/12/2026 lúc 20h", "3/12/2026", time(20)),
        ("19:30 ngày 03/12", "03/12", time(19, 30)),
        ("2026-12-03 19:30", "2026-12-03", time(19, 30)),
        ("03/12", "03/12", None),
        ("5 tháng 12", "5 tháng 12", None),
        ("05.12.2026", "05.12.2026", None),
    ],
)
def test_a_day_may_be_typed_with_its_hour(typed: str, day: str, clock: time | None) -> None:
    assert split_clock(typed) == (day, clock)
