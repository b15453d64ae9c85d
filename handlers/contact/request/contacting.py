"""An officer notes a contact with a member whose petition or request has come to the committee. The cell sees it.

channel ──> day ──> what was said ──> told: the member, who may correct it; secretary and deputy
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.contact.request.door import MENU, name_of, visible_request
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from models.contact.contact_note import Channel
from models.contact.request import HelpRequest, note_contact_about, seers
from models.delivery.outbox import Button
from models.ground.clock import local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.people.rights import NotEntitled, Role
from models.phrases.contact import request as phrases
from models.phrases.desk import desk as desk_phrases

_LIMIT = 1000
_DAYS_BACK = 60


class Step(StrEnum):
    CHANNEL = "channel"
    DAY = "day"
    RESULT = "result"


class Draft(BaseModel):
    request_id: int = 0
    channel: Channel = Channel.PHONE
    happened_on: date | None = None


def officers_request(ctx: Context, request_id: int) -> HelpRequest:
    """One that has come to this officer's committee."""
    request = visible_request(ctx, request_id)
    if seers(ctx.db, request, now=ctx.now).get(ctx.me.id) != Role.OFFICER:
        raise NotEntitled
    return request


def begin_note(ctx: Context, arguments: list[str]) -> None:
    request = officers_request(ctx, number_or_0(arguments))
    begin(ctx, CONTACT, Step.CHANNEL, Draft(request_id=request.id))


def ask_channel(ctx: Context, draft: Draft) -> Screen:
    request = officers_request(ctx, draft.request_id)
    buttons = [choice(label, value) for value, label in desk_phrases.CHANNEL_BUTTONS.items()]
    words = phrases.contact_how(name=name_of(ctx, request.member_id))
    return Screen(words, [[button] for button in buttons])


def take_channel(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.channel = Channel(answer.choice(*Channel))
    return Step.DAY


def ask_day(ctx: Context, draft: Draft) -> Screen:
    days = [choice(desk_phrases.TODAY, "0"), choice(desk_phrases.YESTERDAY, "1")]
    return Screen(desk_phrases.which_day(), [days])


def take_the_day(ctx: Context, draft: Draft, answer: Answer) -> Step:
    today = local_date(ctx.now, ctx.zone)
    if answer.value in ("0", "1"):
        draft.happened_on = today - timedelta(days=int(answer.value))
    else:
        draft.happened_on = take_day(answer, near=today)
    if not today - timedelta(days=_DAYS_BACK) <= draft.happened_on <= today:
        raise Refused(phrases.contact_day_unfit(days=_DAYS_BACK))
    return Step.RESULT


def ask_result(ctx: Context, draft: Draft) -> Screen:
    request = officers_request(ctx, draft.request_id)
    return Screen(phrases.contact_what(name=name_of(ctx, request.member_id)))


def take_result(ctx: Context, draft: Draft, answer: Answer) -> None:
    request = officers_request(ctx, draft.request_id)
    note_contact_about(
        ctx.db,
        request,
        channel=draft.channel,
        happened_on=draft.happened_on or local_date(ctx.now, ctx.zone),
        result=clean(answer.words(limit=_LIMIT)),
        by_id=ctx.me.id,
        now=ctx.now,
    )
    see = [Button(phrases.SEE, f"request:see:{request.id}")]
    ctx.show(phrases.contact_noted(name=name_of(ctx, request.member_id)), [see, MENU])


CONTACT: Flow[Draft] = Flow(
    "request_contact",
    phrases.NOTING,
    Draft,
    {
        Step.CHANNEL: Question(ask_channel, take_channel),
        Step.DAY: Question(ask_day, take_the_day),
        Step.RESULT: Question(ask_result, take_result),
    },
    right=lambda ctx, draft: officers_request(ctx, draft.request_id),
)
