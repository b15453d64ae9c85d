"""What waits about the cell together: roll calls, the hand-over, meetings, tasks, notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from models.contact.rollcall import open_in_cell
from models.desk.office import open_items, running_handover
from models.desk.waiting.look import Glance, Waiting, morning, of_member
from models.ground.clock import HOME_ZONE, local_date
from models.meeting.meeting import (
    Meeting,
    MeetingState,
    invitations_of,
    is_over,
    lacks_link,
    meetings_on_desk,
    minutes_due_on,
)
from models.meeting.notice import asking_notices
from models.meeting.task import late_tasks
from models.phrases.contact import rollcall as rollcall_words
from models.phrases.desk import (
    waiting as phrases,
)
from models.phrases.meeting import meeting_form as meeting_words, notice as notice_words, task as task_words

_FEW_TASKS = 3  # more that are late are one line: they lead to one list


def roll_calls(look: Glance) -> list[Waiting]:
    """Return the safety roll calls under way, while nothing is known of somebody in the cell. They come first."""
    found = []
    for call, count in open_in_cell(look.db, look.cell.id):
        what = rollcall_words.waits_drill(count=count) if call.is_drill else rollcall_words.waits(count=count)
        line = look.of_cell(call.id, what, since=call.called_at, promised_at=call.called_at)
        found.append(replace(line, urgent=not call.is_drill))
    return found


def handover(look: Glance) -> list[Waiting]:
    """Return what a new secretary has not yet accepted from the one before."""
    running = running_handover(look.db, look.cell.id)
    if running is None:
        return []
    count, at = open_items(look.db, running.id), running.begun_at
    what = phrases.handover(count=count)
    return [look.of_cell(running.id, what, since=at, promised_at=at)] if count else []


def meetings(look: Glance) -> list[Waiting]:
    """Return meetings with work for the look. Each stands until a person ends it.

    They are: not called; without a new day; without a link; past the deadline with people who owe an answer; over, and
    not closed; closed, and its minutes not filed.
    """
    found = meetings_on_desk(look.db, look.cell.id)
    lines = (_unfiled(look, one) if one.unfiled else _meeting(look, one) for one in found)
    return [line for line in lines if line is not None]


def _unfiled(look: Glance, one: Meeting) -> Waiting:
    due, to = minutes_due_on(one.starts_at, look.policies.meeting), f"attendance:open:{one.id}"
    what = meeting_words.unfiled(on=local_date(one.starts_at, HOME_ZONE), due=due, over=look.today > due)
    ended = one.starts_at + timedelta(minutes=one.minutes)
    return look.of_cell(one.id, what, since=ended, promised_at=morning(due), to=to)


def _meeting(look: Glance, one: Meeting) -> Waiting | None:
    on, to, promised_at = local_date(one.starts_at, HOME_ZONE), "", one.created_at
    if one.state in (MeetingState.PROPOSED, MeetingState.POSTPONED):
        what = meeting_words.waits(state=one.state, on=on)
    elif is_over(one, now=look.now):
        what, to = meeting_words.unclosed(on=on), f"attendance:open:{one.id}"
        promised_at = one.starts_at + timedelta(minutes=one.minutes)
    elif one.state != MeetingState.CALLED or not one.answer_by <= look.now < one.starts_at:
        return None
    elif lacks_link(one):
        what, promised_at = meeting_words.without_link(on=on), one.answer_by
    elif count := sum(each.owes_answer for each in invitations_of(look.db, one.id)):
        what, to = meeting_words.undecided(on=on, count=count), f"meeting:who:{one.id}"
        promised_at = one.answer_by
    else:
        return None
    return look.of_cell(one.id, what, since=one.created_at, promised_at=promised_at, to=to)


def tasks(look: Glance) -> list[Waiting]:
    """Return tasks past their day, each until it is done, taken back or given another day. Many are one line."""
    late = late_tasks(look.db, look.cell.id, now=look.now)
    if len(late) > _FEW_TASKS:
        first, _ = late[0]
        what, to = task_words.waits_many(count=len(late)), f"task:cell:{look.cell.id}:0"
        at = morning(first.due_on)
        return [look.of_cell(first.id, what, since=first.given_at, promised_at=at, to=to)]
    return [
        of_member(
            member,
            task.id,
            task_words.waits(due_on=task.due_on),
            since=task.given_at,
            promised_at=morning(task.due_on),
        )
        for task, member in late
    ]


def notices(look: Glance) -> list[Waiting]:
    """Return notices with a question that some have not answered, until all have or somebody ends the waiting."""
    return [
        look.of_cell(one.id, notice_words.waits(count=count), since=one.made_at, promised_at=one.said_at)
        for one, count in asking_notices(look.db, look.cell.id)
    ]
