"""The secretary's office: who holds it, a deputy with dates, the hand-over, an officer who steps in.

    /chibo, /dangbo ── cell ──> who holds the office ──┬─ hand over: handing.py ──> the successor's checklist
                                                       └─ stand in, stop: standing.py
    a person's card ──> deputy: deputy.py

Rights are asked at every step: an office may have changed hands since a button was shown.
"""

from handlers.desk.office import deputy, handing, seeing, standing
from handlers.desk.office.seeing import ways_of as ways_of
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("office:see", seeing.see),
    Tap("office:give", handing.begin_giving, proof=True),
    Tap("office:handover", handing.see_list),
    Tap("office:item", handing.see_item),
    Tap("office:accept", handing.accept),
    Tap("office:acceptall", handing.take_all),
    Tap("office:deputy", deputy.begin_deputy, proof=True),
    Tap("office:enddeputy", deputy.dismiss, proof=True),
    Tap("office:stepin", standing.begin_standing, proof=True),
    Tap("office:stepout", standing.step_out, proof=True),
]

FLOWS: list[AnyFlow] = [handing.GIVE, deputy.DEPUTY, standing.STAND]
