"""Repairs: whatever is wrong with a house that runs, each with what mends it; told in `check`, in `status`, and once a day.

bot/check.py looks at the set-up; here is what changes while the program runs. Both are one list of `Finding`.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.finding import Finding, Verdict, found
from bot.privacy import open_to_others
from bot.settings import Settings
from models.ground.db import Database
from models.migrations import DatabaseIsNewer, pending
from models.phrases.trust import repair as phrases
from models.trust.trouble import Trouble, see_trouble

_ROOM_NEEDED = 500  # megabytes
_TURNS = timedelta(minutes=3)  # the timetable notes each minute that it lives
_AUDITED = timedelta(hours=2)  # it audits itself each hour
_BACKED_UP = timedelta(days=2)  # a nightly copy that failed once
# of these each must be known to be good before anybody is told that all is well
NEEDED = ("database", "keys", "token", "calls", "program", "audit")


def check_house(settings: Settings, *, now: datetime) -> list[Finding]:
    """Look at the database from outside, as a command does; one that is not there or not migrated tells nothing."""
    file = settings.sqlite_file
    if file is not None and not file.exists():
        return [_program(None, now)]
    database = Database(settings.database_url)
    try:
        with database.reading() as db:
            if pending(db.connection()):
                return [_program(None, now)]
            return [*repairs(see_trouble(db, now=now), now=now), check_backup(settings, now=now)]
    except (SQLAlchemyError, DatabaseIsNewer, OSError):
        return []  # `database` says so
    finally:
        database.close()


def repairs(trouble: Trouble, *, now: datetime) -> Iterator[Finding]:
    """Yield what the database's own account says, what is good too."""
    yield _program(trouble.beat_at, now)
    yield from _audit(trouble, now)
    if trouble.failing_jobs:
        words = phrases.failing_jobs(jobs=trouble.failing_jobs)
        yield found("jobs", Verdict.WRONG, words, phrases.REPORT)
    if trouble.failed_updates:
        words = phrases.failed_updates(count=trouble.failed_updates)
        yield found("updates", Verdict.NOTE, words, hint="`python -m bot messages list`", daily=True)
    if trouble.uncertain:
        words = phrases.uncertain(count=trouble.uncertain)
        yield found("uncertain", Verdict.NOTE, words, hint="`python -m bot messages list`", daily=True)
    if trouble.waiting:
        words = phrases.waiting(count=trouble.waiting, alone=trouble.waiting_for_operator)
        yield found("identity", Verdict.NOTE, words, hint="`python -m bot identity list`", daily=True)


def _program(beat_at: datetime | None, now: datetime) -> Finding:
    if beat_at is not None and now - beat_at <= _TURNS:
        return found("program", Verdict.GOOD, phrases.running(since=beat_at))
    return found(
        "program",
        Verdict.NOTE,
        phrases.not_running(since=beat_at),
        hint="`systemctl start xanha`, or `make run`",
    )


def _audit(trouble: Trouble, now: datetime) -> Iterator[Finding]:
    at = trouble.audited_at
    for one in trouble.unrepaired:
        words = phrases.unrepaired(check=one.check, count=one.count)
        yield found("audit", Verdict.WRONG, words, phrases.LOOK_UP)
    if at is None or now - at > _AUDITED:
        yield found("audit", Verdict.NOTE, phrases.not_audited(at=at), phrases.WAIT)
    elif not trouble.unrepaired:
        yield found("audit", Verdict.GOOD, phrases.audited(at=at))


def check_backup(settings: Settings, *, now: datetime) -> Finding:
    """Look how old the newest backup is, by when its file was written."""
    made = [path.stat().st_mtime for path in settings.backup_folder.glob("xanha-*Z.backup")]
    if not made:
        return found(
            "backup", Verdict.NOTE, phrases.no_backup(), hint="`python -m bot backup`, each night", daily=True
        )
    at = datetime.fromtimestamp(max(made), UTC)
    if now - at > _BACKED_UP:
        return found(
            "backup", Verdict.WRONG, phrases.old_backup(at=at), hint="`python -m bot backup`, each night"
        )
    return found("backup", Verdict.GOOD, phrases.backed_up(at=at))


# --- the place where it stands -------------------------------------------------------------------------------------


def check_place(settings: Settings) -> list[Finding]:
    """Look at disk and files."""
    return [check_directory(settings), check_files(settings)]


def check_directory(settings: Settings) -> Finding:
    """Check that the directory is writable and private, and has room."""
    place = settings.data_directory
    there = next(p for p in (place, *place.absolute().parents) if p.exists())
    if not os.access(there, os.W_OK):
        return Finding(
            "directory", Verdict.WRONG, f"{there} is not writable", f"chown it to user id {os.getuid()}"
        )
    free = shutil.disk_usage(there).free // 1_000_000
    if free < _ROOM_NEEDED:
        return Finding(
            "directory", Verdict.WRONG, f"{there} has {free} MB left", f"make room for {_ROOM_NEEDED} MB"
        )
    if place.exists() and place.stat().st_mode & stat.S_IWOTH:
        return Finding(
            "directory", Verdict.WRONG, f"{place} can be changed by everybody", f"chmod 700 {place}"
        )
    return Finding("directory", Verdict.GOOD, f"{place} is writable, {free:,} MB free")


def check_files(settings: Settings) -> Finding:
    """Check that database, copies, keys and settings are read by their owner alone."""
    found = [str(path) for path in open_to_others(settings)]
    if not found:
        return Finding("files", Verdict.GOOD, "only their owner may read them")
    return Finding(
        "files", Verdict.WRONG, f"others may read {', '.join(found)}", f"chmod go-rwx {' '.join(found)}"
    )


# --- shown ----------------------------------------------------------------------------------------------------------


def status(findings: Sequence[Finding], lang: str) -> list[str]:
    """Return the lines of `python -m bot status`: what to mend, what to know, and what is known of the rest."""
    wrong = [one for one in findings if one.verdict is Verdict.WRONG]
    notes = [one for one in findings if one.verdict is Verdict.NOTE]
    lines: list[str] = []
    for head, shown in ((phrases.to_mend(), wrong), (phrases.to_know(), notes)):
        if shown:
            lines += [head.to_plain(lang), *dict.fromkeys(one.line.to_plain(lang) for one in shown), ""]
    good = {one.subject for one in findings if one.verdict is Verdict.GOOD}
    if wrong:
        return [*lines, phrases.mend_then_look().to_plain(lang)]
    known = [one.plain.to_plain(lang) for one in findings if one.verdict is Verdict.GOOD and one.words]
    last = phrases.all_well() if good.issuperset(NEEDED) else phrases.not_all_known()
    return [*lines, *known, last.to_plain(lang)]


def to_tell(findings: Sequence[Finding]) -> list[Finding]:
    """Return what the operator is told once a day: what is wrong first, then what somebody has to look at."""
    wrong = [one for one in findings if one.verdict is Verdict.WRONG]
    return [*wrong, *(one for one in findings if one.verdict is Verdict.NOTE and one.daily)]
