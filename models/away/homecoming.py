"""Coming home for Tết and other long holidays: asked once, answered by two taps, and the evening on which most are at home.

    some weeks before a holiday (`policy.homecoming_weeks`), in the night: one row for each who is away ──> ASKED, a message in
    their morning

    ASKED ──> COMES (from, to) | UNSURE | STAYS      from each to each while the holiday is not over: the newest counts

    a visit from day to day: at home on the evenings of its days but the last
    most at home ──> the earliest of the evenings on which most are; none on which families are among themselves

A visit changes nothing about the absence. One that has ended is not asked about, and its row counts no more. The row hangs below the
absence and ends with it. Secretary and deputy, who have spoken with a member, answer for them: it is told to the member, whose next
answer counts as any; where it is another one, whoever answered for them is told. docs/decisions/0068, 0069.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, and_, not_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import AWAY, Away
from models.away.policy import AwayPolicy
from models.contact.pause import Pause
from models.delivery.message import Button, Buttons, Lane, Message
from models.ground.base import Base, Identified, lock
from models.ground.clock import HOME_ZONE, local_date
from models.ground.days_off import Feast, Holiday, next_holiday
from models.ground.errors import Refused
from models.people.member import Member, Purpose, has_refused, names_of, tell
from models.people.rights import Right, may, require
from models.people.trail import record_change
from models.phrases.away import homecoming as phrases
from models.phrases.text import Text
from models.policies import Policies

_DAY = timedelta(days=1)
_HANDFUL = 100


class HomePlan(StrEnum):
    ASKED = "asked"  # and not answered
    UNSURE = "unsure"
    COMES = "comes"
    STAYS = "stays"


class Homecoming(Identified, Base):
    """What one member says about one holiday."""

    __tablename__ = "homecoming"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    feast: Mapped[str]
    holiday_on: Mapped[date]  # 1 Tết, 30/4, 2/9
    plan: Mapped[str]
    comes_on: Mapped[date | None]
    leaves_on: Mapped[date | None]
    asked_at: Mapped[datetime | None]  # None: they opened it themselves before
    answered_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(
        ForeignKey("member.id")
    )  # who answered for them; None: nobody else

    __table_args__ = (
        Index("uq_homecoming_away_id", "away_id", "holiday_on", unique=True),
        Index("ix_homecoming_holiday_on", "holiday_on"),
    )


class HomecomingOver(Refused):
    """The absence has ended, or the holiday is over."""


class VisitUnfit(Refused):
    """The days of the visit do not fit."""


@dataclass(frozen=True, slots=True)
class BestEvening:
    on: date
    count: int  # of those who are away, at home then


# --- rules ----------------------------------------------------------------------------------------------------------


def holiday_ahead(policies: Policies, *, now: datetime) -> Holiday:
    """Return the holiday that is running or comes next, by Vietnam's day."""
    policy, off = policies.away, policies.checkin.days_off
    return next_holiday(
        local_date(now, HOME_ZONE), shortest=policy.homecoming_shortest, calendar=off.calendar
    )


def is_time_to_ask(policies: Policies, *, now: datetime) -> bool:
    """Return whether the holiday ahead is near, or is running."""
    opens = holiday_ahead(policies, now=now).first - timedelta(weeks=policies.away.homecoming_weeks)
    return opens <= local_date(now, HOME_ZONE)


def best_evening(
    visits: Iterable[tuple[date, date]], *, since: date, without: Collection[date] = ()
) -> BestEvening | None:
    """Return the first of the evenings on which most are at home, not before `since`; None: nobody is on any."""
    count: Counter[date] = Counter()
    for comes_on, leaves_on in visits:
        first = max(comes_on, since)
        count.update(first + _DAY * n for n in range((leaves_on - first).days))
    for one in without:
        count.pop(one, None)
    return min((BestEvening(*one) for one in count.items()), key=lambda it: (-it.count, it.on), default=None)


def family_evenings(holiday: Holiday, policy: AwayPolicy) -> set[date]:
    """Return the evenings on which nobody is called to a meeting."""
    return {holiday.day + _DAY * n for n in policy.family_days} if holiday.feast is Feast.TET else set()


def likely_arrivals(holiday: Holiday, today: date) -> list[date]:
    """Return four days at most on which people come: a week or some days before, the evening before, the first day."""
    usual = [holiday.first - _DAY * n for n in (7, 3, 1, 0)]
    return [one for one in usual if one >= today] or [today, today + _DAY]


def likely_leavings(holiday: Holiday, comes_on: date) -> list[date]:
    """Return four days at most on which people leave again: the last two of the holiday, the day after, a week after."""
    usual = [holiday.last + _DAY * n for n in (-1, 0, 1, 7)]
    return [one for one in usual if one > comes_on] or [comes_on + _DAY, comes_on + _DAY * 3]


# --- asked ----------------------------------------------------------------------------------------------------------


def ask_homecomings(db: Session, policies: Policies, *, now: datetime) -> bool:
    """Ask a handful of those who are away and have not been asked about the holiday ahead; whether there are more.

    Not who comes back for good before it, who has refused, or who has asked to be left alone for a while.
    """
    holiday, today = holiday_ahead(policies, now=now), local_date(now, HOME_ZONE)
    soon = is_time_to_ask(policies, now=now) and today < holiday.first
    if not soon or policies.checkin.days_off.rests(today):
        return False
    known = select(Homecoming.away_id).where(
        Homecoming.holiday_on == holiday.day,
        or_(Homecoming.asked_at.is_not(None), Homecoming.answered_at.is_not(None)),
    )
    rows = (
        select(Away, Member)
        .join(Member, Member.id == Away.member_id)
        .where(
            Away.state.in_(AWAY),
            Away.begins_on <= today,
            Away.due_on >= holiday.first,
            Away.id.not_in(known),
            Member.left_at.is_(None),
            Away.member_id.not_in(select(Pause.member_id).where(Pause.ended_at.is_(None))),
            *(not_(has_refused(Away.member_id, one)) for one in (Purpose.AWAY, Purpose.CONTACT)),
        )
        .order_by(Away.id)
        .limit(_HANDFUL)
    )
    found = db.execute(rows).all()
    for away, member in found:
        row = _row(db, away, holiday)
        row.asked_at = now
        message = Message(question(row, holiday), answers(row, holiday, today))
        key = f"homecoming.ask:{row.id}"
        tell(db, member, message, key=key, lane=Lane.REMINDER, now=now, about=key)
    db.flush()
    return len(found) == _HANDFUL


def _row(db: Session, away: Away, holiday: Holiday) -> Homecoming:
    """Return the row that there is, where the member has looked already, or begin one."""
    rows = select(Homecoming).where(Homecoming.away_id == away.id, Homecoming.holiday_on == holiday.day)
    if (known := db.scalars(rows).first()) is not None:
        return known
    row = Homecoming(away_id=away.id, feast=holiday.feast, holiday_on=holiday.day, plan=HomePlan.ASKED)
    db.add(row)
    db.flush()
    return row


def question(row: Homecoming, holiday: Holiday) -> Text:
    """Return the question, with what was answered before."""
    return phrases.question(
        feast=holiday.feast,
        first=holiday.first,
        last=holiday.last,
        plan=row.plan,
        comes_on=row.comes_on,
        leaves_on=row.leaves_on,
    )


def answers(
    row: Homecoming,
    holiday: Holiday,
    today: date,
    *,
    comes: str = "homecoming:from",
    says: str = "homecoming:say",
) -> Buttons:
    """Return the buttons under the question: days of arrival, another day, and the two that take one tap.

    `comes`, `says`: where they lead; the desk has ways of its own.
    """
    days = [
        Button(phrases.comes_button(on=one), f"{comes}:{row.id}:{one.isoformat()}")
        for one in likely_arrivals(holiday, today)
    ]
    return [
        *(days[at : at + 2] for at in range(0, len(days), 2)),
        [Button(phrases.OTHER_DAY, f"{comes}:{row.id}")],
        [
            Button(phrases.UNSURE, f"{says}:{row.id}:{HomePlan.UNSURE}"),
            Button(phrases.STAYS, f"{says}:{row.id}:{HomePlan.STAYS}"),
        ],
    ]


# --- answered -------------------------------------------------------------------------------------------------------


def homecoming_of(db: Session, away: Away, policies: Policies, *, now: datetime) -> Homecoming:
    """Return the row of the holiday ahead, begun where nobody has asked yet. Refuses: HomecomingOver."""
    _require_away(db, away)
    lock(db, away)  # of two taps at once the second finds the row of the first
    return _row(db, away, holiday_ahead(policies, now=now))


def require_open(db: Session, row: Homecoming, policies: Policies, *, now: datetime) -> Holiday:
    """Return the holiday of a row that can be answered still. Refuses: HomecomingOver."""
    _require_away(db, db.get_one(Away, row.away_id))
    holiday = holiday_ahead(policies, now=now)
    if holiday.day != row.holiday_on:
        raise HomecomingOver(phrases.holiday_over())
    return holiday


def _require_away(db: Session, away: Away) -> None:
    if away.state not in AWAY:
        raise HomecomingOver(phrases.away_over())


def answer_homecoming(
    db: Session,
    row: Homecoming,
    plan: HomePlan,
    *,
    by_id: int,
    policies: Policies,
    now: datetime,
    visit: tuple[date, date] | None = None,
) -> None:
    """Keep an answer, the member's own or of who keeps the desk and has heard it; the newest counts.

    `visit`: the day of arrival and that of leaving, where they come. The same answer of the same person once more changes
    nothing. Refuses: HomecomingOver, VisitUnfit.
    """
    lock(db, row)
    holiday = require_open(db, row, policies, now=now)
    away = db.get_one(Away, row.away_id)
    speaker = None if by_id == away.member_id else by_id
    if speaker is not None:
        require(db, speaker, Right.KEEP_ABSENCES, away.cell_id, now=now)
    if (plan is HomePlan.COMES) != (visit is not None) or plan is HomePlan.ASKED:
        raise HomecomingOver(phrases.holiday_over())
    if visit is not None:
        _check_visit(row, holiday, visit, policies.away, today=local_date(now, HOME_ZONE))
    said = (str(plan), *(visit or (None, None)), speaker)
    if said == (row.plan, row.comes_on, row.leaves_on, row.by_id):
        return
    corrected = row.by_id if said[:3] != (row.plan, row.comes_on, row.leaves_on) else None
    row.plan, row.answered_at, row.by_id = plan, now, speaker
    row.comes_on, row.leaves_on = visit or (None, None)
    db.flush()
    if speaker is not None:
        _tell_member(db, row, away, speaker, now=now)
    elif corrected is not None and may(db, corrected, Right.KEEP_ABSENCES, away.cell_id, now=now):
        _tell_who_answered(db, row, away, corrected, now=now)


def _tell_member(db: Session, row: Homecoming, away: Away, by_id: int, *, now: datetime) -> None:
    """Say who answered for them, and what: they can say otherwise."""
    member = db.get_one(Member, away.member_id)
    record_change(
        db,
        "homecoming.answer",
        by_id=by_id,
        member_id=member.id,
        unit_id=away.cell_id,
        now=now,
        detail=row.plan,
    )
    words = phrases.answered_for_you(
        by=db.get_one(Member, by_id).full_name,
        feast=row.feast,
        plan=row.plan,
        comes_on=row.comes_on,
        leaves_on=row.leaves_on,
    )
    message = Message(words, [[Button(phrases.CHANGE, f"homecoming:see:{away.id}")]])
    key = f"homecoming.for:{row.id}:{now:%Y%m%d%H%M%S%f}"
    tell(db, member, message, key=key, lane=Lane.REMINDER, now=now)


def _tell_who_answered(db: Session, row: Homecoming, away: Away, answered_id: int, *, now: datetime) -> None:
    """Say to the one who answered for them that they say otherwise now."""
    words = phrases.answers_otherwise(
        name=db.get_one(Member, away.member_id).full_name,
        feast=row.feast,
        plan=row.plan,
        comes_on=row.comes_on,
        leaves_on=row.leaves_on,
    )
    key = f"homecoming.otherwise:{row.id}:{now:%Y%m%d%H%M%S%f}"
    tell(db, db.get_one(Member, answered_id), Message(words), key=key, lane=Lane.REMINDER, now=now)


def _check_visit(
    row: Homecoming, holiday: Holiday, visit: tuple[date, date], policy: AwayPolicy, *, today: date
) -> None:
    comes_on, leaves_on = visit
    check_arrival(row, holiday, comes_on, policy, today=today)
    if leaves_on < comes_on:
        raise VisitUnfit(phrases.leaves_first(comes_on=comes_on))
    if leaves_on < today:
        raise VisitUnfit(phrases.gone_by())
    if leaves_on > holiday.last + _DAY * policy.homecoming_margin_days:
        raise VisitUnfit(phrases.too_long())


def check_arrival(
    row: Homecoming, holiday: Holiday, comes_on: date, policy: AwayPolicy, *, today: date
) -> None:
    """Refuse a day of arrival that has gone by, or lies far from the holiday. Who is at home already may keep theirs."""
    if comes_on < today and comes_on != row.comes_on:
        raise VisitUnfit(phrases.gone_by())
    first = holiday.first - _DAY * policy.homecoming_margin_days
    if not first <= comes_on <= holiday.last + _DAY * policy.homecoming_margin_days:
        raise VisitUnfit(phrases.far_from(first=holiday.first, last=holiday.last))


# --- what the desk sees ---------------------------------------------------------------------------------------------


def away_over_holiday(
    db: Session, cell_id: int, policies: Policies, *, now: datetime
) -> list[tuple[Away, Member, HomePlan | None]]:
    """Return the cell's members who are away now, with what is known of the holiday ahead; of whom nothing is known first.

    None: nobody has asked them, for example who has no account. Not who has refused to have their absence kept here.
    """
    holiday = holiday_ahead(policies, now=now)
    mine = and_(Homecoming.away_id == Away.id, Homecoming.holiday_on == holiday.day)
    rows = (
        select(Away, Member, Homecoming.plan)
        .join(Member, Member.id == Away.member_id)
        .outerjoin(Homecoming, mine)
        .where(*_shown(cell_id), Away.begins_on <= local_date(now, HOME_ZONE))
    )
    found = [(away, member, HomePlan(plan) if plan else None) for away, member, plan in db.execute(rows)]
    return sorted(found, key=lambda it: (it[2] not in (None, HomePlan.ASKED), it[1].sort_key))


def _shown(cell_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Away.cell_id == cell_id,
        Member.cell_id == cell_id,
        Member.left_at.is_(None),
        Away.state.in_(AWAY),
        not_(has_refused(Away.member_id, Purpose.AWAY)),
    )


def speakers_for(db: Session, rows: Iterable[Homecoming]) -> dict[int, str]:
    """Return the names of those who answered for another in these rows, by id."""
    return names_of(db, {row.by_id for row in rows if row.by_id is not None})


def homecomings_in(db: Session, cell_id: int, holiday: Holiday) -> list[tuple[Homecoming, Member]]:
    """Return what the cell's members who are away say about the holiday: who comes first, by day; then the others."""
    rows = (
        select(Homecoming, Member)
        .join(Away, Away.id == Homecoming.away_id)
        .join(Member, Member.id == Away.member_id)
        .where(*_shown(cell_id), Homecoming.holiday_on == holiday.day)
    )
    order = [HomePlan.COMES, HomePlan.UNSURE, HomePlan.ASKED, HomePlan.STAYS]
    return sorted(
        ((row, member) for row, member in db.execute(rows)),
        key=lambda it: (order.index(HomePlan(it[0].plan)), it[0].comes_on or date.max, it[1].sort_key),
    )


def visits_of(found: Iterable[tuple[Homecoming, Member]]) -> list[tuple[date, date]]:
    """Return from when to when each is at home who comes."""
    return [(row.comes_on, row.leaves_on) for row, _ in found if row.comes_on and row.leaves_on]
