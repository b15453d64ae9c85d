"""Messages that an operator may decide on: those that do not open, and those of which nobody knows whether they arrived.

    FAILED, unreadable ──its key is back──> PENDING          UNCERTAIN ──once more──> PENDING, and uncertain no more than once
             └──────────given up──────────> FAILED

An update that could not be done stays in the inbox with its error. It is not done later: whoever sent it was asked to send it again,
and their conversation has gone on since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.delivery.claims import open_outbox
from models.delivery.inbox import Inbox, InboxState
from models.delivery.outbox import UNREADABLE, Outbox, OutboxState
from models.ground.base import table_of
from models.ground.sealing import CannotUnseal

_UNREADABLE = (Outbox.state == OutboxState.FAILED) & (Outbox.error == UNREADABLE)
_DECIDABLE = or_(_UNREADABLE, Outbox.state == OutboxState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class SetAside:
    """One message or update, without anything personal. `opens`: its seal does, now."""

    id: int
    at: datetime
    channel: str
    what: str  # the room that said it; empty for an update
    why: str
    opens: bool


# --- acts -----------------------------------------------------------------------------------------------------------


def send_once_more(db: Session, row_id: int) -> bool:
    """Let a message wait to be sent again; False: there is none to decide on, or it does not open."""
    row = db.execute(_ROWS.where(Outbox.id == row_id, _DECIDABLE)).first()
    if row is None or not _opens(row.id, row.body_sealed, row.file_sealed):
        return False
    again = update(table_of(Outbox)).where(Outbox.id == row_id)
    # somebody wants one more copy, and no second one of it
    again = again.values(state=OutboxState.PENDING.value, again=False, error=None)
    return bool(db.connection().execute(again).rowcount)


def give_up(db: Session, row_id: int) -> bool:
    """Give up a message that does not open; False: there is none."""
    given_up = update(table_of(Outbox)).where(Outbox.id == row_id, _UNREADABLE)
    given_up = given_up.values(error="given up", body_sealed=None, file_sealed=None)
    return bool(db.connection().execute(given_up).rowcount)


# --- questions ------------------------------------------------------------------------------------------------------

_ROWS = select(
    Outbox.id,
    Outbox.created_at,
    Outbox.channel,
    Outbox.key,
    Outbox.state,
    Outbox.body_sealed,
    Outbox.file_sealed,
)


def messages_set_aside(db: Session, *, limit: int) -> list[SetAside]:
    """Return the messages to decide on, oldest first."""
    rows = db.execute(_ROWS.where(_DECIDABLE).order_by(Outbox.created_at, Outbox.id).limit(limit))
    return [
        SetAside(
            row.id,
            row.created_at,
            row.channel,
            row.key.partition(":")[0],
            "uncertain" if row.state == OutboxState.UNCERTAIN else UNREADABLE,
            _opens(row.id, row.body_sealed, row.file_sealed),
        )
        for row in rows
    ]


def updates_set_aside(db: Session, *, limit: int) -> list[SetAside]:
    """Return the updates that could not be done, oldest first."""
    rows = select(Inbox.id, Inbox.received_at, Inbox.channel, Inbox.error).where(
        Inbox.state == InboxState.FAILED
    )
    found = db.execute(rows.order_by(Inbox.received_at, Inbox.id).limit(limit))
    return [SetAside(id, at, channel, "", error or "", False) for id, at, channel, error in found]


def unreadable_since(db: Session, since: datetime, *, limit: int) -> Sequence[int]:
    """Return the messages that do not open and that nobody has decided on."""
    kept = Outbox.body_sealed.is_not(None) & (Outbox.created_at >= since)
    return db.scalars(select(Outbox.id).where(kept, _UNREADABLE).limit(limit)).all()


def _opens(row_id: int, body: bytes | None, file: bytes | None) -> bool:
    try:
        open_outbox(row_id, body, file)
    except (CannotUnseal, ValueError):
        return False
    return True
