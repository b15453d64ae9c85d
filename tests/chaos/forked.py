"""`python -m bot run` in a process forked from one that has everything imported: a start takes a moment, not seconds."""

from __future__ import annotations

import os
from pathlib import Path

import bot.app  # noqa: F401 - so that it need not be imported when a program starts
from bot.__main__ import run


def main(folder: Path, environment: dict[str, str], words: Path) -> None:
    """`words`: a pipe for what it says on stderr."""
    pipe = os.open(words, os.O_WRONLY)
    os.dup2(pipe, 2)
    os.close(pipe)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    run()
