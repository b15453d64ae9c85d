"""Acts of the invited: answer, read, contribute. The desk may answer for whoever said so by phone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.contact.sign_of_life import Sign, note_sign
from models.delivery.outbox import cancel_outbox
from models.ground.marking import marked_secret
from models.meeting.meeting.calling import MeetingGone, MeetingRefused
from models.meeting.meeting.questions import receipt_for
from models.meeting.meeting.rows import (
    AHEAD,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingForm,
    MeetingPaper,
    MeetingState,
    PaperReceipt,
)
from models.meeting.meeting.rules import ANSWERS
from models.meeting.meeting.telling import about_nudge
from models.meeting.policy import MeetingPolicy
from models.people.member import Member
from models.phrases import common
from models.phrases.meeting import meeting as phrases


def answer_invitation(
    db: Session,
    invitation: Invitation,
    answer: MeetingAnswer,
    *,
    reason: str = "",
    by_id: int,
    now: datetime,
) -> None:
    """Keep the answer; the newest counts, until the meeting begins. Nobody is reminded of it any more."""
    meeting = meeting_ahead(db, invitation)
    if answer not in ANSWERS[MeetingForm(meeting.form)]:
        raise MeetingRefused(phrases.not_this_form(form=meeting.form))
    if answer in (MeetingAnswer.ABSENT, MeetingAnswer.PART) and not reason:
        raise MeetingRefused(phrases.reason_expected())
    if marked_secret(reason):
        raise MeetingRefused(common.secret_refused())
    invitation.answer, invitation.reason = answer, reason or None
    invitation.answered_at, invitation.answered_by_id = now, by_id
    note_sign(db, db.get_one(Member, invitation.member_id), Sign.MEETING, at=now)
    cancel_outbox(db, about_nudge(invitation))
    db.flush()


def contribute(
    db: Session, invitation: Invitation, text: str, *, policy: MeetingPolicy, now: datetime
) -> None:
    """Keep what somebody who cannot be there wants read out; empty takes it back.

    It may come until the meeting is over.
    """
    meeting = db.get_one(Meeting, invitation.meeting_id)
    if meeting.state not in (MeetingState.CALLED, MeetingState.POSTPONED, MeetingState.HELD):
        raise MeetingGone(meeting)
    if len(text) > policy.contribution_characters:
        raise MeetingRefused(common.too_long(policy.contribution_characters))
    if marked_secret(text):
        raise MeetingRefused(common.secret_refused())
    invitation.contribution = text or None
    invitation.contributed_at = now if text else None
    db.flush()


def open_paper(db: Session, invitation: Invitation, paper: MeetingPaper, *, now: datetime) -> PaperReceipt:
    """Note that somebody asked for a paper and gets it."""
    receipt = receipt_for(db, invitation.id, paper.id)
    if receipt is None:
        receipt = PaperReceipt(invitation_id=invitation.id, paper_id=paper.id, opened_at=now)
        db.add(receipt)
        db.flush()
    return receipt


def read_paper(db: Session, invitation: Invitation, paper: MeetingPaper, *, now: datetime) -> None:
    """Note that somebody says they have read a paper; the first time counts."""
    receipt = open_paper(db, invitation, paper, now=now)
    receipt.read_at = receipt.read_at or now
    db.flush()


def meeting_ahead(db: Session, invitation: Invitation) -> Meeting:
    """Return the meeting, while it can still be answered. Raises Refused otherwise."""
    meeting = db.get_one(Meeting, invitation.meeting_id)
    if meeting.state not in AHEAD or meeting.state == MeetingState.PROPOSED:
        raise MeetingGone(meeting)
    if meeting.state == MeetingState.POSTPONED:
        raise MeetingRefused(phrases.day_not_known())
    return meeting
