"""What is slow by design, made quick for the tests: nobody guesses a test's PIN, nobody breaks a test's files open.

- argon2: the least that it takes, instead of 25 ms for each PIN;
- the hundred thousand rounds behind the password of an Office file: once for each password and salt. Whoever opens a
  bundle of sixty papers would turn them 120 times;
- the steps of the schema, taken anew by each command on a new database;
- the rest of a job after each item of many, in which replies come in between: here nobody else talks.
"""

from __future__ import annotations

import shutil
from functools import lru_cache, partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from msoffcrypto.method.ecma376_agile import ECMA376Agile
from sqlalchemy import make_url

from models.migrations import _steps, migrate


def make_cheap(patch: pytest.MonkeyPatch, template: Path) -> None:
    """Put the quick ones in place of the slow ones. `template`: a database that has just been migrated."""
    for name in ("bot.office.migrate", "bot.serve.migrate", "bot.backup.restoring.migrate"):
        patch.setattr(name, partial(_migrate, template))
    patch.setattr("models.people.secret.PasswordHasher", _hasher)
    patch.setattr("jobs.ground.runner._REST", 0.0)
    rounds = lru_cache(2_000)(ECMA376Agile._derive_iterated_hash_from_password)
    patch.setattr(ECMA376Agile, "_derive_iterated_hash_from_password", staticmethod(rounds))


def _migrate(template: Path, url: str, *, to: str = "head") -> list[str]:
    """`migrate`; a new SQLite database takes all steps by being copied."""
    parsed = make_url(url)
    new = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    if new is None or to not in ("head", _steps()[-1]) or new.exists():
        return migrate(url, to=to)
    new.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.copy(template, new)
    return ["all"]


def _hasher(*, time_cost: int, memory_cost: int, parallelism: int) -> PasswordHasher:
    """Return a cheap hasher to whoever asks for one that is dear enough: argon2id as OWASP has it at least."""
    assert memory_cost >= 19 * 1024
    assert time_cost >= 2
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=parallelism)
