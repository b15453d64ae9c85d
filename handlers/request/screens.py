"""One request in words with its thread, its files, and the numbers to call: the same for both sides."""

from __future__ import annotations

from handlers.arguments import number_or_0
from handlers.context import Context
from handlers.request.door import MENU, any_request, is_mine, name_of
from handlers.whereabouts import place_name
from models.member import record_look
from models.outbox import Attachment, Button, Method
from models.phrases import request as phrases
from models.phrases.text import Text
from models.places.emergency import emergency_numbers
from models.request import HelpRequest, RequestReply, Written, replies_of

_SHOWN = 12  # replies on a screen, the newest
_METHODS = {"voice": (Method.VOICE, "ghi-am.ogg"), "photo": (Method.PHOTO, "anh.jpg")}


def in_words(ctx: Context, request: HelpRequest) -> Text:
    thread = replies_of(ctx.db, request.id)
    return phrases.shown(
        name="" if is_mine(ctx, request) else name_of(ctx, request.member_id),
        topic=request.topic,
        urgency=request.urgency,
        text=request.text or "",
        opened_at=request.opened_at,
        zone=ctx.zone,
        state=request.state,
        owner=name_of(ctx, request.owner_id),
        on=request.promised_on,
        private=request.is_private,
        thread=[_line(one) for one in thread[-_SHOWN:]],
        left_out=max(len(thread) - _SHOWN, 0),
    )


def _line(one: Written) -> phrases.Line:
    return phrases.Line(one.name, one.reply.at, one.reply.text or "", len(one.reply.files))


def files_button(ctx: Context, request: HelpRequest) -> list[Button]:
    if any(one.reply.files for one in replies_of(ctx.db, request.id)):
        return [Button(phrases.FILES, f"request:files:{request.id}")]
    return []


def show_files(ctx: Context, arguments: list[str]) -> None:
    """Everything that was sent along, as what it was; another's look leaves a row."""
    request = any_request(ctx, number_or_0(arguments))
    if not is_mine(ctx, request):
        record_look(
            ctx.db, reader_id=ctx.me.id, member_id=request.member_id, what="request.files", now=ctx.now
        )
    for one in replies_of(ctx.db, request.id):
        _send_files(ctx, one.reply, one.name)
    where = "own" if is_mine(ctx, request) else "see"
    label = phrases.MY_REQUEST if is_mine(ctx, request) else phrases.SEE
    ctx.say(in_words(ctx, request), [[Button(label, f"request:{where}:{request.id}")], MENU])


def _send_files(ctx: Context, reply: RequestReply, name: str) -> None:
    for file in reply.files:
        method, file_name = _METHODS[file.kind]
        words = phrases.a_file(name=name, at=reply.at, zone=ctx.zone)
        ctx.send_file(Attachment(file_name, file_id=file.file_id), words, method=method)


def numbers(ctx: Context) -> Text:
    """Whom to call where this person declared to be."""
    known = emergency_numbers(ctx.me.place_code)
    return phrases.emergency(
        place=place_name(ctx.me.place_code),
        numbers=[phrases.Number(*one) for one in known.numbers] if known else [],
        checked_on=known.compared_on if known else None,
        hotline=ctx.policies.request.hotline,
    )


def show_numbers(ctx: Context, _arguments: list[str]) -> None:
    ctx.say(numbers(ctx), [MENU])
