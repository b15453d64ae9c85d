"""How somebody who has a messenger of words alone comes onto the page: a link that they ask for there, and a telephone call.

    "open the page", in the messenger ──> OwnLink: an invite of their own, for a quarter of an hour, once
        opened in a browser ──> WAITING: the page shows four figures, the messenger says so ("not me": REJECTED),
                                and whoever may say who they are is asked to telephone
            the figures, as they were read out ──> USED: the page is theirs, as if the messenger had agreed
            wrong three times                  ──> REJECTED

The messenger keeps the link, and shows it to whoever holds the phone or reads along: it opens nothing by itself. The figures
never stand in the messenger; the desk does not see them either, so that nobody confirms without having called.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Lane, Message
from models.entry.identity import entitled
from models.entry.invite import (
    Claim,
    Invite,
    InviteClosed,
    InviteSettled,
    InviteState,
    InviteUnknown,
    claim_invite,
    create_invite,
    invite_page,
    is_own_link,
    settle_invite,
    tell_claimant,
    wait_for_identity,
)
from models.entry.policy import InvitePolicy
from models.entry.register import ask_keepers, confirm_identity, tell_keepers
from models.ground.channel import Address, Channel
from models.ground.errors import Refused
from models.people.member import Account, Member, account_of, tell
from models.people.rights import NotEntitled
from models.people.trail import record_act
from models.phrases.entry import identity as identity_words, own_link as phrases, register as register_words
from models.phrases.text import Lang

DIGITS = 4
TRIES = 3  # whoever guesses is right once in three thousand times
_A_DAY = 5  # links of one person: each that is opened asks the desk to telephone


class NotTheFigures(Refused):
    """What was typed has another number of figures."""

    def __init__(self) -> None:
        super().__init__(phrases.four_digits())


def make_own_link(
    db: Session, account: Account, *, door: str, lasts: timedelta, policy: InvitePolicy, now: datetime
) -> str:
    """Return the link by which its person asks for the page; older ones are void.

    Refuse where nobody could confirm it, and after too many in one day.
    """
    member = db.get_one(Member, account.member_id)
    since = (Invite.member_id == member.id) & (Invite.created_at > now - timedelta(days=1))
    made = db.scalar(select(func.count(Invite.id)).where(since, Invite.by_id == member.id)) or 0
    if made >= _A_DAY:
        raise Refused(phrases.too_often())
    invite, token = create_invite(db, member, by_id=member.id, policy=policy, now=now)
    invite.expires_at = now + lasts
    if not entitled(db, invite, member, now=now):
        raise Refused(identity_words.nobody_yet())
    db.flush()
    return invite_page(door, token)


def take_own_link(db: Session, invite: Invite, *, address: Address, device: str, now: datetime) -> str:
    """Let a browser ask for the page with such a link; return the figures that it shows.

    Whose link it was can stop it in their messenger. Raise `InviteUnknown` anywhere but on the page.
    """
    member, account = db.get_one(Member, invite.member_id), account_of(db, invite.member_id)
    if address.channel is not Channel.WEB:
        raise InviteUnknown
    if member.left_at is not None or account is None:
        raise InviteClosed(InviteState.REVOKED)
    claim_invite(db, invite, address=address, now=now)
    digits = "".join(str(secrets.randbelow(10)) for _ in range(DIGITS))
    claim = Claim(address=address, lang=Lang(member.lang), typed=True, stays=True, digits=digits)
    wait_for_identity(db, invite, claim, now=now)
    record_act(db, "own_link.open", by_id=member.id, member_id=member.id, now=now)
    stop = [[Button(identity_words.NOT_ME_STOP, f"own_link:stop:{invite.id}")]]
    opened = Message(phrases.was_opened(device=device), stop)
    tell(db, member, opened, key=f"own_link.open:{invite.id}", lane=Lane.ALERT, now=now, at_once=True)
    ask_keepers(db, invite, now=now)
    return digits


def hear_figures(
    db: Session,
    invite: Invite,
    typed: str,
    *,
    by_id: int,
    policy: InvitePolicy,
    checkins: CheckinPolicy,
    now: datetime,
) -> int:
    """Compare what was read out; return how many tries are left, TRIES where it was right and the page is theirs.

    A wrong try has to be kept, so it is not raised; the last one closes the claim. Raise `NotEntitled`, `NotTheFigures`.
    """
    member, claim = db.get_one(Member, invite.member_id), invite.claim
    if claim is None or not claim.digits:
        raise InviteSettled
    if by_id not in entitled(db, invite, member, now=now):
        raise NotEntitled
    if len(typed) != DIGITS:
        raise NotTheFigures
    if secrets.compare_digest(typed, claim.digits):
        confirm_identity(db, invite, by_id=by_id, policy=policy, checkins=checkins, now=now, has_heard=True)
        return TRIES
    claim.wrong += 1
    record_act(db, "own_link.wrong", by_id=by_id, member_id=member.id, now=now)
    invite.claim_json = claim.model_dump_json()
    db.flush()
    if claim.wrong >= TRIES:
        _reject(db, invite, claim, by_id=by_id, now=now)
    return TRIES - claim.wrong


def stop_own_link(db: Session, invite: Invite, account: Account, *, now: datetime) -> None:
    """Stop it ("not me"), as the person whose messenger it was asked for in; the desk is told."""
    claim = invite.claim
    if invite.member_id != account.member_id or not is_own_link(invite):
        raise NotEntitled
    if claim is None or claim.address == account.address:
        raise InviteSettled
    member = db.get_one(Member, invite.member_id)
    _reject(db, invite, claim, by_id=member.id, now=now)
    said = Message(phrases.was_stopped(name=member.full_name))
    tell_keepers(db, member, said, key=f"own_link.stopped:{invite.id}", now=now)


def _reject(db: Session, invite: Invite, claim: Claim, *, by_id: int, now: datetime) -> None:
    settle_invite(db, invite, InviteState.REJECTED, now=now, by_id=by_id)
    record_act(db, "own_link.reject", by_id=by_id, member_id=invite.member_id, now=now)
    tell_claimant(db, invite, claim, Message(register_words.not_confirmed()), now=now, at_once=True)
