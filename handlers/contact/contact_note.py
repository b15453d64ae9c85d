"""The member corrects what somebody wrote about them.

"Not right" ──> what is right ──> both are kept, the writer is told
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel

from handlers.ground import conversation
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen
from models.contact.contact_note import ContactNote, correct_contact_note
from models.delivery.outbox import Button
from models.ground.errors import Refused
from models.ground.marking import clean
from models.phrases import common
from models.phrases.contact import contact_note as phrases

LIMIT = 2_000


class Step(StrEnum):
    CORRECTION = "correction"


class Draft(BaseModel):
    note_id: int = 0


def correct(ctx: Context, arguments: list[str]) -> None:
    note = _mine(ctx, number_or_0(arguments))
    conversation.begin(ctx, FLOW, Step.CORRECTION, Draft(note_id=note.id))


def _mine(ctx: Context, note_id: int) -> ContactNote:
    note = ctx.db.get(ContactNote, note_id)
    if note is None or note.member_id != ctx.me.id:
        raise Refused(common.gone_button())
    return note


def ask_correction(ctx: Context, draft: Draft) -> Screen:
    note = _mine(ctx, draft.note_id)
    return Screen(phrases.what_is_right(result=note.correction or note.result or ""))


def take_correction(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    text = clean(answer.words(limit=LIMIT))
    correct_contact_note(ctx.db, _mine(ctx, draft.note_id), correction=text, now=ctx.now)
    ctx.show(phrases.thanks(), [[Button(common.MENU, "nav:menu")]])
    return None


FLOW: Flow[Draft] = Flow(
    "contact_note",
    phrases.CORRECTING,
    Draft,
    {Step.CORRECTION: Question(ask_correction, take_correction)},
    right=lambda ctx, draft: _mine(ctx, draft.note_id),
)
