"""Screens: the meetings of a person, one meeting as the invited see it, what the desk can do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.arguments import number_or_0
from handlers.attendance.joining import ways_of_member
from handlers.context import Context
from handlers.meeting.door import BACK, MENU, own_or_desk, runs
from models.attendance import ends_at, opens_at
from models.meeting import (
    Capacity,
    Invitation,
    Meeting,
    MeetingState,
    answer_buttons,
    as_read,
    facts_of,
    facts_of_edition,
    invitation_for,
    meetings_ahead,
    meetings_of_member,
    papers_of,
    receipt_for,
    shown_edition,
)
from models.outbox import Button
from models.phrases import attendance as after_words
from models.phrases import common
from models.phrases import meeting as phrases
from models.phrases import meeting_form as form_words
from models.phrases.text import Text
from models.rights import Right, units_where

Rows = list[list[Button]]
_BACK_TO = timedelta(days=2)  # a meeting stays in the list that long
_LISTED = 8
S = MeetingState


def start(ctx: Context) -> None:
    """/hop: what I am invited to; for the desk also what waits to be called."""
    cells = units_where(ctx.db, ctx.me.id, Right.CALL_MEETING, now=ctx.now)
    mine = meetings_of_member(ctx.db, ctx.me.id, now=ctx.now, back=_BACK_TO) if ctx.me.cell_id else []
    listed = {one.id: one for one in mine if one.cell_id == ctx.me.cell_id}
    for cell in cells:
        listed |= {one.id: one for one in meetings_ahead(ctx.db, cell.id)}
    found = sorted(listed.values(), key=lambda one: (one.starts_at, one.id))
    rows = [[_line(ctx, one)] for one in found[:_LISTED]]
    for cell in cells:
        rows.append([Button(form_words.CALL, f"meeting:new:{cell.id}")])
        rows.append([Button(form_words.MONTHLY, f"meeting:monthly:{cell.id}")])
    ctx.show(phrases.home(count=len(found), for_desk=bool(cells)), [*rows, MENU])


def _line(ctx: Context, meeting: Meeting) -> Button:
    invitation = invitation_for(ctx.db, meeting.id, ctx.me.id)
    words = phrases.in_list(
        starts_at=meeting.starts_at,
        zone=ctx.zone,
        kind=meeting.kind,
        state=meeting.state,
        answer=invitation.answer if invitation and meeting.state == S.CALLED else None,
    )
    return Button(words, f"meeting:see:{meeting.id}")


def see(ctx: Context, arguments: list[str]) -> None:
    show_meeting(ctx, own_or_desk(ctx, number_or_0(arguments))[0])


def show_meeting(ctx: Context, meeting: Meeting, note: Text | None = None) -> None:
    """As it stands now; whoever looks knows it from then on, and is told what has changed."""
    if meeting.state in (S.PROPOSED, S.DROPPED):
        _show_proposal(ctx, meeting, note)
        return
    meeting, invitation = own_or_desk(ctx, meeting.id)
    words, rows = _as_invited(ctx, meeting, invitation)
    if runs(ctx, meeting.cell_id):
        rows += _for_the_desk(ctx, meeting)
    ctx.show(common.paragraph(note, words) if note else words, [*rows, BACK])


def _as_invited(ctx: Context, meeting: Meeting, invitation: Invitation | None) -> tuple[Text, Rows]:
    """Somebody who stands in at the desk is not invited: they read it as a member does, without buttons."""
    reader = invitation or Invitation(meeting_id=meeting.id, member_id=ctx.me.id, capacity=Capacity.VOTES)
    news = _news(ctx, meeting, invitation) if invitation else None
    shown = as_read(ctx.db, meeting, facts_of(ctx.db, meeting), ctx.me, reader)
    ahead = meeting.state in (S.CALLED, S.POSTPONED)
    words = phrases.screen(
        meeting=shown if ahead else replace(shown, has_link=None),
        state=meeting.state,
        answer=reader.answer,
        reason=reader.reason or "",
        contribution=reader.contribution or "",
        news=news,
        late=meeting.answer_by < ctx.now,
        why=meeting.reason or "",
    )
    return words, _for_the_invited(ctx, meeting, invitation) if invitation else []


def _news(ctx: Context, meeting: Meeting, invitation: Invitation) -> Text | None:
    known = facts_of_edition(ctx.db, meeting.id, invitation.knows) if invitation.knows else None
    changed = shown_edition(ctx.db, meeting, invitation, now=ctx.now)
    if known is None or not changed or meeting.state != S.CALLED:
        return None
    old = as_read(ctx.db, meeting, known, ctx.me, invitation)
    new = as_read(ctx.db, meeting, facts_of(ctx.db, meeting), ctx.me, invitation)
    return phrases.news(old=old, new=new, what=changed)


def _for_the_invited(ctx: Context, meeting: Meeting, invitation: Invitation) -> Rows:
    rows: Rows = ways_of_member(ctx, meeting, invitation)
    if meeting.state == S.CALLED and meeting.starts_at > ctx.now:
        rows += answer_buttons(meeting, invitation)[:-1]
    for paper in papers_of(ctx.db, meeting.id):
        receipt = receipt_for(ctx.db, invitation.id, paper.id)
        label = phrases.open_paper(name=paper.title, read=bool(receipt and receipt.read_at))
        rows.append([Button(label, f"meeting:paper:{invitation.id}:{paper.id}")])
    if meeting.state in (S.CALLED, S.POSTPONED) or (meeting.state == S.HELD and ctx.now < ends_at(meeting)):
        label = phrases.MY_WORDS if invitation.contribution else phrases.CONTRIBUTE
        rows.append([Button(label, f"meeting:say:{invitation.id}")])
    if meeting.state == S.CALLED:
        rows.append([Button(phrases.CALENDAR, f"meeting:ics:{invitation.id}")])
    return rows


def _for_the_desk(ctx: Context, meeting: Meeting) -> Rows:
    rows: Rows = [[Button(phrases.WHO_ANSWERED, f"meeting:who:{meeting.id}")]]
    if meeting.state in (S.HELD, S.CLOSED) or (meeting.state == S.CALLED and ctx.now >= opens_at(meeting)):
        rows.append([Button(after_words.AFTER, f"attendance:open:{meeting.id}")])
    if meeting.state == S.CALLED:
        rows.append(
            [
                Button(form_words.CHANGE, f"meeting:change:{meeting.id}"),
                Button(form_words.POSTPONE, f"meeting:postpone:{meeting.id}"),
            ]
        )
    if meeting.state == S.POSTPONED:
        rows.append([Button(form_words.NEW_DAY, f"meeting:change:{meeting.id}")])
    if meeting.state in (S.CALLED, S.POSTPONED):
        rows.append([Button(form_words.CANCEL_MEETING, f"meeting:cancel:{meeting.id}")])
    return rows


def _show_proposal(ctx: Context, meeting: Meeting, note: Text | None) -> None:
    rows: Rows = []
    if meeting.state == S.PROPOSED:
        words = form_words.proposal(starts_at=meeting.starts_at, kind=meeting.kind, form=meeting.form)
        rows = [
            [Button(form_words.CALL_THIS, f"meeting:call:{meeting.id}")],
            [Button(form_words.DROP, f"meeting:drop:{meeting.id}")],
        ]
    else:
        words = phrases.gone(state=meeting.state)
    ctx.show(common.paragraph(note, words) if note else words, [*rows, BACK])
