"""The cell's counts on one list, so that somebody asks before three months have gone by; dues typed for several at once.

screening:see ──┬─ a member's counts (handlers/desk/absence/contacts.py)
                └─ MONTH ──> PEOPLE ──> CHECK ──> recorded
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import AnyFlow, Flow, Question, Screen, begin, choice
from handlers.ground.paging import Row, page_of, turning
from handlers.ground.routing import Tap
from handlers.people.unit.door import cell_for
from models.delivery.outbox import Button
from models.desk.screening import counted_in_cell, record_dues_of
from models.ground.clock import HOME_ZONE, add_months, local_date
from models.ground.errors import Refused
from models.people.member import Member, roster
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.desk import screening as phrases
from models.phrases.text import month, raw
from models.phrases.year import review_desk as review_words

PAGE, _PICKED = 4, 4
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})\s*[/.\- ]\s*(20\d\d)", re.IGNORECASE | re.ASCII)
_RIGHT = Right.KEEP_ABSENCES


def see(ctx: Context, arguments: list[str]) -> None:
    """`<cell>:<page>`"""
    cell = cell_for(ctx, number(arguments), _RIGHT)
    show(ctx, cell, number_or_0(arguments, 1))


def show(ctx: Context, cell: Unit, page: int = 0) -> None:
    year = local_date(ctx.now, HOME_ZONE).year
    found = counted_in_cell(ctx.db, cell.id, year, now=ctx.now)
    page, pages = page_of(page, len(found), PAGE)
    here = found[page * PAGE : (page + 1) * PAGE]
    words = phrases.people(
        cell=cell.name,
        year=year,
        rows=[
            phrases.person(
                name=one.member.full_name,
                silent=len(one.screening.silent),
                absent=len(one.screening.absent),
                behind=one.behind,
            )
            for one in here
        ],
        page=page,
        pages=pages,
    )
    names: list[Row] = [
        [Button(raw(one.member.full_name), f"absence:counts:{one.member.id}")] for one in here
    ]
    turn = turning(page, pages, lambda to: f"screening:see:{cell.id}:{to}")
    dues = [Button(phrases.DUES, f"screening:dues:{cell.id}")]
    back = [Button(review_words.HOME, f"campaign:cell:{cell.id}")]
    ctx.show(words, [*names, turn, dues, back])


# --- dues of several ------------------------------------------------------------------------------------------------


class Step(StrEnum):
    MONTH = "month"
    PEOPLE = "people"
    CHECK = "check"


class Draft(BaseModel):
    cell_id: int = 0
    until: date = date.min
    chosen: list[int] = []
    page: int = 0


def start(ctx: Context, arguments: list[str]) -> None:
    draft = Draft(cell_id=number(arguments))
    _cell(ctx, draft)
    begin(ctx, FLOW, Step.MONTH, draft)


def _cell(ctx: Context, draft: Draft) -> Unit:
    return cell_for(ctx, draft.cell_id, _RIGHT)


def _people(ctx: Context, draft: Draft) -> list[Member]:
    return roster(ctx.db, _cell(ctx, draft).id)


def _names(ctx: Context, draft: Draft) -> list[str]:
    return [one.full_name for one in _people(ctx, draft) if one.id in draft.chosen]


def _ask_month(ctx: Context, draft: Draft) -> Screen:
    this = local_date(ctx.now, HOME_ZONE).replace(day=1)
    months = [add_months(this, back) for back in (0, -1, -2)]
    return Screen(phrases.ask_month(), [[choice(month(one), one.isoformat())] for one in months])


def _take_month(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.until = read_month(answer.value if answer.value is not None else answer.words(limit=40))
    return Step.PEOPLE


def read_month(text: str) -> date:
    """The first day of a tapped day, or of 09/2026."""
    found = _MONTH.fullmatch(text.strip())
    try:
        return date(int(found[2]), int(found[1]), 1) if found else date.fromisoformat(text).replace(day=1)
    except ValueError:
        raise Refused(phrases.month_not_read()) from None


def _ask_people(ctx: Context, draft: Draft) -> Screen:
    people = _people(ctx, draft)
    draft.page, pages = page_of(draft.page, len(people), _PICKED)
    here = people[draft.page * _PICKED : (draft.page + 1) * _PICKED]
    rows: list[Row] = [
        [choice(phrases.chosen(name=p.full_name) if p.id in draft.chosen else raw(p.full_name), f"t{p.id}")]
        for p in here
    ]
    if pages > 1:
        rows.append([choice(phrases.next_page(page=(draft.page + 1) % pages, pages=pages), "page")])
    if left := sum(one.id not in draft.chosen for one in people):
        rows.append([choice(phrases.all_left(count_of=left), "all")])
    rows.append([choice(phrases.PICK_DONE, "done")])
    return Screen(phrases.ask_people(until=draft.until, names=_names(ctx, draft)), rows, looking=True)


def _take_people(ctx: Context, draft: Draft, answer: Answer) -> Step:
    value, people = answer.choice(), _people(ctx, draft)
    if value == "done":
        if not _names(ctx, draft):
            raise Refused(phrases.nobody_chosen())
        return Step.CHECK
    if value == "all":
        draft.chosen = [one.id for one in people]
    elif value == "page":
        draft.page = (draft.page + 1) % page_of(0, len(people), _PICKED)[1]
    else:
        who = number([value.removeprefix("t")])
        draft.chosen = [one for one in draft.chosen if one != who] + [who] * (who not in draft.chosen)
    return Step.PEOPLE


def _ask_check(ctx: Context, draft: Draft) -> Screen:
    names = _names(ctx, draft)
    yes = [choice(phrases.record_all(count_of=len(names)), "yes")]
    return Screen(phrases.check(until=draft.until, names=names), [yes])


def _take_check(ctx: Context, draft: Draft, answer: Answer) -> None:
    answer.choice("yes")
    people = [one for one in _people(ctx, draft) if one.id in draft.chosen]
    record_dues_of(ctx.db, people, draft.until, by_id=ctx.me.id, now=ctx.now)
    ctx.say(phrases.kept(until=draft.until, count_of=len(people)))
    show(ctx, _cell(ctx, draft))


FLOW: Flow[Draft] = Flow(
    "screening_dues",
    phrases.TYPING_DUES,
    Draft,
    {
        Step.MONTH: Question(_ask_month, _take_month),
        Step.PEOPLE: Question(_ask_people, _take_people),
        Step.CHECK: Question(_ask_check, _take_check),
    },
    right=_cell,
)

TAPS = [Tap("screening:see", see), Tap("screening:dues", start)]
FLOWS: list[AnyFlow] = [FLOW]
