"""What can wait, one line about it, and what a source may ask when it looks for lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property

from sqlalchemy.orm import Session

from models.contact.contact_note import ContactNote, is_a_try, notes_on_desk
from models.contact.ladder import Call, call_list
from models.desk.desk import Picture, Pile, picture
from models.ground.clock import HOME_ZONE, at_wall, local_date
from models.people.member import Member
from models.people.unit import Unit
from models.phrases.desk import waiting as phrases
from models.phrases.text import Text
from models.policies import Policies


class Matter(StrEnum):
    """What can wait for a secretary. A checklist keeps the value (`HandoverItem.matter`)."""

    WORDS = "words"  # a report or a note that says something, and nobody has read it
    LATE = "checkin"  # a member who is late, and on no ladder yet
    SILENT = "ladder"  # late for so long that others were asked to call, or somebody has promised to
    UNREACHABLE = "unreachable"
    UNTOLD = "untold"  # something waits on a member's page, and nothing has told them so
    ROLL_CALL = "rollcall"  # under way, with people of whom nothing is known
    REQUEST = "request"
    IDENTITY = "invite"  # somebody waits to be recognised
    FILING = "filing"  # an application at the secretary's or at the cell's turn
    LAPSED = "lapsed"  # an absence whose end went by
    RETURN = "return"  # a member who is back, with lines of the checklist still open
    ENDING = "ending"  # an absence that ends soon
    ABROAD = "abroad"  # without a contact for almost as long as somebody abroad may be, or longer
    LETTER = "letter"  # to a place of stay that has not answered
    UNSIGNED = "unsigned"  # its answer came by the page, and the paper has not
    AGREEMENT = "agreement"  # whose last day is near, or has gone by
    PROBATION = "probation"
    REVIEW = "review"  # handed in and to be read, signed and to be filed, or past the deadline
    NAMES = "names"  # the committee asks whose names are behind a figure
    MEETING = "meeting"  # to be called, to get a new day, with people who have not answered, to be closed
    TASK = "task"  # past its day
    NOTICE = "notice"  # with a question that some have not answered
    UNREGISTERED = "unregistered"
    HANDOVER = "handover"
    LAW = "law"  # a request under the data-protection law


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line. `about`: the row that waits; `name` may be the cell's where a line is about several."""

    about: int
    member_id: int | None
    name: str
    what: Text
    since: datetime
    promised_at: datetime | None
    to: str = ""  # the screen where it is dealt with, if it is not the one of its source
    calls: bool = False
    urgent: bool = False  # before everything else
    says: Text | None = None  # its first words, for who may read them
    matter: Matter | None = None  # what the table of sources says

    @property
    def line(self) -> Text:
        return phrases.line(name=self.name, what=self.what)


@dataclass(frozen=True)
class Glance:
    """What a source may ask; the picture is drawn once for all of them. `reader_id`: who looks, for what is private."""

    db: Session
    cell: Unit
    policies: Policies
    now: datetime
    reader_id: int | None = None

    @cached_property
    def picture(self) -> Picture:
        return picture(self.db, self.cell, now=self.now, policy=self.policies.away, reader_id=self.reader_id)

    @cached_property
    def silences(self) -> dict[int, Call]:
        """By member: open ladders that are more than the report that became late."""
        late = {person.member.id for person in self.picture.pile(Pile.OWING) if person.is_late}
        calls = call_list(self.db, self.cell.id, now=self.now)
        return {
            call.member.id: call
            for call in calls
            if call.ladder.rung or call.owner or call.member.id not in late
        }

    @cached_property
    def notes(self) -> list[tuple[ContactNote, Member]]:
        return notes_on_desk(self.db, self.cell.id)

    @cached_property
    def tries(self) -> dict[int, ContactNote]:
        """By member: the last call that reached nobody, since there was word of them."""
        return {member.id: note for note, member in self.notes if is_a_try(note, member)}

    def tried(self, member_id: int, what: Text) -> Text:
        """Return the same words, and that somebody has called without getting through."""
        note = self.tries.get(member_id)
        return phrases.tried(what=what, on=note.happened_on) if note else what

    def rests(self, member_id: int) -> bool:
        """Return whether somebody has called today without getting through: the next call is tomorrow's."""
        note = self.tries.get(member_id)
        return note is not None and note.happened_on >= self.today

    @property
    def today(self) -> date:
        return local_date(self.now, HOME_ZONE)

    def of_cell(
        self, about: int, what: Text, *, since: datetime, promised_at: datetime | None, to: str = ""
    ) -> Waiting:
        """Return a line about the whole cell, or about several of it."""
        return Waiting(about, None, self.cell.name, what, since, promised_at, to)


def of_member(
    member: Member,
    about: int,
    what: Text,
    *,
    since: datetime,
    to: str = "",
    promised_at: datetime | None = None,
    calls: bool = False,
    says: Text | None = None,
) -> Waiting:
    """Return a line about one member."""
    return Waiting(about, member.id, member.full_name, what, since, promised_at, to, calls, says=says)


def morning(on: date) -> datetime:
    """Return a promise that is a day, as a moment among others."""
    return at_wall(on, time(8), HOME_ZONE)
