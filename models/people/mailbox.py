"""A member's e-mail address, to which goes that something waits on their page, and nothing else.

    given ──> ASKED ──the code is mailed──> SENT ──the code is typed──> CONFIRMED ──> knocks (models/entry/knock.py)
                └────────────────refused by its server────────────────────┴──> FAILED   until it is given anew

Giving it is the consent; it is dropped with one tap. A code goes a few times a day at the most, or we could be made to
fill somebody else's mailbox.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, SmallInteger, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, locked, partial_index
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.people.member import Member
from models.people.policy import MailboxPolicy
from models.phrases.people import mailbox as phrases
from models.phrases.text import Lang

# as strict as mail servers are in practice: no quotes, no comments, no address of a machine
_ADDRESS = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_DAY = timedelta(days=1)


class MailboxState(StrEnum):
    ASKED = "asked"  # the code is to be mailed
    SENT = "sent"  # it was
    CONFIRMED = "confirmed"
    FAILED = "failed"  # its server wants nothing from us


class Mailbox(Identified, Base):
    __tablename__ = "mailbox"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), unique=True)
    state: Mapped[str]
    address_sealed: Mapped[bytes | None]
    code_sealed: Mapped[bytes | None]  # until it was typed
    asked_at: Mapped[datetime]
    asks: Mapped[int] = mapped_column(SmallInteger, default=1)  # codes since `asks_since`
    asks_since: Mapped[datetime]
    wrong_tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    confirmed_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    result: Mapped[str | None]  # what its server said: "550"

    address = Sealed("address_sealed")
    code = Sealed("code_sealed")

    __table_args__ = (partial_index("ix_mailbox_asked", "id", where="state = 'asked'"),)


@dataclass(frozen=True, slots=True)
class CodeLetter:
    """A code that is to be mailed."""

    id: int
    address: str
    code: str
    lang: Lang


# --- acts -----------------------------------------------------------------------------------------------------------


def give_mailbox(db: Session, member: Member, typed: str, policy: MailboxPolicy, *, now: datetime) -> None:
    """Note an address that a member gives, and have a code mailed to it. One that they gave before is forgotten."""
    address = typed.strip()
    if not _ADDRESS.fullmatch(address) or len(address) > 200:
        raise Refused(phrases.not_read())
    row = mailbox_of(db, member.id)
    if row is None:
        row = Mailbox(
            member_id=member.id, asks=0, asks_since=now, asked_at=now, state=MailboxState.ASKED.value
        )
        db.add(row)
    if now - row.asks_since >= _DAY:
        row.asks, row.asks_since = 0, now
    if row.asks >= policy.codes_a_day:
        raise Refused(phrases.too_often())
    row.state, row.asked_at, row.asks, row.wrong_tries = MailboxState.ASKED.value, now, row.asks + 1, 0
    row.address, row.code = address, f"{secrets.randbelow(10**8):08d}"
    row.confirmed_at = row.failed_at = row.result = None
    db.flush()


def confirm_mailbox(db: Session, member_id: int, typed: str, policy: MailboxPolicy, *, now: datetime) -> bool:
    """Confirm the address by the code that was mailed to it; False: it is wrong, and the try is counted."""
    row = next(iter(locked(db, select(Mailbox).where(Mailbox.member_id == member_id), wait=True)), None)
    if row is None or row.state not in (MailboxState.ASKED, MailboxState.SENT) or not row.code:
        raise Refused(phrases.nothing_to_confirm())
    if row.wrong_tries >= policy.tries or now - row.asked_at > policy.code_lasts:
        raise Refused(phrases.code_over())
    digits = "".join(char for char in typed if char.isdigit())
    if not hmac.compare_digest(digits.encode(), row.code.encode()):
        row.wrong_tries += 1
        return False
    row.state, row.confirmed_at, row.code_sealed = MailboxState.CONFIRMED.value, now, None
    return True


def drop_mailbox(db: Session, member_id: int) -> None:
    """Forget the address."""
    db.execute(delete(Mailbox).where(Mailbox.member_id == member_id))


def next_code(db: Session) -> CodeLetter | None:
    """Return the next code that is to be mailed."""
    row = db.scalars(
        select(Mailbox).where(Mailbox.state == MailboxState.ASKED).order_by(Mailbox.id).limit(1)
    ).first()
    if row is None:
        return None
    return CodeLetter(row.id, row.address or "", row.code or "", Lang(db.get_one(Member, row.member_id).lang))


def note_code(db: Session, letter: CodeLetter, *, refused: str, now: datetime) -> None:
    """Note that the code was handed to the mail server, or `refused` there."""
    row = db.get(Mailbox, letter.id)
    if row is None or row.state != MailboxState.ASKED or row.code != letter.code:
        return  # they gave another meanwhile
    row.state = MailboxState.FAILED.value if refused else MailboxState.SENT.value
    if refused:
        row.failed_at, row.result = now, refused


def note_bounce(db: Session, member_id: int, why: str, *, now: datetime) -> None:
    """Note that the address takes nothing any more: no other knock goes there."""
    row = mailbox_of(db, member_id)
    if row is not None:
        row.state, row.failed_at, row.result = MailboxState.FAILED.value, now, why


# --- questions ------------------------------------------------------------------------------------------------------


def mailbox_of(db: Session, member_id: int) -> Mailbox | None:
    return db.scalars(select(Mailbox).where(Mailbox.member_id == member_id)).first()


def mail_address(db: Session, member_id: int) -> str | None:
    """Return the member's confirmed address; None: there is none."""
    row = mailbox_of(db, member_id)
    return row.address if row is not None and row.state == MailboxState.CONFIRMED else None
