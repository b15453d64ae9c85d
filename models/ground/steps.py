"""The steps of a ladder: after how many days of silence who is asked to call. A cell may have set its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from models.ground.rules import Policy


class Rung(StrEnum):
    """Who is on the ladder; each rung keeps those of the rungs before it."""

    CONTACT = "contact"  # whoever keeps in touch with the member
    DESK = "desk"  # secretary and deputy
    COMMITTEE = "committee"  # counted by the committee above, without a name; the member is on the call list


RUNGS = tuple(Rung)
LAST_RUNG = RUNGS[-1]  # the member is on the call list; nobody else is asked after it


class Steps(Policy):
    """Days of silence, counted from the morning on which the desk first hears of it."""

    contact: int = Field(default=7, ge=1, le=90)
    """Days until whoever keeps in touch with the member is asked to call."""
    desk: int = Field(default=14, ge=2, le=180)
    """Days until secretary and deputy are told once more."""
    committee: int = Field(default=30, ge=3, le=365)
    """Days until the committee above counts the member, and the call list keeps them until a result is typed."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [self.days(rung) for rung in RUNGS]
        if days != sorted(set(days)):
            raise ValueError("each step comes later than the one before it")
        return self

    def days(self, rung: Rung) -> int:
        """Return the days until this rung; its field is named as the rung is."""
        return int(getattr(self, rung))
