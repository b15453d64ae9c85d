"""Questions: what is open, what is due, the history, the register."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, not_, or_, select
from sqlalchemy.orm import Session

from models.away.away.rows import (
    Away,
    AwayChange,
    AwayMove,
    AwayUpdate,
    DecisionChange,
    Filing,
    FilingMove,
    ReturnItem,
)
from models.away.away.states import OPEN, UNDER_WAY, A, F, FilingState, ReturnStep
from models.contact.checkin import Checkin, owed_checkins
from models.ground.base import Soonest
from models.people.member import Member, Purpose, has_refused, refuses


def open_away(db: Session, member_id: int) -> Away | None:
    """Return the member's absence that is not yet over, if any. There is at most one."""
    return db.scalars(select(Away).where(Away.member_id == member_id, Away.state.in_(OPEN))).first()


def members_away(db: Session, cell_id: int) -> set[int]:
    """Return the ids of the members whose place follows a declared absence."""
    return set(db.scalars(select(Away.member_id).where(Away.cell_id == cell_id, Away.state.in_(OPEN))))


def aways_of(db: Session, member_id: int) -> list[Away]:
    """Return all absences of a member, the newest first."""
    rows = select(Away).where(Away.member_id == member_id)
    return list(db.scalars(rows.order_by(Away.declared_at.desc(), Away.id.desc())))


def away_of(db: Session, filing: Filing) -> Away:
    return db.get_one(Away, filing.away_id)


def filings_of(db: Session, away_id: int) -> list[Filing]:
    """Return the paper chains of an absence, the newest first."""
    rows = select(Filing).where(Filing.away_id == away_id)
    return list(db.scalars(rows.order_by(Filing.opened_at.desc(), Filing.id.desc())))


def filing_under_way(db: Session, away_id: int) -> Filing | None:
    """Return the chain that waits for somebody, if any. There is at most one."""
    return db.scalars(select(Filing).where(Filing.away_id == away_id, Filing.state.in_(UNDER_WAY))).first()


def decision_of(db: Session, away_id: int) -> Filing | None:
    """Return the newest approval. Its number and date stand in the register."""
    rows = select(Filing).where(Filing.away_id == away_id, Filing.state == F.APPROVED)
    return db.scalars(rows.order_by(Filing.settled_at.desc(), Filing.id.desc())).first()


def corrections_of(db: Session, filing_id: int) -> list[DecisionChange]:
    """Return what was corrected in its decision, oldest first."""
    rows = select(DecisionChange).where(DecisionChange.filing_id == filing_id)
    return list(db.scalars(rows.order_by(DecisionChange.at, DecisionChange.id)))


def filing_moves(db: Session, filing_id: int) -> list[FilingMove]:
    """Return the history of one chain, oldest first."""
    rows = select(FilingMove).where(FilingMove.filing_id == filing_id)
    return list(db.scalars(rows.order_by(FilingMove.at, FilingMove.id)))


def away_moves(db: Session, away_id: int) -> list[AwayMove]:
    rows = select(AwayMove).where(AwayMove.away_id == away_id)
    return list(db.scalars(rows.order_by(AwayMove.at, AwayMove.id)))


def away_changes(db: Session, away_id: int) -> list[AwayChange]:
    """Return what changed on the way, oldest first. Changes without `before` lie ahead."""
    kept = AwayChange.after_sealed.is_not(None)  # else the member has had it erased
    rows = select(AwayChange).where(AwayChange.away_id == away_id, kept)
    return list(db.scalars(rows.order_by(AwayChange.from_on, AwayChange.id)))


def places_of(db: Session, away: Away) -> list[str]:
    """Return the codes of all places of an absence, in the order in which the member lived there."""
    changes = [one for one in away_changes(db, away.id) if one.before is not None]
    codes = [*(one.before.place_code for one in changes if one.before), away.place_code]
    return [code for at, code in enumerate(codes) if at == 0 or code != codes[at - 1]]


def away_updates(db: Session, away_id: int) -> list[AwayUpdate]:
    rows = select(AwayUpdate).where(AwayUpdate.away_id == away_id)
    return list(db.scalars(rows.order_by(AwayUpdate.at.desc())))


def return_items(db: Session, away_id: int) -> list[ReturnItem]:
    """Return the checklist of a return, in its order."""
    rows = db.scalars(select(ReturnItem).where(ReturnItem.away_id == away_id))
    order = list(ReturnStep)
    return sorted(rows, key=lambda item: order.index(ReturnStep(item.step)))


Cells = Collection[int] | Select[tuple[int]]


def filings_to_keep(db: Session, cell_id: int) -> list[Filing]:
    """Return what waits for secretary or deputy, the oldest first."""
    return _waiting(db, [cell_id], F.FILED, F.AT_CELL)


def filings_proposed(db: Session, cells: Cells) -> list[Filing]:
    """Return what the cells have proposed and nobody has decided, the oldest first."""
    return _waiting(db, cells, F.PROPOSED)


def _shown() -> ColumnElement[bool]:
    """Not those whose owner does not agree to their being kept here: others have them on paper."""
    return not_(has_refused(Away.member_id, Purpose.AWAY))


def _waiting(db: Session, cell_ids: Cells, *states: FilingState) -> list[Filing]:
    rows = (
        select(Filing)
        .join(Away, Away.id == Filing.away_id)
        .where(Filing.cell_id.in_(cell_ids), Filing.state.in_(states), _shown())
    )
    return list(db.scalars(rows.order_by(Filing.opened_at, Filing.id)))


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register of members away (sổ theo dõi)."""

    away: Away
    member: Member
    decision: Filing | None
    under_way: Filing | None


def register_of(db: Session, cell_id: int, *, also_closed: bool = False) -> list[RegisterLine]:
    """Return who of the cell is away, by given name. `also_closed`: with absences that are over.

    Always four statements.
    """
    states = list(A) if also_closed else list(OPEN)
    found = db.execute(
        select(Away, Member)
        .join(Member, Member.id == Away.member_id)
        .where(Away.cell_id == cell_id, Away.state.in_(states), _shown())
        .order_by(Member.sort_key, Away.begins_on)
    ).all()
    ids = [away.id for away, _ in found]
    rows = select(Filing).where(
        Filing.away_id.in_(ids), or_(Filing.state == F.APPROVED, Filing.state.in_(UNDER_WAY))
    )
    decided: dict[int, Filing] = {}
    waiting: dict[int, Filing] = {}
    for filing in db.scalars(rows.order_by(Filing.opened_at, Filing.id)):
        (decided if filing.state == F.APPROVED else waiting)[filing.away_id] = filing
    return [RegisterLine(away, member, decided.get(away.id), waiting.get(away.id)) for away, member in found]


def lapsed_aways(db: Session, cell_id: int) -> list[Away]:
    rows = select(Away).where(Away.cell_id == cell_id, Away.state == A.LAPSED, _shown())
    return list(db.scalars(rows.order_by(Away.due_on)))


def returning_aways(db: Session, cell_id: int) -> list[Away]:
    """Return the absences of members who are back and whose checklist is still open."""
    rows = select(Away).where(Away.cell_id == cell_id, Away.state == A.RETURNING, _shown())
    return list(db.scalars(rows.order_by(Away.returned_on, Away.id)))


@dataclass(frozen=True, slots=True)
class ContactCard:
    """All that a contact sees of a member: what one needs to phone."""

    full_name: str
    place_code: str | None
    zone: str
    phone: str | None  # the one there, else the roster's
    owed: tuple[Checkin, ...]


def contact_card(db: Session, member: Member) -> ContactCard:
    """Return the card for a reader who has SEE_CARD (`assignment.require_member`). Reading it leaves a look."""
    away = open_away(db, member.id)
    knows = away is not None and away.state != A.RETURNING and not refuses(db, member.id, Purpose.AWAY)
    phone = away.phone_there if away is not None and knows else None
    return ContactCard(
        member.full_name,
        member.place_code,
        member.zone,
        phone or member.phone,
        tuple(owed_checkins(db, member.id)),
    )


# --- time -----------------------------------------------------------------------------------------------------------


def due_aways(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of absences with which time has something to do now, the oldest first."""
    return list(db.scalars(select(Away.id).where(Away.next_at <= now).order_by(Away.next_at).limit(limit)))


next_away_at = Soonest(Away.next_at)
