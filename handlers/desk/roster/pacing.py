"""The cell's rhythm: how often its members are asked to check in, when, and until when.

EVERY ──> OPENS ──> DUE ──> HOUR ──> GRACE ──> CONFIRM ──save──> everybody's next check-in is planned anew
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel

from handlers.desk.roster.card import KINDER, rhythm_words
from handlers.desk.roster.common import MENU, cell_for
from handlers.ground.arguments import number, whole
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.form import At, Confirm, Field, FieldKind, Form, Row, Shape, beside
from models.delivery.message import Button
from models.desk.roster import replan_cell
from models.ground.errors import Refused
from models.ground.rhythm import Rhythm
from models.people.rights import Right
from models.people.unit import Unit, set_unit_rhythm
from models.phrases.desk import roster_talk as phrases
from models.phrases.text import Text, raw


class Draft(BaseModel):
    cell_id: int = 0
    every_months: int = 1
    opens_day: int = 1
    due_day: int = 5
    hour: int = 19
    grace_days: int = 2

    def rhythm(self, held: Rhythm) -> Rhythm:
        """Return the new rhythm, with as many of the nudges as fit between the two days."""
        room = self.due_day - self.opens_day
        return held.with_(
            every_months=self.every_months,
            opens_day=self.opens_day,
            due_day=self.due_day,
            hour=self.hour,
            grace_days=self.grace_days,
            nudge_days_before=tuple(days for days in Rhythm().nudge_days_before if days < room),
        )


Here = At[Draft, Unit]


def tapped(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(cell_id=number(arguments)))


def _held(at: Here) -> Rhythm:
    return at.subject.rhythm or at.ctx.policies.checkin.rhythm


class HowMany(FieldKind[Draft, Unit]):
    """A number, tapped or typed; `least`, `most`: what fits."""

    def shape(self, at: At[Draft, Unit]) -> Shape | None:
        return Shape.LINE

    def __init__(
        self,
        offers: Callable[[Here], Sequence[tuple[Text, int]]],
        fits: Callable[[Here], tuple[int, int]],
        *,
        in_row: int = 5,
    ) -> None:
        self.offers, self.fits, self.in_row = offers, fits, in_row

    def rows(self, at: Here) -> list[Row]:
        return beside([choice(label, str(count)) for label, count in self.offers(at)], self.in_row)

    def sent(self, at: Here, answer: Answer) -> int:
        return self.tapped(at, answer.words(limit=20))

    def tapped(self, at: Here, key: str) -> int:
        least, most = self.fits(at)
        found = whole(key, least=least, most=most)
        if found is None:
            raise Refused(phrases.number_expected(least=least, most=most))
        return found


def _due_days(at: Here) -> list[tuple[Text, int]]:
    last, opens = _held(at).last_due_day, at.draft.opens_day
    return [(raw(day), day) for day in (opens + 4, opens + 7) if day <= last]


def _look_over(at: Here) -> Text:
    new = rhythm_words(at.draft.rhythm(_held(at)))
    return phrases.confirm_rhythm(new=new, grace=at.draft.grace_days)


def _save(at: Here) -> None:
    ctx, cell, new = at.ctx, at.subject, at.draft.rhythm(_held(at))
    set_unit_rhythm(ctx.db, cell, new, by_id=ctx.me.id, now=ctx.now)
    replan_cell(ctx.db, cell.id, ctx.policies.checkin, now=ctx.now)
    back = [Button(phrases.TO_LIST, f"roster:list:{cell.id}")]
    ctx.show(phrases.rhythm_saved(new=rhythm_words(new)), [back, MENU])


FLOW: Form[Draft, Unit] = Form(
    "roster_pace",
    phrases.SETTING_RHYTHM,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.SET_RHYTHM),
    fields=(
        Field(
            "every",
            lambda at: phrases.ask_every(now=rhythm_words(_held(at))),
            HowMany(
                lambda at: [(phrases.every(months), months) for months in KINDER],
                lambda at: (1, 12),
                in_row=1,
            ),
            into="every_months",
        ),
        Field(
            "opens",
            lambda at: phrases.ask_opens(),
            HowMany(
                lambda at: [(raw(day), day) for day in (1, 10, 20)],
                lambda at: (1, _held(at).last_due_day - 1),
            ),
            into="opens_day",
        ),
        Field(
            "due",
            lambda at: phrases.ask_due(opens=at.draft.opens_day),
            HowMany(_due_days, lambda at: (at.draft.opens_day + 1, _held(at).last_due_day)),
            after=("opens",),
            into="due_day",
        ),
        Field(
            "hour",
            lambda at: phrases.ask_hour(),
            HowMany(lambda at: [(raw(f"{hour}:00"), hour) for hour in (8, 12, 19, 20)], lambda at: (7, 20)),
        ),
        Field(
            "grace",
            lambda at: phrases.ask_grace(now=_held(at).grace_days),
            HowMany(lambda at: [(raw(days), days) for days in (0, 2, 5, 7)], lambda at: (0, 20)),
            into="grace_days",
        ),
        Field("confirm", _look_over, Confirm(phrases.SAVE, "save")),
    ),
    save=_save,
)
