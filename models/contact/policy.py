"""The numbers of keeping in touch: what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from models.ground.days_off import DaysOff
from models.ground.rhythm import Rhythm
from models.ground.rules import Policy, Sourced, Sure
from models.ground.steps import Steps


class Patience(Policy):
    """How long a request of one urgency waits. Of what is not urgent, hours count from the morning when it came at night."""

    deputy_hours: int = Field(ge=1, le=720)
    """Hours until it is the deputy's, when nobody has taken it."""
    officer_hours: int = Field(ge=1, le=720)
    """Hours after that until the committee above sees it."""
    promise_days: int = Field(ge=0, le=30)
    """The day that is promised to the member when whoever takes it names none."""


class Urgency(StrEnum):
    URGENT = "urgent"
    SOON = "soon"
    NORMAL = "normal"


class RequestPolicy(Policy):
    """Practice, not regulation."""

    urgent: Patience = Patience(deputy_hours=2, officer_hours=4, promise_days=1)
    """An accident, a disaster, a person in danger."""
    soon: Patience = Patience(deputy_hours=12, officer_hours=36, promise_days=3)
    """Needed within days."""
    normal: Patience = Patience(deputy_hours=48, officer_hours=72, promise_days=7)
    """Everything else, and what a check-in asks for."""
    again_days: tuple[Annotated[int, Field(ge=1, le=90)], ...] = (1, 3, 7)
    """Days between one call and the next to all who may see what nobody has taken, or what is past its promised day. After
    the last it stands on the desk and in the digest."""
    still_days: int = Field(default=30, ge=7, le=365)
    """Days after which, once nobody is called any more, the member is asked whether it is still needed."""
    petition_workdays: Annotated[
        int,
        Field(ge=1, le=260),
        Sourced(
            document="Điều lệ Đảng 2011; QĐ 24-QĐ/TW 30/07/2021",
            article="Điều 3.3",
            verified=date(2026, 11, 30),
            sure=Sure.UNCONFIRMED,
            note="the Statutes give the right to an answer; 30 working days at the grassroots is a secondary source's; the "
            "text of QĐ 208-QĐ/TW 2026 was not seen",
        ),
    ] = 30
    """Working days within which a cell or a committee owes the answer to a petition."""
    petition_remind: tuple[Annotated[int, Field(ge=0, le=90)], ...] = (7, 1)
    """Days before that at which those who owe it are reminded."""
    confirm_days: int = Field(default=3, ge=1, le=30)
    """Days after which a member who has not said whether it is settled is asked again, then called."""
    farthest_days: int = Field(default=60, ge=1, le=365)
    """The farthest day that can be promised."""
    hour: int = Field(default=8, ge=7, le=20)
    """The hour, in Vietnam's clock, at which what is past its day is called, and called again."""
    hotline: Annotated[
        str,
        Sourced(
            document="Bộ Ngoại giao, CV 2544/BNG-LS 17/07/2015",
            verified=date(2026, 11, 22),
            sure=Sure.SINGLE,
            note="as published by Sở Ngoại vụ Bà Rịa - Vũng Tàu; look at the ministry's page from time to time",
        ),
    ] = "+84981848484"
    """The Vietnamese Foreign Ministry's hotline for citizens abroad, in E.164; empty: none is shown."""

    def patience(self, urgency: str) -> Patience:
        known = {Urgency.URGENT: self.urgent, Urgency.SOON: self.soon, Urgency.NORMAL: self.normal}
        return known[Urgency(urgency)]


class LadderPolicy(Policy):
    """Practice, not regulation: nothing says after how many days who must call (domain.md §3)."""

    steps: Steps = Steps()
    """The days of the steps, where a cell has set none of its own."""
    promise_days: int = Field(default=7, ge=1, le=30)
    """The longest that one promise to call may put off the next step."""
    again_days: tuple[int, ...] = (1, 3, 7)
    """Days after the last step on which the desk is reminded of the call list; then it stands in the digest."""


class CheckinPolicy(Policy):
    """Practice, not regulation: monthly in the first five days is the default cadence (domain.md §3)."""

    rhythm: Rhythm = Rhythm()
    ladder: LadderPolicy = LadderPolicy()
    days_off: DaysOff = DaysOff()
    phone_days: int = Field(default=4, ge=1, le=14)
    """Days within which somebody phones a member whom no message reaches, once the grace is over."""
    early_days: int = Field(default=7, ge=0, le=27)
    """A report that comes so many days before the opening counts for it."""
    alert_hour: int = Field(default=8, ge=7, le=20)
    """The hour, in the cell's clock, at which the desk is told who is late."""
    adhoc_grace_hours: int = Field(default=24, ge=0, le=240)
    """Hours after the date of an extra question until its answer counts as late."""
    correct_days: int = Field(default=7, ge=0, le=30)
    """So many days a report that nobody asked for can be corrected."""
    own_grace_days: int = Field(default=7, ge=0, le=14)
    """Days that a member may add to the rhythm's grace: shift work, a voyage, a poor network."""
    given_grace_days: int = Field(default=14, ge=0, le=20)
    """Days that the secretary may add for a member."""
    look_back_turns: int = Field(default=6, ge=2, le=24)
    """So many of the last turns are looked at before a kinder rhythm is offered."""
    slow_turns: int = Field(default=4, ge=1, le=24)
    """So many of them late, or answered after the last reminder, and a kinder rhythm is offered."""
    offer_months: int = Field(default=4, ge=1, le=24)
    """Months between two such offers to one member, at least."""


class PausePolicy(Policy):
    """Practice, not regulation: a pause has an end, so that nobody is forgotten."""

    longest_months: int = Field(default=6, ge=1, le=12)
    """Months that a pause lasts at most; for longer it is renewed."""
    ahead_days: int = Field(default=90, ge=0, le=365)
    """Days ahead that a pause can be announced."""
    ask_again_days: int = Field(default=5, ge=1, le=27)
    """After a pause what it silenced is asked at once, unless the next turn is nearer than so many days."""


class RollCallPolicy(Policy):
    """Practice, not regulation: after the shape of public alert systems (domain.md §13)."""

    again_minutes: tuple[Annotated[int, Field(ge=1, le=2880)], ...] = (20, 60, 180)
    """Minutes after the call at which whoever has not answered is asked again, each later than the one before."""
    hours: int = Field(default=24, ge=1, le=168)
    """Hours after which a roll call ends by itself."""
    undo: timedelta = Field(default=timedelta(minutes=1), le=timedelta(minutes=10))
    """Time in which a roll call is taken back with one tap; afterwards it is ended, as a mistake if it was one."""
    longest: int = Field(default=500, ge=100, le=1000)
    """Characters of the caller's own words: the question is one message on every channel."""
    handful: int = Field(default=100, ge=1, le=1_000)
    """People looked at in one transaction, so that nobody waits long behind it."""
    ahead: timedelta = timedelta(seconds=20)
    """So much of the pace is put into the outbox ahead of time: other alerts come in between, and a mistake is stopped."""
    board_every: timedelta = Field(default=timedelta(minutes=1), ge=timedelta(seconds=10))
    """The least time between two changes of a figure that stands in a chat."""
    drill_months: int = Field(default=12, ge=1, le=36)
    """Months after which the list of roll calls says that a drill is due."""
    keep: timedelta = Field(default=timedelta(days=365), ge=timedelta(days=30))
    """Time after its end when a roll call is deleted with all its answers."""
