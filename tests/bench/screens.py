"""Milliseconds and queries of the screens that show many: a desk of 200 members, a committee of 60 cells.

Small: that cell and that commune alone. Large: the same within a province of 50,000 cells and 500,000 members, and the
province itself. What Telegram and the network add is not in it: the step of a command, its transaction rolled back.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, event, insert, text
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from handlers import COMMANDS
from handlers.ground.context import Context, Incoming, Kind
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.desk.counts import cells_to_count, count_cells
from models.ground.base import table_of
from models.ground.channel import Address
from models.ground.clock import HOME_ZONE, local_date, system_clock
from models.ground.db import Database
from models.ground.names import fold, sort_key
from models.ground.sealing import new_id
from models.people.member import Account, Consent, Member, Purpose
from models.people.rights import Appointment, Role
from models.people.unit import Unit, UnitKind
from models.phrases.people.member import CONSENT_VERSION
from models.policies import Policies

SECRETARY, COMMUNE_OFFICER, PROVINCE_OFFICER = 1, 2, 3  # chats
_AWAY_EVERY = 3  # so many on a roster, one of them away


class Measured(NamedTuple):
    what: str
    ms: float
    queries: int


class Size(NamedTuple):
    """`crowd`: members of each cell, but the first has 200."""

    communes: int
    cells: int
    crowd: int


SMALL = Size(communes=1, cells=60, crowd=10)
LARGE = Size(communes=834, cells=60, crowd=10)  # 50,040 cells, 500,590 members
MIDDLE = Size(communes=50, cells=60, crowd=10)  # where there is little time


def screens(url: str, size: Size) -> list[Measured]:
    """Fill a database, then look at each screen some times."""
    database, now = Database(url), system_clock()
    began = time.perf_counter()
    with database.engine.begin() as connection:
        for table, rows in _province(size, now):
            _write(connection, table, rows)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    filled = time.perf_counter() - began
    counted = _count_all(database, now)
    found = [Measured(f"filled, {size.communes * size.cells:,} cells", filled * 1000, 0)]
    found.append(Measured("all their sums counted, as in the first minutes", counted * 1000, 0))
    found.append(_look(database, now, "desk for 200 members", SECRETARY, "chibo"))
    found.append(_look(database, now, "committee screen for 60 cells", COMMUNE_OFFICER, "dangbo"))
    if size.communes > 1:
        label = f"committee screen for a province of {size.communes * size.cells:,} cells"
        found.append(_look(database, now, label, PROVINCE_OFFICER, "dangbo"))
    database.close()
    return found


def _count_all(database: Database, now: datetime) -> float:
    """Count every cell, by the handful, as the job of the minute does; return the seconds."""
    policy, began = Policies().counts, time.perf_counter()
    due = database.run(partial(cells_to_count, policy=policy, now=now, limit=100_000))
    for first in range(0, len(due), 50):
        database.run(partial(count_cells, unit_ids=due[first : first + 50], policy=policy, now=now))
    return time.perf_counter() - began


def _write(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Many rows with the same columns; PostgreSQL takes them as a stream."""
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), rows)
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([str(value) if isinstance(value, Address) else value for value in row.values()])


def _look(database: Database, now: datetime, what: str, chat: int, command: str) -> Measured:
    """The median of some looks; one looks first, to warm."""
    step = next(one.run for one in COMMANDS if one.name == command)
    took, queries = [], 0
    for number in range(8):
        with Session(database.engine) as db, counted(database) as statements:
            began = time.perf_counter()
            step(_context(db, now, chat, number, command))
            db.flush()
            took.append(time.perf_counter() - began)
            queries = len(statements)
            db.rollback()
    return Measured(what, statistics.median(took[1:]) * 1000, queries)


def _context(db: Session, now: datetime, chat: int, number: int, command: str) -> Context:
    incoming = Incoming(
        external_id=str(number), address=chat_address(chat), kind=Kind.COMMAND, command=command
    )
    ctx = Context(db, now, Policies(), incoming)
    ctx.commands = tuple(COMMANDS)
    return ctx


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


# --- the province ---------------------------------------------------------------------------------------------------

Batch = tuple[Table, list[dict[str, Any]]]


def _province(size: Size, now: datetime) -> Iterator[Batch]:
    """Rows, commune by commune, in the order in which they may be written."""
    top = _unit(UnitKind.PROVINCE, "Tỉnh ủy", None, now)
    yield table_of(Unit), [top]
    yield from _officer(top["id"], PROVINCE_OFFICER, now)
    for place in range(size.communes):
        commune = _unit(UnitKind.COMMUNE, f"Đảng ủy xã {place}", top["id"], now)
        cells = [_unit(UnitKind.CELL, f"Chi bộ thôn {i}", commune["id"], now) for i in range(size.cells)]
        yield table_of(Unit), [commune, *cells]
        if place == 0:
            yield from _officer(commune["id"], COMMUNE_OFFICER, now)
        yield from _people(cells, size, now, first=place == 0)


def _people(cells: list[dict[str, Any]], size: Size, now: datetime, *, first: bool) -> Iterator[Batch]:
    members = [
        _member(cell["id"], number, now)
        for place, cell in enumerate(cells)
        for number in range(200 if first and place == 0 else size.crowd)
    ]
    away = [one for one in members if one["place_code"]]
    yield table_of(Member), members
    yield table_of(Account), [_account(one["id"], one["id"], now) for one in away]
    yield table_of(Consent), [_consent(one["id"], purpose, now) for one in away for purpose in _ASKED]
    yield table_of(Checkin), [_checkin(one, number, now) for number, one in enumerate(away)]
    if first:
        yield table_of(Account), [_account(members[0]["id"], SECRETARY, now)]
        yield table_of(Appointment), [_held(members[0]["id"], cells[0]["id"], Role.SECRETARY, now)]


def _officer(unit_id: int, chat: int, now: datetime) -> Iterator[Batch]:
    officer = _member(None, 0, now)
    yield table_of(Member), [officer]
    yield table_of(Account), [_account(officer["id"], chat, now)]
    yield table_of(Appointment), [_held(officer["id"], unit_id, Role.OFFICER, now)]


def _unit(kind: UnitKind, name: str, parent: int | None, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "kind": kind.value,
        "name": name,
        "folded": fold(name),
        "parent_id": parent,
        "created_at": now,
    }


_ASKED = (Purpose.CONTACT, Purpose.COUNTS)
_NAME = "Nguyễn Văn An"
_FOLDED, _SORT_KEY = fold(_NAME), sort_key(_NAME)


def _member(cell_id: int | None, number: int, now: datetime) -> dict[str, Any]:
    away = number % _AWAY_EVERY == 1
    return {
        "id": new_id(),
        "cell_id": cell_id,
        "full_name": _NAME,
        "sort_key": _SORT_KEY,
        "folded": f"{_FOLDED} {new_id()}",  # half a million namesakes are nobody's province
        "standing": "official",
        "place_code": "VN-79" if away else None,
        "zone": HOME_ZONE,
        "lang": "vi",
        "discreet": False,
        "created_at": now,
    }


def _account(member_id: int, chat: int, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member_id,
        "address": chat_address(chat),
        "linked_at": now,
        "told_since": now,
        "trusted_at": now,
        "reachability": "ok",
        "reachability_at": now,
    }


def _consent(member_id: int, purpose: Purpose, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member_id,
        "purpose": purpose.value,
        "version": CONSENT_VERSION,
        "given": True,
        "at": now,
    }


_STATES = (CheckinState.ANSWERED, CheckinState.OPEN, CheckinState.LATE)


def _checkin(member: dict[str, Any], number: int, now: datetime) -> dict[str, Any]:
    state = _STATES[number % len(_STATES)]
    answered = state is CheckinState.ANSWERED
    return {
        "id": new_id(),
        "member_id": member["id"],
        "cell_id": member["cell_id"],
        "kind": CheckinKind.RHYTHM.value,
        "state": state.value,
        "zone": HOME_ZONE,
        "period": local_date(now, HOME_ZONE).replace(day=1),
        "opens_at": now - timedelta(days=9),
        "due_at": now - timedelta(days=4),
        "late_at": now - timedelta(days=2),
        "closes_at": now + timedelta(days=20),
        "next_at": None if answered else now + timedelta(days=1),
        "nudges": 0,
        "answered_at": now if answered else None,
    }


def _held(member_id: int, unit_id: int, role: Role, now: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member_id,
        "unit_id": unit_id,
        "role": role.value,
        "begins_at": now - timedelta(days=90),
    }
