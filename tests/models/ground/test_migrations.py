"""The migrations and the rows in the code say the same, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    event,
    func,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from models.delivery.file import stored_file, wanted_files
from models.delivery.inbox import finish_inbox, read_inbox, waiting_inbox
from models.delivery.outbox import Outbox
from models.entry.invite import Invite
from models.ground.channel import Channel
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import keyring
from models.migrations import DatabaseIsNewer, _config, _steps, differences, migrate, pending
from models.people.member import account_of
from models.phrases.text import Lang
from tests import postgres


def test_a_migrated_database_is_what_the_rows_say(database: Database) -> None:
    with database.engine.connect() as connection:
        assert differences(connection) == []
        assert pending(connection) == []


def test_steps_follow_each_other_as_their_files_are_numbered(database: Database) -> None:
    with database.engine.connect() as connection:
        script = ScriptDirectory.from_config(_config(connection))
    assert tuple(step.revision for step in reversed(list(script.walk_revisions()))) == _steps()


def test_a_start_with_nothing_to_take_does_without_alembic(database_url: str) -> None:
    asks = f"import sys; from models.migrations import migrate; print(migrate({database_url!r}), 'alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True)
    assert done.stdout == "[] False\n", done.stderr


def test_migrating_again_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == []


def test_a_database_of_a_newer_program_is_refused(database: Database, database_url: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseIsNewer) as refused:
        migrate(database_url)
    assert refused.value.theirs == "9999"


# --- what people have stored ----------------------------------------------------------------------------------------

SAMPLES: list[tuple[type[Any], Any]] = [
    (Boolean, True),
    (DateTime, system_clock()),
    (Date, date(2026, 11, 22)),
    (Integer, 1),
    (LargeBinary, b"x"),
    (String, "x"),
]


MOVED = {"look": "trail"}  # what stood in the one is now a row of the other


def sample(column: Column[Any]) -> Any:
    """Something that fits; every row refers to the one row of each other table."""
    value = next(value for kind, value in SAMPLES if isinstance(column.type, kind))
    return value.replace(tzinfo=None) if value is SAMPLES[1][1] and not column.type.timezone else value  # type: ignore[attr-defined]


def one_row_each(database: Database) -> list[Table]:
    metadata = MetaData()
    with database.engine.execution_options(writes=True).begin() as connection:
        metadata.reflect(connection)
        tables = [table for table in metadata.sorted_tables if table.name != "alembic_version"]
        for table in tables:
            if connection.execute(select(table)).first() is None:  # a step may have made its one row
                row = {column.name: sample(column) for column in table.columns}
                # nothing may be put into a closed unit
                connection.execute(
                    table.insert(), row | ({"closed_at": None} if table.name == "unit" else {})
                )
    return tables


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database that has seen no step."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"empty_{os.getpid()}"
    yield postgres.create_database(server, name)
    postgres.drop_database(server, name)


def test_nothing_that_was_stored_before_a_step_is_lost_by_it(empty_url: str) -> None:
    assert migrate(empty_url, to="0001") == ["0001"]
    database = Database(empty_url)
    try:
        tables = one_row_each(database)
        assert len(tables) > 20
        assert "0002" in migrate(empty_url)
        with database.engine.connect() as connection:
            kept = set(inspect(connection).get_table_names())
            for table in tables:
                now = MOVED.get(table.name, table.name)
                assert now in kept
                assert connection.scalar(select(func.count()).select_from(text(now))) == 1, now
            if database.is_sqlite:
                assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    finally:
        database.close()


def test_sheets_and_years_go_up_and_down_again_and_nothing_else_is_touched(empty_url: str) -> None:
    migrate(empty_url, to="0041")
    database = Database(empty_url)
    if database.is_sqlite:  # as `migrate` does: a table that others point to is changed by copying it
        event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))
        database.engine.dispose()
    try:
        tables = one_row_each(database)
        assert migrate(empty_url, to="0044")[-2:] == ["0043", "0044"]
        metadata = MetaData()
        with database.engine.execution_options(writes=True).begin() as connection:
            metadata.reflect(connection)
            for name in ("call_line", "year_sheet"):
                new = metadata.tables[name]
                connection.execute(new.insert(), {column.name: sample(column) for column in new.columns})
            assert connection.scalar(text("SELECT count(*) FROM appointment WHERE sheet_since IS NULL")) == 1
            assert connection.scalar(text("SELECT count(*) FROM conclusion WHERE parts_sealed IS NULL")) == 1
        with database.engine.execution_options(writes=True).begin() as connection:
            command.downgrade(_config(connection), "0041")
        with database.engine.connect() as connection:
            assert not {"call_line", "year_sheet"} & set(inspect(connection).get_table_names())
            for table in tables:
                assert connection.scalar(select(func.count()).select_from(table)) == 1, table.name
        assert "0044" in migrate(empty_url)
    finally:
        database.close()


def test_homecomings_go_up_and_down_again_and_the_absences_stay(empty_url: str) -> None:
    migrate(empty_url, to="0046")
    database = Database(empty_url)
    try:
        one_row_each(database)
        assert migrate(empty_url, to="0047") == ["0047"]
        metadata = MetaData()
        with database.engine.execution_options(writes=True).begin() as connection:
            metadata.reflect(connection, only=["homecoming", "away"])
            new, away_id = metadata.tables["homecoming"], connection.scalar(text("SELECT id FROM away"))
            row = {column.name: sample(column) for column in new.columns} | {"away_id": away_id}
            connection.execute(new.insert(), row)
        _step_back(database, "0046")
        with database.engine.connect() as connection:
            assert "homecoming" not in inspect(connection).get_table_names()
            assert connection.scalar(text("SELECT count(*) FROM away")) == 1
        assert migrate(empty_url, to="0047") == ["0047"]
    finally:
        database.close()


def test_homecomings_that_were_answered_before_were_answered_by_nobody_else(empty_url: str) -> None:
    migrate(empty_url, to="0056")
    database = Database(empty_url)
    try:
        one_row_each(database)
        assert "0058" in migrate(empty_url)
        with database.engine.execution_options(writes=True).begin() as connection:
            assert connection.execute(text("SELECT plan, by_id FROM homecoming")).one() == ("x", None)
            connection.execute(text("UPDATE homecoming SET by_id = (SELECT id FROM member)"))
        _step_back(database, "0056")
        with database.engine.connect() as connection:
            assert connection.scalar(text("SELECT plan FROM homecoming")) == "x"
            assert connection.scalar(text("SELECT count(*) FROM member")) == 1
        assert "0058" in migrate(empty_url)
    finally:
        database.close()


# --- what stood in clear ----------------------------------------------------------------------------------------------

MARK = "in-clear-4711"
IN_CLEAR = [  # table, column before, column after
    ("letter", "file_id", "file_id_sealed"),
    ("return_item", "file_id", "file_id_sealed"),
    ("filing_move", "file_id", "file_id_sealed"),
    ("away_update", "file_id", "file_id_sealed"),
    ("review_file", "file_id", "file_id_sealed"),
    ("review_rating", "level", "level_sealed"),
    ("review", "proposed_level", "proposed_level_sealed"),
    ("request", "topic", "topic_sealed"),
]


def test_what_stood_beside_a_text_is_sealed_and_gone_in_clear(empty_url: str, tmp_path: Path) -> None:
    before, step = "0009", "0010"
    migrate(empty_url, to=before)
    database = Database(empty_url)
    try:
        one_row_each(database)
        with database.engine.execution_options(writes=True).begin() as connection:
            for table, column, _ in IN_CLEAR:
                change = update(Table(table, MetaData(), Column(column, String))).values({column: MARK})
                connection.execute(change)
        assert migrate(empty_url, to="0029")[0] == step  # afterwards the id of a file is ours
        with database.engine.connect() as connection:
            for name, _, column in [*IN_CLEAR, ("review", "", "score_general_sealed")]:
                here = Table(name, MetaData(), Column("id", BigInteger), Column(column, LargeBinary))
                row, value = connection.execute(select(here.c.id, here.c[column])).one()
                opened = keyring().unseal(bytes(value), place=f"{name}.{column}", row=row).decode()
                assert opened == (MARK if column != "score_general_sealed" else "1")
        if database.is_sqlite:
            database.close()  # the last to go takes the write-ahead log along
            assert not any(MARK.encode() in path.read_bytes() for path in tmp_path.glob("empty.db*"))
    finally:
        database.close()


# --- where people are reached ------------------------------------------------------------------------------------------

ADDRESSES = [
    ("account", "address"),
    ("conversation", "address"),
    ("data_visit", "address"),
    ("form_end", "address"),
    ("inbox", "address"),
    ("invite", "opened_from"),
    ("outbox", "address"),
    ("review_bundle", "address"),
]


def test_a_number_of_a_chat_becomes_an_address_and_what_was_sealed_beside_it_opens(empty_url: str) -> None:
    migrate(empty_url, to="0026")
    database = Database(empty_url)
    try:
        one_row_each(database)
        with database.engine.execution_options(writes=True).begin() as connection:
            for table, row, place, words in (
                ("inbox", "update_id", "inbox.body_sealed", b'{"update_id": 1}'),
                ("invite", "id", "invite.claim_sealed", b'{"chat_id": 7, "lang": "en"}'),
            ):
                sealed = keyring().seal(words, place=place, row=1)
                column = place.partition(".")[2]
                here = Table(table, MetaData(), Column(column, LargeBinary), Column(row, BigInteger))
                connection.execute(update(here).values({column: sealed}))
            connection.execute(text("UPDATE inbox SET state = 'stored'"))
            connection.execute(text("UPDATE account SET closed_at = NULL"))
        assert migrate(empty_url)[0] == "0027"
        with Session(database.engine) as db:
            for table, column in ADDRESSES:
                assert db.scalar(select(text(column)).select_from(text(table))) == "telegram:1", table
            [waits] = waiting_inbox(db, [Channel.TELEGRAM], limit=9)
            received = read_inbox(db, waits)
            assert received is not None
            assert (received.key, received.body) == (("telegram", "1"), b'{"update_id": 1}')
            assert finish_inbox(db, received)
            assert db.scalar(select(Outbox.channel)) == Channel.TELEGRAM
            claim = db.scalars(select(Invite)).one().claim
            assert claim is not None
            assert (str(claim.address), claim.lang) == ("telegram:7", Lang.EN)
            account = account_of(db, 1)
            assert account is not None
            assert account.told_since == account.linked_at
    finally:
        database.close()


def test_why_a_message_was_refused_is_kept_by_its_word(empty_url: str) -> None:
    said = {
        "Forbidden: bot was blocked by the user": "blocked",
        "Forbidden: user is deactivated": "deactivated",
        "Forbidden: bot can't initiate conversation with a user": "no chat",
        "Bad Request: chat not found": "no chat",
        "Bad Request: message text is empty": "Bad Request: message text is empty",
    }
    migrate(empty_url, to="0028")
    database = Database(empty_url)
    try:
        one_row_each(database)
        with database.engine.execution_options(writes=True).begin() as connection:
            outbox = Table("outbox", MetaData(), autoload_with=connection)
            row = dict(connection.execute(select(outbox)).mappings().one())
            for number, sentence in enumerate(said, start=2):
                other = row | {"id": number, "key": f"k{number}", "state": "failed", "error": sentence}
                connection.execute(outbox.insert().values(other))
        migrate(empty_url)
        with Session(database.engine) as db:
            kept = db.scalars(text("SELECT error FROM outbox WHERE state = 'failed' ORDER BY id"))
            assert list(kept)[-len(said) :] == list(said.values())
    finally:
        database.close()


# --- what people sent -------------------------------------------------------------------------------------------------

HELD = {  # table, column: what stood there, and what stands there now
    **{(table, "file_id_sealed"): ("AgAC", "{a}") for table in (
        "away_update", "filing_move", "letter", "return_item", "review_file", "meeting_paper", "conclusion", "notice"
    )},
    ("request_reply", "files_sealed"): ("voice:AwAC\nphoto:AgAC", "voice:{b}\nphoto:{a}"),
    ("checkin", "report_sealed"): (
        '{"note": "AgAC", "voice_ids": ["AwAC"], "photo_ids": []}',
        '{{"note": "AgAC", "voice_ids": ["{b}"], "photo_ids": []}}',
    ),
    ("conversation", "draft_sealed"): (
        '{"scan": {"file_id": "AgAC", "name": ""}, "sent_along": [["voice", "AwAC"]], "file_id": ""}\n',
        '{{"scan": {{"file_id": "{a}", "name": ""}}, "sent_along": [["voice", "{b}"]], "file_id": ""}}\n',
    ),
}  # fmt: skip


def test_an_id_of_telegrams_becomes_a_file_of_ours_wherever_it_was_held(empty_url: str) -> None:
    migrate(empty_url, to="0029")
    database = Database(empty_url)
    try:
        one_row_each(database)
        with database.engine.execution_options(writes=True).begin() as connection:
            for (table, column), (before, _) in HELD.items():
                sealed = keyring().seal(before.encode(), place=f"{table}.{column}", row=1)
                here = Table(table, MetaData(), Column(column, LargeBinary))
                connection.execute(update(here).values({column: sealed}))
        assert migrate(empty_url)[0] == "0030"
        with Session(database.engine) as db:
            wanted = wanted_files(db, Channel.TELEGRAM, now=system_clock(), limit=9)
            ids = {key: id for id, key in wanted}
            assert set(ids) == {"AgAC", "AwAC"}
            for (table, column), (_, after) in HELD.items():
                here = Table(table, MetaData(), Column(column, LargeBinary))
                value = bytes(db.execute(select(here.c[column])).scalar_one())
                text_now = keyring().unseal(value, place=f"{table}.{column}", row=1).decode()
                assert text_now == after.format(a=ids["AgAC"], b=ids["AwAC"]), table
            assert stored_file(db, str(ids["AgAC"]), Channel.TELEGRAM).shortcut == "AgAC"
    finally:
        database.close()


def test_a_paper_that_was_filed_before_versions_were_kept_has_none_and_there_is_a_way_back(
    empty_url: str,
) -> None:
    before, step = "0044", "0045"
    migrate(empty_url, to=before)
    database = Database(empty_url)
    try:
        one_row_each(database)
        assert step in migrate(empty_url, to=step)
        with database.engine.execution_options(writes=True).begin() as connection:
            assert connection.execute(text("SELECT version_id, route FROM filing")).all() == [(None, "x")]
            made = "INSERT INTO rule_version (id, digest, body, made_at) VALUES (7, 'd', '{}', CURRENT_TIMESTAMP)"
            connection.execute(text(made))
            connection.execute(text("UPDATE filing SET version_id = 7"))
        _step_back(database, before)
        with database.engine.connect() as connection:
            assert connection.execute(text("SELECT route FROM filing")).all() == [("x",)]
            assert "rule_version" not in inspect(connection).get_table_names()
        assert step in migrate(empty_url, to=step)
        with database.engine.connect() as connection:
            assert connection.execute(text("SELECT version_id, route FROM filing")).all() == [(None, "x")]
    finally:
        database.close()


def test_a_probation_gets_the_version_that_was_in_force_when_it_was_begun(empty_url: str) -> None:
    before, step = "0051", "0052"
    migrate(empty_url, to=before)
    database = Database(empty_url)
    try:
        one_row_each(database)
        with database.engine.execution_options(writes=True).begin() as connection:
            for key, turned in ((7, "2026-10-01"), (8, "2026-11-01"), (9, "2026-12-01")):
                made = "INSERT INTO rule_version (id, digest, body, made_at, turned_at) VALUES (:id, :d, '{}', :at, :at)"
                connection.execute(text(made), {"id": key, "d": str(key), "at": f"{turned} 00:00:00+00:00"})
            connection.execute(text("UPDATE probation SET opened_at = '2026-11-20 00:00:00+00:00'"))
        assert migrate(empty_url, to=step) == [step]
        with database.engine.connect() as connection:
            assert connection.execute(text("SELECT version_id, state FROM probation")).all() == [(8, "x")]
        _step_back(database, before)
        with database.engine.connect() as connection:
            assert connection.execute(text("SELECT state FROM probation")).all() == [("x",)]
        assert migrate(empty_url, to=step) == [step]
    finally:
        database.close()


def _step_back(database: Database, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", "models/migrations")
    if database.is_sqlite:  # as migrate does: a table that others point to is changed by copying it
        database.engine.dispose()
        event.listen(database.engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=OFF"))
    with database.engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, to)


def test_what_imports_left_lies_together_and_on_the_way_back_the_newest_of_a_cell_stays(
    empty_url: str,
) -> None:
    before, step = "0052", "0053"
    migrate(empty_url, to=before)
    database = Database(empty_url)
    try:
        one_row_each(database)
        assert migrate(empty_url, to=step) == [step]
        with database.engine.execution_options(writes=True).begin() as connection:
            connection.execute(text("UPDATE unit SET closed_at = NULL"))
            more = "INSERT INTO roster_left (id, cell_id, at, rows_sealed) SELECT 2, cell_id, at, rows_sealed FROM roster_left"
            connection.execute(text(more))
        _step_back(database, before)
        with database.engine.connect() as connection:
            assert connection.execute(text("SELECT id FROM roster_left")).all() == [(2,)]
        assert migrate(empty_url, to=step) == [step]
    finally:
        database.close()
