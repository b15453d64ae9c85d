"""What is slow by design, made quick for the tests: nobody guesses a test's PIN, nobody breaks a test's files open.

- argon2: the least that it takes, instead of 25 ms for each PIN;
- the hundred thousand rounds behind the password of an Office file: once for each password and salt. Whoever opens a
  bundle of sixty papers would turn them 120 times.
"""

from __future__ import annotations

from functools import lru_cache

import pytest
from argon2 import PasswordHasher
from msoffcrypto.method.ecma376_agile import ECMA376Agile


def make_cheap(patch: pytest.MonkeyPatch) -> None:
    """Put the quick ones in place of the slow ones."""
    patch.setattr("models.people.secret.PasswordHasher", _hasher)
    rounds = lru_cache(2_000)(ECMA376Agile._derive_iterated_hash_from_password)
    patch.setattr(ECMA376Agile, "_derive_iterated_hash_from_password", staticmethod(rounds))


def _hasher(*, time_cost: int, memory_cost: int, parallelism: int) -> PasswordHasher:
    """Return a cheap hasher to whoever asks for one that is dear enough: argon2id as OWASP has it at least."""
    assert memory_cost >= 19 * 1024
    assert time_cost >= 2
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=parallelism)
