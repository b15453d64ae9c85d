"""Files that no room points to any more: deleted every night, and at once when somebody has their data deleted.

    file 7 ◀── "7" in letter.file_id, in a line of request_reply.files, in a report's JSON, in a draft, in what is yet to be said

What a room holds of a file is sealed, so no key of the database ties the two; the sealed texts are read instead. There are
few of them, and each is a number or a line of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.delivery.file import File
from models.delivery.outbox import Outbox, OutboxState
from models.ground.base import table_of
from models.ground.sealing import CannotUnseal, keyring
from models.ground.sealing_key import SealedColumn, sealed_columns

_FILE_COLUMNS = ("file_id_sealed", "files_sealed")
_MORE = ("checkin.report_sealed", "conversation.draft_sealed", "outbox.body_sealed")
_ID = re.compile(r"\d{12,}")


def drop_loose_files(db: Session) -> int:
    """Delete the files that nothing points to; return how many."""
    db.flush()
    loose = set(db.scalars(select(File.id)))
    try:
        for column in holders() if loose else []:
            loose.difference_update(_ids_in(db, column))
    except CannotUnseal:  # what cannot be read may point to any of them
        return 0
    for some in _by_the_hundred(sorted(loose)):
        db.execute(delete(File).where(File.id.in_(some)))
    return len(loose)


def holders() -> list[SealedColumn]:
    """Return the sealed columns in which the id of a file may stand."""
    return [one for one in sealed_columns() if one.values.name in _FILE_COLUMNS or one.place in _MORE]


def _ids_in(db: Session, column: SealedColumn) -> Iterator[int]:
    rows = select(column.row, column.values).where(column.values.is_not(None))
    if column.table is table_of(Outbox):  # of what was said nothing is shown again
        rows = rows.where(Outbox.state.in_((OutboxState.PENDING, OutboxState.SENDING)))
    for row, value in db.execute(rows):
        text = keyring().unseal(bytes(value), place=column.place, row=row).decode()
        yield from map(int, _ID.findall(text))


def _by_the_hundred(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), 100):
        yield ids[start : start + 100]
