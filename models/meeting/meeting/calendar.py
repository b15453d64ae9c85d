"""Meetings and calls as calendar entries (RFC 5545), for whoever asks for them.

A calendar is copied to other companies' servers and shows itself on lock screens: an entry says when, and nothing of
what, where or by which link. Moments stand in UTC, so that every calendar shows its own clock, across any change of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from icalendar import Event

_BEFORE = timedelta(minutes=30)


class CalendarEntry(NamedTuple):
    """The same `uid` with a higher `edition` replaces what the calendar has; `cancelled` takes it out."""

    uid: str
    edition: int
    starts_at: datetime
    minutes: int
    summary: str
    description: str = ""
    cancelled: bool = False
    before: timedelta = _BEFORE  # when the phone rings


def calendar_of(entries: Sequence[CalendarEntry], *, now: datetime) -> bytes:
    """Return them as one file; it takes entries out only where all of them are cancelled."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Xa Nha//VI")
    calendar.add("method", "CANCEL" if all(one.cancelled for one in entries) else "PUBLISH")
    for one in entries:
        calendar.add_component(_event(one, now=now))
    return bytes(calendar.to_ical())


def _event(one: CalendarEntry, *, now: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", one.uid)
    event.add(
        "sequence", one.edition if one.cancelled else one.edition - 1
    )  # calling off makes no edition of its own
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", one.starts_at.astimezone(UTC) + timedelta(minutes=one.minutes))
    event.add("summary", one.summary)
    event.add("description", one.description)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if not one.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -one.before)
        alarm.add("description", one.summary)
        event.add_component(alarm)
    return event
