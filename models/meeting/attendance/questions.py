"""What was concluded, who has read it, when the minutes were filed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.meeting.attendance.rows import Conclusion, ConclusionReceipt
from models.meeting.meeting import Meeting, MeetingDid, moves_of
from models.people.member import Member


def filed_on(db: Session, meeting: Meeting) -> datetime | None:
    """Return when somebody said that it is filed; None: nobody has, or nobody was asked yet when it was closed."""
    return next((one.at for one in moves_of(db, meeting.id) if one.did == MeetingDid.FILED), None)


def newest_conclusion(db: Session, meeting_id: int) -> Conclusion | None:
    rows = select(Conclusion).where(Conclusion.meeting_id == meeting_id)
    return db.scalars(rows.order_by(Conclusion.at.desc(), Conclusion.id.desc()).limit(1)).first()


def receipts(db: Session, conclusion_id: int) -> list[tuple[ConclusionReceipt, Member]]:
    """Return the receipts of those who were sent it, with their members, by given name."""
    rows = db.execute(
        select(ConclusionReceipt, Member)
        .join(Member, Member.id == ConclusionReceipt.member_id)
        .where(ConclusionReceipt.conclusion_id == conclusion_id)
        .order_by(Member.sort_key, Member.id)
    )
    return [(receipt, member) for receipt, member in rows]
