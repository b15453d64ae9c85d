"""What the author's answer to being reviewed here means to everybody else.

    refused, withdrawn     on paper: nobody else reads what was handed in, nobody types, reminds or rates it here
    never asked            not registered: the desk types only what they agreed to on paper, with its day (`note_paper_consent`)
    agreed                 as the wording says

The author is never locked out of their own text.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member, Purpose, account_of, agrees, answers_of, record_consent, refuses
from models.people.rights import Right, require
from models.people.trail import record_act
from models.phrases.year import review as phrases
from models.year.review.refusals import ReviewRefused
from models.year.review.rows import Review


def on_paper(db: Session, member_ids: Collection[int]) -> set[int]:
    """Return those of these members who said no to being reviewed here."""
    return {who for who, given in answers_of(db, member_ids, Purpose.REVIEW).items() if not given}


def is_on_paper(db: Session, review: Review) -> bool:
    return refuses(db, review.member_id, Purpose.REVIEW)


def require_readable(db: Session, review: Review, reader_id: int) -> None:
    """Refuse everybody but the author what its author does not agree to."""
    if reader_id != review.member_id and is_on_paper(db, review):
        raise ReviewRefused(phrases.kept_on_paper(name=_name(db, review)))


def require_typing(db: Session, review: Review, by_id: int) -> None:
    """Refuse to type for somebody who has agreed neither here nor on paper."""
    require_readable(db, review, by_id)
    if by_id != review.member_id and not agrees(db, review.member_id, Purpose.REVIEW):
        raise ReviewRefused(phrases.not_agreed_yet(name=_name(db, review)))


def may_note_paper_consent(db: Session, review: Review) -> bool:
    """Return whether the desk may note an agreement on paper: the member is not registered and has not refused here."""
    return account_of(db, review.member_id) is None and review.member_id not in answers_of(
        db, [review.member_id], Purpose.REVIEW
    )


def note_paper_consent(db: Session, review: Review, *, on: date, by_id: int, now: datetime) -> None:
    """Note a signed paper of `on` by which somebody who is not registered agrees to their text being typed here."""
    require(db, by_id, Right.KEEP_REVIEWS, review.cell_id, now=now)
    if not may_note_paper_consent(db, review):
        raise ReviewRefused(phrases.asks_them_here(name=_name(db, review)))
    if on > local_date(now, HOME_ZONE):
        raise ReviewRefused(phrases.paper_ahead(on=on))
    record_consent(db, review.member_id, Purpose.REVIEW, given=True, now=now, paper_on=on, noted_by=by_id)
    record_act(
        db, "consent.paper", by_id=by_id, member_id=review.member_id, detail=f"{Purpose.REVIEW}:{on}", now=now
    )


def _name(db: Session, review: Review) -> str:
    return db.get_one(Member, review.member_id).full_name
