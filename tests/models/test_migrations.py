"""The migrations and the rows in the code say the same, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from models.db import Database
from models.migrations import DatabaseIsNewer, differences, migrate, pending


def test_a_migrated_database_is_what_the_rows_say(database: Database) -> None:
    with database.engine.connect() as connection:
        assert differences(connection) == []
        assert pending(connection) == []


def test_migrating_again_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == []


def test_a_database_of_a_newer_program_is_refused(database: Database, database_url: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseIsNewer):
        migrate(database_url)
