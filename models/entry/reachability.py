"""Whether what is said arrives: one machine for every account, fed by what its channel answers and tells.

    OK ──blocked──────> BLOCKED         the person blocked the bot: call, ask them to let it in again
    OK ──deactivated──> DEACTIVATED     Telegram closed the account: call, send a new invite
    OK ──no chat──────> NEVER STARTED   Telegram lets no bot write first: call, ask them to press Start
    OK ──failing──────> NETWORK         for an hour nothing arrives here while others hear us: wait, then call
    OK ──no bell──────> QUIET           something waits on a page, and no knock told its person so (knock.py)
    QUIET ──passed on─> OK              somebody told them: from now on they count as asked
    OK ──unasked──────> UNASKED         something was to be said where its person has yet to agree that its company reads along
    UNASKED ──agreed──> OK              they have answered; writing alone does not mend it
    any of these ──returned──> OK       they let the bot in, or wrote: a person's own act mends everything
    all but BLOCKED ──arrived──> OK     a message got through; after a block it was only on its way before

Every move leaves a dated row. A word on one channel mends nothing on another. A person is silent when none of their
accounts is OK: until then what one of them does not take, and what still waits for it, goes to the next.

    telegram OK, page OK ──telegram blocked──> what waits for telegram is said on the page; nobody is told
                         ──page fails too────> SILENT: who looks after the member is told
                         ──either returns────> heard again

Who looks after the member is told once, an hour after the silence began: a block that is taken back by then was a slip of
the thumb. Nobody is late while nothing arrives (models/contact/checkin). What comes back repairs itself: what is owed is asked
once more, with time to answer, and those who were told are told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.checkin import ask_again_after_silence
from models.contact.contact_note import tell_missed_notes
from models.contact.policy import CheckinPolicy
from models.delivery.claims import free_stuck_outbox
from models.delivery.message import Button, Lane, Message, Method, Recipient, Writer
from models.delivery.outbox import Outbox, OutboxState, cancel_outbox, enqueue, move_outbox
from models.entry.invite import confirmers
from models.entry.policy import ReachabilityPolicy
from models.entry.register import tell_keepers
from models.ground.base import Base, Identified
from models.ground.channel import Address
from models.ground.clock import HOME_ZONE, local_date
from models.people.assignment import contacts_of
from models.people.member import (
    Account,
    Member,
    Reachability,
    account_at,
    account_of,
    choose_account,
    is_within_reach,
    open_accounts,
    recipient,
    set_reachability,
    speaker,
    tell,
)
from models.people.rights import Right, may
from models.phrases.entry import reachability as phrases

R = Reachability


class Signal(StrEnum):
    """What is heard about a chat."""

    BLOCKED = "blocked"  # the person told us so, or a message is refused for it
    DEACTIVATED = "deactivated"  # a message is refused: the account was closed
    NO_CHAT = "no chat"  # a message is refused: nobody has begun a chat
    FAILING = "failing"  # its server errors go on while other chats hear us
    NO_BELL = "no bell"  # a page: all that could ring was tried
    UNASKED = "unasked"  # a message is held back: its person has yet to answer about the company
    AGREED = "agreed"  # they have, and agree
    PASSED_ON = "passed on"  # a page: somebody told its person that something waits
    ARRIVED = "arrived"  # a message was delivered
    RETURNED = "returned"  # my_chat_member, or the person wrote or tapped


_REFUSED = {
    Signal.BLOCKED: R.BLOCKED,
    Signal.DEACTIVATED: R.DEACTIVATED,
    Signal.NO_CHAT: R.NEVER_STARTED,
    Signal.UNASKED: R.UNASKED,
}
REFUSALS = frozenset(_REFUSED)  # by such a word the outbox keeps why a message failed
_BACK = {Signal.ARRIVED: R.OK, Signal.RETURNED: R.OK}
MOVES: dict[Reachability, dict[Signal, Reachability]] = {
    R.OK: {**_REFUSED, Signal.FAILING: R.NETWORK, Signal.NO_BELL: R.QUIET},
    R.QUIET: {Signal.PASSED_ON: R.OK, **_BACK},
    R.NETWORK: {**_REFUSED, **_BACK},
    R.UNASKED: {Signal.AGREED: R.OK, Signal.BLOCKED: R.BLOCKED, Signal.DEACTIVATED: R.DEACTIVATED},
    R.NEVER_STARTED: {Signal.BLOCKED: R.BLOCKED, Signal.DEACTIVATED: R.DEACTIVATED, **_BACK},
    R.DEACTIVATED: {Signal.BLOCKED: R.BLOCKED, **_BACK},
    R.BLOCKED: {Signal.DEACTIVATED: R.DEACTIVATED, Signal.RETURNED: R.OK},
}


class ReachabilityMove(Identified, Base):
    """Each move leaves a dated row."""

    __tablename__ = "reachability_move"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    before: Mapped[str]
    after: Mapped[str]
    signal: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_reachability_move_account_id", "account_id", "at"),)


# --- acts -----------------------------------------------------------------------------------------------------------


def hear(
    db: Session,
    account: Account,
    signal: Signal,
    policy: ReachabilityPolicy,
    checkins: CheckinPolicy,
    *,
    now: datetime,
    since: datetime | None = None,
) -> bool:
    """Move the account as `signal` says; False when that is no news.

    `since`: when that which the signal answers was begun. What began before the last move is older than what is known.
    """
    before = R(account.reachability)
    after = MOVES[before].get(signal)
    if after is None or (since is not None and since < account.reachability_at):
        return False
    member = db.get_one(Member, account.member_id)
    was_heard, silent_since = _is_heard(db, member), _silent_since(db, member)
    set_reachability(account, after, now=now)
    told = choose_account(db, member.id, now=now)
    db.add(ReachabilityMove(account_id=account.id, before=before, after=after, signal=signal, at=now))
    db.flush()
    if told is not None and told is not account and after is not R.OK:  # what it was told beside
        move_outbox(db, account.address, told.address)
        if after is R.UNASKED:
            _ask_where_told(db, account, member, now=now)
    # another of their accounts still takes what is said: nobody need be told
    if was_heard and _is_heard(db, member):
        return True
    cancel_outbox(db, _about(member))
    if after is R.OK:
        _welcome_back(db, account, member, checkins, before=before, silent_since=silent_since, now=now)
    elif after is not R.QUIET:  # of these the desk has a list
        _tell_silence(db, account, member, policy, now=now)
    return True


def _ask_where_told(db: Session, account: Account, member: Member, *, now: datetime) -> None:
    """Ask once on the account that is told what the other one waits for; both may answer it."""
    company = account.address.limits.company
    way = [[Button(phrases.ANSWER_IT, f"data:consent:{company}")]]
    words = Message(phrases.waits_for_answer(channel=account.address.channel), way)
    tell(db, member, words, key=f"reachability.unasked:{account.id}", lane=Lane.ALERT, now=now)


def say_elsewhere(db: Session, address: Address, row_id: int) -> bool:
    """Say what one account refused by another of the same person; False when no other would take it."""
    account = account_at(db, address)
    told = account_of(db, account.member_id) if account is not None else None
    if told is None or told is account or not is_within_reach(told):
        return False
    return move_outbox(db, address, told.address, row_id=row_id) > 0


def free_stuck(db: Session, *, now: datetime, all_of_them: bool = False) -> tuple[int, int]:
    """Free messages whose sender died (`free_stuck_outbox`); return how many, and in how many chats one is in doubt."""
    freed = free_stuck_outbox(db, now=now, all_of_them=all_of_them)
    return freed.number, tell_uncertain(db, freed.uncertain, now=now)


def tell_uncertain(db: Session, row_ids: Sequence[int], *, now: datetime) -> int:
    """Say in a chat that an answer or an alert may not have arrived there; return in how many chats.

    It is another message, so it is no third copy. It is said once for all that is in doubt together; not of reminders, which
    come again, not of what shows nothing, and not of these words themselves.
    """
    if not row_ids:
        return 0
    doubted = select(Outbox.address, Outbox.id, Outbox.lane, Outbox.zone, Outbox.created_at).where(
        Outbox.id.in_(row_ids),
        Outbox.state == OutboxState.UNCERTAIN,
        Outbox.lane <= Lane.ALERT,
        Outbox.method.not_in((Method.COMMANDS, Method.DELETE)),
        Outbox.key.not_like("uncertain:%"),
    )
    # of each chat the newest of the best lane
    last = {row.address: row for row in db.execute(doubted.order_by(Outbox.lane.desc(), Outbox.id))}
    for row in last.values():
        spoken = speaker(db, row.address)
        to = recipient(spoken[1], spoken[0]) if spoken is not None else Recipient(row.address)
        words = Message(phrases.uncertain(at=row.created_at, zone=to.zone or HOME_ZONE))
        there = replace(to, zone=row.zone)
        enqueue(db, there, words, key=f"uncertain:{row.id}", lane=Lane(row.lane), now=now)
    return len(last)


def tell_writer(db: Session, writer: Writer, *, address: Address, file: str | None, now: datetime) -> bool:
    """Tell whoever wrote to this chat that it was not read there, once for each matter and reader.

    `file`: a voice message, a photo or a document that Telegram did not let through; None: nothing arrived at all.
    """
    account = account_at(db, address)
    if account is None or account.member_id == writer.member_id:
        return False
    reader = db.get_one(Member, account.member_id)
    words = phrases.not_let_through(name=reader.full_name, file=file)
    whose = reader.id if file in (None, Method.VOICE) else 0  # a file that is gone is gone for everybody
    key = f"reachability.unread:{writer.again}:{writer.member_id}:{whose}:{file}"
    ways = [[Button(phrases.WRITE_AGAIN, writer.again)]]
    writing = db.get_one(Member, writer.member_id)
    return tell(db, writing, Message(words, ways, guarded=True), key=key, lane=Lane.ALERT, now=now)


def _welcome_back(
    db: Session,
    account: Account,
    member: Member,
    policy: CheckinPolicy,
    *,
    before: Reachability,
    silent_since: datetime,
    now: datetime,
) -> None:
    ask_again_after_silence(db, member, policy, since=silent_since, now=now)
    if before is R.QUIET:  # all that was said lay there, and nobody was told that it did not arrive
        return
    tell_missed_notes(db, member, since=silent_since, now=now)
    words = Message(phrases.back_again(name=member.full_name))
    key = f"reachability.back:{account.id}:{local_date(now, HOME_ZONE)}"
    tell_keepers(db, member, words, key=key, now=now)


def _tell_silence(
    db: Session, account: Account, member: Member, policy: ReachabilityPolicy, *, now: datetime
) -> None:
    """To each who looks after the member, with the way to what they may see; at most once a day for each reason."""
    state, at = account.reachability, now + policy.tell_after
    words = phrases.fell_silent(name=member.full_name, state=state)
    contacts = [one.contact_id for one in contacts_of(db, member.id, now=now)]
    for keeper_id in dict.fromkeys([*confirmers(db, member, now=now), *contacts]):
        tell(
            db,
            db.get_one(Member, keeper_id),
            Message(words, _way_to(db, member, keeper_id, now=now)),
            key=f"reachability.silent:{account.id}:{state}:{local_date(at, HOME_ZONE)}:{keeper_id}",
            lane=Lane.ALERT,
            now=now,
            not_before=at,
            about=_about(member),
        )


def _way_to(db: Session, member: Member, keeper_id: int, *, now: datetime) -> list[list[Button]]:
    if member.cell_id is not None and may(db, keeper_id, Right.SEE_DESK, member.cell_id, now=now):
        return [[Button(phrases.OPEN, f"desk:who:{member.id}")]]
    if keeper_id in {one.contact_id for one in contacts_of(db, member.id, now=now)}:
        return [[Button(phrases.OPEN, f"desk:keep:{member.id}")]]
    return []


def _about(member: Member) -> str:
    return f"reachability:{member.id}"


# --- questions ------------------------------------------------------------------------------------------------------


def _is_heard(db: Session, member: Member) -> bool:
    return any(one.reachability == R.OK for one in open_accounts(db, member.id))


def _silent_since(db: Session, member: Member) -> datetime:
    """When the silence began that lasts now, through all its reasons: when the last of their accounts fell silent."""
    accounts = {one.id: one.reachability_at for one in open_accounts(db, member.id)}
    left = select(ReachabilityMove.account_id, func.max(ReachabilityMove.at)).where(
        ReachabilityMove.account_id.in_(accounts), ReachabilityMove.before == R.OK
    )
    fell = db.execute(left.group_by(ReachabilityMove.account_id))
    return max((accounts | {account_id: at for account_id, at in fell}).values())
