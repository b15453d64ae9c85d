"""Questions: what is due, what is owed, what a report of this moment would answer, whom it all concerns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from models.contact.checkin.rows import UNSETTLED, Checkin, CheckinKind, CheckinState
from models.contact.pause import Pause, open_pauses
from models.contact.policy import CheckinPolicy
from models.ground.base import Soonest, locked
from models.people.member import UNREACHABLE, Account, Member, Reachability, accounts_of, contact_answers
from models.people.unit import Unit

S = CheckinState


@dataclass(slots=True)
class Asked:
    """A member as the one who is asked: loaded for many at once, since a tick asks many."""

    member: Member
    cell: Unit | None
    account: Account | None
    agrees: bool
    unsettled: list[Checkin] = field(default_factory=list)  # of the rhythm
    pause: Pause | None = None  # announced or running

    @property
    def belongs(self) -> bool:
        """Away from home, agreed, and still on the roster."""
        member = self.member
        away = member.place_code is not None
        return member.cell_id is not None and member.left_at is None and away and self.agrees

    @property
    def is_asked(self) -> bool:
        """Whether the program asks this member at all: belongs, and has a chat."""
        return self.belongs and self.account is not None

    @property
    def is_heard(self) -> bool:
        """Whether messages arrive. Where only the network is out of order, they are sent all the same (`is_reachable`)."""
        return self.account is not None and self.account.reachability == Reachability.OK

    @property
    def is_rung(self) -> bool:
        """Whether what is said rings by itself; else it lies there until they come."""
        return self.account is not None and self.account.address.limits.pushes

    @property
    def is_reachable(self) -> bool:
        return self.account is not None and self.account.reachability not in UNREACHABLE


def load_asked(db: Session, member_ids: Collection[int]) -> dict[int, Asked]:
    """Load what is to be known before asking these members, in six statements."""
    members = db.scalars(select(Member).where(Member.id.in_(member_ids))).all()
    homes = select(Unit).where(Unit.id.in_({m.cell_id for m in members if m.cell_id}))
    cells = {unit.id: unit for unit in db.scalars(homes)}
    accounts = accounts_of(db, member_ids)
    agreed, pauses = contact_answers(db, member_ids), open_pauses(db, member_ids)
    found = {
        m.id: Asked(
            m,
            cells.get(m.cell_id or 0),
            accounts.get(m.id),
            agreed.get(m.id, False),
            pause=pauses.get(m.id),
        )
        for m in members
    }
    unsettled = select(Checkin).where(
        Checkin.member_id.in_(member_ids), Checkin.state.in_(UNSETTLED), Checkin.kind == CheckinKind.RHYTHM
    )
    for checkin in db.scalars(unsettled):
        found[checkin.member_id].unsettled.append(checkin)
    return found


def asks_to_check_in(db: Session, member: Member) -> bool:
    """Return whether the program asks this member at all: away from home, registered, agreed, still on the roster."""
    return load_asked(db, [member.id])[member.id].is_asked


def due_checkins(db: Session, *, now: datetime, limit: int) -> list[int]:
    """Return the ids of those with which time has something to do now, the oldest first."""
    due = select(Checkin.id).where(Checkin.next_at <= now).order_by(Checkin.next_at).limit(limit)
    return list(db.scalars(due))


next_checkin_at = Soonest(Checkin.next_at)


def cells_to_alert(db: Session, *, now: datetime, limit: int) -> list[int]:
    return list(db.scalars(select(Checkin.cell_id).where(Checkin.alert_at <= now).distinct().limit(limit)))


next_alert_at = Soonest(Checkin.alert_at)


def owed_checkins(db: Session, member_id: int) -> list[Checkin]:
    """Return everything the member owes an answer to, the oldest first."""
    return list(db.scalars(_OWED, {"whose": member_id}))


_OWED = (  # asked by most screens of a member, so it is put together once
    select(Checkin)
    .where(Checkin.member_id == bindparam("whose"), Checkin.state.in_(UNSETTLED))
    .order_by(Checkin.opens_at, Checkin.id)
)


def owed_checkin(db: Session, member_id: int) -> Checkin | None:
    """Return the oldest check-in to which the member owes an answer."""
    return next(iter(owed_checkins(db, member_id)), None)


def planned_checkin(db: Session, member_id: int) -> Checkin | None:
    """Return the occurrence of the rhythm that comes next."""
    return db.scalars(
        select(Checkin).where(
            Checkin.member_id == member_id, Checkin.state == S.SCHEDULED, Checkin.kind == CheckinKind.RHYTHM
        )
    ).first()


def silenced_checkin(db: Session, member_id: int) -> Checkin | None:
    """Return the newest turn, when a pause has silenced it; None when it was asked, answered or closed."""
    newest = db.scalars(
        select(Checkin)
        .where(
            Checkin.member_id == member_id, Checkin.kind == CheckinKind.RHYTHM, Checkin.state != S.SCHEDULED
        )
        .order_by(Checkin.period.desc())
        .limit(1)
    ).first()
    return newest if newest is not None and newest.state == S.PAUSED else None


def newest_period(db: Session, member_id: int) -> date | None:
    """Return the last month that had its occurrence, or was answered ahead of it."""
    return db.scalar(
        select(func.max(Checkin.period)).where(
            Checkin.member_id == member_id, Checkin.kind == CheckinKind.RHYTHM, Checkin.state != S.SCHEDULED
        )
    )


def answerable_checkin(
    db: Session, member_id: int, policy: CheckinPolicy, *, now: datetime
) -> Checkin | None:
    """Return what a report of this moment would answer: what is owed, else the next one soon, else one to be
    corrected.

    What a pause has silenced counts as owed here: who wants to report may.
    """
    owed = [checkin for checkin in owed_checkins(db, member_id) if checkin.closes_at > now]
    if owed:
        return owed[0]
    soon = now + timedelta(days=policy.early_days)
    mine = db.scalars(_NOT_CLOSED, {"whose": member_id, "at": now}).all()  # the newest first
    paused = [one for one in mine if one.state == S.PAUSED and one.kind == CheckinKind.RHYTHM]
    if paused:
        return max(paused, key=lambda one: one.period)
    early = [one for one in mine if one.state == S.SCHEDULED and one.opens_at <= soon]
    answered = [one for one in mine if one.state == S.ANSWERED]
    return next(iter([*reversed(early), *answered]), None)


_NOT_CLOSED = (
    select(Checkin)
    .where(
        Checkin.member_id == bindparam("whose"),
        Checkin.closes_at > bindparam("at"),
        Checkin.state.in_((S.PAUSED, S.SCHEDULED, S.ANSWERED)),
    )
    .order_by(Checkin.opens_at.desc())
)


def correctable_checkins(db: Session, member_id: int, *, now: datetime) -> list[Checkin]:
    """Return what the member answered themselves and can still correct, the newest first."""
    mine = (Checkin.member_id == member_id) & (Checkin.answered_by == member_id)
    answered = select(Checkin).where(mine, Checkin.state == S.ANSWERED, Checkin.closes_at > now)
    return list(db.scalars(answered.order_by(Checkin.opens_at.desc())))


def lock_checkins(db: Session, ids: Sequence[int]) -> list[Checkin]:
    """Lock these rows for this transaction and return them. Rows in another's hands are left out (PostgreSQL)."""
    chosen = select(Checkin).where(Checkin.id.in_(ids)).order_by(Checkin.next_at, Checkin.id)
    return locked(db, chosen)
