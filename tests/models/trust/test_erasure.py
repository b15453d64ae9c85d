"""Nothing that is held about a member is missing from what they take out, and nothing is left where it must not be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from bot.telegram.chats import chat_address
from models.ground.base import Base, Json
from models.ground.db import Database
from models.ground.field_table import field_table
from models.ground.fields import ColumnKind, Fate
from models.ground.sealing import keyring
from models.people.held import ABOUT, FINGERPRINT, class_of, tables_about_a_member
from models.people.member import Member, add_member
from models.people.unit import UnitKind, create_unit
from models.policies import Policies
from models.trust.data import OwnData, own_data
from models.trust.erasure import entry_of, erase_again, erase_member, is_ours, unfiled
from tests.rows import EveryTable

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
ALICE, BOB = 40, 20
HERS, HIS = "Riêng của An", "Riêng của Bình"
OWN_ROWS = {"unit", "member"}  # made by hand
_NEVER_READ = {"secret", "review_bundle_part"}  # a hash; a document made of versions that are taken out


@pytest.fixture
def cast(database: Database) -> Iterator[Cast]:
    with Session(database.engine) as db:
        yield Cast(db)


class Cast:
    """Alice and Bob in one cell: in every table a row about her, by him; and one about him, by her."""

    def __init__(self, db: Session) -> None:
        self.db = db
        cell = create_unit(db, kind=UnitKind.CELL, name="Chi bộ thôn Đông", parent=None, now=NOW)
        self.alice = add_member(
            db, cell_id=cell.id, full_name="Nguyễn Thị An", phone="+819012345678", place_code="JP", now=NOW
        )
        self.bob = add_member(db, cell_id=cell.id, full_name="Trần Văn Bình", phone="+84911000020", now=NOW)
        self.hers = EveryTable(about=self.alice.id, by=self.bob.id, chat=ALICE, words=HERS)
        self.hers.fill(db, unit=cell.id, member=self.alice.id)
        self.his = EveryTable(about=self.bob.id, by=self.alice.id, chat=BOB, words=HIS)
        shared = {name: key for name, key in self.hers.keys.items() if _of_the_cell(name)}
        self.his.fill(db, **shared, member=self.bob.id)

    def takes_out(self) -> OwnData:
        return own_data(self.db, self.alice, now=NOW)

    def erases(self) -> Any:
        return erase_member(self.db, self.alice, policy=Policies().checkin, now=NOW)


HER_CHAT = chat_address(ALICE)


def _of_the_cell(name: str) -> bool:
    return field_table()[name].fate is Fate.NOBODY


def _rows(db: Session, table: Table) -> list[Any]:
    plain = [column for column in table.columns if not isinstance(column.type, Json)]
    return list(db.execute(select(*plain)).mappings())


def _id(table: Table, row: Any) -> Any:
    return row[class_of(table).__mapper__.primary_key[0].name]


def _texts(db: Session) -> Iterator[tuple[str, Any, str]]:
    """(table, row, text): whatever is sealed anywhere, opened with the program's keys."""
    for table in Base.metadata.sorted_tables:
        for row in _rows(db, table):
            for column in (c.name for c in table.columns if c.name.endswith("_sealed") and row[c.name]):
                place, bound = f"{table.name}.{column}", row["id"]
                yield table.name, row, keyring().unseal(row[column], place=place, row=bound).decode()


# --- taking out -----------------------------------------------------------------------------------------------------


def test_every_row_that_names_a_member_stands_in_what_they_take_out(cast: Cast) -> None:
    data = cast.takes_out()
    found = {
        (name, row.get("id"))
        for part in (data.records, data.acts, data.chats)
        for name, rows in part.items()
        for row in rows
    }
    for name, about in field_table().items():
        table = Base.metadata.tables[name]
        naming = {c for c, kind in about.kinds.items() if kind is ColumnKind.WHO} | {ABOUT} & set(
            table.columns.keys()
        )
        for row in _rows(cast.db, table):
            if cast.alice.id in {row[column] for column in naming} or row.get("address") == chat_address(
                ALICE
            ):
                assert (name, _id(table, row)) in found, name


def test_what_is_taken_out_is_readable_to_the_last_byte(cast: Cast) -> None:
    data = cast.takes_out()
    plain = data.model_dump_json()
    assert data.records["invite"][0]["token_hash"] == FINGERPRINT
    told = {name for name, rows in data.records.items() if HERS in str(rows)}
    sealed = {t.name for t in tables_about_a_member() if field_table()[t.name].sealed} - _NEVER_READ
    assert sealed - told == set(), "a text about her is not opened"
    assert "Nguyễn Thị An" in plain
    assert "+819012345678" in plain


def test_what_she_did_to_others_is_named_without_their_words(cast: Cast) -> None:
    plain = cast.takes_out().model_dump_json()
    assert HIS not in plain
    assert "+84911000020" not in plain


# --- erasing --------------------------------------------------------------------------------------------------------


def test_after_deletion_nothing_is_left_but_what_the_field_table_says(cast: Cast) -> None:
    his = {name: dict(_of(cast.db, name, row)) for name, row in _places(cast.his)}
    receipt = cast.erases()
    left = [(name, row["id"]) for name, row, text in _texts(cast.db) if HERS in text]
    assert left == []
    for table in tables_about_a_member():
        about, row = field_table()[table.name], cast.hers.keys[table.name]
        now = _of(cast.db, table.name, row)
        match about.fate:
            case Fate.GONE:
                assert now is None, table.name
            case Fate.EMPTIED:
                clear = {column: now[column] for column in (*about.sealed, *about.empties)}
                assert set(clear.values()) <= {None, "Asia/Ho_Chi_Minh", False}, table.name
            case Fate.STAYS:
                assert now is not None, table.name
            case Fate.NOBODY:
                raise LookupError(table.name)
    for name, before in his.items():
        if name not in (
            "outbox",
            "inbox",
            "review_bundle",
            "review_bundle_part",
            "file",
        ):  # said in her chat, or with her; a file that no row of his points to
            after = dict(_of(cast.db, name, cast.his.keys[name]))
            # her chat is forgotten in rows about nobody, too
            assert after == {column: None if value == HER_CHAT else value for column, value in before.items()}
    assert receipt.done.rows["away"] == 1
    assert receipt.done.acts > 0


def test_her_own_row_keeps_the_name_and_nothing_else(cast: Cast) -> None:
    cast.erases()
    alice = cast.db.get_one(Member, cast.alice.id)
    assert (alice.full_name, alice.phone, alice.place_code, alice.zone) == (
        "Nguyễn Thị An",
        None,
        None,
        "Asia/Ho_Chi_Minh",
    )


def test_a_line_of_the_ledger_is_done_again_once_and_only_ours_is(cast: Cast) -> None:
    row = cast.erases()
    (filed,) = [one for one in unfiled(cast.db) if one.id == row.id]
    entry = entry_of(filed)
    assert is_ours(entry)
    assert not is_ours(entry.model_copy(update={"member_id": cast.bob.id}))
    assert erase_again(cast.db, cast.alice.id, row.number, now=NOW) is False
    assert erase_again(cast.db, cast.alice.id, "XD-2026-000000", now=NOW) is True
    assert erase_again(cast.db, 1, "XD-2026-111111", now=NOW) is False


def _places(every: EveryTable) -> Iterator[tuple[str, Any]]:
    yield from ((name, key) for name, key in every.keys.items() if name not in OWN_ROWS)


def _of(db: Session, name: str, key: Any) -> Any:
    table = Base.metadata.tables[name]
    column = class_of(table).__mapper__.primary_key[0]
    plain = [column for column in table.columns if not isinstance(column.type, Json)]
    return db.execute(select(*plain).where(column == key)).mappings().first()
