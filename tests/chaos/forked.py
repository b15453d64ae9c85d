"""`python -m bot run` in a process forked from one that has everything imported: a start takes a moment, not seconds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from typer import Exit

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
    try:
        run()
    except Exit as error:  # as the command line ends
        sys.exit(error.exit_code)
