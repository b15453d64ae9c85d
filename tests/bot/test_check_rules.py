"""`python -m bot check` says of every setting what it is, and with `--rules` where each number comes from."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.check import check_rules, explain_rules, explain_settings
from bot.finding import Verdict
from bot.settings import Settings, known_variables
from models.ground.rules import sourced_fields
from models.policies import Policies
from tests.fakes import World

TODAY = date(2026, 12, 1)
OPERATOR = 777


@pytest.fixture(autouse=True)
def a_clean_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def rules(monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = CliRunner().invoke(app, ["check", "--rules"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_every_number_of_a_rule_is_listed_with_its_source(monkeypatch: pytest.MonkeyPatch) -> None:
    said = rules(monkeypatch, 300)
    for row in sourced_fields(Policies()):
        assert row.variable in said
    line = next(line for line in said.splitlines() if line.startswith("BOT_AWAY__EXEMPT_MONTHS"))
    cells = re.split(r"\s{2,}|(?<=\d)\s(?=Hướng)", line.strip())
    assert cells[:2] == ["BOT_AWAY__EXEMPT_MONTHS", "12"]
    for part in ("01-HD/TW ngày 19/05/2026", "30/11/2026", "unconfirmed: the number stood in 10.3"):
        assert part in line
    for heading in ("document", "article", "effective", "last verified", "how sure"):
        assert heading in said.splitlines()[0]


def test_what_nobody_has_compared_for_half_a_year_is_said_and_a_practice_never() -> None:
    late = TODAY + timedelta(days=400)
    for row in explain_rules(Policies(), on=late):
        assert row[5].endswith("(over six months ago)") == (row[2] != "none"), row
    assert check_rules(Settings(_env_file=None), on=late).verdict is Verdict.NOTE
    newest = max(row.source.verified for row in sourced_fields(Policies()))
    assert not any(
        row.is_stale(newest) for row in sourced_fields(Policies()) if row.source.verified == newest
    )


def test_the_operator_is_told_of_them_once_a_month_and_by_day(sqlite_url: str) -> None:
    with World.open(sqlite_url, operator_chat=OPERATOR) as world:
        operator = world.phone(OPERATOR).says("/start")

        def told(after: timedelta) -> int:
            world.wait(after)
            world.run(world.app.tick())
            return sum("check --rules" in one["text"] for one in operator.messages())

        assert told(timedelta(hours=15)) == 0  # 23:00
        assert told(timedelta(hours=10)) == 1
        assert told(timedelta(days=1)) == 1
        assert told(timedelta(days=31)) == 2
        assert not world.app.alarm.rung


def test_no_document_of_a_rule_is_named_without_its_day() -> None:
    """Two guides bear the number 01, of 2021 and of 2026."""
    for row in sourced_fields(Policies()):
        if "01-HD/TW" in row.source.document:
            assert "ngày 19/05/2026" in row.source.document, row.variable


def test_a_practice_is_not_dressed_up_as_a_rule() -> None:
    row = next(row for row in explain_rules(Policies(), on=TODAY) if row[0] == "BOT_PROBATION__COURSE_MONTH")
    assert row[2:5] == ("none", "–", "–")
    assert row[6].startswith("practice: ")


def test_the_list_shows_what_is_set_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PROBATION__MONTHS", "6")
    assert re.search(r"BOT_PROBATION__MONTHS\s+6\s", rules(monkeypatch, 300))


@pytest.mark.parametrize("columns", [40, 80, 110, 130, 200])
def test_no_name_is_cut_however_narrow_the_screen(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    said = rules(monkeypatch, columns)
    assert all(row.variable in said for row in sourced_fields(Policies()))
    settings = CliRunner().invoke(app, ["check", "--settings"]).stdout
    assert all(name in settings for name in known_variables())
    assert "…" not in settings.split("\n\n")[0].replace("<token>/…", "")


def test_what_every_installation_sets_comes_before_the_policies() -> None:
    names = [name for name, _, _ in explain_settings(Settings(_env_file=None))]
    nested = ["__" in name for name in names]
    assert nested == sorted(nested)
    assert names[0] == "BOT_TOKEN"
    assert set(names) == set(known_variables())


def test_values_are_shown_as_they_are_typed() -> None:
    shown = {name: value for name, value, _ in explain_settings(Settings(_env_file=None))}
    assert shown["BOT_INVITE__LASTS"] == "P7D"
    assert shown["BOT_AWAY__REMIND_DAYS"] == "[60, 30, 7, 0]"


def test_what_is_shown_can_be_typed_back(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = Settings(_env_file=None)
    for name, value, _ in explain_settings(plain):
        if "__" in name and value != "not set":
            monkeypatch.setenv(name, value)
    assert Settings(_env_file=None).policies() == plain.policies()


def test_a_wrong_setting_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PROBATION__MONTHS", "many")
    result = CliRunner().invoke(app, ["check", "--rules"])
    assert result.exit_code == 2
    assert "Hint: Months of probation" in result.stderr
