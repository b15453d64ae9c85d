"""What time does to an absence: it begins, its end comes near, goes by; what waits for somebody is called to mind.

begins_on          place, clock and rhythm follow it
−60 −30 −7 0       member and cell are told in their own mornings; steps missed while we were down are one
the day after      LAPSED: both are told, and again every fortnight until somebody does something
written updates    asked for; after a fortnight the secretary is told
a year later       closed: the same season is offered again, once (season.py)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away.applying import apply_changes, begin_away, forget_reminders, home_date, retime
from models.away.away.competence import deciders
from models.away.away.questions import filing_under_way, return_items
from models.away.away.returning import OF_ABROAD, close_departed
from models.away.away.rows import Away, Filing, move_away
from models.away.away.rules import first_morning, past_step, stalled
from models.away.away.season import offer_season
from models.away.away.states import A, F, ReturnStep, Route
from models.away.away.telling import (
    keepers,
    place_name,
    remind,
    reminders_of,
    see_away,
    see_filing,
    tell_news,
)
from models.delivery.message import Button, Buttons
from models.ground.base import locked
from models.people.member import Member, Purpose, refuses
from models.phrases.away import away as phrases
from models.phrases.text import Text
from models.policies import Policies


def move_aways(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Do whatever is due of these. Absences that changed meanwhile are left alone."""
    due = select(Away).where(Away.id.in_(ids), Away.next_at <= now).order_by(Away.next_at, Away.id)
    for away in locked(db, due):
        _move_one(db, away, policies, now=now)


def _move_one(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    if away.state == A.CLOSED:
        offer_season(db, away, policies, now=now)
        return
    member, today = db.get_one(Member, away.member_id), home_date(now)
    if member.left_at is not None:
        close_departed(db, away, policies, now=now)
        return
    if away.state != A.RETURNING:
        if away.begun_at is None and away.begins_on <= today:
            begin_away(db, away, policies, now=now)
            _tell_begun(db, away, member, now=now)
        apply_changes(db, away, policies, now=now)
    if away.state in (A.WAITING, A.ACTIVE):
        if today > away.due_on:
            lapse_away(db, away, policies, now=now)
        elif (step := past_step(away, policies.away, today)) is not None:
            _tell_of_end(db, away, member, policies, step=step, now=now)
    if away.state == A.ACTIVE:
        _ask_for_update(db, away, member, policies, now=now)
    if stalled(away, policies.away, now=now):
        _call_to_mind(db, away, member, policies, now=now)
    retime(db, away, policies, now=now)


def lapse_away(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    """Mark it as lapsed, because its end went by without a decision. All are told; it is no fault of the member's."""
    move_away(db, away, A.LAPSED, by_id=None, now=now)
    forget_reminders(db, away)
    member, waiting = db.get_one(Member, away.member_id), filing_under_way(db, away.id)
    filing_state = waiting.state if waiting else None
    mine = phrases.your_away_lapsed(due_on=away.due_on, waiting=filing_state)
    theirs = phrases.away_lapsed(name=member.full_name, due_on=away.due_on, waiting=filing_state)
    key = f"away.lapsed:{away.id}:{away.due_on}"
    _remind(db, away, [member], mine, key, policies, now=now, buttons=ways_on(away, waiting))
    _remind(db, away, _others(db, away, now=now), theirs, key, policies, now=now, buttons=see_away(away))


def ways_on(away: Away, waiting: Filing | None) -> Buttons:
    """Return what a member can do about an end: nothing while an extension waits for others."""
    if waiting is not None and waiting.state == F.RETURNED:
        return [[Button(phrases.REFILE, f"away:refile:{waiting.id}")], *see_away(away)]
    if waiting is not None or away.state == A.WAITING:
        return see_away(away)
    return [
        [Button(phrases.SAME, f"away:same:{away.id}")],
        [Button(phrases.EXTEND, f"away:extend:{away.id}")],
        [Button(phrases.RETURN, f"away:return:{away.id}")],
    ]


def _tell_begun(db: Session, away: Away, member: Member, *, now: datetime) -> None:
    if refuses(db, member.id, Purpose.AWAY):
        return
    words = phrases.begun(place=place_name(away.place_code), due_on=away.due_on)
    tell_news(db, [member], words, key=f"away.begun:{away.id}", now=now, but=None, buttons=see_away(away))


def _tell_of_end(
    db: Session, away: Away, member: Member, policies: Policies, *, step: int, now: datetime
) -> None:
    away.reminded_for = step
    left, waiting = (away.due_on - home_date(now)).days, filing_under_way(db, away.id)
    key = f"away.ends:{away.id}:{away.due_on}:{step}"
    if waiting is None or waiting.state == F.RETURNED:
        mine = phrases.your_end_is_near(due_on=away.due_on, days=left, returned=waiting is not None)
        _remind(db, away, [member], mine, key, policies, now=now, buttons=ways_on(away, waiting))
    theirs = phrases.end_is_near(
        name=member.full_name,
        due_on=away.due_on,
        days=left,
        waiting=waiting.state if waiting else None,
        comment=step >= policies.away.comment_days and away.route != Route.NOTE,
    )
    buttons = see_filing(waiting) if waiting else see_away(away)
    _remind(db, away, _others(db, away, now=now), theirs, key, policies, now=now, buttons=buttons)


def _ask_for_update(db: Session, away: Away, member: Member, policies: Policies, *, now: datetime) -> None:
    due = away.update_due_on
    if due is None:
        return
    late_on = due + timedelta(days=policies.away.update_grace_days)
    if away.update_asked_at is None:
        if now >= first_morning(due, away.zone, policies.away):
            away.update_asked_at = now
            away.update_due_on = max(due, home_date(now))  # we were down: the grace counts from the question
            key, buttons = (
                f"away.update_due:{away.id}:{due}",
                [[Button(phrases.WRITE_UPDATE, f"away:update:{away.id}")]],
            )
            _remind(db, away, [member], phrases.update_due(), key, policies, now=now, buttons=buttons)
    elif now >= first_morning(late_on, away.zone, policies.away):
        key = f"away.update_late:{away.id}:{due}"
        words = phrases.update_late(name=member.full_name, since=due)
        _remind(db, away, _others(db, away, now=now), words, key, policies, now=now, buttons=see_away(away))
        away.update_asked_at, away.update_due_on = (
            None,
            late_on + timedelta(days=policies.away.update_grace_days),
        )


def _call_to_mind(db: Session, away: Away, member: Member, policies: Policies, *, now: datetime) -> None:
    """Remind those whose turn it is; the cell where nobody above is in the program."""
    away.stalled_at = now
    waiting, keeping = filing_under_way(db, away.id), _others(db, away, now=now)
    key = f"away.stalled:{away.id}:{home_date(now)}"
    buttons = ways_on(away, waiting)
    if away.state == A.RETURNING:
        owed = [ReturnStep(item.step) for item in return_items(db, away.id) if item.done_at is None]
        theirs = phrases.return_stalled(name=member.full_name, steps=[step.value for step in owed])
        _remind(db, away, keeping, theirs, key, policies, now=now, buttons=see_away(away))
        papers = [step.value for step in owed if step in OF_ABROAD]
        if ReturnStep.REPORT in owed or papers:
            first = ReturnStep.REPORT in owed
            mine = phrases.your_report_waits() if first else phrases.your_papers_wait(steps=papers)
            _remind(db, away, [member], mine, key, policies, now=now, buttons=see_away(away))
    elif waiting is None:
        words = phrases.your_away_lapsed(due_on=away.due_on, waiting=None)
        _remind(db, away, [member], words, key, policies, now=now, buttons=buttons)
        theirs = phrases.away_lapsed(name=member.full_name, due_on=away.due_on, waiting=None)
        _remind(db, away, keeping, theirs, key, policies, now=now, buttons=see_away(away))
    elif waiting.state == F.RETURNED:
        _remind(db, away, [member], phrases.your_paper_waits(), key, policies, now=now, buttons=buttons)
    else:
        committee = deciders(db, waiting, policies.away, now=now) if waiting.state == F.PROPOSED else []
        words = phrases.paper_waits(name=member.full_name, state=waiting.state)
        _remind(db, away, committee or keeping, words, key, policies, now=now, buttons=see_filing(waiting))


def _others(db: Session, away: Away, *, now: datetime) -> list[Member]:
    return [one for one in keepers(db, away.cell_id, now=now) if one.id != away.member_id]


def _remind(
    db: Session,
    away: Away,
    people: Sequence[Member],
    words: Text,
    key: str,
    policies: Policies,
    *,
    now: datetime,
    buttons: Buttons,
) -> None:
    if refuses(db, away.member_id, Purpose.AWAY):
        return  # it goes its way on paper: nobody is told of it here
    day = home_date(now)
    about = reminders_of(away)
    remind(db, people, words, key=key, about=about, day=day, policy=policies.away, now=now, buttons=buttons)
