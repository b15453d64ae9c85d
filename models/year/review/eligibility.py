"""Who is asked for a review: the first line of the table that fits. What the secretary decides stands above it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import Away, AwayState, Route
from models.ground.clock import same_day
from models.people.member import Member
from models.year.policy import Ground, ReviewPolicy, Stand

BY_ROUTE: dict[str, Ground] = {
    Route.FORMAL: Ground.MOVED,
    Route.RELIEVED: Ground.RELIEVED,
    Route.EXEMPT: Ground.EXEMPT,
    Route.ABROAD: Ground.ABROAD,
    Route.TEMPORARY: Ground.TEMPORARY,
}
_EXCUSED = frozenset({Ground.EXEMPT, Ground.RELIEVED, Ground.ABROAD})


class Eligibility(NamedTuple):
    stand: Stand
    ground: Ground


def judge(
    member: Member, away: Away | None, *, cell_id: int, deadline: date, exempt: Stand, policy: ReviewPolicy
) -> Eligibility:
    """Return whether the campaign asks this member for a review, and on what ground.

    `away`: a decided absence that runs now. `exempt`: what this campaign asks of those who are exempt.
    """
    ground = next(_grounds(member, away, cell_id, deadline, policy))
    if ground in _EXCUSED and policy.stand_of(ground) is not Stand.OUT:
        return Eligibility(exempt, ground)
    return Eligibility(policy.stand_of(ground), ground)


def _grounds(
    member: Member, away: Away | None, cell_id: int, deadline: date, policy: ReviewPolicy
) -> Iterator[Ground]:
    if member.left_at is not None or member.cell_id != cell_id:
        yield Ground.LEFT
    if away is not None and away.route == Route.FORMAL:
        yield Ground.MOVED
    # of a month or a year the first day is taken: in doubt somebody is asked for a text, not passed over
    if member.joined_on is not None and deadline < same_day(member.joined_on.first, policy.new_months):
        yield Ground.NEW
    if away is not None and away.route in BY_ROUTE:
        yield BY_ROUTE[away.route]
    yield Ground.ORDINARY


def decided_aways(db: Session, cell_id: int, *, today: date) -> dict[int, Away]:
    """Return by member the absence that was decided and runs today. One applied for, or lapsed, exempts nobody."""
    rows = select(Away).where(
        Away.cell_id == cell_id, Away.state == AwayState.ACTIVE, Away.begins_on <= today, Away.due_on >= today
    )
    return {away.member_id: away for away in db.scalars(rows)}
