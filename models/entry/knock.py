"""What waits on somebody's page, and how they are told that it does: once for a handful of messages, at decent hours.

    a message for a page ──`ring_after`──> nobody has come ──> a knock, by the first way that there is:
        PUSH   their browsers ring (models/people/push.py)
        MAIL   a letter, where they gave an address (models/people/mailbox.py)
        HAND   the desk's list: somebody passes it on ("Chuyển lời nhắc")

    PUSH, MAIL
           DUE ──> READY ──> GOING ──> DONE      taken; who has not come after `patience` is knocked by the next way
            ^                 │ ├────> UNKNOWN   no answer came: as DONE, though nobody says that it rang
            └── later ────────┘ └────> FAILED    refused, gone, too often in vain: the next way at once
    HAND:  DUE ──> LISTED ──"Đã chuyển"──> DONE
    any that is open ──the person comes──> OVER

A knock says nothing but that something waits. What comes while one is open needs no other. An account for which somebody
has to be asked to pass it on is QUIET (reachability.py): its person is not late meanwhile; passed on, they count as asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import Outbox, OutboxState
from models.entry.policy import KnockPolicy, ReachabilityPolicy
from models.entry.reachability import Signal, hear
from models.ground.base import Base, Identified, Soonest, locked, partial_index
from models.ground.channel import Address
from models.ground.clock import HOME_ZONE, local_date
from models.people.browser import Browser, targets_of
from models.people.mailbox import mail_address, note_bounce
from models.people.member import Account, Member, Reachability, account_at, decent_for, tell
from models.people.push import PushTarget, drop_subscription
from models.people.rights import desk_of
from models.people.trail import record_act
from models.phrases.entry import knock as phrases
from models.phrases.text import Lang
from models.policies import Policies


class KnockWay(StrEnum):
    """How somebody is told, in the order of trying."""

    PUSH = "push"
    MAIL = "mail"
    HAND = "hand"  # by a person, who passes it on


class KnockState(StrEnum):
    DUE = "due"  # at `next_at`
    READY = "ready"  # for the sender
    GOING = "going"  # on the wire until `next_at`, or the process died on the way
    LISTED = "listed"  # somebody is asked to pass it on
    DONE = "done"
    UNKNOWN = "unknown"
    FAILED = "failed"
    OVER = "over"  # the person came


K = KnockState
_UNDER_WAY = (K.DUE, K.READY, K.GOING, K.LISTED)


class Knock(Identified, Base):
    """One knock: by which way, when, how it went."""

    __tablename__ = "knock"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    way: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime]  # when it was found that something waits
    next_at: Mapped[datetime | None]  # when time has something to do with it
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)  # counted before the wire
    done_at: Mapped[datetime | None]
    result: Mapped[str | None]  # what the other side said: "201", "410", "no answer"
    by_id: Mapped[int | None]  # who passed it on

    __table_args__ = (
        Index("ix_knock_account_id", "account_id", "at"),
        partial_index("ix_knock_next_at", "next_at", where="next_at IS NOT NULL"),
        partial_index("ix_knock_ready", "id", where="state = 'ready'"),
        partial_index("ix_knock_listed", "account_id", where="state = 'listed'"),
    )


@dataclass(frozen=True, slots=True)
class GoingKnock:
    """A knock for the sender: where to. `tries`: by this number its outcome is told from an older one's."""

    id: int
    tries: int
    way: KnockWay
    targets: tuple[tuple[int, PushTarget], ...] = ()  # the subscription's row, and what it says
    mail: str = ""
    lang: Lang = Lang.VI


@dataclass(frozen=True, slots=True)
class KnockOutcome:
    """What became of it. `gone`: subscriptions that their service does not know any more; `later`: to be tried again."""

    state: KnockState
    result: str
    gone: tuple[int, ...] = ()
    later: bool = False
    bounced: bool = False  # the mailbox takes nothing any more


# --- questions ------------------------------------------------------------------------------------------------------

_UNRUNG = (Outbox.unrung_since.is_not(None)) & (Outbox.state == OutboxState.PENDING)


def unrung(db: Session, policy: KnockPolicy, *, now: datetime, limit: int) -> list[int]:
    """Return the messages of which their readers are to be told now that they wait."""
    due = select(Outbox.id).where(_UNRUNG, Outbox.unrung_since <= now - policy.ring_after)
    return list(db.scalars(due.order_by(Outbox.unrung_since).limit(limit)))


next_unrung_at = Soonest(Outbox.unrung_since, Outbox.state == OutboxState.PENDING)


def due_knocks(db: Session, *, now: datetime, limit: int) -> list[int]:
    return list(db.scalars(select(Knock.id).where(Knock.next_at <= now).order_by(Knock.next_at).limit(limit)))


next_knock_at = Soonest(Knock.next_at)


def listed_in(db: Session, cell_id: int) -> list[tuple[Knock, Member]]:
    """Return whom somebody of this cell is asked to tell that something waits, the oldest first."""
    rows = db.execute(
        select(Knock, Member)
        .join(Account, Account.id == Knock.account_id)
        .join(Member, Member.id == Account.member_id)
        .where(Member.cell_id == cell_id, Member.left_at.is_(None), Account.closed_at.is_(None))
        .where(Knock.state == K.LISTED)
        .order_by(Knock.at, Knock.id)
    )
    return [(knock, member) for knock, member in rows]


def knocks_of(db: Session, account_id: int) -> list[Knock]:
    """Return how somebody was knocked for, the newest first."""
    rows = select(Knock).where(Knock.account_id == account_id)
    return list(db.scalars(rows.order_by(Knock.at.desc(), Knock.id.desc())))


# --- acts of time ---------------------------------------------------------------------------------------------------


def begin_knocks(db: Session, row_ids: Sequence[int], policy: KnockPolicy, *, now: datetime) -> None:
    """Begin a knock for each page for which these messages wait, unless one is open or somebody has just been knocked for."""
    rows = db.execute(
        select(Outbox.id, Outbox.address, Outbox.lane, Outbox.zone, Outbox.not_before)
        .where(Outbox.id.in_(row_ids), _UNRUNG)
        .order_by(Outbox.not_before)
    ).all()
    waiting: dict[Address, list[_Waiting]] = {}
    for id_, address, lane, zone, since in rows:
        # without a zone it goes out at any hour, and an alert is worth waking for
        waiting.setdefault(address, []).append(_Waiting(id_, since, lane == Lane.ALERT and zone is None))
    for address, found in waiting.items():
        again = _begin(db, address, found, policy, now=now)
        ids = [one.id for one in found]
        db.execute(update(Outbox).where(Outbox.id.in_(ids)).values(unrung_since=again))


@dataclass(frozen=True, slots=True)
class _Waiting:
    id: int
    since: datetime
    urgent: bool


def _begin(
    db: Session, address: Address, found: list[_Waiting], policy: KnockPolicy, *, now: datetime
) -> datetime | None:
    """When these are to be looked at again; None: their reader is told, or need not be."""
    account = account_at(db, address)
    if account is None or account.told_since is None:  # they are told elsewhere
        return None
    way, knocks = _ways(db, account, policy)[0], knocks_of(db, account.id)
    urgent = any(one.urgent for one in found)
    # that somebody is to pass it on keeps no browser from ringing
    under_way = next(
        (one for one in knocks if one.state in _UNDER_WAY and way in (one.way, KnockWay.HAND)), None
    )
    if under_way is not None:
        if urgent and under_way.state == K.DUE:
            under_way.next_at = now
        return None
    last = next((one for one in knocks if one.way != KnockWay.HAND), None)
    again = last.at + policy.apart if last is not None and not _came_since(db, account, last.at) else now
    if not urgent and again > now:
        return again
    _knock(db, account, way, policy, since=found[0].since, urgent=urgent, now=now)
    return None


def _came_since(db: Session, account: Account, moment: datetime) -> bool:
    seen = db.scalar(select(func.max(Browser.seen_at)).where(Browser.address == account.address))
    return seen is not None and seen >= moment


def _passed_on_at(db: Session, account: Account) -> datetime | None:
    """When somebody told them last."""
    passed = select(func.max(Knock.done_at)).where(Knock.account_id == account.id, Knock.way == KnockWay.HAND)
    return db.scalar(passed)


def _knock(
    db: Session,
    account: Account,
    way: KnockWay,
    policy: KnockPolicy,
    *,
    since: datetime,
    urgent: bool = False,
    now: datetime,
) -> None:
    match way:
        case KnockWay.HAND:  # many come by themselves, and a person's time is dear
            passed = _passed_on_at(db, account)
            known = passed is not None and not _came_since(db, account, passed)
            earliest = passed + policy.hand_apart if passed is not None and known else now
            at = now if urgent else max(earliest, since + policy.hand_after)
        case KnockWay.PUSH | KnockWay.MAIL:
            at = now if urgent else decent_for(db.get_one(Member, account.member_id), now)
    db.add(Knock(account_id=account.id, way=way.value, state=K.DUE.value, at=now, next_at=at, tries=0))
    db.flush()


def move_knocks(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Do what is due with these: hand them to the sender, put them on the desk's list, go on to the next way."""
    for knock in locked(db, select(Knock).where(Knock.id.in_(ids)).order_by(Knock.next_at, Knock.id)):
        if knock.next_at is not None and knock.next_at <= now:
            _move(db, knock, policies, now=now)
    db.flush()


def _move(db: Session, knock: Knock, policies: Policies, *, now: datetime) -> None:
    account = db.get_one(Account, knock.account_id)
    knock.next_at = None
    since = _waits_since(db, account, now=now)
    if since is None:  # they came, are told elsewhere by now, or it was taken back
        if knock.state in _UNDER_WAY:
            knock.state = K.OVER.value
        return
    match KnockState(knock.state):
        case K.DUE if knock.way == KnockWay.HAND:
            hear(db, account, Signal.NO_BELL, policies.reachability, policies.checkin, now=now)
            if account.told_since is None:  # another of their accounts rings: what waited has gone there
                knock.state = K.OVER.value
                return
            knock.state = K.LISTED.value
            _tell_desk(db, db.get_one(Member, account.member_id), now=now)
        case K.DUE | K.GOING:
            knock.state = K.READY.value
        case K.DONE | K.UNKNOWN:
            _go_on(db, knock, account, policies.knock, since=since, now=now)
        case K.READY | K.LISTED | K.FAILED | K.OVER:
            pass


def _go_on(
    db: Session, knock: Knock, account: Account, policy: KnockPolicy, *, since: datetime, now: datetime
) -> None:
    """Knock by the next way, if there is one, and nobody is being knocked for by it already."""
    order, open_ = list(KnockWay), {one.way for one in knocks_of(db, account.id) if one.state in _UNDER_WAY}
    after = [way for way in _ways(db, account, policy) if order.index(way) > order.index(KnockWay(knock.way))]
    if after and after[0] not in open_:
        _knock(db, account, after[0], policy, since=since, now=now)


# --- the sender -----------------------------------------------------------------------------------------------------


def claim_knock(db: Session, policy: KnockPolicy, *, now: datetime) -> GoingKnock | None:
    """Take the next knock that is ready; it is counted before the wire. None: there is none."""
    ready = select(Knock).where(Knock.state == K.READY).order_by(Knock.id).limit(1)
    knock = next(iter(locked(db, ready)), None)
    if knock is None:
        return None
    account = db.get_one(Account, knock.account_id)
    knock.state, knock.next_at = K.GOING.value, now + policy.lease
    knock.tries += 1
    return GoingKnock(
        knock.id,
        knock.tries,
        KnockWay(knock.way),
        tuple(targets_of(db, account.address)),
        mail_address(db, account.member_id) or "",
        Lang(db.get_one(Member, account.member_id).lang),
    )


def settle_knock(
    db: Session, going: GoingKnock, outcome: KnockOutcome, policy: KnockPolicy, *, now: datetime
) -> None:
    """Write down what became of it. Whose person has come meanwhile is left alone."""
    for subscription_id in outcome.gone:
        drop_subscription(db, subscription_id)
    knock = next(iter(locked(db, select(Knock).where(Knock.id == going.id), wait=True)), None)
    if knock is None or knock.state != K.GOING or knock.tries != going.tries:
        return
    account = db.get_one(Account, knock.account_id)
    if outcome.bounced:
        note_bounce(db, account.member_id, outcome.result, now=now)
    knock.result = outcome.result[:100]
    if outcome.later and knock.tries < policy.tries:
        knock.state, knock.next_at = K.DUE.value, now + policy.pause * 2 ** (knock.tries - 1)
        return
    knock.state, knock.done_at = outcome.state.value, now
    if outcome.state is not K.FAILED:
        knock.next_at = now + policy.patience
        return
    knock.next_at = None
    since = _waits_since(db, account, now=now)
    if since is not None:
        _go_on(db, knock, account, policy, since=since, now=now)


# --- acts of people -------------------------------------------------------------------------------------------------


def note_visit(
    db: Session, account: Account, reach: ReachabilityPolicy, checkins: CheckinPolicy, *, now: datetime
) -> None:
    """Note that its person has come to the page: nobody need knock any more."""
    theirs = select(Knock).where(Knock.account_id == account.id)
    for knock in db.scalars(theirs.where(Knock.state.in_(_UNDER_WAY) | Knock.next_at.is_not(None))).all():
        knock.next_at = None
        if knock.state in _UNDER_WAY:
            knock.state = K.OVER.value
    # what still waits wants the second proof, and the page has said so
    waits = (Outbox.address == account.address) & _UNRUNG & (Outbox.unrung_since <= now)
    db.execute(update(Outbox).where(waits).values(unrung_since=None))
    if account.reachability == Reachability.QUIET:
        hear(db, account, Signal.RETURNED, reach, checkins, now=now)


def pass_on(
    db: Session,
    knock: Knock,
    *,
    by_id: int,
    reach: ReachabilityPolicy,
    checkins: CheckinPolicy,
    now: datetime,
) -> bool:
    """Note that somebody has told them: from now on they count as asked. False: it was passed on, or they came, before."""
    fresh = next(iter(locked(db, select(Knock).where(Knock.id == knock.id), wait=True)), None)
    if fresh is None or fresh.state != K.LISTED:
        return False
    account = db.get_one(Account, fresh.account_id)
    fresh.state, fresh.done_at, fresh.by_id = K.DONE.value, now, by_id
    record_act(db, "knock.pass", by_id=by_id, member_id=account.member_id, now=now)
    hear(db, account, Signal.PASSED_ON, reach, checkins, now=now)
    db.flush()
    return True


# --- within ---------------------------------------------------------------------------------------------------------


def _ways(db: Session, account: Account, policy: KnockPolicy) -> list[KnockWay]:
    """The ways that there are, in the order of trying. Somebody can always be asked."""
    rings = bool(targets_of(db, account.address))
    mails = policy.mail and mail_address(db, account.member_id) is not None
    return [
        *([KnockWay.PUSH] if rings else []),
        *([KnockWay.MAIL] if mails else []),
        KnockWay.HAND,
    ]


def _waits_since(db: Session, account: Account, *, now: datetime) -> datetime | None:
    """Since when something unasked waits there of which its person is to hear; None: nothing does."""
    if account.told_since is None:
        return None
    waits = (Outbox.address == account.address) & (Outbox.state == OutboxState.PENDING)
    first = select(func.min(Outbox.not_before)).where(
        waits, Outbox.lane > Lane.REPLY, Outbox.not_before <= now
    )
    return db.scalar(first)


def _tell_desk(db: Session, member: Member, *, now: datetime) -> None:
    """Tell the desk once a day that somebody is to be told; whom, its list says."""
    if member.cell_id is None:
        return
    keepers: Collection[int] = [one for one in desk_of(db, member.cell_id, now=now) if one != member.id]
    for keeper_id in keepers:
        tell(
            db,
            db.get_one(Member, keeper_id),
            Message(phrases.to_pass_on(), [[Button(phrases.PASS_ON, f"knock:list:{member.cell_id}")]]),
            key=f"knock.list:{member.cell_id}:{keeper_id}:{local_date(now, HOME_ZONE)}",
            lane=Lane.REMINDER,
            now=now,
        )


def drop_old_knock(db: Session, policy: KnockPolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` knocks that are older than `policy.keep` and settled: was there work?"""
    old = select(Knock.id).where(
        Knock.at < now - policy.keep, Knock.next_at.is_(None), Knock.state != K.LISTED
    )
    done = db.execute(delete(Knock).where(Knock.id.in_(old.limit(limit))))
    return bool(done.rowcount)  # type: ignore[attr-defined]
