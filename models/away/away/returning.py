"""Coming back, as a checklist: report on arrival, after a time abroad a self-review of it and the supplement to the record,
comment of the place of stay, the exemption ended, the next meeting.

Nothing stays half open: the absence closes when every line is done or waived, and until then whoever owes is reminded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.away.away.applying import (
    follow_home,
    follow_place,
    forget_reminders,
    home_date,
    latest_date,
    lock_away,
    require_speaker,
    retime,
)
from models.away.away.filing import withdraw_under_way
from models.away.away.questions import away_changes, return_items
from models.away.away.refusals import AwayOver, CommentNeeded, DatesUnfit
from models.away.away.rows import Away, FilingAct, ReturnItem, Scan, move_away
from models.away.away.rules import skip_past_steps
from models.away.away.states import OPEN, RUNNING, A, ReturnStep, Route
from models.away.away.telling import keepers, see_away, tell_news
from models.contact.checkin import plan_checkin
from models.ground.clock import HOME_ZONE
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.places import place
from models.people.assignment import end_assignments_of
from models.people.drafts import drop_office_drafts
from models.people.member import Member, set_member_place
from models.people.rights import NotEntitled, Right, may, require
from models.people.trail import record_change
from models.phrases.away import away as phrases
from models.phrases.text import Text
from models.policies import Policies

_SHORT = (
    ReturnStep.REPORT,
    ReturnStep.MEETING,
)  # nothing was granted, so there is nothing to comment on or to end


OF_ABROAD = (ReturnStep.REVIEW, ReturnStep.SUPPLEMENT)  # papers that the member writes and may hand in here


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
    policies: Policies,
    now: datetime,
    on_paper: bool = False,
) -> list[ReturnItem]:
    """Note that the member is back: the checklist opens, an extension is withdrawn, the clock is Vietnam's again.

    Check-ins go on until the checklist is done. Who has no decision yet withdraws the application instead. Refuses:
    AwayOver unless active or lapsed, DatesUnfit (a day that lies ahead, or before the absence began), NotEntitled.
    """
    lock_away(db, away, *RUNNING)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, by_id, on_paper=on_paper, now=now)
    # by the later of two clocks: east of Vietnam it is tomorrow already
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
    db: Session, away: Away, *, by_id: int, policies: Policies, now: datetime, on_paper: bool = False
) -> None:
    """Take back a mistaken return: away again as before. Refuses: AwayOver once anything but the report is done."""
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
    act: FilingAct,
    *,
    happened_on: date | None = None,
    waived: bool = False,
    quiet: bool = False,
) -> bool:
    """Tick one line; True when it was the last one and the absence is closed. See `tick_return_items`."""
    away = db.get_one(Away, item.away_id)
    return tick_return_items(db, away, [item], act, happened_on=happened_on, waived=waived, quiet=quiet)


def tick_return_items(
    db: Session,
    away: Away,
    items: Sequence[ReturnItem],
    act: FilingAct,
    *,
    happened_on: date | None = None,
    waived: bool = False,
    quiet: bool = False,
) -> bool:
    """Tick these lines and tell it in one message; True when nothing is left and the absence is closed.

    The member may tick the report, and hand in the papers of time abroad with their scans; secretary and deputy every line.
    `waived`: not needed, or not to be had; the comment says why. `quiet`: the member has just been told of it otherwise.
    Refuses: NotEntitled, ReturnStepDone, AwayOver, CommentNeeded, DatesUnfit, secrets.
    """
    by_id, policies, now, scan, note = act.by_id, act.policies, act.now, act.scan, act.comment.strip()
    lock_away(db, away, A.RETURNING)
    member = db.get_one(Member, away.member_id)
    keeps = may(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    for item in items:
        # somebody may have ticked it before we had the lock
        db.refresh(item)
        if not keeps and (by_id != member.id or waived or not _is_own(item, scan)):
            raise NotEntitled
        if item.done_at is not None:
            raise ReturnStepDone
    if not items:
        raise ReturnStepDone
    if waived and not note:
        raise CommentNeeded
    if happened_on is not None and happened_on > home_date(now):
        raise DatesUnfit(phrases.lies_ahead())
    clean(note, scan.name if scan else "")
    for item in items:
        item.done_at, item.by_id, item.waived = now, by_id, waived
        item.happened_on, item.note = happened_on or home_date(now), note or None
        if scan is not None:
            item.file_id, item.file_name = scan.file_id, scan.name or None
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
    away.stalled_at = now
    done = all(line.done_at for line in return_items(db, away.id))
    if done:
        _end(db, away, member, policies, by_id=by_id, now=now, at_home=True)
    if done or not quiet:
        steps = [item.step for item in items]
        mine = phrases.your_steps_done(steps=steps, waived=waived, note=note, closed=done)
        theirs = phrases.steps_done(name=member.full_name, steps=steps, waived=waived, note=note, closed=done)
        _tell(db, away, member, theirs, mine, f"step:{items[0].id}", by_id=by_id, now=now)
    retime(db, away, policies, now=now)
    return done


def _is_own(item: ReturnItem, scan: Scan | None) -> bool:
    """Whether the step is the member's own to do."""
    return item.step == ReturnStep.REPORT or (item.step in OF_ABROAD and scan is not None)


def reopen_return_item(db: Session, item: ReturnItem, *, now: datetime) -> None:
    """Reopen a line that was ticked by mistake. Refuses: AwayOver once the absence is closed."""
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
    policies: Policies,
    now: datetime,
) -> None:
    """End it otherwise: transferred for good, no longer on the roster, entered by mistake. The note says which.

    `at_home`: the place is taken off, check-ins stop. What is under way is withdrawn. Only secretary and deputy.
    Refuses: NotEntitled, AwayOver, CommentNeeded, secrets.
    """
    lock_away(db, away, *OPEN)
    require(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if not note.strip():
        raise CommentNeeded
    clean(note)
    withdraw_under_way(db, away, policies, by_id=by_id, now=now)
    member = db.get_one(Member, away.member_id)
    _close(db, away, member, policies, by_id=by_id, now=now, at_home=at_home, note=note.strip())


def _close(
    db: Session,
    away: Away,
    member: Member,
    policies: Policies,
    *,
    by_id: int | None,
    now: datetime,
    at_home: bool,
    note: str = "",
) -> None:
    _end(db, away, member, policies, by_id=by_id, now=now, at_home=at_home, note=note)
    theirs, mine = phrases.closed(name=member.full_name, note=note), phrases.your_away_closed(note=note)
    _tell(db, away, member, theirs, mine, "closed", by_id=by_id, now=now)


def _end(
    db: Session,
    away: Away,
    member: Member,
    policies: Policies,
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
    retime(db, away, policies, now=now)  # the season may come again


def close_departed(db: Session, away: Away, policies: Policies, *, now: datetime) -> None:
    """Close it because the member is no longer on the roster: nothing is asked of anybody any more."""
    move_away(db, away, A.CLOSED, by_id=None, now=now)
    forget_reminders(db, away)
    for contact_id in end_assignments_of(db, away.member_id, now=now):
        drop_office_drafts(db, contact_id, now=now)
    follow_home(db, db.get_one(Member, away.member_id), policies, now=now)


def _open_checklist(db: Session, away: Away) -> list[ReturnItem]:
    for step in _steps(db, away):
        db.add(ReturnItem(away_id=away.id, step=step))
    db.flush()
    return return_items(db, away.id)


def _steps(db: Session, away: Away) -> list[ReturnStep]:
    """Return the steps of the checklist; the papers of time abroad only after such a time (domain.md §1.3, §13)."""
    if away.route == Route.NOTE:
        return list(_SHORT)
    stays = [away.stay, *(one.before for one in away_changes(db, away.id) if one.before)]
    abroad = any(place(stay.place_code).abroad for stay in stays)
    return [step for step in ReturnStep if abroad or step not in OF_ABROAD]


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
    # a return may be begun, taken back and begun again: each is told
    key = f"away.return:{away.id}:{what}:{now:%Y%m%d%H%M%S}"
    others = [one for one in keepers(db, away.cell_id, now=now) if one.id != member.id]
    tell_news(db, others, theirs, key=key, now=now, but=by_id, buttons=see_away(away))
    tell_news(db, [member], mine, key=key, now=now, but=by_id, buttons=see_away(away))
