"""One occurrence in a member's rhythm, and its answer.

    SCHEDULED ──opens──> OPEN ──nudge──> NUDGED ──grace over──> LATE ──┐
        │                 │  ^             │                     │     │ the next one opens
        │ early           │  └─excuse ends─┤                     │     v
        └────────────> ANSWERED <──────────┴─────────────────────┤   CLOSED   nobody answered
                                       EXCUSED <─────────────────┘            (people see why: unreachable is no miss)

    any of these but ANSWERED and CLOSED ──a pause begins──> PAUSED ──it ends before the next one opens──> OPEN

`next_at` (UTC, indexed) is the one moment at which time has something to do with the row; NULL: nothing more.
An answer by any channel, by anyone entitled, ends what is open and tells those who were alerted. Members who cannot be
reached are never late. Ad hoc reports (đột xuất) are rows of the same kind with a question and a date of their own;
what a member reports unasked is a row that is answered from the beginning.

    rows  gist  rules  questions  planning  acts_of_time  acts_of_people  alerts      each leans on those before it
"""

from models.contact.checkin.acts_of_people import (
    add_contact_words as add_contact_words,
    answer_checkin as answer_checkin,
    ask_again_after_silence as ask_again_after_silence,
    ask_checkin_now as ask_checkin_now,
    excuse_checkin as excuse_checkin,
    mark_read as mark_read,
    open_due_checkins as open_due_checkins,
    record_contact as record_contact,
    remind_checkin_again as remind_checkin_again,
    rest_checkins as rest_checkins,
    set_own_grace as set_own_grace,
    volunteer_checkin as volunteer_checkin,
    wake_checkin as wake_checkin,
    write_back as write_back,
)
from models.contact.checkin.acts_of_time import (
    close_checkins as close_checkins,
    mend_checkins as mend_checkins,
    move_checkins as move_checkins,
    postpone_checkins as postpone_checkins,
    rest_asked as rest_asked,
    reword_unsaid as reword_unsaid,
    tell_again as tell_again,
)
from models.contact.checkin.alerts import alert_cell as alert_cell
from models.contact.checkin.gist import (
    first_words as first_words,
    gist_of as gist_of,
    subject_of as subject_of,
)
from models.contact.checkin.planning import plan_checkin as plan_checkin, ways_to_answer as ways_to_answer
from models.contact.checkin.questions import (
    answerable_checkin as answerable_checkin,
    asks_to_check_in as asks_to_check_in,
    cells_to_alert as cells_to_alert,
    correctable_checkins as correctable_checkins,
    due_checkins as due_checkins,
    next_alert_at as next_alert_at,
    next_checkin_at as next_checkin_at,
    owed_checkin as owed_checkin,
    owed_checkins as owed_checkins,
    planned_checkin as planned_checkin,
)
from models.contact.checkin.rows import (
    CAN_BE_LOST as CAN_BE_LOST,
    MOVES as MOVES,
    OWING as OWING,
    UNSETTLED as UNSETTLED,
    UNTOLD as UNTOLD,
    Checkin as Checkin,
    CheckinKind as CheckinKind,
    CheckinMove as CheckinMove,
    CheckinState as CheckinState,
    PlaceAnswer as PlaceAnswer,
    Report as Report,
    Residence as Residence,
    Work as Work,
    choices_of as choices_of,
)
from models.contact.checkin.rules import is_paused as is_paused, rhythm_of as rhythm_of
