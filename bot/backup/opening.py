"""A copy is read: what it says of itself, then its rows. Nothing of it is believed before all of it was read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, Field

from bot.backup.chunks import CopyUnusable, read_chunks
from bot.backup.key import BackupKey
from bot.backup.rows import Line, TableHead, parse_line


class CopyHead(BaseModel):
    """The first line: when it was made, of which step of the schema, how many rows of what, and what lies beside the database.

    `beside`: the text of small files by their names. `settings`, `keys`: only of a copy that moves the program;
    `frozen`: the program did nothing more after it.
    """

    made: datetime
    step: str
    counts: dict[str, int]
    beside: dict[str, str] = Field(default_factory=dict)
    frozen: bool = False
    settings: dict[str, str] = Field(default_factory=dict, repr=False)
    keys: list[str] = Field(default_factory=list, repr=False)

    @property
    def people(self) -> int:
        return self.counts.get("member", 0)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Copy:
    head: CopyHead
    lines: Iterator[Line]


@contextmanager
def open_copy(path: Path, key: BackupKey) -> Iterator[Copy]:
    """Open a copy for reading its lines once, from the first table on. Raises CopyUnusable, also while they are read."""
    try:
        file = path.open("rb")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise CopyUnusable(f"{path} cannot be read: {error.strerror}. Hint: check its name.") from None
    with file:
        lines = _split(read_chunks(file, key))
        first = next(lines, b"")
        yield Copy(CopyHead.model_validate_json(first), map(parse_line, lines))


def prove(path: Path, key: BackupKey) -> CopyHead:
    """Read all of a copy and count its rows; return its head. Raises CopyUnusable where one byte is not as it was written."""
    with open_copy(path, key) as copy:
        counted: Counter[str] = Counter()
        name = ""
        for line in copy.lines:
            if isinstance(line, TableHead):
                name = line.table
                counted[name] = 0
            else:
                counted[name] += 1
        if counted != copy.head.counts:
            raise CopyUnusable(
                "The file does not hold what it says that it holds. Hint: take another backup."
            )
        return copy.head


def _split(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield line by line; a line may be longer than a piece."""
    rest: list[bytes] = []
    for piece in pieces:
        *whole, last = piece.split(b"\n")
        if whole:
            yield b"".join([*rest, whole[0]])
            yield from whole[1:]
            rest = [last]
        else:
            rest.append(last)
