"""Names, phone numbers, answering for somebody: protected screens, each right asked anew.

list ──> one person ─┬─ their number (a look leaves a row)
                     └─ "I have just spoken with them": safe, needs help, wants a call
"""

from __future__ import annotations

from datetime import datetime

from handlers.contact.rollcall.door import HOME, SeenRollCall, named
from handlers.ground.arguments import number_or_0, one_of
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, paged
from handlers.people.whereabouts import place_name
from models.contact.rollcall import (
    ANSWERS,
    RollCall,
    RollCallPerson,
    Safety,
    SafetyLine,
    SafetyList,
    answer_roll_call,
    answers_in,
    people_listed,
)
from models.delivery.message import Button
from models.ground.phones import show_phone
from models.people.assignment import may_see_member, require_member
from models.people.member import Member, decent_for, names_of, record_look
from models.people.rights import NotEntitled, Right
from models.phrases.common import paragraph
from models.phrases.contact import rollcall as phrases
from models.phrases.desk import desk as desk_phrases
from models.phrases.text import LABEL, Text, fitting, raw

_SPOKE = {
    Safety.SAFE: phrases.SPOKE_SAFE,
    Safety.NEEDS: phrases.SPOKE_NEEDS,
    Safety.CALL: phrases.SPOKE_CALL,
}


def show_list(ctx: Context, arguments: list[str]) -> None:
    """Show one list: rollwho:list:roll call:which:page. Each name opens the person."""
    found, which = named(ctx, arguments), one_of(SafetyList, arguments, 1)
    people = people_listed(ctx.db, found.call.id, which, cells=found.cells, members=found.members)
    to = f"rollwho:list:{found.call.id}:{which}"
    part, turn = paged(people, number_or_0(arguments, 2), SCREEN - 3, lambda page: f"{to}:{page}")
    for one in part:
        record_look(ctx.db, reader_id=ctx.me.id, member_id=one.member.id, what="rollcall.list", now=ctx.now)
    words = phrases.people(
        which=which,
        occasion=found.call.occasion,
        rows=[_line(ctx, one) for one in part],
        count=len(people),
    )
    names = [
        [
            Button(
                raw(fitting(one.member.full_name, LABEL)),
                f"rollwho:one:{found.call.id}:{one.member.id}",
            )
        ]
        for one in part
    ]
    ctx.show(words, [*names, turn, _board(found.call), HOME])


def _line(ctx: Context, one: SafetyLine) -> Text:
    return phrases.person_line(
        name=one.member.full_name,
        place=place_name(one.member.place_code),
        at=ctx.now,
        zone=one.member.zone,
        state=one.person.state,
        way=one.way,
    )


def _board(call: RollCall) -> list[Button]:
    return [Button(phrases.OPEN_BOARD, f"rollcall:see:{call.id}")]


# --- one of them ----------------------------------------------------------------------------------------------------


def _one(ctx: Context, arguments: list[str]) -> tuple[SeenRollCall, SafetyLine]:
    """A person called on, whom this reader may see now; whether others are called on nobody learns."""
    found, member = named(ctx, arguments), ctx.db.get(Member, number_or_0(arguments, 1))
    if member is None or not may_see_member(ctx.db, ctx.me.id, member, now=ctx.now, right=Right.SEE_CARD):
        raise NotEntitled
    for which in SafetyList:
        for line in people_listed(ctx.db, found.call.id, which, cells=[], members=[member.id]):
            return found, line
    raise NotEntitled


def see_one(ctx: Context, arguments: list[str]) -> None:
    found, line = _one(ctx, arguments)
    record_look(ctx.db, reader_id=ctx.me.id, member_id=line.member.id, what="rollcall.list", now=ctx.now)
    _show_one(ctx, found.call, line)


def _show_one(
    ctx: Context, call: RollCall, line: SafetyLine, *more: Text, number_shown: bool = False
) -> None:
    member, person = line.member, line.person
    words = phrases.person(
        name=member.full_name,
        occasion=call.occasion,
        place=place_name(member.place_code),
        clock=desk_phrases.clock_there(
            now=ctx.now, zone=member.zone, decent=decent_for(member, ctx.now) == ctx.now
        ),
        state=person.state,
        way=line.way,
        answers=_answers(ctx, person),
        zone=ctx.zone,
    )
    at = f"{call.id}:{member.id}"
    phone = [] if number_shown else [[Button(phrases.PHONE, f"rollwho:phone:{at}")]]
    says: list[list[Button]] = []
    if member.id != ctx.me.id and may_see_member(
        ctx.db, ctx.me.id, member, now=ctx.now, right=Right.RECORD_CONTACT
    ):
        says = [[Button(_SPOKE[one], f"rollwho:says:{at}:{one}")] for one in ANSWERS]
    to_list = [Button(phrases.TO_CALL, f"rollwho:list:{call.id}:{SafetyList.TO_CALL}:0")]
    ctx.show(paragraph(*more, words), [*phone, *says, to_list, _board(call)])


def _answers(ctx: Context, person: RollCallPerson) -> list[tuple[datetime, str, str]]:
    found = answers_in(ctx.db, person.id)
    names = names_of(ctx.db, {one.by_id for one in found})
    return [
        (one.at, one.state, "" if one.by_id == person.member_id else names.get(one.by_id, ""))
        for one in found
    ]


def show_number(ctx: Context, arguments: list[str]) -> None:
    """Show the number on the roster. The look leaves a row."""
    found, line = _one(ctx, arguments)
    require_member(ctx.db, ctx.me.id, line.member, now=ctx.now, right=Right.SEE_CARD)
    phone = line.member.phone
    if phone is None:
        _show_one(ctx, found.call, line, phrases.no_number(), number_shown=True)
        return
    record_look(ctx.db, reader_id=ctx.me.id, member_id=line.member.id, what="member.phone", now=ctx.now)
    words = phrases.number(e164=phone, shown=show_phone(phone))
    _show_one(ctx, found.call, line, words, number_shown=True)


def says(ctx: Context, arguments: list[str]) -> None:
    """Answer for somebody: rollwho:says:roll call:member:answer."""
    found, line = _one(ctx, arguments)
    answer = one_of(Safety, arguments, 2)
    answer_roll_call(
        ctx.db, found.call, line.member, answer, by_id=ctx.me.id, policies=ctx.policies, now=ctx.now
    )
    _, line = _one(ctx, arguments)
    _show_one(ctx, found.call, line, phrases.spoken_for(name=line.member.full_name, answer=answer))
