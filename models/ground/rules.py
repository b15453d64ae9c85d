"""Numbers that come from a rule of the Party: each says which document, since when, and who last looked it up.

    exempt_months: Annotated[int, Sourced("HD 01-HD/TW 28/09/2021", article="10.3", ...)] = 12

The value is a setting like any other, so a new rule is a new value, not new code (product.md, principle 6). What holds from a
day on, by a newer document, stands in the operator's file of rules (rulebook.py); a policy then bears that document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, PrivateAttr
from pydantic_core import to_json, to_jsonable_python


class Policy(BaseModel):
    """What one room may be told by the operator; the line under a value explains the setting."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    _newer: dict[str, Sourced] = PrivateAttr(default_factory=dict)  # of values that a newer document has set


P = TypeVar("P", bound=Policy)


class Sure(StrEnum):
    """How far one may rely on it (the marks of domain.md)."""

    CONFIRMED = "confirmed"  # the text itself, or two independent sources
    SINGLE = "single source"
    UNCONFIRMED = "unconfirmed"  # the newest text was not seen: look before relying on it
    PRACTICE = "practice"  # no rule: what cells do, or what we chose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """Where a number comes from. `verified`: the day on which somebody last compared it with the text."""

    document: str
    article: str = ""
    effective: date | None = None
    verified: date
    sure: Sure
    note: str = ""


VERIFY_AGAIN = timedelta(
    days=183
)  # a number that nobody has compared with its text for so long is to be looked at


class SourcedValue(NamedTuple):
    variable: str  # BOT_AWAY__EXEMPT_MONTHS
    value: object
    source: Sourced

    @property
    def name(self) -> str:
        """As the file of rules calls it: away.exempt_months."""
        return self.variable.removeprefix("BOT_").lower().replace("__", ".")

    def is_stale(self, on: date) -> bool:
        """Return whether nobody has compared it with its document for half a year. A practice has no document."""
        return bool(self.source.document) and on - self.source.verified > VERIFY_AGAIN


def sourced_fields(policies: BaseModel, prefix: str = "BOT_") -> list[SourcedValue]:
    """Return every value that names its source, in nested policies too, in the order in which they are declared."""
    return list(_walk(policies, prefix))


def stale_rules(policies: BaseModel, on: date) -> list[SourcedValue]:
    """Return the values that are to be compared with their documents again."""
    return [one for one in sourced_fields(policies) if one.is_stale(on)]


def source_of(policy: BaseModel | type[BaseModel], field: str) -> Sourced:
    """Return the source of one field: of the value that this policy has; of a class, as the program was delivered.

    Raises LookupError for a field that names none.
    """
    kind = policy if isinstance(policy, type) else type(policy)
    found = dict(_fields(kind))[field]
    if isinstance(policy, Policy):
        found = policy._newer.get(field, found)
    if found is None:
        raise LookupError(f"{kind.__name__}.{field} names no source")
    return found


def as_typed(value: object) -> str:
    """Return a value as it is written in the environment: 5, PT90S (ninety seconds), P7D (seven days), ["zoom.us"]."""
    plain = to_jsonable_python(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list) else str(plain)


def replaced(policy: P, values: Mapping[str, tuple[Any, Sourced]]) -> P:
    """Return the policy with other values, each with its source. Raises ValidationError where one does not fit.

    Strictly: a file's `true` or "18" is no number.
    """
    fresh = {**policy.model_dump(mode="json"), **{name: value for name, (value, _) in values.items()}}
    made = type(policy).model_validate_json(to_json(fresh), strict=True)
    made._newer = {**policy._newer, **{name: source for name, (_, source) in values.items()}}
    return made


def _walk(policies: BaseModel, prefix: str) -> Iterator[SourcedValue]:
    for name, delivered in _fields(type(policies)):
        value, variable = getattr(policies, name), f"{prefix}{name}".upper()
        if isinstance(value, BaseModel):
            yield from _walk(value, f"{variable}__")
        elif delivered is not None:
            source = policies._newer.get(name, delivered) if isinstance(policies, Policy) else delivered
            yield SourcedValue(variable, value, source)


@cache
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, Sourced | None], ...]:
    """The fields of a policy, each with its source as the program was delivered; None: it names none."""
    marks = {
        name: [one for one in field.metadata if isinstance(one, Sourced)]
        for name, field in kind.model_fields.items()
    }
    return tuple((name, found[0] if found else None) for name, found in marks.items())
