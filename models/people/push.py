"""Where a browser can be rung: its Web Push subscription, and the one key with which we sign.

    a browser that was let in ──"báo cho tôi"──> PushSubscription ──its browser ends, its service says it is gone──> deleted

A browser has one subscription and it ends with it. An endpoint is a secret: whoever has it and the keys could ring there.
The key pair is made once and kept sealed like everything else: browsers are bound to it, so a new one ends all subscriptions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ForeignKey, delete, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified
from models.ground.sealing import Sealed
from models.people.policy import PushPolicy


class PushKey(Identified, Base):
    __tablename__ = "push_key"

    public: Mapped[bytes]  # as browsers take it
    number_sealed: Mapped[bytes | None]
    made_at: Mapped[datetime]

    number = Sealed("number_sealed")  # the private key, in hex


class PushSubscription(Identified, Base):
    __tablename__ = "push_subscription"

    browser_id: Mapped[int] = mapped_column(ForeignKey("browser.id"), unique=True)
    endpoint_hash: Mapped[bytes] = mapped_column(unique=True)
    target_sealed: Mapped[bytes | None]
    made_at: Mapped[datetime]

    target_json = Sealed("target_sealed")


class PushKeys(BaseModel):
    p256dh: str = Field(max_length=120)
    auth: str = Field(max_length=40)


class PushTarget(BaseModel):
    """What a browser gives with a subscription, and we need to ring there."""

    model_config = ConfigDict(extra="ignore")

    endpoint: str = Field(max_length=1000)
    keys: PushKeys


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Our key pair. `number`: the private half, 32 bytes."""

    public: bytes
    number: bytes


# --- rules ----------------------------------------------------------------------------------------------------------


def is_push_service(endpoint: str, policy: PushPolicy) -> bool:
    """Return whether this is an address of a push service: a browser must not have us call anything else."""
    try:
        where = urlsplit(endpoint)
        port = where.port
    except ValueError:
        return False
    host = (where.hostname or "").rstrip(".")
    if (
        where.scheme != "https"
        or port not in (None, 443)
        or where.username
        or where.password
        or _is_number(host)
    ):
        return False
    return any(host == one or host.endswith(f".{one}") for one in policy.services)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


# --- acts -----------------------------------------------------------------------------------------------------------


def signing_key(db: Session, *, now: datetime) -> SigningKey:
    """Return the key with which we sign; the first time it is made. One that cannot be read any more is replaced."""
    row = db.scalars(select(PushKey).order_by(PushKey.id).limit(1)).first()
    if row is not None and row.number:
        return SigningKey(row.public, bytes.fromhex(row.number))
    if row is not None:  # browsers take nothing that another key has signed
        db.execute(delete(PushSubscription))
        db.execute(delete(PushKey))
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    made = PushKey(public=public, made_at=now)
    made.number = key.private_numbers().private_value.to_bytes(32, "big").hex()
    db.add(made)
    db.flush()
    return signing_key(db, now=now)  # another process may have been a moment earlier


def subscribe(db: Session, browser_id: int, target: PushTarget, *, now: datetime) -> None:
    """Keep where a browser can be rung, in place of what it had. The same endpoint moves to the browser that gives it."""
    hashed = hashlib.sha256(target.endpoint.encode()).digest()
    ours = or_(PushSubscription.browser_id == browser_id, PushSubscription.endpoint_hash == hashed)
    db.execute(delete(PushSubscription).where(ours))
    row = PushSubscription(browser_id=browser_id, endpoint_hash=hashed, made_at=now)
    row.target_json = target.model_dump_json()
    db.add(row)
    db.flush()


def drop_subscriptions(db: Session, browser_ids: Collection[int]) -> None:
    """Forget where these browsers can be rung."""
    db.execute(delete(PushSubscription).where(PushSubscription.browser_id.in_(browser_ids)))


def drop_subscription(db: Session, subscription_id: int) -> None:
    """Forget a subscription that its push service does not know any more."""
    db.execute(delete(PushSubscription).where(PushSubscription.id == subscription_id))


# --- questions ------------------------------------------------------------------------------------------------------


def is_subscribed(db: Session, browser_id: int) -> bool:
    """Return whether this browser can be rung."""
    found = select(PushSubscription.id).where(PushSubscription.browser_id == browser_id)
    return db.scalar(found) is not None
