"""What a person knows, and the desk does not: a PIN of six digits, and a return code of sixteen.

    PIN           asked before an export, a deletion, a hand-over, an act of identity; the person chooses it
    return code   brings a person back on another phone; the program makes it and says it once

Both are kept as argon2 hashes, sealed: whoever has the database alone cannot try six digits on it. A passkey would be
one more `SecretKind`. The first six digits of a return code find its row, and prove nothing.

    wrong ──> wrong_tries + 1 ──every fifth──> locked for 1 minute, a PIN then for 1 hour, then 24 hours each time
    right ──> wrong_tries = 0

A wrong try has to be kept, so the functions that check a secret answer False or None and raise nothing: who then raises
`Refused` in the same transaction takes the count back. `SecretLocked` is raised before anything is tried.
"""

from __future__ import annotations

import itertools
import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import ForeignKey, SmallInteger, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, locked
from models.ground.errors import Refused
from models.ground.sealing import keyring
from models.people.member import Account, Member
from models.people.policy import SecretPolicy
from models.people.trail import record_act
from models.phrases.people import secret as phrases
from models.phrases.text import HOME_ZONE

PIN_DIGITS = 6
CODE_DIGITS = 16
_FOUND_BY = 6  # of the digits of a return code
_PLACE = "secret.hash_sealed"


class SecretKind(StrEnum):
    PIN = "pin"
    RETURN_CODE = "return code"
    DATA_CODE = "data code"  # shows somebody without an account their own data (models/trust/data_visit.py)


class Secret(Identified, Base):
    __tablename__ = "secret"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    lookup: Mapped[str | None] = mapped_column(unique=True)  # of a return code: its first six digits
    hash_sealed: Mapped[bytes | None]  # argon2id; not a `Sealed` text: it belongs into nobody's take-out
    made_at: Mapped[datetime]
    wrong_tries: Mapped[int] = mapped_column(SmallInteger, default=0)  # since the last right one
    locked_until: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("member_id", "kind"),)


class SecretLocked(Refused):
    """Too many wrong tries: nothing is compared before `locked_until`."""


class WeakPin(Refused):
    """Six digits that come to anybody's mind first, or not six digits."""


# --- rules ----------------------------------------------------------------------------------------------------------


def digits_of(typed: str) -> str:
    """Return the digits of what was typed, as 0-9: full-width and Arabic ones too, spaces and hyphens left out.

    Empty when anything else is in it.
    """
    kept = [char for char in typed if not char.isspace() and char not in "-\u2010\u2011\u2013."]
    if not all(char.isdecimal() for char in kept):
        return ""
    return "".join(str(unicodedata.decimal(char)) for char in kept)


def check_strength(pin: str, member: Member) -> None:
    """Raise `WeakPin` for a PIN that somebody near would try first: one figure, a row, a birth year, the own phone."""
    if len(pin) != PIN_DIGITS:
        raise WeakPin(phrases.six_digits())
    steps = {(int(after) - int(before)) % 10 for before, after in itertools.pairwise(pin)}
    in_a_row = len(steps) == 1 and steps <= {0, 1, 9}  # 9: downwards, one less each time
    repeated = pin in (pin[:2] * 3, pin[:3] * 2)
    born = member.birth_year is not None and str(member.birth_year) in pin
    own_number = bool(member.phone) and (member.phone or "").endswith(pin)
    if in_a_row or repeated or born or own_number:
        raise WeakPin(phrases.weak())


def lock_for(wrong_tries: int, policy: SecretPolicy) -> timedelta | None:
    """Return how long a secret is locked after this many wrong tries in a row; None: it is not."""
    times, over = divmod(wrong_tries, policy.tries)
    return policy.locks[min(times, len(policy.locks)) - 1] if times and not over else None


def hash_secret(typed: str) -> str:
    """Return the argon2 hash by which `is_same_secret` knows it again."""
    return _hasher().hash(typed)


def is_same_secret(hashed: str, typed: str) -> bool:
    """Return whether `hashed` was made of `typed`."""
    try:
        return _hasher().verify(hashed, typed)
    except VerifyMismatchError:
        return False


# --- acts -----------------------------------------------------------------------------------------------------------


def set_pin(db: Session, member_id: int, pin: str, *, now: datetime) -> None:
    """Keep a new PIN in place of an older one; `WeakPin` says what is wrong with it."""
    check_strength(pin, db.get_one(Member, member_id))
    _keep(db, member_id, SecretKind.PIN, pin, now=now)
    record_act(db, "secret.set", by_id=member_id, member_id=member_id, now=now)


def issue_return_code(db: Session, member_id: int, *, now: datetime) -> str:
    """Make a new return code, which is said here and never again; an older one is void."""
    return _make_code(db, member_id, SecretKind.RETURN_CODE, now=now)


def make_data_code(db: Session, member_id: int, *, now: datetime) -> str:
    """Make a code for one's own data, which is said here and never again; an older one is void."""
    return _make_code(db, member_id, SecretKind.DATA_CODE, now=now)


def _make_code(db: Session, member_id: int, kind: SecretKind, *, now: datetime) -> str:
    while True:
        code = "".join(str(secrets.randbelow(10)) for _ in range(CODE_DIGITS))
        taken = select(Secret.id).where(Secret.lookup == code[:_FOUND_BY])
        if db.scalar(taken) is None:
            break
    _keep(db, member_id, kind, code[_FOUND_BY:], now=now, lookup=code[:_FOUND_BY])
    return code


def check_pin(db: Session, member_id: int, pin: str, *, now: datetime, policy: SecretPolicy) -> bool:
    """Return whether this is the member's PIN; a wrong one is counted. `SecretLocked`: it was not even compared."""
    row = _secret(db, Secret.member_id == member_id, Secret.kind == SecretKind.PIN)
    return _is_right(db, row, pin, now=now, policy=policy)


def member_of_return_code(db: Session, code: str, *, now: datetime, policy: SecretPolicy) -> Member | None:
    """Return whose return code this is; a wrong one is counted at the person whom its first six digits name.

    `SecretLocked`: it was not even compared. A code that finds nobody takes as long as one that is wrong.
    """
    row = _row_of_code(db, code, SecretKind.RETURN_CODE, now=now, policy=policy)
    return db.get_one(Member, row.member_id) if row is not None else None


def member_of_data_code(
    db: Session, code: str, *, newest: datetime, now: datetime, policy: SecretPolicy
) -> Member | None:
    """Return for whom this code for one's own data was made, not before `newest`; counted and locked likewise."""
    row = _row_of_code(db, code, SecretKind.DATA_CODE, now=now, policy=policy)
    return db.get_one(Member, row.member_id) if row is not None and row.made_at >= newest else None


def drop_data_code(db: Session, member_id: int) -> None:
    """Forget a code for one's own data: it works once."""
    db.execute(delete(Secret).where(Secret.member_id == member_id, Secret.kind == SecretKind.DATA_CODE))


def _row_of_code(
    db: Session, code: str, kind: SecretKind, *, now: datetime, policy: SecretPolicy
) -> Secret | None:
    code = digits_of(code)
    looked_up = (Secret.lookup == code[:_FOUND_BY], Secret.kind == kind)
    row = _secret(db, *looked_up) if len(code) == CODE_DIGITS else None
    return row if _is_right(db, row, code[_FOUND_BY:], now=now, policy=policy) else None


def is_return_code_of(db: Session, member_id: int, code: str, *, now: datetime, policy: SecretPolicy) -> bool:
    """Return whether this is the member's own return code; a wrong one is counted, `SecretLocked` as above."""
    code = digits_of(code)
    row = _secret(db, Secret.member_id == member_id, Secret.kind == SecretKind.RETURN_CODE)
    named = row is not None and row.lookup == code[:_FOUND_BY] and len(code) == CODE_DIGITS
    return _is_right(db, row, code[_FOUND_BY:] if named else "", now=now, policy=policy)


def prove_account(account: Account, *, now: datetime) -> None:
    """Note that the person behind this account has just given their PIN."""
    account.proved_at = now


def drop_pin(db: Session, member_id: int) -> None:
    """Forget a PIN that its owner cannot give any more: a new one is set when one is needed next."""
    db.execute(delete(Secret).where(Secret.member_id == member_id, Secret.kind == SecretKind.PIN))


# --- questions ------------------------------------------------------------------------------------------------------


def has_secret(db: Session, member_id: int, kind: SecretKind) -> bool:
    """Return whether the member has such a secret."""
    held = select(Secret.id).where(Secret.member_id == member_id, Secret.kind == kind)
    return db.scalar(held.where(Secret.hash_sealed.is_not(None))) is not None


def wait_of(db: Session, member_id: int, kind: SecretKind, *, now: datetime) -> datetime | None:
    """Return until when this secret of the member is locked; None: it is not."""
    until = db.scalar(select(Secret.locked_until).where(Secret.member_id == member_id, Secret.kind == kind))
    return until if until is not None and now < until else None


def tries_left(db: Session, member_id: int, kind: SecretKind, *, policy: SecretPolicy) -> int:
    """Return how many wrong tries there are until it is locked."""
    wrong = db.scalar(select(Secret.wrong_tries).where(Secret.member_id == member_id, Secret.kind == kind))
    return policy.tries - (wrong or 0) % policy.tries


def is_fresh(account: Account, *, now: datetime, policy: SecretPolicy) -> bool:
    """Return whether a PIN was given on this account a short while ago."""
    return account.proved_at is not None and account.proved_at <= now < account.proved_at + policy.fresh


def names_a_code(db: Session, typed: str) -> bool:
    """Return whether a code begins as the sixteen digits that were typed do: it proves nothing, and costs next to nothing.

    Of codes tried at random hardly one does, so whoever has one need not wait among those who try them.
    """
    code = digits_of(typed)
    begins = select(Secret.id).where(Secret.lookup == code[:_FOUND_BY])
    return len(code) == CODE_DIGITS and db.scalar(begins.limit(1)) is not None


# --- within ---------------------------------------------------------------------------------------------------------


@cache
def _hasher() -> PasswordHasher:
    """Argon2id as OWASP has it at least (19 MiB, two passes): some 25 ms, which the writer's thread can spare."""
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobodys_hash() -> str:
    return hash_secret(secrets.token_hex(8))


def _secret(db: Session, *which: object) -> Secret | None:
    """The row, held against a second try at the same moment: each has to be counted."""
    return next(iter(locked(db, select(Secret).where(*which), wait=True)), None)  # type: ignore[arg-type]


def _keep(
    db: Session, member_id: int, kind: SecretKind, secret: str, *, now: datetime, lookup: str | None = None
) -> None:
    db.execute(delete(Secret).where(Secret.member_id == member_id, Secret.kind == kind))
    row = Secret(member_id=member_id, kind=kind, lookup=lookup, made_at=now)
    row.hash_sealed = keyring().seal(hash_secret(secret).encode(), place=_PLACE, row=row.id)
    db.add(row)
    db.flush()


def _is_right(db: Session, row: Secret | None, typed: str, *, now: datetime, policy: SecretPolicy) -> bool:
    if row is not None and row.locked_until is not None and now < row.locked_until:
        zone = db.get_one(Member, row.member_id).zone if row.kind == SecretKind.PIN else HOME_ZONE
        raise SecretLocked(phrases.locked(until=row.locked_until, zone=zone))
    kept = row.hash_sealed if row is not None else None
    if row is None or kept is None:
        # only for the time that it takes, or the answer would tell whether there is a secret
        is_same_secret(_nobodys_hash(), typed)
        return False
    if is_same_secret(keyring().unseal(kept, place=_PLACE, row=row.id).decode(), typed):
        row.wrong_tries, row.locked_until = 0, None
        return True
    row.wrong_tries += 1
    wait = lock_for(row.wrong_tries, policy)
    if wait and row.kind != SecretKind.PIN:
        # its first six digits are enough to have it locked: whoever has seen them would keep its owner out for days, and
        # five tries a minute at the other ten digits find nothing in a thousand years
        wait = policy.locks[0]
    row.locked_until = now + wait if wait else None
    if wait:
        record_act(db, "secret.lock", by_id=None, member_id=row.member_id, now=now, detail=row.kind)
    return False
