"""Telegram's proof of who opens a link (LoginUrl): the fields that it adds to the address, signed with the bot's token.

    ?id=…&first_name=…&auth_date=…&hash=…     hash = HMAC-SHA256("auth_date=…\\nfirst_name=…\\nid=…", SHA256(token)), in hex

core.telegram.org/bots/api#loginurl and /widgets/login#checking-authorization (now /widgets/login-legacy), read in 2026.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

_SKEW = timedelta(minutes=2)  # our clock beside Telegram's
_NAME = re.compile(r"[a-z_]{1,32}")
_NUMBER = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_MOST = 20  # fields; there are seven


def proven_visitor(
    query: Iterable[tuple[str, str]], token: str, *, lasts: timedelta, now: datetime
) -> int | None:
    """Return the Telegram id of who opens the link; None where that is not proved, or was too long ago."""
    pairs = list(query)
    fields = dict(pairs)
    given = fields.pop("hash", "")
    if not fields or len(fields) + 1 != len(pairs) or len(pairs) > _MOST:  # nothing, or said twice
        return None
    if not given.isascii() or not all(map(_is_plain, fields, fields.values())):
        return None
    if not hmac.compare_digest(given, sign(fields, token)):
        return None
    return _who(fields, lasts=lasts, now=now)


def sign(fields: dict[str, str], token: str) -> str:
    """Return what Telegram signs the fields with, `hash` not among them."""
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hmac.digest(hashlib.sha256(token.encode()).digest(), lines.encode(), "sha256").hex()


def _is_plain(name: str, value: str) -> bool:
    """One line each: in a name with line breaks another's id could be hidden."""
    return _NAME.fullmatch(name) is not None and "\n" not in value


def _who(fields: dict[str, str], *, lasts: timedelta, now: datetime) -> int | None:
    person, date = fields.get("id", ""), fields.get("auth_date", "")
    if not _NUMBER.fullmatch(person) or not re.fullmatch(r"[0-9]{1,11}", date, re.ASCII):
        return None
    age = now - datetime.fromtimestamp(int(date), UTC)
    return int(person) if -_SKEW <= age <= lasts else None
