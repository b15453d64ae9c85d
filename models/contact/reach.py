"""Who was reached: what a screen says of it is read from the outbox and from nothing else.

    said just now ─┬─ on its way, or there                       now
                   ├─ their night: it waits until an hour        waiting
                   ├─ on a page that nothing rings for           opening
                   └─ nothing carries it, and why                out: a person tells them

Asked right after the act, by the keys of its messages. "Told" is never said of what lies there until the morning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.delivery.outbox import Outbox, OutboxState
from models.ground.channel import NOWHERE
from models.people.browser import rings
from models.people.member import Member, Purpose, account_of, answers_of, hears


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom something that was just said reaches; `out`: with why nothing does."""

    now: list[Member] = field(default_factory=list)
    waiting: list[tuple[Member, datetime]] = field(default_factory=list)
    opening: list[Member] = field(default_factory=list)
    out: list[tuple[Member, str]] = field(default_factory=list)

    @property
    def hours(self) -> list[tuple[datetime, list[Member]]]:
        """Those who wait, by the hour, the first first."""
        hours = sorted({at for _, at in self.waiting})
        return [(hour, [one for one, at in self.waiting if at == hour]) for hour in hours]


def reach_of(
    db: Session, people: Sequence[Member], keys: Mapping[int, str], purpose: Purpose, *, now: datetime
) -> Reach:
    """Return what became of each member's message by its key. Members without a key were told nothing."""
    rows = db.execute(
        select(Outbox.key, Outbox.state, Outbox.not_before, Outbox.address).where(
            Outbox.key.in_(list(keys.values()))
        )
    )
    said = {key: (state, not_before, address) for key, state, not_before, address in rows}
    reach = Reach()
    for member in people:
        state, not_before, address = said.get(keys.get(member.id, ""), ("", now, NOWHERE))
        if state == OutboxState.FAILED or not state:
            why = why_out(db, member, purpose)
            if why or state:  # to whom nothing was to be said, nothing is owed
                reach.out.append((member, why))
        elif state == OutboxState.PENDING and not_before > now:
            reach.waiting.append((member, not_before))
        elif state == OutboxState.PENDING and not rings(db, address):
            reach.opening.append(member)
        else:
            reach.now.append(member)
    return reach


def why_out(db: Session, member: Member, purpose: Purpose) -> str:
    """Return why nothing about `purpose` comes to them here: no account | unreachable | no consent; empty: it does."""
    if account_of(db, member.id) is None:
        return "no account"
    if not hears(db, member.id):
        return "unreachable"
    return "" if answers_of(db, [member.id], purpose).get(member.id) else "no consent"


def out_of_reach(db: Session, people: Sequence[Member], purpose: Purpose) -> list[tuple[Member, str]]:
    """Return the members whom nothing about `purpose` reaches here, and why."""
    found = [(member, why_out(db, member, purpose)) for member in people]
    return [(member, why) for member, why in found if why]
