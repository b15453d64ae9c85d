"""The numbers and names of meetings, each with its source (domain.md §4)."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from models.ground.rules import Sourced, Sure

_LOOKED_UP = date(2026, 3, 31)


def _guide_42(note: str, sure: Sure = Sure.SINGLE) -> Sourced:
    return Sourced(document="Hướng dẫn 42-HD/BTCTW", verified=_LOOKED_UP, sure=sure, note=note)


def _pilot(note: str, sure: Sure) -> Sourced:
    return Sourced(document="Hướng dẫn 03-HD/TW năm 2022", verified=_LOOKED_UP, sure=sure, note=note)


def _practice(note: str) -> Sourced:
    return Sourced(document="", verified=_LOOKED_UP, sure=Sure.PRACTICE, note=note)


class MeetingPolicy(BaseModel):
    """A meeting's clock is Vietnam's; hours before a meeting count from its start."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    jitsi_url: str = ""
    """The https address of a Jitsi server for "make a room for me"; empty: it is not offered."""
    hosts: tuple[str, ...] = (
        "zoom.us",
        "meet.google.com",
        "teams.microsoft.com",
        "teams.live.com",
        "meet.jit.si",
        "8x8.vc",
    )
    """Where a meeting's link may lead: these names and what is below them; the Jitsi server as well."""
    online_needs_paper: Annotated[
        bool,
        _pilot(
            "a pilot; its approval level was not retrieved: the paper of the committee above is asked for",
            Sure.UNCONFIRMED,
        ),
    ] = True
    """Whether meeting online asks for the committee's approving paper."""
    online_percent: Annotated[
        int, Field(ge=0, le=100), _pilot("more than half cannot meet in one place", Sure.CONFIRMED)
    ] = 50
    """More than so many per cent of the members (the exempt not counted) cannot meet in one place: then online."""
    minutes: Annotated[
        int, Field(ge=15, le=600), _guide_42("at least 90 minutes; small cells as the committee sets")
    ] = 90
    """How long a meeting is at least."""
    thematic_minutes: Annotated[int, Field(ge=15, le=600), _guide_42("with a thematic session")] = 120
    """The same with a thematic session."""
    papers_days: Annotated[int, Field(ge=0, le=30), _guide_42("material is there a day before")] = 1
    """Days before the meeting by which its papers are there."""
    standing_day: Annotated[
        int,
        Field(ge=1, le=28),
        Sourced(
            document="Hướng dẫn 37-HD/BTGDVTW ngày 19/11/2025",
            verified=_LOOKED_UP,
            sure=Sure.SINGLE,
            note="bulletins are prepared so that cells can meet on the 3rd",
        ),
    ] = 3
    """The day of the month that is offered as a standing one; on a day off, the next working day."""
    propose_days: Annotated[int, Field(ge=1, le=28), _practice("time to prepare")] = 7
    """Days before a standing meeting on which it proposes itself to the desk."""
    propose_again_days: Annotated[int, Field(ge=1, le=27), _practice("while nobody has called it")] = 3
    """Days before it on which the desk is reminded of a proposal."""
    answer_hours: Annotated[int, Field(ge=1, le=240), _practice("time to phone the undecided")] = 24
    """Hours before a meeting by which everybody answers."""
    nudge_hours: Annotated[tuple[int, ...], _practice("hours before that deadline; only the undecided")] = (
        48,
        8,
    )
    """Hours before that deadline at which the undecided are reminded."""
    settle_hours: Annotated[
        int, Field(ge=0, le=48), _practice("nobody is reminded of what has just come")
    ] = 12
    """Hours after an invitation in which nobody is reminded."""
    merge_minutes: Annotated[int, Field(ge=0, le=120), _practice("several changes are told as one")] = 10
    """Minutes after a change until those who knew are told, all changes in one message."""
    open_days: Annotated[
        tuple[int, ...], _practice("what nobody ends: told ever more seldom, and then it stands on the desk")
    ] = (1, 3, 7)
    """Days after which the desk is reminded of a meeting that is not closed, or postponed without a new day."""
    open_hour: Annotated[int, Field(ge=7, le=20), _practice("one hour for all of it")] = 8
    """The hour of these reminders, Vietnam's."""
    farthest_days: Annotated[int, Field(ge=7, le=366), _practice("farther is a slip of the pen")] = 120
    """The farthest day for which a meeting can be called."""
    papers: Annotated[int, Field(ge=0, le=50), _practice("a phone shows no more")] = 10
    """Papers that can go with a meeting."""
    paper_megabytes: Annotated[int, Field(ge=1, le=50), _practice("weak networks")] = 20
    """The largest paper."""
    contribution_characters: Annotated[
        int, Field(ge=500, le=20000), _practice("some ten minutes, read out")
    ] = 5000
    """The longest contribution of somebody absent."""

    @field_validator("jitsi_url")
    @classmethod
    def _https(cls, value: str) -> str:
        if value and not re.fullmatch(r"https://[\w.-]+(:\d+)?(/[\w./-]*)?", value, re.ASCII):
            raise ValueError("the address of a Jitsi server begins with https://")
        return value.rstrip("/")


USUAL = MeetingPolicy()
