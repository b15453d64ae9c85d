"""The secretary of a cell is named, replaced, or invited again.

NAME ─> YEAR ─> PHONE ─> CONFIRM ─> QR          again: a lost phone
"""

from __future__ import annotations

from handlers.desk.roster.common import MENU, TypedPerson, fact
from handlers.desk.roster.inviting import hand_out
from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Field, Form
from handlers.people.unit.door import cell_for, secretaries_of
from models.delivery.message import Button, Lane, Message
from models.desk.handover import begin_handover
from models.desk.office import can_be_reached, let_go
from models.desk.roster import Column, add_row, change_facts, compare_roster
from models.ground.errors import Refused
from models.ground.phones import show_phone
from models.people.member import Member, account_of, tell
from models.people.rights import Right, Role, appoint, appointments, end_appointment
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import roster_talk as roster_phrases
from models.phrases.people import unit as phrases
from models.phrases.text import Text


class SecretaryDraft(TypedPerson):
    cell_id: int = 0


def begin_secretary(ctx: Context, arguments: list[str]) -> None:
    SECRETARY.begin(ctx, SecretaryDraft(cell_id=number(arguments)))


def _cell(ctx: Context, cell_id: int) -> Unit:
    return cell_for(ctx, cell_id, Right.CREATE_UNIT)


def _look_over(at: At[SecretaryDraft, Unit]) -> Text:
    ctx, draft, cell = at.ctx, at.draft, at.subject
    return phrases.confirm_secretary(
        name=draft.full_name,
        birth_year=draft.birth_year,
        phone=show_phone(draft.phone) if draft.phone else "",
        cell=cell.name,
        replaces=any(one != _known(ctx, draft) for one in secretaries_of(ctx, cell)),
    )


def _known(ctx: Context, draft: SecretaryDraft) -> int | None:
    """The person of the draft, if on the cell's roster already."""
    compared = compare_roster(ctx.db, draft.cell_id, [draft.row()])
    found = [*(update.member for update in compared.changed), *compared.same]
    return found[0].id if found else None


def _name_secretary(at: At[SecretaryDraft, Unit]) -> None:
    ctx, cell = at.ctx, at.subject
    member = _on_roster(ctx, at.draft)
    _replace(ctx, cell, member)
    back = Button(phrases.TO_UNIT, f"unit:see:{cell.id}")
    if account_of(ctx.db, member.id) is None:
        hand_out(ctx, member, back=back)
    else:
        again = [Button(phrases.INVITE_SECRETARY, f"unit:invite:{cell.id}")]
        ctx.show(phrases.secretary_named(name=member.full_name, cell=cell.name), [again, [back], MENU])


def invite_secretary(ctx: Context, arguments: list[str]) -> None:
    """Invite the secretary anew. Of a registered one it is asked whether that is meant.

    They may have lost the phone or the account, and where there is no deputy nobody else can invite them.
    """
    cell = _cell(ctx, number(arguments))
    holding = secretaries_of(ctx, cell, asleep=True)
    back = Button(phrases.TO_UNIT, f"unit:see:{cell.id}")
    if not holding:
        raise Refused(phrases.gone())
    member = ctx.db.get_one(Member, holding[0])
    if account_of(ctx.db, member.id) is None or arguments[1:] == ["yes"]:
        hand_out(ctx, member, back=back)
        return
    yes = Button(roster_phrases.YES_DO, f"unit:invite:{cell.id}:yes")
    ctx.show(roster_phrases.invite_again(name=member.full_name), [[yes], [back], MENU])


def _on_roster(ctx: Context, draft: SecretaryDraft) -> Member:
    """The person of the draft on the cell's roster: found as an import would find them, else added."""
    row = draft.row()
    compared = compare_roster(ctx.db, draft.cell_id, [row])
    if compared.unclear:
        raise Refused(phrases.several_alike())
    if compared.new:
        return add_row(ctx.db, draft.cell_id, row, by_id=ctx.me.id, now=ctx.now)
    for update in compared.changed:
        if Column.PHONE in update.after:
            phone = {Column.PHONE: update.after[Column.PHONE]}
            change_facts(ctx.db, update.member, phone, ctx.policies.checkin, by_id=ctx.me.id, now=ctx.now)
        return update.member
    return compared.same[0]


def _replace(ctx: Context, cell: Unit, member: Member) -> None:
    """Whoever was secretary is so no longer, and is told; rights change with this very minute.

    Who is connected takes the office over with all that waits in it; who is not yet gets it once they are invited.
    """
    if member.id not in secretaries_of(ctx, cell, asleep=True) and can_be_reached(ctx.db, member.id):
        begin_handover(ctx.db, cell, to_id=member.id, by_id=ctx.me.id, now=ctx.now)
        return
    for holder_id in secretaries_of(ctx, cell, asleep=True):
        if holder_id == member.id:
            continue
        for held in appointments(ctx.db, holder_id, now=ctx.now, asleep=True):
            if held.unit_id == cell.id and held.role == Role.SECRETARY:
                end_appointment(ctx.db, held, by_id=ctx.me.id, now=ctx.now)
                let_go(ctx.db, holder_id, now=ctx.now)
                words, key = phrases.you_are_no_secretary(cell=cell.name), f"unit.ended:{held.id}"
                _tell(ctx, ctx.db.get_one(Member, holder_id), words, key=key)
    ctx.db.flush()
    if member.id in secretaries_of(ctx, cell, asleep=True):
        return
    new = appoint(
        ctx.db, member_id=member.id, unit_id=cell.id, role=Role.SECRETARY, by_id=ctx.me.id, now=ctx.now
    )
    _tell(ctx, member, phrases.you_are_secretary(cell=cell.name), key=f"unit.appointed:{new.id}")


def _tell(ctx: Context, member: Member, words: Text, *, key: str) -> None:
    message = Message(words, [[Button(common.MENU, "nav:menu")]])
    tell(ctx.db, member, message, key=key, lane=Lane.ALERT, now=ctx.now)


SECRETARY: Form[SecretaryDraft, Unit] = Form(
    "unit_secretary",
    phrases.NAMING_SECRETARY,
    SecretaryDraft,
    right=lambda ctx, draft: _cell(ctx, draft.cell_id),
    fields=(
        fact(Column.NAME),
        fact(Column.BIRTH_YEAR),
        fact(Column.PHONE),
        Field("confirm", _look_over, Confirm(phrases.NAME_AND_INVITE), proof=True),
    ),
    save=_name_secretary,
)
