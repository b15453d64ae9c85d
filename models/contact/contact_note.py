"""A contact, or an attempt at one, recorded by someone else than the member: by phone, Zalo, a relative, a visit.

    tried ──┬─ REACHED ────────────────────────> word of the member: what they owe is settled (models/contact/checkin)
            └─ NO_ANSWER, LEFT_WORD, HANDED, LATER ──> noted, with its day; nothing is settled by it

The member is told what was written about them, as soon as they can be reached, and may correct it; both texts are kept.
What a note says stays on the desk until somebody else there has read it (`unread_at`).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.sign_of_life import Sign, note_sign_on
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import cancel_outbox
from models.ground.base import Base, Identified, partial_index
from models.ground.sealing import Sealed
from models.people.member import Member, tell
from models.people.rights import desk_of
from models.people.trail import record_change
from models.phrases.contact import contact_note as phrases


class Means(StrEnum):
    """By what somebody was contacted; a channel of the program is another thing (models/ground/channel.py)."""

    PHONE = "phone"
    ZALO = "zalo"
    RELATIVE = "relative"
    VISIT = "visit"


class ContactOutcome(StrEnum):
    """What came of it: only who was reached has been heard of."""

    REACHED = "reached"
    NO_ANSWER = "no answer"
    LEFT_WORD = "left word"  # with a relative
    HANDED = "handed"  # somebody else is asked to call
    LATER = "later"  # they picked up and asked to be called again


class ContactNote(Identified, Base):
    __tablename__ = "contact_note"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    checkin_id: Mapped[
        int | None
    ]  # the oldest report that it answered; each of them says so itself (note_id)
    channel: Mapped[str]
    outcome: Mapped[str] = mapped_column(default=ContactOutcome.REACHED)
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    corrected_at: Mapped[datetime | None]
    unread_at: Mapped[datetime | None]  # its words have yet to be read by somebody else at the desk
    result_sealed: Mapped[bytes | None]
    correction_sealed: Mapped[bytes | None]

    result = Sealed("result_sealed")
    correction = Sealed("correction_sealed")  # the member's own words

    __table_args__ = (
        Index("ix_contact_note_member_id", "member_id", "recorded_at"),
        partial_index("ix_contact_note_unread", "member_id", where="unread_at IS NOT NULL"),
    )


def record_contact_note(
    db: Session,
    member: Member,
    *,
    channel: Means,
    happened_on: date,
    result: str,
    by_id: int,
    now: datetime,
    outcome: ContactOutcome = ContactOutcome.REACHED,
    checkin_id: int | None = None,
) -> ContactNote:
    """Keep what somebody heard from the member, or that they tried; the member is told."""
    note = ContactNote(
        member_id=member.id,
        by_id=by_id,
        checkin_id=checkin_id,
        channel=channel,
        outcome=outcome,
        happened_on=happened_on,
        recorded_at=now,
    )
    note.result = result or None
    db.add(note)
    db.flush()
    if outcome == ContactOutcome.REACHED:
        note_sign_on(db, member, Sign.CONTACT, on=happened_on, now=now)
    mark_unread(db, note, now=now)
    record_change(db, "contact.note", by_id=by_id, member_id=member.id, now=now)
    _tell(db, member, note, now=now)
    return note


def add_words(db: Session, note: ContactNote, words: str, *, now: datetime) -> None:
    """Add what was said, by whoever wrote the note. The member reads it as it stands now."""
    note.result = f"{note.result}\n{words}" if note.result else words
    mark_unread(db, note, now=now)
    record_change(db, "contact.note", by_id=note.by_id, member_id=note.member_id, now=now)
    cancel_outbox(db, about(note))
    _tell(db, db.get_one(Member, note.member_id), note, now=now, again=True)


def mark_unread(db: Session, note: ContactNote, *, now: datetime) -> None:
    """Mark it as unread, where there is somebody at the desk but its writer and its member."""
    member = db.get_one(Member, note.member_id)
    said = note.result or note.correction
    note.unread_at = now if said and desk_beside(db, member, note.by_id, now=now) else None


def desk_beside(db: Session, member: Member, by_id: int | None, *, now: datetime) -> list[int]:
    """Return secretary and deputy of the member's cell, without the member and without `by_id`."""
    holding = desk_of(db, member.cell_id or 0, now=now)
    return [one for one in holding if one not in (member.id, by_id)]


def about(note: ContactNote) -> str:
    """Return the matter by which what the member has not been told yet is taken back."""
    return f"contact_note:{note.id}"


def _tell(db: Session, member: Member, note: ContactNote, *, now: datetime, again: bool = False) -> None:
    words = phrases.recorded(
        by=db.get_one(Member, note.by_id).full_name,
        channel=note.channel,
        outcome=note.outcome,
        on=note.happened_on,
        result=note.result or "",
        settles=note.checkin_id is not None,
    )
    message = Message(words, [[Button(phrases.CORRECT, f"contact_note:correct:{note.id}")]])
    key = f"contact_note.recorded:{note.id}" + (f":{now:%Y%m%d%H%M%S%f}" if again else "")
    tell(db, member, message, key=key, lane=Lane.ALERT, now=now, about=about(note))


def tell_missed_notes(db: Session, member: Member, *, since: datetime, now: datetime) -> None:
    """Tell the member, who can be reached again, once what was written about them during the silence."""
    missed = (ContactNote.member_id == member.id) & (ContactNote.recorded_at >= since)
    for note in db.scalars(select(ContactNote).where(missed).order_by(ContactNote.recorded_at)).all():
        _tell(db, member, note, now=now)


def correct_contact_note(db: Session, note: ContactNote, *, correction: str, now: datetime) -> None:
    """Put the member's own words beside what was written. Its writer is told, and the desk, which has read it."""
    note.correction, note.corrected_at = correction, now
    member = db.get_one(Member, note.member_id)
    words = phrases.corrected(name=member.full_name, on=note.happened_on, correction=correction)
    desk = desk_beside(db, member, note.by_id, now=now)
    note.unread_at = now if desk else None
    for person_id in [note.by_id, *desk]:
        see = [[Button(phrases.SEE, f"desk:contact:{note.id}")]] if person_id in desk else []
        key = f"contact_note.corrected:{note.id}:{now:%Y%m%d%H%M%S}:{person_id}"
        tell(db, db.get_one(Member, person_id), Message(words, see), key=key, lane=Lane.ALERT, now=now)


def notes_on_desk(db: Session, cell_id: int) -> list[tuple[ContactNote, Member]]:
    """Return the notes that the desk still has to read, or to follow by another try; the oldest first."""
    since_heard = Member.heard_at.is_(None) | (ContactNote.recorded_at > Member.heard_at)
    tried = (ContactNote.outcome != ContactOutcome.REACHED) & since_heard
    rows = db.execute(
        select(ContactNote, Member)
        .join(Member, Member.id == ContactNote.member_id)
        .where(Member.cell_id == cell_id, Member.left_at.is_(None))
        .where(ContactNote.unread_at.is_not(None) | tried)
        .order_by(ContactNote.recorded_at, ContactNote.id)
    )
    return [(note, member) for note, member in rows]


def is_a_try(note: ContactNote, member: Member) -> bool:
    """Return whether it is an attempt that reached nobody, with no word of the member since."""
    return note.outcome != ContactOutcome.REACHED and (
        member.heard_at is None or note.recorded_at > member.heard_at
    )


def last_contact_notes(db: Session, member_id: int, *, limit: int = 10) -> list[ContactNote]:
    return list(
        db.scalars(
            select(ContactNote)
            .where(ContactNote.member_id == member_id)
            .order_by(ContactNote.recorded_at.desc())
            .limit(limit)
        )
    )
