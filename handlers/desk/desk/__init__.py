"""The desk: what a secretary or deputy sees of the cell, and does about it.

    /chibo ── queue.py: whom to call today, and all that waits
                 ├─ one who owes ──┬─ call: the phone to touch
                 │                 ├─ what came of a call: contact.py
                 │                 ├─ remind again
                 │                 ├─ excuse until: excuse.py
                 │                 └─ all that happened: timeline.py
                 ├─ a request for help: see, take
                 ├─ by group: screens.py ── a list of names ── the same, a report with what was sent along
                 ├─ extra questions, who answered; ask now: ask.py
                 └─ twelve months in a picture, the weekly digest: weekly.py

    /chibo of somebody who only keeps in touch with a few: assigned.py

Every screen is drawn in place from what holds at that moment, so an old button shows what has happened since.
"""

from handlers.desk.desk import (
    ask,
    assigned,
    contact,
    excuse,
    ladder,
    passing,
    person,
    queue,
    replying,
    requests,
    screens,
    timeline,
    weekly,
)
from handlers.desk.desk.queue import show_desk as show_desk
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("desk:open", queue.open_cell),
    Tap("desk:groups", screens.show_groups),
    Tap("desk:more", queue.show_more),
    Tap("desk:list", screens.show_pile),
    Tap("desk:identity", screens.show_identity),
    Tap("desk:questions", screens.show_questions),
    Tap("desk:question", screens.show_question),
    Tap("desk:late", person.show_late),
    Tap("desk:who", person.show_who),
    Tap("desk:rest", person.show_rest),
    Tap("desk:call", person.call),
    Tap("desk:remind", person.remind),
    Tap("desk:report", person.show_report),
    Tap("desk:note", contact.ask_outcome),
    Tap("desk:outcome", contact.note_outcome),
    Tap("desk:hand", contact.choose_whom),
    Tap("desk:handto", contact.hand_to),
    Tap("desk:noteway", contact.begin_contact),
    Tap("desk:contact", person.show_note),
    Tap("desk:reply", replying.begin_reply),
    Tap("desk:excuse", excuse.begin_excuse),
    Tap("desk:ask", ask.begin_asking),
    Tap("desk:chart", weekly.send_chart),
    Tap("desk:digest", weekly.see_digest),
    Tap("desk:digestday", weekly.choose_day),
    Tap("desk:timeline", timeline.see_timeline),
    Tap("desk:print", timeline.print_timeline, proof=True),
    Tap("desk:calls", ladder.open_calls),
    Tap("desk:callsheet", ladder.send_calls, proof=True),
    Tap("desk:ladder", ladder.see_ladder),
    Tap("desk:take", ladder.begin_taking),
    Tap("desk:stop", ladder.ask_stop),
    Tap("desk:stopped", ladder.stop),
    Tap("desk:steps", ladder.begin_setting),
    Tap("desk:mine", assigned.open_mine),
    Tap("desk:keep", assigned.see_one),
    Tap("desk:keepcall", assigned.call),
    Tap("knock:list", passing.show_list),
    Tap("knock:see", passing.see),
    Tap("knock:passed", passing.note_passed),
    Tap("request:see", requests.see),
    Tap("request:take", requests.take),
    Tap("request:read", requests.read),
    Tap("request:forme", requests.list_for_me),
    Tap("request:promise", requests.begin_promise),
    Tap("request:propose", requests.propose),
    Tap("request:hand", requests.choose_whom),
    Tap("request:handto", requests.hand_to),
]

FLOWS: list[AnyFlow] = [
    contact.CONTACT,
    contact.WORDS,
    replying.REPLY,
    excuse.EXCUSE,
    ask.ASK,
    ladder.TAKE,
    ladder.SET,
    requests.PROMISE,
]
