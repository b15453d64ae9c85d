"""What time does: a handful of people in one transaction, until nothing is left to do at this moment.

    write down | ask ──> tell the end ──> show the figures ──> when again
    each does one handful and says whether there was one; the first that did ends the turn

While people are still being written down those who are written down already are asked, as fast as the pace goes.

The outbox is fed no further ahead than `policy.ahead` at the allowed pace (`fed_until`): other alerts come in between, and a
mistake is stopped. Several rounds that went by while we were down are one question, asked when we are back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from models.contact.policy import RollCallPolicy
from models.contact.rollcall.boards import (
    add_desk_boards,
    add_whole_board,
    show_boards,
    tell_boards_of_end,
    tell_committees,
)
from models.contact.rollcall.people import SENDABLE, CalledPeople, called_after, newest_consent, way_to
from models.contact.rollcall.rows import (
    MOVES,
    UNDER_WAY,
    CalledOn,
    RollCall,
    RollCallPerson,
    RollCallState,
    Safety,
)
from models.contact.rollcall.saying import answer_buttons, question
from models.delivery.body import Circular
from models.delivery.message import Button, Lane, Message, Recipient
from models.delivery.outbox import Outbox, OutboxState, cancel_outbox, compose, enqueue_all
from models.ground.base import locked, table_of
from models.ground.bulk import bulk_insert, bulk_update
from models.ground.clock import decent
from models.ground.sealing import new_id
from models.people.assignment import Assignment
from models.people.member import TOLD, Account, Member, Purpose, tell
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import rollcall as phrases
from models.phrases.text import Lang
from models.policies import Policies

_LOOK_AGAIN = timedelta(minutes=10)  # at figures that hardly change any more
_PERSON = table_of(RollCallPerson)


def move_roll_calls(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Do one handful of each roll call's work. It stays due while there is more to do."""
    due = select(RollCall).where(RollCall.id.in_(ids), RollCall.next_at <= now)
    for call in locked(db, due):
        work_roll_call(db, call, policies, now=now)
    db.flush()


def work_roll_call(
    db: Session, call: RollCall, policies: Policies, *, now: datetime, people: tuple[int, ...] = ()
) -> bool:
    """Do one handful of a roll call's work; return whether there was any. `people`: who was chosen by name."""
    if call.state == RollCallState.PREPARING:
        hungry = call.fed_until <= now  # nothing lies in the outbox: whoever is written down is asked first
        did = (hungry and _ask(db, call, policies, now)) or _write_down(db, call, policies, people, now=now)
    else:
        _count_rounds(call, policies.rollcall, now=now)
        _end_by_time(db, call, now=now)
        did = any(work(db, call, policies, now) for work in _WORKS)
    call.next_at = now if did else _when(db, call, policies, now=now)
    return did


def postpone_roll_calls(db: Session, silence: timedelta) -> None:
    """Move the ends and repeats by our own outage. What came due in it is done when we are back."""
    for call in locked(db, select(RollCall).where(RollCall.state.in_(UNDER_WAY)), wait=True):
        call.base_at += silence
        call.ends_at += silence
    db.flush()


def end_now(db: Session, call: RollCall, state: RollCallState, *, by_id: int | None, now: datetime) -> None:
    """End it: nobody is asked any more, and time tells those who were."""
    if state not in MOVES[RollCallState(call.state)]:
        raise ValueError(f"a roll call does not move from {call.state} to {state}")
    call.state, call.ended_at, call.ended_by = state, now, by_id
    call.again_at, call.next_at = None, now
    cancel_outbox(db, call.about)
    db.flush()


# --- rounds ---------------------------------------------------------------------------------------------------------


def first_again_at(policy: RollCallPolicy, *, since: datetime) -> datetime | None:
    """Return when whoever has not answered is asked for the second time."""
    return _again_after(policy, since, since)


def _again_after(policy: RollCallPolicy, base: datetime, now: datetime) -> datetime | None:
    moments = (base + timedelta(minutes=minutes) for minutes in policy.again_minutes)
    return min((at for at in moments if at > now), default=None)


def _count_rounds(call: RollCall, policy: RollCallPolicy, *, now: datetime) -> None:
    if call.state == RollCallState.ASKING and call.again_at is not None and call.again_at <= now:
        call.round += 1
        call.again_at = _again_after(policy, call.base_at, now)


def _end_by_time(db: Session, call: RollCall, *, now: datetime) -> None:
    if call.is_open and call.ends_at <= now:
        end_now(db, call, RollCallState.ENDED, by_id=None, now=now)


# --- the works ------------------------------------------------------------------------------------------------------


def _write_down(
    db: Session, call: RollCall, policies: Policies, people: tuple[int, ...], *, now: datetime
) -> bool:
    """A row for each of the next people, a figure for the desks of their cells."""
    aim = CalledPeople(call.unit_id, CalledOn(call.called_on), call.by_id, call.place_code, people)
    found, cells, cursor = called_after(db, aim, call.cursor, limit=policies.rollcall.handful)
    if found:
        rows = [_new_person(call, member_id, cell_id) for member_id, cell_id in found]
        # whoever moves to another cell meanwhile is asked once
        bulk_insert(db.connection(), _PERSON, rows, once=("roll_call_id", "member_id"))
        add_desk_boards(db, call, cells, policies, now=now)
    if cursor is None:
        call.state = RollCallState.ASKING
        db.flush()
        add_whole_board(db, call, policies, now=now)
    else:
        call.cursor = cursor
    return True


def _new_person(call: RollCall, member_id: int, cell_id: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "roll_call_id": call.id,
        "member_id": member_id,
        "cell_id": cell_id,
        "state": Safety.OWED.value,
        "changed": False,
        "asked": 0,
        "told_end": False,
    }


def _ask(db: Session, call: RollCall, policies: Policies, now: datetime) -> bool:
    """The question, to the next who still owe an answer in this round."""
    if not call.is_open or not _may_feed(call, policies, now=now):
        return False
    owing = _listeners(call).where(
        RollCallPerson.state == Safety.OWED.value, RollCallPerson.asked < call.round
    )
    # in the order of the index: another would sort all who are left, for each handful
    people = db.execute(owing.order_by(RollCallPerson.asked).limit(policies.rollcall.handful)).all()
    if not people:
        return False
    asker = _Asker(db, call, now)
    kept, silent = [], []
    for one in people:
        row = asker.asks(one)
        # the last question stays known where this one could not be sent: its end says how they are come by
        kept.append({"id": one.id, "asked": call.round, "outbox_id": row["id"] if row else one.outbox_id})
        if row is None or call.round > 1:
            silent.append(one.member_id)
    bulk_update(db.connection(), _PERSON, kept)
    _feed(call, enqueue_all(db, asker.rows), policies, now=now)
    _call_contacts(db, call, silent, now=now)
    return True


class _Asker:
    """Writes the questions of a handful: the same words for all whose clocks agree."""

    def __init__(self, db: Session, call: RollCall, now: datetime) -> None:
        self._call, self._now = call, now
        self._unit = db.get_one(Unit, call.unit_id).name
        self._said: dict[tuple[str, int], Circular] = {}
        self.rows: list[dict[str, Any]] = []

    @cached_property
    def _buttons(self) -> list[list[Button]]:
        return answer_buttons(self._call)

    def asks(self, one: Any) -> dict[str, Any] | None:
        """Put their question into the handful; None where no message reaches them."""
        way = way_to(address=one.address, reachability=one.reachability, given=one.given)
        if way not in SENDABLE or one.left_at is not None:
            return None
        again = self._call.round - 1 if one.asked else 0  # of an outage: for them it is the first
        if (one.zone, again) not in self._said:
            words = question(self._call, self._unit, one.zone, again=again)
            self._said[one.zone, again] = Circular(Message(words, self._buttons))
        rows = compose(
            # no zone: it keeps no night, however late it goes out
            Recipient(one.address, Lang(one.lang), one.discreet),
            self._said[one.zone, again],
            key=f"rollcall.ask:{one.id}:{self._call.round}",
            lane=Lane.ALERT,
            now=self._now,
            about=self._call.about,
        )
        self.rows += rows
        return rows[-1] if rows else None


def _call_contacts(db: Session, call: RollCall, member_ids: Sequence[int], *, now: datetime) -> None:
    """Ask those who keep in touch with them to phone, once a round each."""
    if not member_ids:
        return
    holding = (Assignment.begins_at <= now) & or_(Assignment.ends_at.is_(None), Assignment.ends_at > now)
    contacts = select(Assignment.contact_id).where(Assignment.member_id.in_(member_ids), holding)
    words = phrases.call_yours(occasion=call.occasion)
    buttons = [[Button(phrases.TO_CALL, f"rollwho:list:{call.id}:owed:0")]]
    for contact in db.scalars(select(Member).where(Member.id.in_(contacts), Member.left_at.is_(None))):
        if contact.id != call.by_id:
            key = f"rollcall.contact:{call.id}:{call.round}:{contact.id}"
            message = Message(words, buttons)
            tell(db, contact, message, key=key, lane=Lane.ALERT, now=now, at_once=True, about=call.about)


def _tell_committees(db: Session, call: RollCall, policies: Policies, now: datetime) -> bool:
    """The figure, to officers between: when all are written down, so that their first figure is whole."""
    return call.state == RollCallState.ASKING and tell_committees(db, call, policies, now=now)


def _tell_end(db: Session, call: RollCall, policies: Policies, now: datetime) -> bool:
    """The end, to whoever was asked. That it was a mistake is said at once, like the question; the end keeps the night."""
    if call.is_open or not _may_feed(call, policies, now=now):
        return False
    untold = _listeners(call).where(
        RollCallPerson.told_end.is_(False),
        or_(RollCallPerson.asked > 0, RollCallPerson.state != Safety.OWED.value),
    )
    people = db.execute(untold.order_by(RollCallPerson.member_id).limit(policies.rollcall.handful)).all()
    if not people:
        return False
    rows = [row for one in people if (row := _end_row(call, one, now)) is not None]
    _feed(call, enqueue_all(db, rows), policies, now=now)
    ids = [one.id for one in people]
    db.connection().execute(update(_PERSON).where(_PERSON.c.id.in_(ids)).values(told_end=True))
    return True


def _end_row(call: RollCall, one: Any, now: datetime) -> dict[str, Any] | None:
    mistake = call.state == RollCallState.CALLED_OFF
    # a question that was called back in the first round never came
    asked = one.outbox_id is not None and (one.said != OutboxState.CANCELLED or one.asked > 1)
    heard = asked or one.state != Safety.OWED
    way = way_to(address=one.address, reachability=one.reachability, given=one.given)
    if not heard or way not in SENDABLE or one.left_at is not None:
        return None
    if mistake:
        words = phrases.off(occasion=call.occasion, at=call.called_at, zone=one.zone)
    else:
        words = phrases.ended(
            occasion=call.occasion, at=call.called_at, zone=one.zone, owed=one.state == Safety.OWED
        )
    buttons = [] if mistake else answer_buttons(call, one.state) if one.state == Safety.OWED else []
    (row, *_) = compose(
        Recipient(one.address, Lang(one.lang), one.discreet, None if mistake else one.zone),
        Message(words, [*buttons, [Button(common.MENU, "nav:menu")]]),
        key=f"rollcall.end:{one.id}",
        lane=Lane.ALERT if mistake else Lane.REMINDER,
        now=now,
        not_before=now if mistake else decent(now, one.zone),
        about=f"{call.about}:end",
    )
    return row


def _show_boards(db: Session, call: RollCall, policies: Policies, now: datetime) -> bool:
    """The figures that stand in chats, changed in place; at the end, what came of it."""
    if call.state == RollCallState.PREPARING:
        return False
    if not call.is_open:
        return tell_boards_of_end(db, call, policies, now=now)
    if call.board_at is None or call.board_at > now:
        return False
    if show_boards(db, call, policies, now=now):
        return True
    call.board_at = now + max(
        policies.rollcall.board_every, _LOOK_AGAIN if call.again_at is None else timedelta()
    )
    return False


_WORKS: tuple[Callable[[Session, RollCall, Policies, datetime], bool], ...] = (
    _ask,
    _tell_committees,
    _tell_end,
    _show_boards,
)


def _listeners(call: RollCall) -> Any:
    """A roll call's people with all that it takes to speak to them."""
    return (
        select(
            RollCallPerson.id,
            RollCallPerson.member_id,
            RollCallPerson.state,
            RollCallPerson.asked,
            RollCallPerson.outbox_id,
            Member.lang,
            Member.discreet,
            Member.zone,
            Member.left_at,
            Account.address,
            Account.reachability,
            newest_consent(Purpose.CONTACT).label("given"),
            Outbox.state.label("said"),
        )
        .join(Member, Member.id == RollCallPerson.member_id)
        .outerjoin(Account, and_(Account.member_id == Member.id, TOLD))
        .outerjoin(Outbox, Outbox.id == RollCallPerson.outbox_id)
        .where(RollCallPerson.roll_call_id == call.id)
    )


# --- pace, and when again -------------------------------------------------------------------------------------------


def _may_feed(call: RollCall, policies: Policies, *, now: datetime) -> bool:
    return call.fed_until <= now + policies.rollcall.ahead


def _feed(call: RollCall, messages: int, policies: Policies, *, now: datetime) -> None:
    call.fed_until = max(call.fed_until, now) + timedelta(seconds=messages / policies.outbox.rate)


def _when(db: Session, call: RollCall, policies: Policies, *, now: datetime) -> datetime | None:
    """Nothing can be done now: when it can; None: never again."""
    fed = call.fed_until - policies.rollcall.ahead  # from then on the pace has room again
    if not call.is_open:
        return max(fed, now) if fed > now and _is_left(db, call) else None
    moments = [one for one in (call.again_at, call.board_at, call.ends_at) if one is not None]
    if fed > now:
        moments.append(fed)
    return max(min(moments), now)


def _is_left(db: Session, call: RollCall) -> bool:
    """Somebody has yet to be told the end."""
    rows = select(func.count()).where(
        RollCallPerson.roll_call_id == call.id, RollCallPerson.told_end.is_(False)
    )
    return bool(db.scalar(rows))
