"""What begins an absence: the member declares it, or somebody at the cell from a paper; files it again, withdraws it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from models.away.away.applying import (
    begin_away,
    follow_home,
    forget_reminders,
    habit_of,
    home_date,
    latest_date,
    lock_away,
    lock_filing,
    require_speaker,
    retime,
    write_move,
)
from models.away.away.filing import (
    check_dates,
    check_stay,
    extension_for,
    grant,
    open_filing,
    proposal_for,
    supersede_filing,
)
from models.away.away.paper import filed_now
from models.away.away.questions import open_away
from models.away.away.refusals import AwayRunning
from models.away.away.rows import (
    Away,
    Declaration,
    Filing,
    FilingAct,
    FilingMove,
    Scan,
    Stay,
    add_away_move,
    move_away,
    written_move,
)
from models.away.away.rules import Proposal, skip_past_steps
from models.away.away.states import UNDER_WAY, A, F, FilingKind, FilingState, Route
from models.away.away.staying import change_away
from models.away.away.telling import keepers, see_filing, tell_news, tell_of_filing
from models.ground.marking import clean
from models.ground.rule_version import version_of
from models.people.member import Member
from models.people.rights import NotEntitled
from models.people.trail import record_change
from models.phrases.away import away as phrases
from models.policies import Policies


def file_away(
    db: Session,
    member: Member,
    declaration: Declaration,
    act: FilingAct,
    *,
    unchanged: bool = False,
) -> Filing:
    """Declare an absence: its application is filed with the secretary, or it is noted when it is short.

    `act.by_id`: the member; or secretary or deputy, then with `on_paper=True`. An application that is not yet decided is
    superseded by this one. `unchanged`: as last year (season.py). Place, clock and rhythm follow at once when the first day has come, else on that day.
    Refuses: NotEntitled, AwayRunning (a decided absence is extended instead), DatesUnfit, TrustedMustKnow, secrets.
    """
    require_speaker(db, member, act.by_id, on_paper=act.on_paper, now=act.now)
    if member.cell_id is None or member.left_at is not None:
        raise NotEntitled
    check_stay(declaration.stay)
    clean(declaration.reason)
    check_dates(declaration.begins_on, declaration.ends_on, today=home_date(act.now))
    _supersede_waiting(db, member, act)
    proposal = proposal_for(declaration, act.policies)
    away = _new_away(db, member, declaration, proposal, by_id=act.by_id, now=act.now)
    filing = open_filing(
        db,
        away,
        act,
        FilingKind.APPLICATION,
        proposal,
        begins_on=declaration.begins_on,
        ends_on=declaration.ends_on,
        reason=declaration.reason,
        unchanged=unchanged,
    )
    skip_past_steps(away, act.policies.away, home_date(act.now))
    if declaration.begins_on <= latest_date(act.now, member):
        begin_away(db, away, act.policies, now=act.now)
    retime(db, away, act.policies, now=act.now)
    return filing


def refile(
    db: Session,
    filing: Filing,
    act: FilingAct,
    *,
    stay: Stay | None = None,
    begins_on: date | None = None,
    ends_on: date | None = None,
    study: bool | None = None,
    itinerant: bool | None = None,
    reason: str | None = None,
) -> None:
    """File a returned paper again: `act.comment` answers the comment, the rest is what was corrected (None: as it was).

    Refuses: FilingSettled unless it was returned; the rest as `file_away`.
    """
    away = lock_filing(db, filing, F.RETURNED)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, act.by_id, on_paper=act.on_paper, now=act.now)
    clean(act.comment, reason or "")
    if stay is not None and stay != away.stay:
        change_away(
            db,
            away,
            stay,
            from_on=home_date(act.now),
            by_id=act.by_id,
            policies=act.policies,
            now=act.now,
            on_paper=act.on_paper,
        )
    if reason is not None:
        filing.reason = reason or None
        if filing.kind == FilingKind.APPLICATION:
            away.reason = reason or None
    if _lives_otherwise(filing, away, study, itinerant):
        begins_on = begins_on or filing.begins_on  # the route is proposed anew
    if begins_on is not None or ends_on is not None:
        _redate(filing, away, begins_on, ends_on, act.policies, now=act.now)
        filing.version_id = version_of(db, act.policies, now=act.now).id
    to = (
        F.NOTED if filing.route == Route.NOTE and filing.rule else F.FILED
    )  # made so short that nothing is decided
    filed = filed_now(
        db, away, filing, act.policies.away, at=act.now, on_paper=act.on_paper
    ).model_dump_json()
    written = write_move(db, filing, to, act, filed=filed)
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    if to is F.NOTED:
        grant(db, away, filing, act.policies, by_id=act.by_id, now=act.now)
    retime(db, away, act.policies, now=act.now)


def withdraw_filing(
    db: Session,
    filing: Filing,
    act: FilingAct,
    *,
    at_home: bool = False,
) -> None:
    """Take back what is not yet decided. With an application its absence is dropped; an extension leaves it as it is.

    `at_home`: the member is, or stays, at home, so the place is taken off and check-ins stop. Refuses: FilingSettled.
    """
    away = lock_filing(db, filing, *UNDER_WAY)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, act.by_id, on_paper=act.on_paper, now=act.now)
    written = write_move(db, filing, F.WITHDRAWN, act)
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    if filing.kind == FilingKind.APPLICATION and away.state in (A.WAITING, A.LAPSED):
        move_away(db, away, A.DROPPED, by_id=act.by_id, now=act.now)
        forget_reminders(db, away)
        if at_home:
            follow_home(db, member, act.policies, now=act.now)
    retime(db, away, act.policies, now=act.now)


def attach_scan(
    db: Session,
    filing: Filing,
    scan: Scan,
    *,
    by_id: int,
    now: datetime,
    on_paper: bool = False,
) -> FilingMove:
    """Attach the signed paper that came after it was filed: a dated row of its own, the state stays. The cell is told.

    Refuses: NotEntitled, FilingSettled, secrets.
    """
    away = lock_filing(db, filing, *UNDER_WAY)
    member = db.get_one(Member, away.member_id)
    require_speaker(db, member, by_id, on_paper=on_paper, now=now)
    clean(scan.name)
    state, today = FilingState(filing.state), home_date(now)
    written = written_move(filing, state, state, by_id=by_id, now=now, on=today, on_paper=on_paper, scan=scan)
    db.add(written)
    db.flush()
    record_change(db, "absence.scan", by_id=by_id, member_id=member.id, unit_id=away.cell_id, now=now)
    words = phrases.scan_came(kind=filing.kind, name=member.full_name)
    readers = [one for one in keepers(db, away.cell_id, now=now) if one.id != member.id]
    key = f"away.scan:{written.id}"
    tell_news(db, readers, words, key=key, now=now, but=by_id, buttons=see_filing(filing))
    return written


def _new_away(
    db: Session,
    member: Member,
    declaration: Declaration,
    proposal: Proposal,
    *,
    by_id: int,
    now: datetime,
) -> Away:
    cell_id = member.cell_id or 0
    habit = habit_of(db, cell_id)
    away = Away(
        member_id=member.id,
        cell_id=cell_id,
        state=A.ACTIVE if proposal.route is Route.NOTE else A.WAITING,
        route=proposal.route,
        study=declaration.study,
        itinerant=declaration.itinerant,
        begins_on=declaration.begins_on,
        ends_on=declaration.ends_on,
        due_on=proposal.until,
        declared_at=now,
        stalled_at=now,
        update_months=habit.update_months if habit else None,
    )
    away.stay, away.reason = declaration.stay, declaration.reason or None
    db.add(away)
    db.flush()
    add_away_move(db, away, None, by_id=by_id, now=now)
    return away


def _supersede_waiting(db: Session, member: Member, act: FilingAct) -> None:
    """An application that nobody has decided gives way to a newer one; a decided absence does not."""
    old = open_away(db, member.id)
    if old is None:
        return
    lock_away(db, old)
    if old.state != A.WAITING:
        raise AwayRunning
    supersede_filing(db, old, act)
    move_away(db, old, A.DROPPED, by_id=act.by_id, now=act.now)
    forget_reminders(db, old)
    db.flush()


def _lives_otherwise(filing: Filing, away: Away, study: bool | None, itinerant: bool | None) -> bool:
    """Take over how an application says that one lives there; whether that is something else."""
    before = away.study, away.itinerant
    if filing.kind == FilingKind.APPLICATION:
        away.study = before[0] if study is None else study
        away.itinerant = before[1] if itinerant is None else itinerant
    return (away.study, away.itinerant) != before


def _redate(
    filing: Filing,
    away: Away,
    begins_on: date | None,
    ends_on: date | None,
    policies: Policies,
    *,
    now: datetime,
) -> None:
    """Corrected dates: the route is proposed anew, by the rules of today."""
    wanted = ends_on or filing.ends_on
    if filing.kind == FilingKind.EXTENSION:
        check_dates(filing.begins_on, wanted, today=home_date(now))
        proposal = extension_for(away, wanted, None, policies)
    else:
        begins = begins_on or filing.begins_on
        check_dates(begins, wanted, today=home_date(now))
        declared = Declaration(
            stay=away.stay,
            begins_on=begins,
            ends_on=wanted,
            study=away.study,
            itinerant=away.itinerant,
        )
        proposal = proposal_for(declared, policies)
        if away.state == A.WAITING:
            away.begins_on, away.ends_on, away.due_on = begins, wanted, proposal.until
            away.route = proposal.route
            skip_past_steps(away, policies.away, home_date(now))
        filing.begins_on = begins
    filing.route, filing.rule = proposal.route, proposal.rule
    filing.ends_on, filing.due_on = wanted, proposal.until
