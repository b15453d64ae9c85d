"""A meeting as a calendar entry (RFC 5545), for whoever asks for it.

A calendar is copied to other companies' servers and shows itself on lock screens: the entry says when, and nothing of
what, where or by which link. Moments stand in UTC, so that every calendar shows its own clock, across any change of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_BEFORE = timedelta(minutes=30)


def calendar_entry(
    *,
    uid: str,
    edition: int,
    starts_at: datetime,
    minutes: int,
    summary: str,
    description: str,
    now: datetime,
    cancelled: bool = False,
) -> bytes:
    """Return one VEVENT.

    The same `uid` with a higher `edition` replaces what the calendar has; `cancelled` takes it out.
    """
    from icalendar import Alarm, Calendar, Event

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -_BEFORE)
    alarm.add("description", summary)
    event = Event()
    event.add("uid", uid)
    event.add("sequence", edition if cancelled else edition - 1)  # calling off makes no edition of its own
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", starts_at.astimezone(UTC) + timedelta(minutes=minutes))
    event.add("summary", summary)
    event.add("description", description)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if not cancelled:
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Xa Nha//VI")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
