"""Calling off: a meeting is postponed without a new day, or cancelled. The reason is the confirmation.

postpone, cancel ──> reason, or none ──> those who knew are told
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.contact.reach import told_words
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.meeting.meeting.door import BACK, desk_meeting
from handlers.meeting.meeting.screens import show_meeting
from models.ground.marking import clean
from models.meeting.meeting import (
    AHEAD,
    Meeting,
    MeetingGone,
    MeetingState,
    cancel_meeting,
    invitations_of,
    postpone_meeting,
    reached,
)
from models.phrases.meeting import meeting_form as words

_REASON = 500


class Step(StrEnum):
    WHY = "why"


class Draft(BaseModel):
    meeting_id: int = 0
    cancels: bool = False


def begin_cancelling(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, arguments, cancels=True)


def begin_postponing(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, arguments, cancels=False)


def _begin(ctx: Context, arguments: list[str], *, cancels: bool) -> None:
    meeting = desk_meeting(ctx, number_or_0(arguments))
    _check(meeting, cancels=cancels)
    begin(ctx, FLOW, Step.WHY, Draft(meeting_id=meeting.id, cancels=cancels))


def _check(meeting: Meeting, *, cancels: bool) -> None:
    """Somebody else at the desk may have been quicker."""
    possible = AHEAD if cancels else {MeetingState.CALLED}
    if meeting.state not in possible:
        raise MeetingGone(meeting)


def ask_why(ctx: Context, draft: Draft) -> Screen:
    meeting = desk_meeting(ctx, draft.meeting_id)
    text = words.why_off(cancels=draft.cancels, starts_at=meeting.starts_at, knew=_invited(ctx, meeting))
    leave = words.KEEP_MEETING if draft.cancels else words.KEEP_DAY
    return Screen(text, [[choice(words.NO_REASON, "none")]], leave=leave)


def _invited(ctx: Context, meeting: Meeting) -> int:
    """Others who have an invitation, or get it in the morning."""
    everybody = invitations_of(ctx.db, meeting.id)
    return sum(one.invitation.knows > 0 and one.member.id != ctx.me.id for one in everybody)


def take_why(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    tapped = answer.incoming.kind is Kind.BUTTON
    reason = "" if tapped and answer.choice("none") else clean(answer.words(limit=_REASON))
    meeting = desk_meeting(ctx, draft.meeting_id, lock=True)
    if meeting.state not in (AHEAD if draft.cancels else {MeetingState.CALLED}):
        show_meeting(ctx, meeting)
    elif draft.cancels:
        invited = _invited(ctx, meeting)
        cancel_meeting(ctx.db, meeting, reason=reason, by_id=ctx.me.id, now=ctx.now)
        told = told_words(reached(ctx.db, meeting, "cancel", by_id=ctx.me.id, now=ctx.now))
        ctx.show(words.cancelled(told=told, spared=invited - _invited(ctx, meeting)), [BACK])
    else:
        policy = ctx.policies.meeting
        postpone_meeting(ctx.db, meeting, reason=reason, by_id=ctx.me.id, policy=policy, now=ctx.now)
        told = told_words(reached(ctx.db, meeting, "change", by_id=ctx.me.id, now=ctx.now))
        show_meeting(ctx, meeting, words.postponed(told=told))
    return None


FLOW: Flow[Draft] = Flow(
    "meeting_off",
    words.ENDING,
    Draft,
    {Step.WHY: Question(ask_why, take_why)},
    right=lambda ctx, draft: desk_meeting(ctx, draft.meeting_id),
)
