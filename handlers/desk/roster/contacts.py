"""One contact for several members at once.

CONTACT ──who keeps in touch──> WHOM ──names on and off──> WHOM ──assign──> the list again
                                  those away who have nobody are chosen already
"""

from __future__ import annotations

from pydantic import Field as Stored

from handlers.desk.roster.choosing import Choosing, OnePerson
from handlers.desk.roster.common import MENU, cell_for, closely
from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import choice
from handlers.ground.form import AGAIN, At, Field, FieldKind, Form, Offer, Row
from models.delivery.message import Button
from models.desk.office import let_go
from models.ground.errors import Refused
from models.ground.names import fold
from models.people.assignment import assign_many, contacts_of
from models.people.browser import looks_in
from models.people.member import Member, hears, roster
from models.people.rights import Right
from models.people.unit import Unit
from models.phrases import common
from models.phrases.desk import roster_talk as phrases
from models.phrases.text import Text

_ONE_PAGE, _A_PAGE, _LONGEST = 5, 3, 60


class Draft(Choosing):
    cell_id: int = 0
    contact_id: int = 0
    chosen: list[int] = Stored(default_factory=list)
    at: int = 0  # the page of those to choose


Here = At[Draft, Unit]


def tapped(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), Right.ASSIGN_CONTACT)
    if not any(one.place_code for one in roster(ctx.db, cell.id)):
        raise Refused(phrases.nobody_away())
    FLOW.begin(ctx, Draft(cell_id=cell.id))


def _put_contact(at: Here, contact_id: int) -> None:
    at.draft.contact_id = contact_id
    alone = [one for one in _away(at) if not contacts_of(at.ctx.db, one.id, now=at.ctx.now)]
    at.draft.chosen, at.draft.at = [one.id for one in alone], 0


def _away(at: Here) -> list[Member]:
    people = roster(at.ctx.db, at.subject.id)
    return [one for one in people if one.place_code and one.id != at.draft.contact_id]


def _ask_whom(at: Here) -> Text:
    chosen = [one.full_name for one in _away(at) if one.id in at.draft.chosen]
    contact = at.ctx.db.get_one(Member, at.draft.contact_id).full_name
    return phrases.whom_with(contact=contact, chosen=len(chosen), names=chosen)


class SeveralMembers(FieldKind[Draft, Unit]):
    """Names that are tapped on and off, page by page, or typed; and one button that takes those which are on."""

    def rows(self, at: Here) -> list[Row]:
        draft, away = at.draft, _away(at)
        size = _ONE_PAGE if len(away) <= _ONE_PAGE else _A_PAGE
        pages = max(-(-len(away) // size), 1)
        draft.at = min(draft.at, pages - 1)
        count = sum(one.id in draft.chosen for one in away)
        rows: list[Row] = [[Offer(phrases.assign_these(count=count), "yes", None)]]
        rows += [
            [choice(phrases.chosen_name(name=closely(one), chosen=one.id in draft.chosen), f"m:{one.id}")]
            for one in away[draft.at * size : (draft.at + 1) * size]
        ]
        turn = [choice(common.PREVIOUS, f"page:{draft.at - 1}")] if draft.at else []
        turn += [choice(common.NEXT, f"page:{draft.at + 1}")] if draft.at + 1 < pages else []
        return [*rows, turn]

    def sent(self, at: Here, answer: Answer) -> object:
        words = fold(answer.words(limit=_LONGEST)).split()
        found = [one for one in _away(at) if all(word in one.folded for word in words)]
        if not found:
            raise Refused(common.choose_a_button())
        _turn_over(at.draft, found)
        return AGAIN

    def tapped(self, at: Here, key: str) -> object:
        verb, _, value = key.partition(":")
        if verb == "page":
            at.draft.at = number_or_0([value])
        else:
            _turn_over(at.draft, [one for one in _away(at) if str(one.id) == value])
        return AGAIN

    def put(self, at: Here, name: str, value: object) -> None:
        """Do nothing: those who are chosen stand in the draft already."""


def _turn_over(draft: Draft, people: list[Member]) -> None:
    for one in people:
        draft.chosen = (
            [other for other in draft.chosen if other != one.id]
            if one.id in draft.chosen
            else [*draft.chosen, one.id]
        )


def _assign(at: Here) -> None:
    ctx = at.ctx
    people = [one for one in _away(at) if one.id in at.draft.chosen]
    if not people:
        raise Refused(phrases.choose_somebody())
    contact = ctx.db.get_one(Member, at.draft.contact_id)
    before = {one.contact_id for who in people for one in contacts_of(ctx.db, who.id, now=ctx.now)}
    assign_many(ctx.db, people, contact, by_id=ctx.me.id, now=ctx.now)
    ctx.db.flush()
    # after the new assignments: only then it is known what those before may no longer keep
    for one in before - {contact.id}:
        let_go(ctx.db, one, now=ctx.now)
    told = contact.id == ctx.me.id or hears(ctx.db, contact.id)
    looks = looks_in(ctx.db, contact.id)
    words = phrases.assigned_many(contact=contact.full_name, count=len(people), told=told, looks_in=looks)
    ctx.show(words, [[Button(phrases.TO_LIST, f"roster:list:{at.subject.id}")], MENU])


FLOW: Form[Draft, Unit] = Form(
    "roster_contacts",
    phrases.ASSIGNING,
    Draft,
    right=lambda ctx, draft: cell_for(ctx, draft.cell_id, Right.ASSIGN_CONTACT),
    fields=(
        Field(
            "contact",
            lambda at: phrases.who_keeps(),
            OnePerson(lambda at: roster(at.ctx.db, at.subject.id)),
            put=_put_contact,
        ),
        Field("whom", _ask_whom, SeveralMembers()),
    ),
    save=_assign,
)
