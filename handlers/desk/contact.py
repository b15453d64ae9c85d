"""Somebody reached the member by other means: noted on the member's behalf, who is told and may correct it.

channel ──> day ──> result ──> preview ──> saved
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin, choice
from handlers.desk.assigned import show_mine
from handlers.desk.door import Matter, clean, matter_of, matter_of_checkin, matter_of_member, typed_day
from handlers.desk.person import happened, show_matter
from handlers.desk.queue import show_cell
from models.checkin import UNSETTLED, record_contact
from models.clock import local_date
from models.contact_note import Channel
from models.member import Member, hears
from models.phrases import common
from models.phrases import desk as phrases
from models.phrases.text import Text
from models.rights import Right, may

RESULT_LIMIT = 1000
DAYS_BACK = 60  # how long ago a contact may have been


class Step(StrEnum):
    CHANNEL = "channel"
    DAY = "day"
    RESULT = "result"
    PREVIEW = "preview"


class Draft(BaseModel):
    member_id: int = 0
    checkin_id: int = 0  # 0: no report is owed
    channel: Channel = Channel.PHONE
    happened_on: date | None = None
    result: str = ""


def begin_contact(ctx: Context, arguments: list[str]) -> None:
    matter = matter_of(ctx, arguments, Right.RECORD_CONTACT)
    if matter.checkin is not None and matter.checkin.state not in UNSETTLED and _at_the_desk(ctx, matter):
        show_matter(ctx, matter)
        return
    draft = Draft(member_id=matter.member.id, checkin_id=matter.checkin.id if matter.checkin else 0)
    begin(ctx, CONTACT, Step.CHANNEL, draft)


def _name(ctx: Context, draft: Draft) -> str:
    member = ctx.db.get(Member, draft.member_id)
    return member.full_name if member else ""


def ask_channel(ctx: Context, draft: Draft) -> Screen:
    buttons = [[choice(label, value)] for value, label in phrases.CHANNEL_BUTTONS.items()]
    return Screen(phrases.which_channel(name=_name(ctx, draft)), buttons)


def take_channel(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    draft.channel = Channel(answer.choice(*Channel))
    return Step.DAY


def ask_day(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_day(), [[choice(phrases.TODAY, "0"), choice(phrases.YESTERDAY, "1")]])


def take_day(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    today = local_date(ctx.now, ctx.zone)
    if answer.value in ("0", "1"):
        draft.happened_on = today - timedelta(days=int(answer.value))
    else:
        draft.happened_on = typed_day(answer, first=today - timedelta(days=DAYS_BACK), last=today)
    return Step.RESULT


def ask_result(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_result(name=_name(ctx, draft), limit=RESULT_LIMIT))


def take_result(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    draft.result = clean(answer.words(limit=RESULT_LIMIT))
    return Step.PREVIEW


def ask_preview(ctx: Context, draft: Draft) -> Screen:
    words = phrases.contact_preview(
        name=_name(ctx, draft),
        channel=draft.channel,
        on=draft.happened_on or local_date(ctx.now, ctx.zone),
        result=draft.result,
        settles=bool(draft.checkin_id),
        told=hears(ctx.db, draft.member_id),
    )
    return Screen(words, [[choice(phrases.SAVE, "save")]])


def take_preview(ctx: Context, draft: Draft, answer: Answer) -> StrEnum | None:
    """What was typed is kept in any case; a report that somebody else settled meanwhile stays as it is."""
    answer.choice("save")
    matter = _matter(ctx, draft)
    settled = matter.checkin is not None and matter.checkin.state not in UNSETTLED
    words = _what_was_done(ctx, matter, settled=settled)
    record_contact(
        ctx.db,
        matter.member,
        channel=draft.channel,
        happened_on=draft.happened_on or local_date(ctx.now, ctx.zone),
        result=draft.result,
        by_id=ctx.me.id,
        policy=ctx.policies.checkin,
        now=ctx.now,
    )
    if _at_the_desk(ctx, matter):
        show_cell(ctx, matter.cell, note=words)
    else:
        show_mine(ctx, note=words)
    return None


def _at_the_desk(ctx: Context, matter: Matter) -> bool:
    """Who was only asked to keep in touch sees their own list instead."""
    return may(ctx.db, ctx.me.id, Right.SEE_DESK, matter.cell.id, now=ctx.now)


def _what_was_done(ctx: Context, matter: Matter, *, settled: bool) -> Text:
    if settled and matter.checkin is not None and _at_the_desk(ctx, matter):
        return common.paragraph(happened(ctx, matter.member, matter.checkin), phrases.contact_saved_besides())
    told = hears(ctx.db, matter.member.id)
    return phrases.contact_saved(name=matter.member.full_name, told=told)


def _matter(ctx: Context, draft: Draft) -> Matter:
    if draft.checkin_id:
        return matter_of_checkin(ctx, draft.checkin_id, Right.RECORD_CONTACT, lock=True)
    return _may(ctx, draft)


def _may(ctx: Context, draft: Draft) -> Matter:
    return matter_of_member(ctx, draft.member_id, Right.RECORD_CONTACT)


CONTACT: Flow[Draft] = Flow(
    room="desk_contact",
    about=phrases.CONTACTING,
    draft=Draft,
    steps={
        Step.CHANNEL: Question(ask_channel, take_channel),
        Step.DAY: Question(ask_day, take_day),
        Step.RESULT: Question(ask_result, take_result),
        Step.PREVIEW: Question(ask_preview, take_preview),
    },
    right=_may,
)
