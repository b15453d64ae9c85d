"""A new request: two taps and a few words.

topic ──> urgency ──> words, voice, photos ──> overview ──send──> told
  │          │                           ^       │   ^
  │          └─ urgent: the numbers      │       └─ viewers: only some may see it
  └─ a petition: which body ─────────────┘
"""

from __future__ import annotations

from handlers.contact.request.door import MENU, name_of
from handlers.contact.request.screens import numbers
from handlers.contact.request.viewers import Chosen, Viewers, ask_viewers
from handlers.contact.request.writing import Letters, WordsInParts, add_to_letter, take_letter_edit
from handlers.ground.context import Answer, Context, Kind as Sort
from handlers.ground.conversation import choice, own
from handlers.ground.form import AGAIN, At, Confirm, Field, Form, Offer, OneOf
from handlers.ground.scans import voices
from models.contact.policy import Urgency
from models.contact.request import (
    Did,
    HelpRequest,
    RequestKind,
    RequestWords,
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
from models.delivery.message import Button
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


class Draft(WordsInParts, Chosen):
    kind: RequestKind = RequestKind.HELP
    topic: Topic = Topic.OTHER
    urgency: Urgency = Urgency.NORMAL
    unit_id: int = 0  # a petition: whom it is put to
    private: bool = False


Here = At[Draft, None]


def begin_with(ctx: Context, letter: WordsInParts) -> None:
    """Begin a request that says what was typed already, and ask what it is about."""
    FLOW.begin(ctx, Draft(**letter.model_dump()))


def _told_early(at: Here, answer: Answer) -> bool:
    """Words, a voice message or a photo where a button was asked for are the request's; a cry for help is more than that."""
    if answer.incoming.kind not in (Sort.TEXT, Sort.FILE) or cries_for_help(answer.incoming.text):
        return False
    add_to_letter(at.draft, answer)
    at.ctx.say(phrases.kept_of_it())
    return True


class OneOfThese(OneOf[Draft, None]):
    wants = staticmethod(voices)

    def sent(self, at: Here, answer: Answer) -> object:
        return AGAIN if _told_early(at, answer) else super().sent(at, answer)


def _petitions(at: Here) -> list[Offer | Button]:
    units = units_to_ask(at.ctx.db, at.ctx.me, now=at.ctx.now)
    petition = [Offer(phrases.PETITION, _PETITION, _PETITION)] if units else []
    return [*petition, Button(phrases.NUMBERS, "request:numbers")]


def _put_topic(at: Here, chosen: str) -> None:
    at.draft.kind = RequestKind.PETITION if chosen == _PETITION else RequestKind.HELP
    if at.draft.kind is RequestKind.HELP:
        at.draft.topic = Topic(chosen)


def _is_petition(at: Here) -> bool:
    return at.draft.kind is RequestKind.PETITION


def _units(at: Here) -> list[Offer]:
    units = [at.ctx.db.get_one(Unit, one) for one in units_to_ask(at.ctx.db, at.ctx.me, now=at.ctx.now)[:5]]
    return [Offer(fitted(raw(one.name)), f"unit{one.id}", one.id) for one in units]


def _put_urgency(at: Here, urgency: Urgency) -> None:
    """Whom to call comes before every other question."""
    at.draft.urgency = urgency
    if urgency is Urgency.URGENT:
        at.ctx.say(numbers(at.ctx))


def _ask_words(at: Here) -> Text:
    ask = phrases.say_what if _is_petition(at) else phrases.tell_us
    return ask(text=at.draft.text, files=len(at.draft.sent_along))


def _look_over(at: Here) -> Text:
    if _is_petition(at):
        return _petition(at.ctx, at.draft)
    ctx, draft, around = at.ctx, at.draft, _around(at)
    desk = [one for one, role in around.items() if role in DESK]
    seeing = draft.viewers if draft.private else desk or list(around)
    return phrases.overview(
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


class RequestOverview(Confirm[Draft, None]):
    """What is told here, too, is added to the words."""

    wants = staticmethod(voices)

    def sent(self, at: Here, answer: Answer) -> object:
        return AGAIN if _told_early(at, answer) else super().sent(at, answer)

    def tapped(self, at: Here, key: str) -> object:
        if key != "plain":
            return super().tapped(at, key)
        at.draft.private, at.draft.viewers = False, []
        return AGAIN


def _also(at: Here) -> list[Offer | Button]:
    change = Offer(phrases.CHANGE_WORDS, "words", "words")
    if _is_petition(at):
        return [change]
    plain = [choice(phrases.PLAIN, "plain")] if at.draft.private else []
    return [Offer(phrases.PRIVATE, "private", "viewers"), *plain, change]


def _put_viewers(at: Here, viewers: list[int]) -> None:
    at.draft.private = bool(viewers)


def _around(at: Here) -> dict[int, Role]:
    return people_around(at.ctx.db, at.ctx.me.id, at.ctx.me.cell_id or 0, now=at.ctx.now)


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
    # never stored: it stands for the one to come, whose urgency says whether people are woken
    return ways_to(ctx.db, HelpRequest(urgency=urgency), Did.OPENED, people, now=ctx.now)


def _send(at: Here) -> None:
    if at.draft.is_empty:
        raise Refused(phrases.something_to_send())
    (_put if _is_petition(at) else send_help)(at.ctx, at.draft)


def send_help(ctx: Context, draft: Draft) -> None:
    request = open_request(
        ctx.db,
        ctx.me,
        RequestWords(
            text=draft.text,
            topic=draft.topic,
            urgency=draft.urgency,
            files=draft.sent_along,
            slips=draft.slips,
        ),
        viewers=draft.viewers if draft.private else None,
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
        RequestWords(text=draft.text, files=draft.sent_along, slips=draft.slips),
        unit_id=draft.unit_id,
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


FLOW: Form[Draft, None] = Form(
    "request",
    phrases.ASKING,
    Draft,
    right=own,
    fields=(
        Field(
            "topic",
            lambda at: phrases.which_topic(),
            OneOfThese(lambda at: [(phrases.TOPICS[topic], topic) for topic in _OFFERED], in_row=2),
            offers=_petitions,
            put=_put_topic,
        ),
        Field(
            "unit",
            lambda at: phrases.to_which_unit(),
            OneOfThese(lambda at: []),
            offers=_units,
            into="unit_id",
            needed=_is_petition,
        ),
        Field(
            "urgency",
            lambda at: phrases.how_urgent(topic=at.draft.topic),
            OneOfThese(lambda at: [(phrases.URGENCIES[urgency], urgency) for urgency in Urgency]),
            put=_put_urgency,
            after=("topic",),
            needed=lambda at: not _is_petition(at),
        ),
        Field(
            "words",
            _ask_words,
            Letters(phrases.WORDS_DONE),
            needed=lambda at: at.draft.is_empty,  # what was typed before the form was opened is looked over
        ),
        Field(
            "viewers",
            lambda at: ask_viewers(at, _around(at)),
            Viewers(_around),
            put=_put_viewers,
            later=True,
        ),
        Field("overview", _look_over, RequestOverview(common.SEND, "send", also=_also)),
    ),
    save=_send,
    edited=take_letter_edit,
)
