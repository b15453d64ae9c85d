"""Which rules the program goes by: those of the operator's file, else of the file that it used last, else none.

    BOT_RULES ──> reads ──> its rules; a program that runs keeps the text as data/rules.used.toml
                  └─ wrong ──> data/rules.used.toml ──> reads ──> the rules of before go on
                                                        └─ none, or of no use ──> what is set or delivered

A typing mistake must not end the service, and half a file must not rule: what is wrong is said by `check`, at the start and in
the operator's chat, until it is mended.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel

from models.ground.clock import HOME_ZONE, local_date
from models.ground.rulebook import DatedRule, RulesUnusable, parse_rules, read_rule_text

FILE = "rules.used.toml"


@dataclass(frozen=True, slots=True)
class UsedRules:
    """`wrong`: what is wrong with the file in place, a line for each misfit; `kept_on`: since when the rules of before are kept."""

    rules: tuple[DatedRule, ...] = ()
    text: str = ""
    wrong: str = ""
    kept_on: date | None = None

    @property
    def goes_on(self) -> str:
        """Say, for the operator, by what the program goes on."""
        if self.kept_on is None:
            return "Until it is mended the program goes on with the values that are set or delivered."
        return f"Until it is mended the program goes on with the rules that it used last, of {self.kept_on:%d/%m/%Y}."


def used_rules(path: Path, data: Path, policies: BaseModel) -> UsedRules:
    """Read the file in place; where it cannot be used, the one that was used last."""
    try:
        text = read_rule_text(path)
        return UsedRules(parse_rules(path, text, policies), text)
    except RulesUnusable as error:
        wrong = str(error)
    before = data / FILE
    try:
        text = read_rule_text(before)
        rules = parse_rules(before, text, policies)
        kept_on = local_date(datetime.fromtimestamp(before.stat().st_mtime).astimezone(), HOME_ZONE)
    except (RulesUnusable, OSError):
        return UsedRules(wrong=wrong)
    return UsedRules(rules, text, wrong, kept_on)


def keep_used(used: UsedRules, data: Path) -> None:
    """Keep the text that is used, for a start at which the file in place is wrong; in one step."""
    if used.wrong or not used.rules:
        return
    path = data / FILE
    if path.exists() and path.read_text(encoding="utf-8") == used.text:
        return
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = data / f"{FILE}.new"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(used.text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
