"""Who is told what, with the way on. No message holds a word of a review: that is read on its screen.

Whoever did it reads what really happens with the message (`reach_of`): it is on its way, it waits for the morning, or
nothing can be said here and they have to tell the person themselves.

The member's way leads to `review:mine:<review>` (writing), the desk's to `campaign:read:<review>` (reading).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from models.delivery.message import Button, Buttons, Lane, Message
from models.people.browser import looks_in
from models.people.member import Member, decent_for, hears, tell
from models.people.rights import desk_of
from models.phrases import common
from models.phrases.text import Text
from models.phrases.year import review as phrases
from models.year.review.consenting import is_on_paper
from models.year.review.rows import Campaign, Review
from models.year.review.states import ReviewState


def tell_member(
    db: Session,
    review: Review,
    words: Text,
    *,
    key: str,
    by_id: int | None,
    now: datetime,
    lane: Lane = Lane.ALERT,
    ways: Buttons = (),
) -> None:
    """Tell the author, unless they did it themselves or want no such message here. `ways`: what is next, at once."""
    if review.member_id == by_id:
        return
    buttons = [
        *ways,
        [Button(phrases.OPEN_MINE, f"review:mine:{review.id}")],
        [Button(common.MENU, "nav:menu")],
    ]
    member = db.get_one(Member, review.member_id)
    if member.left_at is None and not is_on_paper(db, review):
        tell(db, member, Message(words, buttons), key=f"review.{key}", lane=lane, now=now)


class AuthorReach(StrEnum):
    """What becomes of a message to an author."""

    SELF = "self"  # they did it themselves
    NOW = "now"
    OPENING = "opening"  # nothing rings where they read it
    MORNING = "morning"  # it is night where they are
    NOT = "not"  # nothing can be said to them here


@dataclass(frozen=True, slots=True)
class Reached:
    """The same of several: counts, and the names of those who have to be told by somebody."""

    now: int
    opening: int
    morning: int
    not_here: tuple[str, ...]


def reach_of(db: Session, review: Review, *, by_id: int | None, now: datetime) -> AuthorReach:
    """Return what `tell_member` does with a message at this moment."""
    member = db.get_one(Member, review.member_id)
    if member.id == by_id:
        return AuthorReach.SELF
    if member.left_at is not None or is_on_paper(db, review) or not hears(db, member.id):
        return AuthorReach.NOT
    waits = decent_for(member, now) != now
    if waits:
        return AuthorReach.MORNING
    return AuthorReach.OPENING if looks_in(db, member.id) else AuthorReach.NOW


def reached(db: Session, reviews: Iterable[Review], *, by_id: int | None, now: datetime) -> Reached:
    found = [(one, reach_of(db, one, by_id=by_id, now=now)) for one in reviews]
    how = [reach for _, reach in found]
    names = tuple(
        db.get_one(Member, one.member_id).full_name for one, reach in found if reach is AuthorReach.NOT
    )
    return Reached(
        how.count(AuthorReach.NOW), how.count(AuthorReach.OPENING), how.count(AuthorReach.MORNING), names
    )


def tell_desk(db: Session, review: Review, words: Text, *, key: str, by_id: int, now: datetime) -> None:
    """Tell secretary and deputy."""
    to = f"read:{review.id}"
    if review.state == ReviewState.SUBMITTED:  # straight to the text
        to = f"whole:{review.id}:{review.version}"
    buttons = [[Button(phrases.READ, f"campaign:{to}")], [Button(common.MENU, "nav:menu")]]
    for reader_id in desk_of(db, review.cell_id, now=now):
        if reader_id != by_id:
            reader = db.get_one(Member, reader_id)
            tell(
                db, reader, Message(words, buttons), key=f"review.{key}:{reader_id}", lane=Lane.ALERT, now=now
            )


def year_of(db: Session, review: Review) -> int:
    return db.get_one(Campaign, review.campaign_id).year
