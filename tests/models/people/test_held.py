"""What is about a member is found by itself: whatever table a new room brings."""

from __future__ import annotations

from datetime import UTC, datetime

from models.contact.contact_note import Means, record_contact_note
from models.ground.base import Base
from models.ground.db import Database
from models.ground.field_table import field_table
from models.people.held import (
    columns_of_acts,
    columns_of_chats,
    erase_rows_about,
    records_about,
    tables_about_a_member,
)
from models.people.member import add_member
from models.phrases.people.held import LABELS

NOW = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
ERASED_ELSEWHERE = {
    "inbox",
    "outbox",
    "conversation",
    "member",
    "file",
    "page_message",
    "choice_list",
    "upload_part",
    "push_subscription",
}  # by their chat, by name, with what points to it
WORDS_OF_AN_OFFICE = {
    "name_request",
    "visit",
    "meeting",
    "meeting_move",
    "meeting_paper",
    "conclusion",
    "notice",
    "notice_version",
    "roll_call",
    "rating_figures",
    "agreement",  # with an organisation
    "agreement_talk",
    "roster_left",  # lines of a file, told by name and number (models/desk/roster/leftover.py)
    "push_key",  # the program's own
    "review_bundle",  # the password of a file, gone with it
}


def test_every_table_with_sealed_texts_is_followed() -> None:
    sealed = {
        t.name for t in Base.metadata.sorted_tables if any(c.name.endswith("_sealed") for c in t.columns)
    }
    assert sealed - {table.name for table in tables_about_a_member()} <= ERASED_ELSEWHERE | WORDS_OF_AN_OFFICE


def test_every_column_of_ones_own_data_has_a_heading_in_vietnamese() -> None:
    shown = {table.name for table in tables_about_a_member()} | {"member", "conversation", "inbox", "outbox"}
    shown |= {table.name for table, _ in (*columns_of_acts(), *columns_of_chats())}
    without = {
        f"{table}.{column.name}"
        for table in shown
        for column in Base.metadata.tables[table].columns
        if not _heading(table, column.name)
    }
    assert without == set()


def _heading(table: str, column: str) -> bool:
    about, text = field_table()[table], column.removesuffix("_sealed")
    return (
        column == "id"
        or text in LABELS
        or any(name in {**about.sealed, **about.clear} for name in (column, text))
    )


def test_texts_are_taken_out_and_erased_and_nobody_elses_are_touched(database: Database) -> None:
    def write(db):  # type: ignore[no-untyped-def]
        alice = add_member(db, cell_id=None, full_name="Lê Thị Mai", now=NOW)
        bob = add_member(db, cell_id=None, full_name="Nguyễn Văn Bình", now=NOW)
        for member in (alice, bob):
            record_contact_note(
                db,
                member,
                channel=Means.PHONE,
                happened_on=NOW.date(),
                result=f"Tin của {member.full_name}",
                by_id=bob.id,
                now=NOW,
            )
        return alice.id, bob.id

    alice, bob = database.run(write)
    held = database.run(lambda db: dict(records_about(db, alice)))
    assert [row["result"] for row in held["contact_note"]] == ["Tin của Lê Thị Mai"]
    database.run(lambda db: erase_rows_about(db, alice))
    left = database.run(lambda db: (dict(records_about(db, alice)), dict(records_about(db, bob))))
    assert "result" not in left[0]["contact_note"][0]
    assert left[1]["contact_note"][0]["result"] == "Tin của Nguyễn Văn Bình"
