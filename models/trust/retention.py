"""How long each table's rows are kept, and what is deleted when that is over.

    a row is past its term ──> its words are erased (EMPTY), or it is deleted with all rows below it (DELETE);
                               a person who left long ago becomes a row without a name (NAMELESS)

`RULES` has a line for each table that ends by itself; what hangs below one ends with it. Tables with a job of their own
stand in `OWN_JOBS`; those of the terms in `KEPT` are as long as what they describe. A test finds a table that has none.
Whoever looks first: `python -m bot retention` counts what would go, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, and_, case, delete, func, select, update
from sqlalchemy.orm import Session

from models.ground.base import Base
from models.ground.clock import HOME_ZONE, local_date
from models.ground.field_table import field_table
from models.ground.fields import Term
from models.ground.names import fold, sort_key
from models.people.held import emptied, erase_rows_about
from models.trust.policy import RetentionPolicy
from models.year.review.rating import keep_counts


class Disposal(StrEnum):
    DELETE = "delete"  # with all rows below
    EMPTY = "empty"  # sealed columns, and those that the field table names
    NAMELESS = "nameless"  # a member who left: everything of theirs, and the name


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of `table` whose `since` (the first of these columns that is filled) is so many years ago."""

    table: str
    since: tuple[str, ...]
    years: str  # a field of RetentionPolicy
    how: Disposal = Disposal.DELETE
    states: tuple[str, ...] = ()  # only in these; empty: in any


RULES: tuple[Rule, ...] = (
    Rule("checkin", ("answered_at", "closes_at"), "words_years", Disposal.EMPTY),
    Rule("checkin", ("closes_at",), "checkin_years"),
    Rule("contact_note", ("recorded_at",), "contact_years"),
    Rule("call_line", ("made_at",), "contact_years"),
    Rule("pause", ("ended_at",), "contact_years"),
    Rule("ladder", ("ended_at",), "contact_years"),
    Rule("rhythm_offer", ("decided_at", "offered_at"), "contact_years"),
    Rule("tally", ("at",), "contact_years"),
    Rule("reachability_move", ("at",), "contact_years"),
    Rule("away", ("closed_at",), "absence_years"),
    Rule("agreement", ("ended_at",), "absence_years"),
    Rule("request", ("closed_at",), "request_years"),
    Rule("law_request", ("settled_at",), "request_years"),
    Rule("meeting", ("starts_at",), "meeting_years", states=("closed", "cancelled", "dropped")),
    Rule("task", ("closed_at",), "task_years"),
    Rule("year_sheet", ("seen_at", "asked_at"), "task_years"),
    Rule("study_note", ("noted_at",), "task_years"),
    Rule("probation", ("ended_at",), "probation_years"),
    Rule("invite", ("created_at",), "invite_years"),
    Rule("name_request", ("ended_at", "decided_at"), "names_years"),
    Rule("visit", ("at",), "names_years"),
    Rule("stand_in", ("ends_at",), "office_years"),
    Rule("assignment", ("ends_at",), "office_years"),
    Rule("appointment", ("ends_at",), "office_years"),
    Rule("handover", ("done_at",), "office_years"),
    Rule("account", ("closed_at",), "run_years"),
    Rule("data_visit", ("ends_at",), "run_years"),
    Rule("outage", ("ended_at",), "run_years"),
    Rule("roster_left", ("at",), "run_years"),
    Rule("member", ("left_at",), "membership_years", Disposal.NAMELESS),
)
OWN_JOBS: dict[str, str] = {  # table -> the job that ends its rows
    "inbox": "inbox.drop_old",
    "outbox": "outbox.drop_old",
    "page_message": "page.drop_old",
    "upload_part": "page.drop_old",
    "browser": "page.drop_old",
    "page_link": "page.drop_old",
    "push_subscription": "page.drop_old",
    "knock": "knock.drop_old",
    "conversation": "conversation.drop_old",
    "form_end": "conversation.drop_old",
    "choice_list": "conversation.drop_old",
    "file": "file.drop_loose",
    "job_run": "job_run.drop_old",
    "moved_row": "job_run.drop_old",
    "audit_run": "audit.drop_old",
    "notice": "notice.drop_old",
    "roll_call": "rollcall.drop_old",
    "campaign": "review.drop_old",
    "trail": "trail.drop_old",
}
KEPT = {Term.STRUCTURE, Term.STATE, Term.FIGURES}
WITH_THE_MEMBER = {Term.CONSENT, Term.SECRET}  # they end with NAMELESS, or are replaced
_NOBODY = "(đã ra khỏi danh sách)"


# --- questions ------------------------------------------------------------------------------------------------------


def has_end(table: Table, seen: frozenset[str] = frozenset()) -> bool:
    """Return whether the table's rows end some day: by a rule, a job, what they hang below, or with their member."""
    about = field_table()[table.name]
    if (
        table.name in {rule.table for rule in RULES}
        or table.name in OWN_JOBS
        or about.term in KEPT | WITH_THE_MEMBER
    ):
        return True
    above = {key.column.table for key in table.foreign_keys if not key.parent.nullable} - {table}
    named = {one for one in above if one.name not in {"unit", "member", *seen}}
    return any(has_end(one, seen | {table.name}) for one in named)


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule would do now."""

    rule: Rule
    years: int
    rows: int
    oldest: date | None


def due_rows(db: Session, policy: RetentionPolicy, *, now: datetime) -> list[Due]:
    """Return rule by rule how many rows are past their term. Nothing is changed: it is the dry run."""
    return [_due(db, rule, policy, now=now) for rule in RULES]


def _due(db: Session, rule: Rule, policy: RetentionPolicy, *, now: datetime) -> Due:
    table = Base.metadata.tables[rule.table]
    rows, oldest = db.execute(
        select(func.count(), func.min(_moment(table, rule))).where(_is_due(table, rule, policy, now=now))
    ).one()
    return Due(rule, getattr(policy, rule.years), rows, local_date(oldest, HOME_ZONE) if oldest else None)


def _is_due(table: Table, rule: Rule, policy: RetentionPolicy, *, now: datetime) -> Any:
    # at most the 28th: most years have no 29 February
    term = now.replace(year=now.year - getattr(policy, rule.years), day=min(now.day, 28))
    conditions = [_moment(table, rule) < term]
    if rule.states:
        conditions.append(table.c.state.in_(rule.states))
    if rule.how is Disposal.EMPTY:
        names = emptied(table)
        conditions.append(
            case(*((table.c[name].is_not(None), 1) for name in names if names[name] is None), else_=0) == 1
        )
    if rule.how is Disposal.NAMELESS:
        conditions.append(table.c.full_name != _NOBODY)
    return and_(*conditions)


def _moment(table: Table, rule: Rule) -> Any:
    first, *others = (table.c[name] for name in rule.since)
    return func.coalesce(first, *others, type_=first.type) if others else first


# --- the act --------------------------------------------------------------------------------------------------------


def retain(db: Session, policy: RetentionPolicy, *, now: datetime, limit: int = 200) -> bool:
    """Do to a handful of rows of one rule what it says; return whether there was work."""
    for rule in RULES:
        table = Base.metadata.tables[rule.table]
        key = next(iter(table.primary_key.columns))
        ids = list(
            db.scalars(select(key).where(_is_due(table, rule, policy, now=now)).order_by(key).limit(limit))
        )
        if ids:
            _end(db, table, rule, ids)
            return True
    return False


def _end(db: Session, table: Table, rule: Rule, ids: Sequence[int]) -> None:
    match rule.how:
        case Disposal.DELETE:
            delete_with_below(db, table, ids)
        case Disposal.EMPTY:
            db.execute(update(table).where(table.c.id.in_(ids)).values(emptied(table)))
        case Disposal.NAMELESS:
            for one in ids:
                _make_nameless(db, table, one)
    db.expire_all()


def delete_with_below(db: Session, table: Table, ids: Sequence[int]) -> None:
    """Delete these rows, and first what hangs below them. A key that may be empty is emptied."""
    key = next(iter(table.primary_key.columns))
    for below, column in _below(table):
        if column.nullable:
            db.execute(update(below).where(column.in_(ids)).values({column.name: None}))
        elif found := list(db.scalars(select(below.c.id).where(column.in_(ids)))):
            delete_with_below(db, below, found)
    db.execute(delete(table).where(key.in_(ids)))


def _below(table: Table) -> Iterator[tuple[Table, Any]]:
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            if other is not table and any(key.column.table is table for key in column.foreign_keys):
                yield other, column


def _make_nameless(db: Session, table: Table, member_id: int) -> None:
    """Others' rows go on saying that somebody did something, but not who it was."""
    keep_counts(db, member_id=member_id)
    erase_rows_about(db, member_id)
    for below in (Base.metadata.tables["consent"], Base.metadata.tables["appointment"]):
        found = list(db.scalars(select(below.c.id).where(below.c.member_id == member_id)))
        delete_with_below(db, below, found)
    nameless = {"full_name": _NOBODY, "sort_key": sort_key(_NOBODY), "folded": fold(_NOBODY), "apart": ""}
    empty = {**emptied(table), "birth_year": None, "joined_on": None, "official_on": None, **nameless}
    db.execute(update(table).where(table.c.id == member_id).values(empty))
