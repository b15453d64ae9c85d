"""Which files of ours others on this machine may read: the database, its copies, the keys, the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.settings import ENV_FILE, Settings

_OTHERS = 0o077
_COPIES = (
    "*.db",
    "*.db-*",
    "*.bak",
    "*.backup",
    "*.sql",
    "*.dump",
    "*.key",
    "*.gz",
    "*.zip",
    "*.jsonl",
    "*.head",
)


def open_to_others(settings: Settings) -> list[Path]:
    """Return those of our files and folders that somebody else than their owner may read, write or enter."""
    return [path for path in _ours(settings) if path.stat().st_mode & _OTHERS]


def _ours(settings: Settings) -> Iterator[Path]:
    place = settings.data_directory
    candidates = [Path(ENV_FILE), *(path for copies in _COPIES for path in sorted(place.glob(copies)))]
    yield from (path for path in dict.fromkeys(candidates) if path.is_file())
