"""/diemdanh, the safety roll call: call it, see how it stands, answer, answer for somebody.

/diemdanh ──┬─ call: form.py              why ─ in whose name ─ whom ─ preview ─ asked
            ├─ one of the recent: view.py figure ─ take back ─ end
            │     ├─ by_cell.py           cell by cell, in counts
            │     └─ names.py             who has to be phoned ─ a number ─ "I have just spoken with them"
            └─ one's own: answering.py    Tôi an toàn ─ Cần giúp ─ Gọi cho tôi
"""

from handlers.contact.rollcall import answering, by_cell, form, home, names, view
from handlers.contact.rollcall.home import start as start
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("rollcall:home", home.tapped_home),
    Tap("rollcall:new", home.new),
    Tap("rollcall:see", view.see),
    Tap("rollcall:cells", by_cell.show_cells),
    Tap("rollcall:off", view.off),
    Tap("rollcall:mistake", view.mistake),
    Tap("rollcall:end", view.ask_end),
    Tap("rollcall:ended", view.end),
    Tap("rollcall:mine", answering.open_mine),
    Tap("rollcall:safe", answering.safe),
    Tap("rollcall:needs", answering.needs),
    Tap("rollcall:call", answering.call_me),
    Tap("rollwho:list", names.show_list),
    Tap("rollwho:one", names.see_one),
    Tap("rollwho:phone", names.show_number),
    Tap("rollwho:says", names.says),
]

FLOWS: list[AnyFlow] = [form.FLOW]
