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
    add_contact_words,
    answer_checkin,
    ask_again_after_silence,
    ask_checkin_now,
    excuse_checkin,
    mark_read,
    open_due_checkins,
    record_contact,
    remind_checkin_again,
    rest_checkins,
    set_own_grace,
    volunteer_checkin,
    wake_checkin,
    write_back,
)
from models.contact.checkin.acts_of_time import (
    close_checkin,
    mend_checkins,
    move_checkins,
    postpone_checkins,
    tell_again,
)
from models.contact.checkin.alerts import alert_cell
from models.contact.checkin.gist import first_words, gist_of, subject_of
from models.contact.checkin.planning import plan_checkin, ways_to_answer
from models.contact.checkin.questions import (
    accounts_of,
    answerable_checkin,
    asks_to_check_in,
    cells_to_alert,
    correctable_checkins,
    due_checkins,
    next_alert_at,
    next_checkin_at,
    owed_checkin,
    owed_checkins,
    planned_checkin,
)
from models.contact.checkin.rows import (
    CAN_BE_LOST,
    MOVES,
    OWING,
    UNSETTLED,
    UNTOLD,
    Checkin,
    CheckinKind,
    CheckinMove,
    CheckinPolicy,
    CheckinSettled,
    CheckinState,
    Report,
    Residence,
    Whereabouts,
    Work,
)
from models.contact.checkin.rules import is_paused, rhythm_of

__all__ = [
    "CAN_BE_LOST",
    "MOVES",
    "OWING",
    "UNSETTLED",
    "UNTOLD",
    "Checkin",
    "CheckinKind",
    "CheckinMove",
    "CheckinPolicy",
    "CheckinSettled",
    "CheckinState",
    "Report",
    "Residence",
    "Whereabouts",
    "Work",
    "accounts_of",
    "add_contact_words",
    "alert_cell",
    "answer_checkin",
    "answerable_checkin",
    "ask_again_after_silence",
    "ask_checkin_now",
    "asks_to_check_in",
    "cells_to_alert",
    "close_checkin",
    "correctable_checkins",
    "due_checkins",
    "excuse_checkin",
    "first_words",
    "gist_of",
    "is_paused",
    "mark_read",
    "mend_checkins",
    "move_checkins",
    "next_alert_at",
    "next_checkin_at",
    "open_due_checkins",
    "owed_checkin",
    "owed_checkins",
    "plan_checkin",
    "planned_checkin",
    "postpone_checkins",
    "record_contact",
    "remind_checkin_again",
    "rest_checkins",
    "rhythm_of",
    "set_own_grace",
    "subject_of",
    "tell_again",
    "volunteer_checkin",
    "wake_checkin",
    "ways_to_answer",
    "write_back",
]
