"""Campaigns and reviews behind the scenes, for tests that are about something else."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from models.people.member import add_member
from models.year.policy import ReviewPolicy
from models.year.review import (
    ReviewState,
    form,
    give_scores,
    propose_level,
    review_of,
    start_review,
    submit,
    write_section,
)
from models.year.review.rows import Review
from models.year.review.states import Level
from tests import reviewing
from tests.fakes import World
from tests.people import Cell

DEADLINE = date(2026, 12, 10)


def a_campaign(world: World, cell: Cell, *, deadline: date = DEADLINE) -> int:
    return reviewing.a_campaign(world, cell, deadline=deadline)


def review(db: Session, campaign: int, member: int) -> Review:
    found = review_of(db, campaign, member)
    assert found is not None
    return found


def _write(db: Session, mine: Review, world: World, but: tuple[str, ...]) -> None:
    member, now = mine.member_id, world.clock()
    start_review(db, mine, by_id=member, now=now)
    for heading in form(mine.form).written:
        if heading.id not in but:
            write_section(
                db,
                mine,
                heading.id,
                f"Về mục {heading.id}: đã làm.",
                by_id=member,
                policy=ReviewPolicy(),
                now=now,
            )
    if form(mine.form).scores:
        give_scores(db, mine, general=28, results=65, by_id=member, now=now)
        propose_level(db, mine, Level.GOOD, by_id=member, now=now)


def writes(world: World, campaign: int, member: int, *, but: tuple[str, ...] = ()) -> None:
    """Every section but those named, the scores and a level."""
    world.db(lambda db: _write(db, review(db, campaign, member), world, but))


def hands_in(world: World, campaign: int, *members: int) -> None:
    """Written in full and submitted."""

    def work(db: Session) -> None:
        for member in members:
            mine = review(db, campaign, member)
            _write(db, mine, world, ())
            submit(db, mine, by_id=member, now=world.clock())

    world.db(work)


def stands(world: World, campaign: int, member: int) -> ReviewState:
    return world.db(lambda db: ReviewState(review(db, campaign, member).state))


def fill(world: World, cell: Cell, count: int) -> list[int]:
    """So many more members on the roster: their ids."""

    def work(db: Session) -> list[int]:
        return [
            add_member(
                db,
                cell_id=cell.id,
                full_name=f"Đỗ Văn {chr(65 + n // 26)}{chr(65 + n % 26).lower()}",
                birth_year=1970,
                now=world.clock(),
            ).id
            for n in range(count)
        ]

    return world.db(work)
