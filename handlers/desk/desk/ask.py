"""An extra question (đột xuất), to one or to the whole cell, each at a decent hour of their own clock.

whom ──> question ──> due ──> preview: how many, who is left out and why ──> sent
"""

from __future__ import annotations

from datetime import date, time, timedelta

from handlers.desk.desk.door import cell_of
from handlers.desk.desk.queue import show_cell
from handlers.desk.roster.choosing import Choosing
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Confirm, Day, Field, FieldKind, Form, Offer, Prose, Row, beside
from handlers.ground.paging import page_of
from models.contact.checkin import ask_checkin_now
from models.desk.desk import Bar, Person, picture
from models.ground.clock import at_wall, local_date
from models.ground.errors import Refused
from models.ground.names import fold
from models.people.member import Member
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import desk as phrases
from models.phrases.text import Text, raw

QUESTION_LIMIT = 500
DAYS_AHEAD = 60
SEARCH_LIMIT = 60
PAGE = 4  # beside everybody, the ways to turn and the way out


class Draft(Choosing):
    cell_id: int = 0
    member_id: int = 0  # 0: everybody
    question: str = ""
    due_on: date | None = None


def begin_asking(ctx: Context, arguments: list[str]) -> None:
    """Begin to ask, from the desk or from one person's screen."""
    cell = cell_of(ctx, number_or_0(arguments), Right.ASK_CHECKIN)
    draft = Draft(cell_id=cell.id, member_id=number_or_0(arguments, 1))
    askable = [person for person in _people(ctx, draft) if person.bar is None]
    if not askable:
        show_cell(ctx, cell, note=phrases.nobody_to_ask())
        return
    ASK.begin(ctx, draft, "question" if draft.member_id else "whom")


def _people(ctx: Context, draft: Draft) -> list[Person]:
    """Those the question is meant for; the right is asked for each time, an appointment may end in the middle."""
    cell = cell_of(ctx, draft.cell_id, Right.ASK_CHECKIN)
    people = picture(ctx.db, cell, policy=ctx.policies.away, now=ctx.now).people
    return [person for person in people if draft.member_id in (0, person.member.id)]


Here = At[Draft, Unit]


def _askable(at: Here) -> list[Member]:
    people = _people(at.ctx, Draft(cell_id=at.subject.id))
    return [person.member for person in people if person.bar is None]


def _found(at: Here) -> list[Member]:
    return [one for one in _askable(at) if fold(at.draft.words) in one.folded]


class Whom(FieldKind[Draft, Unit]):
    """Everybody, or one: on a page of names, or of those that what was typed may mean."""

    def rows(self, at: Here) -> list[Row]:
        found = _found(at)
        page, pages = page_of(at.draft.page, len(found), PAGE)
        names = [
            Offer(raw(one.full_name), str(one.id), one.id) for one in found[page * PAGE : (page + 1) * PAGE]
        ]
        turn = [choice(common.PREVIOUS, f"page{page - 1}")] if page else []
        turn += [choice(common.NEXT, f"page{page + 1}")] if page + 1 < pages else []
        if at.draft.words:
            return [*beside(names), turn, [choice(phrases.ALL_NAMES, "page0")]]
        everybody = Offer(phrases.everybody(count=len(_askable(at))), "0", 0)
        return [[everybody], *beside(names), turn]

    def sent(self, at: Here, answer: Answer) -> object:
        at.draft.words, at.draft.page = answer.words(limit=SEARCH_LIMIT), 0
        return AGAIN

    def tapped(self, at: Here, key: str) -> object:
        if not key.startswith("page"):
            return super().tapped(at, key)
        at.draft.page = number_or_0([key.removeprefix("page")])
        at.draft.words = "" if at.draft.page == 0 else at.draft.words
        return AGAIN


def _due_days(at: Here) -> list[Offer]:
    offers = ((phrases.TOMORROW, 1), (phrases.THREE_DAYS, 3), (phrases.A_WEEK, 7))
    days = [(what, count, _today(at) + timedelta(days=count)) for what, count in offers]
    return [Offer(phrases.day_button(what=what, on=on), str(count), on) for what, count, on in days]


def _today(at: Here) -> date:
    return local_date(at.ctx.now, at.ctx.zone)


def _look_over(at: Here) -> Text:
    people = _people(at.ctx, at.draft)
    left_out = [
        (bar.value, [person.member.full_name for person in people if person.bar is bar]) for bar in Bar
    ]
    return phrases.ask_preview(
        question=at.draft.question,
        due_on=at.draft.due_on or _today(at),
        hour=at.ctx.policies.checkin.rhythm.hour,
        names=[person.member.full_name for person in people if person.bar is None],
        left_out=[(bar, who) for bar, who in left_out if who],
    )


def _send(at: Here) -> None:
    ctx, draft, hour = at.ctx, at.draft, time(at.ctx.policies.checkin.rhythm.hour)
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
    show_cell(ctx, at.subject, note=phrases.asked(count=sum(checkin is not None for checkin in asked)))


ASK: Form[Draft, Unit] = Form(
    "desk_ask",
    phrases.ASKING,
    Draft,
    right=lambda ctx, draft: cell_of(ctx, draft.cell_id, Right.ASK_CHECKIN),
    fields=(
        Field(
            "whom",
            lambda at: phrases.ask_whom(found=len(_found(at)), words=at.draft.words),
            Whom(),
            into="member_id",
        ),
        Field("question", lambda at: phrases.which_question(limit=QUESTION_LIMIT), Prose(QUESTION_LIMIT)),
        Field(
            "due",
            lambda at: phrases.due_when(),
            Day(
                lambda at: _today(at) + timedelta(days=1),
                last=lambda at: _today(at) + timedelta(days=DAYS_AHEAD),
            ),
            offers=_due_days,
            into="due_on",
        ),
        Field("preview", _look_over, Confirm(phrases.SEND_NOW, "send")),
    ),
    save=_send,
)
