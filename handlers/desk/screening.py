"""The cell's counts on one list, so that somebody asks before three months have gone by; dues typed for several at once.

screening:see ──┬─ a member's counts (handlers/desk/absence/contacts.py)
                └─ MONTH ──> PEOPLE ──> CHECK ──> recorded
"""

from __future__ import annotations

import re
from datetime import date

from pydantic import BaseModel

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import AnyFlow, choice
from handlers.ground.form import (
    AGAIN,
    At,
    Confirm,
    Field,
    FieldKind,
    Form,
    Offer,
    Row as FormRow,
    Shape,
    beside,
)
from handlers.ground.paging import Row, page_of, turning
from handlers.ground.routing import Tap
from handlers.people.unit.door import cell_for
from models.delivery.message import Button
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
    """Show `<cell>:<page>` of the screening."""
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


class Draft(BaseModel):
    cell_id: int = 0
    until: date = date.min
    chosen: list[int] = []
    page: int = 0


def start(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(cell_id=number(arguments)))


Here = At[Draft, Unit]


def _people(at: Here) -> list[Member]:
    return roster(at.ctx.db, at.subject.id)


def _chosen(at: Here) -> list[Member]:
    return [one for one in _people(at) if one.id in at.draft.chosen]


def _names(at: Here) -> list[str]:
    return [one.full_name for one in _chosen(at)]


class ScreenedMonth(FieldKind[Draft, Unit]):
    def shape(self, at: At[Draft, Unit]) -> Shape | None:
        return Shape.LINE

    def rows(self, at: Here) -> list[FormRow]:
        this = at.today.replace(day=1)
        months = [add_months(this, back) for back in (0, -1, -2)]
        return beside([Offer(month(one), one.isoformat(), one) for one in months])

    def sent(self, at: Here, answer: Answer) -> date:
        return read_month(answer.words(limit=40))

    def tapped(self, at: Here, key: str) -> date:
        return read_month(key)


def read_month(text: str) -> date:
    """Return the first day of a tapped day, or of 09/2026. Raise Refused for anything else."""
    found = _MONTH.fullmatch(text.strip())
    try:
        return date(int(found[2]), int(found[1]), 1) if found else date.fromisoformat(text).replace(day=1)
    except ValueError:
        raise Refused(phrases.month_not_read()) from None


class SeveralScreened(FieldKind[Draft, Unit]):
    """Names that are tapped on and off, page by page, or all at once."""

    def rows(self, at: Here) -> list[FormRow]:
        people, draft = _people(at), at.draft
        draft.page, pages = page_of(draft.page, len(people), _PICKED)
        here = people[draft.page * _PICKED : (draft.page + 1) * _PICKED]
        rows = [
            choice(phrases.chosen(name=p.full_name) if p.id in draft.chosen else raw(p.full_name), f"t{p.id}")
            for p in here
        ]
        if pages > 1:
            rows.append(choice(phrases.next_page(page=(draft.page + 1) % pages, pages=pages), "page"))
        if left := sum(one.id not in draft.chosen for one in people):
            rows.append(choice(phrases.all_left(count_of=left), "all"))
        return beside([*rows, Offer(phrases.PICK_DONE, "done", None)])

    def tapped(self, at: Here, key: str) -> object:
        people, draft = _people(at), at.draft
        if key == "all":
            draft.chosen = [one.id for one in people]
        elif key == "page":
            draft.page = (draft.page + 1) % page_of(0, len(people), _PICKED)[1]
        else:
            who = number([key.removeprefix("t")])
            draft.chosen = [one for one in draft.chosen if one != who] + [who] * (who not in draft.chosen)
        return AGAIN

    def put(self, at: Here, name: str, value: object) -> None:
        if not _names(at):
            raise Refused(phrases.nobody_chosen())


def _record(at: Here) -> None:
    ctx, people = at.ctx, _chosen(at)
    record_dues_of(ctx.db, people, at.draft.until, by_id=ctx.me.id, now=ctx.now)
    ctx.say(phrases.kept(until=at.draft.until, count_of=len(people)))
    show(ctx, at.subject)


FLOW: Form[Draft, Unit] = Form(
    "screening_dues",
    phrases.TYPING_DUES,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, _RIGHT),
    fields=(
        Field("month", lambda at: phrases.ask_month(), ScreenedMonth(), into="until"),
        Field(
            "people",
            lambda at: phrases.ask_people(until=at.draft.until, names=_names(at)),
            SeveralScreened(),
            looking=True,
        ),
        Field(
            "check",
            lambda at: phrases.check(until=at.draft.until, names=_names(at)),
            Confirm(lambda at: phrases.record_all(count_of=len(_names(at)))),
        ),
    ),
    save=_record,
)

TAPS = [Tap("screening:see", see), Tap("screening:dues", start)]
FLOWS: list[AnyFlow] = [FLOW]
