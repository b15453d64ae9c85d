"""Who follows a cell and is not here yet: NAME ─> YEAR ─> PHONE ─> CONFIRM ─> an invite

Somebody who is here under this name and number opens the invite in their own chat, and has one more office (joining.py).
"""

from __future__ import annotations

from handlers.desk.roster.common import TypedPerson, fact
from handlers.desk.roster.inviting import hand_out
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form
from handlers.people.unit.door import cell_for
from models.delivery.message import Button
from models.desk.committee.following import name_follower
from models.desk.roster import Column
from models.ground.phones import show_phone
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases.desk import committee as phrases
from models.phrases.text import Text


class Draft(TypedPerson):
    cell_id: int = 0


def begin_naming(ctx: Context, arguments: list[str]) -> None:
    NAMING.begin(ctx, Draft(cell_id=number(arguments)))


def _look_over(at: At[Draft, Unit]) -> Text:
    draft = at.draft
    return phrases.confirm_new_follower(
        cell=at.subject.name,
        name=draft.full_name,
        birth_year=draft.birth_year,
        phone=show_phone(draft.phone) if draft.phone else "",
    )


def _invite(at: At[Draft, Unit]) -> None:
    ctx, draft = at.ctx, at.draft
    member = name_follower(
        ctx.db,
        at.subject,
        full_name=draft.full_name,
        birth_year=draft.birth_year,
        phone=draft.phone,
        by_id=ctx.me.id,
        now=ctx.now,
    )
    hand_out(ctx, member, back=Button(phrases.BACK, f"committee:cell:{at.subject.id}"))


NAMING: Form[Draft, Unit] = Form(
    "committee_naming",
    phrases.FOLLOWING_NEW,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.APPOINT_FOLLOWER),
    fields=(
        fact(Column.NAME),
        fact(Column.BIRTH_YEAR),
        fact(Column.PHONE),
        Field("confirm", _look_over, Confirm(phrases.INVITE_FOLLOWER), proof=True),
    ),
    save=_invite,
)
