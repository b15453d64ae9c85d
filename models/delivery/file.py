"""Files that people send: the bytes are ours, sealed; a channel's own id beside them is a shortcut.

    given as bytes (a page, a paper that was opened) ──keep_file──────────────────────> HERE
    known to a channel (a photo) ──keep_file──> WANTED ──fetched once, by its adapter─────^
                                                   └─ gone, too big, often in vain ──> LOST

A room holds the id of the row, as a sealed text of its own. Whoever is shown the file gets the shortcut on the channel that
has it, the bytes on any other; where neither is left, the words that stand for it. What was LOST may still be shown by
its shortcut. A row that no room points to any more is deleted (models/trust/loose_files.py).
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ForeignKey, SmallInteger, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.policy import FilePolicy
from models.ground.base import Base, Identified, partial_index
from models.ground.channel import Channel
from models.ground.sealing import Sealed, keyring

_PLACE = "file.data_sealed"


class FileState(StrEnum):
    WANTED = "wanted"  # its bytes are still with the channel
    HERE = "here"
    LOST = "lost"  # they could not be had


class File(Identified, Base):
    __tablename__ = "file"

    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # who sent it, as far as that was kept
    state: Mapped[str]
    kept_at: Mapped[datetime]
    next_at: Mapped[datetime | None]  # WANTED: when it is asked for
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    type: Mapped[str | None]  # ContentType, as far as it was looked into
    size: Mapped[int | None]  # bytes
    sha256: Mapped[bytes | None]  # of the bytes
    shortcut_sealed: Mapped[bytes | None]
    data_sealed: Mapped[bytes | None]

    shortcut = Sealed("shortcut_sealed")  # channel:id, where the channel has it too

    __table_args__ = (partial_index("ix_file_next_at", "next_at", where="next_at IS NOT NULL"),)


class Stored(NamedTuple):
    """A file as it can be shown on one channel: by that channel's own id, by its bytes, or by neither."""

    shortcut: str
    data: bytes


class WantedFile(NamedTuple):
    """A file to be fetched from its channel, by that channel's id of it."""

    id: int
    key: str


# --- acts -----------------------------------------------------------------------------------------------------------


def keep_file(
    db: Session,
    *,
    by_id: int | None,
    now: datetime,
    channel: Channel,
    key: str = "",
    data: bytes = b"",
    type: str | None = None,
) -> File:
    """Keep a file that somebody sent; `key`: the channel's own id of it, `data`: its bytes, where they are at hand."""
    row = File(by_id=by_id, state=FileState.WANTED, kept_at=now, next_at=now, tries=0, type=type)
    row.shortcut = f"{channel.value}:{key}" if key else None
    if data:
        _put(row, data)
    db.add(row)
    db.flush()
    return row


def file_is_here(db: Session, file_id: int, data: bytes) -> None:
    """Keep what was fetched; a file that was dropped meanwhile stays dropped."""
    row = db.get(File, file_id)
    if row is not None:
        _put(row, data)


def file_is_away(db: Session, file_id: int, policy: FilePolicy, *, now: datetime, for_good: bool) -> None:
    """Note that it did not come: it is asked for again later, `for_good`, or after the last try, never."""
    row = db.get(File, file_id)
    if row is None or row.state != FileState.WANTED:
        return
    row.tries += 1
    if for_good or row.tries >= policy.fetch_tries:
        row.state, row.next_at = FileState.LOST, None
    else:
        row.next_at = now + timedelta(seconds=policy.fetch_pause * 2 ** (row.tries - 1))


def note_shortcut(db: Session, file_id: int, channel: Channel, key: str) -> None:
    """Note that a channel has it from now on: it need not be sent there as bytes again."""
    row = db.get(File, file_id)
    if row is not None:
        row.shortcut = f"{channel.value}:{key}"


def _put(row: File, data: bytes) -> None:
    row.data_sealed = keyring().seal(data, place=_PLACE, row=row.id)
    row.size, row.sha256 = len(data), hashlib.sha256(data).digest()
    row.state, row.next_at = FileState.HERE, None


# --- questions ------------------------------------------------------------------------------------------------------


def stored_file(db: Session, file_id: str, channel: Channel, *, whole: bool = False) -> Stored:
    """Return how a file can be shown on a channel; its bytes only where there is no shortcut, or `whole` is asked for.

    `file_id`: what a room holds. What is no id of ours was kept before files were: it is Telegram's own.
    """
    if not is_ours(file_id):
        return Stored(file_id if channel is Channel.TELEGRAM else "", b"")
    row = db.get(File, int(file_id))
    if row is None:
        return Stored("", b"")
    at, _, key = (row.shortcut or "").partition(":")
    shortcut = key if at == channel.value else ""
    return Stored(shortcut, file_bytes(row) or b"" if whole or not shortcut else b"")


def file_bytes(row: File) -> bytes | None:
    """Return the bytes; None: they are not here."""
    if row.data_sealed is None:
        return None
    return keyring().unseal(row.data_sealed, place=_PLACE, row=row.id)


def is_ours(file_id: str) -> bool:
    """Return whether it is the id of a row here; Telegram's own ids have letters in them."""
    return file_id.isdecimal()


def wanted_files(db: Session, channel: Channel, *, now: datetime, limit: int) -> list[WantedFile]:
    """Return those whose bytes are to be fetched from this channel now, the longest waiting first."""
    due = select(File).where(File.next_at <= now).order_by(File.next_at, File.id).limit(limit)
    found = [(row.id, (row.shortcut or "").partition(":")) for row in db.scalars(due)]
    return [WantedFile(id, key) for id, (at, _, key) in found if at == channel.value]


def count_files(db: Session) -> dict[FileState, int]:
    """Count the files by whether their bytes are here."""
    rows = db.execute(select(File.state, func.count()).group_by(File.state))
    return {FileState(state): number for state, number in rows}
