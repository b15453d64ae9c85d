"""Opening a campaign: everything is proposed, so two taps do; each part can be changed first. Its dates, later.

CHECK ──open──> the campaign
  └─ KIND, FORM, DEADLINE, MEETING; MORE ──> YEAR, EXEMPT ──> CHECK

Dates of an open one: DEADLINE ──> MEETING ──> done
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import BaseModel

from handlers.ground.arguments import number
from handlers.ground.context import Context
from handlers.ground.form import At, Confirm, Day, Field, Form, Offer, OneOf, Row, Ways
from handlers.year.review.campaign import show_campaign
from handlers.year.review.desk_door import RUN, campaign_for, cell_for, words_of_reach
from handlers.year.review.reading import form_words
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.people.member import roster
from models.phrases.text import Text, day, raw
from models.phrases.year import review as words, review_desk as phrases
from models.year.policy import Stand
from models.year.review import (
    CampaignTerms,
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
    FLOW.begin(ctx, draft)


def change_dates(ctx: Context, arguments: list[str]) -> None:
    campaign = campaign_for(ctx, number(arguments), RUN)
    draft = Draft(
        cell_id=campaign.cell_id,
        campaign_id=campaign.id,
        deadline=campaign.deadline,
        meeting_on=campaign.meeting_on,
    )
    FLOW.begin(ctx, draft)


def _may(ctx: Context, draft: Draft) -> None:
    cell_for(ctx, draft.cell_id, RUN)
    if draft.campaign_id:
        campaign_for(ctx, draft.campaign_id, RUN)


def _today(ctx: Context) -> date:
    return local_date(ctx.now, HOME_ZONE)


def _propose(ctx: Context, draft: Draft) -> None:
    """Propose what most cells want: the kind that is not open yet, its usual year and deadline."""
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


Here = At[Draft, None]


def _look_over(at: Here) -> Text:
    draft = at.draft
    asked, free, out = _numbers(at.ctx, draft)
    return phrases.check(
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


def _to(label: Text, name: str) -> Offer:
    return Offer(label, name, name)


def _ways(at: Here) -> list[Row]:
    return [
        [Offer(phrases.OPEN_THIS, "open", None)],
        [_to(phrases.CHANGE_DEADLINE, "deadline"), _to(phrases.CHANGE_MEETING, "meeting")],
        [_to(phrases.CHANGE_KIND, "kind"), _to(phrases.CHANGE_FORM, "form")],
        [_to(phrases.MORE, "more")],
    ]


class ConfirmAnnouncement(Confirm[Draft, None]):
    def rows(self, at: Here) -> list[Row]:
        return _ways(at)


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


def _open(at: Here) -> None:
    ctx, draft = at.ctx, at.draft
    campaign = open_campaign(
        ctx.db,
        CampaignTerms(
            kind=draft.kind,
            year=draft.year,
            form=draft.form,
            deadline=draft.deadline,
            meeting_on=draft.meeting_on,
            exempt=draft.exempt,
        ),
        cell_id=draft.cell_id,
        by_id=ctx.me.id,
        policy=ctx.policies.review,
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


def _change(at: Here) -> None:
    ctx, draft = at.ctx, at.draft
    campaign = campaign_for(ctx, draft.campaign_id, RUN)
    told = whom_it_moves(ctx.db, campaign, draft.deadline)
    change_campaign(
        ctx.db,
        campaign,
        deadline=draft.deadline,
        meeting_on=draft.meeting_on,
        by_id=ctx.me.id,
        now=ctx.now,
    )
    how = words_of_reach(reached(ctx.db, told, by_id=ctx.me.id, now=ctx.now)) if told else None
    show_campaign(ctx, campaign, phrases.dates_changed(reach=how))


# --- its parts ------------------------------------------------------------------------------------------------------


def _put_kind(at: Here, kind: ReviewKind) -> None:
    at.draft.kind = kind
    _propose_for(at.ctx, at.draft, _year(kind, at.today))


def _put_year(at: Here, year: int) -> None:
    draft = at.draft
    deadline, meeting_on, code = draft.deadline, draft.meeting_on, draft.form
    _propose_for(at.ctx, draft, year)
    # of what another year proposes, only the deadline is wanted
    draft.meeting_on, draft.form = meeting_on, code
    draft.deadline = max(draft.deadline, deadline) if meeting_on is None else deadline


def _deadlines(at: Here) -> list[tuple[Text, date]]:
    days = {at.today + timedelta(days=count) for count in (7, 14, 30)} | {at.draft.deadline}
    return [(day(on), on) for on in sorted(days) if on >= at.today]


def _check_deadline(at: Here, on: date) -> date:
    if on < at.today:
        raise Refused(words.deadline_passed(on=on))
    return on


def _put_deadline(at: Here, on: date) -> None:
    at.draft.deadline = on
    if at.draft.meeting_on is not None and at.draft.meeting_on < on:
        at.draft.meeting_on = None


def _meetings(at: Here) -> list[tuple[Text, date]]:
    days = [at.draft.deadline + timedelta(days=count) for count in (5, 10)]
    return [(day(on), on) for on in sorted({*days, at.draft.meeting_on or days[0]})]


def _check_meeting(at: Here, on: date) -> date:
    if on < at.draft.deadline:
        raise Refused(words.meeting_before_deadline())
    return on


FLOW: Form[Draft, None] = Form(
    "campaign_open",
    phrases.about_opening(),
    Draft,
    right=_may,
    fields=(
        Field(
            "kind",
            lambda at: phrases.which_kind(),
            OneOf(lambda at: [(words.KINDS[kind], kind) for kind in ReviewKind]),
            put=_put_kind,
        ),
        Field(
            "year",
            lambda at: phrases.which_year(),
            OneOf(lambda at: [(raw(year), year) for year in range(at.today.year - 1, at.today.year + 2)]),
            put=_put_year,
        ),
        Field(
            "form",
            lambda at: form_words(forms_of(at.draft.kind)),
            OneOf(lambda at: [(one.name, one.code) for one in forms_of(at.draft.kind)]),
        ),
        Field(
            "deadline",
            lambda at: phrases.which_deadline(),
            Day(lambda at: at.today, _check_deadline, offers=_deadlines, in_row=2),
            put=_put_deadline,
        ),
        Field(
            "meeting",
            lambda at: phrases.which_meeting(),
            Day(lambda at: at.draft.deadline, _check_meeting, offers=_meetings, in_row=3),
            offers=lambda at: [Offer(phrases.NO_MEETING, _NONE, None)],
            into="meeting_on",
        ),
        Field(
            "more",
            lambda at: phrases.change_more(),
            Ways(lambda at: [[_to(phrases.CHANGE_YEAR, "year")], [_to(phrases.CHANGE_EXEMPT, "exempt")]]),
        ),
        Field(
            "exempt",
            lambda at: phrases.which_exempt(),
            OneOf(lambda at: [(words.STANDS[stand], stand) for stand in Stand]),
        ),
        Field(
            "check",
            _look_over,
            ConfirmAnnouncement(phrases.OPEN_THIS, "open"),
            needed=lambda at: not at.draft.campaign_id,
        ),
    ),
    order=lambda draft: ("deadline", "meeting") if draft.campaign_id else (),
    save=lambda at: _change(at) if at.draft.campaign_id else _open(at),
)
