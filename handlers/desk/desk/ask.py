"""An extra question (đột xuất), to one or to the whole cell, each at a decent hour of their own clock.

whom ──> question ──> due ──> preview: how many, who is left out and why ──> sent
"""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.desk.desk.door import cell_of
from handlers.desk.desk.queue import show_cell
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.ground.paging import Row, page_of
from models.contact.checkin import ask_checkin_now
from models.desk.desk import Bar, Person, picture
from models.ground.clock import at_wall, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.ground.names import fold
from models.people.rights import Right
from models.phrases import common
from models.phrases.desk import desk as phrases
from models.phrases.text import raw

QUESTION_LIMIT = 500
DAYS_AHEAD = 60
SEARCH_LIMIT = 60
PAGE = 4  # beside everybody, the ways to turn and the way out


class Step(StrEnum):
    WHOM = "whom"
    QUESTION = "question"
    DUE = "due"
    PREVIEW = "preview"


class Draft(BaseModel):
    cell_id: int = 0
    member_id: int = 0  # 0: everybody
    words: str = ""  # what was typed to find a name
    page: int = 0
    question: str = ""
    due_on: date | None = None


def begin_asking(ctx: Context, arguments: list[str]) -> None:
    """From the desk, or from one person's screen."""
    cell = cell_of(ctx, number_or_0(arguments), Right.ASK_CHECKIN)
    draft = Draft(cell_id=cell.id, member_id=number_or_0(arguments, 1))
    askable = [person for person in _people(ctx, draft) if person.bar is None]
    if not askable:
        show_cell(ctx, cell, note=phrases.nobody_to_ask())
        return
    begin(ctx, ASK, Step.QUESTION if draft.member_id else Step.WHOM, draft)


def _people(ctx: Context, draft: Draft) -> list[Person]:
    """Those the question is meant for; the right is asked for each time, an appointment may end in the middle."""
    cell = cell_of(ctx, draft.cell_id, Right.ASK_CHECKIN)
    people = picture(ctx.db, cell, policy=ctx.policies.away, now=ctx.now).people
    return [person for person in people if draft.member_id in (0, person.member.id)]


def ask_whom(ctx: Context, draft: Draft) -> Screen:
    everybody = [person for person in _people(ctx, Draft(cell_id=draft.cell_id)) if person.bar is None]
    found = [person for person in everybody if fold(draft.words) in person.member.folded]
    page, pages = page_of(draft.page, len(found), PAGE)
    rows = [
        [choice(raw(person.member.full_name), str(person.member.id))]
        for person in found[page * PAGE : (page + 1) * PAGE]
    ]
    turn: Row = [choice(common.PREVIOUS, f"page{page - 1}")] if page else []
    turn += [choice(common.NEXT, f"page{page + 1}")] if page + 1 < pages else []
    if draft.words:
        rows = [*rows, turn, [choice(phrases.ALL_NAMES, "page0")]]
    else:
        rows = [[choice(phrases.everybody(count=len(everybody)), "0")], *rows, turn]
    return Screen(phrases.ask_whom(found=len(found), words=draft.words), rows)


def take_whom(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    if answer.value is None:
        draft.words, draft.page = answer.words(limit=SEARCH_LIMIT), 0
        return Step.WHOM
    if answer.value.startswith("page"):
        draft.page = number_or_0([answer.value.removeprefix("page")])
        draft.words = "" if draft.page == 0 else draft.words
        return Step.WHOM
    draft.member_id = number_or_0([answer.value])
    return Step.QUESTION


def ask_question(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_question(limit=QUESTION_LIMIT))


def take_question(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    draft.question = clean(answer.words(limit=QUESTION_LIMIT))
    return Step.DUE


def ask_due(ctx: Context, draft: Draft) -> Screen:
    offers = ((phrases.TOMORROW, 1), (phrases.THREE_DAYS, 3), (phrases.A_WEEK, 7))
    today = local_date(ctx.now, ctx.zone)
    buttons = [
        [choice(phrases.day_button(what=what, on=today + timedelta(days=days)), str(days))]
        for what, days in offers
    ]
    return Screen(phrases.due_when(), buttons)


def take_due(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    today = local_date(ctx.now, ctx.zone)
    if answer.value in ("1", "3", "7"):
        draft.due_on = today + timedelta(days=int(answer.value))
    else:
        first, last = today + timedelta(days=1), today + timedelta(days=DAYS_AHEAD)
        draft.due_on = take_day(answer, near=first, last=last)
    return Step.PREVIEW


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    people = _people(ctx, draft)
    names = [person.member.full_name for person in people if person.bar is None]
    left_out = [
        (bar.value, [person.member.full_name for person in people if person.bar is bar]) for bar in Bar
    ]
    words = phrases.ask_preview(
        question=draft.question,
        due_on=draft.due_on or local_date(ctx.now, ctx.zone),
        hour=ctx.policies.checkin.rhythm.hour,
        names=names,
        left_out=[(bar, who) for bar, who in left_out if who],
    )
    return Screen(words, [[choice(phrases.SEND_NOW, "send")]] if names else [])


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    answer.choice("send")
    cell, hour = cell_of(ctx, draft.cell_id, Right.ASK_CHECKIN), time(ctx.policies.checkin.rhythm.hour)
    if draft.due_on is None:
        raise Refused(common.choose_a_button())
    asked = [
        ask_checkin_now(
            ctx.db,
            person.member,
            question=draft.question,
            due_at=at_wall(draft.due_on, hour, person.member.zone),
            by_id=ctx.me.id,
            policy=ctx.policies.checkin,
            now=ctx.now,
        )
        for person in _people(ctx, draft)
        if person.bar is None
    ]
    show_cell(ctx, cell, note=phrases.asked(count=sum(checkin is not None for checkin in asked)))
    return None


ASK: Flow[Draft] = Flow(
    room="desk_ask",
    about=phrases.ASKING,
    draft=Draft,
    steps={
        Step.WHOM: Question(ask_whom, take_whom),
        Step.QUESTION: Question(ask_question, take_question),
        Step.DUE: Question(ask_due, take_due),
        Step.PREVIEW: Question(ask_preview, take_preview),
    },
    right=lambda ctx, draft: cell_of(ctx, draft.cell_id, Right.ASK_CHECKIN),
)
