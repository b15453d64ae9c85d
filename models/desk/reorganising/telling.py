"""Everybody whom a change concerns hears of it in one message: what was decided, and what it means for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.delivery.message import Button, Buttons, Lane, Message
from models.delivery.outbox import Outbox, OutboxState, cancel_outbox
from models.people.member import Member, account_of, decent_for, tell
from models.people.rights import Appointment, Right, Role, holders, may
from models.people.unit import Unit, UnitKind
from models.people.unit_change import UnitChange
from models.phrases import common
from models.phrases.desk import reorganising as phrases
from models.phrases.text import Text


class Telling:
    """Gathers what each person is told, and says it once."""

    def __init__(self, db: Session, change: UnitChange) -> None:
        self._db, self._change = db, change
        self.by_id = change.by_id
        self._said: dict[int, list[Text]] = {}
        self._desk: dict[int, int] = {}  # whose desk they keep from now on

    def say(self, people: Collection[int], words: Text) -> None:
        for one in sorted(people):
            self._said.setdefault(one, []).append(words)

    def office_ended(self, held: Appointment) -> None:
        unit = self._db.get_one(Unit, held.unit_id)
        self.say([held.member_id], phrases.office_ended(role=held.role, unit=unit.name))

    def office_passed(self, member_id: int, unit: Unit, *, now: datetime) -> None:
        role = (
            Role.SECRETARY
            if member_id in holders(self._db, unit.id, Role.SECRETARY, now=now)
            else Role.DEPUTY
        )
        self.say([member_id], phrases.office_passed(role=role, unit=unit.name))

    def send(self, *, now: datetime) -> None:
        change = self._change
        paper = phrases.by_decision(number=change.number, on=change.decided_on)
        for member_id, words in self._said.items():
            if member_id != self.by_id:
                whole = common.paragraph(common.lines(*words), *([paper] if change.number else []))
                self._tell(member_id, whole, self._ways(member_id, now=now), now=now)

    def _ways(self, member_id: int, *, now: datetime) -> Buttons:
        """The desk where everything stands now, for who keeps it."""
        heir = self._db.get(Unit, self._change.other_id or self._change.unit_id)
        if (
            heir is not None
            and heir.kind == UnitKind.CELL
            and may(self._db, member_id, Right.SEE_DESK, heir.id, now=now)
        ):
            return [[Button(phrases.DESK, f"desk:open:{heir.id}")]]
        return [[Button(common.MENU, "nav:menu")]]

    def _tell(self, member_id: int, words: Text, ways: Buttons, *, now: datetime) -> None:
        _tell(self._db, self._change, member_id, Message(words, ways), "told", now=now)


def tell_undone(db: Session, change: UnitChange, people: Collection[int], *, now: datetime) -> None:
    """Take back what nobody has heard yet; say to whoever has heard it that all is as before."""
    db.flush()
    waits = select(Outbox.address).where(Outbox.about == change.about, Outbox.state == OutboxState.PENDING)
    unheard = set(db.scalars(waits))
    cancel_outbox(db, change.about)
    unit, other = db.get_one(Unit, change.unit_id), db.get(Unit, change.other_id or 0)
    words = phrases.told_undone(kind=change.kind, name=unit.name, other=other.name if other else "")
    paper = phrases.by_decision(number=change.number, on=change.decided_on)
    whole = common.paragraph(words, *([paper] if change.number else []))
    for member_id in sorted(people):
        account = account_of(db, member_id)
        if member_id != change.undone_by and account is not None and account.address not in unheard:
            _tell(
                db, change, member_id, Message(whole, [[Button(common.MENU, "nav:menu")]]), "undone", now=now
            )


def _tell(
    db: Session, change: UnitChange, member_id: int, message: Message, key: str, *, now: datetime
) -> None:
    person = db.get_one(Member, member_id)
    tell(
        db,
        person,
        message,
        key=f"{change.about}:{key}:{member_id}",
        lane=Lane.ALERT,
        now=now,
        not_before=decent_for(person, now),
        about=change.about,
    )
