"""The standing date: the day of the month on which the cell meets, and its hour.

monthly ──> day ──> clock ──> set            switched off from the first question
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from pydantic import BaseModel

from handlers.desk.desk.door import cell_of
from handlers.ground.arguments import number_or_0, whole
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.form import At, Field, FieldKind, Form, Offer, Row, S, Shape, beside
from handlers.meeting.meeting.door import BACK
from models.ground.errors import Refused
from models.meeting.meeting import StandingPlan, next_standing, read_clock, set_standing, standing_of
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.meeting import meeting_form as words
from models.phrases.text import Text, raw

CLOCKS = ("07:30", "14:00", "19:00", "19:30", "20:00")


class Draft(BaseModel):
    cell_id: int = 0
    day: int = 3
    clock: str = ""
    off: bool = False


D = TypeVar("D", bound=BaseModel)


class Clock(FieldKind[D, S], Generic[D, S]):
    """An hour of the day, tapped or typed; kept as 19:30."""

    def shape(self, at: At[D, S]) -> Shape | None:
        return Shape.LINE

    def rows(self, at: At[D, S]) -> Sequence[Row]:
        return self.offer(CLOCKS, len(CLOCKS))

    def offer(self, clocks: Sequence[str], in_row: int) -> list[Row]:
        return beside([choice(raw(clock), clock) for clock in clocks], in_row)

    def sent(self, at: At[D, S], answer: Answer) -> str:
        clock = read_clock(answer.words(limit=40) if answer.value is None else answer.value)
        if clock is None:
            raise Refused(words.clock_not_read())
        return f"{clock:%H:%M}"

    def tapped(self, at: At[D, S], key: str) -> str:
        return self.sent(at, Answer(at.ctx.incoming, key))


class DayOfMonth(FieldKind[Draft, Unit]):
    def shape(self, at: At[Draft, Unit]) -> Shape | None:
        return Shape.LINE

    def rows(self, at: At[Draft, Unit]) -> Sequence[Row]:
        days = dict.fromkeys((at.ctx.policies.meeting.standing_day, 1, 5, 10, 15))
        return beside([Offer(raw(day), str(day), day) for day in days], len(days))

    def sent(self, at: At[Draft, Unit], answer: Answer) -> int:
        # every month has a 28th
        day = whole(answer.words(limit=40), least=1, most=28)
        if day is None:
            raise Refused(words.day_of_month_expected())
        return day


def begin_standing(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(cell_id=number_or_0(arguments)))


def _held(at: At[Draft, Unit]) -> StandingPlan | None:
    known = standing_of(at.ctx.db, at.subject.id)
    return known.plan if known is not None and known.next_at is not None else None


def _ask_day(at: At[Draft, Unit]) -> Text:
    plan = _held(at)
    return words.standing(day=plan.day if plan else None, clock=plan.clock if plan else "")


def _put_day(at: At[Draft, Unit], day: int | None) -> None:
    at.draft.off, at.draft.day = day is None, day or at.draft.day


def _save(at: At[Draft, Unit]) -> None:
    ctx = at.ctx
    known = standing_of(ctx.db, at.subject.id)
    plan = None if at.draft.off else StandingPlan(day=at.draft.day, clock=at.draft.clock)
    set_standing(
        ctx.db,
        at.subject.id,
        plan,
        by_id=ctx.me.id,
        policy=ctx.policies.meeting,
        now=ctx.now,
        workdays=ctx.policies.workday,
    )
    if plan is None:
        ctx.show(words.standing_off(), [BACK])
        return
    last = known.last_month if known else None
    start = next_standing(plan, after=ctx.now, last=last, workdays=ctx.policies.workday)
    ctx.show(words.standing_set(starts_at=start), [BACK])


FLOW: Form[Draft, Unit] = Form(
    "meeting_monthly",
    words.STANDING,
    Draft,
    right=lambda ctx, draft: cell_of(ctx, draft.cell_id, Right.CALL_MEETING),
    fields=(
        Field(
            "day",
            _ask_day,
            DayOfMonth(),
            offers=lambda at: [Offer(words.SWITCH_OFF, "off", None)] if _held(at) else [],
            put=_put_day,
        ),
        Field(
            "clock",
            lambda at: words.which_clock_monthly(day=at.draft.day),
            Clock(),
            needed=lambda at: not at.draft.off,
        ),
    ),
    save=_save,
)
