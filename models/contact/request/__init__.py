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
    RequestWords as RequestWords,
    answer_request as answer_request,
    change_request as change_request,
    close_request as close_request,
    hand_request as hand_request,
    is_free as is_free,
    keep_heard_request as keep_heard_request,
    mark_read as mark_read,
    note_contact_about as note_contact_about,
    open_request as open_request,
    promise_request as promise_request,
    propose_closing as propose_closing,
    put_petition as put_petition,
    reply_request as reply_request,
    say_not_yet as say_not_yet,
    send_word as send_word,
    share_request as share_request,
    take_request as take_request,
    write_again as write_again,
)
from models.contact.request.acts_of_time import (
    mend_request as mend_request,
    move_requests as move_requests,
    wake_requests_of as wake_requests_of,
)
from models.contact.request.questions import (
    Written as Written,
    answers_owed as answers_owed,
    due_requests as due_requests,
    moves_of as moves_of,
    next_request_at as next_request_at,
    open_requests as open_requests,
    replies_of as replies_of,
    request_of_checkin as request_of_checkin,
    requests_for as requests_for,
    requests_of_member as requests_of_member,
    requests_without_next as requests_without_next,
    said_in as said_in,
)
from models.contact.request.rows import (
    Did as Did,
    HelpRequest as HelpRequest,
    RequestKind as RequestKind,
    RequestMove as RequestMove,
    RequestReply as RequestReply,
    RequestSettled as RequestSettled,
    RequestState as RequestState,
    RequestViewer as RequestViewer,
    SentFile as SentFile,
    Topic as Topic,
)
from models.contact.request.seeing import (
    answerers_of as answerers_of,
    chosen_viewers as chosen_viewers,
    may_own as may_own,
    may_see_request as may_see_request,
    people_around as people_around,
    seers as seers,
    shown_to as shown_to,
    units_to_ask as units_to_ask,
)
from models.contact.request.telling import (
    delivered as delivered,
    those_in_charge as those_in_charge,
    ways_to as ways_to,
    whereabouts_of as whereabouts_of,
)
