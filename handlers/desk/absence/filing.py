"""One paper: what is asked for, by which rule, how far it has come. The cell's view, and the committee's shorter one.

the cell        FILED ─ put to the cell | give back      AT_CELL ─ result | give back
                PROPOSED ─ decided on paper | given back on paper      RETURNED ─ file again | withdraw, from paper
the committee   PROPOSED ─ decide | give back; only what it needs to decide
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.desk.absence.door import away_for, filing_above, filing_for, keeps, to_away
from handlers.desk.absence.screens import act, decision_words, name_of, other_scans
from handlers.ground.arguments import number_or_0
from handlers.ground.context import Context
from handlers.ground.paging import SCREEN, Row, paged
from handlers.ground.scans import send_scan
from handlers.people.whereabouts import place_name
from models.away.away import (
    ON_PORTAL,
    Away,
    Filing,
    FilingKind,
    FilingMove,
    FilingState,
    away_of,
    committee_for,
    corrections_of,
    filed_paper,
    filing_moves,
    filings_to_decide,
    is_kept,
    may_correct,
    may_decide,
    policy_of,
)
from models.away.away.competence import deciders
from models.delivery.message import Attachment, Button
from models.delivery.papers import TemplateBroken, paper_name, render_paper
from models.desk.absence import application_of
from models.desk.waiting import label_of
from models.ground.clock import HOME_ZONE, local_date
from models.ground.errors import Refused
from models.ground.rules import Sure, source_of
from models.people.member import Member, record_look
from models.people.namesakes import called
from models.people.rights import NotEntitled, Right, require
from models.people.unit import Unit, units_below
from models.phrases import common
from models.phrases.away import season as season_words
from models.phrases.desk import absence as phrases
from models.phrases.people import unit as unit_words
from models.phrases.text import Text

F = FilingState
_ACTS: dict[FilingState, tuple[str, ...]] = {
    F.FILED: ("result", "put", "return", "withdraw"),
    F.AT_CELL: ("result", "return", "withdraw"),
    F.PROPOSED: ("return", "withdraw"),
    F.RETURNED: ("refile", "withdraw"),
}


def see(ctx: Context, arguments: list[str]) -> None:
    """Show the cell's view of a filing, else the committee's. The button is on one's own screens, or in a message."""
    filing_id = number_or_0(arguments)
    filing = ctx.db.get(Filing, filing_id)
    if filing is not None and keeps(ctx, filing.cell_id):
        show_filing(ctx, filing)
    else:
        show_above(ctx, filing_above(ctx, filing_id))


def show_filing(ctx: Context, filing: Filing, note: Text | None = None) -> None:
    """Show the cell a filing. Reading it leaves a row; showing it again after an act does not."""
    away = away_of(ctx.db, filing)
    if note is None:
        _look(ctx, away, "absence.filing")
    above = deciders(ctx.db, filing, ctx.policies.away, now=ctx.now)
    first = phrases.nobody_above() if filing.state == F.PROPOSED and not above else None
    words = _words(ctx, filing, away, filing_moves(ctx.db, filing.id), for_cell=True, first=first)
    rows = [[act(name, filing.id)] for name in _ACTS.get(F(filing.state), ())]
    if filing.state == F.PROPOSED:
        own = may_decide(ctx.db, filing, ctx.me.id, ctx.policies.away, now=ctx.now)
        rows = [*_verdicts("decide" if own else "paper", filing), *rows]
    rows += _correction(ctx, filing)
    papers = [Button(phrases.DOCX, f"absence:docx:{filing.id}")]
    if any(move.file_id for move in filing_moves(ctx.db, filing.id)):
        papers.append(Button(phrases.SCANS, f"absence:scans:{filing.id}"))
    ctx.show(common.paragraph(note, words) if note else words, [*rows, papers, to_away(away)])


def show_above(ctx: Context, filing: Filing, note: Text | None = None) -> None:
    """Show the committee what it needs to decide, and no more."""
    away = away_of(ctx.db, filing)
    if note is None:
        _look(ctx, away, "absence.filing")
    moves = [one for one in filing_moves(ctx.db, filing.id) if F.PROPOSED in (one.before, one.after)]
    words = _words(ctx, filing, away, moves, for_cell=False)
    rows = [*_verdicts("decide", filing), [act("return", filing.id)]] if filing.state == F.PROPOSED else []
    rows += _correction(ctx, filing)
    if any(move.file_id for move in filing_moves(ctx.db, filing.id)):
        rows.append([Button(phrases.SCANS, f"absence:scans:{filing.id}")])
    back = [
        Button(phrases.TO_FILES, f"absence:waiting:{_above(ctx, filing)}:0"),
        Button(common.MENU, "nav:menu"),
    ]
    ctx.show(common.paragraph(note, words) if note else words, [*rows, back])


def _verdicts(name: str, filing: Filing) -> list[Row]:
    """What was decided stands on the button, so that it need not be asked."""
    labels = phrases.VERDICTS if name == "decide" else phrases.VERDICTS_ON_PAPER
    return [[Button(label, f"absence:do:{name}:{filing.id}:{said}")] for said, label in labels.items()]


def _correction(ctx: Context, filing: Filing) -> list[Row]:
    correctable = may_correct(ctx.db, filing, ctx.me.id, ctx.policies.away, now=ctx.now)
    return [[act("fixdecision", filing.id)]] if correctable else []


def _above(ctx: Context, filing: Filing) -> int:
    unit = committee_for(ctx.db, filing, ctx.policies.away)
    return unit.id if unit else filing.cell_id


def _look(ctx: Context, away: Away, what: str) -> None:
    record_look(ctx.db, reader_id=ctx.me.id, member_id=away.member_id, what=what, now=ctx.now)


def _words(
    ctx: Context,
    filing: Filing,
    away: Away,
    moves: Iterable[FilingMove],
    *,
    for_cell: bool,
    first: Text | None = None,
) -> Text:
    return phrases.filing(
        first=first,
        name=name_of(ctx, away.member_id),
        cell=None if for_cell else ctx.db.get_one(Unit, away.cell_id).name,
        kind=filing.kind,
        state=filing.state,
        place=place_name(filed_paper(ctx.db, filing, ctx.policies.away).stay.place_code),
        route=filing.route,
        rule=_rule(ctx, filing),
        begins_on=filing.begins_on,
        due_on=filing.due_on,
        ends_on=filing.ends_on,
        on_paper=filing.on_paper,
        reason=filing.reason,
        result=_result(filing),
        decision=_decision(ctx, filing),
        moves=[_move_words(ctx, filing, move) for move in moves],
        portal=ctx.policies.away.portal_url if filing.route in ON_PORTAL and filing.is_under_way else None,
    )


def _rule(ctx: Context, filing: Filing) -> Text | None:
    """Which rule the route was proposed by, as it was when it was filed; None: the cell chose it."""
    if not filing.rule:
        return None
    source = source_of(policy_of(ctx.db, filing, ctx.policies.away), filing.rule)
    if not source.document:
        return phrases.practice()
    words = phrases.rule(
        document=source.document, article=source.article, unconfirmed=source.sure != Sure.CONFIRMED
    )
    kept = rule_is_kept(ctx, filing)
    return common.lines(words, kept) if kept else words


def rule_is_kept(ctx: Context, filing: Filing) -> Text | None:
    """Say that the rule has changed since the paper was filed; None: it has not."""
    today = ctx.policies.away
    if not filing.rule:
        return None
    kept, newest = policy_of(ctx.db, filing, today), source_of(today, filing.rule)
    same = getattr(kept, filing.rule) == getattr(today, filing.rule)
    if same and source_of(kept, filing.rule).document == newest.document:
        return None
    return phrases.rule_is_kept(since=newest.effective)


def _result(filing: Filing) -> Text | None:
    if filing.meeting_on is None:
        return None
    if filing.state in (F.FILED, F.AT_CELL):
        return phrases.planned_meeting(on=filing.meeting_on)
    return phrases.result(
        on=filing.meeting_on, votes_for=filing.votes_for, votes_against=filing.votes_against
    )


def _decision(ctx: Context, filing: Filing) -> Text | None:
    """Number and day as they are now; under it what stood there before it was corrected."""
    if filing.decided_on is None:
        return None
    fixed = [
        phrases.decision_corrected(
            on=local_date(one.at, HOME_ZONE),
            by=name_of(ctx, one.by_id),
            number=one.before.number,
            was_on=one.before.on,
        )
        for one in corrections_of(ctx.db, filing.id)
        if one.before is not None
    ]
    return common.lines(decision_words(filing), *fixed)


def _move_words(ctx: Context, filing: Filing, move: FilingMove) -> Text:
    return phrases.moved(
        on=move.happened_on,
        what=phrases.paper_moved(kind=filing.kind, state=move.after),
        by=name_of(ctx, move.by_id),
        on_paper=move.on_paper,
        comment=move.comment,
        scan=move.file_id is not None,
    )


# --- files ----------------------------------------------------------------------------------------------------------


def send_application(ctx: Context, arguments: list[str]) -> None:
    filing = filing_for(ctx, number_or_0(arguments))
    paper = application_of(ctx.db, filing, ctx.policies.away)
    if paper is None:
        raise Refused(phrases.no_application())
    _look(ctx, away_of(ctx.db, filing), "absence.filing")
    try:
        data = render_paper(paper, ctx.policies.papers)
    except TemplateBroken:
        raise Refused(phrases.template_broken()) from None
    kept = is_kept(ctx.db, filing)
    words = phrases.application_file(name=paper.member.name, kept=kept)
    ctx.send_file(Attachment(paper_name(paper), data), words)


def send_scans(ctx: Context, arguments: list[str]) -> None:
    """Send the scans of one chain, each under the step it belongs to."""
    filing_id = number_or_0(arguments)
    known = ctx.db.get(Filing, filing_id)
    filing = known if known is not None and keeps(ctx, known.cell_id) else filing_above(ctx, filing_id)
    away = away_of(ctx.db, filing)
    found = [move for move in filing_moves(ctx.db, filing.id) if move.file_id]
    if not found:
        raise Refused(phrases.no_scan())
    _look(ctx, away, "absence.scans")
    for move in found:
        what = phrases.paper_moved(kind=FilingKind(filing.kind), state=move.after)
        about = phrases.scan_of(name=name_of(ctx, away.member_id), what=what, on=move.happened_on)
        send_scan(ctx, move.file_id or "", move.file_name, about)


def send_other_scans(ctx: Context, arguments: list[str]) -> None:
    """Send what was attached to the steps of a return and to written updates."""
    away = away_for(ctx, number_or_0(arguments))
    found = other_scans(ctx, away)
    if not found:
        raise Refused(phrases.no_scan())
    _look(ctx, away, "absence.scans")
    for file_id, name, what, on in found:
        send_scan(ctx, file_id, name, phrases.scan_of(name=name_of(ctx, away.member_id), what=what, on=on))


# --- the committee's list -------------------------------------------------------------------------------------------


def waiting_above(ctx: Context, unit_id: int) -> list[Filing]:
    """Return what waits for this officer of the unit and of all units below it."""
    cells = units_below(unit_id)
    return filings_to_decide(ctx.db, cells, ctx.policies.away, by_id=ctx.me.id, now=ctx.now)


def see_waiting(ctx: Context, arguments: list[str]) -> None:
    unit = ctx.db.get(Unit, number_or_0(arguments))
    require(ctx.db, ctx.me.id, Right.DECIDE_ABSENCE, unit.id if unit else None, now=ctx.now)
    if unit is None:
        raise NotEntitled
    found = waiting_above(ctx, unit.id)
    back = [Button(unit_words.TO_UNIT, f"unit:see:{unit.id}"), Button(common.MENU, "nav:menu")]
    several = [Button(season_words.SEE_ABOVE, f"absence:sitting:{unit.id}")] if len(found) > 1 else []
    shown, turn = paged(
        found,
        number_or_0(arguments, 1),
        SCREEN - len(back) - len(several),
        lambda to: f"absence:waiting:{unit.id}:{to}",
    )
    whose = {filing.id: ctx.db.get_one(Member, away_of(ctx.db, filing).member_id) for filing in found}
    names = called(ctx.db, whose.values())
    rows = [[_paper_button(ctx, filing, names[whose[filing.id].id])] for filing in shown]
    ctx.show(phrases.to_decide(unit=unit.name, count=len(found)), [several, *rows, turn, back])


def _paper_button(ctx: Context, filing: Filing, name: str) -> Button:
    away = away_of(ctx.db, filing)
    return Button(label_of(name, place_name(away.place_code)), f"absence:filing:{filing.id}")
