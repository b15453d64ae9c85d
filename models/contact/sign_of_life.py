"""When there was word of a member last, through any channel, and what it was: one answer for every room.

    writes or taps here ───────────────> MESSAGE   (every update of theirs; a report, a request, an answer says more)
    report, review, request, answer to a notice, task closed, paper filed,
    meeting answered or attended ──────> its own kind, as soon as it is noted, also by somebody on their behalf
    a contact note that reached them ──> CONTACT

Two columns of the member's row, moved by the acts: nobody has to ask eight tables. Of one day the fuller kind stays; a
message adds nothing to it. A silence that others were asked about (models/contact/ladder) ends with the next sign: by time, a
few minutes later, so that a report that comes with it is what they hear of.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.contact.ladder.rows import Ladder
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.people.member import Member

_WHILE = timedelta(minutes=15)  # whoever taps may be about to report


class Sign(StrEnum):
    MESSAGE = "message"
    REPORT = "report"
    REVIEW = "review"
    REQUEST = "request"
    NOTICE = "notice"
    TASK = "task"
    MEETING = "meeting"
    PAPER = "paper"
    ROLL_CALL = "roll call"
    CONTACT = "contact"


def note_sign(db: Session, member: Member, sign: Sign, *, at: datetime) -> None:
    """Note that there was word of the member at that moment. What is older than what is known changes nothing."""
    on, known = local_date(at, HOME_ZONE), member.heard_on
    if known is not None and (on < known or (on == known and not _says_more(sign, member.heard_how))):
        return
    member.heard_at, member.heard_how = at, sign
    db.flush()
    waiting = (Ladder.member_id == member.id) & Ladder.ended_at.is_(None) & (Ladder.begun_at < at)
    soon = at + _WHILE
    db.execute(update(Ladder).where(waiting, Ladder.next_at > soon).values(next_at=soon))


def note_sign_on(db: Session, member: Member, sign: Sign, *, on: date, now: datetime) -> None:
    """Note the same of a day that somebody names: its noon, or now if that is earlier."""
    note_sign(db, member, sign, at=min(at_wall(on, time(12), HOME_ZONE), now))


def _says_more(sign: Sign, than: str | None) -> bool:
    return sign is not Sign.MESSAGE and than == Sign.MESSAGE
