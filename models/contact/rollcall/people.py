"""Who is asked, and whom no message reaches: asked of the tables at the moment of use.

    of those called on ─┬─ no account ──────────────────────────────> NO_ACCOUNT   ┐
                        ├─ said no to contact ──────────────────────> NO_CONSENT   │ not asked by a message: they stand
                        ├─ blocked, deactivated, never started ─────> UNREACHABLE  ┘ on the call list from the first minute
                        ├─ a page that nothing rings for ───────────> QUIET        ┐ asked, and called all the same
                        ├─ the message failed, or nobody knows ─────> FAILED       ┘
                        └─ ASKED

Everybody called on counts, also whom no message reaches: a person phones and answers for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from models.contact.rollcall.rows import CalledOn
from models.delivery.outbox import OutboxState
from models.people.member import TOLD, UNREACHABLE, Account, Consent, Member, Purpose, Reachability
from models.people.unit import Unit, UnitKind, units_below

_CELL = 25  # people of a cell, on the average


class RollCallWay(StrEnum):
    """How a person is come by."""

    ASKED = "asked"
    QUIET = "quiet"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    NO_CONSENT = "no consent"
    NO_ACCOUNT = "no account"


SENDABLE = frozenset(
    {RollCallWay.ASKED, RollCallWay.QUIET, RollCallWay.FAILED}
)  # the next question is sent to them
_NOT_ARRIVED = frozenset({OutboxState.FAILED, OutboxState.UNCERTAIN})


@dataclass(frozen=True, slots=True)
class CalledPeople:
    """Who is called on. `by_id`: who calls, and need not be asked."""

    unit_id: int
    called_on: CalledOn
    by_id: int
    place_code: str | None = None
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RollCallForecast:
    """What calling would do."""

    people: int
    asked: int  # by a message

    @property
    def to_phone(self) -> int:
        return self.people - self.asked


def newest_consent(purpose: Purpose) -> Any:
    """Return the scalar subquery of a member's newest answer to one purpose."""
    return (
        select(Consent.given)
        .where(Consent.member_id == Member.id, Consent.purpose == purpose)
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )


def counted_above() -> ColumnElement[bool]:
    """Return the condition for members whom a committee's figures may hold.

    A no means no (docs/decisions/0016). Whoever never registered was never asked.
    """
    given = newest_consent(Purpose.COUNTS)
    registered = select(Account.id).where(Account.member_id == Member.id).correlate(Member).exists()
    return or_(given.is_(True), and_(given.is_(None), ~registered))


def way_to(
    *, address: object, reachability: str | None, given: bool | None, said: str | None = None
) -> RollCallWay:
    """Return how somebody with such an account is come by. `said`: the state of their last question in the outbox."""
    if address is None:
        return RollCallWay.NO_ACCOUNT
    if not given:
        return RollCallWay.NO_CONSENT
    if reachability in UNREACHABLE:
        return RollCallWay.UNREACHABLE
    if said in _NOT_ARRIVED:
        return RollCallWay.FAILED
    return RollCallWay.QUIET if reachability == Reachability.QUIET else RollCallWay.ASKED


def forecast_roll_call(db: Session, aim: CalledPeople, *, above: bool) -> RollCallForecast:
    """Count who would be asked. `above`: for somebody who sees no names, without those who are in no figure."""
    rows = _people(db, aim)
    if above:
        rows = rows.where(counted_above())
    people = rows.subquery()
    columns = (people.c.address.is_not(None), people.c.reachability, people.c.given)
    counted = db.execute(select(*columns, func.count()).group_by(*columns)).all()
    asked = sum(
        count
        for known, reachability, given, count in counted
        if way_to(address=known or None, reachability=reachability, given=given) in SENDABLE
    )
    return RollCallForecast(sum(row[-1] for row in counted), asked)


def called_after(
    db: Session, aim: CalledPeople, cursor: int, *, limit: int
) -> tuple[list[tuple[int, int]], list[int], int | None]:
    """Return the next people (member, cell), their cells, and the cursor after them, None when there is nobody more.

    Cell by cell, since an index gives a cell's people. Those chosen one by one come at once: they are of one cell.
    """
    below = sorted(row.id for row in db.execute(units_below(aim.unit_id)) if row.id > cursor)
    cells = below[: max(limit // _CELL, 1)]
    if not cells:
        return [], [], None
    found = [(row.id, row.cell_id) for row in db.execute(_people(db, aim, cells=cells))]
    return found, sorted({cell for _, cell in found}), cells[-1]


def places_of(db: Session, unit_id: int, *, limit: int) -> list[str]:
    """Return where people of the unit work away, the most frequent place first."""
    rows = (
        select(Member.place_code, func.count().label("n"))
        .where(
            Member.left_at.is_(None), Member.cell_id.in_(units_below(unit_id)), Member.place_code.is_not(None)
        )
        .group_by(Member.place_code)
        .order_by(func.count().desc(), Member.place_code)
        .limit(limit)
    )
    return [code for code, _ in db.execute(rows) if code is not None]


def _people(db: Session, aim: CalledPeople, *, cells: Sequence[int] | None = None) -> Select[Any]:
    """id, cell, address, reachability, given of those called on; `cells`: of those in these only."""
    there = Member.cell_id.in_(cells) if cells is not None else _in_unit(db, aim.unit_id)
    return (
        select(
            Member.id,
            Member.cell_id,
            Account.address,
            Account.reachability,
            newest_consent(Purpose.CONTACT).label("given"),
        )
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .where(Member.left_at.is_(None), Member.id != aim.by_id, there, *_called(aim))
    )


def _in_unit(db: Session, unit_id: int) -> ColumnElement[bool]:
    if db.get_one(Unit, unit_id).kind == UnitKind.CELL:
        return Member.cell_id == unit_id
    return Member.cell_id.in_(units_below(unit_id))


def _called(aim: CalledPeople) -> list[ColumnElement[bool]]:
    match aim.called_on:
        case CalledOn.ALL:
            return []
        case CalledOn.PLACE:
            return [Member.place_code == aim.place_code]
        case CalledOn.PEOPLE:
            return [Member.id.in_(aim.people)]
        case _:  # without a condition it would be everybody
            assert_never(aim.called_on)
