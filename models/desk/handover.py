"""The hand-over of the secretary's office: the access changes hands in one minute, then what waits, thing by thing.

begin_handover   the old secretary's access ends, the successor's begins, in the same minute;
                 what waits becomes a checklist ──accept_item, one by one──> DONE

RUNNING ──all accepted, or settled meanwhile──> DONE
   └── the successor hands over in turn ──────> REPLACED     its open items go to the next

What can wait, and what of it is passed on, stands in models/desk/waiting; the rows are in models/desk/office.py.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.ladder import Ladder, LadderState, may_take, moves_of, promise_days, take_ladder
from models.contact.policy import LadderPolicy, RequestPolicy
from models.contact.request import Did, HelpRequest, is_free, moves_of as moves_of_request, take_request
from models.delivery.message import Button, Message
from models.desk.office import (
    Handover,
    HandoverItem,
    HandoverState,
    current_stand_in,
    end_office,
    fit_successor,
    let_go,
    running_handovers,
    tell_cell,
    tell_decently,
)
from models.desk.waiting import SOURCES, Matter
from models.people.member import Member
from models.people.rights import NotEntitled, Right, Role, appoint, holders, officers_above, require
from models.people.trail import record_act, record_change
from models.people.unit import Unit
from models.phrases.desk import office as phrases


class WaitingMatter(NamedTuple):
    matter: Matter
    ref_id: int
    member_id: int


def what_waits(db: Session, cell_id: int) -> list[WaitingMatter]:
    """Return all that is open on the secretary's desk and is passed on, matter by matter."""
    return [
        WaitingMatter(matter, ref_id, member_id)
        for matter, source in SOURCES.items()
        if source.passed_on is not None
        for ref_id, member_id in source.passed_on.rows(db, cell_id)
    ]


def begin_handover(db: Session, cell: Unit, *, to_id: int, by_id: int, now: datetime) -> Handover:
    """Begin it: from this minute the successor alone is secretary, and what waits is theirs to accept."""
    require(db, by_id, Right.HAND_OVER, cell.id, now=now)
    successor = fit_successor(db, cell, to_id, now=now)
    stand_in = current_stand_in(db, cell.id, now=now)
    leaving = holders(db, cell.id, Role.SECRETARY, now=now, asleep=True)
    for member_id in leaving:
        end_office(db, member_id, cell.id, Role.SECRETARY, by_id=by_id, now=now)
    end_office(db, to_id, cell.id, Role.DEPUTY, by_id=by_id, now=now)
    for older in running_handovers(db, cell.id):
        older.state, older.done_at = HandoverState.REPLACED, now
    appoint(db, member_id=to_id, unit_id=cell.id, role=Role.SECRETARY, by_id=by_id, now=now)
    for member_id in leaving:  # when the successor is in office: what is freed is told to who holds the desk
        let_go(db, member_id, now=now)
    if stand_in is not None:
        stand_in.ends_at = now
    handover = Handover(
        cell_id=cell.id,
        from_id=next((one for one in leaving if not stand_in or one != stand_in.officer_id), None),
        to_id=to_id,
        by_id=by_id,
        state=HandoverState.RUNNING,
        begun_at=now,
    )
    db.add(handover)
    db.flush()
    record_act(db, "office.hand_over", by_id=by_id, now=now, member_id=to_id, unit_id=cell.id)
    items = [HandoverItem(handover_id=handover.id, **one._asdict()) for one in what_waits(db, cell.id)]
    db.add_all(items)
    _tell_begun(db, handover, cell, successor, leaving, count=len(items), now=now)
    settle_handover(db, handover, now=now)
    return handover


def accept_item(
    db: Session,
    item: HandoverItem,
    *,
    by_id: int,
    policy: LadderPolicy,
    requests: RequestPolicy,
    now: datetime,
) -> None:
    """Accept one thing, as the successor. With the last one the hand-over is done. The second time changes nothing."""
    handover = db.get_one(Handover, item.handover_id)
    if by_id != handover.to_id or by_id not in holders(db, handover.cell_id, Role.SECRETARY, now=now):
        raise NotEntitled
    if item.is_open and handover.state == HandoverState.RUNNING:
        _accept(db, handover, item, by_id=by_id, policy=policy, requests=requests, now=now)
        settle_handover(db, handover, now=now)


def accept_all(
    db: Session,
    handover: Handover,
    *,
    by_id: int,
    policy: LadderPolicy,
    requests: RequestPolicy,
    now: datetime,
) -> int:
    """Accept all that is open, as the successor; return how many things that were."""
    if by_id != handover.to_id or by_id not in holders(db, handover.cell_id, Role.SECRETARY, now=now):
        raise NotEntitled
    settle_handover(db, handover, now=now)
    rows = select(HandoverItem).where(HandoverItem.handover_id == handover.id)
    left = [one for one in db.scalars(rows.order_by(HandoverItem.id)) if one.is_open]
    if handover.state != HandoverState.RUNNING:
        return 0
    for item in left:
        _accept(db, handover, item, by_id=by_id, policy=policy, requests=requests, now=now)
    settle_handover(db, handover, now=now)
    return len(left)


def _accept(
    db: Session,
    handover: Handover,
    item: HandoverItem,
    *,
    by_id: int,
    policy: LadderPolicy,
    requests: RequestPolicy,
    now: datetime,
) -> None:
    """Theirs from now on: what nobody holds any more, a request for help or a call to make, gets them as its owner."""
    item.accepted_at = now
    who, cell_id = item.member_id, handover.cell_id
    record_change(db, "office.accept", by_id=by_id, member_id=who, unit_id=cell_id, now=now)
    request = db.get(HelpRequest, item.ref_id) if item.matter == Matter.REQUEST else None
    if request is not None and request.is_open and is_free(db, request, now=now):
        take_request(db, request, by_id=by_id, policy=requests, now=now)
    ladder = db.get(Ladder, item.ref_id) if item.matter == Matter.SILENT else None
    if ladder is None or ladder.state in (LadderState.TAKEN, LadderState.ENDED):
        return
    if may_take(db, by_id, db.get_one(Member, who), now=now):
        on = call_by(db, handover, item, ladder, policy, now=now)
        take_ladder(db, ladder, by_id=by_id, promised_on=on, policy=policy, now=now)


def call_by(
    db: Session,
    handover: Handover,
    item: HandoverItem,
    ladder: Ladder,
    policy: LadderPolicy,
    *,
    now: datetime,
) -> date:
    """Return the day by which the successor calls: the one promised before, else the last that one may promise."""
    first, last = promise_days(ladder, policy, now=now)
    held = held_before(db, handover, item)
    return min(max(held.on, first), last) if held is not None and held.on is not None else last


def settle_handover(db: Session, handover: Handover, *, now: datetime) -> bool:
    """Tick off what somebody has done meanwhile; return whether nothing is left to accept."""
    if handover.state != HandoverState.RUNNING:
        return True
    db.flush()
    waiting = {(one.matter, one.ref_id) for one in what_waits(db, handover.cell_id)}
    items = list(db.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover.id)))
    for item in items:
        if item.is_open and (Matter(item.matter), item.ref_id) not in waiting:
            item.settled_at = now
    if any(item.is_open for item in items):
        return False
    handover.state, handover.done_at = HandoverState.DONE, now
    if items:
        _tell_done(db, handover, now=now)
    return True


def handover_items(db: Session, handover_id: int) -> list[tuple[HandoverItem, str]]:
    """Return the checklist, each item with the name of its member, matter by matter, as on the desk."""
    rows = db.execute(
        select(HandoverItem, Member.full_name)
        .join(Member, Member.id == HandoverItem.member_id)
        .where(HandoverItem.handover_id == handover_id)
    )
    order = list(Matter)
    return sorted(
        ((item, name) for item, name in rows), key=lambda row: (order.index(Matter(row[0].matter)), row[0].id)
    )


# --- who had taken it ------------------------------------------------------------------------------------------------


class FormerHolder(NamedTuple):
    """Who had taken a thing when the office changed hands, and by which day they had promised it."""

    by_id: int
    on: date | None


def held_before(db: Session, handover: Handover, item: HandoverItem) -> FormerHolder | None:
    """Return whoever had taken it, and is not the successor; None: nobody had, or it is not a thing that one takes."""
    find = {Matter.SILENT: _caller, Matter.REQUEST: _helper}.get(Matter(item.matter))
    found = find(db, item.ref_id, handover.begun_at) if find else None
    return found if found is not None and found.by_id != handover.to_id else None


def _caller(db: Session, ladder_id: int, at: datetime) -> FormerHolder | None:
    """The promise that held until then, whether or not the hand-over has ended it."""
    before = [one for one in moves_of(db, ladder_id) if one.at < at]
    last = before[-1] if before else None
    if last is None or last.after != LadderState.TAKEN or last.by_id is None:
        return None
    return FormerHolder(last.by_id, last.promised_on)


def _helper(db: Session, request_id: int, at: datetime) -> FormerHolder | None:
    request = db.get(HelpRequest, request_id)
    if request is None:
        return None
    if request.owner_id is not None and request.taken_at is not None and request.taken_at < at:
        return FormerHolder(request.owner_id, request.promised_on)
    taken = [
        one
        for one in moves_of_request(db, request_id)
        if one.at < at and one.did in (Did.TAKEN, Did.RELEASED)
    ]
    last = taken[-1] if taken else None
    return (
        FormerHolder(last.by_id, None) if last is not None and last.did == Did.TAKEN and last.by_id else None
    )


# --- who is told ----------------------------------------------------------------------------------------------------


def _tell_begun(
    db: Session,
    handover: Handover,
    cell: Unit,
    successor: Member,
    leaving: list[int],
    *,
    count: int,
    now: datetime,
) -> None:
    key = f"office.handover:{handover.id}"
    buttons = [[Button(phrases.OPEN_LIST, f"office:handover:{handover.id}")]] if count else []
    tell_decently(
        db,
        successor.id,
        Message(phrases.you_take_over(cell=cell.name, count=count), buttons),
        key=key,
        now=now,
    )
    for member_id in leaving:
        words = phrases.you_handed_over(cell=cell.name, name=successor.full_name)
        tell_decently(db, member_id, Message(words), key=key, now=now)
    words = phrases.secretary_changed(cell=cell.name, name=successor.full_name)
    tell_cell(db, cell, words, key=key, but={successor.id, *leaving}, now=now)


def _tell_done(db: Session, handover: Handover, *, now: datetime) -> None:
    cell, successor = db.get_one(Unit, handover.cell_id), db.get_one(Member, handover.to_id)
    words = Message(phrases.handover_done(cell=cell.name, name=successor.full_name))
    concerned = {handover.to_id, handover.from_id, *officers_above(db, cell.id, now=now)} - {None}
    for member_id in concerned:
        tell_decently(db, member_id or 0, words, key=f"office.done:{handover.id}", now=now)
