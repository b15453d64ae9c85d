"""A deputy for a time: from the card of a person on the roster.

UNTIL ──a day, or without end──> CONFIRM ──yes──> the card again
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.roster.card import show_card
from handlers.desk.roster.common import MENU, member_for
from handlers.desk.roster.inviting import to_card
from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from models.delivery.outbox import Button
from models.desk.office import OfficeRefused, appoint_deputy, end_deputy
from models.ground.clock import HOME_ZONE, local_date, same_day
from models.people.member import Member
from models.people.rights import Right, Role, holders
from models.people.unit import Unit
from models.phrases.desk import office as phrases

_OFFERED = (3, 12)  # months
_LONGEST = 60  # months; who stays longer is appointed without end
_NO_END = "none"


class Step(StrEnum):
    UNTIL = "until"
    CONFIRM = "confirm"


class Draft(BaseModel):
    member_id: int = 0
    until: date | None = None


def begin_deputy(ctx: Context, arguments: list[str]) -> None:
    """Somebody new, or another last day for who is deputy already."""
    member = member_for(ctx, number(arguments), Right.APPOINT_DEPUTY)
    if member.id in holders(ctx.db, member.cell_id or 0, Role.SECRETARY, now=ctx.now):
        raise OfficeRefused(phrases.is_secretary_already(name=member.full_name))
    begin(ctx, DEPUTY, Step.UNTIL, Draft(member_id=member.id))


def _member(ctx: Context, draft: Draft) -> Member:
    return member_for(ctx, draft.member_id, Right.APPOINT_DEPUTY)


def _last_of(today: date, months: int) -> date:
    """The last day of so many months that begin today."""
    return same_day(today, months) - timedelta(days=1)


def ask_until(ctx: Context, draft: Draft) -> Screen:
    member, today = _member(ctx, draft), local_date(ctx.now, HOME_ZONE)
    offers = [(months, _last_of(today, months)) for months in _OFFERED]
    buttons = [
        [choice(phrases.until_button(months=months, on=day), day.isoformat())] for months, day in offers
    ]
    words = phrases.ask_until(name=member.full_name, example=offers[0][1])
    return Screen(words, [*buttons, [choice(phrases.WITHOUT_END, _NO_END)]])


def take_until(ctx: Context, draft: Draft, answer: Answer) -> Step:
    _member(ctx, draft)
    today = local_date(ctx.now, HOME_ZONE)
    draft.until = None if answer.value == _NO_END else take_day(answer, near=today)
    if draft.until is not None and draft.until < today:
        raise OfficeRefused(phrases.end_is_past())
    if draft.until is not None and draft.until > same_day(today, _LONGEST):
        raise OfficeRefused(phrases.end_is_far(last=same_day(today, _LONGEST)))
    return Step.CONFIRM


def ask_confirm(ctx: Context, draft: Draft) -> Screen:
    words = phrases.confirm_deputy(name=_member(ctx, draft).full_name, until=draft.until)
    return Screen(words, [[choice(phrases.YES, "yes")]])


def take_confirm(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    member = _member(ctx, draft)
    appoint_deputy(
        ctx.db,
        ctx.db.get_one(Unit, member.cell_id),
        member.id,
        until=draft.until,
        by_id=ctx.me.id,
        policy=ctx.policies.office,
        now=ctx.now,
    )
    ctx.db.flush()
    show_card(ctx, member)


DEPUTY: Flow[Draft] = Flow(
    "office_deputy",
    phrases.APPOINTING,
    Draft,
    {
        Step.UNTIL: Question(ask_until, take_until),
        Step.CONFIRM: Question(ask_confirm, take_confirm, proof=True),
    },
    right=_member,
)


def dismiss(ctx: Context, arguments: list[str]) -> None:
    """Asked once; who is no deputy any more is only shown."""
    member = member_for(ctx, number(arguments), Right.APPOINT_DEPUTY)
    is_deputy = member.id in holders(ctx.db, member.cell_id or 0, Role.DEPUTY, now=ctx.now)
    if is_deputy and arguments[1:] != ["yes"]:
        yes = Button(phrases.YES, f"office:enddeputy:{member.id}:yes")
        ctx.show(phrases.confirm_end_deputy(name=member.full_name), [[yes], [to_card(member)], MENU])
        return
    end_deputy(ctx.db, ctx.db.get_one(Unit, member.cell_id), member.id, by_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    show_card(ctx, member)
