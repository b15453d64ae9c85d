"""A cell's meetings (cuộc họp chi bộ): called, answered, changed, held.

    standing date ──a week ahead──> PROPOSED ──the desk calls it──> CALLED <──a new day── POSTPONED
                                       │                            │  │ ^───────────────────^
                                    DROPPED          CANCELLED <────┘  └──it begins──> HELD ──settled──> CLOSED

    meeting 1──n invitation    each person entitled: as what, what they know, what they answered, their contribution
            1──n meeting_paper    n──1 meeting_receipt   opened, read
            1──n attendance    statements: the link, the person, the roll call; none is overwritten
            1──n meeting_move  what happened, and what the invited were to know from then on (an edition)

What the invited know is an edition. A change makes a new one; a while later whoever knows an older edition is told
once what differs between theirs and the newest, however many changes lie between.

Two clocks, so that the two halves of the room do not meet: `next_at` is the calling's (proposals, nudges, changes, the
answers' deadline), `link_at` the joining's (30 minutes before, the start: CALLED becomes HELD there). Acts of the
calling set `link_at` for a new day, and empty it when the meeting is postponed or cancelled.

    calling.py    call, change, postpone, cancel; the standing date        answering.py   answer, read, contribute
    passing.py    what time does        telling.py   who is told what, once        calendar.py   the .ics
"""

from models.meeting.answering import (
    answer_invitation,
    contribute,
    meeting_ahead,
    open_paper,
    read_paper,
)
from models.meeting.calendar import (
    calendar_entry,
)
from models.meeting.calling import (
    Brief,
    MeetingGone,
    MeetingRefused,
    call_meeting,
    cancel_meeting,
    change_meeting,
    move_meeting,
    postpone_meeting,
    record_move,
    retime,
    set_standing,
)
from models.meeting.passing import (
    brief_of,
    copied_brief,
    move_meetings,
    postpone_answers,
    propose_meetings,
)
from models.meeting.policy import (
    MeetingPolicy,
)
from models.meeting.questions import (
    Invited,
    away_count,
    counts,
    due_meetings,
    due_standing,
    entitled,
    facts_of_edition,
    home_day,
    invitation_for,
    invitations_of,
    is_over,
    last_meeting,
    meetings_ahead,
    meetings_of_member,
    moves_of,
    next_meeting_at,
    next_standing_at,
    papers_of,
    receipt_for,
    receipts_of,
    standing_of,
)
from models.meeting.rows import (
    AHEAD,
    KNOWN,
    MOVES,
    TIMED,
    Answer,
    Attendance,
    Capacity,
    Did,
    Facts,
    How,
    Invitation,
    Meeting,
    MeetingForm,
    MeetingKind,
    MeetingMove,
    MeetingPaper,
    MeetingState,
    PaperReceipt,
    Plan,
    Said,
    StandingMeeting,
)
from models.meeting.rules import (
    ANSWERS,
    LinkRefused,
    Matter,
    at_home,
    has_link,
    has_room,
    least_minutes,
    make_link,
    matters_in,
    next_standing,
    read_clock,
    read_link,
    standing_day,
)
from models.meeting.telling import (
    CODES,
    answer_buttons,
    as_read,
    can_hear,
    facts_of,
    not_told,
    shown_edition,
    tell_desk,
)

__all__ = [
    "AHEAD",
    "ANSWERS",
    "CODES",
    "KNOWN",
    "MOVES",
    "TIMED",
    "Answer",
    "Attendance",
    "Brief",
    "Capacity",
    "Did",
    "Facts",
    "How",
    "Invitation",
    "Invited",
    "LinkRefused",
    "Matter",
    "Meeting",
    "MeetingForm",
    "MeetingGone",
    "MeetingKind",
    "MeetingMove",
    "MeetingPaper",
    "MeetingPolicy",
    "MeetingRefused",
    "MeetingState",
    "PaperReceipt",
    "Plan",
    "Said",
    "StandingMeeting",
    "answer_buttons",
    "answer_invitation",
    "as_read",
    "at_home",
    "away_count",
    "brief_of",
    "calendar_entry",
    "call_meeting",
    "can_hear",
    "cancel_meeting",
    "change_meeting",
    "contribute",
    "copied_brief",
    "counts",
    "due_meetings",
    "due_standing",
    "entitled",
    "facts_of",
    "facts_of_edition",
    "has_link",
    "has_room",
    "home_day",
    "invitation_for",
    "invitations_of",
    "is_over",
    "last_meeting",
    "least_minutes",
    "make_link",
    "matters_in",
    "meeting_ahead",
    "meetings_ahead",
    "meetings_of_member",
    "move_meeting",
    "move_meetings",
    "moves_of",
    "next_meeting_at",
    "next_standing",
    "next_standing_at",
    "not_told",
    "open_paper",
    "papers_of",
    "postpone_answers",
    "postpone_meeting",
    "propose_meetings",
    "read_clock",
    "read_link",
    "read_paper",
    "receipt_for",
    "receipts_of",
    "record_move",
    "retime",
    "set_standing",
    "shown_edition",
    "standing_day",
    "standing_of",
    "tell_desk",
]
