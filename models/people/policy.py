"""The numbers of people: what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator

from models.ground.rules import Policy


class TrailPolicy(Policy):
    years: int = 5
    """How many whole years a row of the trail is kept."""
    link: int = 1000
    """Rows that are linked in one transaction."""


class SecretPolicy(Policy):
    fresh: timedelta = Field(default=timedelta(minutes=10), gt=timedelta(0), le=timedelta(hours=1))
    """How long nothing is asked again after a right PIN."""
    tries: int = Field(default=5, ge=3, le=10)
    """Wrong tries until a secret is locked; so many more lock it again, for longer."""
    first_pin: timedelta = Field(default=timedelta(days=3), ge=timedelta(hours=1))
    """How long after they were confirmed, or named, whoever holds an office may choose a first PIN in a browser."""
    password_lasts: timedelta = Field(default=timedelta(minutes=10), gt=timedelta(0), le=timedelta(hours=8))
    """How long the password of a file stands in the chat."""
    locks: tuple[timedelta, ...] = Field(
        default=(timedelta(minutes=1), timedelta(hours=1), timedelta(hours=24)), min_length=1
    )
    """How long it is locked the first time, the second, and each time after the last."""

    @model_validator(mode="after")
    def _locks_grow(self) -> Self:
        if self.locks[0] <= timedelta(0) or list(self.locks) != sorted(self.locks):
            raise ValueError("each lock is at least as long as the one before, and longer than nothing")
        return self


class PushPolicy(Policy):
    services: tuple[str, ...] = (
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com",
    )
    """Hosts of push services, each with all below it: those of Chrome and its kin, Firefox, Safari, Edge. Nothing else is called."""
    contact: str = Field(default="", pattern=r"^(mailto:\S+@\S+|https://\S+)?$")
    """Whom a push service may ask about us, mailto: or https:; empty: the page's own address."""
    lasts: timedelta = Field(default=timedelta(days=1), ge=timedelta(minutes=1), le=timedelta(days=28))
    """How long a push service keeps a knock for a phone that is off."""
    seconds: float = Field(default=10, gt=0, le=60)
    """How long one is waited for."""


class MailboxPolicy(Policy):
    codes_a_day: int = Field(default=3, ge=1, le=10)
    """Codes that are mailed for one member in a day."""
    code_lasts: timedelta = Field(default=timedelta(hours=24), ge=timedelta(minutes=10))
    """How long a code can be typed."""
    tries: int = Field(default=5, ge=3, le=10)
    """Wrong tries until another code has to be asked for."""
