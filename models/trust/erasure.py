"""A member has their data deleted: rows, chats, what stands in other people's chats; with a receipt and a ledger.

    erase_member ──┬── what others' drafts and messages hold of it (the last 48 hours: `OutboxPolicy.forget`)
                   ├── rows about the member: as each table's `Fate` says (models/people/held.py)
                   ├── what was said in, and arrived from, the member's own chats
                   └── a row `Erasure`: number, when, counts; nothing personal

What the member did for others (decisions, notes, answers to requests) is those others' record and stays, under the name
that stays on the roster. A database that is restored from an older copy does not know of the deletion: the ledger lies in
a file beside it, and `erase_again` does it once more at the next start.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from sqlalchemy import ForeignKey, Index, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.checkin import plan_checkin
from models.contact.policy import CheckinPolicy
from models.delivery.body import WireBody
from models.delivery.choices import ChoiceList
from models.delivery.conversation import Conversation, FormEnd
from models.delivery.inbox import Inbox, InboxState
from models.delivery.message import Button, Lane, Message, Method, Recipient
from models.delivery.outbox import Outbox, OutboxState, enqueue
from models.delivery.page import clear_page, rows_that_say
from models.delivery.upload import UploadPart
from models.desk.law_request import LawKind, settle_by_itself
from models.desk.roster import RosterLeft, forget_in_left
from models.entry.register import tell_keepers
from models.ground.base import Base, Identified, Json, table_of
from models.ground.channel import NOWHERE, Address
from models.ground.phones import show_phone
from models.ground.sealing import keyring, new_id
from models.meeting.attendance import forget_in_minutes
from models.people.browser import Browser
from models.people.held import (
    acts_of,
    chats_of,
    columns_of_chats,
    emptied,
    erase_rows_about,
    people_in,
    records_about,
)
from models.people.member import Account, Member, consents, record_consent, tell
from models.people.push import drop_subscriptions
from models.people.rights import Appointment, appointments, officers_above
from models.people.trail import record_act
from models.people.unit import Unit, ancestor_ids
from models.phrases import common
from models.phrases.text import Lang
from models.phrases.trust import data as phrases
from models.trust.consent import stop_asking
from models.trust.loose_files import drop_loose_files
from models.year.review.bundle_rows import Bundle, BundlePart
from models.year.review.rating import keep_counts


class ErasureGround(StrEnum):
    """Who had it deleted, and when it was done again."""

    OWN = "own"  # the member, in their own chat
    CODE = "code"  # the person, by a code of the committee
    RESTORED = "restored"  # an older copy of the database was put back: done again


class Done(BaseModel):
    """Counts by kind: how many rows of which table, how many messages and drafts in other people's chats."""

    rows: dict[str, int] = {}
    said: int = 0  # in the member's own chats
    drafts: int = 0  # theirs, and those of others about them
    forgotten: int = 0  # words of messages to others, erased here
    recalled: int = 0  # messages on other people's phones, replaced or taken away
    acts: int = 0  # rows about others in which the member acted: they stay


class Erasure(Identified, Base):
    """One deletion. It names the member by id alone, and outlives what it deleted."""

    __tablename__ = "erasure"

    number: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    ground: Mapped[str]
    at: Mapped[datetime]
    done: Mapped[Done] = mapped_column(Json(Done))
    filed_at: Mapped[datetime | None]  # written into the ledger beside the database

    __table_args__ = (Index("ix_erasure_member_id", "member_id"), Index("ix_erasure_filed_at", "filed_at"))


# --- the act --------------------------------------------------------------------------------------------------------


def erase_member(
    db: Session,
    member: Member,
    *,
    policy: CheckinPolicy,
    now: datetime,
    ground: ErasureGround = ErasureGround.OWN,
) -> Erasure:
    """Delete what is the member's; name and membership stay with the cell, which is told. The row is the receipt."""
    done = _erase(db, member, now=now)
    row = _write_down(db, member, _number(now), ground, done, now=now)
    if member.left_at is None:
        words = Message(phrases.account_withdrawn(name=member.full_name))
        tell_keepers(db, member, words, key=f"data.erased:{row.id}", now=now)
        _tell_above(db, member, now=now)
    plan_checkin(db, member, policy, now=now)
    return row


def erase_again(db: Session, member_id: int, number: str, *, now: datetime) -> bool:
    """Do once more what a restored copy has undone; nobody is told again. False: the copy knows of it, or not of them."""
    member = db.get(Member, member_id)
    if member is None or db.scalar(select(Erasure.id).where(Erasure.number == number)) is not None:
        return False
    row = _write_down(db, member, number, ErasureGround.RESTORED, _erase(db, member, now=now), now=now)
    row.filed_at = now
    return True


def _erase(db: Session, member: Member, *, now: datetime) -> Done:
    db.flush()
    # gathered first: the rows that tell it are about to go
    chats, traces = chats_of(db, member.id), _traces(db, member)
    keep_counts(db, member_id=member.id)
    forget_in_minutes(db, member.id)
    done = Done(acts=sum(len(rows) for rows in acts_of(db, member.id).values()))
    done.forgotten, done.recalled, done.drafts = _forget_with_others(db, traces, chats, now=now)
    for purpose, answer in consents(db, member.id).items():
        if answer.given:
            record_consent(db, member.id, purpose, given=False, now=now)
    stop_asking(db, member, now=now)
    for kind in LawKind:  # there is nothing left to see, to correct or to object to
        settle_by_itself(db, member.id, kind, now=now)
    in_a_list = forget_in_left(db, member)
    done.rows = erase_rows_about(db, member.id) | ({RosterLeft.__tablename__: in_a_list} if in_a_list else {})
    said, drafts = _erase_chats(db, chats)
    done.said, done.drafts = said, done.drafts + drafts
    db.execute(update(Member).where(Member.id == member.id).values(emptied(table_of(Member))))
    db.refresh(member)
    drop_loose_files(db)
    return done


def _number(now: datetime) -> str:
    """XD-2026-4F7A2C: to be read out over the telephone."""
    return f"XD-{now.year}-{secrets.token_hex(3).upper()}"


def _write_down(
    db: Session, member: Member, number: str, ground: ErasureGround, done: Done, *, now: datetime
) -> Erasure:
    row = Erasure(number=number, member_id=member.id, ground=ground, at=now, done=done)
    db.add(row)
    record_act(db, "data.erase", by_id=member.id, member_id=member.id, now=now, detail=ground)
    db.flush()
    return row


def _tell_above(db: Session, member: Member, *, now: datetime) -> None:
    """An office does not end by itself: the nearest officers above learn that nobody is to be reached in it."""
    for held in appointments(db, member.id, now=now):
        unit = db.get_one(Unit, held.unit_id)
        words = Message(phrases.office_unattended(name=member.full_name, unit=unit.name))
        for officer_id in officers_above(db, unit.id, now=now, but={member.id}):
            key = f"data.office:{held.id}:{officer_id}:{new_id()}"
            tell(db, db.get_one(Member, officer_id), words, key=key, lane=Lane.ALERT, now=now)


# --- the member's own chats -----------------------------------------------------------------------------------------


def _erase_chats(db: Session, chats: Collection[Address]) -> tuple[int, int]:
    """Drafts, what was said and was to be said, what arrived: (messages, drafts). A row on the wire is its sender's."""
    drafts = db.execute(delete(Conversation).where(Conversation.address.in_(chats))).rowcount  # type: ignore[attr-defined]
    db.execute(delete(FormEnd).where(FormEnd.address.in_(chats)))
    db.execute(delete(ChoiceList).where(ChoiceList.address.in_(chats)))
    said = db.execute(
        delete(Outbox)
        .where(Outbox.address.in_(chats), Outbox.state != OutboxState.SENDING)
        .execution_options(synchronize_session=False)
    ).rowcount  # type: ignore[attr-defined]
    db.execute(
        update(Inbox)
        # STORED: its step is still to come, and erases it
        .where(Inbox.address.in_(chats), Inbox.state != InboxState.STORED)
        .values(emptied(table_of(Inbox)))
    )
    clear_page(db, chats)
    theirs = db.scalars(select(Browser.id).where(Browser.address.in_(chats))).all()
    drop_subscriptions(db, theirs)
    db.execute(delete(Browser).where(Browser.id.in_(theirs)))
    db.execute(delete(UploadPart).where(UploadPart.address.in_(chats)))
    bundles = select(Bundle.id).where(Bundle.address.in_(chats))
    db.execute(delete(BundlePart).where(BundlePart.bundle_id.in_(bundles)))
    db.execute(delete(Bundle).where(Bundle.address.in_(chats)))
    for table, column in columns_of_chats():
        nobody = None if table.c[column].nullable else NOWHERE
        db.execute(update(table).where(table.c[column].in_(chats)).values({column: nobody}))
    return said, drafts


# --- other people's chats -------------------------------------------------------------------------------------------


class _Traces(BaseModel):
    """By what a message or draft is known to hold something of the member's."""

    member_id: int
    ids: set[str]  # of the rows that go: they stand in buttons, and behind `about`
    words: list[str]  # the name, the phone number
    texts: str  # all that is held, for the ids of files
    people: set[int]  # who may have been told


_IDS = re.compile(r"\d{6,}")  # too long for a day, a count or a version


def _traces(db: Session, member: Member) -> _Traces:
    records = dict(records_about(db, member.id))
    ids = {str(row["id"]) for rows in records.values() for row in rows if "id" in row}
    phone = [show_phone(member.phone), member.phone] if member.phone else []
    return _Traces(
        member_id=member.id,
        ids=ids,
        words=[member.own_name, *phone],
        texts=json.dumps(records, default=str, ensure_ascii=False),
        people=(people_in(records) | _who_may_know(db, member)) - {member.id},
    )


def _who_may_know(db: Session, member: Member) -> set[int]:
    """Everybody on the cell's roster, and all who hold an office there or above."""
    if member.cell_id is None:
        return set()
    mates = set(db.scalars(select(Member.id).where(Member.cell_id == member.cell_id)))
    return mates | {
        holder
        for unit in [member.cell_id, *ancestor_ids(db, member.cell_id)]
        for holder in db.scalars(select(Appointment.member_id).where(Appointment.unit_id == unit))
    }


def _forget_with_others(
    db: Session, traces: _Traces, mine: Collection[Address], *, now: datetime
) -> tuple[int, int, int]:
    """(words erased here, messages replaced on phones, drafts dropped)."""
    chats = set(db.scalars(select(Account.address).where(Account.member_id.in_(traces.people)))) - {*mine}
    counted: Counter[str] = Counter()
    for row in list(db.scalars(_with_words(Outbox, chats))):
        counted.update(_forget_one(db, row, traces, now=now))
    for shown in rows_that_say(db, chats, traces.words):
        db.delete(shown)
        counted["recalled"] += 1
    for draft in list(db.scalars(select(Conversation).where(Conversation.address.in_(chats)))):
        held = draft.draft or ""  # a list that is looked over has numbers of phones, and no ids
        if {*_IDS.findall(held)} & {*traces.ids, str(traces.member_id)} or any(
            word in held for word in traces.words[1:]
        ):
            db.delete(draft)
            counted["drafts"] += 1
    for failed in db.scalars(_with_words(Inbox, chats).where(Inbox.state == InboxState.FAILED)):
        failed.body_sealed = None  # what it was is not known: it could not be read
    db.flush()
    return counted["forgotten"], counted["recalled"], counted["drafts"]


def _with_words(rows: Any, chats: Collection[Address]) -> Any:
    return select(rows).where(rows.address.in_(chats), rows.body_sealed.is_not(None))


def _forget_one(db: Session, row: Outbox, traces: _Traces, *, now: datetime) -> Iterator[str]:
    body = WireBody.model_validate_json(row.body or "{}")
    found = {
        *_IDS.findall(row.about or ""),
        *(i for line in body.buttons for _, to in line for i in _IDS.findall(to)),
    }
    private = bool(found & traces.ids) or bool(body.file_id and body.file_id in traces.texts)
    # words[0] is the name, which stays with the cell; behind it stands the number of the phone
    private = private or any(word in body.text for word in traces.words[1:])
    if row.state == OutboxState.SENDING or not (private or traces.words[0] in body.text):
        return
    if row.state == OutboxState.PENDING:
        if private:
            row.state, row.body_sealed, row.file_sealed = OutboxState.CANCELLED, None, None
            yield "forgotten"
        return  # a list with the name in it: the name stays with the cell
    row.body_sealed = row.file_sealed = None
    yield "forgotten"
    pushes = row.address.limits.pushes  # what stood on a page has gone from it above
    if (
        pushes
        and private
        and row.state == OutboxState.SENT
        and row.message_id
        and _can_be_taken_back(row, now)
    ):
        _take_back(db, row, now=now)
        yield "recalled"


def _can_be_taken_back(row: Outbox, now: datetime) -> bool:
    """Telegram lets a bot change what it sent for 48 hours."""
    edited = {Method.TEXT, Method.EDIT, Method.DOCUMENT, Method.PHOTO, Method.VOICE}
    return row.method in edited and now - (row.sent_at or row.created_at) < timedelta(hours=48)


def _take_back(db: Session, row: Outbox, *, now: datetime) -> None:
    in_words = row.method in (Method.TEXT, Method.EDIT)
    message = Message(
        phrases.taken_back(),
        [[Button(common.MENU, "nav:menu")]] if in_words else [],
        method=Method.EDIT if in_words else Method.DELETE,
        message_id=row.message_id,
    )
    to = Recipient(row.address, _language(db, row.address))
    enqueue(db, to, message, key=f"data.taken_back:{row.id}", lane=Lane.REMINDER, now=now)


def _language(db: Session, address: Address) -> Lang:
    spoken = select(Member.lang).join(Account).where(Account.address == address).order_by(Account.id.desc())
    return Lang(db.scalars(spoken.limit(1)).first() or Lang.VI)


# --- the ledger -----------------------------------------------------------------------------------------------------


class LedgerEntry(BaseModel):
    """One line of the ledger: no name, no number of a phone or chat."""

    number: str
    member_id: int
    at: datetime
    mac: str = ""  # by the program's own key: nobody else writes a line

    def says(self) -> bytes:
        return f"erasure|{self.number}|{self.member_id}|{self.at.isoformat()}".encode()


def unfiled(db: Session, *, limit: int = 100) -> list[Erasure]:
    """Return the deletions that do not stand in the ledger yet, the oldest first."""
    return list(
        db.scalars(select(Erasure).where(Erasure.filed_at.is_(None)).order_by(Erasure.id).limit(limit))
    )


def entry_of(row: Erasure) -> LedgerEntry:
    entry = LedgerEntry(number=row.number, member_id=row.member_id, at=row.at)
    return entry.model_copy(update={"mac": keyring().vouch(entry.says())})


def is_ours(entry: LedgerEntry) -> bool:
    """Return whether the program wrote this line, with a key that it still has."""
    return keyring().vouched(entry.says(), entry.mac) is True
