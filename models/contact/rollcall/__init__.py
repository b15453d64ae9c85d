"""Safety roll call (điểm danh an toàn): "are you safe?" to everybody of a place, answered by them or by who spoke with them.

    call ──> PREPARING ──everybody has a row──> ASKING ──by hand, or after `policy.hours`──> ENDED       who was asked is told
                 └─────── a mistake ───────────────┴───────────────────────────────────────> CALLED_OFF  who was asked is told

    while ASKING: at once, then after 20, 60, 180 minutes whoever still owes is asked, by day and by night

    roll_call 1──n roll_call_person   one person:  OWED ──> SAFE | NEEDS | CALL     from each to each: the newest counts
                        1──n roll_call_answer      every answer: what, when, by whom
              1──n roll_call_board    the figure in the chat of who watches, changed in place

    37/41 đã rõ · 3 cần giúp · 1 chưa rõ      counted from the rows, in one query, whenever somebody looks

NEEDS and CALL open an urgent request (models/contact/request), one a person. Whom no message reaches (people.py) stands on
the call list from the first minute. A drill is the same with another word in every message, and opens no request.
Nothing walks everybody in one transaction (acts_of_time.py). docs/decisions/0062.
"""

from models.contact.rollcall.acts_of_people import (
    answer_roll_call as answer_roll_call,
    call_off_roll_call as call_off_roll_call,
    call_roll as call_roll,
    end_roll_call as end_roll_call,
)
from models.contact.rollcall.acts_of_time import (
    move_roll_calls as move_roll_calls,
    postpone_roll_calls as postpone_roll_calls,
)
from models.contact.rollcall.boards import board_words as board_words
from models.contact.rollcall.breakdown import SafetyGroup as SafetyGroup, groups_by_cell as groups_by_cell
from models.contact.rollcall.keeping import drop_old_roll_calls as drop_old_roll_calls
from models.contact.rollcall.people import (
    CalledPeople as CalledPeople,
    RollCallForecast as RollCallForecast,
    RollCallWay as RollCallWay,
    forecast_roll_call as forecast_roll_call,
    places_of as places_of,
)
from models.contact.rollcall.questions import (
    SafetyFigure as SafetyFigure,
    SafetyLine as SafetyLine,
    SafetyList as SafetyList,
    answers_in as answers_in,
    calls_on_any as calls_on_any,
    calls_on_below as calls_on_below,
    due_roll_calls as due_roll_calls,
    figures_by_cell as figures_by_cell,
    last_drill as last_drill,
    next_roll_call_at as next_roll_call_at,
    open_in_cell as open_in_cell,
    open_in_name_of as open_in_name_of,
    owed_by as owed_by,
    people_listed as people_listed,
    person_in as person_in,
    roll_calls_seen as roll_calls_seen,
    safety_figure as safety_figure,
)
from models.contact.rollcall.rows import (
    ANSWERS as ANSWERS,
    IN_NEED as IN_NEED,
    UNDER_WAY as UNDER_WAY,
    CalledOn as CalledOn,
    NobodyToAsk as NobodyToAsk,
    Occasion as Occasion,
    RollCall as RollCall,
    RollCallAnswer as RollCallAnswer,
    RollCallBoard as RollCallBoard,
    RollCallPerson as RollCallPerson,
    RollCallRefused as RollCallRefused,
    RollCallState as RollCallState,
    Safety as Safety,
)
from models.contact.rollcall.saying import (
    answer_buttons as answer_buttons,
    figure_words as figure_words,
    question as question,
)
