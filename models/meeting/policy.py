"""The numbers of meetings, notices and tasks (domain.md §4): what an operator may set. Nothing but ground is imported here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, field_validator

from models.ground.rules import Policy, Sourced, Sure

_LOOKED_UP = date(2026, 3, 31)


class AttendancePolicy(Policy):
    door: str = ""
    """Public https address under which people reach this program's own server; empty: that of BOT_WEBHOOK_URL."""
    door_login: bool = False
    """Let Telegram prove who opens a personal link. First link the door's domain to the bot: @BotFather, /setdomain."""
    login_lasts: timedelta = Field(default=timedelta(days=1), ge=timedelta(minutes=1), le=timedelta(days=7))
    """How old Telegram's proof may be: generous, since a link that was used is of no use to another with a proof, too."""
    late_minutes: int = Field(default=30, ge=0, le=240)
    """Minutes after the planned end until which one can still join and say so: meetings run over."""
    needed_percent: Annotated[
        int,
        Field(ge=0, le=100),
        Sourced(
            document="Điều lệ Đảng",
            article="9.5",
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="a resolution needs the assent of more than half, so more than half of those who vote are there; "
            "no text was retrieved that sets a quorum for a cell's monthly meeting",
        ),
    ] = 50
    """More than so many per cent of those who vote are there."""
    good_percent: Annotated[
        int,
        Field(ge=0, le=100),
        Sourced(
            document="Hướng dẫn 12-HD/BTCTW 2018",
            article="3",
            verified=_LOOKED_UP,
            sure=Sure.UNCONFIRMED,
            note="quality frame: attendance above 85 %, the exempt not counted; not seen in HD 42",
        ),
    ] = 85
    """Above so many per cent of those who are counted a meeting counts as well attended."""
    characters: int = Field(default=4000, ge=500, le=20000)
    """The longest conclusion that is typed."""

    @field_validator("door")
    @classmethod
    def _outward(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("the address begins with https://, as Telegram wants it of a button")
        return value.rstrip("/")


class TaskPolicy(Policy):
    """Practice, not regulation."""

    days_before: tuple[int, ...] = (7, 1)
    """Days before its day on which a task is called to mind."""
    again_days: int = Field(default=14, ge=1, le=90)
    """Days between reminders once its day has gone by."""
    hour: int = Field(default=8, ge=7, le=20)
    """The hour of a reminder, in the member's clock."""
    farthest_days: int = Field(default=400, ge=1, le=800)
    """The farthest day that can be set."""
    characters: int = Field(default=600, ge=100, le=2000)
    """The longest task."""
    words: int = Field(default=1500, ge=200, le=4000)
    """The longest answer of what was done."""


def _pilot(note: str, sure: Sure) -> Sourced:
    return Sourced(document="Hướng dẫn 03-HD/TW năm 2022", verified=_LOOKED_UP, sure=sure, note=note)


def _guide_42(note: str, sure: Sure = Sure.SINGLE) -> Sourced:
    return Sourced(document="Hướng dẫn 42-HD/BTCTW", verified=_LOOKED_UP, sure=sure, note=note)


def _practice(note: str) -> Sourced:
    return Sourced(document="", verified=_LOOKED_UP, sure=Sure.PRACTICE, note=note)


class MeetingPolicy(Policy):
    """A meeting's clock is Vietnam's; hours before a meeting count from its start."""

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
    minutes_days: Annotated[
        int,
        Field(ge=1, le=30),
        Sourced(
            document="",
            verified=date(2026, 11, 30),
            sure=Sure.SINGLE,
            note="one province scores a cell's meeting, and counts minutes that are written within two days; the "
            "thresholds are each committee's own",
        ),
    ] = 2
    """Days after a meeting by which its minutes are signed and filed."""
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


class NoticePolicy(Policy):
    """Practice, not regulation."""

    remind_days: int = Field(default=3, ge=0, le=60)
    """Days after which those who have not read a notice are reminded, once; 0: never."""
    longest: int = Field(default=10_000, ge=100, le=20_000)
    """Characters of one notice; it is sent in as many messages as it needs."""
    handful: int = Field(default=100, ge=1, le=1_000)
    """People looked at in one transaction, so that nobody waits long behind it."""
    ahead: timedelta = timedelta(seconds=120)
    """So much of the pace is put into the outbox ahead of time: little enough to stop at once, more than a tick."""
    keep: timedelta = Field(default=timedelta(days=730), ge=timedelta(days=90))
    """Time after which a notice is deleted: its texts, who read it, what was answered."""
