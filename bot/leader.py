"""One process at a time does the steps, the sending and the timetable; others stand by and receive.

SQLite: an exclusive lock on a file beside the database. PostgreSQL: an advisory lock on a connection of its own. Both
are released by the system when the process dies, however it dies.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from models.db import Database

_LOCK = 0x58614E68  # "XaNh"


class Leader:
    """`try_to_lead()` until it is True; `still_leads()` while it lasts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[bytes] | None = None
        self._connection: Connection | None = None

    def try_to_lead(self) -> bool:
        return self._lock_file() if self._database.is_sqlite else self._lock_row()

    def still_leads(self) -> bool:
        if self._file is not None:
            return True
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
            self._connection.commit()
        except Exception:  # whatever it was: without the connection there is no lock
            self._connection = None
            return False
        return True

    def resign(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
                self._connection.commit()
            self._connection.close()
            self._connection = None

    def _lock_file(self) -> bool:
        path = self._database.url.database
        if not path or path == ":memory:":
            return True
        self._file = Path(f"{path}.lock").open("ab")  # noqa: SIM115 - it is held as long as we lead
        try:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            self._file = None
            return False
        except ImportError:  # Windows has no flock; there the open file is the sign
            return True
        return True

    def _lock_row(self) -> bool:
        connection = self._database.engine.connect()
        locked = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}))
        connection.commit()
        if not locked:
            connection.close()
            return False
        self._connection = connection
        return True
