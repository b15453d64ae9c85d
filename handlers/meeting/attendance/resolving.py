"""The cell's resolution of a meeting in four parts: typed one by one, looked over, sent, printed.

review ──> tasks ──> doing ──> score (or none) ──> number (or none yet) ──> sure ──> kept and sent as the conclusion
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form, Line, Offer, Prose
from handlers.meeting.attendance.after import AFTER, show_after, told_of
from handlers.meeting.attendance.rolling import meeting_of
from models.delivery.message import Attachment
from models.delivery.papers import TemplateBroken, render_paper
from models.ground.errors import Refused
from models.meeting.attendance import (
    Resolution,
    conclude,
    newest_conclusion,
    presences,
    resolution_of,
    resolution_paper,
)
from models.meeting.meeting import Meeting
from models.people.trail import record_act
from models.phrases.desk.absence import template_broken
from models.phrases.meeting import attendance as phrases
from models.phrases.text import Text

_SCORE, _NUMBER = 80, 20


class Draft(BaseModel):
    meeting_id: int = 0
    review: str = ""
    tasks: str = ""
    doing: str = ""
    score: str = ""
    number: str = ""

    @property
    def resolution(self) -> Resolution:
        return Resolution.model_validate(self.model_dump(exclude={"meeting_id"}))


AtMeeting = At[Draft, Meeting]


def begin(ctx: Context, arguments: list[str]) -> None:
    meeting = meeting_of(ctx, number_or_0(arguments))
    if meeting.state not in AFTER:
        raise Refused(phrases.not_held())
    RESOLVE.begin(ctx, Draft(meeting_id=meeting.id))


def _limit(at: AtMeeting) -> int:
    return at.ctx.policies.attendance.characters // 4


def _part(name: str) -> Field[Draft, Meeting]:
    return Field(name, lambda at: phrases.which_part(part=name, limit=_limit(at)), Prose(_limit))


def _look_over(at: AtMeeting) -> Text:
    absent = sum(
        not one.is_there and one.member.id != at.ctx.me.id and one.member.left_at is None
        for one in presences(at.ctx.db, at.subject)
    )
    return phrases.sure_to_send(text=at.draft.resolution.text, file="", count=absent)


def _save(at: AtMeeting) -> None:
    ctx, resolution = at.ctx, at.draft.resolution
    made = conclude(
        ctx.db,
        at.subject,
        text=resolution.text,
        scan=None,
        by_id=ctx.me.id,
        now=ctx.now,
        parts=resolution,
    )
    show_after(ctx, at.subject, told_of(ctx, made))


RESOLVE: Form[Draft, Meeting] = Form(
    "resolving",
    phrases.RESOLVING,
    Draft,
    right=lambda ctx, draft: meeting_of(ctx, draft.meeting_id),
    fields=(
        _part("review"),
        _part("tasks"),
        _part("doing"),
        Field(
            "score",
            lambda at: phrases.which_score(),
            Line(_SCORE),
            offers=lambda at: [Offer(phrases.NO_SCORE, "none", "")],
        ),
        Field(
            "number",
            lambda at: phrases.which_number(),
            Line(_NUMBER),
            offers=lambda at: [Offer(phrases.NO_NUMBER, "none", "")],
        ),
        Field("sure", _look_over, Confirm(phrases.SEND)),
    ),
    save=_save,
)


def send_paper(ctx: Context, arguments: list[str]) -> None:
    """Send the resolution to be printed and signed."""
    meeting = meeting_of(ctx, number_or_0(arguments))
    resolution = resolution_of(newest_conclusion(ctx.db, meeting.id))
    if resolution is None:
        raise Refused(phrases.no_resolution())
    paper = resolution_paper(ctx.db, meeting, resolution, now=ctx.now)
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(template_broken()) from None
    record_act(ctx.db, "meeting.export", by_id=ctx.me.id, now=ctx.now, unit_id=meeting.cell_id)
    ctx.send_file(Attachment(f"nghi-quyet-{paper.held_on:%Y-%m-%d}.docx", data), phrases.resolution_sent())
