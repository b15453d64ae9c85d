"""The call sheet: whom to call, on paper and numbered; what came of each call is typed back by its number.

    make_sheet ──> CallLine 1, 2, 3 … of one reader ──note_line──> its ContactNote
        a newer sheet takes the place of the one before: paper and screen have the same numbers
    sheet_paper      A4 in large print for the desk, small cards for who keeps in touch
    sheet_calendar   one entry a call, at an hour that is good here and there

A sheet names, for secretary and deputy, whom the desk says to call and whose call they have promised; for a contact,
those whom they keep in touch with. It holds nothing that its reader may not see on a screen, and no organisation's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, SmallInteger, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.away.away import contact_card
from models.contact.checkin import Checkin, CheckinState, first_words, gist_of, rhythm_of
from models.contact.contact_note import ContactNote, last_contact_notes
from models.delivery.message import Button, Lane, Message
from models.delivery.papers import CallSheet, CallSheetLine, PocketSheet
from models.desk.bearings import bearings_of, due_words, owed_reports
from models.desk.waiting import Desk, Matter, Waiting, to_call
from models.ground.base import Base, Identified
from models.ground.clock import HOME_ZONE, NIGHT, Night, at_wall, is_night, local_date
from models.ground.phones import show_phone
from models.ground.places import place
from models.meeting.meeting import CalendarEntry, calendar_of
from models.people.assignment import assigned_members
from models.people.member import Member, night_of, tell
from models.people.rights import Appointment
from models.people.unit import Unit
from models.phrases.contact import sign_of_life as sign_words
from models.phrases.desk import call_sheet as phrases
from models.phrases.text import Text, named
from models.policies import Policies

_STEP = timedelta(minutes=15)  # offsets of the world's clocks are quarters of an hour
_LASTS = timedelta(days=7)
_SILENT = (Matter.LATE, Matter.SILENT)
_ENTRY = 15  # minutes of a call in the calendar


class CallLine(Identified, Base):
    """One line of somebody's last sheet. `note_id`: what was typed back."""

    __tablename__ = "call_line"

    for_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    cell_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    note_id: Mapped[int | None] = mapped_column(ForeignKey("contact_note.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    made_at: Mapped[datetime]

    __table_args__ = (
        Index("uq_call_line_for_id", "for_id", "cell_id", "number", unique=True),
        Index("ix_call_line_member_id", "member_id"),
        Index("ix_call_line_note_id", "note_id"),
        Index("ix_call_line_cell_id", "cell_id"),
        Index("ix_call_line_made_at", "made_at"),
    )


@dataclass(frozen=True, slots=True)
class SheetReader:
    """Whose sheet it is, of which cell; `at_desk`: by an office there, else by keeping in touch with some."""

    member: Member
    cell: Unit
    at_desk: bool


# --- whom it names --------------------------------------------------------------------------------------------------


def people_to_call(db: Session, reader: SheetReader, policies: Policies, *, now: datetime) -> list[int]:
    """Return the ids of those whom this reader is to call, the worst first."""
    if not reader.at_desk:
        theirs = assigned_members(db, reader.member.id, now=now)
        mine = [one for one in theirs if one.cell_id == reader.cell.id]
        mine.sort(key=lambda one: (not contact_card(db, one).owed, one.heard_on or date.min))
        return [one.id for one in mine][: policies.call_sheet.most]
    desk = Desk(db, reader.cell, policies, now, reader_id=reader.member.id)
    promised = {
        who for who, call in desk.silences.items() if call.ladder.owner_id == reader.member.id
    }  # the desk asks nobody else to call them
    asked = {one.member_id for one in to_call(desk.queue)}
    found = [
        one.member_id
        for one in desk.queue
        if one.member_id is not None
        and (one.member_id in asked or (one.matter is Matter.SILENT and one.member_id in promised))
    ]
    return list(dict.fromkeys(found))[: policies.call_sheet.most]


# --- acts -----------------------------------------------------------------------------------------------------------


def make_sheet(db: Session, reader: SheetReader, policies: Policies, *, now: datetime) -> list[CallLine]:
    """Number those who are to be called now; the reader's sheet before is no more."""
    people = people_to_call(db, reader, policies, now=now)
    of = {"for_id": reader.member.id, "cell_id": reader.cell.id}
    db.execute(delete(CallLine).filter_by(**of))
    lines = [CallLine(**of, member_id=who, number=at, made_at=now) for at, who in enumerate(people, start=1)]
    db.add_all(lines)
    db.flush()
    return lines


def current_sheet(db: Session, reader: SheetReader, policies: Policies, *, now: datetime) -> list[CallLine]:
    """Return the sheet of this week, made now if there is none: what is printed twice has the same numbers."""
    lines = sheet_lines(db, reader)
    if lines and now - lines[0].made_at < _LASTS:
        return lines
    return make_sheet(db, reader, policies, now=now)


def note_line(line: CallLine, note: ContactNote) -> None:
    """Keep with the line what came of the call."""
    line.note_id = note.id


def want_sheet(held: Appointment, wanted: bool, *, now: datetime) -> None:
    """Set whether a sheet is made with each digest."""
    held.sheet_since = (held.sheet_since or now) if wanted else None


def bring_sheet(
    db: Session, held: Appointment, cell: Unit, member: Member, policies: Policies, *, now: datetime
) -> None:
    """Make this week's sheet and say that it is ready: the file leaves by a tap, after the PIN."""
    lines = make_sheet(db, SheetReader(member, cell, at_desk=True), policies, now=now)
    if not lines:
        return
    ways = [
        [Button(phrases.PRINT, f"sheet:print:{cell.id}")],
        [Button(phrases.CALENDAR, f"sheet:ics:{cell.id}")],
        [Button(phrases.TYPE_BACK, f"sheet:see:{cell.id}:0")],
    ]
    key = f"sheet.ready:{held.id}:{local_date(now, HOME_ZONE)}"
    words = phrases.ready(cell=cell.name, count=len(lines))
    tell(
        db,
        member,
        Message(words, ways),
        key=key,
        lane=Lane.REMINDER,
        now=now,
        not_after=now + timedelta(days=3),
    )


# --- questions ------------------------------------------------------------------------------------------------------


def sheet_lines(db: Session, reader: SheetReader) -> list[CallLine]:
    """Return the lines of this reader's last sheet, in the order of the paper."""
    mine = select(CallLine).filter_by(for_id=reader.member.id, cell_id=reader.cell.id)
    return list(db.scalars(mine.order_by(CallLine.number)))


def shared_hours(
    on: date, here: str, there: str, nights: tuple[Night, Night] = (NIGHT, NIGHT)
) -> list[tuple[datetime, datetime]]:
    """Return from when to when on this day, as clocks `here` have it, it is night neither here nor there."""
    at, end = at_wall(on, time(0), here), at_wall(on + timedelta(days=1), time(0), here)
    runs: list[tuple[datetime, datetime]] = []
    while at < end:
        if not is_night(at, here, nights[0]) and not is_night(at, there, nights[1]):
            follows = bool(runs) and runs[-1][1] == at
            runs[-1:] = [(runs[-1][0], at + _STEP)] if follows else [*runs[-1:], (at, at + _STEP)]
        at += _STEP
    return runs


def good_hour(runs: Sequence[tuple[datetime, datetime]], there: str, hour: int) -> datetime:
    """Return the moment at which clocks `there` show this hour, if it lies in the runs; else when the first begins."""
    for begins, ends in runs:
        at = at_wall(local_date(begins, there), time(hour), there)
        if begins <= at < ends:
            return at
    return runs[0][0]


# --- on paper -------------------------------------------------------------------------------------------------------


def sheet_paper(
    db: Session, reader: SheetReader, lines: Sequence[CallLine], policies: Policies, *, now: datetime
) -> CallSheet:
    """Return the sheet as a paper: large for the desk, cards that fit a pocket for who keeps in touch."""
    desk = Desk(db, reader.cell, policies, now, reader_id=reader.member.id) if reader.at_desk else None
    why = {one.member_id: one for one in reversed(to_call(desk.queue))} if desk else {}
    kind = CallSheet if reader.at_desk else PocketSheet
    return kind(
        made_on=local_date(lines[0].made_at, HOME_ZONE) if lines else None,
        count=str(len(lines)),
        rows=tuple(_row(db, reader, line, why.get(line.member_id), policies, now=now) for line in lines),
    )


def _row(
    db: Session,
    reader: SheetReader,
    line: CallLine,
    why: Waiting | None,
    policies: Policies,
    *,
    now: datetime,
) -> CallSheetLine:
    member = db.get_one(Member, line.member_id)
    card = contact_card(db, member)
    where = place(member.place_code) if member.place_code else None
    good, runs = _hours(reader, member, local_date(now, reader.member.zone), policies)
    here, there = reader.member.zone, member.zone
    return CallSheetLine(
        number=str(line.number),
        name=member.full_name,
        phone=show_phone(card.phone) if card.phone else "",
        place=named(where.vi, where.en).to_plain("vi") if where else "",
        hours=phrases.hours(
            here=_clock(good, here),
            there=_clock(good, there),
            runs=[(_clock(begins, here), _clock(ends, here)) for begins, ends in runs],
        ).to_plain("vi"),
        last=_last(db, member, with_reports=reader.at_desk).to_plain("vi"),
        ask="; ".join(one.to_plain("vi") for one in _ask(db, reader, member, why, policies, now=now)),
    )


def _hours(
    reader: SheetReader, member: Member, on: date, policies: Policies
) -> tuple[datetime, list[tuple[datetime, datetime]]]:
    """The hour at which they are asked anyway, where that is no night here; and all that would do."""
    nights = (night_of(reader.member), night_of(member))
    runs = shared_hours(on, reader.member.zone, member.zone, nights)
    hour = rhythm_of(member, reader.cell, policies.checkin).hour
    return good_hour(runs, member.zone, hour), runs


def _clock(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _last(db: Session, member: Member, *, with_reports: bool) -> Text:
    """The day of the last word, and the newest words of a report or of a note, which their member may have corrected."""
    said = [
        (note.recorded_at, first_words(note.correction or note.result or ""))
        for note in last_contact_notes(db, member.id, limit=5)
    ]
    if with_reports:
        answered = select(Checkin).where(
            Checkin.member_id == member.id, Checkin.state == CheckinState.ANSWERED, Checkin.note_id.is_(None)
        )
        newest = db.scalars(answered.order_by(Checkin.answered_at.desc()).limit(1)).first()
        gist = gist_of(newest.report) if newest is not None and newest.report is not None else None
        if newest is not None and newest.answered_at is not None and gist is not None:
            said.append((newest.answered_at, gist.to_plain("vi")))
    words = max(((at, text) for at, text in said if text), default=None)
    heard = sign_words.dated(on=member.heard_on, how=member.heard_how) if member.heard_on else None
    return phrases.last(heard=heard, said=words[1] if words else "")


def _ask(
    db: Session,
    reader: SheetReader,
    member: Member,
    why: Waiting | None,
    policies: Policies,
    *,
    now: datetime,
) -> list[Text]:
    """Why they are called, what waits for them, and the two questions that are always asked."""
    if reader.at_desk:
        found = bearings_of(db, member, policies, reader_id=reader.member.id, now=now)
        owed, today = list(found.owed), found.today
    else:
        owed, today = list(owed_reports(db, member)), local_date(now, HOME_ZONE)
    # of a late report that itself says enough
    first = [why.what] if why is not None and not (owed and why.matter in _SILENT) else []
    return [*first, *(due_words(one, today) for one in owed[:3]), phrases.ALWAYS]


# --- in the calendar ------------------------------------------------------------------------------------------------


def sheet_calendar(
    db: Session, reader: SheetReader, lines: Sequence[CallLine], policies: Policies, *, now: datetime
) -> bytes:
    """Return an .ics of the calls still to be made, a few a day. An entry has the number on paper, and nobody's name."""
    a_day = policies.call_sheet.a_day
    left = [line for line in lines if line.note_id is None]
    entries: list[CalendarEntry] = []
    for at, line in enumerate(left):
        member = db.get_one(Member, line.member_id)
        on = local_date(now, reader.member.zone) + timedelta(days=at // a_day)
        starts, _ = _hours(reader, member, on, policies)
        if starts <= now:
            starts, _ = _hours(reader, member, on + timedelta(days=1), policies)
        while any(one.starts_at == starts for one in entries):
            starts += timedelta(minutes=_ENTRY)
        entries.append(
            CalendarEntry(
                uid=f"call-{line.id}@xanha",
                edition=1,
                starts_at=starts,
                minutes=_ENTRY,
                summary=phrases.entry(number=line.number).to_plain(reader.member.lang),
                before=timedelta(minutes=10),
            )
        )
    return calendar_of(entries, now=now)
