"""Bring a database to the newest schema the way an operator does."""

from __future__ import annotations

from models.migrations import migrate


def migrate_to_newest(url: str) -> None:
    migrate(url)
