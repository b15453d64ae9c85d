"""Reviews are kept for their years, then deleted: announced first, with the list of what will go.

    year 2026, kept 3 years ──01/12/2029──> announced (Deletion) ──01/01/2030──> deleted: texts, versions, comments,
                                            the secretary sees the list           files' names, ratings, the campaign;
                                                                                  how many had which level stays (YearCount)

Never deleted without having been announced `warn_days` before. The row of the deletion itself stays. What goes is found by
following the tables' own keys, so that a new table below a review needs nothing here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Column, Select, Table, delete, func, select
from sqlalchemy.orm import Session

from models.delivery.message import Button, Lane, Message
from models.ground.base import Base, locked, table_of
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member, tell
from models.people.rights import desk_of
from models.people.unit import Unit
from models.phrases import common
from models.phrases.year import review_bundle as phrases
from models.year.policy import KeepingPolicy
from models.year.review.bundle_rows import Deletion
from models.year.review.questions import lines_of
from models.year.review.rating import keep_counts
from models.year.review.rows import Campaign, Review


class Expiring(NamedTuple):
    """One line of the dry run."""

    campaign: Campaign
    cell: str
    reviews: int
    deletes_on: date
    announced: bool


def kept_until(year: int, policy: KeepingPolicy) -> date:
    """Return the last day on which a year's reviews are still here."""
    return date(year + policy.years, 12, 31)


# --- acts of time ---------------------------------------------------------------------------------------------------


def drop_old_reviews(db: Session, policy: KeepingPolicy, *, now: datetime) -> bool:
    """Announce one campaign that nears its end, or delete one that was announced; return whether there was work."""
    return _announce_one(db, policy, now=now) or _delete_one(db, now=now)


def _announce_one(db: Session, policy: KeepingPolicy, *, now: datetime) -> bool:
    today = local_date(now, HOME_ZONE)
    campaign = db.scalars(_ending(policy, today=today).limit(1)).first()
    if campaign is None:
        return False
    deletion = Deletion(
        cell_id=campaign.cell_id,
        campaign_id=campaign.id,
        kind=campaign.kind,
        year=campaign.year,
        reviews=_held(db, campaign),
        announced_at=now,
        deletes_on=_deletes_on(campaign, policy, today=today),
    )
    db.add(deletion)
    db.flush()
    _tell_keepers(db, deletion, policy, now=now)
    return True


def _ending(policy: KeepingPolicy, *, today: date) -> Select[Campaign]:
    """Near their end, and not announced."""
    # a year's reviews go on 1 January, `years` + 1 later: those for which that day is near
    last = (today + timedelta(days=policy.warn_days)).year - policy.years - 1
    return (
        select(Campaign)
        .where(Campaign.year <= last, Campaign.id.not_in(select(Deletion.campaign_id)))
        .order_by(Campaign.year, Campaign.id)
    )


def _deletes_on(campaign: Campaign, policy: KeepingPolicy, *, today: date) -> date:
    return max(
        kept_until(campaign.year, policy) + timedelta(days=1), today + timedelta(days=policy.warn_days)
    )


def _held(db: Session, campaign: Campaign) -> int:
    """How many were handed in: whoever was only on the list has nothing that is kept."""
    rows = select(func.count()).where(Review.campaign_id == campaign.id, Review.version > 0)
    return db.scalar(rows) or 0


def _tell_keepers(db: Session, deletion: Deletion, policy: KeepingPolicy, *, now: datetime) -> None:
    words = phrases.announced(
        cell=db.get_one(Unit, deletion.cell_id).name,
        kind=deletion.kind,
        year=deletion.year,
        count=deletion.reviews,
        on=deletion.deletes_on,
        years=policy.years,
    )
    buttons = [
        [Button(phrases.SEE_DELETION, f"bundle:deletion:{deletion.id}")],
        [Button(phrases.BUNDLE, f"bundle:make:{deletion.campaign_id}")],
        [Button(common.MENU, "nav:menu")],
    ]
    for keeper_id in desk_of(db, deletion.cell_id, now=now):
        key = f"review.deletion:{deletion.id}:{keeper_id}"
        keeper = db.get_one(Member, keeper_id)
        tell(db, keeper, Message(words, buttons), key=key, lane=Lane.REMINDER, now=now)


def _delete_one(db: Session, *, now: datetime) -> bool:
    due = select(Deletion).where(
        Deletion.deleted_at.is_(None), Deletion.deletes_on <= local_date(now, HOME_ZONE)
    )
    deletion = next(iter(locked(db, due.order_by(Deletion.deletes_on).limit(1))), None)
    if deletion is None:
        return False
    erase_campaign(db, deletion.campaign_id)
    deletion.deleted_at = now
    return True


def erase_campaign(db: Session, campaign_id: int) -> None:
    """Delete the campaign and every row below it, the lowest first. How many stood at which level stays."""
    db.flush()
    keep_counts(db, campaign_id=campaign_id)
    below = tables_below(table_of(Campaign))
    for table in reversed(below):
        db.execute(delete(table).where(_is_below(table, below, campaign_id)))
    db.execute(delete(table_of(Campaign)).where(table_of(Campaign).c.id == campaign_id))
    db.expire_all()


def tables_below(root: Table) -> dict[Table, Column[Any]]:
    """Return each table whose rows belong to a row of `root`, with the column that leads there.

    A table that others point to comes first.
    """
    found: dict[Table, Column[Any]] = {}
    for table in Base.metadata.sorted_tables:
        ways = (c for c in table.columns for key in c.foreign_keys if key.column.table in {root, *found})
        if table is not root and (way := next(ways, None)) is not None:
            found[table] = way
    return found


def _is_below(table: Table, below: dict[Table, Column[Any]], campaign_id: int) -> Any:
    way = below[table]
    (key,) = way.foreign_keys
    above = key.column.table
    if above not in below:
        return way == campaign_id
    return way.in_(select(above.c.id).where(_is_below(above, below, campaign_id)))


# --- questions ------------------------------------------------------------------------------------------------------


def expiring(db: Session, policy: KeepingPolicy, *, today: date) -> list[Expiring]:
    """Return what would be announced or deleted by now, the oldest first. Nothing is changed: it is the dry run."""
    waiting = {
        one.campaign_id: one for one in db.scalars(select(Deletion).where(Deletion.deleted_at.is_(None)))
    }
    announced = list(db.scalars(select(Campaign).where(Campaign.id.in_(waiting))))
    fresh: list[Campaign] = list(db.scalars(_ending(policy, today=today)))
    found = [
        Expiring(
            campaign,
            db.get_one(Unit, campaign.cell_id).name,
            _held(db, campaign),
            waiting[campaign.id].deletes_on
            if campaign.id in waiting
            else _deletes_on(campaign, policy, today=today),
            campaign.id in waiting,
        )
        for campaign in [*announced, *fresh]
    ]
    return sorted(found, key=lambda one: (one.deletes_on, one.cell))


def names_in(db: Session, deletion: Deletion) -> list[str]:
    """Return the names of the people whose reviews they are; none when the reviews are gone."""
    return [one.member.full_name for one in lines_of(db, deletion.campaign_id) if one.review.version]
