"""/hop: the cell's meetings, for the invited and for the desk.

/hop ── screens.py ─┬─ one meeting: answer, papers, words to be read out, the calendar file     answering.py
                    └─ the desk ─┬─ call, change: the form          calling.py, draft.py, overview.py
                                 ├─ who has answered, answer for    desk.py
                                 ├─ postpone, cancel                ending.py
                                 └─ the standing date               standing.py
"""

from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap
from handlers.meeting.meeting import answering, calling, desk, ending, screens, standing
from handlers.meeting.meeting.screens import start as start

TAPS: list[Tap] = [
    Tap("meeting:home", screens.turn_home),
    Tap("meeting:which", screens.which),
    Tap("meeting:see", screens.see),
    Tap("meeting:mine", screens.see_mine),
    Tap("meeting:more", screens.see_more),
    Tap("meeting:alter", screens.alter),
    Tap("meeting:answer", answering.answer),
    Tap("meeting:say", answering.begin_words),
    Tap("meeting:paper", answering.send_paper),
    Tap("meeting:read", answering.paper_read),
    Tap("meeting:ics", answering.send_calendar),
    Tap("meeting:new", calling.begin_new),
    Tap("meeting:call", calling.begin_proposed),
    Tap("meeting:change", calling.begin_change),
    Tap("meeting:drop", desk.drop),
    Tap("meeting:who", desk.who),
    Tap("meeting:for", desk.ask_for),
    Tap("meeting:put", answering.answer_for),
    Tap("meeting:words", desk.read_words),
    Tap("meeting:postpone", ending.begin_postponing),
    Tap("meeting:cancel", ending.begin_cancelling),
    Tap("meeting:monthly", standing.begin_standing),
]

FLOWS: list[AnyFlow] = [calling.FLOW, answering.REASON, answering.WORDS, ending.FLOW, standing.FLOW]
