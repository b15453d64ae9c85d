"""The values of the rules as they stand together: what a paper that is filed today is filed under.

    policies of today ──version_of──> RuleVersion    one row for each set of values that was ever in force
    a dossier (a paper of an absence) bears the version of its day and keeps it, whatever the file of rules says later
    turned_at: since when open cases are counted by it (models/trust/recount.py); None: only papers bear it

When somebody compares a value with its text anew, that makes no version: value, document and day are the same.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import to_json, to_jsonable_python
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.ground.base import Base, Identified, table_of
from models.ground.bulk import bulk_insert
from models.ground.rules import Policy, Sourced, Sure, as_typed, replaced, sourced_fields
from models.ground.sealing import new_id

P = TypeVar("P", bound=Policy)


class HeldValue(BaseModel):
    """A value with the document that gave it, as they stood."""

    model_config = ConfigDict(frozen=True)

    value: Any
    document: str
    article: str
    since: date | None
    verified: date
    sure: Sure

    @property
    def source(self) -> Sourced:
        return Sourced(
            document=self.document,
            article=self.article,
            effective=self.since,
            verified=self.verified,
            sure=self.sure,
        )

    @property
    def said(self) -> tuple[Any, str, str, date | None]:
        return self.value, self.document, self.article, self.since


Values = dict[str, HeldValue]
_VALUES = TypeAdapter(Values)


class RuleVersion(Identified, Base):
    __tablename__ = "rule_version"

    digest: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]  # Values, as JSON
    made_at: Mapped[datetime]
    turned_at: Mapped[datetime | None]

    @property
    def values(self) -> Values:
        return _read(self.body)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One value, before and after. None: that version of the program did not know it."""

    name: str
    before: HeldValue | None
    after: HeldValue | None


def in_words(change: RuleChange) -> tuple[str, str, str]:
    """Return the value before, the value after, each as it is typed, and the document of the latter."""
    before, after = (as_typed(one.value) if one is not None else "–" for one in (change.before, change.after))
    return before, after, change.after.document if change.after is not None else ""


def values_of(policies: BaseModel) -> Values:
    return {
        row.name: HeldValue(
            value=to_jsonable_python(row.value),
            document=row.source.document,
            article=row.source.article,
            since=row.source.effective,
            verified=row.source.verified,
            sure=row.source.sure,
        )
        for row in sourced_fields(policies)
    }


def changes(before: Values, after: Values) -> list[RuleChange]:
    """Return what is another value, or the same by another document."""
    found = (RuleChange(name, before.get(name), after.get(name)) for name in sorted({*before, *after}))
    return [
        one for one in found if one.before is None or one.after is None or one.before.said != one.after.said
    ]


class _Written(NamedTuple):
    policies: BaseModel
    digest: str
    body: str


_known: deque[_Written] = deque(maxlen=8)  # writing them takes some milliseconds, and is asked each minute


def _written(policies: BaseModel) -> _Written:
    for seen in tuple(_known):
        if seen.policies is policies:
            return seen
    values = values_of(policies)
    said = sorted((name, one.said) for name, one in values.items())
    digest = hashlib.sha256(to_json(said)).hexdigest()
    _known.append(_Written(policies, digest, _VALUES.dump_json(values).decode()))
    return _known[-1]


def digest_of(policies: BaseModel) -> str:
    """Return the name of their values: the same as long as value, document and day are."""
    return _written(policies).digest


def version_of(db: Session, policies: BaseModel, *, now: datetime) -> RuleVersion:
    """Return the row of these values; it is made where they are new."""
    _, digest, body = _written(policies)
    row = select(RuleVersion).where(RuleVersion.digest == digest)
    if (found := db.scalar(row)) is None:
        fresh = {"id": new_id(), "digest": digest, "body": body, "made_at": now, "turned_at": None}
        # another process may make it at this moment: then that one is taken
        bulk_insert(db.connection(), table_of(RuleVersion), [fresh], once=("digest",))
        found = db.scalars(row).one()
    return found


def last_turned(db: Session, *, before: datetime | None = None) -> RuleVersion | None:
    """Return the version by which open cases are counted; `before`: then."""
    rows = select(RuleVersion).where(RuleVersion.turned_at.is_not(None))
    if before is not None:
        rows = rows.where(RuleVersion.turned_at < before)
    return db.scalars(rows.order_by(RuleVersion.turned_at.desc(), RuleVersion.id.desc()).limit(1)).first()


def as_kept(policy: P, room: str, version: RuleVersion, fields: Collection[str]) -> P:
    """Return the policy with these of its fields as they stood in that version."""
    held: Mapping[str, HeldValue] = version.values
    kept = {
        field: (one.value, one.source) for field in fields if (one := held.get(f"{room}.{field}")) is not None
    }
    try:
        return replaced(policy, kept)
    except ValidationError:  # a newer program knows such a value no more
        return policy


@lru_cache(maxsize=64)
def _read(body: str) -> Values:
    return _VALUES.validate_json(body)
