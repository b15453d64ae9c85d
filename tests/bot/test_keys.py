"""Keys of sealed fields: made once, kept private, never made anew beside what they would not open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.keys import load_keys, open_keys
from bot.settings import Settings, WrongSettings
from models.db import Database
from models.member import add_member
from models.migrations import migrate
from models.sealing import keyring, new_key, use_keys

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keys_come_back() -> Iterator[None]:
    kept = keyring()
    yield
    use_keys(kept)


def at(path: Path, *keys: str) -> Settings:
    return Settings(
        _env_file=None, database_url=f"sqlite:///{path}/x.db", secret_keys=[SecretStr(key) for key in keys]
    )


def a_sealed_phone(settings: Settings) -> None:
    migrate(settings.database_url)
    open_keys(settings)
    database = Database(settings.database_url)
    database.run(lambda db: add_member(db, cell_id=None, full_name="A B", phone="+84912345678", now=NOW))
    database.close()


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    ring, made = load_keys(at(tmp_path / "data"))
    assert made == tmp_path / "data/secret.key"
    assert made.stat().st_mode & 0o777 == 0o600
    again, made_again = load_keys(at(tmp_path / "data"))
    assert made_again is None
    assert again.unseal(ring.seal(b"x", place="a", row=1), place="a", row=1) == b"x"


def test_a_key_file_others_can_read_is_refused(tmp_path: Path) -> None:
    load_keys(at(tmp_path))
    (tmp_path / "secret.key").chmod(0o640)
    with pytest.raises(WrongSettings, match="chmod 600"):
        load_keys(at(tmp_path))


def test_a_damaged_key_file_is_refused(tmp_path: Path) -> None:
    load_keys(at(tmp_path))
    (tmp_path / "secret.key").write_text("short\n", encoding="ascii")
    with pytest.raises(WrongSettings, match="backup"):
        load_keys(at(tmp_path))


def test_a_lost_key_file_is_not_replaced_while_sealed_data_exists(tmp_path: Path) -> None:
    a_sealed_phone(at(tmp_path))
    (tmp_path / "secret.key").unlink()
    with pytest.raises(WrongSettings, match="missing"):
        open_keys(at(tmp_path))
    assert not (tmp_path / "secret.key").exists()


def test_keys_that_open_nothing_are_refused(tmp_path: Path) -> None:
    a_sealed_phone(at(tmp_path))
    with pytest.raises(WrongSettings, match="do not open"):
        open_keys(at(tmp_path, new_key()))


def test_a_newer_key_before_the_old_one_is_welcome(tmp_path: Path) -> None:
    old = new_key()
    a_sealed_phone(at(tmp_path, old))
    assert open_keys(at(tmp_path, new_key(), old)) is None


def test_an_empty_database_takes_any_key(tmp_path: Path) -> None:
    migrate(at(tmp_path).database_url)
    assert open_keys(at(tmp_path, new_key())) is None
