"""Which keys the sealed fields need, and how they are changed while the program runs.

    put in front ──the program starts with it──> NEEDED ──`keys rotate`: nothing is sealed with it any more──> RETIRED
                                                   └──────`keys forget`: what it sealed is given up──────────> RETIRED

A key is noted when a program first seals with it, beside a value that only it opens. So a start knows all keys that may
be needed without reading every row. Databases from before this table are read once, to their end.

Rotation seals each value anew with the newest key, 500 rows a transaction. A value is replaced only while it is the
one that was read, so whoever writes meanwhile wins, and a rotation that was cut short goes on where it is needed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Function,
    LargeBinary,
    Table,
    bindparam,
    func,
    inspect,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified
from models.ground.sealing import CannotUnseal, Keyring, key_of

_PROOF = b"this key is on the ring"
_PLACE = "sealing_key.proof"
_BATCH = 500
_LOOKED_THROUGH = (
    200  # rows at each end of a table, among which the oldest and the newest value are looked for
)


class SealingKey(Identified, Base):
    __tablename__ = "sealing_key"

    fingerprint: Mapped[bytes] = mapped_column(unique=True)  # four bytes, as each sealed value carries them
    proof: Mapped[bytes]  # sealed with it
    since: Mapped[datetime]
    retired_at: Mapped[datetime | None]  # nothing is sealed with it any more


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of sealed values; `row` is the column whose value they are bound to."""

    table: Table
    values: Column[bytes]
    row: Column[int]

    @property
    def place(self) -> str:
        return f"{self.table.name}.{self.values.name}"

    @property
    def words(self) -> str:
        """Return what people call it: `member.phone`."""
        return self.place.removesuffix("_sealed")


@dataclass(frozen=True, slots=True)
class Unopened:
    """A value that does not open. `fingerprint`: of the key that sealed it, as far as it can be read."""

    place: str
    row: int
    fingerprint: bytes


# --- questions ------------------------------------------------------------------------------------------------------


def sealed_columns(connection: Connection | None = None) -> list[SealedColumn]:
    """Return every sealed column; with a connection, those that its schema already has."""
    found = [
        SealedColumn(table, column, next(iter(table.primary_key.columns)))
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed")
    ]
    if connection is None:
        return found
    there = _columns_there(connection)
    return [one for one in found if (one.table.name, one.values.name) in there]


def _columns_there(connection: Connection) -> set[tuple[str, str]]:
    return {
        (table, column["name"])
        for (_, table), columns in inspect(connection).get_multi_columns().items()
        for column in columns
    }


def fingerprints_needed(connection: Connection) -> set[bytes]:
    """Return the keys without which something cannot be read: as noted, else found by reading every value's key."""
    noted = (
        {
            row.fingerprint: row.retired_at
            for row in connection.execute(select(SealingKey.fingerprint, SealingKey.retired_at))
        }
        if inspect(connection).has_table(SealingKey.__tablename__)
        else {}
    )
    if noted:
        return {fingerprint for fingerprint, retired_at in noted.items() if retired_at is None}
    return {
        fingerprint for column in sealed_columns(connection) for fingerprint in _keys_of(connection, column)
    }


def unopened(connection: Connection, ring: Keyring) -> list[Unopened]:
    """Try the oldest and the newest value of every sealed column, and each noted key's own; return what stays shut."""
    found = []
    for place, row, value in [*_noted_proofs(connection), *_ends(connection)]:
        try:
            ring.unseal(value, place=place, row=row)
        except CannotUnseal:
            found.append(Unopened(place, row, key_of(value)))
    return found


def count_sealed(connection: Connection) -> dict[bytes, Counter[str]]:
    """Count the values under each key, by what they are. Reads everything: for the command line, not for a start."""
    counted: dict[bytes, Counter[str]] = {}
    for column in sealed_columns(connection):
        for fingerprint, number in _keys_of(connection, column).items():
            counted.setdefault(fingerprint, Counter())[column.words] += number
    return counted


def _keys_of(connection: Connection, column: SealedColumn) -> dict[bytes, int]:
    key = _key_in(column)
    rows = connection.execute(select(key, func.count()).where(column.values.is_not(None)).group_by(key))
    return {bytes(fingerprint): number for fingerprint, number in rows}


def _key_in(column: SealedColumn) -> Function[bytes]:
    """The key that a value names; numbers in the statement itself, since PostgreSQL groups by no parameters."""
    return func.substr(column.values, literal_column("2"), literal_column("4"), type_=LargeBinary())


def _noted_proofs(connection: Connection) -> list[tuple[str, int, bytes]]:
    if not inspect(connection).has_table(SealingKey.__tablename__):
        return []
    rows = connection.execute(select(SealingKey.id, SealingKey.proof).where(SealingKey.retired_at.is_(None)))
    return [(_PLACE, row, bytes(proof)) for row, proof in rows]


def _ends(connection: Connection) -> Iterator[tuple[str, int, bytes]]:
    there = _columns_there(connection)
    for column in sealed_columns(connection):
        if (column.table.name, column.row.name) not in there:
            continue  # of a schema that a step has yet to change: the inbox had another key before 0027
        for order in (column.row.asc(), column.row.desc()):
            near = select(column.row, column.values).order_by(order).limit(_LOOKED_THROUGH).subquery()
            row, value = near.c
            found = connection.execute(select(row, value).where(value.is_not(None)).limit(1)).first()
            if found is not None:
                yield column.place, found[0], bytes(found[1])


# --- acts -----------------------------------------------------------------------------------------------------------


def note_keys(db: Session, ring: Keyring, *, now: datetime) -> None:
    """Note the newest key, with which this program seals from now on; at the first start, all that are needed."""
    connection = db.connection()
    noted = set(db.scalars(select(SealingKey.fingerprint)))
    # a needed key that is not on the ring cannot seal its own proof
    wanted = {ring.newest} if noted else {ring.newest, *fingerprints_needed(connection)} & ring.fingerprints
    for fingerprint in sorted(wanted - noted):
        key = SealingKey(fingerprint=fingerprint, since=now, proof=b"")
        key.proof = ring.seal(_PROOF, place=_PLACE, row=key.id, fingerprint=fingerprint)
        db.add(key)
    db.execute(  # an old key that was put back in front is needed again
        update(SealingKey).where(SealingKey.fingerprint == ring.newest).values(retired_at=None)
    )
    db.flush()


def seal_anew(db: Session, column: SealedColumn, ring: Keyring, *, after: int) -> tuple[int, int] | None:
    """Seal the next rows of a column with the newest key: the last row looked at, and how many were changed.

    None: there is no row behind `after`. What opens with no key of the ring is left as it is.
    """
    rows = db.execute(
        select(column.row, column.values).where(column.row > after).order_by(column.row).limit(_BATCH)
    ).all()
    if not rows:
        return None
    changes = [
        {"was": bytes(value), "at": row, "is": fresh}
        for row, value in rows
        if value is not None and (fresh := _fresh(ring, column, row, bytes(value))) is not None
    ]
    if changes:
        seen = (column.row == bindparam("at")) & (column.values == bindparam("was"))
        db.connection().execute(
            update(column.table).where(seen).values({column.values.name: bindparam("is")}), changes
        )
    return rows[-1][0], len(changes)


def _fresh(ring: Keyring, column: SealedColumn, row: int, value: bytes) -> bytes | None:
    if key_of(value) == ring.newest:
        return None
    try:
        return ring.seal(ring.unseal(value, place=column.place, row=row), place=column.place, row=row)
    except CannotUnseal:
        return None


def retire_keys(db: Session, fingerprints: Iterable[bytes], *, now: datetime) -> None:
    """Note that nothing is sealed with these keys any more."""
    db.execute(
        update(SealingKey)
        .where(SealingKey.fingerprint.in_(list(fingerprints)), SealingKey.retired_at.is_(None))
        .values(retired_at=now)
    )


def empty_unreadable(db: Session, fingerprint: bytes) -> Counter[str]:
    """Empty every value that a lost key sealed; return how many of what. Nobody can read them any more."""
    emptied: Counter[str] = Counter()
    for column in sealed_columns():
        lost = _key_in(column) == fingerprint
        done = db.execute(update(column.table).where(lost).values({column.values.name: None}))
        emptied[column.words] += done.rowcount  # type: ignore[attr-defined]
    return +emptied  # `+` leaves out what was counted as 0
