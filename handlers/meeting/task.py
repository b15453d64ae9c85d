"""Tasks on the phone: given by the desk, seen and closed by the member.

main screen ── my tasks ── one ── done ──> in a few words ──> closed

/chibo ── tasks ─┬─ one to all who have none ──┐
                 ├─ without a task ── a name ──┴─> what ──> summary ──> given      until: a quarter, or as is chosen
                 ├─ one ─┬─ another day
                 │       └─ take it back ── sure?
                 └─ give a task ── to whom
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from pydantic import BaseModel

from handlers.contact.reach import told_words
from handlers.contact.request.writing import WordsInParts
from handlers.contact.unasked import leave_word
from handlers.desk.desk.door import cell_of, matter_of_member, ways_back
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.conversation import AnyFlow
from handlers.ground.form import At, Confirm, Day, Field, Form, Offer, Prose
from handlers.ground.paging import SCREEN, Row, paged
from handlers.ground.routing import Tap
from models.contact.reach import reach_of
from models.delivery.message import Button
from models.ground.clock import HOME_ZONE, local_date, same_day
from models.ground.errors import Refused
from models.meeting.meeting import Meeting
from models.meeting.task import (
    Task,
    TaskOver,
    check_day,
    finish_task,
    give_task,
    given_key,
    move_task,
    open_tasks,
    tasks_of,
    withdraw_task,
    without_task,
)
from models.people.member import Member, Purpose, record_look, roster
from models.people.rights import NotEntitled, Right, require
from models.phrases import common
from models.phrases.meeting import task as phrases
from models.phrases.text import LABEL, Text, capital, fitting, raw

MENU = [Button(common.MENU, "nav:menu")]
CLOSED_SHOWN = 4  # of those that are over
_USUAL_MONTHS = 3  # a task is for a quarter, until another day is chosen


class Draft(BaseModel):
    member_id: int = 0  # 0: all in the cell who have none
    cell_id: int = 0
    meeting_id: int | None = None
    task_id: int = 0  # this one gets another day, or is done
    text: str = ""
    due_on: date | None = None


class TaskWords(BaseModel):
    """What the member says about their own."""

    task_id: int = 0
    words: str = ""


# --- the member's own -----------------------------------------------------------------------------------------------


def show_mine(ctx: Context, arguments: list[str]) -> None:
    tasks = tasks_of(ctx.db, ctx.me.id)
    under_way = [task for task in tasks if task.is_open]
    shown = [*under_way, *[task for task in tasks if not task.is_open][:CLOSED_SHOWN]]
    part, turn = paged(shown, number_or_0(arguments), SCREEN - 1, lambda to: f"task:mine:{to}")
    rows = [[Button(_line(task), f"task:see:{task.id}")] for task in part]
    ctx.show(phrases.mine(count=len(under_way)), [*rows, turn, MENU])


def _line(task: Task) -> Text:
    return phrases.line(due_on=task.due_on, text=task.text or "", state=task.state)


def see(ctx: Context, arguments: list[str]) -> None:
    show_task(ctx, task_of(ctx, number_or_0(arguments)))


def task_of(ctx: Context, task_id: int, right: Right = Right.SEE_DETAILS) -> Task:
    """Return one's own task, or one of a cell where one holds the right."""
    task = ctx.db.get(Task, task_id)
    if task is None:
        raise NotEntitled
    if task.member_id != ctx.me.id:
        require(ctx.db, ctx.me.id, right, task.cell_id, now=ctx.now)
    return task


def show_task(ctx: Context, task: Task, note: Text | None = None) -> None:
    mine = task.member_id == ctx.me.id
    if task.words:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=task.member_id, what="task.words", now=ctx.now)
    words = phrases.task(
        name=None if mine else ctx.db.get_one(Member, task.member_id).full_name,
        text=task.text or "",
        due_on=task.due_on,
        by=ctx.db.get_one(Member, task.given_by_id).full_name,
        state=task.state,
        given_on=local_date(task.given_at, ctx.zone),
        closed_on=local_date(task.closed_at, ctx.zone) if task.closed_at else None,
        words=task.words,
    )
    ctx.show(common.paragraph(note, words) if note else words, _ways_on(task, mine=mine))


def _ways_on(task: Task, *, mine: bool) -> list[Row]:
    if mine:
        done = [
            Button(phrases.DONE, f"task:done:{task.id}"),
            Button(phrases.CANNOT, f"task:cannot:{task.id}"),
        ]
        return [*([done] if task.is_open else []), [Button(phrases.BACK_MINE, "task:mine"), *MENU]]
    change = [
        Button(phrases.ANOTHER_DAY, f"task:due:{task.id}"),
        Button(phrases.WITHDRAW, f"task:drop:{task.id}"),
    ]
    back = [Button(phrases.ALL_TASKS, f"task:cell:{task.cell_id}:0"), *MENU]
    return [change, back] if task.is_open else [back]


# --- the member closes one ------------------------------------------------------------------------------------------


def begin_closing(ctx: Context, arguments: list[str]) -> None:
    CLOSE.begin(ctx, TaskWords(task_id=number_or_0(arguments)))


def _own(ctx: Context, task_id: int) -> Task:
    task = ctx.db.get(Task, task_id)
    if task is None or task.member_id != ctx.me.id:
        raise NotEntitled
    if not task.is_open:
        raise TaskOver(task)
    return task


def _finish(at: At[TaskWords, Task]) -> None:
    finish_task(at.ctx.db, at.subject, words=at.draft.words, now=at.ctx.now)
    show_task(at.ctx, at.subject, phrases.thanks())


def begin_saying_why(ctx: Context, arguments: list[str]) -> None:
    CANNOT.begin(ctx, TaskWords(task_id=number_or_0(arguments)))


def _say_why(at: At[TaskWords, Task]) -> None:
    """It stays open; what hinders waits on the desk as a word, until it is read or answered."""
    about = phrases.about_task(text=at.subject.text or "").to_plain("vi")
    leave_word(at.ctx, WordsInParts(parts=[at.draft.words]), about=f"{about}\n")


_WRITTEN: Prose[TaskWords, Task] = Prose(lambda at: at.ctx.policies.task.words)
CLOSE: Form[TaskWords, Task] = Form(
    "taskdone",
    phrases.ABOUT_DONE,
    TaskWords,
    right=lambda ctx, draft: _own(ctx, draft.task_id),
    fields=(Field("words", lambda at: phrases.what_was_done(text=at.subject.text or ""), _WRITTEN),),
    save=_finish,
    own_words=lambda ctx, draft: True,
)

CANNOT: Form[TaskWords, Task] = Form(
    "taskcannot",
    phrases.ABOUT_CANNOT,
    TaskWords,
    right=lambda ctx, draft: _own(ctx, draft.task_id),
    fields=(Field("words", lambda at: phrases.what_hinders(text=at.subject.text or ""), _WRITTEN),),
    save=_say_why,
    own_words=lambda ctx, draft: True,
)


# --- the desk -------------------------------------------------------------------------------------------------------


def show_cell(ctx: Context, arguments: list[str]) -> None:
    """Show who has no task, and what is under way, the nearest day first."""
    cell = cell_of(ctx, number_or_0(arguments), Right.GIVE_TASK)
    none, tasks = without_task(ctx.db, cell.id, now=ctx.now), open_tasks(ctx.db, cell.id)
    today = local_date(ctx.now, HOME_ZONE)
    late = sum(task.due_on < today for task, _ in tasks)
    words = phrases.cell(name=cell.name, none=len(none), count=len(tasks), late=late)
    rows: list[Row] = []
    if none:
        rows.append([Button(phrases.give_all_button(count=len(none)), f"task:giveall:{cell.id}")])
        rows.append([Button(phrases.none_button(count=len(none)), f"task:none:{cell.id}:0")])
    ways = [[Button(phrases.GIVE, f"task:who:{cell.id}:0:0")], ways_back(cell)]
    room = SCREEN - len(rows) - len(ways)
    part, turn = paged(tasks, number_or_0(arguments, 1), room, lambda to: f"task:cell:{cell.id}:{to}")
    rows += [[Button(_named(task, member, today), f"task:see:{task.id}")] for task, member in part]
    ctx.show(words, [*rows, turn, *ways])


def _named(task: Task, member: Member, today: date) -> Text:
    return phrases.named_line(name=member.full_name, due_on=task.due_on, late=task.due_on < today)


def show_none(ctx: Context, arguments: list[str]) -> None:
    cell = cell_of(ctx, number_or_0(arguments), Right.GIVE_TASK)
    people = without_task(ctx.db, cell.id, now=ctx.now)
    if not people:
        raise Refused(phrases.all_have())
    part, turn = paged(people, number_or_0(arguments, 1), SCREEN - 2, lambda to: f"task:none:{cell.id}:{to}")
    back = [Button(phrases.ALL_TASKS, f"task:cell:{cell.id}:0"), *MENU]
    ctx.show(phrases.none(name=cell.name, count=len(people)), [*_names(part), turn, back])


def choose_whom(ctx: Context, arguments: list[str]) -> None:
    """Choose who gets the task: task:who:cell:meeting:page. Meeting 0 stands for none."""
    cell, meeting_id = cell_of(ctx, number_or_0(arguments), Right.GIVE_TASK), number_or_0(arguments, 1)
    people, way = roster(ctx.db, cell.id), f"task:who:{cell.id}:{meeting_id}"
    part, turn = paged(people, number_or_0(arguments, 2), SCREEN - 2, lambda page: f"{way}:{page}")
    to = f"attendance:open:{meeting_id}" if meeting_id else f"task:cell:{cell.id}:0"
    back = [Button(common.BACK, to), *MENU]
    ctx.show(phrases.who(), [*_names(part, meeting_id), turn, back])


def _names(people: Sequence[Member], meeting_id: int = 0) -> list[Row]:
    return [
        [Button(raw(fitting(one.full_name, LABEL)), f"task:give:{one.id}:{meeting_id}")] for one in people
    ]


def withdraw(ctx: Context, arguments: list[str]) -> None:
    """Withdraw the task, after asking once whether it is meant."""
    task = task_of(ctx, number_or_0(arguments), Right.GIVE_TASK)
    require(ctx.db, ctx.me.id, Right.GIVE_TASK, task.cell_id, now=ctx.now)
    if not task.is_open:
        raise TaskOver(task)
    if arguments[1:] != ["yes"]:
        yes = Button(phrases.WITHDRAW_YES, f"task:drop:{task.id}:yes")
        ctx.show(phrases.sure_to_withdraw(), [[yes], [Button(phrases.KEEP, f"task:see:{task.id}")]])
        return
    withdraw_task(ctx.db, task, by_id=ctx.me.id, now=ctx.now)
    show_task(ctx, task)


# --- giving one -----------------------------------------------------------------------------------------------------


def begin_giving(ctx: Context, arguments: list[str]) -> None:
    """Begin to give a task: task:give:member:meeting."""
    matter = matter_of_member(ctx, number_or_0(arguments), Right.GIVE_TASK)
    meeting = ctx.db.get(Meeting, number_or_0(arguments, 1))
    meeting_id = meeting.id if meeting is not None and meeting.cell_id == matter.cell.id else None
    draft = Draft(member_id=matter.member.id, cell_id=matter.cell.id, meeting_id=meeting_id)
    GIVE.begin(ctx, draft)


def begin_giving_all(ctx: Context, arguments: list[str]) -> None:
    draft = Draft(cell_id=cell_of(ctx, number_or_0(arguments), Right.GIVE_TASK).id)
    GIVE.begin(ctx, draft)


def begin_moving(ctx: Context, arguments: list[str]) -> None:
    GIVE.begin(ctx, Draft(task_id=number_or_0(arguments)), "until")


class TaskFor(NamedTuple):
    """Whom a task is given to, or the task whose day is moved: the form does both."""

    whom: Sequence[Member]
    moved: Task | None


Here = At[Draft, TaskFor]


def _whom(ctx: Context, draft: Draft) -> list[Member]:
    """The right to give is asked for at every step; who has got a task meanwhile is left out."""
    if draft.member_id:
        return [matter_of_member(ctx, draft.member_id, Right.GIVE_TASK).member]
    people = without_task(ctx.db, cell_of(ctx, draft.cell_id, Right.GIVE_TASK).id, now=ctx.now)
    if not people:
        raise Refused(phrases.all_have())
    return people


def _moved(ctx: Context, draft: Draft) -> Task:
    task = task_of(ctx, draft.task_id, Right.GIVE_TASK)
    require(ctx.db, ctx.me.id, Right.GIVE_TASK, task.cell_id, now=ctx.now)
    if not task.is_open:
        raise TaskOver(task)
    return task


def _named_together(people: Sequence[Member]) -> Text:
    if len(people) == 1:
        return phrases.one(name=people[0].full_name)
    return phrases.several(count=len(people))


def _ideas(at: Here) -> list[Offer]:
    ideas = phrases.IDEAS_SHORT.items()
    return [Offer(short, name, phrases.IDEAS[name].to_plain("vi")) for name, short in ideas]


def _put_what(at: Here, text: str) -> None:
    at.draft.text = text
    at.draft.due_on = at.draft.due_on or same_day(at.today, _USUAL_MONTHS)


def _days(at: Here) -> list[tuple[Text, date]]:
    today = at.today
    offers = {"month": same_day(today, 1), "quarter": same_day(today, 3), "year": date(today.year, 12, 31)}
    # where two fall on one day, the shorter one names it
    days = {on: what for what, on in reversed(offers.items()) if on > today}
    return [
        (phrases.day_button(what=capital(phrases.LENGTHS[what]), on=on), on)
        for on, what in sorted(days.items())
    ]


def _check_day(at: Here, due_on: date) -> date:
    check_day(due_on, at.ctx.policies.task, now=at.ctx.now)
    return due_on


def _about(ctx: Context, draft: Draft) -> TaskFor:
    if draft.task_id:
        return TaskFor((), _moved(ctx, draft))
    return TaskFor(_whom(ctx, draft), None)


def _look_over(at: Here) -> Text:
    return phrases.summary(
        whom=_named_together(at.subject.whom),
        names=[one.full_name for one in at.subject.whom],
        text=at.draft.text,
        due_on=at.draft.due_on or at.today,
    )


def _give(at: Here) -> None:
    ctx, draft, people, keys = at.ctx, at.draft, at.subject.whom, {}
    due_on, policy = draft.due_on or at.today, ctx.policies.task
    if at.subject.moved is not None:
        task = at.subject.moved
        move_task(ctx.db, task, due_on=due_on, by_id=ctx.me.id, policy=policy, now=ctx.now)
        show_task(ctx, task, phrases.moved_back(due_on=due_on))
        return
    for member in people:
        task = give_task(
            ctx.db,
            member,
            text=draft.text,
            due_on=due_on,
            by_id=ctx.me.id,
            policy=policy,
            now=ctx.now,
            meeting_id=draft.meeting_id,
        )
        keys[member.id] = given_key(task)
    others = [one for one in people if one.id != ctx.me.id]
    reach = reach_of(ctx.db, others, keys, Purpose.MEETING, now=ctx.now)
    words = phrases.given_back(whom=_named_together(people), told=told_words(reach) if others else None)
    back = f"attendance:open:{draft.meeting_id}" if draft.meeting_id else f"task:cell:{draft.cell_id}:0"
    ctx.show(words, [[Button(common.BACK if draft.meeting_id else phrases.ALL_TASKS, back)], MENU])


GIVE: Form[Draft, TaskFor] = Form(
    "tasking",
    phrases.ABOUT,
    Draft,
    right=_about,
    fields=(
        Field(
            "what",
            lambda at: phrases.what(whom=_named_together(at.subject.whom)),
            Prose(lambda at: at.ctx.policies.task.characters),
            offers=_ideas,
            put=_put_what,
            needed=lambda at: at.subject.moved is None,
        ),
        Field(
            "until",
            lambda at: phrases.until(last=at.today + timedelta(days=at.ctx.policies.task.farthest_days)),
            Day(lambda at: at.today, _check_day, offers=_days),
            into="due_on",
            later=True,
        ),
        Field(
            "summary",
            _look_over,
            Confirm(phrases.GIVE_NOW, also=lambda at: [Offer(phrases.ANOTHER_DAY, "until", "until")]),
            needed=lambda at: at.subject.moved is None,
        ),
    ),
    save=_give,
)

FLOWS: list[AnyFlow] = [GIVE, CLOSE, CANNOT]

TAPS: list[Tap] = [
    Tap("task:mine", show_mine),
    Tap("task:see", see),
    Tap("task:cannot", begin_saying_why),
    Tap("task:done", begin_closing),
    Tap("task:cell", show_cell),
    Tap("task:none", show_none),
    Tap("task:who", choose_whom),
    Tap("task:give", begin_giving),
    Tap("task:giveall", begin_giving_all),
    Tap("task:due", begin_moving),
    Tap("task:drop", withdraw),
]
