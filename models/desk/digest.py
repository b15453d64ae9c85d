"""The secretary's weekly digest: what waits in the cell, on the morning of the week that they chose.

    NOT_PLANNED ──first look──> the chosen morning ──sent──> the same morning a week later ──> …
         └── no office at a desk, or nobody wants it ──> None

`appointment.next_digest_at` (UTC, indexed) is when it is due; it begins and ends with the appointment. After our own
downtime one goes out, at a decent hour, and the weeks that went by are not made up for. It is rendered when it is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinState
from models.contact.ladder import Ladder, LadderMove
from models.delivery.job_run import outages_since
from models.delivery.message import Button, Lane, Message
from models.desk.call_sheet import bring_sheet
from models.desk.policy import DigestPolicy
from models.desk.waiting import Desk, Matter, label_of, sentence_of
from models.ground.base import Soonest, locked
from models.ground.clock import HOME_ZONE, at_wall, decent, local_date
from models.people.member import Member, tell
from models.people.rights import DESK, NOT_PLANNED, Appointment, Role
from models.people.unit import Unit
from models.phrases.contact.checkin import OPEN_DESK
from models.phrases.desk import call_sheet as sheet_words, digest as phrases, waiting as desk_words
from models.phrases.desk.desk import answered_so_far
from models.phrases.text import Text
from models.policies import Policies

NEVER = 7  # the day of those who want none
WEEK = timedelta(days=7)
_LINES = 5


# --- rules ----------------------------------------------------------------------------------------------------------


def digest_day(held: Appointment, policy: DigestPolicy) -> int | None:
    """Return the weekday of this person's digest; None: none. A deputy gets one only on request."""
    if held.digest_day is not None:
        return held.digest_day if held.digest_day != NEVER else None
    return policy.day if held.role == Role.SECRETARY else None


def next_digest(day: int, policy: DigestPolicy, *, now: datetime) -> datetime:
    """Return the first such morning after `now`."""
    today = local_date(now, HOME_ZONE)
    on = today + timedelta(days=(day - today.weekday()) % 7)
    at = at_wall(policy.days_off.first(on), time(policy.hour), HOME_ZONE)
    return at if at > now else at_wall(policy.days_off.first(on + WEEK), time(policy.hour), HOME_ZONE)


# --- acts -----------------------------------------------------------------------------------------------------------


def choose_digest_day(held: Appointment, day: int, policy: DigestPolicy, *, now: datetime) -> None:
    """Choose the day of the digest: 0 is Monday; NEVER: no digest."""
    held.digest_day = day
    _plan(held, policy, now=now)


def send_digests(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Send each digest that is still due, once. At night, after an outage, it waits for the morning."""
    rows = select(Appointment).where(Appointment.id.in_(ids), Appointment.next_digest_at <= now)
    for held in locked(db, rows.order_by(Appointment.id)):
        morning = decent(now, HOME_ZONE)
        if not _is_unplanned(held) and _holds(held, now=now):  # the first look plans it and sends nothing
            if morning > now:
                held.next_digest_at = morning
                continue
            _send(db, held, policies, now=now)
        _plan(held, policies.digest, now=now)


def plan_unplanned_digests(db: Session, ids: Sequence[int], policy: DigestPolicy, *, now: datetime) -> None:
    """Plan those of these that nobody has looked at yet; send nothing."""
    for held in locked(db, select(Appointment).where(Appointment.id.in_(ids)).order_by(Appointment.id)):
        if _is_unplanned(held):
            _plan(held, policy, now=now)


def _is_unplanned(held: Appointment) -> bool:
    """A row of an older program has it from the database, whose clock may be another than UTC."""
    return held.next_digest_at is not None and held.next_digest_at < NOT_PLANNED + WEEK


def _plan(held: Appointment, policy: DigestPolicy, *, now: datetime) -> None:
    day = digest_day(held, policy) if _holds(held, now=now) else None
    held.next_digest_at = next_digest(day, policy, now=now) if day is not None else None


def _holds(held: Appointment, *, now: datetime) -> bool:
    at_a_desk = held.role in DESK
    return at_a_desk and held.asleep_since is None and (held.ends_at is None or held.ends_at > now)


def _send(db: Session, held: Appointment, policies: Policies, *, now: datetime) -> None:
    cell, member = db.get_one(Unit, held.unit_id), db.get_one(Member, held.member_id)
    if cell.closed_at is not None or held.next_digest_at is None:
        return
    desk = Desk(db, cell, policies, now, reader_id=member.id)
    if _is_idle(desk) and held.digest_at is not None and _month(held.digest_at) == _month(now):
        return
    since = held.digest_at or now - WEEK
    tell(
        db,
        member,
        digest(desk, since=since),
        key=f"desk.digest:{held.id}:{local_date(held.next_digest_at, HOME_ZONE)}",
        lane=Lane.REMINDER,
        now=now,
        not_after=now + timedelta(days=3),  # then it is no news any more
    )
    held.digest_at = now
    if held.sheet_since is not None:
        bring_sheet(db, held, cell, member, policies, now=now)


def _is_idle(desk: Desk) -> bool:
    """Whether nobody is away and nothing waits: then one line a month is enough."""
    return not desk.picture.away and not desk.queue


def _month(at: datetime) -> date:
    return local_date(at, HOME_ZONE).replace(day=1)


# --- what it says ---------------------------------------------------------------------------------------------------


def digest(desk: Desk, *, since: datetime) -> Message:
    """Return the digest, one short line when nothing waits. What the same morning's alerts name is left out."""
    told = told_this_morning(desk)
    queue = [one for one in desk.queue if (one.matter, one.about) not in told]
    words = phrases.weekly(
        cell=desk.cell.name,
        sentence=sentence_of(queue),
        answered=answered_so_far(
            period=desk.picture.period,
            answered=desk.picture.answered_this_period,
            asked=desk.picture.asked_this_period,
            away=desk.picture.away,
        ),
        waiting=len(queue),
        told=len(desk.queue) - len(queue),
        rows=[desk_words.row(name=one.name, what=one.what) for one in queue[:_LINES]],
        outages=_outages(desk, since),
    )
    ways = [
        [Button(OPEN_DESK, f"desk:open:{desk.cell.id}")],
        *([[Button(sheet_words.SHEET, f"sheet:home:{desk.cell.id}")]] if desk.to_call else []),
        [Button(phrases.WHEN, f"desk:digest:{desk.cell.id}")],
    ]
    return Message(
        words,
        [
            *(
                [Button(label_of(one.name, one.what, is_person=one.member_id is not None), one.to)]
                for one in queue[:_LINES]
            ),
            *ways,
        ],
    )


def told_this_morning(desk: Desk) -> set[tuple[Matter, int]]:
    """Return the late and the silent of whom an alert has spoken today, or is about to."""
    morning = at_wall(desk.today, time(0), HOME_ZONE)
    late = desk.db.scalars(
        select(Checkin.id).where(
            Checkin.cell_id == desk.cell.id,
            or_(Checkin.alerted_at >= morning, Checkin.alert_at <= desk.now),
            Checkin.state == CheckinState.LATE,
        )
    )
    climbed = select(LadderMove.ladder_id).where(LadderMove.at >= morning, LadderMove.by_id.is_(None))
    silent = desk.db.scalars(
        select(Ladder.id).where(
            Ladder.cell_id == desk.cell.id,
            Ladder.ended_at.is_(None),
            or_(Ladder.id.in_(climbed), Ladder.next_at <= desk.now),
        )
    )
    return {(Matter.LATE, one) for one in late} | {(Matter.SILENT, one) for one in silent}


def _outages(desk: Desk, since: datetime) -> list[Text]:
    """When we ourselves were down since the last one: deadlines have moved by as much. Each is told once."""
    return [
        phrases.outage(began_at=one.began_at, ended_at=one.ended_at) for one in outages_since(desk.db, since)
    ]


# --- questions ------------------------------------------------------------------------------------------------------


def office_at(db: Session, member_id: int, cell_id: int, *, now: datetime) -> Appointment | None:
    """Return the appointment by which the member has a desk in this cell now: secretary, else deputy."""
    rows = db.scalars(
        select(Appointment).where(
            Appointment.member_id == member_id, Appointment.unit_id == cell_id, Appointment.begins_at <= now
        )
    )
    held = [one for one in rows if _holds(one, now=now)]
    return min(held, key=lambda one: one.role != Role.SECRETARY, default=None)


def due_digests(db: Session, *, now: datetime, limit: int) -> list[int]:
    rows = select(Appointment.id).where(Appointment.next_digest_at <= now)
    return list(db.scalars(rows.order_by(Appointment.next_digest_at).limit(limit)))


next_digest_at = Soonest(Appointment.next_digest_at)
