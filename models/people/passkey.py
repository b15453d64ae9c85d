"""Passkeys: a key that a device keeps, and that opens a person's page there (WebAuthn).

    after the PIN, on the page: add_passkey ──> Passkey ──use_passkey──> the page opens; or an open one has its second proof

The device proves that it has the key and that its owner has just unlocked it; what it signs is checked in bot/web/passkey.py.
Nothing here opens anything by itself: a public key is no secret.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, locked
from models.ground.errors import Refused
from models.people.browser import Browser, SecondProof, new_page, open_browser, page_account, prove_browser
from models.people.member import Member, Proof, link_account
from models.people.trail import record_act
from models.phrases.delivery import page as phrases

_MOST = 10


class Passkey(Identified, Base):
    __tablename__ = "passkey"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    credential: Mapped[bytes] = mapped_column(unique=True)  # by which the device finds it
    public_key: Mapped[bytes]
    uses: Mapped[int]  # as the device counts them; one that counts back is a copy. Many count nothing
    device: Mapped[str]
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_passkey_member_id", "member_id"),)


class TooManyPasskeys(Refused):
    """A person has ten of them already."""

    def __init__(self) -> None:
        super().__init__(phrases.too_many_keys())


# --- acts -----------------------------------------------------------------------------------------------------------


def add_passkey(
    db: Session,
    member: Member,
    credential: bytes,
    public_key: bytes,
    *,
    uses: int,
    device: str,
    now: datetime,
) -> Passkey:
    """Keep a key that a device has just made for the member. Raises `TooManyPasskeys`."""
    if len(passkeys_of(db, member.id)) >= _MOST:
        raise TooManyPasskeys
    row = Passkey(
        member_id=member.id,
        credential=credential,
        public_key=public_key,
        uses=uses,
        device=device,
        made_at=now,
    )
    db.add(row)
    record_act(db, "passkey.add", by_id=member.id, member_id=member.id, now=now)
    db.flush()
    return row


def use_passkey(
    db: Session, row: Passkey, browser: Browser | None, *, uses: int, device: str, now: datetime
) -> tuple[Browser, str | None]:
    """Note that the key was shown: the page opens, or the `browser` of the same person has its second proof.

    Return the browser, and the key of its cookie where it is a new one.
    """
    row.uses, row.used_at = uses, now
    account = page_account(db, row.member_id)
    if browser is not None and account is not None and browser.address == account.address:
        prove_browser(browser, SecondProof.PASSKEY, now=now)
        return browser, None
    if account is None:
        member = db.get_one(Member, row.member_id)
        account = link_account(db, member, address=new_page(), now=now, proof=Proof.PASSKEY)
    record_act(db, "page.open", by_id=row.member_id, member_id=row.member_id, now=now)
    return open_browser(db, account.address, device=device, now=now, proof=SecondProof.PASSKEY)


def drop_passkey(db: Session, row: Passkey, *, by_id: int, now: datetime) -> None:
    """Forget a key: its device opens nothing any more."""
    record_act(db, "passkey.drop", by_id=by_id, member_id=row.member_id, now=now)
    db.delete(row)
    db.flush()


# --- questions ------------------------------------------------------------------------------------------------------


def passkeys_of(db: Session, member_id: int) -> list[Passkey]:
    """Return the member's keys, the newest first."""
    return list(
        db.scalars(select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.made_at.desc()))
    )


def passkey_by(db: Session, credential: bytes) -> Passkey | None:
    """Return the key that a device names, held against a second use at the same moment; None: it is nobody's."""
    found = (
        select(Passkey).join(Member, Member.id == Passkey.member_id).where(Passkey.credential == credential)
    )
    return next(iter(locked(db, found.where(Member.left_at.is_(None)), wait=True)), None)
