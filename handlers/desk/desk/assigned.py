"""Whom somebody was asked to keep in touch with: what one needs to phone, and nothing else.

    /chibo ── those assigned to me, who owes first ──> one ──┬─ call: the phone, which leaves a row
                                                             └─ contacted: contact.py

The assignment is asked for at every step: it may have ended since a button was shown.
"""

from __future__ import annotations

from datetime import date

from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import Row, turning
from handlers.people.whereabouts import place_name
from models.away.away import ContactCard, contact_card
from models.contact.checkin import Checkin, CheckinKind, CheckinState
from models.contact.ladder import open_ladder
from models.delivery.message import Button
from models.ground.phones import show_phone
from models.people.assignment import assigned_members
from models.people.member import Member, decent_for, record_look
from models.people.rights import NotEntitled, Right, may
from models.phrases import common
from models.phrases.contact import ladder as ladder_phrases, sign_of_life as sign_words
from models.phrases.desk import call_sheet as sheet_words, desk as desk_phrases
from models.phrases.people import assignment as phrases
from models.phrases.text import Text, raw

PAGE = 4  # with the ways to turn, the sheet and the way back eight buttons
MENU = [Button(common.MENU, "nav:menu")]


def assigned_to_me(ctx: Context) -> list[Member]:
    """Return those assigned to the speaker, of cells whose desk they do not see anyway."""
    return [
        member
        for member in assigned_members(ctx.db, ctx.me.id, now=ctx.now)
        if not may(ctx.db, ctx.me.id, Right.SEE_DESK, member.cell_id or 0, now=ctx.now)
    ]


def _all_mine(ctx: Context) -> list[Member]:
    return assigned_members(ctx.db, ctx.me.id, now=ctx.now)


def open_mine(ctx: Context, arguments: list[str]) -> None:
    """Show those whom one keeps in touch with oneself; a secretary or deputy may have some, too."""
    if not _all_mine(ctx):
        raise NotEntitled
    show_mine(ctx, page=number_or_0(arguments))


def show_mine(ctx: Context, note: Text | None = None, *, page: int = 0) -> None:
    """Show who owes a report first, then those who were heard of longest ago."""
    members = sorted(_all_mine(ctx), key=lambda member: _urgency(ctx, member))
    pages = max(-(-len(members) // PAGE), 1)
    page = min(page, pages - 1)
    shown = members[page * PAGE : (page + 1) * PAGE]
    lines = [_line(ctx, member) for member in shown]
    words = phrases.mine(count=len(members), rows=lines)
    buttons = [[Button(raw(member.full_name), f"desk:keep:{member.id}")] for member in shown]
    turn = turning(page, pages, lambda to: f"desk:mine:{to}")
    sheet = [Button(sheet_words.SHEET, f"sheet:home:{ctx.me.cell_id}")] if members else []
    ctx.show(common.paragraph(note, words) if note else words, [*buttons, turn, sheet, MENU])


def _urgency(ctx: Context, member: Member) -> tuple[bool, date]:
    owed = contact_card(ctx.db, member).owed
    return not owed, member.heard_on or date.min


def _line(ctx: Context, member: Member) -> Text:
    return phrases.line(
        name=member.full_name,
        place=place_name(member.place_code),
        at=ctx.now,
        zone=member.zone,
        last=sign_words.last(on=member.heard_on, how=member.heard_how),
        owed=_owed(contact_card(ctx.db, member)),
    )


def _owed(card: ContactCard) -> list[Text]:
    return [_state(checkin) for checkin in card.owed]


def _state(checkin: Checkin) -> Text:
    if checkin.state == CheckinState.EXCUSED and checkin.excused_until:
        return desk_phrases.excused_until(until=checkin.excused_until)
    adhoc = checkin.kind == CheckinKind.ADHOC
    return desk_phrases.owes(state=checkin.state, due_at=checkin.due_at, adhoc=adhoc)


# --- one of them ----------------------------------------------------------------------------------------------------


def see_one(ctx: Context, arguments: list[str]) -> None:
    show_one(ctx, _mine(ctx, arguments))


def _mine(ctx: Context, arguments: list[str]) -> Member:
    """The member, if assigned to me now: nobody learns whether others exist."""
    found = next((one for one in _all_mine(ctx) if one.id == number_or_0(arguments)), None)
    if found is None:
        raise NotEntitled
    return found


def show_one(ctx: Context, member: Member, phone: Text | None = None) -> None:
    good = decent_for(member, ctx.now) == ctx.now
    words = phrases.card(
        name=member.full_name,
        place=place_name(member.place_code),
        clock=desk_phrases.clock_there(now=ctx.now, zone=member.zone, decent=good),
        last=sign_words.last(on=member.heard_on, how=member.heard_how),
        owed=_owed(contact_card(ctx.db, member)),
    )
    call_them = [Button(desk_phrases.CALL, f"desk:keepcall:{member.id}")] if phone is None else []
    rows: list[Row] = [
        [*call_them, Button(desk_phrases.NOTE, f"desk:note:m:{member.id}")],
        take_row(ctx, member.id),
        [Button(phrases.TO_MINE, "desk:mine:0")],
    ]
    more = [one for one in (_promise(ctx, member), phone) if one]
    ctx.show(common.paragraph(words, *more), [*rows, MENU])


def _promise(ctx: Context, member: Member) -> Text | None:
    ladder = open_ladder(ctx.db, member.id)
    if ladder is None or ladder.owner_id is None or ladder.promised_on is None:
        return None
    by = ctx.db.get_one(Member, ladder.owner_id).full_name
    return ladder_phrases.promise(by=by, on=ladder.promised_on, mine=ladder.owner_id == ctx.me.id)


def take_row(ctx: Context, member_id: int) -> Row:
    """Offer to take the silence that somebody is to end by calling, or to see who has it, while there is one."""
    ladder = open_ladder(ctx.db, member_id)
    if ladder is None:
        return []
    if ladder.owner_id is not None:
        return [Button(ladder_phrases.WHO_HAS_IT, f"desk:ladder:{ladder.id}")]
    return [Button(ladder_phrases.TAKE, f"desk:take:{ladder.id}")]


def call(ctx: Context, arguments: list[str]) -> None:
    """Show the number there, else the one on the roster. The look leaves a row."""
    member = _mine(ctx, arguments)
    number_ = contact_card(ctx.db, member).phone
    if number_ is None:
        show_one(ctx, member, phone=phrases.no_phone())
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=member.id, what="member.phone", now=ctx.now)
    show_one(ctx, member, phone=desk_phrases.phone(e164=number_, shown=show_phone(number_)))
