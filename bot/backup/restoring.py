"""`python -m bot restore`: a copy takes the database's place, and nobody is written to twice or asked anew.

    proved ──> the program is down ──> nobody's data is written over unasked ──> loaded, brought up, its references whole
    ──> who was deleted since is deleted again ──> the gap is crossed in silence ──> it takes the old one's place

Until the last step the old database stands as it was; cut short, it can be begun again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot import UPGRADE, anchor, ledger
from bot.alarm import Alarm
from bot.backup.chunks import CopyUnusable
from bot.backup.gap import Gap, cross_gap
from bot.backup.key import BackupKey, backup_key
from bot.backup.opening import CopyHead, open_copy, prove
from bot.backup.places import RestorePlace, people_there, place_of, unbound
from bot.backup.rows import RowLoader
from bot.keys import load_keys, open_keys
from bot.ledger import Ledger
from bot.settings import Settings, WrongSettings
from bot.telegram.chats import chat_address
from models.delivery.leadership import thaw_leadership
from models.delivery.message import Lane, Message, Recipient
from models.delivery.outbox import enqueue
from models.ground.clock import Clock, system_clock
from models.ground.db import Database
from models.ground.sealing import use_keys
from models.migrations import DatabaseIsNewer, migrate, require_known
from models.people.trail import ChainLink
from models.phrases.text import Lang, Text
from models.phrases.trust import restoring as phrases


def prove_file(settings: Settings, file: Path) -> str:
    """Check a copy, and say what it holds. Nothing is changed."""
    key, _ = backup_key(settings, makes=False)
    return describe(file, prove(file, key))


def restore(
    settings: Settings,
    file: Path,
    *,
    replaces: str = "",
    ran_until: datetime | None = None,
    key: BackupKey | None = None,
    clock: Clock = system_clock,
) -> Iterator[str]:
    """Put a copy in the database's place; say what was done.

    `replaces`: the people who may be written over, in words ("12 people"). `ran_until`: when the program ended that went
    on after the copy was made; None: nobody knows, so it may have run until now.
    """
    key = key or backup_key(settings, makes=False)[0]
    head = prove(file, key)
    yield describe(file, head)
    _refuse_newer(head)
    now = clock()
    until = ran_until or now
    if not head.frozen and not head.made <= until <= now:
        raise WrongSettings(
            f"The copy was made at {head.made:%Y-%m-%dT%H:%MZ}; the program cannot have run until {until:%Y-%m-%dT%H:%MZ}. "
            "Hint: a moment between the two, with its zone: 2026-12-03T08:00+07:00."
        )
    place = place_of(settings)
    with place.held():
        _refuse_people(settings, replaces)
        place.clear()
        taken = _build(settings, file, key, head, place)
        yield f"Loaded: {head.rows} rows, step {head.step}" + (
            f", brought up by {len(taken)} steps." if taken else "."
        )
        again, gap = _settle(settings, head, place.url, until=until, clock=clock)
        kept = place.take(now)
    if kept:
        yield kept
    yield from in_both(phrases.deleted_again(count=again))
    yield from in_both(_after(head, gap))


def describe(file: Path, head: CopyHead) -> str:
    """Say what a proved copy holds."""
    return (
        f"{file}: made at {head.made:%Y-%m-%d %H:%M} UTC, step {head.step}, {head.rows} rows of {len(head.counts)} tables, "
        f"{head.people} people. Every byte is as it was written."
    )


def in_both(words: Text) -> Iterator[str]:
    """Yield a sentence in Vietnamese and in English."""
    yield words.to_plain(Lang.VI)
    yield words.to_plain(Lang.EN)


def _after(head: CopyHead, gap: Gap | None) -> Text:
    if gap is None:
        return phrases.goes_on_here(made=head.made)
    return phrases.gap_crossed(
        since=gap.since, until=gap.until, unsent=gap.unsent, rested=gap.rested, unread=gap.unread
    )


def _refuse_newer(head: CopyHead) -> None:
    try:
        require_known(head.step)
    except DatabaseIsNewer as error:
        raise CopyUnusable(
            f"The copy was made by a newer version of the program: step {error.theirs}, this program knows {error.ours}. "
            f"{UPGRADE}, then try again."
        ) from None


def _refuse_people(settings: Settings, replaces: str) -> None:
    there = people_there(settings)
    words = f"{there} people"
    if there and replaces != words:
        raise WrongSettings(
            f"The database holds {words}, and nothing was changed. "
            f'Hint: is it the right one? Then add --replace "{words}".'
        )


def _build(settings: Settings, file: Path, key: BackupKey, head: CopyHead, place: RestorePlace) -> list[str]:
    """Make the new database: schema of the copy's step, its rows, then the newest step. Return the steps that it took."""
    migrate(place.url, to=head.step)
    database = Database(place.url)
    unbound(database.engine)
    try:
        with (
            database.engine.execution_options(writes=True).begin() as connection,
            open_copy(file, key) as copy,
        ):
            loader = RowLoader(connection)
            for line in copy.lines:
                loader.take(line)
            loader.close()
    finally:
        database.close()
    open_keys(_at(settings, place.url))  # what is sealed opens, before a step may have to read it
    return migrate(place.url)


def _settle(
    settings: Settings, head: CopyHead, url: str, *, until: datetime, clock: Clock
) -> tuple[int, Gap | None]:
    """Make up for what the copy does not know: (people deleted again, what was done about the gap)."""
    use_keys(load_keys(settings)[0])
    database = Database(url)
    try:
        _put_beside(settings, head)
        alarm = Alarm(database, clock, operator=None)
        again = Ledger(database, settings.data_directory, clock, alarm).apply()
        gap = None
        if head.frozen:
            database.run(lambda db: thaw_leadership(db.connection()))
        else:
            gap = cross_gap(database, settings.policies(), since=head.made, until=until)
            database.run(lambda db: _tell_operator(db, settings, _after(head, gap), now=clock()))
        if database.is_sqlite:
            _check_whole(database)
        return again, gap
    finally:
        database.close()


def _tell_operator(db: Session, settings: Settings, words: Text, *, now: datetime) -> None:
    """Let the operator's chat say it too, at the next start: whoever restores is not always who reads there."""
    if settings.operator_chat is None:
        return
    to = Recipient(chat_address(settings.operator_chat))
    enqueue(db, to, Message(words), key=f"restore:{now:%Y%m%d%H%M%S}", lane=Lane.ALERT, now=now)


def _check_whole(database: Database) -> None:
    with database.reading() as db:
        if db.scalar(text("PRAGMA integrity_check(1)")) != "ok":
            raise WrongSettings("The new database is damaged: the disk fails. Hint: use another one.")


def _put_beside(settings: Settings, head: CopyHead) -> None:
    """Join the copy's ledger with the one that is here; put the trail's newest link where there is none."""
    folder = settings.data_directory
    path = folder / ledger.FILE
    known = set(path.read_text(encoding="utf-8", errors="replace").splitlines()) if path.exists() else set()
    lines = [one for one in head.beside.get(ledger.FILE, "").splitlines() if one not in known]
    if lines:
        ledger.append_lines(path, lines)
    link = head.beside.get(anchor.FILE, "").split()
    if len(link) == 2 and anchor.read_anchor(folder) is None:
        anchor.write_anchor(folder, ChainLink(int(link[0]), link[1]))


def _at(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"database_url": url})
