"""Coming back, as a checklist: report on arrival, comment of the place of stay, the exemption ended, the next meeting.

Nothing stays half open: the absence closes when every line is done or waived, and until then whoever owes is reminded.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from models.assignment import end_assignments_of
from models.away.applying import (
    follow_home,
    follow_place,
    forget_reminders,
    home_date,
    latest_date,
    lock_away,
    require_speaker,
    retime,
)
from models.away.filing import withdraw_under_way
from models.away.questions import return_items
from models.away.refusals import AwayOver, CommentNeeded, DatesUnfit, check_texts
from models.away.rows import Away, AwayPolicies, ReturnItem, Scan, move_away
from models.away.rules import skip_past_steps
from models.away.states import OPEN, RUNNING, A, ReturnStep, Route
from models.away.telling import keepers, see_away, tell_news
from models.checkin import plan_checkin
from models.clock import HOME_ZONE
from models.drafts import drop_office_drafts
from models.errors import Refused
from models.member import Member, set_member_place
from models.phrases import away as phrases
from models.phrases.text import Text
from models.rights import NotEntitled, Right, may, require
from models.trail import record_change

_SHORT = (
    ReturnStep.REPORT,
    ReturnStep.MEETING,
)  # nothing was granted, so there is nothing to comment on or to end


class ReturnStepDone(Refused):
    """This line of the checklist is done already."""

    def __init__(self) -> None:
        super().__init__(phrases.step_done_already())


def begin_return(
    db: Session,
    away: Away,
    *,
    returned_on: date,
    by_id: int,
    policies: AwayPolicies,
    now: datetime,
    on_paper: bool = False,
) -> list[ReturnItem]:
    """The member is back: the checklist opens, an extension under way is withdrawn, the clock is Vietnam's again.

    Check-ins go on until the checklist is done. Who has no decision yet withdraws the application instead. Refuses:
    AwayOver unless active or lapsed, DatesUnfit (a day that lies ahead, or before the absence began), NotEntitled.
    """
    lock_away(db, away, *RUNNING)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, by_id, on_paper=on_paper, now=now)
    if returned_on > latest_date(now, member):
        raise DatesUnfit(phrases.lies_ahead())
    if returned_on < away.begins_on:
        raise DatesUnfit(phrases.back_before_begin(begins_on=away.begins_on))
    withdraw_under_way(db, away, policies, by_id=by_id, now=now)
    away.returned_on = returned_on
    move_away(db, away, A.RETURNING, by_id=by_id, now=now)
    forget_reminders(db, away)
    items = _open_checklist(db, away)
    if away.begun_at is not None:
        set_member_place(member, away.place_code, zone=HOME_ZONE)
        plan_checkin(db, member, policies.checkin, now=now)
    words = phrases.return_begun(name=member.full_name, on=returned_on)
    _tell(db, away, member, words, phrases.your_return_begun(on=returned_on), "begun", by_id=by_id, now=now)
    retime(db, away, policies, now=now)
    return items


def resume_away(
    db: Session, away: Away, *, by_id: int, policies: AwayPolicies, now: datetime, on_paper: bool = False
) -> None:
    """The return was a mistake: away again as before. Refuses: AwayOver once anything but the report is done."""
    lock_away(db, away, A.RETURNING)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, by_id, on_paper=on_paper, now=now)
    items = return_items(db, away.id)
    if any(item.done_at and item.step != ReturnStep.REPORT for item in items):
        raise AwayOver(away.state)
    for item in items:
        db.delete(item)
    away.returned_on = None
    running = home_date(now) <= away.due_on
    move_away(db, away, A.ACTIVE if running else A.LAPSED, by_id=by_id, now=now)
    skip_past_steps(away, policies.away, home_date(now))
    if away.begun_at is not None:
        follow_place(db, away, policies, now=now)
    words = phrases.resumed(name=member.full_name)
    _tell(db, away, member, words, phrases.you_resumed(), "resumed", by_id=by_id, now=now)
    retime(db, away, policies, now=now)


def tick_return_item(
    db: Session,
    item: ReturnItem,
    *,
    by_id: int,
    policies: AwayPolicies,
    now: datetime,
    happened_on: date | None = None,
    waived: bool = False,
    note: str = "",
    scan: Scan | None = None,
) -> bool:
    """One line is done; True when that was the last one and the absence is closed.

    The member may tick the report; secretary and deputy every line. `waived`: not needed, or not to be had; the note
    says why. Refuses: NotEntitled, ReturnStepDone, AwayOver, CommentNeeded, DatesUnfit, secrets.
    """
    away = lock_away(db, db.get_one(Away, item.away_id), A.RETURNING)
    member = db.get_one(Member, away.member_id)
    db.refresh(item)
    is_own_report = by_id == member.id and item.step == ReturnStep.REPORT and not waived
    if not is_own_report and not may(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now):
        raise NotEntitled
    if item.done_at is not None:
        raise ReturnStepDone
    if waived and not note.strip():
        raise CommentNeeded
    if happened_on is not None and happened_on > home_date(now):
        raise DatesUnfit(phrases.lies_ahead())
    check_texts(note, scan.name if scan else "")
    item.done_at, item.by_id, item.waived = now, by_id, waived
    item.happened_on, item.note = happened_on or home_date(now), note.strip() or None
    if scan is not None:
        item.file_id, item.file_name = scan.file_id, scan.name or None
    away.stalled_at = now
    db.flush()
    record_change(
        db,
        "absence.return",
        by_id=by_id,
        member_id=member.id,
        unit_id=away.cell_id,
        now=now,
        detail=str(item.step),
    )
    mine = phrases.your_step_done(step=item.step, waived=waived, note=note.strip())
    theirs = phrases.step_done(name=member.full_name, step=item.step)
    _tell(db, away, member, theirs, mine, f"step:{item.id}", by_id=by_id, now=now)
    done = all(line.done_at for line in return_items(db, away.id))
    if done:
        _close(db, away, member, policies, by_id=by_id, now=now, at_home=True)
    retime(db, away, policies, now=now)
    return done


def reopen_return_item(db: Session, item: ReturnItem, *, now: datetime) -> None:
    """What ticked it was a mistake. Refuses: AwayOver once the absence is closed."""
    away = lock_away(db, db.get_one(Away, item.away_id), A.RETURNING)
    item.done_at = item.happened_on = item.by_id = item.file_id = item.file_name = item.note = None
    away.stalled_at = now
    db.flush()


def close_away(
    db: Session,
    away: Away,
    *,
    note: str,
    at_home: bool,
    by_id: int,
    policies: AwayPolicies,
    now: datetime,
) -> None:
    """End it otherwise: transferred for good, no longer on the roster, entered by mistake; the note says which.

    `at_home`: the place is taken off, check-ins stop. What is under way is withdrawn. Only secretary and deputy.
    Refuses: NotEntitled, AwayOver, CommentNeeded, secrets.
    """
    lock_away(db, away, *OPEN)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if not note.strip():
        raise CommentNeeded
    check_texts(note)
    withdraw_under_way(db, away, policies, by_id=by_id, now=now)
    member = db.get_one(Member, away.member_id)
    _close(db, away, member, policies, by_id=by_id, now=now, at_home=at_home, note=note.strip())


def _close(
    db: Session,
    away: Away,
    member: Member,
    policies: AwayPolicies,
    *,
    by_id: int | None,
    now: datetime,
    at_home: bool,
    note: str = "",
) -> None:
    move_away(db, away, A.CLOSED, by_id=by_id, now=now, note=note)
    forget_reminders(db, away)
    for contact_id in end_assignments_of(db, member.id, now=now):
        drop_office_drafts(db, contact_id, now=now)
    if at_home:
        follow_home(db, member, policies, now=now)
    theirs, mine = phrases.closed(name=member.full_name, note=note), phrases.your_away_closed(note=note)
    _tell(db, away, member, theirs, mine, "closed", by_id=by_id, now=now)


def close_departed(db: Session, away: Away, policies: AwayPolicies, *, now: datetime) -> None:
    """The member is no longer on the roster: nothing is asked of anybody any more."""
    move_away(db, away, A.CLOSED, by_id=None, now=now)
    forget_reminders(db, away)
    for contact_id in end_assignments_of(db, away.member_id, now=now):
        drop_office_drafts(db, contact_id, now=now)
    follow_home(db, db.get_one(Member, away.member_id), policies, now=now)


def _open_checklist(db: Session, away: Away) -> list[ReturnItem]:
    steps = _SHORT if away.route == Route.NOTE else tuple(ReturnStep)
    for step in steps:
        db.add(ReturnItem(away_id=away.id, step=step))
    db.flush()
    return return_items(db, away.id)


def _tell(
    db: Session,
    away: Away,
    member: Member,
    theirs: Text,
    mine: Text,
    what: str,
    *,
    by_id: int | None,
    now: datetime,
) -> None:
    key = f"away.return:{away.id}:{what}:{now:%Y%m%d%H%M%S}"
    others = [one for one in keepers(db, away.cell_id, now=now) if one.id != member.id]
    tell_news(db, others, theirs, key=key, now=now, but=by_id, buttons=see_away(away))
    tell_news(db, [member], mine, key=key, now=now, but=by_id, buttons=see_away(away))
