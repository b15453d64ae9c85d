"""What ails the machine, by the error that came of it: told in words, and not through the database, which may be what ails."""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum

from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeout

from models.ground.db import is_passing


class Ailment(Enum):
    """The trouble that has a sentence of its own (models/phrases/delivery/alarm.py)."""

    DISK_FULL = "disk_full"
    FILE_LOCKED = "file_locked"
    FILE_CLOSED = "file_closed"
    FILE_DAMAGED = "file_damaged"
    SERVER_AWAY = "server_away"
    SERVER_REFUSES = "server_refuses"
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - no password


_SQLITE = {
    sqlite3.SQLITE_FULL: Ailment.DISK_FULL,
    sqlite3.SQLITE_BUSY: Ailment.FILE_LOCKED,
    sqlite3.SQLITE_LOCKED: Ailment.FILE_LOCKED,
    sqlite3.SQLITE_READONLY: Ailment.FILE_CLOSED,
    sqlite3.SQLITE_CANTOPEN: Ailment.FILE_CLOSED,
    sqlite3.SQLITE_PERM: Ailment.FILE_CLOSED,
    sqlite3.SQLITE_CORRUPT: Ailment.FILE_DAMAGED,
    sqlite3.SQLITE_NOTADB: Ailment.FILE_DAMAGED,
}


def ailment_of(error: BaseException) -> Ailment | None:
    """Return what ails the machine; None: it is something else, a mistake of ours."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Ailment.DISK_FULL
    if type(error).__name__ == "InvalidToken":  # the messenger's library is known in its own folder alone
        return Ailment.TOKEN_REFUSED
    if isinstance(error, PoolTimeout):
        return Ailment.SERVER_AWAY
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _SQLITE.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "53100":
        return Ailment.DISK_FULL
    if state[:2] in ("28", "3D"):
        return Ailment.SERVER_REFUSES
    return Ailment.SERVER_AWAY if is_passing(error) and state[:2] != "40" else None
