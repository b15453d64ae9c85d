"""The member corrects what somebody wrote about them.

"Not right" ──> what is right ──> both are kept, the writer is told
"""

from __future__ import annotations

from pydantic import BaseModel

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Field, Form, Prose
from models.contact.contact_note import ContactNote, correct_contact_note
from models.delivery.message import Button
from models.ground.errors import Refused
from models.phrases import common
from models.phrases.contact import contact_note as phrases

LIMIT = 2_000


class Draft(BaseModel):
    note_id: int = 0
    correction: str = ""


def correct(ctx: Context, arguments: list[str]) -> None:
    FLOW.begin(ctx, Draft(note_id=number_or_0(arguments)))


def _mine(ctx: Context, note_id: int) -> ContactNote:
    note = ctx.db.get(ContactNote, note_id)
    if note is None or note.member_id != ctx.me.id:
        raise Refused(common.gone_button())
    return note


def _save(at: At[Draft, ContactNote]) -> None:
    correct_contact_note(at.ctx.db, at.subject, correction=at.draft.correction, now=at.ctx.now)
    at.ctx.show(phrases.thanks(), [[Button(common.MENU, "nav:menu")]])


FLOW: Form[Draft, ContactNote] = Form(
    "contact_note",
    phrases.CORRECTING,
    Draft,
    right=lambda ctx, draft: _mine(ctx, draft.note_id),
    fields=(
        Field(
            "correction",
            lambda at: phrases.what_is_right(result=at.subject.correction or at.subject.result or ""),
            Prose(LIMIT),
        ),
    ),
    save=_save,
)
