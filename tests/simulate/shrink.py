"""A short story out of a long one that ends badly: steps are left out as long as it ends in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.simulate.steps import Step


def shrink(
    story: Sequence[Step], is_bad: Callable[[Sequence[Step]], bool], *, tries: int = 150
) -> list[Step]:
    """Return a story of fewer steps for which `is_bad` holds as well, found in at most `tries` plays.

    Zeller's delta debugging: ever smaller parts are left out, each in turn from the end, until no single step can be.
    """
    kept = list(story)
    size = max(1, len(kept) // 2)
    while tries > 0:
        without = False
        end = len(kept)
        while end > 0 and tries > 0:
            shorter = kept[: max(0, end - size)] + kept[end:]
            tries -= 1
            if shorter and is_bad(shorter):
                kept, without = shorter, True
            end -= size
            end = min(end, len(kept))
        if size == 1 and not without:
            break
        size = max(1, size // 2) if not without or size > 1 else 1
    return kept


def as_test(story: Sequence[Step], name: str, broken: str) -> str:
    """Return the story as a test that can be put into tests/simulate/test_found.py."""
    lines = "\n".join(f"        {step}," for step in story)
    return (
        f"def test_{name}(plays: Plays) -> None:\n"
        f'    """{broken[:90]}"""\n'
        f"    story = [\n{lines}\n    ]\n"
        f"    assert plays(story).broken == []\n"
    )
