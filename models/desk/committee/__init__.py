"""The committee and a cell: who follows it, when they came, which names they were given, whether its desk is attended.

    follow    an appointment (rights.py): at most one member of the committee follows a cell; sees its counts
    visit     came to a meeting, and a line about it; anybody in the cell may read it
    name      NameRequest  ASKED ──secretary──> GRANTED ──days──> OVER
                             ├───secretary──> REFUSED    └─ the names of that minute, each look recorded
                             ├───days───────> LAPSED
                             └───the asker──> WITHDRAWN

Counts without names are models/desk/counts.py; whether somebody looks at a cell's desk, models/desk/waiting/watch.py.
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
