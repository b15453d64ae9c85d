"""The operator's file of rules: of each value from which day it holds, by which document.

    rules.toml ──read_rules──> rules, in the order of their days ──in_force──> the policies of a day

    [[rule]]
    name = "away.exempt_months"     as in `check --rules`, without BOT_
    value = 18
    from = 2027-01-01
    document = "Hướng dẫn 07-HD/TW"
    dated = 2026-12-15
    verified = 2026-12-20           when somebody last compared the value with the text
    article = "10.3"                article, sure and note may be left out

A rule of the same day as the value of the program takes its place: so what was delivered is confirmed or corrected. Nothing
of a file is used while one line of it is wrong.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.ground.rules import Policy, Sourced, Sure, replaced, sourced_fields

B = TypeVar("B", bound=BaseModel)
_LARGEST = 1_000_000  # bytes of a file
_WHOLE = "Hint: see docs/operator.md for the form, or unset BOT_RULES."


class RulesUnusable(Exception):
    """The operator's file of rules cannot be used; a line for each misfit, with a hint."""


class DatedRule(BaseModel):
    """One value from one day on, by one document."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)

    name: str
    value: Any
    since: date = Field(alias="from")
    document: Annotated[str, Field(min_length=3, max_length=300)]
    dated: date
    verified: date
    article: Annotated[str, Field(max_length=100)] = ""
    sure: Annotated[Sure, Field(strict=False)] = Sure.CONFIRMED
    note: Annotated[str, Field(max_length=500)] = ""

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def field(self) -> str:
        return self.name.partition(".")[2]

    @property
    def source(self) -> Sourced:
        # two documents may bear one number: none is named without its day
        day = f"{self.dated:%d/%m/%Y}"
        document = self.document if day in self.document else f"{self.document} ngày {day}"
        return Sourced(
            document=document,
            article=self.article,
            effective=self.since,
            verified=self.verified,
            sure=self.sure,
            note=self.note,
        )


def in_force(policies: B, rules: Sequence[DatedRule], day: date) -> B:
    """Return the policies of that day. Raises ValidationError where values do not go together."""
    rooms = _values_on(rules, day).items()
    return policies.model_copy(
        update={room: replaced(getattr(policies, room), values) for room, values in rooms}
    )


def _values_on(rules: Sequence[DatedRule], day: date) -> dict[str, dict[str, tuple[Any, Sourced]]]:
    """Return room by room the values in force, each by its newest rule."""
    rooms: dict[str, dict[str, tuple[Any, Sourced]]] = {}
    for rule in sorted(rules, key=lambda rule: rule.since):
        if rule.since <= day:
            rooms.setdefault(rule.room, {})[rule.field] = rule.value, rule.source
    return rooms


# --- the file -------------------------------------------------------------------------------------------------------


def read_rules(path: Path, policies: BaseModel) -> tuple[DatedRule, ...]:
    """Return the rules of a file, in the order of their days. Raises RulesUnusable with every misfit that was found."""
    return parse_rules(path, read_rule_text(path), policies)


def read_rule_text(path: Path) -> str:
    """Return what stands in a file of rules. Raises RulesUnusable."""
    try:
        if path.stat().st_size > _LARGEST:
            raise RulesUnusable(f"{path} is larger than a megabyte. {_WHOLE}")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RulesUnusable(f"{path} cannot be read: {error.strerror}. {_WHOLE}") from None
    except UnicodeDecodeError:
        raise RulesUnusable(f"{path} is not written in UTF-8. Hint: save it as UTF-8.") from None


def parse_rules(path: Path, text: str, policies: BaseModel) -> tuple[DatedRule, ...]:
    """Return the rules in the text of the file `path`, as `read_rules`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        last = f"at line {len(text.splitlines())}, the last"
        said = (str(error)[:1].lower() + str(error)[1:]).replace("at end of document", last)
        raise RulesUnusable(
            f"{path} is not whole, or not TOML: {said}. Hint: finish that line, or copy the file anew."
        ) from None
    entries = tables.get("rule")
    if set(tables) != {"rule"} or not isinstance(entries, list):
        strange = next((name for name in tables if name != "rule"), "")
        said = f"holds “{strange}” where only [[rule]] is read" if strange else "holds no [[rule]]"
        raise RulesUnusable(f"{path} {said}. {_WHOLE}")
    lines = _Lines(path, text)
    rules = [_read_rule(lines, at, entry) for at, entry in enumerate(entries)]
    lines.stop()
    whole = [rule for rule in rules if rule is not None]
    _check_names(lines, whole, policies)
    _check_days(lines, whole, policies)
    lines.stop()
    _check_values(lines, whole, policies)
    lines.stop()
    return tuple(sorted(whole, key=lambda rule: rule.since))


def lies_ahead(rules: Sequence[DatedRule], today: date) -> list[str]:
    """Return a sentence for each rule whose document or comparison bears a day that is still to come."""
    return [
        f"{rule.name} from {rule.since:%d/%m/%Y}: `{field}` is {day:%d/%m/%Y}, and today is {today:%d/%m/%Y}"
        for rule in rules
        for field, day in (("dated", rule.dated), ("verified", rule.verified))
        if day > today
    ]


class _Lines:
    """Where each entry stands in the file, and what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._lines = path, text.splitlines()
        self._heads = [at for at, line in enumerate(self._lines) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
        self._wrong: list[str] = []

    def where(self, at: int, field: str = "") -> str:
        """Return the line of a field of one entry, counted from one; else of its head."""
        if at >= len(self._heads):  # they are counted as text: entries may be written otherwise
            return f"entry {at + 1}"
        head, end = self._heads[at], [*self._heads, len(self._lines)][at + 1]
        body = range(head + 1, end)
        key = re.compile(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=") if field else None
        found = next((n for n in body if key is not None and key.match(self._lines[n])), head)
        return f"line {found + 1}"

    def wrong(self, at: int, field: str, said: str, hint: str) -> None:
        self._wrong.append(f"{self._path}, {self.where(at, field)}: {said}. Hint: {hint}.")

    def stop(self) -> None:
        if self._wrong:
            raise RulesUnusable("\n".join(self._wrong))


def _read_rule(lines: _Lines, at: int, entry: Any) -> DatedRule | None:
    if not isinstance(entry, dict):
        lines.wrong(at, "", "an entry is a table", "begin it with [[rule]]")
        return None
    try:
        return DatedRule.model_validate(entry)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            field = str(one["loc"][0])
            lines.wrong(at, field, *_misfit(field, one))
        return None


_ABOUT = {
    "name": 'the value\'s name, for example name = "away.exempt_months"',
    "value": "the new value, for example value = 18",
    "from": "the day from which it holds, for example from = 2027-01-01",
    "document": 'the document with its number, for example document = "Hướng dẫn 07-HD/TW"',
    "dated": "the day that the document bears, for example dated = 2026-12-15",
    "verified": "the day on which somebody compared the value with the text, for example verified = 2026-12-20",
    "sure": "confirmed, single source or unconfirmed",
}


def _misfit(field: str, error: Any) -> tuple[str, str]:
    if error["type"] == "missing":
        return f"`{field}` is missing", f"write {_ABOUT[field]}"
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(field, [*_ABOUT, "article", "note"], n=1)
        return f"`{field}` is no field of a rule", f"write `{near[0]}`" if near else "remove it"
    return f"`{field}` cannot be used: {error['msg']}", f"write {_ABOUT.get(field, 'a few words')}"


def _check_names(lines: _Lines, rules: Sequence[DatedRule], policies: BaseModel) -> None:
    known = {row.name for row in sourced_fields(policies)}
    for at, rule in enumerate(rules):
        if rule.name in known:
            continue
        variable = f"BOT_{rule.name.upper().replace('.', '__')}"
        policy = getattr(policies, rule.room, None)
        if isinstance(policy, Policy) and rule.field in type(policy).model_fields:
            lines.wrong(at, "name", f"{rule.name} comes from no document", f"set {variable} instead")
            continue
        near = difflib.get_close_matches(rule.name.removeprefix("BOT_").lower(), sorted(known), n=1)
        hint = f"did you mean {near[0]}" if near else "`python -m bot check --rules` lists the names"
        lines.wrong(at, "name", f"there is no value {rule.name}", hint)


def _check_days(lines: _Lines, rules: Sequence[DatedRule], policies: BaseModel) -> None:
    """Each value's history is read from top to bottom, and begins no earlier than what the program was delivered with."""
    before = {
        row.name: (row.source.effective, "what the program was delivered with")
        for row in sourced_fields(policies)
    }
    seen: dict[str, int] = {}
    for at, rule in enumerate(rules):
        if rule.dated > rule.since:
            said = f"{rule.name} would hold from {_day(rule.since)}, before its document was written ({_day(rule.dated)})"
            lines.wrong(at, "from", said, "correct `from` or `dated`")
        if rule.verified < rule.dated:
            said = f"{rule.name} was compared with a document that is newer ({_day(rule.dated)})"
            lines.wrong(at, "verified", said, "`verified` is the day on which somebody read that document")
        since, what = before.get(rule.name, (None, ""))
        if rule.name in seen and rule.since == since:
            said = f"{rule.name} overlaps: {what} holds from the same day, {_day(rule.since)}"
            lines.wrong(at, "from", said, "leave one of the two, or correct its `from`")
        elif since is not None and rule.since < since:
            said = f"{rule.name} is dated backwards: {_day(rule.since)} lies before {_day(since)}, from when {what} holds"
            lines.wrong(
                at, "from", said, "correct `from`; of one value the older rule stands above the newer"
            )
        seen[rule.name] = at
        before[rule.name] = rule.since, lines.where(at)


def _check_values(lines: _Lines, rules: Sequence[DatedRule], policies: BaseModel) -> None:
    """Try each day of the file by itself: what fits alone may not go with the rest."""
    for day, room in sorted({(rule.since, rule.room) for rule in rules}):
        try:
            replaced(getattr(policies, room), _values_on(rules, day)[room])
        except ValidationError as error:
            here = [at for at, rule in enumerate(rules) if (rule.since, rule.room) == (day, room)]
            for one in error.errors(include_url=False, include_input=False):
                # a misfit of several values names no field: the day's last one is what brought it about
                at = next((at for at in here if rules[at].field in one["loc"]), here[-1])
                said = str(one["msg"]).removeprefix("Value error, ").rstrip(".")
                said = f"{rules[at].name} cannot be {rules[at].value!r}: {said}"
                lines.wrong(at, "value", said, _about(policies, rules[at]))
            return


def _about(policies: BaseModel, rule: DatedRule) -> str:
    return (type(getattr(policies, rule.room)).model_fields[rule.field].description or "").rstrip(".")


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def turns(rules: Sequence[DatedRule], after: date) -> Iterator[date]:
    """Yield the days after `after` on which a value changes."""
    yield from sorted({rule.since for rule in rules if rule.since > after})
