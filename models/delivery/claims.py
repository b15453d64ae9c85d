"""A row of the outbox in a sender's hands: claimed, put on the wire, settled; or freed, when its sender died.

`tries` numbers the claims: an outcome changes its own claim and no later one (the states: models/delivery/outbox.py).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    String,
    bindparam,
    case,
    false,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from models.delivery.body import WireBody
from models.delivery.message import Lane, Method
from models.delivery.outbox import PENDING, UNREADABLE, Outbox, OutboxState
from models.delivery.policy import OutboxPolicy
from models.ground.base import table_of
from models.ground.channel import Address, Channel
from models.ground.clock import decent
from models.ground.sealing import CannotUnseal, keyring


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one claimed row. `tries` is the claim's own: one that lost the row meanwhile changes nothing."""

    id: int
    tries: int
    state: OutboxState
    message_id: int | None = None
    error: str | None = None
    reached_nobody: bool = False  # it was on the wire, and it is known that the channel did not take it
    in_words: bool = False  # Telegram did not let its file through: that was said instead


@dataclass(frozen=True, slots=True)
class Claimed:
    """One row in the sender's hands, until `lease_until`."""

    id: int
    address: Address
    lane: Lane
    method: Method
    again: bool
    attempts: int
    tries: int
    wired: bool
    lease_until: datetime
    body: WireBody
    data: bytes

    def on_the_wire(self) -> Claimed:
        """Return it as it is once `wire_outbox` has written down that it goes."""
        return replace(self, wired=True, attempts=self.attempts + 1)

    def becomes(self, state: OutboxState, **details: Any) -> Outcome:
        return Outcome(self.id, self.tries, state, **details)

    def later(self, why: str) -> Outcome:
        """Return the outcome that Telegram did not take it: it waits for another turn."""
        return self.becomes(OutboxState.PENDING, error=why, reached_nobody=True)

    def untouched(self) -> Outcome:
        """Return the outcome that its turn did not come: nothing was said."""
        return self.becomes(OutboxState.PENDING, reached_nobody=self.wired)

    def unknown(self) -> Outcome:
        """Return the outcome that nobody knows whether it arrived: once more when its kind allows, never a third time."""
        if self.again and self.attempts < 2:
            return self.becomes(OutboxState.PENDING, error="not known: once more")
        return self.becomes(OutboxState.UNCERTAIN, error="not known")


_SENDING = Outbox.state == literal_column("'sending'")
_CLAIMED = (
    Outbox.id,
    type_coerce(Outbox.address, String).label("address"),  # one that is damaged must not stop the others
    Outbox.lane,
    Outbox.method,
    Outbox.again,
    Outbox.attempts,
    Outbox.tries,
    Outbox.wired,
    Outbox.lease_until,
    Outbox.body_sealed,
    Outbox.file_sealed,
    Outbox.not_before,
    Outbox.not_after,
    Outbox.zone,
)


def _claim(*which: Any, wires: bool = False) -> Any:
    """`wires`: the first `at_once` of them go on the wire when this is committed."""
    due = (
        select(Outbox.id, Outbox.lane, Outbox.not_before)
        .where(PENDING, Outbox.not_before <= bindparam("now"), Outbox.lane <= bindparam("up_to"), *which)
        .order_by(Outbox.lane, Outbox.not_before, Outbox.id)
        .limit(bindparam("at_most"))
        .with_for_update(skip_locked=True)
        .cte("due")  # asked once: PostgreSQL may repeat a subquery, and lock more each time
    )
    claim = update(table_of(Outbox)).where(Outbox.id.in_(select(due.c.id)))
    claim = claim.values(
        state=OutboxState.SENDING.value, tries=Outbox.tries + 1, lease_until=bindparam("lease")
    )
    if wires:
        first = select(due.c.id).order_by(due.c.lane, due.c.not_before, due.c.id).limit(bindparam("at_once"))
        goes = case((Outbox.id.in_(first), true()), else_=false())
        claim = claim.values(wired=goes, attempts=Outbox.attempts + case((goes, 1), else_=0))
    return claim.returning(*_CLAIMED)


_CLAIM_ANY = _claim(
    Outbox.channel == bindparam("of"), Outbox.address.not_in(bindparam("busy", expanding=True))
)
_CLAIM_ONE = _claim(Outbox.address == bindparam("to"), wires=True)


def claim_outbox(
    db: Session,
    channel: Channel,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    busy: Collection[Address] = (),
    up_to: Lane = Lane.BULK,
) -> list[Claimed]:
    """Take up to `limit` due rows of a channel into a sender's lines, best lane first, but none for those in `busy`."""
    which = {"of": channel.value, "busy": list(busy)}
    return _take(db, _CLAIM_ANY, now=now, policy=policy, limit=limit, up_to=up_to, wakes=True, **which)


def claim_replies(
    db: Session,
    address: Address,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    at_once: int = 0,
    up_to: Lane = Lane.REPLY,
) -> list[Claimed]:
    """Take what an address is to be answered, in the transaction of the step that answers.

    `at_once`: so many of them go on the wire as soon as it is committed. `up_to`: a channel that shows only what is asked
    for takes the rest by this as well.
    """
    which = {"to": address, "at_once": at_once}
    pushes = address.limits.pushes
    return _take(db, _CLAIM_ONE, now=now, policy=policy, limit=limit, up_to=up_to, wakes=pushes, **which)


def _take(
    db: Session,
    claim: Any,
    *,
    now: datetime,
    policy: OutboxPolicy,
    limit: int,
    up_to: Lane,
    wakes: bool,
    **which: Any,
) -> list[Claimed]:
    """`wakes`: it rings a phone, so what its receiver's night has overtaken waits for the morning."""
    lease = now + policy.lease
    values = {"now": now, "lease": lease, "up_to": int(up_to), "at_most": limit, **which}
    rows = db.connection().execute(claim, values).all()
    if len(rows) > 1:
        # RETURNING gives them in no order
        rows = sorted(rows, key=lambda row: (row.lane, row.not_before, row.id))
    fit, failed = [], []
    for row in rows:
        item = _claimed(row)
        if item is None:
            failed.append(_failed(row, UNREADABLE))
            db.info.setdefault(_SET_ASIDE, []).append(row.id)
        elif row.not_after and row.not_after < now:
            failed.append(_failed(row, "too late"))
        else:
            fit.append((row, item))
    settle_outbox(db, failed, now=now)
    asleep = [row for row, _ in fit if wakes and row.zone and _morning(row.zone, now) > now]
    if asleep:
        waits = [
            {
                "row": row.id,
                "claim": row.tries,
                "unsent": int(row.wired),
                "morning": _morning(row.zone, now),
            }
            for row in asleep
        ]
        db.connection().execute(_TO_THE_MORNING, waits)
    return [item for row, item in fit if row not in asleep]


_SET_ASIDE = "outbox.set_aside"


def set_aside_outbox(db: Session) -> list[int]:
    """Return the rows that this session has set aside because they do not open."""
    found: list[int] = db.info.get(_SET_ASIDE, [])
    return found


def _failed(row: Any, why: str) -> Outcome:
    return Outcome(row.id, row.tries, OutboxState.FAILED, error=why, reached_nobody=row.wired)


def _morning(zone: str, now: datetime) -> datetime:
    """`now`, or the end of the night that it is in `zone`: a message held up by the network may come out late."""
    return decent(now, zone)


def _claimed(row: Any) -> Claimed | None:
    """The row as its sender takes it; None: its seal does not open, or what is in it is nothing of ours."""
    try:
        return Claimed(
            row.id,
            Address.read(row.address),
            Lane(row.lane),
            Method(row.method),
            row.again,
            row.attempts,
            row.tries,
            row.wired,
            row.lease_until,
            *open_outbox(row.id, row.body_sealed, row.file_sealed),
        )
    except (CannotUnseal, ValueError):
        return None


def open_outbox(row_id: int, body: bytes | None, file: bytes | None) -> tuple[WireBody, bytes]:
    """Return what a row says, and its file; raise CannotUnseal or ValueError where it does not open."""
    ring = keyring()
    data = ring.unseal(file, place="outbox.file_sealed", row=row_id) if file else b""
    said = ring.unseal(body or b"", place="outbox.body_sealed", row=row_id)
    return WireBody.model_validate_json(said), data


def wire_outbox(db: Session, items: Sequence[Claimed]) -> set[int]:
    """Write down that these claimed rows go on the wire; return the ids of those that are still ours to send."""
    if not items:
        return set()
    which = {"claims": [(item.id, item.tries) for item in items]}
    return set(db.connection().execute(_WIRE, which).scalars())


def still_claimed(db: Session, items: Sequence[Claimed]) -> list[Claimed]:
    """Return those of these claimed rows that nobody has freed, settled or claimed again."""
    if not items:
        return []
    which = {"claims": [(item.id, item.tries) for item in items]}
    ours = set(db.connection().execute(_STILL, which).scalars())
    return [item for item in items if item.id in ours]


_STILL = select(Outbox.id).where(
    tuple_(Outbox.id, Outbox.tries).in_(bindparam("claims", expanding=True)), _SENDING
)
_WIRE = (
    update(table_of(Outbox))
    .where(
        tuple_(Outbox.id, Outbox.tries).in_(bindparam("claims", expanding=True)),
        Outbox.state == OutboxState.SENDING.value,
    )
    # nothing is counted twice where the answer to the COMMIT was lost, and it is written down again
    .values(wired=true(), attempts=Outbox.attempts + case((Outbox.wired, 0), else_=1))
    .returning(Outbox.id)
)
_THIS_CLAIM = (Outbox.id == bindparam("row"), Outbox.tries == bindparam("claim"))
_SETTLE = update(table_of(Outbox)).where(*_THIS_CLAIM, Outbox.state == OutboxState.SENDING.value)
# also where it was freed meanwhile, because its lease was over: it has arrived all the same
_SENT = update(table_of(Outbox)).where(*_THIS_CLAIM, Outbox.state != OutboxState.CANCELLED.value)
_SENT = _SENT.values(
    state=OutboxState.SENT.value,
    wired=False,
    lease_until=None,
    error=None,
    sent_at=bindparam("at"),
    message_id=bindparam("message"),
    file_sealed=None,
)
# nothing was put on the wire
_TO_THE_MORNING = _SETTLE.values(
    state=OutboxState.PENDING.value,
    wired=False,
    lease_until=None,
    not_before=bindparam("morning"),
    attempts=Outbox.attempts - bindparam("unsent"),
)
_NOT_SENT = _SETTLE.values(
    state=bindparam("becomes"),
    wired=False,
    lease_until=None,
    error=bindparam("why"),
    attempts=Outbox.attempts - bindparam("unsent"),
)


def settle_outbox(db: Session, outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Write down what became of claimed rows."""
    sent = [
        {"row": o.id, "claim": o.tries, "at": now, "message": o.message_id}
        for o in outcomes
        if o.state is OutboxState.SENT
    ]
    others = [
        {
            "row": o.id,
            "claim": o.tries,
            "becomes": o.state.value,
            "why": o.error,
            "unsent": int(o.reached_nobody),
        }
        for o in outcomes
        if o.state is not OutboxState.SENT
    ]
    for statement, rows in ((_SENT, sent), (_NOT_SENT, others)):  # most often one of them, or none
        if rows:
            db.connection().execute(statement, rows)


def stuck_outbox(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of claimed rows whose lease is over: their sender died or hangs."""
    return list(db.scalars(select(Outbox.id).where(_SENDING, Outbox.lease_until <= now).limit(limit)))


class FreedOutbox(NamedTuple):
    """How many rows were freed, and which of them are uncertain since."""

    number: int
    uncertain: list[int]


def free_stuck_outbox(db: Session, *, now: datetime, all_of_them: bool = False) -> FreedOutbox:
    """Free rows whose sender died. `all_of_them`: at start, when no other sender lives.

    What had not been on the wire waits again as it was; what had been goes once more, or is uncertain.
    """
    stuck = _SENDING
    if not all_of_them:
        stuck = stuck & (Outbox.lease_until <= now)
    goes_again = or_(~Outbox.wired, Outbox.again & (Outbox.attempts < 2))
    becomes = case((goes_again, OutboxState.PENDING.value), else_=OutboxState.UNCERTAIN.value)
    free = update(table_of(Outbox)).where(stuck)
    free = free.values(state=becomes, wired=False, lease_until=None, error="the sender died")
    freed = db.connection().execute(free.returning(Outbox.id, Outbox.state)).all()
    return FreedOutbox(len(freed), [id for id, state in freed if state == OutboxState.UNCERTAIN])


def newest_claimed(db: Session, lane: Lane) -> int | None:
    """Return the id of the message of this lane that was claimed last; None: none is on the wire.

    Ids rise with time, so hardly any with a higher id is sent yet.
    """
    claimed = select(Outbox.id).where(_SENDING, Outbox.lane == lane.value)
    return db.scalar(claimed.order_by(Outbox.lease_until.desc()).limit(1))
