"""Browsers that are let in: the page's sessions, what proves them, and the one-use links that open them.

    an invite opened in a browser ─────────────────────────┐
    a return code typed on the page ───────────────────────┤ a new address, a new browser
    a page link: "open the page", "another device" ────────┴─> Browser OPEN ── a cookie holds its key
          the person's own web address, if they have one

    OPEN ──the key is older than `turn`──> OPEN, with another key; the old one goes on until the new one has been seen
      │ ──a key comes that another has replaced──> ended, STOLEN: two have it, and nobody knows which of them is whose
      │ ──`idle`──> over     ──"Thoát"──> ended     ──from another device, the desk, a lost code──> ended

    the second proof (a link made in Telegram, a passkey) ──> `proved_at`: for `proof_lasts` it opens other people's data

Only hashes of keys and of links are kept. One address may have several browsers: a phone, and the computer of an office.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.page import clear_page
from models.delivery.policy import PagePolicy
from models.ground.base import Base, Identified, locked, partial_index
from models.ground.channel import Address, Channel
from models.people.member import (
    Account,
    Member,
    Proof,
    account_at,
    account_of,
    closed_at_of_chat,
    is_trusted,
    link_account,
    open_accounts,
)
from models.people.push import PushSubscription, PushTarget, drop_subscriptions
from models.people.trail import record_act

_KEY = re.compile(r"[A-Za-z0-9_-]{43}")
_GRACE = timedelta(
    seconds=60
)  # two tabs, or an answer that was lost on the way: the old key may come once more
_SEEN = timedelta(minutes=5)  # it is not written down at each look that a browser is there


class BrowserEnd(StrEnum):
    LEFT = "left"  # the person went out
    CLOSED = "closed"  # from another device of theirs
    LOST = "lost"  # the account is closed, or a return code was used elsewhere
    STOLEN = "stolen"  # a key came twice


class SecondProof(StrEnum):
    TELEGRAM = "telegram"  # a link that was made in a linked Telegram account
    PASSKEY = "passkey"


class Browser(Identified, Base):
    __tablename__ = "browser"

    address: Mapped[Address]
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    old_hash: Mapped[bytes | None] = mapped_column(unique=True)  # the key before, until the new one was seen
    fresh: Mapped[bool]  # the key has not been seen yet
    turned_at: Mapped[datetime]
    device: Mapped[str]  # "Chrome, Android": by it the person knows which of theirs it is
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    proof: Mapped[str | None]
    proved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    how: Mapped[str | None]

    __table_args__ = (
        partial_index("ix_browser_open_address", "address", where="ended_at IS NULL"),
        Index("ix_browser_seen_at", "seen_at"),
    )


class PageLink(Identified, Base):
    __tablename__ = "page_link"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    made_from: Mapped[Address]  # the account in which it was asked for
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    proof: Mapped[str | None]  # what the browser that it opens has proved by it
    expires_at: Mapped[datetime]
    papers_of: Mapped[int | None] = mapped_column(
        ForeignKey("member.id")
    )  # it opens no page, and gives this person's papers once (models/trust/papers_link.py)
    volume: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")  # which file of them

    __table_args__ = (
        Index("ix_page_link_member_id", "member_id"),
        Index("ix_page_link_expires_at", "expires_at"),
    )


@dataclass(frozen=True, slots=True)
class LetIn:
    """A browser that may come in. `key`: the cookie's new value, where it is to get another one."""

    id: int
    address: Address
    key: str | None = None


# --- rules ----------------------------------------------------------------------------------------------------------


def device_of(agent: str) -> str:
    """Return what a browser says of itself, cut down to what its owner needs: program and system."""
    program = next((name for name, mark in _PROGRAMS.items() if mark in agent), "")
    system = next((name for name, mark in _SYSTEMS.items() if mark in agent), "")
    return ", ".join(filter(None, [program, system]))


# the first that fits: Edge calls itself Chrome too, Chrome calls itself Safari, Android calls itself Linux
_PROGRAMS = {
    "Edge": "Edg", "Opera": "OPR", "Samsung Internet": "SamsungBrowser", "Cốc Cốc": "coc_coc", "Zalo": "Zalo",
    "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac": "Mac OS",
    "Linux": "Linux",
}


def is_wide(device: str) -> bool:
    """Return whether it is a computer: a phone has no room for a table, and no bytes to spare for one."""
    return device.endswith(("Windows", "Mac", "Linux"))


def is_over(browser: Browser, policy: PagePolicy, *, is_known: bool, now: datetime) -> bool:
    """Return whether it has to be let in again. `is_known`: its address is somebody's account."""
    idle = policy.idle if is_known else policy.stranger_idle
    return browser.ended_at is not None or now - browser.seen_at > idle


# --- acts -----------------------------------------------------------------------------------------------------------


def new_page() -> Address:
    """Return a web address that nobody has had before; it opens nothing by itself."""
    return Address(Channel.WEB, secrets.token_urlsafe(16))


def open_browser(
    db: Session, address: Address, *, device: str, now: datetime, proof: SecondProof | None = None
) -> tuple[Browser, str]:
    """Let a browser in to an address; return it and the key that its cookie holds."""
    key = secrets.token_urlsafe(32)
    row = Browser(
        address=address,
        key_hash=hash_of(key),
        fresh=True,
        turned_at=now,
        device=device,
        made_at=now,
        seen_at=now,
        proof=proof,
        proved_at=now if proof is not None else None,
    )
    db.add(row)
    db.flush()
    return row, key


def let_in(
    db: Session, key: str, *, secret: str, device: str, policy: PagePolicy, now: datetime
) -> LetIn | None:
    """Return the browser whose cookie holds this key; None: it has to be let in again.

    `secret`: what new keys are made with, known to the program alone. A key that another has replaced, and a browser that is suddenly another one, end it: it was stolen, or copied.
    """
    if not _KEY.fullmatch(key):
        return None
    hashed = hash_of(key)
    row = db.scalars(
        select(Browser).where(or_(Browser.key_hash == hashed, Browser.old_hash == hashed))
    ).first()
    if row is None:
        return None
    is_known = account_at(db, row.address) is not None
    if is_over(row, policy, is_known=is_known, now=now):
        return None
    if not is_known and closed_at_of_chat(db, row.address) is not None:
        end_browser(db, row, BrowserEnd.LOST, now=now)
        return None
    is_new = row.key_hash == hashed
    if row.device != device or (not is_new and not row.fresh and now - row.turned_at > _GRACE):
        end_browser(db, row, BrowserEnd.STOLEN, now=now)
        return None
    if now - row.seen_at >= _SEEN or row.fresh:
        row.seen_at = now
    if is_new:
        row.fresh = False
        if now - row.turned_at < policy.turn:
            return LetIn(row.id, row.address)
        row.old_hash = row.key_hash
    elif not row.fresh:  # another tab of the same browser has got the new key already
        return LetIn(row.id, row.address)
    other = _key_after(key, secret)
    row.key_hash, row.fresh, row.turned_at = hash_of(other), True, now
    return LetIn(row.id, row.address, other)


def _key_after(key: str, secret: str) -> str:
    """The same for all who come with `key`: a browser asks several things at once, and any of the answers may come last."""
    return (
        base64.urlsafe_b64encode(hmac.digest(secret.encode(), key.encode(), "sha256")).rstrip(b"=").decode()
    )


def address_shown(db: Session, key: str, *, device: str, policy: PagePolicy, now: datetime) -> Address | None:
    """Return whose page the browser with this cookie is; None: nobody's. It changes nothing, unlike `let_in`.

    For a look at something else than the page: the key is neither replaced nor taken as seen.
    """
    if not _KEY.fullmatch(key):
        return None
    hashed = hash_of(key)
    which = or_(Browser.key_hash == hashed, Browser.old_hash == hashed)
    row = db.scalars(select(Browser).where(which)).first()
    if row is None or row.device != device or account_at(db, row.address) is None:
        return None
    is_old = row.key_hash != hashed and not row.fresh and now - row.turned_at > _GRACE
    return None if is_old or is_over(row, policy, is_known=True, now=now) else row.address


def end_browser(db: Session, row: Browser, why: BrowserEnd, *, now: datetime) -> None:
    """Close it; who comes with its key has to be let in again."""
    if row.ended_at is None:
        row.ended_at, row.how = now, why.value
        drop_subscriptions(db, [row.id])


def end_browsers(
    db: Session, address: Address, why: BrowserEnd, *, now: datetime, but: int | None = None
) -> None:
    """Close all browsers of an address, `but` one; where none is left, nothing stays on its page."""
    for row in browsers_of(db, address):
        if row.id != but:
            end_browser(db, row, why, now=now)
    if but is None:
        clear_page(db, [address])


def prove_browser(row: Browser, proof: SecondProof, *, now: datetime) -> None:
    """Note the second proof: from now on other people's data may be shown in it for a while."""
    row.proof, row.proved_at = proof, now


def make_page_link(db: Session, account: Account, *, policy: PagePolicy, now: datetime) -> str:
    """Return the token of a link that opens the page once, for whoever has this account; older ones are void."""
    mine = PageLink.member_id == account.member_id
    db.execute(delete(PageLink).where(mine, PageLink.papers_of.is_(None)))
    token = secrets.token_urlsafe(16)
    proves = account.address.channel is Channel.TELEGRAM and is_trusted(account)
    db.add(
        PageLink(
            member_id=account.member_id,
            made_from=account.address,
            token_hash=hash_of(token),
            proof=SecondProof.TELEGRAM if proves else None,
            expires_at=now + policy.link_lasts,
        )
    )
    record_act(db, "page.link", by_id=account.member_id, member_id=account.member_id, now=now)
    db.flush()
    return token


def use_page_link(db: Session, token: str, *, device: str, now: datetime) -> tuple[Browser, str] | None:
    """Open the page with a link, once; None: it was used, is too old, or its account is closed.

    Who has no web address yet gets one, as much trusted as the account from which the link came.
    """
    rows = select(PageLink).where(PageLink.token_hash == hash_of(token), PageLink.papers_of.is_(None))
    link = next(iter(locked(db, rows, wait=True)), None)
    account = account_at(db, link.made_from) if link is not None else None
    if link is None or now >= link.expires_at or account is None or account.member_id != link.member_id:
        return None
    member = db.get_one(Member, link.member_id)
    page = page_account(db, member.id) or link_account(
        db, member, address=new_page(), now=now, proof=Proof.OLD_ACCOUNT, trusted=is_trusted(account)
    )
    db.delete(link)
    record_act(db, "page.open", by_id=member.id, member_id=member.id, now=now)
    proof = SecondProof(link.proof) if link.proof else None
    return open_browser(db, page.address, device=device, now=now, proof=proof)


def drop_old_browsers(db: Session, policy: PagePolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` browsers that nobody will come with again, and links past their time: was there work?"""
    gone = now - policy.idle
    old = select(Browser.id).where(or_(Browser.seen_at < gone, Browser.ended_at < gone)).limit(limit)
    db.execute(delete(PushSubscription).where(PushSubscription.browser_id.in_(old)))
    done = db.execute(delete(Browser).where(Browser.id.in_(old))).rowcount  # type: ignore[attr-defined]
    late = db.execute(delete(PageLink).where(PageLink.expires_at < now)).rowcount  # type: ignore[attr-defined]
    return bool(done or late)


# --- questions ------------------------------------------------------------------------------------------------------


def browsers_of(db: Session, address: Address) -> list[Browser]:
    """Return the browsers that are let in to an address, the one seen last first."""
    rows = select(Browser).where(Browser.address == address, Browser.ended_at.is_(None))
    return list(db.scalars(rows.order_by(Browser.seen_at.desc(), Browser.id)))


def page_account(db: Session, member_id: int) -> Account | None:
    """Return the member's account on the page, if they have one."""
    return next((one for one in open_accounts(db, member_id) if one.address.channel is Channel.WEB), None)


def looks_in(db: Session, member_id: int) -> bool:
    """Return whether the member reads what is said to them only when they look: no phone or browser of theirs rings."""
    account = account_of(db, member_id)
    return account is not None and not rings(db, account.address)


def rings(db: Session, address: Address) -> bool:
    """Return whether something rings at this address when a message comes."""
    if address.limits.pushes:
        return True
    theirs = select(Browser.id).where(Browser.address == address, Browser.ended_at.is_(None))
    return (
        db.scalar(theirs.join(PushSubscription, PushSubscription.browser_id == Browser.id).limit(1))
        is not None
    )


def targets_of(db: Session, address: Address) -> list[tuple[int, PushTarget]]:
    """Return where the browsers of an address can be rung: the subscription's row, and what it says."""
    theirs = select(PushSubscription).join(Browser, Browser.id == PushSubscription.browser_id)
    rows = db.scalars(theirs.where(Browser.address == address, Browser.ended_at.is_(None)))
    return [(row.id, PushTarget.model_validate_json(row.target_json)) for row in rows if row.target_json]


def is_proved(row: Browser | None, policy: PagePolicy, *, now: datetime) -> bool:
    """Return whether other people's data may be shown in it now."""
    return row is not None and row.proved_at is not None and now - row.proved_at < policy.proof_lasts


def hash_of(secret: str) -> bytes:
    """Return what is kept of a key or of a link's token."""
    return hashlib.sha256(secret.encode()).digest()
