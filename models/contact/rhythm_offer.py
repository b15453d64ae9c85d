"""A kinder rhythm, offered to a member whose turns have gone slowly: the last few looked at, never scored.

    a slow turn is over ──a day later──> the last six: four slow? ──> one message, "Đổi giúp tôi" / "Giữ như cũ"
                                              └─ fewer, or offered within months ──> nothing

What is offered follows from when the answers came: their weekday, their hour, or else more days. Nobody but the member
is asked or told; what they accept is written as their own rhythm, and shows on their card.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median_low
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, SmallInteger, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.checkin import (
    Checkin,
    CheckinKind,
    CheckinMove,
    CheckinState,
    plan_checkin,
    set_own_grace,
)
from models.contact.checkin.questions import Asked, load_asked
from models.contact.policy import CheckinPolicy
from models.delivery.message import Button, Lane, Message
from models.ground.base import Base, Identified, Json, Soonest
from models.ground.clock import add_months, local_date
from models.ground.errors import Refused
from models.ground.rhythm import Rhythm
from models.people.member import Member, tell
from models.phrases.desk.roster_talk import rhythm as rhythm_words
from models.phrases.ground import rhythm as phrases
from models.phrases.text import Text

SUNDAY = 6
_EVENING = 19


class RhythmOffer(Identified, Base):
    __tablename__ = "rhythm_offer"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    rhythm: Mapped[Rhythm | None] = mapped_column(Json(Rhythm))  # None: the days and the hour stay
    grace_days: Mapped[int | None] = mapped_column(SmallInteger)  # None: the grace stays
    slow: Mapped[int] = mapped_column(SmallInteger)  # turns that went slowly
    of: Mapped[int] = mapped_column(SmallInteger)
    offered_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    accepted: Mapped[bool | None]

    __table_args__ = (Index("ix_rhythm_offer_member_id", "member_id", "offered_at"),)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn that is over. `answered`: on the member's clock, by themselves; `delay`: from the due moment."""

    slow: bool
    answered: datetime | None = None
    delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Kinder:
    """What is changed; None: stays."""

    weekday: int | None = None
    hour: int | None = None
    grace_days: int | None = None


# --- the rule -------------------------------------------------------------------------------------------------------


def kinder(turns: Sequence[Turn], rhythm: Rhythm, own_grace: int, policy: CheckinPolicy) -> Kinder | None:
    """Return what would have fitted these turns better; None: they went well, or nothing is left to offer."""
    if sum(turn.slow for turn in turns) < policy.slow_turns:
        return None
    answers = [turn.answered for turn in turns if turn.answered]
    found = Kinder(_weekday(answers, rhythm), _hour(answers, rhythm), _grace(turns, own_grace, policy))
    if found == Kinder() and rhythm.weekday is None and rhythm.due_day <= 22:
        found = Kinder(
            weekday=SUNDAY, hour=_EVENING if rhythm.hour != _EVENING else None
        )  # most are at home then
    return found if found != Kinder() else None


def _weekday(answers: Sequence[datetime], rhythm: Rhythm) -> int | None:
    """The weekday on which most of the answers came, at least three."""
    (day, count), *_ = Counter(at.weekday() for at in answers).most_common(1) or [(0, 0)]
    # with a weekday the days move on by up to six (Rhythm.last_due_day)
    fits = count >= 3 and count * 2 > len(answers) and rhythm.due_day <= 22
    return day if fits and day != rhythm.weekday else None


def _hour(answers: Sequence[datetime], rhythm: Rhythm) -> int | None:
    """The hour around which most of the answers came, when it is another than now."""
    if len(answers) < 3:
        return None
    usual = min(max(median_low([at.hour for at in answers]), 7), 20)  # the hours that a rhythm may have
    near = sum(abs(at.hour - usual) <= 1 for at in answers)
    return usual if near * 2 > len(answers) and abs(usual - rhythm.hour) >= 2 else None


def _grace(turns: Sequence[Turn], own_grace: int, policy: CheckinPolicy) -> int | None:
    """So many more days that most of the answers would have been in time."""
    delays = sorted(turn.delay for turn in turns if turn.answered and turn.slow)
    if len(delays) < 3:
        return None
    days = min(own_grace + ceil(delays[(len(delays) - 1) // 2] / timedelta(days=1)), policy.own_grace_days)
    return days if days > own_grace else None


def changed(rhythm: Rhythm, what: Kinder) -> Rhythm:
    """Return `rhythm` with the other weekday and hour. A turn that begins on a weekday lasts a week."""
    update: dict[str, object] = {}
    if what.hour is not None:
        update["hour"] = what.hour
    if what.weekday is not None:
        update |= {"weekday": what.weekday, "due_day": max(rhythm.due_day, min(rhythm.opens_day + 7, 22))}
    return Rhythm.model_validate(rhythm.model_dump() | update)


# --- acts -----------------------------------------------------------------------------------------------------------


def look_back(db: Session, checkin_ids: Sequence[int], policy: CheckinPolicy, *, now: datetime) -> None:
    """Look at the last turns of the members of these slow ones; offer where it fits."""
    slow = db.scalars(select(Checkin).where(Checkin.id.in_(checkin_ids), Checkin.pattern_at <= now)).all()
    people = load_asked(db, {checkin.member_id for checkin in slow})
    for checkin in slow:
        checkin.pattern_at = None
    for asked in people.values():
        if asked.is_asked and asked.is_reachable and asked.pause is None:
            _offer(db, asked, policy, now=now)


def _offer(db: Session, asked: Asked, policy: CheckinPolicy, *, now: datetime) -> None:
    member = asked.member
    if _offered_lately(db, member, policy, now=now):
        return
    turns = last_turns(db, member, policy)
    rhythm = member.rhythm or (asked.cell.rhythm if asked.cell else None) or policy.rhythm
    what = kinder(turns, rhythm, member.grace_days or 0, policy)
    if what is None:
        return
    offer = RhythmOffer(
        member_id=member.id,
        rhythm=changed(rhythm, what) if (what.weekday, what.hour) != (None, None) else None,
        grace_days=what.grace_days,
        slow=sum(turn.slow for turn in turns),
        of=len(turns),
        offered_at=now,
    )
    db.add(offer)
    db.flush()
    _tell(db, member, offer, rhythm, now=now)


def _tell(db: Session, member: Member, offer: RhythmOffer, held: Rhythm, *, now: datetime) -> None:
    words = phrases.offer(
        name=member.full_name,
        slow=offer.slow,
        of=offer.of,
        now=in_words(held),
        new=in_words(offer.rhythm) if offer.rhythm else None,
        grace=offer.grace_days,
    )
    buttons = [
        [Button(phrases.CHANGE_FOR_ME, f"rhythm:accept:{offer.id}")],
        [Button(phrases.KEEP_AS_IS, f"rhythm:keep:{offer.id}")],
    ]
    key = f"rhythm.offer:{offer.id}"
    tell(db, member, Message(words, buttons), key=key, lane=Lane.REMINDER, now=now, about=key)


def decide_offer(
    db: Session, offer: RhythmOffer, *, accept: bool, policy: CheckinPolicy, now: datetime
) -> None:
    """Keep the member's yes or no. A yes becomes their own rhythm at once."""
    if offer.decided_at is not None:
        raise Refused(phrases.decided_already(accepted=bool(offer.accepted)))
    offer.decided_at, offer.accepted = now, accept
    if not accept:
        return
    member = db.get_one(Member, offer.member_id)
    if offer.rhythm is not None:
        member.rhythm = offer.rhythm
    if offer.grace_days is not None:
        set_own_grace(db, member, offer.grace_days, policy, by_id=member.id, now=now)
    db.flush()
    plan_checkin(db, member, policy, now=now)


# --- questions ------------------------------------------------------------------------------------------------------


def in_words(rhythm: Rhythm) -> Text:
    """Say the rhythm, to the member themselves."""
    return rhythm_words(
        mine=True,
        every_months=rhythm.every_months,
        opens_day=rhythm.opens_day,
        due_day=rhythm.due_day,
        hour=rhythm.hour,
        weekday=rhythm.weekday,
    )


def last_turns(db: Session, member: Member, policy: CheckinPolicy) -> list[Turn]:
    """Return the last turns in which the member could answer: no pause, no excuse, nothing unreachable."""
    over = (CheckinState.ANSWERED, CheckinState.CLOSED)
    rows = db.scalars(
        select(Checkin)
        .where(
            Checkin.member_id == member.id,
            Checkin.kind == CheckinKind.RHYTHM,
            Checkin.state.in_(over),
            Checkin.asked_at.is_not(None),
        )
        .order_by(Checkin.period.desc())
        .limit(policy.look_back_turns)
    ).all()
    late = set(
        db.scalars(
            select(CheckinMove.checkin_id).where(
                CheckinMove.checkin_id.in_([row.id for row in rows]), CheckinMove.after == CheckinState.LATE
            )
        )
    )
    reminders = len(policy.rhythm.nudge_days_before)
    return [_turn(row, member, late=row.id in late, reminders=reminders) for row in rows if _could(row, late)]


def _could(checkin: Checkin, late: set[int]) -> bool:
    """Closed without ever being late: no message arrived."""
    return checkin.state == CheckinState.ANSWERED or checkin.id in late


def _turn(checkin: Checkin, member: Member, *, late: bool, reminders: int) -> Turn:
    slow = late or checkin.nudges >= max(reminders, 1)
    if checkin.answered_at is None or checkin.answered_by != member.id:
        return Turn(slow)
    return Turn(
        slow, checkin.answered_at.astimezone(ZoneInfo(member.zone)), checkin.answered_at - checkin.due_at
    )


def _offered_lately(db: Session, member: Member, policy: CheckinPolicy, *, now: datetime) -> bool:
    newest = newest_offer(db, member.id)
    if newest is None:
        return False
    months = add_months(local_date(now, member.zone), -policy.offer_months)
    return local_date(newest.offered_at, member.zone) >= months.replace(day=1)


def newest_offer(db: Session, member_id: int) -> RhythmOffer | None:
    mine = select(RhythmOffer).where(RhythmOffer.member_id == member_id)
    return db.scalars(mine.order_by(RhythmOffer.offered_at.desc()).limit(1)).first()


def due_patterns(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(Checkin.id).where(Checkin.pattern_at <= now).order_by(Checkin.pattern_at).limit(limit)
    return list(db.scalars(due))


next_pattern_at = Soonest(Checkin.pattern_at)
