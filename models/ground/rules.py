"""Numbers that come from a rule of the Party: each says which document, since when, and who last looked it up.

    exempt_months: Annotated[int, Sourced("HD 01-HD/TW 28/09/2021", article="10.3", ...)] = 12

The value is a setting like any other, so a new rule is a new value, not new code (product.md, principle 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict


class Policy(BaseModel):
    """What one room may be told by the operator; the line under a value explains the setting."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


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

    def is_stale(self, on: date) -> bool:
        """Return whether nobody has compared it with its document for half a year. A practice has no document."""
        return bool(self.source.document) and on - self.source.verified > VERIFY_AGAIN


def sourced_fields(policies: BaseModel, prefix: str = "BOT_") -> list[SourcedValue]:
    """Return every value that names its source, in nested policies too, in the order in which they are declared."""
    return list(_walk(policies, prefix))


def stale_rules(policies: BaseModel, on: date) -> list[SourcedValue]:
    """Return the values that are to be compared with their documents again."""
    return [one for one in sourced_fields(policies) if one.is_stale(on)]


def source_of(policy: type[BaseModel], field: str) -> Sourced:
    """Return the source of one field. Raises LookupError for a field that names none."""
    for found in policy.model_fields[field].metadata:
        if isinstance(found, Sourced):
            return found
    raise LookupError(f"{policy.__name__}.{field} names no source")


def _walk(policies: BaseModel, prefix: str) -> Iterator[SourcedValue]:
    for name, field in type(policies).model_fields.items():
        value, variable = getattr(policies, name), f"{prefix}{name}".upper()
        if isinstance(value, BaseModel):
            yield from _walk(value, f"{variable}__")
        yield from (
            SourcedValue(variable, value, mark) for mark in field.metadata if isinstance(mark, Sourced)
        )
