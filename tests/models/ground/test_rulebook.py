"""A file of rules: what it says holds from its day on; what is wrong with it is said by line, and nothing of it is used."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from sqlalchemy import func, select

from models.ground.db import Database
from models.ground.rule_version import RuleVersion, as_kept, changes, in_words, values_of, version_of
from models.ground.rulebook import DatedRule, RulesUnusable, read_rules
from models.ground.rules import Sure, source_of, sourced_fields, stale_rules
from models.policies import Policies
from tests.fakes import START
from tests.rules import NEW_YEAR, a_file, a_rule
from tests.sizes import sized

EVE, SUMMER = NEW_YEAR - timedelta(days=1), date(2027, 6, 1)
USUAL = Policies()


def with_file(folder: Path, *entries: str) -> Policies:
    return USUAL.with_rules(read_rules(a_file(folder, *entries), USUAL))


def test_a_value_holds_from_its_day_with_its_document_and_the_rest_stays(tmp_path: Path) -> None:
    policies = with_file(
        tmp_path,
        a_rule("away.exempt_months", "18", article='"10.3"'),
        a_rule("away.exempt_months", "6", SUMMER, document='"Hướng dẫn 09-HD/TW"', sure='"single source"'),
        a_rule("away.decided_at", '["commune"]'),
        a_rule("attendance.good_percent", "90"),
    )
    assert policies.on(EVE) is policies
    new_year = policies.on(NEW_YEAR)
    assert policies.on(SUMMER - timedelta(days=1)) is new_year
    assert [policies.on(day).away.exempt_months for day in (EVE, NEW_YEAR, SUMMER)] == [12, 18, 6]
    assert new_year.away.decided_at == ("commune",)
    assert new_year.attendance.good_percent == 90
    assert new_year.away.temporary_months == 12
    source = source_of(new_year.away, "exempt_months")
    assert (source.document, source.article) == ("Hướng dẫn 07-HD/TW ngày 20/11/2026", "10.3")
    assert source_of(policies.on(SUMMER).away, "exempt_months").sure is Sure.SINGLE
    assert source_of(new_year.away, "study_months") == source_of(USUAL.away, "study_months")
    assert new_year.on(EVE) is policies  # the policies of a day know those of another


def test_a_rule_of_the_same_day_confirms_what_was_delivered(tmp_path: Path) -> None:
    since = source_of(USUAL.away, "exempt_months").effective
    assert since is not None
    late = date(2027, 7, 1)
    assert "away.exempt_months" in [row.name for row in stale_rules(USUAL, late)]
    seen = a_rule("away.exempt_months", "12", since, dated=str(since), verified="2027-06-20")
    read = with_file(tmp_path, seen).on(late)
    assert "away.exempt_months" not in [row.name for row in stale_rules(read, late)]
    assert source_of(read.away, "exempt_months").sure is Sure.CONFIRMED


GOOD = a_rule("away.exempt_months", "18")
BAD: dict[str, tuple[str, list[str]]] = {
    "a wrong name": (
        a_rule("away.exemt_months", "18"),
        ["line 2", "no value away.exemt_months", "away.exempt_months"],
    ),
    "a setting that comes from no document": (
        a_rule("checkin.alert_hour", "7"),
        ["line 2", "comes from no document", "set BOT_CHECKIN__ALERT_HOUR"],
    ),
    "words for a number": (
        a_rule("away.exempt_months", '"mười tám"'),
        ["line 3", "valid integer", "Being excused"],
    ),
    "a number in quotes": (a_rule("away.exempt_months", '"18"'), ["line 3", "valid integer"]),
    "a truth for a number": (a_rule("away.exempt_months", "true"), ["line 3", "valid integer"]),
    "a number out of bounds": (a_rule("away.exempt_months", "0"), ["line 3", "greater than or equal to 1"]),
    "nothing at all": (a_rule("away.exempt_months", "nan"), ["line 3"]),
    "values that do not go together": (
        a_rule("away.note_under_months", "30"),
        ["line 3", "note_under_months is shorter than what is excused"],
    ),
    "no value": (a_rule("away.exempt_months", ""), ["line 1", "`value` is missing", "value = 18"]),
    "a document without a date": (
        a_rule("away.exempt_months", "18", dated=""),
        ["line 1", "`dated` is missing"],
    ),
    "no document": (
        a_rule("away.exempt_months", "18", document='""'),
        ["line 5", "`document` cannot be used"],
    ),
    "a date in quotes": (a_rule("away.exempt_months", "18", dated='"20/11/2026"'), ["line 6", "valid date"]),
    "a field that is none": (
        a_rule("away.exempt_months", "18", verfied="2026-11-25"),
        ["line 8", "`verified`"],
    ),
    "a day before the document": (
        a_rule("away.exempt_months", "18", dated="2027-02-01", verified="2027-02-02"),
        ["line 4", "before its document was written (01/02/2027)"],
    ),
    "a comparison before the document": (
        a_rule("away.exempt_months", "18", verified="2026-11-01"),
        ["line 7", "document that is newer"],
    ),
    "dated backwards, before what was delivered": (
        a_rule("away.exempt_months", "18", date(2026, 1, 1), dated="2025-12-01"),
        ["line 4", "dated backwards: 01/01/2026 lies before 19/05/2026", "delivered"],
    ),
    "dated backwards, before the one above": (
        GOOD + a_rule("away.exempt_months", "6", EVE),
        ["line 11", "dated backwards: 31/12/2026 lies before 01/01/2027, from when line 1 holds"],
    ),
    "overlapping": (
        GOOD + a_rule("away.exempt_months", "6"),
        ["line 11", "overlaps: line 1 holds from the same day"],
    ),
    "half written": (GOOD + a_rule("away.study_months", "2")[:-14], ["not whole", "line 14"]),
    "half written, at the end of a line": (GOOD + "[[rule]]\n", ["line 8", "`name` is missing"]),
    "empty": ("", ["holds no [[rule]]"]),
    "another table": ("[rules]\nx = 1\n", ["holds “rules” where only [[rule]] is read"]),
    "one table for many": ("[rule]\nname = 1\n", ["holds no [[rule]]"]),
    "no TOML": ("away.exempt_months: 18\n", ["not TOML", "line 1"]),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_named_by_its_line_with_what_to_do(tmp_path: Path, case: str) -> None:
    text, parts = BAD[case]
    with pytest.raises(RulesUnusable) as wrong:
        read_rules(a_file(tmp_path, text), USUAL)
    said = str(wrong.value)
    assert [part for part in [*parts, "Hint: ", "rules.toml"] if part not in said] == [], said
    assert all("Hint: " in line for line in said.splitlines())


def test_each_misfit_of_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(RulesUnusable) as wrong:
        with_file(tmp_path, a_rule("away.exempt_months", "18", dated=""), a_rule("away.x", "1", document=""))
    assert [line.partition(": ")[0].rpartition(" ")[2] for line in str(wrong.value).splitlines()] == [
        "1",
        "8",
    ]


def test_a_file_that_cannot_be_opened_or_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulesUnusable, match="cannot be read: No such file"):
        read_rules(tmp_path / "none.toml", USUAL)
    path = tmp_path / "rules.toml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(RulesUnusable, match="UTF-8"):
        read_rules(path, USUAL)


@given(st.integers(0, 400), st.integers(1, 60), st.sampled_from(["", "x", "\n", '"', "[[rule]]\n", "= 1"]))
@settings(max_examples=sized(20, 300))
def test_whatever_happened_to_a_file_is_said_or_it_is_whole(
    tmp_path_factory: pytest.TempPathFactory, at: int, size: int, instead: str
) -> None:
    text = GOOD + a_rule("away.decided_at", '["commune"]')
    path = a_file(tmp_path_factory.getbasetemp(), text[:at] + instead + text[at + size :])
    said = ""
    try:
        rules = read_rules(path, USUAL)
        assert USUAL.with_rules(rules).on(SUMMER)
    except RulesUnusable as wrong:
        said = str(wrong)
    assert all("Hint: " in line for line in said.splitlines())


def test_entries_that_are_written_otherwise_are_counted(tmp_path: Path) -> None:
    one = '{name = "away.exempt_months", value = 6, from = 2027-01-01, document = "HD 07", dated = 2026-11-20, verified = 2026-11-25}'
    with pytest.raises(RulesUnusable, match=r"entry 2: .* overlaps: entry 1 holds from the same day"):
        read_rules(a_file(tmp_path, f"rule = [{one}, {one}]"), USUAL)


DAYS = st.dates(date(2026, 12, 1), date(2029, 12, 31))


@given(st.dictionaries(DAYS, st.integers(4, 60), min_size=1, max_size=6), DAYS)
@settings(max_examples=sized(12, 60))
def test_of_each_value_the_newest_rule_holds(told: dict[date, int], day: date) -> None:
    written = {"document": "Hướng dẫn 07-HD/TW", "dated": date(2026, 11, 20), "verified": date(2026, 11, 25)}
    rules = [
        DatedRule.model_validate({"name": "away.exempt_months", "value": months, "from": since, **written})
        for since, months in sorted(told.items())
    ]
    come = [months for since, months in sorted(told.items()) if since <= day]
    assert USUAL.with_rules(rules).on(day).away.exempt_months == [12, *come][-1]


def test_what_is_in_force_together_is_one_version_and_comparing_anew_makes_none(
    database: Database, tmp_path: Path
) -> None:
    policies = with_file(tmp_path, GOOD)

    def work(day: date) -> int:
        return database.run(lambda db: version_of(db, policies.on(day), now=START).id)

    first, second = work(EVE), work(NEW_YEAR)
    assert (work(EVE), work(NEW_YEAR)) == (first, second)
    assert first != second
    compared = with_file(tmp_path, GOOD.replace("2026-11-25", "2026-12-24")).on(NEW_YEAR)
    assert database.run(lambda db: version_of(db, compared, now=START).id) == second
    assert database.run(lambda db: db.scalar(select(func.count()).select_from(RuleVersion))) == 2
    [change] = changes(values_of(policies), values_of(compared))
    assert (change.name, *in_words(change)) == (
        "away.exempt_months", "12", "18", "Hướng dẫn 07-HD/TW ngày 20/11/2026",
    )  # fmt: skip


def test_a_version_gives_back_what_it_held_whatever_the_file_says_since(
    database: Database, tmp_path: Path
) -> None:
    held = with_file(tmp_path, GOOD).on(NEW_YEAR)
    version = database.run(lambda db: version_of(db, held, now=START).id)

    def kept(*fields: str) -> Policies:
        away = database.run(lambda db: as_kept(USUAL.away, "away", db.get_one(RuleVersion, version), fields))
        return USUAL.model_copy(update={"away": away})

    both = kept("exempt_months", "study_months", "of_a_newer_program").away
    assert (both.exempt_months, both.study_months) == (18, 24)
    assert source_of(both, "exempt_months").document == "Hướng dẫn 07-HD/TW ngày 20/11/2026"
    assert kept("study_months").away.exempt_months == 12


def test_every_value_of_a_rule_can_stand_in_a_file_as_it_is_delivered() -> None:
    for row in sourced_fields(USUAL):
        since = max(row.source.effective or EVE, EVE)
        written = {
            "document": "Hướng dẫn 07-HD/TW",
            "dated": date(2026, 5, 1),
            "verified": date(2026, 11, 25),
        }
        value = values_of(USUAL)[row.name].value
        rule = DatedRule.model_validate({"name": row.name, "value": value, "from": since, **written})
        read = {one.name: one for one in sourced_fields(USUAL.with_rules([rule]).on(since))}
        assert read[row.name].value == row.value
        assert "07-HD/TW" in read[row.name].source.document
