"""What was typed, read beside what was shown: a number becomes the button that it stands for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers.ground.context import Context, Incoming, Kind
from models.delivery.choices import note_spoken, read_choice, refuse_unless
from models.delivery.conversation import current_conversation
from models.ground.errors import Refused
from models.phrases.delivery import choices as phrases


def meant_by(ctx: Context, *, sent_at: datetime) -> Incoming:
    """Return what is meant on a channel without buttons; Refused with a hint where a number stands for nothing.

    A number is an answer like any other where words are asked for and nothing can be chosen.
    """
    incoming = ctx.incoming
    if ctx.address.limits.buttons or incoming.kind is Kind.GROUP:
        return incoming
    note_spoken(ctx.db, ctx.address)
    if incoming.kind is Kind.OTHER and ctx.member is not None:
        raise Refused(phrases.only_words())
    if incoming.kind is not Kind.TEXT:
        return incoming
    asked = current_conversation(ctx.db, ctx.address) is not None
    picked = read_choice(ctx.db, ctx.address, incoming.text, sent_at=sent_at)
    if picked is None or (ctx.member is None and not asked and not picked.to):
        return incoming
    to = refuse_unless(picked, asked=asked)
    return incoming if to is None else replace(incoming, kind=Kind.BUTTON, data=to, text="")
