"""What a new rule does to what is open: counted in a dry run before, done on its day.

touched(db, before, after)      how many cases are open, are counted anew, keep what they were filed under; changes nothing
turn_rules(db, policies)        the values of today are others than those that were counted by: count anew, once

counted anew     times of reminders of absences and probations, who owes a review, thresholds of meetings ahead, terms
kept             papers of an absence, petitions, requests under the law: the day was told to whoever filed them
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.away.away import (
    OPEN,
    UNDER_WAY,
    Away,
    Filing,
    Route,
    committee_of,
    due_day,
    next_moment,
    policy_of,
    recount_aways,
)
from models.contact.request import HelpRequest
from models.desk.law_request import WAITING, LawRequest
from models.ground.clock import HOME_ZONE, local_date
from models.ground.rule_version import (
    RuleChange,
    RuleVersion,
    changes,
    digest_of,
    last_turned,
    values_of,
    version_of,
)
from models.meeting.meeting import Meeting, MeetingState
from models.policies import Policies
from models.trust.retention import due_rows
from models.year.policy import Stand
from models.year.probation import Probation, ProbationState, recount_probations, timetable
from models.year.review import Campaign, CampaignState, lines_of
from models.year.review.eligibility import decided_aways, judge
from models.year.review.keeping import expiring

_NEWS = timedelta(days=1)  # so long the operator may still be told, if the program was down or it was night


class OpenCase(StrEnum):
    ABSENCE = "absences"
    PAPER = "papers of absences"
    PROBATION = "probations"
    PETITION = "petitions"
    LAW = "requests under the law"
    REVIEW = "reviews"
    MEETING = "meetings ahead"
    ROW = "rows past their term"
    CAMPAIGN = "campaigns past their term"


@dataclass(frozen=True, slots=True)
class Touched:
    """Of one kind: how many are open, how many come out otherwise, and whether those are counted anew or kept."""

    case: OpenCase
    open: int
    otherwise: int
    kept: bool = False


Count = Callable[[Session, Policies, Policies, datetime], Touched]


# --- the dry run ----------------------------------------------------------------------------------------------------


def touched(db: Session, before: Policies, after: Policies, *, now: datetime) -> list[Touched]:
    """Return what is open of the kinds that these changes touch. Nothing is changed."""
    rooms = rooms_of(changes(values_of(before), values_of(after)))
    counts = dict.fromkeys(count for room in rooms for count in COUNTS[room])
    return [count(db, before, after, now) for count in counts]


def rooms_of(found: list[RuleChange]) -> list[str]:
    """Return the policies in which something changed, each once."""
    return list(dict.fromkeys(one.name.partition(".")[0] for one in found))


def _absences(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    rows = list(db.scalars(select(Away).where(Away.state.in_(OPEN))))
    moved = sum(next_moment(one, before.away) != next_moment(one, after.away) for one in rows)
    return Touched(OpenCase.ABSENCE, len(rows), moved)


def _papers(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    rows = list(db.scalars(select(Filing).where(Filing.state.in_(UNDER_WAY))))
    return Touched(
        OpenCase.PAPER, len(rows), sum(_is_otherwise(db, one, before, after) for one in rows), kept=True
    )


def _is_otherwise(db: Session, filing: Filing, before: Policies, after: Policies) -> bool:
    """Whether the same paper, filed on the day of the change, would end another day or be decided elsewhere."""
    kept = policy_of(db, filing, before.away)
    if kept.decided_by is not after.away.decided_by:
        return True
    if committee_of(db, filing.cell_id, kept) is not committee_of(db, filing.cell_id, after.away):
        return True
    ends = [
        due_day(Route(filing.route), filing.begins_on, filing.ends_on, policy, after.workday)
        for policy in (kept, after.away)
    ]
    return ends[0] != ends[1]


def _probations(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    days = list(db.scalars(select(Probation.admitted_on).where(Probation.state == ProbationState.RUNNING)))
    moved = sum(
        timetable(day, before.probation, before.workday) != timetable(day, after.probation, after.workday)
        for day in days
    )
    return Touched(OpenCase.PROBATION, len(days), moved)


def _petitions(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    rows = select(func.count()).where(
        HelpRequest.answer_by.is_not(None), HelpRequest.answered_at.is_(None), HelpRequest.closed_at.is_(None)
    )
    found = db.scalar(rows) or 0
    other = before.request.petition_workdays != after.request.petition_workdays
    return Touched(OpenCase.PETITION, found, found * other, kept=True)


def _law_requests(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    found = db.scalar(select(func.count()).where(LawRequest.state.in_(WAITING))) or 0
    other = before.law_request.model_dump() != after.law_request.model_dump()
    return Touched(OpenCase.LAW, found, found * other, kept=True)


def _reviews(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    """Who owes a review, or no longer: the list of a campaign is judged anew whenever the desk looks at it."""
    today, asked, moved = local_date(now, HOME_ZONE), 0, 0
    for campaign in db.scalars(select(Campaign).where(Campaign.state == CampaignState.OPEN)):
        aways = decided_aways(db, campaign.cell_id, today=today)
        for line in lines_of(db, campaign.id):
            if line.review.decided_at is not None:
                continue  # what the secretary decided stays
            old, new = (
                judge(
                    line.member,
                    aways.get(line.member.id),
                    cell_id=campaign.cell_id,
                    deadline=campaign.deadline,
                    exempt=Stand(campaign.exempt),
                    policy=policies.review,
                )
                for policies in (before, after)
            )
            asked += 1
            moved += old != new
    return Touched(OpenCase.REVIEW, asked, moved)


def _meetings(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    ahead = (MeetingState.PROPOSED, MeetingState.CALLED, MeetingState.POSTPONED)
    found = db.scalar(select(func.count()).where(Meeting.state.in_(ahead))) or 0
    return Touched(OpenCase.MEETING, found, found)


def _rows(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    old, new = (
        sum(one.rows for one in due_rows(db, policies.retention, now=now)) for policies in (before, after)
    )
    return Touched(OpenCase.ROW, old, abs(new - old))


def _campaigns(db: Session, before: Policies, after: Policies, now: datetime) -> Touched:
    today = local_date(now, HOME_ZONE)
    old, new = (
        {one.campaign.id for one in expiring(db, policies.review_keeping, today=today)}
        for policies in (before, after)
    )
    return Touched(OpenCase.CAMPAIGN, len(old), len(old ^ new))


COUNTS: dict[str, tuple[Count, ...]] = {
    "away": (_absences, _papers),
    "probation": (_probations,),
    "request": (_petitions,),
    "law_request": (_law_requests,),
    "review": (_reviews,),
    "review_keeping": (_campaigns,),
    "meeting": (_meetings,),
    "attendance": (_meetings,),
    "retention": (_rows,),
    "rating": (),  # shown beside the figures, of whole years
    "bearings": (),  # read anew at each look
}


# --- the day itself -------------------------------------------------------------------------------------------------


def must_turn(db: Session, policies: Policies) -> bool:
    """Return whether the values of today are others than those by which what is open was counted."""
    last = last_turned(db)
    return last is None or last.digest != digest_of(policies)


def turn_rules(db: Session, policies: Policies, *, now: datetime) -> None:
    """Count what is open by the values of today; where it is counted by them already, nothing is done."""
    version, last = version_of(db, policies, now=now), last_turned(db)
    if last is not None and last.id == version.id:
        return
    rooms = rooms_of(changes(last.values, version.values)) if last is not None else []
    if "away" in rooms:
        recount_aways(db, now=now)
    if "probation" in rooms:
        recount_probations(db, policies.probation, policies.workday, now=now)
    version.turned_at = now


def turned_lately(db: Session, *, now: datetime) -> list[tuple[str, list[RuleChange]]]:
    """Return what took effect within a day, oldest first: a key of the turn, and what was other before.

    The first version is no news.
    """
    news = []
    rows = select(RuleVersion).where(RuleVersion.turned_at > now - _NEWS).order_by(RuleVersion.turned_at)
    for version in db.scalars(rows):
        before = last_turned(db, before=version.turned_at)
        # what only a newer program knows is no change of a rule
        found = changes(before.values, version.values) if before is not None else []
        if known := [one for one in found if one.before is not None and one.after is not None]:
            news.append((f"{version.id}:{version.turned_at:%Y%m%d}", known))
    return news
