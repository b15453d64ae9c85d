"""Everything that waits for a secretary: one enum, one table, and views of it.

    Matter ──> SOURCES ──> Source: lines        on the desk now: words, since when, promised by when
                            │      to           the screen behind the button of one of them
                            │      right        what it takes to see them, beside the desk
                            │      pile         in which list of names they stand, too
                            │      passed_on    what goes on a successor's checklist, and since when
                            │      everywhere   the same of all desks in one question, and since when
                            │
         the queue  <───────┼── lines, by `promised_at`: the oldest promise first, each leads to where it is dealt with
         the groups <───────┼── pile (handlers/desk/desk/screens.py): the other piles of desk.py wait for nobody
         a hand-over <──────┤   passed_on (models/desk/handover.py)
         the watch  <───────┘   everywhere (watch.py): nobody with a right to the desk opens it, and officers are told

Another thing that can wait is a member of `Matter`, a line of `SOURCES`, a function that finds it, and its words. A
source asks a constant number of queries, however many members there are. `calls`: a person has to phone somebody
about it. How many that are today is the first line of the desk.
"""

from models.desk.waiting.look import Glance as Glance, Matter as Matter, Waiting as Waiting
from models.desk.waiting.queue import (
    Desk as Desk,
    label_of as label_of,
    sentence_of as sentence_of,
    to_call as to_call,
)
from models.desk.waiting.sources import SOURCES as SOURCES, WAITING_PILES as WAITING_PILES, Source as Source
from models.desk.waiting.watch import (
    DeskWatch as DeskWatch,
    attend as attend,
    check_desks as check_desks,
    due_desks as due_desks,
    next_desk_at as next_desk_at,
    unattended as unattended,
    watch_waiting_desks as watch_waiting_desks,
)
