"""The paper chain at the cell and at the committee. Each act checks the office of whoever does it, at that moment.

KEEP_ABSENCES    secretary, deputy: return, put to the cell, enter its result, type a decision from paper
DECIDE_ABSENCE   officer of the one committee that decides (competence.py): return, approve, refuse
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away.applying import (
    forget_reminders,
    home_date,
    lock_filing,
    retime,
    write_move,
)
from models.away.away.competence import deciders, policy_of
from models.away.away.filing import grant
from models.away.away.questions import Cells, filing_moves, filings_proposed
from models.away.away.refusals import CommentNeeded, DatesUnfit, DecisionIncomplete, FilingSettled
from models.away.away.rows import Away, AwayHabit, Decided, DecisionChange, Filing, FilingAct, move_away
from models.away.away.rules import due_day
from models.away.away.states import A, F, FilingKind, Route
from models.away.away.staying import plan_update
from models.away.away.telling import tell_of_correction, tell_of_filing
from models.away.policy import AwayPolicy, Decides
from models.ground.marking import clean
from models.people.rights import NotEntitled, Right, may, require
from models.people.trail import record_act, record_change
from models.phrases.away import away as phrases
from models.policies import Policies

_MOST_VOTES = 10_000  # more than any cell has; the columns hold 32,767


def return_filing(
    db: Session,
    filing: Filing,
    act: FilingAct,
) -> None:
    """Give it back to the member with a comment: the secretary what was filed, the committee what was proposed.

    What the committee sent back on paper is typed by the secretary with `on_paper=True`. Refuses: NotEntitled,
    CommentNeeded, FilingSettled.
    """
    away = lock_filing(db, filing, F.FILED, F.AT_CELL, F.PROPOSED)
    if filing.state == F.PROPOSED:
        _require_decider(db, filing, away, act)
    else:
        require(db, act.by_id, Right.KEEP_ABSENCES, away.cell_id, now=act.now)
    if not act.comment.strip():
        raise CommentNeeded
    written = write_move(db, filing, F.RETURNED, act)
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    retime(db, away, act.policies, now=act.now)


def put_filing_to_cell(
    db: Session,
    filing: Filing,
    act: FilingAct,
    *,
    route: Route | None = None,
    meeting_on: date | None = None,
) -> None:
    """Put it on the agenda, on another route than was proposed if the secretary thinks so (`route`).

    `meeting_on`: the planned day. Refuses: NotEntitled, FilingSettled.
    """
    away = lock_filing(db, filing, F.FILED)
    require(db, act.by_id, Right.KEEP_ABSENCES, away.cell_id, now=act.now)
    if route is not None:
        _choose_route(db, filing, away, route, act.policies)
    filing.meeting_on = meeting_on
    filing.votes_for = filing.votes_against = None
    written = write_move(db, filing, F.AT_CELL, act)
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    retime(db, away, act.policies, now=act.now)


def record_cell_result(
    db: Session,
    filing: Filing,
    act: FilingAct,
    *,
    met_on: date,
    proposes: bool,
    votes_for: int | None = None,
    votes_against: int | None = None,
    route: Route | None = None,
    number: str = "",
) -> None:
    """Record the cell's meeting: it proposes the matter to the committee, or does not, and then it is refused.

    Where the cell itself decides (`AwayPolicy.decided_by` when it was filed), a yes is the decision; `number`: of its resolution or
    minutes. What was not put on the agenda before is so by this. Votes as typed, nothing is computed from them.
    `route`: the one the cell chose, where it differs. Refuses: NotEntitled, FilingSettled, DatesUnfit (a meeting that
    lies ahead), DecisionIncomplete (votes below zero, the cell's decision without its number), CommentNeeded (refused
    without a word).
    """
    away = lock_filing(db, filing, F.FILED, F.AT_CELL)
    require(db, act.by_id, Right.KEEP_ABSENCES, away.cell_id, now=act.now)
    _check_past(met_on, now=act.now)
    if any(votes is not None and not 0 <= votes <= _MOST_VOTES for votes in (votes_for, votes_against)):
        raise DecisionIncomplete(phrases.votes_unfit())
    if not proposes and not act.comment.strip():
        raise CommentNeeded
    policy = policy_of(db, filing, act.policies.away)
    number, decides = number.strip(), proposes and policy.decided_by is Decides.CELL
    clean(number)
    if decides and not number:
        raise DecisionIncomplete(phrases.resolution_needed())
    if filing.state == F.FILED:
        write_move(db, filing, F.AT_CELL, act.wordless, on=met_on)
    if route is not None:
        _choose_route(db, filing, away, route, act.policies)
    if decides:
        filing.decision_number, filing.decided_on = number, met_on
        filing.decided_by, filing.decided_on_paper = act.by_id, False
    filing.meeting_on, filing.votes_for, filing.votes_against = met_on, votes_for, votes_against
    written = write_move(
        db,
        filing,
        F.APPROVED if decides else F.PROPOSED if proposes else F.REFUSED,
        act,
        on=met_on,
    )
    if decides:
        grant(db, away, filing, act.policies, by_id=act.by_id, now=act.now)
    elif not proposes:
        _drop_refused(db, away, filing, by_id=act.by_id, now=act.now)
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    retime(db, away, act.policies, now=act.now)


def settle_cell_results(
    db: Session,
    filings: Sequence[Filing],
    act: FilingAct,
    *,
    met_on: date,
    number: str = "",
    votes: tuple[int, int] | None = None,
) -> list[Filing]:
    """Record one meeting's yes to several papers, each on its own route; return those that are recorded.

    What somebody has dealt with meanwhile is left as it is. Refuses as `record_cell_result`.
    """
    votes_for, votes_against = votes or (None, None)
    done = []
    for filing in filings:
        try:
            record_cell_result(
                db,
                filing,
                act,
                met_on=met_on,
                proposes=True,
                votes_for=votes_for,
                votes_against=votes_against,
                number=number,
            )
        except FilingSettled:
            continue
        done.append(filing)
    return done


def decide_filing(
    db: Session,
    filing: Filing,
    act: FilingAct,
    *,
    approve: bool,
    number: str,
    decided_on: date,
) -> None:
    """Decide, as the committee's officer; or type the committee's decision at the cell from paper (`on_paper=True`).

    Which of the two it was stays visible (`decided_by`, `decided_on_paper`), and the committee is told of what was
    typed. Refuses: NotEntitled (no office, or one's own absence), FilingSettled (the cell has not proposed it, or it
    is settled), DecisionIncomplete (an approval, or a paper, without its number), DatesUnfit (a date that lies ahead),
    CommentNeeded (refused without a word).
    """
    away = lock_filing(db, filing, F.PROPOSED)
    _require_decider(db, filing, away, act)
    number = number.strip()
    clean(number)
    if not number and (approve or act.on_paper):
        raise DecisionIncomplete(phrases.number_needed())
    if not approve and not act.comment.strip():
        raise CommentNeeded
    _check_past(decided_on, now=act.now)
    filing.decision_number, filing.decided_on = number or None, decided_on
    filing.decided_by, filing.decided_on_paper = act.by_id, act.on_paper
    written = write_move(
        db,
        filing,
        F.APPROVED if approve else F.REFUSED,
        act,
        on=decided_on,
    )
    if approve:
        grant(db, away, filing, act.policies, by_id=act.by_id, now=act.now)
    else:
        _drop_refused(db, away, filing, by_id=act.by_id, now=act.now)
    tell_of_filing(db, away, filing, written, act.policies.away, now=act.now)
    retime(db, away, act.policies, now=act.now)


def settle_decisions(
    db: Session, filings: Sequence[Filing], act: FilingAct, *, number: str, decided_on: date
) -> list[Filing]:
    """Record one decision's yes to several papers, each on its own route; return those that are approved.

    What somebody has dealt with meanwhile is left as it is. Refuses as `decide_filing`.
    """
    done = []
    for filing in filings:
        try:
            decide_filing(db, filing, act, approve=True, number=number, decided_on=decided_on)
        except FilingSettled:
            continue
        done.append(filing)
    return done


def correct_decision(
    db: Session,
    filing: Filing,
    *,
    number: str,
    decided_on: date,
    by_id: int,
    policies: Policies,
    now: datetime,
) -> None:
    """Correct a number or day typed wrong. What stood there is kept, and everybody who was told is told again.

    Whoever may enter such a decision may correct it. Refuses: NotEntitled, DecisionIncomplete, DatesUnfit, secrets;
    what changes nothing leaves no trace.
    """
    away = lock_filing(db, filing)
    if not may_correct(db, filing, by_id, policies.away, now=now):
        raise NotEntitled
    number = number.strip()
    clean(number)
    if not number:
        raise DecisionIncomplete(phrases.number_needed())
    _check_past(decided_on, now=now)
    before = Decided(number=filing.decision_number, on=filing.decided_on)
    if before == Decided(number=number, on=decided_on):
        return
    change = DecisionChange(filing_id=filing.id, at=now, by_id=by_id)
    change.before_json = before.model_dump_json()
    db.add(change)
    filing.decision_number, filing.decided_on = number, decided_on
    db.flush()
    record_change(
        db, "absence.decision", by_id=by_id, member_id=away.member_id, unit_id=away.cell_id, now=now
    )
    tell_of_correction(
        db,
        away,
        filing,
        before,
        key=f"away.corrected:{change.id}",
        by_id=by_id,
        policy=policies.away,
        now=now,
    )


def may_correct(db: Session, filing: Filing, by_id: int, policy: AwayPolicy, *, now: datetime) -> bool:
    """Return whether they may enter such a decision: the committee's officer, or the cell what it typed or decided
    itself."""
    away = db.get_one(Away, filing.away_id)
    if filing.decided_on is None or filing.is_under_way or by_id == away.member_id:
        return False
    if may_decide(db, filing, by_id, policy, now=now):
        return True
    officers = {one.id for one in deciders(db, filing, policy, now=now)}
    by_the_cell = filing.decided_on_paper or filing.decided_by not in officers
    return by_the_cell and may(db, by_id, Right.KEEP_ABSENCES, away.cell_id, now=now)


def set_away_updates(
    db: Session, cell_id: int, months: int | None, *, by_id: int, policies: Policies, now: datetime
) -> None:
    """Set whether the cell wants a written update every so many months (None: no). It holds for those away at once.

    Needs SET_RHYTHM. `policies.away.update_months` is what practice suggests.
    """
    require(db, by_id, Right.SET_RHYTHM, cell_id, now=now)
    if months is not None and not 1 <= months <= 12:
        raise DatesUnfit(phrases.update_months_unfit())
    habit = db.get(AwayHabit, cell_id) or AwayHabit(cell_id=cell_id)
    habit.update_months = months
    record_act(db, "absence.updates", by_id=by_id, now=now, unit_id=cell_id, detail=str(months))
    db.add(habit)
    for away in db.scalars(select(Away).where(Away.cell_id == cell_id, Away.closed_at.is_(None))):
        away.update_months = months
        plan_update(away, after=home_date(now))
        retime(db, away, policies, now=now)


def may_decide(db: Session, filing: Filing, by_id: int, policy: AwayPolicy, *, now: datetime) -> bool:
    """Return whether this is an officer of the committee that decides on this paper. Nobody decides on their own."""
    officers = deciders(db, filing, policy, now=now)
    entitled = may(db, by_id, Right.DECIDE_ABSENCE, filing.cell_id, now=now)
    return entitled and by_id in {one.id for one in officers}


def filings_to_decide(
    db: Session, cells: Cells, policy: AwayPolicy, *, by_id: int, now: datetime
) -> list[Filing]:
    """Return what waits for this officer, the oldest first: from the cells on whose absences their committee decides."""
    found = filings_proposed(db, cells)
    return [one for one in found if may_decide(db, one, by_id, policy, now=now)]


def may_read_filing(
    db: Session, filing: Filing, reader_id: int, policy: AwayPolicy, *, now: datetime
) -> bool:
    """Return whether the reader may read it: the member, the cell's desk, and the committee once the cell has proposed
    it."""
    away = db.get_one(Away, filing.away_id)
    if reader_id == away.member_id or may(db, reader_id, Right.KEEP_ABSENCES, away.cell_id, now=now):
        return True
    proposed = any(move.after == F.PROPOSED for move in filing_moves(db, filing.id))
    return proposed and may_decide(db, filing, reader_id, policy, now=now)


def _require_decider(db: Session, filing: Filing, away: Away, act: FilingAct) -> None:
    typed = (
        act.on_paper
        and act.by_id != away.member_id
        and may(db, act.by_id, Right.KEEP_ABSENCES, away.cell_id, now=act.now)
    )
    if not (typed or may_decide(db, filing, act.by_id, act.policies.away, now=act.now)):
        raise NotEntitled


def _check_past(day: date, *, now: datetime) -> None:
    if day > home_date(now):
        raise DatesUnfit(phrases.lies_ahead())


def _choose_route(db: Session, filing: Filing, away: Away, route: Route, policies: Policies) -> None:
    """The cell decides: what is applied for, and until when, follow its choice."""
    if route == filing.route:
        return
    # the cell chose it: no rule is named for it
    filing.route, filing.rule = route, ""
    policy = policy_of(db, filing, policies.away)
    filing.due_on = due_day(route, filing.begins_on, filing.ends_on, policy, policies.workday)
    if filing.kind == FilingKind.APPLICATION and away.state == A.WAITING:
        away.route, away.due_on = route, filing.due_on


def _drop_refused(db: Session, away: Away, filing: Filing, *, by_id: int, now: datetime) -> None:
    """A refused application ends its absence here; where the member is stays as it is, until they say otherwise."""
    if filing.kind == FilingKind.APPLICATION:
        move_away(db, away, A.DROPPED, by_id=by_id, now=now)
        forget_reminders(db, away)
