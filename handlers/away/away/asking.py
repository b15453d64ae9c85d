"""What is asked next, and what several questions of the form share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from handlers.away.away.door import today
from handlers.away.away.draft import Aim, Draft, Step, needs_reason, steadiness_matters
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Question, Screen, choice
from handlers.people.whereabouts import require_name
from models.away.away import WorkKind
from models.delivery.outbox import Button
from models.ground.clock import add_months
from models.ground.marking import clean
from models.phrases import common
from models.phrases.away import away_member as phrases
from models.phrases.desk import absence as absence_words
from models.phrases.text import Text

LINE, LONG = 100, 1_000  # characters of a line, of a reason or an answer
SKIP, KEEP = "skip", "keep"
DAY = timedelta(days=1)
LATELY = timedelta(days=90)  # a day without a year may have gone by

_WANTED: dict[Step, Callable[[Context, Draft], bool]] = {
    Step.PLACE: lambda ctx, draft: True,
    Step.ZONE: lambda ctx, draft: draft.zone is None,
    Step.CITY: lambda ctx, draft: True,
    Step.WORK: lambda ctx, draft: True,
    Step.EMPLOYER: lambda ctx, draft: draft.work is not WorkKind.FAMILY,
    Step.BEGIN: lambda ctx, draft: True,
    Step.END: lambda ctx, draft: True,
    Step.STEADY: steadiness_matters,
    Step.REASON: lambda ctx, draft: True,
    Step.PHONE: lambda ctx, draft: True,
    Step.TRUSTED: lambda ctx, draft: True,
    Step.KNOWS: lambda ctx, draft: bool(draft.trusted_name),
    Step.TRUSTED_PHONE: lambda ctx, draft: bool(draft.trusted_name),
}


def onward(ctx: Context, draft: Draft, answered: Step) -> Step:
    """The first question that is still open, in the order of `_WANTED`; else the overview."""
    if not draft.seen and answered in _WANTED:  # on the way back, what comes after is asked again
        order = list(_WANTED)
        draft.done -= set(order[order.index(answered) + 1 :])
    draft.done.add(answered)
    draft.fields = 0
    applies = draft.aim in (Aim.DECLARE, Aim.CORRECT) and Step.END in draft.done
    if applies and not draft.reason and needs_reason(ctx, draft):
        draft.done.discard(Step.REASON)  # it was skipped while the time was short
    wanted = (step for step, holds in _WANTED.items() if step not in draft.done and holds(ctx, draft))
    step = next(wanted, Step.OVERVIEW)
    draft.seen = draft.seen or step is Step.OVERVIEW
    return step


# --- shared ------------------------------------------------------------------------------------------------------------


def line(
    step: Step,
    field: str,
    words: Callable[[], Text],
    *,
    limit: int = LINE,
    check: Callable[[str], str] = clean,
) -> Question[Draft]:
    """A question for a line of text that may be left out."""

    def ask(ctx: Context, draft: Draft) -> Screen:
        return Screen(words(), [*keep(draft, getattr(draft, field)), [choice(common.SKIP, SKIP)]])

    def take(ctx: Context, draft: Draft, answer: Answer) -> Step:
        if answer.value is None:
            setattr(draft, field, check(one_line(answer.words(limit=limit))))
        elif answer.choice(KEEP, SKIP) == SKIP:
            setattr(draft, field, "")
        return onward(ctx, draft, step)

    return Question(ask, take)


def keep(draft: Draft, known: str) -> list[list[Button]]:
    """What is known stays with one tap."""
    return [[choice(absence_words.keep_words(now=known), KEEP)]] if known else []


def named(text: str) -> str:
    """A name that may be kept: of an employer, a person, an organisation."""
    return require_name(clean(text))


def one_line(text: str) -> str:
    return " ".join(text.split())


def pairs(buttons: list[Button]) -> list[list[Button]]:
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _first_of_next(on: date) -> date:
    return add_months(on, 1)


def near_days(ctx: Context) -> list[list[Button]]:
    offers = ((phrases.TODAY, today(ctx)), (phrases.FIRST_OF_MONTH, _first_of_next(today(ctx))))
    return [[choice(phrases.day_button(what=what, on=on), on.isoformat())] for what, on in offers]
