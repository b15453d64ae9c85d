"""The secretary's alert: one message of the morning for all in the cell who became late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.contact.checkin.rows import OWING, Checkin, CheckinKind
from models.contact.checkin.rules import next_morning
from models.contact.ladder import note_desk_alerted
from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Lane, Message
from models.ground.base import locked
from models.ground.clock import HOME_ZONE, is_night, local_date
from models.people.member import Member, tell
from models.people.rights import desk_of
from models.phrases.contact import checkin as phrases

_BUTTONS = 6  # with more the message is hardly read; the rest is on the desk


def alert_cell(db: Session, cell_id: int, policy: CheckinPolicy, *, now: datetime) -> None:
    """Tell the secretary and the deputy, once a morning, about those who became late, and whom to phone instead.

    While nobody can be told (an empty office, a blocked bot) it is tried again each morning.
    """
    rows = select(Checkin).where(
        Checkin.cell_id == cell_id, Checkin.state.in_(OWING), Checkin.alert_at <= now
    )
    late = locked(db, rows)
    if not late:
        return
    asleep = is_night(now, HOME_ZONE)  # we were down all day: it waits for the others
    told = [] if asleep else _tell_holders(db, cell_id, _message(db, late), now=now)
    note_desk_alerted(db, {checkin.member_id for checkin in late}, told, now=now)
    for checkin in late:
        checkin.alerted_at = now if told else checkin.alerted_at
        # an hour on: at the stroke of the hour the next morning would be this one
        checkin.alert_at = None if told else next_morning(now + timedelta(hours=1), policy)


def _message(db: Session, late: Sequence[Checkin]) -> Message:
    """Each once, however many answers of theirs are missing; an extra question is named as what it is."""
    ids = {checkin.member_id for checkin in late}
    members = db.scalars(select(Member).where(Member.id.in_(ids)).order_by(Member.sort_key, Member.id)).all()
    mine = {m.id: sorted((c for c in late if c.member_id == m.id), key=_worst_first) for m in members}
    buttons = [
        [Button(phrases.about(name=m.full_name), f"desk:call:c:{mine[m.id][0].id}")]
        for m in members[:_BUTTONS]
    ]
    words = phrases.late_alert(
        [(m.full_name, c.due_at, _question(c)) for m in members if (c := mine[m.id][0]).phone_by is None],
        phone=[(m.full_name, c.phone_by) for m in members if (c := mine[m.id][0]).phone_by],
    )
    return Message(words, [*buttons, [Button(phrases.OPEN_DESK, "menu:go:chibo")]])


def _worst_first(checkin: Checkin) -> tuple[bool, bool, datetime]:
    return checkin.phone_by is None, checkin.kind == CheckinKind.ADHOC, checkin.opens_at


def _question(checkin: Checkin) -> str | None:
    return checkin.question if checkin.kind == CheckinKind.ADHOC else None


def _tell_holders(db: Session, cell_id: int, message: Message, *, now: datetime) -> list[int]:
    """Who was told."""
    day = local_date(now, HOME_ZONE)
    return [
        holder_id
        for holder_id in desk_of(db, cell_id, now=now)
        if tell(
            db,
            db.get_one(Member, holder_id),
            message,
            key=f"checkin.alert:{cell_id}:{holder_id}:{day}",
            lane=Lane.ALERT,
            now=now,
        )
    ]
