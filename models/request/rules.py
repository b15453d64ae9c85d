"""When time has something to do with a request. Never at night on Vietnam's clock, where cells are."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from models.clock import HOME_ZONE, QUIET_FROM, QUIET_UNTIL, at_wall, decent, local_date
from models.request.rows import HelpRequest, Level, RequestPolicy


def by_day(moment: datetime) -> datetime:
    """`moment`, or the morning after the night that it falls into."""
    return decent(moment, HOME_ZONE, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL)


def later(now: datetime, *, hours: int) -> datetime:
    """So many hours on; a request that came at night begins to wait in the morning."""
    return by_day(by_day(now) + timedelta(hours=hours))


def next_rise(request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> datetime:
    """When it goes one level up, or all are called again."""
    patience = policy.patience(request.urgency)
    steps = {Level.DESK: patience.deputy_hours, Level.DEPUTY: patience.officer_hours}
    return later(now, hours=steps.get(Level(request.risen), patience.again_hours))


def lapses_at(promised_on: date, policy: RequestPolicy) -> datetime:
    """The morning after the promised day, wherever the owner is."""
    return at_wall(promised_on + timedelta(days=1), time(policy.hour), HOME_ZONE)


def usual_promise(request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> date:
    days = policy.patience(request.urgency).promise_days
    return local_date(now, HOME_ZONE) + timedelta(days=days)


def next_confirming(policy: RequestPolicy, *, now: datetime) -> datetime:
    return later(now, hours=24 * policy.confirm_days)
