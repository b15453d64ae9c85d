"""What arrived from Telegram: stored before it is confirmed, processed once.

    accept ──> STORED ──step committed──> DONE      the body is erased in the same transaction
                  └─────step failed─────> FAILED    kept with its error and count; the operator is told

A row that is still STORED at start was interrupted by the end of the process: it is tried again, `tries` times in
all, so that an update that kills the process cannot do so for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Index, SmallInteger, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.sealing import keyring

_PLACE = "inbox.body_sealed"


class InboxState(StrEnum):
    STORED = "stored"
    DONE = "done"
    FAILED = "failed"


class InboxPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    tries: int = 3  # starts of the process that one update may survive unprocessed
    keep: timedelta = timedelta(days=3)  # Telegram repeats an update for one day at most
    keep_failed: timedelta = timedelta(days=30)
    stranger_answers: int = 5  # to one stranger in an hour; after that silence


class Inbox(Base):
    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    chat_id: Mapped[int]
    received_at: Mapped[datetime]
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    error: Mapped[str | None]
    body_sealed: Mapped[bytes | None]

    __table_args__ = (
        Index(
            "ix_inbox_stored",
            "update_id",
            sqlite_where=text("state = 'stored'"),
            postgresql_where=text("state = 'stored'"),
        ),
        Index("ix_inbox_received_at", "received_at"),
    )


@dataclass(frozen=True, slots=True)
class Received:
    """One update as it came: its chat decides the order, its JSON is read when its turn comes."""

    update_id: int
    chat_id: int
    body: bytes


def accept_inbox(db: Session, updates: Sequence[Received], *, now: datetime) -> None:
    """Store `updates`; those stored before are passed over."""
    if not updates:
        return
    build = sqlite_insert if db.get_bind().dialect.name == "sqlite" else pg_insert
    ring = keyring()
    db.execute(
        build(Inbox).on_conflict_do_nothing(index_elements=["update_id"]),
        [
            {
                "update_id": u.update_id,
                "chat_id": u.chat_id,
                "received_at": now,
                "state": InboxState.STORED.value,
                "tries": 0,
                "body_sealed": ring.seal(u.body, place=_PLACE, row=u.update_id),
            }
            for u in updates
        ],
    )


def waiting_inbox(db: Session, *, limit: int) -> list[Received]:
    """Stored and not yet stepped, oldest first."""
    rows = db.execute(
        select(Inbox.update_id, Inbox.chat_id, Inbox.body_sealed)
        .where(Inbox.state == InboxState.STORED)
        .order_by(Inbox.update_id)
        .limit(limit)
    )
    ring = keyring()
    return [Received(id, chat, ring.unseal(body or b"", place=_PLACE, row=id)) for id, chat, body in rows]


def finish_inbox(db: Session, update_id: int) -> bool:
    """Mark as done, in the step's own transaction; False when another process was faster."""
    result = db.execute(
        update(Inbox)
        .where(Inbox.update_id == update_id, Inbox.state == InboxState.STORED)
        .values(state=InboxState.DONE, body_sealed=None)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def fail_inbox(db: Session, update_id: int, *, error: str) -> None:
    db.execute(
        update(Inbox)
        .where(Inbox.update_id == update_id)
        .values(state=InboxState.FAILED, error=error, tries=Inbox.tries + 1)
    )


def count_interrupted_inbox(db: Session, policy: InboxPolicy) -> int:
    """At start: count what the last process left undone; give up on what has been left too often."""
    left = Inbox.state == InboxState.STORED
    db.execute(update(Inbox).where(left).values(tries=Inbox.tries + 1))
    result = db.execute(
        update(Inbox)
        .where(left, Inbox.tries > policy.tries)
        .values(state=InboxState.FAILED, error="the process ended each time it was tried")
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def drop_old_inbox(db: Session, policy: InboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` old rows: was there work?"""
    old = (
        select(Inbox.update_id)
        .where(
            ((Inbox.state == InboxState.DONE) & (Inbox.received_at < now - policy.keep))
            | ((Inbox.state == InboxState.FAILED) & (Inbox.received_at < now - policy.keep_failed))
        )
        .limit(limit)
    )
    return bool(db.execute(delete(Inbox).where(Inbox.update_id.in_(old))).rowcount)  # type: ignore[attr-defined]


def messages_since(db: Session, chat_id: int, *, since: datetime) -> int:
    """How often a chat has written since then: strangers are answered a few times an hour."""
    return (
        db.scalar(
            select(func.count())
            .select_from(Inbox)
            .where(Inbox.chat_id == chat_id, Inbox.received_at >= since)
        )
        or 0
    )
