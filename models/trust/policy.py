"""The numbers of data and trust: what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from models.ground.rules import Policy, Sourced, Sure


class AuditPolicy(Policy):
    tolerance: timedelta = timedelta(hours=1)
    """So much later than planned may time do something before it is an alarm."""
    outbox_tolerance: timedelta = timedelta(hours=12)
    """So long may a message wait: a long announcement at 30 a second, a chat that Telegram cannot take."""
    limit: int = Field(default=250, ge=1)
    """Rows that one check looks at, and repairs, in one go."""
    people: int = Field(default=2_000, ge=1)
    """Accounts looked at in one audit; the next one goes on from there."""
    keep: timedelta = timedelta(days=90)
    """How long the record of an audit is kept."""


_YEARS = Field(ge=1, le=50)


_OURS = Sourced(
    document="Luật 91/2025/QH15",
    article="14",
    verified=date(2026, 11, 30),
    sure=Sure.UNCONFIRMED,
    note="deletion when the purpose is met; the length is our choice, no document was seen that sets it",
)


class RetentionPolicy(Policy):
    words_years: Annotated[int, _YEARS, _OURS] = 2
    """The words of check-ins and their answers; afterwards a check-in is a month and how it ended."""
    checkin_years: Annotated[int, _YEARS, _OURS] = 5
    """A check-in as a figure: month, how it ended."""
    contact_years: Annotated[int, _YEARS, _OURS] = 2
    """Contact notes, pauses, ladders, offers, what the secretary ticked, whether messages arrived."""
    absence_years: Annotated[int, _YEARS, _OURS] = 5
    """An absence with its papers and letters, after it was closed; an agreement, after it was ended."""
    request_years: Annotated[int, _YEARS, _OURS] = 2
    """A request for help with all that was written, after it was closed; one under the law likewise."""
    meeting_years: Annotated[int, _YEARS, _OURS] = 5
    """A meeting with invitations, attendance, papers, conclusions."""
    task_years: Annotated[int, _YEARS, _OURS] = 2
    """A task, after it was closed."""
    probation_years: Annotated[int, _YEARS, _OURS] = 5
    """A probation, after it ended."""
    invite_years: Annotated[int, _YEARS, _OURS] = 1
    """An invite, from when it was made."""
    names_years: Annotated[int, _YEARS, _OURS] = 2
    """Names that the committee asked for, visits."""
    office_years: Annotated[int, _YEARS, _OURS] = 5
    """Offices, assignments, stand-ins, hand-overs, after they ended."""
    membership_years: Annotated[int, _YEARS, _OURS] = 5
    """Whoever left the roster keeps a name so long; then the row is nobody's. Closed chats go after a year."""
    run_years: Annotated[int, _YEARS, _OURS] = 1
    """When the program was down."""


class VisitPolicy(Policy):
    code_days: int = Field(default=7, ge=1, le=30)
    """Days in which a code has to be used."""
    visit_hours: int = Field(default=24, ge=1, le=72)
    """Hours for which the chat shows the person's own data."""


class ConsentPolicy(Policy):
    """Practice, not regulation."""

    again_days: int = Field(default=7, ge=1, le=90)
    """Days after which somebody who has not answered a changed wording is reminded."""
    reminders: int = Field(default=2, ge=0, le=5)
    """Reminders after the first message; then the old answers stay."""
    handful: int = Field(default=200, ge=1, le=5_000)
    """People asked in one transaction."""
