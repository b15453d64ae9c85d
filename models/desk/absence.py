"""The keeper's view of absences: what waits, the register and its filters, what stands on the papers.

    absences_of(db, cell_id, …) ──> Absence: member, contact, last word, what waits ──┬─> the desk (models/desk/desk.py)
                                                                                      ├─> the register in the chat
                                                                                      └─> register_paper ──> .xlsx
    application_of(db, filing) ──> .docx

No table of its own, and no acts: those are of `away`, `assignment`, `letter`, `screening`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.away.away import AWAY, Away, AwayState, Filing, FilingState, filed_paper, register_of
from models.away.policy import AwayPolicy
from models.delivery.papers import (
    Application,
    Register,
    RegisterRow,
)
from models.desk.screening import Screening, screenings_of
from models.ground.clock import HOME_ZONE, add_months, local_date
from models.ground.phones import show_phone
from models.ground.places import place
from models.people.assignment import Assignment
from models.people.member import Member, Purpose, answers_of, roster
from models.people.unit import Unit
from models.phrases.away import away as away_words
from models.phrases.desk import absence as phrases
from models.phrases.text import Lang

# --- what waits -----------------------------------------------------------------------------------------------------


class Wait(StrEnum):
    """Why an absence is on the desk, worst first."""

    LAPSED = "lapsed"  # its end went by
    FILED = "filed"  # a paper to check
    AT_CELL = "at cell"  # the meeting's result to type
    RETURNING = "returning"  # back, formalities open
    ENDING = "ending"


class Filter(StrEnum):
    """The lists of the register."""

    ALL = "all"
    ABROAD = "abroad"
    HOME = "home"  # in the country
    SOON = "soon"  # ends within policy.ends_soon_days, or has ended
    SILENT = "silent"  # no contact for policy.no_contact_days


@dataclass(frozen=True, slots=True)
class Absence:
    """One open absence with what its keepers need to know."""

    away: Away
    member: Member
    decision: Filing | None
    under_way: Filing | None
    contact: Member | None  # who keeps in touch now
    today: date
    policy: AwayPolicy

    @property
    def heard_on(self) -> date | None:
        """The day of the last word of them, whatever it was."""
        return self.member.heard_on

    @property
    def is_away(self) -> bool:
        return self.away.state in AWAY

    @property
    def wait(self) -> Wait | None:
        """What the cell has to do; None: nothing, or it is the committee's or the member's turn."""
        paper = self.under_way.state if self.under_way else None
        if paper in (FilingState.FILED, FilingState.AT_CELL):
            return Wait.FILED if paper == FilingState.FILED else Wait.AT_CELL
        if self.away.state == AwayState.LAPSED:
            return Wait.LAPSED
        if self.away.state == AwayState.RETURNING:
            return Wait.RETURNING
        return Wait.ENDING if self.ends_soon and paper != FilingState.PROPOSED else None

    @property
    def ends_soon(self) -> bool:
        return self.is_away and self.away.due_on - self.today <= timedelta(days=self.policy.ends_soon_days)

    @property
    def contact_by(self) -> date | None:
        """The day by which somebody abroad is to be heard of again; None: they are not abroad."""
        if not (self.is_away and place(self.away.place_code).abroad):
            return None
        return add_months(self.word_on, self.policy.abroad_contact_months)

    @property
    def word_on(self) -> date:
        """The last word of them; the day of the declaration where there was none."""
        return self.heard_on or local_date(self.away.declared_at, HOME_ZONE)

    @property
    def is_silent(self) -> bool:
        """Without a word for long."""
        return self.is_away and self.today - self.word_on >= timedelta(days=self.policy.no_contact_days)

    def fits(self, chosen: Filter) -> bool:
        match chosen:
            case Filter.ABROAD:
                return place(self.away.place_code).abroad
            case Filter.HOME:
                return not place(self.away.place_code).abroad
            case Filter.SOON:
                return self.ends_soon
            case Filter.SILENT:
                return self.is_silent
            case Filter.ALL:
                return True


def absences_of(db: Session, cell_id: int, policy: AwayPolicy, *, now: datetime) -> list[Absence]:
    """Return the cell's open absences by given name. How many there are does not change the number of statements."""
    found = register_of(db, cell_id)
    ids = [line.member.id for line in found]
    contacts = _contacts(db, ids, now=now)
    today = local_date(now, HOME_ZONE)
    return [
        Absence(
            line.away,
            line.member,
            line.decision,
            line.under_way,
            contacts.get(line.member.id),
            today,
            policy,
        )
        for line in found
    ]


def waiting(absences: Sequence[Absence]) -> list[Absence]:
    """Return those on which the cell has something to do, worst first, the oldest end first among equals."""
    order = list(Wait)
    return sorted(
        (one for one in absences if one.wait),
        key=lambda one: (order.index(one.wait or Wait.ENDING), one.away.due_on),
    )


def _contacts(db: Session, member_ids: Collection[int], *, now: datetime) -> dict[int, Member]:
    """Who keeps in touch with each; whoever stands in for a while goes first."""
    rows = db.execute(
        select(Assignment.member_id, Member)
        .join(Member, Member.id == Assignment.contact_id)
        .where(Assignment.member_id.in_(member_ids), Member.left_at.is_(None))
        .where(Assignment.begins_at <= now, or_(Assignment.ends_at.is_(None), Assignment.ends_at > now))
        .order_by(Assignment.ends_at.is_not(None), Assignment.begins_at.desc())
    )
    return {member_id: contact for member_id, contact in rows}  # the last one wins


def undeclared(db: Session, cell_id: int, absences: Sequence[Absence]) -> list[Member]:
    """Return the members who are away as the roster says, but have not declared it."""
    declared = {one.member.id for one in absences}
    found = [one for one in roster(db, cell_id) if one.place_code and one.id not in declared]
    answers = answers_of(db, [one.id for one in found], Purpose.AWAY)
    return [one for one in found if answers.get(one.id, True)]  # who declares on paper owes nothing here


# --- papers ---------------------------------------------------------------------------------------------------------


def application_of(db: Session, filing: Filing, policy: AwayPolicy) -> Application | None:
    """Return the application in official form as it was filed, to be signed; None where none is written."""
    return filed_paper(db, filing, policy).application


def register_paper(
    db: Session, cell: Unit, shown: Sequence[Absence], chosen: Filter, *, now: datetime, lang: Lang = Lang.VI
) -> Register:
    """Return the register of members away with these lines, for `papers.register_workbook`."""
    today = local_date(now, HOME_ZONE)
    dues = screenings_of(db, [one.member.id for one in shown], today.year, now=now)
    above = db.get(Unit, cell.parent_id) if cell.parent_id else None
    return Register(
        above=above.name if above else "",
        cell=cell.name,
        filter="" if chosen is Filter.ALL else phrases.FILTERS[chosen].to_plain(lang),
        made_on=today,
        rows=tuple(_register_row(one, dues[one.member.id], lang) for one in shown),
    )


def _register_row(one: Absence, counts: Screening, lang: Lang) -> RegisterRow:
    elsewhere = phrases.DUES_ELSEWHERE.to_plain(lang) if counts.pays_elsewhere else ""
    away, member = one.away, one.member
    phone = away.phone_there if one.is_away else None
    where = place(away.place_code)
    return RegisterRow(
        name=member.full_name,
        joined_on=member.joined_on,
        official_on=member.official_on,
        route=away_words.ROUTES[away.route].to_plain(lang),
        place=where.en if lang is Lang.EN else where.vi,
        work=away_words.WORKS[away.work].to_plain(lang),
        phone=show_phone(phone or member.phone or ""),
        from_on=away.begins_on,
        until_on=away.due_on,
        decision=(one.decision.decision_number if one.decision else None) or "",
        contact=one.contact.full_name if one.contact else "",
        last_contact_on=one.heard_on,
        dues_until=counts.dues_until.month if counts.dues_until and not elsewhere else None,
        dues_note=elsewhere,
        note=away_words.STATES[away.state].to_plain(lang),
    )
