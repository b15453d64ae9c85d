"""Where a chat stands: the question that was asked last in each room, and the answers so far.

    telegram:7  room checkin   step checkin.work    draft {...}   trail [checkin.place]   version 12   active
    telegram:7  room roster    step roster.file     draft {...}   trail []                version 3

One room at a time is active; the others wait as they were left, for a week or a year, and move along when a person is
linked to another address. The row is read and written in the update's own transaction. `version` goes into the buttons
of a question, so that a tap on an old one is known for what it is: `FormEnd` keeps what has become of the form that
was begun last in a room, and of no other.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, bindparam, delete, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.choices import drop_choices, drop_old_choices
from models.delivery.policy import ConversationPolicy
from models.ground.base import Base, Identified
from models.ground.channel import Address
from models.ground.sealing import Sealed


class Conversation(Identified, Base):
    __tablename__ = "conversation"

    address: Mapped[Address]
    room: Mapped[str]
    step: Mapped[str]
    trail: Mapped[str] = mapped_column(
        default=""
    )  # the steps before this one, space-separated: what "back" goes to
    version: Mapped[int] = mapped_column(default=1)
    active: Mapped[bool] = mapped_column(default=True)
    draft_sealed: Mapped[bytes | None]
    updated_at: Mapped[datetime]

    draft = Sealed("draft_sealed")

    __table_args__ = (UniqueConstraint("address", "room"), Index("ix_conversation_updated_at", "updated_at"))


class Ending(StrEnum):
    SENT = "sent"  # its last question was answered
    STOPPED = "stopped"  # by the person
    EXPIRED = "expired"  # nobody came back to it


class FormEnd(Identified, Base):
    """The form that was begun last in a room: the versions of its questions, and how it ended (None: it has not, or was closed)."""

    __tablename__ = "form_end"

    address: Mapped[Address]
    room: Mapped[str]
    first: Mapped[int]
    last: Mapped[int | None]
    how: Mapped[str | None]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("address", "room"), Index("ix_form_end_at", "at"))


def note_begin(db: Session, row: Conversation, *, now: datetime) -> None:
    """Remember where the versions of this form begin."""
    end = _end_in(db, row.address, row.room) or FormEnd(address=row.address, room=row.room)
    end.first, end.last, end.how, end.at = row.version, None, None, now
    db.add(end)


def end_conversation(db: Session, row: Conversation, how: Ending, *, now: datetime) -> None:
    """Forget this draft, and remember how it ended: its buttons stay in the chat."""
    end = _end_in(db, row.address, row.room)
    if end is not None and end.first < row.version:  # else a step has begun another form of this room
        end.last, end.how, end.at = row.version, how.value, now
    drop_conversation(db, row)


def ending_of(db: Session, address: Address, room: str, version: int) -> Ending | None:
    """Return how the form ended whose question had this version; None: it is not known."""
    end = _end_in(db, address, room)
    # `first` is the version before the first question: asking raises it
    if end is None or end.how is None or end.last is None or not end.first < version <= end.last:
        return None
    return Ending(end.how)


def _end_in(db: Session, address: Address, room: str) -> FormEnd | None:
    return db.scalars(select(FormEnd).where(FormEnd.address == address, FormEnd.room == room)).first()


# asked with every update, so they are put together once
_CURRENT = select(Conversation).where(Conversation.address == bindparam("here"), Conversation.active)
_IN_ROOM = select(Conversation).where(
    Conversation.address == bindparam("here"), Conversation.room == bindparam("this")
)


def current_conversation(db: Session, address: Address) -> Conversation | None:
    """Return the form whose question is being asked in this chat; None: nothing is asked."""
    return db.scalars(_CURRENT, {"here": address}).first()


def conversation_in(db: Session, address: Address, room: str) -> Conversation | None:
    """Return the form of this room in this chat, asked or parked; None: there is none."""
    return db.scalars(_IN_ROOM, {"here": address, "this": room}).first()


def latest_parked(db: Session, address: Address, *, since: datetime) -> Conversation | None:
    """Return the form that was left last, if one was left since then."""
    here = (Conversation.address == address) & ~Conversation.active & (Conversation.updated_at >= since)
    return db.scalars(select(Conversation).where(here).order_by(Conversation.updated_at.desc())).first()


def park_conversations(db: Session, address: Address) -> None:
    """Park what is being asked in this chat: nothing is any more, and unfinished drafts stay."""
    db.execute(_PARK, {"here": address})


# what of it has been read in this step is brought up to date with it
_PARK = (
    update(Conversation)
    .where(Conversation.address == bindparam("here"), Conversation.active)
    .values(active=False)
    .execution_options(
        synchronize_session="fetch"
    )  # an address is no value that SQLAlchemy compares by itself
)


def wake_conversation(db: Session, address: Address, room: str) -> None:
    """Let the parked draft of this room be the one that is being asked."""
    park_conversations(db, address)
    here = (Conversation.address == address) & (Conversation.room == room)
    db.execute(update(Conversation).where(here).values(active=True))


def forget_conversation(db: Session, address: Address, room: str) -> None:
    """Delete the draft of this room in this chat, if there is one. How its form ended is not noted."""
    db.execute(delete(Conversation).where(Conversation.address == address, Conversation.room == room))


def drop_conversation(db: Session, row: Conversation) -> None:
    """Forget this draft; a step may have dropped it already."""
    db.flush()
    db.execute(delete(Conversation).where(Conversation.id == row.id))


def drop_conversations(db: Session, address: Address) -> None:
    """Forget all that was being filled in there, by a stranger or by whose account it was."""
    db.flush()
    db.execute(delete(Conversation).where(Conversation.address == address))
    db.execute(delete(FormEnd).where(FormEnd.address == address))
    drop_choices(db, address)


def move_conversations(db: Session, *, old: Address, new: Address) -> None:
    """Move a person's forms to another chat. Where both have begun the same, the newer chat's draft stays."""
    begun = select(Conversation.room).where(Conversation.address == new)
    rooms = db.scalars(begun).all()
    left = Conversation.address == old
    db.execute(delete(Conversation).where(left, Conversation.room.in_(rooms)))
    moved = db.scalars(select(Conversation.room).where(left)).all()
    # parked: in the new chat another form may be asked just now
    db.execute(update(Conversation).where(left).values(address=new, active=False))
    db.execute(delete(FormEnd).where(FormEnd.address == new, FormEnd.room.in_(moved)))
    ends = FormEnd.address == old
    db.execute(update(FormEnd).where(ends, FormEnd.room.in_(moved)).values(address=new))
    db.execute(delete(FormEnd).where(ends))
    drop_choices(db, old)


def drop_old_conversation(db: Session, policy: ConversationPolicy, *, now: datetime) -> bool:
    """Delete one draft that nobody came back to, one memory of how a form ended or one list of choices: was there work?"""
    since = now - policy.keep
    old = db.scalars(select(Conversation).where(Conversation.updated_at < since).limit(1)).first()
    if old is not None:
        end_conversation(db, old, Ending.EXPIRED, now=now)
        return True
    begun = exists().where(Conversation.address == FormEnd.address, Conversation.room == FormEnd.room)
    end = db.scalars(select(FormEnd).where(FormEnd.at < since, ~begun).limit(1)).first()
    if end is not None:
        db.delete(end)
        return True
    return drop_old_choices(db, before=since)
