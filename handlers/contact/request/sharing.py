"""The member lets somebody else see a private request that is sent already.

viewers (touch, touch, ...) ──done──> told
"""

from __future__ import annotations

from handlers.contact.request.door import own_request
from handlers.contact.request.mine import show_own
from handlers.contact.request.viewers import Chosen, Viewers, ask_viewers
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form
from models.contact.request import HelpRequest, chosen_viewers, people_around, share_request
from models.people.rights import Role
from models.phrases.contact import request as phrases


class Draft(Chosen):
    request_id: int = 0


def begin_sharing(ctx: Context, arguments: list[str]) -> None:
    request = own_request(ctx, number_or_0(arguments))
    if not request.is_private or not request.is_open:
        show_own(ctx, request)
        return
    SHARE.begin(ctx, Draft(request_id=request.id))


def _others(at: At[Draft, HelpRequest]) -> dict[int, Role]:
    request, db = at.subject, at.ctx.db
    known = chosen_viewers(db, request.id)
    around = people_around(db, request.member_id, request.cell_id, now=at.ctx.now)
    return {one: role for one, role in around.items() if one not in known}


def _share(at: At[Draft, HelpRequest]) -> None:
    ctx = at.ctx
    share_request(ctx.db, at.subject, at.draft.viewers, policy=ctx.policies.request, now=ctx.now)
    show_own(ctx, at.subject)


SHARE: Form[Draft, HelpRequest] = Form(
    "request_share",
    phrases.SHARING,
    Draft,
    right=lambda ctx, draft: own_request(ctx, draft.request_id),
    fields=(Field("who", lambda at: ask_viewers(at, _others(at)), Viewers(_others), into="viewers"),),
    save=_share,
)
