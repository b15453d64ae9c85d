"""Who owes a review is reminded, on their own clock; the secretary gets the list. Decided when it is said.

    days to the deadline    -14   -7   -3   -1    0   +3
    a member who owes        r     r    r    r    r    r     with what is missing, at `hour` on their clock
    secretary and deputy           L              L    L     who owes, who cannot be reached

`review.next_at` and `campaign.next_at` say when time looks next; "now" asks for the plan. What went by before the review
was asked for, returned or given another deadline is nobody's fault and not said. What came due while we were down, at
night, or during a pause is said once, with the days as they are by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contact.pause import open_pauses, pause_begins_at, pause_ends_at
from models.delivery.message import Button, Lane, Message
from models.delivery.outbox import cancel_outbox, unsaid
from models.ground.base import Soonest, locked
from models.ground.clock import HOME_ZONE, at_wall, decent, local_date
from models.people.member import Member, Purpose, consents, decent_for, hears, tell
from models.people.rights import desk_of
from models.people.unit import Unit
from models.phrases import common
from models.phrases.text import Text
from models.phrases.year import review_bundle as phrases
from models.policies import Policies
from models.year.policy import ReminderPolicy
from models.year.review.forms import form
from models.year.review.questions import CampaignLine, comments_of, lines_of, missing_of, moved_from
from models.year.review.rows import Campaign, CampaignMove, Review, ReviewMove
from models.year.review.states import OWING, CampaignState, ReviewState

_LISTED = 20  # names in the secretary's list
_TOO_LATE = timedelta(days=7)  # past its own day a reminder is of no use any more


# --- rules ----------------------------------------------------------------------------------------------------------


def reminder_at(deadline: date, days: int, zone: str, hour: int) -> datetime:
    return at_wall(deadline + timedelta(days=days), time(hour), zone)


def steps_of(days: Sequence[int], deadline: date, zone: str, hour: int) -> list[tuple[int, datetime]]:
    return [(day, reminder_at(deadline, day, zone, hour)) for day in sorted(set(days))]


def due_step(
    steps: Sequence[tuple[int, datetime]], done: int | None, *, since: datetime, now: datetime
) -> int | None:
    """Return the newest step that has come, is not done, and came after it was asked for. It stands for earlier ones."""
    come = [
        day
        for day, at in steps
        if since < at <= now and (done is None or day > done) and now - at < _TOO_LATE
    ]
    return max(come, default=None)


def next_step(steps: Sequence[tuple[int, datetime]], *, now: datetime) -> datetime | None:
    return min((at for _, at in steps if at > now), default=None)


# --- members --------------------------------------------------------------------------------------------------------


def remind_reviews(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    """Remind the members who still owe these reviews; one handed in meanwhile is left alone."""
    due = select(Review).where(Review.id.in_(ids), Review.next_at <= now).order_by(Review.id)
    for review in locked(db, due):
        _remind(db, review, policies.review_reminder, now=now)


def _remind(db: Session, review: Review, policy: ReminderPolicy, *, now: datetime) -> None:
    member, campaign = db.get_one(Member, review.member_id), db.get_one(Campaign, review.campaign_id)
    if not review.owes or campaign.state != CampaignState.OPEN or member.left_at is not None:
        review.next_at = None
        return
    steps = steps_of(policy.days, review.deadline, member.zone, policy.hour)
    day = due_step(steps, review.reminded_for, since=asked_since(db, review), now=now)
    if day is None:
        review.next_at = next_step(steps, now=now)
        return
    later = _awake_at(db, member, policy, now=now)
    if later > now:
        review.next_at = later
        return
    if not on_paper(db, member):
        _say(db, review, campaign, member, now=now)
    review.reminded_for, review.next_at = day, next_step(steps, now=now)


def asked_since(db: Session, review: Review) -> datetime:
    """Return when what is owed now began to be owed: the last move, or the campaign's last change of dates."""
    moved = db.scalar(select(func.max(ReviewMove.at)).where(ReviewMove.review_id == review.id))
    changed = db.scalar(
        select(func.max(CampaignMove.at)).where(CampaignMove.campaign_id == review.campaign_id)
    )
    return max(at for at in (moved, changed) if at is not None)


def on_paper(db: Session, member: Member) -> bool:
    """Return whether the member refused to be reminded here, and is reminded the usual way."""
    answers = consents(db, member.id)
    return any(
        (answer := answers.get(purpose)) is not None and not answer.given
        for purpose in (Purpose.CONTACT, Purpose.REVIEW)
    )


def _awake_at(db: Session, member: Member, policy: ReminderPolicy, *, now: datetime) -> datetime:
    """`now`, or the end of the pause, or of the night, that the member is in."""
    at = now
    pause = open_pauses(db, [member.id]).get(member.id)
    if pause is not None and pause_begins_at(pause, member.zone) <= now:
        at = max(now, pause_ends_at(pause, member.zone, policy.hour))
    return decent_for(member, at)


def _say(db: Session, review: Review, campaign: Campaign, member: Member, *, now: datetime) -> None:
    days = (review.deadline - local_date(now, member.zone)).days
    words = phrases.reminder(
        kind=review.kind,
        year=campaign.year,
        deadline=review.deadline,
        moved_from=moved_from(db, review),
        days=days,
        state=review.state,
        missing=lacking(db, review),
        comments=len(comments_of(db, review.id, version=review.version, sent=True)),
    )
    buttons = [[Button(phrases.WRITE, f"review:mine:{review.id}")], [Button(common.MENU, "nav:menu")]]
    key = f"review.remind:{review.id}:{review.deadline}:{days}"
    tell(
        db,
        member,
        Message(words, buttons),
        key=key,
        lane=Lane.REMINDER,
        now=now,
        about=f"review:{review.id}",
    )


def lacking(db: Session, review: Review) -> list[Text]:
    """Return the headings that are still missing, as words: Mục III và VI"""
    return form(review.form).spoken(missing_of(db, review))


# --- the secretary's list -------------------------------------------------------------------------------------------


def list_campaigns(db: Session, ids: Sequence[int], policies: Policies, *, now: datetime) -> None:
    due = select(Campaign).where(Campaign.id.in_(ids), Campaign.next_at <= now).order_by(Campaign.id)
    for campaign in locked(db, due):
        _list(db, campaign, policies.review_reminder, now=now)


def _list(db: Session, campaign: Campaign, policy: ReminderPolicy, *, now: datetime) -> None:
    if campaign.state != CampaignState.OPEN:
        campaign.next_at = None
        return
    steps = steps_of(policy.list_days, campaign.deadline, HOME_ZONE, policy.list_hour)
    changed = db.scalar(select(func.max(CampaignMove.at)).where(CampaignMove.campaign_id == campaign.id))
    day = due_step(steps, campaign.reminded_for, since=changed or campaign.opened_at, now=now)
    morning = decent(now, HOME_ZONE)
    if day is not None and morning > now:
        campaign.next_at = morning
        return
    if day is not None:
        _tell_keepers(db, campaign, now=now)
        campaign.reminded_for = day
    campaign.next_at = next_step(steps, now=now)


def _tell_keepers(db: Session, campaign: Campaign, *, now: datetime) -> None:
    """Nothing when nobody owes; who is on an announced pause is counted, not named."""
    lines = [one for one in lines_of(db, campaign.id, *OWING) if one.review.owes and not one.member.left_at]
    owing = [one for one in lines if not one.on_paper]
    if not owing:
        return
    today = local_date(now, HOME_ZONE)
    resting = _resting(db, owing, now=now)
    shown = [one for one in owing if one.member.id not in resting]
    words = phrases.who_owes(
        cell=db.get_one(Unit, campaign.cell_id).name,
        kind=campaign.kind,
        year=campaign.year,
        deadline=campaign.deadline,
        days=(campaign.deadline - today).days,
        rows=[_row(db, one) for one in shown[:_LISTED]],
        more=len(shown) - len(shown[:_LISTED]),
        paused=len(resting),
        on_paper=len(lines) - len(owing),
    )
    buttons = [
        [Button(phrases.OPEN_LIST, f"campaign:see:{campaign.id}")],
        [Button(common.MENU, "nav:menu")],
    ]
    for keeper_id in desk_of(db, campaign.cell_id, now=now):
        key = f"review.list:{campaign.id}:{campaign.deadline}:{today}:{keeper_id}"
        keeper = db.get_one(Member, keeper_id)
        tell(db, keeper, Message(words, buttons), key=key, lane=Lane.REMINDER, now=now)


def _resting(db: Session, owing: Sequence[CampaignLine], *, now: datetime) -> set[int]:
    zones = {one.member.id: one.member.zone for one in owing}
    pauses = open_pauses(db, list(zones))
    return {who for who, pause in pauses.items() if pause_begins_at(pause, zones[who]) <= now}


def _row(db: Session, one: CampaignLine) -> Text:
    started = one.review.state != ReviewState.NOT_STARTED
    return phrases.owing_row(
        name=one.member.full_name,
        state=one.review.state,
        missing=lacking(db, one.review) if started else [],
        reachable=hears(db, one.member.id),
        on_paper=on_paper(db, one.member),
    )


# --- our own outage -------------------------------------------------------------------------------------------------


def postpone_reviews(db: Session, by: timedelta, *, now: datetime) -> int:
    """Move the last day by the days that we were silent, for what could not be handed in; return how many moved.

    A shorter silence moves it by a day where it swallowed the end of the last day. The campaign's own date, which
    stands in the cell's papers, stays as it is. The next reminder and the member's own screen say so (`moved_from`).
    """
    began, moved, waiting = now - by, 0, unsaid(db, "review")
    rows = select(Review, Member.zone).join(Member, Member.id == Review.member_id)
    for review, zone in db.execute(rows.where(Review.state.in_(OWING), Review.next_at.is_not(None))).all():
        ends_at = at_wall(review.deadline + timedelta(days=1), time(0), zone)
        if not review.owes or ends_at <= began:
            continue
        days = max(by.days, 1 if ends_at <= now else 0)
        if days:
            review.deadline += timedelta(days=days)
            moved += 1
            if (about := f"review:{review.id}") in waiting and cancel_outbox(db, about):
                review.reminded_for, review.next_at = None, now  # said once, with the day as it is now
    return moved


# --- questions ------------------------------------------------------------------------------------------------------


def due_reviews(db: Session, *, now: datetime, limit: int) -> list[int]:
    return list(
        db.scalars(select(Review.id).where(Review.next_at <= now).order_by(Review.next_at).limit(limit))
    )


next_review_at = Soonest(Review.next_at)


def due_campaigns(db: Session, *, now: datetime, limit: int) -> list[int]:
    due = select(Campaign.id).where(Campaign.next_at <= now).order_by(Campaign.next_at).limit(limit)
    return list(db.scalars(due))


next_campaign_at = Soonest(Campaign.next_at)
