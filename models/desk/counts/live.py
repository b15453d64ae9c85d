"""The figures as they are now: one grouped question, whatever the number of cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CTE, ColumnElement, and_, case, func, literal, not_, or_, select
from sqlalchemy.orm import Session, aliased

from models.away.away import RUNNING, Away, Route
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.contact.ladder import Ladder
from models.contact.request import HelpRequest, RequestKind, RequestState
from models.desk.policy import CountsPolicy
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.ground.steps import LAST_RUNG
from models.people.member import TOLD, UNREACHABLE, Account, Consent, Member, Purpose, Reachability, agrees
from models.people.unit import Unit, closure


class Figure(StrEnum):
    """What the committee may ask the names behind."""

    LATE = "late"
    UNREACHABLE = "unreachable"
    ENDING = "ending"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one unit, or of several together. All but `members` are about members away."""

    members: int = 0
    away: int = 0
    registered: int = 0
    unreachable: int = 0
    asked: int = 0  # to check in this month
    answered: int = 0
    late: int = 0
    ending: int = 0  # exemptions
    requests: int = 0
    escalated: int = 0  # silences whose ladder has come to the committee

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def together(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def who_is_counted(
    db: Session, cell_id: int, figure: Figure, policy: CountsPolicy, *, now: datetime
) -> list[Member]:
    """Return those behind a figure of a cell who agreed to their names being shown, by name."""
    people = _people_of(closure(Unit.id == cell_id), policy, now=now)
    behind = {
        Figure.LATE: and_(people.c.state == CheckinState.LATE, not_(people.c.unreachable)),
        Figure.UNREACHABLE: people.c.unreachable,
        Figure.ENDING: people.c.ending,
        Figure.ESCALATED: and_(people.c.escalated, not_(people.c.unreachable)),
    }
    ids = select(people.c.member_id).where(people.c.away, people.c.agreed, behind[figure])
    found = db.scalars(select(Member).where(Member.id.in_(ids)).order_by(Member.sort_key, Member.id))
    return [one for one in found if may_be_named(db, one.id)]


_NAMES_SINCE = 2  # the wording that first spoke of names


def may_be_named(db: Session, member_id: int) -> bool:
    """Return whether the committee may be given the name.

    What was agreed to before names were spoken of is not enough.
    """
    return agrees(db, member_id, Purpose.COUNTS, since=_NAMES_SINCE)


class CellFigures(NamedTuple):
    """Figures, and the moment at which they change by time alone; None: never."""

    counts: Counts
    until: datetime | None


def live_figures(db: Session, part: CTE, policy: CountsPolicy, *, now: datetime) -> dict[int, CellFigures]:
    """Return them by branch; one with nobody on its rosters is left out."""
    people = _people_of(part, policy, now=now)
    away, agreed = people.c.away, and_(people.c.away, people.c.agreed)

    def count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((and_(*conditions), 1)))

    rows = db.execute(
        select(
            people.c.branch,
            func.min(people.c.ends_later),
            func.min(people.c.fails_later),
            func.count(),
            count(away),
            count(away, people.c.registered),
            count(people.c.unreachable, agreed),
            count(people.c.state.is_not(None), agreed),
            count(people.c.state == CheckinState.ANSWERED, agreed),
            count(people.c.state == CheckinState.LATE, not_(people.c.unreachable), agreed),
            count(away, people.c.ending),
            func.coalesce(func.sum(case((agreed, people.c.requests))), 0),
            count(people.c.escalated, not_(people.c.unreachable), agreed),
        ).group_by(people.c.branch)
    )
    found = {}
    for branch, ends_later, fails_later, *figures in rows:
        counts = Counts(*(int(figure) for figure in figures))
        until = _until(policy, ends_later, fails_later, now=now) if counts.away else None
        found[branch] = CellFigures(counts, until)
    return found


def _until(
    policy: CountsPolicy, due_on: date | None, failed_at: datetime | None, *, now: datetime
) -> datetime:
    """The month ends; an exemption is about to end; a network has been out of order for long enough."""
    next_month = (local_date(now, HOME_ZONE).replace(day=1) + timedelta(days=32)).replace(day=1)
    moments = [_midnight(next_month)]
    if due_on is not None:
        moments.append(_midnight(due_on - timedelta(days=policy.ending_days)))
    if failed_at is not None:
        moments.append(failed_at + timedelta(days=policy.network_days))
    return min(moments)


def _midnight(day: date) -> datetime:
    return at_wall(day, time(), HOME_ZONE)


def _people_of(part: CTE, policy: CountsPolicy, *, now: datetime) -> CTE:
    today = local_date(now, HOME_ZONE)
    ending, lasting = today + timedelta(days=policy.ending_days), now - timedelta(days=policy.network_days)
    return _people(part, today.replace(day=1), ending, lasting)


def _people(part: CTE, month: date, ending: date, lasting: datetime) -> CTE:
    """Each on a roster below, with what there is to count about them. `lasting`: a network out of order since then."""
    turn = and_(
        Checkin.member_id == Member.id,
        Checkin.kind
        == literal(CheckinKind.RHYTHM.value, literal_execute=True),  # spelt out for its partial index
        Checkin.period == month,
        Checkin.state != CheckinState.SCHEDULED,
    )
    runs = and_(Away.member_id == Member.id, Away.state.in_(RUNNING), Away.route != Route.NOTE)
    silent = and_(Ladder.member_id == Member.id, Ladder.ended_at.is_(None), Ladder.rung == LAST_RUNG)
    fails = and_(Account.reachability == Reachability.NETWORK, Account.reachability_at > lasting)
    rows = (
        select(
            part.c.branch,
            Member.id.label("member_id"),
            _is_counted().label("away"),
            case((Member.place_code.is_not(None), func.coalesce(_answer(), False)), else_=False).label(
                "agreed"
            ),
            Account.id.is_not(None).label("registered"),
            _is_unreachable(lasting).label("unreachable"),
            Checkin.state,
            func.coalesce(Away.due_on <= ending, False).label("ending"),
            case((Member.place_code.is_not(None), _open_requests()), else_=0).label("requests"),
            Ladder.id.is_not(None).label("escalated"),
            case((Away.due_on > ending, Away.due_on)).label("ends_later"),
            case((fails, Account.reachability_at)).label("fails_later"),
        )
        .select_from(part)
        .join(Member, and_(Member.cell_id == part.c.id, Member.left_at.is_(None)))
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .outerjoin(Checkin, turn)
        .outerjoin(Away, runs)
        .outerjoin(Ladder, silent)
    )
    # else each figure asks for the newest consent by itself
    return rows.cte("people").prefix_with("MATERIALIZED")


def _is_unreachable(lasting: datetime) -> ColumnElement[bool]:
    """False, never NULL, for who has no account: they are not registered."""
    network = and_(Account.reachability == Reachability.NETWORK, Account.reachability_at <= lasting)
    return func.coalesce(or_(Account.reachability.in_(UNREACHABLE), network), False)


def _is_counted() -> ColumnElement[bool]:
    """Away, and content to be counted; a registered person who has not answered has not agreed. Joined with Account."""
    never_registered = and_(Account.id.is_(None), _answer().is_(None))
    return case(
        (Member.place_code.is_(None), False), else_=or_(func.coalesce(_answer(), False), never_registered)
    )


def _answer() -> ColumnElement[bool | None]:
    """The member's newest answer to being counted; NULL: none."""
    answer = aliased(Consent)
    newest = (
        select(answer.given)
        .where(answer.member_id == Member.id, answer.purpose == Purpose.COUNTS)
        .order_by(answer.at.desc(), answer.id.desc())
        .limit(1)
        .correlate(Member)
    )
    return newest.scalar_subquery()


def _open_requests() -> ColumnElement[int]:
    """Those that the cell sees; a private one is between a few."""
    asking = select(func.count(HelpRequest.id)).where(
        HelpRequest.member_id == Member.id,
        HelpRequest.state != RequestState.CLOSED,
        HelpRequest.is_private.is_(False),
        HelpRequest.kind == RequestKind.HELP,
    )
    return asking.correlate(Member).scalar_subquery()
