"""A sample of the walk (tests/walk), and the tables of the README that it holds the program to."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.people.rights import Right, RightReach
from models.phrases.people import rights as words
from tests.sizes import sized
from tests.walk.table import readers_table, rights_table
from tests.walk.walk import FINDERS, Found, walking

ROOT = Path(__file__).parent.parent.parent
EACH, CROSSED = 24, 600
SEEDS = sized([20261202], [20261202, 7, 1946])


def _walk(url: str, folder: Path, *, seed: int, each: int, count: int, twins: bool) -> Found:
    with walking(url, folder, seed=seed, twins=twins) as walk:
        pool = walk.explore(FINDERS, each)
        walk.cross(pool, count)
        return walk.found


def _told(found: Found) -> str:
    return "\n".join(f"{times} × {fault}" for fault, times in found.faults.most_common(40))


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_reads_or_does_what_is_not_theirs(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    """Buttons of others, forged ones, forms left open by an office that has ended, as everybody from officer to stranger."""
    found = _walk(sqlite_url, tmp_path, seed=seed, each=EACH, count=CROSSED, twins=True)
    with capsys.disabled():
        print(f" [{found.cases:,} cases, {found.compared:,} beside a twin]", end="")
    assert not found.faults, _told(found)
    assert found.cases > EACH * len(FINDERS) // 2 + CROSSED
    assert found.compared > CROSSED // 20
    assert len(found.addresses) > 150


def test_the_same_holds_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    found = _walk(postgres_url, tmp_path, seed=7, each=6, count=150, twins=False)
    assert not found.faults, _told(found)


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.vi.md", "vi")])
def test_the_readme_says_who_may_what(name: str, lang: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    for table in (rights_table(lang), readers_table(lang)):
        assert table in readme, f"python -m tests.walk.table; {name} should hold:\n{table}"


def test_every_right_and_reach_has_words() -> None:
    assert words.RIGHTS.keys() == set(Right)
    assert words.REACHES.keys() == set(RightReach)
