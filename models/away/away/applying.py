"""What an absence does to the member: place, clock and rhythm follow it; and when time has to look at it next."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.away.away.refusals import AwayOver, FilingSettled, KeptOnPaper
from models.away.away.rows import (
    Away,
    AwayChange,
    AwayHabit,
    Filing,
    FilingAct,
    FilingMove,
    move_filing,
    written_move,
)
from models.away.away.rules import next_moment
from models.away.away.states import OPEN, FilingState
from models.contact.checkin import plan_checkin
from models.contact.sign_of_life import Sign, note_sign
from models.delivery.outbox import cancel_outbox
from models.ground.base import lock
from models.ground.clock import HOME_ZONE, local_date, same_day
from models.ground.marking import clean
from models.people.member import Member, Purpose, refuses, set_member_place
from models.people.rights import NotEntitled, Right, may
from models.people.trail import record_change
from models.policies import Policies


def home_date(now: datetime) -> date:
    return local_date(now, HOME_ZONE)


def latest_date(now: datetime, member: Member) -> date:
    """Return today where the member is or in Vietnam, whichever is further on."""
    return max(home_date(now), local_date(now, member.zone))


def lock_away(db: Session, away: Away, *states: str) -> Away:
    """Lock the row and read it as it is now. Refuses when it is in none of `states`."""
    lock(db, away)
    if states and away.state not in states:
        raise AwayOver(away.state)
    return away


def lock_filing(db: Session, filing: Filing, *states: FilingState) -> Away:
    """Lock the filing and its absence, and read them as they are now. Refuses when somebody was quicker."""
    away = lock_away(db, db.get_one(Away, filing.away_id))
    db.refresh(filing)  # under the lock of its absence
    if states and filing.state not in states:
        raise FilingSettled(filing.state)
    return away


def require_speaker(db: Session, member: Member, by_id: int, *, on_paper: bool, now: datetime) -> None:
    """Refuse everybody but the member, and secretary or deputy from paper: either way there is word of the member."""
    if by_id == member.id and not on_paper:
        note_sign(db, member, Sign.PAPER, at=now)
        return
    if refuses(db, member.id, Purpose.AWAY):
        raise KeptOnPaper(member.full_name)
    keeps = member.cell_id is not None and may(db, by_id, Right.KEEP_ABSENCES, member.cell_id, now=now)
    if not (on_paper and keeps):
        raise NotEntitled
    note_sign(db, member, Sign.PAPER, at=now)


def write_move(
    db: Session,
    filing: Filing,
    after: FilingState,
    act: FilingAct,
    *,
    on: date | None = None,
    filed: str | None = None,
) -> FilingMove:
    """Move a filing, with its dated row. `filed`: the paper as it is filed by this move."""
    clean(act.comment, act.scan.name if act.scan else "")
    before = FilingState(filing.state)
    away = db.get_one(Away, filing.away_id)
    record_change(
        db,
        "absence.filing",
        by_id=act.by_id,
        member_id=away.member_id,
        unit_id=away.cell_id,
        now=act.now,
        detail=str(after),
    )
    written = written_move(
        filing,
        before,
        after,
        by_id=act.by_id,
        now=act.now,
        on=on or home_date(act.now),
        on_paper=act.on_paper,
        comment=act.comment.strip(),
        scan=act.scan,
    )
    written.filed_json = filed
    move_filing(db, filing, after, written)
    db.get_one(Away, filing.away_id).stalled_at = act.now
    return written


def begin_away(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    """Begin it on its first day: the member's place, clock and rhythm follow the absence from now on."""
    away.begun_at = now
    if away.update_months:
        away.update_due_on = same_day(away.begins_on, away.update_months)
    follow_place(db, away, policies, now=now)


def follow_place(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    member = db.get_one(Member, away.member_id)
    set_member_place(member, away.place_code, zone=away.zone)
    plan_checkin(db, member, policies.checkin, now=now)


def follow_home(db: Session, member: Member, policies: Policies, *, now: datetime) -> None:
    """Bring place, clock and rhythm home: the member is not asked to check in any more."""
    set_member_place(member, None)
    plan_checkin(db, member, policies.checkin, now=now)


def apply_changes(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    """Apply the changes whose day has come. What was true before stays in their rows."""
    for change in pending_changes(db, away.id):
        if change.from_on > latest_date(now, db.get_one(Member, away.member_id)):
            continue
        before, after = away.stay, change.after
        change.before_json, change.applied_at = before.model_dump_json(), now
        away.stay = after
        if away.begun_at and (before.place_code, before.zone) != (after.place_code, after.zone):
            follow_place(db, away, policies, now=now)


def pending_changes(db: Session, away_id: int) -> list[AwayChange]:
    ahead = AwayChange.applied_at.is_(None) & AwayChange.after_sealed.is_not(None)
    rows = select(AwayChange).where(AwayChange.away_id == away_id, ahead)
    return list(db.scalars(rows.order_by(AwayChange.from_on, AwayChange.id)))


def retime(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    """Note when time next has something to do with it."""
    db.flush()
    ahead = pending_changes(db, away.id)
    change_on = ahead[0].from_on if ahead else None
    away.next_at = next_moment(away, policies.away, change_on=change_on)
    db.flush()


def recount_aways(db: Session, *, now: datetime) -> None:
    """Let time look at every open absence at once: by the rules of today it finds when it has something to do next."""
    db.execute(update(Away).where(Away.state.in_(OPEN)).values(next_at=now))


def forget_reminders(db: Session, away: Away) -> None:
    cancel_outbox(db, f"away:{away.id}")


def habit_of(db: Session, cell_id: int) -> AwayHabit | None:
    return db.get(AwayHabit, cell_id)
