"""Writing about a request, from either side; it goes to the other.

letter (several messages, voice, photos) ──send──> told
                                            └─ `answers`: it is the answer that a word or a petition was owed, and ends it
"""

from __future__ import annotations

from handlers.contact.request.door import MENU, any_request, is_mine, name_of, visible_request
from handlers.contact.request.mine import show_own
from handlers.contact.request.writing import Letters, WordsInParts, take_letter_edit
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form
from models.contact.request import (
    Did,
    HelpRequest,
    RequestSettled,
    answer_request,
    reply_request,
    seers,
    those_in_charge,
    ways_to,
    write_again,
)
from models.delivery.conversation import conversation_in
from models.delivery.message import Button
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.text import Text


class Draft(WordsInParts):
    request_id: int = 0
    answers: bool = False


Here = At[Draft, HelpRequest]


def begin_reply(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, any_request(ctx, number_or_0(arguments)), answers=False)


def begin_answer(ctx: Context, arguments: list[str]) -> None:
    request = visible_request(ctx, number_or_0(arguments))
    _begin(ctx, request, answers=not request.is_help)


def _begin(ctx: Context, request: HelpRequest, *, answers: bool) -> None:
    """What was begun about the same request is gone on with."""
    # a petition that was answered may be taken up again by its author; a closed request for help is over
    if not request.is_open and (request.is_help or not is_mine(ctx, request)):
        raise RequestSettled(owner=None, kind=request.kind)
    row = conversation_in(ctx.db, ctx.address, REPLY.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else Draft()
    draft = begun if begun.request_id == request.id else Draft(request_id=request.id)
    draft.answers = answers
    REPLY.begin(ctx, draft)


def _ask_letter(at: Here) -> Text:
    ctx, draft, request = at.ctx, at.draft, at.subject
    text, files = draft.text, len(draft.sent_along)
    if is_mine(ctx, request):
        return phrases.write_to_cell(text=text, files=files)
    name = name_of(ctx, request.member_id)
    return phrases.write_here(name=name, text=text, files=files, answers=draft.answers)


def _send(at: Here) -> None:
    ctx, request = at.ctx, at.subject
    did, to = _write(ctx, request, at.draft)
    words = phrases.reply_sent(ways_=ways_to(ctx.db, request, did, to, now=ctx.now), zone=ctx.zone)
    if is_mine(ctx, request):
        show_own(ctx, request, words)
    else:
        ctx.show(words, [[Button(phrases.SEE, f"request:see:{request.id}")], MENU])


def _write(ctx: Context, request: HelpRequest, draft: Draft) -> tuple[Did, list[int]]:
    """What was done with it, and who is told."""
    mine, policies = is_mine(ctx, request), ctx.policies
    if draft.answers:
        answer_request(ctx.db, request, by_id=ctx.me.id, text=draft.text, files=draft.sent_along, now=ctx.now)
        return Did.ANSWERED, [request.member_id]
    if mine and not request.is_help:
        write_again(
            ctx.db,
            request,
            text=draft.text,
            files=draft.sent_along,
            policy=policies.request,
            calendar=policies.workday,
            now=ctx.now,
        )
        return Did.AGAIN, list(seers(ctx.db, request, now=ctx.now))
    reply_request(
        ctx.db,
        request,
        by_id=ctx.me.id,
        text=draft.text,
        files=draft.sent_along,
        policy=policies.request,
        now=ctx.now,
    )
    return Did.REPLIED, those_in_charge(ctx.db, request, now=ctx.now) if mine else [request.member_id]


REPLY: Form[Draft, HelpRequest] = Form(
    "request_reply",
    phrases.ANSWERING,
    Draft,
    right=lambda ctx, draft: any_request(ctx, draft.request_id),
    fields=(Field("letter", _ask_letter, Letters(common.SEND)),),
    save=_send,
    edited=take_letter_edit,
)
