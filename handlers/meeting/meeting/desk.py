"""The desk's screens: who has answered what, who is to be phoned, what was sent to be read out."""

from __future__ import annotations

from datetime import datetime

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from handlers.meeting.meeting.door import BACK, MENU, desk_invitation, desk_meeting
from models.delivery.message import Button
from models.meeting.meeting import (
    Invited,
    Meeting,
    MeetingState,
    answer_buttons,
    cancel_meeting,
    deaf,
    invitations_of,
    papers_of,
    receipts_of,
    waiting_for_morning,
)
from models.people.member import Member, record_look
from models.phrases.desk import roster_talk as roster_words
from models.phrases.meeting import meeting as phrases, meeting_form as words
from models.phrases.text import Text

_ORDER = ("in person", "online", "part", "absent", "")


def who(ctx: Context, arguments: list[str]) -> None:
    show_who(ctx, desk_meeting(ctx, number_or_0(arguments)), number_or_0(arguments, 1))


def show_who(ctx: Context, meeting: Meeting, page: int = 0) -> None:
    """Show everybody by what they answered, and whom the invitation has not reached yet.

    Reading a reason leaves a row.
    """
    invited = invitations_of(ctx.db, meeting.id)
    waits = waiting_for_morning(ctx.db, invited, now=ctx.now)
    ahead = meeting.state == MeetingState.CALLED
    out = dict(deaf(ctx.db, [one.member for one in invited])) if ahead else {}
    groups = [
        (group, [_person(ctx, meeting, one, waits, out) for one in invited if _said(one) == group])
        for group in _ORDER
    ]
    text = words.who(starts_at=meeting.starts_at, groups=groups, papers=_papers(ctx, meeting, invited))
    rows = []
    if any(one.invitation.contribution_sealed for one in invited):
        rows.append([Button(words.READ_WORDS, f"meeting:words:{meeting.id}")])
    back = [[Button(phrases.SEE, f"meeting:see:{meeting.id}")], MENU]
    undecided = [one for one in invited if ahead and one.is_undecided and one.member.id != ctx.me.id]
    part, turn = paged(
        undecided, page, SCREEN - len(rows) - len(back), lambda to: f"meeting:who:{meeting.id}:{to}"
    )
    rows += [
        [Button(words.answer_for(name=one.member.full_name), f"meeting:for:{one.invitation.id}")]
        for one in part
    ]
    ctx.show(text, [*rows, turn, *back])


def _said(one: Invited) -> str:
    return one.invitation.answer or ""


def _person(
    ctx: Context, meeting: Meeting, one: Invited, waits: dict[int, datetime], out: dict[Member, str]
) -> Text:
    invitation = one.invitation
    knows = invitation.knows >= meeting.edition or meeting.told_at is not None or not one.is_undecided
    mine = one.member.id == ctx.me.id
    if invitation.reason:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what="meeting.reason", now=ctx.now)
    return words.person(
        name=one.member.full_name,
        capacity=invitation.capacity,
        reason=invitation.reason or "",
        waits=waits.get(invitation.id),
        out=out.get(one.member, None if knows or mine else ""),
        by_desk=invitation.answered_by_id not in (None, one.member.id),
    )


def _papers(ctx: Context, meeting: Meeting, invited: list[Invited]) -> list[Text]:
    names = {one.invitation.id: one.member.full_name for one in invited}
    receipts = receipts_of(ctx.db, meeting.id)
    lines = []
    for paper in papers_of(ctx.db, meeting.id):
        mine = [one for one in receipts if one.paper_id == paper.id]
        read = [names[one.invitation_id] for one in mine if one.read_at and one.invitation_id in names]
        line = words.paper_line(name=paper.title, opened=len(mine), read=sorted(read), of=len(invited))
        lines.append(line)
    return lines


def ask_for(ctx: Context, arguments: list[str]) -> None:
    """Ask what somebody said on the phone."""
    invitation = desk_invitation(ctx, number_or_0(arguments))
    meeting = desk_meeting(ctx, invitation.meeting_id)
    member = ctx.db.get_one(Member, invitation.member_id)
    rows = [
        [Button(button.label, button.to.replace("meeting:answer:", "meeting:put:")) for button in row]
        for row in answer_buttons(meeting, invitation)[:-1]
    ]
    number_of = [Button(roster_words.SHOW_PHONE, f"below:roster:phone:{member.id}")]
    back = [Button(phrases.WHO_ANSWERED, f"meeting:who:{meeting.id}")]
    ctx.show(words.what_did_they_say(name=member.full_name), [number_of, *rows, back, BACK])


def read_words(ctx: Context, arguments: list[str]) -> None:
    """Show all that was sent to be read out. Each look leaves a row."""
    meeting = desk_meeting(ctx, number_or_0(arguments))
    sent = [one for one in invitations_of(ctx.db, meeting.id) if one.invitation.contribution]
    back = [[Button(phrases.WHO_ANSWERED, f"meeting:who:{meeting.id}")], BACK]
    if not sent:
        ctx.show(words.no_contributions(), back)
    for at, one in enumerate(sent, start=1):
        record_look(ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what="meeting.words", now=ctx.now)
        text = words.contribution(name=one.member.full_name, words=one.invitation.contribution or "")
        ctx.say(text, back if at == len(sent) else ())


def drop(ctx: Context, arguments: list[str]) -> None:
    """Drop a proposal of the standing date that is not wanted this time."""
    meeting = desk_meeting(ctx, number_or_0(arguments), lock=True)
    if meeting.state == MeetingState.PROPOSED:
        cancel_meeting(ctx.db, meeting, reason="", by_id=ctx.me.id, now=ctx.now)
    if meeting.state == MeetingState.DROPPED:
        ctx.show(words.dropped(), [BACK])
    else:
        ctx.show(phrases.gone(state=meeting.state), [BACK])
