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
