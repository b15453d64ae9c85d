"""The cell's rhythm: how often its members are asked to check in, when, and until when.

EVERY ──> OPENS ──> DUE ──> HOUR ──> GRACE ──> CONFIRM ──save──> everybody's next check-in is planned anew
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.roster.card import KINDER, rhythm_words
from handlers.desk.roster.common import MENU, cell_for
from handlers.ground.arguments import number, whole
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from models.delivery.outbox import Button
from models.desk.roster import replan_cell
from models.ground.errors import Refused
from models.ground.rhythm import Rhythm
from models.people.rights import Right
from models.people.unit import set_unit_rhythm
from models.phrases.desk import roster_talk as phrases
from models.phrases.text import raw


class Step(StrEnum):
    EVERY = "every"
    OPENS = "opens"
    DUE = "due"
    HOUR = "hour"
    GRACE = "grace"
    CONFIRM = "confirm"


class Draft(BaseModel):
    cell_id: int = 0
    every_months: int = 1
    opens_day: int = 1
    due_day: int = 5
    hour: int = 19
    grace_days: int = 2

    def rhythm(self, held: Rhythm) -> Rhythm:
        """With as many of the nudges as fit between the two days."""
        room = self.due_day - self.opens_day
        return held.with_(
            every_months=self.every_months,
            opens_day=self.opens_day,
            due_day=self.due_day,
            hour=self.hour,
            grace_days=self.grace_days,
            nudge_days_before=tuple(days for days in Rhythm().nudge_days_before if days < room),
        )


def tapped(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.SET_RHYTHM)
    begin(ctx, FLOW, Step.EVERY, Draft(cell_id=cell.id))


def _held(ctx: Context, draft: Draft) -> Rhythm:
    cell = cell_for(ctx, draft.cell_id, Right.SET_RHYTHM)
    return cell.rhythm or ctx.policies.checkin.rhythm


def _number(answer: Answer, *, least: int, most: int) -> int:
    """A number that was typed, or tapped."""
    said = answer.value if answer.incoming.kind is Kind.BUTTON else answer.words(limit=20)
    found = whole(said or "", least=least, most=most)
    if found is None:
        raise Refused(phrases.number_expected(least=least, most=most))
    return found


def ask_every(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.every(months), str(months))] for months in KINDER]
    return Screen(phrases.ask_every(now=rhythm_words(_held(ctx, draft))), buttons)


def take_every(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.every_months = _number(answer, least=1, most=12)
    return Step.OPENS


def ask_opens(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_opens(), [[choice(raw(day), str(day)) for day in (1, 10, 20)]])


def take_opens(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.opens_day = _number(answer, least=1, most=_held(ctx, draft).last_due_day - 1)
    return Step.DUE


def ask_due(ctx: Context, draft: Draft) -> Screen:
    last = _held(ctx, draft).last_due_day
    days = [day for day in (draft.opens_day + 4, draft.opens_day + 7) if day <= last]
    return Screen(phrases.ask_due(opens=draft.opens_day), [[choice(raw(day), str(day)) for day in days]])


def take_due(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.due_day = _number(answer, least=draft.opens_day + 1, most=_held(ctx, draft).last_due_day)
    return Step.HOUR


def ask_hour(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_hour(), [[choice(raw(f"{hour}:00"), str(hour)) for hour in (8, 12, 19, 20)]])


def take_hour(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.hour = _number(answer, least=7, most=20)
    return Step.GRACE


def ask_grace(ctx: Context, draft: Draft) -> Screen:
    days = [choice(raw(days), str(days)) for days in (0, 2, 5, 7)]
    return Screen(phrases.ask_grace(now=_held(ctx, draft).grace_days), [days])


def take_grace(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.grace_days = _number(answer, least=0, most=20)
    return Step.CONFIRM


def ask_confirm(ctx: Context, draft: Draft) -> Screen:
    new = rhythm_words(draft.rhythm(_held(ctx, draft)))
    return Screen(phrases.confirm_rhythm(new=new, grace=draft.grace_days), [[choice(phrases.SAVE, "save")]])


def take_confirm(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("save")
    new = draft.rhythm(_held(ctx, draft))
    cell = cell_for(ctx, draft.cell_id, Right.SET_RHYTHM)
    set_unit_rhythm(ctx.db, cell, new, by_id=ctx.me.id, now=ctx.now)
    replan_cell(ctx.db, cell.id, ctx.policies.checkin, now=ctx.now)
    back = [Button(phrases.TO_LIST, f"roster:list:{cell.id}")]
    ctx.show(phrases.rhythm_saved(new=rhythm_words(new)), [back, MENU])


FLOW: Flow[Draft] = Flow(
    "roster_pace",
    phrases.SETTING_RHYTHM,
    Draft,
    {
        Step.EVERY: Question(ask_every, take_every),
        Step.OPENS: Question(ask_opens, take_opens),
        Step.DUE: Question(ask_due, take_due),
        Step.HOUR: Question(ask_hour, take_hour),
        Step.GRACE: Question(ask_grace, take_grace),
        Step.CONFIRM: Question(ask_confirm, take_confirm),
    },
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.SET_RHYTHM),
)
