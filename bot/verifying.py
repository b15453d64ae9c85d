"""`python -m bot audit verify`: whether the trail is what the program wrote, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bot.anchor import FILE, lost_anchors, read_anchor
from bot.keys import open_keys
from bot.settings import WrongSettings, read_settings
from models.ground.db import Database
from models.migrations import pending
from models.people.trail import ChainLink, Harm, TrailFinding, last_link, verify_trail

_SHOWN = 50

WORDS: dict[Harm, str] = {
    Harm.CHANGED: "is not what the program wrote there: it was changed, or put in that place",
    Harm.REMOVED: "removed: the rows before and after do not join",
    Harm.INSERTED: "was added by somebody else than the program",
    Harm.MOVED: "stood in another place: the order was changed",
    Harm.CUT: f"removed from the end: {FILE} knows of them",
    Harm.REPLACED: "is another one than was attested: the chain was replaced",
    Harm.UNKNOWN_KEY: "was sealed with a key that is not on the ring: put the older key behind the newer one",
    Harm.UNGUARDED: "The database does not guard the trail: its triggers are missing.",
}


def verify() -> tuple[list[str], bool]:
    """Return the lines to show, and whether all is well. Nothing is changed, no migration is taken."""
    settings = read_settings()
    database = Database(settings.database_url)
    try:
        with database.engine.connect() as connection:
            if pending(connection):
                raise WrongSettings("The database is not at the newest step. Hint: `python -m bot migrate`.")
        open_keys(settings)
        return _verify(database, settings.data_directory)
    finally:
        database.close()


def _verify(database: Database, directory: Path) -> tuple[list[str], bool]:
    with database.reading() as db:
        newest, anchor = last_link(db), read_anchor(directory)
        found = verify_trail(db, anchor)
        wrong = [*map(explain, islice(found, _SHOWN)), *_more(found), *_lost(directory)]
    notes = [] if anchor else [f"There is no {directory / FILE}: rows missing at the end cannot be known."]
    if wrong:
        return [
            f"The trail was tampered with, or a backup was restored ({_upto(newest)}):",
            *wrong,
            *notes,
        ], False
    return [f"The trail is as the program wrote it ({_upto(newest)}).", *notes], True


def _upto(newest: ChainLink | None) -> str:
    return f"newest row: No {newest.seq}" if newest else "no row yet"


def _more(found: Iterator[TrailFinding]) -> list[str]:
    rest = sum(1 for _ in found)
    return [f"  and {rest} more"] if rest else []


def _lost(directory: Path) -> list[str]:
    return [
        f"  {path.name}: the database once lost the row that this file names. Hint: after a restore that is so; "
        "when you have made sure, delete the file"
        for path in lost_anchors(directory)
    ]


def explain(one: TrailFinding) -> str:
    """Return one line: which row, when, which act, and what was done to it."""
    if one.harm is Harm.UNGUARDED:
        return f"  {WORDS[one.harm]}"
    about = ", ".join(
        part for part in (f"{one.at:%Y-%m-%d %H:%M:%S} UTC" if one.at else "", one.act or "") if part
    )
    place = f"No {one.seq}" if one.seq is not None else f"row {one.row}, not in the chain"
    until = f" to {one.until}" if one.until not in (None, one.seq) else ""
    return f"  {place}{until}{f' ({about})' if about else ''}: {WORDS[one.harm]}"
