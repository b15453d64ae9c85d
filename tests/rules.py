"""A file of rules, as an operator writes it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

NEW_YEAR = date(2027, 1, 1)


def a_rule(name: str, value: str, since: date = NEW_YEAR, **more: str) -> str:
    """One entry; `value` and what is given more as they stand in TOML, "" leaves a line out."""
    lines = {
        "name": f'"{name}"',
        "value": value,
        "from": f"{since}",
        "document": '"Hướng dẫn 07-HD/TW"',
        "dated": "2026-11-20",
        "verified": "2026-11-25",
        **more,
    }
    return "[[rule]]\n" + "".join(f"{key} = {said}\n" for key, said in lines.items() if said)


def a_file(folder: Path, *entries: str, name: str = "rules.toml") -> Path:
    path = folder / name
    path.write_text("\n".join(entries), encoding="utf-8")
    return path
