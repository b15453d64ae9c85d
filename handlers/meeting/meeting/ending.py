"""Calling off: a meeting is postponed without a new day, or cancelled. The reason is the confirmation.

postpone, cancel ──> reason, or none ──> those who knew are told
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.contact.reach import told_words
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form, Offer, Prose
from handlers.meeting.meeting.door import BACK, desk_meeting
from handlers.meeting.meeting.screens import show_meeting
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
from models.phrases.text import Text

_REASON = 500


class Draft(BaseModel):
    meeting_id: int = 0
    cancels: bool = False
    why: str = ""


def begin_cancelling(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, arguments, cancels=True)


def begin_postponing(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, arguments, cancels=False)


def _begin(ctx: Context, arguments: list[str], *, cancels: bool) -> None:
    meeting = desk_meeting(ctx, number_or_0(arguments))
    _check(meeting, cancels=cancels)
    FLOW.begin(ctx, Draft(meeting_id=meeting.id, cancels=cancels))


def _check(meeting: Meeting, *, cancels: bool) -> None:
    """Somebody else at the desk may have been quicker."""
    possible = AHEAD if cancels else {MeetingState.CALLED}
    if meeting.state not in possible:
        raise MeetingGone(meeting)


def _ask_why(at: At[Draft, Meeting]) -> Text:
    knew = _invited(at.ctx, at.subject)
    return words.why_off(cancels=at.draft.cancels, starts_at=at.subject.starts_at, knew=knew)


def _invited(ctx: Context, meeting: Meeting) -> int:
    """Others who have an invitation, or get it in the morning."""
    everybody = invitations_of(ctx.db, meeting.id)
    return sum(one.invitation.knows > 0 and one.member.id != ctx.me.id for one in everybody)


def _call_off(at: At[Draft, Meeting]) -> None:
    ctx, draft, reason = at.ctx, at.draft, at.draft.why
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


FLOW: Form[Draft, Meeting] = Form(
    "meeting_off",
    words.ENDING,
    Draft,
    right=lambda ctx, draft: desk_meeting(ctx, draft.meeting_id),
    fields=(
        Field(
            "why",
            _ask_why,
            Prose(_REASON),
            offers=lambda at: [Offer(words.NO_REASON, "none", "")],
            leave=lambda at: words.KEEP_MEETING if at.draft.cancels else words.KEEP_DAY,
        ),
    ),
    save=_call_off,
)
