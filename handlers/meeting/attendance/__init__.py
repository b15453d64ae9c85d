"""Joining a meeting and what comes after it.

the message half an hour before ── enter (a link of one's own), I am here, I am leaving        joining.py

the desk ── attendance and minutes ─┬─ roll call at the start, at the end ── a name ── how     rolling.py
                                    ├─ the minutes as .docx; signed and filed                  after.py
                                    ├─ conclusions ── text or file ── sure? ──> the absent; who has read
                                    ├─ give a task
                                    └─ close, or: it was not held ── sure?
"""

from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap
from handlers.meeting.attendance import after, joining, resolving, rolling

TAPS: list[Tap] = [
    Tap("attendance:link", joining.give_link),
    Tap("attendance:here", joining.here),
    Tap("attendance:left", joining.left),
    Tap("attendance:open", after.open_after),
    Tap("attendance:roll", rolling.show_roll),
    Tap("attendance:who", rolling.show_one),
    Tap("attendance:mark", rolling.mark),
    Tap("attendance:off", rolling.mark_left),
    Tap("attendance:rest", rolling.mark_the_rest),
    Tap("attendance:minutes", after.send_minutes, proof=True),
    Tap("attendance:close", after.close),
    Tap("attendance:filed", after.file_it),
    Tap("attendance:nothold", after.not_held),
    Tap("attendance:others", rolling.show_the_rest),
    Tap("attendance:conclude", after.begin_concluding),
    Tap("attendance:resolve", resolving.begin),
    Tap("attendance:resolution", resolving.send_paper),
    Tap("attendance:conclusion", after.see_conclusion),
    Tap("attendance:read", after.read),
    Tap("attendance:readers", after.show_readers),
]

FLOWS: list[AnyFlow] = [after.CONCLUDE, resolving.RESOLVE]
