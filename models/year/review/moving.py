"""One way into the next state, with its dated row. Every act goes through here."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.people.trail import record_change
from models.phrases.year import review as phrases
from models.year.review.refusals import ReviewRefused
from models.year.review.rows import Campaign, Review, ReviewMove
from models.year.review.states import OWING, REVIEW_MOVES, CampaignState, ReviewState


def expect(review: Review, *states: ReviewState) -> None:
    """Refuse what does not fit any more: an old button, or somebody was quicker."""
    if review.state not in states:
        raise ReviewRefused(phrases.not_in_this_state(state=review.state))


def expect_open(db: Session, review: Review) -> Campaign:
    campaign = db.get_one(Campaign, review.campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise ReviewRefused(phrases.campaign_is_closed(year=campaign.year))
    return campaign


def move(
    db: Session,
    review: Review,
    state: ReviewState,
    *,
    by_id: int | None,
    now: datetime,
    note: str = "",
    deadline: date | None = None,
    on: date | None = None,
) -> ReviewMove:
    """Move it into the next state, and look at once at what is owed then. A move that is not in the table is a bug."""
    before = ReviewState(review.state)
    if state not in REVIEW_MOVES[before]:
        raise ValueError(f"a review does not move from {before} to {state}")
    review.state = state
    look_again(review, now=now)
    return add_move(db, review, before, by_id=by_id, now=now, note=note, deadline=deadline, on=on)


def add_move(
    db: Session,
    review: Review,
    before: ReviewState | None,
    *,
    by_id: int | None,
    now: datetime,
    note: str = "",
    deadline: date | None = None,
    on: date | None = None,
) -> ReviewMove:
    row = ReviewMove(
        review_id=review.id,
        before=before,
        after=review.state,
        at=now,
        by_id=by_id,
        on_behalf=by_id is not None and by_id != review.member_id,
        version=review.version,
        deadline=deadline,
        happened_on=on,
    )
    row.note = note or None
    db.add(row)
    db.flush()
    record_change(
        db, "review.move", by_id=by_id, member_id=review.member_id, now=now, detail=str(review.state)
    )
    return row


def look_again(review: Review, *, now: datetime) -> None:
    """Plan the reminders anew: from the start for a new deadline, none when nothing is owed."""
    review.next_at = now if review.state in OWING and review.owes else None
    review.reminded_for = None


def state_before(db: Session, review: Review) -> ReviewState:
    """Return the state before the present one; the first state where it never moved."""
    rows = select(ReviewMove).where(ReviewMove.review_id == review.id, ReviewMove.after == review.state)
    last = db.scalars(rows.order_by(ReviewMove.at.desc(), ReviewMove.id.desc())).first()
    return ReviewState(last.before) if last and last.before else ReviewState.NOT_STARTED
