"""A cell's months in counts: how many were asked, and what became of it. Counts only, of the cell as a whole.

    asked = answered + late + excused + unreachable + waiting

late         the answer came after the grace, or none came
excused      by the cell, or on a pause that the member announced
unreachable  closed, or open now, without a way to reach them: no miss (checkin/__init__.py)
waiting      asked, and still in time
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.contact.checkin import OWING, Checkin, CheckinKind, CheckinMove, CheckinState
from models.ground.clock import HOME_ZONE, add_months, local_date
from models.people.member import TOLD, UNREACHABLE, Account


class Became(StrEnum):
    """From the ground of a bar to its top."""

    ANSWERED = "answered"
    LATE = "late"
    EXCUSED = "excused"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Month:
    month: date
    counts: dict[Became, int]

    @property
    def asked(self) -> int:
        return sum(self.counts.values())


def months_of(db: Session, cell_id: int, *, now: datetime, count: int = 12) -> list[Month]:
    """Return the last `count` months up to the present one, oldest first. One query, whatever the size of the cell."""
    last = local_date(now, HOME_ZONE).replace(day=1)
    months = [add_months(last, -back) for back in range(count - 1, -1, -1)]
    closing = and_(CheckinMove.checkin_id == Checkin.id, CheckinMove.after == CheckinState.CLOSED)
    account = and_(Account.member_id == Checkin.member_id, TOLD)
    rows = db.execute(
        select(
            Checkin.period,
            Checkin.state,
            Checkin.answered_at,
            Checkin.late_at,
            CheckinMove.before,
            Account.reachability,
            Checkin.excused_until,
        )
        .outerjoin(CheckinMove, closing)
        .outerjoin(Account, account)
        .where(
            Checkin.cell_id == cell_id,
            Checkin.kind == CheckinKind.RHYTHM,
            Checkin.state != CheckinState.SCHEDULED,
            Checkin.period >= months[0],
            Checkin.period <= last,
        )
    )
    found: dict[date, Counter[Became]] = {month: Counter() for month in months}
    for period, state, answered_at, late_at, before, reachability, excused_until in rows:
        became = _became(state, answered_at, late_at, before, reachability)
        if became is Became.UNREACHABLE and state == CheckinState.CLOSED and excused_until is not None:
            became = Became.EXCUSED  # the excuse had moved its day past the end of the month
        if became is not None:
            found[period.replace(day=1)][became] += 1
    return [Month(month, {one: found[month][one] for one in Became}) for month in months]


_PLAIN = {
    CheckinState.LATE: Became.LATE,
    CheckinState.EXCUSED: Became.EXCUSED,
    CheckinState.PAUSED: Became.EXCUSED,
}


def _became(
    state: str, answered_at: datetime | None, late_at: datetime, before: str | None, reachability: str | None
) -> Became | None:
    """None: it was closed before anybody was asked."""
    if state == CheckinState.ANSWERED:
        return Became.LATE if answered_at is not None and answered_at > late_at else Became.ANSWERED
    seen = before if state == CheckinState.CLOSED else state
    if seen in _PLAIN:
        return _PLAIN[CheckinState(seen)]
    if state == CheckinState.CLOSED:
        return Became.UNREACHABLE if before in OWING else None
    unheard = reachability in UNREACHABLE
    return (Became.UNREACHABLE if unheard else Became.WAITING) if state in OWING else None
