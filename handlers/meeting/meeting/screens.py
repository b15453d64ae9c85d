"""Screens: the meetings of a person, one meeting as the invited see it, what the desk can do about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from handlers.meeting.attendance.joining import ways_of_member
from handlers.meeting.meeting.door import BACK, MENU, desk_meeting, own_or_desk, runs
from models.delivery.message import Button
from models.meeting.attendance import ends_at, opens_at
from models.meeting.meeting import (
    Capacity,
    Invitation,
    Meeting,
    MeetingAnswer,
    MeetingState,
    answer_buttons,
    as_read,
    facts_of,
    facts_of_edition,
    invitation_for,
    meetings_of_member,
    meetings_on_desk,
    papers_of,
    receipt_for,
    shown_edition,
)
from models.people.rights import Right, units_where
from models.people.unit import Unit
from models.phrases import common
from models.phrases.meeting import attendance as after_words, meeting as phrases, meeting_form as form_words
from models.phrases.text import Text, raw

Rows = list[list[Button]]
_BACK_TO = timedelta(days=2)  # a meeting stays in the list that long
S = MeetingState


def start(ctx: Context) -> None:
    show_home(ctx, 0)


def turn_home(ctx: Context, arguments: list[str]) -> None:
    show_home(ctx, number_or_0(arguments))


def show_home(ctx: Context, page: int) -> None:
    """Show what the speaker is invited to (/hop).

    At the desk also what waits to be called, and what nobody has closed yet.
    """
    cells = units_where(ctx.db, ctx.me.id, Right.CALL_MEETING, now=ctx.now)
    mine = meetings_of_member(ctx.db, ctx.me.id, now=ctx.now, back=_BACK_TO) if ctx.me.cell_id else []
    listed = {one.id: one for one in mine if one.cell_id == ctx.me.cell_id}
    for cell in cells:
        listed |= {one.id: one for one in meetings_on_desk(ctx.db, cell.id)}
    found = sorted(listed.values(), key=lambda one: (one.starts_at, one.id))
    ways = [[Button(form_words.CALL, _to("new", cells))], [Button(form_words.MONTHLY, _to("monthly", cells))]]
    room = SCREEN - len(MENU) - (len(ways) if cells else 0)
    part, turn = paged(found, page, room, lambda to: f"meeting:home:{to}")
    words = phrases.home(count=len(found), for_desk=bool(cells), member=ctx.me.cell_id is not None)
    ctx.show(words, [*([_line(ctx, one)] for one in part), turn, *(ways if cells else []), MENU])


def _to(verb: str, cells: list[Unit]) -> str:
    """Whoever keeps several desks is asked which; with one there is nothing to ask."""
    return f"meeting:{verb}:{cells[0].id}" if len(cells) == 1 else f"meeting:which:{verb}"


def which(ctx: Context, arguments: list[str]) -> None:
    verb = "monthly" if arguments[:1] == ["monthly"] else "new"
    cells = units_where(ctx.db, ctx.me.id, Right.CALL_MEETING, now=ctx.now)
    rows = [[Button(raw(cell.name), f"meeting:{verb}:{cell.id}")] for cell in cells[: SCREEN - len(BACK)]]
    ctx.show(form_words.which_cell(), [*rows, BACK])


def _line(ctx: Context, meeting: Meeting) -> Button:
    invitation = invitation_for(ctx.db, meeting.id, ctx.me.id)
    state = stands(ctx, meeting)
    words = phrases.in_list(
        starts_at=meeting.starts_at,
        zone=ctx.zone,
        kind=meeting.kind,
        state=state,
        answer=invitation.answer if invitation and state == S.CALLED else None,
    )
    return Button(words, f"meeting:see:{meeting.id}")


def stands(ctx: Context, meeting: Meeting) -> str:
    """Return its state in words.

    A meeting whose time is up is said to be so, and the desk reads that it is not closed.
    """
    if meeting.state in (S.CALLED, S.HELD) and ends_at(meeting) <= ctx.now:
        return "unclosed" if runs(ctx, meeting.cell_id) else "over"
    if meeting.state == S.CALLED and meeting.starts_at <= ctx.now:
        return S.HELD
    if meeting.state == S.CLOSED and meeting.unfiled and runs(ctx, meeting.cell_id):
        return "unfiled"
    return meeting.state


def see(ctx: Context, arguments: list[str]) -> None:
    show_meeting(ctx, own_or_desk(ctx, number_or_0(arguments))[0])


def see_mine(ctx: Context, arguments: list[str]) -> None:
    """Show somebody at the desk what those invited see: their answer, the papers, words to be read out."""
    meeting, invitation = own_or_desk(ctx, number_or_0(arguments))
    if invitation is None or meeting.state in (S.PROPOSED, S.DROPPED):
        show_meeting(ctx, meeting)
        return
    words, rows = _as_invited(ctx, meeting, invitation, room=SCREEN - 1)
    ctx.show(words, [*rows, [Button(phrases.SEE, f"meeting:see:{meeting.id}")]])


def see_more(ctx: Context, arguments: list[str]) -> None:
    """Show what did not fit on the meeting's screen: meeting:more:meeting:page."""
    meeting, invitation = own_or_desk(ctx, number_or_0(arguments))
    if invitation is None or meeting.state in (S.PROPOSED, S.DROPPED):
        show_meeting(ctx, meeting)
        return
    back = [[Button(phrases.SEE, f"meeting:see:{meeting.id}")], MENU]
    extras = _extras(ctx, meeting, invitation)
    to = f"meeting:more:{meeting.id}"
    part, turn = paged(extras, number_or_0(arguments, 1), SCREEN - len(back), lambda page: f"{to}:{page}")
    ctx.show(phrases.more(when=meeting.starts_at, zone=ctx.zone), [*([one] for one in part), turn, *back])


def show_meeting(ctx: Context, meeting: Meeting, note: Text | None = None) -> None:
    """Show the meeting as it stands now. Whoever looks knows it from then on, and is told what has changed."""
    if meeting.state in (S.PROPOSED, S.DROPPED):
        _show_proposal(ctx, meeting, note)
        return
    meeting, invitation = own_or_desk(ctx, meeting.id)
    if runs(ctx, meeting.cell_id):
        words = _told(ctx, meeting, invitation)
        rows = _for_the_desk(ctx, meeting, invitation)
    else:
        words, rows = _as_invited(ctx, meeting, invitation, room=SCREEN - len(BACK))
    ctx.show(common.paragraph(note, words) if note else words, [*rows, BACK])


def show_called(ctx: Context, meeting: Meeting, told: Text) -> None:
    """Show whom the call reaches, and what comes next; do not ask how the caller will attend."""
    invitation = invitation_for(ctx.db, meeting.id, ctx.me.id)
    about = _told(ctx, meeting, invitation)
    rows = [[Button(phrases.WHO_ANSWERED, f"meeting:who:{meeting.id}")]]
    if invitation is not None:
        rows.append([Button(phrases.MINE, f"meeting:mine:{meeting.id}")])
    ctx.show(form_words.called(about=about, told=told), [*rows, *_on(meeting)])


def _on(meeting: Meeting) -> Rows:
    return [[Button(phrases.SEE, f"meeting:see:{meeting.id}")], BACK]


def _as_invited(
    ctx: Context, meeting: Meeting, invitation: Invitation | None, *, room: int
) -> tuple[Text, Rows]:
    words = _told(ctx, meeting, invitation, asks=True)
    if invitation is None:
        return words, []
    rows, extras = _ways_in(ctx, meeting, invitation), _extras(ctx, meeting, invitation)
    if len(_flat(rows)) + len(extras) <= room:
        return words, [*rows, *([one] for one in extras)]
    shown = extras[: max(room - len(_flat(rows)) - 1, 0)]
    return words, [*rows, *([one] for one in shown), [Button(phrases.MORE, f"meeting:more:{meeting.id}:0")]]


def _flat(rows: Rows) -> list[Button]:
    return [button for row in rows for button in row]


def _told(ctx: Context, meeting: Meeting, invitation: Invitation | None, *, asks: bool = False) -> Text:
    """Somebody who stands in at the desk is not invited: they read it as a member does."""
    # never stored: it says only how `as_read` is to read
    reader = invitation or Invitation(meeting_id=meeting.id, member_id=ctx.me.id, capacity=Capacity.VOTES)
    news = _news(ctx, meeting, invitation) if invitation else None
    shown = as_read(ctx.db, meeting, facts_of(ctx.db, meeting), ctx.me, reader)
    ahead = meeting.state in (S.CALLED, S.POSTPONED) and meeting.starts_at > ctx.now
    return phrases.screen(
        meeting=shown if ahead or meeting.state == S.POSTPONED else replace(shown, has_link=None),
        state=stands(ctx, meeting),
        answer=reader.answer,
        reason=reader.reason or "",
        contribution=reader.contribution or "",
        news=news,
        late=meeting.answer_by < ctx.now,
        asks=asks,
        why=meeting.reason or "",
    )


def _news(ctx: Context, meeting: Meeting, invitation: Invitation) -> Text | None:
    known = facts_of_edition(ctx.db, meeting.id, invitation.knows) if invitation.knows else None
    changed = shown_edition(ctx.db, meeting, invitation, now=ctx.now)
    if known is None or not changed or meeting.state != S.CALLED:
        return None
    old = as_read(ctx.db, meeting, known, ctx.me, invitation)
    new = as_read(ctx.db, meeting, facts_of(ctx.db, meeting), ctx.me, invitation)
    return phrases.news(old=old, new=new, what=changed)


def _ways_in(ctx: Context, meeting: Meeting, invitation: Invitation) -> Rows:
    """In, or the answers; within the half hour whoever comes simply comes: only who does not still says so."""
    rows: Rows = ways_of_member(ctx, meeting, invitation)
    if meeting.state == S.CALLED and meeting.starts_at > ctx.now:
        near = ctx.now >= opens_at(meeting)
        rows += answer_buttons(
            meeting, invitation, without=(MeetingAnswer.ONLINE, MeetingAnswer.IN_PERSON) if near else ()
        )[:-1]
    return rows


def _extras(ctx: Context, meeting: Meeting, invitation: Invitation) -> list[Button]:
    """The papers, words to be read out, the calendar file."""
    found = []
    for paper in papers_of(ctx.db, meeting.id):
        receipt = receipt_for(ctx.db, invitation.id, paper.id)
        label = phrases.open_paper(name=paper.title, read=bool(receipt and receipt.read_at))
        found.append(Button(label, f"meeting:paper:{invitation.id}:{paper.id}"))
    if meeting.state in (S.CALLED, S.POSTPONED) or (meeting.state == S.HELD and ctx.now < ends_at(meeting)):
        label = phrases.MY_WORDS if invitation.contribution else phrases.CONTRIBUTE
        found.append(Button(label, f"meeting:say:{invitation.id}"))
    if meeting.state == S.CALLED and meeting.starts_at > ctx.now:
        found.append(Button(phrases.CALENDAR, f"meeting:ics:{invitation.id}"))
    return found


def _for_the_desk(ctx: Context, meeting: Meeting, invitation: Invitation | None) -> Rows:
    """What is done about it; how the reader attends is a button like the others. At most six, and the way back."""
    near = meeting.state == S.CALLED and ctx.now >= opens_at(meeting)
    rows: Rows = ways_of_member(ctx, meeting, invitation) if invitation else []
    rows.append([Button(phrases.WHO_ANSWERED, f"meeting:who:{meeting.id}")])
    if near or meeting.state in (S.HELD, S.CLOSED):
        rows.append([Button(after_words.AFTER, f"attendance:open:{meeting.id}")])
    rows += [[Button(form_words.ALTER, f"meeting:alter:{meeting.id}")]] if near else _changes(meeting)
    if invitation and meeting.state in (S.CALLED, S.POSTPONED, S.HELD):
        rows.append([Button(phrases.MINE, f"meeting:mine:{meeting.id}")])
    return rows


def _changes(meeting: Meeting) -> Rows:
    cancel = Button(form_words.CANCEL_MEETING, f"meeting:cancel:{meeting.id}")
    if meeting.state == S.CALLED:
        change = Button(form_words.CHANGE, f"meeting:change:{meeting.id}")
        return [[change], [Button(form_words.POSTPONE, f"meeting:postpone:{meeting.id}")], [cancel]]
    if meeting.state == S.POSTPONED:
        return [[Button(form_words.NEW_DAY, f"meeting:change:{meeting.id}")], [cancel]]
    return []


def alter(ctx: Context, arguments: list[str]) -> None:
    """Show what can be changed half an hour before, when the meeting's own screen is full of what is nearer."""
    meeting = desk_meeting(ctx, number_or_0(arguments))
    rows = _changes(meeting)
    if not rows:
        show_meeting(ctx, meeting)
        return
    ctx.show(form_words.alter(starts_at=meeting.starts_at), [*rows, *_on(meeting)])


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
