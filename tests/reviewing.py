"""Situations of the year-end review to begin from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from models.year.review import Body, Campaign, Review, ReviewKind
from models.year.review.campaign import CampaignTerms, open_campaign
from models.year.review.forms import form
from models.year.review.questions import body_of, review_of
from tests.fakes import World
from tests.people import Cell
from tests.phone import Phone

DEADLINE = date(2026, 12, 15)


def a_campaign(
    world: World,
    cell: Cell,
    *,
    kind: ReviewKind = ReviewKind.REVIEW,
    form: str = "2c-2025",
    year: int = 2026,
    deadline: date = DEADLINE,
) -> int:
    """Opened by the secretary, behind the scenes; its id."""

    def work(db: Session) -> int:
        return open_campaign(
            db,
            CampaignTerms(kind=kind, year=year, form=form, deadline=deadline, meeting_on=None),
            cell_id=cell.id,
            by_id=cell.bob,
            policy=world.settings.review,
            now=world.clock(),
        ).id

    campaign_id = world.db(work)
    world.settle()
    return campaign_id


def look(world: World, campaign_id: int, member_id: int, at: Callable[[Session, Review], object]) -> object:
    """Behind the scenes of one review."""

    def work(db: Session) -> object:
        review = review_of(db, campaign_id, member_id)
        assert review is not None
        return at(db, review)

    return world.db(work)


def state_of(world: World, campaign_id: int, member_id: int) -> str:
    return str(look(world, campaign_id, member_id, lambda _, review: review.state))


def written(world: World, campaign_id: int, member_id: int) -> Body:
    found = look(world, campaign_id, member_id, body_of)
    assert isinstance(found, Body)
    return found


def year_of(world: World, campaign_id: int) -> int:
    return world.db(lambda db: db.get_one(Campaign, campaign_id).year)


def writes_everything(phone: Phone, code: str = "2c-2025", text: str = "Nội dung mục") -> Phone:
    """From the overview: each section that is asked for, the points and the level."""
    used = form(code)
    for heading in used.written:
        if heading.required:
            label = used.label(heading).to_plain("vi")
            phone.goes(f" {label} ").says(f"{text} {label}").taps("Xem tất cả các mục")
    if used.scores:
        phone.goes("Tự chấm điểm").says("27", "62").taps("Hoàn thành tốt nhiệm vụ")
    return phone
