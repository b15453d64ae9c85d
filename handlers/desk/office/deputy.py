"""A deputy for a time: from the card of a person on the roster.

UNTIL ──a day, or without end──> CONFIRM ──yes──> the card again
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from handlers.desk.roster.card import show_card
from handlers.desk.roster.common import MENU, member_for
from handlers.desk.roster.inviting import to_card
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Day, Field, Form, Offer
from models.delivery.message import Button
from models.desk.office import OfficeRefused, appoint_deputy, end_deputy
from models.ground.clock import same_day
from models.people.member import Member
from models.people.rights import Right, Role, holders
from models.people.unit import Unit
from models.phrases.desk import office as phrases

_OFFERED = (3, 12)  # months
_LONGEST = 60  # months; who stays longer is appointed without end


class Draft(BaseModel):
    member_id: int = 0
    until: date | None = None


def begin_deputy(ctx: Context, arguments: list[str]) -> None:
    """Begin to appoint somebody new, or to set another last day for who is deputy already."""
    member = member_for(ctx, number(arguments), Right.APPOINT_DEPUTY)
    if member.id in holders(ctx.db, member.cell_id or 0, Role.SECRETARY, now=ctx.now):
        raise OfficeRefused(phrases.is_secretary_already(name=member.full_name))
    DEPUTY.begin(ctx, Draft(member_id=member.id))


def _last_of(today: date, months: int) -> date:
    """The last day of so many months that begin today."""
    return same_day(today, months) - timedelta(days=1)


def _offers(today: date) -> list[tuple[int, date]]:
    return [(months, _last_of(today, months)) for months in _OFFERED]


def _check_until(at: At[Draft, Member], until: date) -> date:
    if until < at.today:
        raise OfficeRefused(phrases.end_is_past())
    if until > same_day(at.today, _LONGEST):
        raise OfficeRefused(phrases.end_is_far(last=same_day(at.today, _LONGEST)))
    return until


def _appoint(at: At[Draft, Member]) -> None:
    ctx, member = at.ctx, at.subject
    appoint_deputy(
        ctx.db,
        ctx.db.get_one(Unit, member.cell_id),
        member.id,
        until=at.draft.until,
        by_id=ctx.me.id,
        policy=ctx.policies.office,
        now=ctx.now,
    )
    ctx.db.flush()
    show_card(ctx, member)


DEPUTY: Form[Draft, Member] = Form(
    "office_deputy",
    phrases.APPOINTING,
    Draft,
    right=lambda ctx, draft: member_for(ctx, draft.member_id, Right.APPOINT_DEPUTY),
    fields=(
        Field(
            "until",
            lambda at: phrases.ask_until(name=at.subject.full_name, example=_last_of(at.today, _OFFERED[0])),
            Day(
                lambda at: at.today,
                _check_until,
                offers=lambda at: [
                    (phrases.until_button(months=months, on=on), on) for months, on in _offers(at.today)
                ],
            ),
            offers=lambda at: [Offer(phrases.WITHOUT_END, "none", None)],
        ),
        Field(
            "confirm",
            lambda at: phrases.confirm_deputy(name=at.subject.full_name, until=at.draft.until),
            Confirm(phrases.YES),
            proof=True,
        ),
    ),
    save=_appoint,
)


def dismiss(ctx: Context, arguments: list[str]) -> None:
    """Dismiss the deputy, after asking once. Who is no deputy any more is only shown."""
    member = member_for(ctx, number(arguments), Right.APPOINT_DEPUTY)
    is_deputy = member.id in holders(ctx.db, member.cell_id or 0, Role.DEPUTY, now=ctx.now)
    if is_deputy and arguments[1:] != ["yes"]:
        yes = Button(phrases.YES, f"office:enddeputy:{member.id}:yes")
        ctx.show(phrases.confirm_end_deputy(name=member.full_name), [[yes], [to_card(member)], MENU])
        return
    end_deputy(ctx.db, ctx.db.get_one(Unit, member.cell_id), member.id, by_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    show_card(ctx, member)
