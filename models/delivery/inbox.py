"""What arrived on a channel: stored before it is confirmed, processed once.

    accept ──> STORED ──step committed──> DONE      the body is erased in the same transaction
                  └─────step failed─────> FAILED    kept with its error and count; the operator is told

A row that is still STORED at start was left undone by the last process. Such rows are taken up one after the other,
each counted before it is tried: the one that kills the process is known by its count and given up, and no other is.

A channel numbers what it brings in its own way (`external_id`), and may bring it twice: what counts as the same is
(channel, external id). `id` is ours: it says in what order things came.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.policy import InboxPolicy
from models.ground.base import Base, Identified, partial_index, table_of
from models.ground.channel import NOWHERE, Address, Channel
from models.ground.sealing import CannotUnseal, keyring, new_id

_PLACE = "inbox.body_sealed"


class InboxState(StrEnum):
    STORED = "stored"
    DONE = "done"
    FAILED = "failed"


class Inbox(Identified, Base):
    __tablename__ = "inbox"

    channel: Mapped[str]
    external_id: Mapped[str]
    address: Mapped[Address]
    received_at: Mapped[datetime]
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    error: Mapped[str | None]
    body_sealed: Mapped[bytes | None]

    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        partial_index("ix_inbox_stored", "channel", "id", where="state = 'stored'"),
        Index("ix_inbox_received_at", "received_at"),
    )


@dataclass(frozen=True, slots=True)
class Received:
    """One update as it came: its address decides the order, its body is read when its turn comes.

    `is_here`: the body came along; else it lies in the database until then (`read_inbox`).
    """

    external_id: str
    address: Address
    body: bytes
    id: int = field(default_factory=new_id, compare=False)
    is_here: bool = field(default=True, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """Return what is the same however often the channel brings it."""
        return self.address.channel.value, self.external_id


_STORED = Inbox.state == literal_column("'stored'")  # spelt out, or no database would use the partial index
_ONCE = ["channel", "external_id"]
_INSERT = {
    "sqlite": sqlite_insert(table_of(Inbox)).on_conflict_do_nothing(index_elements=_ONCE),
    "postgresql": pg_insert(table_of(Inbox)).on_conflict_do_nothing(index_elements=_ONCE),
}
_THIS = (Inbox.channel == bindparam("of"), Inbox.external_id == bindparam("which"))
_FINISH = update(table_of(Inbox)).where(*_THIS, _STORED).values(state=InboxState.DONE.value, body_sealed=None)


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
                "id": u.id,
                "channel": u.address.channel.value,
                "external_id": u.external_id,
                "address": u.address,
                "received_at": now,
                "state": InboxState.STORED.value,
                "tries": 0,
                "body_sealed": ring.seal(u.body, place=_PLACE, row=u.id),
            }
            for u in updates
        ],
    )


def waiting_inbox(
    db: Session, channels: Collection[Channel], *, after: int = 0, limit: int
) -> list[Received]:
    """Return what these channels brought and nobody has stepped yet, oldest first, from the row after `after` on.

    Without their bodies: one may be a file, and there may be many.
    """
    rows = db.execute(
        select(Inbox.id, Inbox.channel, Inbox.external_id, _AS_STORED)
        .where(_STORED, Inbox.channel.in_([one.value for one in channels]), Inbox.id > after)
        .order_by(Inbox.id)
        .limit(limit)
    )
    return [
        Received(which, _whose(Channel(channel), address), b"", id, is_here=False)
        for id, channel, which, address in rows
    ]


_AS_STORED = type_coerce(Inbox.address, String)  # one that is damaged must not stop the others


def _whose(channel: Channel, stored: str) -> Address:
    """Whose it is; nobody's where that cannot be read, or is said of another channel."""
    try:
        address = Address.read(stored)
    except ValueError:
        return Address(channel, NOWHERE.key)
    return address if address.channel is channel else Address(channel, NOWHERE.key)


def read_inbox(db: Session, item: Received) -> Received | None:
    """Return the update with its body; None: it is settled by now.

    One that does not unseal has an empty body: whoever steps it sets it aside, and the start goes on.
    """
    row = db.execute(select(Inbox.body_sealed).where(Inbox.id == item.id, _STORED)).first()
    return None if row is None else replace(item, body=_unsealed(item.id, row[0] or b""), is_here=True)


def _unsealed(row: int, body: bytes) -> bytes:
    try:
        return keyring().unseal(body, place=_PLACE, row=row)
    except CannotUnseal:
        return b""


def finish_inbox(db: Session, item: Received) -> bool:
    """Mark as done, in the step's own transaction; False when it was done before."""
    return bool(db.connection().execute(_FINISH, _which(item)).rowcount)


def is_settled(db: Session, item: Received) -> bool:
    """Return whether it was stored, and is done or given up."""
    stored = select(Inbox.state).where(
        Inbox.channel == item.address.channel.value, Inbox.external_id == item.external_id
    )
    return db.scalar(stored) not in (None, InboxState.STORED)


def fail_inbox(db: Session, item: Received, *, error: str, secret: bool = False) -> bool:
    """Keep it with its error, without its body when that is `secret`; False when it was settled before."""
    kept = {"body_sealed": None} if secret else {}
    failed = update(table_of(Inbox)).where(*_THIS, _STORED)
    failed = failed.values(state=InboxState.FAILED.value, error=error, tries=Inbox.tries + 1, **kept)
    return bool(db.connection().execute(failed, _which(item)).rowcount)


def count_inbox_try(db: Session, item: Received, policy: InboxPolicy) -> bool:
    """Count before a left-over is tried; False when it has ended the process often enough.

    The first time it did so is not in the count: then nobody knew which of many it was.
    """
    counted = update(table_of(Inbox)).where(*_THIS, Inbox.tries < policy.tries - 1)
    return bool(db.connection().execute(counted.values(tries=Inbox.tries + 1), _which(item)).rowcount)


def _which(item: Received) -> dict[str, str]:
    return {"of": item.address.channel.value, "which": item.external_id}


def drop_old_inbox(db: Session, policy: InboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` old rows: was there work?"""
    old = (
        select(Inbox.id)
        .where(
            ((Inbox.state == InboxState.DONE) & (Inbox.received_at < now - policy.keep))
            | ((Inbox.state == InboxState.FAILED) & (Inbox.received_at < now - policy.keep_failed))
        )
        .limit(limit)
    )
    return bool(db.execute(delete(Inbox).where(Inbox.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def messages_since(db: Session, address: Address, *, since: datetime) -> int:
    """Count how often a chat has written since then: strangers are answered a few times an hour."""
    return (
        db.scalar(
            select(func.count()).select_from(Inbox).where(Inbox.address == address, Inbox.received_at > since)
        )
        or 0
    )
