"""The link, singly and in time, and what the invited say themselves: I am here, I have left.

    30 minutes before ── a message to each, with a button ──┐
    at the start ── to those who have not come yet ─────────┤
    /hop, "Vào họp trực tuyến" ── a fresh one ───────────────────┴─> https://door/j/<token> ──first tap──> the meeting's link
                                                                       │
                                          the hash of a cookie ────────┘  the same browser may come again, nobody else

The message comes at any hour: the invitation promised it. At night, to who has not said that they come, without a sound.
Whom it cannot reach is named to the desk at that moment, while there is time to phone.

The token is random and in the message only, which cannot be forwarded; here lies its SHA-256. With `door_login` the first
browser shows who opens it, too: by Telegram's proof (bot/telegram/proof.py), or because it is let in to their page. Only the invited
person's is of use. Who has neither, but a messenger of words, taps the door's button, as without `door_login`. Where nothing is
served the button is the meeting's own link, and "Tôi đang dự họp" says who came.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.reach import out_of_reach
from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import LOGIN, Button, Buttons, Lane, Message
from models.ground.base import Soonest, lock, locked
from models.ground.channel import Address
from models.meeting.attendance.presence import OWN, Presence, presence_of, presences, statements_of
from models.meeting.attendance.rows import JoinLink, NotNow
from models.meeting.meeting import (
    Attendance,
    How,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingDid,
    MeetingForm,
    MeetingState,
    Said,
    has_link,
    has_room,
    move_meeting,
    tell_desk,
)
from models.meeting.meeting.questions import agreeing
from models.meeting.meeting.rules import LINK_BEFORE
from models.meeting.meeting.telling import tell_at_desk
from models.meeting.policy import AttendancePolicy
from models.people.member import Member, Purpose, open_accounts, tell
from models.people.rights import desk_of
from models.phrases.meeting import attendance as phrases

S = MeetingState
RUNNING = (S.CALLED, S.HELD)
_COMES = (MeetingAnswer.ONLINE, MeetingAnswer.IN_PERSON, MeetingAnswer.PART)


class Why(StrEnum):
    """What becomes of an opened link."""

    GO = "go"
    CONFIRM = "confirm"  # nobody has come in by it yet: a tap on the page does, and only that
    USELESS = "useless"  # forged, another's, used, or of a phone that was replaced: nobody learns which
    UNPROVEN = "unproven"  # nothing says who opens it; nobody learns what the link is
    EARLY = "early"
    OVER = "over"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Opened:
    """`to`: where the browser goes; `cookie`: what it keeps, the first time; `is_known`: there is such a link."""

    why: Why
    to: str = ""
    cookie: str = ""
    is_known: bool = field(default=True, compare=False)  # seen by nobody outside


# --- the window -----------------------------------------------------------------------------------------------------


def opens_at(meeting: Meeting) -> datetime:
    return meeting.starts_at - LINK_BEFORE


def ends_at(meeting: Meeting) -> datetime:
    return meeting.starts_at + timedelta(minutes=meeting.minutes)


def closes_at(meeting: Meeting, policy: AttendancePolicy) -> datetime:
    return ends_at(meeting) + timedelta(minutes=policy.late_minutes)


def why_not(meeting: Meeting, policy: AttendancePolicy, *, now: datetime) -> Why | None:
    """Return why nobody can come in now; None when they can."""
    if meeting.state == S.POSTPONED:
        return Why.MOVED
    if meeting.state in (S.CANCELLED, S.DROPPED, S.PROPOSED):
        return Why.CANCELLED
    if meeting.state not in RUNNING or now > closes_at(meeting, policy):
        return Why.OVER
    return Why.EARLY if now < opens_at(meeting) else None


def require_open(meeting: Meeting, policy: AttendancePolicy, *, now: datetime, zone: str) -> None:
    why = why_not(meeting, policy, now=now)
    if why is not None:
        raise NotNow(phrases.not_now(why=why, opens_at=opens_at(meeting), zone=zone))


# --- the personal link ----------------------------------------------------------------------------------------------


def make_link(
    db: Session, meeting: Meeting, invitation: Invitation, policy: AttendancePolicy, *, now: datetime
) -> Button | None:
    """Return a personal way in, or the plain link where nothing is served; None where there is none."""
    link = safe_link(meeting)
    if not link:
        return None
    if not policy.door:
        return Button(phrases.ENTER, link, personal=True)
    token = secrets.token_urlsafe(24)
    db.add(
        JoinLink(
            invitation_id=invitation.id,
            token_hash=_hash(token),
            starts_at=meeting.starts_at,
            made_at=now,
        )
    )
    db.flush()
    to = f"{policy.door}/j/{token}"
    asks = policy.door_login and _may_prove(one.address for one in open_accounts(db, invitation.member_id))
    return Button(phrases.ENTER, LOGIN + to if asks else to, personal=True)


def _may_prove(addresses: Iterable[Address]) -> bool:
    """Whether the person has an account where it can be shown who opens a link: a messenger that says so, or our own page."""
    return any(one.limits.proves or not one.limits.company for one in addresses)


def safe_link(meeting: Meeting) -> str:
    """Return the meeting's own https link, empty for any other. It was checked when typed, and is checked once more."""
    link = (meeting.link or "") if has_link(meeting.form) else ""
    plain = link.isascii() and link.isprintable() and " " not in link and "\\" not in link
    return link if plain and urlsplit(link).scheme == "https" and urlsplit(link).hostname else ""


def open_link(
    db: Session,
    token: str,
    *,
    cookie: str,
    policy: AttendancePolicy,
    now: datetime,
    visitor: Address | None = None,
    confirmed: bool = False,
) -> Opened:
    """Let the first browser within the window in, and keep the moment. Only this browser may come again.

    `visitor`: the address of who opens it, where that is shown; `door_login` wants the invited person's, if they can show it.
    `confirmed`: a person has tapped the page's button. Without either nothing is changed: a messenger's preview asks, too.
    """
    # waits: of two browsers at once the second has to see that the link is used
    row = next(iter(locked(db, select(JoinLink).where(JoinLink.token_hash == _hash(token)), wait=True)), None)
    if row is None or not _is_theirs(db, row, cookie, visitor, policy):
        unproven = policy.door_login and visitor is None
        return Opened(Why.UNPROVEN if unproven else Why.USELESS, is_known=row is not None)
    invitation = db.get_one(Invitation, row.invitation_id)
    meeting = db.get_one(Meeting, invitation.meeting_id)
    why = why_not(meeting, policy, now=now)
    if why is None and row.starts_at != meeting.starts_at:
        why = Why.MOVED
    link = safe_link(meeting)
    if why is not None or not link:
        return Opened(why or Why.CANCELLED)
    if row.used_at is not None:
        return Opened(Why.GO, link)
    if not (confirmed or (policy.door_login and visitor is not None)):
        return Opened(Why.CONFIRM)
    return Opened(Why.GO, link, _use(db, row, invitation, now=now))


def _is_theirs(
    db: Session, row: JoinLink, cookie: str, visitor: Address | None, policy: AttendancePolicy
) -> bool:
    """Not yet used, or by this very browser; and the phone that it was sent to is still the member's."""
    invitation = db.get_one(Invitation, row.invitation_id)
    meeting, member = db.get_one(Meeting, invitation.meeting_id), db.get_one(Member, invitation.member_id)
    # what was linked after the link was made is another phone: it was not sent there
    addresses = {one.address for one in open_accounts(db, member.id) if one.linked_at <= row.made_at}
    if member.left_at is not None or member.cell_id != meeting.cell_id:
        return False
    if not addresses:
        return False
    unused = row.holder_hash is None
    again = row.holder_hash is not None and hmac.compare_digest(row.holder_hash, _hash(cookie))
    if policy.door_login and _may_prove(addresses) and visitor not in addresses:
        return again and visitor is None  # who has shown the proof once need not show it again
    return unused or again


def _use(db: Session, row: JoinLink, invitation: Invitation, *, now: datetime) -> str:
    cookie = secrets.token_urlsafe(24)
    row.used_at, row.holder_hash = now, _hash(cookie)
    _state(db, invitation, Said.LINK, How.ONLINE, from_at=now, now=now)
    return cookie


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


# --- what they say themselves ---------------------------------------------------------------------------------------


def say_here(
    db: Session, invitation: Invitation, how: How, policy: AttendancePolicy, *, now: datetime, zone: str
) -> datetime:
    """Keep "I am here", within the window; return since when it is known. Saying it twice changes nothing."""
    meeting = db.get_one(Meeting, invitation.meeting_id)
    require_open(meeting, policy, now=now, zone=zone)
    last = _last_own(db, invitation)
    if last is not None and last.until_at is None and last.how == how and last.from_at is not None:
        return last.from_at
    _state(db, invitation, Said.SELF, how, from_at=now, now=now)
    return now


def say_left(
    db: Session, invitation: Invitation, policy: AttendancePolicy, *, now: datetime, zone: str
) -> datetime:
    """Keep "I have left"; return until when they were there."""
    meeting = db.get_one(Meeting, invitation.meeting_id)
    require_open(meeting, policy, now=now, zone=zone)
    last = _last_own(db, invitation)
    if last is None:
        raise NotNow(phrases.not_here_yet())
    if last.until_at is not None:
        return last.until_at
    _state(db, invitation, Said.SELF, How(last.how), from_at=last.from_at, until_at=now, now=now)
    return now


def _last_own(db: Session, invitation: Invitation) -> Attendance | None:
    lock(db, invitation)  # two taps at once are one
    own = [s for s in statements_of(db, invitation.meeting_id, invitation.member_id) if s.said in OWN]
    return own[-1] if own else None


def _state(
    db: Session,
    invitation: Invitation,
    said: Said,
    how: How,
    *,
    from_at: datetime | None,
    now: datetime,
    until_at: datetime | None = None,
) -> None:
    db.add(
        Attendance(
            meeting_id=invitation.meeting_id,
            member_id=invitation.member_id,
            said=said,
            how=how,
            from_at=from_at,
            until_at=until_at,
            by_id=invitation.member_id,
            at=now,
        )
    )
    db.flush()
    note_sign(db, db.get_one(Member, invitation.member_id), Sign.MEETING, at=now)


# --- what time does -------------------------------------------------------------------------------------------------


def move_links(db: Session, ids: Sequence[int], policy: AttendancePolicy, *, now: datetime) -> None:
    """Send the links half an hour before, at the start and at the end.

    What an outage made late is done as it stands now.
    """
    due = select(Meeting).where(Meeting.id.in_(ids), Meeting.link_at <= now)
    for meeting in locked(db, due, wait=True):
        if meeting.state not in RUNNING or (meeting.state == S.HELD and now >= ends_at(meeting)):
            _end(db, meeting, now=now)
        elif now < meeting.starts_at:
            for one in _coming(db, meeting):
                _send_link(db, meeting, one.invitation, one.member, policy, "soon", now=now)
            _tell_who_has_none(db, meeting, now=now)
            meeting.link_at = meeting.starts_at
        else:
            _begin(db, meeting, policy, now=now)
    db.flush()


def _begin(db: Session, meeting: Meeting, policy: AttendancePolicy, *, now: datetime) -> None:
    if meeting.state == S.CALLED:
        move_meeting(db, meeting, S.HELD, MeetingDid.HELD, by_id=None, now=now)
    if now >= ends_at(meeting):  # we slept through it
        _end(db, meeting, now=now)
        return
    coming, desk = _coming(db, meeting), desk_of(db, meeting.cell_id, now=now)
    for one in coming:
        if one.member.id not in desk:
            _send_link(db, meeting, one.invitation, one.member, policy, "now", now=now)
    for person_id in desk:
        mine = next((one.invitation for one in coming if one.member.id == person_id), None)
        _tell_that_it_begins(db, meeting, person_id, mine, policy, now=now)
    meeting.link_at = ends_at(meeting)


def _end(db: Session, meeting: Meeting, *, now: datetime) -> None:
    meeting.link_at = None
    if meeting.state == S.HELD:
        ways = [
            [Button(phrases.ROLL_END, f"attendance:roll:{meeting.id}:end:0")],
            [Button(phrases.AFTER, f"attendance:open:{meeting.id}")],
        ]
        # right at the end the desk is still there, be it night; later it waits for the morning
        words, late = phrases.ends(starts_at=meeting.starts_at), now - ends_at(meeting) > LINK_BEFORE
        tell_desk(db, meeting, words, "ends", now=now, ways=ways, at_once=not late)


def _tell_that_it_begins(
    db: Session,
    meeting: Meeting,
    person_id: int,
    mine: Invitation | None,
    policy: AttendancePolicy,
    *,
    now: datetime,
) -> None:
    """The desk gets one message, not two: the names to be called, and their own way in where they have not come yet."""
    own = ways_in(db, meeting, mine, policy, now=now) if mine else []
    ways = [*own, [Button(phrases.ROLL_START, f"attendance:roll:{meeting.id}:start:0")]]
    words = phrases.begins(
        starts_at=meeting.starts_at,
        way=way_of(meeting, policy) if own else None,
        proves=proves(own),
        out=[(member.full_name, why) for member, why in without_link(db, meeting)],
    )
    tell_at_desk(db, meeting, person_id, words, "begins", now=now, ways=ways, at_once=True)


def _coming(db: Session, meeting: Meeting) -> list[Presence]:
    """Return who may still come: without those who said that they cannot, and those who are there."""
    people = [one for one in presences(db, meeting) if one.member.left_at is None]
    willing = agreeing(db, [one.member.id for one in people])
    return [
        one
        for one in people
        if one.member.id in willing and one.invitation.answer != MeetingAnswer.ABSENT and not one.is_there
    ]


def _send_link(
    db: Session,
    meeting: Meeting,
    invitation: Invitation,
    member: Member,
    policy: AttendancePolicy,
    round_: str,
    *,
    now: datetime,
) -> None:
    """At any hour, as it was promised; at night it wakes those only who said that they come."""
    comes = invitation.answer in _COMES
    ways = ways_in(db, meeting, invitation, policy, now=now)
    words = phrases.link(
        soon=round_ == "soon",
        starts_at=meeting.starts_at,
        zone=member.zone,
        place=_room(meeting, invitation, member),
        way=way_of(meeting, policy),
        proves=proves(ways),
    )
    tell(
        db,
        member,
        Message(words, ways),
        key=f"attendance.{round_}:{invitation.id}:{meeting.edition}",  # another link is another message
        lane=Lane.ALERT,
        now=now,
        not_after=closes_at(meeting, policy),
        about=f"join:{invitation.id}",
        at_once=comes,
        quietly=not comes,
    )


def _room(meeting: Meeting, invitation: Invitation, member: Member) -> str:
    """Where to sit: for who said that they sit there, or lives here and has said nothing; not for somebody in Berlin."""
    answer = invitation.answer
    sits = answer in (MeetingAnswer.IN_PERSON, MeetingAnswer.PART) or (
        answer is None and member.place_code is None
    )
    return (meeting.place or "") if has_room(meeting.form) and sits else ""


def way_of(meeting: Meeting, policy: AttendancePolicy) -> phrases.WayIn:
    """Return what there is to say of the way in: a link of one's own, one for all, one that is awaited, or none."""
    if not has_link(meeting.form):
        return phrases.WayIn.ROOM
    if not safe_link(meeting):
        return phrases.WayIn.AWAITED
    return phrases.WayIn.OWN if policy.door else phrases.WayIn.SHARED


def without_link(db: Session, meeting: Meeting) -> list[tuple[Member, str]]:
    """Return the members who may come and get no way in from here, and why: somebody has to phone them."""
    people = [
        one.member
        for one in presences(db, meeting)
        if one.member.left_at is None and one.invitation.answer != MeetingAnswer.ABSENT and not one.is_there
    ]
    return out_of_reach(db, people, Purpose.MEETING) if has_link(meeting.form) else []


def _tell_who_has_none(db: Session, meeting: Meeting, *, now: datetime) -> None:
    """The promise of a link cannot be kept for some, or for nobody yet: the desk hears it while there is time to phone."""
    awaited = has_link(meeting.form) and not safe_link(meeting)
    none = [(member.full_name, why) for member, why in without_link(db, meeting)]
    if awaited or none:
        words = phrases.without_link(starts_at=meeting.starts_at, awaited=awaited, out=none)
        tell_desk(db, meeting, words, f"nolink{meeting.edition}", now=now, quietly=True)


def ways_in(
    db: Session, meeting: Meeting, invitation: Invitation, policy: AttendancePolicy, *, now: datetime
) -> list[list[Button]]:
    """Return the buttons of the room, with a fresh personal link, and of "I am here"."""
    enter = make_link(db, meeting, invitation, policy, now=now)
    room = [[enter]] if enter else []
    return [*room, [Button(phrases.HERE, f"attendance:here:{invitation.id}")]]


def proves(ways: Buttons) -> bool:
    """Return whether Telegram will ask who opens the way in."""
    return any(button.to.startswith(LOGIN) for row in ways for button in row)


def hows(meeting: Meeting) -> tuple[How, ...]:
    """Return the manners of being there that the meeting's form allows."""
    if meeting.form == MeetingForm.HYBRID:
        return How.ONLINE, How.IN_PERSON
    return (How.ONLINE,) if meeting.form == MeetingForm.ONLINE else (How.IN_PERSON,)


def is_in(db: Session, meeting: Meeting, invitation: Invitation) -> bool:
    """Return whether somebody is there by their own word or the desk's, and has not left again."""
    presence = presence_of(db, meeting, invitation)
    return presence.is_there and presence.until_at is None


def due_links(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(Meeting.id).where(Meeting.link_at <= now).order_by(Meeting.link_at).limit(limit)
    return list(db.scalars(due))


next_link_at = Soonest(Meeting.link_at)
