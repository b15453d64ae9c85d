"""Acts of people, and what begins and ends a ladder."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.ladder.questions import (
    OPEN,
    alerted,
    may_take,
    moves_of,
    open_ladder,
    people_on,
    silent_already,
)
from models.contact.ladder.rows import Ended, Ladder, LadderAlert, LadderRefused, LadderState, move_ladder
from models.contact.policy import LadderPolicy
from models.delivery.message import Button, Buttons, Lane, Message
from models.delivery.outbox import Outbox, OutboxState, cancel_outbox
from models.ground.base import lock
from models.ground.clock import HOME_ZONE, at_wall, decent, local_date
from models.ground.steps import LAST_RUNG, Rung, Steps
from models.people.member import Account, Member, tell
from models.people.rights import NotEntitled, Right, may, require
from models.people.trail import record_act
from models.people.unit import Unit
from models.phrases.contact import ladder as phrases
from models.phrases.text import Text

S = LadderState
MORNING = time(8)  # of the cell's clock: when a promise has lapsed, and when the list is called to mind


class Silence(NamedTuple):
    """A report that became late: what a ladder begins with."""

    member_id: int
    cell_id: int
    checkin_id: int
    due_at: datetime
    day_zero: datetime  # the morning on which the desk hears of it


def steps_of(cell: Unit | None, policy: LadderPolicy) -> Steps:
    """Return the cell's own steps, else the default."""
    return (cell.ladder if cell else None) or policy.steps


# --- it begins ------------------------------------------------------------------------------------------------------


def begin_ladders(
    db: Session, silences: Collection[Silence], policy: LadderPolicy, *, now: datetime
) -> list[Ladder]:
    """Begin a ladder for each member who has none. The oldest silence counts; further late reports belong to it."""
    if not silences:
        return []
    known = silent_already(db, {one.member_id for one in silences})
    # reversed: of several of one member the first, the oldest, stays in the dict
    fresh = {one.member_id: one for one in reversed(list(silences)) if one.member_id not in known}
    cells = {
        cell.id: cell
        for cell in db.scalars(select(Unit).where(Unit.id.in_({s.cell_id for s in fresh.values()})))
    }
    begun = [_ladder(one, steps_of(cells.get(one.cell_id), policy), now=now) for one in fresh.values()]
    db.add_all(begun)
    return begun


def _ladder(silence: Silence, steps: Steps, *, now: datetime) -> Ladder:
    ladder = Ladder(**silence._asdict(), steps=steps, state=S.CLIMBING, begun_at=now)
    ladder.next_at = ladder.rung_at(Rung.CONTACT)
    return ladder


def note_alerted(db: Session, ladder_ids: Iterable[int], told_ids: Iterable[int], *, now: datetime) -> None:
    """Note that these people have heard of these silences. They will hear how they end."""
    told = list(told_ids)
    for ladder_id in ladder_ids:
        known = set(alerted(db, ladder_id))
        db.add_all(LadderAlert(ladder_id=ladder_id, told_id=one, at=now) for one in told if one not in known)
    db.flush()


def note_desk_alerted(
    db: Session, member_ids: Collection[int], told_ids: Collection[int], *, now: datetime
) -> None:
    """Note that the desk's morning list named these members: it is the ladder's day zero."""
    db.flush()
    ids = db.scalars(select(Ladder.id).where(Ladder.member_id.in_(member_ids), OPEN)).all()
    note_alerted(db, ids, told_ids, now=now)


# --- somebody takes it ----------------------------------------------------------------------------------------------


def promise_days(ladder: Ladder, policy: LadderPolicy, *, now: datetime) -> tuple[date, date]:
    """Return the first and the last day by which one may promise to call."""
    today = local_date(now, HOME_ZONE)
    return today, today + timedelta(days=policy.promise_days)


def take_ladder(
    db: Session, ladder: Ladder, *, by_id: int, promised_on: date, policy: LadderPolicy, now: datetime
) -> None:
    """Let `by_id` promise to call by the end of that day, and tell the others.

    Another may take it over; nobody may put it off for themselves.
    """
    member = db.get_one(Member, ladder.member_id)
    if not may_take(db, by_id, member, now=now):
        raise NotEntitled
    lock(db, ladder)
    if ladder.state == S.ENDED:
        raise LadderRefused(phrases.over(name=member.full_name))
    if ladder.state == S.TAKEN and ladder.owner_id == by_id and ladder.promised_on:
        raise LadderRefused(phrases.yours_already(name=member.full_name, on=ladder.promised_on))
    first, last = promise_days(ladder, policy, now=now)
    if not first <= promised_on <= last:
        raise LadderRefused(phrases.day_unfit(first=first, last=last))
    before = ladder.owner_id if ladder.state == S.TAKEN else None
    ladder.owner_id, ladder.promised_on = by_id, promised_on
    ladder.next_at = at_wall(promised_on + timedelta(days=1), MORNING, HOME_ZONE)
    move_ladder(db, ladder, S.TAKEN, now=now, by_id=by_id)
    words = phrases.taken(
        name=member.full_name, by=db.get_one(Member, by_id).full_name, on=promised_on, over=before is not None
    )
    heard = [one for one in alerted(db, ladder.id) if may_take(db, one, member, now=now)]
    others = [one for one in dict.fromkeys([*heard, before]) if one and one != by_id]
    _tell(db, others, words, f"ladder.taken:{ladder.id}:{now:%Y%m%d%H%M%S%f}", now=now)
    note_alerted(db, [ladder.id], [by_id], now=now)


def note_try(db: Session, member_id: int, *, by_id: int, policy: LadderPolicy, now: datetime) -> None:
    """Note a call that did not get through: its promise moves to tomorrow, as long as one may put it off at all."""
    ladder = open_ladder(db, member_id)
    if ladder is None or ladder.state != S.TAKEN or ladder.owner_id != by_id or ladder.promised_on is None:
        return
    tomorrow = local_date(now, HOME_ZONE) + timedelta(days=1)
    taken = [one.at for one in moves_of(db, ladder.id) if one.after == S.TAKEN and one.by_id == by_id]
    # from the first promise on, or trying could put it off for ever
    last = local_date(taken[0], HOME_ZONE) + timedelta(days=policy.promise_days)
    if not ladder.promised_on < tomorrow <= last:
        return
    lock(db, ladder)
    ladder.promised_on = tomorrow
    ladder.next_at = at_wall(tomorrow + timedelta(days=1), MORNING, HOME_ZONE)
    move_ladder(db, ladder, S.TAKEN, now=now, by_id=by_id)


def hand_on(db: Session, member: Member, *, by_id: int, to_id: int, note_id: int, now: datetime) -> bool:
    """Hand a promise on to somebody who is asked to call, and tell them, once for each note of it.

    False: they may not call, cannot be told, or were told before.
    """
    if to_id == by_id or not may_take(db, to_id, member, now=now):
        return False
    ladder = open_ladder(db, member.id)
    if ladder is not None and ladder.state == S.TAKEN and ladder.owner_id == by_id:
        lock(db, ladder)
        _release(db, ladder, now=now)
    to, by = db.get_one(Member, to_id), db.get_one(Member, by_id)
    words = phrases.handed(name=member.full_name, by=by.full_name)
    buttons = [[Button(phrases.TAKE, f"desk:take:{ladder.id}")]] if ladder else []
    buttons.append([Button(phrases.NOTE, f"desk:note:m:{member.id}")])
    key = f"ladder.handed:{note_id}:{to_id}"
    told = tell(db, to, Message(words, buttons), key=key, lane=Lane.ALERT, now=now)
    if told and ladder is not None:
        note_alerted(db, [ladder.id], [to_id], now=now)
    return told


def free_ladders_of(db: Session, person_id: int, *, now: datetime) -> None:
    """Free at once what they promised and may no longer keep, and say so: their office or assignment ended."""
    db.flush()
    theirs = select(Ladder).where(OPEN, Ladder.state == S.TAKEN, Ladder.owner_id == person_id)
    for ladder in db.scalars(theirs).all():
        member = db.get_one(Member, ladder.member_id)
        if not may_take(db, person_id, member, now=now):
            lock(db, ladder)
            _free(db, ladder, member, now=now)


def _free(db: Session, ladder: Ladder, member: Member, *, now: datetime) -> None:
    """Back to where it stood; tomorrow a step whose day has come is climbed, or the list is called to mind."""
    owner = db.get_one(Member, ladder.owner_id)
    _release(db, ladder, now=now)
    words = phrases.freed(name=member.full_name, by=owner.full_name)
    key = f"ladder.freed:{ladder.id}:{now:%Y%m%d%H%M%S%f}"
    see = [[Button(phrases.OPEN, f"desk:ladder:{ladder.id}")]]
    told = people_on(db, ladder, Rung(ladder.rung) if ladder.rung else None, now=now)
    _tell(db, told, words, key, see, now=now)
    note_alerted(db, [ladder.id], told, now=now)


def _release(db: Session, ladder: Ladder, *, now: datetime) -> None:
    ladder.owner_id = ladder.promised_on = None
    move_ladder(db, ladder, S.LISTED if ladder.rung == LAST_RUNG else S.CLIMBING, now=now)
    ladder.next_at = at_wall(local_date(now, HOME_ZONE) + timedelta(days=1), MORNING, HOME_ZONE)


# --- it ends --------------------------------------------------------------------------------------------------------


def end_ladder(
    db: Session,
    member_id: int,
    how: Ended,
    *,
    by_id: int | None,
    now: datetime,
    words: Text | None = None,
    report: Button | None = None,
) -> set[int] | None:
    """End the silence of this member, tell exactly those who were told of it, and return them; None: there was none.

    `by_id` does not hear of their own act. `words`: what to say instead of the usual. `report` goes to those who may
    read reports by what they hold now.
    """
    db.flush()
    ladder = open_ladder(db, member_id)
    if ladder is None:
        return None
    lock(db, ladder)
    if ladder.ended_at is not None:
        return None
    move_ladder(db, ladder, S.ENDED, now=now, by_id=by_id)
    ladder.ended_at, ladder.ended_how, ladder.next_at = now, how, None
    # before their messages are cancelled
    unaware = _told_by_nothing_yet(db, ladder)
    cancel_outbox(db, about(ladder))
    member = db.get_one(Member, member_id)
    said = words or phrases.ended(name=member.full_name, how=how)
    told = [one for one in alerted(db, ladder.id) if one != by_id and one not in unaware]
    for one in told:
        sees = report and may(db, one, Right.SEE_DETAILS, ladder.cell_id, now=now)
        buttons = [[report]] if report and sees else []
        _tell(db, [one], said, f"ladder.ended:{ladder.id}", buttons, guarded=report is not None, now=now)
    db.flush()
    return set(told)


def cancel_ladder(db: Session, ladder: Ladder, *, by_id: int, now: datetime) -> None:
    """Cancel the ladder, as secretary or deputy. From the call list only a result leads away."""
    require(db, by_id, Right.ASK_CHECKIN, ladder.cell_id, now=now)
    name = db.get_one(Member, ladder.member_id).full_name
    lock(db, ladder)
    if ladder.state == S.ENDED:
        raise LadderRefused(phrases.over(name=name))
    if ladder.rung == LAST_RUNG:
        raise LadderRefused(phrases.needs_result(name=name))
    end_ladder(db, ladder.member_id, Ended.CANCELLED, by_id=by_id, now=now)


def postpone_ladders(db: Session, by: timedelta, *, now: datetime) -> int:
    """Move the days of every step and every promise by our outage's length; return how many were moved."""
    open_ones = db.scalars(select(Ladder).where(OPEN)).all()
    for ladder in open_ones:
        ladder.day_zero += by
        if ladder.next_at is not None:
            moved = ladder.next_at + by
            ladder.next_at = decent(moved, HOME_ZONE)
    return len(open_ones)


def set_cell_steps(db: Session, cell: Unit, steps: Steps | None, *, by_id: int, now: datetime) -> None:
    """Set the steps for silences that begin from now on. Those under way keep the steps that they began with."""
    require(db, by_id, Right.SET_RHYTHM, cell.id, now=now)
    cell.ladder = steps
    record_act(db, "rhythm.ladder", by_id=by_id, now=now, unit_id=cell.id)


# --- within ---------------------------------------------------------------------------------------------------------


def about(ladder: Ladder) -> str:
    """Return the matter by which what is not yet said of it is cancelled."""
    return f"ladder:{ladder.id}"


def _told_by_nothing_yet(db: Session, ladder: Ladder) -> set[int]:
    """Whose first word of it still waits for their morning: it is taken back, and they never hear of it."""
    waits = (Outbox.about == about(ladder)) & (Outbox.state == OutboxState.PENDING)
    rows = (
        select(LadderAlert.told_id)
        .join(Account, Account.member_id == LadderAlert.told_id)
        # the alert and its message are written with the same `now`
        .join(Outbox, (Outbox.address == Account.address) & (Outbox.created_at == LadderAlert.at))
        .where(LadderAlert.ladder_id == ladder.id, waits)
    )
    return set(db.scalars(rows))


def _tell(
    db: Session,
    people: Iterable[int],
    words: Text,
    key: str,
    buttons: Buttons = (),
    *,
    guarded: bool = False,
    now: datetime,
) -> None:
    for person_id in people:
        person, message = db.get_one(Member, person_id), Message(words, buttons, guarded=guarded)
        tell(db, person, message, key=f"{key}:{person_id}", lane=Lane.ALERT, now=now)
