"""Every column that says to which unit a row belongs, and what becomes of it when units change.

A test compares this with the tables that there are: a new room says here what becomes of its rows, or does not pass.
"""

from __future__ import annotations

from enum import StrEnum


class Goes(StrEnum):
    PERSON = "person"  # about one person: where they go, it goes, finished or not
    SUCCESSOR = "successor"  # of the unit as a body: whoever takes over has it; a split leaves it where it is
    STAYS = "stays"  # the unit's own history or setting, or counted anew


PLACES: dict[str, Goes] = {
    "agreement.unit_id": Goes.SUCCESSOR,
    "appointment.unit_id": Goes.STAYS,  # offices end, or pass as the paper says (moving.py)
    "away.cell_id": Goes.PERSON,
    "away_habit.cell_id": Goes.STAYS,
    "call_line.cell_id": Goes.STAYS,  # a sheet is printed anew where one keeps a desk
    "campaign.cell_id": Goes.SUCCESSOR,  # one of a year that is there already takes the reviews in
    "cell_sum.unit_id": Goes.STAYS,  # counted anew: whoever moves touches both cells
    "cell_touched.unit_id": Goes.STAYS,
    "checkin.cell_id": Goes.PERSON,
    "desk_watch.cell_id": Goes.STAYS,
    "filing.cell_id": Goes.PERSON,
    "handover.cell_id": Goes.STAYS,
    "ladder.cell_id": Goes.PERSON,
    "meeting.cell_id": Goes.SUCCESSOR,
    "member.cell_id": Goes.PERSON,
    "name_request.cell_id": Goes.SUCCESSOR,
    "notice.unit_id": Goes.SUCCESSOR,
    "rating_figures.unit_id": Goes.STAYS,
    "request.cell_id": Goes.PERSON,
    "request.unit_id": Goes.PERSON,  # a petition: the cell or committee that owes the answer
    "review.cell_id": Goes.PERSON,
    "review_deletion.cell_id": Goes.SUCCESSOR,
    "roll_call.unit_id": Goes.SUCCESSOR,
    "roll_call_board.cell_id": Goes.SUCCESSOR,
    "roll_call_person.cell_id": Goes.PERSON,
    "roster_left.cell_id": Goes.SUCCESSOR,
    "stand_in.cell_id": Goes.STAYS,
    "standing_meeting.cell_id": Goes.SUCCESSOR,
    "task.cell_id": Goes.PERSON,
    "trail.unit_id": Goes.STAYS,
    "unit.parent_id": Goes.SUCCESSOR,
    "unit_change.other_id": Goes.STAYS,
    "unit_change.unit_id": Goes.STAYS,
    "unit_name.unit_id": Goes.STAYS,
    "visit.cell_id": Goes.SUCCESSOR,
    "year_count.cell_id": Goes.STAYS,
}

OF_CAMPAIGN = (
    "review.campaign_id",
    "review_rating.campaign_id",
)  # what goes into another campaign with its person


def that_go(fate: Goes) -> list[str]:
    """Return the columns with this fate, but for the roster itself, which goes by its own act."""
    return [column for column, goes in PLACES.items() if goes is fate and column != "member.cell_id"]
