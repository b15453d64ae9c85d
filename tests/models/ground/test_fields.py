"""The field table knows every column, and docs/data.md is what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.fields import fill_assessment, page
from models.ground.base import Base
from models.ground.field_table import field_table, read_tables
from models.ground.fields import KINDS, READERS, TERMS, ColumnKind, Fate, Term
from models.people.held import tables_about_a_member

DOCS = Path(__file__).parents[3] / "docs"
DATA_MD, DPIA = DOCS / "data.md", DOCS / "dpia.md"
HOW = "say what it is in models/ground/fields.toml (models/ground/fields.py says how), then `make fields`"


def test_every_column_of_every_table_is_said_in_words() -> None:
    held = {(t.name, c.name) for t in Base.metadata.tables.values() for c in t.columns}
    said = {(name, column) for name, about in field_table().items() for column in about.columns}
    assert held - said == set(), HOW
    assert said - held == set(), f"no such column any more: {HOW}"


def test_nothing_sealed_is_declared_clear_and_nothing_clear_sealed() -> None:
    for name, about in field_table().items():
        for column in Base.metadata.tables[name].columns:
            assert (column.name in about.sealed) == column.name.endswith("_sealed"), f"{name}.{column.name}"


def test_a_column_in_clear_that_says_something_about_a_person_has_its_reason() -> None:
    for about in field_table().values():
        assert all(held.vi and held.en and held.why.vi and held.why.en for held in about.clear.values())


def test_deletion_is_said_for_each_table_about_a_member() -> None:
    for table in tables_about_a_member():
        assert field_table()[table.name].fate is not Fate.NOBODY, f"{table.name}: {HOW}"


def test_readers_terms_and_kinds_have_words() -> None:
    assert set(KINDS) == set(ColumnKind)
    assert set(TERMS) == set(Term)
    for about in field_table().values():
        assert set(about.readers) <= set(READERS), about.table
        assert about.empties <= about.columns, about.table


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('columns = { moment = "at", day = "at" }', "said twice: at"),
        ('columns = { moment = "at" }\nsealed.at = ["lúc", "at"]', "said twice: at"),
        ('columns = { colour = "at" }', "colour"),
        ('clear.at = ["lúc", "at", "because"]', "no reason is called because"),
        ('reason = "x"', "nobody reads reason"),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused_by_name(line: str, why: str) -> None:
    head = 'purpose = ["x", "x"]\nreaders = "self"\nterm = "trail"\nfate = "gone"\nground = "given"\n'
    with pytest.raises(ValueError, match=why):
        read_tables(f'[why]\n[ground]\ngiven = ["x", "x"]\n[table.x]\n{head}{line}\n')


def test_the_page_is_current() -> None:
    assert DATA_MD.read_text(encoding="utf-8") == page(), "make fields"


def test_the_impact_assessment_names_every_table_about_a_person() -> None:
    text = DPIA.read_text(encoding="utf-8")
    assert text == fill_assessment(text), "make fields"
    for about in field_table().values():
        assert (f"| {about.purpose.vi} |" in text) == (about.fate is not Fate.NOBODY), about.table
