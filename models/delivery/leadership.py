"""Who leads: one row. Of several programs on one database one does the steps, the sending and the timetable.

    beats: 1, 2, 3, …     the leader shows that it lives; nobody's clock is compared with another machine's
    no beat for a while   whoever watched it for that long takes over: epoch + 1, and another holder
    epoch + 1              what the former leader still has in hand is refused in its own transaction (`require_epoch`)

A leader that was stopped, or whose line to the database froze, may wake at any time and go on where it was. So it is not enough
that it would notice some time: nothing of an old epoch is kept.

A house that moves to another machine is frozen: the holder is a word that no program bears, and nobody takes the lead.

    freeze_leadership   whoever leads sees it with its next beat, ends as when told to stop, and resigns: it stays frozen
    shut_leadership     the epoch counts up: what a leader that did not end still has in hand is refused
    thaw_leadership     as before
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, inspect, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base
from models.ground.db import NotLeading

FROZEN = "frozen"


class Frozen(Exception):
    """The house was frozen to move to another machine: here nobody is answered any more."""


class Leadership(Base):
    __tablename__ = "leadership"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int]  # grows by one with each leader
    beats: Mapped[int]  # of this epoch
    holder: Mapped[str]  # the name of the leader's connections; empty: it has resigned


class LeadershipSight(NamedTuple):
    """What somebody saw of the row."""

    epoch: int
    beats: int
    holder: str


_ROW = Leadership.id == 1
_SEE = select(Leadership.epoch, Leadership.beats, Leadership.holder).where(_ROW)
_TAKE = (
    update(Leadership)
    .where(_ROW, Leadership.epoch == bindparam("seen_epoch"), Leadership.beats == bindparam("seen_beats"))
    .where(Leadership.holder != FROZEN)
    .values(epoch=Leadership.epoch + 1, beats=0, holder=bindparam("by"))
)
_BEAT = (
    update(Leadership).where(_ROW, Leadership.epoch == bindparam("mine")).values(beats=Leadership.beats + 1)
)
_RESIGN = (
    update(Leadership)
    .where(_ROW, Leadership.epoch == bindparam("mine"))
    .values(holder=case((Leadership.holder == FROZEN, FROZEN), else_=""))
)


def see_leadership(connection: Connection) -> LeadershipSight:
    """Return who leads now."""
    return LeadershipSight(*connection.execute(_SEE).one())


def take_leadership(connection: Connection, seen: LeadershipSight, *, holder: str) -> int | None:
    """Take over from whom was seen; return the new epoch. None: somebody else was faster, or the leader lives."""
    values = {"seen_epoch": seen.epoch, "seen_beats": seen.beats, "by": holder}
    return seen.epoch + 1 if connection.execute(_TAKE, values).rowcount else None


def beat_leadership(connection: Connection, epoch: int) -> bool:
    """Show that the leader of this epoch lives; False: another one leads."""
    return bool(connection.execute(_BEAT, {"mine": epoch}).rowcount)


def resign_leadership(connection: Connection, epoch: int) -> None:
    """Leave the lead to whoever wants it, unless somebody has taken it already."""
    connection.execute(_RESIGN, {"mine": epoch})


def freeze_leadership(connection: Connection) -> str:
    """Ask whoever leads to end; nobody takes the lead any more. Return who led."""
    holder = see_leadership(connection).holder
    connection.execute(update(Leadership).where(_ROW).values(holder=FROZEN))
    return holder


def shut_leadership(connection: Connection) -> None:
    """Refuse from now on whatever a leader that did not end still has in hand."""
    connection.execute(update(Leadership).where(_ROW).values(holder=FROZEN, epoch=Leadership.epoch + 1))


def thaw_leadership(connection: Connection) -> bool:
    """Let somebody take the lead again; False: it was not frozen."""
    thawed = update(Leadership).where(_ROW, Leadership.holder == FROZEN).values(holder="")
    return bool(connection.execute(thawed).rowcount)


def is_frozen(connection: Connection) -> bool:
    """Return whether the house was frozen; a database of before there was a lead is not."""
    if not inspect(connection).has_table(Leadership.__tablename__):
        return False
    return connection.scalar(select(Leadership.holder).where(_ROW)) == FROZEN


_HOLDER = text("SELECT holder FROM leadership WHERE id = 1")


def require_thawed(connection: Connection) -> None:
    """Raise Frozen where the house was frozen: asked first in each transaction of who stands by."""
    if connection.scalar(_HOLDER) == FROZEN:
        raise Frozen


_EPOCH = text("SELECT epoch FROM leadership WHERE id = 1")


def require_epoch(connection: Connection, epoch: int) -> None:
    """Raise NotLeading where the epoch is another: asked first in each transaction of a leader."""
    if connection.scalar(_EPOCH) != epoch:
        raise NotLeading
