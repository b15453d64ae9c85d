"""What arrived from Telegram: stored before it is confirmed, processed once.

    accept ──> STORED ──step committed──> DONE      the body is erased in the same transaction
                  └─────step failed─────> FAILED    kept with its error and count; the operator is told

A row that is still STORED at start was left undone by the last process. Such rows are taken up one after the other,
each counted before it is tried: the one that kills the process is known by its count and given up, and no other is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Index, SmallInteger, bindparam, delete, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, partial_index, table_of
from models.ground.sealing import CannotUnseal, keyring

_PLACE = "inbox.body_sealed"


class InboxState(StrEnum):
    STORED = "stored"
    DONE = "done"
    FAILED = "failed"


class InboxPolicy(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    tries: int = 3
    """How often one update may end the process before it is set aside."""
    keep: timedelta = timedelta(days=3)
    """How long a processed update is kept; Telegram repeats one for a day at most."""
    keep_failed: timedelta = timedelta(days=30)
    """How long an update that failed is kept, with its error."""
    stranger_answers: int = 5
    """Answers to one stranger in an hour; after that silence."""


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
        partial_index("ix_inbox_stored", "update_id", where="state = 'stored'"),
        Index("ix_inbox_received_at", "received_at"),
    )


@dataclass(frozen=True, slots=True)
class Received:
    """One update as it came: its chat decides the order, its JSON is read when its turn comes."""

    update_id: int
    chat_id: int
    body: bytes


_STORED = Inbox.state == literal_column("'stored'")  # spelt out, or no database would use the partial index
_INSERT = {
    "sqlite": sqlite_insert(table_of(Inbox)).on_conflict_do_nothing(index_elements=["update_id"]),
    "postgresql": pg_insert(table_of(Inbox)).on_conflict_do_nothing(index_elements=["update_id"]),
}
_FINISH = (
    update(table_of(Inbox))
    .where(Inbox.update_id == bindparam("which"), _STORED)
    .values(state=InboxState.DONE.value, body_sealed=None)
)


def accept_inbox(db: Session, updates: Sequence[Received], *, now: datetime) -> None:
    """Store `updates`; those stored before are passed over."""
    if not updates:
        return
    ring = keyring()
    connection = db.connection()
    connection.execute(
        _INSERT[connection.dialect.name],
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


def waiting_inbox(db: Session, *, after: int = 0, limit: int) -> list[Received]:
    """Return what is stored and not yet stepped, oldest first, from the update after `after` on.

    One that does not unseal comes with an empty body: whoever steps it sets it aside, and the start goes on.
    """
    rows = db.execute(
        select(Inbox.update_id, Inbox.chat_id, Inbox.body_sealed)
        .where(_STORED, Inbox.update_id > after)
        .order_by(Inbox.update_id)
        .limit(limit)
    )
    return [Received(id, chat, _unsealed(id, body or b"")) for id, chat, body in rows]


def _unsealed(update_id: int, body: bytes) -> bytes:
    try:
        return keyring().unseal(body, place=_PLACE, row=update_id)
    except CannotUnseal:
        return b""


def finish_inbox(db: Session, update_id: int) -> bool:
    """Mark as done, in the step's own transaction; False when it was done before."""
    return bool(db.connection().execute(_FINISH, {"which": update_id}).rowcount)


def fail_inbox(db: Session, update_id: int, *, error: str, secret: bool = False) -> bool:
    """Keep it with its error, without its body when that is `secret`; False when it was settled before."""
    kept = {"body_sealed": None} if secret else {}
    result = db.execute(
        update(Inbox)
        .where(Inbox.update_id == update_id, _STORED)
        .values(state=InboxState.FAILED, error=error, tries=Inbox.tries + 1, **kept)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def count_inbox_try(db: Session, update_id: int, policy: InboxPolicy) -> bool:
    """Count before a left-over is tried; False when it has ended the process often enough.

    The first time it did so is not in the count: then nobody knew which of many it was.
    """
    result = db.execute(
        update(Inbox)
        .where(Inbox.update_id == update_id, Inbox.tries < policy.tries - 1)
        .values(tries=Inbox.tries + 1)
        .execution_options(synchronize_session=False)
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


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
            select(func.count()).select_from(Inbox).where(Inbox.chat_id == chat_id, Inbox.received_at > since)
        )
        or 0
    )
