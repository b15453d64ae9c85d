"""Invites: one-use, expiring, for one named person. The token itself is never stored, only its SHA-256.

    SENT ──somebody opens──> OPENED ──"that is me"──> bound to that chat (opened_from)
                               │  ^                       ├── the number is the roster's ──> USED
                               │  └──── opened again ──── ├── no consent to contact ──> DECLINED
                               │                          └── else ──> WAITING ──a person──> USED | REJECTED
                               │                                          └──> HELD ──time──> USED
                               └── revoked, or a newer invite ──> REVOKED    (also from SENT, WAITING and HELD)

HELD: somebody who is registered comes from another chat, and it is proved; the chat they had has until `next_at` to
say that it is not them (models/entry/register.py). EXPIRED is never stored: it follows from `expires_at`. Whoever waits has
done their part, so WAITING does not expire. What is said about a link that does not open reveals nothing about anybody.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

from pydantic import BaseModel, model_validator
from sqlalchemy import ColumnElement, ForeignKey, Index, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.entry.policy import InvitePolicy
from models.ground.base import Base, Identified, Soonest, partial_index
from models.ground.channel import Address, Channel
from models.ground.clock import HOME_ZONE, decent
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.people.member import Member, Proof, Purpose
from models.people.rights import DESK, Role, appointments, holders
from models.people.trail import record_act
from models.people.unit import ancestor_ids
from models.phrases.entry import invite as phrases
from models.phrases.text import Lang


class InviteState(StrEnum):
    SENT = "sent"  # handed out
    OPENED = "opened"  # somebody followed the link
    WAITING = "waiting"  # a person at the cell has to say whether it is them
    HELD = "held"  # proved; the chat that they had may still say no
    USED = "used"
    REVOKED = "revoked"  # taken back, or replaced by a newer one
    REJECTED = "rejected"  # a person at the cell said: that is somebody else
    DECLINED = "declined"  # the invited person said no, and may think again; nothing more is kept
    EXPIRED = "expired"  # derived, never stored


S = InviteState
MOVES: dict[InviteState, frozenset[InviteState]] = {
    S.SENT: frozenset({S.OPENED, S.REVOKED}),
    S.OPENED: frozenset({S.OPENED, S.WAITING, S.USED, S.DECLINED, S.REVOKED}),
    S.WAITING: frozenset({S.HELD, S.USED, S.REJECTED, S.REVOKED}),
    S.HELD: frozenset({S.USED, S.REJECTED, S.REVOKED}),
    S.USED: frozenset(),
    S.REVOKED: frozenset(),
    S.REJECTED: frozenset(),
    S.DECLINED: frozenset({S.OPENED, S.REVOKED}),
}
OPENABLE = frozenset({S.SENT, S.OPENED, S.DECLINED})
ANSWERED = frozenset({S.WAITING, S.HELD})  # the invited person has done their part
ALIVE = OPENABLE | ANSWERED  # a newer invite takes their place


class Claim(BaseModel):
    """What an invited person answered; kept, sealed, while they wait to be confirmed."""

    address: Address
    lang: Lang = Lang.VI
    consents: dict[Purpose, bool] = {}  # what was asked; a later invite does not ask again
    phone: str = ""  # E.164, given as their own; "": they would rather not
    typed: bool = False  # they typed it, and no messenger says whose it is
    place_code: str | None = None  # None: at home
    zone: str | None = None
    stays: bool = False  # where they are was not asked: they are registered, and the roster knows
    digits: str = ""  # what the page shows and whoever confirms has to hear (models/entry/own_link.py)
    wrong: int = 0  # figures that were typed and were not these

    @model_validator(mode="before")
    @classmethod
    def _from_a_number(cls, given: Any) -> Any:
        """Claims that were sealed when every address was Telegram's hold the number of its chat."""
        if isinstance(given, dict) and "chat_id" in given:
            given = dict(given)
            given["address"] = f"{Channel.TELEGRAM}:{given.pop('chat_id')}"
        return given


class Invite(Identified, Base):
    __tablename__ = "invite"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # None: the operator
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=S.SENT)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    opened_from: Mapped[Address | None]  # the chat that said "that is me": nobody else can use it any more
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None]  # who confirmed, rejected or revoked; None: nobody had to
    proof: Mapped[str | None]  # how it was proved who came (models/people/member.py, Proof); None: not yet
    confirmed_by: Mapped[int | None]  # the person who said so, if one did
    next_at: Mapped[datetime | None]  # HELD: when the chat becomes theirs
    claim_sealed: Mapped[bytes | None]

    claim_json = Sealed("claim_sealed")

    __table_args__ = (
        Index("ix_invite_member_id", "member_id", "created_at"),
        Index("ix_invite_opened_from", "opened_from"),
        partial_index("ix_invite_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def claim(self) -> Claim | None:
        return Claim.model_validate_json(self.claim_json) if self.claim_json else None


class InviteUnknown(Refused):
    """No invite has this token."""

    def __init__(self) -> None:
        super().__init__(phrases.unknown())


class InviteClosed(Refused):
    """The invite can be used no more, or not from this chat."""

    def __init__(self, state: InviteState) -> None:
        super().__init__(phrases.closed(state=state))


class InviteSettled(Refused):
    """Somebody decided about the invite meanwhile."""

    def __init__(self) -> None:
        super().__init__(phrases.settled())


# --- rules ----------------------------------------------------------------------------------------------------------


def state_of(invite: Invite, *, now: datetime) -> InviteState:
    """Return the state as people see it."""
    state = InviteState(invite.state)
    return S.EXPIRED if state in (S.SENT, S.OPENED) and now >= invite.expires_at else state


def is_own_link(invite: Invite) -> bool:
    """Return whether a member asked for it, to come onto the page: no office of anybody's sent it.

    Who has left a messenger for the page has no account any more that could stand for them: they register anew.
    """
    return invite.by_id == invite.member_id


# 16 random bytes in URL-safe base64
_TOKEN = "[A-Za-z0-9_-]{22}"  # noqa: S105 - its shape
_BREAKS = re.compile(
    r"[\s\u200b-\u200d\u2060\ufeff]+"
)  # what a messenger or a narrow screen puts into a link
_IN_LINK = re.compile(f"(?:start=|/i/)({_TOKEN})")
_LONGEST = 1000  # characters of a message that passes an invite on
_ALONE = re.compile(f"(?<![A-Za-z0-9_-]){_TOKEN}(?![A-Za-z0-9_-])")


def tokens_in(text: str) -> list[str]:
    """Return what may be an invite's token in a text that was pasted: in a link of any shape, or by itself."""
    text = unquote(text)
    return list(dict.fromkeys([*_IN_LINK.findall(_BREAKS.sub("", text)), *_ALONE.findall(text)]))


def invite_in(db: Session, text: str) -> str | None:
    """Return the token of the first invite that a text names; None: it names none that there is."""
    found = (token for token in tokens_in(text) if _by_token(db, token) is not None)
    return next(found, None)


def brings_invite(db: Session, text: str) -> bool:
    """Return whether a text holds an invite that there is; of a text made of tokens only the first ones are looked up."""
    return any(_by_token(db, token) is not None for token in tokens_in(text[:_LONGEST])[:2])


def _by_token(db: Session, token: str) -> Invite | None:
    return db.scalars(select(Invite).where(Invite.token_hash == hash_token(token))).first()


def hash_token(token: str) -> bytes:
    # without salt or rounds: nobody tries 128 random bits
    return hashlib.sha256(token.encode()).digest()


def invite_link(bot_username: str, token: str) -> str:
    # Telegram hands up to 64 letters, digits, "_" and "-" on to the bot
    return f"https://t.me/{bot_username}?start={token}"


def invite_page(door: str, token: str) -> str:
    """Return the same invite as a link that any browser opens; empty where no page is served."""
    return f"{door}/i/{token}" if door else ""


# --- acts -----------------------------------------------------------------------------------------------------------


def create_invite(
    db: Session, member: Member, *, by_id: int | None, policy: InvitePolicy, now: datetime
) -> tuple[Invite, str]:
    """Create an invite; return it and its token, given out here and never again. Older ones of the member are revoked."""
    if member.left_at is not None:
        raise Refused(phrases.not_on_roster(name=member.full_name))
    for older in _alive(db, member.id):
        revoke_invite(db, older, now=now, by_id=by_id)
    token = secrets.token_urlsafe(16)
    invite = Invite(
        member_id=member.id,
        by_id=by_id,
        token_hash=hash_token(token),
        state=S.SENT,
        created_at=now,
        expires_at=now + policy.lasts,
    )
    db.add(invite)
    db.flush()
    record_act(db, "invite.create", by_id=by_id, now=now, member_id=member.id)
    return invite, token


def revoke_invite(db: Session, invite: Invite, *, now: datetime, by_id: int | None = None) -> None:
    """Take it back; whoever waited on it is told, in neutral words."""
    claim = invite.claim
    settle_invite(db, invite, S.REVOKED, now=now, by_id=by_id)
    record_act(db, "invite.revoke", by_id=by_id, now=now, member_id=invite.member_id)
    if claim is not None:
        tell_claimant(db, invite, claim, Message(phrases.closed(state=S.REVOKED)), now=now)


def open_invite(
    db: Session, token: str, *, address: Address, now: datetime, member_id: int | None = None
) -> Invite:
    """Follow a link: the invite, if this chat may still use it. `member_id`: who speaks, whose own used one harms nobody."""
    invite = _by_token(db, token)
    if invite is None:
        raise InviteUnknown
    if invite.member_id == member_id and invite.state in (S.USED, S.REVOKED):
        return invite
    check_invite(invite, address=address, now=now)
    if invite.state != S.OPENED:
        invite.state, invite.opened_at, invite.settled_at = S.OPENED, now, None
        db.flush()
    return invite


def check_invite(invite: Invite, *, address: Address, now: datetime) -> None:
    """Refuse unless the invite is open to this chat now; a chat that it does not belong to learns only that."""
    state = state_of(invite, now=now)
    if invite.opened_from not in (None, address):
        raise InviteClosed(S.USED)
    if state not in OPENABLE or now >= invite.expires_at:
        raise InviteClosed(S.EXPIRED if state is S.DECLINED else state)


def claim_invite(db: Session, invite: Invite, *, address: Address, now: datetime) -> None:
    """Claim it ("That is me"): from now on only this chat can use it. Of two who claim it, the first has it."""
    check_invite(invite, address=address, now=now)
    free = or_(Invite.opened_from.is_(None), Invite.opened_from == address)
    _change(db, invite, free, opened_from=address)


def free_invite(db: Session, invite: Invite, *, address: Address, now: datetime) -> str:
    """Let go of it in this chat, and return a new token: it is opened elsewhere, and what was typed here opens nothing."""
    check_invite(invite, address=address, now=now)
    token = secrets.token_urlsafe(16)
    _change(db, invite, Invite.opened_from == address, opened_from=None, token_hash=hash_token(token))
    return token


def wait_for_identity(db: Session, invite: Invite, claim: Claim, *, now: datetime) -> None:
    """Keep what was answered until a person says whether it is them."""
    check_invite(invite, address=claim.address, now=now)
    _change(db, invite, Invite.state == S.OPENED, state=S.WAITING)
    invite.claim_json = claim.model_dump_json()
    db.flush()


def prove_invite(db: Session, invite: Invite, proof: Proof, *, by_id: int | None) -> None:
    """Note how it was proved who came, and who said so; a word later than the number is the stronger one."""
    _change(db, invite, Invite.state == invite.state, proof=proof, confirmed_by=by_id)


def hold_invite(db: Session, invite: Invite, *, until: datetime) -> None:
    """Hold it: nothing is linked before `until`. A second proof does not make the wait longer."""
    if invite.state != S.HELD:
        _change(db, invite, Invite.state == S.WAITING, state=S.HELD, next_at=until)


def settle_invite(
    db: Session, invite: Invite, state: InviteState, *, now: datetime, by_id: int | None = None
) -> None:
    """Settle it by its last move and delete the answers kept for it. Refuses when somebody was faster."""
    if state not in MOVES[InviteState(invite.state)]:
        raise InviteSettled
    seen = Invite.state == invite.state
    _change(db, invite, seen, state=state, settled_at=now, settled_by=by_id, next_at=None, claim_sealed=None)


def tell_claimant(
    db: Session, invite: Invite, claim: Claim, message: Message, *, now: datetime, at_once: bool = False
) -> None:
    """Say something to a chat that is nobody's account yet; at night, on the clock that they named, in the morning."""
    key = f"invite.{invite.state}:{invite.id}"
    morning = decent(now, claim.zone or HOME_ZONE)
    not_before = None if at_once else morning
    to = Recipient(claim.address, claim.lang)
    enqueue(db, to, message, key=key, lane=Lane.ALERT, now=now, not_before=not_before)


def _change(db: Session, invite: Invite, condition: ColumnElement[bool], **values: object) -> None:
    """Change the row while it is as it was seen: the same on SQLite and PostgreSQL."""
    db.flush()
    seen = update(Invite).where(Invite.id == invite.id, condition)
    result = db.execute(seen.values(**values).execution_options(synchronize_session=False))
    if not result.rowcount:  # type: ignore[attr-defined]
        raise InviteSettled
    db.refresh(invite)


def postpone_invites(db: Session, by: timedelta, *, now: datetime) -> None:
    """Give as much longer, after our own outage, to what could not be opened or stopped meanwhile."""
    could = Invite.state.in_(OPENABLE) & (Invite.expires_at > now - by)
    for invite in db.scalars(select(Invite).where(could)):
        invite.expires_at += by
    for held in db.scalars(select(Invite).where(Invite.state == S.HELD)):
        held.next_at = max(held.next_at or now, now - by) + by  # nobody could say no meanwhile


# --- questions ------------------------------------------------------------------------------------------------------


def newest_invite(db: Session, member_id: int) -> Invite | None:
    return db.scalars(
        select(Invite)
        .where(Invite.member_id == member_id)
        .order_by(Invite.created_at.desc(), Invite.id.desc())
    ).first()


def invite_state(db: Session, member_id: int, *, now: datetime) -> InviteState | None:
    """Return how the member's newest invite stands; None: never invited."""
    newest = newest_invite(db, member_id)
    return state_of(newest, now=now) if newest else None


def invite_states(db: Session, member_ids: Sequence[int], *, now: datetime) -> dict[int, InviteState]:
    """Return the same for many members, in one query."""
    rows = db.scalars(
        select(Invite).where(Invite.member_id.in_(member_ids)).order_by(Invite.created_at, Invite.id)
    )
    return {invite.member_id: state_of(invite, now=now) for invite in rows}


def invites_waiting(db: Session, cell_id: int) -> list[Invite]:
    """Return the cell's invites that wait for a person's word, or for the wait to be over; the oldest first."""
    return list(
        db.scalars(
            select(Invite)
            .join(Member, Member.id == Invite.member_id)
            .where(Member.cell_id == cell_id, Invite.state.in_(ANSWERED))
            .order_by(Invite.created_at)
        )
    )


def invites_answered(db: Session) -> list[tuple[Invite, Member]]:
    """Return the waiting invites of all cells, with the members whom their openers say they are; the oldest first."""
    rows = (
        select(Invite, Member).join(Member, Member.id == Invite.member_id).where(Invite.state.in_(ANSWERED))
    )
    return [(one, who) for one, who in db.execute(rows.order_by(Invite.created_at))]


def invite_of_waiting_chat(db: Session, address: Address) -> Invite | None:
    """Return the invite on which this chat waits to become somebody's."""
    mine = (Invite.opened_from == address) & Invite.state.in_(ANSWERED)
    return db.scalars(select(Invite).where(mine)).first()


def confirmers(db: Session, member: Member, *, now: datetime) -> list[int]:
    """Return who can say whether it is them: secretary and deputy; for these themselves, the nearest officers above."""
    own = units_of(db, member, now=now)
    for unit_id in (above for unit in own for above in ancestor_ids(db, unit)):
        roles = (*DESK, Role.OFFICER) if unit_id in own else (Role.OFFICER,)
        found = [one for one in holders(db, unit_id, *roles, now=now) if one != member.id]
        if found:
            return found
    return []


def units_of(db: Session, member: Member, *, now: datetime) -> list[int]:
    """Return where somebody belongs: their cell, else where they hold an office, be it asleep."""
    held = appointments(db, member.id, now=now, asleep=True)
    return [member.cell_id] if member.cell_id else [one.unit_id for one in held]


def due_invites(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of those whose wait is over."""
    rows = select(Invite.id).where(Invite.next_at <= now)
    return list(db.scalars(rows.order_by(Invite.next_at).limit(limit)))


next_invite_at = Soonest(Invite.next_at)


def _alive(db: Session, member_id: int) -> Sequence[Invite]:
    return db.scalars(select(Invite).where(Invite.member_id == member_id, Invite.state.in_(ALIVE))).all()
