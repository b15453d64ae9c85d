"""What the form of a meeting holds, which of its questions have no answer yet, and their order."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from models.meeting.meeting import Brief, MeetingForm, at_home, has_link, has_room, read_clock


class Step(StrEnum):
    COPY = "copy"
    KIND = "kind"
    FORM = "form"
    PAPER = "paper"
    DAY = "day"
    CLOCK = "clock"
    LENGTH = "length"
    PLACE = "place"
    LINK = "link"
    AGENDA = "agenda"
    MATTERS = "matters"
    PAPERS = "papers"
    FIX = "fix"
    REST = "rest"
    OVERVIEW = "overview"


class Draft(Brief):
    cell_id: int = 0
    meeting_id: int = 0  # a proposal to call, or a meeting to change
    changes: bool = False
    edition: int = 0  # that is being changed
    day: date | None = None
    clock: str = ""
    rooms: list[str] = Field(default_factory=list)  # of a pasted invitation, where it names several
    asked: list[Step] = Field(default_factory=list)


IN_ORDER = (
    Step.FORM,
    Step.PAPER,
    Step.DAY,
    Step.CLOCK,
    Step.PLACE,
    Step.LINK,
    Step.AGENDA,
    Step.MATTERS,
)
MAIN = (Step.FORM, Step.DAY, Step.CLOCK, Step.PLACE, Step.LINK, Step.AGENDA)  # changed by a tap on "change"
OTHER = (Step.KIND, Step.LENGTH, Step.PAPER)  # have a usual answer; changed behind "the rest"


def needed(draft: Draft, step: Step) -> bool:
    """Return whether the step is asked.

    A hybrid meeting may name the committee's paper; one that is online only must, so there it is asked.
    """
    if step is Step.PAPER:
        return draft.form is MeetingForm.ONLINE
    if step in (Step.LINK, Step.MATTERS):
        return has_link(draft.form)
    return has_room(draft.form) if step is Step.PLACE else True


def next_step(draft: Draft, *done: Step) -> Step:
    """Return the first question that has no answer yet."""
    draft.asked = list(dict.fromkeys([*draft.asked, *done]))
    return next(iter(still_open(draft)), Step.OVERVIEW)


def still_open(draft: Draft) -> list[Step]:
    """Return the questions that have no answer yet, as things stand."""
    return [step for step in IN_ORDER if step not in draft.asked and needed(draft, step)]


def ask_again(draft: Draft, *steps: Step) -> None:
    draft.asked = [step for step in draft.asked if step not in steps]


def open_of_copy(draft: Draft) -> list[Step]:
    """Return what is asked of a copy: what is not there, and whether the meeting may be online this time."""
    there = {
        Step.PLACE: draft.place,
        Step.LINK: draft.link,
        Step.AGENDA: draft.agenda,
        Step.PAPER: draft.paper or draft.form is not MeetingForm.ONLINE,
    }
    return [Step.MATTERS, *(step for step, value in there.items() if not value)]


def starts_at_of(draft: Draft) -> datetime | None:
    clock = read_clock(draft.clock)
    return at_home(draft.day, clock) if draft.day and clock else None
