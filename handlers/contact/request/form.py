"""A new request: two taps and a few words.

topic ──> urgency ──> words, voice, photos ──> overview ──send──> told
  │          │                           ^       │   ^
  │          └─ urgent: the numbers      │       └─ viewers: only some may see it
  └─ a petition: which body ─────────────┘
"""

from __future__ import annotations

from enum import StrEnum

from handlers.contact.request.door import MENU, name_of
from handlers.contact.request.screens import numbers
from handlers.contact.request.viewers import Chosen, ask_viewers, take_viewers
from handlers.contact.request.writing import Letter, letter_buttons, take_letter, take_letter_edit
from handlers.ground.context import Answer, Context, Kind
from handlers.ground.conversation import Flow, Question, Screen, begin, choice, own
from handlers.ground.scans import voices
from models.contact.policy import Urgency
from models.contact.request import (
    Did,
    HelpRequest,
    RequestKind,
    Topic,
    answerers_of,
    open_request,
    people_around,
    put_petition,
    seers,
    units_to_ask,
    ways_to,
)
from models.contact.unasked import cries_for_help
from models.delivery.outbox import Button
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.workdays import add_workdays
from models.people.assignment import contacts_of
from models.people.rights import DESK, Role
from models.people.unit import Unit
from models.phrases import common
from models.phrases.contact import request as phrases
from models.phrases.text import Text, fitted, raw

_PETITION = "petition"
_OFFERED = [one for one in Topic if one is not Topic.ILLNESS]  # it goes with accidents


class Step(StrEnum):
    TOPIC = "topic"
    UNIT = "unit"
    URGENCY = "urgency"
    WORDS = "words"
    OVERVIEW = "overview"
    VIEWERS = "viewers"


class Draft(Letter, Chosen):
    kind: RequestKind = RequestKind.HELP
    topic: Topic = Topic.OTHER
    urgency: Urgency = Urgency.NORMAL
    unit_id: int = 0  # a petition: whom it is put to
    private: bool = False


def begin_with(ctx: Context, letter: Letter) -> None:
    """What was typed already is what it says; what it is about is asked."""
    begin(ctx, FLOW, Step.TOPIC, Draft(**letter.model_dump()))


def ask_topic(ctx: Context, draft: Draft) -> Screen:
    labels = [choice(phrases.TOPICS[topic], topic) for topic in _OFFERED]
    rows = [labels[at : at + 2] for at in range(0, len(labels), 2)]
    petition = [[choice(phrases.PETITION, _PETITION)]] if units_to_ask(ctx.db, ctx.me, now=ctx.now) else []
    return Screen(phrases.which_topic(), [*rows, *petition, [Button(phrases.NUMBERS, "request:numbers")]])


def _told_early(ctx: Context, draft: Draft, answer: Answer) -> bool:
    """Words, a voice message or a photo where a button was asked for are the request's; a cry for help is more than that."""
    if answer.incoming.kind not in (Kind.TEXT, Kind.FILE) or cries_for_help(answer.incoming.text):
        return False
    take_letter(draft, answer)
    ctx.say(phrases.kept_of_it())
    return True


def take_topic(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if _told_early(ctx, draft, answer):
        return Step.TOPIC
    chosen = answer.choice(*Topic, _PETITION)
    draft.kind = RequestKind.PETITION if chosen == _PETITION else RequestKind.HELP
    if draft.kind is RequestKind.PETITION:
        return Step.UNIT
    draft.topic = Topic(chosen)
    return Step.URGENCY


def ask_unit(ctx: Context, draft: Draft) -> Screen:
    units = [ctx.db.get_one(Unit, one) for one in units_to_ask(ctx.db, ctx.me, now=ctx.now)[:5]]
    return Screen(
        phrases.to_which_unit(), [[choice(fitted(raw(one.name)), f"unit{one.id}")] for one in units]
    )


def take_unit(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if _told_early(ctx, draft, answer):
        return Step.UNIT
    units = units_to_ask(ctx.db, ctx.me, now=ctx.now)
    draft.unit_id = int(answer.choice(*(f"unit{one}" for one in units)).removeprefix("unit"))
    return _words_or_overview(draft)


def ask_urgency(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.URGENCIES[urgency], urgency)] for urgency in Urgency]
    return Screen(phrases.how_urgent(topic=draft.topic), buttons)


def take_urgency(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """Whom to call comes before every other question."""
    if _told_early(ctx, draft, answer):
        return Step.URGENCY
    draft.urgency = Urgency(answer.choice(*Urgency))
    if draft.urgency is Urgency.URGENT:
        ctx.say(numbers(ctx))
    return _words_or_overview(draft)


def _words_or_overview(draft: Draft) -> Step:
    """What was typed before the form was opened is looked over, not asked for again."""
    return Step.WORDS if draft.is_empty else Step.OVERVIEW


def ask_words(ctx: Context, draft: Draft) -> Screen:
    ask = phrases.tell_us if draft.kind is RequestKind.HELP else phrases.say_what
    words = ask(text=draft.text, files=len(draft.sent_along))
    return Screen(words, letter_buttons(draft, phrases.WORDS_DONE))


def take_words(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return Step.OVERVIEW if take_letter(draft, answer) else Step.WORDS


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    if draft.kind is RequestKind.PETITION:
        return Screen(_petition(ctx, draft), [[choice(common.SEND, "send")], _CHANGE])
    around = _around(ctx)
    desk = [one for one, role in around.items() if role in DESK]
    seeing = draft.viewers if draft.private else desk or list(around)
    words = phrases.overview(
        topic=draft.topic,
        urgency=draft.urgency,
        text=draft.text,
        files=len(draft.sent_along),
        viewers=[name_of(ctx, one) for one in seeing],
        private=draft.private,
        ways_=_ways(ctx, draft.urgency, seeing),
        contacts=not draft.private and bool(contacts_of(ctx.db, ctx.me.id, now=ctx.now)),
        zone=ctx.zone,
    )
    rows = [[choice(common.SEND, "send")], [choice(phrases.PRIVATE, "private")]]
    if draft.private:
        rows.append([choice(phrases.PLAIN, "plain")])
    return Screen(words, [*rows, _CHANGE])


_CHANGE = [choice(phrases.CHANGE_WORDS, "words")]


def _petition(ctx: Context, draft: Draft) -> Text:
    unit = ctx.db.get(Unit, draft.unit_id)
    cell_id = ctx.me.cell_id or 0
    people = answerers_of(ctx.db, draft.unit_id, cell_id, member_id=ctx.me.id, now=ctx.now)
    return phrases.petition_overview(
        to=unit.name if unit else "",
        text=draft.text,
        files=len(draft.sent_along),
        by=add_workdays(
            local_date(ctx.now, HOME_ZONE), ctx.policies.request.petition_workdays, ctx.policies.workday
        ),
        seen_by=[name_of(ctx, one) for one in people],
    )


def _ways(ctx: Context, urgency: Urgency, people: list[int]) -> list[phrases.Way]:
    return ways_to(ctx.db, HelpRequest(urgency=urgency), Did.OPENED, people, now=ctx.now)


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if _told_early(ctx, draft, answer):
        return Step.OVERVIEW
    match answer.choice("send", "private", "plain", "words"):
        case "private":
            return Step.VIEWERS
        case "plain":
            draft.private, draft.viewers = False, []
            return Step.OVERVIEW
        case "words":
            return Step.WORDS
        case _:
            if draft.is_empty:
                raise Refused(phrases.something_to_send())
            _send(ctx, draft)
            return None


def ask_who(ctx: Context, draft: Draft) -> Screen:
    return ask_viewers(ctx, draft, _around(ctx))


def take_who(ctx: Context, draft: Draft, answer: Answer) -> Step:
    if not take_viewers(draft, _around(ctx), answer):
        return Step.VIEWERS
    draft.private = bool(draft.viewers)
    return Step.OVERVIEW


def _around(ctx: Context) -> dict[int, Role]:
    return people_around(ctx.db, ctx.me.id, ctx.me.cell_id or 0, now=ctx.now)


def _send(ctx: Context, draft: Draft) -> None:
    if draft.kind is RequestKind.PETITION:
        _put(ctx, draft)
    else:
        send_help(ctx, draft)


def send_help(ctx: Context, draft: Draft) -> None:
    request = open_request(
        ctx.db,
        ctx.me,
        text=draft.text,
        topic=draft.topic,
        urgency=draft.urgency,
        viewers=draft.viewers if draft.private else None,
        files=draft.sent_along,
        slips=draft.slips,
        policy=ctx.policies.request,
        now=ctx.now,
    )
    if request is None:
        raise Refused(phrases.in_no_cell())
    rows = [[Button(phrases.MY_REQUEST, f"request:own:{request.id}")]]
    if draft.urgency is Urgency.URGENT:
        rows.append([Button(phrases.NUMBERS, "request:numbers")])
    ctx.show(phrases.sent(ways_=_told(ctx, request), zone=ctx.zone), [*rows, MENU])


def _put(ctx: Context, draft: Draft) -> None:
    request = put_petition(
        ctx.db,
        ctx.me,
        text=draft.text,
        unit_id=draft.unit_id,
        files=draft.sent_along,
        slips=draft.slips,
        policy=ctx.policies.request,
        calendar=ctx.policies.workday,
        now=ctx.now,
    )
    if request is None or request.answer_by is None:
        raise Refused(phrases.in_no_cell())
    unit = ctx.db.get_one(Unit, draft.unit_id)
    words = phrases.put(to=unit.name, by=request.answer_by, ways_=_told(ctx, request), zone=ctx.zone)
    ctx.show(words, [[Button(phrases.MY_REQUEST, f"request:own:{request.id}")], MENU])


def _told(ctx: Context, request: HelpRequest) -> list[phrases.Way]:
    return ways_to(ctx.db, request, Did.OPENED, seers(ctx.db, request, now=ctx.now), now=ctx.now)


FLOW: Flow[Draft] = Flow(
    "request",
    phrases.ASKING,
    Draft,
    {
        Step.TOPIC: Question(ask_topic, take_topic, wants_file=voices),
        Step.UNIT: Question(ask_unit, take_unit, wants_file=voices),
        Step.URGENCY: Question(ask_urgency, take_urgency, wants_file=voices),
        Step.WORDS: Question(ask_words, take_words, wants_file=voices),
        Step.OVERVIEW: Question(ask_overview, take_overview, wants_file=voices),
        Step.VIEWERS: Question(ask_who, take_who),
    },
    edited=take_letter_edit,
    right=own,
)
