"""/hotro: a member asks the cell for help, writes, and says when it is settled.

/hotro ──┬─ nothing yet: form.py
         └─ my requests ──┬─ one: write, settled, not yet, let somebody else see it
                          ├─ a new one
                          ├─ those I was asked to help with (handlers/desk/desk/requests.py)
                          └─ the numbers to call where I am
"""

from handlers.contact.request import contacting, form, mine, replying, screens, sharing
from handlers.contact.request.mine import start as start
from handlers.ground.conversation import AnyFlow
from handlers.ground.routing import Tap

TAPS: list[Tap] = [
    Tap("request:home", mine.tapped_home),
    Tap("request:new", mine.tapped_new),
    Tap("request:own", mine.see_own),
    Tap("request:all", mine.show_all),
    Tap("request:done", mine.show_done),
    Tap("request:close", mine.close),
    Tap("request:notyet", mine.not_yet),
    Tap("request:say", replying.begin_reply),
    Tap("request:answer", replying.begin_answer),
    Tap("request:files", screens.show_files),
    Tap("request:note", contacting.begin_note),
    Tap("request:share", sharing.begin_sharing),
    Tap("request:numbers", screens.show_numbers),
]

FLOWS: list[AnyFlow] = [form.FLOW, replying.REPLY, sharing.SHARE, contacting.CONTACT]
