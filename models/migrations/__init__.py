"""The schema, step by step, from the first table on.

    python -m bot migrate                 brings the database to the newest step
    make migration about="what changed"   writes the next step from the difference between rows and schema

A step, once landed, is never changed: there are databases that have taken it. Alembic is loaded where a step is taken or
written, not by each start: it is 9 MB.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, event, inspect, select, table

from models.ground.db import Database

if TYPE_CHECKING:
    from alembic.config import Config

_APPLIED = table("alembic_version", column("version_num"))


class DatabaseIsNewer(Exception):
    """The database was migrated by a newer version of the program: its step, and the newest that this program knows."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(f"{theirs} > {ours}")
        self.theirs, self.ours = theirs, ours


def migrate(url: str, *, to: str = "head") -> list[str]:
    """Bring the database at `url` to the newest step, or `to` an older one; the steps that were taken."""
    database = Database(url)
    if (
        database.engine.dialect.name == "sqlite"
    ):  # a table that others point to is changed by copying it (sqlite.org/lang_altertable)
        event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))
    try:
        with (
            database.alone("steps"),  # another program may start at the same moment
            database.engine.execution_options(writes=True).begin() as connection,
        ):
            before = set(_applied(connection))
            _refuse_newer(before)
            if to == "head" and not _between(before):
                return []
            from alembic import command

            command.upgrade(_config(connection), to)
            _check_references(connection)
            taken = set(_up_to(_applied(connection)))
            return [step for step in _between(before) if step in taken]
    finally:
        database.close()


def _check_references(connection: Connection) -> None:
    """Raise where a step left a row that points to nothing: the transaction is rolled back."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"rows that point to nothing: {sorted({row[0] for row in lost})}")


def pending(connection: Connection) -> list[str]:
    """Return the steps that this database has not taken yet, oldest first."""
    applied = set(_applied(connection))
    _refuse_newer(applied)
    return _between(applied)


def step_of(connection: Connection) -> str:
    """Return the newest step that this database has taken; empty: none."""
    return max(_applied(connection), default="")


def require_known(step: str) -> None:
    """Raise DatabaseIsNewer where this program does not know the step."""
    _refuse_newer({step})


def write_step(url: str, about: str) -> None:
    """Write the next step from the difference between the rows in the code and the schema at `url`."""
    from alembic import command

    database = Database(url)
    try:
        with database.engine.execution_options(writes=True).begin() as connection:
            number = f"{int(_steps()[-1]) + 1:04d}"
            command.revision(_config(connection), message=about, autogenerate=True, rev_id=number)
    finally:
        database.close()


def differences(connection: Connection) -> list[object]:
    """Return where the rows in the code and the schema of a migrated database differ."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from models import Base

    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def _applied(connection: Connection) -> tuple[str, ...]:
    if not inspect(connection).has_table(_APPLIED.name):
        return ()
    return tuple(connection.scalars(select(_APPLIED.c.version_num)))


@cache
def _steps() -> tuple[str, ...]:
    """Every step in the code, oldest first: each file is named by its number, and follows the one before."""
    return tuple(sorted(path.name[:4] for path in (Path(__file__).parent / "versions").glob("[0-9]*.py")))


def _up_to(applied: tuple[str, ...]) -> tuple[str, ...]:
    return _steps()[: max((_steps().index(step) for step in applied), default=-1) + 1]


def _between(applied: set[str]) -> list[str]:
    steps = _steps()
    done = max((steps.index(step) for step in applied if step in steps), default=-1)
    return list(steps[done + 1 :])


def _refuse_newer(applied: set[str]) -> None:
    if newer := applied - set(_steps()):
        raise DatabaseIsNewer(max(newer), _steps()[-1])
