"""A new roll call: why, in whose name, whom, then the preview with the number of people. Nothing goes out before "ask now".

occasion ──> unit (where several) ──> whom ─┬─ all ─────────────────────> preview ──ask now──> on its way
                                            ├─ place (tapped or typed) ──>    │  ^
                                            └─ people, one by one ───────>    └──┴─ other words
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, Field

from handlers.contact.rollcall.view import show_sent
from handlers.ground import conversation
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, choice
from handlers.ground.paging import page_of
from handlers.people.whereabouts import place_name
from models.contact.rollcall import (
    CalledOn,
    CalledPeople,
    NobodyToAsk,
    Occasion,
    RollCall,
    call_roll,
    forecast_roll_call,
    open_in_name_of,
    places_of,
    question,
)
from models.delivery.message import Button
from models.ground.errors import Refused
from models.ground.marking import marked_secret
from models.ground.places import find_places
from models.people.member import Member, roster
from models.people.rights import NotEntitled, Right, may, require, units_where
from models.people.unit import Unit, UnitKind
from models.phrases import common
from models.phrases.contact import rollcall as phrases
from models.phrases.entry import register as place_words
from models.phrases.text import fitted, raw

_PLACES = 5
_LONGEST_PLACE = 100
_NAMES = 3  # on a screen of eight buttons, beside two that turn, "done", and the ways back and out


class Step(StrEnum):
    OCCASION = "why"
    UNIT = "unit"
    WHOM = "whom"
    PLACE = "place"
    PEOPLE = "people"
    PREVIEW = "preview"
    WORDS = "words"


class Draft(BaseModel):
    unit_id: int = 0
    occasion: Occasion = Occasion.OTHER
    called_on: CalledOn = CalledOn.ALL
    place_code: str | None = None
    found: list[str] = Field(default_factory=list)
    people: list[int] = Field(default_factory=list)
    page: int = 0
    text: str = ""


def start(ctx: Context) -> None:
    units = _units(ctx)
    if not units:
        raise NotEntitled
    conversation.begin(ctx, FLOW, Step.OCCASION, Draft(unit_id=units[0].id))


def _units(ctx: Context) -> list[Unit]:
    return units_where(ctx.db, ctx.me.id, Right.ANNOUNCE, now=ctx.now)


def _unit(ctx: Context, draft: Draft) -> Unit:
    require(ctx.db, ctx.me.id, Right.ANNOUNCE, draft.unit_id, now=ctx.now)
    return ctx.db.get_one(Unit, draft.unit_id)


# --- why, in whose name ---------------------------------------------------------------------------------------------


def ask_occasion(ctx: Context, draft: Draft) -> Screen:
    return Screen(
        phrases.which_occasion(), [[choice(words, one)] for one, words in phrases.OCCASIONS.items()]
    )


def take_occasion(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.occasion = Occasion(answer.choice(*Occasion))
    return Step.UNIT if len(_units(ctx)) > 1 else Step.WHOM


def ask_unit(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_unit(), [[choice(fitted(raw(one.name)), str(one.id))] for one in _units(ctx)])


def take_unit(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.unit_id = int(answer.choice(*(str(one.id) for one in _units(ctx))))
    return Step.WHOM


# --- whom -----------------------------------------------------------------------------------------------------------


def _keeps_desk(ctx: Context, draft: Draft) -> bool:
    """People are chosen by name by who keeps the cell's desk, and by nobody above."""
    unit = _unit(ctx, draft)
    return unit.kind == UnitKind.CELL and may(ctx.db, ctx.me.id, Right.SEE_DESK, unit.id, now=ctx.now)


def _ways(ctx: Context, draft: Draft) -> list[CalledOn]:
    return [one for one in CalledOn if one is not CalledOn.PEOPLE or _keeps_desk(ctx, draft)]


def ask_whom(ctx: Context, draft: Draft) -> Screen:
    rows = [[choice(phrases.CALLED_ON[one], one)] for one in _ways(ctx, draft)]
    return Screen(phrases.whom(unit=_unit(ctx, draft).name), rows)


def take_whom(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.called_on = CalledOn(answer.choice(*_ways(ctx, draft)))
    draft.place_code, draft.found, draft.page = None, [], 0
    steps = {CalledOn.ALL: Step.PREVIEW, CalledOn.PLACE: Step.PLACE, CalledOn.PEOPLE: Step.PEOPLE}
    return steps[draft.called_on]


def ask_place(ctx: Context, draft: Draft) -> Screen:
    codes = draft.found or places_of(ctx.db, draft.unit_id, limit=_PLACES)
    rows = [[choice(fitted(place_name(code)), code)] for code in codes[:_PLACES]]
    return Screen(phrases.which_place(several=bool(draft.found)), rows)


def take_place(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if answer.incoming.kind is Kind.BUTTON:
        known = draft.found or places_of(ctx.db, draft.unit_id, limit=_PLACES)
        draft.place_code = answer.choice(*known)
        return Step.PREVIEW
    draft.found = [where.code for where in find_places(answer.words(limit=_LONGEST_PLACE))]
    if not draft.found:
        raise Refused(place_words.place_not_found())
    if len(draft.found) > 1:
        return Step.PLACE
    draft.place_code = draft.found[0]
    return Step.PREVIEW


def _choosable(ctx: Context, draft: Draft) -> list[Member]:
    if not _keeps_desk(ctx, draft):
        raise NotEntitled
    return [one for one in roster(ctx.db, draft.unit_id) if one.id != ctx.me.id]


def ask_people(ctx: Context, draft: Draft) -> Screen:
    members = _choosable(ctx, draft)
    draft.page, pages = page_of(draft.page, len(members), _NAMES)
    shown = members[draft.page * _NAMES : (draft.page + 1) * _NAMES]
    names = [
        [choice(phrases.person_button(name=one.full_name, chosen=one.id in draft.people), f"who{one.id}")]
        for one in shown
    ]
    turn = [
        *([choice(common.PREVIOUS, f"page{draft.page - 1}")] if draft.page > 0 else []),
        *([choice(common.NEXT, f"page{draft.page + 1}")] if draft.page + 1 < pages else []),
    ]
    chosen = [one.full_name for one in members if one.id in draft.people]
    rows: list[list[Button]] = [*names, turn, [choice(phrases.CHOSEN, "done")]]
    return Screen(phrases.which_people(chosen=chosen), rows)


def take_people(ctx: Context, draft: Draft, answer: Answer) -> Step:
    members = {one.id for one in _choosable(ctx, draft)}
    draft.people = [one for one in draft.people if one in members]
    key = answer.choice()
    if key == "done":
        if not draft.people:
            raise Refused(phrases.choose_somebody())
        return Step.PREVIEW
    if key.startswith("page"):
        draft.page = number_or_0([key.removeprefix("page")])
        return Step.PEOPLE
    one = number_or_0([key.removeprefix("who")])
    if one not in members:
        raise Refused(common.gone_button())
    rest = [other for other in draft.people if other != one]
    draft.people = rest if one in draft.people else [*draft.people, one]
    return Step.PEOPLE


# --- the preview, and from there ------------------------------------------------------------------------------------


def _aim(ctx: Context, draft: Draft) -> CalledPeople:
    people = tuple(draft.people) if draft.called_on is CalledOn.PEOPLE else ()
    return CalledPeople(draft.unit_id, draft.called_on, ctx.me.id, draft.place_code, people)


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    unit = _unit(ctx, draft)
    above = not _keeps_desk(ctx, draft)
    outlook = forecast_roll_call(ctx.db, _aim(ctx, draft), above=above)
    hidden = above and outlook.people < ctx.policies.counts.smallest_group
    words = phrases.preview(
        letter=question(_unsent(ctx, draft), unit.name, ctx.zone),
        people=None if hidden else outlook.people,
        asked=outlook.asked,
        to_phone=outlook.to_phone,
        others=len(open_in_name_of(ctx.db, unit.id)),
    )
    rows = [[choice(phrases.ASK_NOW, "send")], [choice(phrases.CHANGE_WORDS, "words")]]
    if draft.text:
        rows.append([choice(phrases.READY_WORDS, "ready")])
    return Screen(words, rows)


def _unsent(ctx: Context, draft: Draft) -> RollCall:
    """Never added to a session: only its words are wanted."""
    call = RollCall(occasion=draft.occasion, called_at=ctx.now)
    call.text = draft.text or None
    return call


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    match answer.choice("send", "words", "ready"):
        case "words":
            return Step.WORDS
        case "ready":
            draft.text = ""
            return Step.PREVIEW
        case _:
            return _send(ctx, draft)


def _send(ctx: Context, draft: Draft) -> Step | None:
    try:
        call = call_roll(
            ctx.db,
            _aim(ctx, draft),
            occasion=draft.occasion,
            text=draft.text or None,
            policies=ctx.policies,
            now=ctx.now,
        )
    except NobodyToAsk as nobody:
        ctx.say(nobody.phrase)
        return Step.WHOM
    show_sent(ctx, call)
    return None


def ask_words(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.ask_words(ready=phrases.READY[draft.occasion]))


def take_words(ctx: Context, draft: Draft, answer: Answer) -> Step:
    words = answer.words(limit=ctx.policies.rollcall.longest)
    if marked_secret(words):
        raise Refused(common.secret_refused())
    draft.text = words
    return Step.PREVIEW


FLOW: Flow[Draft] = Flow(
    "rollcall",
    phrases.CALLING,
    Draft,
    {
        Step.OCCASION: Question(ask_occasion, take_occasion),
        Step.UNIT: Question(ask_unit, take_unit),
        Step.WHOM: Question(ask_whom, take_whom),
        Step.PLACE: Question(ask_place, take_place),
        Step.PEOPLE: Question(ask_people, take_people),
        Step.PREVIEW: Question(ask_preview, take_preview),
        Step.WORDS: Question(ask_words, take_words),
    },
    right=_unit,
)
