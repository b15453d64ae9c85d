"""A campaign: opened in a minute, judged again while it runs, its dates moved, closed, opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.delivery.message import Lane
from models.ground.base import lock
from models.ground.clock import HOME_ZONE, local_date
from models.ground.marking import marked_secret
from models.people.member import Member, roster
from models.people.rights import Right, require
from models.people.trail import record_act, record_change
from models.phrases import common
from models.phrases.year import review as phrases
from models.year.policy import Ground, ReviewPolicy, Stand
from models.year.review.eligibility import Eligibility, decided_aways, judge
from models.year.review.forms import form as form_of
from models.year.review.moving import add_move, expect_open, look_again, move, state_before
from models.year.review.questions import campaign_of, lines_of
from models.year.review.refusals import ReviewRefused
from models.year.review.rows import Campaign, CampaignMove, Review
from models.year.review.states import CAMPAIGN_MOVES, OWING, CampaignState, ReviewKind, ReviewState
from models.year.review.telling import tell_member, year_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTerms:
    """What is asked of a cell, and by when. `exempt`: where those who are exempt stand; None: as the policy says."""

    kind: ReviewKind
    year: int
    form: str
    deadline: date
    meeting_on: date | None
    exempt: Stand | None = None


def open_campaign(
    db: Session, terms: CampaignTerms, *, cell_id: int, by_id: int, policy: ReviewPolicy, now: datetime
) -> Campaign:
    """Give everybody on the roster a row, and tell those who are asked and did not open it themselves."""
    require(db, by_id, Right.RUN_REVIEWS, cell_id, now=now)
    form_of(terms.form)
    _check_dates(terms.deadline, terms.meeting_on, now=now)
    if campaign_of(db, cell_id, terms.kind, terms.year) is not None:
        raise ReviewRefused(phrases.campaign_exists(kind=terms.kind, year=terms.year))
    campaign = Campaign(
        cell_id=cell_id,
        kind=terms.kind,
        year=terms.year,
        form=terms.form,
        deadline=terms.deadline,
        meeting_on=terms.meeting_on,
        exempt=terms.exempt or policy.exempt,
        state=CampaignState.OPEN,
        opened_at=now,
        opened_by=by_id,
        next_at=now,
    )
    db.add(campaign)
    db.flush()
    _write(db, campaign, "opened", by_id=by_id, now=now)
    _judge_all(db, campaign, policy, by_id=by_id, now=now)
    return campaign


def change_campaign(
    db: Session,
    campaign: Campaign,
    *,
    deadline: date,
    meeting_on: date | None,
    by_id: int,
    now: datetime,
) -> None:
    """Change the dates. Members who still owe get the new deadline and are told; a later one of their own stays."""
    require(db, by_id, Right.RUN_REVIEWS, campaign.cell_id, now=now)
    _lock(db, campaign, CampaignState.OPEN)
    if (deadline, meeting_on) == (campaign.deadline, campaign.meeting_on):
        return
    _check_dates(deadline, meeting_on, now=now)
    old, campaign.deadline, campaign.meeting_on = campaign.deadline, deadline, meeting_on
    campaign.next_at, campaign.reminded_for = now, None
    row = _write(db, campaign, "changed", by_id=by_id, now=now)
    for line in lines_of(db, campaign.id) if deadline != old else []:
        review = line.review
        if _moves_with(review, old, deadline):
            review.deadline = deadline
            look_again(review, now=now)
            if review.owes:
                words = phrases.deadline_moved(kind=campaign.kind, year=campaign.year, deadline=deadline)
                tell_member(
                    db,
                    review,
                    words,
                    key=f"deadline:{row.id}:{review.id}",
                    by_id=by_id,
                    now=now,
                    lane=Lane.BULK,
                )


def whom_it_moves(db: Session, campaign: Campaign, deadline: date) -> list[Review]:
    """Return the reviews whose members are told when the campaign gets this deadline."""
    if deadline == campaign.deadline:
        return []
    found = [line.review for line in lines_of(db, campaign.id)]
    return [one for one in found if one.owes and _moves_with(one, campaign.deadline, deadline)]


def _moves_with(review: Review, old: date, deadline: date) -> bool:
    """A later deadline of their own stays."""
    return review.deadline == old or review.deadline < deadline


def close_campaign(db: Session, campaign: Campaign, *, by_id: int, now: datetime) -> None:
    """Close the year: what is not accepted is UNFINISHED. What was handed in must be read first."""
    require(db, by_id, Right.RUN_REVIEWS, campaign.cell_id, now=now)
    _lock(db, campaign, CampaignState.OPEN)
    waiting = [one for one in lines_of(db, campaign.id, ReviewState.SUBMITTED) if not one.on_paper]
    if waiting:
        raise ReviewRefused(phrases.unread_left(count=len(waiting)))
    for line in lines_of(db, campaign.id, *OWING):
        move(db, line.review, ReviewState.UNFINISHED, by_id=by_id, now=now)
    _step(db, campaign, CampaignState.CLOSED, by_id=by_id, now=now)
    campaign.closed_at, campaign.next_at = now, None


def reopen_campaign(db: Session, campaign: Campaign, *, by_id: int, now: datetime) -> None:
    """Reopen a campaign that was closed too early: everything unfinished stands where it stood."""
    require(db, by_id, Right.RUN_REVIEWS, campaign.cell_id, now=now)
    _lock(db, campaign, CampaignState.CLOSED)
    _step(db, campaign, CampaignState.OPEN, by_id=by_id, now=now)
    campaign.closed_at, campaign.next_at, campaign.reminded_for = None, now, None
    for line in lines_of(db, campaign.id, ReviewState.UNFINISHED):
        move(db, line.review, state_before(db, line.review), by_id=by_id, now=now)


def refresh_campaign(db: Session, campaign: Campaign, *, policy: ReviewPolicy, now: datetime) -> None:
    """Judge everybody again: newcomers, members who left, absences decided or ended. What somebody decided stays."""
    if campaign.state == CampaignState.OPEN:
        lock(db, campaign)  # two who look at once add a newcomer once
        _judge_all(db, campaign, policy, by_id=None, now=now)


def decide_eligibility(
    db: Session,
    review: Review,
    stand: Stand,
    *,
    reason: str,
    by_id: int,
    now: datetime,
    ground: Ground = Ground.DECIDED,
) -> None:
    """Let the secretary say whether it is asked for, and keep the reason. `ground`: DECIDED or SUSPENDED."""
    require(db, by_id, Right.RUN_REVIEWS, review.cell_id, now=now)
    campaign = expect_open(db, review)
    lock(db, review)
    if not reason.strip():
        raise ReviewRefused(phrases.reason_needed())
    if marked_secret(reason):
        raise ReviewRefused(common.secret_refused())
    review.reason, review.decided_by, review.decided_at = reason.strip(), by_id, now
    was_asked = review.state != ReviewState.OUT
    record_change(db, "campaign.eligibility", by_id=by_id, member_id=review.member_id, now=now)
    _apply(db, review, Eligibility(stand, ground), by_id=by_id, now=now, note=reason.strip())
    if was_asked != (review.state != ReviewState.OUT):
        _tell_asked(db, campaign, review, key=f"asked:{review.id}:{now:%Y%m%d%H%M%S}", by_id=by_id, now=now)


# --- within ---------------------------------------------------------------------------------------------------------


def _check_dates(deadline: date, meeting_on: date | None, *, now: datetime) -> None:
    if deadline < local_date(now, HOME_ZONE):
        raise ReviewRefused(phrases.deadline_passed(on=deadline))
    if meeting_on is not None and meeting_on < deadline:
        raise ReviewRefused(phrases.meeting_before_deadline())


def _lock(db: Session, campaign: Campaign, state: CampaignState) -> None:
    lock(db, campaign)
    if campaign.state == state:
        return
    if state is CampaignState.OPEN:
        raise ReviewRefused(phrases.campaign_is_closed(year=campaign.year))
    raise ReviewRefused(phrases.campaign_exists(kind=campaign.kind, year=campaign.year))


def _step(db: Session, campaign: Campaign, state: CampaignState, *, by_id: int, now: datetime) -> None:
    if state not in CAMPAIGN_MOVES[CampaignState(campaign.state)]:
        raise ValueError(f"a campaign does not move from {campaign.state} to {state}")
    campaign.state = state
    _write(db, campaign, "closed" if state is CampaignState.CLOSED else "opened again", by_id=by_id, now=now)


def _write(db: Session, campaign: Campaign, did: str, *, by_id: int, now: datetime) -> CampaignMove:
    row = CampaignMove(
        campaign_id=campaign.id,
        did=did,
        at=now,
        by_id=by_id,
        deadline=campaign.deadline,
        meeting_on=campaign.meeting_on,
    )
    db.add(row)
    db.flush()
    record_act(db, "campaign.move", by_id=by_id, now=now, unit_id=campaign.cell_id, detail=did)
    return row


def _judge_all(
    db: Session, campaign: Campaign, policy: ReviewPolicy, *, by_id: int | None, now: datetime
) -> None:
    today = local_date(now, HOME_ZONE)
    aways = decided_aways(db, campaign.cell_id, today=today)
    known = {line.member.id: line for line in lines_of(db, campaign.id)}
    people = {one.id: one for one in roster(db, campaign.cell_id)} | {
        member_id: line.member for member_id, line in known.items()
    }
    for member in people.values():
        verdict = judge(
            member,
            aways.get(member.id),
            cell_id=campaign.cell_id,
            deadline=campaign.deadline,
            exempt=Stand(campaign.exempt),
            policy=policy,
        )
        if member.id not in known:
            _add(db, campaign, member, verdict, by_id=by_id, now=now)
        # what the secretary decided stays, but not about who has left
        elif known[member.id].review.decided_at is None or verdict.ground is Ground.LEFT:
            _apply(db, known[member.id].review, verdict, by_id=None, now=now)


def _add(
    db: Session, campaign: Campaign, member: Member, verdict: Eligibility, *, by_id: int | None, now: datetime
) -> None:
    asked = verdict.stand is not Stand.OUT
    review = Review(
        campaign_id=campaign.id,
        member_id=member.id,
        cell_id=campaign.cell_id,
        kind=campaign.kind,
        form=campaign.form,
        state=ReviewState.NOT_STARTED if asked else ReviewState.OUT,
        stand=verdict.stand,
        ground=verdict.ground,
        judged_on=local_date(now, HOME_ZONE),
        deadline=campaign.deadline,
        version=0,
    )
    look_again(review, now=now)
    db.add(review)
    db.flush()
    add_move(db, review, None, by_id=by_id, now=now)
    if asked:
        _tell_asked(db, campaign, review, key=f"opened:{review.id}", by_id=by_id, now=now)


def _apply(
    db: Session, review: Review, verdict: Eligibility, *, by_id: int | None, now: datetime, note: str = ""
) -> None:
    """The verdict now holds. What was handed in already goes on its way, whatever the table says."""
    if (review.stand, review.ground) == verdict and not note:
        return
    review.stand, review.ground, review.judged_on = (
        verdict.stand,
        verdict.ground,
        local_date(now, HOME_ZONE),
    )
    before = ReviewState(review.state)
    if verdict.stand is Stand.OUT and before in OWING:
        move(db, review, ReviewState.OUT, by_id=by_id, now=now, note=note)
    elif verdict.stand is not Stand.OUT and before is ReviewState.OUT:
        move(db, review, state_before(db, review), by_id=by_id, now=now, note=note)
    else:
        look_again(review, now=now)
        add_move(db, review, before, by_id=by_id, now=now, note=note)


def _tell_asked(
    db: Session, campaign: Campaign, review: Review, *, key: str, by_id: int | None, now: datetime
) -> None:
    kind, year = campaign.kind, year_of(db, review)
    if review.stand == Stand.OUT:
        words = phrases.no_longer_asked(kind=kind, year=year)
    else:
        words = phrases.opened(
            kind=kind, year=year, deadline=review.deadline, voluntary=review.stand == Stand.VOLUNTARY
        )
    tell_member(db, review, words, key=key, by_id=by_id, now=now, lane=Lane.BULK)
