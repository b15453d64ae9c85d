"""Who is told what, with the way on. What was asked for stands in no message to others: it is read on its screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.policy import Urgency
from models.contact.request.rows import Did, HelpRequest, RequestKind, RequestMove
from models.contact.request.seeing import seers
from models.delivery.message import Button, Lane, Message, Writer
from models.delivery.outbox import Outbox, OutboxState
from models.ground.clock import decent
from models.ground.places import place
from models.people.browser import looks_in, rings
from models.people.member import Member, hears, is_held_back, tell
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.text import Text

MENU = [Button(common.MENU, "nav:menu")]


def name_of(db: Session, member_id: int | None) -> str:
    member = db.get(Member, member_id) if member_id else None
    return member.full_name if member else ""


def zone_of(db: Session, member_id: int) -> str:
    return db.get_one(Member, member_id).zone


def unit_name(db: Session, unit_id: int | None) -> str:
    unit = db.get(Unit, unit_id) if unit_id else None
    return unit.name if unit else ""


def whereabouts_of(db: Session, request: HelpRequest) -> phrases.CellAndPlace:
    """Return the member's cell and province or country: whoever helps must know."""
    code = db.get_one(Member, request.member_id).place_code
    where = place(code) if code else None
    return phrases.CellAndPlace(
        unit_name(db, request.cell_id), where.vi if where else "", where.en if where else ""
    )


def about(request: HelpRequest) -> str:
    """Return the matter by which what was not yet said to the desk can be unsaid."""
    return f"request:{request.id}"


Words = Text | Callable[[int], Text]  # the same for all, or by who reads it

_UNHURRIED = {Did.CALLED_AGAIN, Did.LAPSED, Did.REMINDED, Did.PROPOSED, Did.NOT_YET, Did.CLOSED}


def goes_at_once(request: HelpRequest, did: str) -> bool:
    """Return whether it is told at night, too, as an emergency is on both sides.

    What is reminded of waits for morning.
    """
    return request.urgency == Urgency.URGENT and did not in _UNHURRIED


def arrival(db: Session, person_id: int, *, at_once: bool, now: datetime) -> datetime | None:
    """Return when something said to them now is sent; None: nothing reaches them."""
    if not hears(db, person_id):
        return None
    zone = db.get_one(Member, person_id).zone
    return now if at_once else decent(now, zone)


def ways_to(
    db: Session, request: HelpRequest, did: Did, people: Iterable[int], *, now: datetime
) -> list[phrases.Way]:
    """Return who is told of what was done just now, and when it gets there: what may be said of it."""
    at_once = goes_at_once(request, did)
    return [
        phrases.Way(name_of(db, one), arrival(db, one, at_once=at_once, now=now), now, looks_in(db, one))
        for one in people
    ]


def delivered(db: Session, request: HelpRequest, move: RequestMove) -> list[phrases.Delivery]:
    """Return what became of the messages about one move, as the outbox knows it. It has forgotten the old ones."""
    head = f"request.{move.did}:{move.id}:"
    rows = db.execute(
        select(Outbox.key, Outbox.state, Outbox.sent_at, Outbox.not_before, Outbox.address).where(
            # with "#2" and so on: further parts of one long message
            Outbox.key.startswith(head, autoescape=True),
            Outbox.key.not_like("%#%"),
        )
    )
    return [
        phrases.Delivery(
            name_of(db, int(key.removeprefix(head))),
            sent_at if state == OutboxState.SENT else None,
            not_before if state in (OutboxState.PENDING, OutboxState.SENDING) else None,
            state == OutboxState.PENDING and not rings(db, address),
        )
        for key, state, sent_at, not_before, address in rows
        if key.removeprefix(head).isdigit() and int(key.removeprefix(head)) != request.member_id
    ]


def tell_helpers(
    db: Session, request: HelpRequest, move: RequestMove, words: Words, *, to: Iterable[int], now: datetime
) -> int:
    """Tell each of `to` but whoever did it; return how many could be told."""
    told = [
        tell(
            db,
            db.get_one(Member, person_id),
            Message(
                words(person_id) if callable(words) else words,
                _ways_on(request, person_id),
                writer=_writer(request, move),
            ),
            key=f"request.{move.did}:{move.id}:{person_id}",
            lane=Lane.ALERT,
            now=now,
            about=about(request),
            at_once=goes_at_once(request, move.did),
        )
        for person_id in dict.fromkeys(to)
        if person_id != move.by_id
    ]
    return sum(told)


def _ways_on(request: HelpRequest, person_id: int) -> list[list[Button]]:
    see = [[Button(phrases.SEE, f"request:see:{request.id}")]]
    if request.kind == RequestKind.WORD and request.is_open:
        return [[Button(phrases.ANSWER, f"request:answer:{request.id}")], *see]
    if request.kind == RequestKind.PETITION:
        return [*see, MENU]
    if request.is_open and person_id == request.owner_id:
        return [[Button(phrases.PROMISE, f"request:promise:{request.id}")], *see]
    if request.is_open and (request.owner_id is None or request.lapsed_at is not None):
        return [[Button(phrases.TAKE, f"request:take:{request.id}")], *see]
    return [*see, MENU]


_WRITTEN = {Did.REPLIED, Did.ANSWERED, Did.AGAIN}


def _writer(request: HelpRequest, move: RequestMove) -> Writer | None:
    """Return who wrote what is to be read, if anybody did: they are told when it does not arrive."""
    if move.by_id is None or move.did not in _WRITTEN:
        return None
    return Writer(move.by_id, f"request:say:{request.id}")


def tell_member(
    db: Session,
    request: HelpRequest,
    move: RequestMove,
    words: Text,
    *buttons: Button,
    now: datetime,
) -> bool:
    """Tell the member whose request it is, unless they did it themselves."""
    if move.by_id == request.member_id:
        return False
    rows = [[button] for button in (*buttons, Button(phrases.MY_REQUEST, f"request:own:{request.id}"))]
    key = f"request.{move.did}:{move.id}:{request.member_id}"
    member = db.get_one(Member, request.member_id)
    if request.is_private and is_held_back(db, member.id):
        words, rows = phrases.news_held_back(), rows[-1:]
    at_once = goes_at_once(request, move.did)
    message = Message(words, rows, writer=_writer(request, move))
    return tell(db, member, message, key=key, lane=Lane.ALERT, now=now, at_once=at_once)


def those_in_charge(db: Session, request: HelpRequest, *, now: datetime) -> list[int]:
    """Return its owner while they may see it, else everybody who may."""
    seeing = seers(db, request, now=now)
    return [request.owner_id] if request.owner_id in seeing else list(seeing)
