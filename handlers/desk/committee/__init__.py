"""The committee and a cell: anybody in the cell may see what the committee has seen and noted there.

the screen of both ──┬─ who follows the cell: choose ──> confirm (following.py), or somebody new (naming.py)
  (screen.py)        ├─ a visit: DAY ──> NOTE ──> CONFIRM (visits.py)
                     └─ names: FIGURE ──> REASON ──> CONFIRM (asking.py)
                            └── one request (names.py): the secretary grants or refuses; the asker sees, withdraws
"""

from handlers.desk.committee import asking, following, names, naming, screen, visits
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("committee:cell", screen.see),
    Tap("committee:more", screen.see_more),
    Tap("committee:choose", following.choose),
    Tap("committee:follow", following.confirm),
    Tap("committee:appoint", following.appoint),
    Tap("committee:end", following.end),
    Tap("committee:naming", naming.begin_naming, proof=True),
    Tap("committee:came", visits.begin_visit),
    Tap("committee:ask", asking.begin_asking),
    Tap("committee:name", names.see),
    Tap("committee:look", names.look),
    Tap("committee:grant", names.grant),
    Tap("committee:refuse", names.refuse),
    Tap("committee:withdraw", names.withdraw),
]

FLOWS: list[AnyFlow] = [asking.ASK, naming.NAMING, visits.VISIT]
