"""Runs of units that are large enough to be counted without showing anybody (docs/decisions/0016)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class FoldedRun(NamedTuple):
    """Places `begin` up to, not with, `end`; shown at `carrier`."""

    begin: int
    carrier: int
    end: int


def runs_of(sizes: Sequence[int], smallest: int) -> list[FoldedRun]:
    """Return runs of at least `smallest` people each, all of `sizes` together; none when all together are fewer."""
    runs: list[FoldedRun] = []
    begin = people = 0
    for place, size in enumerate(sizes):
        people += size
        if people >= smallest:
            runs.append(FoldedRun(begin, place, place + 1))
            begin, people = place + 1, 0
    # the rest is too few to stand alone, so it joins the last run
    if runs and begin < len(sizes):
        runs[-1] = runs[-1]._replace(end=len(sizes))
    return runs
