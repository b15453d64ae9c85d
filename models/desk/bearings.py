"""Where a member stands ("Tôi đang đứng ở đâu?"): read from the rows that others keep, for the member and for the desk alike.

    bearings_of ──> Bearings ──┬─ stay       until when, by which paper, who decided; what waits for whom
                               ├─ owed       what waits for the member, each with its day, the nearest first
                               ├─ settled    what is done
                               ├─ contact    the last word of them, the last time somebody reached them
                               ├─ counts     dues and months of this year (screening.py): whoever pays elsewhere is never behind
                               └─ words      said once in models/phrases/desk/bearings.py: the screen, the paper, the desk's timeline

No table of its own, and no acts. What is not recorded is said to be unknown: no day is made up here, and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away import (
    RUNNING,
    Away,
    AwayState,
    Filing,
    FilingKind,
    FilingState,
    ReturnStep,
    Route,
    committee_for,
    filing_moves,
    filing_under_way,
    filings_of,
    open_away,
    return_items,
)
from models.away.policy import AwayPolicy
from models.contact.checkin import OWING, Checkin, CheckinKind, CheckinState, owed_checkins
from models.contact.contact_note import ContactNote, ContactOutcome
from models.contact.pause import Pause, open_pause
from models.delivery.papers import BearingsLine, BearingsPaper, PaperPerson
from models.desk.policy import BearingsPolicy
from models.desk.screening import Screening, screening_of
from models.ground.clock import HOME_ZONE, local_date
from models.ground.places import place
from models.ground.rules import source_of
from models.meeting.task import TaskState, tasks_of
from models.people.member import Member, Purpose, Standing, refuses
from models.people.unit import Unit, unit_name_on
from models.people.unit_change import unit_name_then
from models.phrases.desk import bearings as phrases
from models.phrases.text import Text, named
from models.policies import Policies
from models.year.probation import Probation, running_probation, year_over_on
from models.year.review import DONE, OWING as OWING_REVIEW, ReviewState
from models.year.review.questions import reviews_of_member

# --- what it says ---------------------------------------------------------------------------------------------------


class Owed(StrEnum):
    """What can wait for a member; each has one way out (handlers/desk/bearings.py)."""

    REPORT = "report"
    PAPER = "paper"  # an application that was given back
    EXTEND = "extend"  # its end went by, or is near
    TRANSFER = "transfer"  # a formal transfer has to be asked for
    DECLARE = "declare"  # away as the roster says, and nothing is declared
    RETURN = "return"  # their own lines of the checklist of a return
    UPDATE = "update"  # in writing, as the cell wants it
    REVIEW = "review"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class BearingsDue:
    """One thing that waits for the member. `by` None: no day is set. `about`: the row."""

    what: Owed
    by: date | None
    about: int
    words: Text


@dataclass(frozen=True, slots=True)
class Grant:
    """What an absence rests on. `number`, `on` None: not recorded; `by` "": noted, nobody had to decide."""

    number: str | None
    on: date | None
    by: str


@dataclass(frozen=True, slots=True)
class BearingsStay:
    """An open absence, the newest paper that holds for it, and the one that is under way."""

    away: Away
    grant: Grant | None
    under_way: Filing | None


@dataclass(frozen=True, slots=True)
class Bearings:
    member: Member
    today: date
    stay: BearingsStay | None
    on_paper: bool  # absences are not shown here to anybody but themselves
    probation_over_on: date | None  # the end of a running probation's year
    pause: Pause | None
    owed: tuple[BearingsDue, ...]
    settled: tuple[Text, ...]
    reached: tuple[ContactNote, str] | None  # the last time that somebody reached them, and who
    screening: Screening

    def owes(self, what: Owed) -> BearingsDue | None:
        return next((one for one in self.owed if one.what is what), None)


def bearings_of(
    db: Session, member: Member, policies: Policies, *, reader_id: int, now: datetime
) -> Bearings:
    """Return where the member stands now. The member may read it, and whoever may SEE_DETAILS in the cell."""
    today = local_date(now, HOME_ZONE)
    on_paper = reader_id != member.id and refuses(db, member.id, Purpose.AWAY)
    away = None if on_paper else open_away(db, member.id)
    stay = _stay(db, away, policies.away) if away is not None else None
    probation = running_probation(db, member.id)
    return Bearings(
        member=member,
        today=today,
        stay=stay,
        on_paper=on_paper,
        probation_over_on=_year_over(probation, policies),
        pause=open_pause(db, member.id),
        owed=_owed(db, member, stay, policies, today=today, shown=not on_paper),
        settled=tuple(_settled(db, member, today=today)),
        reached=_reached(db, member),
        screening=screening_of(db, member, today.year, now=now),
    )


# --- the absence ----------------------------------------------------------------------------------------------------


def _stay(db: Session, away: Away, policy: AwayPolicy) -> BearingsStay:
    return BearingsStay(away, _grant(db, away, policy), filing_under_way(db, away.id))


def _grant(db: Session, away: Away, policy: AwayPolicy) -> Grant | None:
    """Return the newest paper that was approved or noted."""
    held = (FilingState.APPROVED, FilingState.NOTED)
    filing = next((one for one in filings_of(db, away.id) if one.state in held), None)
    return grant_of(db, filing, policy) if filing is not None else None


def grant_of(db: Session, filing: Filing, policy: AwayPolicy) -> Grant:
    """Return what a paper that was approved or noted grants; who decided is read from the step before it."""
    last = next(one for one in reversed(filing_moves(db, filing.id)) if one.after == filing.state)
    if filing.state == FilingState.NOTED:
        return Grant(None, last.happened_on, "")
    cell, at = db.get_one(Unit, filing.cell_id), last.at
    above = committee_for(db, filing, policy) if last.before == FilingState.PROPOSED else None
    by = unit_name_on(db, above, at) if above else unit_name_then(db, cell, filing, at)
    return Grant(filing.decision_number, filing.decided_on, by)


def _year_over(probation: Probation | None, policies: Policies) -> date | None:
    return year_over_on(probation.admitted_on, policies.probation) if probation is not None else None


# --- what is owed ---------------------------------------------------------------------------------------------------


def _owed(
    db: Session, member: Member, stay: BearingsStay | None, policies: Policies, *, today: date, shown: bool
) -> tuple[BearingsDue, ...]:
    """Return all of it, by its day; what has no day comes last."""
    found = [*owed_reports(db, member), *_reviews(db, member), *_tasks(db, member)]
    if stay is not None:
        found += _of_stay(db, stay, policies.away, today=today)
    elif shown and member.place_code is not None and not refuses(db, member.id, Purpose.AWAY):
        found.append(
            BearingsDue(Owed.DECLARE, None, member.id, phrases.declare())
        )  # else they do it on paper
    return tuple(sorted(found, key=lambda one: (one.by is None, one.by or date.max)))


def owed_reports(db: Session, member: Member) -> Iterator[BearingsDue]:
    """Yield the reports that wait for the member, each with its day."""
    for one in owed_checkins(db, member.id):
        if one.state in OWING:
            words = phrases.report(period=one.period if one.kind == CheckinKind.RHYTHM else None)
            yield BearingsDue(Owed.REPORT, local_date(one.due_at, member.zone), one.id, words)


def _of_stay(db: Session, stay: BearingsStay, policy: AwayPolicy, *, today: date) -> Iterator[BearingsDue]:
    away, filing = stay.away, stay.under_way
    if filing is not None and filing.state == FilingState.RETURNED:
        yield BearingsDue(Owed.PAPER, None, filing.id, phrases.paper(kind=filing.kind))
    if away.state in RUNNING and filing is None:
        if away.route == Route.FORMAL:
            yield BearingsDue(Owed.TRANSFER, away.due_on, away.id, phrases.transfer())
        elif (away.due_on - today).days <= policy.ends_soon_days:
            yield BearingsDue(Owed.EXTEND, away.due_on, away.id, phrases.extend())
    if away.state in RUNNING and away.update_asked_at is not None:
        yield BearingsDue(Owed.UPDATE, away.update_due_on, away.id, phrases.update())
    if away.state == AwayState.RETURNING:
        own = (ReturnStep.REPORT, ReturnStep.REVIEW)
        for item in return_items(db, away.id):
            if item.done_at is None and item.step in own:
                yield BearingsDue(Owed.RETURN, None, item.id, phrases.return_step(step=item.step))


def _reviews(db: Session, member: Member) -> Iterator[BearingsDue]:
    if refuses(db, member.id, Purpose.REVIEW):
        return  # handed in on paper
    for review, campaign in reviews_of_member(db, member.id):
        if review.state in OWING_REVIEW:
            words = phrases.review(kind=campaign.kind, year=campaign.year)
            yield BearingsDue(Owed.REVIEW, review.deadline, review.id, words)


def _tasks(db: Session, member: Member) -> Iterator[BearingsDue]:
    for task in tasks_of(db, member.id):
        if task.is_open:
            yield BearingsDue(Owed.TASK, task.due_on, task.id, phrases.task())


# --- what is settled, and the last contact --------------------------------------------------------------------------


def _settled(db: Session, member: Member, *, today: date) -> Iterator[Text]:
    """Return the last report that came, what was put off, this year's reviews that are in, how many tasks are done."""
    answered = select(Checkin).where(
        Checkin.member_id == member.id,
        Checkin.state == CheckinState.ANSWERED,
        Checkin.answered_at.is_not(None),
    )
    newest = db.scalars(answered.order_by(Checkin.answered_at.desc(), Checkin.id.desc()).limit(1)).first()
    if newest is not None and newest.answered_at is not None:
        period = newest.period if newest.kind == CheckinKind.RHYTHM else None
        yield phrases.reported(period=period, on=local_date(newest.answered_at, member.zone))
    for one in owed_checkins(db, member.id):
        if one.state == CheckinState.EXCUSED and one.excused_until is not None:
            period = one.period if one.kind == CheckinKind.RHYTHM else None
            yield phrases.put_off(period=period, until=local_date(one.excused_until, member.zone))
    for review, campaign in reviews_of_member(db, member.id):
        if campaign.year >= today.year - 1 and review.state in (*DONE, ReviewState.SUBMITTED):
            on = local_date(review.submitted_at, HOME_ZONE) if review.submitted_at else None
            yield phrases.handed_in(kind=campaign.kind, year=campaign.year, on=on)
    done = [one for one in tasks_of(db, member.id) if one.state == TaskState.DONE and one.closed_at]
    this_year = [one for one in done if one.closed_at and one.closed_at.year == today.year]
    if this_year:
        yield phrases.tasks_done(count=len(this_year))


def _reached(db: Session, member: Member) -> tuple[ContactNote, str] | None:
    rows = (
        select(ContactNote, Member.full_name)
        .join(Member, Member.id == ContactNote.by_id)
        .where(ContactNote.member_id == member.id, ContactNote.outcome == ContactOutcome.REACHED)
        .order_by(ContactNote.happened_on.desc(), ContactNote.recorded_at.desc())
    )
    found = db.execute(rows.limit(1)).first()
    return (found[0], found[1]) if found is not None else None


# --- in words -------------------------------------------------------------------------------------------------------


def heading(found: Bearings) -> Text:
    """Return the sentence that matters first."""
    nearest = found.owed[0] if found.owed else None
    over = [one for one in found.owed if one.by is not None and one.by < found.today]
    return phrases.heading(
        count=len(found.owed),
        nearest=nearest.words if nearest else None,
        by=nearest.by if nearest else None,
        over=len(over),
        excused=_excused(found.stay) if found.stay else None,
    )


def _excused(stay: BearingsStay) -> Text | None:
    away = stay.away
    if away.state != AwayState.ACTIVE or away.route == Route.FORMAL:
        return None
    return phrases.excused(route=away.route, until=away.due_on)


def chapters(
    db: Session, found: Bearings, policy: BearingsPolicy, *, own: bool
) -> list[tuple[Text, list[Text]]]:
    """Return each part under its heading, as the screen, the paper and the desk's timeline have them."""
    owed = [due_words(one, found.today) for one in found.owed]
    return [
        (phrases.STAY, _stay_lines(found)),
        (phrases.OWED if own else phrases.OWED_BY_THEM, owed or [phrases.nothing_owed()]),
        (phrases.SETTLED, list(found.settled) or [phrases.nothing_settled()]),
        (phrases.CONTACT, _contact_lines(found)),
        (phrases.COUNTS, _count_lines(db, found, policy)),
        *([(phrases.IF_NOTHING, list(_if_nothing(found, policy)))] if own else []),
    ]


def due_words(one: BearingsDue, today: date) -> Text:
    """Return what waits, with its day, and whether that has gone by."""
    return phrases.due(what=one.words, by=one.by, over=one.by is not None and one.by < today)


def _stay_lines(found: Bearings) -> list[Text]:
    is_probationary = found.probation_over_on is not None or found.member.standing == Standing.PROBATIONARY
    lines = [phrases.probation(over_on=found.probation_over_on)] if is_probationary else []
    if found.on_paper:
        lines.append(phrases.kept_on_paper())
    elif found.stay is None:
        code = found.member.place_code
        lines.append(phrases.undeclared(place=_place(code)) if code else phrases.at_home())
    else:
        lines += _of_absence(found.stay)
    if found.pause is not None:
        lines.append(phrases.pause(begins_on=found.pause.begins_on, ends_on=found.pause.ends_on))
    return lines


def _of_absence(stay: BearingsStay) -> Iterator[Text]:
    away, grant, filing = stay.away, stay.grant, stay.under_way
    yield phrases.absence(
        state=away.state,
        route=away.route,
        place=_place(away.place_code),
        begins_on=away.begins_on,
        due_on=away.due_on,
        returned_on=away.returned_on,
    )
    if grant is None:
        yield phrases.no_decision()
    elif not grant.by:
        yield phrases.noted(on=grant.on)
    else:
        yield phrases.decided(number=grant.number, on=grant.on, by=grant.by)
    if filing is not None:
        yield phrases.under_way(
            kind=filing.kind,
            state=filing.state,
            until=filing.due_on if filing.kind == FilingKind.EXTENSION else None,
        )


def _contact_lines(found: Bearings) -> list[Text]:
    member = found.member
    lines = [phrases.heard(on=member.heard_on, how=member.heard_how)]
    if found.reached is not None:
        note, by = found.reached
        lines.append(phrases.reached(on=note.happened_on, channel=note.channel, by=by))
    return lines


def _count_lines(db: Session, found: Bearings, policy: BearingsPolicy) -> list[Text]:
    counts = found.screening
    dues = counts.dues_until
    return [
        phrases.dues(
            elsewhere=counts.pays_elsewhere,
            until=dues.month if dues else None,
            source=_source(db, dues.by_id, dues.at) if dues else None,
        ),
        phrases.months(
            year=counts.year,
            absent=[one.month for one in counts.absent],
            source=_source(db, counts.absent[-1].by_id, counts.absent[-1].at) if counts.absent else None,
            limit=policy.absent_months,
            rule=_rule(policy, "absent_months"),
        ),
        phrases.silent(months=counts.silent),
    ]


def _source(db: Session, by_id: int | None, at: datetime) -> tuple[str, datetime]:
    return (db.get_one(Member, by_id).full_name if by_id else ""), at


def _if_nothing(found: Bearings, policy: BearingsPolicy) -> Iterator[Text]:
    """Say what the rules and the cell's practice say of what is left undone; of dues only to who pays them at home."""
    if found.owes(Owed.REPORT):
        yield phrases.unanswered()
    stay = found.stay
    if stay is not None and stay.away.state in RUNNING and stay.away.route not in (Route.FORMAL, Route.NOTE):
        yield phrases.runs_out(until=stay.away.due_on, gone=stay.away.due_on < found.today)
    yield phrases.rule_of_meetings(months=policy.absent_months, rule=_rule(policy, "absent_months"))
    if not found.screening.pays_elsewhere:
        yield phrases.rule_of_dues(months=policy.unpaid_months, rule=_rule(policy, "unpaid_months"))
    yield phrases.people_judge()


def _rule(policy: BearingsPolicy, field: str) -> Text:
    source = source_of(policy, field)
    return phrases.rule(document=source.document, article=source.article)


def _place(code: str) -> Text:
    where = place(code)
    return named(where.vi, where.en)


# --- on paper -------------------------------------------------------------------------------------------------------


def bearings_paper(db: Session, found: Bearings, policy: BearingsPolicy, *, now: datetime) -> BearingsPaper:
    """Return the same, sentence by sentence, on one page."""
    member = found.member
    cell = db.get(Unit, member.cell_id) if member.cell_id else None
    above = db.get(Unit, cell.parent_id) if cell and cell.parent_id else None
    parts = chapters(db, found, policy, own=True)
    return BearingsPaper(
        above=above.name if above else "",
        cell=cell.name if cell else "",
        signed_on=local_date(now, HOME_ZONE),
        member=PaperPerson(
            name=member.own_name,
            birth_year=str(member.birth_year or ""),
            joined_on=member.joined_on,
            official_on=member.official_on,
        ),
        summary=heading(found).to_plain("vi"),
        rows=tuple(
            BearingsLine(heading=name.to_plain("vi"), text="\n".join(line.to_plain("vi") for line in lines))
            for name, lines in parts
        ),
    )
