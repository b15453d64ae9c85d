"""What is to be said, until it is said.

    enqueue ──> PENDING ──claim──> SENDING (lease) ──> SENT
                   ^                  │
                   ├── not sent ──────┤   429, connect error, clear 5xx: later, up to `tries`
                   ├── not known ─────┤   read time-out, crash: once more, if the kind says so
                   │                  ├─> UNCERTAIN   not known, and a second copy would be worse
                   │                  └─> FAILED      refused for good: blocked, bad request, too late
                   └─ settled before it was said ──> CANCELLED

Attempts are counted when a row is claimed, before the wire, so that a crash can never lead to a third copy: `attempts`
counts the times that Telegram may have received it. Every automatic message has a key (what:whom:occurrence:step) that
is unique here: it is said once, however often the question is asked. A row holds what was said, rendered and sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Index, SmallInteger, delete, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Identified
from models.markup import CAPTION_LIMIT, split_html, visible_length
from models.phrases import common
from models.phrases.text import Lang, Text
from models.sealing import Sealed, keyring, new_id


class Lane(IntEnum):
    REPLY = 0
    ALERT = 1
    REMINDER = 2
    BULK = 3


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # claimed: on the wire, or the process died on the way
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # nobody knows; the next nudge or a person decides
    CANCELLED = "cancelled"  # settled before it was said


class Method(StrEnum):
    TEXT = "text"
    EDIT = "edit"
    DELETE = "delete"
    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    COMMANDS = "commands"  # the command menu of one chat


class OutboxPolicy(BaseModel):
    """Pace and patience. Telegram's limits: core.telegram.org/bots/faq (broadcasting), read in 2026."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rate: float = 30  # messages a second over all chats; up to 1,000 where paid broadcast is on
    chat_seconds: float = 1.0  # between messages to one chat, on the average
    chat_burst: int = 3  # messages to one chat that may follow each other at once
    lease: timedelta = timedelta(seconds=90)
    tries: int = 12  # in all, of a message known not to have arrived
    keep: timedelta = timedelta(
        days=30
    )  # after that a row is deleted: what was said is nobody's business any more


@dataclass(frozen=True, slots=True)
class Button:
    """A label and what it sends back (`room:verb:…`) or an https link that it opens."""

    label: Text
    to: str


Buttons = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: its bytes, or the id under which Telegram already has it."""

    name: str
    data: bytes = b""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message before it is anybody's: words and buttons in every language."""

    text: Text
    buttons: Buttons = ()
    attachment: Attachment | None = None
    method: Method = Method.TEXT
    message_id: int | None = None  # the message to edit or delete
    ask_contact: Text | None = None  # label of a reply-keyboard button that shares the phone number
    drop_keyboard: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """A chat and how to speak to it. `discreet`: a lock screen shows a neutral line and nothing else."""

    chat_id: int
    lang: Lang = Lang.VI
    discreet: bool = False


class Body(BaseModel):
    """What goes over the wire, without the bytes of a file."""

    text: str = ""
    buttons: list[list[tuple[str, str]]] = []
    ask_contact: str = ""
    drop_keyboard: bool = False
    message_id: int | None = None
    file_name: str = ""
    file_id: str = ""


class Outbox(Identified, Base):
    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(unique=True)
    chat_id: Mapped[int]
    about: Mapped[str | None]  # room:id of the matter, by which what is not yet said can be cancelled
    lane: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str]
    state: Mapped[str]
    not_before: Mapped[datetime]
    not_after: Mapped[datetime | None]  # past this it is of no use any more
    again: Mapped[bool]  # when nobody knows whether it arrived: once more?
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)  # times it may have arrived
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)  # times it was taken up
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    error: Mapped[str | None]
    body_sealed: Mapped[bytes | None]
    file_sealed: Mapped[bytes | None]

    body = Sealed("body_sealed")

    __table_args__ = (
        Index(
            "ix_outbox_due",
            "lane",
            "not_before",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_outbox_chat", "chat_id", "created_at"),
        Index("ix_outbox_about", "about"),
        Index("ix_outbox_state", "state", "lease_until"),
    )


# --- acts -----------------------------------------------------------------------------------------------------------


def enqueue(
    db: Session,
    to: Recipient,
    message: Message,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    again: bool | None = None,
    about: str | None = None,
) -> bool:
    """Put `message` into the outbox, in as many parts as Telegram wants; False when `key` was said before."""
    hidden = to.discreet and lane is not Lane.REPLY
    rows = []
    for index, part in enumerate(_parts(message, to.lang, hidden=hidden)):
        rows.append(
            _row(
                part,
                to.chat_id,
                key=key if index == 0 else f"{key}#{index + 1}",
                lane=lane,
                created_at=now,
                not_before=not_before or now,
                not_after=not_after,
                again=lane in (Lane.REPLY, Lane.ALERT) if again is None else again,
                about=about,
            )
        )
    build = sqlite_insert if db.get_bind().dialect.name == "sqlite" else pg_insert
    statement = build(Outbox).on_conflict_do_nothing(index_elements=["key"]).returning(Outbox.id)
    return db.execute(statement, rows[:1]).first() is not None and (
        not rows[1:] or bool(db.execute(insert(Outbox), rows[1:]))
    )


@dataclass(frozen=True, slots=True)
class _Part:
    method: Method
    body: Body
    data: bytes = b""


def _row(part: _Part, chat_id: int, **columns: Any) -> dict[str, Any]:
    row, ring = new_id(), keyring()
    body = part.body.model_dump_json(exclude_defaults=True).encode()
    return {
        "id": row,
        "chat_id": chat_id,
        "method": part.method.value,
        "state": OutboxState.PENDING.value,
        "attempts": 0,
        "tries": 0,
        "body_sealed": ring.seal(body, place="outbox.body_sealed", row=row),
        "file_sealed": ring.seal(part.data, place="outbox.file_sealed", row=row) if part.data else None,
        **columns,
    }


def _parts(message: Message, lang: Lang, *, hidden: bool) -> list[_Part]:
    """The message as Telegram takes it: texts of bounded length, then the file; buttons under the last."""
    words = message.text.to(lang)
    file = message.attachment
    caption = words if file and visible_length(words) <= CAPTION_LIMIT - 100 else ""
    texts = [] if file and caption == words else split_html(words, 4000 if hidden else 4096)
    if hidden:
        texts = [common.discreet(words, lang) for words in texts]
        caption = common.discreet(caption, lang) if caption else ""
    parts = [_Part(Method.TEXT, Body(text=words)) for words in texts]
    if message.method in (Method.EDIT, Method.DELETE):
        first = parts[0].body.model_copy(update={"message_id": message.message_id})
        parts[0] = _Part(message.method, first)
    if file:
        body = Body(text=caption, file_name=file.name, file_id=file.file_id)
        method = message.method if message.method is not Method.TEXT else Method.DOCUMENT
        parts.append(_Part(method, body, file.data))
    parts[-1] = replace(parts[-1], body=parts[-1].body.model_copy(update=_keyboard(message, lang)))
    return parts


def _keyboard(message: Message, lang: Lang) -> dict[str, Any]:
    return {
        "buttons": [[(b.label.to_plain(lang), b.to) for b in row] for row in message.buttons if row],
        "ask_contact": message.ask_contact.to_plain(lang) if message.ask_contact else "",
        "drop_keyboard": message.drop_keyboard,
    }


@dataclass(frozen=True, slots=True)
class Claimed:
    """One row in the sender's hands."""

    id: int
    chat_id: int
    lane: Lane
    method: Method
    again: bool
    attempts: int
    tries: int
    body: Body
    data: bytes


def claim_outbox(
    db: Session,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    busy: Collection[int] = (),
    up_to: Lane = Lane.BULK,
) -> list[Claimed]:
    """Take up to `limit` due rows, best lane first, leaving the chats in `busy` alone; counted before the wire."""
    due = (
        select(Outbox.id)
        .where(Outbox.state == OutboxState.PENDING, Outbox.not_before <= now, Outbox.lane <= up_to)
        .order_by(Outbox.lane, Outbox.not_before, Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if busy:
        due = due.where(Outbox.chat_id.not_in(busy))
    rows = db.execute(
        update(Outbox)
        .where(Outbox.id.in_(due))
        .values(
            state=OutboxState.SENDING,
            attempts=Outbox.attempts + 1,
            tries=Outbox.tries + 1,
            lease_until=now + policy.lease,
        )
        .returning(
            Outbox.id,
            Outbox.chat_id,
            Outbox.lane,
            Outbox.method,
            Outbox.again,
            Outbox.attempts,
            Outbox.tries,
            Outbox.body_sealed,
            Outbox.file_sealed,
            Outbox.not_before,
            Outbox.not_after,
        )
        .execution_options(synchronize_session=False)
    ).all()
    rows = sorted(rows, key=lambda row: (row.lane, row.not_before, row.id))
    late = [row.id for row in rows if row.not_after and row.not_after < now]
    if late:
        settle_outbox(db, [Outcome(id, OutboxState.FAILED, error="too late") for id in late], now=now)
    return [_claimed(row) for row in rows if row.id not in late]


def _claimed(row: Any) -> Claimed:
    ring = keyring()
    data = ring.unseal(row.file_sealed, place="outbox.file_sealed", row=row.id) if row.file_sealed else b""
    body = Body.model_validate_json(ring.unseal(row.body_sealed, place="outbox.body_sealed", row=row.id))
    return Claimed(
        row.id,
        row.chat_id,
        Lane(row.lane),
        Method(row.method),
        row.again,
        row.attempts,
        row.tries,
        body,
        data,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claimed row."""

    id: int
    state: OutboxState
    message_id: int | None = None
    error: str | None = None
    not_before: datetime | None = None  # PENDING again: not earlier than this
    reached_nobody: bool = False  # it is known that Telegram did not take it


def settle_outbox(db: Session, outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Write down what became of claimed rows."""
    for outcome in outcomes:
        values: dict[str, Any] = {"state": outcome.state, "lease_until": None, "error": outcome.error}
        if outcome.state is OutboxState.SENT:
            values |= {"sent_at": now, "message_id": outcome.message_id, "file_sealed": None}
        if outcome.not_before:
            values["not_before"] = outcome.not_before
        if outcome.reached_nobody:
            values["attempts"] = Outbox.attempts - 1
        db.execute(
            update(Outbox)
            .where(Outbox.id == outcome.id, Outbox.state == OutboxState.SENDING)
            .values(values)
            .execution_options(synchronize_session=False)
        )


def after_unknown(claimed: Claimed, *, now: datetime) -> Outcome:
    """Nobody knows whether it arrived: once more when the kind says so, and never a third time."""
    if claimed.again and claimed.attempts < 2:
        return Outcome(claimed.id, OutboxState.PENDING, error="not known: once more", not_before=now)
    return Outcome(claimed.id, OutboxState.UNCERTAIN, error="not known")


def cancel_outbox(db: Session, about: str) -> int:
    """What is not yet said about a matter need not be said any more; how many messages."""
    result = db.execute(
        update(Outbox)
        .where(Outbox.about == about, Outbox.state == OutboxState.PENDING)
        .values(state=OutboxState.CANCELLED)
        .execution_options(synchronize_session=False)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def free_stuck_outbox(db: Session, *, now: datetime, all_of_them: bool = False) -> int:
    """Rows whose sender died: once more, or uncertain. `all_of_them`: at start, when no other sender lives."""
    stuck = Outbox.state == OutboxState.SENDING
    if not all_of_them:
        stuck = stuck & (Outbox.lease_until <= now)
    once_more = update(Outbox).where(stuck, Outbox.again, Outbox.attempts < 2)
    never = update(Outbox).where(stuck, or_(~Outbox.again, Outbox.attempts >= 2))
    freed = 0
    for statement, state in ((once_more, OutboxState.PENDING), (never, OutboxState.UNCERTAIN)):
        result = db.execute(
            statement.values(state=state, lease_until=None, error="the sender died").execution_options(
                synchronize_session=False
            )
        )
        freed += result.rowcount  # type: ignore[attr-defined]
    return freed


def drop_old_outbox(db: Session, policy: OutboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` rows that are settled and older than `policy.keep`: was there work?"""
    old = (
        select(Outbox.id)
        .where(
            Outbox.created_at < now - policy.keep,
            Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING)),
        )
        .limit(limit)
    )
    return bool(db.execute(delete(Outbox).where(Outbox.id.in_(old))).rowcount)  # type: ignore[attr-defined]


# --- questions ------------------------------------------------------------------------------------------------------


def next_outbox_at(db: Session) -> datetime | None:
    """When the next message is due."""
    return db.scalar(select(func.min(Outbox.not_before)).where(Outbox.state == OutboxState.PENDING))
