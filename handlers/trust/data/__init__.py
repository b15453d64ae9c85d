"""/dulieu, my data: see, correct, consent, take out, delete, who looked.

show ─┬─ in full           everything, in words
      ├─ who looked
      ├─ absences          with their papers and letters
      ├─ contact notes     what others wrote; each can be corrected
      ├─ changing          place and clock, phone, discreet; name and birth year as a proposal
      ├─ consents          one by one: read, withdraw, give again
      ├─ safety            sessions, return code, PIN; the own chat closed at once
      ├─ take out          a .txt to read and a .json for machines
      ├─ deleting          explained, then asked twice
      └─ visiting          who has no account, by a code of the committee
"""

from handlers.entry.waking import trusted
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap
from handlers.trust.data import agreeing, changing, deleting, safety, showing, visiting

TAPS: list[Tap] = [
    Tap("data:show", showing.tapped),
    Tap("data:all", trusted(showing.show_all)),
    Tap("data:looks", showing.show_looks),
    Tap("data:notes", showing.show_notes),
    Tap("data:absences", showing.show_absences),
    Tap("data:takeout", trusted(showing.take_out), proof=True),
    Tap("data:change", changing.tapped),
    Tap("data:consents", agreeing.show),
    Tap("data:consent", agreeing.ask),
    Tap("data:decide", agreeing.decide),
    Tap("data:safety", safety.show),
    Tap("data:code", trusted(safety.give_code), proof=True),
    Tap("data:noted", safety.noted),
    Tap("data:end", safety.ask_end),
    Tap("data:endnow", safety.end),
    Tap("data:endother", safety.end_other, proof=True),
    Tap("data:delete", trusted(deleting.tapped), proof=True),
    *visiting.TAPS,
]

FLOWS: list[AnyFlow] = [changing.FLOW, deleting.FLOW]

start = showing.show
