"""Who is to hear of it, in plain words, and who is left out and why: asked of the tables at the moment of use.

of the audience ─┬─ no account ────────────> NO_ACCOUNT
                 ├─ Telegram delivers nothing > UNREACHABLE
                 ├─ said no to contact ─────> NO_CONSENT    offices are written to as offices: not asked
                 └─ WAITING, from now on or from the morning of their own clock
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from models.contact.checkin import OWING, Checkin
from models.contact.contact_note import ContactNote
from models.ground.clock import HOME_ZONE, decent, local_date
from models.meeting.notice.rows import Audience, Notice, R, ReceiptState
from models.people.member import TOLD, UNREACHABLE, Account, Consent, Member, Purpose
from models.people.rights import DESK, Appointment, holding
from models.people.unit import Unit, UnitKind, units_below

_CELL = 25  # people of a cell, on the average


@dataclass(frozen=True, slots=True)
class Addressees:
    """In whose name, to whom. `by_id`: who writes it and need not be told."""

    unit_id: int
    audience: Audience
    by_id: int
    silent_days: int = 60

    @property
    def needs_consent(self) -> bool:
        return self.audience is not Audience.SECRETARIES


@dataclass(frozen=True, slots=True)
class Hearer:
    """One of the audience, and how it stands with them."""

    member_id: int
    zone: str
    state: ReceiptState


@dataclass(frozen=True, slots=True)
class Arrival:
    """So many are told from then on; `zone` is a clock on which it is that moment."""

    at: datetime
    zone: str
    count: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What sending would do. `left_out`: how many by reason."""

    arrivals: tuple[Arrival, ...]
    left_out: dict[ReceiptState, int]
    done_at: datetime  # when the last one is told, at the allowed pace

    @property
    def told(self) -> int:
        return sum(one.count for one in self.arrivals)

    @property
    def people(self) -> int:
        return self.told + sum(self.left_out.values())


def aim_of(notice: Notice, *, silent_days: int) -> Addressees:
    return Addressees(notice.unit_id, Audience(notice.audience), notice.by_id, silent_days)


def arrives_at(zone: str, *, urgent: bool, now: datetime) -> datetime:
    """Return now, or the end of the night that it is there."""
    return now if urgent else decent(now, zone)


def forecast(
    db: Session, aim: Addressees, *, urgent: bool, messages: int, rate: float, now: datetime
) -> Forecast:
    """Count in the database when all will be told, at `rate` messages a second and `messages` for each person."""
    people = _people(db, aim, now=now).subquery()
    columns = (people.c.zone, people.c.address.is_not(None), people.c.reachability, people.c.given)
    left_out: dict[ReceiptState, int] = {}
    told: dict[datetime, Arrival] = {}
    for zone, has_account, reachability, given, count in db.execute(
        select(*columns, func.count()).group_by(*columns)
    ):
        state = _state(aim, has_account=has_account, reachability=reachability, given=given)
        if state is R.WAITING:
            at = arrives_at(zone, urgent=urgent, now=now)
            known = told.get(at)
            told[at] = Arrival(at, known.zone if known else zone, count + (known.count if known else 0))
        else:
            left_out[state] = left_out.get(state, 0) + count
    arrivals = tuple(sorted(told.values(), key=lambda one: one.at))
    return Forecast(arrivals, left_out, done_at(arrivals, messages=messages, rate=rate, now=now))


def done_at(arrivals: Sequence[Arrival], *, messages: int, rate: float, now: datetime) -> datetime:
    """Return when all are told: nobody before their morning, and no faster than the pace."""
    at = now
    for one in arrivals:
        at = max(at, one.at) + timedelta(seconds=one.count * messages / rate)
    return at


def hearers_after(
    db: Session, aim: Addressees, cursor: int, *, limit: int, now: datetime
) -> tuple[list[Hearer], int | None]:
    """Return the next `limit` of the audience and the cursor after them, None when there is nobody more.

    Cell by cell, since an index gives a cell's people: in the order of people each turn would read the whole audience.
    """
    if aim.audience is Audience.SECRETARIES:
        rows = _people(db, aim, now=now).where(Member.id > cursor).order_by(Member.id).limit(limit)
        found = _hearers(db, aim, rows)
        return found, found[-1].member_id if found else None
    below = sorted(row.id for row in db.execute(units_below(aim.unit_id)) if row.id > cursor)
    cells = below[: max(limit // _CELL, 1)]
    if not cells:
        return [], None
    return _hearers(db, aim, _people(db, aim, now=now, cells=cells)), cells[-1]


def _hearers(db: Session, aim: Addressees, people: Any) -> list[Hearer]:
    return [
        Hearer(
            row.id,
            row.zone,
            _state(aim, has_account=row.address is not None, reachability=row.reachability, given=row.given),
        )
        for row in db.execute(people)
    ]


def names_left_out(
    db: Session, aim: Addressees, *, limit: int, now: datetime
) -> list[tuple[str, ReceiptState]]:
    """Return who of a cell is not told, and why, for its own secretary."""
    found: list[tuple[str, ReceiptState]] = []
    people = _people(db, aim, now=now).add_columns(Member.full_name).order_by(Member.sort_key, Member.id)
    for row in db.execute(people):
        state = _state(
            aim, has_account=row.address is not None, reachability=row.reachability, given=row.given
        )
        if state is not R.WAITING:
            found.append((row.full_name, state))
        if len(found) == limit:
            break
    return found


def _state(
    aim: Addressees, *, has_account: bool, reachability: str | None, given: bool | None
) -> ReceiptState:
    if not has_account:
        return R.NO_ACCOUNT
    if aim.needs_consent and not given:
        return R.NO_CONSENT
    return R.UNREACHABLE if reachability in UNREACHABLE else R.WAITING


def _people(db: Session, aim: Addressees, *, now: datetime, cells: Sequence[int] | None = None) -> Any:
    """id, zone, address, reachability, given of the audience; `cells`: of those in these cells only."""
    newest = (
        select(Consent.given)
        .where(Consent.member_id == Member.id, Consent.purpose == Purpose.CONTACT)
        .order_by(Consent.at.desc(), Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Member.id, Member.zone, Account.address, Account.reachability, newest.label("given"))
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .where(Member.left_at.is_(None), Member.id != aim.by_id, *_belongs(db, aim, cells, now=now))
    )


def _belongs(
    db: Session, aim: Addressees, within: Sequence[int] | None, *, now: datetime
) -> list[ColumnElement[bool]]:
    unit = db.get_one(Unit, aim.unit_id)
    is_cell = unit.kind == UnitKind.CELL
    below = units_below(aim.unit_id)
    if aim.audience is Audience.SECRETARIES:
        cells = select(Unit.id).where(Unit.kind == UnitKind.CELL, Unit.id.in_(below))
        held = select(Appointment.member_id).where(
            Appointment.unit_id.in_(cells),
            Appointment.role.in_(DESK),
            *holding(now),
        )
        return [Member.id.in_(held)]
    there: ColumnElement[bool]
    if within is not None:
        there = Member.cell_id.in_(within)
    else:
        there = Member.cell_id == unit.id if is_cell else Member.cell_id.in_(below)
    return [there, *_stands(aim, now=now)]


def _stands(aim: Addressees, *, now: datetime) -> list[ColumnElement[bool]]:
    away = Member.place_code.is_not(None)
    match aim.audience:
        case Audience.AWAY:
            return [away]
        case Audience.ABROAD:
            return [away, Member.place_code.not_like("VN-%")]
        case Audience.SILENT:
            return [away, *_silent(now - timedelta(days=aim.silent_days))]
        case Audience.UNANSWERED:
            owes = select(Checkin.id).where(Checkin.member_id == Member.id, Checkin.state.in_(OWING))
            return [owes.exists()]
        case Audience.ALL | Audience.SECRETARIES:  # who holds the office was asked before
            return []
        case _:  # an audience without a condition would be everybody
            assert_never(aim.audience)


def _silent(since: datetime) -> list[ColumnElement[bool]]:
    """No report, no contact noted, no account linked since then."""
    answered = select(Checkin.id).where(Checkin.member_id == Member.id, Checkin.answered_at >= since)
    noted = select(ContactNote.id).where(
        ContactNote.member_id == Member.id, ContactNote.happened_on >= local_date(since, HOME_ZONE)
    )
    linked = select(Account.id).where(Account.member_id == Member.id, Account.linked_at >= since)
    return [~one.correlate(Member).exists() for one in (answered, noted, linked)]
