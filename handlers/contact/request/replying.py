"""Writing about a request, from either side; it goes to the other.

letter (several messages, voice, photos) ──send──> told
                                            └─ `answers`: it is the answer that a word or a petition was owed, and ends it
"""

from __future__ import annotations

from enum import StrEnum

from handlers.contact.request.door import MENU, any_request, is_mine, name_of, visible_request
from handlers.contact.request.mine import show_own
from handlers.contact.request.writing import Letter, letter_buttons, take_letter, take_letter_edit
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin
from handlers.ground.scans import voices
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
from models.delivery.outbox import Button
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.contact import request as phrases


class Step(StrEnum):
    LETTER = "letter"


class Draft(Letter):
    request_id: int = 0
    answers: bool = False


def begin_reply(ctx: Context, arguments: list[str]) -> None:
    _begin(ctx, any_request(ctx, number_or_0(arguments)), answers=False)


def begin_answer(ctx: Context, arguments: list[str]) -> None:
    request = visible_request(ctx, number_or_0(arguments))
    _begin(ctx, request, answers=not request.is_help)


def _begin(ctx: Context, request: HelpRequest, *, answers: bool) -> None:
    """What was begun about the same request is gone on with."""
    if not request.is_open and (request.is_help or not is_mine(ctx, request)):
        raise RequestSettled(owner=None, kind=request.kind)
    row = conversation_in(ctx.db, ctx.address, REPLY.room)
    begun = Draft.model_validate_json(row.draft) if row is not None and row.draft else Draft()
    draft = begun if begun.request_id == request.id else Draft(request_id=request.id)
    draft.answers = answers
    begin(ctx, REPLY, Step.LETTER, draft)


def ask_letter(ctx: Context, draft: Draft) -> Screen:
    request = any_request(ctx, draft.request_id)
    text, files = draft.text, len(draft.sent_along)
    if is_mine(ctx, request):
        words = phrases.write_to_cell(text=text, files=files)
    else:
        name = name_of(ctx, request.member_id)
        words = phrases.write_here(name=name, text=text, files=files, answers=draft.answers)
    return Screen(words, letter_buttons(draft, common.SEND))


def take_reply(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if not take_letter(draft, answer):
        return Step.LETTER
    if draft.is_empty:
        raise Refused(phrases.something_to_send())
    request = any_request(ctx, draft.request_id)
    did, to = _write(ctx, request, draft)
    words = phrases.reply_sent(ways_=ways_to(ctx.db, request, did, to, now=ctx.now), zone=ctx.zone)
    if is_mine(ctx, request):
        show_own(ctx, request, words)
    else:
        ctx.show(words, [[Button(phrases.SEE, f"request:see:{request.id}")], MENU])
    return None


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


REPLY: Flow[Draft] = Flow(
    "request_reply",
    phrases.ANSWERING,
    Draft,
    {Step.LETTER: Question(ask_letter, take_reply, wants_file=voices)},
    edited=take_letter_edit,
    right=lambda ctx, draft: any_request(ctx, draft.request_id),
)
