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
    Silence as Silence,
    begin_ladders as begin_ladders,
    cancel_ladder as cancel_ladder,
    end_ladder as end_ladder,
    free_ladders_of as free_ladders_of,
    hand_on as hand_on,
    note_desk_alerted as note_desk_alerted,
    note_try as note_try,
    postpone_ladders as postpone_ladders,
    promise_days as promise_days,
    set_cell_steps as set_cell_steps,
    steps_of as steps_of,
    take_ladder as take_ladder,
)
from models.contact.ladder.climbing import climb_ladders as climb_ladders
from models.contact.ladder.paper import call_workbook as call_workbook
from models.contact.ladder.questions import (
    Call as Call,
    call_list as call_list,
    due_ladders as due_ladders,
    ladders_open as ladders_open,
    may_take as may_take,
    moves_of as moves_of,
    next_ladder_at as next_ladder_at,
    one_call as one_call,
    open_ladder as open_ladder,
    people_on as people_on,
    reached_committee as reached_committee,
)
from models.contact.ladder.rows import (
    Ended as Ended,
    Ladder as Ladder,
    LadderAlert as LadderAlert,
    LadderMove as LadderMove,
    LadderRefused as LadderRefused,
    LadderState as LadderState,
)
from models.ground.steps import RUNGS as RUNGS, Rung as Rung, Steps as Steps
