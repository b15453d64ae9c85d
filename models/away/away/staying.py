"""Acts while away: ask for more time, say what has changed, write how it goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.away.away.applying import (
    apply_changes,
    forget_reminders,
    home_date,
    lock_away,
    pending_changes,
    require_speaker,
    retime,
)
from models.away.away.filing import (
    check_dates,
    check_stay,
    extension_for,
    grant,
    open_filing,
    supersede_filing,
)
from models.away.away.refusals import DatesUnfit
from models.away.away.rows import Away, AwayChange, AwayUpdate, Filing, FilingAct, Scan, Stay
from models.away.away.rules import same_length
from models.away.away.states import AWAY, RUNNING, F, FilingKind
from models.away.away.telling import keepers, place_name, see_away, tell_news
from models.delivery.message import Button
from models.ground.clock import same_day
from models.ground.errors import Refused
from models.ground.marking import clean
from models.people.member import Member
from models.people.trail import record_change
from models.phrases.away import away as phrases
from models.policies import Policies


def extend_away(
    db: Session,
    away: Away,
    act: FilingAct,
    *,
    ends_on: date | None = None,
    open_end: bool = False,
    stay: Stay | None = None,
    reason: str = "",
) -> Filing:
    """Ask for more time, with a decision of its own.

    One tap "nothing changed": give neither `ends_on` nor `stay`; it asks for as long as before, as far as one may.
    `open_end`: the end is not known. `stay`: what changed, true from today on. An extension or a late application that
    is under way is superseded. Refuses: AwayOver unless it is active or lapsed, DatesUnfit, TrustedMustKnow, secrets.
    """
    lock_away(db, away, *RUNNING)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, act.by_id, on_paper=act.on_paper, now=act.now)
    clean(reason)
    unchanged = ends_on is None and not open_end and stay in (None, away.stay) and not reason
    wanted = None if open_end else ends_on or same_length(away, act.policies.away)
    if wanted is not None and wanted <= away.due_on:
        raise DatesUnfit(phrases.extension_too_short(due_on=away.due_on))
    check_dates(away.begins_on, wanted, today=home_date(act.now))
    proposal = extension_for(away, wanted, stay, act.policies)
    if stay is not None and stay != away.stay:
        change_away(
            db,
            away,
            stay,
            from_on=home_date(act.now),
            by_id=act.by_id,
            policies=act.policies,
            now=act.now,
            on_paper=act.on_paper,
        )
    supersede_filing(db, away, act)
    filing = open_filing(
        db,
        away,
        act,
        FilingKind.EXTENSION,
        proposal,
        begins_on=away.due_on + timedelta(days=1),
        ends_on=wanted,
        reason=reason,
        unchanged=unchanged,
    )
    forget_reminders(db, away)
    if filing.state == F.NOTED:
        grant(db, away, filing, act.policies, by_id=act.by_id, now=act.now)
    retime(db, away, act.policies, now=act.now)
    return filing


def change_away(
    db: Session,
    away: Away,
    stay: Stay,
    *,
    from_on: date,
    by_id: int,
    policies: Policies,
    now: datetime,
    on_paper: bool = False,
) -> AwayChange:
    """Change place, work, phone or person of trust from a day on. What was true before is kept.

    Clock and rhythm follow from that day. One change may lie ahead: a newer one takes its place. Refuses: AwayOver
    when the member is back, DatesUnfit when the day lies more than a year ahead, TrustedMustKnow, secrets.
    """
    lock_away(db, away, *AWAY)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, by_id, on_paper=on_paper, now=now)
    check_stay(stay)
    if from_on > home_date(now) + timedelta(days=366):
        raise DatesUnfit(phrases.too_far_ahead())
    for ahead in pending_changes(db, away.id):
        db.delete(ahead)
    change = AwayChange(away_id=away.id, from_on=from_on, at=now, by_id=by_id)
    change.after_json = stay.model_dump_json()
    db.add(change)
    db.flush()
    record_change(db, "absence.change", by_id=by_id, member_id=member.id, unit_id=away.cell_id, now=now)
    before = away.stay
    apply_changes(db, away, policies, now=now)
    _tell_of_change(db, away, member, change, moved=stay.place_code != before.place_code, now=now)
    retime(db, away, policies, now=now)
    return change


def send_update(
    db: Session,
    away: Away,
    *,
    text: str,
    by_id: int,
    policies: Policies,
    now: datetime,
    on_paper: bool = False,
    scan: Scan | None = None,
) -> AwayUpdate:
    """Keep a written update, asked for or not; the next is due a turn later. Refuses: AwayOver, Refused when empty."""
    lock_away(db, away, *AWAY)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, by_id, on_paper=on_paper, now=now)
    clean(text, scan.name if scan else "")
    if not text.strip() and scan is None:
        raise Refused(phrases.update_empty())
    row = AwayUpdate(
        away_id=away.id,
        due_on=away.update_due_on if away.update_asked_at else None,
        at=now,
        by_id=by_id,
        on_paper=on_paper,
        file_id=scan.file_id if scan else None,
    )
    beside = [one for one in keepers(db, away.cell_id, now=now) if one.id not in (member.id, by_id)]
    # where nobody else keeps the desk, nobody is left to read it
    row.unread_at = now if beside else None
    row.text, row.file_name = text.strip() or None, scan.name if scan else None
    db.add(row)
    db.flush()
    record_change(db, "absence.update", by_id=by_id, member_id=member.id, unit_id=away.cell_id, now=now)
    plan_update(away, after=home_date(now))
    readers = [one for one in keepers(db, away.cell_id, now=now) if one.id != member.id]
    words = phrases.update_came(name=member.full_name, on_paper=on_paper)
    tell_news(db, readers, words, key=f"away.update:{row.id}", now=now, but=by_id, buttons=see_away(away))
    if by_id != member.id:
        mine = phrases.typed_for_you(by=db.get_one(Member, by_id).full_name, text=row.text or "")
        own = [[Button(phrases.WRITE_UPDATE, f"away:update:{away.id}")]]
        tell_news(db, [member], mine, key=f"away.update:{row.id}", now=now, but=by_id, buttons=own)
    retime(db, away, policies, now=now)
    return row


def plan_update(away: Away, *, after: date) -> None:
    """Plan the next written update, a turn after the last one. Turns that went by while we were down merge."""
    away.update_asked_at = None
    if away.update_months is None:
        away.update_due_on = None
    elif away.begun_at is not None:
        turn = 1
        # from the first day each time: from turn to turn a 31st would become a 28th for good
        while (due := same_day(away.begins_on, away.update_months * turn)) <= after:
            turn += 1
        away.update_due_on = due


def _tell_of_change(
    db: Session, away: Away, member: Member, change: AwayChange, *, moved: bool, now: datetime
) -> None:
    people = [one for one in keepers(db, away.cell_id, now=now) if one.id != member.id]
    words = phrases.changed(
        name=member.full_name,
        place=place_name(change.after.place_code),
        moved=moved,
        from_on=change.from_on,
    )
    buttons = see_away(away)
    key = f"away.changed:{change.id}"
    tell_news(db, people, words, key=key, now=now, but=change.by_id, buttons=buttons)
    mine = phrases.changed_for_you(place=place_name(change.after.place_code), from_on=change.from_on)
    tell_news(db, [member], mine, key=key, now=now, but=change.by_id, buttons=buttons)
