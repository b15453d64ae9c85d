"""Statements compiled once for all databases of a kind: each test opens a new one, and compiling took a third of its time.

What is compiled belongs to a dialect and lies in an engine's cache. Engines made here share both with the first one of
their kind that has been connected: only then does a dialect know its server.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

_FIRST: dict[str, tuple[Any, Any]] = {}
_STATEMENTS = 4_000  # of all tests; those of one program are some hundreds


def shared_engine(*args: Any, **options: Any) -> Engine:
    """`sqlalchemy.create_engine`, with the memory of all before it."""
    engine = create_engine(*args, **options)
    dialect, compiled = _FIRST.get(engine.dialect.name, (engine.dialect, LRUCache(_STATEMENTS)))
    if dialect is engine.dialect or dialect.server_version_info is None:
        dialect = engine.dialect
        _FIRST[dialect.name] = dialect, compiled
    engine.dialect, engine._compiled_cache = dialect, compiled
    return engine
