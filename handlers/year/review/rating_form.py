"""What one paper says of several members: the paper once, then level by level, then a look over all of it.

NUMBER ──> DAY ──> DECIDER ──> LEVEL <──> WHO       a draft: nothing is recorded, nobody is told
                                 │ “as the cell proposed”, “look over and record”
                                 v
                     some change? ──> REASON ──> CHECK ──> recorded; telling is another button (rating.py)

A slip of one member: LEVEL (the same paper) ──> CHECK; once they were told it is a change, and begins with its paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from handlers.ground.arguments import number, number_or_0
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.ground.paging import page_of
from handlers.year.review.desk_door import Row
from handlers.year.review.rating import campaign_for, people_of, show
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.marking import clean
from models.people.rights import NotEntitled
from models.people.unit import Unit
from models.phrases import common
from models.phrases.text import LABEL, Text, fitted, fitting, raw
from models.phrases.year import rating as phrases
from models.year.review.rating import (
    Rated,
    RatingPaper,
    changes,
    check_may_record,
    record_ratings,
)
from models.year.review.rating_rows import Rating, Stage
from models.year.review.rows import Campaign
from models.year.review.states import Level

_NUMBER_LIMIT, _NAME_LIMIT, _REASON_LIMIT = 60, 200, 500
_PAGE = 4  # names beside “choose all”, the next page, done and back
_END, _AS_PROPOSED, _CHECK = "-", "proposed", "check"


class Step(StrEnum):
    NUMBER = "number"
    DAY = "day"
    DECIDER = "decider"
    LEVEL = "level"
    WHO = "who"
    REASON = "reason"
    CHECK = "check"


class Draft(BaseModel):
    """`chosen`: member and level, as they were chosen so far. `only`: the one member who is put right; 0: several."""

    campaign_id: int = 0
    stage: Stage = Stage.PROPOSED
    only: int = 0
    number: str = ""
    on: date = date.min
    decided_by: str = ""
    level: Level = Level.GOOD
    chosen: dict[int, Level] = {}
    reason: str = ""
    page: int = 0

    @property
    def paper(self) -> RatingPaper:
        return RatingPaper(self.number, self.on, self.decided_by)


def start(ctx: Context, arguments: list[str]) -> None:
    """Begin to record a stage: `<campaign>:<stage>`. With `…:<member>` what is recorded of one is corrected."""
    campaign = campaign_for(ctx, number(arguments))
    if arguments[1:2] not in [[stage.value] for stage in Stage]:
        raise Refused(common.gone_button())
    draft = Draft(campaign_id=campaign.id, stage=Stage(arguments[1]), only=number_or_0(arguments, 2))
    _campaign(ctx, draft)
    begin(ctx, FLOW, _first(ctx, draft), draft)


def _first(ctx: Context, draft: Draft) -> Step:
    """A slip that nobody was told of is put right on the same paper."""
    if not draft.only:
        return Step.NUMBER
    (one,) = _everybody(ctx, draft)
    row = _row(one, draft.stage)
    if row is None or (draft.stage is Stage.DECIDED and not one.is_untold):
        return Step.NUMBER
    draft.number, draft.on, draft.decided_by = row.number, row.paper_on, row.decided_by or ""
    return Step.LEVEL


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
    # a day without a year is one of this year
    draft.on = take_day(answer, near=today.replace(month=1, day=1))
    if draft.on > today:
        raise Refused(phrases.day_ahead())
    return Step.DECIDER


def _ask_decider(ctx: Context, draft: Draft) -> Screen:
    names = _deciders(ctx, draft)
    return Screen(
        phrases.ask_decider(stage=draft.stage),
        [[choice(fitted(raw(name)), str(at))] for at, name in enumerate(names)],
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
    everybody = _everybody(ctx, draft)
    levels: list[Row] = [[choice(phrases.LEVELS[level], level)] for level in Level]
    if draft.only:
        (one,) = everybody
        return Screen(
            phrases.ask_right_level(name=one.member.full_name, now=_level(one, draft.stage)), levels
        )
    if not draft.chosen and _all_done(everybody, draft):
        return Screen(phrases.all_recorded(), [*levels, [choice(phrases.NONE_LEFT, _END)]])
    same = len(_as_proposed(everybody, draft))
    first = [[choice(phrases.as_proposed(count_of=same), _AS_PROPOSED)]] if same else []
    last = (
        choice(phrases.look_over(count_of=len(draft.chosen)), _CHECK)
        if draft.chosen
        else choice(phrases.NONE_LEFT, _END)
    )
    counts = Counter(draft.chosen.values())
    words = phrases.ask_level(
        left=len(_left(everybody, draft)), chosen=[(level, counts[level]) for level in Level if counts[level]]
    )
    return Screen(words, [*first, *levels, [last]])


def _all_done(everybody: Sequence[Rated], draft: Draft) -> bool:
    return bool(everybody) and not _left(everybody, draft)


def _left(everybody: Sequence[Rated], draft: Draft) -> list[Rated]:
    """Nothing is recorded of them at this stage, and nothing chosen."""
    return [
        one for one in everybody if _level(one, draft.stage) is None and one.member.id not in draft.chosen
    ]


def _as_proposed(everybody: Sequence[Rated], draft: Draft) -> dict[int, Level]:
    """For a decision: whoever is left and was proposed for a level."""
    if draft.stage is not Stage.DECIDED:
        return {}
    return {
        one.member.id: Level(one.proposed.level)
        for one in _left(everybody, draft)
        if one.proposed is not None and one.proposed.level
    }


def _take_level(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    value = answer.choice(*Level, _END, _AS_PROPOSED, _CHECK)
    everybody = _everybody(ctx, draft)
    if value == _END:
        ctx.left = True
        show(ctx, _campaign(ctx, draft))
        return None
    if value == _AS_PROPOSED:
        draft.chosen |= _as_proposed(everybody, draft)
        value = _CHECK
    if value == _CHECK:
        return _to_check(draft, everybody)
    draft.level, draft.page = Level(value), 0
    if draft.only:
        draft.chosen = {draft.only: draft.level}
        return _to_check(draft, everybody)
    return Step.WHO


def _to_check(draft: Draft, everybody: Sequence[Rated]) -> Step:
    known = {one.member.id for one in everybody}
    draft.chosen = {who: level for who, level in draft.chosen.items() if who in known}
    if not draft.chosen:
        raise Refused(phrases.nobody_chosen())
    return Step.REASON if _changed(draft, everybody) and not draft.reason else Step.CHECK


def _ask_who(ctx: Context, draft: Draft) -> Screen:
    everybody = _everybody(ctx, draft)
    draft.page, pages = page_of(draft.page, len(everybody), _PAGE)
    here = everybody[draft.page * _PAGE : (draft.page + 1) * _PAGE]
    words = phrases.ask_who(
        level=draft.level,
        chosen=[one.member.full_name for one in everybody if draft.chosen.get(one.member.id) == draft.level],
        others=[line for one in here if (line := _beside(one, draft))],
    )
    rows: list[Row] = [[choice(_named(one, draft), f"t{one.member.id}")] for one in here]
    if pages > 1:
        rows.append([choice(phrases.next_page(page=(draft.page + 1) % pages, pages=pages), "page")])
    if many := _all_of(everybody, draft):
        label = (
            phrases.all_proposed
            if draft.stage is Stage.DECIDED and _proposals(everybody)
            else phrases.all_left
        )
        rows.append([choice(label(count_of=len(many)), "all")])
    return Screen(words, [*rows, [choice(phrases.DONE_CHOOSING, "done")]], looking=True)


def _proposals(everybody: Sequence[Rated]) -> bool:
    return any(one.proposed is not None for one in everybody)


def _all_of(everybody: Sequence[Rated], draft: Draft) -> list[int]:
    """Whom “all” chooses: of the committee those whom the cell proposed for this level; of the cell whoever is left."""
    if draft.stage is Stage.DECIDED and _proposals(everybody):
        return [who for who, level in _as_proposed(everybody, draft).items() if level == draft.level]
    return [one.member.id for one in _left(everybody, draft)]


def _named(one: Rated, draft: Draft) -> Text:
    name = one.member.full_name
    return (
        phrases.chosen(name) if draft.chosen.get(one.member.id) == draft.level else raw(fitting(name, LABEL))
    )


def _beside(one: Rated, draft: Draft) -> Text | None:
    """What to compare with: a level that was chosen or recorded already, and for a decision what the cell proposed."""
    there = draft.chosen.get(one.member.id) or _level(one, draft.stage)
    proposed = one.proposed.level if draft.stage is Stage.DECIDED and one.proposed is not None else None
    return phrases.beside(name=one.member.full_name, there=there, proposed=proposed)


def _take_who(ctx: Context, draft: Draft, answer: Answer) -> Step:
    value, everybody = answer.choice(), _everybody(ctx, draft)
    if value == "done":
        return Step.LEVEL
    if value == "all":
        draft.chosen |= dict.fromkeys(_all_of(everybody, draft), draft.level)
    elif value == "page":
        draft.page = (draft.page + 1) % page_of(0, len(everybody), _PAGE)[1]
    else:
        who = number([value.removeprefix("t")])
        # the same level again takes it back; another one replaces it
        if draft.chosen.pop(who, None) != draft.level:
            draft.chosen[who] = draft.level
    return Step.WHO


def _changed(draft: Draft, everybody: Sequence[Rated]) -> list[str]:
    """The names of the members whose level changes by what was chosen here."""
    return [
        one.member.full_name
        for one in everybody
        if one.member.id in draft.chosen
        and changes(one, draft.stage, draft.chosen[one.member.id], draft.paper)
    ]


def _ask_reason(ctx: Context, draft: Draft) -> Screen:
    names = _changed(draft, _everybody(ctx, draft))
    return Screen(phrases.ask_reason(names=names, limit=_REASON_LIMIT))


def _take_reason(ctx: Context, draft: Draft, answer: Answer) -> Step:
    draft.reason = clean(answer.words(limit=_REASON_LIMIT))
    return Step.CHECK


# --- the look over --------------------------------------------------------------------------------------------------


def _ask_check(ctx: Context, draft: Draft) -> Screen:
    everybody = _everybody(ctx, draft)
    rows = [
        (level, [_checked(one, draft) for one in everybody if draft.chosen.get(one.member.id) == level])
        for level in Level
    ]
    words = phrases.check(
        stage=draft.stage,
        number=draft.number,
        on=draft.on,
        by=draft.decided_by,
        rows=[(level, names) for level, names in rows if names],
        count_of=len(draft.chosen),
        reason=draft.reason,
    )
    yes = [choice(phrases.record_all(count_of=len(draft.chosen)), "yes")]
    return Screen(words, [yes, *([] if draft.only else [[choice(phrases.CHANGE_IT, "change")]])])


def _checked(one: Rated, draft: Draft) -> Text:
    """A name, and what stood there or was proposed where that is something else."""
    level = draft.chosen[one.member.id]
    before, proposed = _level(one, draft.stage), one.proposed.level if one.proposed else None
    return phrases.checked(
        name=one.member.full_name,
        before=before if before != level else None,
        proposed=proposed if draft.stage is Stage.DECIDED and proposed != level else None,
    )


def _take_check(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    if answer.choice("yes", "change") == "change":
        return Step.LEVEL
    campaign, everybody = _campaign(ctx, draft), _everybody(ctx, draft)
    if (step := _to_check(draft, everybody)) is not Step.CHECK:
        return step
    record_ratings(
        ctx.db,
        campaign,
        draft.stage,
        draft.chosen,
        draft.paper,
        by_id=ctx.me.id,
        now=ctx.now,
        reason=draft.reason,
    )
    show(ctx, campaign, phrases.kept(stage=draft.stage, people_count=len(draft.chosen)))
    return None


def _everybody(ctx: Context, draft: Draft) -> list[Rated]:
    everybody = people_of(ctx, _campaign(ctx, draft))
    if not draft.only:
        return everybody
    found = [one for one in everybody if one.member.id == draft.only]
    if not found:
        raise NotEntitled
    return found


def _row(one: Rated, stage: Stage) -> Rating | None:
    return one.proposed if stage is Stage.PROPOSED else one.decided


def _level(one: Rated, stage: Stage) -> str | None:
    row = _row(one, stage)
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
        Step.CHECK: Question(_ask_check, _take_check),
    },
    right=_campaign,
)
