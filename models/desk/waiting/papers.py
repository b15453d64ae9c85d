"""What waits about papers: absences, letters, probations, reviews, requests for names and under the law."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import not_, or_, select

from models.away.agreement import agreements_ending
from models.away.away import OPEN, Away, is_as_last_year
from models.away.letter import Letter, letters_without_paper
from models.desk.absence import Absence, Wait
from models.desk.committee import NameState, name_requests_of
from models.desk.desk import Pile
from models.desk.law_request import due_at as law_due_at, waiting_in
from models.desk.waiting.look import Glance, Waiting, morning, of_member
from models.ground.clock import HOME_ZONE, local_date
from models.people.member import Member, Purpose, has_refused
from models.phrases.away import agreement as agreement_words, season as season_words
from models.phrases.desk import (
    absence as absence_words,
    committee as committee_words,
    law_request as law_words,
    waiting as phrases,
)
from models.phrases.year import review_desk as review_words
from models.year.probation import ProbationState, deadline, probations_of_cell, year_over_on
from models.year.review import OWING, Campaign, CampaignLine, Review, ReviewState
from models.year.review.questions import waits_for_office


def absences(*waits: Wait) -> Callable[[Glance], list[Waiting]]:
    """Return the source of absences with this work: a paper to check, a result to type, an end, a return half done."""
    return lambda look: [_absence(one, one.wait) for one in look.picture.absences if one.wait in waits]


def filings(look: Glance) -> list[Waiting]:
    """Return papers to check and results to type; those filed as last year are one line: one meeting decides on them."""
    waits = (Wait.FILED, Wait.AT_CELL)
    found = [one for one in look.picture.absences if one.wait in waits]
    seasonal = [one.under_way for one in found if one.under_way and is_as_last_year(one.under_way)]
    if len(seasonal) < _SEVERAL:
        return [_absence(one, one.wait) for one in found if one.wait]
    since = min(one.opened_at for one in seasonal)
    together = look.of_cell(
        look.cell.id,
        season_words.waits(count=len(seasonal)),
        since=since,
        promised_at=since,
        to=f"absence:season:{look.cell.id}",
    )
    rest = [one for one in found if one.wait and one.under_way not in seasonal]
    return [together, *(_absence(one, one.wait) for one in rest if one.wait)]


_SEVERAL = 2  # papers of one season


def _absence(one: Absence, wait: Wait) -> Waiting:
    filing = one.under_way if wait in (Wait.FILED, Wait.AT_CELL) else None
    promised = filing.opened_at if filing else morning(one.away.due_on)
    if wait is Wait.RETURNING and one.away.returned_on:
        promised = morning(one.away.returned_on)
    return of_member(
        one.member,
        filing.id if filing else one.away.id,
        absence_words.waits(wait=wait, due_on=one.away.due_on),
        since=filing.opened_at if filing else one.away.declared_at,
        promised_at=promised,
    )


def abroad(look: Glance) -> list[Waiting]:
    """Return those abroad of whom there was no word for long; not whom another line asks to call already."""
    late = {person.member.id for person in look.picture.pile(Pile.OWING) if person.is_late}
    ahead = timedelta(days=look.policies.away.abroad_contact_days)
    return [
        of_member(
            one.member,
            one.away.id,
            look.tried(one.member.id, phrases.abroad(since=one.word_on, by=by, past=look.today > by)),
            since=morning(by - ahead),
            promised_at=morning(by),
            calls=look.today > by and not look.rests(one.member.id),
        )
        for one in look.picture.absences
        if (by := one.contact_by) is not None
        and look.today >= by - ahead
        and one.member.id not in late
        and one.member.id not in look.silences
    ]


def agreements(look: Glance) -> list[Waiting]:
    """Return those of the cell to be renewed or ended."""
    days = look.policies.away.agreement_days
    return [
        Waiting(
            one.id,
            None,
            one.with_whom or "",
            agreement_words.waits(ends_on=ends_on, past=look.today > ends_on),
            since=morning(ends_on - timedelta(days=days)),
            promised_at=morning(ends_on),
        )
        for one in agreements_ending(look.db, look.cell.id, days=days, today=look.today)
        if (ends_on := one.ends_on) is not None
    ]


def letters(look: Glance) -> list[Waiting]:
    """Return letters about open absences that nobody answered for so long that they are worth another word."""
    patience = timedelta(days=look.policies.away.stalled_days)
    rows = look.db.execute(
        select(Letter, Member)
        .join(Away, Away.id == Letter.away_id)
        .join(Member, Member.id == Away.member_id)
        .where(Away.cell_id == look.cell.id, Away.state.in_(OPEN), Member.left_at.is_(None))
        .where(not_(has_refused(Away.member_id, Purpose.AWAY)))
        .where(Letter.answered_on.is_(None), Letter.replied_at.is_(None))
    )
    return [
        of_member(
            member,
            letter.id,
            phrases.letter(on=letter.sent_on),
            since=letter.recorded_at,
            promised_at=morning(spoken + patience),
        )
        for letter, member in rows
        if letter.waits and look.today - (spoken := letter.reminded_on or letter.sent_on) >= patience
    ]


def unsigned(look: Glance) -> list[Waiting]:
    """Return letters that were answered on the page: to be read, and the paper is to come."""
    return [
        of_member(member, letter.id, phrases.unsigned(on=local_date(at, HOME_ZONE)), since=at, promised_at=at)
        for letter, member in letters_without_paper(look.db, look.cell.id)
        if (at := letter.replied_at) is not None
    ]


def probations(look: Glance) -> list[Waiting]:
    """Return those whose year is over and whom the cell has not yet considered."""
    policy, calendar = look.policies.probation, look.policies.workday
    return [
        of_member(
            member,
            probation.id,
            phrases.probation(on=(last := deadline(probation.admitted_on, policy, calendar))),
            since=morning(year_over_on(probation.admitted_on, policy)),
            promised_at=morning(last),
        )
        for probation, member in probations_of_cell(look.db, look.cell.id)
        if probation.state == ProbationState.RUNNING
        and year_over_on(probation.admitted_on, policy) <= look.today
    ]


def reviews(look: Glance) -> list[Waiting]:
    """Return texts to read and papers to file, one by one, and who is past the deadline, one line a campaign."""
    rows = look.db.execute(
        select(Review, Member, Campaign)
        .join(Member, Member.id == Review.member_id)
        .join(Campaign, Campaign.id == Review.campaign_id)
        .where(Review.cell_id == look.cell.id, or_(Review.state.in_(OWING), waits_for_office()))
        .where(not_(has_refused(Review.member_id, Purpose.REVIEW)))
    ).all()
    ours = [
        _review(review, member, campaign) for review, member, campaign in rows if review.state in _READING
    ]
    late: dict[Campaign, list[Review]] = {}
    for review, member, campaign in rows:
        if CampaignLine(review, member).is_late(local_date(look.now, member.zone)):
            late.setdefault(campaign, []).append(review)
    return [*ours, *(_owed_reviews(look, campaign, found) for campaign, found in late.items())]


_READING = (ReviewState.SUBMITTED, ReviewState.SIGNED, ReviewState.ACCEPTED)


def _review(review: Review, member: Member, campaign: Campaign) -> Waiting:
    since = review.submitted_at or campaign.opened_at
    what = review_words.waits_papers(kind=review.kind, year=campaign.year)
    to = ""
    if review.state == ReviewState.SUBMITTED:
        on = local_date(since, HOME_ZONE)
        what = review_words.waits_reading(kind=review.kind, year=campaign.year, on=on)
        to = f"campaign:whole:{review.id}:{review.version}"
    elif review.state == ReviewState.ACCEPTED:
        what = review_words.waits_receiving(kind=review.kind, year=campaign.year)
    return of_member(member, review.id, what, since=since, promised_at=since, to=to)


def _owed_reviews(look: Glance, campaign: Campaign, late: list[Review]) -> Waiting:
    return look.of_cell(
        campaign.id,
        review_words.waits_owing(kind=campaign.kind, year=campaign.year, count=len(late)),
        since=campaign.opened_at,
        promised_at=morning(min(review.deadline for review in late) + timedelta(days=1)),
        to=f"campaign:list:{campaign.id}:owing:0",
    )


def law_requests(look: Glance) -> list[Waiting]:
    return [
        of_member(
            member,
            row.id,
            law_words.waits(),
            since=row.opened_at,
            promised_at=law_due_at(row),
        )
        for row, member in waiting_in(look.db, look.cell.id)
    ]


def names(look: Glance) -> list[Waiting]:
    """Return requests of the committee for names, which the secretary grants or refuses."""
    return [
        Waiting(
            one.id,
            None,
            name,
            committee_words.WAITS,
            since=one.asked_at,
            promised_at=one.asked_at,
        )
        for one, name in name_requests_of(look.db, look.cell.id, limit=50)
        if one.state == NameState.ASKED
    ]
