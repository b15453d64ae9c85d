"""When time next has something to do: pure rules on rows that are at hand."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.contact.checkin.rows import Checkin, CheckinKind, CheckinState
from models.contact.pause import Pause, is_running
from models.contact.policy import CheckinPolicy
from models.ground.bulk import Row
from models.ground.clock import HOME_ZONE, add_months, at_wall, local_date
from models.ground.days_off import DaysOff
from models.ground.rhythm import (
    Occurrence,
    Rhythm,
    first_occurrence,
    nudges,
    occurrence,
)
from models.people.member import Member, decent_for
from models.people.unit import Unit

S = CheckinState
_APART = timedelta(hours=18)  # two reminders of one thing are never on one day
_LOOK_BACK = time(18)
_EXTRA_DAYS = 2  # to answer an extra question that is asked anew
_OPENED_LATE = timedelta(hours=12)  # longer than a night: we were down, and deadlines move


def rhythm_of(member: Member, cell: Unit | None, policy: CheckinPolicy) -> Rhythm:
    """Return the member's own rhythm, else the cell's, else the default; with the grace that is theirs on top."""
    rhythm = member.rhythm or (cell.rhythm if cell else None) or policy.rhythm
    if not member.grace_days:
        return rhythm
    # not looked over: both parts were, and the sum may exceed what one of them may be
    return rhythm.model_copy(update={"grace_days": rhythm.grace_days + member.grace_days})


def is_paused(pause: Pause | None, member: Member, rhythm: Rhythm, *, now: datetime) -> bool:
    """Return whether the member has announced that nothing be asked now."""
    return pause is not None and is_running(pause, member.zone, rhythm.hour, now=now)


def sleeps_until(member: Member, *, now: datetime) -> datetime | None:
    """Return the end of the night that `now` falls into on that clock, or None."""
    morning = decent_for(member, now)
    return morning if morning > now else None


def next_morning(now: datetime, policy: CheckinPolicy) -> datetime:
    """Return the next moment at which secretaries are told. It is not on a long holiday."""
    today = local_date(now, HOME_ZONE)
    morning = at_wall(today, time(policy.alert_hour), HOME_ZONE)
    day = policy.days_off.first(today if morning >= now else today + timedelta(days=1))
    return at_wall(day, time(policy.alert_hour), HOME_ZONE)


def next_moment(checkin: Checkin, rhythm: Rhythm, off: DaysOff, *, now: datetime) -> datetime | None:
    """Return when time next has something to do with the row; None: never again."""
    match CheckinState(checkin.state):
        case S.SCHEDULED:
            return checkin.opens_at
        case S.OPEN | S.NUDGED if checkin.phone_by is not None:
            return min(checkin.phone_by, checkin.closes_at)
        case S.OPEN | S.NUDGED:
            return min(
                _next_nudge(checkin, rhythm, off, now=now) or max(checkin.late_at, now), checkin.closes_at
            )
        case S.EXCUSED:
            return min(checkin.excused_until or now, checkin.closes_at)
        case S.LATE:
            return checkin.closes_at
        case S.ANSWERED | S.PAUSED | S.CLOSED:
            return None


def _next_nudge(checkin: Checkin, rhythm: Rhythm, off: DaysOff, *, now: datetime) -> datetime | None:
    """The next reminder that lies ahead, before the grace is over."""
    after = max(now, checkin.asked_at + _APART) if checkin.asked_at else now
    # also when an outage has moved the dates: never more of them than the rhythm says
    steps = (
        nudges(rhythm, local_date(checkin.due_at, checkin.zone), checkin.zone, off)
        if checkin.kind == CheckinKind.RHYTHM
        else (checkin.due_at,)
    )
    ahead = steps[checkin.nudges :]
    return next((step for step in ahead if after < step < checkin.late_at), None)


def next_turn(
    rhythm: Rhythm,
    *,
    zone: str,
    now: datetime,
    newest: date | None,
    planned: date | None,
    off: DaysOff,
) -> Occurrence:
    """Return what to plan: a month that had its occurrence (`newest`) gets no second one, by whichever clock.

    A month that is `planned` stays: when a journey east takes the clock past its opening, it opens at once.
    """
    if planned and (planned.month - 1) % rhythm.every_months == 0:
        turn = occurrence(rhythm, planned, zone, off)
        if turn.due_at > now:
            return turn
    turn = first_occurrence(rhythm, after=now, zone=zone, off=off)
    while newest and turn.period <= newest:
        turn = occurrence(rhythm, add_months(turn.period, rhythm.every_months), zone, off)
    return turn


def time_by(checkin: Checkin, turn: Occurrence, zone: str) -> None:
    """Give a planned occurrence the dates of `turn`."""
    for name, value in dates_of(turn, zone).items():
        setattr(checkin, name, value)


def dates_of(turn: Occurrence, zone: str) -> Row:
    """Return the columns of a planned occurrence that follow from `turn`."""
    return {
        "zone": zone,
        "period": turn.period,
        "opens_at": turn.opens_at,
        "due_at": turn.due_at,
        "late_at": turn.late_at,
        "closes_at": turn.next_opens_at,
        "next_at": turn.opens_at,
    }


def catch_up(checkin: Checkin, rhythm: Rhythm, policy: CheckinPolicy, *, now: datetime) -> None:
    """Merge turns that went by while we were down into the present one, and move deadlines by what was lost."""
    while checkin.kind == CheckinKind.RHYTHM and checkin.closes_at <= now:
        month = add_months(checkin.period, rhythm.every_months)
        time_by(checkin, occurrence(rhythm, month, checkin.zone, policy.days_off), checkin.zone)
    lost = now - checkin.opens_at
    if lost > _OPENED_LATE:
        postpone(checkin, lost, hour=rhythm.hour)


def ask_anew(checkin: Checkin, rhythm: Rhythm, policy: CheckinPolicy, *, now: datetime) -> None:
    """Ask as if it opened now: as many days to answer as ever, with its reminders, until it closes."""
    extra = checkin.kind == CheckinKind.ADHOC
    days = _EXTRA_DAYS if extra else rhythm.due_day - rhythm.opens_day
    due = at_wall(local_date(now, checkin.zone) + timedelta(days=days), time(rhythm.hour), checkin.zone)
    checkin.due_at = min(max(checkin.due_at, due), checkin.closes_at)
    grace = timedelta(hours=policy.adhoc_grace_hours) if extra else timedelta(days=rhythm.grace_days)
    late = min(checkin.due_at + grace, checkin.closes_at - timedelta(days=1))
    checkin.late_at = max(checkin.due_at, late)
    checkin.nudges, checkin.asked_at, checkin.alerted_at = 0, now, None
    checkin.next_at = next_moment(checkin, rhythm, policy.days_off, now=now)


def went_slowly(checkin: Checkin, policy: CheckinPolicy) -> bool:
    """Return whether it was late, or answered only after the last reminder."""
    reminders = max(len(policy.rhythm.nudge_days_before), 1)
    return checkin.kind == CheckinKind.RHYTHM and (checkin.state == S.LATE or checkin.nudges >= reminders)


def look_back_at(zone: str, *, now: datetime) -> datetime:
    """Return the evening of the next day, on their clock: no question stands open beside it."""
    return at_wall(local_date(now, zone) + timedelta(days=1), _LOOK_BACK, zone)


def postpone(checkin: Checkin, by: timedelta, *, hour: int) -> None:
    """Move its deadlines on by so long, then to the usual hour of the member's clock: none ends at an odd time."""
    checkin.due_at = min(_at_hour(checkin.due_at + by, hour, checkin.zone), checkin.closes_at)
    checkin.late_at = max(
        min(_at_hour(checkin.late_at + by, hour, checkin.zone), checkin.closes_at), checkin.due_at
    )
    if checkin.phone_by is not None:
        checkin.phone_by += by


def _at_hour(moment: datetime, hour: int, zone: str) -> datetime:
    """That moment, or the next such hour after it."""
    on = local_date(moment, zone)
    at = at_wall(on, time(hour), zone)
    return at if at >= moment else at_wall(on + timedelta(days=1), time(hour), zone)


def follow_clock(checkin: Checkin, zone: str) -> None:
    """Move its deadlines to the clock of the member's new place; their wall time stays."""
    for name in ("due_at", "late_at"):
        local = getattr(checkin, name).astimezone(ZoneInfo(checkin.zone))
        setattr(checkin, name, at_wall(local.date(), local.time(), zone))
    checkin.zone = zone
