"""How rows move from one unit to another, each noted in the journal of the change.

    take_over       all of a unit: its people with what is about them, what it has as a body
    move_people     some people, with what is about them
    end_offices, begin_office

What is about a person goes with them by its own column, so that they find it and whoever keeps the desk finds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, exists, or_, select, true
from sqlalchemy.orm import Session

from models.delivery.outbox import cancel_outbox
from models.desk.office import HandoverState, current_stand_in, running_handovers
from models.desk.reorganising.places import OF_CAMPAIGN, Goes, that_go
from models.ground.base import Base, table_of
from models.meeting.meeting import StandingMeeting
from models.people.assignment import Assignment
from models.people.member import Member
from models.people.rights import Appointment, Role, appoint
from models.people.trail import record_act, record_change
from models.people.unit import Unit, UnitName
from models.people.unit_change import Journal
from models.year.review import Campaign, CampaignState, Review

_TABLES = Base.metadata.tables


def take_over(db: Session, journal: Journal, unit: Unit, by: Unit, *, by_id: int, now: datetime) -> None:
    """Let `by` have all that the unit has: its people, what is about them, what it has under way and has done."""
    people = list(db.scalars(select(Member).where(Member.cell_id == unit.id).order_by(Member.id)))
    _place(db, journal, people, unit, by, by_id=by_id, now=now)
    for column in that_go(Goes.PERSON):
        journal.put_rows(db, column, unit.id, by.id)
    for column in that_go(Goes.SUCCESSOR):
        journal.put_rows(db, column, unit.id, by.id, _no_twin(column, by.id))
    left = select(Campaign).where(Campaign.cell_id == unit.id)
    for campaign in db.scalars(left).all():
        _join_campaign(db, journal, campaign, _campaign_like(db, campaign, by.id), now=now)
    standing = select(StandingMeeting.id, StandingMeeting.next_at).where(StandingMeeting.cell_id == unit.id)
    for row in db.execute(standing).all():  # there is one already: this one proposes nothing any more
        journal.put(db, "standing_meeting.next_at", [row.id], row.next_at, None)
    db.expire_all()


def move_people(
    db: Session,
    journal: Journal,
    people: Collection[Member],
    unit: Unit,
    to: Unit,
    *,
    by_id: int,
    now: datetime,
) -> None:
    """Let these people go from the unit to another, with what is about them; a campaign's twin takes their reviews."""
    ids = [one.id for one in people]
    _place(db, journal, people, unit, to, by_id=by_id, now=now)
    for column in that_go(Goes.PERSON):
        journal.put_rows(db, column, unit.id, to.id, about(column, ids))
    campaigns_follow(db, journal, unit.id, to.id, ids, now=now)
    _end_contacts(db, journal, ids, by_id=by_id, now=now)
    db.expire_all()


def about(column: str, people: Collection[int]) -> ColumnElement[bool]:
    """Return the condition for rows of the column's table that are about one of these people."""
    table = _TABLES[column.partition(".")[0]]
    if "member_id" in table.c:
        return table.c.member_id.in_(people)
    away = _TABLES["away"]  # a paper of an absence is about whom the absence is about
    return table.c.away_id.in_(select(away.c.id).where(away.c.member_id.in_(people)))


def _place(
    db: Session,
    journal: Journal,
    people: Collection[Member],
    unit: Unit,
    to: Unit,
    *,
    by_id: int,
    now: datetime,
) -> None:
    """Put them on the roster of `to`; who shares a name there is told apart anew (namesakes.py), and that is noted, too."""
    names = {one.folded for one in people}
    there = select(Member).where(Member.folded.in_(names), Member.cell_id.in_((unit.id, to.id)))
    alike = [(one, one.apart) for one in db.scalars(there)]
    for one in people:
        record_change(db, "roster.move", by_id=by_id, member_id=one.id, unit_id=unit.id, now=now)
        one.cell_id = to.id  # as objects, so that namesakes are looked at
    journal.note("member.cell_id", [one.id for one in people], unit.id, to.id)
    db.flush()
    for one, apart in alike:
        if one.apart != apart:
            journal.note("member.apart", [one.id], apart, one.apart)


def _no_twin(column: str, by: int) -> ColumnElement[bool]:
    """Whether whoever takes over has no row of its own in this place, where there may be one only."""
    name, _, of = column.partition(".")
    table = _TABLES[name]
    unique = next(_unique_with(table, of), None)
    if unique is None:
        return true()
    twin = table.alias()
    same = [twin.c[one] == table.c[one] for one in unique if one != of]
    return ~exists().where(twin.c[of] == by, *same)


def _unique_with(table: Table, column: str) -> Iterator[list[str]]:
    for index in table.indexes:
        if index.unique and column in index.columns:
            yield [one.name for one in index.columns]
    if table.c[column].unique:
        yield [column]


# --- campaigns ------------------------------------------------------------------------------------------------------


def campaigns_follow(
    db: Session, journal: Journal, cell_id: int, to: int, people: Collection[int], *, now: datetime
) -> None:
    """Let the reviews of some people go on in campaigns of the cell they went to; where it has none, a twin is made."""
    for campaign in db.scalars(select(Campaign).where(Campaign.cell_id == cell_id)).all():
        theirs = select(Review.id).where(Review.campaign_id == campaign.id, Review.member_id.in_(people))
        if db.scalar(theirs.limit(1)) is not None:
            twin = _campaign_like(db, campaign, to) or _copied(db, journal, campaign, to)
            _join_campaign(db, journal, campaign, twin, people, now=now)


def _campaign_like(db: Session, campaign: Campaign, cell_id: int) -> Campaign | None:
    same = (Campaign.cell_id == cell_id, Campaign.kind == campaign.kind, Campaign.year == campaign.year)
    return db.scalars(select(Campaign).where(*same)).first()


def _copied(db: Session, journal: Journal, campaign: Campaign, cell_id: int) -> Campaign:
    kept = {
        one.key: getattr(campaign, one.key) for one in Campaign.__mapper__.column_attrs if one.key != "id"
    }
    twin = Campaign(**(kept | {"cell_id": cell_id}))
    db.add(twin)
    db.flush()
    journal.note_made(twin)
    return twin


def _join_campaign(
    db: Session,
    journal: Journal,
    campaign: Campaign,
    twin: Campaign | None,
    people: Collection[int] | None = None,
    *,
    now: datetime,
) -> None:
    """Let the reviews of a campaign go on in its twin; one that is closed is opened again for those who still owe."""
    if twin is None:
        return
    for column in OF_CAMPAIGN:
        table = _TABLES[column.partition(".")[0]]
        theirs = [table.c.member_id.in_(people)] if people is not None else []
        journal.put_rows(db, column, campaign.id, twin.id, *theirs)
    if people is not None:
        return
    if campaign.state == CampaignState.OPEN and twin.state != CampaignState.OPEN:
        journal.put(db, "campaign.state", [twin.id], twin.state, CampaignState.OPEN.value)
        journal.put(db, "campaign.closed_at", [twin.id], twin.closed_at, None)
        journal.put(db, "campaign.next_at", [twin.id], twin.next_at, now)
    journal.put(db, "campaign.next_at", [campaign.id], campaign.next_at, None)


# --- offices --------------------------------------------------------------------------------------------------------


def end_offices(
    db: Session,
    journal: Journal,
    unit: Unit,
    *,
    of: Collection[int] | None = None,
    roles: Collection[Role] = tuple(Role),
    by_id: int,
    now: datetime,
) -> list[Appointment]:
    """End what is held in the unit (`of`: by these people), also what sleeps or begins later. Return what was ended."""
    lasting = or_(Appointment.ends_at.is_(None), Appointment.ends_at > now)
    whose = [Appointment.member_id.in_(of)] if of is not None else []
    rows = select(Appointment).where(
        Appointment.unit_id == unit.id, Appointment.role.in_(roles), lasting, *whose
    )
    ended = list(db.scalars(rows.order_by(Appointment.id)))
    for held in ended:
        journal.note("appointment.ends_at", [held.id], held.ends_at, now)
        held.ends_at = now
        record_act(
            db,
            "right.end",
            by_id=by_id,
            now=now,
            member_id=held.member_id,
            unit_id=unit.id,
            detail=str(held.role),
        )
        cancel_outbox(db, f"appointment:{held.id}")
    if Role.SECRETARY in roles and of is None:
        _end_what_hangs_on_it(db, journal, unit, now=now)
    db.flush()
    return ended


def _end_what_hangs_on_it(db: Session, journal: Journal, unit: Unit, *, now: datetime) -> None:
    stand_in = current_stand_in(db, unit.id, now=now)
    if stand_in is not None:
        journal.note("stand_in.ends_at", [stand_in.id], stand_in.ends_at, now)
        stand_in.ends_at = now
    for one in running_handovers(db, unit.id):
        journal.note("handover.state", [one.id], one.state, HandoverState.REPLACED.value)
        journal.note("handover.done_at", [one.id], one.done_at, now)
        one.state, one.done_at = HandoverState.REPLACED, now


def begin_office(
    db: Session, journal: Journal, member_id: int, unit: Unit, role: Role, *, by_id: int, now: datetime
) -> None:
    begun = appoint(db, member_id=member_id, unit_id=unit.id, role=role, by_id=by_id, now=now)
    if begun.begins_at == now:
        journal.note_made(begun)


def contacts_across(db: Session, people: Collection[int], *, now: datetime) -> list[Assignment]:
    """Return who keeps in touch with whom, where only one of the two is among these people."""
    apart = Assignment.member_id.in_(people) != Assignment.contact_id.in_(people)
    lasting = or_(Assignment.ends_at.is_(None), Assignment.ends_at > now)
    return list(db.scalars(select(Assignment).where(apart, lasting).order_by(Assignment.id)))


def _end_contacts(
    db: Session, journal: Journal, people: Collection[int], *, by_id: int, now: datetime
) -> None:
    """Whoever keeps in touch with somebody stands on the same roster: where only one of two goes, it ends."""
    for one in contacts_across(db, people, now=now):
        ends = max(now, one.begins_at)
        journal.note("assignment.ends_at", [one.id], one.ends_at, ends)
        one.ends_at = ends
        record_act(db, "contact.end", by_id=by_id, now=now, member_id=one.member_id)
    db.flush()


def unmake(db: Session, journal: Journal) -> None:
    """Delete what only the change had made: a former name, a campaign's twin that nothing is in. Offices stay as history."""
    names, twins = journal.made.get("unit_name", []), journal.made.get("campaign", [])
    db.execute(delete(table_of(UnitName)).where(table_of(UnitName).c.id.in_(names)))
    used = {
        one
        for table in _TABLES.values()
        if "campaign_id" in table.c
        for one in db.scalars(select(table.c.campaign_id).where(table.c.campaign_id.in_(twins)))
    }
    bare = [one for one in twins if one not in used]
    db.execute(delete(table_of(Campaign)).where(table_of(Campaign).c.id.in_(bare)))
    db.expire_all()
