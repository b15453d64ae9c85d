"""`python -m bot rules`: old → new, and what is open that a rule touches; nothing is changed by looking."""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from bot.__main__ import app
from bot.check import check_rule_file, check_rules, explain_rules
from bot.finding import Verdict
from bot.rulefile import FILE, keep_used
from bot.rulesheet import show_rules, try_rules
from bot.settings import Settings
from models.contact.request import HelpRequest
from models.ground.rulebook import RulesUnusable, read_rules
from models.ground.rules import sourced_fields
from models.people.member import Member, Standing
from models.policies import Policies
from models.trust.recount import COUNTS, touched
from models.year.probation import start_probation
from tests.absences import SAIGON, Chain, declaration
from tests.fakes import START, World
from tests.people import ALICE, BOB, DAN, OFFICER, a_cell, settle_in
from tests.rules import NEW_YEAR, a_file, a_rule

GOOD = a_rule("away.exempt_months", "18", article='"10.3"')


@pytest.fixture(autouse=True)
def a_clean_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def contents(url: str) -> str:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        return "\n".join(database.iterdump())


def a_village(world: World) -> None:
    """One absence granted, one paper under way, a probation, a petition."""
    cell = a_cell(world)
    settle_in(world, cell, OFFICER, BOB, ALICE, DAN)
    plan = declaration(ends_on=date(2028, 11, 30), stay=SAIGON, itinerant=True)
    Chain(world, cell, cell.dan).files(plan).is_approved()
    Chain(world, cell, cell.alice).files(plan)

    def rest(db: Session) -> None:
        member, policies = db.get_one(Member, cell.deputy), world.settings
        member.standing = Standing.PROBATIONARY
        start_probation(
            db, member, admitted_on=date(2026, 4, 10), helper_id=None, by_id=cell.bob, policy=policies.probation,
            calendar=policies.workday, now=world.clock(),
        )  # fmt: skip
        db.add(
            HelpRequest(
                member_id=cell.dan, cell_id=cell.id, state="open", opened_at=world.clock(), next_at=world.clock(),
                answer_by=date(2027, 1, 12),
            )
        )  # fmt: skip

    world.db(rest)


def test_a_trial_says_what_would_change_and_changes_nothing(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with World.open(sqlite_url) as world:
        a_village(world)
        now = world.clock()
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    trial = a_file(
        tmp_path,
        GOOD,
        a_rule("away.remind_days", "[45, 7, 0]"),
        a_rule("probation.months", "18", date(2027, 3, 1)),
        a_rule("request.petition_workdays", "20", date(2026, 12, 1)),
    )
    before = contents(sqlite_url)
    said = "\n".join(try_rules(trial, now=now))
    assert contents(sqlite_url) == before
    for line in (
        "Today is 01/12/2026.",
        "12   from 19/05/2026   Hướng dẫn 01-HD/TW ngày 19/05/2026   in force",
        "18   from 01/01/2027   Hướng dẫn 07-HD/TW ngày 20/11/2026, 10.3   verified 25/11/2026   in 31 days",
        "At once, with the next start:\n    request.petition_workdays: 30 → 20",
        "petitions: 1 open; would come out otherwise, and keep the rules they were filed under: 1",
        "On 01/01/2027:\n    away.exempt_months: 12 → 18   Hướng dẫn 07-HD/TW ngày 20/11/2026",
        "absences: 2 open; counted anew: 1",
        "papers of absences: 1 open; would come out otherwise, and keep the rules they were filed under: 1",
        "On 01/03/2027:\n    probation.months: 12 → 18",
        "probations: 1 open; counted anew: 1",
        "Nothing was changed.",
    ):
        assert line in said, said

    # in place, the same is the history of what is in force
    monkeypatch.setenv("BOT_RULES", str(trial))
    [found] = check_rule_file(Settings(_env_file=None), on=date(2026, 12, 1))
    assert "4 rules of" in found.said
    assert "the next from 01/01/2027" in found.said
    said = "\n".join(show_rules(now=now + timedelta(days=60)))
    assert "10.3   verified 25/11/2026   in force" in said
    assert "At once" not in said
    row = next(
        row
        for row in explain_rules(Settings(_env_file=None).policies().on(NEW_YEAR), on=NEW_YEAR)
        if "EXEMPT_M" in row[0]
    )
    assert row[1:6] == ("18", "Hướng dẫn 07-HD/TW ngày 20/11/2026", "10.3", "01/01/2027", "25/11/2026")
    assert row[6] == "confirmed"


def test_without_a_file_or_a_database_it_says_so(tmp_path: Path) -> None:
    assert "No file of rules is set" in show_rules(now=START)[0]
    assert any(
        "not counted: there is no database yet" in line
        for line in try_rules(a_file(tmp_path, GOOD), now=START)
    )
    assert [one.name for one in tmp_path.iterdir()] == ["rules.toml"]


def test_a_document_of_a_day_to_come_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_rule("away.exempt_months", "18", dated="2026-12-15", verified="2026-12-20"))
    [_, wrong] = check_rule_file(Settings(_env_file=None, rules=path), on=date(2026, 12, 1))
    assert wrong.verdict is Verdict.WRONG
    assert "`verified` is 20/12/2026" in wrong.said
    with pytest.raises(RulesUnusable, match=r"`verified` is 20/12/2026, and today is 01/12/2026\. Hint: "):
        try_rules(path, now=START)


@pytest.mark.parametrize(("command", "ends"), [("rules", 2), ("check", 1), ("check --rules", 0)])
def test_a_file_in_place_that_is_wrong_is_said_with_its_line_and_with_what_holds_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, ends: int
) -> None:
    monkeypatch.setenv("BOT_RULES", str(a_file(tmp_path, GOOD[:-8])))
    monkeypatch.setenv("COLUMNS", "300")
    result = CliRunner().invoke(app, command.split())
    assert result.exit_code == ends, result.output
    for words in ("rules.toml", "line 8", "Hint: ", "goes on with the values that are set or delivered"):
        assert words in result.output, words
    assert [one.name for one in tmp_path.iterdir()] == ["rules.toml"]


def test_another_file_can_be_tried_while_the_one_in_place_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_RULES", str(a_file(tmp_path, GOOD[:-8])))
    mended = a_file(tmp_path, GOOD, name="mended.toml")
    result = CliRunner().invoke(app, ["rules", "--try", str(mended)])
    assert result.exit_code == 0, result.output
    assert "away.exempt_months: 12 → 18" in result.stdout


def test_a_start_with_a_wrong_file_goes_on_with_the_rules_of_before_and_the_operator_is_told_each_day(
    sqlite_url: str, tmp_path: Path
) -> None:
    path = a_file(tmp_path, GOOD)

    def a_start(after: timedelta, days: int = 0) -> tuple[int, list[str]]:
        """The months of an exemption at New Year, and what the operator has read."""
        with World.open(sqlite_url, now=START + after, rules=path, operator_chat=777) as world:
            keep_used(world.settings.used_rules, world.settings.data_directory)
            operator = world.phone(777).says("/start")
            world.wait(timedelta(days=days))
            world.run(world.app.tick())
            months = world.settings.policies().on(NEW_YEAR).away.exempt_months
            return months, [one["text"] for one in operator.messages() if "tệp quy định" in one["text"]]

    assert a_start(timedelta()) == (18, [])
    path.write_text(GOOD[:-8], encoding="utf-8")
    months, told = a_start(timedelta(hours=1), days=1)
    assert (months, len(told)) == (18, 2)
    assert "theo tệp đã dùng lần trước, ngày " in told[0]
    assert "rules.toml" in told[0]
    assert "line 8" in told[0]
    path.unlink()
    months, told = a_start(timedelta(days=2))
    assert months == 18
    assert "No such file" in told[-1]
    path.write_text(a_rule("away.exempt_months", "24"), encoding="utf-8")
    assert a_start(timedelta(days=3)) == (24, [])
    path.write_text("[[rule]", encoding="utf-8")
    assert a_start(timedelta(days=4))[0] == 24


def test_where_no_file_was_used_before_what_is_set_goes_on(sqlite_url: str, tmp_path: Path) -> None:
    path = a_file(tmp_path, "[[rule]")
    with World.open(sqlite_url, rules=path, operator_chat=777) as world:
        operator = world.phone(777).says("/start")
        world.run(world.app.tick())
        keep_used(world.settings.used_rules, world.settings.data_directory)
        assert world.settings.policies().on(NEW_YEAR).away.exempt_months == 12
        assert "theo các giá trị đã đặt hoặc có sẵn" in operator.chat()
    assert not (Settings(_env_file=None, database_url=sqlite_url).data_directory / FILE).exists()


def test_a_file_that_was_used_before_and_fits_no_more_is_of_no_use(sqlite_url: str, tmp_path: Path) -> None:
    """A newer program may have been delivered with a value of a later day."""
    data = Settings(_env_file=None, database_url=sqlite_url).data_directory
    a_file(data, a_rule("away.no_such_value", "18"), name=FILE)
    found = Settings(_env_file=None, database_url=sqlite_url, rules=a_file(tmp_path, "[[rule]"))
    assert found.used_rules.rules == ()
    assert "values that are set or delivered" in found.used_rules.goes_on


def test_a_trial_that_is_wrong_is_said_the_same_way(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_rule("away.exempt_months", "true"))
    result = CliRunner().invoke(app, ["rules", "--try", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "line 3: away.exempt_months cannot be True" in result.stderr


def test_what_is_verified_in_the_file_is_not_called_stale(tmp_path: Path) -> None:
    late = date(2027, 7, 1)
    rows = sourced_fields(Policies())
    seen = [
        a_rule(row.name, "12", row.source.effective, dated="2011-01-19", verified="2027-06-01")
        for row in rows
        if row.name == "probation.months" and row.source.effective
    ]
    stale = check_rules(Settings(_env_file=None), on=late)
    fewer = check_rules(Settings(_env_file=None, rules=a_file(tmp_path, *seen)), on=late)
    assert stale.verdict is fewer.verdict is Verdict.NOTE
    assert int(stale.said.split()[0]) == int(fewer.said.split()[0]) + 1


def test_every_room_whose_rules_change_says_what_is_open(sqlite_url: str) -> None:
    rooms = {row.name.partition(".")[0] for row in sourced_fields(Policies())}
    assert rooms == set(COUNTS)
    with World.open(sqlite_url) as world:
        a_village(world)
        plain, now = Policies(), world.clock()
        found = world.db(
            lambda db: [
                one
                for counts in COUNTS.values()
                for count in counts
                for one in [count(db, plain, plain, now)]
            ]
        )
        assert {one.case: one.otherwise for one in found if one.otherwise} == {}
        assert world.db(lambda db: touched(db, plain, plain, now=now)) == []


def test_the_file_and_the_commands_of_the_operators_page_work_as_written(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/operator.md").read_text(encoding="utf-8")
    section = page.partition("### When a rule changes")[2].partition("Others are not numbers")[0]
    a_file(tmp_path, section.partition("```toml\n")[2].partition("```")[0])
    assert len(read_rules(tmp_path / "rules.toml", Policies())) == 2
    assert "12 → 18" in "\n".join(try_rules(tmp_path / "rules.toml", now=START))
    commands = {one.strip() for one in re.findall(r"python -m bot ([^`\n]+)", section)}
    assert commands == {"rules --try rules.toml", "rules"}
    helped = CliRunner().invoke(app, ["rules", "--help"])
    assert helped.exit_code == 0
