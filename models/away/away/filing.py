"""What the acts of filing share: what the rules suggest, a new paper chain, one that gives way, one that is granted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from models.away.away.applying import forget_reminders, home_date, write_move
from models.away.away.paper import filed_now
from models.away.away.questions import filing_under_way
from models.away.away.refusals import DatesUnfit, TrustedMustKnow
from models.away.away.rows import Away, Declaration, Filing, FilingAct, Stay, move_away, written_move
from models.away.away.rules import Proposal, propose_extension, propose_route, skip_past_steps
from models.away.away.states import A, F, FilingKind, Route
from models.away.away.telling import tell_of_filing
from models.ground.marking import clean
from models.ground.places import place
from models.ground.rule_version import version_of
from models.people.trail import record_change
from models.phrases.away import away as phrases
from models.policies import Policies

_LONGEST = timedelta(days=366 * 10)  # a year that was mistyped


def proposal_for(declaration: Declaration, policies: Policies) -> Proposal:
    """Return what the rules suggest for this declaration. It is shown before it is filed, and used when it is."""
    return propose_route(
        declaration.begins_on,
        declaration.ends_on,
        abroad=place(declaration.stay.place_code).abroad,
        study=declaration.study,
        itinerant=declaration.itinerant,
        policy=policies.away,
        workdays=policies.workday,
    )


def extension_for(away: Away, ends_on: date | None, stay: Stay | None, policies: Policies) -> Proposal:
    """Return what the rules suggest for staying until `ends_on`, perhaps somewhere else."""
    abroad = place((stay or away.stay).place_code).abroad
    return propose_extension(away, ends_on, abroad=abroad, policy=policies.away, workdays=policies.workday)


def open_filing(
    db: Session,
    away: Away,
    act: FilingAct,
    kind: FilingKind,
    proposal: Proposal,
    *,
    begins_on: date,
    ends_on: date | None,
    reason: str,
    unchanged: bool = False,
) -> Filing:
    clean(act.scan.name if act.scan else "")
    state = F.NOTED if proposal.route is Route.NOTE else F.FILED
    filing = Filing(
        away_id=away.id,
        cell_id=away.cell_id,
        kind=kind,
        state=state,
        route=proposal.route,
        rule=proposal.rule,
        version_id=version_of(db, act.policies, now=act.now).id,
        begins_on=begins_on,
        ends_on=ends_on,
        due_on=proposal.until,
        unchanged=unchanged,
        filed_by=act.by_id,
        on_paper=act.on_paper,
        opened_at=act.now,
        settled_at=act.now if state is F.NOTED else None,
    )
    filing.reason = reason or None
    db.add(filing)
    db.flush()
    written = written_move(
        filing,
        None,
        state,
        by_id=act.by_id,
        now=act.now,
        on=home_date(act.now),
        on_paper=act.on_paper,
        scan=act.scan,
    )
    written.filed_json = filed_now(
        db, away, filing, act.policies.away, at=act.now, on_paper=act.on_paper
    ).model_dump_json()
    db.add(written)
    away.stalled_at = act.now
    record_change(
        db,
        "absence.file",
        by_id=act.by_id,
        member_id=away.member_id,
        unit_id=away.cell_id,
        now=act.now,
        detail=str(kind),
    )
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    return filing


def supersede_filing(db: Session, away: Away, act: FilingAct) -> None:
    under_way = filing_under_way(db, away.id)
    if under_way is not None:
        write_move(db, under_way, F.SUPERSEDED, FilingAct(act.by_id, act.policies, act.now))
        db.flush()


def grant(db: Session, away: Away, filing: Filing, policies: Policies, *, by_id: int, now: datetime) -> None:
    """Grant what was filed: route and end hold from now on; a waiting or lapsed absence becomes active."""
    away.route, away.ends_on = filing.route, filing.ends_on
    # an extension never brings the end nearer
    away.due_on = max(away.due_on, filing.due_on) if filing.kind == FilingKind.EXTENSION else filing.due_on
    forget_reminders(db, away)
    skip_past_steps(away, policies.away, home_date(now))
    if away.state in (A.WAITING, A.LAPSED) and home_date(now) <= away.due_on:
        move_away(db, away, A.ACTIVE, by_id=by_id, now=now)
    elif away.state == A.WAITING:  # granted so late that its end has gone by
        move_away(db, away, A.LAPSED, by_id=by_id, now=now)


def check_dates(begins_on: date, ends_on: date | None, *, today: date) -> None:
    if ends_on is not None and ends_on < begins_on:
        raise DatesUnfit(phrases.ends_before_begin())
    if abs(begins_on - today) > _LONGEST or (ends_on is not None and ends_on - today > _LONGEST):
        raise DatesUnfit(phrases.years_unfit())
    if ends_on is not None and ends_on < today:
        raise DatesUnfit(phrases.already_over())


def check_stay(stay: Stay) -> None:
    place(stay.place_code)
    clean(stay.city, stay.employer, stay.host, stay.trusted_name)
    if stay.trusted_name and not stay.trusted_knows:
        raise TrustedMustKnow


def withdraw_under_way(db: Session, away: Away, policies: Policies, *, by_id: int, now: datetime) -> None:
    """Withdraw what is still asked for, because the absence ends."""
    under_way = filing_under_way(db, away.id)
    if under_way is not None:
        written = write_move(db, under_way, F.WITHDRAWN, FilingAct(by_id, policies, now))
        tell_of_filing(db, away, under_way, written, policies.away, now=now)
