"""When time has something to do with a request: counted from the plan, not from the minute at which it was looked at.

Nothing happens at night on Vietnam's clock, where cells are, but for what is urgent and nobody has taken.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from models.contact.policy import RequestPolicy, Urgency
from models.contact.request.rows import HelpRequest, RequestLevel, RequestState
from models.ground.clock import HOME_ZONE, at_wall, decent, local_date


def by_day(moment: datetime) -> datetime:
    """Return `moment`, or the morning after the night that it falls into."""
    return decent(moment, HOME_ZONE)


def later(since: datetime, *, hours: int) -> datetime:
    """Return so many hours after `since`. A request that came at night begins to wait in the morning."""
    return by_day(by_day(since) + timedelta(hours=hours))


def waits_for_nobody(request: HelpRequest) -> bool:
    """Return whether it is urgent and nobody has it: it goes on by day and by night."""
    return request.urgency == Urgency.URGENT and request.state == RequestState.OPEN


def next_rise(request: HelpRequest, policy: RequestPolicy, *, since: datetime, now: datetime) -> datetime:
    """Return when it goes one level up, or all are called again. `since`: when this was planned for."""
    patience = policy.patience(request.urgency)
    steps = {RequestLevel.DESK: patience.deputy_hours, RequestLevel.DEPUTY: patience.officer_hours}
    hours = steps.get(RequestLevel(request.risen))
    if hours is None:
        return next_call(request, policy, since=since, now=now)
    after = _hours_on if waits_for_nobody(request) else later
    planned = after(since, hours=hours)
    # in the past: we were down, and the hours count from now
    return planned if planned > now else after(now, hours=hours)


def _hours_on(since: datetime, *, hours: int) -> datetime:
    return since + timedelta(hours=hours)


def next_call(request: HelpRequest, policy: RequestPolicy, *, since: datetime, now: datetime) -> datetime:
    """Return the next call, at the fixed hour and ever more seldom: `nudges` says how often they were called."""
    more = has_more_calls(request, policy)
    days = policy.again_days[request.nudges] if more else policy.still_days
    planned = morning_after(since, days, policy)
    return planned if planned > now else morning_after(now, days, policy)


def has_more_calls(request: HelpRequest, policy: RequestPolicy) -> bool:
    return request.nudges < len(policy.again_days)


def morning_after(moment: datetime, days: int, policy: RequestPolicy) -> datetime:
    return at_wall(local_date(moment, HOME_ZONE) + timedelta(days=days), time(policy.hour), HOME_ZONE)


def lapses_at(promised_on: date, policy: RequestPolicy) -> datetime:
    """Return the morning after the promised day, wherever the owner is."""
    return at_wall(promised_on + timedelta(days=1), time(policy.hour), HOME_ZONE)


def next_reminder(request: HelpRequest, policy: RequestPolicy, *, since: datetime, now: datetime) -> datetime:
    """Return when an answer is reminded of: before its day, the morning after, then ever more seldom.

    A word has no day.
    """
    answer_by = request.answer_by
    if answer_by is None or lapses_at(answer_by, policy) <= now:
        return next_call(request, policy, since=since, now=now)
    before = [
        at_wall(answer_by - timedelta(days=d), time(policy.hour), HOME_ZONE) for d in policy.petition_remind
    ]
    return min([one for one in before if one > now], default=lapses_at(answer_by, policy))


def usual_promise(request: HelpRequest, policy: RequestPolicy, *, now: datetime) -> date:
    days = policy.patience(request.urgency).promise_days
    return local_date(now, HOME_ZONE) + timedelta(days=days)


def next_confirming(policy: RequestPolicy, *, now: datetime) -> datetime:
    return later(now, hours=24 * policy.confirm_days)
