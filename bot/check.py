"""`python -m bot check`: what can be tested from here, what is wrong first, each misfit with the command that mends it.

`--settings`: every setting with its value and what it is. `--rules`: only the numbers that come from a rule of the Party, each with its source and when it was last looked up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import typer
from pydantic import BaseModel, SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli import explain
from bot.finding import Finding, Verdict
from bot.keys import FILE, damaged, is_sealed, open_keys
from bot.mailcheck import check_mail
from bot.repairs import check_house, check_place, status
from bot.settings import PREFIX, Settings, WrongSettings, known_variables, read_settings, unknown_variables
from bot.telegram.check import check_telegram
from bot.web.check import check_page, check_push
from bot.zalo.check import check_zalo
from models.delivery.papers import check_templates
from models.ground.clock import HOME_ZONE, local_date, system_clock
from models.ground.db import Database
from models.ground.rulebook import lies_ahead, turns
from models.ground.rules import Sure, as_typed, sourced_fields, stale_rules
from models.ground.sealing import CannotUnseal
from models.meeting.handbook import HandbookUnusable, read_handbook
from models.migrations import DatabaseIsNewer, pending
from models.phrases.catalogue import WordsUnusable, read_words
from models.policies import Policies
from models.year.review import every_form


def check_all() -> bool:
    """Print the findings, what is wrong first, and a last line that says how it stands; False when something is wrong."""
    findings = look()
    _print(findings)
    return all(finding.verdict is not Verdict.WRONG for finding in findings)


def look() -> list[Finding]:
    """Look at everything that can be looked at from here."""
    settings = read_settings()
    house = [*check_names(), *check_here(settings), *check_house(settings, now=system_clock())]
    return [*house, *asyncio.run(_check_messengers(settings))]


def print_status(lang: str) -> bool:
    """Print the same in plain words, short, for people who are no technicians; False when something is to be mended."""
    findings = look()
    for line in status(findings, lang):
        typer.echo(line)
    return all(finding.verdict is not Verdict.WRONG for finding in findings)


async def _check_messengers(settings: Settings) -> list[Finding]:
    messengers = [*await check_telegram(settings), *await check_zalo(settings)]
    page = [*await check_page(settings), *await check_push(settings), *await check_mail(settings)]
    return [*messengers, *page]


def print_settings() -> None:
    """Print every setting, its value and what it is."""
    _print_table(SETTING, explain_settings(read_settings()))


# --- settings -----------------------------------------------------------------------------------------------------


SETTING = ("setting", "value", "what it is")


def explain_settings(settings: Settings) -> list[tuple[str, ...]]:
    """Return the rows of SETTING, secrets masked: what every installation sets, then the policies of the rooms."""
    about = known_variables()
    values = sorted(_values(settings, PREFIX), key=lambda row: "__" in row[0])
    return [(name, _masked(name, value), about[name]) for name, value in values]


def _values(model: BaseModel, prefix: str) -> Iterator[tuple[str, Any]]:
    for name in type(model).model_fields:
        value, variable = getattr(model, name), f"{prefix}{name}".upper()
        if isinstance(value, BaseModel):
            yield from _values(value, f"{variable}__")
        else:
            yield variable, value


def _masked(name: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else "not set"
    if isinstance(value, list) and name == f"{PREFIX}SECRET_KEYS":
        return f"{len(value)} keys" if value else "not set"
    if name == f"{PREFIX}DATABASE_URL":
        return str(make_url(value).render_as_string(hide_password=True))
    if name == f"{PREFIX}HEARTBEAT_URL" and value:  # whoever knows all of it can say that all is well
        return f"{urlsplit(value).scheme}://{urlsplit(value).netloc.rpartition('@')[2]}/…"
    return "not set" if value in (None, "") else as_typed(value)


def check_names() -> list[Finding]:
    """Find BOT_ variables that no setting reads."""
    return [
        Finding(
            name, Verdict.WRONG, "no setting has this name", f"did you mean {near}?" if near else "remove it"
        )
        for name, near in unknown_variables()
    ]


# --- rules --------------------------------------------------------------------------------------------------------

RULE = ("setting", "value", "document", "article", "effective", "last verified", "how sure")


def print_rules() -> None:
    """Print every number that comes from a rule, as it is set here; yellow what is to be compared with its text again."""
    from rich.console import Console

    settings = read_settings()
    _print_table(RULE, explain_rules(settings.policies().on(_today()), on=_today()), marked=_STALE)
    for finding in check_rule_file(settings, on=_today()):
        if finding.verdict is Verdict.WRONG:
            said = f"{finding.said} Hint: {finding.hint}"
            Console(stderr=True).print(said, markup=False, highlight=False, soft_wrap=True)


_STALE = "over six months ago"


def _today() -> date:
    return local_date(system_clock(), HOME_ZONE)


def check_rules(settings: Settings, *, on: date) -> Finding:
    """Say how many numbers nobody has compared with their documents for half a year."""
    found = stale_rules(settings.policies().on(on), on)
    if not found:
        return Finding("rules", Verdict.GOOD, "each number was compared with its document within six months")
    said = f"{len(found)} numbers were compared with their documents {_STALE}: {found[0].variable} …"
    return Finding(
        "rules", Verdict.NOTE, said, "`python -m bot check --rules`, then the newest texts; docs/operator.md"
    )


def check_rule_file(settings: Settings, *, on: date) -> list[Finding]:
    """Say what the operator's file of rules changes next, or what is wrong with it and what holds meanwhile."""
    if settings.rules is None:
        return []
    if wrong := settings.used_rules.wrong:
        said = "\n".join([wrong, settings.used_rules.goes_on])
        hint = (
            f"mend a copy, try it with `python -m bot rules --try`, put it at {settings.rules}, start again"
        )
        return [Finding("rule file", Verdict.WRONG, said, hint)]
    rules = settings.policies().dated_rules
    if ahead := lies_ahead(rules, on):
        return [
            Finding("rule file", Verdict.WRONG, said, f"correct the day in {settings.rules}")
            for said in ahead
        ]
    coming = next(turns(rules, on), None)
    said = f"{len(rules)} rules of {settings.rules}"
    said += f", the next from {_day(coming)}: `python -m bot rules`" if coming else ", all in force"
    return [Finding("rule file", Verdict.GOOD, said)]


def explain_rules(policies: Policies, *, on: date) -> list[tuple[str, ...]]:
    """Return the rows of RULE. A number that no document gives has no document."""
    return [
        (
            variable,
            as_typed(value),
            source.document or "none",
            source.article or "–",
            _day(source.effective),
            _day(source.verified) + (f" ({_STALE})" if row.is_stale(on) else ""),
            _how_sure(source.sure, source.note),
        )
        for row in sourced_fields(policies, PREFIX)
        for variable, value, source in [row]
    ]


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else "–"


def _how_sure(sure: Sure, note: str) -> str:
    return f"{sure}: {note}" if note else str(sure)


# --- here: database, keys, directory ------------------------------------------------------------------------------


def check_here(settings: Settings) -> list[Finding]:
    here = [check_database(settings), check_keys(settings), *check_place(settings)]
    rules = [check_rules(settings, on=_today()), *check_rule_file(settings, on=_today())]
    return [
        *here,
        *check_papers(settings),
        *check_words(settings),
        check_forms(),
        check_handbook(settings),
        *rules,
        check_heartbeat(settings),
    ]


def check_heartbeat(settings: Settings) -> Finding:
    """Say that the heartbeat is set, and do not ask it: asking would say that all is well."""
    if not settings.heartbeat_url:
        hint = "set BOT_HEARTBEAT_URL to a check of a dead man's switch, see docs/operator.md"
        return Finding(
            "heartbeat", Verdict.NOTE, "nobody outside notices when the program stands still", hint
        )
    return Finding("heartbeat", Verdict.GOOD, "goes out each hour, when the audit finds all well")


def check_database(settings: Settings) -> Finding:
    """Connect, and see whether it is migrated; a file that is not there is not made."""
    file = settings.sqlite_file
    if file is not None and not file.exists():
        return Finding("database", Verdict.NOTE, f"{file} will be made on the first start")
    try:
        database = Database(settings.database_url)
        try:
            with database.engine.connect() as connection:
                waiting = pending(connection)
        finally:
            database.close()
    except (SQLAlchemyError, DatabaseIsNewer, OSError) as error:
        said, _, hint = (explain(error) or "It cannot be used.").partition(" Hint: ")
        return Finding("database", Verdict.WRONG, said, hint)
    if waiting:
        said = f"reachable; {len(waiting)} migration steps not taken yet"
        return Finding("database", Verdict.NOTE, said, "`python -m bot migrate`; `run` does it too")
    return Finding("database", Verdict.GOOD, "reachable, at the newest step")


def check_papers(settings: Settings) -> list[Finding]:
    """Open each of the operator's own templates once. Those of the house are sound."""
    if settings.papers.templates is None:
        return []
    hint = "see models/delivery/papers/templates/README.md"
    wrong = [Finding("papers", Verdict.WRONG, said, hint) for said in check_templates(settings.papers)]
    return wrong or [Finding("papers", Verdict.GOOD, f"templates from {settings.papers.templates}")]


def check_words(settings: Settings) -> list[Finding]:
    """Read the operator's own catalogues. The house's is held by a test."""
    if settings.words is None:
        return []
    try:
        counted = ", ".join(f"{lang}.po: {len(own)}" for lang, own in read_words(settings.words).items())
    except WordsUnusable as wrong:
        said, _, hint = str(wrong).partition(" Hint: ")
        return [Finding("words", Verdict.WRONG, said, hint)]
    return [Finding("words", Verdict.GOOD, f"sentences of your own: {counted}")]


def check_handbook(settings: Settings) -> Finding:
    """Read the handbook as the next start will."""
    try:
        entries = read_handbook(settings.handbook)
    except HandbookUnusable as wrong:
        said, _, hint = str(wrong).partition(" Hint: ")
        return Finding("handbook", Verdict.WRONG, said, hint)
    open_ones = sum(one.sure == Sure.UNCONFIRMED for one in entries)
    return Finding(
        "handbook", Verdict.GOOD, f"{len(entries)} questions, {open_ones} of them marked unconfirmed"
    )


def check_forms() -> Finding:
    """Read the form files of reviews, and name one that cannot be read."""
    try:
        codes = [one.code for one in every_form()]
    except ValueError as wrong:
        return Finding("forms", Verdict.WRONG, str(wrong), "see models/year/review/forms/")
    return Finding("forms", Verdict.GOOD, ", ".join(codes))


def check_keys(settings: Settings) -> Finding:
    """Check that the keys are there, are their owner's alone, and open what is sealed."""
    path = settings.data_directory / FILE
    try:
        if not settings.secret_keys and not path.exists() and not is_sealed(settings):
            return Finding("keys", Verdict.NOTE, f"{path} will be made on the first start")
        open_keys(settings)
        if shut := damaged(settings):
            said = f"changed since they were sealed: {', '.join(shut)}"
            return Finding("keys", Verdict.WRONG, said, "restore these rows from your backup")
    except (WrongSettings, SQLAlchemyError, CannotUnseal) as error:
        said, _, hint = (explain(error) or "They cannot be used.").partition(" Hint: ")
        return Finding("keys", Verdict.WRONG, said, hint)
    where = "BOT_SECRET_KEYS" if settings.secret_keys else str(path)
    return Finding("keys", Verdict.GOOD, f"from {where}")


# --- on paper -----------------------------------------------------------------------------------------------------


_ROOM_FOR_A_COLUMN = 14  # characters; with less a table cannot be read


def _print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, marked: str = "") -> None:
    """A table whose first column is never cut; where the screen is too narrow for one, a block for each row.

    `marked`: a cell that holds these words is yellow.
    """
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    console = Console()
    longest = max(len(row[0]) for row in rows)
    if console.width >= longest + _ROOM_FOR_A_COLUMN * (len(headings) - 1):
        first, *others = headings
        columns = [
            Column(first, min_width=longest, no_wrap=True),
            *(Column(h, overflow="fold") for h in others),
        ]
        table = Table(*columns, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(Text(cell, style=_style(cell, marked)) for cell in row))
        console.print(table)
        return
    for name, *cells in rows:
        console.print(name, markup=False, highlight=False, soft_wrap=True)
        for heading, cell in zip(headings[1:], cells, strict=True):
            words = f"    {heading}: {cell}"
            console.print(words, style=_style(cell, marked), markup=False, highlight=False, soft_wrap=True)


def _style(cell: str, marked: str) -> str:
    return "yellow" if marked and marked in cell else ""


def _print(findings: list[Finding]) -> None:
    from rich.console import Console

    console = Console()
    order = [Verdict.WRONG, Verdict.NOTE, Verdict.GOOD]
    for finding in sorted(findings, key=lambda one: order.index(one.verdict)):
        hint = f" Hint: {finding.hint.rstrip('.')}" if finding.hint else ""
        said = finding.said.rstrip(".")
        line = f"{finding.verdict:5}  {finding.subject}: {said}.{hint}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(f"\n{_summary(findings)}", markup=False, highlight=False, soft_wrap=True)


def _summary(findings: list[Finding]) -> str:
    wrong = sum(finding.verdict is Verdict.WRONG for finding in findings)
    notes = sum(finding.verdict is Verdict.NOTE for finding in findings)
    if wrong:
        return (
            f"To put right: {wrong} (the lines that begin with “wrong”), each with a hint. Then check again."
        )
    return (
        "All is well."
        if not notes
        else f"All is well. Worth knowing: {notes} (the lines that begin with “–”)."
    )
