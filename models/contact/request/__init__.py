"""What a member asks for: help, a word with the secretary, a petition. Who has it, by when, what was written, who may see it.

    HELP       (cần hỗ trợ)  somebody takes it and promises a day; only the member ends it
    WORD       (lời nhắn)    to the secretary; that it was read or answered ends it
    PETITION   (kiến nghị)   to the cell or a committee, which owes an answer by a day; the answer ends it

    OPEN ──take, or answer──> TAKEN ──the owner proposes──> PROPOSED ──the member: settled──> CLOSED
     ^                         │  ^                            │                                ^
     └─ the owner has no       │  └──────── not yet ───────────┘                                │
        office any more ───────┘       (the member may say "settled" at any time) ──────────────┘

    OPEN or TAKEN ──answered, read──> CLOSED ──the member writes again──> OPEN          a word, a petition

    request 1──n request_viewer   whom the member lets see a private one
            1──n request_reply    text, voice, photos; both ways
            1──n request_move     what happened, when, by whom

`next_at` is never empty while a request is open: OPEN, it rises (desk > deputy > officer, each once, then all are called
after 1, 3, 7 days); TAKEN, the morning after the promised day, then likewise; PROPOSED, the member is asked again; a petition
is called to mind before its day, and once that went by the committee above sees it. When nobody is called any more it stands
on the desk and in the digest, and the member is asked once a month whether it is still needed. Never at night, but for an
emergency that nobody has: it is told at once, by day and by night, on both sides.
"""

from models.contact.request.acts_of_people import (
    answer_request,
    change_request,
    close_request,
    hand_request,
    is_free,
    mark_read,
    note_contact_about,
    open_request,
    promise_request,
    propose_closing,
    put_petition,
    reply_request,
    say_not_yet,
    send_word,
    share_request,
    take_request,
    write_again,
)
from models.contact.request.acts_of_time import mend_request, move_requests, wake_requests_of
from models.contact.request.questions import (
    Owing,
    Written,
    answers_owed,
    due_requests,
    moves_of,
    next_request_at,
    open_requests,
    replies_of,
    request_of_checkin,
    requests_for,
    requests_of_member,
    requests_without_next,
    said_in,
)
from models.contact.request.rows import (
    MOVES,
    Did,
    HelpRequest,
    Level,
    Patience,
    RequestKind,
    RequestMove,
    RequestPolicy,
    RequestRefused,
    RequestReply,
    RequestSettled,
    RequestState,
    RequestViewer,
    SentFile,
    Topic,
    Urgency,
)
from models.contact.request.seeing import (
    answerers_of,
    chosen_viewers,
    may_own,
    may_see_request,
    officers_above,
    people_around,
    seers,
    shown_to,
    units_to_ask,
)
from models.contact.request.telling import delivered, those_in_charge, ways_to, whereabouts_of

__all__ = [
    "MOVES",
    "Did",
    "HelpRequest",
    "Level",
    "Owing",
    "Patience",
    "RequestKind",
    "RequestMove",
    "RequestPolicy",
    "RequestRefused",
    "RequestReply",
    "RequestSettled",
    "RequestState",
    "RequestViewer",
    "SentFile",
    "Topic",
    "Urgency",
    "Written",
    "answer_request",
    "answerers_of",
    "answers_owed",
    "change_request",
    "chosen_viewers",
    "close_request",
    "delivered",
    "due_requests",
    "hand_request",
    "is_free",
    "mark_read",
    "may_own",
    "may_see_request",
    "mend_request",
    "move_requests",
    "moves_of",
    "next_request_at",
    "note_contact_about",
    "officers_above",
    "open_request",
    "open_requests",
    "people_around",
    "promise_request",
    "propose_closing",
    "put_petition",
    "replies_of",
    "reply_request",
    "request_of_checkin",
    "requests_for",
    "requests_of_member",
    "requests_without_next",
    "said_in",
    "say_not_yet",
    "seers",
    "send_word",
    "share_request",
    "shown_to",
    "take_request",
    "those_in_charge",
    "units_to_ask",
    "wake_requests_of",
    "ways_to",
    "whereabouts_of",
    "write_again",
]
