"""Counts that a cell has to know, kept honest: each with its source, seen by the member too; nothing is concluded.

    months without any contact     from check-ins and contact notes; a month that nobody asked about is not counted
    months absent from meetings    from the roll calls of regular meetings that are closed: absent without a reason, and there at
                                   none of that month; what the secretary types of a month stands above its roll call
    dues recorded up to            typed, never computed; for one or for several at once

The program proposes nothing (product.md, principle 2). What was typed wrong is typed again: the newest row holds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import RUNNING, Away, AwayState, Route
from models.contact.checkin import Checkin
from models.contact.contact_note import ContactNote, ContactOutcome
from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, add_months, local_date
from models.ground.errors import Refused
from models.meeting.attendance.presence import settle
from models.meeting.meeting import Attendance, How, Invitation, Meeting, MeetingKind, MeetingState
from models.people.member import Member, roster
from models.people.rights import Right, require
from models.people.trail import record_change
from models.phrases.desk import screening as phrases


class TallyKind(StrEnum):
    ABSENT = "absent"  # from the meeting of a month
    DUES = "dues"  # recorded up to a month


class Tally(Identified, Base):
    """One thing typed by the secretary; never changed, only typed again."""

    __tablename__ = "tally"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str]
    month: Mapped[date]  # its first day
    holds: Mapped[bool]  # False: it had been typed by mistake
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("member.id"))

    __table_args__ = (Index("ix_tally_member_id", "member_id", "kind", "at"),)


class MonthAhead(Refused):
    """A meeting's month that has not come yet."""

    def __init__(self) -> None:
        super().__init__(phrases.month_ahead())


class Contact(StrEnum):
    """What a month shows. Only NONE is counted: a miss is not a failure of character (product.md, principle 3)."""

    HEARD = "heard"  # a report of theirs, or a contact that somebody noted
    NONE = "none"  # asked, and no word by any way until the month was over
    EXCUSED = "excused"  # no word, and excused or on leave from reporting
    NOT_ASKED = "not asked"  # not registered, at home, or not reachable: nobody asked


@dataclass(frozen=True, slots=True)
class Typed:
    """The newest word about a month, for its source line. `by_id` None: the roll call of its meeting says so."""

    month: date
    at: datetime
    by_id: int | None


@dataclass(frozen=True, slots=True)
class Screening:
    """One member's counts in a year."""

    year: int
    months: dict[date, Contact]  # months that are over, by their first day
    absent: tuple[Typed, ...]
    dues_until: Typed | None
    elsewhere: tuple[
        tuple[date, date | None], ...
    ] = ()  # dues were paid at a temporary cell; no last day: they are

    @property
    def pays_elsewhere(self) -> bool:
        return any(last is None for _, last in self.elsewhere)

    @property
    def silent(self) -> tuple[date, ...]:
        """The months without any contact."""
        return tuple(month for month, contact in self.months.items() if contact is Contact.NONE)


@dataclass(frozen=True, slots=True)
class Counted:
    """One member on the cell's list: somebody is to be asked how they are before three months have gone by."""

    member: Member
    screening: Screening
    behind: int  # months that are over and that the book of dues does not reach; 0 where nothing was ever recorded


# --- acts -----------------------------------------------------------------------------------------------------------


def record_absence_from_meeting(
    db: Session, member: Member, month: date, *, absent: bool, by_id: int, now: datetime
) -> None:
    """Record what the roll of a month's meeting says; `absent=False` takes it back. Refuses: NotEntitled, MonthAhead."""
    if month > local_date(now, HOME_ZONE):
        raise MonthAhead
    _add(db, member, TallyKind.ABSENT, month, holds=absent, by_id=by_id, now=now)


def record_dues(db: Session, member: Member, until: date, *, by_id: int, now: datetime) -> None:
    """Record until which month the cell's book shows dues as paid; it may lie ahead. Refuses: NotEntitled."""
    _add(db, member, TallyKind.DUES, until, holds=True, by_id=by_id, now=now)


def record_dues_of(
    db: Session, members: Collection[Member], until: date, *, by_id: int, now: datetime
) -> None:
    """Record the same month for several members."""
    for member in members:
        record_dues(db, member, until, by_id=by_id, now=now)


def _add(
    db: Session, member: Member, kind: TallyKind, month: date, *, holds: bool, by_id: int, now: datetime
) -> None:
    require(db, by_id, Right.KEEP_ABSENCES, member.cell_id, now=now)
    first = month.replace(day=1)
    db.add(Tally(member_id=member.id, kind=kind, month=first, holds=holds, at=now, by_id=by_id))
    db.flush()
    record_change(db, "absence.tally", by_id=by_id, member_id=member.id, now=now, detail=str(kind))


# --- questions ------------------------------------------------------------------------------------------------------


def screening_of(db: Session, member: Member, year: int, *, now: datetime) -> Screening:
    """Return the counts of one member. The member may read them, and whoever may SEE_DETAILS in the cell."""
    return screenings_of(db, [member.id], year, now=now)[member.id]


def screenings_of(
    db: Session, member_ids: Collection[int], year: int, *, now: datetime
) -> dict[int, Screening]:
    """Return the counts of many, in a few statements."""
    months = _months_over(year, now=now)
    seen, called = _contacts(db, member_ids, year), _roll_calls(db, member_ids, year)
    elsewhere = _times_elsewhere(db, member_ids)
    tallies: dict[int, list[Tally]] = {}
    rows = select(Tally).where(Tally.member_id.in_(member_ids)).order_by(Tally.at, Tally.id)
    for row in db.scalars(rows):
        tallies.setdefault(row.member_id, []).append(row)
    return {
        member_id: Screening(
            year=year,
            months={month: seen.get((member_id, month), Contact.NOT_ASKED) for month in months},
            absent=_absences(called.get(member_id, {}), tallies.get(member_id, []), year),
            dues_until=_dues(tallies.get(member_id, [])),
            elsewhere=tuple(elsewhere.get(member_id, ())),
        )
        for member_id in member_ids
    }


def _months_over(year: int, *, now: datetime) -> list[date]:
    this_month = local_date(now, HOME_ZONE).replace(day=1)
    every = [date(year, number, 1) for number in range(1, 13)]
    return [month for month in every if month < this_month]


_STRONGEST = (Contact.HEARD, Contact.EXCUSED, Contact.NONE)


def _contacts(db: Session, member_ids: Collection[int], year: int) -> dict[tuple[int, date], Contact]:
    """By member and month, the best that is known. An answer counts in the month in which it came."""
    found: dict[tuple[int, date], Contact] = {}

    def note(member_id: int, day: date, contact: Contact) -> None:
        key = (member_id, day.replace(day=1))
        found[key] = min(found.get(key, contact), contact, key=_STRONGEST.index)

    begin, end = _bounds(year)
    mine = select(Checkin).where(Checkin.member_id.in_(member_ids))
    for row in db.scalars(mine.where(Checkin.closes_at > begin, Checkin.opens_at < end)):
        if row.answered_at is not None:
            note(row.member_id, local_date(row.answered_at, HOME_ZONE), Contact.HEARD)
        elif row.asked_at is not None:
            contact = Contact.EXCUSED if row.excused_until else Contact.NONE
            note(row.member_id, local_date(row.opens_at, HOME_ZONE), contact)
    heard = select(ContactNote).where(
        ContactNote.member_id.in_(member_ids),
        ContactNote.outcome == ContactOutcome.REACHED,
        ContactNote.happened_on >= date(year, 1, 1),
        ContactNote.happened_on < add_months(date(year, 12, 1), 1),
    )
    for contact_note in db.scalars(heard):
        note(contact_note.member_id, contact_note.happened_on, Contact.HEARD)
    return found


def _roll_calls(db: Session, member_ids: Collection[int], year: int) -> dict[int, dict[date, datetime]]:
    """By member: the months in which they were absent without a reason from what was held, and there at nothing."""
    first, last = _bounds(year)
    held = (
        select(Invitation, Meeting.starts_at, Member)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(Member, Member.id == Invitation.member_id)
        .where(
            Invitation.member_id.in_(member_ids),
            Meeting.state == MeetingState.CLOSED,
            Meeting.kind == MeetingKind.REGULAR,
            Meeting.starts_at > first,
            Meeting.starts_at < last,
        )
    )
    rows = [(one, starts_at, member) for one, starts_at, member in db.execute(held)]
    said: dict[tuple[int, int], list[Attendance]] = {}
    statements = select(Attendance).where(
        Attendance.meeting_id.in_({one.meeting_id for one, _, _ in rows}),
        Attendance.member_id.in_(member_ids),
    )
    for statement in db.scalars(statements.order_by(Attendance.at, Attendance.id)):
        said.setdefault((statement.meeting_id, statement.member_id), []).append(statement)
    months: dict[tuple[int, date], list[tuple[How | None, datetime]]] = {}
    for one, starts_at, member in rows:
        how = settle(one, member, said.get((one.meeting_id, member.id), []), starts_at).how
        month = local_date(starts_at, HOME_ZONE).replace(day=1)
        if month.year == year:
            months.setdefault((member.id, month), []).append((how, starts_at))
    found: dict[int, dict[date, datetime]] = {}
    for (member_id, month), hows in months.items():
        if all(how == How.UNEXCUSED for how, _ in hows):
            found.setdefault(member_id, {})[month] = max(at for _, at in hows)
    return found


def _bounds(year: int) -> tuple[datetime, datetime]:
    """A day more on either side: what belongs to the year is said by the clock at home."""
    begin = datetime.combine(date(year, 1, 1), time(0), UTC) - timedelta(days=1)
    return begin, datetime.combine(date(year + 1, 1, 1), time(0), UTC) + timedelta(days=1)


def _absences(called: dict[date, datetime], rows: list[Tally], year: int) -> tuple[Typed, ...]:
    """Return the months absent, by month. What was typed of a month overrides its roll call."""
    newest = {row.month: row for row in rows if row.kind == TallyKind.ABSENT and row.month.year == year}
    absent = {month: Typed(month, at, None) for month, at in called.items() if month not in newest}
    absent |= {month: Typed(month, row.at, row.by_id) for month, row in newest.items() if row.holds}
    return tuple(absent[month] for month in sorted(absent))


def _dues(rows: list[Tally]) -> Typed | None:
    dues = [row for row in rows if row.kind == TallyKind.DUES]
    return Typed(dues[-1].month, dues[-1].at, dues[-1].by_id) if dues else None


# --- the cell's list ------------------------------------------------------------------------------------------------


def counted_in_cell(db: Session, cell_id: int, year: int, *, now: datetime) -> list[Counted]:
    """Return members with a month without contact, absent, or behind with dues; the most months first.

    Whoever pays dues at a temporary cell is never behind here, nor for the months they were there.
    """
    people = roster(db, cell_id)
    found = screenings_of(db, [one.id for one in people], year, now=now)
    lines = [Counted(one, found[one.id], _behind(found[one.id], now=now)) for one in people]
    worth = [one for one in lines if one.screening.silent or one.screening.absent or one.behind]
    return sorted(worth, key=_most, reverse=True)


def _most(one: Counted) -> int:
    return max(len(one.screening.silent), len(one.screening.absent), one.behind)


def _behind(screening: Screening, *, now: datetime) -> int:
    """Count the months that are over, not recorded, and not paid at a temporary cell; none while one pays there."""
    if screening.dues_until is None or screening.pays_elsewhere:
        return 0
    month, this_month = add_months(screening.dues_until.month, 1), local_date(now, HOME_ZONE).replace(day=1)
    count = 0
    while month < this_month:
        count += not any(
            first < add_months(month, 1) and last and month <= last for first, last in screening.elsewhere
        )
        month = add_months(month, 1)
    return count


def _times_elsewhere(db: Session, member_ids: Collection[int]) -> dict[int, list[tuple[date, date | None]]]:
    """By member: from when to when their activities were transferred for a time; no last day: they still are."""
    rows = select(Away).where(
        Away.member_id.in_(member_ids),
        Away.route == Route.TEMPORARY,
        Away.begun_at.is_not(None),
        Away.state.in_((*RUNNING, AwayState.RETURNING, AwayState.CLOSED)),
    )
    found: dict[int, list[tuple[date, date | None]]] = {}
    for away in db.scalars(rows):
        last = None if away.is_open else away.returned_on or away.due_on
        found.setdefault(away.member_id, []).append((away.begins_on, last))
    return found
