"""The communes in which simulated people talk (talks.py): 20 cells of 200, each with a secretary and the year's review."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.ground.base import table_of
from models.ground.clock import HOME_ZONE, local_date, system_clock
from models.ground.db import Database
from models.ground.sealing import new_id
from models.people.member import Account, Member
from models.people.rights import Role, appoint
from models.people.unit import UnitKind, create_unit
from models.policies import Policies
from models.year.review import ReviewKind
from models.year.review.campaign import CampaignTerms, open_campaign
from tests.bench.talks import CELLS, EACH, FIRST, TALK_IN_EACH
from tests.crowds import a_crowd


def fill_communes(url: str) -> str:
    """Put the cells and their people into a database: consents, open check-ins, a campaign, offices."""
    database = Database(url)
    database.run(_fill)
    database.close()
    return url


def _fill(db: Session) -> None:
    now = system_clock()
    commune = create_unit(db, kind=UnitKind.COMMUNE, name="Đảng ủy xã Đo", parent=None, now=now)
    cells = a_crowd(db, commune, first_chat=FIRST, people=CELLS * EACH, per_cell=EACH, now=now)
    db.execute(update(Account).values(trusted_at=now))
    here = local_date(now, HOME_ZONE)
    for cell_id in cells:
        ids = list(db.scalars(select(Member.id).where(Member.cell_id == cell_id).order_by(Member.id)))
        appoint(db, member_id=ids[0], unit_id=cell_id, role=Role.SECRETARY, by_id=None, now=now)
        terms = CampaignTerms(
            kind=ReviewKind.REVIEW,
            year=here.year,
            form="2c-2025",
            deadline=here + timedelta(days=20),
            meeting_on=None,
        )
        open_campaign(db, terms, cell_id=cell_id, by_id=ids[0], policy=Policies().review, now=now)
        rows = [_asked(one, cell_id, here) for one in ids[1 + TALK_IN_EACH :]]
        db.connection().execute(insert(table_of(Checkin)), rows)


def _asked(member_id: int, cell_id: int, here: date) -> dict[str, object]:
    """A check-in that is open, and of which no job speaks while this is measured."""
    now = system_clock()
    return {
        "id": new_id(),
        "member_id": member_id,
        "cell_id": cell_id,
        "kind": CheckinKind.RHYTHM.value,
        "state": CheckinState.OPEN.value,
        "zone": HOME_ZONE,
        "period": here.replace(day=1),
        "opens_at": now - timedelta(hours=1),
        "due_at": now + timedelta(days=9),
        "late_at": now + timedelta(days=11),
        "closes_at": now + timedelta(days=29),
        "next_at": now + timedelta(days=9),
        "nudges": 0,
    }
