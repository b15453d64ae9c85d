"""Rows, states, refusals."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, SmallInteger, false
from sqlalchemy.orm import Mapped, mapped_column

from models.ground.base import Base, Identified, lost_index, partial_index
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.phrases.contact import rollcall as phrases


class Occasion(StrEnum):
    """Why it is called. Each has its words ready."""

    STORM = "storm"
    FLOOD = "flood"
    QUAKE = "quake"
    UNREST = "unrest"
    ACCIDENT = "accident"  # at work
    OTHER = "other"
    DRILL = "drill"  # nothing has happened; every message and button says so


class CalledOn(StrEnum):
    """Who is asked."""

    ALL = "all"
    PLACE = "place"  # who works in one country or province
    PEOPLE = "people"  # chosen one by one, by who keeps the cell's desk


class RollCallState(StrEnum):
    PREPARING = "preparing"  # who is asked is being written down
    ASKING = "asking"
    ENDED = "ended"
    CALLED_OFF = "called off"  # it was a mistake


S = RollCallState
MOVES: dict[RollCallState, frozenset[RollCallState]] = {
    S.PREPARING: frozenset({S.ASKING, S.ENDED, S.CALLED_OFF}),
    S.ASKING: frozenset({S.ENDED, S.CALLED_OFF}),
    S.ENDED: frozenset(),
    S.CALLED_OFF: frozenset(),
}
UNDER_WAY = frozenset({S.PREPARING, S.ASKING})


class Safety(StrEnum):
    """What is known of one person."""

    OWED = "owed"  # nothing yet
    SAFE = "safe"
    NEEDS = "needs"  # needs help
    CALL = "call"  # wants to be phoned


ANSWERS = (Safety.SAFE, Safety.NEEDS, Safety.CALL)
IN_NEED = (Safety.NEEDS, Safety.CALL)


class RollCall(Identified, Base):
    __tablename__ = "roll_call"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # in whose name
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    occasion: Mapped[str]
    called_on: Mapped[str]
    place_code: Mapped[str | None]
    state: Mapped[str]
    called_at: Mapped[datetime]
    base_at: Mapped[datetime]  # from when the repeats count: the call, moved by our own outages
    cursor: Mapped[int] = mapped_column(default=0)  # the cell up to which people are written down
    round: Mapped[int] = mapped_column(SmallInteger, default=1)  # how often whoever owes has been asked
    again_at: Mapped[datetime | None]  # when they are asked once more
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]  # None: time
    board_at: Mapped[datetime | None]  # when the figures that stand in chats are looked at next
    fed_until: Mapped[datetime]  # up to when the pace is used up by what lies in the outbox
    next_at: Mapped[datetime | None]  # when time has something to do; never empty while it is under way
    text_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")  # the caller's own words; None: the occasion's

    __table_args__ = (
        Index("ix_roll_call_unit_id", "unit_id", "called_at"),
        lost_index("ix_roll_call_lost", UNDER_WAY),
        partial_index("ix_roll_call_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def is_drill(self) -> bool:
        return self.occasion == Occasion.DRILL

    @property
    def is_open(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def about(self) -> str:
        """The matter of its questions in the outbox."""
        return f"rollcall:{self.id}"


class RollCallPerson(Identified, Base):
    """One person who is asked, and the newest that is known of them."""

    __tablename__ = "roll_call_person"

    roll_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int]  # theirs when it was called
    state: Mapped[str]
    answered_at: Mapped[datetime | None]
    by_id: Mapped[int | None]  # who said so: they themselves, or whoever has just spoken with them
    changed: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # they were answered for differently before
    asked: Mapped[int] = mapped_column(SmallInteger, default=0)  # the last round that came to them
    outbox_id: Mapped[int | None]  # their last question; None: nothing could be sent to them
    told_end: Mapped[bool] = mapped_column(default=False, server_default=false())
    request_id: Mapped[int | None]  # what became of "needs help"

    __table_args__ = (
        Index("uq_roll_call_person_member", "roll_call_id", "member_id", unique=True),
        Index("ix_roll_call_person_member_id", "member_id"),
        Index("ix_roll_call_person_state", "roll_call_id", "state", "asked"),
        Index("ix_roll_call_person_cell_id", "cell_id", "roll_call_id"),
    )


class RollCallAnswer(Identified, Base):
    """One answer. All are kept, the newest counts."""

    __tablename__ = "roll_call_answer"

    person_id: Mapped[int] = mapped_column(ForeignKey("roll_call_person.id"))
    state: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (Index("ix_roll_call_answer_person_id", "person_id", "at"),)


class RollCallBoard(Identified, Base):
    """The figure in the chat of somebody who watches: whoever called it, the desks of the cells, the committees between."""

    __tablename__ = "roll_call_board"

    roll_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id"))
    watcher_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    part_id: Mapped[int | None] = mapped_column(
        "cell_id"
    )  # the unit whose part they see: of a cell with the names, of a committee in counts; None: all of it, in counts
    shown: Mapped[str] = mapped_column(default="")  # the figure that stands there
    edits: Mapped[int] = mapped_column(SmallInteger, default=0)
    round: Mapped[int] = mapped_column(
        SmallInteger, default=1
    )  # the last for which they were told who is left
    looked_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_roll_call_board_looked_at", "roll_call_id", "looked_at"),
        Index("ix_roll_call_board_watcher_id", "watcher_id"),
    )


class RollCallRefused(Refused):
    """What was asked does not fit how the roll call stands; the phrase says what does."""


class NobodyToAsk(Refused):
    """Nobody is there to be asked."""

    def __init__(self) -> None:
        super().__init__(phrases.nobody())
