"""`python -m bot rules`: each value that changes, old → new, by which document, and what is open that it touches.

`--try FILE` shows the same of a file that is not in place yet. Neither changes anything: not the database, not a file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from bot.settings import Settings, read_settings
from models.ground.clock import HOME_ZONE, local_date
from models.ground.db import Database
from models.ground.rule_version import changes, in_words, values_of
from models.ground.rulebook import DatedRule, RulesUnusable, lies_ahead, read_rules, turns
from models.ground.rules import SourcedValue, as_typed, sourced_fields
from models.migrations import pending
from models.policies import Policies
from models.trust.recount import Touched, touched

_HOW = "docs/operator.md, “When a rule changes”"


def show_rules(*, now: datetime) -> list[str]:
    """Return the history of what the file in place changes, and what the days to come touch. Raises RulesUnusable."""
    settings = read_settings()
    if wrong := settings.used_rules.wrong:
        raise RulesUnusable(f"{wrong}\n{settings.used_rules.goes_on}")
    if settings.rules is None:
        count = len(sourced_fields(settings.policies()))
        return [f"No file of rules is set: {count} values are as set or delivered. Hint: BOT_RULES; {_HOW}."]
    return _sheet(settings, settings.policies(), settings.rules, now)


def try_rules(path: Path, *, now: datetime) -> list[str]:
    """Return the same as if this file were in place. Raises RulesUnusable."""
    settings = read_settings()
    plain = settings.policies().with_rules(())
    sheet = _sheet(settings, plain.with_rules(read_rules(path, plain)), path, now)
    return [
        *sheet,
        "",
        f"Nothing was changed. Put the file in place (BOT_RULES) and start the program again; {_HOW}.",
    ]


def _sheet(settings: Settings, policies: Policies, path: Path, now: datetime) -> list[str]:
    today = local_date(now, HOME_ZONE)
    if ahead := lies_ahead(policies.dated_rules, today):
        raise RulesUnusable("\n".join(f"{path}: {said}. Hint: correct the day." for said in ahead))
    lines = [f"{path}: {len(policies.dated_rules)} rules. Today is {today:%d/%m/%Y}."]
    for row in sourced_fields(policies):
        if own := [rule for rule in policies.dated_rules if rule.name == row.name]:
            lines += ["", row.name, *_history(row, own, today)]
    with _looking(settings) as (db, why):
        for said, before, after in _turns(settings.policies(), policies, today):
            lines += ["", said, *_old_and_new(before, after)]
            if db is None:
                lines.append(f"    What is open is not counted: {why}.")
            else:
                lines += [_counted(one) for one in touched(db, before, after, now=now)]
    return lines


def _history(row: SourcedValue, own: Sequence[DatedRule], today: date) -> Iterator[str]:
    """The value as it was set or delivered, then the file's, one below the other."""
    held = max((rule.since for rule in own if rule.since <= today), default=None)
    delivered = {one.name: one.value for one in sourced_fields(Policies())}[row.name]
    by = row.source.document or "practice"
    said = _since(row.source.effective) if row.value == delivered else f"set by {row.variable}"
    yield f"    {as_typed(row.value)}   {said}   {by}{'' if held else '   in force'}"
    for rule in own:
        by = ", ".join(part for part in (rule.source.document, rule.article) if part)
        mark = "   in force" if rule.since == held else ""
        if rule.since > today:
            mark = f"   in {(rule.since - today).days} days"
        yield f"    {as_typed(rule.value)}   {_since(rule.since)}   {by}   verified {rule.verified:%d/%m/%Y}{mark}"


def _since(day: date | None) -> str:
    return f"from {day:%d/%m/%Y}" if day else "as delivered"


def _turns(now: Policies, then: Policies, today: date) -> Iterator[tuple[str, Policies, Policies]]:
    """Each day on which something changes: what it is called, the policies before and after."""
    if changes(values_of(now.on(today)), values_of(then.on(today))):
        yield "At once, with the next start:", now.on(today), then.on(today)
    for day in turns(then.dated_rules, today):
        yield f"On {day:%d/%m/%Y}:", then.on(day - timedelta(days=1)), then.on(day)


def _old_and_new(before: Policies, after: Policies) -> Iterator[str]:
    for change in changes(values_of(before), values_of(after)):
        old, new, document = in_words(change)
        same = " (the same value, by another document)" if old == new else ""
        yield f"    {change.name}: {old} → {new}{same}   {document}"


def _counted(one: Touched) -> str:
    """One kind in one line: how many are open, and what becomes of them."""
    what = (
        "would come out otherwise, and keep the rules they were filed under" if one.kept else "counted anew"
    )
    return f"    {one.case}: {one.open} open; {what}: {one.otherwise}"


@contextlib.contextmanager
def _looking(settings: Settings) -> Iterator[tuple[Session | None, str]]:
    """A session in which nothing is kept; where there is none, why."""
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():
        yield None, "there is no database yet"
        return
    database = Database(settings.database_url)
    try:
        with database.engine.connect() as connection:
            waits = pending(connection)
        if waits:
            yield None, "the database waits for `python -m bot migrate`"
        else:
            with database.reading() as db:
                yield db, ""
    finally:
        database.close()
