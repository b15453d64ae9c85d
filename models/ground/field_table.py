"""The field table as it stands in fields.toml: see models/ground/fields.py for how a line is added."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from models.ground.fields import About, Clear, ColumnKind, ColumnWords, Fate, Term

FILE = Path(__file__).parent / "fields.toml"
_KEYS = {"purpose", "readers", "term", "fate", "ground", "columns", "sealed", "clear", "empties"}


@cache
def field_table() -> dict[str, About]:
    """Return every table by its name, in the order of the page."""
    return read_tables(FILE.read_text(encoding="utf-8"))


def read_tables(text: str) -> dict[str, About]:
    """Read the tables of a TOML text; ValueError for a kind, fate, term, reason or key that is none, and a column said twice."""
    given = tomllib.loads(text)
    reasons = {name: ColumnWords(*pair) for name, pair in (given["why"] | given["ground"]).items()}
    return {name: _about(name, lines, reasons) for name, lines in given["table"].items()}


def _about(name: str, given: Mapping[str, Any], reasons: Mapping[str, ColumnWords]) -> About:
    if unknown := set(given) - _KEYS:
        raise ValueError(f"{name}: nobody reads {', '.join(sorted(unknown))}")
    kinds = [
        (column, ColumnKind(kind))
        for kind, columns in given.get("columns", {}).items()
        for column in columns.split()
    ]
    sealed, clear = given.get("sealed", {}), given.get("clear", {})
    columns = [*(column for column, _ in kinds), *sealed, *clear]
    if twice := {column for column in columns if columns.count(column) > 1}:
        raise ValueError(f"{name}: said twice: {', '.join(sorted(twice))}")
    return About(
        table=name,
        purpose=ColumnWords(*given["purpose"]),
        readers=tuple(given["readers"].split()),
        term=Term(given["term"]),
        fate=Fate(given["fate"]),
        ground=_reason(given["ground"], reasons),
        kinds=dict(kinds),
        sealed={column: ColumnWords(*words) for column, words in sealed.items()},
        clear={column: Clear(vi, en, _reason(why, reasons)) for column, (vi, en, why) in clear.items()},
        empties=frozenset(given.get("empties", "").split()),
    )


def _reason(given: str | list[str], reasons: Mapping[str, ColumnWords]) -> ColumnWords:
    """A reason by its name, or in words where it is the only one of its kind."""
    if isinstance(given, str) and given not in reasons:
        raise ValueError(f"no reason is called {given}")
    return reasons[given] if isinstance(given, str) else ColumnWords(*given)
