"""The table of what waits (the drawing is in __init__.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.away.away import (
    Away,
    Filing,
    FilingState,
    away_of,
    filings_to_keep,
    lapsed_aways,
    returning_aways,
)
from models.away.letter import Letter, letters_without_paper, unanswered_letters
from models.contact.checkin import Checkin, CheckinState
from models.contact.ladder import Ladder, ladders_open
from models.contact.request import HelpRequest, RequestState, open_requests, shown_to
from models.desk.absence import Wait
from models.desk.committee import NameRequest, NameState, names_to_give
from models.desk.desk import Pile
from models.desk.waiting import papers, people, together
from models.desk.waiting.look import Glance, Matter, Waiting
from models.entry.invite import Invite, InviteState, invites_waiting
from models.meeting.meeting import Meeting, meetings_with_keepers
from models.people.member import Member
from models.people.rights import Right, may
from models.year.probation import Probation, probations_of_cell
from models.year.review import Review
from models.year.review.questions import reviews_waiting


@dataclass(frozen=True)
class PassedOn:
    """What a successor accepts. `since`: the column that says since when, or until when, it was to be done."""

    rows: Callable[
        [Session, int], Iterable[tuple[int, int]]
    ]  # a cell -> (row, whom it is about), oldest first
    since: InstrumentedAttribute[Any]

    def since_of(self, db: Session, row_id: int) -> datetime | date | None:
        """Return it of one row; None: it is not known, or the row is gone."""
        found: datetime | date | None = db.scalar(select(self.since).where(self.since.class_.id == row_id))
        return found


@dataclass(frozen=True)
class Source:
    """Where one matter comes from and where it leads."""

    to: str  # with the row's id, the screen where one is dealt with
    lines: Callable[[Glance], list[Waiting]]
    right: Right | None = None
    pile: Pile | None = None
    passed_on: PassedOn | None = None
    everywhere: Select[int, datetime] | None = (
        None  # at all desks: `cell_id`, `since`. None: nobody is missed for it
    )


def _late(db: Session, cell_id: int) -> Iterable[tuple[int, int]]:
    late = select(Checkin).where(Checkin.cell_id == cell_id, Checkin.state == CheckinState.LATE)
    silent = {ladder.member_id for ladder in ladders_open(db, cell_id)}
    rows = db.scalars(late.order_by(Checkin.due_at))
    return [(row.id, row.member_id) for row in rows if row.member_id not in silent]


def _whose(read: Callable[[Session, int], Iterable[Any]]) -> Callable[[Session, int], list[tuple[int, int]]]:
    """Of rows that say whose they are."""
    return lambda db, cell_id: [(row.id, row.member_id) for row in read(db, cell_id)]


def _filings(db: Session, cell_id: int) -> list[tuple[int, int]]:
    return [(row.id, away_of(db, row).member_id) for row in filings_to_keep(db, cell_id)]


def _letters(db: Session, cell_id: int) -> list[tuple[int, int]]:
    return [(row.id, db.get_one(Away, row.away_id).member_id) for row in unanswered_letters(db, cell_id)]


def _unsigned(db: Session, cell_id: int) -> list[tuple[int, int]]:
    return [(letter.id, member.id) for letter, member in letters_without_paper(db, cell_id)]


def _probations(db: Session, cell_id: int) -> list[tuple[int, int]]:
    return [(row.id, who.id) for row, who in probations_of_cell(db, cell_id)]


def _everywhere(
    cell: InstrumentedAttribute[Any], since: ColumnElement[Any], *of: ColumnElement[bool]
) -> Select[int, datetime]:
    return select(cell.label("cell_id"), since.label("since")).where(*of)


SOURCES: dict[Matter, Source] = {
    Matter.WORDS: Source("desk:report", people.words),
    Matter.LATE: Source(
        "desk:late",
        people.late,
        pile=Pile.OWING,
        passed_on=PassedOn(_late, Checkin.due_at),
        everywhere=_everywhere(
            Checkin.cell_id,
            Checkin.late_at.expression,
            Checkin.state == CheckinState.LATE,
            Checkin.next_at.is_not(None),  # a late one has one; its index is small
        ),
    ),
    Matter.SILENT: Source(
        "desk:ladder", people.silent, pile=Pile.OWING, passed_on=PassedOn(_whose(ladders_open), Ladder.due_at)
    ),
    Matter.UNREACHABLE: Source("desk:who", people.unreachable, pile=Pile.UNREACHABLE),
    Matter.UNTOLD: Source("knock:see", people.to_pass_on),
    Matter.ROLL_CALL: Source("rollcall:see", together.roll_calls),
    Matter.REQUEST: Source(
        "request:see",
        people.requests,
        pile=Pile.REQUESTS,
        passed_on=PassedOn(_whose(open_requests), HelpRequest.opened_at),
        everywhere=_everywhere(
            HelpRequest.cell_id,
            HelpRequest.opened_at.expression,
            HelpRequest.state == RequestState.OPEN,
            shown_to(None),
        ),
    ),
    Matter.IDENTITY: Source(
        "desk:identity",
        people.identities,
        pile=Pile.IDENTITIES,
        passed_on=PassedOn(_whose(invites_waiting), Invite.opened_at),
        everywhere=_everywhere(
            Member.cell_id,
            func.coalesce(Invite.opened_at, Invite.created_at),
            Invite.member_id == Member.id,
            Invite.state == InviteState.WAITING,
            Member.left_at.is_(None),
        ),
    ),
    Matter.FILING: Source(
        "absence:filing",
        papers.filings,
        pile=Pile.ABSENCES,
        passed_on=PassedOn(_filings, Filing.opened_at),
        everywhere=_everywhere(
            Filing.cell_id,
            Filing.opened_at.expression,
            Filing.state.in_((FilingState.FILED, FilingState.AT_CELL)),
        ),
    ),
    Matter.LAPSED: Source(
        "absence:see",
        papers.absences(Wait.LAPSED),
        pile=Pile.ABSENCES,
        passed_on=PassedOn(_whose(lapsed_aways), Away.due_on),
    ),
    Matter.RETURN: Source(
        "absence:see",
        papers.absences(Wait.RETURNING),
        pile=Pile.ABSENCES,
        passed_on=PassedOn(_whose(returning_aways), Away.returned_on),
    ),
    Matter.ENDING: Source("absence:see", papers.absences(Wait.ENDING), pile=Pile.ABSENCES),
    Matter.ABROAD: Source("absence:see", papers.abroad),
    Matter.LETTER: Source("absence:letter", papers.letters, passed_on=PassedOn(_letters, Letter.sent_on)),
    Matter.UNSIGNED: Source(
        "absence:letter", papers.unsigned, passed_on=PassedOn(_unsigned, Letter.replied_at)
    ),
    Matter.AGREEMENT: Source("agreement:see", papers.agreements, right=Right.KEEP_AGREEMENTS),
    Matter.PROBATION: Source(
        "probation:see", papers.probations, passed_on=PassedOn(_probations, Probation.admitted_on)
    ),
    Matter.REVIEW: Source(
        "campaign:read", papers.reviews, passed_on=PassedOn(_whose(reviews_waiting), Review.submitted_at)
    ),
    Matter.NAMES: Source(
        "committee:name",
        papers.names,
        right=Right.GRANT_NAMES,
        passed_on=PassedOn(names_to_give, NameRequest.asked_at),
        everywhere=_everywhere(
            NameRequest.cell_id, NameRequest.asked_at.expression, NameRequest.state == NameState.ASKED
        ),
    ),
    Matter.MEETING: Source(
        "meeting:see", together.meetings, passed_on=PassedOn(meetings_with_keepers, Meeting.starts_at)
    ),
    Matter.TASK: Source("task:see", together.tasks),
    Matter.NOTICE: Source("notice:answers", together.notices),
    Matter.UNREGISTERED: Source("desk:who", people.unregistered, pile=Pile.UNREGISTERED),
    Matter.HANDOVER: Source("office:handover", together.handover),
    Matter.LAW: Source("law:see", papers.law_requests),
}

WAITING_PILES = tuple(pile for pile in Pile if any(source.pile is pile for source in SOURCES.values()))


def lines_of(matter: Matter, look: Glance) -> list[Waiting]:
    """Return what waits of one matter, for this reader: each line with its matter and its screen."""
    source = SOURCES[matter]
    if source.right is not None and not _may(look, source.right):
        return []
    return [
        replace(one, matter=matter, to=one.to or f"{source.to}:{one.about}") for one in source.lines(look)
    ]


def _may(look: Glance, right: Right) -> bool:
    return look.reader_id is not None and may(look.db, look.reader_id, right, look.cell.id, now=look.now)
