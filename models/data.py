"""What is held about one member: seen, taken out, corrected, withdrawn, deleted by themselves.

    own_data          everything, as plain values (it becomes the .json and the .txt)
    erase_member      the account, the phone, the place, every free text and draft go;
                      the name and the membership stay on the cell's own roster

What a new room keeps about a member is found by `models/held.py`, taken out and erased without being named here;
`OwnData` names what the screens show in words.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.checkin import (
    Checkin,
    CheckinPolicy,
    Report,
    plan_checkin,
)
from models.consent import stop_asking
from models.contact_note import ContactNote
from models.conversation import Conversation
from models.held import erase_texts_about, records_about
from models.inbox import Inbox, InboxState
from models.invite import ALIVE, Invite, revoke_invite, state_of
from models.member import (
    Account,
    Consent,
    Member,
    Purpose,
    account_of,
    close_account,
    consents,
    looks,
    record_consent,
    set_member_phone,
    set_member_place,
    tell,
)
from models.outbox import Lane, Message, Outbox, OutboxState
from models.pause import pauses_of
from models.phrases import data as phrases
from models.places import place
from models.register import tell_keepers
from models.request import HelpRequest, RequestState, replies_of
from models.rhythm import Rhythm
from models.rights import Appointment, Role, appointments, holders
from models.sealing import new_id
from models.secret import drop_secrets
from models.unit import Unit, ancestor_ids


class HeldAccount(BaseModel):
    chat_id: int
    linked_at: datetime
    closed_at: datetime | None
    reachability: str


class HeldConsent(BaseModel):
    purpose: Purpose
    version: int
    given: bool
    at: datetime


class HeldCheckin(BaseModel):
    kind: str
    period: date
    state: str
    opens_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answered_by: str | None  # another's name: on the member's behalf
    question: str | None
    report: Report | None
    excused_until: datetime | None
    excuse: str | None


class HeldNote(BaseModel):
    by: str
    channel: str
    happened_on: date
    result: str | None
    correction: str | None


class HeldPause(BaseModel):
    kind: str
    state: str
    begins_on: date
    ends_on: date
    announced_at: datetime
    by: str | None  # another's name: on the member's behalf
    reason: str | None


class HeldReply(BaseModel):
    at: datetime
    by: str
    text: str | None
    files: int


class HeldRequest(BaseModel):
    state: str
    opened_at: datetime
    text: str | None
    owner: str | None
    replies: list[HeldReply] = []


class HeldDraft(BaseModel):
    room: str
    updated_at: datetime
    answers: dict[str, Any]


class HeldOffice(BaseModel):
    role: str
    unit: str
    begins_at: datetime
    ends_at: datetime | None


class HeldInvite(BaseModel):
    state: str
    created_at: datetime
    by: str | None  # None: the operator


class HeldLook(BaseModel):
    by: str
    what: str
    at: datetime


class OwnData(BaseModel):
    """Everything that is held about a member; moments in UTC."""

    full_name: str
    cell: str | None
    birth_year: int | None
    standing: str
    joined_on: date | None
    phone: str | None
    place: str | None  # None: at home
    zone: str
    lang: str
    discreet: bool
    rhythm: Rhythm | None  # only where it differs from the cell's
    grace_days: int | None  # on top of the rhythm's
    accounts: list[HeldAccount]
    consents: list[HeldConsent]
    offices: list[HeldOffice]
    checkins: list[HeldCheckin]
    contact_notes: list[HeldNote]
    pauses: list[HeldPause]
    requests: list[HeldRequest]
    drafts: list[HeldDraft]
    invites: list[HeldInvite]
    looks: list[HeldLook]
    records: dict[str, list[dict[str, Any]]]  # every row, table by table, as it is kept


# --- questions ------------------------------------------------------------------------------------------------------


def own_data(db: Session, member: Member, *, now: datetime) -> OwnData:
    """Everything held about `member`, newest first."""
    cell = db.get(Unit, member.cell_id) if member.cell_id else None
    return OwnData(
        full_name=member.full_name,
        cell=cell.name if cell else None,
        birth_year=member.birth_year,
        standing=member.standing,
        joined_on=member.joined_on,
        phone=member.phone,
        place=place(member.place_code).vi if member.place_code else None,
        zone=member.zone,
        lang=member.lang,
        discreet=member.discreet,
        rhythm=member.rhythm,
        grace_days=member.grace_days,
        accounts=_accounts(db, member.id),
        consents=_consents(db, member.id),
        offices=_offices(db, member.id),
        checkins=_checkins(db, member.id),
        contact_notes=_notes(db, member.id),
        pauses=_pauses(db, member.id),
        requests=_requests(db, member.id),
        drafts=_drafts(db, member.id),
        invites=_invites(db, member.id, now=now),
        looks=[
            HeldLook(by=name, what=look.what, at=look.at) for look, name in looks(db, member.id, limit=10_000)
        ],
        records=dict(records_about(db, member.id)),
    )


def _accounts(db: Session, member_id: int) -> list[HeldAccount]:
    rows = db.scalars(
        select(Account).where(Account.member_id == member_id).order_by(Account.linked_at.desc())
    )
    return [
        HeldAccount(
            chat_id=row.chat_id,
            linked_at=row.linked_at,
            closed_at=row.closed_at,
            reachability=row.reachability,
        )
        for row in rows
    ]


def _consents(db: Session, member_id: int) -> list[HeldConsent]:
    rows = db.scalars(
        select(Consent).where(Consent.member_id == member_id).order_by(Consent.at.desc(), Consent.id.desc())
    )
    return [
        HeldConsent(purpose=Purpose(row.purpose), version=row.version, given=row.given, at=row.at)
        for row in rows
    ]


def _offices(db: Session, member_id: int) -> list[HeldOffice]:
    rows = db.execute(
        select(Appointment, Unit.name)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.member_id == member_id)
        .order_by(Appointment.begins_at.desc())
    )
    return [
        HeldOffice(role=row.role, unit=unit, begins_at=row.begins_at, ends_at=row.ends_at)
        for row, unit in rows
    ]


def _checkins(db: Session, member_id: int) -> list[HeldCheckin]:
    rows = db.scalars(select(Checkin).where(Checkin.member_id == member_id).order_by(Checkin.opens_at.desc()))
    return [
        HeldCheckin(
            kind=row.kind,
            period=row.period,
            state=row.state,
            opens_at=row.opens_at,
            due_at=row.due_at,
            answered_at=row.answered_at,
            answered_by=_name(db, row.answered_by) if row.answered_by != member_id else None,
            question=row.question,
            report=row.report,
            excused_until=row.excused_until,
            excuse=row.excuse,
        )
        for row in rows
    ]


def _notes(db: Session, member_id: int) -> list[HeldNote]:
    rows = db.scalars(
        select(ContactNote).where(ContactNote.member_id == member_id).order_by(ContactNote.recorded_at.desc())
    )
    return [
        HeldNote(
            by=_name(db, row.by_id) or "",
            channel=row.channel,
            happened_on=row.happened_on,
            result=row.result,
            correction=row.correction,
        )
        for row in rows
    ]


def _pauses(db: Session, member_id: int) -> list[HeldPause]:
    return [
        HeldPause(
            kind=row.kind,
            state=row.state,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            announced_at=row.announced_at,
            by=_name(db, row.by_id) if row.by_id != member_id else None,
            reason=row.reason,
        )
        for row in pauses_of(db, member_id)
    ]


def _requests(db: Session, member_id: int) -> list[HeldRequest]:
    rows = db.scalars(
        select(HelpRequest).where(HelpRequest.member_id == member_id).order_by(HelpRequest.opened_at.desc())
    )
    return [
        HeldRequest(
            state=row.state,
            opened_at=row.opened_at,
            text=row.text,
            owner=_name(db, row.owner_id),
            replies=[
                HeldReply(at=one.at, by=name, text=one.text, files=len(one.files))
                for one, name in replies_of(db, row.id)
            ],
        )
        for row in rows
    ]


def _drafts(db: Session, member_id: int) -> list[HeldDraft]:
    account = account_of(db, member_id)
    if account is None:
        return []
    rows = db.scalars(
        select(Conversation)
        .where(Conversation.chat_id == account.chat_id)
        .order_by(Conversation.updated_at.desc())
    )
    return [
        HeldDraft(room=row.room, updated_at=row.updated_at, answers=json.loads(row.draft or "{}"))
        for row in rows
    ]


def _invites(db: Session, member_id: int, *, now: datetime) -> list[HeldInvite]:
    rows = db.scalars(select(Invite).where(Invite.member_id == member_id).order_by(Invite.created_at.desc()))
    return [
        HeldInvite(state=state_of(row, now=now), created_at=row.created_at, by=_name(db, row.by_id))
        for row in rows
    ]


def _name(db: Session, member_id: int | None) -> str | None:
    return db.get_one(Member, member_id).full_name if member_id else None


# --- acts -----------------------------------------------------------------------------------------------------------


def move_member(
    db: Session,
    member: Member,
    *,
    place_code: str | None,
    zone: str | None,
    policy: CheckinPolicy,
    now: datetime,
) -> Checkin | None:
    """The member works elsewhere now; the next check-in follows their new clock."""
    set_member_place(member, place_code, zone=zone)
    return plan_checkin(db, member, policy, now=now)


def propose_correction(db: Session, member: Member, *, what: str, proposed: str, now: datetime) -> int:
    """Name and year of birth are the cell's to change: those in charge are asked. How many could be told."""
    words = Message(phrases.correction_proposed(name=member.full_name, what=what, proposed=proposed))
    key = f"data.correct:{member.id}:{new_id()}"
    return tell_keepers(db, member, words, key=key, now=now)


def erase_member(db: Session, member: Member, *, policy: CheckinPolicy, now: datetime) -> None:
    """What the member gave is gone; name and membership stay with the cell, which is told."""
    account = account_of(db, member.id)
    words = Message(phrases.account_withdrawn(name=member.full_name))
    tell_keepers(db, member, words, key=f"data.erased:{member.id}:{new_id()}", now=now)
    _tell_above(db, member, now=now)
    for purpose, answer in consents(db, member.id).items():
        if answer.given:
            record_consent(db, member.id, purpose, given=False, now=now)
    stop_asking(db, member, now=now)
    for invite in db.scalars(
        select(Invite).where(Invite.member_id == member.id, Invite.state.in_(ALIVE))
    ).all():
        revoke_invite(db, invite, now=now, by_id=member.id)
    drop_secrets(db, member.id)
    _erase_texts(db, member.id, now=now)
    set_member_phone(member, None)
    set_member_place(member, None)
    member.rhythm, member.grace_days, member.discreet = None, None, False
    if account is not None:
        close_account(db, account, now=now)
        _erase_chat(db, account.chat_id)
    db.flush()
    plan_checkin(db, member, policy, now=now)


def _tell_above(db: Session, member: Member, *, now: datetime) -> None:
    """An office does not end by itself: the nearest officers above learn that nobody is to be reached in it."""
    for held in appointments(db, member.id, now=now):
        unit = db.get_one(Unit, held.unit_id)
        above = (holders(db, one, Role.OFFICER, now=now) for one in ancestor_ids(db, unit.id))
        words = Message(phrases.office_unattended(name=member.full_name, unit=unit.name))
        for officer_id in next((ids for found in above if (ids := [i for i in found if i != member.id])), []):
            key = f"data.office:{held.id}:{officer_id}:{new_id()}"
            tell(db, db.get_one(Member, officer_id), words, key=key, lane=Lane.ALERT, now=now)


def _erase_texts(db: Session, member_id: int, *, now: datetime) -> None:
    """Reports, notes, requests and papers keep their dates, and lose their words."""
    open_ones = (HelpRequest.member_id == member_id) & (HelpRequest.state != RequestState.CLOSED)
    db.execute(
        update(HelpRequest).where(open_ones).values(state=RequestState.CLOSED, closed_at=now, next_at=None)
    )
    erase_texts_about(db, member_id)


def _erase_chat(db: Session, chat_id: int) -> None:
    """Drafts, what was said and what was still to be said. A row on the wire is left to its sender."""
    here = Outbox.chat_id == chat_id
    db.execute(
        update(Outbox)
        .where(here, Outbox.state == OutboxState.PENDING)
        .values(state=OutboxState.CANCELLED)
        .execution_options(synchronize_session=False)
    )
    db.execute(
        update(Outbox)
        .where(here, Outbox.state != OutboxState.SENDING)
        .values(body_sealed=None, file_sealed=None)
        .execution_options(synchronize_session=False)
    )
    failed = (Inbox.chat_id == chat_id) & (Inbox.state == InboxState.FAILED)
    db.execute(update(Inbox).where(failed).values(body_sealed=None))
