"""Acts of people: the member answers, the secretary asks, excuses, reminds, or has reached somebody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin.acts_of_time import Handful, open_checkin, rested
from models.contact.checkin.gist import first_words, gist_of, subject_of
from models.contact.checkin.planning import about, ask, give_grace, plan_checkin
from models.contact.checkin.questions import load_asked, owed_checkins, silenced_checkin
from models.contact.checkin.rows import (
    MOVES,
    OWING,
    Checkin,
    CheckinKind,
    CheckinMove,
    CheckinSettled,
    CheckinState,
    Report,
    move,
)
from models.contact.checkin.rules import (
    ask_anew,
    is_paused,
    look_back_at,
    next_moment,
    rhythm_of,
    went_slowly,
)
from models.contact.contact_note import (
    ContactNote,
    ContactOutcome,
    Means,
    add_words,
    desk_beside,
    record_contact_note,
)
from models.contact.ladder import Ended, end_ladder, note_try
from models.contact.policy import CheckinPolicy
from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import Button, Lane, Message, Writer
from models.delivery.outbox import cancel_outbox, enqueue_all, is_on_its_way
from models.ground.base import lock
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.people.member import Member, decent_for, tell
from models.people.rights import desk_of
from models.people.trail import record_change
from models.phrases.contact import checkin as phrases, contact_note as contact_words
from models.phrases.text import Text

S = CheckinState


def answer_checkin(
    db: Session, checkin: Checkin, report: Report, *, by_id: int, policy: CheckinPolicy, now: datetime
) -> None:
    """Keep the answer, or its correction; stop what is under way about it; tell those who were alerted."""
    before = _keep_answer(db, checkin, report, by_id=by_id, policy=policy, now=now)
    _tell_alerted(db, checkin, Ended.ANSWERED, before=before, now=now)
    if before is S.SCHEDULED:
        plan_checkin(db, db.get_one(Member, checkin.member_id), policy, now=now)


def _keep_answer(
    db: Session, checkin: Checkin, report: Report, *, by_id: int, policy: CheckinPolicy, now: datetime
) -> CheckinState:
    """The state that it was in before."""
    before = _lock(db, checkin)
    if now >= checkin.closes_at:
        raise CheckinSettled(checkin)
    # before it is settled: that it was late is read from its state
    if before is not S.ANSWERED and went_slowly(checkin, policy):
        checkin.pattern_at = look_back_at(checkin.zone, now=now)
    _settle(db, checkin, S.ANSWERED, by_id=by_id, now=now)
    was, checkin.report_json = checkin.report_json, report.model_dump_json(exclude_defaults=True)
    checkin.answered_at, checkin.answered_by = now, by_id
    if checkin.report_json != was:
        _mark_unread(db, checkin, report, now=now)
    if by_id == checkin.member_id:
        note_sign(db, db.get_one(Member, by_id), Sign.REPORT, at=now)
    return before


def volunteer_checkin(
    db: Session, member: Member, report: Report, policy: CheckinPolicy, *, now: datetime
) -> Checkin | None:
    """Keep a report that nobody asked for and tell secretary and deputy. None: the member is in no cell."""
    if member.cell_id is None:
        return None
    checkin = Checkin(
        member_id=member.id,
        cell_id=member.cell_id,
        kind=CheckinKind.VOLUNTARY,
        state=S.ANSWERED,
        zone=member.zone,
        period=local_date(now, member.zone),
        opens_at=now,
        due_at=now,
        late_at=now,
        closes_at=now + timedelta(days=policy.correct_days),
        answered_at=now,
        answered_by=member.id,
    )
    checkin.report_json = report.model_dump_json(exclude_defaults=True)
    db.add(checkin)
    db.flush()
    note_sign(db, member, Sign.REPORT, at=now)
    _mark_unread(db, checkin, report, now=now)
    words, see = _news(db, checkin), _see(checkin)
    told = end_ladder(db, member.id, Ended.ANSWERED, by_id=member.id, words=words, report=see, now=now)
    _tell_desk(db, checkin, words, key="checkin.volunteered", but=told or set(), now=now)
    return checkin


def open_due_checkins(db: Session, member: Member, policy: CheckinPolicy, *, now: datetime) -> None:
    """Open what is due and was not asked yet (we were down, it is night): its member is looking at it, unasked.

    Time does not ask again, and whoever looks sees the days as they are once it is open.
    """
    due = select(Checkin).where(
        Checkin.member_id == member.id, Checkin.state == S.SCHEDULED, Checkin.opens_at <= now
    )
    for checkin in db.scalars(due.order_by(Checkin.opens_at)).all():
        handful = Handful(db, policy, now)
        open_checkin(handful, checkin, load_asked(db, [member.id])[member.id])
        handful.letters.clear()  # the question is on their screen
        handful.write()


def excuse_checkin(
    db: Session, checkin: Checkin, *, until: datetime, reason: str | None, by_id: int, now: datetime
) -> None:
    """Ask no more questions about it until then; the member is told by whom, and why."""
    _lock(db, checkin)
    _settle(db, checkin, S.EXCUSED, by_id=by_id, now=now)
    checkin.excused_until, checkin.excuse = until, reason
    checkin.due_at = min(max(checkin.due_at, until), checkin.closes_at)
    checkin.late_at = max(checkin.late_at, checkin.due_at)
    checkin.next_at = min(until, checkin.closes_at)
    record_change(db, "checkin.excuse", by_id=by_id, member_id=checkin.member_id, now=now)
    end_ladder(db, checkin.member_id, Ended.EXCUSED, by_id=by_id, now=now)
    member, by = db.get_one(Member, checkin.member_id), db.get_one(Member, by_id)
    words = phrases.excused(by=by.full_name, until=until, zone=member.zone, reason=reason)
    key = f"checkin.excused:{checkin.id}:{now:%Y%m%d%H%M%S}"
    tell(db, member, Message(words), key=key, lane=Lane.ALERT, now=now)


def remind_checkin_again(db: Session, checkin: Checkin, *, by_id: int, now: datetime) -> bool:
    """Send one more reminder for the secretary, at most one a day. False: it was sent today, or cannot be sent."""
    if checkin.state not in OWING:
        raise CheckinSettled(checkin)
    asked = load_asked(db, [checkin.member_id])[checkin.member_id]
    key = f"checkin.remind:{checkin.id}:{local_date(now, HOME_ZONE)}"
    at = decent_for(asked.member, now)
    record_change(db, "checkin.remind", by_id=by_id, member_id=checkin.member_id, now=now)
    return enqueue_all(db, ask(checkin, asked, key=key, now=now, not_before=at, again=True)) > 0


def ask_checkin_now(
    db: Session,
    member: Member,
    *,
    question: str,
    due_at: datetime,
    by_id: int,
    policy: CheckinPolicy,
    now: datetime,
) -> Checkin | None:
    """Ask one member for a report out of turn (đột xuất); None when they are not asked to check in at all."""
    db.flush()
    asked = load_asked(db, [member.id])[member.id]
    rhythm = rhythm_of(member, asked.cell, policy)
    if not asked.is_asked or member.cell_id is None or is_paused(asked.pause, member, rhythm, now=now):
        return None
    opens_at = decent_for(member, now)
    # at night it opens in the morning, which may be past the time that was given
    due_at = max(due_at, opens_at + timedelta(hours=1))
    late_at = due_at + timedelta(hours=policy.adhoc_grace_hours)
    checkin = Checkin(
        member_id=member.id,
        cell_id=member.cell_id,
        kind=CheckinKind.ADHOC,
        state=S.SCHEDULED,
        zone=member.zone,
        period=local_date(now, HOME_ZONE),
        opens_at=opens_at,
        due_at=due_at,
        late_at=late_at,
        closes_at=late_at + timedelta(days=30),
        next_at=opens_at,
        nudges=0,
        asked_by=by_id,
    )
    checkin.question = question
    db.add(checkin)
    db.flush()
    record_change(db, "checkin.ask", by_id=by_id, member_id=member.id, now=now)
    if opens_at <= now:
        handful = Handful(db, policy, now)
        open_checkin(handful, checkin, asked)
        handful.write()
    return checkin


def rest_checkins(
    db: Session,
    member: Member,
    *,
    by_id: int | None,
    now: datetime,
    words: Text | None = None,
    see: Button | None = None,
) -> tuple[list[Checkin], set[int]]:
    """Settle what is open because a pause begins.

    Return it, and the ids of those told that they need not call any more.

    `words`, `see`: what they are told, instead of the usual.
    """
    settled = owed_checkins(db, member.id)
    for checkin in settled:
        db.add(CheckinMove(**rested(checkin, now=now, by_id=by_id)))
    cancel_outbox(db, *map(about, settled))
    told = end_ladder(db, member.id, Ended.PAUSED, by_id=by_id, now=now, words=words, report=see)
    return settled, told or set()


def wake_checkin(
    db: Session,
    member: Member,
    policy: CheckinPolicy,
    *,
    by_id: int | None,
    not_within: timedelta,
    now: datetime,
) -> Checkin | None:
    """Ask at the end of a pause the turn that it silenced, unless the next one is `not_within` this time.

    None: the rhythm simply goes on. Saying it is left to the caller, who has more to say.
    """
    planned = plan_checkin(db, member, policy, now=now)
    rested = silenced_checkin(db, member.id)
    if planned is None or rested is None or planned.opens_at - now < not_within:
        return None
    asked = load_asked(db, [member.id])[member.id]
    move(db, rested, S.OPEN, now=now, by_id=by_id)
    rested.zone, rested.closes_at = planned.zone, planned.opens_at
    ask_anew(rested, rhythm_of(member, asked.cell, policy), policy, now=now)
    return rested


def set_own_grace(
    db: Session, member: Member, days: int, policy: CheckinPolicy, *, by_id: int, now: datetime
) -> None:
    """Add so many days to the rhythm's grace. A member who owes an answer now has them, too."""
    more = days - (member.grace_days or 0)
    member.grace_days = days or None
    db.flush()
    record_change(db, "rhythm.grace", by_id=by_id, member_id=member.id, now=now, detail=str(days))
    plan_checkin(db, member, policy, now=now)
    asked = load_asked(db, [member.id])[member.id]
    for checkin in asked.unsettled:
        if checkin.state in (S.OPEN, S.NUDGED) and more > 0:
            last = max(checkin.due_at, checkin.closes_at - timedelta(days=1))
            checkin.late_at = min(checkin.late_at + timedelta(days=more), last)
            checkin.next_at = next_moment(
                checkin, rhythm_of(member, asked.cell, policy), policy.days_off, now=now
            )


def record_contact(
    db: Session,
    member: Member,
    *,
    channel: Means,
    happened_on: date,
    result: str,
    by_id: int,
    policy: CheckinPolicy,
    now: datetime,
    outcome: ContactOutcome = ContactOutcome.REACHED,
) -> ContactNote:
    """Note that somebody reached the member: what is open is answered on their behalf. An attempt settles nothing."""
    reached = outcome == ContactOutcome.REACHED
    owed = [checkin for checkin in owed_checkins(db, member.id) if checkin.closes_at > now]
    note = record_contact_note(
        db,
        member,
        channel=channel,
        outcome=outcome,
        happened_on=happened_on,
        result=result,
        by_id=by_id,
        now=now,
        checkin_id=owed[0].id if owed and reached else None,
    )
    if not reached:
        _try_again_tomorrow(db, owed, member, by_id=by_id, policy=policy, now=now)
        return note
    for checkin in owed:
        _keep_answer(db, checkin, Report(note=result), by_id=by_id, policy=policy, now=now)
        # on the desk the note is read, not each report that it has answered
        checkin.note_id, checkin.unread_at = note.id, None
    words, see = _contacted(db, note), Button(contact_words.SEE, f"desk:contact:{note.id}")
    told = end_ladder(db, member.id, Ended.CONTACTED, by_id=by_id, words=words, report=see, now=now)
    if note.unread_at is not None or any(checkin.alerted_at for checkin in owed):
        _tell_beside(db, member, by_id, words, see, key=f"contact.settled:{note.id}", but=told or (), now=now)
    return note


def add_contact_words(db: Session, note: ContactNote, words: str, *, now: datetime) -> None:
    """Add what was said to a call that is noted already: it stands in the note, and in what the note has settled."""
    add_words(db, note, words, now=now)
    for checkin in db.scalars(select(Checkin).where(Checkin.note_id == note.id)):
        checkin.report_json = Report(note=note.result or "").model_dump_json(exclude_defaults=True)
    member = db.get_one(Member, note.member_id)
    see = Button(contact_words.SEE, f"desk:contact:{note.id}")
    key = f"contact.words:{note.id}:{now:%Y%m%d%H%M%S%f}"
    _tell_beside(db, member, note.by_id, _contacted(db, note), see, key=key, now=now)


class Unread(Protocol):
    unread_at: Any  # of a report, a note, a written update


def mark_read(db: Session, row: Unread, member_id: int, *, by_id: int, now: datetime) -> None:
    """Note that somebody at the desk has read it: it leaves the queue, and the trail says who that was."""
    if row.unread_at is not None:
        row.unread_at = None
        record_change(db, "checkin.read", by_id=by_id, member_id=member_id, now=now)


def write_back(db: Session, checkin: Checkin, words: Text, *, by_id: int, now: datetime) -> bool:
    """Answer a report from the desk. The words are kept in the member's chat alone."""
    member = db.get_one(Member, checkin.member_id)
    record_change(db, "checkin.reply", by_id=by_id, member_id=member.id, now=now)
    ways = [[Button(phrases.VOLUNTEER, "checkin:volunteer")]]
    key = f"checkin.reply:{checkin.id}:{now:%Y%m%d%H%M%S%f}"
    message = Message(words, ways, writer=Writer(by_id, f"desk:reply:{checkin.id}"))
    return tell(db, member, message, key=key, lane=Lane.ALERT, now=now)


def _try_again_tomorrow(
    db: Session,
    owed: Collection[Checkin],
    member: Member,
    *,
    by_id: int,
    policy: CheckinPolicy,
    now: datetime,
) -> None:
    """Note that somebody tried to phone in vain: the day by which to phone becomes tomorrow at the earliest."""
    tomorrow = at_wall(local_date(now, HOME_ZONE) + timedelta(days=1), time(policy.alert_hour), HOME_ZONE)
    for checkin in owed:
        if checkin.phone_by is not None:
            checkin.phone_by = max(checkin.phone_by, tomorrow)
    note_try(db, member.id, by_id=by_id, policy=policy.ladder, now=now)


def _contacted(db: Session, note: ContactNote) -> Text:
    return phrases.contacted(
        name=db.get_one(Member, note.member_id).full_name,
        by=db.get_one(Member, note.by_id).full_name,
        channel=note.channel,
        said=first_words(note.result or ""),
    )


def ask_again_after_silence(
    db: Session, member: Member, policy: CheckinPolicy, *, since: datetime, now: datetime
) -> None:
    """Ask once more what the member owes, who can be reached again (unblocked the bot, has a new chat).

    `since`: when the silence began. What is on its way all the same, or has just arrived, is not asked twice.
    """
    db.flush()
    asked = load_asked(db, [member.id])[member.id]
    for checkin in owed_checkins(db, member.id):
        owes = checkin.state in (S.OPEN, S.NUDGED) and checkin.closes_at > now
        if asked.account is None or not asked.is_asked or not owes:
            continue
        at = decent_for(member, now)
        key = f"checkin.back:{checkin.id}:{local_date(now, member.zone)}"
        knows = is_on_its_way(db, f"checkin:{checkin.id}", address=asked.account.address, since=since)
        if knows or enqueue_all(db, ask(checkin, asked, key=key, now=now, not_before=at)):
            give_grace(checkin, asked, policy, now=now)


def _lock(db: Session, checkin: Checkin) -> CheckinState:
    """The row as it is now, for this transaction alone (PostgreSQL; SQLite has one writer)."""
    lock(db, checkin)
    return CheckinState(checkin.state)


def _settle(db: Session, checkin: Checkin, state: CheckinState, *, by_id: int, now: datetime) -> None:
    if state not in MOVES[CheckinState(checkin.state)]:
        raise CheckinSettled(checkin)
    move(db, checkin, state, now=now, by_id=by_id)
    checkin.next_at = checkin.alert_at = None
    cancel_outbox(db, about(checkin))


def _tell_alerted(db: Session, checkin: Checkin, how: Ended, *, before: CheckinState, now: datetime) -> None:
    """Those on the member's ladder; where there was none, the desk that was told of it, or that has to read it."""
    words, see, by = _news(db, checkin), _see(checkin), checkin.answered_by
    told = end_ladder(db, checkin.member_id, how, by_id=by, words=words, report=see, now=now)
    fresh = checkin.unread_at == now  # it tells something, and it is not a word more than what was read
    waited = (
        checkin.alerted_at is not None and before is not S.ANSWERED and not _has_just_answered(db, checkin)
    )
    # who needs help has opened a request, and that tells the desk
    if fresh and checkin.report is not None and not checkin.report.needs_help:
        key = f"checkin.told:{checkin.id}:{now:%Y%m%d%H%M%S%f}"
        _tell_desk(db, checkin, words, key=key, but=told or (), now=now)
    elif told is None and waited:
        _tell_desk(db, checkin, words, key="checkin.answered", now=now)


def _has_just_answered(db: Session, checkin: Checkin) -> bool:
    """Another one that the desk waited for, within the hour: it has heard from the member, once is enough."""
    others = select(Checkin.id).where(
        Checkin.member_id == checkin.member_id,
        Checkin.id != checkin.id,
        Checkin.alerted_at.is_not(None),
        Checkin.answered_at > (checkin.answered_at or checkin.opens_at) - timedelta(hours=1),
    )
    return db.scalar(others.limit(1)) is not None


def _mark_unread(db: Session, checkin: Checkin, report: Report, *, now: datetime) -> None:
    """It waits for somebody at the desk to read it, where there is somebody else than who wrote it."""
    member = db.get_one(Member, checkin.member_id)
    read_by_others = desk_beside(db, member, checkin.answered_by, now=now)
    checkin.unread_at = now if report.tells and read_by_others else None


def _news(db: Session, checkin: Checkin) -> Text:
    """What the desk is told of an answer: what it is about, and its first words where it has any."""
    report = checkin.report or Report()
    return phrases.answered(
        name=db.get_one(Member, checkin.member_id).full_name,
        about=subject_of(checkin),
        gist=gist_of(report),
        still_owes=bool(owed_checkins(db, checkin.member_id)),
    )


def _see(checkin: Checkin) -> Button:
    return Button(phrases.SEE_REPORT, f"desk:report:{checkin.id}")


def _tell_beside(
    db: Session,
    member: Member,
    by_id: int,
    words: Text,
    see: Button,
    *,
    key: str,
    but: Collection[int] = (),
    now: datetime,
) -> None:
    """To secretary and deputy, but not to who did it, to whom it is about, nor to those who were told already."""
    for holder_id in desk_beside(db, member, by_id, now=now):
        if holder_id not in but:
            holder, message = db.get_one(Member, holder_id), Message(words, [[see]], guarded=True)
            tell(db, holder, message, key=f"{key}:{holder_id}", lane=Lane.ALERT, now=now)


def _tell_desk(
    db: Session, checkin: Checkin, words: Text, *, key: str, now: datetime, but: Collection[int] = ()
) -> None:
    """To secretary and deputy, but not to the one who did it, nor to those who were told already."""
    message = Message(words, [[_see(checkin)]], guarded=True)
    for holder_id in desk_of(db, checkin.cell_id, now=now):
        if holder_id != checkin.answered_by and holder_id not in but:
            holder = db.get_one(Member, holder_id)
            tell(db, holder, message, key=f"{key}:{checkin.id}:{holder_id}", lane=Lane.ALERT, now=now)
