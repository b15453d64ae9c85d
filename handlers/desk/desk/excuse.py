"""No more questions to somebody until a day: the secretary decides, the member is told.

until ──> reason, or none ──> excused
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import BaseModel

from handlers.desk.desk.door import MemberMatter, matter_of_checkin
from handlers.desk.desk.person import show_matter
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Day, Field, Form, Offer, Prose
from models.contact.checkin import UNSETTLED, Checkin, excuse_checkin
from models.ground.clock import add_months, at_wall, local_date
from models.people.member import UNREACHABLE, Member, account_of
from models.people.rights import Right
from models.phrases.desk import desk as phrases
from models.phrases.text import Text

REASON_LIMIT = 300


class Draft(BaseModel):
    checkin_id: int = 0
    until: date | None = None
    reason: str = ""


def begin_excuse(ctx: Context, arguments: list[str]) -> None:
    matter = matter_of_checkin(ctx, number_or_0(arguments), Right.ASK_CHECKIN)
    if matter.checkin is None or matter.checkin.state not in UNSETTLED:
        show_matter(ctx, matter)
    elif _last_day(ctx, matter.checkin, matter.member) < _first_day(ctx, matter.member):
        show_matter(ctx, matter, note=phrases.cannot_excuse())
    else:
        EXCUSE.begin(ctx, Draft(checkin_id=matter.checkin.id))


Here = At[Draft, MemberMatter]


def _last(at: Here) -> date:
    return _last_day(at.ctx, at.ctx.db.get_one(Checkin, at.draft.checkin_id), at.subject.member)


def _days(at: Here) -> list[tuple[Text, date]]:
    today, last = local_date(at.ctx.now, at.subject.member.zone), _last(at)
    offers = (
        (phrases.THREE_DAYS, today + timedelta(days=3)),
        (phrases.A_WEEK, today + timedelta(days=7)),
        (phrases.END_OF_MONTH, add_months(today, 1) - timedelta(days=1)),
    )
    return [(phrases.day_button(what=what, on=day), day) for what, day in offers if today < day <= last]


def _excuse(at: Here) -> None:
    ctx, draft = at.ctx, at.draft
    matter = matter_of_checkin(ctx, draft.checkin_id, Right.ASK_CHECKIN, lock=True)
    if matter.checkin is None or draft.until is None or matter.checkin.state not in UNSETTLED:
        ctx.left = True
        show_matter(ctx, matter)
        return
    until = _moment(ctx, draft.until, matter.member)
    reason = draft.reason or None
    excuse_checkin(ctx.db, matter.checkin, until=until, reason=reason, by_id=ctx.me.id, now=ctx.now)
    account = account_of(ctx.db, matter.member.id)
    told = account is not None and account.reachability not in UNREACHABLE
    note = phrases.excuse_saved(name=matter.member.full_name, until=until, zone=matter.member.zone, told=told)
    show_cell(ctx, matter.cell, note=note)


def _moment(ctx: Context, day: date, member: Member) -> datetime:
    """They are asked again on that day, at the usual hour of their clock."""
    return at_wall(day, time(ctx.policies.checkin.rhythm.hour), member.zone)


def _first_day(ctx: Context, member: Member) -> date:
    return local_date(ctx.now, member.zone) + timedelta(days=1)


def _last_day(ctx: Context, checkin: Checkin, member: Member) -> date:
    """The last day before the turn closes: the next one asks as usual."""
    last = local_date(checkin.closes_at, member.zone)
    return last if _moment(ctx, last, member) < checkin.closes_at else last - timedelta(days=1)


EXCUSE: Form[Draft, MemberMatter] = Form(
    "desk_excuse",
    phrases.EXCUSING,
    Draft,
    right=lambda ctx, draft: matter_of_checkin(ctx, draft.checkin_id, Right.ASK_CHECKIN),
    fields=(
        Field(
            "until",
            lambda at: phrases.until_when(name=at.subject.member.full_name, last=_last(at)),
            Day(lambda at: _first_day(at.ctx, at.subject.member), last=_last, offers=_days),
        ),
        Field(
            "reason",
            lambda at: phrases.why_excused(limit=REASON_LIMIT),
            Prose(REASON_LIMIT),
            offers=lambda at: [Offer(phrases.NO_REASON, "none", "")],
        ),
    ),
    save=_excuse,
)
