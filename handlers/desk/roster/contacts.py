"""One contact for several members at once.

CONTACT ──who keeps in touch──> WHOM ──names on and off──> WHOM ──assign──> the list again
                                  those away who have nobody are chosen already
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from handlers.desk.roster.choosing import Choosing, ask_person, take_person
from handlers.desk.roster.common import MENU, cell_for, closely
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from models.delivery.outbox import Button
from models.desk.office import let_go
from models.ground.errors import Refused
from models.ground.names import fold
from models.people.assignment import assign_many, contacts_of
from models.people.member import Member, hears, roster
from models.people.rights import Right
from models.phrases import common
from models.phrases.desk import roster_talk as phrases

_ONE_PAGE, _A_PAGE, _LONGEST = 5, 3, 60


class Step(StrEnum):
    CONTACT = "contact"
    WHOM = "whom"


class Draft(Choosing):
    cell_id: int = 0
    contact_id: int = 0
    chosen: list[int] = Field(default_factory=list)
    at: int = 0  # the page of those to choose


def tapped(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.ASSIGN_CONTACT)
    if not any(one.place_code for one in roster(ctx.db, cell.id)):
        raise Refused(phrases.nobody_away())
    begin(ctx, FLOW, Step.CONTACT, Draft(cell_id=cell.id))


def _everybody(ctx: Context, draft: Draft) -> list[Member]:
    return roster(ctx.db, cell_for(ctx, draft.cell_id, Right.ASSIGN_CONTACT).id)


def ask_contact(ctx: Context, draft: Draft) -> Screen:
    return ask_person(draft, _everybody(ctx, draft), phrases.who_keeps())


def take_contact(ctx: Context, draft: Draft, answer: Answer) -> Step:
    found = take_person(draft, _everybody(ctx, draft), answer)
    if found is None:
        return Step.CONTACT
    draft.contact_id = found.id
    alone = [one for one in _away(ctx, draft) if not contacts_of(ctx.db, one.id, now=ctx.now)]
    draft.chosen, draft.at = [one.id for one in alone], 0
    return Step.WHOM


def _away(ctx: Context, draft: Draft) -> list[Member]:
    return [one for one in _everybody(ctx, draft) if one.place_code and one.id != draft.contact_id]


def ask_whom(ctx: Context, draft: Draft) -> Screen:
    away = _away(ctx, draft)
    size = _ONE_PAGE if len(away) <= _ONE_PAGE else _A_PAGE
    pages = max(-(-len(away) // size), 1)
    draft.at = min(draft.at, pages - 1)
    rows = [
        [choice(phrases.chosen_name(name=closely(one), chosen=one.id in draft.chosen), f"m:{one.id}")]
        for one in away[draft.at * size : (draft.at + 1) * size]
    ]
    turn = [choice(common.PREVIOUS, f"page:{draft.at - 1}")] if draft.at else []
    turn += [choice(common.NEXT, f"page:{draft.at + 1}")] if draft.at + 1 < pages else []
    chosen = [one.full_name for one in away if one.id in draft.chosen]
    words = phrases.whom_with(
        contact=ctx.db.get_one(Member, draft.contact_id).full_name, chosen=len(chosen), names=chosen
    )
    return Screen(words, [[choice(phrases.assign_these(count=len(chosen)), "yes")], *rows, turn])


def take_whom(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    away = _away(ctx, draft)
    if answer.value is None:
        words = fold(answer.words(limit=_LONGEST)).split()
        found = [one for one in away if all(word in one.folded for word in words)]
        if not found:
            raise Refused(common.choose_a_button())
        _turn_over(draft, found)
        return Step.WHOM
    verb, _, value = answer.choice().partition(":")
    if verb == "page":
        draft.at = number_or_0([value])
    elif verb == "m":
        _turn_over(draft, [one for one in away if str(one.id) == value])
    else:
        _assign(ctx, draft, [one for one in away if one.id in draft.chosen])
        return None
    return Step.WHOM


def _turn_over(draft: Draft, people: list[Member]) -> None:
    for one in people:
        draft.chosen = (
            [other for other in draft.chosen if other != one.id]
            if one.id in draft.chosen
            else [*draft.chosen, one.id]
        )


def _assign(ctx: Context, draft: Draft, people: list[Member]) -> None:
    if not people:
        raise Refused(phrases.choose_somebody())
    contact = ctx.db.get_one(Member, draft.contact_id)
    before = {one.contact_id for who in people for one in contacts_of(ctx.db, who.id, now=ctx.now)}
    assign_many(ctx.db, people, contact, by_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    for one in before - {contact.id}:
        let_go(ctx.db, one, now=ctx.now)
    told = contact.id == ctx.me.id or hears(ctx.db, contact.id)
    words = phrases.assigned_many(contact=contact.full_name, count=len(people), told=told)
    ctx.show(words, [[Button(phrases.TO_LIST, f"roster:list:{draft.cell_id}")], MENU])


FLOW: Flow[Draft] = Flow(
    "roster_contacts",
    phrases.ASSIGNING,
    Draft,
    {Step.CONTACT: Question(ask_contact, take_contact), Step.WHOM: Question(ask_whom, take_whom)},
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.ASSIGN_CONTACT),
)
