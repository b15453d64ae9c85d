"""/dangbo: the committee's view. Units below in counts without names, new units, their secretaries.

unit ──> unit below ──> … ──> cell ──> name or replace its secretary, invite them again (secretary.py)
  │        (view.py)            └────> who follows it, visits, names on request (handlers/desk/committee)
  ├──> create below (creating.py)
  └──> rename, move, merge, split, end (handlers/desk/reorganising)
"""

from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap
from handlers.people.unit import creating, secretary, view
from handlers.people.unit.view import start as start

TAPS: list[Tap] = [
    Tap("unit:see", view.see),
    Tap("unit:more", view.see_more),
    Tap("unit:new", creating.begin_new),
    Tap("unit:secretary", secretary.begin_secretary, proof=True),
    Tap("unit:invite", secretary.invite_secretary, proof=True),
]
FLOWS: list[AnyFlow] = [creating.NEW, secretary.SECRETARY]
