"""The numbers of coming in: what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from models.ground.rules import Policy


class InvitePolicy(Policy):
    lasts: timedelta = timedelta(days=7)
    """How long an invite can be used."""
    wrong_tokens_an_hour: int = Field(default=5, ge=1)
    """Answers in an hour to one chat that tries links; after that silence."""
    takeover_wait: timedelta = Field(default=timedelta(hours=24), ge=timedelta(hours=1))
    """How long the chat that somebody had may say no before another becomes theirs."""
    phone_settles: timedelta = timedelta(days=30)
    """A number that the inviter put on the roster so short a time before the invite proves nothing."""


class ReachabilityPolicy(Policy):
    """Practice, not regulation."""

    network_after: timedelta = timedelta(hours=1)
    """So long must one chat's messages fail, while others arrive, before its network counts as out of order."""
    tell_after: timedelta = timedelta(hours=1)
    """So long after a silence began those who look after the member are told, unless it has ended by then."""


class KnockPolicy(Policy):
    """Practice, not regulation."""

    mail: bool = False
    """Whether letters can be sent: so where BOT_MAIL__HOST is set, whatever is set here."""
    ring_after: timedelta = Field(default=timedelta(minutes=2), ge=timedelta(0))
    """So long a message lies on a page that nobody looks at, before its reader is told that it does."""
    apart: timedelta = Field(default=timedelta(hours=3), ge=timedelta(minutes=5))
    """Between two knocks for one person; what is urgent does not wait."""
    patience: timedelta = Field(default=timedelta(days=1), ge=timedelta(hours=1))
    """So long after a knock nobody has come, and it is tried by the next way."""
    hand_after: timedelta = Field(default=timedelta(hours=6), ge=timedelta(0))
    """So long something waits before a person is asked to pass it on; what is urgent does not wait."""
    hand_apart: timedelta = Field(default=timedelta(days=7), ge=timedelta(days=1))
    """So long after it was passed on nobody is asked to do it again: they know, though they have not come."""
    tries: int = Field(default=6, ge=1, le=12)
    """Of one knock that the other side cannot take now."""
    pause: timedelta = Field(default=timedelta(minutes=2), ge=timedelta(seconds=10))
    """Until it is tried again; twice as long after each time."""
    lease: timedelta = timedelta(minutes=3)
    """How long one knock may be on the wire; then its sender has died, and it goes again: a second one covers the first."""
    keep: timedelta = timedelta(days=180)
    """How long it is kept that and how somebody was knocked for."""
