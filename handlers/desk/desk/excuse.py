"""No more questions to somebody until a day: the secretary decides, the member is told.

until ──> reason, or none ──> excused
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.desk.door import matter_of_checkin
from handlers.desk.desk.person import show_matter
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from models.contact.checkin import UNSETTLED, Checkin, excuse_checkin
from models.delivery.outbox import Button
from models.ground.clock import add_months, at_wall, local_date
from models.ground.marking import clean
from models.people.member import UNREACHABLE, Member, account_of
from models.people.rights import Right
from models.phrases.desk import desk as phrases

REASON_LIMIT = 300


class Step(StrEnum):
    UNTIL = "until"
    REASON = "reason"


class Draft(BaseModel):
    checkin_id: int = 0
    until: date | None = None


def begin_excuse(ctx: Context, arguments: list[str]) -> None:
    matter = matter_of_checkin(ctx, number_or_0(arguments), Right.ASK_CHECKIN)
    if matter.checkin is None or matter.checkin.state not in UNSETTLED:
        show_matter(ctx, matter)
    elif _last_day(ctx, matter.checkin, matter.member) < _first_day(ctx, matter.member):
        show_matter(ctx, matter, note=phrases.cannot_excuse())
    else:
        begin(ctx, EXCUSE, Step.UNTIL, Draft(checkin_id=matter.checkin.id))


def ask_until(ctx: Context, draft: Draft) -> Screen:
    checkin, member = _asked(ctx, draft)
    today, last = local_date(ctx.now, member.zone), _last_day(ctx, checkin, member)
    end_of_month = add_months(today, 1) - timedelta(days=1)
    offers = (
        (phrases.THREE_DAYS, today + timedelta(days=3)),
        (phrases.A_WEEK, today + timedelta(days=7)),
        (phrases.END_OF_MONTH, end_of_month),
    )
    buttons: list[list[Button]] = [
        [choice(phrases.day_button(what=what, on=day), day.isoformat())]
        for what, day in offers
        if today < day <= last
    ]
    return Screen(phrases.until_when(name=member.full_name, last=last), buttons)


def take_until(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    checkin, member = _asked(ctx, draft)
    first, last = _first_day(ctx, member), _last_day(ctx, checkin, member)
    draft.until = take_day(answer, near=first, last=last)
    return Step.REASON


def ask_reason(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.why_excused(limit=REASON_LIMIT), [[choice(phrases.NO_REASON, "none")]])


def take_reason(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    reason = None if answer.value == "none" else clean(answer.words(limit=REASON_LIMIT))
    matter = matter_of_checkin(ctx, draft.checkin_id, Right.ASK_CHECKIN, lock=True)
    if matter.checkin is None or draft.until is None or matter.checkin.state not in UNSETTLED:
        ctx.left = True
        show_matter(ctx, matter)
        return None
    until = _moment(ctx, draft.until, matter.member)
    excuse_checkin(ctx.db, matter.checkin, until=until, reason=reason, by_id=ctx.me.id, now=ctx.now)
    account = account_of(ctx.db, matter.member.id)
    told = account is not None and account.reachability not in UNREACHABLE
    note = phrases.excuse_saved(name=matter.member.full_name, until=until, zone=matter.member.zone, told=told)
    show_cell(ctx, matter.cell, note=note)
    return None


def _asked(ctx: Context, draft: Draft) -> tuple[Checkin, Member]:
    checkin = ctx.db.get_one(Checkin, draft.checkin_id)
    return checkin, ctx.db.get_one(Member, checkin.member_id)


def _moment(ctx: Context, day: date, member: Member) -> datetime:
    """They are asked again on that day, at the usual hour of their clock."""
    return at_wall(day, time(ctx.policies.checkin.rhythm.hour), member.zone)


def _first_day(ctx: Context, member: Member) -> date:
    return local_date(ctx.now, member.zone) + timedelta(days=1)


def _last_day(ctx: Context, checkin: Checkin, member: Member) -> date:
    """The last day before the turn closes: the next one asks as usual."""
    last = local_date(checkin.closes_at, member.zone)
    return last if _moment(ctx, last, member) < checkin.closes_at else last - timedelta(days=1)


EXCUSE: Flow[Draft] = Flow(
    room="desk_excuse",
    about=phrases.EXCUSING,
    draft=Draft,
    steps={
        Step.UNTIL: Question(ask_until, take_until),
        Step.REASON: Question(ask_reason, take_reason),
    },
    right=lambda ctx, draft: matter_of_checkin(ctx, draft.checkin_id, Right.ASK_CHECKIN),
)
