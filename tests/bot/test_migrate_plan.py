"""`migrate --plan` says in words what an upgrade would do, and does nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.cli import explain
from bot.migrating import show_plan
from bot.settings import Settings
from models.ground.db import Database
from models.migrations import DatabaseIsNewer, migrate, pending
from models.migrations.plan import plan_steps, rough_seconds


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database_url: str) -> str:
    """A database of its kind with nothing in it."""
    database = Database(database_url)
    with database.engine.begin() as connection:
        if database.is_sqlite:
            path = Path(str(database.url.database))
        else:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    database.close()
    if database.is_sqlite:
        path.unlink()
    return database_url


def said(url: str, folder: Path) -> list[str]:
    return [*show_plan(Settings(_env_file=None, database_url=url, backup={"folder": folder}))]


def test_each_missing_step_is_said_with_its_tables_and_rows_and_nothing_is_changed(
    empty_url: str, tmp_path: Path
) -> None:
    migrate(empty_url, to="0046")
    database = Database(empty_url)
    with database.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO job_run (id, job, started_at, ended_at, items) VALUES (1, 'a', :at, :at, 0)"),
            {"at": datetime(2026, 12, 1, tzinfo=UTC).isoformat(" ")},
        )
        before = pending(connection)
    lines = said(empty_url, tmp_path)
    with database.engine.connect() as connection:
        assert pending(connection) == before
    database.close()
    assert lines[0] == f"The database is at step 0046; {len(before)} steps are missing:"
    assert [line.split()[0] for line in lines[1 : 1 + len(before)]] == before
    assert lines[1].endswith("from when to when: makes homecoming")
    [wire] = [line for line in lines if line.startswith("  0050")]
    assert "changes outbox (0 rows)" in wire
    assert "roughly 1 s" in "\n".join(lines)
    assert "Make one first: `python -m bot backup`" in "\n".join(lines)
    assert lines[-1].startswith("Nothing was changed. To do it: `python -m bot migrate`")
    (tmp_path / "xanha-20261201T010000Z.backup").write_bytes(b"x")
    assert "The way back is that file: `python -m bot restore FILE`." in said(empty_url, tmp_path)


def test_every_step_can_be_planned_and_has_words(empty_url: str) -> None:
    database = Database(empty_url)
    with database.engine.connect() as connection:
        plans = plan_steps(connection, pending(connection))
    database.close()
    assert all(plan.about for plan in plans)
    assert rough_seconds(plans) == 1


def test_a_database_at_the_newest_step_would_not_change(database_url: str, tmp_path: Path) -> None:
    [line] = said(database_url, tmp_path)
    assert line.endswith("Nothing would change.")


def test_the_command_makes_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["migrate", "--plan"])
    assert result.exit_code == 0
    assert "is made on the first start" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_of_a_newer_database_names_both_ways() -> None:
    words = explain(DatabaseIsNewer("0099", "0053")) or ""
    assert "`git pull && make install`" in words
    assert "`python -m bot restore FILE`" in words
