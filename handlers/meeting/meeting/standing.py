"""The standing date: the day of the month on which the cell meets, and its hour.

monthly ──> day ──> clock ──> set            switched off from the first question
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0, whole
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.meeting.meeting.door import BACK
from models.ground.errors import Refused
from models.meeting.meeting import Plan, next_standing, read_clock, set_standing, standing_of
from models.people.rights import Right
from models.phrases.meeting import meeting_form as words
from models.phrases.text import raw

CLOCKS = ("07:30", "14:00", "19:00", "19:30", "20:00")


class Step(StrEnum):
    DAY = "day"
    CLOCK = "clock"


class Draft(BaseModel):
    cell_id: int = 0
    day: int = 3


def begin_standing(ctx: Context, arguments: list[str]) -> None:
    cell = cell_of(ctx, number_or_0(arguments), Right.CALL_MEETING)
    begin(ctx, FLOW, Step.DAY, Draft(cell_id=cell.id))


def ask_day(ctx: Context, draft: Draft) -> Screen:
    known = standing_of(ctx.db, draft.cell_id)
    plan = known.plan if known is not None and known.next_at is not None else None
    days = dict.fromkeys((ctx.policies.meeting.standing_day, 1, 5, 10, 15))
    rows = [[choice(raw(day), str(day)) for day in days]]
    if plan is not None:
        rows.append([choice(words.SWITCH_OFF, "off")])
    text = words.standing(day=plan.day if plan else None, clock=plan.clock if plan else "")
    return Screen(text, rows)


def take_day(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    typed = answer.value if answer.incoming.kind is Kind.BUTTON else answer.words(limit=40)
    if typed == "off":
        _set(ctx, draft, None)
        ctx.show(words.standing_off(), [BACK])
        return None
    day = whole(typed or "", least=1, most=28)
    if day is None:
        raise Refused(words.day_of_month_expected())
    draft.day = day
    return Step.CLOCK


def ask_clock(ctx: Context, draft: Draft) -> Screen:
    return Screen(words.which_clock_monthly(day=draft.day), [[choice(raw(clock), clock) for clock in CLOCKS]])


def take_clock(ctx: Context, draft: Draft, answer: Answer) -> None:
    typed = answer.value if answer.incoming.kind is Kind.BUTTON else answer.words(limit=40)
    clock = read_clock(typed or "")
    if clock is None:
        raise Refused(words.clock_not_read())
    plan = Plan(day=draft.day, clock=f"{clock:%H:%M}")
    _set(ctx, draft, plan)
    start = next_standing(plan, after=ctx.now, last=_last(ctx, draft), workdays=ctx.policies.workday)
    ctx.show(words.standing_set(starts_at=start), [BACK])


def _last(ctx: Context, draft: Draft) -> date | None:
    known = standing_of(ctx.db, draft.cell_id)
    return known.last_month if known else None


def _set(ctx: Context, draft: Draft, plan: Plan | None) -> None:
    cell = cell_of(ctx, draft.cell_id, Right.CALL_MEETING)
    set_standing(
        ctx.db,
        cell.id,
        plan,
        by_id=ctx.me.id,
        policy=ctx.policies.meeting,
        now=ctx.now,
        workdays=ctx.policies.workday,
    )


FLOW: Flow[Draft] = Flow(
    "meeting_monthly",
    words.STANDING,
    Draft,
    {Step.DAY: Question(ask_day, take_day), Step.CLOCK: Question(ask_clock, take_clock)},
    right=lambda ctx, draft: cell_of(ctx, draft.cell_id, Right.CALL_MEETING),
)
