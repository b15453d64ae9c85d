"""Who has no account may see, take out and delete what is held about them: by a code that the committee hands over.

    issue_data_code ──> 16 digits, once on the officer's screen, handed over in person after papers were checked
    open_visit      ──> the code typed in any chat: that chat sees this person's own data for `visit_hours`, nothing else

The code works once. A person who is registered needs none: their own chat shows everything.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.delivery.message import Message
from models.entry.register import tell_keepers
from models.ground.base import Base, Identified
from models.ground.channel import Address
from models.ground.sealing import new_id
from models.people.member import Member, account_of, accounts_ever, was_registered
from models.people.policy import SecretPolicy
from models.people.rights import NotEntitled, Right, may
from models.people.secret import drop_data_code, make_data_code, member_of_data_code
from models.people.trail import record_act
from models.phrases.trust import data_visit as phrases
from models.trust.policy import VisitPolicy


class DataVisit(Identified, Base):
    """A chat that may see one person's own data for a while; it is nobody's account."""

    __tablename__ = "data_visit"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    address: Mapped[Address] = mapped_column(unique=True)
    opened_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    __table_args__ = (Index("ix_data_visit_member_id", "member_id"),)


def may_issue(db: Session, by_id: int, member: Member, *, now: datetime) -> bool:
    """Return whether they may issue a code for the member.

    The committee may for a member who was removed or never registered; the desk for one who is on its roster and never
    registered. A member who has only closed their chat comes back to it: what they wrote past the desk is nobody's to
    read.
    """
    if member.cell_id is None or member.id == by_id or account_of(db, member.id) is not None:
        return False
    removed, was_here = member.left_at is not None, was_registered(db, member.id)
    above = may(db, by_id, Right.APPOINT_FOLLOWER, member.cell_id, now=now)
    desk = not removed and may(db, by_id, Right.EDIT_ROSTER, member.cell_id, now=now)
    return (above or desk) and (removed or not was_here)


def issue_data_code(db: Session, member: Member, *, by_id: int, now: datetime) -> str:
    """Make a code, said here and never again; an older one is void. The desk is told who did it."""
    if not may_issue(db, by_id, member, now=now):
        raise NotEntitled
    record_act(db, "data.code", by_id=by_id, member_id=member.id, now=now)
    by = db.get_one(Member, by_id).full_name
    words = Message(phrases.told_desk(name=member.full_name, by=by))
    tell_keepers(db, member, words, key=f"data.code:{member.id}:{new_id()}", now=now, but=by_id)
    return make_data_code(db, member.id, now=now)


def open_visit(
    db: Session, code: str, *, address: Address, policy: VisitPolicy, secrets: SecretPolicy, now: datetime
) -> Member | None:
    """Let this chat see the data of whom the code was made for; None: a wrong code, or one that is too old."""
    newest = now - timedelta(days=policy.code_days)
    member = member_of_data_code(db, code, newest=newest, now=now, policy=secrets)
    if member is None or account_of(db, member.id) is not None:
        return None
    drop_data_code(db, member.id)
    db.execute(delete(DataVisit).where((DataVisit.address == address) | (DataVisit.member_id == member.id)))
    ends_at = now + timedelta(hours=policy.visit_hours)
    db.add(DataVisit(member_id=member.id, address=address, opened_at=now, ends_at=ends_at))
    record_act(db, "data.visit", by_id=member.id, member_id=member.id, now=now)
    db.flush()
    return member


def visited(db: Session, address: Address, *, now: datetime) -> Member | None:
    """Return the member whose data this address may see now."""
    row = db.scalars(select(DataVisit).where(DataVisit.address == address, DataVisit.ends_at > now)).first()
    member = db.get(Member, row.member_id) if row else None
    if row is None or member is None:
        return None
    came = [
        one for one in accounts_ever(db, member.id) if one.closed_at is None or one.linked_at >= row.opened_at
    ]
    return member if not came else None  # who is here, or came meanwhile, needs no such way


def visit_ends_at(db: Session, address: Address) -> datetime:
    return db.scalars(select(DataVisit.ends_at).where(DataVisit.address == address)).one()


def without_account(db: Session, cell_id: int, *, limit: int = 30) -> list[Member]:
    """Return the members who have left the cell's roster, the last first."""
    left = select(Member).where(Member.cell_id == cell_id, Member.left_at.is_not(None))
    return list(db.scalars(left.order_by(Member.left_at.desc()).limit(limit)))
