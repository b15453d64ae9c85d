"""The application in official form, as it was filed: what was true on that day is kept with the step that filed it.

    file, file again, extend ──> facts_of(…) ──> FilingMove.filed_json (sealed, written once) ──> the .docx and the screens

Later acts, corrections of names and moves change nothing in it. Papers filed before this was kept are made again from
what is still known of their day: what was changed on the way is undone, a later decision is left out.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away.away.competence import competent_unit
from models.away.away.questions import away_changes, away_of, filing_moves
from models.away.away.rows import Away, Filing, FilingMove, Stay
from models.away.away.states import F, FilingKind, Route
from models.away.policy import AwayPolicy
from models.delivery.papers import (
    PAPERS,
    AbroadApplication,
    Application,
    ExcuseApplication,
    ExtensionApplication,
    PaperPerson,
    TransferApplication,
)
from models.ground.clock import HOME_ZONE, local_date
from models.ground.phones import show_phone
from models.ground.places import place
from models.people.member import Member
from models.people.unit import Unit
from models.phrases.away import away as phrases

_APPLICATIONS = {kind.kind: kind for kind in PAPERS if issubclass(kind, Application)}


class Filed(BaseModel):
    """What was filed. `paper`: the kind of the document; "": none is written for this route."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    stay: Stay
    route: str
    begins_on: date
    ends_on: date | None
    due_on: date
    reason: str
    paper: str = ""
    facts: dict[str, Any] = {}

    @property
    def application(self) -> Application | None:
        """The document's facts; None where none is written (noted only, or on the Portal)."""
        return _APPLICATIONS[self.paper].model_validate(self.facts) if self.paper else None


def filed_paper(db: Session, filing: Filing, policy: AwayPolicy) -> Filed:
    """Return the newest version that was filed."""
    move = filed_move(db, filing)
    if move is not None and move.filed_json:
        return Filed.model_validate_json(move.filed_json)
    at, on_paper = (move.at, move.on_paper) if move else (filing.opened_at, filing.on_paper)
    return filed_now(db, away_of(db, filing), filing, policy, at=at, on_paper=on_paper)


def is_kept(db: Session, filing: Filing) -> bool:
    """Return whether it was kept on its day; False: it is made again from what is still known."""
    move = filed_move(db, filing)
    return move is not None and move.filed_json is not None


def filed_move(db: Session, filing: Filing) -> FilingMove | None:
    """Return the last step by which it was filed, or filed again."""
    moves = [one for one in filing_moves(db, filing.id) if one.after in (F.FILED, F.NOTED)]
    filed = [one for one in moves if one.before != one.after]  # a scan that came later files nothing
    return filed[-1] if filed else None


def filed_now(
    db: Session, away: Away, filing: Filing, policy: AwayPolicy, *, at: datetime, on_paper: bool
) -> Filed:
    """Return the paper as of that moment; while it is being filed, that is now."""
    stay = _stay_at(db, away, at)
    written_on = None if on_paper else local_date(at, HOME_ZONE)  # what came on paper bears a date of its own
    application = _application(db, away, filing, stay, policy, at=at, written_on=written_on)
    return Filed(
        on=local_date(at, HOME_ZONE),
        stay=stay,
        route=filing.route,
        begins_on=filing.begins_on,
        ends_on=filing.ends_on,
        due_on=filing.due_on,
        reason=filing.reason or "",
        paper=application.kind if application else "",
        facts=application.model_dump(mode="json") if application else {},
    )


def _stay_at(db: Session, away: Away, at: datetime) -> Stay:
    """Where and how the member lived then: changes that were applied later are undone."""
    later = (one for one in away_changes(db, away.id) if one.applied_at is not None and one.applied_at > at)
    first = min(later, key=lambda one: (one.applied_at, one.id), default=None)
    return (first.before if first else None) or away.stay


def _application(
    db: Session,
    away: Away,
    filing: Filing,
    stay: Stay,
    policy: AwayPolicy,
    *,
    at: datetime,
    written_on: date | None,
) -> Application | None:
    route = Route(filing.route)
    if route in (Route.NOTE, Route.FORMAL):
        return None
    decider = competent_unit(db, away.cell_id, policy)
    facts = {
        **head_of_papers(db, away),
        "decider": decider.name if decider else "",
        "signed_on": written_on,
        "place_away": place_words(stay.place_code, stay.city),
        "work": phrases.WORKS[stay.work].to_plain("vi"),
        "employer": stay.employer,
        "from_on": filing.begins_on,
        "until_on": filing.due_on,
        "reason": filing.reason or "",
        "contact_phone": show_phone(stay.phone_there) if stay.phone_there else "",
    }
    if filing.kind == FilingKind.EXTENSION:
        before = _decision_before(db, filing, at)
        return ExtensionApplication.model_validate(
            {
                **facts,
                "what": phrases.ROUTES[before.route if before else route].to_plain("vi"),
                "decision": (before.decision_number if before else None) or "",
                "decided_on": before.decided_on if before else None,
                "ended_on": filing.begins_on - timedelta(days=1),
            }
        )
    if place(stay.place_code).abroad:
        return AbroadApplication.model_validate({**facts, "purpose": facts["work"]})
    if route is Route.TEMPORARY:
        return TransferApplication.model_validate({**facts, "receiving": stay.host})
    return ExcuseApplication.model_validate(facts)


def _decision_before(db: Session, filing: Filing, at: datetime) -> Filing | None:
    """The approval that held when this was filed: never its own, and none that came later."""
    rows = select(Filing).where(
        Filing.away_id == filing.away_id, Filing.state == F.APPROVED, Filing.id != filing.id
    )
    before = rows.where(Filing.settled_at <= at).order_by(Filing.settled_at.desc(), Filing.id.desc())
    return db.scalars(before).first()


def head_of_papers(db: Session, away: Away) -> dict[str, object]:
    """Return what every paper says: the organisations and the member."""
    cell, member = db.get_one(Unit, away.cell_id), db.get_one(Member, away.member_id)
    above = db.get(Unit, cell.parent_id) if cell.parent_id else None
    person = PaperPerson(
        name=member.own_name,
        birth_year=str(member.birth_year or ""),
        joined_on=member.joined_on,
        official_on=member.official_on,
        phone=show_phone(member.phone) if member.phone else "",
    )
    return {"above": above.name if above else "", "cell": cell.name, "member": person}


def place_words(code: str, city: str) -> str:
    return ", ".join(part for part in (city, place(code).vi) if part)
