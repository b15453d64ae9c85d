"""Every row that names a member, found by following the tables' own keys and the field table.

    member <── away <── filing <── filing_move        a table with `member_id` is about a member;
    member <── checkin <── checkin_move               one that points to such a table is, too
    other rows that name a member in a column of kind WHO say what the member did (`by_id`, `owner_id`, `told_id`);
    those with a chat's number are said in, or arrive from, that person's chat

So a new room's rows are taken out without being named here; whether they are erased says `Fate` in its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, delete, inspect, select, update
from sqlalchemy.orm import Session

from models.delivery.choices import ChoiceList
from models.delivery.conversation import Conversation, FormEnd
from models.delivery.inbox import Inbox
from models.delivery.outbox import Outbox
from models.ground.base import Base
from models.ground.channel import NOWHERE, Address, AddressText
from models.ground.clock import HOME_ZONE
from models.ground.field_table import field_table
from models.ground.fields import ColumnKind, Fate
from models.ground.sealing import Sealed
from models.people.member import Account

ABOUT = "member_id"  # the column by which a row says whom it is about; others (by_id, owner_id) say who acted
FINGERPRINT = "[dấu vân tay, không đọc được · fingerprint]"
NOT_OPENED = "[không mở: mã bí mật chỉ lưu dưới dạng dấu vân tay · not opened: a secret]"
_DERIVED = {"sort_key": "[suy ra từ họ tên · derived from the name]"}
_TOLD_OF_ACTS = {
    ColumnKind.ID,
    ColumnKind.MOMENT,
    ColumnKind.DAY,
    ColumnKind.STATE,
}  # the rest of such a row is about others

Record = dict[str, Any]  # one row, by column; a sealed text under the name of its text


# --- where ----------------------------------------------------------------------------------------------------------


@cache
def tables_about_a_member() -> dict[Table, str]:
    """Return each table whose rows are about a member, and the column that leads there.

    A table that others point to comes first.
    """
    member = Base.metadata.tables["member"]
    found: dict[Table, str] = {}
    for table in Base.metadata.sorted_tables:
        if table is member:
            continue
        ways = {c.name: {key.column.table for key in c.foreign_keys} for c in table.columns}
        if member in ways.get(ABOUT, ()):
            found[table] = ABOUT
        elif way := next((name for name, targets in ways.items() if targets & found.keys()), None):
            found[table] = way
    return found


def is_about(table: Table, member_id: int) -> Any:
    """Return the condition under which a row of `table` is about the member."""
    column = table.c[tables_about_a_member()[table]]
    if column.name == ABOUT:
        return column == member_id
    (key,) = column.foreign_keys
    above = key.column.table
    return column.in_(select(above.c.id).where(is_about(above, member_id)))


def columns_of_acts() -> Iterator[tuple[Table, str]]:
    """Yield each column that names a person who is not the one that the row is about."""
    for name, about in field_table().items():
        for column, kind in about.kinds.items():
            if kind is ColumnKind.WHO and column != ABOUT:
                yield Base.metadata.tables[name], column


def columns_of_chats() -> Iterator[tuple[Table, str]]:
    """Yield each column with an address, but those of the account itself and of what is said and arrives."""
    for name in field_table():
        for column in Base.metadata.tables[name].columns:
            if isinstance(column.type, AddressText) and name not in _SPEAKING:
                yield column.table, column.name


_SPEAKING = {"account", "choice_list", "conversation", "form_end", "inbox", "outbox"}


def chats_of(db: Session, member_id: int) -> list[Address]:
    """Return the addresses that speak for the member, and those that did and speak for nobody else now."""
    mine = set(db.scalars(select(Account.address).where(Account.member_id == member_id)))
    others = select(Account.address).where(
        Account.address.in_(mine), Account.closed_at.is_(None), Account.member_id != member_id
    )
    return sorted(mine - set(db.scalars(others)), key=str)


# --- what -----------------------------------------------------------------------------------------------------------


def rows_about(db: Session, member_id: int) -> dict[str, list[Any]]:
    """Return every row about the member, table by table, the newest first."""
    found = {
        table.name: list(db.scalars(_rows(table, is_about(table, member_id))))
        for table in tables_about_a_member()
    }
    return {name: rows for name, rows in found.items() if rows}


def records_about(db: Session, member_id: int) -> Iterator[tuple[str, list[Record]]]:
    """Yield the same as plain values, sealed texts opened, what cannot be read named."""
    for name, rows in rows_about(db, member_id).items():
        yield name, [record(row) for row in rows]


def acts_of(db: Session, member_id: int) -> dict[str, list[Record]]:
    """Return by table the rows about others in which the member acted: when, what, as whom."""
    found: dict[str, list[Record]] = {}
    named: list[tuple[Table, str, list[Any]]] = [
        (table, column, [member_id]) for table, column in columns_of_acts()
    ]
    chats = chats_of(db, member_id)
    for table, column, ids in [*named, *((*one, chats) for one in columns_of_chats())]:
        where = table.c[column].in_(ids)
        if table in tables_about_a_member():
            where = where & ~is_about(table, member_id)
        rows = [_act(row, column) for row in db.scalars(_rows(table, where))]
        if rows:
            found.setdefault(table.name, []).extend(rows)
    return found


def records_in_chats(db: Session, chats: list[Address]) -> dict[str, list[Record]]:
    """Return drafts, what arrives and is not done, and that something was said. The words stand in the chat itself."""
    drafts = [record(row) for row in _in_chats(db, Conversation, chats)]
    ended = [record(row) for row in _in_chats(db, FormEnd, chats)]
    listed = [record(row) for row in _in_chats(db, ChoiceList, chats)]
    arrived = [record(row) for row in _in_chats(db, Inbox, chats)]
    said = [record(row, leave_out=frozenset({"body"})) for row in _in_chats(db, Outbox, chats)]
    found = {
        "conversation": drafts,
        "form_end": ended,
        "choice_list": listed,
        "inbox": arrived,
        "outbox": said,
    }
    return {name: rows for name, rows in found.items() if rows}


def record(row: Any, *, leave_out: frozenset[str] = frozenset()) -> Record:
    """Return the row's columns by name, without those that are empty."""
    kind = type(row)
    texts = {
        value.column: name
        for one in kind.__mro__
        for name, value in vars(one).items()
        if isinstance(value, Sealed)
    }
    found: Record = {}
    for attribute in inspect(kind).column_attrs:
        column, value = attribute.columns[0].name, getattr(row, attribute.key)
        if value is None or texts.get(column) in leave_out:
            continue
        if column in texts:
            found[texts[column]] = getattr(row, texts[column])
        elif column.endswith("_sealed"):
            found[column] = NOT_OPENED
        else:
            found[column] = _DERIVED.get(column, FINGERPRINT) if isinstance(value, bytes) else value
    return found


def people_in(records: Mapping[str, list[Record]]) -> set[int]:
    """Return everybody who is named in these rows."""
    return {
        row[column]
        for name, rows in records.items()
        for column, kind in field_table()[name].kinds.items()
        if kind is ColumnKind.WHO
        for row in rows
        if column in row
    }


def _act(row: Any, column: str) -> Record:
    kinds = field_table()[row.__tablename__].kinds
    told = {name: getattr(row, name) for name, kind in kinds.items() if kind in _TOLD_OF_ACTS}
    return {"as": column, **{name: value for name, value in told.items() if value is not None}}


def _in_chats(db: Session, rows: Any, chats: list[Address]) -> Iterator[Any]:
    return iter(db.scalars(select(rows).where(rows.address.in_(chats))))


def _rows(table: Table, where: Any) -> Select[Any]:
    return select(class_of(table)).where(where).order_by(table.c.id.desc())


@cache
def class_of(table: Table) -> type[Any]:
    """Return the rows' class; of several that share a table the one that the others are kinds of."""
    return next(m.class_ for m in Base.registry.mappers if m.local_table is table and m.inherits is None)


# --- erasing --------------------------------------------------------------------------------------------------------

_NEUTRAL: dict[str, Any] = {
    "zone": HOME_ZONE,
    "discreet": False,
    "address": NOWHERE,
}  # where a column cannot be empty


def erase_rows_about(db: Session, member_id: int) -> dict[str, int]:
    """Do to every row about the member what its table's `Fate` says; how many rows it was done to, table by table."""
    db.flush()
    done = {}
    for table in reversed(tables_about_a_member()):  # what points comes before what is pointed to
        statement = _erasing(table, member_id)
        if statement is not None and (count := db.connection().execute(statement).rowcount):
            done[table.name] = count
    loaded: list[Any] = list(db)
    for row in [row for row in loaded if row.__tablename__ in done]:  # the statements went past the session
        db.expire(row)
    return done


def _erasing(table: Table, member_id: int) -> Any:
    """The statement that erases, None where everything stays."""
    about, where = field_table()[table.name], is_about(table, member_id)
    match about.fate:
        case Fate.GONE:
            return delete(table).where(where)
        case Fate.EMPTIED:
            return update(table).where(where).values(emptied(table))
        case Fate.STAYS | Fate.NOBODY:
            return None


def emptied(table: Table) -> dict[str, Any]:
    """Return what the sealed columns of a table, and those that its line names, hold after an erasure."""
    about = field_table()[table.name]
    names = [*about.sealed, *sorted(about.empties)]
    return {name: None if table.c[name].nullable else _NEUTRAL[name] for name in names}
