"""Bring a database to the newest schema the way an operator does."""

from __future__ import annotations

from models import Base
from models.db import Database
from models.migrations import migrate


def migrate_to_newest(url: str) -> None:
    migrate(url)
    opened = Database(url)
    Base.metadata.create_all(opened.engine)
    opened.close()
