"""Rows. Moves, changes and updates are written once; what is confidential is sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, SmallInteger, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away.states import AWAY_MOVES, FILING_MOVES, OPEN, UNDER_WAY, AwayState, FilingState
from models.ground.base import Base, Identified, lost_index, partial_index
from models.ground.sealing import Sealed
from models.people.trail import record_change
from models.policies import Policies


class Scan(BaseModel):
    """A scan or photo of a signed paper: the id of the file that is kept, and its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class FilingAct:
    """Who acts, by which rules, and when; with what was written to it and the paper, if it came on one."""

    by_id: int
    policies: Policies
    now: datetime
    on_paper: bool = False
    comment: str = ""
    scan: Scan | None = None

    @property
    def wordless(self) -> FilingAct:
        """The same act, of which no words and no scan are kept: they belong to what follows from it."""
        return replace(self, comment="", scan=None)


class Stay(BaseModel):
    """Where and how somebody lives there: what may change on the way. `place_code` from places.py, never a street."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place_code: str
    zone: str
    city: str = ""
    work: str  # WorkKind
    employer: str = ""
    phone_there: str = ""
    host: str = ""  # whom to write to at the place of stay: a committee, a mission, an association
    trusted_name: str = ""  # a person at home
    trusted_phone: str = ""
    trusted_knows: bool = False  # and agrees to be named here


class Declaration(BaseModel):
    """What a member declares. `ends_on` is the last day away; None: not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stay: Stay
    begins_on: date
    ends_on: date | None = None
    reason: str = ""
    study: bool = False
    itinerant: bool = False  # moves about, an unsteady job, or no organisation at the place


class Away(Identified, Base):
    __tablename__ = "away"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str]
    route: Mapped[str]
    place_code: Mapped[str]
    zone: Mapped[str]
    work: Mapped[str]
    study: Mapped[bool] = mapped_column(default=False)
    itinerant: Mapped[bool] = mapped_column(default=False)
    trusted_knows: Mapped[bool] = mapped_column(default=False)
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]  # the last day away as the member plans it
    due_on: Mapped[date]  # the day up to which it is applied for or granted, or is looked at again
    begun_at: Mapped[datetime | None]  # place, clock and rhythm follow it from here on
    returned_on: Mapped[date | None]
    declared_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]  # when time next has something to do with it
    reminded_for: Mapped[int | None] = mapped_column(
        SmallInteger
    )  # the last step of remind_days that is done
    stalled_at: Mapped[datetime | None]  # when whoever's turn it is was last called
    update_months: Mapped[int | None] = mapped_column(SmallInteger)  # None: no written updates
    update_due_on: Mapped[date | None]
    update_asked_at: Mapped[datetime | None]
    city_sealed: Mapped[bytes | None]
    employer_sealed: Mapped[bytes | None]
    reason_sealed: Mapped[bytes | None]
    phone_there_sealed: Mapped[bytes | None]
    host_sealed: Mapped[bytes | None]
    trusted_name_sealed: Mapped[bytes | None]
    trusted_phone_sealed: Mapped[bytes | None]

    city = Sealed("city_sealed")
    employer = Sealed("employer_sealed")
    reason = Sealed("reason_sealed")
    phone_there = Sealed("phone_there_sealed")
    host = Sealed("host_sealed")
    trusted_name = Sealed("trusted_name_sealed")
    trusted_phone = Sealed("trusted_phone_sealed")

    __table_args__ = (
        partial_index(
            "uq_away_open_member",  # one at a time
            "member_id",
            where="state NOT IN ('closed', 'dropped')",
            unique=True,
        ),
        Index("ix_away_cell_id", "cell_id", "state", "due_on"),
        lost_index("ix_away_lost", OPEN),
        partial_index("ix_away_next_at", "next_at", where="next_at IS NOT NULL"),
    )

    @property
    def stay(self) -> Stay:
        return Stay(
            place_code=self.place_code,
            zone=self.zone,
            work=self.work,
            trusted_knows=self.trusted_knows,
            **{name: getattr(self, name) or "" for name in _SEALED_STAY},
        )

    @stay.setter
    def stay(self, stay: Stay) -> None:
        self.place_code, self.zone, self.work = stay.place_code, stay.zone, stay.work
        self.trusted_knows = stay.trusted_knows
        for name in _SEALED_STAY:
            setattr(self, name, getattr(stay, name) or None)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


_SEALED_STAY = ("city", "employer", "phone_there", "host", "trusted_name", "trusted_phone")


class Filing(Identified, Base):
    """One paper chain of an absence."""

    __tablename__ = "filing"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str]
    state: Mapped[str]
    route: Mapped[str]
    rule: Mapped[str]  # the field of AwayPolicy that the route was proposed by; "": the cell chose it
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("rule_version.id")
    )  # the rules that it was filed under; None: before they were kept
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]  # the member's plan
    due_on: Mapped[date]  # what is applied for
    unchanged: Mapped[bool] = mapped_column(
        default=False
    )  # an extension with "nothing changed", an application as last year
    filed_by: Mapped[int] = mapped_column(ForeignKey("member.id"))
    on_paper: Mapped[bool] = mapped_column(default=False)  # typed at the cell from a paper
    opened_at: Mapped[datetime]
    meeting_on: Mapped[date | None]
    votes_for: Mapped[int | None] = mapped_column(SmallInteger)
    votes_against: Mapped[int | None] = mapped_column(SmallInteger)
    decision_number: Mapped[str | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None]  # who entered the decision
    decided_on_paper: Mapped[bool] = mapped_column(
        default=False
    )  # typed at the cell, not entered by the committee
    settled_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]

    reason = Sealed("reason_sealed")

    __table_args__ = (
        Index("ix_filing_away_id", "away_id"),
        Index("ix_filing_cell_id", "cell_id", "state"),
        partial_index(
            "uq_filing_under_way",  # one chain of an absence at a time
            "away_id",
            where="settled_at IS NULL",
            unique=True,
        ),
    )

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class Decided(BaseModel):
    """Number and day of a decision, as they stood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str | None
    on: date | None


class DecisionChange(Identified, Base):
    """A decision's number or day was typed wrong: who corrected it, when, and what stood there. Never changed afterwards."""

    __tablename__ = "decision_change"

    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"))
    at: Mapped[datetime]
    by_id: Mapped[int]
    before_sealed: Mapped[bytes | None]

    before_json = Sealed("before_sealed")

    __table_args__ = (Index("ix_decision_change_filing_id", "filing_id", "at"),)

    @property
    def before(self) -> Decided | None:
        """None when the member has had it erased."""
        return Decided.model_validate_json(self.before_json) if self.before_json else None


class FilingMove(Identified, Base):
    """Each move of a filing: who, when, on which paper. Never changed afterwards."""

    __tablename__ = "filing_move"

    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"))
    before: Mapped[str | None]  # None: it was filed
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int]
    on_paper: Mapped[bool]
    happened_on: Mapped[date]  # the date on the paper: of the meeting, of the decision
    file_id_sealed: Mapped[bytes | None]
    comment_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]
    filed_sealed: Mapped[
        bytes | None
    ]  # of the step that files it: the paper as it was on that day (paper.Filed)

    comment = Sealed("comment_sealed")
    file_id = Sealed("file_id_sealed")
    file_name = Sealed("file_name_sealed")
    filed_json = Sealed("filed_sealed")

    __table_args__ = (Index("ix_filing_move_filing_id", "filing_id", "at"),)


class AwayMove(Identified, Base):
    """Each move of an absence. Never changed afterwards."""

    __tablename__ = "away_move"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    before: Mapped[str | None]
    after: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None]  # None: time
    note_sealed: Mapped[bytes | None]

    note = Sealed("note_sealed")

    __table_args__ = (Index("ix_away_move_away_id", "away_id", "at"),)


class AwayChange(Identified, Base):
    """A change on the way, with what was true before it. `from_on` may lie ahead."""

    __tablename__ = "away_change"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    from_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    applied_at: Mapped[datetime | None]
    before_sealed: Mapped[bytes | None]
    after_sealed: Mapped[bytes | None]

    before_json = Sealed("before_sealed")
    after_json = Sealed("after_sealed")

    __table_args__ = (Index("ix_away_change_away_id", "away_id", "from_on"),)

    @property
    def before(self) -> Stay | None:
        """What was true until then; None while the change lies ahead."""
        return Stay.model_validate_json(self.before_json) if self.before_json else None

    @property
    def after(self) -> Stay:
        return Stay.model_validate_json(self.after_json or "")


class AwayUpdate(Identified, Base):
    """A written update, where the cell wants one."""

    __tablename__ = "away_update"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    due_on: Mapped[date | None]  # None: unasked
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    on_paper: Mapped[bool]
    unread_at: Mapped[datetime | None]  # nobody at the desk but its writer has read it yet
    file_id_sealed: Mapped[bytes | None]
    text_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")
    file_id = Sealed("file_id_sealed")
    file_name = Sealed("file_name_sealed")

    __table_args__ = (
        Index("ix_away_update_away_id", "away_id", "at"),
        partial_index("ix_away_update_unread", "away_id", where="unread_at IS NOT NULL"),
    )


class ReturnItem(Identified, Base):
    """One line of the checklist of a return."""

    __tablename__ = "return_item"

    away_id: Mapped[int] = mapped_column(ForeignKey("away.id"))
    step: Mapped[str]
    done_at: Mapped[datetime | None]
    happened_on: Mapped[date | None]
    by_id: Mapped[int | None]
    waived: Mapped[bool] = mapped_column(default=False)  # not needed, or not to be had; the note says why
    file_id_sealed: Mapped[bytes | None]
    note_sealed: Mapped[bytes | None]
    file_name_sealed: Mapped[bytes | None]

    note = Sealed("note_sealed")
    file_id = Sealed("file_id_sealed")
    file_name = Sealed("file_name_sealed")

    __table_args__ = (Index("uq_return_item_away_id", "away_id", "step", unique=True),)


class AwayHabit(Base):
    """What a cell has chosen about absences."""

    __tablename__ = "away_habit"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, autoincrement=False)
    update_months: Mapped[int | None] = mapped_column(SmallInteger)  # None: no written updates


class HistoryRewritten(RuntimeError):
    """A row of history was to be changed."""


def keep_history(*kinds: type[Base]) -> None:
    """Refuse from now on to change rows of these kinds: they are written once."""
    for kind in kinds:
        event.listen(kind, "before_update", _refuse_to_rewrite)


def _refuse_to_rewrite(mapper: Any, connection: Any, row: Base) -> None:
    raise HistoryRewritten(type(row).__name__)


# not AwayChange: it is written once more when its day comes
keep_history(FilingMove, AwayMove, AwayUpdate, DecisionChange)


def move_away(
    db: Session, away: Away, state: AwayState, *, by_id: int | None, now: datetime, note: str = ""
) -> None:
    """Move it into the next state, with a dated row. A move that is not in the table is a bug."""
    before = AwayState(away.state)
    if state not in AWAY_MOVES[before]:
        raise ValueError(f"an absence does not move from {before} to {state}")
    away.state, away.stalled_at = state, now
    if state not in OPEN:
        away.closed_at, away.next_at = now, None
    add_away_move(db, away, before, by_id=by_id, now=now, note=note)


def add_away_move(
    db: Session, away: Away, before: AwayState | None, *, by_id: int | None, now: datetime, note: str = ""
) -> None:
    record_change(
        db,
        "absence.move",
        by_id=by_id,
        member_id=away.member_id,
        unit_id=away.cell_id,
        now=now,
        detail=str(away.state),
    )
    row = AwayMove(away_id=away.id, before=before, after=away.state, at=now, by_id=by_id)
    row.note = note or None
    db.add(row)


def move_filing(db: Session, filing: Filing, state: FilingState, written: FilingMove) -> None:
    """Move it into the next state; `written` is the row that says so."""
    before = FilingState(filing.state)
    if state not in FILING_MOVES[before]:
        raise ValueError(f"a filing does not move from {before} to {state}")
    filing.state = state
    if state not in UNDER_WAY:
        filing.settled_at = written.at
    db.add(written)


def written_move(
    filing: Filing,
    before: FilingState | None,
    after: FilingState,
    *,
    by_id: int,
    now: datetime,
    on: date,
    on_paper: bool = False,
    comment: str = "",
    scan: Scan | None = None,
) -> FilingMove:
    row = FilingMove(
        filing_id=filing.id,
        before=before,
        after=after,
        at=now,
        by_id=by_id,
        on_paper=on_paper,
        happened_on=on,
        file_id=scan.file_id if scan else None,
    )
    row.comment = comment or None
    row.file_name = scan.name if scan and scan.name else None
    return row
