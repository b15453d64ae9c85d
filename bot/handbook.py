"""The handbook's file, the operator's or the house's, put into the database at each start."""

from __future__ import annotations

from pathlib import Path

from models.ground.db import Database
from models.meeting.handbook import load_handbook, read_handbook


def take_handbook(url: str, path: Path | None = None) -> None:
    """Let the database at `url` hold the entries of `path`, else of the house; raise HandbookUnusable."""
    entries = read_handbook(path)
    database = Database(url)
    try:
        database.run(lambda db: load_handbook(db, entries))
    finally:
        database.close()
