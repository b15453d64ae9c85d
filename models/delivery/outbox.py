"""What is to be said, until it is said. A row is for one address; each channel has a sender of its own, which takes its rows.

    enqueue ──> PENDING ──claim──> SENDING (lease) ──wire──> SENDING, wired ──> SENT
                   ^                  │                          │
                   ├── its turn did not come, crash              │
                   ├── not sent ─────────────────────────────────┤   429, connect error: later
                   ├── not known ────────────────────────────────┤   no answer, crash: once more, if the kind says so
                   │                                             ├─> UNCERTAIN   not known, and a second copy would be worse
                   │                                             └─> FAILED      refused for good: blocked, bad request, too late
                   └─ settled before it was said ──> CANCELLED

A row that is claimed waits in its sender's line: a crash changes nothing, it goes again. `wired` is written down before the
row goes on the wire, and `attempts` is counted there, so that a crash can never lead to a third copy: it counts the times that
the channel may have received it. An answer that goes at once is wired by the claim in its step's transaction; what stands
behind another in its line is wired in the transaction that settles the one before it.

`tries` numbers the claims and only grows: an outcome changes its own claim and no later one. Every automatic message has a key
(what:whom:occurrence:step) that is unique here: it is said once, however often the question is asked. A row holds what was
said, rendered and sealed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Index,
    Integer,
    SmallInteger,
    bindparam,
    delete,
    false,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.body import Circular, WireBody, WirePart, lined
from models.delivery.message import Lane, Message, Method, Recipient
from models.delivery.policy import OutboxPolicy
from models.ground.base import Base, Identified, partial_index, table_of
from models.ground.bulk import bulk_insert
from models.ground.channel import PULLED, Address, Channel
from models.ground.markup import split_html
from models.ground.sealing import Sealed, keyring, new_id
from models.phrases import common


class OutboxState(StrEnum):
    PENDING = "pending"
    SENDING = (
        "sending"  # claimed: in a sender's line, or on the wire (`wired`), or the process died on the way
    )
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # nobody knows; the next nudge or a person decides
    CANCELLED = "cancelled"  # settled before it was said


UNREADABLE = (
    "unreadable"  # why a message is FAILED that does not open: it is set aside, and its words are kept
)


class Outbox(Identified, Base):
    __tablename__ = "outbox"

    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]  # of the address: its sender looks for its own rows only
    address: Mapped[Address]
    about: Mapped[str | None]  # room:id of the matter, by which what is not yet said can be cancelled
    lane: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str]
    state: Mapped[str]
    not_before: Mapped[datetime]
    zone: Mapped[str | None]  # the receiver's clock, where nights are kept
    not_after: Mapped[datetime | None]  # past this it is of no use any more
    again: Mapped[bool]  # when nobody knows whether it arrived: once more?
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)  # times it may have arrived
    tries: Mapped[int] = mapped_column(
        SmallInteger().with_variant(Integer(), "postgresql"), default=0
    )  # times it was claimed
    wired: Mapped[bool] = mapped_column(default=False, server_default=false())  # on the wire: it may arrive
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]
    lasts: Mapped[int | None] = mapped_column(
        SmallInteger
    )  # seconds after `sent_at`; then it is gone, here too
    error: Mapped[str | None]
    unrung_since: Mapped[
        datetime | None
    ]  # nothing rings by itself there: its reader is to be told that it waits
    body_sealed: Mapped[bytes | None]
    file_sealed: Mapped[bytes | None]

    body = Sealed("body_sealed")

    __table_args__ = (
        partial_index("ix_outbox_due", "channel", "lane", "not_before", "id", where="state = 'pending'"),
        Index("ix_outbox_address", "address", "created_at"),
        Index("ix_outbox_about", "about"),
        partial_index("ix_outbox_sending", "lease_until", where="state = 'sending'"),
        partial_index(
            "ix_outbox_unrung", "unrung_since", where="unrung_since IS NOT NULL AND state = 'pending'"
        ),
        partial_index("ix_outbox_lasts", "id", where="lasts IS NOT NULL"),
        partial_index("ix_outbox_words", "created_at", where="body_sealed IS NOT NULL"),
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
    """Put `message` into the outbox, in as many parts as its channel wants.

    False when `key` was said before, and when the channel can show nothing of it. `key`: "what:whom:occurrence:step".
    `not_before`, `not_after`: when it may go out; too late, it is FAILED. `again`: whether it is sent once more when
    nobody knows if it arrived (None: answers and alerts are). `about`: "room:id", for `cancel_outbox`.
    """
    rows = compose(
        to,
        message,
        key=key,
        lane=lane,
        now=now,
        not_before=not_before,
        not_after=not_after,
        again=again,
        about=about,
    )
    return enqueue_all(db, rows) > 0


def compose(
    to: Recipient,
    message: Message | Circular,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    again: bool | None = None,
    about: str | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of one message, to be put into the outbox together with others."""
    said = message if isinstance(message, Circular) else Circular(message)
    hidden = to.discreet and (lane is not Lane.REPLY or said.message.hides)
    rows = []
    for index, part in enumerate(said.parts(to.lang, to.address.limits, hidden=hidden)):
        rows.append(
            _row(
                part,
                to.address,
                key=key if index == 0 else f"{key}#{index + 1}",
                lane=lane,
                created_at=now,
                not_before=not_before or now,
                unrung_since=_unrung_since(to.address, lane, not_before or now),
                not_after=not_after,
                zone=to.zone,
                # the lack of an answer or an alert is worse than a second copy
                again=lane in (Lane.REPLY, Lane.ALERT) if again is None else again,
                about=about,
            )
        )
    return rows


def _unrung_since(address: Address, lane: Lane, due: datetime) -> datetime | None:
    """From when on somebody is to be told of it who looks only when they come; an answer finds them there."""
    return None if address.limits.pushes or lane is Lane.REPLY else due


def enqueue_all(db: Session, rows: list[dict[str, Any]]) -> int:
    """Put composed rows into the outbox in one statement; return how many were new.

    A row whose key is there already was said before and is left out. A message in several parts is several rows.
    """
    if not rows:
        return 0
    db.info.setdefault(_SPOKEN_TO, set()).update(row["address"] for row in rows)
    return bulk_insert(db.connection(), table_of(Outbox), rows, once=("key",))


_SPOKEN_TO = "outbox.spoken_to"


def spoken_to(db: Session) -> set[Address]:
    """Return the addresses for which this session has put something into the outbox."""
    found: set[Address] = db.info.get(_SPOKEN_TO, set())
    return found


def _row(part: WirePart, address: Address, **columns: Any) -> dict[str, Any]:
    row, ring = new_id(), keyring()
    return {
        "id": row,
        "channel": address.channel.value,
        "address": address,
        "method": part.method.value,
        "state": OutboxState.PENDING.value,
        "attempts": 0,
        "tries": 0,
        "lasts": part.lasts,
        "body_sealed": ring.seal(part.in_json, place="outbox.body_sealed", row=row),
        "file_sealed": ring.seal(part.data, place="outbox.file_sealed", row=row) if part.data else None,
        **columns,
    }


PENDING = Outbox.state == literal_column("'pending'")  # spelt out, or no database would use the partial index
_UNREAD = PENDING & Outbox.channel.in_(PULLED)


def cancel_outbox(db: Session, *about: str) -> int:
    """Cancel what is not yet said about these matters; return how many messages."""
    matters = [{"matter": one} for one in about]
    return int(db.connection().execute(_CANCEL, matters).rowcount) if matters else 0


_CANCEL = (
    update(Outbox)
    .where(Outbox.about == bindparam("matter"), Outbox.state == OutboxState.PENDING.value)
    .values(state=OutboxState.CANCELLED.value)
)


def cancel_message(db: Session, row_id: int) -> None:
    """Cancel one message, unless it is said already."""
    row = update(Outbox).where(Outbox.id == row_id, Outbox.state == OutboxState.PENDING.value)
    db.execute(row.values(state=OutboxState.CANCELLED.value))


def move_outbox(db: Session, old: Address, new: Address, *, row_id: int | None = None) -> int:
    """Let what waits at one address be said at another of the same person's; return how many messages.

    `row_id`: the one that was refused there. An answer stays where it was asked for, and what changes a message that
    stands there has nothing to change elsewhere: a changed text is said anew.
    """
    waits = PENDING & (Outbox.lane > Lane.REPLY)
    refused = (Outbox.id == row_id) & (Outbox.state == OutboxState.FAILED)
    these = select(Outbox).where(Outbox.address == old, waits if row_id is None else refused)
    # claiming and settling go past the session: what it holds of these rows is old
    rows = db.scalars(these.order_by(Outbox.id), execution_options={"populate_existing": True}).all()
    for row in rows:
        _move(db, row, new)
    db.flush()
    return len(rows)


def _move(db: Session, row: Outbox, new: Address) -> None:
    if row.method in (Method.DELETE, Method.COMMANDS) or not row.body:
        row.state = OutboxState.CANCELLED
        return
    body, limits = WireBody.model_validate_json(row.body), new.limits
    is_file = row.method not in (Method.TEXT, Method.EDIT)
    if body.elsewhere and not limits.guards:
        is_file, row.method, row.file_sealed = False, Method.TEXT.value, None
        body = WireBody(
            text=body.elsewhere,
            to_page=body.to_page,
            silent=body.silent,
            writer=body.writer,
            owed=body.owed,
        )
    if is_file and not limits.files:
        body.text, row.file_sealed = "\n\n".join(filter(None, [body.text, body.instead])), None
    if not is_file or not limits.files:
        row.method = Method.TEXT
    # shown on the lock screen, and nothing there covers words: only the neutral line goes on
    if _COVER in body.text and limits.pushes and not limits.hides:
        body.text = body.text.partition(_COVER)[0].strip()
    body.no_voice = body.no_voice if limits.mutes else ""
    body.message_id, body.share = None, body.share if limits.shares else ""
    body.table, body.beside = (body.table, body.beside) if limits.tables else ([], "")
    row.channel, row.address, row.error = new.channel, new, "moved"
    row.unrung_since = _unrung_since(new, Lane(row.lane), row.not_before)
    row.state, row.wired, row.lease_until, row.attempts = OutboxState.PENDING, False, None, 0
    first, *rest = split_html(body.text, limits.text) if row.method == Method.TEXT else [body.text]
    bodies = [
        WireBody(text=text, protected=body.protected, silent=body.silent, owed=body.owed)
        for text in [first, *rest[:-1]]
    ]
    bodies = [*bodies, body.model_copy(update={"text": rest[-1]})] if rest else [body]
    if not limits.buttons:
        bodies += lined(bodies[-1], limits)
    row.body = bodies[0].model_dump_json(exclude_defaults=True)
    for number, one in enumerate(bodies[1:], start=1):
        further = _row(WirePart(Method.TEXT, one), new, **{name: getattr(row, name) for name in _ALIKE})
        db.add(Outbox(**{**further, "key": f"{row.key}~{number}"}))


_COVER = "<tg-spoiler>"  # models/phrases/common.discreet
_ALIKE = (
    "key", "about", "lane", "not_before", "unrung_since", "zone", "not_after", "again", "created_at", "error",
)  # fmt: skip


def unsaid(db: Session, room: str) -> set[str]:
    """Return the matters of a room (`room:id`) about which something still waits to be sent."""
    about = Outbox.about.like(f"{room}:%")
    return {str(one) for one in db.scalars(select(Outbox.about).where(PENDING, about).distinct())}


def fading_outbox(db: Session) -> list[tuple[int, datetime]]:
    """Return the rows that do not stay, and when they go. What is not sent by then goes unsaid."""
    rows = db.execute(select(Outbox.id, Outbox.sent_at, Outbox.created_at, Outbox.lasts).where(_FADES))
    return [(id, (sent or made) + timedelta(seconds=lasts or 0)) for id, sent, made, lasts in rows]


def take_back_outbox(db: Session, row_ids: Collection[int], *, now: datetime) -> None:
    """Take messages back out of their chats, and forget what they said; of a file only its password is forgotten."""
    for row in db.scalars(select(Outbox).where(Outbox.id.in_(row_ids), _FADES)).all():
        if row.method != Method.DOCUMENT and row.message_id is not None:
            gone = Message(common.TAKEN_OUT, method=Method.DELETE, message_id=row.message_id)
            enqueue(db, Recipient(row.address), gone, key=f"outbox.gone:{row.id}", lane=Lane.REPLY, now=now)
        row.body_sealed, row.lasts = None, None


_FADES = Outbox.lasts.is_not(None) & Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING))


def fading_message(db: Session, address: Address, message_id: int) -> int | None:
    """Return the row of a message in this chat that does not stay anyway; None: it is none."""
    found = select(Outbox.id).where(_FADES, Outbox.address == address, Outbox.message_id == message_id)
    return db.scalar(found)


def drop_old_outbox(db: Session, policy: OutboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` rows older than `policy.keep` that are settled, or that nobody came to read: was there work?"""
    old = (
        select(Outbox.id)
        .where(
            Outbox.created_at < now - policy.keep,
            or_(Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING)), _UNREAD),
        )
        .limit(limit)
    )
    return bool(db.execute(delete(Outbox).where(Outbox.id.in_(old))).rowcount)  # type: ignore[attr-defined]


def forget_outbox(db: Session, policy: OutboxPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Erase the words of up to `limit` messages that were said, or never will be: was there work?"""
    term = now - policy.forget
    said = (
        select(Outbox.id)
        .where(
            Outbox.body_sealed.is_not(None),
            Outbox.created_at < term,
            Outbox.state.not_in((OutboxState.PENDING, OutboxState.SENDING)),
            or_(Outbox.sent_at.is_(None), Outbox.sent_at < term),
            func.coalesce(Outbox.error, "") != UNREADABLE,  # its key may be found
        )
        .limit(limit)
    )
    erased = update(Outbox).where(Outbox.id.in_(said)).values(body_sealed=None, file_sealed=None)
    return bool(db.execute(erased.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]


# --- questions ------------------------------------------------------------------------------------------------------


_NEXT = union_all(
    *(
        select(func.min(Outbox.not_before)).where(
            PENDING,
            Outbox.channel == bindparam("channel"),
            Outbox.lane == lane.value,
            Outbox.not_before > bindparam("after"),
        )
        for lane in Lane  # lane by lane, because the index is in that order
    )
)


def is_on_its_way(db: Session, about: str, *, address: Address, since: datetime) -> bool:
    """Return whether something about a matter waits to be sent to this chat, or has arrived there since then."""
    waits = Outbox.state.in_((OutboxState.PENDING, OutboxState.SENDING))
    arrived = (Outbox.state == OutboxState.SENT) & (Outbox.sent_at >= since)
    said = select(Outbox.id).where(Outbox.about == about, Outbox.address == address, or_(waits, arrived))
    return db.scalar(said.limit(1)) is not None


def pending_until(db: Session, abouts: Collection[str], *, now: datetime) -> dict[str, datetime]:
    """Return those of these matters of which something lies here until later, and until when."""
    rows = select(Outbox.about, func.max(Outbox.not_before)).where(
        Outbox.about.in_(abouts), PENDING, Outbox.not_before > now
    )
    found = db.execute(rows.group_by(Outbox.about))
    return {about: at for about, at in found if about is not None}


def next_outbox_at(db: Session, channel: Channel, *, after: datetime) -> datetime | None:
    """Return when the first message of a channel becomes due that is not due at `after`."""
    found = db.connection().execute(_NEXT, {"channel": channel.value, "after": after}).scalars()
    return min((at for at in found if at is not None), default=None)
