"""The committee and a cell: who follows it, when they came, which names they were given, whether its desk is attended.

    follow    an appointment (rights.py): at most one member of the committee follows a cell; sees its counts
    visit     came to a meeting, and a line about it; anybody in the cell may read it
    name      NameRequest  ASKED ──secretary──> GRANTED ──days──> OVER
                             ├───secretary──> REFUSED    └─ the names of that minute, each look recorded
                             ├───days───────> LAPSED
                             └───the asker──> WITHDRAWN
    watch     DeskWatch    something waits and nobody with a right to the desk opens it for 14 days: who follows
                           the cell is told, else the nearest officers; again as long as it lasts

Counts without names are models/desk/counts.py.
"""

from models.desk.committee.following import (
    appoint_follower as appoint_follower,
    candidates as candidates,
    end_follower as end_follower,
    follower_of as follower_of,
)
from models.desk.committee.names import (
    NameRequest as NameRequest,
    NameState as NameState,
    ask_names as ask_names,
    due_name_requests as due_name_requests,
    grant_names as grant_names,
    lapse_names as lapse_names,
    look_at_names as look_at_names,
    name_requests_of as name_requests_of,
    names_to_give as names_to_give,
    next_name_request_at as next_name_request_at,
    refuse_names as refuse_names,
    require_no_open_request as require_no_open_request,
    withdraw_names as withdraw_names,
)
from models.desk.committee.visits import Visit as Visit, note_visit as note_visit, visits_of as visits_of
from models.desk.committee.watch import (
    DeskWatch as DeskWatch,
    attend as attend,
    check_desks as check_desks,
    due_desks as due_desks,
    next_desk_at as next_desk_at,
    unattended as unattended,
    watch_waiting_desks as watch_waiting_desks,
)
