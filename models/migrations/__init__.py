"""The schema, step by step, from the first table on."""

from __future__ import annotations

from models import Base
from models.db import Database


def migrate(url: str) -> None:
    opened = Database(url)
    Base.metadata.create_all(opened.engine)
    opened.close()
