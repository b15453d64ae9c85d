"""Who is told what of a meeting: singly, once, never with the link in the words.

knows, knew    the edition last said to somebody, and the one before. What still waits for the morning is unsaid when
               something newer comes, and then they know what they knew before
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from models.away.away import open_away
from models.contact.reach import Reach, out_of_reach, reach_of
from models.delivery.message import Attachment, Button, Lane, Message
from models.delivery.outbox import cancel_outbox, pending_until
from models.ground.clock import is_night
from models.ground.places import place
from models.meeting.meeting.calendar import CalendarEntry, calendar_of
from models.meeting.meeting.questions import (
    Invited,
    agreeing,
    facts_of_edition,
    invitations_of,
    papers_of,
)
from models.meeting.meeting.rows import (
    Facts,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    MeetingKind,
    MeetingState,
)
from models.meeting.meeting.rules import ANSWERS, ASKS_AGAIN, LINK_BEFORE, differences
from models.people.member import Member, Purpose, decent_for, night_of, tell
from models.people.rights import desk_of
from models.phrases import common
from models.phrases.meeting import meeting as phrases
from models.phrases.text import Lang, Text, named, raw

CODES = {
    MeetingAnswer.ONLINE: "on",
    MeetingAnswer.IN_PERSON: "in",
    MeetingAnswer.ABSENT: "no",
    MeetingAnswer.PART: "part",
}


def about(invitation: Invitation) -> str:
    """Return the outbox matter of one person and one meeting, by which what still waits can be unsaid."""
    return f"invitation:{invitation.id}"


def about_nudge(invitation: Invitation) -> str:
    return f"meeting_nudge:{invitation.id}"


def facts_of(db: Session, meeting: Meeting) -> Facts:
    """Return the facts as they stand now."""
    return Facts(
        kind=MeetingKind(meeting.kind),
        form=MeetingForm(meeting.form),
        starts_at=None if meeting.state == MeetingState.POSTPONED else meeting.starts_at,
        minutes=meeting.minutes,
        place=meeting.place or "",
        link=meeting.link or "",
        agenda=meeting.agenda or "",
        papers=tuple(paper.title for paper in papers_of(db, meeting.id)),
    )


def whereabouts(db: Session, member: Member) -> Text | None:
    """Return the reader's own word for where their clock is: the town they declared, else the place; None at home."""
    away = open_away(db, member.id) if member.place_code else None
    if away is not None and away.city and away.place_code == member.place_code:
        return raw(away.city)
    return place_word(member)


def place_word(member: Member) -> Text | None:
    """Return province or country, as the desk also knows it.

    Where a country has several clocks, with the clock's city.
    """
    if member.place_code is None:
        return None
    where = place(member.place_code)
    if len(where.zones) == 1:
        return named(where.vi, where.en)
    city = member.zone.rpartition("/")[2].replace("_", " ")
    return named(f"{where.vi}, {city}", f"{where.en}, {city}")


def as_read(
    db: Session, meeting: Meeting, facts: Facts, member: Member, invitation: Invitation
) -> phrases.Shown:
    """Return a meeting's facts as plain values for one reader."""
    return phrases.Shown(
        kind=facts.kind,
        form=facts.form,
        starts_at=facts.starts_at,
        minutes=facts.minutes,
        answer_by=meeting.answer_by,
        place=facts.place,
        has_link=bool(facts.link),
        agenda=facts.agenda,
        papers=facts.papers,
        in_room_only=meeting.in_room_only,
        capacity=invitation.capacity,
        zone=member.zone,
        where=whereabouts(db, member),
        is_night=facts.starts_at is not None
        and is_night(facts.starts_at - LINK_BEFORE, member.zone, night_of(member)),
    )


def answer_buttons(
    meeting: Meeting, invitation: Invitation, *, without: Sequence[MeetingAnswer] = ()
) -> list[list[Button]]:
    """Return one button for each answer that the form allows. It carries the edition that it answers."""
    answers = [
        Button(
            phrases.answer_button(answer=answer, chosen=answer == invitation.answer),
            f"meeting:answer:{invitation.id}:{CODES[answer]}:{meeting.edition}",
        )
        for answer in ANSWERS[MeetingForm(meeting.form)]
        if answer not in without
    ]
    rows = [answers[at : at + 2] for at in range(0, len(answers), 2)]
    return [*rows, [Button(phrases.SEE, f"meeting:see:{meeting.id}")]]


# --- the invited ----------------------------------------------------------------------------------------------------


def tell_all(db: Session, meeting: Meeting, *, by_id: int | None, now: datetime) -> None:
    """Bring everybody invited to the newest edition: an invitation, or what has changed since they were told."""
    invited = invitations_of(db, meeting.id)
    willing = agreeing(db, [one.member.id for one in invited])
    facts = facts_of(db, meeting)
    for one in invited:
        if one.invitation.knows == meeting.edition:
            continue
        _unsay(db, one.invitation)
        if one.member.id == by_id:  # whoever does it knows
            _ask_again(one.invitation, _changed(db, meeting, one.invitation, facts))
            _knows_now(one.invitation, meeting)
        elif one.member.id in willing:
            _tell_one(db, meeting, one, facts, now=now)
    _tell_calendars(db, meeting, now=now)


def _tell_one(db: Session, meeting: Meeting, one: Invited, facts: Facts, *, now: datetime) -> None:
    invitation = one.invitation
    known = facts_of_edition(db, meeting.id, invitation.knows) if invitation.knows else None
    changed = differences(known, facts) if known else []
    if known is not None and not changed:  # changed, and changed back
        invitation.knows = meeting.edition
        return
    _ask_again(invitation, changed)
    shown = as_read(db, meeting, facts, one.member, invitation)
    if known is None and meeting.state == MeetingState.POSTPONED:
        return  # nobody is invited to a day that is not known
    if known is None:
        words, verb = phrases.invitation(meeting=shown, name=one.member.own_name), "invite"
    else:
        old = as_read(db, meeting, known, one.member, invitation)
        reason = (meeting.reason or "") if facts.starts_at is None else ""
        words, verb = phrases.changed(old=old, new=shown, what=changed, reason=reason), "change"
    if _say(db, meeting, one, words, verb, now=now, ways=_ways(meeting, invitation)):
        _knows_now(invitation, meeting)


def _ways(meeting: Meeting, invitation: Invitation) -> list[list[Button]]:
    if meeting.state == MeetingState.CALLED and invitation.answer is None:
        return answer_buttons(meeting, invitation)
    return [[Button(phrases.SEE, f"meeting:see:{meeting.id}")]]


def tell_cancelled(db: Session, meeting: Meeting, *, by_id: int | None, now: datetime) -> int:
    """Tell everybody who knew, once, and return how many. What was not yet said of it stays unsaid."""
    told = 0
    for one in invitations_of(db, meeting.id):
        _unsay(db, one.invitation)
        known = facts_of_edition(db, meeting.id, one.invitation.knows) if one.invitation.knows else None
        if known is None or one.member.id == by_id:
            continue
        shown = as_read(db, meeting, known, one.member, one.invitation)
        words = phrases.cancelled(
            meeting=shown, reason=meeting.reason or "", calendar=bool(one.invitation.calendar)
        )
        told += _say(db, meeting, one, words, "cancel", now=now, ways=[[Button(common.MENU, "nav:menu")]])
    _tell_calendars(db, meeting, now=now)
    return told


# --- the calendars of those who took the file -----------------------------------------------------------------------

CALENDAR_FILE = "hen.ics"


def calendar_file(
    meeting: Meeting, facts: Facts, lang: Lang, *, edition: int, gone: bool, now: datetime
) -> bytes:
    """Return the calendar entry as it is now, or the entry that takes it out. It says when, and nothing else."""
    entry = CalendarEntry(
        uid=f"{meeting.id}@xanha",
        edition=edition,
        starts_at=facts.starts_at or meeting.starts_at,
        minutes=facts.minutes,
        summary=phrases.CALENDAR_SUMMARY.to_plain(lang),
        description=phrases.CALENDAR_ABOUT.to_plain(lang),
        cancelled=gone,
    )
    return calendar_of([entry], now=now)


def _tell_calendars(db: Session, meeting: Meeting, *, now: datetime) -> None:
    """Send the changed calendar file, or one that cancels, to those who took an earlier one."""
    facts = facts_of(db, meeting)
    off = meeting.state == MeetingState.CANCELLED
    for one in invitations_of(db, meeting.id):
        there = one.invitation.calendar
        had = facts_of_edition(db, meeting.id, there) if there else None
        if had is None:
            continue
        gone = off or facts.starts_at is None
        if not gone and (had.starts_at, had.minutes) == (facts.starts_at, facts.minutes):
            continue
        matter = f"calendar:{one.invitation.id}"
        cancel_outbox(db, matter)  # an older file that waits for their morning
        data = calendar_file(
            meeting, facts, Lang(one.member.lang), edition=meeting.edition, gone=gone, now=now
        )
        tell(
            db,
            one.member,
            Message(phrases.calendar_changed(gone=gone), attachment=Attachment(CALENDAR_FILE, data)),
            key=f"meeting.calendar:{one.invitation.id}:{meeting.edition}:{int(off)}",
            lane=Lane.ALERT,
            now=now,
            about=matter,
        )
        one.invitation.calendar = 0 if off else meeting.edition
    db.flush()


def tell_not_held(db: Session, meeting: Meeting, *, by_id: int | None, now: datetime) -> None:
    """Tell everybody who knew of it and may have waited."""
    for one in invitations_of(db, meeting.id):
        if one.invitation.knows and one.member.id != by_id:
            words = phrases.not_held(when=meeting.starts_at, zone=one.member.zone)
            _say(db, meeting, one, words, "nothold", now=now, ways=[[Button(common.MENU, "nav:menu")]])


def nudge(db: Session, meeting: Meeting, *, now: datetime) -> int:
    """Remind the undecided alone, and return how many; those who were not told of it yet are invited instead."""
    nudged = 0
    facts = facts_of(db, meeting)
    invited = [one for one in invitations_of(db, meeting.id) if one.owes_answer]
    willing = agreeing(db, [one.member.id for one in invited])
    for one in invited:
        if one.member.id not in willing:
            continue
        if one.invitation.knows < meeting.edition:
            _tell_one(db, meeting, one, facts, now=now)
        else:
            shown = as_read(db, meeting, facts, one.member, one.invitation)
            verb = f"nudge{meeting.nudged}"
            matter = about_nudge(one.invitation)
            ways = answer_buttons(meeting, one.invitation)
            words = phrases.nudge(meeting=shown)
            nudged += _say(db, meeting, one, words, verb, now=now, ways=ways, matter=matter)
    return nudged


def _say(
    db: Session,
    meeting: Meeting,
    one: Invited,
    words: Text,
    verb: str,
    *,
    now: datetime,
    ways: list[list[Button]],
    matter: str | None = None,
) -> bool:
    """At night it waits for the morning; where that would be too late it comes at once, without a sound."""
    morning = decent_for(one.member, now)
    return tell(
        db,
        one.member,
        Message(words, ways),
        key=_key(verb, one.invitation, meeting),
        lane=Lane.REMINDER if matter else Lane.ALERT,
        now=now,
        about=matter or about(one.invitation),
        quietly=matter is None and now < meeting.starts_at <= morning,
        not_after=meeting.starts_at if matter else None,
    )


def _unsay(db: Session, invitation: Invitation) -> None:
    """Cancel what still waits for somebody's morning: something newer replaces it."""
    cancel_outbox(db, about_nudge(invitation))
    if cancel_outbox(db, about(invitation)):
        invitation.knows = invitation.knew


def _knows_now(invitation: Invitation, meeting: Meeting) -> None:
    invitation.knew, invitation.knows = invitation.knows, meeting.edition


def _changed(db: Session, meeting: Meeting, invitation: Invitation, facts: Facts) -> list[str]:
    known = facts_of_edition(db, meeting.id, invitation.knows) if invitation.knows else None
    return differences(known, facts) if known else []


def _ask_again(invitation: Invitation, changed: Sequence[str]) -> None:
    """Drop an answer that was given to another day or form; what was written to be read out is kept."""
    if ASKS_AGAIN & set(changed):
        invitation.answer = invitation.answered_at = invitation.answered_by_id = None


def shown_edition(db: Session, meeting: Meeting, invitation: Invitation, *, now: datetime) -> list[str]:
    """Note that somebody looks at the meeting and knows it from now on; return what has changed since they were told."""
    changed: list[str] = []
    if invitation.knows < meeting.edition:
        _unsay(db, invitation)
        changed = _changed(db, meeting, invitation, facts_of(db, meeting))
        _ask_again(invitation, changed)
        _knows_now(invitation, meeting)
    invitation.seen_at = invitation.seen_at or now
    db.flush()
    return changed


def reached(db: Session, meeting: Meeting, verb: str, *, by_id: int | None, now: datetime) -> Reach:
    """Return whom the message `verb` of the newest edition reaches, and when, for the one who caused it."""
    invited = [one for one in invitations_of(db, meeting.id) if one.member.id != by_id]
    keys = {one.member.id: _key(verb, one.invitation, meeting) for one in invited}
    return reach_of(db, [one.member for one in invited], keys, Purpose.MEETING, now=now)


def waiting_for_morning(db: Session, invited: Sequence[Invited], *, now: datetime) -> dict[int, datetime]:
    """Return by invitation until when the newest message about the meeting waits. The others have it, or get none."""
    found = pending_until(db, [about(one.invitation) for one in invited], now=now)
    return {
        one.invitation.id: found[about(one.invitation)] for one in invited if about(one.invitation) in found
    }


def _key(verb: str, invitation: Invitation, meeting: Meeting) -> str:
    return f"meeting.{verb}:{invitation.id}:{meeting.edition}"


# --- the desk -------------------------------------------------------------------------------------------------------


def tell_desk(
    db: Session,
    meeting: Meeting,
    words: Text,
    verb: str,
    *,
    now: datetime,
    but: int | None = None,
    ways: Sequence[Sequence[Button]] = (),
    at_once: bool = False,
    quietly: bool = False,
) -> None:
    """Tell secretary and deputy, each once for `verb`. `at_once`: also at night, while they are at the meeting."""
    for person_id in desk_of(db, meeting.cell_id, now=now):
        if person_id != but:
            tell_at_desk(
                db, meeting, person_id, words, verb, now=now, ways=ways, at_once=at_once, quietly=quietly
            )


def tell_at_desk(
    db: Session,
    meeting: Meeting,
    person_id: int,
    words: Text,
    verb: str,
    *,
    now: datetime,
    ways: Sequence[Sequence[Button]] = (),
    at_once: bool = False,
    quietly: bool = False,
) -> None:
    tell(
        db,
        db.get_one(Member, person_id),
        Message(words, [*ways, [Button(phrases.SEE, f"meeting:see:{meeting.id}")]]),
        key=f"meeting.{verb}:{meeting.id}:{person_id}",
        lane=Lane.ALERT,
        now=now,
        about=f"meeting:{meeting.id}",
        at_once=at_once,
        quietly=quietly,
    )


def deaf(db: Session, members: Sequence[Member]) -> list[tuple[Member, str]]:
    """Return the members to be phoned, and why: nothing here reaches them, or they want no word of meetings here."""
    return out_of_reach(db, members, Purpose.MEETING)
