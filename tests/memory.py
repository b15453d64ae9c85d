"""An empty database in memory for each example of a machine: a copy of one that was made once takes a millisecond."""

from __future__ import annotations

import sqlite3
from functools import cache

from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool

from models import Base
from tests.compiled import shared_engine


def empty_engine() -> Engine:
    """All tables and no rows; gone with its last connection."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    _template().backup(connection)
    return shared_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)


@cache
def _template() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    Base.metadata.create_all(shared_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool))
    return connection
