"""What became of the messages: read from the outbox by their keys, a handful at a time, never by walking it.

Looked for among those that are older than what is on the wire just now: behind it a hundred thousand may wait.

    all parts sent ──> SENT        one refused ──> UNREACHABLE | FAILED        nobody knows ──> UNCERTAIN
    called back    ──> WAITING (there are other words now)  |  NOT_SAID (the notice is cancelled)

Of a change to what stands there already only `shown` and the messages' ids are noted: whoever has read it has read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, case, or_, select, update
from sqlalchemy.orm import Session

from models.delivery.claims import newest_claimed
from models.delivery.message import Lane
from models.delivery.outbox import Outbox, OutboxState
from models.entry.reachability import REFUSALS
from models.ground.base import table_of
from models.meeting.notice.rows import Notice, NoticeReceipt, NoticeState, R, ReceiptState
from models.meeting.notice.saying import key_of

_ON_ITS_WAY = (OutboxState.PENDING, OutboxState.SENDING)


class MessageEnd(NamedTuple):
    """One message's end. `message_id`: under which Telegram keeps it."""

    state: str
    message_id: int | None
    error: str | None


_GONE = MessageEnd(OutboxState.UNCERTAIN, None, None)


def settle_receipts(db: Session, notice: Notice, *, limit: int, now: datetime) -> int:
    """Note what became of up to `limit` people's messages; return how many."""
    newest = newest_claimed(db, Lane.BULK)
    old = [] if newest is None else [NoticeReceipt.outbox_id <= newest]
    rows = db.execute(
        select(
            NoticeReceipt.id,
            NoticeReceipt.state,
            NoticeReceipt.version,
            NoticeReceipt.shown,
            NoticeReceipt.parts,
            NoticeReceipt.messages,
        )
        .outerjoin(Outbox, Outbox.id == NoticeReceipt.outbox_id)
        .where(
            NoticeReceipt.notice_id == notice.id,
            NoticeReceipt.outbox_id.is_not(None),
            or_(Outbox.id.is_(None), Outbox.state.not_in(_ON_ITS_WAY)),
            *old,
        )
        .order_by(NoticeReceipt.outbox_id)
        .limit(limit)
    ).all()
    if not rows:
        return 0
    ends = _ends(db, [key_of(row.id, row.version, part) for row in rows for part in range(row.parts)])
    found = [
        _settled(
            notice,
            row,
            [ends.get(key_of(row.id, row.version, part), _GONE) for part in range(row.parts)],
            now=now,
        )
        for row in rows
    ]
    db.connection().execute(_SETTLED, found)
    return len(rows)


def _ends(db: Session, keys: Sequence[str]) -> dict[str, MessageEnd]:
    rows = db.execute(
        select(Outbox.key, Outbox.state, Outbox.message_id, Outbox.error).where(Outbox.key.in_(keys))
    )
    return {row.key: MessageEnd(row.state, row.message_id, row.error) for row in rows}


def _settled(notice: Notice, row: Any, parts: list[MessageEnd], *, now: datetime) -> dict[str, Any]:
    """What the receipt's columns become, for `_SETTLED`.

    Some keys end in "_": in an UPDATE SQLAlchemy keeps the plain names of the columns for itself.
    """
    states = {part.state for part in parts}
    ids = [part.message_id for part in parts if part.state == OutboxState.SENT and part.message_id]
    standing = [int(one) for one in row.messages.split()]
    told = states == {OutboxState.SENT}
    other_words = row.version < notice.version
    becomes = R.SENT if told else _end_of(notice, parts, some=bool(ids), other_words=other_words)
    version, shown = row.version, row.shown
    if told:
        shown = version
    elif OutboxState.CANCELLED in states and other_words:
        version = shown  # to be said, or changed, once more
    messages = ids if told or not standing else [*ids, *standing[len(ids) :]]
    return {
        "row": row.id,
        "becomes": becomes.value,
        "at": now if becomes is R.WAITING else None,
        "version_": version,
        "shown_": shown,
        "messages_": " ".join(map(str, messages)),
    }


def _end_of(notice: Notice, parts: list[MessageEnd], *, some: bool, other_words: bool) -> ReceiptState:
    """What a message that was not wholly sent makes of its receipt; `some` of it arrived."""
    refused = next((part for part in parts if part.state == OutboxState.FAILED), None)
    if refused is not None:
        return R.UNREACHABLE if refused.error in REFUSALS else R.FAILED
    if any(part.state == OutboxState.UNCERTAIN for part in parts):
        return R.UNCERTAIN
    if notice.state == NoticeState.CANCELLED:
        return R.UNCERTAIN if some else R.NOT_SAID
    if not other_words:
        return R.FAILED  # called back, and not by us: nothing would be said in its place
    return R.SENT if some else R.WAITING  # the rest of it comes with the change


_RECEIPT = table_of(NoticeReceipt)
_QUEUED = _RECEIPT.c.state == R.QUEUED.value  # they may have read it meanwhile
_SETTLED = (
    update(_RECEIPT)
    .where(_RECEIPT.c.id == bindparam("row"))
    .values(
        outbox_id=None,
        version=bindparam("version_"),
        shown=bindparam("shown_"),
        messages=bindparam("messages_"),
        state=case((_QUEUED, bindparam("becomes", type_=_RECEIPT.c.state.type)), else_=_RECEIPT.c.state),
        say_at=case((_QUEUED, bindparam("at", type_=_RECEIPT.c.say_at.type)), else_=_RECEIPT.c.say_at),
    )
)
