"""/thongbao: announce, see what became of it, stop it, correct it; and the receiver's side.

/thongbao ──┬─ write one: form.py            whose name ─ to whom ─ words, a file ─ question ─ preview ─ sent
            └─ one of the recent: view.py    figures ─ lists, each with a next step ─ answers ─ texts as sent
                 ├─ stop: what is not yet said is not said
                 └─ correcting.py            messages already sent are changed and marked
receiver ──> reading.py                      Đã đọc, the answer to the question, the attachment
"""

from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap
from handlers.meeting.notice import correcting, form, home, reading, view
from handlers.meeting.notice.home import start as start

TAPS: list[Tap] = [
    Tap("notice:home", home.tapped_home),
    Tap("notice:new", home.write),
    Tap("notice:see", view.see),
    Tap("notice:list", view.show_list),
    Tap("notice:answers", view.show_answers),
    Tap("notice:chose", view.show_who_chose),
    Tap("notice:texts", view.show_texts),
    Tap("notice:stop", view.stop),
    Tap("notice:more", view.show_more),
    Tap("notice:enough", view.enough),
    Tap("notice:fix", correcting.begin),
    Tap("notice:read", reading.read),
    Tap("notice:done", reading.read_from_reminder),
    Tap("notice:open", reading.open_again),
    Tap("notice:choose", reading.choose),
    Tap("notice:file", reading.send_file),
]

FLOWS: list[AnyFlow] = [form.FLOW, correcting.FLOW]
