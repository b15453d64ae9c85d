"""A contact recorded by someone else than the member: by phone, Zalo, a relative, a visit.

The member is told what was written about them, as soon as they can be reached, and may correct it; both texts are kept.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Identified
from models.member import Member, tell
from models.outbox import Button, Lane, Message
from models.phrases import contact_note as phrases
from models.sealing import Sealed
from models.trail import record_change


class Channel(StrEnum):
    PHONE = "phone"
    ZALO = "zalo"
    RELATIVE = "relative"
    VISIT = "visit"


class ContactNote(Identified, Base):
    __tablename__ = "contact_note"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    checkin_id: Mapped[
        int | None
    ]  # the oldest report that it answered; each of them says so itself (note_id)
    channel: Mapped[str]
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    corrected_at: Mapped[datetime | None]
    result_sealed: Mapped[bytes | None]
    correction_sealed: Mapped[bytes | None]

    result = Sealed("result_sealed")
    correction = Sealed("correction_sealed")  # the member's own words

    __table_args__ = (Index("ix_contact_note_member_id", "member_id", "recorded_at"),)


def record_contact_note(
    db: Session,
    member: Member,
    *,
    channel: Channel,
    happened_on: date,
    result: str,
    by_id: int,
    now: datetime,
    checkin_id: int | None = None,
) -> ContactNote:
    """Keep what somebody heard from the member, and tell the member."""
    note = ContactNote(
        member_id=member.id,
        by_id=by_id,
        checkin_id=checkin_id,
        channel=channel,
        happened_on=happened_on,
        recorded_at=now,
    )
    note.result = result
    db.add(note)
    db.flush()
    record_change(db, "contact.note", by_id=by_id, member_id=member.id, now=now)
    _tell(db, member, note, now=now)
    return note


def _tell(db: Session, member: Member, note: ContactNote, *, now: datetime) -> None:
    words = phrases.recorded(
        by=db.get_one(Member, note.by_id).full_name,
        channel=note.channel,
        on=note.happened_on,
        result=note.result or "",
        settles=note.checkin_id is not None,
    )
    message = Message(words, [[Button(phrases.CORRECT, f"contact_note:correct:{note.id}")]])
    tell(db, member, message, key=f"contact_note.recorded:{note.id}", lane=Lane.ALERT, now=now)


def tell_missed_notes(db: Session, member: Member, *, since: datetime, now: datetime) -> None:
    """The member can be reached again: what was written about them during the silence is told now, once."""
    missed = (ContactNote.member_id == member.id) & (ContactNote.recorded_at >= since)
    for note in db.scalars(select(ContactNote).where(missed).order_by(ContactNote.recorded_at)).all():
        _tell(db, member, note, now=now)


def correct_contact_note(db: Session, note: ContactNote, *, correction: str, now: datetime) -> None:
    """The member's own words beside what was written; who wrote it is told."""
    note.correction, note.corrected_at = correction, now
    writer, member = db.get_one(Member, note.by_id), db.get_one(Member, note.member_id)
    words = phrases.corrected(name=member.full_name, on=note.happened_on, correction=correction)
    key = f"contact_note.corrected:{note.id}:{now:%Y%m%d%H%M%S}"
    tell(db, writer, Message(words), key=key, lane=Lane.ALERT, now=now)


def last_contact_notes(db: Session, member_id: int, *, limit: int = 10) -> list[ContactNote]:
    return list(
        db.scalars(
            select(ContactNote)
            .where(ContactNote.member_id == member_id)
            .order_by(ContactNote.recorded_at.desc())
            .limit(limit)
        )
    )
