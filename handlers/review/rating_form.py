"""What one paper says of several members: the paper once, then level by level.

NUMBER ──> DAY ──> DECIDER ──> LEVEL ──> WHO ──some change──> REASON ──┐
                                 ^  └─ done        └──none──> recorded │
                                 └──────────── recorded <──────────────┘
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from handlers.arguments import number
from handlers.context import Answer, Context
from handlers.conversation import Flow, Question, Screen, begin, choice
from handlers.days import take_day
from handlers.desk.door import PAGE, clean, page_of
from handlers.review.desk_door import Row
from handlers.review.rating import campaign_for, people_of, show
from models.clock import HOME_ZONE, local_date
from models.errors import Refused
from models.phrases import common
from models.phrases import desk as desk_words
from models.phrases import rating as phrases
from models.phrases.text import Text, raw
from models.review.rating import (
    Rated,
    RatingPaper,
    changes,
    check_may_record,
    record_ratings,
)
from models.review.rating_rows import Stage
from models.review.rows import Campaign
from models.review.states import Level
from models.unit import Unit

_NUMBER_LIMIT, _NAME_LIMIT, _REASON_LIMIT = 60, 200, 500
_END = "-"


class Step(StrEnum):
    NUMBER = "number"
    DAY = "day"
    DECIDER = "decider"
    LEVEL = "level"
    WHO = "who"
    REASON = "reason"


class Draft(BaseModel):
    """`kept`: how many were recorded in the round before, for the line above the next question."""

    campaign_id: int = 0
    stage: Stage = Stage.PROPOSED
    number: str = ""
    on: date = date.min
    decided_by: str = ""
    level: Level = Level.GOOD
    chosen: list[int] = []
    page: int = 0
    kept: int = 0


def start(ctx: Context, arguments: list[str]) -> None:
    """`<campaign>:<stage>`"""
    campaign = campaign_for(ctx, number(arguments))
    if arguments[1:2] not in [[stage.value] for stage in Stage]:
        raise Refused(common.gone_button())
    draft = Draft(campaign_id=campaign.id, stage=Stage(arguments[1]))
    _campaign(ctx, draft)
    begin(ctx, FLOW, Step.NUMBER, draft)


def _campaign(ctx: Context, draft: Draft) -> Campaign:
    campaign = campaign_for(ctx, draft.campaign_id)
    check_may_record(ctx.db, campaign, draft.stage, by_id=ctx.me.id, now=ctx.now)
    return campaign


# --- the paper ------------------------------------------------------------------------------------------------------


def _ask_number(ctx: Context, draft: Draft) -> Screen:
    _campaign(ctx, draft)
    return Screen(phrases.ask_number(stage=draft.stage))


def _take_number(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.number = clean(answer.words(limit=_NUMBER_LIMIT))
    return Step.DAY


def _ask_day(ctx: Context, draft: Draft) -> Screen:
    today = local_date(ctx.now, HOME_ZONE)
    return Screen(phrases.ask_day(stage=draft.stage), [[choice(phrases.TODAY, f"{today}")]])


def _take_day(ctx: Context, draft: Draft, answer: Answer) -> Step:
    today = local_date(ctx.now, HOME_ZONE)
    draft.on = take_day(answer, near=today.replace(month=1, day=1))
    if draft.on > today:
        raise Refused(phrases.day_ahead())
    return Step.DECIDER


def _ask_decider(ctx: Context, draft: Draft) -> Screen:
    names = _deciders(ctx, draft)
    return Screen(
        phrases.ask_decider(stage=draft.stage),
        [[choice(raw(name), str(at))] for at, name in enumerate(names)],
    )


def _deciders(ctx: Context, draft: Draft) -> list[str]:
    """The cell for a proposal; for a decision the committees above it, the nearest first."""
    unit = ctx.db.get_one(Unit, _campaign(ctx, draft).cell_id)
    if draft.stage is Stage.PROPOSED:
        return [unit.name]
    names: list[str] = []
    while unit.parent_id is not None and len(names) < 3:
        unit = ctx.db.get_one(Unit, unit.parent_id)
        names.append(unit.name)
    return names


def _take_decider(ctx: Context, draft: Draft, answer: Answer) -> Step:
    known = {str(at): name for at, name in enumerate(_deciders(ctx, draft))}
    if answer.value is not None:
        draft.decided_by = known[answer.choice(*known)]
    else:
        draft.decided_by = clean(answer.words(limit=_NAME_LIMIT))
    return Step.LEVEL


# --- level by level -------------------------------------------------------------------------------------------------


def _ask_level(ctx: Context, draft: Draft) -> Screen:
    left = sum(_level(one, draft.stage) is None for one in _everybody(ctx, draft))
    rows: list[Row] = [[choice(phrases.LEVELS[level], level)] for level in Level]
    words = phrases.ask_level(left=left)
    if draft.kept:
        words = common.paragraph(phrases.kept(level=draft.level, people_count=draft.kept), words)
    return Screen(words, [*rows, [choice(phrases.NONE_LEFT, _END)]])


def _take_level(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    value = answer.choice(*Level, _END)
    if value == _END:
        show(ctx, _campaign(ctx, draft))
        return None
    draft.level, draft.chosen, draft.page, draft.kept = Level(value), [], 0, 0
    return Step.WHO


def _ask_who(ctx: Context, draft: Draft) -> Screen:
    everybody = _everybody(ctx, draft)
    draft.page, pages = page_of(draft.page, len(everybody))
    here = everybody[draft.page * PAGE : (draft.page + 1) * PAGE]
    words = phrases.ask_who(level=draft.level, chosen=len(draft.chosen), page=draft.page, pages=pages)
    turn = [
        choice(label, f"p{page}")
        for label, page in ((desk_words.PREVIOUS, draft.page - 1), (desk_words.NEXT, draft.page + 1))
        if 0 <= page < pages
    ]
    rows = [[choice(_named(one, draft), f"t{one.member.id}")] for one in here]
    return Screen(
        words, [*rows, turn, [choice(phrases.ALL_LEFT, "all")], [choice(phrases.DONE_CHOOSING, "done")]]
    )


def _named(one: Rated, draft: Draft) -> Text:
    label = phrases.chosen if one.member.id in draft.chosen else phrases.not_chosen
    return label(name=one.member.full_name, level=_level(one, draft.stage))


def _take_who(ctx: Context, draft: Draft, answer: Answer) -> Step:
    value, everybody = answer.choice(), _everybody(ctx, draft)
    if value == "done":
        return _chosen(ctx, draft, everybody)
    if value == "all":
        draft.chosen = [one.member.id for one in everybody if _level(one, draft.stage) is None]
    elif value.startswith("p"):
        draft.page = number([value[1:]])
    else:
        who = number([value.removeprefix("t")])
        draft.chosen = [one for one in draft.chosen if one != who] + [who] * (who not in draft.chosen)
    return Step.WHO


def _chosen(ctx: Context, draft: Draft, everybody: list[Rated]) -> Step:
    known = {one.member.id: one for one in everybody}
    draft.chosen = [who for who in draft.chosen if who in known]  # the list may have changed meanwhile
    if not draft.chosen:
        raise Refused(phrases.nobody_chosen())
    if _changed(draft, everybody):
        return Step.REASON
    return _record(ctx, draft, "")


def _changed(draft: Draft, everybody: list[Rated]) -> list[str]:
    """The names of those for whom this is another level than what stood there."""
    return [
        one.member.full_name
        for one in everybody
        if one.member.id in draft.chosen and changes(one, draft.stage, draft.level)
    ]


def _ask_reason(ctx: Context, draft: Draft) -> Screen:
    names = _changed(draft, _everybody(ctx, draft))
    return Screen(phrases.ask_reason(names=names, limit=_REASON_LIMIT))


def _take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    return _record(ctx, draft, clean(answer.words(limit=_REASON_LIMIT)))


def _record(ctx: Context, draft: Draft, reason: str) -> Step:
    paper = RatingPaper(draft.number, draft.on, draft.decided_by)
    levels = dict.fromkeys(draft.chosen, draft.level)
    record_ratings(
        ctx.db,
        _campaign(ctx, draft),
        draft.stage,
        levels,
        paper,
        by_id=ctx.me.id,
        now=ctx.now,
        reason=reason,
    )
    draft.kept, draft.chosen = len(levels), []
    return Step.LEVEL


def _everybody(ctx: Context, draft: Draft) -> list[Rated]:
    return people_of(ctx, _campaign(ctx, draft))


def _level(one: Rated, stage: Stage) -> str | None:
    row = one.proposed if stage is Stage.PROPOSED else one.decided
    return row.level if row else None


FLOW: Flow[Draft] = Flow(
    "rating_form",
    phrases.RECORDING,
    Draft,
    {
        Step.NUMBER: Question(_ask_number, _take_number),
        Step.DAY: Question(_ask_day, _take_day),
        Step.DECIDER: Question(_ask_decider, _take_decider),
        Step.LEVEL: Question(_ask_level, _take_level),
        Step.WHO: Question(_ask_who, _take_who),
        Step.REASON: Question(_ask_reason, _take_reason),
    },
    right=_campaign,
)
