"""Notices are kept for `NoticePolicy.keep`, then deleted: texts, receipts, answers, in handfuls.

A cell's decisions stand in its minutes; a notice is news, and who has read it need not be kept for ever.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.ground.base import locked
from models.meeting.notice.rows import UNDER_WAY, Notice, NoticeReceipt, NoticeVersion
from models.meeting.policy import NoticePolicy


def drop_old_notices(db: Session, policy: NoticePolicy, *, now: datetime, limit: int = 1000) -> bool:
    """Delete up to `limit` receipts of the oldest notice past its time, with the last of them the notice.

    Returns whether there was work.
    """
    rows = (
        select(Notice)
        .where(Notice.made_at < now - policy.keep, Notice.state.not_in(UNDER_WAY))
        .order_by(Notice.made_at, Notice.id)
        .limit(1)
    )
    notice = next(iter(locked(db, rows)), None)
    if notice is None:
        return False
    some = select(NoticeReceipt.id).where(NoticeReceipt.notice_id == notice.id).limit(limit)
    if not db.execute(delete(NoticeReceipt).where(NoticeReceipt.id.in_(some))).rowcount:  # type: ignore[attr-defined]
        db.execute(delete(NoticeVersion).where(NoticeVersion.notice_id == notice.id))
        db.delete(notice)
        db.flush()
    return True
