"""What every screen of meetings begins with: whose is it, and may this person see it now.

Ids in buttons may be old or forged: what does not exist and what one may not see get the same answer.
"""

from __future__ import annotations

from handlers.desk.desk.door import cell_of
from handlers.ground.context import Context
from models.delivery.message import Button
from models.ground import base
from models.meeting.meeting import KNOWN, Invitation, Meeting, invitation_for
from models.people.rights import NotEntitled, Right, may
from models.phrases import common
from models.phrases.meeting import meeting as phrases

MENU = [Button(common.MENU, "nav:menu")]
BACK = [Button(phrases.MEETINGS, "menu:go:hop"), *MENU]


def runs(ctx: Context, cell_id: int | None) -> bool:
    """Return whether this person calls the cell's meetings."""
    return cell_id is not None and may(ctx.db, ctx.me.id, Right.CALL_MEETING, cell_id, now=ctx.now)


def desk_meeting(ctx: Context, meeting_id: int, *, lock: bool = False) -> Meeting:
    """Return the meeting for the desk. With `lock` nobody else changes it until this step is over."""
    meeting = ctx.db.get(Meeting, meeting_id)
    if meeting is None:
        raise NotEntitled
    cell_of(ctx, meeting.cell_id, Right.CALL_MEETING)
    if lock:
        base.lock(ctx.db, meeting)
    return meeting


def own_invitation(ctx: Context, invitation_id: int) -> Invitation:
    """Return the speaker's own invitation, while they belong to the cell."""
    invitation = ctx.db.get(Invitation, invitation_id)
    if invitation is None or invitation.member_id != ctx.me.id:
        raise NotEntitled
    _belongs(ctx, ctx.db.get_one(Meeting, invitation.meeting_id))
    return invitation


def desk_invitation(ctx: Context, invitation_id: int) -> Invitation:
    """Return the invitation of somebody else, for the desk."""
    invitation = ctx.db.get(Invitation, invitation_id)
    if invitation is None:
        raise NotEntitled
    desk_meeting(ctx, invitation.meeting_id)
    return invitation


def own_or_desk(ctx: Context, meeting_id: int) -> tuple[Meeting, Invitation | None]:
    """Return a meeting to which the speaker is invited, or whose desk they hold."""
    meeting = ctx.db.get(Meeting, meeting_id)
    if meeting is None:
        raise NotEntitled
    invitation = invitation_for(ctx.db, meeting.id, ctx.me.id)
    if runs(ctx, meeting.cell_id):
        return meeting, invitation
    if invitation is None:
        raise NotEntitled
    _belongs(ctx, meeting)
    return meeting, invitation


def _belongs(ctx: Context, meeting: Meeting) -> None:
    in_cell = ctx.me.cell_id == meeting.cell_id and ctx.me.left_at is None
    if not in_cell or meeting.state not in KNOWN:
        raise NotEntitled
