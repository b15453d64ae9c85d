"""One request in words with its thread, its files, and the numbers to call: the same for both sides."""

from __future__ import annotations

from handlers.contact.request.door import MENU, any_request, is_mine, name_of
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.people.whereabouts import place_name
from models.contact.request import (
    HelpRequest,
    RequestReply,
    Written,
    delivered,
    moves_of,
    replies_of,
    whereabouts_of,
)
from models.delivery.message import Attachment, Button, Method, Writer
from models.ground.places.emergency import emergency_numbers
from models.people.member import record_look
from models.people.unit import Unit
from models.phrases.contact import request as phrases
from models.phrases.text import Text

_SHOWN = 12  # replies on a screen, the newest
_METHODS = {
    "voice": (Method.VOICE, "ghi-am.ogg"),
    "photo": (Method.PHOTO, "anh.jpg"),
    "document": (Method.DOCUMENT, "tep"),
}


def standing_of(ctx: Context, request: HelpRequest) -> phrases.RequestStanding:
    on = request.promised_on if request.is_help else request.answer_by
    return phrases.RequestStanding(
        kind=request.kind,
        state=request.state,
        owner=name_of(ctx, request.owner_id),
        on=on,
        past=request.lapsed_at is not None,
    )


def in_words(ctx: Context, request: HelpRequest) -> Text:
    thread = replies_of(ctx.db, request.id)
    mine = is_mine(ctx, request)
    unit = ctx.db.get(Unit, request.unit_id) if request.unit_id else None
    return phrases.shown(
        name="" if mine else name_of(ctx, request.member_id),
        where=whereabouts_of(ctx.db, request),
        topic=request.topic,
        urgency=request.urgency,
        text=request.text or "",
        opened_at=request.opened_at,
        zone=ctx.zone,
        standing=standing_of(ctx, request),
        to=unit.name if unit else "",
        private=request.is_private,
        deliveries=_deliveries(ctx, request) if mine else [],
        thread=[_line(one) for one in thread[-_SHOWN:]],
        left_out=max(len(thread) - _SHOWN, 0),
    )


def _deliveries(ctx: Context, request: HelpRequest) -> list[phrases.Delivery]:
    """What became of what the member wrote last, while nobody has taken it."""
    own = [move for move in moves_of(ctx.db, request.id) if move.by_id == request.member_id]
    if not own or request.owner_id is not None or not request.is_open:
        return []
    return delivered(ctx.db, request, own[-1])


def _line(one: Written) -> phrases.ReplyLine:
    return phrases.ReplyLine(one.name, one.reply.at, one.reply.text or "", len(one.reply.files))


def files_button(ctx: Context, request: HelpRequest) -> list[Button]:
    if any(one.reply.files for one in replies_of(ctx.db, request.id)):
        return [Button(phrases.FILES, f"request:files:{request.id}")]
    return []


def show_files(ctx: Context, arguments: list[str]) -> None:
    """Show everything that was sent along, each file as what it was. The look of anybody else leaves a row."""
    request = any_request(ctx, number_or_0(arguments))
    if not is_mine(ctx, request):
        record_look(
            ctx.db, reader_id=ctx.me.id, member_id=request.member_id, what="request.files", now=ctx.now
        )
    for one in replies_of(ctx.db, request.id):
        _send_files(ctx, request, one.reply, one.name)
    where = "own" if is_mine(ctx, request) else "see"
    label = phrases.MY_REQUEST if is_mine(ctx, request) else phrases.SEE
    ctx.say(in_words(ctx, request), [[Button(label, f"request:{where}:{request.id}")], MENU])


def _send_files(ctx: Context, request: HelpRequest, reply: RequestReply, name: str) -> None:
    writer = Writer(reply.by_id, f"request:say:{request.id}") if reply.by_id != ctx.me.id else None
    for file in reply.files:
        method, file_name = _METHODS[file.kind]
        words = phrases.a_file(name=name, at=reply.at, zone=ctx.zone)
        ctx.send_file(Attachment(file_name, file_id=file.file_id), words, method=method, writer=writer)


def numbers(ctx: Context) -> Text:
    """Return whom to call where this person declared to be."""
    known = emergency_numbers(ctx.me.place_code)
    return phrases.emergency(
        place=place_name(ctx.me.place_code),
        numbers=[phrases.Number(*one) for one in known.numbers] if known else [],
        checked_on=known.compared_on if known else None,
        hotline=ctx.policies.request.hotline,
    )


def show_numbers(ctx: Context, _arguments: list[str]) -> None:
    ctx.say(numbers(ctx), [MENU])
