"""The invited: the way in, "I am here", "I am leaving"."""

from __future__ import annotations

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row
from models.delivery.message import Button
from models.meeting.attendance import hows, is_in, newest_conclusion, say_here, say_left, ways_in, why_not
from models.meeting.attendance.joining import proves, require_open, way_of
from models.meeting.meeting import How, Invitation, Meeting, invitation_for
from models.people.rights import NotEntitled
from models.phrases import common
from models.phrases.meeting import attendance as phrases

MENU = [Button(common.MENU, "nav:menu")]
CODES = {"on": How.ONLINE, "in": How.IN_PERSON}  # a button's data is short


def ways_of_member(ctx: Context, meeting: Meeting, invitation: Invitation) -> list[Row]:
    """Return the ways into the meeting while it can be joined, and to what was concluded after that.

    The link itself is made when it is asked for.
    """
    if (newest := newest_conclusion(ctx.db, meeting.id)) is not None:
        return [[Button(phrases.OPEN, f"attendance:conclusion:{newest.id}")]]
    if why_not(meeting, ctx.policies.attendance, now=ctx.now) is not None:
        return []
    rows = [[Button(phrases.ENTER, f"attendance:link:{meeting.id}")]] if meeting.link else []
    if is_in(ctx.db, meeting, invitation):
        return [*rows, [Button(phrases.LEFT, f"attendance:left:{invitation.id}")]]
    return [*rows, [Button(phrases.HERE, f"attendance:here:{invitation.id}")]]


def give_link(ctx: Context, arguments: list[str]) -> None:
    """Give a fresh link of one's own to whoever has lost the first, or came by another phone."""
    meeting = ctx.db.get(Meeting, number_or_0(arguments))
    invitation = invitation_for(ctx.db, meeting.id, ctx.me.id) if meeting else None
    if meeting is None or invitation is None:
        raise NotEntitled
    require_of_the_cell(ctx, meeting)
    require_open(meeting, ctx.policies.attendance, now=ctx.now, zone=ctx.zone)
    buttons = ways_in(ctx.db, meeting, invitation, ctx.policies.attendance, now=ctx.now)
    way = way_of(meeting, ctx.policies.attendance)
    words = phrases.ways(starts_at=meeting.starts_at, zone=ctx.zone, way=way, proves=proves(buttons))
    ctx.show(words, [*buttons, MENU])


def _mine(ctx: Context, invitation_id: int) -> Invitation:
    """One's own invitation, while one is of that cell; another's is no different from none."""
    invitation = ctx.db.get(Invitation, invitation_id)
    meeting = ctx.db.get(Meeting, invitation.meeting_id) if invitation else None
    if invitation is None or meeting is None or invitation.member_id != ctx.me.id:
        raise NotEntitled
    require_of_the_cell(ctx, meeting)
    return invitation


def require_of_the_cell(ctx: Context, meeting: Meeting) -> None:
    if ctx.me.cell_id != meeting.cell_id or ctx.me.left_at is not None:
        raise NotEntitled


def here(ctx: Context, arguments: list[str]) -> None:
    """Record presence: attendance:here:invitation[:on|in]. A hybrid meeting asks which."""
    invitation = _mine(ctx, number_or_0(arguments))
    meeting = ctx.db.get_one(Meeting, invitation.meeting_id)
    policy = ctx.policies.attendance
    require_open(meeting, policy, now=ctx.now, zone=ctx.zone)
    how = CODES.get(arguments[1] if len(arguments) > 1 else "", hows(meeting)[0])
    if how not in hows(meeting) or (len(arguments) < 2 and len(hows(meeting)) > 1):
        rows = [
            [Button(phrases.HERE_AS[CODES[code]], f"attendance:here:{invitation.id}:{code}")]
            for code in CODES
        ]
        ctx.show(phrases.which_way(), [*rows, MENU])
        return
    since = say_here(ctx.db, invitation, how, policy, now=ctx.now, zone=ctx.zone)
    again = [Button(phrases.AGAIN, f"attendance:link:{meeting.id}")] if meeting.link else []
    leave = [Button(phrases.LEFT, f"attendance:left:{invitation.id}")]
    ctx.show(phrases.here(how=how, since=since, zone=ctx.zone), [again, leave, MENU])


def left(ctx: Context, arguments: list[str]) -> None:
    invitation = _mine(ctx, number_or_0(arguments))
    at = say_left(ctx.db, invitation, ctx.policies.attendance, now=ctx.now, zone=ctx.zone)
    back = [Button(phrases.HERE, f"attendance:here:{invitation.id}")]
    ctx.show(phrases.gone(at=at, zone=ctx.zone), [back, MENU])
