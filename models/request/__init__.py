"""A member's request for help (kiến nghị, cần hỗ trợ): who has it, by when, what was written, who may see it.

    OPEN ──take, or answer──> TAKEN ──the owner proposes──> PROPOSED ──the member: settled──> CLOSED
     ^                         │  ^                            │                                ^
     └─ the owner has no       │  └──────── not yet ───────────┘                                │
        office any more ───────┘       (the member may say "settled" at any time) ──────────────┘

    request 1──n request_viewer   whom the member lets see a private one
            1──n request_reply    text, voice, photos; both ways
            1──n request_move     what happened, when, by whom

`next_at` is never empty while a request is open: OPEN, it rises (desk > deputy > officer, each once, then all are called
again); TAKEN, the morning after the promised day; PROPOSED, the member is asked again. Never at night.
"""

from models.request.acts_of_people import (
    close_request,
    hand_request,
    is_free,
    open_request,
    promise_request,
    propose_closing,
    reply_request,
    say_not_yet,
    share_request,
    take_request,
)
from models.request.acts_of_time import mend_request, move_requests, wake_requests_of
from models.request.questions import (
    Written,
    due_requests,
    moves_of,
    next_request_at,
    open_requests,
    replies_of,
    request_of_checkin,
    requests_for,
    requests_of_member,
    requests_without_next,
)
from models.request.rows import (
    MOVES,
    Did,
    HelpRequest,
    Level,
    Patience,
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
from models.request.seeing import chosen_viewers, may_own, may_see_request, people_around, seers, shown_to

__all__ = [
    "MOVES",
    "Did",
    "HelpRequest",
    "Level",
    "Patience",
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
    "chosen_viewers",
    "close_request",
    "due_requests",
    "hand_request",
    "is_free",
    "may_own",
    "may_see_request",
    "mend_request",
    "move_requests",
    "moves_of",
    "next_request_at",
    "open_request",
    "open_requests",
    "people_around",
    "promise_request",
    "propose_closing",
    "replies_of",
    "reply_request",
    "request_of_checkin",
    "requests_for",
    "requests_of_member",
    "requests_without_next",
    "say_not_yet",
    "seers",
    "share_request",
    "shown_to",
    "take_request",
    "wake_requests_of",
]
