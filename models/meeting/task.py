"""A task (nhiệm vụ được phân công): given to one member, in a meeting or outside one, to be done by a day.

    OPEN ──the member: done, in their words──> DONE
      └────the desk takes it back────────────> WITHDRAWN

Every member is to have one, those who work away too: one that fits being away. `next_at` is never empty while a task is
open: a week before its day, the day before, the morning after, then every fortnight, always in the morning of the
member's own clock. Nothing is scored: a day that has gone by is shown, and that is all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.contact.sign_of_life import Sign, note_sign
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import cancel_outbox
from models.ground.base import Base, Identified, Soonest, lock, locked, lost_index, partial_index
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.ground.errors import Refused
from models.ground.sealing import Sealed
from models.meeting.policy import TaskPolicy
from models.people.member import Member, Purpose, may_keep, refuses, roster, tell
from models.people.trail import record_change
from models.phrases.meeting import task as phrases
from models.phrases.text import Text


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"  # the member says so
    WITHDRAWN = "withdrawn"  # by the desk


class Task(Identified, Base):
    __tablename__ = "task"

    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))  # the one it was given in
    state: Mapped[str]
    due_on: Mapped[date]
    given_at: Mapped[datetime]
    given_by_id: Mapped[int]
    closed_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]  # when the member is reminded; never empty while it is open
    text_sealed: Mapped[bytes | None]
    words_sealed: Mapped[bytes | None]

    text = Sealed("text_sealed")
    words = Sealed("words_sealed")  # the member's: what was done

    __table_args__ = (
        Index("ix_task_cell_id", "cell_id", "state"),
        Index("ix_task_member_id", "member_id", "state"),
        Index("ix_task_meeting_id", "meeting_id"),
        partial_index("ix_task_next_at", "next_at", where="next_at IS NOT NULL"),
        lost_index("ix_task_lost", [TaskState.OPEN]),
    )

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN


_TASKS_SINCE = 2  # the wording of the consent that first spoke of tasks


class TaskOver(Refused):
    """It is done, or was taken back."""

    def __init__(self, task: Task) -> None:
        on = local_date(task.closed_at or task.given_at, HOME_ZONE)
        super().__init__(phrases.over(state=task.state, on=on))


class DayUnfit(Refused):
    """The day has gone by, or lies too far ahead."""


# --- acts -----------------------------------------------------------------------------------------------------------


def give_task(
    db: Session,
    member: Member,
    *,
    text: str,
    due_on: date,
    by_id: int,
    policy: TaskPolicy,
    now: datetime,
    meeting_id: int | None = None,
) -> Task:
    """Give a member of a cell a new task. They are told, and reminded in time."""
    if member.cell_id is None:
        raise ValueError("only a member of a cell is given tasks")
    if not may_keep(db, member.id, Purpose.MEETING, since=_TASKS_SINCE):
        raise Refused(phrases.by_word_of_mouth(name=member.full_name))
    check_day(due_on, policy, now=now)
    task = Task(
        cell_id=member.cell_id,
        member_id=member.id,
        meeting_id=meeting_id,
        state=TaskState.OPEN,
        due_on=due_on,
        given_at=now,
        given_by_id=by_id,
        next_at=next_reminder(due_on, member.zone, policy, now=now),
    )
    task.text = text
    db.add(task)
    db.flush()
    record_change(db, "task.give", by_id=by_id, member_id=member.id, now=now)
    if member.id != by_id:
        _tell(db, member, task, phrases.given(text=text, due_on=due_on), "given", Lane.ALERT, now=now)
    return task


def given_key(task: Task) -> str:
    """Return the key of the message that tells of it."""
    return f"task.given:{task.id}"


def finish_task(db: Session, task: Task, *, words: str, now: datetime) -> None:
    """Note what the member says was done, and tell whoever gave the task."""
    _close(db, task, TaskState.DONE, now=now)
    task.words = words
    giver, member = db.get_one(Member, task.given_by_id), db.get_one(Member, task.member_id)
    note_sign(db, member, Sign.TASK, at=now)
    if giver.id != member.id:
        said = Message(
            phrases.finished(name=member.full_name, text=task.text or "", words=words),
            [[Button(phrases.SEE, f"task:see:{task.id}")]],
        )
        tell(db, giver, said, key=f"task.done:{task.id}", lane=Lane.ALERT, now=now)


def withdraw_task(db: Session, task: Task, *, by_id: int, now: datetime) -> None:
    """Withdraw the task and tell the member."""
    _close(db, task, TaskState.WITHDRAWN, now=now)
    record_change(db, "task.withdraw", by_id=by_id, member_id=task.member_id, now=now)
    member = db.get_one(Member, task.member_id)
    if member.id != by_id:
        said = Message(phrases.withdrawn(text=task.text or ""))
        tell(db, member, said, key=f"task.withdrawn:{task.id}", lane=Lane.ALERT, now=now)


def move_task(
    db: Session, task: Task, *, due_on: date, by_id: int, policy: TaskPolicy, now: datetime
) -> None:
    """Set another day, and tell the member when it differs."""
    _require_open(db, task)
    check_day(due_on, policy, now=now)
    member = db.get_one(Member, task.member_id)
    if due_on == task.due_on:
        return
    task.due_on, task.next_at = due_on, next_reminder(due_on, member.zone, policy, now=now)
    record_change(db, "task.move", by_id=by_id, member_id=task.member_id, now=now)
    if member.id != by_id:
        said = phrases.moved(text=task.text or "", due_on=due_on)
        _tell(db, member, task, said, f"moved:{now:%Y%m%d%H%M%S}", Lane.ALERT, now=now)


def remind_tasks(db: Session, ids: Sequence[int], policy: TaskPolicy, *, now: datetime) -> None:
    """Remind of what is due now, once each. After an outage a reminder comes late, and only one."""
    due = select(Task).where(Task.id.in_(ids), Task.next_at <= now)
    for task in locked(db, due, wait=True):
        member = db.get_one(Member, task.member_id)
        if not task.is_open or member.left_at is not None or member.cell_id != task.cell_id:
            _drop(task, now=now)
            continue
        task.next_at = next_reminder(task.due_on, member.zone, policy, now=now)
        if refuses(db, member.id, Purpose.MEETING):
            continue
        days = (task.due_on - local_date(now, member.zone)).days
        said = phrases.reminder(text=task.text or "", due_on=task.due_on, days=days)
        _tell(db, member, task, said, f"reminder:{now:%Y%m%d}", Lane.REMINDER, now=now)


def mend_tasks(db: Session, ids: Sequence[int], policy: TaskPolicy, *, now: datetime) -> None:
    """Plan reminders anew for open tasks that time has lost."""
    for task in db.scalars(select(Task).where(Task.id.in_(ids))).all():
        member = db.get_one(Member, task.member_id)
        task.next_at = next_reminder(task.due_on, member.zone, policy, now=now)


def _close(db: Session, task: Task, state: TaskState, *, now: datetime) -> None:
    _require_open(db, task)
    task.state, task.closed_at, task.next_at = state, now, None
    cancel_outbox(db, _about(task))  # what waits for somebody's morning would ask for what is done


def _about(task: Task) -> str:
    return f"task:{task.id}"


def _drop(task: Task, *, now: datetime) -> None:
    """The member is no longer of the cell: its task ends without a word."""
    if task.is_open:
        task.state, task.closed_at = TaskState.WITHDRAWN, now
    task.next_at = None


def _require_open(db: Session, task: Task) -> None:
    """Nobody else closes it until this step is over (PostgreSQL; SQLite has one writer anyway)."""
    lock(db, task)
    if not task.is_open:
        raise TaskOver(task)


def _tell(
    db: Session, member: Member, task: Task, words: Text, what: str, lane: Lane, *, now: datetime
) -> None:
    buttons = [
        [Button(phrases.DONE, f"task:done:{task.id}"), Button(phrases.CANNOT, f"task:cannot:{task.id}")],
        [Button(phrases.SEE, f"task:see:{task.id}")],
    ]
    tell(
        db,
        member,
        Message(words, buttons),
        key=f"task.{what}:{task.id}",
        lane=lane,
        now=now,
        about=_about(task),
    )


# --- rules ----------------------------------------------------------------------------------------------------------


def check_day(due_on: date, policy: TaskPolicy, *, now: datetime) -> None:
    today = local_date(now, HOME_ZONE)
    last = today + timedelta(days=policy.farthest_days)
    if not today <= due_on <= last:
        raise DayUnfit(phrases.day_unfit(last=last))


def next_reminder(due_on: date, zone: str, policy: TaskPolicy, *, now: datetime) -> datetime:
    """Return the first reminder after `now`: the days before, the day after, then again and again."""

    def morning(day: date) -> datetime:
        return at_wall(day, time(policy.hour), zone)

    fixed = [due_on - timedelta(days=days) for days in policy.days_before] + [due_on + timedelta(days=1)]
    ahead = [at for day in fixed if (at := morning(day)) > now]
    if ahead:
        return min(ahead)
    rounds = (local_date(now, zone) - fixed[-1]).days // policy.again_days
    found = morning(fixed[-1] + timedelta(days=rounds * policy.again_days))
    while found <= now:
        rounds += 1
        found = morning(fixed[-1] + timedelta(days=rounds * policy.again_days))
    return found


# --- questions ------------------------------------------------------------------------------------------------------


def tasks_of(db: Session, member_id: int) -> list[Task]:
    """Return a member's tasks, the open ones first by their day, then the newest."""
    rows = db.scalars(_TASKS_OF, {"whose": member_id}).all()
    return sorted(rows, key=lambda task: (not task.is_open, _when(task)))


_TASKS_OF = select(Task).where(Task.member_id == bindparam("whose"))  # asked by every main screen


def _when(task: Task) -> float:
    return task.due_on.toordinal() if task.is_open else -task.given_at.timestamp()


def open_tasks(db: Session, cell_id: int) -> list[tuple[Task, Member]]:
    """Return the cell's open tasks and their members, the nearest day first."""
    rows = db.execute(
        select(Task, Member)
        .join(Member, Member.id == Task.member_id)
        .where(Task.cell_id == cell_id, Task.state == TaskState.OPEN, Member.left_at.is_(None))
        .order_by(Task.due_on, Member.sort_key, Task.id)
    )
    return [(task, member) for task, member in rows]


def tasks_given_in(db: Session, meeting_id: int) -> list[tuple[Task, Member]]:
    """Return what a meeting gave to whom, in the order given. Tasks taken back are left out."""
    rows = db.execute(
        select(Task, Member)
        .join(Member, Member.id == Task.member_id)
        .where(Task.meeting_id == meeting_id, Task.state != TaskState.WITHDRAWN)
        .order_by(Task.given_at, Task.id)
    )
    return [(task, member) for task, member in rows]


def late_tasks(db: Session, cell_id: int, *, now: datetime) -> list[tuple[Task, Member]]:
    """Return the open tasks whose day has gone by, the oldest first."""
    today = local_date(now, HOME_ZONE)
    return [(task, member) for task, member in open_tasks(db, cell_id) if task.due_on < today]


def without_task(db: Session, cell_id: int, *, now: datetime) -> list[Member]:
    """Return the members who work away and have no task: none open, and none done that was given this year."""
    year = at_wall(local_date(now, HOME_ZONE).replace(month=1, day=1), time(0), HOME_ZONE)
    done_this_year = (Task.state == TaskState.DONE) & (Task.given_at >= year)
    having = select(Task.member_id).where(
        Task.cell_id == cell_id, or_(Task.state == TaskState.OPEN, done_this_year)
    )
    busy = set(db.scalars(having))
    idle = [member for member in roster(db, cell_id) if member.place_code and member.id not in busy]
    return [member for member in idle if may_keep(db, member.id, Purpose.MEETING, since=_TASKS_SINCE)]


def tasks_of_year(db: Session, member_id: int, year: int) -> list[Task]:
    """Return the tasks of a calendar year by their day, without those taken back."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    mine = select(Task).where(Task.member_id == member_id, Task.state != TaskState.WITHDRAWN)
    return list(db.scalars(mine.where(Task.due_on.between(first, last)).order_by(Task.due_on, Task.id)))


def due_tasks(db: Session, *, now: datetime, limit: int) -> list[int]:
    return list(db.scalars(select(Task.id).where(Task.next_at <= now).order_by(Task.next_at).limit(limit)))


next_task_at = Soonest(Task.next_at)
