"""What stops a command, in one sentence with a hint instead of a traceback."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from bot import UPGRADE

_OS_ERRORS = {
    errno.ENOSPC: "The disk is full. Hint: make room in the data directory, then start again.",
    errno.EADDRINUSE: "The port is taken by another program. Hint: set BOT_LISTEN to another one.",
    errno.EACCES: "A file or directory may not be used. Hint: give the data directory to the user that runs this.",
    errno.EROFS: "The data directory is read-only. Hint: mount it writable, or set BOT_DATABASE_URL elsewhere.",
}


@contextmanager
def plainly() -> Iterator[None]:
    """End with 2 and a sentence on stderr for whatever an operator can put right; a bug stays a traceback."""
    try:
        yield
    except (typer.Exit, KeyboardInterrupt):
        raise
    except Exception as error:
        sentence = explain(error)
        if sentence is None:
            raise
        stop(sentence)


def stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2) from None


def explain(error: BaseException) -> str | None:
    """Return the sentence for an error that comes from the set-up; None: it is a bug."""
    from sqlalchemy.exc import DBAPIError

    from bot.backup.chunks import CopyUnusable
    from bot.settings import WrongSettings
    from bot.telegram.errors import explain_telegram
    from models.delivery.leadership import Frozen
    from models.ground.errors import Refused
    from models.ground.rulebook import RulesUnusable
    from models.meeting.handbook import HandbookUnusable
    from models.migrations import DatabaseIsNewer
    from models.people.trail import TamperedTrail
    from models.phrases.catalogue import WordsUnusable

    match error:
        case WrongSettings() | CopyUnusable() | WordsUnusable() | HandbookUnusable() | RulesUnusable():
            return str(error)
        case Refused():
            return error.phrase.to_plain("en")
        case Frozen():
            return (
                "The program was frozen here by `python -m bot move freeze`, to go on on another machine. "
                "Hint: if it does not go on there, `python -m bot move undo`, then start again."
            )
        case DatabaseIsNewer():
            return (
                f"The database was migrated by a newer version of the program: it is at step {error.theirs}, this "
                f"program knows {error.ours}. {UPGRADE}, then start again. There is no way down: "
                "to stay with this version, `python -m bot restore FILE` with the backup made before the upgrade."
            )
        case TamperedTrail():
            return (
                "The trail was tampered with, so older keys are still needed. "
                "Hint: `python -m bot audit verify` names what was done to it."
            )
        case DBAPIError():
            return _explain_database(error.orig)
        case FileNotFoundError() | NotADirectoryError():
            return f"{error.filename} cannot be used: {error.strerror}. Hint: check the path in BOT_DATABASE_URL."
        case OSError():
            return _OS_ERRORS.get(error.errno or 0)
        case _:
            return explain_telegram(error)


def _explain_database(error: BaseException | None) -> str | None:
    """The driver's own words may hold user names and paths: they only choose the sentence."""
    said = str(error).lower()
    if "full" in said or "no space" in said:
        return _OS_ERRORS[errno.ENOSPC]
    if "unable to open" in said or "readonly" in said or "read-only" in said:
        return "The database file cannot be opened. Hint: check the path in BOT_DATABASE_URL and who owns it."
    if "not a database" in said or "malformed" in said:
        return "The database file is damaged or no database. Hint: check BOT_DATABASE_URL, or restore your backup."
    if "locked" in said:
        return "The database is locked by another program. Hint: end that program, then start again."
    if "authentication" in said or "role" in said:
        return "The database refuses user or password. Hint: check both in BOT_DATABASE_URL."
    if "does not exist" in said and "database" in said:
        return "The server has no database of that name. Hint: create it (createdb), or correct BOT_DATABASE_URL."
    if any(
        word in said
        for word in ("connect", "refused", "resolve", "timeout", "translate host", "server closed")
    ):
        return "The database cannot be reached. Hint: is the server running, and are host and port in BOT_DATABASE_URL right?"
    return None
