"""Units change, by the level above them: renamed, moved, merged, split, ended; and for 24 hours undone.

a unit's screen ──> what was changed, what can be (screen.py) ──> undo ──> confirm
                        └──> OTHER, NAME, PEOPLE, OFFICES, NUMBER, DAY ──> what goes along ──> confirm (form.py)
"""

from handlers.desk.reorganising import form, screen
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("reorganise:see", screen.see),
    Tap("reorganise:begin", form.begin),
    Tap("reorganise:undo", screen.ask_undo),
    Tap("reorganise:back", screen.undo, proof=True),
]
FLOWS: list[AnyFlow] = [form.CHANGE]
