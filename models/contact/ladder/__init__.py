"""Who is to call a silent member, and when: a ladder that climbs until there is word of them.

    a report is late ──> CLIMBING ──7 days: contact──14: secretary, deputy──30: committee's count──> LISTED
                          │   ^ │                                                                    │   ^
                “I will call” │ └──────────────── answered, contacted, excused, paused ──> ENDED <───┤   │
                          v   │ the day goes by                                              ^       v   │
                         TAKEN (owner, promised day) ────────────────────────────────────────┘     TAKEN ┘

Day zero is the morning on which the desk's list of the late names the member. A ladder is about the member's silence,
not about one report: it outlives the report that it began with, and any answer to any report ends it. `next_at` is
never NULL while it is open. Steps are those of the day on which it began (docs/decisions/0011-the-ladder.md).

    rows  questions  acts  climbing  paper      each leans on those before it; below check-ins, which begin and end it
"""

from models.contact.ladder.acts import (
    Silence,
    begin_ladders,
    cancel_ladder,
    end_ladder,
    free_ladders_of,
    hand_on,
    note_desk_alerted,
    note_try,
    postpone_ladders,
    promise_days,
    set_cell_steps,
    steps_of,
    take_ladder,
)
from models.contact.ladder.climbing import climb_ladders
from models.contact.ladder.paper import call_workbook
from models.contact.ladder.questions import (
    Call,
    call_list,
    due_ladders,
    ladders_open,
    may_take,
    moves_of,
    next_ladder_at,
    one_call,
    open_ladder,
    people_on,
    reached_committee,
    stuck_ladders,
)
from models.contact.ladder.rows import (
    LADDER_MOVES,
    Ended,
    Ladder,
    LadderAlert,
    LadderMove,
    LadderPolicy,
    LadderRefused,
    LadderState,
)
from models.ground.steps import RUNGS, Rung, Steps

__all__ = [
    "LADDER_MOVES",
    "RUNGS",
    "Call",
    "Ended",
    "Ladder",
    "LadderAlert",
    "LadderMove",
    "LadderPolicy",
    "LadderRefused",
    "LadderState",
    "Rung",
    "Silence",
    "Steps",
    "begin_ladders",
    "call_list",
    "call_workbook",
    "cancel_ladder",
    "climb_ladders",
    "due_ladders",
    "end_ladder",
    "free_ladders_of",
    "hand_on",
    "ladders_open",
    "may_take",
    "moves_of",
    "next_ladder_at",
    "note_desk_alerted",
    "note_try",
    "one_call",
    "open_ladder",
    "people_on",
    "postpone_ladders",
    "promise_days",
    "reached_committee",
    "set_cell_steps",
    "steps_of",
    "stuck_ladders",
    "take_ladder",
]
