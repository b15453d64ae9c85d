"""Who is told what, with the way on. What was asked for stands in no message to others: it is read on its screen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from models.member import Member, is_held_back, tell
from models.outbox import Button, Lane, Message
from models.phrases import common
from models.phrases import request as phrases
from models.phrases.text import Text
from models.request.rows import HelpRequest, RequestMove
from models.request.seeing import seers

MENU = [Button(common.MENU, "nav:menu")]


def name_of(db: Session, member_id: int | None) -> str:
    member = db.get(Member, member_id) if member_id else None
    return member.full_name if member else ""


def about(request: HelpRequest) -> str:
    """By which what was not yet said to the desk can be unsaid."""
    return f"request:{request.id}"


def tell_helpers(
    db: Session, request: HelpRequest, move: RequestMove, words: Text, *, to: Iterable[int], now: datetime
) -> int:
    """Each of `to` but whoever did it; how many could be told."""
    told = [
        tell(
            db,
            db.get_one(Member, person_id),
            Message(words, _ways_on(request, person_id)),
            key=f"request.{move.did}:{move.id}:{person_id}",
            lane=Lane.ALERT,
            now=now,
            about=about(request),
        )
        for person_id in dict.fromkeys(to)
        if person_id != move.by_id
    ]
    return sum(told)


def _ways_on(request: HelpRequest, person_id: int) -> list[list[Button]]:
    see = [[Button(phrases.SEE, f"request:see:{request.id}")]]
    if request.is_open and person_id == request.owner_id:
        return [[Button(phrases.PROMISE, f"request:promise:{request.id}")], *see]
    if request.is_open and (request.owner_id is None or request.lapsed_at is not None):
        return [[Button(phrases.TAKE, f"request:take:{request.id}")], *see]
    return [*see, MENU]


def tell_member(
    db: Session,
    request: HelpRequest,
    move: RequestMove,
    words: Text,
    *buttons: Button,
    now: datetime,
) -> bool:
    """The member whose request it is; not of what they did themselves."""
    if move.by_id == request.member_id:
        return False
    rows = [[button] for button in (*buttons, Button(phrases.MY_REQUEST, f"request:own:{request.id}"))]
    key = f"request.{move.did}:{move.id}:{request.member_id}"
    member = db.get_one(Member, request.member_id)
    if request.is_private and is_held_back(db, member.id):
        words, rows = phrases.news_held_back(), rows[-1:]
    return tell(db, member, Message(words, rows), key=key, lane=Lane.ALERT, now=now)


def those_in_charge(db: Session, request: HelpRequest, *, now: datetime) -> list[int]:
    """Its owner while they may see it, else everybody who may."""
    seeing = seers(db, request, now=now)
    return [request.owner_id] if request.owner_id in seeing else list(seeing)
