"""What a committee sees of the cells below it: numbers, no names, and never of fewer than five people away.

    units below, in order   A 2   B 9   C 0   D 3   E 4   F 1
    runs of five or more    [ A + B ] [ C + D + E + F ]           each is counted as one, and shown at its carrier
                                  ^           ^                   (the unit with which it became large enough)

The last ones that are too few by themselves go to the run before them. Below a carrier its companions go along, so that
every figure on every screen is made of the same runs and no difference of two figures is smaller than a run
(docs/decisions/0016). What is counted together depends on where one stands: on the highest unit that one may see.

One grouped query a kind of figure, whatever the number of cells. Whoever is registered and has not agreed to be counted is
in no figure at all, not even among those away; whoever never registered is one of those away and in no other. None is "no
figures yet" (nobody was asked this month), never zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    and_,
    case,
    column,
    func,
    literal,
    not_,
    or_,
    select,
    values,
)
from sqlalchemy.orm import Session, aliased

from models.away.away import RUNNING, Away, Route
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.contact.ladder import Ladder
from models.contact.request import HelpRequest, RequestKind, RequestState
from models.desk.policy import CountsPolicy
from models.ground.clock import HOME_ZONE, local_date
from models.ground.folding import runs_of
from models.ground.steps import LAST_RUNG
from models.people.member import TOLD, UNREACHABLE, Account, Consent, Member, Purpose, Reachability, agrees
from models.people.rights import Right, topmost_unit
from models.people.unit import Unit, UnitKind, ancestor_ids, closure


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


@dataclass(frozen=True, slots=True)
class Group:
    """Units that are counted as one; `carrier` is among them."""

    carrier: Unit
    units: tuple[Unit, ...]
    counts: Counts

    @property
    def companions(self) -> list[Unit]:
        return [unit for unit in self.units if unit.id != self.carrier.id]


@dataclass(frozen=True, slots=True)
class View:
    """A unit as its committee sees it. `total` None: too few to be shown, or counted with `counted_with`."""

    unit: Unit
    children: list[Unit]
    total: Counts | None = None
    companions: Sequence[Unit] = ()  # counted in `total` although they are not below the unit
    counted_with: Unit | None = None
    groups: Mapping[int, Group] = field(default_factory=dict)  # by unit; empty when all together are too few
    rosters: Collection[int] = ()  # the children that have somebody on a roster


def view_of(db: Session, unit: Unit, member_id: int, policy: CountsPolicy, *, now: datetime) -> View:
    """Return what `member_id` may see of a unit.

    What is counted with it is asked level by level, from the highest down.
    """
    top = topmost_unit(db, member_id, Right.SEE_COUNTS, unit.id, now=now)
    chain = ancestor_ids(db, unit.id)
    path = [db.get_one(Unit, one) for one in reversed(chain[: chain.index(top) + 1])]
    ask = _Asking(db, policy, now)
    before: tuple[Unit, ...] = ()
    after: tuple[Unit, ...] = ()
    for above, below in pairwise(path):
        is_cell = below.kind == UnitKind.CELL
        group = ask.level(above, before, after, sizes_only=not is_cell).groups.get(below.id)
        if group is None or group.carrier.id != below.id:
            return View(unit, _children(db, unit), counted_with=group.carrier if group else None)
        place = group.units.index(below)
        before, after = group.units[:place], group.units[place + 1 :]
        if is_cell:
            return View(unit, [], group.counts, (*before, *after))
    return ask.alone(unit) if unit.kind == UnitKind.CELL else ask.whole(unit, before, after)


@dataclass(frozen=True, slots=True)
class _Level:
    """The units one level below another, and those that go along with it."""

    children: list[Unit]
    groups: dict[int, Group]
    rosters: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Asking:
    db: Session
    policy: CountsPolicy
    now: datetime

    def whole(self, unit: Unit, before: tuple[Unit, ...], after: tuple[Unit, ...]) -> View:
        level = self.level(unit, before, after)
        shown = {group.carrier.id: group.counts for group in level.groups.values()}
        return View(
            unit,
            level.children,
            together(shown.values()) if shown else None,
            (*before, *after) if shown else (),
            groups=level.groups,
            rosters=level.rosters,
        )

    def alone(self, cell: Unit) -> View:
        """Return the figures of the cell alone, for a reader who sees nothing of the units around it."""
        part = closure(Unit.id == cell.id)
        counts = _figures(self.db, part, self.policy, now=self.now).get(cell.id, Counts())
        return View(cell, [], counts if counts.away >= self.policy.smallest_group else None)

    def level(
        self, unit: Unit, before: tuple[Unit, ...], after: tuple[Unit, ...], *, sizes_only: bool = False
    ) -> _Level:
        children = _children(self.db, unit)
        guests = [one.id for one in (*before, *after)]
        part = _branches(self.db, or_(Unit.parent_id == unit.id, Unit.id.in_(guests)))
        counts = _sizes(self.db, part) if sizes_only else _figures(self.db, part, self.policy, now=self.now)
        units = [one for one in (*before, *children, *after) if one.id in counts]
        groups: dict[int, Group] = {}
        for run in runs_of([counts[one.id].away for one in units], self.policy.smallest_group):
            members = tuple(units[run.begin : run.end])
            group = Group(units[run.carrier], members, together(counts[one.id] for one in members))
            groups |= dict.fromkeys((one.id for one in members), group)
        return _Level(children, groups, frozenset(counts))


def _children(db: Session, unit: Unit) -> list[Unit]:
    below = select(Unit).where(Unit.parent_id == unit.id, Unit.closed_at.is_(None))
    return list(db.scalars(below.order_by(Unit.folded, Unit.id)))


# --- the figures ----------------------------------------------------------------------------------------------------


_SHORT = 2000


def _branches(db: Session, first: ColumnElement[bool]) -> CTE:
    """A short list is written out: a planner takes a recursive question for a very long one, and reads whole tables."""
    part = closure(first)
    rows = db.execute(select(part.c.id, part.c.branch).limit(_SHORT + 1)).all()
    if not 0 < len(rows) <= _SHORT:
        return part
    columns = column("id", BigInteger), column("branch", BigInteger)
    return values(*columns).data([tuple(row) for row in rows]).cte("part")


def _sizes(db: Session, part: CTE) -> dict[int, Counts]:
    rows = db.execute(
        select(part.c.branch, func.count(Member.id), func.count(case((_is_counted(), 1))))
        .join(Member, and_(Member.cell_id == part.c.id, Member.left_at.is_(None)))
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .group_by(part.c.branch)
    )
    return {branch: Counts(members, away) for branch, members, away in rows}


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


def _figures(db: Session, part: CTE, policy: CountsPolicy, *, now: datetime) -> dict[int, Counts]:
    """By branch; one with nobody on its rosters is left out."""
    people = _people_of(part, policy, now=now)
    away, agreed = people.c.away, and_(people.c.away, people.c.agreed)

    def count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(case((and_(*conditions), 1)))

    rows = db.execute(
        select(
            people.c.branch,
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
    return {row[0]: Counts(*(int(figure) for figure in row[1:])) for row in rows}


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
    ends = and_(
        Away.member_id == Member.id,
        Away.state.in_(RUNNING),
        Away.route != Route.NOTE,
        Away.due_on <= ending,
    )
    silent = and_(Ladder.member_id == Member.id, Ladder.ended_at.is_(None), Ladder.rung == LAST_RUNG)
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
            Away.id.is_not(None).label("ending"),
            case((Member.place_code.is_not(None), _open_requests()), else_=0).label("requests"),
            Ladder.id.is_not(None).label("escalated"),
        )
        .select_from(part)
        .join(Member, and_(Member.cell_id == part.c.id, Member.left_at.is_(None)))
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .outerjoin(Checkin, turn)
        .outerjoin(Away, ends)
        .outerjoin(Ladder, silent)
    )
    return rows.cte("people")


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
