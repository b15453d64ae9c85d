"""Twelve seconds of chaos on each database; and that the judge finds what is not as it should be."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.chaos.__main__ import chaos


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_whatever_befalls_real_programs_nothing_is_lost_and_nothing_comes_twice(
    tmp_path: Path, kind: str
) -> None:
    report = asyncio.run(chaos(tmp_path, kind, seconds=12, seed=3, people=5))
    assert report.broken == []
    assert report.counts["befell"].total() > 0
    assert report.counts["judged"]["updates confirmed"] > 0
