"""Who is told what, with the way on. No message holds a word of a review: that is read on its screen.

The member's way leads to `review:mine:<review>` (writing), the desk's to `campaign:read:<review>` (reading).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.member import Member, tell
from models.outbox import Button, Lane, Message
from models.phrases import common
from models.phrases import review as phrases
from models.phrases.text import Text
from models.review.consenting import is_on_paper
from models.review.rows import Campaign, Review
from models.rights import Role, holders


def tell_member(
    db: Session,
    review: Review,
    words: Text,
    *,
    key: str,
    by_id: int | None,
    now: datetime,
    lane: Lane = Lane.ALERT,
) -> None:
    """The author; not of what they did themselves, nor where they want none of it here."""
    if review.member_id == by_id:
        return
    buttons = [[Button(phrases.OPEN_MINE, f"review:mine:{review.id}")], [Button(common.MENU, "nav:menu")]]
    member = db.get_one(Member, review.member_id)
    if member.left_at is None and not is_on_paper(db, review):
        tell(db, member, Message(words, buttons), key=f"review.{key}", lane=lane, now=now)


def tell_desk(db: Session, review: Review, words: Text, *, key: str, by_id: int, now: datetime) -> None:
    """Secretary and deputy."""
    buttons = [[Button(phrases.READ, f"campaign:read:{review.id}")], [Button(common.MENU, "nav:menu")]]
    for reader_id in holders(db, review.cell_id, Role.SECRETARY, Role.DEPUTY, now=now):
        if reader_id != by_id:
            reader = db.get_one(Member, reader_id)
            tell(
                db, reader, Message(words, buttons), key=f"review.{key}:{reader_id}", lane=Lane.ALERT, now=now
            )


def year_of(db: Session, review: Review) -> int:
    return db.get_one(Campaign, review.campaign_id).year
