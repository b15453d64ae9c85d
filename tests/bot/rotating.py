"""A rotation of keys as a process of its own that kills itself at its n-th transaction."""

from __future__ import annotations

import os
import signal

from pydantic import SecretStr

from bot.keys import rotate
from bot.settings import Settings


def main(database_url: str, keys: list[str], count: int) -> None:
    passed = 0

    def reached(_name: str) -> None:
        nonlocal passed
        passed += 1
        if passed == count:
            os.kill(os.getpid(), signal.SIGKILL)

    secret = [SecretStr(key) for key in keys]
    rotate(
        Settings(_env_file=None, database_url=database_url, secret_keys=secret),
        lambda line: None,
        mark=reached,
    )
