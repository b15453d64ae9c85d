"""The member lets somebody else see a private request that is sent already.

viewers (touch, touch, ...) ──done──> told
"""

from __future__ import annotations

from enum import StrEnum

from handlers.contact.request.door import own_request
from handlers.contact.request.mine import show_own
from handlers.contact.request.viewers import Chosen, ask_viewers, take_viewers
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin
from models.contact.request import chosen_viewers, people_around, share_request
from models.people.rights import Role
from models.phrases.contact import request as phrases


class Step(StrEnum):
    WHO = "who"


class Draft(Chosen):
    request_id: int = 0


def begin_sharing(ctx: Context, arguments: list[str]) -> None:
    request = own_request(ctx, number_or_0(arguments))
    if not request.is_private or not request.is_open:
        show_own(ctx, request)
        return
    begin(ctx, SHARE, Step.WHO, Draft(request_id=request.id))


def _others(ctx: Context, draft: Draft) -> dict[int, Role]:
    request = own_request(ctx, draft.request_id)
    known = chosen_viewers(ctx.db, request.id)
    around = people_around(ctx.db, request.member_id, request.cell_id, now=ctx.now)
    return {one: role for one, role in around.items() if one not in known}


def ask_who(ctx: Context, draft: Draft) -> Screen:
    return ask_viewers(ctx, draft, _others(ctx, draft))


def take_who(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    if not take_viewers(draft, _others(ctx, draft), answer):
        return Step.WHO
    request = own_request(ctx, draft.request_id)
    share_request(ctx.db, request, draft.viewers, policy=ctx.policies.request, now=ctx.now)
    show_own(ctx, request)
    return None


SHARE: Flow[Draft] = Flow(
    "request_share",
    phrases.SHARING,
    Draft,
    {Step.WHO: Question(ask_who, take_who)},
    right=lambda ctx, draft: own_request(ctx, draft.request_id),
)
