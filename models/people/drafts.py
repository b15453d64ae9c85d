"""Drafts end with what allowed them: the office, the assignment, the account.

    end_appointment, let_go, end_assignment ──> drop_office_drafts     the person's own words go back to them, once
    close_account                           ──> drop_conversations     nothing is left in a chat that is nobody's
    an end that was a date                  ──> drop_unheld_draft      at night (jobs/delivery/housekeeping.py)

The stepper asks the right besides, at each question and each answer: nothing of a draft is shown on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from models.delivery.conversation import Conversation
from models.delivery.message import Button, Lane, Message
from models.people.assignment import Assignment
from models.people.member import Account, Member, open_accounts, tell
from models.people.rights import Appointment
from models.phrases import common

# Forms that an office or an assignment opens -> what in their drafts the person typed in words of their own. What was
# filled in from rows (a phone, an agenda, a name) is the cell's, and is not given back.
OFFICE_WORDS: dict[str, tuple[str, ...]] = {
    "absence_form": ("reason", "why"),
    "absence_season": (),
    "absence_sitting": (),
    "absence_visit": (),
    "agreement": ("agreed",),
    "agreement_end": (),
    "agreement_fix": ("words",),
    "agreement_renew": (),
    "agreement_talk": ("words",),
    "campaign_form": ("note",),
    "campaign_open": (),
    "committee_names": ("reason",),
    "committee_naming": (),
    "committee_visit": ("note",),
    "concluding": ("text",),
    "resolving": ("review", "tasks", "doing", "score"),
    "desk_ask": ("question",),
    "desk_contact": ("result",),
    "desk_excuse": (),
    "desk_reply": (),
    "desk_steps": (),
    "desk_take": (),
    "desk_words": (),
    "meeting_answer": (),
    "meeting_call": (),
    "meeting_monthly": (),
    "meeting_off": (),
    "notice": ("parts", "question", "choices", "reason"),
    "notice_fix": ("parts",),
    "office_deputy": (),
    "office_give": (),
    "office_stand": ("reason",),
    "own_link": (),
    "pausing": ("reason",),
    "probation_consider": ("typed",),
    "probation_end": ("typed",),
    "probation_helper": (),
    "probation_start": (),
    "rating_figures": ("source",),
    "rating_form": (),
    "request_contact": (),
    "request_promise": (),
    "request_reply": ("parts",),
    "review_text": (),  # what was typed is in its rows
    "rollcall": ("text",),
    "roster_add": (),
    "roster_contacts": (),
    "roster_edit": (),
    "roster_import": (),
    "roster_list": (),
    "roster_pace": (),
    "screening_dues": (),
    "tasking": ("text",),
    "unit_change": ("name", "number"),
    "unit_new": ("name",),
    "unit_secretary": (),
}


def drop_office_drafts(db: Session, member_id: int, *, now: datetime) -> None:
    """Forget what the member had begun by an office; send them the words that they had typed there."""
    db.flush()
    addresses = [account.address for account in open_accounts(db, member_id)]
    for row in db.scalars(
        select(Conversation).where(Conversation.address.in_(addresses), Conversation.room.in_(OFFICE_WORDS))
    ).all():
        if words := "\n".join(_typed(row)):
            message = Message(common.form_ended(text=words), [[Button(common.MENU, "nav:menu")]])
            key = f"drafts.ended:{row.id}:{row.version}"
            tell(db, db.get_one(Member, member_id), message, key=key, lane=Lane.ALERT, now=now)
        db.delete(row)
    db.flush()


def drop_unheld_draft(db: Session, *, now: datetime) -> bool:
    """Forget one draft of an office that ended since it was touched, where nothing else is held now: was there work?

    Some of the forms are one's own, too (a review, a pause): whoever never held anything has begun them for themselves.
    """
    over = Conversation.room.in_(OFFICE_WORDS) & ~_held(now) & _ended_since(now)
    row = db.scalars(select(Conversation).where(over).limit(1)).first()
    if row is not None:
        db.delete(row)
    return row is not None


def _speaks() -> ColumnElement[bool]:
    return (Account.address == Conversation.address) & Account.closed_at.is_(None)


def _ended_since(now: datetime) -> ColumnElement[bool]:
    """Whether something that they held has come to its end after the draft was last touched."""
    office = (Appointment.ends_at >= Conversation.updated_at) & (Appointment.ends_at <= now)
    contact = (Assignment.ends_at >= Conversation.updated_at) & (Assignment.ends_at <= now)
    return or_(
        exists().where(_speaks(), Appointment.member_id == Account.member_id, office),
        exists().where(_speaks(), Assignment.contact_id == Account.member_id, contact),
    )


def _held(now: datetime) -> ColumnElement[bool]:
    """Whether whoever speaks in the chat of a conversation holds anything by which a form is opened."""
    office = (Appointment.begins_at <= now) & or_(Appointment.ends_at.is_(None), Appointment.ends_at > now)
    contact = (Assignment.begins_at <= now) & or_(Assignment.ends_at.is_(None), Assignment.ends_at > now)
    return or_(
        exists().where(_speaks(), Appointment.member_id == Account.member_id, office),
        exists().where(_speaks(), Assignment.contact_id == Account.member_id, contact),
    )


def _typed(row: Conversation) -> Iterator[str]:
    # as plain JSON: the models of drafts stand in the handlers, which nothing here may import
    draft = json.loads(row.draft or "{}")
    for name in OFFICE_WORDS[row.room]:
        value = draft.get(name)
        yield from value if isinstance(value, list) else [value] if value else []
