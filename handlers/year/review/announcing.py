"""Opening a campaign: everything is proposed, so two taps do; each part can be changed first. Its dates, later.

CHECK ──open──> the campaign
  └─ KIND, FORM, DEADLINE, MEETING; MORE ──> YEAR, EXEMPT ──> CHECK

Dates of an open one: DEADLINE ──> MEETING ──> done
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from handlers.ground.arguments import number
from handlers.ground.context import Answer, Context
from handlers.ground.conversation import Flow, Question, Screen, begin, choice
from handlers.ground.days import take_day
from handlers.year.review.campaign import show_campaign
from handlers.year.review.desk_door import RUN, campaign_for, cell_for, words_of_reach
from handlers.year.review.reading import form_words
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import roster
from models.phrases.text import day, raw
from models.phrases.year import review as words, review_desk as phrases
from models.year.policy import Stand
from models.year.review import (
    ReviewKind,
    campaign_of,
    change_campaign,
    form,
    forms_of,
    lines_of,
    open_campaign,
)
from models.year.review.campaign import whom_it_moves
from models.year.review.eligibility import decided_aways, judge
from models.year.review.telling import reached

_NONE = "-"
_USUAL_FORM = {ReviewKind.REVIEW: "2c-2025", ReviewKind.COMMITMENT: "commitment-2025"}


class Step(StrEnum):
    CHECK = "check"
    KIND = "kind"
    YEAR = "year"
    FORM = "form"
    DEADLINE = "deadline"
    MEETING = "meeting"
    MORE = "more"
    EXEMPT = "exempt"


class Draft(BaseModel):
    """`campaign_id`: its dates are being changed; 0: it is yet to be opened."""

    cell_id: int = 0
    campaign_id: int = 0
    kind: ReviewKind = ReviewKind.REVIEW
    year: int = 2000
    form: str = ""
    deadline: date = date(2000, 1, 1)
    meeting_on: date | None = None
    exempt: Stand = Stand.VOLUNTARY


def start(ctx: Context, arguments: list[str]) -> None:
    cell = cell_for(ctx, number(arguments), RUN)
    draft = Draft(cell_id=cell.id, exempt=ctx.policies.review.exempt)
    _propose(ctx, draft)
    begin(ctx, FLOW, Step.CHECK, draft)


def change_dates(ctx: Context, arguments: list[str]) -> None:
    campaign = campaign_for(ctx, number(arguments), RUN)
    draft = Draft(
        cell_id=campaign.cell_id,
        campaign_id=campaign.id,
        deadline=campaign.deadline,
        meeting_on=campaign.meeting_on,
    )
    begin(ctx, FLOW, Step.DEADLINE, draft)


def _may(ctx: Context, draft: Draft) -> None:
    cell_for(ctx, draft.cell_id, RUN)
    if draft.campaign_id:
        campaign_for(ctx, draft.campaign_id, RUN)


def _today(ctx: Context) -> date:
    return local_date(ctx.now, HOME_ZONE)


def _propose(ctx: Context, draft: Draft) -> None:
    """What most cells want: this year's reviews from autumn on, the commitment before; the usual deadline, if ahead."""
    today, known = _today(ctx), draft.kind
    taken = [
        kind
        for kind in ReviewKind
        if campaign_of(ctx.db, draft.cell_id, kind, _year(kind, today)) is not None
    ]
    draft.kind = next((k for k in (known, *ReviewKind) if k not in taken), known)
    _propose_for(ctx, draft, _year(draft.kind, today))


def _propose_for(ctx: Context, draft: Draft, year: int) -> None:
    policy, today = ctx.policies.review, _today(ctx)
    usual = policy.proposed_deadline if draft.kind is ReviewKind.REVIEW else policy.commitment_deadline
    draft.year, draft.form = year, _USUAL_FORM.get(draft.kind) or forms_of(draft.kind)[0].code
    draft.deadline = max(date.fromisoformat(f"{year}-{usual}"), today + timedelta(days=7))
    draft.meeting_on = None


def _year(kind: ReviewKind, today: date) -> int:
    """Until spring the reviews are those of the year before; from autumn on the commitment is for the next."""
    if kind is ReviewKind.REVIEW:
        return today.year - (today.month < 4)
    return today.year + (today.month > 10)


# --- check ----------------------------------------------------------------------------------------------------------


def _ask_check(ctx: Context, draft: Draft) -> Screen:
    cell_for(ctx, draft.cell_id, RUN)
    asked, free, out = _numbers(ctx, draft)
    text = phrases.check(
        kind=draft.kind,
        year=draft.year,
        form=form(draft.form).name,
        deadline=draft.deadline,
        meeting_on=draft.meeting_on,
        exempt=draft.exempt,
        asked=asked,
        free=free,
        out=out,
    )
    rows = [
        [choice(phrases.OPEN_THIS, "open")],
        [choice(phrases.CHANGE_DEADLINE, Step.DEADLINE), choice(phrases.CHANGE_MEETING, Step.MEETING)],
        [choice(phrases.CHANGE_KIND, Step.KIND), choice(phrases.CHANGE_FORM, Step.FORM)],
        [choice(phrases.MORE, Step.MORE)],
    ]
    return Screen(text, rows)


def _numbers(ctx: Context, draft: Draft) -> tuple[int, int, int]:
    """By the table as it would judge today: required, voluntary, out."""
    aways = decided_aways(ctx.db, draft.cell_id, today=_today(ctx))
    stands = [
        judge(
            member,
            aways.get(member.id),
            cell_id=draft.cell_id,
            deadline=draft.deadline,
            exempt=draft.exempt,
            policy=ctx.policies.review,
        ).stand
        for member in roster(ctx.db, draft.cell_id)
    ]
    return stands.count(Stand.REQUIRED), stands.count(Stand.VOLUNTARY), stands.count(Stand.OUT)


def _take_check(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    wanted = answer.choice("open", *Step)
    if wanted != "open":
        return Step(wanted)
    campaign = open_campaign(
        ctx.db,
        cell_id=draft.cell_id,
        kind=draft.kind,
        year=draft.year,
        form=draft.form,
        deadline=draft.deadline,
        meeting_on=draft.meeting_on,
        by_id=ctx.me.id,
        policy=ctx.policies.review,
        exempt=draft.exempt,
        now=ctx.now,
    )
    asked = [line.review for line in lines_of(ctx.db, campaign.id) if line.review.stand != Stand.OUT]
    stands = [one.stand for one in asked]
    note = phrases.opened_now(
        asked=stands.count(Stand.REQUIRED),
        free=stands.count(Stand.VOLUNTARY),
        reach=words_of_reach(reached(ctx.db, asked, by_id=ctx.me.id, now=ctx.now)),
    )
    show_campaign(ctx, campaign, note)
    return None


def _ask_more(ctx: Context, draft: Draft) -> Screen:
    """What is changed seldom."""
    rows = [[choice(phrases.CHANGE_YEAR, Step.YEAR)], [choice(phrases.CHANGE_EXEMPT, Step.EXEMPT)]]
    return Screen(phrases.change_more(), rows)


def _take_more(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    return Step(answer.choice(Step.YEAR, Step.EXEMPT))


# --- its parts ------------------------------------------------------------------------------------------------------


def _ask_kind(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_kind(), [[choice(words.KINDS[kind], kind)] for kind in ReviewKind])


def _take_kind(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    draft.kind = ReviewKind(answer.choice(*ReviewKind))
    _propose_for(ctx, draft, _year(draft.kind, _today(ctx)))
    return Step.CHECK


def _ask_year(ctx: Context, draft: Draft) -> Screen:
    years = [_today(ctx).year + shift for shift in (-1, 0, 1)]
    return Screen(phrases.which_year(), [[choice(raw(year), str(year)) for year in years]])


def _take_year(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    years = [str(_today(ctx).year + shift) for shift in (-1, 0, 1)]
    deadline, meeting_on, code = draft.deadline, draft.meeting_on, draft.form
    _propose_for(ctx, draft, int(answer.choice(*years)))
    draft.meeting_on, draft.form = meeting_on, code
    draft.deadline = max(draft.deadline, deadline) if meeting_on is None else deadline
    return Step.CHECK


def _ask_form(ctx: Context, draft: Draft) -> Screen:
    found = forms_of(draft.kind)
    return Screen(form_words(found), [[choice(one.name, one.code)] for one in found])


def _take_form(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    draft.form = answer.choice(*(one.code for one in forms_of(draft.kind)))
    return Step.CHECK


def _ask_deadline(ctx: Context, draft: Draft) -> Screen:
    days = {_today(ctx) + timedelta(days=count) for count in (7, 14, 30)} | {draft.deadline}
    buttons = [choice(day(on), on.isoformat()) for on in sorted(days) if on >= _today(ctx)]
    return Screen(phrases.which_deadline(), [buttons[:2], buttons[2:]])


def _take_deadline(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    on = take_day(answer, near=_today(ctx))
    if on < _today(ctx):
        raise Refused(words.deadline_passed(on=on))
    draft.deadline = on
    if draft.meeting_on is not None and draft.meeting_on < on:
        draft.meeting_on = None
    return Step.MEETING if draft.campaign_id else Step.CHECK


def _ask_meeting(ctx: Context, draft: Draft) -> Screen:
    days = [draft.deadline + timedelta(days=count) for count in (5, 10)]
    days = sorted({*days, draft.meeting_on or days[0]})
    rows = [[choice(day(on), on.isoformat()) for on in days], [choice(phrases.NO_MEETING, _NONE)]]
    return Screen(phrases.which_meeting(), rows)


def _take_meeting(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    on = None if answer.value == _NONE else take_day(answer, near=draft.deadline)
    if on is not None and on < draft.deadline:
        raise Refused(words.meeting_before_deadline())
    draft.meeting_on = on
    if not draft.campaign_id:
        return Step.CHECK
    campaign = campaign_for(ctx, draft.campaign_id, RUN)
    told = whom_it_moves(ctx.db, campaign, draft.deadline)
    change_campaign(ctx.db, campaign, deadline=draft.deadline, meeting_on=on, by_id=ctx.me.id, now=ctx.now)
    how = words_of_reach(reached(ctx.db, told, by_id=ctx.me.id, now=ctx.now)) if told else None
    show_campaign(ctx, campaign, phrases.dates_changed(reach=how))
    return None


def _ask_exempt(ctx: Context, draft: Draft) -> Screen:
    return Screen(phrases.which_exempt(), [[choice(words.STANDS[stand], stand)] for stand in Stand])


def _take_exempt(ctx: Context, draft: Draft, answer: Answer) -> Step | None:
    draft.exempt = Stand(answer.choice(*Stand))
    return Step.CHECK


FLOW: Flow[Draft] = Flow(
    room="campaign_open",
    about=phrases.about_opening(),
    draft=Draft,
    steps={
        Step.CHECK: Question(_ask_check, _take_check),
        Step.KIND: Question(_ask_kind, _take_kind),
        Step.YEAR: Question(_ask_year, _take_year),
        Step.FORM: Question(_ask_form, _take_form),
        Step.DEADLINE: Question(_ask_deadline, _take_deadline),
        Step.MEETING: Question(_ask_meeting, _take_meeting),
        Step.MORE: Question(_ask_more, _take_more),
        Step.EXEMPT: Question(_ask_exempt, _take_exempt),
    },
    right=_may,
)
