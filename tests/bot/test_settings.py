"""Settings: read once, explained, never passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import (
    Settings,
    WrongSettings,
    known_variables,
    read_settings,
    unknown_variables,
)
from models.ground.sealing import new_key


@pytest.fixture(autouse=True)
def a_clean_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_but_the_token() -> None:
    settings = read_settings()
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///data/xanha.db"
    assert settings.data_directory == Path("data")
    assert settings.address == ("127.0.0.1", 8081)


def test_an_env_file_and_nested_policies_are_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_CHECKIN__ALERT_HOUR=9\nBOT_API_URL=http://x/\n", encoding="utf-8")
    settings = read_settings()
    assert settings.checkin.alert_hour == 9
    assert settings.policies().checkin.alert_hour == 9
    assert settings.api_url == "http://x"


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_OPERATOR_CHAT", "")
    assert read_settings().operator_chat is None


def test_keys_are_a_list_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    newer, older = new_key(), new_key()
    monkeypatch.setenv("BOT_SECRET_KEYS", f"{newer}, {older}\n")
    assert [key.get_secret_value().strip() for key in read_settings().secret_keys] == [newer, older]


def test_a_misfit_is_a_sentence_that_holds_no_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_SECRET_KEYS", "my-private-key")
    monkeypatch.setenv("BOT_LOG_LEVEL", "LOUD")
    with pytest.raises(WrongSettings) as wrong:
        read_settings()
    assert "my-private-key" not in str(wrong.value)
    assert str(wrong.value).count("Hint:") == 2


def test_days_of_a_rhythm_that_do_not_fit_one_another_are_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_CHECKIN__RHYTHM__WEEKDAY", "6")
    assert read_settings().policies().checkin.rhythm.weekday == 6
    monkeypatch.setenv("BOT_CHECKIN__RHYTHM__DUE_DAY", "25")
    with pytest.raises(WrongSettings, match=r"due_day is at most 22.*Hint:"):
        read_settings()


def test_misspelt_variables_are_named_with_the_nearest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BOT_TOKNE", "x")
    (tmp_path / ".env").write_text("# BOT_OLD=1\nBOT_API_ULR=x\nOTHER=1\n", encoding="utf-8")
    assert unknown_variables() == [("BOT_API_ULR", "BOT_API_URL"), ("BOT_TOKNE", "BOT_TOKEN")]


def test_every_variable_of_the_environment_has_words() -> None:
    bare = [name for name, about in known_variables().items() if "__" not in name and not about]
    assert not bare


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings(_env_file=None).log_level = "DEBUG"  # type: ignore[misc]
