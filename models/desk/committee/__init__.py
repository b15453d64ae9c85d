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

from models.desk.committee.following import appoint_follower, candidates, end_follower, follower_of
from models.desk.committee.names import (
    NameGranted,
    NameRequest,
    NameRequestSettled,
    NameState,
    ask_names,
    due_name_requests,
    grant_names,
    lapse_names,
    look_at_names,
    name_requests_of,
    next_name_request_at,
    refuse_names,
    require_no_open_request,
    withdraw_names,
)
from models.desk.committee.policy import CommitteePolicy
from models.desk.committee.visits import Visit, note_visit, visits_of
from models.desk.committee.watch import (
    DeskWatch,
    attend,
    check_desks,
    due_desks,
    next_desk_at,
    unattended,
    watch_waiting_desks,
)

__all__ = [
    "CommitteePolicy",
    "DeskWatch",
    "NameGranted",
    "NameRequest",
    "NameRequestSettled",
    "NameState",
    "Visit",
    "appoint_follower",
    "ask_names",
    "attend",
    "candidates",
    "check_desks",
    "due_desks",
    "due_name_requests",
    "end_follower",
    "follower_of",
    "grant_names",
    "lapse_names",
    "look_at_names",
    "name_requests_of",
    "next_desk_at",
    "next_name_request_at",
    "note_visit",
    "refuse_names",
    "require_no_open_request",
    "unattended",
    "visits_of",
    "watch_waiting_desks",
    "withdraw_names",
]
