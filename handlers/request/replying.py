"""Writing about a request, from either side; it goes to the other.

letter (several messages, voice, photos) ──send──> told
"""

from __future__ import annotations

from enum import StrEnum

from handlers.arguments import number_or_0
from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin
from handlers.request.door import MENU, any_request, is_mine, name_of
from handlers.request.mine import show_own
from handlers.request.writing import Letter, letter_buttons, take_letter
from handlers.scans import voices
from models.conversation import conversation_in
from models.outbox import Button
from models.phrases import common
from models.phrases import request as phrases
from models.request import RequestSettled, reply_request


class Step(StrEnum):
    LETTER = "letter"


class Draft(Letter):
    request_id: int = 0


def begin_reply(ctx: Context, arguments: list[str]) -> None:
    """What was begun about the same request is gone on with."""
    request = any_request(ctx, number_or_0(arguments))
    if not request.is_open:
        raise RequestSettled(owner=None)
    row = conversation_in(ctx.db, ctx.chat_id, REPLY.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else Draft()
    draft = begun if begun.request_id == request.id else Draft(request_id=request.id)
    begin(ctx, REPLY, Step.LETTER, draft)


def ask_letter(ctx: Context, draft: Draft) -> Screen:
    request = any_request(ctx, draft.request_id)
    text, files = draft.text, len(draft.sent_along)
    if is_mine(ctx, request):
        words = phrases.write_to_cell(text=text, files=files)
    else:
        words = phrases.write_here(name=name_of(ctx, request.member_id), text=text, files=files)
    return Screen(words, letter_buttons(draft, common.SEND))


def take_reply(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if not take_letter(draft, answer):
        return Step.LETTER
    request = any_request(ctx, draft.request_id)
    reply_request(
        ctx.db,
        request,
        by_id=ctx.me.id,
        text=draft.text,
        files=draft.sent_along,
        policy=ctx.policies.request,
        now=ctx.now,
    )
    if is_mine(ctx, request):
        show_own(ctx, request, phrases.reply_sent())
    else:
        ctx.show(phrases.reply_sent(), [[Button(phrases.SEE, f"request:see:{request.id}")], MENU])
    return None


REPLY: Flow[Draft] = Flow(
    "request_reply",
    phrases.ANSWERING,
    Draft,
    {Step.LETTER: Question(ask_letter, take_reply, wants_file=voices)},
    right=lambda ctx, draft: any_request(ctx, draft.request_id),
)
