"""Pure rules: which route the dates and the place suggest, until when, and when time next has something to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.away.away.rows import Away
from models.away.away.states import A, AwayState, Route
from models.away.policy import AwayPolicy
from models.ground.clock import HOME_ZONE, add_months, at_wall, local_date, same_day
from models.ground.rules import Sourced, source_of
from models.ground.workdays import WorkdayPolicy, add_workdays

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A route, the rule that suggests it, and the day up to which one may apply for it at once."""

    route: Route
    rule: str  # a field of AwayPolicy
    source: Sourced
    until: date
    shortened: bool  # the plan is longer than what can be applied for at once


def is_under(begins_on: date, ends_on: date | None, months: int) -> bool:
    """Return whether it ends before the same day so many months later: 05/12/2026 to 04/12/2027 is under twelve."""
    return ends_on is not None and ends_on < same_day(begins_on, months)


def propose_route(
    begins_on: date,
    ends_on: date | None,
    *,
    abroad: bool,
    study: bool,
    itinerant: bool,
    policy: AwayPolicy,
    workdays: WorkdayPolicy,
) -> Proposal:
    """Return what the rules suggest (domain.md §1.1); the cell decides.

    Under three months: only noted. In the country: excused for those who move about or have no organisation near,
    however long they plan (then for just under twelve months at first); a temporary transfer for those who come back
    in time, for students longer; else a formal transfer. Abroad: temporary under twelve months, else solo.
    """
    route, rule = _suggest(begins_on, ends_on, abroad, study, itinerant, policy)
    return _proposal(route, rule, begins_on, ends_on, policy, workdays)


def propose_extension(
    away: Away, ends_on: date | None, *, abroad: bool, policy: AwayPolicy, workdays: WorkdayPolicy
) -> Proposal:
    """Return the same for the time after its present end. What was short or temporary is judged by its whole length."""
    route, rule = Route(away.route), _RULES.get(Route(away.route), "")
    if route not in _RENEWED or abroad != (route is Route.ABROAD):
        route, rule = _suggest(away.begins_on, ends_on, abroad, away.study, away.itinerant, policy)
    return _proposal(route, rule, away.due_on + _DAY, ends_on, policy, workdays)


_RENEWED = frozenset({Route.EXEMPT, Route.ABROAD, Route.RELIEVED})  # each period has its own decision
_RULES = {Route.EXEMPT: "exempt_months", Route.ABROAD: "abroad_months", Route.RELIEVED: "open_months"}


def _suggest(
    begins_on: date, ends_on: date | None, abroad: bool, study: bool, itinerant: bool, policy: AwayPolicy
) -> tuple[Route, str]:
    if is_under(begins_on, ends_on, policy.note_under_months):
        return Route.NOTE, "note_under_months"
    if itinerant and not abroad:
        return Route.EXEMPT, "exempt_months"
    if study and not abroad and is_under(begins_on, ends_on, policy.study_months):
        return Route.TEMPORARY, "study_months"
    if is_under(begins_on, ends_on, policy.temporary_months):
        return Route.TEMPORARY, "temporary_months"
    return (Route.ABROAD, "abroad_months") if abroad else (Route.FORMAL, "transfer_workdays")


def _proposal(
    route: Route,
    rule: str,
    begins_on: date,
    ends_on: date | None,
    policy: AwayPolicy,
    workdays: WorkdayPolicy,
) -> Proposal:
    until = due_day(route, begins_on, ends_on, policy, workdays)
    limit = longest(route, begins_on, policy)
    return Proposal(
        route=route,
        rule=rule,
        source=source_of(policy, rule),
        until=until,
        shortened=limit is not None and (ends_on is None or limit < ends_on),
    )


def longest(route: Route, begins_on: date, policy: AwayPolicy) -> date | None:
    """Return the last day of the longest period that one decision on this route covers; None: no such limit."""
    months = {Route.EXEMPT: policy.exempt_months, Route.RELIEVED: policy.open_months}.get(route)
    return same_day(begins_on, months) - _DAY if months else None


def due_day(
    route: Route,
    begins_on: date,
    ends_on: date | None,
    policy: AwayPolicy,
    workdays: WorkdayPolicy,
) -> date:
    """Return the day until which an absence on this route is granted, or on which it is looked at where it has no end."""
    if route is Route.FORMAL:
        return add_workdays(begins_on, policy.transfer_workdays, workdays)
    plan = ends_on or same_day(begins_on, policy.open_months) - _DAY
    limit = longest(route, begins_on, policy)
    return min(plan, limit) if limit else plan


def introduction_due(issued_on: date, policy: AwayPolicy, workdays: WorkdayPolicy) -> date:
    """Return the day by which a letter of introduction is presented to the receiving committee."""
    return add_workdays(issued_on, policy.introduction_workdays, workdays)


def same_length(away: Away, policy: AwayPolicy) -> date:
    """Return the end asked for by "nothing changed, extend": from the present end, as long as before, as far as
    allowed."""
    begins = away.due_on + _DAY
    length = away.due_on - away.begins_on
    # where no limit holds, one tap asks for a year at most
    wanted = begins + min(length, timedelta(days=366))
    limit = longest(Route(away.route), begins, policy)
    return min(wanted, limit) if limit else wanted


# --- time -----------------------------------------------------------------------------------------------------------


def morning(day: date, zone: str, policy: AwayPolicy) -> datetime:
    """Return the hour of reminders on that clock."""
    return at_wall(day, time(policy.remind_hour), zone)


def first_morning(day: date, zone: str, policy: AwayPolicy) -> datetime:
    """Return the earlier of the member's and Vietnam's morning: then the one is told, the other a little later."""
    return min(morning(day, zone, policy), morning(day, HOME_ZONE, policy))


def past_step(away: Away, policy: AwayPolicy, today: date) -> int | None:
    """Return the newest due reminder that is not done. Several that were missed become one."""
    left = (away.due_on - today).days
    due = [step for step in policy.remind_days if left <= step and not _is_done(away, step)]
    return min(due, default=None)


def skip_past_steps(away: Away, policy: AwayPolicy, today: date) -> None:
    """Skip what would have been said before today, because the end is new."""
    left = (away.due_on - today).days
    away.reminded_for = min((step for step in policy.remind_days if step > left), default=None)


def season_dates(away: Away) -> tuple[date, date] | None:
    """Return its first and last day a year later, as it really was; None where it was no season.

    A season is over within a year, and the member has come back from it. 29/02 becomes 28/02.
    """
    if (
        away.state != A.CLOSED
        or away.begun_at is None
        or away.returned_on is None
        or away.route == Route.FORMAL
    ):
        return None
    last = max(away.returned_on - _DAY, away.begins_on)
    if not is_under(away.begins_on, last, 12):
        return None
    return same_day(away.begins_on, 12), same_day(last, 12)


def season_moment(away: Away, policy: AwayPolicy) -> datetime | None:
    """Return when the same season is offered again: the first morning of its month, after it was closed."""
    dates = season_dates(away)
    if dates is None or away.closed_at is None:
        return None
    first = dates[0].replace(day=1)
    on = max(first, local_date(away.closed_at, HOME_ZONE) + _DAY)
    return morning(on, HOME_ZONE, policy) if on < add_months(first, 1) else None


def next_moment(away: Away, policy: AwayPolicy, *, change_on: date | None = None) -> datetime | None:
    """Return when time next has something to do; None: never. What is overdue already comes at once."""
    if not away.is_open:
        return season_moment(away, policy)
    return min(_moments(away, policy, change_on), default=None)


def _moments(away: Away, policy: AwayPolicy, change_on: date | None) -> Iterator[datetime]:
    state = AwayState(away.state)
    if state is not A.RETURNING:
        if away.begun_at is None:
            yield morning(away.begins_on, HOME_ZONE, policy)
        if change_on is not None:
            yield morning(change_on, HOME_ZONE, policy)
    if state in (A.WAITING, A.ACTIVE):
        if (step := _next_step(away, policy)) is not None:
            yield first_morning(away.due_on - timedelta(days=step), away.zone, policy)
        yield first_morning(away.due_on + _DAY, away.zone, policy)
    if state is not A.ACTIVE:
        yield _stalled_until(away, policy)
    if state is A.ACTIVE and away.update_due_on is not None:
        wait = timedelta(days=policy.update_grace_days) if away.update_asked_at else timedelta()
        yield first_morning(away.update_due_on + wait, away.zone, policy)


def stalled(away: Away, policy: AwayPolicy, *, now: datetime) -> bool:
    return away.state != A.ACTIVE and now >= _stalled_until(away, policy)


def _stalled_until(away: Away, policy: AwayPolicy) -> datetime:
    since = local_date(away.stalled_at or away.declared_at, HOME_ZONE)
    return morning(since + timedelta(days=policy.stalled_days), HOME_ZONE, policy)


def _next_step(away: Away, policy: AwayPolicy) -> int | None:
    return max((step for step in policy.remind_days if not _is_done(away, step)), default=None)


def _is_done(away: Away, step: int) -> bool:
    return away.reminded_for is not None and step >= away.reminded_for
