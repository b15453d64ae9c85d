"""Questions: campaigns, the list of one, what a review holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.people.member import Member
from models.year.review.consenting import on_paper
from models.year.review.forms import Heading, form, missing
from models.year.review.rows import (
    Body,
    Campaign,
    CampaignMove,
    Comment,
    Review,
    ReviewFile,
    ReviewLook,
    ReviewMove,
    Section,
    Version,
    WrittenSection,
)
from models.year.review.states import ReviewFileKind, ReviewKind, ReviewState

# --- campaigns ------------------------------------------------------------------------------------------------------


def campaigns_of(db: Session, cell_id: int) -> list[Campaign]:
    """Return every campaign of a cell, the newest first."""
    rows = select(Campaign).where(Campaign.cell_id == cell_id)
    return list(db.scalars(rows.order_by(Campaign.year.desc(), Campaign.opened_at.desc())))


def campaign_of(db: Session, cell_id: int, kind: ReviewKind, year: int) -> Campaign | None:
    rows = select(Campaign).where(Campaign.cell_id == cell_id, Campaign.kind == kind, Campaign.year == year)
    return db.scalars(rows).first()


def campaign_moves(db: Session, campaign_id: int) -> list[CampaignMove]:
    rows = select(CampaignMove).where(CampaignMove.campaign_id == campaign_id)
    return list(db.scalars(rows.order_by(CampaignMove.at, CampaignMove.id)))


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One member in a campaign."""

    review: Review
    member: Member
    on_paper: bool = False  # they said no to it being done here: nothing is owed here

    def is_late(self, today: date) -> bool:
        """Return whether it is late. `today`: on the member's clock."""
        return not self.on_paper and self.review.owes and self.review.deadline < today


def lines_of(db: Session, campaign_id: int, *states: ReviewState) -> list[CampaignLine]:
    """Return the list of a campaign, or those in one of `states`, by given name in Vietnamese order."""
    rows = (
        select(Review, Member)
        .join(Member, Member.id == Review.member_id)
        .where(Review.campaign_id == campaign_id)
        .order_by(Member.sort_key, Member.id)
    )
    if states:
        rows = rows.where(Review.state.in_(states))
    found = [(review, member) for review, member in db.execute(rows)]
    paper = on_paper(db, [member.id for _, member in found])
    return [CampaignLine(review, member, member.id in paper) for review, member in found]


# --- one review -----------------------------------------------------------------------------------------------------


def review_of(db: Session, campaign_id: int, member_id: int) -> Review | None:
    rows = select(Review).where(Review.campaign_id == campaign_id, Review.member_id == member_id)
    return db.scalars(rows).first()


def reviews_of_member(db: Session, member_id: int) -> list[tuple[Review, Campaign]]:
    """Return all of a member's reviews with their campaigns, the newest first, those not asked for among them."""
    rows = (
        select(Review, Campaign)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(Review.member_id == member_id)
        .order_by(Campaign.year.desc(), Campaign.opened_at.desc())
    )
    return [(review, campaign) for review, campaign in db.execute(rows)]


def commitment_beside(db: Session, review: Review) -> Review | None:
    """Return the commitment of the same year, to be laid beside the section about it; None where none was written."""
    year = db.get_one(Campaign, review.campaign_id).year
    rows = (
        select(Review)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(
            Review.member_id == review.member_id,
            Campaign.kind == ReviewKind.COMMITMENT,
            Campaign.year == year,
            Review.id != review.id,
        )
    )
    found = db.scalars(rows.order_by(Campaign.opened_at.desc())).all()
    return next((one for one in found if body_of(db, one).sections), None)


def moved_from(db: Session, review: Review) -> date | None:
    """Return the deadline that people set, where our own silence has moved the review's beyond it."""
    returned = [one for one in moves_of(db, review.id) if one.deadline is not None]
    campaign = db.get_one(Campaign, review.campaign_id)
    said = returned[-1].deadline if returned else None
    if said is None or any(one.at > returned[-1].at for one in campaign_moves(db, campaign.id)):
        said = max(said or campaign.deadline, campaign.deadline)
    return said if review.deadline > said else None


def sections_of(db: Session, review_id: int) -> list[Section]:
    """Return what is written, in the form's order."""
    rows = select(Section).where(Section.review_id == review_id)
    return list(db.scalars(rows.order_by(Section.position, Section.id)))


def section_of(db: Session, review_id: int, heading: str) -> Section | None:
    rows = select(Section).where(Section.review_id == review_id, Section.heading == heading)
    return db.scalars(rows).first()


def body_of(db: Session, review: Review) -> Body:
    """Return what is written now, in the shape of a version."""
    return Body(
        form=review.form,
        sections=tuple(
            WrittenSection(heading=one.heading, text=one.text or "")
            for one in sections_of(db, review.id)
            if one.text
        ),
        score_general=review.score_general,
        score_results=review.score_results,
        proposed_level=review.proposed_level,
    )


def handed_in(db: Session, reviews: Sequence[Review]) -> dict[int, Body]:
    """Return by review what its author has handed in last: text, points and level; a draft is theirs alone."""
    rows = select(Version).where(Version.review_id.in_([one.id for one in reviews]))
    bodies = {(one.review_id, one.number): one.body for one in db.scalars(rows)}
    found = ((one.id, bodies.get((one.id, one.version))) for one in reviews)
    return {review_id: body for review_id, body in found if body is not None}


def is_unseen(db: Session, review: Review) -> bool:
    """Return whether its author has written something not handed in yet, which is theirs alone."""
    last = version_of(db, review.id, review.version) if review.version else None
    seen = last.body if last else Body(form=review.form)
    theirs = [one for one in sections_of(db, review.id) if one.by_id == review.member_id]
    if any((one.text or "") != seen.text_of(one.heading) for one in theirs):
        return True
    marks = (review.score_general, review.score_results, review.proposed_level)
    given = (seen.score_general, seen.score_results, seen.proposed_level)
    if review.marked_by in (None, review.member_id) and marks != given:
        return True
    files = files_of(db, review.id, ReviewFileKind.TEXT)
    return any(one.version == 0 and one.by_id == review.member_id for one in files)


def missing_of(db: Session, review: Review) -> list[Heading]:
    """Return the headings that are still to be filled in."""
    return missing(form(review.form), body_of(db, review), raised=raised_on(db, review.id))


def raised_on(db: Session, review_id: int) -> list[str]:
    """Return the headings about which something was raised in writing, before or between versions."""
    return [one.heading for one in comments_of(db, review_id) if one.is_issue]


def reviews_waiting(db: Session, cell_id: int) -> list[Review]:
    """Return the reviews that wait for the desk to read, note or file them, the oldest first."""
    rows = select(Review).where(Review.cell_id == cell_id, waits_for_office())
    found = list(db.scalars(rows.order_by(Review.submitted_at, Review.id)))
    paper = on_paper(db, [one.member_id for one in found])
    return [one for one in found if one.member_id not in paper]


def to_be_read(db: Session, campaign_id: int) -> list[Review]:
    """Return the reviews of a campaign handed in and neither accepted nor returned, the longest waiting first."""
    found = [one.review for one in lines_of(db, campaign_id, ReviewState.SUBMITTED) if not one.on_paper]
    return sorted(found, key=_since)


def _since(review: Review) -> tuple[datetime, int]:
    return review.submitted_at or datetime.min.replace(tzinfo=UTC), review.id


def next_after(waiting: Sequence[Review], review: Review) -> Review:
    """Return the one that follows in the order of `to_be_read`, after the last the first; `waiting` is not empty."""
    return next((one for one in waiting if _since(one) > _since(review)), waiting[0])


def has_opened(db: Session, version: Version, reader_id: int) -> bool:
    """Return whether the reader has opened this version, or has typed it themselves."""
    looked = select(ReviewLook.id).where(
        ReviewLook.review_id == version.review_id,
        ReviewLook.version == version.number,
        ReviewLook.reader_id == reader_id,
    )
    return version.by_id == reader_id or db.scalar(looked.limit(1)) is not None


def waits_for_office() -> ColumnElement[bool]:
    """Return the condition for reviews handed in or signed, or accepted with their signed pages sent."""
    pages = select(ReviewFile.id).where(
        ReviewFile.review_id == Review.id, ReviewFile.kind == ReviewFileKind.SIGNED, ReviewFile.version > 0
    )
    return or_(
        Review.state.in_([ReviewState.SUBMITTED, ReviewState.SIGNED]),
        and_(Review.state == ReviewState.ACCEPTED, pages.exists()),
    )


def versions_of(db: Session, review_id: int) -> list[Version]:
    rows = select(Version).where(Version.review_id == review_id)
    return list(db.scalars(rows.order_by(Version.number)))


def version_of(db: Session, review_id: int, number: int) -> Version | None:
    rows = select(Version).where(Version.review_id == review_id, Version.number == number)
    return db.scalars(rows).first()


def comments_of(
    db: Session, review_id: int, *, version: int | None = None, sent: bool = False
) -> list[Comment]:
    """Return the comments on it, oldest first. `sent`: only those that its author has been given."""
    rows = select(Comment).where(Comment.review_id == review_id).order_by(Comment.at, Comment.id)
    return [  # always the same question: a screen asks it in several ways
        one
        for one in db.scalars(rows)
        if (version is None or one.version == version) and (one.sent_at is not None or not sent)
    ]


def files_of(db: Session, review_id: int, *kinds: ReviewFileKind) -> list[ReviewFile]:
    rows = select(ReviewFile).where(ReviewFile.review_id == review_id).order_by(ReviewFile.at, ReviewFile.id)
    return [one for one in db.scalars(rows) if not kinds or one.kind in kinds]


def files_given(db: Session, review: Review) -> list[ReviewFile]:
    """Return the files that the desk may open. What its author has not handed in is theirs alone."""
    return [one for one in files_of(db, review.id) if one.version or one.by_id != review.member_id]


def pages_unsent(db: Session, review: Review) -> list[ReviewFile]:
    """Return the pages of the signed paper that its author has photographed and not sent yet."""
    found = files_of(db, review.id, ReviewFileKind.SIGNED)
    return [one for one in found if one.version == 0 and one.by_id == review.member_id]


def moves_of(db: Session, review_id: int) -> list[ReviewMove]:
    rows = select(ReviewMove).where(ReviewMove.review_id == review_id)
    return list(db.scalars(rows.order_by(ReviewMove.at, ReviewMove.id)))


def looks_at(db: Session, review_id: int) -> Sequence[tuple[ReviewLook, str]]:
    """Return who opened which version, newest first, with the readers' names."""
    rows = db.execute(
        select(ReviewLook, Member.full_name)
        .join(Member, Member.id == ReviewLook.reader_id)
        .where(ReviewLook.review_id == review_id)
        .order_by(ReviewLook.at.desc(), ReviewLook.id.desc())
    )
    return [(look, name) for look, name in rows]


def looked_lately(db: Session, version: Version, reader_id: int, *, now: datetime) -> bool:
    """Return whether the reader opened it a short while ago: turning pages is one look."""
    rows = select(ReviewLook.id).where(
        ReviewLook.review_id == version.review_id,
        ReviewLook.version == version.number,
        ReviewLook.reader_id == reader_id,
        ReviewLook.at > now - timedelta(hours=1),
    )
    return db.scalar(rows.limit(1)) is not None
