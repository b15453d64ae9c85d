"""The changes themselves. Each asks the right of the level above, keeps what moved, and lets everybody concerned know once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.rollcall import RollCall, RollCallState
from models.desk.office import free_promises, let_go
from models.desk.policy import UnitsPolicy
from models.desk.reorganising.moving import (
    about,
    begin_office,
    campaigns_follow,
    contacts_across,
    end_offices,
    move_people,
    take_over,
    unmake,
)
from models.desk.reorganising.places import Goes, that_go
from models.desk.reorganising.questions import (
    ChangeRefused,
    affected_by,
    check_above,
    check_undoable,
    deputies_of,
    leading,
    parties,
    parties_of,
)
from models.desk.reorganising.telling import Telling, tell_undone
from models.ground.base import lock, locked
from models.meeting.notice import Notice, NoticeState
from models.people.drafts import drop_office_drafts
from models.people.member import Member, Standing, roster
from models.people.rights import DESK, Appointment, Role, holders
from models.people.trail import record_act
from models.people.unit import (
    ORDER,
    Unit,
    UnitKind,
    UnitMisplaced,
    ancestor_ids,
    check_name_free,
    create_unit,
    former_names,
    rename_unit,
    subtree_ids,
    units_under,
)
from models.people.unit_change import ChangeKind, Decision, Journal, UnitChange
from models.phrases.desk import reorganising as phrases


class OfficesGo(StrEnum):
    """What the paper says of the secretary of a cell that is merged into another; of its deputies the first two."""

    END = "end"  # the office ends; whoever keeps the other cell goes on
    DEPUTY = "deputy"  # they become deputy there
    LEADS = "leads"  # they become secretary there, in the place of whoever was


# --- name and place -------------------------------------------------------------------------------------------------


def rename(db: Session, unit: Unit, name: str, paper: Decision, *, by_id: int, now: datetime) -> UnitChange:
    """Give it another name. Where nobody stands above it here, its own officers write down what was decided above."""
    check_above(db, by_id, parties(ChangeKind.RENAME, unit), now=now)
    _hold(db, unit)
    journal, before = Journal(), (unit.name, unit.folded)
    rename_unit(db, unit, name, by_id=by_id, now=now)
    journal.note("unit.name", [unit.id], before[0], unit.name)
    journal.note("unit.folded", [unit.id], before[1], unit.folded)
    journal.note_made(former_names(db, unit.id)[0])
    change = _write(db, unit, ChangeKind.RENAME, None, paper, journal, by_id=by_id, now=now)
    telling = Telling(db, change)
    if paper.number:  # a name that was only misspelt is worth nobody's message
        telling.say(affected_by(db, unit, now=now), phrases.told_renamed(before=before[0], after=unit.name))
    telling.send(now=now)
    return change


def move_unit(
    db: Session, unit: Unit, under: Unit, paper: Decision, *, by_id: int, now: datetime
) -> UnitChange:
    """Put it below another unit, with all that is below it. Who sees its counts and decides changes with this minute."""
    check_above(db, by_id, parties(ChangeKind.MOVE, unit, under), now=now)
    _hold(db, unit, under)
    if under.id == unit.parent_id or under.id in subtree_ids(db, unit.id):
        raise ChangeRefused(phrases.cannot_stand_there(name=under.name))
    if ORDER.index(UnitKind(unit.kind)) <= ORDER.index(UnitKind(under.kind)):
        raise UnitMisplaced(phrases.cannot_stand_there(name=under.name))
    check_name_free(db, unit.name, under.id)
    journal = Journal()
    above = db.get_one(Unit, unit.parent_id or 0)
    journal.put(db, "unit.parent_id", [unit.id], above.id, under.id)
    db.expire_all()
    record_act(db, "unit.move", by_id=by_id, now=now, unit_id=unit.id)
    change = _write(db, unit, ChangeKind.MOVE, under, paper, journal, by_id=by_id, now=now)
    telling = Telling(db, change)
    words = phrases.told_moved(name=unit.name, before=above.name, after=under.name)
    telling.say({*affected_by(db, unit, now=now), *_officers(db, above.id, now=now)}, words)
    telling.send(now=now)
    return change


# --- merge, close ---------------------------------------------------------------------------------------------------


def merge_units(
    db: Session,
    unit: Unit,
    into: Unit,
    paper: Decision,
    offices: OfficesGo,
    *,
    deputies: OfficesGo = OfficesGo.END,
    by_id: int,
    now: datetime,
) -> UnitChange:
    """Let `into` take everything of the unit over; the unit is closed and keeps its name, its trail, its offices of the past.

    `offices`: what becomes of its secretary, `deputies`: of its deputies.
    """
    check_above(db, by_id, parties(ChangeKind.MERGE, unit, into), now=now)
    _hold(db, unit, into)
    if unit.id == into.id or unit.kind != into.kind:
        raise ChangeRefused(phrases.not_alike(name=into.name))
    check_quiet(db, unit, into)
    for child in units_under(db, unit.id):
        check_name_free(db, child.name, into.id)
    passes = passing(db, unit, offices, deputies, now=now)
    return _dissolve(db, unit, into, ChangeKind.MERGE, paper, passes, by_id=by_id, now=now)


def close_unit(db: Session, unit: Unit, paper: Decision, *, by_id: int, now: datetime) -> UnitChange:
    """End a unit. What stands below a committee, and what it owes, goes to the level above; a cell has to be empty."""
    check_above(db, by_id, parties(ChangeKind.CLOSE, unit), now=now)
    above = db.get_one(Unit, unit.parent_id or 0)
    _hold(db, unit, above)
    if roster(db, unit.id):
        raise ChangeRefused(phrases.people_left(name=unit.name))
    check_quiet(db, unit)
    if unit.kind != UnitKind.CELL:
        for child in units_under(db, unit.id):
            check_name_free(db, child.name, above.id)
    return _dissolve(db, unit, above, ChangeKind.CLOSE, paper, {}, by_id=by_id, now=now)


def _dissolve(
    db: Session,
    unit: Unit,
    heir: Unit,
    kind: ChangeKind,
    paper: Decision,
    passes: Mapping[int, Role],
    *,
    by_id: int,
    now: datetime,
) -> UnitChange:
    journal = Journal()
    mine, there = ({one.id for one in roster(db, of.id)} for of in (unit, heir))
    concerned = {*affected_by(db, unit, now=now), *_officers(db, unit.parent_id, now=now)}
    if kind is ChangeKind.MERGE:
        concerned |= {*affected_by(db, heir, now=now), *_officers(db, heir.parent_id, now=now)}
    ended = end_offices(db, journal, unit, by_id=by_id, now=now)
    if kind is ChangeKind.MERGE or unit.kind != UnitKind.CELL:
        take_over(db, journal, unit, heir, by_id=by_id, now=now)
    if Role.SECRETARY in passes.values():
        ended += end_offices(db, journal, heir, roles=[Role.SECRETARY], by_id=by_id, now=now)
        ended += end_offices(db, journal, heir, of=list(passes), roles=DESK, by_id=by_id, now=now)
    for member_id, role in passes.items():
        begin_office(db, journal, member_id, heir, role, by_id=by_id, now=now)
    journal.put(db, "unit.closed_at", [unit.id], None, now)
    db.expire_all()
    record_act(db, f"unit.{kind.value}", by_id=by_id, now=now, unit_id=unit.id)
    if kind is ChangeKind.MERGE:
        record_act(db, "unit.take_over", by_id=by_id, now=now, unit_id=heir.id)
    change = _write(db, unit, kind, heir, paper, journal, by_id=by_id, now=now)
    telling = Telling(db, change)
    if kind is ChangeKind.MERGE:
        telling.say(mine, phrases.told_merged_mine(name=unit.name, into=heir.name))
        telling.say(there, phrases.told_merged_with(name=unit.name, into=heir.name))
        telling.say(concerned - mine - there, phrases.told_merged(name=unit.name, into=heir.name))
    else:
        telling.say(concerned, phrases.told_closed(name=unit.name))
    _let_go(db, telling, ended, heir, passes, now=now)
    telling.send(now=now)
    return change


def passing(
    db: Session, unit: Unit, offices: OfficesGo, deputies: OfficesGo, *, now: datetime
) -> dict[int, Role]:
    """Return who gets which office in the other cell, by the paper."""
    passes: dict[int, Role] = {}
    if offices is not OfficesGo.END:
        found = leading(db, unit, now=now)
        if found is None or db.get_one(Member, found).standing != Standing.OFFICIAL:
            raise ChangeRefused(phrases.nobody_passes(name=unit.name))
        passes[found] = Role.SECRETARY if offices is OfficesGo.LEADS else Role.DEPUTY
    if deputies is OfficesGo.DEPUTY:
        for one in deputies_of(db, unit, now=now):
            passes.setdefault(one, Role.DEPUTY)
    return passes


# --- split ----------------------------------------------------------------------------------------------------------


def split_cell(
    db: Session, cell: Unit, name: str, people: Collection[int], paper: Decision, *, by_id: int, now: datetime
) -> UnitChange:
    """Let these people go to a new cell beside the old one. What the old one has as a body stays with it."""
    check_above(db, by_id, parties(ChangeKind.SPLIT, cell), now=now)
    _hold(db, cell)
    here = roster(db, cell.id)
    going = [one for one in here if one.id in people]
    if len(going) != len(set(people)) or not going or len(going) == len(here):
        raise ChangeRefused(phrases.some_stay(name=cell.name))
    check_quiet(db, cell)
    journal = Journal()
    above = db.get_one(Unit, cell.parent_id or 0)
    new = create_unit(db, kind=UnitKind.CELL, name=name, parent=above, now=now, by_id=by_id)
    new.rhythm, new.ladder = cell.rhythm, cell.ladder
    ids = [one.id for one in going]
    ended = end_offices(db, journal, cell, of=ids, by_id=by_id, now=now)
    across = contacts_across(db, ids, now=now)
    move_people(db, journal, going, cell, new, by_id=by_id, now=now)
    record_act(db, "unit.split", by_id=by_id, now=now, unit_id=cell.id)
    change = _write(db, cell, ChangeKind.SPLIT, new, paper, journal, by_id=by_id, now=now)
    telling = Telling(db, change)
    telling.say(ids, phrases.told_split_mine(name=cell.name, new=new.name))
    telling.say(
        set(affected_by(db, cell, now=now)) - set(ids), phrases.told_split_from(name=cell.name, new=new.name)
    )
    _let_go(db, telling, ended, new, (), now=now)
    for person in {one.contact_id for one in across}:
        let_go(db, person, now=now)
    telling.send(now=now)
    return change


# --- undo -----------------------------------------------------------------------------------------------------------


def undo_change(db: Session, change: UnitChange, policy: UnitsPolicy, *, by_id: int, now: datetime) -> bool:
    """Put everything back within the hours for it; False: that has been done already.

    What was begun since about somebody who goes back goes with them. What was changed since is not changed back.
    """
    lock(db, change)
    if change.undone_at is not None:
        return False
    unit, other = db.get_one(Unit, change.unit_id), db.get(Unit, change.other_id or 0)
    check_above(db, by_id, parties_of(db, change), now=now)
    check_undoable(db, change, policy, now=now)
    _hold(db, *filter(None, (unit, other)), closed=True)
    concerned = {*affected_by(db, unit, now=now), *(affected_by(db, other, now=now) if other else ())}
    begun = [db.get_one(Appointment, one) for one in change.journal.made.get("appointment", [])]
    for held in begun:
        if other is not None and (held.ends_at is None or held.ends_at > now):
            end_offices(
                db, Journal(), other, of=[held.member_id], roles=[Role(held.role)], by_id=by_id, now=now
            )
    if change.kind == ChangeKind.SPLIT and other is not None:
        gone = end_offices(db, Journal(), other, by_id=by_id, now=now)
        take_over(db, Journal(), other, unit, by_id=by_id, now=now)
        begun += gone
        other.closed_at = now
    if change.kind in (ChangeKind.MERGE, ChangeKind.CLOSE):
        unit.closed_at = None  # first of all: nothing is put into a unit that is closed
        db.flush()
    _people_back(db, change.journal, by_id=by_id, now=now)
    change.journal.put_back(db, but=("member.cell_id", "member.apart", "appointment.ends_at"))
    db.expire_all()
    _what_came_since(db, change, now=now)
    _offices_back(db, change.journal, now=now)
    unmake(db, change.journal)
    change.undone_at, change.undone_by = now, by_id
    db.flush()
    record_act(db, "unit.undo", by_id=by_id, now=now, unit_id=unit.id)
    for member_id in {one.member_id for one in begun}:
        let_go(db, member_id, now=now)
    tell_undone(db, change, concerned | set(affected_by(db, unit, now=now)), now=now)
    return True


def _people_back(db: Session, journal: Journal, *, by_id: int, now: datetime) -> None:
    for put in journal.of("member.apart"):
        for one in db.scalars(select(Member).where(Member.id.in_(put.ids), Member.apart == put.after)).all():
            one.apart = str(put.before)
    for put in journal.of("member.cell_id"):
        for one in db.scalars(select(Member).where(Member.id.in_(put.ids))).all():
            if one.cell_id == put.after:
                record_act(db, "roster.move", by_id=by_id, now=now, member_id=one.id, unit_id=one.cell_id)
                one.cell_id = int(put.before or 0)
    db.flush()


def _what_came_since(db: Session, change: UnitChange, *, now: datetime) -> None:
    """What was begun meanwhile about the people of the unit goes with them: it is theirs, not the other's."""
    if change.kind == ChangeKind.MERGE:
        ids = [one for put in change.journal.of("member.cell_id") for one in put.ids]
        back = list(db.scalars(select(Member.id).where(Member.id.in_(ids), Member.cell_id == change.unit_id)))
        for column in that_go(Goes.PERSON):
            Journal().put_rows(db, column, change.other_id, change.unit_id, about(column, back))
        campaigns_follow(db, Journal(), change.other_id or 0, change.unit_id, back, now=now)
        db.expire_all()


def _offices_back(db: Session, journal: Journal, *, now: datetime) -> None:
    """Whoever lost an office by the change holds it again, unless they left, or somebody else was put into it since."""
    for put in journal.of("appointment.ends_at"):
        for held in db.scalars(select(Appointment).where(Appointment.id.in_(put.ids))).all():
            ended = held.ends_at == datetime.fromisoformat(str(put.after))
            others = set(holders(db, held.unit_id, Role.SECRETARY, now=now, asleep=True)) - {held.member_id}
            taken = held.role == Role.SECRETARY and bool(others)
            if ended and not taken and db.get_one(Member, held.member_id).left_at is None:
                held.ends_at = datetime.fromisoformat(str(put.before)) if put.before else None
                db.flush()


# --- within ---------------------------------------------------------------------------------------------------------


def check_quiet(db: Session, *units: Unit) -> None:
    """Refuse while the people of a notice or a roll call are being written down, cell by cell: somebody would be left out."""
    above = {one for unit in units for one in ancestor_ids(db, unit.id)}
    notice = select(Notice.id).where(Notice.state == NoticeState.PREPARING, Notice.unit_id.in_(above))
    call = select(RollCall.id).where(RollCall.state == RollCallState.PREPARING, RollCall.unit_id.in_(above))
    if db.scalar(notice.limit(1)) is not None or db.scalar(call.limit(1)) is not None:
        raise ChangeRefused(phrases.in_a_minute())


def _hold(db: Session, *units: Unit, closed: bool = False) -> None:
    """Hold the units, in the order of their ids; whoever confirms second finds what the first one did."""
    ids = [one.id for one in units]
    held = locked(db, select(Unit).where(Unit.id.in_(ids)).order_by(Unit.id), wait=True)
    if not closed and any(one.closed_at is not None for one in held):
        raise ChangeRefused(phrases.closed_already())


def _write(
    db: Session,
    unit: Unit,
    kind: ChangeKind,
    other: Unit | None,
    paper: Decision,
    journal: Journal,
    *,
    by_id: int,
    now: datetime,
) -> UnitChange:
    change = UnitChange(
        unit_id=unit.id,
        kind=kind,
        other_id=other.id if other else None,
        number=paper.number,
        decided_on=paper.on,
        by_id=by_id,
        at=now,
        journal=journal,
    )
    db.add(change)
    db.flush()
    return change


def _let_go(
    db: Session,
    telling: Telling,
    ended: list[Appointment],
    heir: Unit,
    passes: Collection[int],
    *,
    now: datetime,
) -> None:
    """Say to each whose office ended that it did; what they had promised and may no longer keep is free."""
    for held in ended:
        telling.office_ended(held)
    for member_id in passes:
        telling.office_passed(member_id, heir, now=now)
    for member_id in dict.fromkeys(held.member_id for held in ended):
        if member_id in passes:  # their promises go with them, what they were typing does not
            drop_office_drafts(db, member_id, now=now)
        elif member_id == telling.by_id:  # who followed the cell, or stood in: they are typing this
            free_promises(db, member_id, now=now)
        else:
            let_go(db, member_id, now=now)


def _officers(db: Session, unit_id: int | None, *, now: datetime) -> list[int]:
    return holders(db, unit_id or 0, Role.OFFICER, now=now)
