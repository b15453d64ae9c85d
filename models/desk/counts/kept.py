"""The figures of each cell, kept; exact at every look, because a cell where something has happened since is asked anew.

    a row that is counted changes ──trigger──> cell_touched        in the same transaction, whoever writes: also an older program
    each minute                            cell_touched ──> cell_sum    by the live question, some cells at a time
    a look                                 the sums that hold, in one statement; the cells that are touched, or whose
                                           time is over, by the live question

A sum holds from `counted_at` until `good_until`, for the numbers it was counted by (`rule`). A touch only ever adds a row, so it
waits for nobody, and none is lost: who counts takes the rows away first, and sees all that had put them there. The triggers are
in models/migrations/cell_touches.py; that they watch whatever the live question reads, tests/models/desk/test_counts_kept.py
holds. The audit asks the live question beside the sums (`untrue_sums`). Why so: docs/decisions/0079.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Index,
    Select,
    and_,
    case,
    column,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    text,
    union,
    values,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.desk.counts.live import CellFigures, Counts, live_figures
from models.desk.policy import CountsPolicy
from models.ground.base import Base, partial_index, table_of
from models.ground.bulk import bulk_insert
from models.people.member import Member
from models.people.unit import Unit

_QUESTION = 1  # raised when the live question changes: what an older program counted is then counted anew
_MANY = 2000  # cells: beyond, one question about all of them costs less than a list of them
_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_NAMES = tuple(one.name for one in fields(Counts))
_LOCK = 79  # of who counts (PostgreSQL)


class CellSum(Base):
    """The figures of one unit by itself, without what is below it: of a cell those of its roster, of others zero."""

    __tablename__ = "cell_sum"

    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rule: Mapped[str]
    counted_at: Mapped[datetime]
    good_until: Mapped[datetime]
    members: Mapped[int]
    away: Mapped[int]
    registered: Mapped[int]
    unreachable: Mapped[int]
    asked: Mapped[int]
    answered: Mapped[int]
    late: Mapped[int]
    ending: Mapped[int]
    requests: Mapped[int]
    escalated: Mapped[int]

    __table_args__ = (
        Index("ix_cell_sum_good_until", "good_until"),
        Index("ix_cell_sum_rule", "rule"),
    )

    @property
    def counts(self) -> Counts:
        return Counts(*(getattr(self, name) for name in _NAMES))


class CellTouched(Base):
    """A unit, or the cell where a person is by now, is to be counted anew.

    Without a key: several transactions touch the same cell at the same time, and none waits for another.
    """

    __tablename__ = "cell_touched"

    unit_id: Mapped[int | None] = mapped_column()
    person_id: Mapped[int | None] = mapped_column()

    __table_args__ = (
        partial_index("ix_cell_touched_unit_id", "unit_id", where="unit_id IS NOT NULL"),
        partial_index("ix_cell_touched_person_id", "person_id", where="person_id IS NOT NULL"),
    )
    __mapper_args__ = {"primary_key": [unit_id, person_id]}  # noqa: RUF012 - as SQLAlchemy declares it


TOUCHED = table_of(CellTouched)


# --- a look ---------------------------------------------------------------------------------------------------------


def figures_of(db: Session, part: CTE, policy: CountsPolicy, *, now: datetime) -> dict[int, Counts]:
    """Return the figures by branch; one with nobody on its rosters is left out. `part`: `id` and `branch` (`closure`)."""
    touched = _touched()
    joined = part.outerjoin(CellSum, and_(CellSum.unit_id == part.c.id, _holds(policy, now)))
    holds = and_(CellSum.unit_id.is_not(None), touched.c.id.is_(None))
    loose = case((not_(holds), part.c.id))
    sums = (func.sum(case((holds, getattr(CellSum, name)))) for name in _NAMES)
    rows = db.execute(
        select(part.c.branch, loose, *sums)
        .select_from(joined.outerjoin(touched, touched.c.id == part.c.id))
        .group_by(part.c.branch, loose)
    ).all()
    anew = [(row[1], row[0]) for row in rows if row[1] is not None]
    if len(anew) > _MANY:
        return {branch: one.counts for branch, one in live_figures(db, part, policy, now=now).items()}
    found = {row[0]: Counts(*map(int, row[2:])) for row in rows if row[1] is None}
    for branch, live in live_figures(db, _listed(anew), policy, now=now).items() if anew else ():
        found[branch] = found.get(branch, Counts()) + live.counts
    return {branch: counts for branch, counts in found.items() if counts.members}


def _holds(policy: CountsPolicy, now: datetime) -> ColumnElement[bool]:
    """A clock may have been set back since."""
    return and_(CellSum.rule == _rule(policy), CellSum.counted_at <= now, CellSum.good_until > now)


def _rule(policy: CountsPolicy) -> str:
    """By which numbers is counted."""
    return f"{_QUESTION}:{policy.ending_days}:{policy.network_days}"


def _touched() -> FromClause:
    units = select(TOUCHED.c.unit_id.label("id")).where(TOUCHED.c.unit_id.is_not(None))
    cells = select(Member.cell_id).join(TOUCHED, TOUCHED.c.person_id == Member.id)
    return union(units, cells.where(Member.cell_id.is_not(None))).cte("touched")


def _listed(rows: Iterable[tuple[int, int]]) -> CTE:
    return values(column("id", BigInteger), column("branch", BigInteger)).data(list(rows)).cte("part")


# --- counting -------------------------------------------------------------------------------------------------------


def cells_to_count(db: Session, policy: CountsPolicy, *, now: datetime, limit: int) -> list[int]:
    """Return the units that something has touched, and those whose time is over."""
    found = list(db.scalars(select(_touched().c.id).limit(limit)))
    rule = _rule(policy)
    old = select(CellSum.unit_id).where(
        or_(CellSum.good_until <= now, CellSum.rule < rule, CellSum.rule > rule)
    )
    return list(dict.fromkeys([*found, *db.scalars(old.limit(limit))]))[:limit]


def count_cells(db: Session, unit_ids: Collection[int], policy: CountsPolicy, *, now: datetime) -> None:
    """Count these units by the live question, and keep the sums."""
    if (
        db.get_bind().dialect.name == "postgresql"
    ):  # of two who count, the later must not be the one who read first
        db.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _LOCK})
    _take_touches(db, unit_ids)
    found = live_figures(db, _listed((one, one) for one in unit_ids), policy, now=now)
    db.execute(delete(CellSum).where(CellSum.unit_id.in_(unit_ids)))
    rows = [_row(one, found.get(one), _rule(policy), now) for one in unit_ids]
    bulk_insert(db.connection(), table_of(CellSum), rows)


def _take_touches(db: Session, unit_ids: Collection[int]) -> None:
    """First of all: what the question then sees is at least what was done with these touches."""
    db.execute(delete(TOUCHED).where(TOUCHED.c.unit_id.in_(unit_ids)))
    here = select(Member.id).where(Member.cell_id.in_(unit_ids))
    db.execute(delete(TOUCHED).where(TOUCHED.c.person_id.in_(here)))
    somewhere = select(Member.id).where(Member.id == TOUCHED.c.person_id, Member.cell_id.is_not(None))
    db.execute(delete(TOUCHED).where(TOUCHED.c.person_id.is_not(None), ~somewhere.exists()))


def _row(unit_id: int, found: CellFigures | None, rule: str, now: datetime) -> dict[str, object]:
    counts, until = found or CellFigures(Counts(), None)
    return {"unit_id": unit_id, "rule": rule, "counted_at": now, "good_until": until or _NEVER} | asdict(
        counts
    )


# --- whether they are true ------------------------------------------------------------------------------------------


def untrue_sums(db: Session, policy: CountsPolicy, *, now: datetime, limit: int) -> list[int]:
    """Return units whose sum is not what the live question says, or that have none, although nothing has touched them.

    Of many units an hour looks at its share.
    """
    before: dict[int, CellSum | None] = {row[0]: row[1] for row in db.execute(_to_prove(db, now=now))}
    live = live_figures(db, _listed((one, one) for one in before), policy, now=now) if before else {}
    wrong = {
        one
        for one, kept in before.items()
        if not _is_over(kept, policy, now)
        and (kept is None or kept.counted_at > now or kept.counts != _counts(live.get(one)))
    }
    if not wrong:
        return []
    seen = {one: kept.counted_at if kept else None for one, kept in before.items()}
    still = _to_prove(db, now=now).execution_options(populate_existing=True)
    now_there = {row[0]: row[1].counted_at if row[1] else None for row in db.execute(still)}
    # what somebody changed while we looked is touched, or counted anew
    return sorted(one for one in wrong if one in now_there and now_there[one] == seen[one])[:limit]


def _counts(found: CellFigures | None) -> Counts:
    return found.counts if found else Counts()


def _is_over(kept: CellSum | None, policy: CountsPolicy, now: datetime) -> bool:
    """Nobody believes it any more, and the job counts it anew."""
    return kept is not None and (kept.good_until <= now or kept.rule != _rule(policy))


def _to_prove(db: Session, *, now: datetime) -> Select[int, CellSum]:
    touched = _touched()
    units = (
        select(Unit.id, CellSum)
        .outerjoin(CellSum, CellSum.unit_id == Unit.id)
        .outerjoin(touched, touched.c.id == Unit.id)
        .where(Unit.closed_at.is_(None), touched.c.id.is_(None))
    )
    shares = -(-(db.scalar(select(func.count()).select_from(Unit)) or 1) // _MANY)
    return units.where(Unit.id % shares == int(now.timestamp()) // 3600 % shares)


def touch_cells(db: Session, unit_ids: Collection[int]) -> None:
    """Let these units be counted anew; until then they are asked at each look."""
    db.execute(insert(TOUCHED), [{"unit_id": one} for one in unit_ids])
