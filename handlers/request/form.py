"""A new request: two taps and a few words.

topic ──> urgency ──> words, voice, photos ──> overview ──send──> told
             │                                   │   ^
             └─ urgent: the numbers at once      └─ viewers: only some may see it
"""

from __future__ import annotations

from enum import StrEnum

from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, choice, own
from handlers.request.door import MENU, name_of
from handlers.request.screens import numbers
from handlers.request.viewers import Chosen, ask_viewers, take_viewers
from handlers.request.writing import Letter, letter_buttons, take_letter
from handlers.scans import voices
from models.clock import QUIET_FROM, QUIET_UNTIL, decent
from models.errors import Refused
from models.member import hears
from models.outbox import Button
from models.phrases import common
from models.phrases import request as phrases
from models.phrases.text import HOME_ZONE
from models.request import HelpRequest, Topic, Urgency, open_request, people_around, seers
from models.rights import Role


class Step(StrEnum):
    TOPIC = "topic"
    URGENCY = "urgency"
    WORDS = "words"
    OVERVIEW = "overview"
    VIEWERS = "viewers"


class Draft(Letter, Chosen):
    topic: Topic = Topic.OTHER
    urgency: Urgency = Urgency.NORMAL
    private: bool = False


def ask_topic(ctx: Context, draft: Draft) -> Screen:
    labels = [choice(phrases.TOPICS[topic], topic) for topic in Topic]
    rows = [labels[at : at + 2] for at in range(0, len(labels), 2)]
    return Screen(phrases.which_topic(), [*rows, [Button(phrases.NUMBERS, "request:numbers")]])


def take_topic(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.topic = Topic(answer.choice(*Topic))
    return Step.URGENCY


def ask_urgency(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(phrases.URGENCIES[urgency], urgency)] for urgency in Urgency]
    return Screen(phrases.how_urgent(topic=draft.topic), buttons)


def take_urgency(ctx: Context, draft: Draft, answer: Answer) -> Step:
    """Whom to call comes before every other question."""
    draft.urgency = Urgency(answer.choice(*Urgency))
    if draft.urgency is Urgency.URGENT:
        ctx.say(numbers(ctx))
    return Step.WORDS


def ask_words(ctx: Context, draft: Draft) -> Screen:
    words = phrases.tell_us(text=draft.text, files=len(draft.sent_along))
    return Screen(words, letter_buttons(draft, phrases.WORDS_DONE))


def take_words(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return Step.OVERVIEW if take_letter(draft, answer) else Step.WORDS


def ask_overview(ctx: Context, draft: Draft) -> Screen:
    around = _around(ctx)
    desk = [one for one, role in around.items() if role in (Role.SECRETARY, Role.DEPUTY)]
    words = phrases.overview(
        topic=draft.topic,
        urgency=draft.urgency,
        text=draft.text,
        files=len(draft.sent_along),
        viewers=[name_of(ctx, one) for one in (draft.viewers if draft.private else desk)],
        private=draft.private,
        night=_is_night(ctx),
    )
    rows = [[choice(common.SEND, "send")], [choice(phrases.PRIVATE, "private")]]
    if draft.private:
        rows.append([choice(phrases.PLAIN, "plain")])
    return Screen(words, [*rows, [choice(phrases.CHANGE_WORDS, "words")]])


def take_overview(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    match answer.choice("send", "private", "plain", "words"):
        case "private":
            return Step.VIEWERS
        case "plain":
            draft.private, draft.viewers = False, []
            return Step.OVERVIEW
        case "words":
            return Step.WORDS
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


def _is_night(ctx: Context) -> bool:
    return decent(ctx.now, HOME_ZONE, quiet_from=QUIET_FROM, quiet_until=QUIET_UNTIL) > ctx.now


def _send(ctx: Context, draft: Draft) -> None:
    request = open_request(
        ctx.db,
        ctx.me,
        text=draft.text,
        topic=draft.topic,
        urgency=draft.urgency,
        viewers=draft.viewers if draft.private else None,
        files=draft.sent_along,
        policy=ctx.policies.request,
        now=ctx.now,
    )
    if request is None:
        raise Refused(phrases.in_no_cell())
    rows = [[Button(phrases.MY_REQUEST, f"request:own:{request.id}")]]
    if draft.urgency is Urgency.URGENT:
        rows.append([Button(phrases.NUMBERS, "request:numbers")])
    ctx.show(phrases.sent(names=_told(ctx, request), night=_is_night(ctx)), [*rows, MENU])


def _told(ctx: Context, request: HelpRequest) -> list[str]:
    return [name_of(ctx, one) for one in seers(ctx.db, request, now=ctx.now) if hears(ctx.db, one)]


FLOW: Flow[Draft] = Flow(
    "request",
    phrases.ASKING,
    Draft,
    {
        Step.TOPIC: Question(ask_topic, take_topic),
        Step.URGENCY: Question(ask_urgency, take_urgency),
        Step.WORDS: Question(ask_words, take_words, wants_file=voices),
        Step.OVERVIEW: Question(ask_overview, take_overview),
        Step.VIEWERS: Question(ask_who, take_who),
    },
    right=own,
)
