"""The season comes again: whoever went last year in this month may file the same absence with new dates, by one tap.

    closed last year ──the first morning of its month──> offered, once ──one tap──> filed as last year (`Filing.unchanged`)
                                                            └─ nothing is said where one has declared already, does not
                                                               agree to it here, left, or where the month has gone by

The new dates are those of last year as it really was, a year later: who came back early is offered the shorter time. Rules
of this year propose the route. Filed twice is noticed: whatever lies in the same days counts, typed at the cell or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.away.away.applying import home_date, lock_away
from models.away.away.declaring import file_away
from models.away.away.filing import proposal_for
from models.away.away.questions import filings_to_keep
from models.away.away.refusals import SeasonFiled, SeasonOver
from models.away.away.rows import Away, Declaration, Filing, FilingAct
from models.away.away.rules import Proposal, season_dates, season_moment
from models.away.away.states import OPEN, A, FilingKind
from models.away.away.telling import place_name
from models.delivery.message import Button, Lane, Message
from models.ground.clock import add_months
from models.people.member import Member, Purpose, decent_for, refuses, tell
from models.phrases import common
from models.phrases.away import season as phrases
from models.policies import Policies

_LEAD = timedelta(days=31)  # who plans early finds it on the screen before it is offered


@dataclass(frozen=True, slots=True)
class Season:
    """Last year's absence, and the same with this year's dates."""

    last: Away
    declaration: Declaration
    proposal: Proposal

    @property
    def begins_on(self) -> date:
        return self.declaration.begins_on

    @property
    def ends_on(self) -> date:
        return self.declaration.ends_on or self.declaration.begins_on


def season_of(db: Session, member: Member, policies: Policies, *, now: datetime) -> Season | None:
    """Return the season that the member may file now as last year, if any: not while an absence is open."""
    today = home_date(now)
    closed = select(Away).where(
        Away.member_id == member.id,
        Away.state == A.CLOSED,
        Away.begins_on > today - timedelta(days=2 * 366),
    )
    for last in db.scalars(closed.order_by(Away.begins_on.desc(), Away.id.desc())):
        found = season_again(db, last, policies, now=now)
        if found is not None:
            return found
    return None


def season_again(db: Session, last: Away, policies: Policies, *, now: datetime) -> Season | None:
    """Return this absence a year later, while it can be filed as it was: from a month before its day to its month's end."""
    dates, today = season_dates(last), home_date(now)
    if dates is None:
        return None
    begins_on, ends_on = dates
    is_time = begins_on - _LEAD <= today < add_months(begins_on.replace(day=1), 1)
    if not is_time or today > ends_on or taken_by(db, last, begins_on, ends_on) is not None:
        return None
    declaration = Declaration(
        stay=last.stay,
        begins_on=max(begins_on, today),  # a day that has gone by is the member's to say
        ends_on=ends_on,
        reason=last.reason or "",
        study=last.study,
        itinerant=last.itinerant,
    )
    return Season(last, declaration, proposal_for(declaration, policies))


def taken_by(db: Session, last: Away, begins_on: date, ends_on: date) -> Away | None:
    """Return the absence that is open, or lies in the same days already, whoever filed it."""
    ended = func.coalesce(Away.returned_on, Away.due_on)
    rows = select(Away).where(
        Away.member_id == last.member_id,
        Away.id != last.id,
        or_(
            Away.state.in_(OPEN),
            (Away.state != A.DROPPED) & (Away.begins_on <= ends_on) & (ended >= begins_on),
        ),
    )
    return db.scalars(rows.order_by(Away.declared_at.desc(), Away.id.desc())).first()


def file_season(db: Session, last: Away, act: FilingAct, *, begins_on: date) -> Filing:
    """File last year's absence again, from the day that was shown.

    Refuses: SeasonFiled where it lies in these days already, SeasonOver where its time or the day shown has gone by; the
    rest as `file_away`.
    """
    lock_away(db, last)  # of two taps at once the second finds what the first has filed
    dates = season_dates(last)
    other = taken_by(db, last, *dates) if dates is not None else None
    if other is not None:
        raise SeasonFiled(other.id, other.begins_on)
    season = season_again(db, last, act.policies, now=act.now)
    if season is None or season.begins_on != begins_on:
        raise SeasonOver
    member = db.get_one(Member, last.member_id)
    return file_away(db, member, season.declaration, act, unchanged=True)


def offer_season(db: Session, last: Away, policies: Policies, *, now: datetime) -> None:
    """Offer it to the member, once, when its moment has come. Nothing is said where there is nothing to offer any more."""
    moment = season_moment(last, policies.away)
    if moment is not None and moment > now:
        last.next_at = moment
        return
    last.next_at = None
    member = db.get_one(Member, last.member_id)
    away_for_good = member.left_at is not None or member.cell_id is None
    season = None if away_for_good else season_again(db, last, policies, now=now)
    if season is None or refuses(db, member.id, Purpose.AWAY):
        return
    words = phrases.offer(
        place=place_name(last.place_code), begins_on=season.begins_on, ends_on=season.ends_on
    )
    buttons = [[Button(phrases.LOOK, f"away:season:{last.id}")], [Button(common.MENU, "nav:menu")]]
    at = decent_for(member, now)
    key = f"away.season:{last.id}"
    tell(db, member, Message(words, buttons), key=key, lane=Lane.REMINDER, now=now, not_before=at)


# --- at the cell ----------------------------------------------------------------------------------------------------


def is_as_last_year(filing: Filing) -> bool:
    return filing.kind == FilingKind.APPLICATION and filing.unchanged


def seasonal_filings(db: Session, cell_id: int) -> Sequence[Filing]:
    """Return what was filed as last year and waits for the cell, the oldest first."""
    return [one for one in filings_to_keep(db, cell_id) if is_as_last_year(one)]
