"""An officer notes a contact with a member whose petition or request has come to the committee. The cell sees it.

channel ──> day ──> what was said ──> told: the member, who may correct it; secretary and deputy
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from handlers.contact.request.door import MENU, name_of, visible_request
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.form import At, Day, Field, Form, Offer, OneOf, Prose
from models.contact.contact_note import Means
from models.contact.request import HelpRequest, note_contact_about, seers
from models.delivery.message import Button
from models.ground.clock import local_date
from models.ground.errors import Refused
from models.people.rights import NotEntitled, Role
from models.phrases.contact import request as phrases
from models.phrases.desk import desk as desk_phrases

_LIMIT = 1000
_DAYS_BACK = 60


class Draft(BaseModel):
    request_id: int = 0
    channel: Means = Means.PHONE
    happened_on: date | None = None
    result: str = ""


def officers_request(ctx: Context, request_id: int) -> HelpRequest:
    """Return a request that has come to this officer's committee."""
    request = visible_request(ctx, request_id)
    if seers(ctx.db, request, now=ctx.now).get(ctx.me.id) != Role.OFFICER:
        raise NotEntitled
    return request


def begin_note(ctx: Context, arguments: list[str]) -> None:
    CONTACT.begin(ctx, Draft(request_id=number_or_0(arguments)))


Here = At[Draft, HelpRequest]


def _today(at: Here) -> date:
    return local_date(at.ctx.now, at.ctx.zone)


def _check_day(at: Here, on: date) -> date:
    if not _today(at) - timedelta(days=_DAYS_BACK) <= on <= _today(at):
        raise Refused(phrases.contact_day_unfit(days=_DAYS_BACK))
    return on


def _days(at: Here) -> list[Offer]:
    yesterday = _today(at) - timedelta(days=1)
    return [Offer(desk_phrases.TODAY, "0", _today(at)), Offer(desk_phrases.YESTERDAY, "1", yesterday)]


def _name(at: Here) -> str:
    return name_of(at.ctx, at.subject.member_id)


def _note(at: Here) -> None:
    ctx, draft = at.ctx, at.draft
    note_contact_about(
        ctx.db,
        at.subject,
        channel=draft.channel,
        happened_on=draft.happened_on or _today(at),
        result=draft.result,
        by_id=ctx.me.id,
        now=ctx.now,
    )
    see = [Button(phrases.SEE, f"request:see:{at.subject.id}")]
    ctx.show(phrases.contact_noted(name=_name(at)), [see, MENU])


CONTACT: Form[Draft, HelpRequest] = Form(
    "request_contact",
    phrases.NOTING,
    Draft,
    right=lambda ctx, draft: officers_request(ctx, draft.request_id),
    fields=(
        Field(
            "channel",
            lambda at: phrases.contact_how(name=_name(at)),
            OneOf(lambda at: [(label, Means(name)) for name, label in desk_phrases.CHANNEL_BUTTONS.items()]),
        ),
        Field(
            "day",
            lambda at: desk_phrases.which_day(),
            Day(_today, _check_day),
            offers=_days,
            in_row=2,
            into="happened_on",
        ),
        Field("result", lambda at: phrases.contact_what(name=_name(at)), Prose(_LIMIT)),
    ),
    save=_note,
)
