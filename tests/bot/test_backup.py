"""A backup, what is done to it, and a restore: by the command line, on both databases and from one to the other."""

from __future__ import annotations

import os
import re
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.backup.key import backup_key
from bot.backup.making import PART, back_up, make_copy
from bot.backup.restoring import restore as put_back
from bot.backup.rows import count_rows, reflect, snapshot
from bot.settings import read_settings
from bot.telegram.chats import chat_address
from models.delivery.inbox import Inbox, Received, accept_inbox
from models.delivery.job_run import beat_heart, last_beat
from models.delivery.leadership import Leadership
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import Outbox, enqueue
from models.delivery.policy import JobPolicy
from models.ground.clock import system_clock
from models.ground.db import Database
from models.ground.sealing import Keyring, keyring, new_key, use_keys
from models.ground.sealing_key import note_keys
from models.migrations import migrate, step_of
from models.people.member import Member, add_member
from models.people.unit import Unit, UnitKind, create_unit
from models.phrases.text import raw

KEY, BACKUP_KEY = new_key(), new_key()
Install = Callable[[str], None]


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Install]:
    """An empty directory; `installed(url)` sets up a program on that database, with the same keys."""
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_SECRET_KEYS", KEY)
    monkeypatch.setenv("BOT_BACKUP__KEY", BACKUP_KEY)
    kept = keyring()
    use_keys(Keyring([KEY]))
    yield lambda url: monkeypatch.setenv("BOT_DATABASE_URL", url)
    use_keys(kept)


def bot(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def done(*arguments: str) -> str:
    result = bot(*arguments)
    assert result.exit_code == 0, (result.stderr, result.exception)
    return result.stdout


def refused(*arguments: str) -> str:
    result = bot(*arguments)
    assert result.exit_code == 2, (result.stdout, result.stderr, result.exception)
    assert "Traceback" not in result.stderr
    assert "Hint:" in result.stderr
    return result.stderr


def a_commune(url: str, people: int = 3) -> None:
    def work(db: Session) -> None:
        now = system_clock()
        note_keys(db, keyring(), now=now)
        commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Mẫu", parent=None, now=now)
        below = create_unit(db, kind=UnitKind.CELL, name="Chi bộ 1", parent=commune, now=now)
        for number in range(people):
            add_member(
                db, cell_id=below.id, full_name=f"Nguyễn Văn {number}", phone=f"+849110{number:05}", now=now
            )

    database = Database(url)
    database.run(work)
    database.close()


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, but for who leads."""
    database = Database(url)
    try:
        with snapshot(database) as connection:
            return {
                table.name: sorted(
                    (tuple(map(_plain, row)) for row in connection.execute(select(table))), key=repr
                )
                for table in reflect(connection)
                if table.name not in ("leadership", "heartbeat", "job_run", "rule_turn")
            }
    finally:
        database.close()


def _plain(value: object) -> object:
    return value.isoformat()[:26] if hasattr(value, "isoformat") else value


def names(url: str) -> list[str]:
    database = Database(url)
    try:
        return database.run(lambda db: sorted(db.scalars(select(Member.full_name))))
    finally:
        database.close()


# --- there and back -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["sqlite_url", "postgres_url"])
@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_a_copy_of_either_database_is_put_into_either(
    request: pytest.FixtureRequest, installed: Install, tmp_path: Path, source: str, target: str
) -> None:
    url = request.getfixturevalue(source)
    other = f"sqlite:///{tmp_path}/other/xanha.db"
    if target == "postgres":
        from tests import postgres

        server = request.getfixturevalue("postgres_server")
        other = postgres.create_database(server, f"other_{os.getpid()}_{source[0]}")
    installed(url)
    a_commune(url)
    said = done("backup", "one.backup")
    assert "3 people" in said
    assert "opened again, every count is right" in said
    assert "one.backup" in done("restore", "one.backup", "--try")
    before = everything(url)
    installed(other)
    said = done("restore", "one.backup")
    assert "Không rõ điều gì đã xảy ra" in said
    assert "is not known" in said
    assert everything(other) == before
    database = Database(other)
    assert "+84911000001" in database.run(lambda db: [one.phone for one in db.scalars(select(Member))])
    with database.engine.connect() as connection:
        triggers = "sqlite_master WHERE type = 'trigger' AND" if database.is_sqlite else "pg_trigger WHERE"
        named = "name" if database.is_sqlite else "tgname"
        guards = f"SELECT count(*) FROM {triggers} {named} LIKE :name"  # noqa: S608
        for name in ("trail_%", "touch_cells_%", *([] if database.is_sqlite else ["refuse_closed_%"])):
            assert connection.scalar(text(guards), {"name": name}), name
    database.close()
    if target == "postgres":
        postgres.drop_database(server, f"other_{os.getpid()}_{source[0]}")


def test_people_who_are_there_are_written_over_only_when_that_is_said_in_words(
    installed: Install, database_url: str
) -> None:
    installed(database_url)
    a_commune(database_url, 3)
    done("backup", "three.backup")
    a_commune_of_more = [*names(database_url), "Nguyễn Văn Mới"]
    database = Database(database_url)
    database.run(lambda db: add_member(db, cell_id=_cell(db), full_name="Nguyễn Văn Mới", now=system_clock()))
    database.close()
    assert (
        'holds 4 people, and nothing was changed. Hint: is it the right one? Then add --replace "4 people"'
        in (refused("restore", "three.backup").replace("\n", " "))
    )
    assert "holds 4 people" in refused("restore", "three.backup", "--replace", "3 people")
    assert names(database_url) == sorted(a_commune_of_more)
    said = done("restore", "three.backup", "--replace", "4 people")
    assert "of before" in said  # the old one is kept, and named
    assert len(names(database_url)) == 3
    done("restore", "three.backup", "--replace", "3 people")  # twice is as once
    assert len(names(database_url)) == 3


def _cell(db: Session) -> int:
    return db.scalars(select(Unit.id).where(Unit.kind == UnitKind.CELL)).one()


def test_a_backup_is_made_while_others_write_and_sees_one_moment(
    installed: Install, database_url: str
) -> None:
    installed(database_url)
    a_commune(database_url)
    database = Database(database_url)
    with snapshot(database) as connection:
        tables = reflect(connection)
        before = count_rows(connection, tables)
        database.run(
            lambda db: add_member(db, cell_id=_cell(db), full_name="Nguyễn Văn Mới", now=system_clock())
        )
        assert count_rows(connection, tables) == before
    assert database.run(lambda db: db.scalar(select(func.count()).select_from(Member))) == 4
    database.close()


def test_a_copy_of_an_older_step_is_brought_up(installed: Install, tmp_path: Path, sqlite_url: str) -> None:
    old = f"sqlite:///{tmp_path}/old.db"
    migrate(old, to="0045")
    installed(old)
    done("backup", "old.backup")
    installed(f"sqlite:///{tmp_path}/new.db")
    assert "step 0045, brought up by" in done("restore", "old.backup")
    database = Database(f"sqlite:///{tmp_path}/new.db")
    newest = Database(sqlite_url)
    with database.engine.connect() as one, newest.engine.connect() as other:
        assert step_of(one) == step_of(other)
    assert database.run(lambda db: db.get_one(Leadership, 1).holder) == ""
    database.close()
    newest.close()


def test_a_copy_of_a_newer_step_is_refused_with_the_command_that_mends_it(
    installed: Install, tmp_path: Path, sqlite_url: str
) -> None:
    installed(sqlite_url)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    done("backup", "new.backup")
    installed(f"sqlite:///{tmp_path}/here.db")
    assert "newer version of the program: step 9999" in refused("restore", "new.backup")
    assert not (tmp_path / "here.db").exists()


# --- attacks --------------------------------------------------------------------------------------------------------


@pytest.fixture
def copy(installed: Install, sqlite_url: str, tmp_path: Path) -> Path:
    installed(sqlite_url)
    a_commune(sqlite_url, 50)
    done("backup", "good.backup")
    return tmp_path / "good.backup"


def test_one_byte_anywhere_that_is_not_as_it_was_written_is_refused(copy: Path) -> None:
    good = copy.read_bytes()
    for place in [0, 12, 14, 20, 33, 36, 40, len(good) // 2, len(good) - 1]:
        bad = bytearray(good)
        bad[place] ^= 1
        copy.write_bytes(bad)
        assert "Every byte" not in refused("restore", copy.name, "--try"), place


def test_a_file_that_was_cut_or_lengthened_is_refused(copy: Path) -> None:
    good = copy.read_bytes()
    for bad in (
        b"",
        good[:20],
        good[:33],
        good[:40],
        good[:-1],
        good[: len(good) // 2],
        good + b"\0",
        good + good[33:],
    ):
        copy.write_bytes(bad)
        refused("restore", copy.name, "--try")


def test_another_key_is_named_and_a_missing_one_too(
    copy: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setenv("BOT_BACKUP__KEY", new_key())
    assert "made with another key" in refused("restore", copy.name, "--try")
    monkeypatch.delenv("BOT_BACKUP__KEY")
    assert "no key for backups" in refused("restore", copy.name, "--try")
    monkeypatch.setenv("BOT_BACKUP__KEY", "abc")
    assert "no key for a backup" in refused("restore", copy.name, "--try")


def test_a_copy_whose_sealing_key_is_missing_is_refused_before_anything_is_replaced(
    copy: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str
) -> None:
    monkeypatch.setenv("BOT_SECRET_KEYS", new_key())
    assert "key" in refused("restore", copy.name, "--replace", "50 people")
    assert len(names(sqlite_url)) == 50


def test_nothing_of_anybody_stands_in_the_file_in_clear(copy: Path, sqlite_url: str) -> None:
    said = copy.read_bytes()
    assert "Nguyễn".encode() not in said
    assert b"member" not in said
    assert copy.stat().st_mode & 0o077 == 0


def test_what_is_no_backup_is_named(copy: Path) -> None:
    copy.write_bytes(b"this is a letter, not a backup" * 10)
    assert "no backup of this program" in refused("restore", copy.name)
    assert "cannot be read" in refused("restore", "nowhere.backup")


# --- where it cannot be made ----------------------------------------------------------------------------------------


def test_a_wrong_folder_a_taken_name_and_no_database_are_sentences(
    installed: Install, sqlite_url: str, tmp_path: Path
) -> None:
    installed(sqlite_url)
    assert "There is no folder" in refused("backup", "nowhere/one.backup")
    (tmp_path / "one.backup").write_text("mine")
    assert "stands there already" in refused("backup", "one.backup")
    installed(f"sqlite:///{tmp_path}/none.db")
    assert "There is no database" in refused("backup", "two.backup")
    assert not (tmp_path / "none.db").exists()


def test_a_full_disk_leaves_nothing_under_the_final_name(
    installed: Install, sqlite_url: str, tmp_path: Path
) -> None:
    installed(sqlite_url)
    a_commune(sqlite_url, 600)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        assert "could not be written" in refused("backup", "one.backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.glob("one.backup*"))


def test_a_damaged_database_is_not_copied_as_if_it_were_whole(
    installed: Install, sqlite_url: str, tmp_path: Path
) -> None:
    installed(sqlite_url)
    a_commune(sqlite_url, 50)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_checkin_member_id'"
        ).fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    data = bytearray(file.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 8] = b"\xff" * 8
    file.write_bytes(data)
    assert "damaged" in refused("backup", "one.backup")
    assert not list(tmp_path.glob("one.backup*"))


def test_a_restore_is_refused_while_the_program_runs(installed: Install, database_url: str) -> None:
    import fcntl

    installed(database_url)
    a_commune(database_url)
    done("backup", "one.backup")
    running = Database(database_url)
    with running.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        if running.is_sqlite:
            with Path(f"{running.url.database}.lock").open("ab") as lead:
                fcntl.flock(lead, fcntl.LOCK_EX)
                assert "The program runs" in refused("restore", "one.backup", "--replace", "3 people")
        else:
            assert "The program runs" in refused("restore", "one.backup", "--replace", "3 people")
    running.close()
    done("restore", "one.backup", "--replace", "3 people")


def test_a_kill_in_the_middle_of_a_backup_leaves_nothing_that_looks_like_one(
    installed: Install, sqlite_url: str, tmp_path: Path
) -> None:
    installed(sqlite_url)
    a_commune(sqlite_url)
    child = os.fork()
    if child == 0:  # it dies as soon as the rows are read
        settings = read_settings()
        database = Database(sqlite_url)
        key, _ = backup_key(settings, makes=False)
        with snapshot(database) as connection:
            event.listen(connection, "before_cursor_execute", lambda *_: _die_at_the_members(_[2]))
            make_copy(connection, settings, tmp_path / "one.backup", key, now=system_clock())
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert not (tmp_path / "one.backup").exists()
    done("backup", "one.backup")  # what it left is in nobody's way
    assert not (tmp_path / f"one.backup{PART}").exists()


def _die_at_the_members(statement: str) -> None:
    if statement.endswith("FROM member") and "count" not in statement:
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_restore_that_fails_on_its_way_leaves_the_old_database_and_is_begun_again(
    copy: Path, sqlite_url: str
) -> None:
    left = Path(f"{sqlite_url.removeprefix('sqlite:///')}.restoring")
    left.write_bytes(b"half a database")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, hard))
    try:
        result = bot("restore", copy.name, "--replace", "50 people")
        assert result.exit_code != 0
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert len(names(sqlite_url)) == 50
    done("restore", copy.name, "--replace", "50 people")
    assert not list(left.parent.glob(f"{left.name}*"))


def test_what_is_known_of_the_programs_end_is_believed_within_reason(copy: Path) -> None:
    later = f"{system_clock() + timedelta(hours=1):%Y-%m-%dT%H:%M%z}"
    assert "cannot have run until" in refused(
        "restore", copy.name, "--replace", "50 people", "--ran-until", later
    )
    assert "cannot have run until" in refused(
        "restore", copy.name, "--replace", "50 people", "--ran-until", "2020-01-01T08:00+0700"
    )


def test_only_what_was_due_before_the_program_ended_is_passed_over(
    installed: Install, database_url: str, tmp_path: Path
) -> None:
    installed(database_url)
    a_commune(database_url)
    made = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)

    def waits(db: Session) -> None:
        for key, hours in (("before", 1), ("after", 3)):
            due, to = made + timedelta(hours=hours), Recipient(chat_address(1))
            enqueue(db, to, Message(raw(key)), key=key, lane=Lane.ALERT, now=made, not_before=due)
        accept_inbox(db, [Received("7", chat_address(1), b"{}")], now=made)
        beat_heart(db, JobPolicy(), now=made)

    database = Database(database_url)
    database.run(waits)
    database.close()
    settings = read_settings()
    assert list(back_up(settings, tmp_path / "one.backup", clock=lambda: made))
    said = list(
        put_back(
            settings,
            tmp_path / "one.backup",
            replaces="3 people",
            ran_until=made + timedelta(hours=2),
            clock=lambda: made + timedelta(days=2),
        )
    )
    assert "• 1 tin có thể đã được gửi rồi" in "\n".join(said)
    assert "• 1 tin đã nhận mà chưa đọc" in "\n".join(said)
    database = Database(database_url)
    states = database.run(
        lambda db: {key: state for key, state in db.execute(select(Outbox.key, Outbox.state))}
    )
    assert states == {"before": "uncertain", "after": "pending"}
    assert database.run(lambda db: list(db.scalars(select(Inbox.state)))) == ["stored"]
    assert database.run(last_beat) == made + timedelta(hours=2)  # the rest of the time is a silence of ours
    database.close()


# --- the operator's page --------------------------------------------------------------------------------------------


def test_each_command_of_the_operators_page_is_one_that_a_test_here_gives() -> None:
    page = (Path(__file__).parents[2] / "docs/operator.md").read_text(encoding="utf-8")
    section = page.partition("## Backups\n")[2].partition("## Upgrades, trouble")[0]
    commands = {
        one.strip() for one in re.findall(r"python -m bot ((?:backup|restore|move)[^`\n#]*)", section)
    }
    file = "data/backups/xanha-20261201T180000Z.backup"
    assert commands == {
        "backup",
        "backup FILE",
        f"restore {file} --try",
        f'restore {file} --replace "512 people"',
        "move freeze house.move",  # tests/bot/test_move.py
        "move thaw house.move",
        "move undo",
    }
    for command in ("backup", "restore", "move freeze", "move thaw", "move undo"):
        assert bot(*command.split(), "--help").exit_code == 0


# --- the folder, and how long files stand there ---------------------------------------------------------------------


def test_backups_are_named_by_their_moment_and_go_after_their_time(
    installed: Install, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(sqlite_url)
    monkeypatch.delenv("BOT_BACKUP__KEY")
    folder = tmp_path / "data" / "backups"
    monkeypatch.setenv("BOT_BACKUP__FOLDER", str(folder))
    said = done("backup")
    assert "A key for backups was made" in said
    key = Path(sqlite_url.removeprefix("sqlite:///")).parent / "backup.key"
    assert key.stat().st_mode & 0o077 == 0
    now = system_clock()
    old, young = (folder / f"xanha-{now - timedelta(days=days):%Y%m%dT%H%M%SZ}.backup" for days in (15, 13))
    left = folder / f"xanha-{now:%Y%m%dT%H%M%SZ}.backup{PART}"
    mine = folder / "xanha-mineZ.backup"
    for one in (old, young, left, mine):
        one.write_bytes(b"x")
    [first] = [one for one in folder.iterdir() if one.stat().st_size > 1]
    first.rename(folder / f"xanha-{now - timedelta(hours=1):%Y%m%dT%H%M%SZ}.backup")
    said = done("backup")
    assert f"{old} was deleted" in said
    assert not old.exists()
    assert not left.exists()
    assert young.exists()
    assert mine.exists()
    assert folder.stat().st_mode & 0o077 == 0
