"""One process at a time does the steps, the sending and the timetable; others stand by and receive.

SQLite: an exclusive lock on a file beside the database. PostgreSQL: an advisory lock on a connection of its own. Both
are released by the system when the process dies, however it dies.
"""

from __future__ import annotations

import contextlib
import fcntl
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, text

from models.ground.db import Database

_LOCK = 0x58614E68  # "XaNh"


class Leader:
    """`try_to_lead()` until it is True; `still_leads()` while it lasts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[bytes] | None = None
        self._connection: Connection | None = None

    def try_to_lead(self) -> bool:
        return self._lock_file() if self._database.is_sqlite else self._lock_in_server()

    def still_leads(self) -> bool:
        if self._file is not None:  # a file's lock is lost with the process only
            return True
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
            self._connection.commit()
        except Exception:  # whatever it was: without the connection there is no lock
            self._connection.invalidate()
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
        file = Path(f"{self._database.url.database}.lock").open("ab")  # noqa: SIM115 - it is held while we lead
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def _lock_in_server(self) -> bool:
        connection = self._database.engine.connect()
        try:
            # it is the session's lock: it outlives the transaction
            locked = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK}))
            connection.commit()
        except BaseException:
            connection.invalidate()
            raise
        if locked:
            self._connection = connection
        else:
            connection.close()
        return locked
